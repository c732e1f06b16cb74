/** The life of an order as one table of (state, event) -> state; what is not in it cannot happen. */
import { assert } from '../base/errors.js';

export type OrderState =
  'dormant' | 'waiting' | 'working' | 'part-filled' | 'filled' | 'cancelled' | 'expired';
export type OrderEvent =
  'armed' | 'triggered' | 'part-filled' | 'filled' | 'reduced' | 'cancelled' | 'expired';

const NEXT: Readonly<Record<OrderState, Readonly<Partial<Record<OrderEvent, OrderState>>>>> = {
  // A way out of a purchase that has not been filled yet.
  dormant: {
    armed: 'waiting',
    triggered: 'working',
    reduced: 'dormant',
    cancelled: 'cancelled',
    expired: 'expired',
  },
  // With a condition that has not come true yet.
  waiting: { triggered: 'working', reduced: 'waiting', cancelled: 'cancelled', expired: 'expired' },
  working: {
    'part-filled': 'part-filled',
    filled: 'filled',
    reduced: 'working',
    cancelled: 'cancelled',
    expired: 'expired',
  },
  'part-filled': {
    'part-filled': 'part-filled',
    filled: 'filled',
    reduced: 'part-filled',
    cancelled: 'cancelled',
    expired: 'expired',
  },
  filled: {},
  cancelled: {},
  expired: {},
};

export function nextState(state: OrderState, event: OrderEvent): OrderState {
  const next = NEXT[state][event];
  assert(next !== undefined, `an order that is ${state} cannot be ${event}`);
  return next;
}

const ENDED: ReadonlySet<OrderState> = new Set(
  (Object.keys(NEXT) as OrderState[]).filter((state) => Object.keys(NEXT[state]).length === 0),
);

export const isOpen = (state: OrderState): boolean => !ENDED.has(state);
