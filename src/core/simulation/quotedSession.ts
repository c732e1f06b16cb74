/**
 * A day that people can trade in: the path of a bar on the book as in `replaySession.ts`, with quotes around it between its
 * minutes. What is assumed of the market beside the path:
 *
 *   quotes         five prices on each side, a hundredth of a percent of the price apart, at least a tick; new ones every minute
 *   auctions       behind the auction's volume at its price wait as many shares again every tenth of a percent up and down
 *   index funds    their flow, where it is known, is a part of the closing auction's volume and takes any price
 *   price limits   at the limit a queue as long as the volume to come waits on the side that everybody wants, before others
 *   after hours    a hundredth of the day's volume on either side at the close
 *
 * What a person takes from the quotes comes on top of the bar's volume, and the path does not give way to it.
 */
import { BUY, SELL, type BookSide } from '../exchange/orderBook.js';
import { END_OF_DAY, openSession, type Session } from '../exchange/session.js';
import { advance, finish, submit } from '../exchange/sessionEngine.js';
import { at, ORDER, type OrderKind, type VenueDay } from '../exchange/venueDay.js';
import {
  BUYER,
  CLOSING_ORDERS,
  OPENING_ORDERS,
  orderSizes,
  SELLER,
  takeBack,
  tradeAt,
  walkTo,
} from './marketHands.js';
import { QUOTED_PRICES, type QuotedPath } from './quotedPath.js';

export interface QuotedSession {
  readonly session: Session;
  readonly path: QuotedPath;
  /** Orders of the hands that wait in the book, the queue at a limit not among them. */
  readonly quotes: number[];
  queue: Queue | undefined;
}

/** Of the side that everybody wants at a price limit. */
interface Queue {
  readonly side: BookSide;
  readonly orders: readonly number[];
}

const AUCTION_DEPTH = 20;
const AFTER_HOURS_SHARE = 0.01;
/** When the first orders of the day are taken, and the last moment that orders of the day can be taken back. */
export const DAY_BEGINS = at(9, 15);
const CLOSING_CALL = at(14, 57);
const BEFORE_CLOSING_CALL = CLOSING_CALL - 1;
const AFTER_HOURS = at(15, 5);
const ROOM = 2000;
const UNBOUNDED = 2 ** 31 - 1;
/** Shares of the hands, more than any day trades. */
const LENT = 1e12;

/** @param held shares of the one person in it, account `FIRST_PERSON` */
export function openQuoted(day: VenueDay, path: QuotedPath, held: number): QuotedSession {
  const { prices, volumes } = path;
  const last = prices.length - 1;
  const perMinute = 2 * (QUOTED_PRICES * 2 + AUCTION_DEPTH);
  const orders = volumes.reduce((sum, volume) => sum + 4 * Math.ceil(volume / day.largestLimit), 0);
  const auctions = Math.ceil(Math.max(volumes[0], volumes[last]) / day.largestLimit) + 1;
  const capacity = orders + prices.length * perMinute + 4 * (AUCTION_DEPTH + 1) * auctions + ROOM;
  // The hands are everybody else: what one investor holds, or may buy in a day, does not bind them.
  const session = openSession({ ...day, largestPurchase: UNBOUNDED }, [LENT, LENT, held], capacity);
  const quoted: QuotedSession = { session, path, quotes: [], queue: undefined };
  advance(session, DAY_BEGINS);
  const opens = limitSide(day, prices[0]);
  if (opens !== undefined) quoted.queue = joinQueue(quoted, DAY_BEGINS, 0, opens, ORDER.limit);
  const closes = limitSide(day, prices[last]);
  // Parked first and released first: who comes for the close only, comes after this queue.
  if (closes !== undefined) joinQueue(quoted, DAY_BEGINS, last, closes, ORDER.atClose);
  return quoted;
}

/** Something that the market does by itself. */
export interface MarketStep {
  /** Milliseconds since midnight. */
  readonly at: number;
  /** Minute of the path whose trades these are; absent of what only prepares or ends them. */
  readonly minute?: number;
  readonly play: (quoted: QuotedSession) => void;
}

/** A whole day of the market in order of time. @param clocks of the path */
export function marketSteps(clocks: Int32Array): readonly MarketStep[] {
  const last = clocks.length - 1;
  const auction = (minute: number): MarketStep => ({
    at: clocks[minute],
    minute,
    play: ({ session }) => advance(session, clocks[minute]),
  });
  return [
    { at: OPENING_ORDERS, play: (quoted) => collectFor(quoted, OPENING_ORDERS, 0) },
    auction(0),
    ...[...clocks.keys()].slice(1, last).map((minute) => ({
      at: clocks[minute],
      minute,
      play: (quoted: QuotedSession) => playMinute(quoted, minute),
    })),
    { at: BEFORE_CLOSING_CALL, play: (quoted) => clearBook(quoted, BEFORE_CLOSING_CALL, last) },
    // A halt that lasts until then ends in an auction.
    { at: CLOSING_CALL, play: ({ session }) => advance(session, CLOSING_CALL) },
    { at: CLOSING_ORDERS, play: (quoted) => collectFor(quoted, CLOSING_ORDERS, last) },
    auction(last),
    { at: AFTER_HOURS, play: tradeAfterHours },
    { at: END_OF_DAY, play: ({ session }) => finish(session) },
  ];
}

function collectFor(quoted: QuotedSession, clock: number, minute: number): void {
  const { session, path } = quoted;
  advance(session, clock);
  collect(quoted, clock, path.prices[minute], path.volumes[minute], minute === 0 ? 0 : path.closingFlow);
}

