/**
 * A day of trading under the full rules of a venue: call auctions, continuous trading, halts, the fixed price after the
 * close. Orders come in by time; the clock only moves with them, or by `advance`.
 */
import { assert } from '../base/errors.js';
import { auctionOf, uncross } from './bookAuction.js';
import {
  bestBelow,
  bestLevel,
  BUY,
  levelOf,
  placeOf,
  remove,
  rest,
  SELL,
  sweep,
  type BookSide,
} from './orderBook.js';
import { REJECTED } from './rejections.js';
import { endOrder, END_OF_DAY, levelAt, priceAt, settle, STATE, type Session } from './session.js';
import { rejectionOf } from './sessionCheck.js';
import { ORDER, type OrderKind, type Phase } from './venueDay.js';

/**
 * @param at milliseconds since midnight, never before an earlier call
 * @param price limit, or protection price of a market order, 0 for none; whole units of the venue
 * @returns number of the order, from 0; negative when it is not taken: minus the number of the rejection
 */
export function submit(
  session: Session,
  at: number,
  account: number,
  kind: OrderKind,
  side: BookSide,
  price: number,
  shares: number,
): number {
  advance(session, at);
  const rejection = rejectionOf(session, account, kind, side, price, shares);
  if (rejection !== REJECTED.accepted) return -rejection;
  const order = session.orders++;
  session.account[order] = account;
  session.kind[order] = kind;
  session.side[order] = side;
  session.price[order] = price;
  session.shares[order] = shares;
  session.left[order] = shares;
  session.state[order] = STATE.open;
  if (side === SELL) {
    session.sellable[account] -= shares;
    session.committed[account] += shares;
  } else {
    session.purchases[account] += shares;
  }
  accept(session, order);
  return order;
}

/** @returns 0, or minus the number of the rejection */
export function cancel(session: Session, at: number, account: number, order: number): number {
  advance(session, at);
  const known = order >= 0 && order < session.orders && session.account[order] === account;
  if (!known) return -REJECTED.unknown_order;
  const state = session.state[order];
  if (state !== STATE.open && state !== STATE.parked) return -REJECTED.order_done;
  if (session.phase?.cancels !== true) return -REJECTED.cancel_refused;
  const { onClose } = session.day;
  if (onClose !== undefined && session.kind[order] === ORDER.atClose && at >= onClose.fixedFrom)
    return -REJECTED.cancel_refused;
  if (state === STATE.open) remove(bookOf(session, order), order);
  endOrder(session, order, STATE.cancelled);
  return 0;
}

/** Lets time pass up to and including an instant: phases begin and end, auctions trade, halts end. */
export function advance(session: Session, at: number): void {
  assert(at >= session.now, 'a session goes forward in time');
  while (session.nextEvent <= at) step(session);
  session.now = at;
}

/** The rest of the day. What is open then expires. */
export const finish = (session: Session): void => advance(session, END_OF_DAY);

const bookOf = ({ book, fixed, kind }: Session, order: number) =>
  kind[order] === ORDER.afterHours && fixed !== undefined ? fixed : book;

function accept(session: Session, order: number): void {
  const { phase } = session;
  const kind = session.kind[order];
  assert(phase !== undefined, 'orders are taken in a phase');
  if (kind === ORDER.afterHours) {
    if (phase.kind === 'after-hours') tradeAfterHours(session, order);
    else park(session, order);
  } else if (phase.kind === 'pause' || (kind === ORDER.atClose && phase.sets !== 'close')) {
    park(session, order);
  } else if (phase.kind === 'call' || session.haltUntil > session.now) {
    rest(
      session.book,
      session.side[order] as BookSide,
      order,
      levelAt(session, session.price[order]),
      session.left[order],
    );
  } else {
    tradeContinuously(session, order);
  }
}

function park(session: Session, order: number): void {
  session.state[order] = STATE.parked;
  session.parked[session.parkedCount++] = order;
}

