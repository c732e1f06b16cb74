/**
 * Orders come in, are changed and are taken back wherever the clock of an account stands: between sessions for the next one,
 * within a session for what is left of it. There they are held against the book and the phase of that minute.
 */
import type { SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { fen, yuanOf, type Fen } from '../exchange/fen.js';
import { explainRejection } from '../exchange/explainRejection.js';
import type { Account, AccountEvent } from './account.js';
import { inspectOrder, type OrderCheck } from './inspectOrder.js';
import type { OrderObjection } from './orderObjection.js';
import { ordersOf, type OrderRequest } from './orderRequest.js';
import type { PlacedOrder } from './orders.js';
import {
  cancelOrder,
  placedAs,
  placeOrder,
  refuseObjections,
  replacementOf,
  replaceOrder,
  type Placed,
  type Replacement,
  type Verdict,
} from './placeOrder.js';
import { comesIn, type SessionRequest } from './playSession.js';
import { stoppedSession, type StoppedSession } from './replay.js';
import { clockMinute } from './sessionClock.js';
import { takeOut } from './sessionOrders.js';
import { CLOSING_CALL } from './sessionParts.js';
import { lastPrice, securitiesOf, worksIn } from './sessionStage.js';
import type { TradedMarket } from './tradingDay.js';

/** What happened to an account, and the account that comes of it. */
export interface AccountHistory {
  readonly events: readonly AccountEvent[];
  readonly account: Account;
}

/**
 * The same client id a second time gives the orders that are there already, and no event.
 * @throws OrderRejected, Refusal `session_differs`
 */
export function requestOrder(
  { events, account }: AccountHistory,
  traded: TradedMarket,
  asked: OrderRequest,
): Placed {
  const { running } = account;
  if (running === undefined) return placeOrder(account, traded, asked);
  const twins = placedAs(account, asked.clientId);
  if (twins !== undefined) return { orders: twins, events: [] };
  const stopped = stoppedSession(events, traded, securitiesOf(asked));
  const orders = ordersOf(asked, account.orders.length + 1, running.day);
  refuseObjections(tried(stopped, inspectOrder(account, traded, asked), orders));
  return { orders, events: since(stopped) };
}

/** @throws Refusal `order_not_open`, `cancel_refused`, `session_differs` */
export function requestCancel(
  { events, account }: AccountHistory,
  traded: TradedMarket,
  id: number,
): readonly AccountEvent[] {
  const cancels = cancelOrder(account, id);
  if (account.running === undefined) return cancels;
  const stopped = stoppedSession(events, traded, []);
  for (const event of cancels) if ('order' in event) cancelNow(stopped, event.order as number);
  return since(stopped);
}

/** @throws Refusal `order_not_open`, `cancel_refused`, `session_differs`, OrderRejected */
export function requestReplacement(
  { events, account }: AccountHistory,
  traded: TradedMarket,
  id: number,
  change: Replacement,
): Placed {
  if (account.running === undefined) return replaceOrder(account, traded, id, change);
  const twins = placedAs(account, change.clientId);
  if (twins !== undefined) return { orders: twins, events: [] };
  const { order, inspect } = replacementOf(account, id, change);
  const stopped = stoppedSession(events, traded, securitiesOf(order));
  cancelNow(stopped, id);
  refuseObjections(tried(stopped, inspect(traded), [order]));
  return { orders: [order], events: since(stopped) };
}

/** What is said of an order before it is placed, and the newest price of the session so far. */
export interface OrderInspection extends OrderCheck {
  readonly now: Fen | undefined;
}

/** Everything against an order where the clock stands, of which nothing is changed. @throws what `inspectOrder` throws */
export function inspectRequest(
  { events, account }: AccountHistory,
  traded: TradedMarket,
  asked: OrderRequest,
): OrderInspection {
  const check = inspectOrder(account, traded, asked);
  if (account.running === undefined) return { ...check, now: undefined };
  const stopped = stoppedSession(events, traded, securitiesOf(asked));
  const stage = stopped.play.stages.get(asked.security);
  const now = stage && lastPrice(stage);
  const orders = ordersOf(asked, account.orders.length + 1, account.running.day);
  return { ...check, ...tried(stopped, check, orders), now };
}

/** Newest prices by the clock of an account that stands in a session; of securities without a trade by then none. */
export function pricesByNow(
  { events, account }: AccountHistory,
  traded: TradedMarket,
  securities: readonly SecurityId[],
): ReadonlyMap<SecurityId, Fen> {
  if (account.running === undefined) return new Map();
  const { play } = stoppedSession(events, traded, securities);
  return new Map(
    [...play.stages.values()].flatMap((stage) => {
      const price = lastPrice(stage);
      return price === undefined ? [] : [[stage.security, price] as const];
    }),
  );
}

/** Sends orders into the session, unless there are objections already. @returns with those of the session */
function tried(stopped: StoppedSession, check: Verdict, orders: readonly PlacedOrder[]): Verdict {
  if (check.objections.length > 0) return check;
  const { play, at } = stopped;
  const objections: OrderObjection[] = [];
  let { nearest } = check;
  play.rejected = ({ quoted: { session } }, rejection, asked) => {
    const { code, message, nearest: taken } = explainRejection(session, rejection, asked);
    objections.push(code === 'phase_closed' ? BEFORE_TRADING : { code, message });
    nearest = taken && {
      side: orders[0].side,
      quantity: taken.shares,
      limit: orders[0].limit === undefined ? undefined : fen(taken.price),
    };
  };
  const placed = orders.map((order) => ({ kind: 'placed', day: play.session, at, order }) as const);
  comesIn(play, placed, []);
  if (!orders.some(({ id }) => play.fold.order(id)?.reason === 'no_cash')) return { objections, nearest };
  return { objections: [...objections, notEnoughCash(play.fold.balances().cash)], nearest: undefined };
}

const BEFORE_TRADING: OrderObjection = {
  code: 'phase_closed',
  message: {
    en: 'no orders are taken between the opening auction and 09:30; go on to 09:30',
    zh: '开盘集合竞价后至09:30不接受申报；请推进到09:30',
  },
};

const notEnoughCash = (cash: Fen): OrderObjection => ({
  code: 'not_enough_cash',
  message: {
    en: `cash of ${yuanOf(cash).toFixed(2)}, less what orders in the book may need, does not pay for it`,
    zh: `现金${yuanOf(cash).toFixed(2)}扣除盘口中委托可能所需后，不足以支付`,
  },
});

/** @throws Refusal `cancel_refused` */
function cancelNow(stopped: StoppedSession, order: number): void {
  const { play, at } = stopped;
  if (!isCancellable(stopped, order)) {
    const time = clockMinute(at);
    throw new Refusal(
      'cancel_refused',
      `order ${order} cannot be taken back at ${time}: the exchange takes no cancels from 09:20 to 09:30 and from 14:57 to 15:05; go on, and take it back then if it is still open`,
      { order, time },
    );
  }
  const event: SessionRequest = { kind: 'cancelled', day: play.session, at, order, asked: true };
  comesIn(play, [event], []);
}

/** What is traded at the close of daily data is in the closing auction as well. */
function isCancellable({ play, at }: StoppedSession, id: number): boolean {
  const tracked = play.fold.order(id);
  if (tracked === undefined) return true;
  const { during, security } = tracked.order;
  const inCall = at >= CLOSING_CALL && during !== 'after-hours';
  if (inCall && !play.stages.has(security) && worksIn(tracked, play.session)) return false;
  return takeOut(play, id, at);
}

/** What has happened in a session since it was played up to its clock. */
const since = ({ added, kept }: StoppedSession): readonly AccountEvent[] => added.slice(kept);