/** A minute of continuous trading; quotes of the hands stand in the book afterwards. */
function playMinute(quoted: QuotedSession, minute: number): void {
  const { session, path } = quoted;
  const clock = path.clocks[minute];
  const price = path.prices[minute];
  const side = clearBook(quoted, clock, minute);
  walkTo(session, clock, price);
  if (side !== undefined) quoted.queue ??= joinQueue(quoted, clock, minute, side, ORDER.limit);
  tradeAt(session, clock, price, path.volumes[minute]);
  quote(quoted, clock, minute);
}

/** Quotes of the minute before go, and a queue at a limit that the price has left. @returns the side that everybody wants */
function clearBook(quoted: QuotedSession, clock: number, minute: number): BookSide | undefined {
  const { session, path } = quoted;
  const side = limitSide(session.day, path.prices[minute]);
  withdraw(quoted, clock);
  if (quoted.queue !== undefined && quoted.queue.side !== side) {
    for (const order of quoted.queue.orders) takeBack(session, clock, session.account[order], order);
    quoted.queue = undefined;
  }
  return side;
}

/** The time after the close, where the board has one: orders that waited for it meet first. */
function tradeAfterHours({ session, path }: QuotedSession): void {
  advance(session, AFTER_HOURS);
  if (session.fixed === undefined) return;
  const shares = Math.round(sumFrom(path.volumes, 0) * AFTER_HOURS_SHARE);
  tradeAt(session, AFTER_HOURS, session.close, shares, ORDER.afterHours);
}

/** Orders of both hands for an auction: its volume at its price, and what would come for a worse one. */
function collect(quoted: QuotedSession, clock: number, price: number, volume: number, flow = 0): void {
  const { session, quotes } = quoted;
  const { lowest, highest, least } = session.day;
  const step = Math.max(1, Math.round(price / 1000));
  const shares = Math.max(volume, least);
  // Parts below one order go with the other one, so that the auction always trades at its price.
  const forced = Math.abs(flow) < least ? 0 : shares - Math.abs(flow) < least ? shares : Math.abs(flow);
  const waiting = (side: BookSide, level: number, all: number): void => {
    for (const size of orderSizes(session, all))
      quotes.push(submit(session, clock, side === SELL ? SELLER : BUYER, ORDER.limit, side, level, size));
  };
  if (forced > 0) waiting(flow < 0 ? SELL : BUY, flow < 0 ? lowest : highest, forced);
  for (let k = 0; k <= AUCTION_DEPTH; k++) {
    const [ask, bid] = [price + k * step, price - k * step];
    if (ask <= highest) waiting(SELL, ask, k === 0 && flow < 0 ? shares - forced : shares);
    if (bid >= lowest) waiting(BUY, bid, k === 0 && flow > 0 ? shares - forced : shares);
  }
}

function withdraw({ session, quotes }: QuotedSession, clock: number): void {
  advance(session, clock);
  for (const order of quotes) if (order >= 0) takeBack(session, clock, session.account[order], order);
  quotes.length = 0;
}

/** Five prices on each side of the minute's, as far as the limits allow. */
function quote(quoted: QuotedSession, clock: number, minute: number): void {
  const { path } = quoted;
  // Asks once more where the cage had no place for them before there were bids.
  if (!quoteSide(quoted, clock, SELL, path.prices[minute], path.asks[minute])) {
    quoteSide(quoted, clock, BUY, path.prices[minute], path.bids[minute]);
    quoteSide(quoted, clock, SELL, path.prices[minute], path.asks[minute]);
  } else quoteSide(quoted, clock, BUY, path.prices[minute], path.bids[minute]);
}

/** @returns whether the first one was taken */
function quoteSide(
  { session, quotes }: QuotedSession,
  clock: number,
  side: BookSide,
  price: number,
  shares: number,
): boolean {
  const { lowest, highest, least, step, largestLimit } = session.day;
  const away = Math.max(1, Math.round(price / 10_000));
  const size = Math.max(least, Math.min(shares - (shares % step), largestLimit));
  for (let k = 1; k <= QUOTED_PRICES; k++) {
    const level = side === SELL ? price + k * away : price - k * away;
    if (level < lowest || level > highest) break;
    const order = submit(session, clock, side === SELL ? SELLER : BUYER, ORDER.limit, side, level, size);
    if (order < 0) return k > 1;
    quotes.push(order);
  }
  return true;
}

const limitSide = (day: VenueDay, price: number): BookSide | undefined => {
  if (!day.limited) return undefined;
  if (price === day.highest) return BUY;
  return price === day.lowest ? SELL : undefined;
};

/** As long as the volume to come, so that nobody who comes later is served. */
function joinQueue(
  { session, path }: QuotedSession,
  clock: number,
  minute: number,
  side: BookSide,
  kind: OrderKind,
): Queue {
  const { least } = session.day;
  const price = path.prices[minute];
  const [hand, other] = side === BUY ? [BUYER, SELLER] : [SELLER, BUYER];
  // Something on the other side gives the cage its base.
  if (session.last > 0) submit(session, clock, other, ORDER.limit, (1 - side) as BookSide, price, least);
  const orders = orderSizes(session, sumFrom(path.volumes, minute) + 2 * least)
    .map((size) => submit(session, clock, hand, kind, side, price, size))
    .filter((order) => order >= 0);
  return { side, orders };
}

const sumFrom = (volumes: Int32Array, minute: number): number =>
  volumes.subarray(minute).reduce((sum, volume) => sum + volume, 0);
