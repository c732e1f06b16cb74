/**
 * A paper account as the list of what happened to it. Orders, positions and cash are folded from that list, so reading
 * it again from the first line gives the same account, and nothing that was acknowledged is ever written over.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { assert } from '../base/errors.js';
import { contentHash } from '../base/hash.js';
import { fen, type Fen } from '../exchange/fen.js';
import type { FeesInFen } from '../exchange/feesInFen.js';
import type { Commission } from '../market/fees.js';
import {
  bonusEntry,
  dividendEntry,
  ledgerFold,
  openingEntry,
  rightsEntry,
  tradeEntry,
  type Balances,
  type LedgerEntry,
} from './ledger.js';
import {
  isWayOut,
  remainingShares,
  type ExpiryReason,
  type PlacedOrder,
  type TrackedOrder,
} from './orders.js';
import { isOpen, nextState, type OrderEvent, type OrderState } from './orderStates.js';

/** What happened to an order, and within a session when: milliseconds since midnight, exchange time. */
interface OfOrder {
  readonly day: Day;
  readonly order: number;
  readonly at?: number;
}

export type AccountEvent =
  | {
      readonly kind: 'opened';
      readonly day: Day;
      readonly cash: Fen;
      readonly commission: Commission;
      /** Largest share of a session's volume that its orders take of a security; absent: no limit. */
      readonly participation?: number;
      /** Orders go through the sessions of the exchange; absent: they trade at closes. */
      readonly fills?: 'session';
      /** Index whose funds trade their forecast flow in the closing auctions; absent: none. */
      readonly flows?: string;
    }
  /** `at`: placed while the session runs. */
  | { readonly kind: 'placed'; readonly day: Day; readonly at?: number; readonly order: PlacedOrder }
  /** A way out whose purchase is filled: its condition is looked at from now on. */
  | (OfOrder & { readonly kind: 'armed' })
  | (OfOrder & { readonly kind: 'triggered' })
  /** It is for fewer shares from now on; `quantity` is the whole, with what is filled. */
  | (OfOrder & { readonly kind: 'reduced'; readonly quantity: number })
  /**
   * `request`: the sender's own name for the cancellation, or for the order that takes its place; `asked`: somebody asked for it
   * while the session ran, which did not do it by itself.
   */
  | (OfOrder & { readonly kind: 'cancelled'; readonly request?: string; readonly asked?: true })
  | (OfOrder & { readonly kind: 'expired'; readonly reason: ExpiryReason })
  | (OfOrder & {
      readonly kind: 'filled';
      /** Absent: all that was left. */
      readonly quantity?: number;
      readonly price: Fen;
      readonly fees: FeesInFen;
    })
  | { readonly kind: 'bonus'; readonly day: Day; readonly security: SecurityId; readonly shares: number }
  | { readonly kind: 'dividend'; readonly day: Day; readonly security: SecurityId; readonly cash: Fen }
  /** New shares paid for. */
  | {
      readonly kind: 'rights';
      readonly day: Day;
      readonly security: SecurityId;
      readonly shares: number;
      readonly paid: Fen;
    }
  /** The session of that day has been played up to a time of it, milliseconds since midnight. */
  | { readonly kind: 'paused'; readonly day: Day; readonly at: number }
  /** The session of that day is over. */
  | { readonly kind: 'closed'; readonly day: Day };

/** CNY. What is computed of it, fees to the fraction of a fen, is still exact. */
export const LARGEST_CASH = 1e11;

export interface Account {
  /** Last session whose close is known to the account. */
  readonly day: Day;
  /** The session after it and the time of day that its clock stands at, milliseconds since midnight; `undefined` between sessions. */
  readonly running: { readonly day: Day; readonly at: number } | undefined;
  readonly commission: Commission;
  readonly participation: number | undefined;
  /** Where its orders trade: in the sessions of the exchange, or at closes. */
  readonly fills: 'session' | 'close';
  /** Index whose funds are in the closing auctions. */
  readonly flows: string | undefined;
  /** By number: the order `n` is at `n - 1`. */
  readonly orders: readonly TrackedOrder[];
  readonly entries: readonly LedgerEntry[];
  readonly balances: Balances;
  /** Over all that happened, each event over the ones before it. */
  readonly hash: string;
}

/** An account that grows event by event. */
export interface AccountFold {
  /** @throws Bug for what cannot happen; the fold is then of no use any more */
  readonly add: (event: AccountEvent) => void;
  /** As it stands; what is added later does not change it. */
  readonly account: () => Account;
  /** One order as it stands. */
  readonly order: (id: number) => TrackedOrder | undefined;
  readonly balances: () => Balances;
}

/** @param events from the first on; that one opens the account */
export function accountOf(events: readonly AccountEvent[]): Account {
  return accountFold(events).account();
}

