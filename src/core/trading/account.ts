/**
 * A paper account as the list of what happened to it. Orders, positions and cash are folded from that list, so reading
 * it again from the first line gives the same account, and nothing that was acknowledged is ever written over.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { assert } from '../base/errors.js';
import { fen, type Fen } from '../exchange/fen.js';
import type { FeesInFen } from '../exchange/feesInFen.js';
import type { Commission } from '../market/fees.js';
import type { OrderTerms } from '../exchange/orderCheck.js';
import type { Condition } from './condition.js';
import {
  balancesOf,
  bonusEntry,
  dividendEntry,
  openingEntry,
  tradeEntry,
  type Balances,
  type LedgerEntry,
} from './ledger.js';
import { isOpen, nextState, type OrderState } from './orderStates.js';

/** `day`: dies with its session; `open`: until cancelled. */
export type Validity = 'day' | 'open';

export interface PlacedOrder extends OrderTerms {
  readonly id: number;
  readonly security: SecurityId;
  readonly validity: Validity;
  readonly condition: Condition | undefined;
  /** The sender's own name for it; the same name never makes a second order. */
  readonly clientId: string | undefined;
}

export type ExpiryReason =
  'not_reached' | 'locked_limit' | 'suspended' | 'outside_limits' | 'ex_date' | 'no_cash';

export type AccountEvent =
  | { readonly kind: 'opened'; readonly day: Day; readonly cash: Fen; readonly commission: Commission }
  | { readonly kind: 'placed'; readonly day: Day; readonly order: PlacedOrder }
  | { readonly kind: 'triggered'; readonly day: Day; readonly order: number }
  /** `request`: the sender's own name for the cancellation, or for the order that takes its place. */
  | { readonly kind: 'cancelled'; readonly day: Day; readonly order: number; readonly request?: string }
  | { readonly kind: 'expired'; readonly day: Day; readonly order: number; readonly reason: ExpiryReason }
  | {
      readonly kind: 'filled';
      readonly day: Day;
      readonly order: number;
      readonly price: Fen;
      readonly fees: FeesInFen;
    }
  | { readonly kind: 'bonus'; readonly day: Day; readonly security: SecurityId; readonly shares: number }
  | { readonly kind: 'dividend'; readonly day: Day; readonly security: SecurityId; readonly cash: Fen }
  /** The session of that day is over. */
  | { readonly kind: 'closed'; readonly day: Day };

export interface TrackedOrder {
  readonly order: PlacedOrder;
  readonly state: OrderState;
  /** Close after which it was placed. */
  readonly placed: Day;
  /** Day of its last change. */
  readonly changed: Day;
  readonly fill: { readonly price: Fen; readonly fees: FeesInFen } | undefined;
  readonly reason: ExpiryReason | undefined;
}

export interface Account {
  /** Last session whose close is known to the account. */
  readonly day: Day;
  readonly commission: Commission;
  readonly orders: readonly TrackedOrder[];
  readonly entries: readonly LedgerEntry[];
  readonly balances: Balances;
}

/** @param events from the first on; that one opens the account */
export function accountOf(events: readonly AccountEvent[]): Account {
  const [opening] = events;
  assert(opening?.kind === 'opened', 'an account begins with its opening');
  const orders = new Map<number, TrackedOrder>();
  const entries: LedgerEntry[] = [];
  let { day } = opening;
  for (const event of events) {
    assert(event.day >= day, 'events ascend by day');
    day = event.day;
    const changed = orderAfter(event, orders);
    if (changed !== undefined) orders.set(changed.order.id, changed);
    const booked = entryOf(event, orders, entries);
    if (booked !== undefined) entries.push(booked);
  }
  return {
    day,
    commission: opening.commission,
    orders: [...orders.values()],
    entries,
    balances: balancesOf(entries),
  };
}

function orderAfter(
  event: AccountEvent,
  orders: ReadonlyMap<number, TrackedOrder>,
): TrackedOrder | undefined {
  if (event.kind === 'placed') {
    const { order, day } = event;
    assert(!orders.has(order.id), 'order numbers are given once');
    const state = order.condition === undefined ? 'working' : 'waiting';
    return { order, state, placed: day, changed: day, fill: undefined, reason: undefined };
  }
  if (!('order' in event)) return undefined;
  const before = orders.get(event.order);
  assert(before !== undefined, 'only an order that was placed changes');
  return {
    ...before,
    state: nextState(before.state, event.kind),
    changed: event.day,
    ...(event.kind === 'filled' && { fill: { price: event.price, fees: event.fees } }),
    ...(event.kind === 'expired' && { reason: event.reason }),
  };
}

function entryOf(
  event: AccountEvent,
  orders: ReadonlyMap<number, TrackedOrder>,
  entries: readonly LedgerEntry[],
): LedgerEntry | undefined {
  const { day } = event;
  switch (event.kind) {
    case 'opened':
      return openingEntry(day, event.cash);
    case 'bonus':
      return bonusEntry(day, event.security, event.shares);
    case 'dividend':
      return dividendEntry(day, event.cash);
    case 'filled': {
      const { security, side, quantity } = (orders.get(event.order) as TrackedOrder).order;
      const holding = balancesOf(entries).holdings.get(security) ?? { shares: 0, cost: fen(0) };
      const { price, fees } = event;
      return tradeEntry({ day, security, side, quantity, price, fees }, holding);
    }
    default:
      return undefined;
  }
}

export const openOrders = ({ orders }: Account): readonly TrackedOrder[] =>
  orders.filter(({ state }) => isOpen(state));