function tradeContinuously(session: Session, order: number): void {
  const kind = session.kind[order] as OrderKind;
  if (kind === ORDER.limit || kind === ORDER.atClose) {
    tradeAndRest(session, order, levelAt(session, session.price[order]));
  } else {
    tradeAtMarket(session, order, kind);
  }
  if (session.day.halts !== undefined) haltAt(session, session.last);
}

function tradeAndRest(session: Session, order: number, level: number): void {
  const { book, tape, left } = session;
  const side = session.side[order] as BookSide;
  const open = sweep(book, tape, side, order, level, left[order]);
  if (open > 0) rest(book, side, order, level, open);
  settle(session);
}

function tradeAtMarket(session: Session, order: number, kind: OrderKind): void {
  const { book, tape } = session;
  const side = session.side[order] as BookSide;
  const other = (1 - side) as BookSide;
  if (kind === ORDER.ownBest || kind === ORDER.counterpartyBest) {
    const best = bestLevel(book, kind === ORDER.ownBest ? side : other);
    if (best < 0) endOrder(session, order, STATE.cancelled);
    else tradeAndRest(session, order, within(session, order, best));
    return;
  }
  const all = side === BUY ? book.levels - 1 : 0;
  const fifth = kind === ORDER.bestFiveCancel || kind === ORDER.bestFiveLimit;
  const level = within(session, order, fifth ? fifthLevel(session, other, all) : all);
  if (kind === ORDER.fillOrKill && sharesUntil(session, other, level) < session.left[order]) {
    endOrder(session, order, STATE.cancelled);
    return;
  }
  const before = tape.count;
  const open = sweep(book, tape, side, order, level, session.left[order]);
  settle(session);
  if (open === 0) return;
  const waitsAt = tape.count > before ? levelAt(session, session.last) : bestLevel(book, side);
  if (kind === ORDER.bestFiveLimit && waitsAt >= 0)
    rest(book, side, order, within(session, order, waitsAt), open);
  else endOrder(session, order, STATE.cancelled);
}

/** No further than the protection price. */
function within(session: Session, order: number, level: number): number {
  const price = session.price[order];
  if (price === 0) return level;
  const protection = levelAt(session, price);
  return session.side[order] === BUY ? Math.min(level, protection) : Math.max(level, protection);
}

const BEST_PRICES = 5;

/** Level of the fifth best price of a side, or how far an order may go when there are fewer. */
function fifthLevel({ book }: Session, side: BookSide, otherwise: number): number {
  let place = book.best[side];
  for (let i = 1; i < BEST_PRICES && place >= 0; i++) place = bestBelow(book, place);
  return place < 0 ? otherwise : levelOf(book, place);
}

function sharesUntil({ book }: Session, side: BookSide, level: number): number {
  const until = placeOf(book, side, level);
  let shares = 0;
  for (let place = book.best[side]; place >= until && place >= 0; place = bestBelow(book, place))
    shares += book.depth[place];
  return shares;
}

/** The next start or end of a phase, or the end of a halt, whichever is first. */
function step(session: Session): void {
  const { phases } = session.day;
  session.now = session.nextEvent;
  if (session.haltUntil > 0 && session.haltUntil === session.now && session.phase?.kind === 'continuous') {
    session.haltUntil = 0;
    reopen(session);
  } else {
    const phase = phases[session.boundary >> 1];
    const starts = (session.boundary & 1) === 0;
    session.boundary++;
    if (starts) startPhase(session, phase);
    else endPhase(session, phase);
  }
  scheduleNext(session);
}

function scheduleNext(session: Session): void {
  const { phases } = session.day;
  const phase = phases[session.boundary >> 1];
  const next = phase === undefined ? Infinity : (session.boundary & 1) === 0 ? phase.from : phase.to;
  const halted = session.haltUntil > 0 && session.phase?.kind === 'continuous';
  session.nextEvent = halted ? Math.min(next, session.haltUntil) : next;
}

function startPhase(session: Session, phase: Phase): void {
  session.phase = phase;
  if (phase.kind === 'continuous') {
    // A halt that ended in the break.
    if (session.haltUntil > 0 && session.haltUntil <= session.now) {
      session.haltUntil = 0;
      reopen(session);
    }
    release(session, ORDER.limit);
  } else if (phase.sets === 'close') {
    release(session, ORDER.atClose);
  } else if (phase.kind === 'after-hours') {
    release(session, ORDER.afterHours);
  }
}

