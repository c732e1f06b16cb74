/** What becomes of orders in a session: they are sent into the book of their security when they are due, trade, and end. */
import type { Day, SecurityId } from '../base/brand.js';
import { fen, type Fen } from '../exchange/fen.js';
import { feesInFen, totalFees, type FeesInFen } from '../exchange/feesInFen.js';
import { iceberg, showPeak, type Iceberg } from '../exchange/iceberg.js';
import { BUY, SELL } from '../exchange/orderBook.js';
import { REJECTED, REJECTIONS } from '../exchange/rejections.js';
import { STATE } from '../exchange/session.js';
import { advance, cancel, submit } from '../exchange/sessionEngine.js';
import { ORDER, type OrderKind, type VenueDay } from '../exchange/venueDay.js';
import type { AskedOrder } from '../exchange/explainRejection.js';
import { FIRST_PERSON } from '../simulation/marketHands.js';
import type { AccountEvent, AccountFold } from './account.js';
import { afterEntry, pairAfter } from './groupEvents.js';
import { KIND_NUMBERS } from './marketKinds.js';
import {
  filledShares,
  pairOf,
  remainingShares,
  type ExpiryReason,
  type PlacedOrder,
  type TrackedOrder,
} from './orders.js';
import { isOpen } from './orderStates.js';
import { CONTINUOUS, isDue, type Moment } from './sessionParts.js';
import { newTrades, worksIn, type SessionStage, type SessionTrade } from './sessionStage.js';
import type { TradedMarket } from './tradingDay.js';

/** An order that was sent today. */
interface SentOrder {
  readonly stage: SessionStage;
  /** Its number in the session; of an iceberg that of the peak that is shown; negative when it is not in the book. */
  number: number;
  readonly ice: Iceberg | undefined;
  /** Cash that it may still need, fen. */
  reserve: number;
  /** Traded today, and the fees charged for it: the least commission is of all fills of a day together. */
  value: number;
  charged: FeesInFen;
}

export interface Play {
  readonly fold: AccountFold;
  readonly happen: (events: readonly AccountEvent[]) => void;
  readonly traded: TradedMarket;
  readonly session: Day;
  readonly stages: ReadonlyMap<SecurityId, SessionStage>;
  readonly sent: Map<number, SentOrder>;
  /** Best price so far for trailing stops, by order. */
  readonly best: Map<number, Fen>;
  /** Woken by the close itself: for the session after. */
  readonly late: Set<number>;
  /** Hears of an order that the session does not take, and of why. */
  rejected?: (stage: SessionStage, rejection: number, asked: AskedOrder) => void;
}

const NO_FEES: FeesInFen = { stamp: fen(0), transfer: fen(0), commission: fen(0) };

/** Sends an order that works and is due, once a day; of an iceberg the next peak. */
export function send(play: Play, id: number, moment: Moment, clock: number): void {
  const tracked = play.fold.order(id) as TrackedOrder;
  const { order } = tracked;
  const stage = play.stages.get(order.security);
  if (stage === undefined || play.late.has(id) || !worksIn(tracked, play.session)) return;
  const before = play.sent.get(id);
  if (before !== undefined) {
    if (before.ice !== undefined && before.number >= 0 && moment === 'continuous')
      showPeaks(play, tracked, before, before.ice, clock);
    return;
  }
  if (!isDue(order, moment) || !makesWay(play, tracked, clock)) return;
  const { day } = stage.quoted.session;
  const shares = remainingShares(tracked);
  const worst = worstPrice(play, order, day, shares);
  const buys = order.side === 'buy';
  const reserve = buys && worst !== undefined ? costOf(play, shares, worst) : 0;
  const sent: SentOrder = {
    stage,
    number: -1,
    ice:
      order.peak === undefined || worst === undefined
        ? undefined
        : iceberg(FIRST_PERSON, buys ? BUY : SELL, worst, shares, order.peak),
    reserve: 0,
    value: 0,
    charged: NO_FEES,
  };
  play.sent.set(id, sent);
  const unpaid = order.limit === undefined && worst !== undefined && worst < day.lowest;
  if (worst === undefined || unpaid || reserve > freeCash(play))
    return expire(play, tracked, 'no_cash', clock);
  if (worst < day.lowest || worst > day.highest) return passed(play, tracked, 'outside_limits', clock);
  sent.reserve = reserve;
  if (sent.ice !== undefined) return showPeaks(play, tracked, sent, sent.ice, clock);
  const kind = kindOf(order, day);
  const side = buys ? BUY : SELL;
  const number = submit(stage.quoted.session, clock, FIRST_PERSON, kind, side, worst, shares);
  if (number < 0) play.rejected?.(stage, number, { account: FIRST_PERSON, kind, side, price: worst, shares });
  follow(play, tracked, sent, number, clock);
}

