/**
 * Buffer: candidates compete for a fixed number of seats, with an advantage for those who sit already. Stated
 * rule (CSI family): newcomers ranked at or above the enter line come first, incumbents ranked at or above the
 * keep line stay first. Who wins when both want the last seat is the named `order`.
 */
import { Type, type Static } from 'typebox';

export const BufferSchema = Type.Object(
  {
    kind: Type.Literal('buffer'),
    count: Type.Integer({ minimum: 1 }),
    enter: Type.Integer({ minimum: 1 }),
    keep: Type.Integer({ minimum: 1 }),
    order: Type.Enum(['keep-first', 'enter-first']),
  },
  {
    additionalProperties: false,
    description: 'seats with an enter line for newcomers and a keep line for incumbents',
  },
);
export type BufferRule = Static<typeof BufferSchema>;

/** Which part of the rule gave a seat. */
type SeatReason = 'kept' | 'entered' | 'filled';

export interface Seat<T> {
  readonly item: T;
  /** From 1. */
  readonly rank: number;
  readonly reason: SeatReason;
}

/**
 * Seats for items in rank order, best first.
 *
 * `keep-first`: every incumbent ranked at or above the keep line stays (the best `count` of them if there are
 * more), then the remaining seats go by rank among everybody else. `enter-first`: newcomers at or above the
 * enter line sit down before the incumbents are looked at.
 */
export function seatByBuffer<T>(
  ranked: readonly T[],
  isIncumbent: (item: T) => boolean,
  rule: BufferRule,
): Seat<T>[] {
  const seats: Seat<T>[] = [];
  const seated = new Set<T>();
  const sit = (lastRank: number, admits: (item: T) => boolean, reason: SeatReason): void => {
    for (let rank = 1; rank <= Math.min(lastRank, ranked.length); rank++) {
      if (seats.length === rule.count) return;
      const item = ranked[rank - 1];
      if (seated.has(item) || !admits(item)) continue;
      seated.add(item);
      seats.push({ item, rank, reason });
    }
  };
  const keep = (): void => sit(rule.keep, isIncumbent, 'kept');
  const enter = (): void => sit(rule.enter, (item) => !isIncumbent(item), 'entered');
  for (const step of rule.order === 'enter-first' ? [enter, keep] : [keep, enter]) step();
  sit(ranked.length, () => true, 'filled');
  return seats.toSorted((a, b) => a.rank - b.rank);
}