function endPhase(session: Session, phase: Phase): void {
  const reference = session.last > 0 ? session.last : session.day.previousClose;
  if (phase.kind === 'call' && phase.sets !== undefined) {
    const shares = callAuctionNow(session, reference);
    if (phase.sets === 'close') {
      session.closingVolume = shares;
      session.close = shares > 0 ? session.last : closeWithoutAuction(session);
      expire(session, ORDER.afterHours);
    }
  }
  session.phase = undefined;
  if (session.boundary === session.day.phases.length * 2) expire(session, -1);
}

function reopen(session: Session): void {
  callAuctionNow(session, session.last);
  haltAt(session, session.last);
}

function callAuctionNow(session: Session, reference: number): number {
  const auction = auctionOf(session.book, session.day.auction, levelAt(session, reference));
  if (auction === undefined) return 0;
  uncross(session.book, session.tape, auction);
  settle(session);
  return auction.shares;
}

const LAST_MINUTE = 60_000;

/** Volume-weighted price of the minute up to the last trade, half up; the close before when there was none. */
function closeWithoutAuction(session: Session): number {
  const { tape, tradeAt, day } = session;
  if (tape.count === 0) return day.previousClose;
  if (day.currency !== 'CNY') return session.last;
  let value = 0;
  let shares = 0;
  const from = tradeAt[tape.count - 1] - LAST_MINUTE;
  for (let trade = tape.count - 1; trade >= 0 && tradeAt[trade] >= from; trade--) {
    const traded = tape.trades[trade * 4 + 3];
    shares += traded;
    value += traded * priceAt(session, tape.trades[trade * 4 + 2]);
  }
  return Math.floor((2 * value + shares) / (2 * shares));
}

/** Parked orders of a kind go where they waited to go, in the order they came. */
function release(session: Session, kind: OrderKind): void {
  const { parked } = session;
  const count = session.parkedCount;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const order = parked[i];
    if (session.kind[order] !== kind) parked[kept++] = order;
    else if (session.state[order] === STATE.parked) {
      session.state[order] = STATE.open;
      accept(session, order);
    }
  }
  session.parkedCount = kept;
}

/** A purchase below the close or a sale above it is void. */
function tradeAfterHours(session: Session, order: number): void {
  const { fixed, close, tape, left } = session;
  const side = session.side[order] as BookSide;
  const limit = session.price[order];
  assert(fixed !== undefined && close > 0, 'there is a close to trade at');
  if (side === BUY ? limit < close : limit > close) {
    endOrder(session, order, STATE.expired);
    return;
  }
  const open = sweep(fixed, tape, side, order, 0, left[order]);
  if (open > 0) rest(fixed, side, order, 0, open);
  settle(session, close);
}

/** Everything that is open and not of the kind that goes on. */
function expire(session: Session, except: number): void {
  for (let order = 0; order < session.orders; order++) {
    const state = session.state[order];
    if ((state !== STATE.open && state !== STATE.parked) || session.kind[order] === except) continue;
    if (state === STATE.open) remove(bookOf(session, order), order);
    endOrder(session, order, STATE.expired);
  }
}

/** Halts trading when the price has gone far enough from the open for the first time that day, up or down. */
function haltAt(session: Session, price: number): void {
  const { halts, phases } = session.day;
  const { open, now } = session;
  if (halts === undefined || open === 0) return;
  const moved = Math.abs(price - open) * 100;
  const [near, far] = halts.percents;
  const percent = moved >= far * open ? far : moved >= near * open ? near : 0;
  const up = price >= open;
  if (percent <= (up ? session.haltedUp : session.haltedDown)) return;
  if (up) session.haltedUp = percent;
  else session.haltedDown = percent;
  const lastContinuous = phases.findLast(({ kind }) => kind === 'continuous');
  session.haltUntil = Math.min(now + halts.millis, lastContinuous?.to ?? END_OF_DAY);
  scheduleNext(session);
}