/** Of a pair one order is in the book: a stop that works takes the place of the other one, once that can be taken back. */
function makesWay(play: Play, tracked: TrackedOrder, clock: number): boolean {
  const others = pairOf(play.fold.account().orders, tracked);
  if (tracked.order.role === 'take-profit')
    return !others.some((other) => other.order.role === 'stop' && worksIn(other, play.session));
  return others.every(({ order }) => takeOut(play, order.id, clock));
}

/** What is left of an order goes out of the book, and its place in the queue with it. @returns whether that is taken now */
export function takeOut(play: Play, id: number, clock: number): boolean {
  const sent = play.sent.get(id);
  if (sent === undefined || sent.number < 0) return true;
  const answer = cancel(sent.stage.quoted.session, clock, FIRST_PERSON, sent.number);
  if (answer === -REJECTED.cancel_refused) return false;
  sent.number = -1;
  sent.reserve = 0;
  return true;
}

/** An order without limit and kind is the kind of market order of its board whose rest waits. */
function kindOf({ during, kind, limit }: PlacedOrder, day: VenueDay): OrderKind {
  if (during === 'close') return ORDER.atClose;
  if (during === 'after-hours') return ORDER.afterHours;
  if (kind !== undefined) return KIND_NUMBERS[kind];
  if (limit !== undefined || during === 'open') return ORDER.limit;
  return day.kinds.includes(ORDER.bestFiveLimit) ? ORDER.bestFiveLimit : ORDER.counterpartyBest;
}

/** Its limit, else the day's limit, or of a purchase what the cash pays; `undefined` when that is nothing. */
function worstPrice(
  play: Play,
  { side, limit }: PlacedOrder,
  { lowest, highest }: VenueDay,
  shares: number,
): Fen | undefined {
  if (limit !== undefined) return limit;
  if (side === 'sell') return fen(lowest);
  const free = freeCash(play);
  let price = Math.min(highest, Math.floor(free / shares));
  while (price > 0 && costOf(play, shares, price) > free) price--;
  return price > 0 ? fen(price) : undefined;
}

const costOf = ({ fold, session }: Play, shares: number, price: number): number => {
  const value = fen(price * shares);
  return value + totalFees(feesInFen('buy', value, session, fold.account().commission));
};

/** Cash less what purchases in the books may still need. */
function freeCash({ fold, sent }: Play): number {
  let reserved = 0;
  for (const { reserve } of sent.values()) reserved += reserve;
  return fold.balances().cash - reserved;
}

/** What a session answered to an order, and what it traded at once. */
function follow(play: Play, tracked: TrackedOrder, sent: SentOrder, number: number, clock: number): void {
  if (number < 0) return passed(play, tracked, reasonOf(number), clock);
  const { stage } = sent;
  const { id } = tracked.order;
  sent.number = number;
  stage.orders.set(number, id);
  bookTrades(play, stage);
  if (stage.quoted.session.state[number] === STATE.cancelled)
    passed(play, play.fold.order(id) as TrackedOrder, 'no_counterparty', clock);
}

function reasonOf(rejection: number): ExpiryReason {
  const code = REJECTIONS[-rejection];
  if (code === 'outside_cage') return code;
  return code === 'above_limit' || code === 'below_limit' || code === 'outside_book'
    ? 'outside_limits'
    : 'not_taken';
}

