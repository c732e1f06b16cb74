/**
 * The paper exchange on daily closes: every order of a session takes part in its closing auction. What daily data
 * cannot know is assumed, and said: an order at the closing price or better is filled whole at the close, as if it were
 * too small to move it; at a locked limit nobody knows the place in the queue, so nothing on the waiting side is filled.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import type { Finding } from '../base/finding.js';
import { formatDay } from '../calendar/day.js';
import { sessionsBetween } from '../calendar/sessions.js';
import { shareRatioBetween } from '../events/corporateActions.js';
import { fen, fenOf, yuanOf, type Fen } from '../exchange/fen.js';
import { feesInFen, totalFees } from '../exchange/feesInFen.js';
import type { PriceRange } from '../exchange/priceRange.js';
import { panelRange } from '../market/prices.js';
import {
  accountOf,
  openOrders,
  type Account,
  type AccountEvent,
  type ExpiryReason,
  type TrackedOrder,
} from './account.js';
import { isMet } from './condition.js';
import {
  cashBetween,
  closeOn,
  lastClose,
  tradingDay,
  type SessionClose,
  type TradedMarket,
} from './tradingDay.js';

/**
 * What happens to an account from its day to the close of `to`.
 * @param events what has happened so far
 * @throws Refusal `not_after` for a day that is not later, `no_prices` beyond the data
 */
export function replayTo(
  events: readonly AccountEvent[],
  traded: TradedMarket,
  to: Day,
): readonly AccountEvent[] {
  const { day } = accountOf(events);
  const { last } = panelRange(traded.market.prices);
  if (to <= day) {
    throw new Refusal('not_after', `the account has seen the close of ${formatDay(day)}; name a later day`, {
      day: formatDay(day),
    });
  }
  if (to > last) {
    throw new Refusal('no_prices', `the data set ends on ${formatDay(last)}`, { last: formatDay(last) });
  }
  const added: AccountEvent[] = [];
  const sessions = sessionsBetween(traded.market.calendar, (day + 1) as Day, to);
  let before = day;
  for (const session of sessions) {
    const account = accountOf([...events, ...added]);
    added.push(...goingEx(account, traded, before, session), ...closing(account, traded, session));
    added.push({ kind: 'closed', day: session });
    before = session;
  }
  return added;
}

/** Bonus shares and dividends of what was held at the close before. Fractions of a share fall away. */
function goingEx(
  account: Account,
  { actions, dividends }: TradedMarket,
  after: Day,
  session: Day,
): AccountEvent[] {
  return [...account.balances.holdings].flatMap(([security, { shares }]): AccountEvent[] => {
    const ratio = shareRatioBetween(actions, security, after, session);
    const cash = cashBetween(dividends, security, after, session) * shares;
    const more = Math.floor(shares * (ratio - 1) + 1e-9);
    return [
      ...(more > 0 ? [{ kind: 'bonus', day: session, security, shares: more } as const] : []),
      ...(cash > 0 ? [{ kind: 'dividend', day: session, security, cash: fenOf(cash) } as const] : []),
    ];
  });
}

/** Orders in the order of their numbers: an earlier one uses cash first. */
function closing(account: Account, traded: TradedMarket, session: Day): AccountEvent[] {
  let cash = account.balances.cash as number;
  return openOrders(account).flatMap((tracked): AccountEvent[] => {
    const event =
      tracked.state === 'waiting'
        ? triggered(tracked, traded, session)
        : outcome(tracked, account, traded, session, cash);
    if (event?.kind === 'filled' && tracked.order.side === 'buy') {
      cash -= event.price * tracked.order.quantity + totalFees(event.fees);
    }
    return event === undefined ? [] : [event];
  });
}

/** A condition that the close fulfils: the order works from the next session on. */
function triggered(
  { order }: TrackedOrder,
  { market, levels }: TradedMarket,
  session: Day,
): AccountEvent | undefined {
  const { condition } = order;
  if (condition === undefined) return undefined;
  const { security } = condition;
  const close = security === undefined ? undefined : closeOn(market, security, session)?.close;
  const value =
    security === undefined ? levels.get(session) : close === undefined ? undefined : yuanOf(close);
  if (value === undefined || !isMet(condition, value)) return undefined;
  return { kind: 'triggered', day: session, order: order.id };
}

function outcome(
  { order }: TrackedOrder,
  account: Account,
  traded: TradedMarket,
  session: Day,
  cash: number,
): AccountEvent | undefined {
  const { id, security, side, quantity, limit, validity } = order;
  const expired = (reason: ExpiryReason): AccountEvent => ({
    kind: 'expired',
    day: session,
    order: id,
    reason,
  });
  const passed = (reason: ExpiryReason): AccountEvent | undefined =>
    validity === 'day' ? expired(reason) : undefined;
  // What was named before the price was cut is not what the person meant after it.
  if (goesEx(traded, security, session) && limit !== undefined && validity === 'open')
    return expired('ex_date');
  const close = closeOn(traded.market, security, session);
  if (close === undefined) return passed('suspended');
  const { range } = tradingDay(traded, security, session);
  if (limit !== undefined && range !== undefined && (limit < range.lowest || limit > range.highest)) {
    return passed('outside_limits');
  }
  if (isLocked(side, close.close, range)) return passed('locked_limit');
  const reached = limit === undefined || (side === 'buy' ? limit >= close.close : limit <= close.close);
  if (!reached) return passed('not_reached');
  const value = fen(close.close * quantity);
  const fees = feesInFen(side, value, session, account.commission);
  if (side === 'buy' && value + totalFees(fees) > cash) return expired('no_cash');
  return { kind: 'filled', day: session, order: id, price: close.close, fees };
}

const goesEx = ({ actions, dividends }: TradedMarket, id: SecurityId, session: Day): boolean =>
  [...actions, ...dividends].some((action) => action.id === id && action.exDay === session);

/** Everybody wants the same side of a price that may go no further. */
const isLocked = (side: 'buy' | 'sell', close: Fen, range: PriceRange | undefined): boolean =>
  range !== undefined && (side === 'buy' ? close === range.highest : close === range.lowest);

/** Share of a session's value above which a fill at the close as it was is no honest answer. */
const LARGE = 0.01;

/** What the fills of an account take for granted. */
export function accountFindings({ orders }: Account, { market }: TradedMarket): Finding[] {
  return orders.flatMap(({ order, fill, changed, state }): Finding[] => {
    if (state !== 'filled' || fill === undefined) return [];
    const session = closeOn(market, order.security, changed) as SessionClose;
    const share = (yuanOf(fill.price) * order.quantity) / session.value;
    if (!(share > LARGE)) return [];
    const message = `order ${order.id} is ${(share * 100).toFixed(1)} % of the session's value; at the close as it was it would have moved the price (see the command impact)`;
    return [{ code: 'large_order', subject: order.security, message }];
  });
}

/** Value of a position at the last close on or before a day; 0 when it has none. */
export function positionValue({ market }: TradedMarket, id: SecurityId, shares: number, day: Day): Fen {
  return fen((lastClose(market, id, day)?.close ?? 0) * shares);
}
