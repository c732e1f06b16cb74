/**
 * Group quota: the leader of each small group first, then large groups are filled so that their mix approaches
 * that of the universe. Family: rulebooks.md 2.6 (CSI A500).
 */
import { Type, type Static } from 'typebox';
import type { Words } from '../base/words.js';
import { withRanks, type Ranked, type Seat, type Standing } from './seat.js';

export const GroupQuotaSchema = Type.Object(
  {
    kind: Type.Literal('group-quota'),
    count: Type.Integer({ minimum: 1, description: 'number of members' }),
    groupLevel: Type.String({
      minLength: 1,
      description: 'classification level whose mix is matched, for instance csi-level-1',
    }),
    leaderLevel: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'level whose leaders are seated first, for instance csi-level-3; absent: `groupLevel`',
      }),
    ),
    leaderFirst: Type.Boolean({
      description: 'true: the largest of each group is seated before the filling',
    }),
    reference: Type.Enum(['universe-float-cap'], {
      description: 'what the mix approaches: float market value of the universe by group',
    }),
  },
  {
    additionalProperties: false,
    description: 'group leaders, then seats to the group furthest below its share',
  },
);
export type GroupQuotaRule = Static<typeof GroupQuotaSchema>;

/** What is known of each candidate. */
interface Grouping<T> {
  /** Float market value. */
  readonly size: (item: T) => number;
  /** Group whose mix is matched. */
  readonly group: (item: T) => string;
  /** Group whose largest is seated first. */
  readonly leaderGroup: (item: T) => string;
  /** Share of each group in the float market value of the universe, sum 1. */
  readonly target: ReadonlyMap<string, number>;
}

/**
 * Seats for the largest of each leader group (the best-ranked of them if there are more than seats), then one by
 * one for the best-ranked of the group whose share of the seated float market value lies furthest below its
 * target. The filling order is our reading: CSI publishes that the mix is matched, not the steps.
 */
export function seatByGroupQuota<T>(
  ranked: readonly T[],
  isIncumbent: (item: T) => boolean,
  of: Grouping<T>,
  rule: GroupQuotaRule,
): Seat<T>[] {
  const all = withRanks(ranked, isIncumbent);
  const seated = new Map<Ranked<T>, Seat<T>>();
  const sit = (one: Ranked<T>, newcomer: 'entered' | 'filled'): void => {
    seated.set(one, { item: one.item, rank: one.rank, reason: one.incumbent ? 'kept' : newcomer });
  };
  if (rule.leaderFirst) for (const leader of leadersOf(all, of).slice(0, rule.count)) sit(leader, 'entered');
  while (seated.size < rule.count) {
    const next = mostWanted(all, seated, of);
    if (!next) break;
    sit(next, 'filled');
  }
  return [...seated.values()].toSorted((a, b) => a.rank - b.rank);
}

/** The largest of each leader group, ties to the better rank, in rank order. */
function leadersOf<T>(all: readonly Ranked<T>[], { size, leaderGroup }: Grouping<T>): Ranked<T>[] {
  const leaders = new Map<string, Ranked<T>>();
  for (const one of all) {
    const group = leaderGroup(one.item);
    const leader = leaders.get(group);
    if (!leader || size(one.item) > size(leader.item)) leaders.set(group, one);
  }
  return [...leaders.values()].toSorted((a, b) => a.rank - b.rank);
}

/** The best-ranked without a seat in the group furthest below its target; ties to the group of the better rank. */
function mostWanted<T>(
  all: readonly Ranked<T>[],
  seated: ReadonlyMap<Ranked<T>, unknown>,
  { size, group, target }: Grouping<T>,
): Ranked<T> | undefined {
  const held = new Map<string, number>();
  let total = 0;
  for (const { item } of seated.keys()) {
    held.set(group(item), (held.get(group(item)) ?? 0) + size(item));
    total += size(item);
  }
  const best = new Map<string, Ranked<T>>();
  for (const one of all) if (!seated.has(one) && !best.has(group(one.item))) best.set(group(one.item), one);
  const gap = (name: string): number =>
    (target.get(name) ?? 0) - (total > 0 ? (held.get(name) ?? 0) / total : 0);
  return [...best].toSorted(([a, x], [b, y]) => gap(b) - gap(a) || x.rank - y.rank).at(0)?.[1];
}

/** Share of each group in the whole. */
export function groupShares<T>(
  items: readonly T[],
  size: (item: T) => number,
  group: (item: T) => string,
): Map<string, number> {
  const sizes = new Map<string, number>();
  let total = 0;
  for (const item of items) {
    sizes.set(group(item), (sizes.get(group(item)) ?? 0) + size(item));
    total += size(item);
  }
  return new Map([...sizes].map(([name, value]) => [name, value / total]));
}

export function describeGroupQuota({ leaderFirst, count }: GroupQuotaRule, standing: Standing): Words {
  if (standing === 'entered') return { en: 'largest of its group', zh: '所属行业龙头' };
  if (standing === 'filled')
    return { en: 'best of the group furthest below its share', zh: '所属行业占比缺口最大' };
  return leaderFirst
    ? { en: `group leaders, then by group share to ${count}`, zh: `先选行业龙头，再按行业占比选至${count}只` }
    : { en: `by group share to ${count}`, zh: `按行业占比选至${count}只` };
}
