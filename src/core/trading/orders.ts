/** Orders of a paper account: how they are placed, what has become of them, which belong together. */
import type { Day, SecurityId } from '../base/brand.js';
import type { Fen } from '../exchange/fen.js';
import type { FeesInFen } from '../exchange/feesInFen.js';
import type { OrderTerms } from '../exchange/orderCheck.js';
import type { Condition } from './condition.js';
import { isOpen, type OrderState } from './orderStates.js';

/** `day`: dies with the first session it works in; `open`: until cancelled. */
export type Validity = 'day' | 'open';

/**
 * Part of an order in a group placed at once: the purchase of a bracket and its ways out, of which one cancels the other;
 * slices of a larger order.
 */
export type OrderRole = 'entry' | 'take-profit' | 'stop' | 'slice';

export interface PlacedOrder extends OrderTerms, SessionTerms {
  readonly id: number;
  readonly security: SecurityId;
  readonly validity: Validity;
  readonly condition: Condition | undefined;
  /** The sender's own name for it; the same name never makes a second order. */
  readonly clientId: string | undefined;
  /** Number of the first order it was placed with; absent when it was placed alone. */
  readonly group?: number;
  readonly role?: OrderRole;
}

/** What an order of an account with fills in sessions may ask for beside its terms. */
export interface SessionTerms {
  /** Kind of market order, where the board has it; its limit is then the protection price. */
  readonly kind?: MarketKind;
  /** The one part of the day that it is for. */
  readonly during?: DayPart;
  /** Shares that are shown at a time, of a limit order. */
  readonly peak?: number;
}

export const MARKET_KINDS = [
  'best-five-cancel',
  'best-five-limit',
  'own-best',
  'counterparty-best',
  'immediate-cancel',
  'fill-or-kill',
] as const;
export type MarketKind = (typeof MARKET_KINDS)[number];

/** Opening auction, closing auction, the fixed price after the close. */
export const DAY_PARTS = ['open', 'close', 'after-hours'] as const;
export type DayPart = (typeof DAY_PARTS)[number];

export type ExpiryReason =
  | 'not_reached'
  | 'locked_limit'
  | 'suspended'
  | 'outside_limits'
  | 'ex_date'
  | 'no_cash'
  | 'not_enough_volume'
  | 'entry_ended'
  /** Nobody on the other side of a market order. */
  | 'no_counterparty'
  /** Too far from the best price when it came into continuous trading. */
  | 'outside_cage'
  /** Any other rule of the session, such as a remainder below one order. */
  | 'not_taken';

export interface Fill {
  readonly day: Day;
  /** Milliseconds since midnight, exchange time; absent of a fill at the close of daily data. */
  readonly at?: number;
  readonly quantity: number;
  readonly price: Fen;
  readonly fees: FeesInFen;
}

export interface TrackedOrder {
  readonly order: PlacedOrder;
  readonly state: OrderState;
  /** Shares it is for: as it was placed, or fewer since. */
  readonly quantity: number;
  readonly fills: readonly Fill[];
  /** Close after which it was placed, or session in which it was. */
  readonly placed: Day;
  /** Close after which its condition is looked at: that of its placing, or of the purchase it is a way out of. */
  readonly armed: Day;
  /** Time of that day, milliseconds since midnight, of an order placed while the session runs: it is in it from then on. */
  readonly armedAt?: number;
  /** Day of its last change, and within a session the time, milliseconds since midnight. */
  readonly changed: Day;
  readonly changedAt?: number;
  readonly reason: ExpiryReason | undefined;
}

/** Whether it takes part in a session: what the session itself woke does not before the next. */
export const startsBy = ({ armed, armedAt }: TrackedOrder, session: Day): boolean =>
  armed < session || (armed === session && armedAt !== undefined);

export const filledShares = ({ fills }: TrackedOrder): number =>
  fills.reduce((sum, { quantity }) => sum + quantity, 0);

export const remainingShares = (tracked: TrackedOrder): number => tracked.quantity - filledShares(tracked);

export const isWayOut = ({ role }: PlacedOrder): boolean => role === 'take-profit' || role === 'stop';

/** Open orders of the same pair: when this one is filled, they are not wanted any more. */
export const pairOf = (orders: readonly TrackedOrder[], { order }: TrackedOrder): readonly TrackedOrder[] =>
  isWayOut(order)
    ? orders.filter(
        (other) =>
          other.order.group === order.group &&
          other.order.id !== order.id &&
          isWayOut(other.order) &&
          isOpen(other.state),
      )
    : [];

/** Ways out that wait for this purchase. */
export const dormantOf = (
  orders: readonly TrackedOrder[],
  { order }: TrackedOrder,
): readonly TrackedOrder[] =>
  order.role === 'entry'
    ? orders.filter((other) => other.order.group === order.group && other.state === 'dormant')
    : [];

/**
 * Shares that open sales of a security may take: of a pair only one will, and a way out of a purchase that is not filled yet
 * those that were bought so far.
 */
export function committedShares(
  orders: readonly TrackedOrder[],
  security: SecurityId,
  counts: (order: TrackedOrder) => boolean = () => true,
): number {
  const pairs = new Map<number, number>();
  let alone = 0;
  for (const tracked of orders) {
    const { order, state } = tracked;
    if (order.side !== 'sell' || order.security !== security || !isOpen(state) || !counts(tracked)) continue;
    const shares = state === 'dormant' ? boughtFor(orders, tracked) : remainingShares(tracked);
    if (order.group === undefined || !isWayOut(order)) alone += shares;
    else pairs.set(order.group, Math.max(pairs.get(order.group) ?? 0, shares));
  }
  return [...pairs.values()].reduce((sum, shares) => sum + shares, alone);
}

/** Shares of a security bought in a session. */
export const boughtOn = (orders: readonly TrackedOrder[], security: SecurityId, session: Day): number =>
  orders.reduce(
    (sum, { order, fills }) =>
      order.side === 'buy' && order.security === security
        ? fills.reduce((bought, { day, quantity }) => bought + (day === session ? quantity : 0), sum)
        : sum,
    0,
  );

function boughtFor(orders: readonly TrackedOrder[], wayOut: TrackedOrder): number {
  const entry = orders.find(
    ({ order, state }) => order.group === wayOut.order.group && order.role === 'entry' && isOpen(state),
  );
  if (entry === undefined) return 0;
  return Math.min(filledShares(entry) + boughtBefore(orders, entry), wayOut.quantity);
}

/** Bought by the purchases whose place this one took: its ways out are for those shares as well. */
export const boughtBefore = (
  orders: readonly TrackedOrder[],
  { order: { id, group } }: TrackedOrder,
): number =>
  orders.reduce(
    (sum, one) =>
      one.order.role === 'entry' && one.order.group === group && one.order.id < id
        ? sum + filledShares(one)
        : sum,
    0,
  );
