/**
 * Supersector coverage (EURO STOXX 50): in each supersector the largest until coverage is closest to a share,
 * plus all members, make the selection list; on it a buffer gives the seats. Family: rulebooks.md 8.3.
 */
import { Type, type Static } from 'typebox';
import type { Words } from '../base/words.js';
import { seatByBuffer, type BufferRule } from './buffer.js';
import type { Seat, Standing } from './seat.js';

export const SupersectorCoverageSchema = Type.Object(
  {
    kind: Type.Literal('supersector-coverage'),
    share: Type.Number({
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'float market value of a supersector that its list covers as closely as it can (0.6)',
    }),
    enter: Type.Integer({ minimum: 1, description: 'so many best of the selection list enter (40)' }),
    keep: Type.Integer({ minimum: 1, description: 'members ranked up to here stay next (60)' }),
    count: Type.Integer({ minimum: 1, description: 'number of members (50)' }),
  },
  { additionalProperties: false, description: 'a selection list by supersector, then enter and keep lines' },
);
export type SupersectorCoverageRule = Static<typeof SupersectorCoverageSchema>;

/** What is known of each candidate. */
interface Supersectors<T> {
  /** Float market value. */
  readonly size: (item: T) => number;
  readonly supersector: (item: T) => string;
  /** Float market value of each supersector, those left out by screens included. */
  readonly total: ReadonlyMap<string, number>;
}

/**
 * The selection list in rank order: of each supersector the largest, as many as bring coverage closest to the
 * share (the smaller number when two are equally close), and all members.
 */
export function selectionList<T>(
  ranked: readonly T[],
  isIncumbent: (item: T) => boolean,
  { size, supersector, total }: Supersectors<T>,
  share: number,
): T[] {
  const covered = new Map<string, number>();
  const listed = new Set<T>();
  for (const item of ranked.toSorted((a, b) => size(b) - size(a))) {
    const group = supersector(item);
    const before = covered.get(group) ?? 0;
    const after = before + size(item) / (total.get(group) ?? Number.NaN);
    const closer = Math.abs(after - share) < Math.abs(before - share) - 1e-12;
    // Once a step no longer helps, every later one would only lead further away.
    if (!closer) covered.set(group, Infinity);
    else {
      covered.set(group, after);
      listed.add(item);
    }
  }
  return ranked.filter((item) => listed.has(item) || isIncumbent(item));
}

/** Seats on the selection list: the first `enter` of it, then members up to `keep`, then by rank. */
export function seatBySupersectors<T>(
  ranked: readonly T[],
  isIncumbent: (item: T) => boolean,
  of: Supersectors<T>,
  rule: SupersectorCoverageRule,
): Seat<T>[] {
  const { count, enter, keep, share } = rule;
  // The first `enter` of the list take their seats, members among them, before any member further down.
  const buffer: BufferRule = { kind: 'buffer', count, enter, keep, order: 'enter-first' };
  return seatByBuffer(selectionList(ranked, isIncumbent, of, share), isIncumbent, buffer);
}

export function describeSupersectors(rule: SupersectorCoverageRule, standing: Standing): Words {
  const { count, enter, keep } = rule;
  if (standing === 'member')
    return { en: `top ${keep} of the selection list stays`, zh: `入选名单前${keep}名保留` };
  if (standing === 'filled')
    return { en: `next on the selection list for a seat of ${count}`, zh: `按入选名单递补至${count}只` };
  return { en: `top ${enter} of the selection list enters`, zh: `入选名单前${enter}名进入` };
}
