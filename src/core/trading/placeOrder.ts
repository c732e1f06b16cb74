/** Orders come in, are changed and are taken back: the events of each, or why it is refused. */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { fenOf, yuanOf, type Fen } from '../exchange/fen.js';
import type { OrderTerms } from '../exchange/orderCheck.js';
import type { Account, AccountEvent } from './account.js';
import { inspectOrder, inspectSize, inspectWaysOut, type OrderCheck } from './inspectOrder.js';
import type { OrderObjection } from './orderObjection.js';
import { ordersOf, type OrderRequest } from './orderRequest.js';
import {
  dormantOf,
  pairOf,
  remainingShares,
  startsBy,
  type PlacedOrder,
  type TrackedOrder,
} from './orders.js';
import { isOpen } from './orderStates.js';
import type { TradedMarket } from './tradingDay.js';

/** Why an order is not taken, and which one would be. */
export class OrderRejected extends Refusal {
  constructor(
    code: string,
    message: string,
    /** One per rule it breaks, the first of them that of `code`. */
    readonly objections: readonly OrderObjection[],
    readonly nearest: OrderTerms | undefined,
  ) {
    const numbers = nearest === undefined ? {} : nearestNumbers(nearest);
    super(code, message, numbers);
  }
}

function nearestNumbers({ quantity, limit }: OrderTerms): Record<string, number> {
  return { nearestQuantity: quantity, ...(limit !== undefined && { nearestLimit: yuanOf(limit) }) };
}

export interface Placed {
  /** Those that were placed, or that were there under the same client id already. */
  readonly orders: readonly PlacedOrder[];
  /** None for an order that is there already. */
  readonly events: readonly AccountEvent[];
}

/**
 * The events of an order for the session after the account's day. The same client id a second time gives the orders
 * that are there already, and no event.
 * @throws OrderRejected with the code of the first rule it breaks
 */
export function placeOrder(account: Account, traded: TradedMarket, request: OrderRequest): Placed {
  const twins = placedAs(account, request.clientId);
  if (twins !== undefined) return { orders: twins, events: [] };
  const check = inspectOrder(account, traded, request);
  refuseObjections(check);
  return placed(account.day, ordersOf(request, account.orders.length + 1, check.session));
}

const placed = (day: Day, orders: readonly PlacedOrder[]): Placed => ({
  orders,
  events: orders.map((order) => ({ kind: 'placed', day, order })),
});

/** Orders of an earlier request of that client id, with those it was placed with. */
export function placedAs(
  { orders }: Account,
  clientId: string | undefined,
): readonly PlacedOrder[] | undefined {
  if (clientId === undefined) return undefined;
  const twin = orders.find(({ order }) => order.clientId === clientId)?.order;
  if (twin === undefined) return undefined;
  const { group } = twin;
  if (group === undefined) return [twin];
  return orders
    .filter(({ order, placed: on }) => order.group === group && on === orders[twin.id - 1].placed)
    .map(({ order }) => order);
}

const NO_EXIT = { takeProfit: undefined, stop: undefined };

/** What is said against an order, and the nearest one that would be taken. */
export type Verdict = Pick<OrderCheck, 'objections' | 'nearest'>;

export function refuseObjections({ objections, nearest }: Verdict): void {
  if (objections.length === 0) return;
  throw new OrderRejected(objections[0].code, rejection(objections, nearest), objections, nearest);
}

function rejection(objections: readonly OrderObjection[], nearest: OrderTerms | undefined): string {
  const reasons = objections.map(({ message }) => message.en).join('; ');
  if (nearest === undefined) return `the order is not taken: ${reasons}`;
  const { side, quantity, limit } = nearest;
  const price = limit === undefined ? '' : ` at ${yuanOf(limit).toFixed(2)}`;
  return `the order is not taken: ${reasons}. The nearest order that is: ${side} ${quantity}${price}`;
}

/**
 * An open order is taken back, and with a purchase the ways out that wait for it.
 * @throws Refusal `order_not_open` for one that does not exist or has ended
 */
export function cancelOrder(account: Account, id: number): readonly AccountEvent[] {
  const found = openOrder(account, id);
  return [found, ...dormantOf(account.orders, found)].map(({ order }) => ({
    kind: 'cancelled',
    day: account.day,
    order: order.id,
  }));
}

