/** What a fill or an end of one order does to those it was placed with. */
import type { Day } from '../base/brand.js';
import type { AccountEvent } from './account.js';
import { boughtBefore, dormantOf, filledShares, pairOf, type TrackedOrder } from './orders.js';

/** A session, and within it milliseconds since midnight. */
interface Instant {
  readonly day: Day;
  readonly at?: number;
}

/** The other order of a pair sells what this one has left, and nothing when that is nothing. */
export function pairAfter(
  orders: readonly TrackedOrder[],
  tracked: TrackedOrder,
  left: number,
  when: Instant,
): AccountEvent[] {
  return pairOf(orders, tracked).flatMap((other): AccountEvent[] => {
    const { id } = other.order;
    if (left === 0) return [{ kind: 'cancelled', ...when, order: id }];
    const quantity = filledShares(other) + left;
    return quantity < other.quantity ? [{ kind: 'reduced', ...when, order: id, quantity }] : [];
  });
}

/**
 * The ways out of a purchase that has ended: armed for what was bought, or ended with it.
 * @param filled bought by this purchase, without those whose place it took
 */
export function afterEntry(
  orders: readonly TrackedOrder[],
  tracked: TrackedOrder,
  filled: number,
  when: Instant,
): AccountEvent[] {
  const bought = filled + boughtBefore(orders, tracked);
  return dormantOf(orders, tracked).flatMap(({ order, quantity }): AccountEvent[] => {
    if (bought === 0) return [{ kind: 'expired', ...when, order: order.id, reason: 'entry_ended' }];
    return [
      ...(bought < quantity
        ? [{ kind: 'reduced', ...when, order: order.id, quantity: bought } as const]
        : []),
      { kind: order.condition === undefined ? 'triggered' : 'armed', ...when, order: order.id },
    ];
  });
}
