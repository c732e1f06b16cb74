/**
 * An order book of price-time priority on a grid of prices. Orders are linked by index through one array; each price
 * keeps head and tail of its queue, and two levels of bits say which prices have one, so that the next best price is
 * found by counting leading zeros.
 *
 * A *place* is a price on one side. Places of buyers ascend with the price and those of sellers descend, so that the
 * best place of either side is its highest, and one code serves both. The place that faces another one at the same
 * price is `mirror - place`.
 *
 * `orderBook` and the functions that take one are, like live levels, a sequence that changes state.
 */
import { assert } from '../base/errors.js';

export const BUY = 0;
export const SELL = 1;
export type BookSide = typeof BUY | typeof SELL;

/** Words per order: next and previous in the queue, shares open, place. */
const NEXT = 0;
const PREVIOUS = 1;
const OPEN = 2;
const PLACE = 3;
const NONE = -1;

export interface OrderBook {
  /** Prices of the grid: 0 to `levels - 1`. */
  readonly levels: number;
  /** Places of one side: `levels` rounded up to whole words of bits. */
  readonly stride: number;
  readonly mirror: number;
  /** Four words per order, at the order's number. */
  readonly orders: Int32Array;
  /** Head and tail of the queue at each place; old where the place is empty. */
  readonly ends: Int32Array;
  /** Shares open at each place. */
  readonly depth: Float64Array;
  /** One bit per place, and one per word of them. */
  readonly occupied: Int32Array;
  readonly summary: Int32Array;
  /** Best place of each side, -1 when nobody is there. */
  readonly best: Int32Array;
}

/** Four words per trade: the order that came in, the one that waited, level, shares. */
const TRADE_WORDS = 4;

export interface Tape {
  readonly trades: Int32Array;
  count: number;
}

/**
 * @param levels prices of the grid, at least 1
 * @param capacity orders are numbered from 0 to `capacity - 1` by who sends them; a number is free again once nothing of
 * the order is open
 */
export function orderBook(levels: number, capacity: number): OrderBook {
  assert(levels >= 1 && levels < 1 << 28, 'a book has prices');
  const stride = ((levels + 1023) >> 10) << 10;
  const orders = new Int32Array(capacity * 4);
  for (let order = 0; order < capacity; order++) orders[order * 4 + PLACE] = NONE;
  return {
    levels,
    stride,
    mirror: stride + levels - 1,
    orders,
    ends: new Int32Array(stride * 4),
    depth: new Float64Array(stride * 2),
    occupied: new Int32Array(stride >> 4),
    summary: new Int32Array(stride >> 9),
    best: new Int32Array(2).fill(NONE),
  };
}

/** Room for trades. Every trade ends an order, so orders that wait and messages together are always enough. */
export const tradeTape = (capacity: number): Tape => ({
  trades: new Int32Array(capacity * TRADE_WORDS),
  count: 0,
});

/** Level of a place. */
export const levelOf = ({ stride, mirror }: OrderBook, place: number): number =>
  place < stride ? place : mirror - place;

export const placeOf = ({ mirror }: OrderBook, side: BookSide, level: number): number =>
  side === BUY ? level : mirror - level;

/** Level of the best price of a side; -1 when nobody is there. */
export function bestLevel(book: OrderBook, side: BookSide): number {
  const place = book.best[side];
  return place < 0 ? NONE : levelOf(book, place);
}

/** Shares still open of an order; 0 when nothing of it is in the book. */
export const openShares = ({ orders }: OrderBook, order: number): number =>
  orders[order * 4 + PLACE] === NONE ? 0 : orders[order * 4 + OPEN];

/** The first order of a place that has one. */
export const firstAt = ({ ends }: OrderBook, place: number): number => ends[place * 2];

/**
 * Trades an order against the other side up to its level, best price first and at one price the earliest first.
 * @returns shares left
 */
export function sweep(
  book: OrderBook,
  tape: Tape,
  side: BookSide,
  order: number,
  level: number,
  shares: number,
): number {
  const { best, ends, orders, depth, stride } = book;
  const other = 1 - side;
  // The worst place of the other side that this order still trades with.
  const until = side === BUY ? book.mirror - level : level;
  let left = shares;
  let place = best[other];
  while (place >= until && left > 0) {
    const resting = ends[place * 2];
    const at = resting * 4;
    const open = orders[at + OPEN];
    const traded = open < left ? open : left;
    record(tape, order, resting, place < stride ? place : book.mirror - place, traded);
    left -= traded;
    depth[place] -= traded;
    if (traded < open) {
      orders[at + OPEN] = open - traded;
    } else {
      orders[at + PLACE] = NONE;
      const next = orders[at + NEXT];
      if (next === NONE) {
        clear(book, place);
        place = bestBelow(book, place);
        best[other] = place;
      } else {
        ends[place * 2] = next;
        orders[next * 4 + PREVIOUS] = NONE;
      }
    }
  }
  return left;
}