export interface Replacement {
  /** Of all that is still to be traded. */
  readonly quantity: number | undefined;
  /** `undefined`: whatever the price is from now on. */
  readonly limit: Fen | 'same' | undefined;
  readonly clientId: string | undefined;
}

/**
 * The old order goes and one with another quantity or price comes, in one step; it keeps its condition and those it was
 * placed with.
 * @throws Refusal `order_not_open`, OrderRejected
 */
export function replaceOrder(
  account: Account,
  traded: TradedMarket,
  id: number,
  change: Replacement,
): Placed {
  const twins = placedAs(account, change.clientId);
  if (twins !== undefined) return { orders: twins, events: [] };
  const { order, inspect } = replacementOf(account, id, change);
  refuseObjections(inspect(traded));
  const { orders, events } = placed(account.day, [order]);
  return { orders, events: [{ kind: 'cancelled', day: account.day, order: id }, ...events] };
}

interface Replacing {
  readonly order: PlacedOrder;
  /** What is against it, in an account without the old order. */
  readonly inspect: (traded: TradedMarket) => Verdict;
}

/** @throws Refusal `order_not_open` */
export function replacementOf(
  account: Account,
  id: number,
  { quantity, limit, clientId }: Replacement,
): Replacing {
  const old = openOrder(account, id);
  const { group, role, ...before } = old.order;
  const request: OrderRequest = {
    ...before,
    quantity: quantity ?? remainingShares(old),
    limit: limit === 'same' ? old.order.limit : limit,
    clientId,
  };
  const pair = pairOf(account.orders, old);
  // A price to take a gain at is for whichever day has it.
  const asked = role === 'take-profit' ? { ...request, exit: NO_EXIT } : request;
  const orders = account.orders.filter((one) => one !== old && !pair.includes(one));
  const { running } = account;
  // What the running session woke is for the next one, when whatever is held may be sold.
  const isLater = running !== undefined && !startsBy(old, running.day);
  const without = { ...account, orders, running: isLater ? undefined : running };
  return {
    order: {
      ...request,
      id: account.orders.length + 1,
      ...(group !== undefined && { group }),
      ...(role !== undefined && { role }),
    },
    inspect: (traded) => {
      const verdict =
        old.state === 'dormant'
          ? inspectSize(account, traded, request)
          : inspectOrder(without, traded, asked);
      const { nearest } = verdict;
      const crossed = (price: Fen | undefined): OrderObjection[] =>
        crossedWaysOut(account, traded, old, { ...request, limit: price });
      const isOffered = nearest !== undefined && crossed(nearest.limit).length === 0;
      return {
        objections: [...verdict.objections, ...crossed(request.limit)],
        nearest: isOffered ? nearest : undefined,
      };
    },
  };
}

/** A new price of a purchase or of a gain lies with those it was placed with as it had to when they were placed. */
function crossedWaysOut(
  account: Account,
  traded: TradedMarket,
  { order: { group, role } }: TrackedOrder,
  request: OrderRequest,
): OrderObjection[] {
  if (group === undefined || (role !== 'entry' && role !== 'take-profit')) return [];
  const of = (wanted: PlacedOrder['role']): PlacedOrder | undefined =>
    account.orders.find(({ order, state }) => order.group === group && order.role === wanted && isOpen(state))
      ?.order;
  const purchase = role === 'entry' ? request : of('entry');
  const gain = role === 'take-profit' ? request : of('take-profit');
  const stop = of('stop')?.condition;
  const at = stop?.kind === 'price' ? fenOf(stop.threshold) : undefined;
  const exit = { takeProfit: gain?.limit, stop: at === undefined ? undefined : { at } };
  return inspectWaysOut(account, traded, request, purchase, exit);
}

function openOrder(account: Account, id: number): TrackedOrder {
  const found = account.orders[id - 1];
  if (found !== undefined && isOpen(found.state)) return found;
  const what = found === undefined ? 'does not exist' : `is ${found.state} already`;
  throw new Refusal('order_not_open', `order ${id} ${what}; only open orders can be changed`, {
    order: id,
  });
}
