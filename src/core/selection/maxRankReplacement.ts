/**
 * Rank replacement: between full reviews a member that has fallen outside a rank is replaced by the best
 * non-member. Family: rulebooks.md 6.1 (Nasdaq-100, March, June and September from 2026-05).
 */
import { Type, type Static } from 'typebox';
import type { Words } from '../base/words.js';
import { exchanges } from './exchange.js';
import { seatsOf, withRanks, type Seat, type Standing } from './seat.js';

export const MaxRankReplacementSchema = Type.Object(
  {
    kind: Type.Literal('max-rank-replacement'),
    outside: Type.Integer({ minimum: 1, description: 'a member ranked worse than this is replaced (125)' }),
  },
  { additionalProperties: false, description: 'members fallen outside a rank are replaced, one for one' },
);
export type MaxRankReplacementRule = Static<typeof MaxRankReplacementSchema>;

/**
 * Seats after the replacements. A member no longer ranked counts as outside, so `held` seats are filled again;
 * a member outside the line goes only for a candidate inside it.
 */
export function replaceOutsideRank<T>(
  ranked: readonly T[],
  isIncumbent: (item: T) => boolean,
  held: number,
  { outside }: MaxRankReplacementRule,
): Seat<T>[] {
  const all = withRanks(ranked, isIncumbent);
  const members = all.filter(({ incumbent }) => incumbent);
  const waiting = all.filter(({ incumbent }) => !incumbent);
  const fillers = waiting.slice(0, Math.max(0, held - members.length));
  const chosen = new Set([...members, ...fillers]);
  const asks = (out: number, into: number): boolean => out > outside && into <= outside;
  for (const made of exchanges([...chosen], waiting.slice(fillers.length), [{ test: 'outside', asks }])) {
    chosen.delete(made.out);
    chosen.add(made.in);
  }
  return seatsOf(all, (one) => chosen.has(one), 'filled');
}

export function describeReplacement({ outside }: MaxRankReplacementRule, standing: Standing): Words {
  return standing === 'member'
    ? { en: `replaced when outside the top ${outside}`, zh: `跌出前${outside}名则替换` }
    : {
        en: `best-ranked non-member for a member outside the top ${outside}`,
        zh: `替换跌出前${outside}名的成份`,
      };
}
