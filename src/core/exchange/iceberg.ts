/**
 * An iceberg: an order of which only a peak is shown. Mainland exchanges have none, so it is what a broker makes of limit
 * orders one after the other: when a peak is filled the next one goes to the end of the queue.
 */
import type { BookSide } from './orderBook.js';
import { STATE, type Session } from './session.js';
import { submit } from './sessionEngine.js';
import { ORDER } from './venueDay.js';

export interface Iceberg {
  readonly account: number;
  readonly side: BookSide;
  readonly price: number;
  readonly peak: number;
  /** Shares not sent yet. */
  hidden: number;
  /** The peak that is shown; negative once one was not taken: minus the number of the rejection. */
  order: number;
}

export const iceberg = (
  account: number,
  side: BookSide,
  price: number,
  shares: number,
  peak: number,
): Iceberg => ({ account, side, price, peak, hidden: shares, order: -1 });

/**
 * Sends the next peak if there is none in the book.
 * @param least a last part below it goes with the one before it
 * @returns whether one was sent and taken
 */
export function showPeak(session: Session, at: number, ice: Iceberg, least = 0): boolean {
  if (ice.hidden === 0) return false;
  if (ice.order >= 0 && session.state[ice.order] !== STATE.filled) return false;
  const shares = ice.hidden - ice.peak < least ? ice.hidden : Math.min(ice.peak, ice.hidden);
  ice.order = submit(session, at, ice.account, ORDER.limit, ice.side, ice.price, shares);
  if (ice.order < 0) return false;
  ice.hidden -= shares;
  return true;
}
