/**
 * The call auction on an order book: the rules of `callAuction`, in one walk over the prices that have orders, and the
 * trades at the price found, by price and then by time on either side.
 */
import { assert } from '../base/errors.js';
import type { Candidates } from './callAuction.js';
import {
  bestBelow,
  BUY,
  fillFirst,
  firstAt,
  levelOf,
  openShares,
  placeOf,
  record,
  SELL,
  type BookSide,
  type OrderBook,
  type Tape,
} from './orderBook.js';

interface BookAuction {
  readonly level: number;
  readonly shares: number;
}

interface TieRule {
  readonly tie: 'SSE' | 'SZSE';
  readonly candidates: Candidates;
}

/** @param reference level nearest to which Shenzhen chooses @returns `undefined` when no purchase meets a sale */
export function auctionOf(
  book: OrderBook,
  { tie, candidates }: TieRule,
  reference: number,
): BookAuction | undefined {
  const levels = levelsThatTrade(book);
  const shares = levels.reduce((most, level) => Math.max(most, level.shares), 0);
  if (shares === 0) return undefined;
  const traded = levels.filter((level) => level.shares === shares && level.better <= shares);
  const least = Math.min(...traded.map(({ unfilled }) => unfilled));
  const left = traded.filter(({ unfilled }) => unfilled === least).map(({ level }) => level);
  assert(left.length > 0, 'a price is left');
  const [lowest, highest] = [left[0], left[left.length - 1]];
  if (tie === 'SSE') return { level: Math.floor((lowest + highest + 1) / 2), shares };
  if (candidates === 'every-tick') return { level: Math.min(Math.max(reference, lowest), highest), shares };
  const level = left.reduce((best, one) =>
    Math.abs(one - reference) < Math.abs(best - reference) ? one : best,
  );
  return { level, shares };
}

interface LevelThatTrades {
  readonly level: number;
  /** Traded at it, left over, and what must be filled whole: the larger of better buys and better sells. */
  readonly shares: number;
  readonly unfilled: number;
  readonly better: number;
}

/** Levels with an order where both sides have one at it or better, ascending. */
function levelsThatTrade(book: OrderBook): LevelThatTrades[] {
  const [highest, lowest] = [book.best[BUY], book.best[SELL]];
  if (highest < 0 || lowest < 0 || levelOf(book, highest) < levelOf(book, lowest)) return [];
  const buys = occupiedUntil(book, BUY, levelOf(book, lowest)).toReversed();
  const sells = occupiedUntil(book, SELL, levelOf(book, highest));
  const levels: LevelThatTrades[] = [];
  let bought = buys.reduce((sum, level) => sum + depthAt(book, BUY, level), 0);
  let sold = 0;
  for (let b = 0, s = 0; b < buys.length || s < sells.length;) {
    const level = Math.min(buys[b] ?? Infinity, sells[s] ?? Infinity);
    const buying = buys[b] === level ? depthAt(book, BUY, level) : 0;
    const selling = sells[s] === level ? depthAt(book, SELL, level) : 0;
    const better = Math.max(bought - buying, sold);
    sold += selling;
    levels.push({ level, shares: Math.min(bought, sold), unfilled: Math.abs(bought - sold), better });
    bought -= buying;
    if (buys[b] === level) b++;
    if (sells[s] === level) s++;
  }
  return levels;
}

/** Levels of a side that have orders, from the best to the last one that still meets a level of the other side. */
function occupiedUntil(book: OrderBook, side: BookSide, last: number): number[] {
  const until = placeOf(book, side, last);
  const levels: number[] = [];
  for (let place = book.best[side]; place >= until; place = bestBelow(book, place))
    levels.push(levelOf(book, place));
  return levels;
}

const depthAt = (book: OrderBook, side: BookSide, level: number): number =>
  book.depth[placeOf(book, side, level)];

/** Trades the auction: the buyer of each trade stands first on the tape. */
export function uncross(book: OrderBook, tape: Tape, { level, shares }: BookAuction): void {
  let left = shares;
  while (left > 0) {
    const [buyers, sellers] = [book.best[BUY], book.best[SELL]];
    const [buyer, seller] = [firstAt(book, buyers), firstAt(book, sellers)];
    const traded = Math.min(left, openShares(book, buyer), openShares(book, seller));
    record(tape, buyer, seller, level, traded);
    fillFirst(book, buyers, traded);
    fillFirst(book, sellers, traded);
    left -= traded;
  }
}
