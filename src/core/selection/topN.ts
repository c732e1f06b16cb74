/**
 * Top N: the best-ranked take the seats, without any advantage for members. Families: rulebooks.md 3 (STAR AI
 * 30; STAR Chip "at most 50"), 6.2 (SOX 30).
 */
import { Type, type Static } from 'typebox';
import { Refusal } from '../base/errors.js';
import type { Words } from '../base/words.js';
import { seatsOf, withRanks, type Seat } from './seat.js';

export const TopNSchema = Type.Object(
  {
    kind: Type.Literal('top-n'),
    count: Type.Integer({ minimum: 1, description: 'number of members' }),
    exact: Type.Boolean({
      description: 'true: exactly that many, or the review is refused; false: at most that many',
    }),
  },
  { additionalProperties: false, description: 'the best-ranked, exactly or at most so many' },
);
export type TopNRule = Static<typeof TopNSchema>;

/** Seats for the best of the ranked. @throws Refusal `too_few_candidates` when exactly so many are not there */
export function seatTopN<T>(
  ranked: readonly T[],
  isIncumbent: (item: T) => boolean,
  { count, exact }: TopNRule,
): Seat<T>[] {
  if (exact && ranked.length < count) {
    throw new Refusal('too_few_candidates', `${count} seats, but only ${ranked.length} eligible securities`, {
      count,
      eligible: ranked.length,
    });
  }
  return seatsOf(withRanks(ranked, isIncumbent), ({ rank }) => rank <= count, 'entered');
}

export function describeTopN({ count }: TopNRule): Words {
  return { en: `top ${count}`, zh: `前${count}名` };
}