export function record(tape: Tape, taker: number, maker: number, level: number, shares: number): void {
  const { trades } = tape;
  const at = tape.count * TRADE_WORDS;
  trades[at] = taker;
  trades[at + 1] = maker;
  trades[at + 2] = level;
  trades[at + 3] = shares;
  tape.count++;
}

/** Puts an order at the end of the queue at its price, without trading. */
export function rest(book: OrderBook, side: BookSide, order: number, level: number, shares: number): void {
  const { orders, ends, depth, occupied, summary, best, mirror } = book;
  const place = side === BUY ? level : mirror - level;
  const at = order * 4;
  orders[at + NEXT] = NONE;
  orders[at + OPEN] = shares;
  orders[at + PLACE] = place;
  const word = place >> 5;
  const bits = occupied[word];
  const bit = 1 << place;
  if ((bits & bit) === 0) {
    occupied[word] = bits | bit;
    summary[word >> 5] |= 1 << word;
    ends[place * 2] = order;
    orders[at + PREVIOUS] = NONE;
    depth[place] = shares;
    if (place > best[side]) best[side] = place;
  } else {
    const tail = ends[place * 2 + 1];
    orders[tail * 4 + NEXT] = order;
    orders[at + PREVIOUS] = tail;
    depth[place] += shares;
  }
  ends[place * 2 + 1] = order;
}

/** Takes an order out of the book. @returns shares that were open, 0 when it is not there */
export function remove(book: OrderBook, order: number): number {
  const { orders, ends, depth, best, stride } = book;
  const at = order * 4;
  const place = orders[at + PLACE];
  if (place === NONE) return 0;
  const open = orders[at + OPEN];
  const next = orders[at + NEXT];
  const previous = orders[at + PREVIOUS];
  orders[at + PLACE] = NONE;
  if (next === NONE && previous === NONE) {
    clear(book, place);
    const side = place < stride ? BUY : SELL;
    if (best[side] === place) best[side] = bestBelow(book, place);
    return open;
  }
  if (previous === NONE) ends[place * 2] = next;
  else orders[previous * 4 + NEXT] = next;
  if (next === NONE) ends[place * 2 + 1] = previous;
  else orders[next * 4 + PREVIOUS] = previous;
  depth[place] -= open;
  return open;
}

/** Fewer shares without losing the place in the queue. @param shares above 0, at most what is open */
export function shrink(book: OrderBook, order: number, shares: number): void {
  const { orders, depth } = book;
  const at = order * 4;
  depth[orders[at + PLACE]] -= orders[at + OPEN] - shares;
  orders[at + OPEN] = shares;
}

/** Place an order rests at; -1 when it is not in the book. */
export const restingPlace = ({ orders }: OrderBook, order: number): number => orders[order * 4 + PLACE];

function clear({ occupied, summary, depth }: OrderBook, place: number): void {
  const word = place >> 5;
  const bits = occupied[word] & ~(1 << place);
  occupied[word] = bits;
  depth[place] = 0;
  if (bits === 0) summary[word >> 5] &= ~(1 << word);
}

/**
 * The highest place with an order below one of the same side, -1 when there is none.
 * @param place nothing above it is occupied on its side, or what is above is to be left out
 */
export function bestBelow({ occupied, summary, stride }: OrderBook, place: number): number {
  const word = place >> 5;
  const bits = occupied[word] & ((1 << place) - 1);
  if (bits !== 0) return (word << 5) | (31 - Math.clz32(bits));
  let group = word >> 5;
  let words = summary[group] & ((1 << word) - 1);
  const first = place < stride ? 0 : stride >> 10;
  while (words === 0) {
    if (group === first) return NONE;
    group--;
    words = summary[group];
  }
  const found = (group << 5) | (31 - Math.clz32(words));
  return (found << 5) | (31 - Math.clz32(occupied[found]));
}

/** Trades away shares of the first order at a place. @param shares at most what is open of it */
export function fillFirst(book: OrderBook, place: number, shares: number): void {
  const order = firstAt(book, place);
  const open = book.orders[order * 4 + OPEN];
  if (shares === open) remove(book, order);
  else shrink(book, order, open - shares);
}
