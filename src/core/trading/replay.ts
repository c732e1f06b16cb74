/**
 * Sessions pass. The paper exchange on daily closes: every order of a session takes part in its closing auction. What daily data
 * cannot know is assumed, and said: an order at the closing price or better is filled at the close, whole or up to the
 * account's share of the session's volume, as if it were too small to move it; at a locked limit nobody knows the place in
 * the queue, so nothing on the waiting side is filled. An account with fills in sessions trades through `playSession.ts`
 * instead, but for securities of which only the close of a day is known.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { assert, Refusal } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import { sessionsBetween } from '../calendar/sessions.js';
import { NO_TERMS } from '../events/exTerms.js';
import { fen, fenOf, yuanOf, type Fen } from '../exchange/fen.js';
import { feesInFen, totalFees } from '../exchange/feesInFen.js';
import type { PriceRange } from '../exchange/priceRange.js';
import { panelRange } from '../market/prices.js';
import {
  accountFold,
  accountOf,
  openOrders,
  type Account,
  type AccountEvent,
  type AccountFold,
} from './account.js';
import { pricedSecurity, sightOf } from './condition.js';
import { afterEntry, pairAfter } from './groupEvents.js';
import {
  playSession,
  requestsOf,
  type PlayedSession,
  type SessionOptions,
  type SessionWatch,
} from './playSession.js';
import { isOpen } from './orderStates.js';
import { filledShares, remainingShares, startsBy, type ExpiryReason, type TrackedOrder } from './orders.js';
import { clockMinute } from './sessionClock.js';
import type { Play } from './sessionOrders.js';
import {
  closeOn,
  exTerms,
  lastClose,
  tradingDay,
  type SessionClose,
  type TradedMarket,
} from './tradingDay.js';

/**
 * What happens to an account from where it stands to the close of `to`, or to a time of that session.
 * @param events what has happened so far
 * @throws Refusal `not_after` for what is not later, `no_prices` beyond the data, `session_differs`
 */
export function replayTo(
  events: readonly AccountEvent[],
  traded: TradedMarket,
  to: Day,
  at?: number,
): readonly AccountEvent[] {
  const { day, running } = accountOf(events);
  refuseNotAfter({ day, running }, { day: to, at });
  const { last } = panelRange(traded.market.prices);
  if (to > last) {
    throw new Refusal('no_prices', `the data set ends on ${formatDay(last)}`, { last: formatDay(last) });
  }
  const kept = keptOf(events, running?.day);
  const { fold, added, happen } = growing(beforeSession(events, running?.day), kept);
  let before = day;
  for (const session of sessionsBetween(traded.market.calendar, (day + 1) as Day, to)) {
    passSession(fold, happen, traded, before, session, {
      requests: requestsOf(events, session),
      until: session === to ? at : undefined,
    });
    before = session;
  }
  if (added.length < kept.length) throw differs(kept[added.length]);
  const more = added.slice(kept.length);
  const missed = running && more.find((event) => event.day === running.day && isBy(event, running.at));
  if (missed !== undefined) throw differs(missed);
  return at === undefined ? more : [...more, { kind: 'paused', day: to, at }];
}

function refuseNotAfter(
  { day, running }: Pick<Account, 'day' | 'running'>,
  to: { readonly day: Day; readonly at: number | undefined },
): void {
  if (running !== undefined && to.day === running.day && (to.at ?? Infinity) <= running.at) {
    const clock = clockMinute(running.at);
    throw new Refusal(
      'not_after',
      `the clock stands at ${clock} of ${formatDay(running.day)}; name a later time, or the day alone for its end`,
      { day: formatDay(running.day), time: clock },
    );
  }
  if (to.day > day) return;
  throw new Refusal('not_after', `the account has seen the close of ${formatDay(day)}; name a later day`, {
    day: formatDay(day),
  });
}

/** What had happened before a session that has begun; all of it when none has. */
const beforeSession = (events: readonly AccountEvent[], session: Day | undefined): readonly AccountEvent[] =>
  session === undefined ? events : events.filter(({ day }) => day < session);

interface Growing {
  readonly fold: AccountFold;
  readonly added: readonly AccountEvent[];
  readonly happen: (happened: readonly AccountEvent[]) => void;
}

/**
 * @param kept what has been written down already of what is to be added
 * @throws Refusal `session_differs` when it comes out otherwise: its prices were imported since, or the program is another one
 */
function growing(events: readonly AccountEvent[], kept: readonly AccountEvent[] = []): Growing {
  const fold = accountFold(events);
  const added: AccountEvent[] = [];
  const happen = (happened: readonly AccountEvent[]): void => {
    for (const event of happened) {
      const known = kept[added.length] as AccountEvent | undefined;
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(event)) throw differs(known);
      fold.add(event);
      added.push(event);
    }
  };
  return { fold, added, happen };
}

const differs = ({ day, kind }: AccountEvent): Refusal =>
  new Refusal(
    'session_differs',
    `${formatDay(day)} played again differs from what was written down of it (${kind}); its prices were changed since, or the program: go on with those it began with, or open another account`,
    { day: formatDay(day) },
  );

