/** Everything against an order before it is placed, from the exchange's rules and from the account, and nothing changed by it. */
import type { Day, SecurityId } from '../base/brand.js';
import { formatDay } from '../calendar/day.js';
import { isSession, shiftSessions } from '../calendar/sessions.js';
import { fen, yuanOf, type Fen } from '../exchange/fen.js';
import { feesInFen, totalFees } from '../exchange/feesInFen.js';
import { checkOrder, type OrderContext, type OrderTerms, type OrderVerdict } from '../exchange/orderCheck.js';
import type { OrderSizes } from '../market/orderSizes.js';
import type { Account } from './account.js';
import type { Exit, OrderRequest } from './orderRequest.js';
import type { OrderObjection } from './orderObjection.js';
import { boughtOn, committedShares, remainingShares, startsBy } from './orders.js';
import { isOpen } from './orderStates.js';
import { clockMinute } from './sessionClock.js';
import { sessionObjections } from './sessionObjections.js';
import { AFTER_HOURS_END, CLOSED, CLOSING_CALL, isMarket, OPENED } from './sessionParts.js';
import { tradingDay, type TradedMarket, type TradingDay } from './tradingDay.js';

/** What is said of an order before it is placed. */
export interface OrderCheck extends TradingDay {
  /** Session it would be for. */
  readonly session: Day;
  readonly objections: readonly OrderObjection[];
  /** The nearest order that would be taken; the order itself when nothing is against it. */
  readonly nearest: OrderTerms | undefined;
  /** Highest price it may cost: its limit, or the day's highest. */
  readonly price: Fen;
}

/**
 * Everything against an order, of which nothing is changed.
 * @throws Refusal `unknown_security`, `no_price`, `no_board_rules` when nothing can be said of it
 */
export function inspectOrder(account: Account, traded: TradedMarket, request: OrderRequest): OrderCheck {
  const session = sessionOf(account, traded);
  const day = tradingDay(traded, request.security, session);
  const { rules, range, previousClose } = day;
  const { slices, exit } = request;
  // What waits is for a day whose prices nobody knows yet.
  const waits = request.condition !== undefined || slices !== undefined || isWayOutOfHolding(request);
  const context = {
    rules,
    range: waits ? undefined : range,
    suspended: false,
    held: account.balances.holdings.get(request.security)?.shares ?? 0,
    ...sharesBound(account, request.security),
  };
  const { objections, nearest } = checkOrder(request, context);
  const all: OrderObjection[] = [
    ...objections,
    ...exitObjections(request.side, request.limit ?? previousClose, exit),
  ];
  const isOver = account.running !== undefined && account.running.at >= endOfPart(request);
  const first = isOver ? shiftSessions(traded.market.calendar, session, 1) : session;
  if (slices !== undefined) all.push(...sliceObjections(request, traded, first, context));
  const ofSession = [
    ...sessionObjections(account.fills, request, rules),
    ...(isOver && isForSession(request, session) ? [partOver(account.running, endOfPart(request))] : []),
  ];
  all.push(...ofSession);
  let best = ofSession.length === 0 ? nearest : undefined;
  const price = (request.side === 'buy' ? nearest?.limit : undefined) ?? highestPrice(day);
  if (request.side === 'buy' && nearest !== undefined && best !== undefined) {
    const affordable = affordableShares(account, traded, { ...nearest, price, session }, rules.sizes);
    if (affordable < nearest.quantity) {
      all.push(notEnoughCash(account, affordable));
      best = affordable === 0 ? undefined : { ...nearest, quantity: affordable };
    }
  }
  return { ...day, session, objections: all, nearest: best, price };
}

/** The session that is running, or the next one. */
const sessionOf = (account: Account, traded: TradedMarket): Day =>
  account.running?.day ?? shiftSessions(traded.market.calendar, account.day, 1);

/**
 * What is against the size of a way out whose purchase is not filled yet: nobody knows how many shares there will be, so it is held
 * against the sizes of the board alone, and is no remainder below the least of them.
 */
export function inspectSize(account: Account, traded: TradedMarket, request: OrderRequest): OrderVerdict {
  const { rules } = tradingDay(traded, request.security, sessionOf(account, traded));
  const any = { held: Infinity, boughtToday: 0, committed: 0 };
  return checkOrder(request, { rules, range: undefined, suspended: false, ...any });
}

/** What is against a price beside the ways out that stay: of a purchase, or where none is open any more of the sale alone. */
export function inspectWaysOut(
  account: Account,
  traded: TradedMarket,
  { security }: OrderRequest,
  purchase: { readonly limit: Fen | undefined } | undefined,
  exit: Exit,
): OrderObjection[] {
  const { previousClose } = tradingDay(traded, security, sessionOf(account, traded));
  return exitObjections(purchase === undefined ? 'sell' : 'buy', purchase?.limit ?? previousClose, exit);
}

const isWayOutOfHolding = ({ side, exit }: OrderRequest): boolean => side === 'sell' && exit !== undefined;

/**
 * Between sessions whatever is held was bought before the next one. While one runs what was bought in it cannot be sold, and the
 * ways out of that are no order of today: they bind nothing else.
 */
function sharesBound(
  { orders, running }: Account,
  security: SecurityId,
): { readonly boughtToday: number; readonly committed: number } {
  const committed = committedShares(orders, security);
  if (running === undefined) return { boughtToday: 0, committed };
  const boughtToday = boughtOn(orders, security, running.day);
  const today = committedShares(
    orders,
    security,
    (tracked) => tracked.state !== 'dormant' && startsBy(tracked, running.day),
  );
  return { boughtToday, committed: Math.max(today, committed - boughtToday) };
}

