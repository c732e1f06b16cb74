/**
 * The path of a day with what the book shows beside it: at each of the five best prices of either side, every minute. No book
 * of the past is held, so sizes are drawn: the five prices of a side together show about what trades in that minute, each
 * side between half of it and one and a half.
 */
import { randomStream, uniform } from './randomStream.js';
import { sessionPath, type DailyBar, type SessionPath } from './sessionPath.js';

export interface QuotedPath extends SessionPath {
  /** Shares at each of the five best bids and asks after the trades of a minute. */
  readonly bids: Int32Array;
  readonly asks: Int32Array;
  /** Part of the closing auction's volume that comes at any price, purchases positive: index funds. */
  readonly closingFlow?: number;
}

export const QUOTED_PRICES = 5;

/** @throws InputError `bad_bar`, see `sessionPath` */
export function quotedPath(bar: DailyBar, closingShare: number, seed: number): QuotedPath {
  const path = sessionPath(bar, closingShare, seed);
  const random = randomStream(seed, 0x626f6f6b);
  const drawn = (): Int32Array =>
    path.volumes.map((volume) => Math.round((volume / QUOTED_PRICES) * (0.5 + uniform(random))));
  return { ...path, bids: drawn(), asks: drawn() };
}