const isBy = (event: AccountEvent, clock: number): boolean =>
  'at' in event && event.at !== undefined && event.at <= clock;

/** What happened by itself, or was asked for, in a session that has begun. */
const keptOf = (events: readonly AccountEvent[], session: Day | undefined): readonly AccountEvent[] =>
  events.filter(({ day, kind }) => day === session && kind !== 'paused');

/** The session that the clock of an account stands in, played up to there; what is asked of it now happens in it. */
export interface StoppedSession extends Growing {
  readonly play: Play;
  readonly at: number;
  /** Events of it by now. */
  readonly kept: number;
}

/**
 * @param also securities that are traded beside those of its orders
 * @throws Refusal `session_differs`
 */
export function stoppedSession(
  events: readonly AccountEvent[],
  traded: TradedMarket,
  also: readonly SecurityId[],
): StoppedSession {
  const { day, running } = accountOf(events);
  assert(running !== undefined, 'the clock stands in a session');
  const kept = keptOf(events, running.day);
  const grown = growing(beforeSession(events, running.day), kept);
  const play = passSession(grown.fold, grown.happen, traded, day, running.day, {
    requests: requestsOf(events, running.day),
    until: running.at,
    also,
  });
  assert(play !== undefined, 'only accounts with fills in sessions stop in them');
  const other = kept.at(grown.added.length) ?? grown.added.at(kept.length);
  if (grown.added.length !== kept.length && other !== undefined) throw differs(other);
  return { ...grown, play, at: running.at, kept: kept.length };
}

/** One session: what goes ex, trades, conditions after the close. */
function passSession(
  fold: AccountFold,
  happen: (events: readonly AccountEvent[]) => void,
  traded: TradedMarket,
  before: Day,
  session: Day,
  options: SessionOptions = {},
): Play | undefined {
  happen(goingEx(fold.account(), traded, before, session));
  const within =
    fold.account().fills === 'session' ? withinSession(fold, happen, traded, session, options) : undefined;
  if (options.until !== undefined) return within?.play;
  // What an order does may end others, so each is looked at as the account is by then: trades first, conditions after.
  const volume = new Map<SecurityId, number>();
  for (const { order } of openOrders(fold.account()))
    if (within === undefined || !(within.played.has(order.security) || within.play.late.has(order.id)))
      happen(outcome(fold.account(), order.id, traded, session, volume));
  for (const { order } of openOrders(fold.account()))
    happen(triggered(fold.account(), order.id, traded, session));
  happen([{ kind: 'closed', day: session }]);
  return within?.play;
}

/** A session that an account has seen, or the part of it that it has, once more: somebody looks on. */
export function watchSession(
  events: readonly AccountEvent[],
  traded: TradedMarket,
  session: Day,
  security: SecurityId,
  watch: SessionWatch,
): void {
  const [opening] = events;
  const before = beforeSession(events, session);
  if (before.length === 0 || opening.kind !== 'opened' || opening.fills !== 'session') return;
  const { running } = accountOf(events);
  const { fold, happen } = growing(before);
  passSession(fold, happen, traded, fold.account().day, session, {
    requests: requestsOf(events, session),
    until: running?.day === session ? running.at : undefined,
    also: [security],
    watch,
  });
}

/** Orders named before a price was cut end first; the others trade where the way of the price through the day is known. */
function withinSession(
  fold: AccountFold,
  happen: (events: readonly AccountEvent[]) => void,
  traded: TradedMarket,
  session: Day,
  options: SessionOptions,
): PlayedSession {
  for (const { order } of openOrders(fold.account())) {
    const account = fold.account();
    const tracked = account.orders[order.id - 1];
    if (isOpen(tracked.state) && namesCutPrice(traded, tracked, session))
      happen(cutOff(account, tracked, session, 'ex_date'));
  }
  return playSession(fold, happen, traded, session, options);
}

/** An order ends, and with it what was placed beside it. */
const cutOff = (
  account: Account,
  tracked: TrackedOrder,
  session: Day,
  reason: ExpiryReason,
): AccountEvent[] => [
  { kind: 'expired', day: session, order: tracked.order.id, reason },
  ...afterEntry(account.orders, tracked, filledShares(tracked), { day: session }),
];

/**
 * Dividends, bonus shares and rights of what was held at the close before. Fractions of a share fall away; rights are taken
 * up where they cost less than the shares are worth and the cash is there, and lapse otherwise.
 */
function goingEx(account: Account, traded: TradedMarket, after: Day, session: Day): AccountEvent[] {
  let { cash } = account.balances as { cash: number };
  return [...account.balances.holdings].flatMap(([security, { shares }]): AccountEvent[] => {
    const terms = exTerms(traded, security, after, session);
    if (terms === NO_TERMS) return [];
    const dividend = fenOf(terms.cash * shares);
    const bonus = Math.floor(shares * terms.bonus + 1e-9);
    const taken = Math.floor(shares * terms.rights + 1e-9);
    const paid = fen(taken === 0 ? 0 : Math.round((terms.paidIn / terms.rights) * 100) * taken);
    const before = lastClose(traded.market, security, after)?.close ?? 0;
    const worth = taken > 0 && paid < before * taken && paid <= cash;
    cash += dividend - (worth ? paid : 0);
    return [
      ...(bonus > 0 ? [{ kind: 'bonus', day: session, security, shares: bonus } as const] : []),
      ...(dividend > 0 ? [{ kind: 'dividend', day: session, security, cash: dividend } as const] : []),
      ...(worth ? [{ kind: 'rights', day: session, security, shares: taken, paid } as const] : []),
    ];
  });
}