export function accountFold(events: readonly AccountEvent[]): AccountFold {
  const [opening] = events;
  assert(opening?.kind === 'opened', 'an account begins with its opening');
  const orders: TrackedOrder[] = [];
  const ledger = ledgerFold();
  let { day } = opening;
  let newest = day;
  let running: Account['running'];
  let hash = '';
  const add = (event: AccountEvent): void => {
    assert(event.day >= newest, 'events ascend by day');
    newest = event.day;
    if (event.kind === 'paused') running = { day: event.day, at: event.at };
    if (event.kind === 'closed') [day, running] = [event.day, undefined];
    hash = contentHash([hash, JSON.stringify(event)]);
    const changed = orderAfter(event, orders);
    const booked = entryOf(event, changed, ledger.balances());
    if (changed !== undefined) orders[changed.order.id - 1] = changed;
    if (booked !== undefined) ledger.add(booked);
  };
  events.forEach(add);
  const { commission, participation, fills = 'close', flows } = opening;
  return {
    add,
    order: (id) => orders[id - 1],
    balances: ledger.balances,
    account: () => ({
      day,
      running,
      commission,
      participation,
      fills,
      flows,
      orders: [...orders],
      entries: [...ledger.entries],
      balances: ledger.balances(),
      hash,
    }),
  };
}

/** The order that an event is about, after it; `undefined` when it is about none. */
export function orderAfter(event: AccountEvent, orders: readonly TrackedOrder[]): TrackedOrder | undefined {
  if (event.kind === 'placed') return newOrder(event, orders);
  if (!('order' in event)) return undefined;
  const before = orders[event.order - 1];
  assert(before !== undefined, 'only an order that was placed changes');
  const { day, at } = event;
  const { changedAt: _before, ...rest } = before;
  const changed: TrackedOrder = {
    ...rest,
    state: nextState(before.state, lifeEvent(event, before)),
    changed: day,
    ...(at !== undefined && { changedAt: at }),
  };
  switch (event.kind) {
    case 'armed':
      return armedOn(changed, day);
    case 'triggered':
      return before.state === 'dormant' ? armedOn(changed, day) : changed;
    case 'expired':
      return { ...changed, reason: event.reason };
    case 'reduced':
      assert(event.quantity < before.quantity, 'an order is reduced to fewer shares');
      assert(event.quantity > before.quantity - remainingShares(before), 'and not to what is filled');
      return { ...changed, quantity: event.quantity };
    case 'filled': {
      const { price, fees, quantity = remainingShares(before) } = event;
      const fill = { day, ...(at !== undefined && { at }), quantity, price, fees };
      return { ...changed, fills: [...before.fills, fill] };
    }
    default:
      return changed;
  }
}

/** A way out that the session woke waits for the next one, whenever it was placed. */
function armedOn({ armedAt: _placed, ...tracked }: TrackedOrder, day: Day): TrackedOrder {
  return { ...tracked, armed: day };
}

function newOrder(
  { order, day, at }: Extract<AccountEvent, { readonly kind: 'placed' }>,
  orders: readonly TrackedOrder[],
): TrackedOrder {
  assert(order.id === orders.length + 1, 'order numbers are given once, one after another');
  return {
    order,
    state: firstState(order, orders),
    quantity: order.quantity,
    fills: [],
    placed: day,
    armed: day,
    changed: day,
    ...(at !== undefined && { changedAt: at, ...(!isWokenOn(day, order, orders) && { armedAt: at }) }),
    reason: undefined,
  };
}

/** It takes the place of a way out that this session woke, and waits for the next one as that did. */
const isWokenOn = (day: Day, placed: PlacedOrder, orders: readonly TrackedOrder[]): boolean =>
  isWayOut(placed) &&
  orders.some(
    ({ order: { group, role }, armed, armedAt }) =>
      group === placed.group && role === placed.role && armed === day && armedAt === undefined,
  );

function firstState(order: PlacedOrder, orders: readonly TrackedOrder[]): OrderState {
  const waits =
    isWayOut(order) &&
    orders.some(
      ({ order: { group, role }, state }) => group === order.group && role === 'entry' && isOpen(state),
    );
  if (waits) return 'dormant';
  return order.condition === undefined ? 'working' : 'waiting';
}

function lifeEvent(
  event: Exclude<Extract<AccountEvent, { readonly order: number }>, { readonly kind: 'placed' }>,
  before: TrackedOrder,
): OrderEvent {
  if (event.kind !== 'filled') return event.kind;
  const left = remainingShares(before);
  const { quantity = left } = event;
  assert(quantity > 0 && quantity <= left, 'no more is filled than is left');
  return quantity === left ? 'filled' : 'part-filled';
}

function entryOf(
  event: AccountEvent,
  changed: TrackedOrder | undefined,
  balances: Balances,
): LedgerEntry | undefined {
  const { day } = event;
  switch (event.kind) {
    case 'opened':
      return openingEntry(day, event.cash);
    case 'bonus':
      return bonusEntry(day, event.security, event.shares);
    case 'dividend':
      return dividendEntry(day, event.security, event.cash);
    case 'rights':
      return rightsEntry(day, event.security, event.shares, event.paid);
    case 'filled': {
      assert(changed !== undefined, 'a fill belongs to an order');
      const { security, side, id } = changed.order;
      const { quantity, price, fees } = changed.fills[changed.fills.length - 1];
      const holding = balances.holdings.get(security) ?? { shares: 0, cost: fen(0) };
      return tradeEntry({ day, order: id, security, side, quantity, price, fees }, holding);
    }
    default:
      return undefined;
  }
}

export const openOrders = ({ orders }: Account): readonly TrackedOrder[] =>
  orders.filter(({ state }) => isOpen(state));