/** Peaks one after the other until one waits. */
function showPeaks(play: Play, tracked: TrackedOrder, sent: SentOrder, ice: Iceberg, clock: number): void {
  const { session } = sent.stage.quoted;
  while (showPeak(session, clock, ice, session.day.least)) follow(play, tracked, sent, ice.order, clock);
  if (ice.order >= 0) return;
  const { account, side, price, peak, order } = ice;
  // Once a peak was in the book the order was taken.
  if (sent.number < 0)
    play.rejected?.(sent.stage, order, { account, kind: ORDER.limit, side, price, shares: peak });
  follow(play, play.fold.order(tracked.order.id) as TrackedOrder, sent, order, clock);
}

export function bookTrades(play: Play, stage: SessionStage): void {
  for (const trade of newTrades(stage)) fill(play, trade);
}

function fill(play: Play, { order: id, at: clock, price, quantity }: SessionTrade): void {
  const { orders, commission } = play.fold.account();
  const tracked = orders[id - 1];
  const sent = play.sent.get(id) as SentOrder;
  const when = { day: play.session, at: clock };
  const value = price * quantity;
  sent.value += value;
  const all = feesInFen(tracked.order.side, fen(sent.value), play.session, commission);
  const fees: FeesInFen = {
    stamp: fen(all.stamp - sent.charged.stamp),
    transfer: fen(all.transfer - sent.charged.transfer),
    commission: fen(all.commission - sent.charged.commission),
  };
  sent.charged = all;
  const left = remainingShares(tracked) - quantity;
  sent.reserve = left === 0 ? 0 : Math.max(0, sent.reserve - value - totalFees(fees));
  play.happen([
    { kind: 'filled', ...when, order: id, quantity, price, fees },
    ...pairAfter(orders, tracked, left, when),
    ...(left === 0 ? afterEntry(orders, tracked, tracked.quantity, when) : []),
  ]);
}

/** What is left of orders for the opening auction is taken back when continuous trading begins. */
export function endOpening(play: Play): void {
  for (const [id, sent] of play.sent) {
    const tracked = play.fold.order(id) as TrackedOrder;
    if (tracked.order.during !== 'open' || sent.number < 0 || !isOpen(tracked.state)) continue;
    const { session } = sent.stage.quoted;
    advance(session, CONTINUOUS);
    cancel(session, CONTINUOUS, FIRST_PERSON, sent.number);
    passed(play, tracked, filledShares(tracked) > 0 ? 'not_enough_volume' : 'not_reached', CONTINUOUS);
  }
}

/** Nothing more comes of it today: an order of the day ends, an open one is sent again in the next session. */
function passed(play: Play, tracked: TrackedOrder, reason: ExpiryReason, clock?: number): void {
  const sent = play.sent.get(tracked.order.id);
  if (sent !== undefined) {
    sent.number = -1;
    sent.reserve = 0;
  }
  if (tracked.order.validity === 'day') expire(play, tracked, reason, clock);
}

function expire(play: Play, tracked: TrackedOrder, reason: ExpiryReason, clock?: number): void {
  const when = { day: play.session, ...(clock !== undefined && { at: clock }) };
  const { orders } = play.fold.account();
  play.happen([
    { kind: 'expired', ...when, order: tracked.order.id, reason },
    ...afterEntry(orders, tracked, filledShares(tracked), when),
  ]);
}

/** Orders of the day that were sent and are still open. */
export function endDay(play: Play, id: number): void {
  const tracked = play.fold.order(id) as TrackedOrder;
  const sent = play.sent.get(id);
  if (sent === undefined || !isOpen(tracked.state)) return;
  passed(play, tracked, reasonAtEnd(tracked, sent.stage));
}

function reasonAtEnd(tracked: TrackedOrder, { quoted: { session } }: SessionStage): ExpiryReason {
  const { side, limit } = tracked.order;
  const { limited, highest, lowest } = session.day;
  if (filledShares(tracked) > 0) return 'not_enough_volume';
  if (limited && session.close === (side === 'buy' ? highest : lowest)) return 'locked_limit';
  return limit === undefined ? 'no_counterparty' : 'not_reached';
}