/**
 * A condition that the close fulfils: the order works from the next session on. Also where orders trade within the session: an
 * order may have moved the close of the book away from that of the day.
 */
function triggered(account: Account, id: number, traded: TradedMarket, session: Day): AccountEvent[] {
  const tracked = account.orders[id - 1];
  const { order, state, armed } = tracked;
  // A way out that was armed by this very close waits for the next one.
  if (state !== 'waiting' || order.condition === undefined || !startsBy(tracked, session)) return [];
  const seen = sightOf(order.condition, traded, armed, session);
  return seen?.met === true ? [{ kind: 'triggered', day: session, order: id }] : [];
}

/** What a session does to one order, and through it to those it was placed with. */
function outcome(
  account: Account,
  id: number,
  traded: TradedMarket,
  session: Day,
  volume: Map<SecurityId, number>,
): AccountEvent[] {
  const tracked = account.orders[id - 1];
  const { order, state } = tracked;
  if (!isOpen(state)) return [];
  const expired = (reason: ExpiryReason): AccountEvent[] => cutOff(account, tracked, session, reason);
  // What was named before the price was cut is not what the person meant after it.
  if (namesCutPrice(traded, tracked, session)) return expired('ex_date');
  // A way out that this very session woke sells what was bought in it: from the next one on (T+1).
  if (state === 'dormant' || state === 'waiting' || !startsBy(tracked, session)) return [];
  const { side, limit, validity } = order;
  const passed = (reason: ExpiryReason): AccountEvent[] => (validity === 'day' ? expired(reason) : []);
  const close = closeOn(traded.market, order.security, session);
  if (close === undefined) return passed('suspended');
  const { range, rules } = tradingDay(traded, order.security, session);
  if (limit !== undefined && range !== undefined && (limit < range.lowest || limit > range.highest)) {
    return passed('outside_limits');
  }
  if (isLocked(side, close.close, range)) return passed('locked_limit');
  const reached = limit === undefined || (side === 'buy' ? limit >= close.close : limit <= close.close);
  if (!reached) return passed('not_reached');
  const left = remainingShares(tracked);
  const quantity = Math.min(
    left,
    sharesLeft(account, close, rules.sizes.step, volume.get(order.security) ?? 0),
  );
  if (quantity === 0) return passed('not_enough_volume');
  const value = fen(close.close * quantity);
  const fees = feesInFen(side, value, session, account.commission);
  if (side === 'buy' && value + totalFees(fees) > account.balances.cash) return expired('no_cash');
  volume.set(order.security, (volume.get(order.security) ?? 0) + quantity);
  const filled: AccountEvent = {
    kind: 'filled',
    day: session,
    order: id,
    quantity,
    price: close.close,
    fees,
  };
  const pair = pairAfter(account.orders, tracked, left - quantity, { day: session });
  if (quantity === left)
    return [filled, ...pair, ...afterEntry(account.orders, tracked, tracked.quantity, { day: session })];
  const ended: AccountEvent[] =
    validity === 'day'
      ? [
          { kind: 'expired', day: session, order: id, reason: 'not_enough_volume' },
          ...afterEntry(account.orders, tracked, filledShares(tracked) + quantity, { day: session }),
        ]
      : [];
  return [filled, ...pair, ...ended];
}

/** What is left of the session's volume for the account, whole steps of the board; no limit unless it was opened with one. */
function sharesLeft(
  { participation }: Account,
  { value, close }: SessionClose,
  step: number,
  taken: number,
): number {
  if (participation === undefined) return Infinity;
  // A millionth of a share is binary rounding.
  const most = Math.floor((participation * value) / yuanOf(close) + 1e-6) - taken;
  return most > 0 ? most - (most % step) : 0;
}

/** An open limit, or a condition on a price, of a security that goes ex. */
function namesCutPrice(traded: TradedMarket, { order, state, placed }: TrackedOrder, session: Day): boolean {
  // Placed while the session runs it names the price as it is.
  if (placed === session) return false;
  const priced = pricedSecurity(order.condition);
  const waits = state === 'waiting' || state === 'dormant';
  const cut = (id: SecurityId): boolean => exTerms(traded, id, (session - 1) as Day, session) !== NO_TERMS;
  if (waits && priced !== undefined && cut(priced)) return true;
  return order.limit !== undefined && (order.validity === 'open' || waits) && cut(order.security);
}

/** Everybody wants the same side of a price that may go no further. */
const isLocked = (side: 'buy' | 'sell', close: Fen, range: PriceRange | undefined): boolean =>
  range !== undefined && (side === 'buy' ? close === range.highest : close === range.lowest);