/** It is sent in that session, and waits for nothing that may come later. */
const isForSession = ({ condition, slices }: OrderRequest, session: Day): boolean =>
  slices === undefined &&
  (condition === undefined || (condition.kind === 'time' && condition.from <= session));

/** When the last of the parts of a day is over that an order may be sent in. */
function endOfPart(request: OrderRequest): number {
  const { during, side, exit } = request;
  if (during === 'open') return OPENED;
  if (during === 'after-hours') return AFTER_HOURS_END;
  const isPair = side === 'sell' && exit !== undefined;
  return isMarket(request) && !isPair ? CLOSING_CALL : CLOSED;
}

function partOver({ day, at }: NonNullable<Account['running']>, end: number): OrderObjection {
  const [now, then, shown] = [clockMinute(at), clockMinute(end), formatDay(day)];
  return {
    code: 'part_over',
    message: {
      en: `it is ${now}, and such an order is taken until ${then}; let ${shown} end and place it for the next session`,
      zh: `现在是${now}，此类申报只接受到${then}；请先结束${shown}的交易，再为下一交易日下单`,
    },
  };
}

/** A gain is above where a loss is stopped, and a purchase lies between the two. */
function exitObjections(side: 'buy' | 'sell', price: Fen, exit: Exit | undefined): OrderObjection[] {
  if (exit === undefined) return [];
  const { takeProfit } = exit;
  const stop = exit.stop !== undefined && 'at' in exit.stop ? exit.stop.at : undefined;
  const objections: OrderObjection[] = [];
  if (takeProfit !== undefined && stop !== undefined && stop >= takeProfit) {
    const message = {
      en: 'the stop is below the price at which the gain is taken',
      zh: '止损价须低于止盈价',
    };
    objections.push({ code: 'exit_crossed', message });
  }
  if (side === 'sell') return objections;
  const shown = yuanOf(price).toFixed(2);
  if (stop !== undefined && stop >= price) {
    const message = {
      en: `the stop is below the price of the purchase, ${shown}`,
      zh: `止损价须低于买入价${shown}`,
    };
    objections.push({ code: 'stop_above_price', message });
  }
  if (takeProfit !== undefined && takeProfit <= price) {
    const message = {
      en: `the gain is taken above the price of the purchase, ${shown}`,
      zh: `止盈价须高于买入价${shown}`,
    };
    objections.push({ code: 'gain_below_price', message });
  }
  return objections;
}

/** Each slice is an order of its own, in a session still to come. */
function sliceObjections(
  { side, limit, slices = [] }: OrderRequest,
  { market }: TradedMarket,
  next: Day,
  context: OrderContext,
): OrderObjection[] {
  const late = slices.find(({ session }) => session < next || !isSession(market.calendar, session));
  const past: OrderObjection[] =
    late === undefined
      ? []
      : [
          {
            code: 'slice_past',
            message: {
              en: `slices are for sessions from ${formatDay(next)} on, not for ${formatDay(late.session)}`,
              zh: `拆分委托须为${formatDay(next)}起的交易日，${formatDay(late.session)}不可`,
            },
          },
        ];
  const found = slices.flatMap(({ quantity }) => checkOrder({ side, quantity, limit }, context).objections);
  return [...past, ...new Map(found.map((objection) => [objection.code, objection])).values()];
}

/** Cash that open purchases may need: each at its limit, one without at the day's highest price of its security. */
function committedCash(account: Account, traded: TradedMarket, session: Day): Fen {
  let total = 0;
  for (const tracked of account.orders) {
    const { order, state } = tracked;
    if (order.side !== 'buy' || !isOpen(state)) continue;
    const price = order.limit ?? highestPrice(tradingDay(traded, order.security, session));
    total += costOf(account, remainingShares(tracked), price, session);
  }
  return fen(total);
}

const highestPrice = ({ range, previousClose }: TradingDay): Fen => range?.highest ?? previousClose;

function costOf(account: Account, quantity: number, price: Fen, session: Day): number {
  const value = fen(price * quantity);
  return value + totalFees(feesInFen('buy', value, session, account.commission));
}

/** Largest purchase up to the asked one that the cash is enough for, on the board's steps; 0 when none is. */
function affordableShares(
  account: Account,
  traded: TradedMarket,
  { quantity, price, session }: { readonly quantity: number; readonly price: Fen; readonly session: Day },
  { least, step }: OrderSizes,
): number {
  const free = account.balances.cash - committedCash(account, traded, session);
  if (costOf(account, quantity, price, session) <= free) return quantity;
  let low = 0;
  let high = Math.floor((quantity - least) / step);
  const at = (steps: number): number => least + steps * step;
  if (high < 0 || costOf(account, at(0), price, session) > free) return 0;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (costOf(account, at(middle), price, session) <= free) low = middle;
    else high = middle - 1;
  }
  return at(low);
}

function notEnoughCash(account: Account, affordable: number): OrderObjection {
  const cash = yuanOf(account.balances.cash).toFixed(2);
  return {
    code: 'not_enough_cash',
    message: {
      en: `cash of ${cash}, less what open orders need, buys ${affordable} shares with fees`,
      zh: `现金${cash}扣除未成交委托所需后，含费用可买${affordable}股`,
    },
  };
}
