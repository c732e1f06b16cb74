/** What stands in the book when a session ends: the orders before the closing call, and those that the auction then crosses. */
import { bestBelow, BUY, levelOf, placeOf, SELL, type BookSide } from '../exchange/orderBook.js';
import { priceAt, type Session } from '../exchange/session.js';

/** Shares by price; prices in fen, the best of a side first. */
export interface BookSnapshot {
  readonly buys: readonly (readonly [price: number, shares: number])[];
  readonly sells: readonly (readonly [price: number, shares: number])[];
}

/** At 14:57, before the call begins, and at 15:00, before it is crossed. */
export interface ClosingBook {
  readonly beforeCall: BookSnapshot;
  readonly beforeClose: BookSnapshot;
}

export const bookSnapshot = (session: Session): BookSnapshot => ({
  buys: levelsOf(session, BUY),
  sells: levelsOf(session, SELL),
});

function levelsOf(session: Session, side: BookSide): (readonly [number, number])[] {
  const { book } = session;
  const levels: (readonly [number, number])[] = [];
  for (let place = book.best[side]; place >= 0; place = bestBelow(book, place)) {
    const level = levelOf(book, place);
    levels.push([priceAt(session, level), book.depth[placeOf(book, side, level)]]);
  }
  return levels;
}
