/**
 * Which prices an order may have: the daily limits around the previous close, and in continuous trading the cage around
 * the best price of the other side.
 */
import { priceLimits } from '../market/priceLimits.js';
import type { Cage } from './boardRules.js';
import { fen, fenOf, yuanOf, type Fen } from './fen.js';

export interface PriceRange {
  readonly lowest: Fen;
  readonly highest: Fen;
}

/** The day's lowest and highest price. */
export function priceRange(previousClose: Fen, limitPercent: number): PriceRange {
  const { up, down } = priceLimits(yuanOf(previousClose), limitPercent);
  return { lowest: fenOf(down), highest: fenOf(up) };
}

/** What the book and the tape show; each may be missing. */
export interface TopOfBook {
  readonly bid: Fen | undefined;
  readonly ask: Fen | undefined;
  readonly last: Fen | undefined;
  readonly previousClose: Fen;
}

/** Base of the cage: for a purchase the best ask, else the best bid, else the last price, else the previous close. */
export const cageBase = (side: 'buy' | 'sell', { bid, ask, last, previousClose }: TopOfBook): Fen =>
  (side === 'buy' ? (ask ?? bid) : (bid ?? ask)) ?? last ?? previousClose;

/** Highest price of a purchase, or lowest of a sale, in continuous trading. */
export function cagePrice(side: 'buy' | 'sell', base: Fen, { percent, ticks }: Cage): Fen {
  const exact = base * (side === 'buy' ? 100 + percent : 100 - percent);
  if (side === 'buy') return fen(Math.max(Math.floor(exact / 100), ticks === 0 ? 0 : base + ticks));
  return fen(Math.min(Math.ceil(exact / 100), ticks === 0 ? base : base - ticks));
}
