/**
 * The matching core: a column of messages into a book, trades out. No rules but price-time priority, and no object is
 * made on the way; `sessionEngine.ts` puts the rules of a venue around the same book.
 */
import { assert } from '../base/errors.js';
import {
  BUY,
  levelOf,
  remove,
  rest,
  restingPlace,
  SELL,
  shrink,
  sweep,
  openShares,
  type BookSide,
  type OrderBook,
  type Tape,
} from './orderBook.js';

/** Kinds of messages; of the first four the lowest bit is the side. */
export const MESSAGE = {
  limitBuy: 0,
  limitSell: 1,
  marketBuy: 2,
  marketSell: 3,
  cancel: 4,
  replace: 5,
} as const;

/** Four words per message: kind, order, level, shares. A market order has no level, a cancel neither. */
export const MESSAGE_WORDS = 4;

/**
 * Limit orders trade as far as they can and rest. Market orders trade and what is left of them is dropped. A cancel or
 * replace of an order that is not in the book does nothing. A replace keeps the place in the queue when it only takes
 * shares away, and is otherwise a new order under the same number.
 * @param messages `count` of them; shares above 0, levels of the grid, numbers of new orders not in use
 * @param tape room for as many trades as orders wait and messages come
 */
export function matchMessages(book: OrderBook, messages: Int32Array, count: number, tape: Tape): void {
  assert(count * MESSAGE_WORDS <= messages.length, 'as many messages as there are');
  for (let at = 0; at < count * MESSAGE_WORDS; at += MESSAGE_WORDS) {
    const kind = messages[at];
    const order = messages[at + 1];
    if (kind <= MESSAGE.limitSell) {
      enter(book, tape, (kind & 1) as BookSide, order, messages[at + 2], messages[at + 3]);
    } else if (kind === MESSAGE.cancel) {
      remove(book, order);
    } else if (kind === MESSAGE.replace) {
      replace(book, tape, order, messages[at + 2], messages[at + 3]);
    } else {
      const side = (kind & 1) as BookSide;
      sweep(book, tape, side, order, side === BUY ? book.levels - 1 : 0, messages[at + 3]);
    }
  }
}

/** A limit order: trades what it can, rests with what is left. @returns shares left */
function enter(
  book: OrderBook,
  tape: Tape,
  side: BookSide,
  order: number,
  level: number,
  shares: number,
): number {
  const left = sweep(book, tape, side, order, level, shares);
  if (left > 0) rest(book, side, order, level, left);
  return left;
}

function replace(book: OrderBook, tape: Tape, order: number, level: number, shares: number): void {
  const place = restingPlace(book, order);
  if (place < 0) return;
  if (levelOf(book, place) === level && shares <= openShares(book, order)) {
    shrink(book, order, shares);
    return;
  }
  const side = place < book.stride ? BUY : SELL;
  remove(book, order);
  enter(book, tape, side, order, level, shares);
}
