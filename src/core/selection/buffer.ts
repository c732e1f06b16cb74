/**
 * Buffer: candidates compete for a fixed number of seats, with an advantage for those who sit already. Stated
 * rule (CSI family): newcomers ranked at or above the enter line come first, incumbents ranked at or above the
 * keep line stay first. Who wins when both want the last seat is the named `order`.
 */
import { Type, type Static } from 'typebox';
import type { Words } from '../base/words.js';
import type { Seat, SeatReason, Standing } from './seat.js';

export const BufferSchema = Type.Object(
  {
    kind: Type.Literal('buffer'),
    count: Type.Integer({ minimum: 1, description: 'number of seats' }),
    enter: Type.Integer({ minimum: 1, description: 'newcomers ranked up to here enter first' }),
    keep: Type.Integer({ minimum: 1, description: 'members ranked up to here stay first' }),
    order: Type.Enum(['keep-first', 'enter-first'], {
      description: 'who sits down first when both want the last seat',
    }),
  },
  {
    additionalProperties: false,
    description: 'seats with an enter line for newcomers and a keep line for incumbents',
  },
);
export type BufferRule = Static<typeof BufferSchema>;

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
  const sit = (downTo: number, reason: SeatReason, wanted: (item: T) => boolean): void => {
    for (let i = 0; i < Math.min(downTo, ranked.length) && seats.length < rule.count; i++) {
      const item = ranked[i];
      if (seated.has(item) || !wanted(item)) continue;
      seated.add(item);
      seats.push({ item, rank: i + 1, reason });
    }
  };
  const keep = (): void => sit(rule.keep, 'kept', isIncumbent);
  const enter = (): void => sit(rule.enter, 'entered', (item) => !isIncumbent(item));
  if (rule.order === 'enter-first') {
    enter();
    keep();
  } else {
    keep();
    enter();
  }
  sit(Infinity, 'filled', () => true);
  return seats.toSorted((a, b) => a.rank - b.rank);
}

/** The line a security was held against. */
export function describeBuffer(
  { count, enter, keep }: Pick<BufferRule, 'count' | 'enter' | 'keep'>,
  standing: Standing,
): Words {
  if (standing === 'member') return { en: `top ${keep} stays first`, zh: `前${keep}名优先保留` };
  if (standing === 'filled')
    return { en: `next in rank for an empty seat of ${count}`, zh: `按排名递补${count}席中的空缺` };
  return { en: `top ${enter} enters first`, zh: `前${enter}名优先进入` };
}
