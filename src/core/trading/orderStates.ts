/** The life of an order as one table of (state, event) -> state; what is not in it cannot happen. */
import { assert } from '../base/errors.js';

export type OrderState = 'waiting' | 'working' | 'filled' | 'cancelled' | 'expired';
type OrderEvent = 'triggered' | 'filled' | 'cancelled' | 'expired';

const NEXT: Readonly<Record<OrderState, Readonly<Partial<Record<OrderEvent, OrderState>>>>> = {
  // With a condition that has not come true yet.
  waiting: { triggered: 'working', cancelled: 'cancelled', expired: 'expired' },
  working: { filled: 'filled', cancelled: 'cancelled', expired: 'expired' },
  filled: {},
  cancelled: {},
  expired: {},
};

export function nextState(state: OrderState, event: OrderEvent): OrderState {
  const next = NEXT[state][event];
  assert(next !== undefined, `an order that is ${state} cannot be ${event}`);
  return next;
}

export const isOpen = (state: OrderState): boolean => Object.keys(NEXT[state]).length > 0;
