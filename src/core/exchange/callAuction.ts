/**
 * The price of a call auction: the one at which most is traded. Where several are, Shanghai takes the one that leaves
 * least unfilled and then the middle of those left; Shenzhen the one where the two sides differ least and then the
 * nearest to a reference: the previous close at the open, the last trade at the close.
 */
import { assert } from '../base/errors.js';
import { fen, type Fen } from './fen.js';

export interface AuctionOrder {
  readonly price: Fen;
  readonly quantity: number;
}

export interface AuctionResult {
  readonly price: Fen;
  readonly volume: number;
}

/**
 * What Shenzhen may choose from when several prices remain is not certain: any tick between them, or only prices that
 * somebody has named.
 */
export type Candidates = 'every-tick' | 'order-prices';

export type AuctionVenue =
  | { readonly exchange: 'SSE' }
  | { readonly exchange: 'SZSE'; readonly reference: Fen; readonly candidates: Candidates };

/** @returns `undefined` when no purchase meets a sale */
export function callAuction(
  buys: readonly AuctionOrder[],
  sells: readonly AuctionOrder[],
  venue: AuctionVenue,
): AuctionResult | undefined {
  const prices = [...new Set([...buys, ...sells].map(({ price }) => price))].toSorted((a, b) => a - b);
  const levels = prices.map((price) => {
    const bought = quantityOf(buys, (order) => order.price >= price);
    const sold = quantityOf(sells, (order) => order.price <= price);
    const better = Math.max(
      quantityOf(buys, (order) => order.price > price),
      quantityOf(sells, (order) => order.price < price),
    );
    return { price, volume: Math.min(bought, sold), unfilled: Math.abs(bought - sold), better };
  });
  const volume = Math.max(0, ...levels.map((level) => level.volume));
  if (volume === 0) return undefined;
  // Whoever offers more than the price, or asks less, is filled whole.
  const traded = levels.filter((level) => level.volume === volume && level.better <= volume);
  const least = Math.min(...traded.map(({ unfilled }) => unfilled));
  const left = traded.filter(({ unfilled }) => unfilled === least).map(({ price }) => price);
  return { price: settled(left, venue), volume };
}

/** One of the prices that are equally good, ascending. */
function settled(left: readonly Fen[], venue: AuctionVenue): Fen {
  assert(left.length > 0, 'a price is left');
  const [lowest, highest] = [left[0], left[left.length - 1]];
  // Half a fen goes up; the rules do not say which way.
  if (venue.exchange === 'SSE') return fen(Math.floor((lowest + highest + 1) / 2));
  const { reference, candidates } = venue;
  if (candidates === 'every-tick') return fen(Math.min(Math.max(reference, lowest), highest));
  return left.reduce((best, price) =>
    Math.abs(price - reference) < Math.abs(best - reference) ? price : best,
  );
}

const quantityOf = (orders: readonly AuctionOrder[], counts: (order: AuctionOrder) => boolean): number =>
  orders.reduce((total, order) => total + (counts(order) ? order.quantity : 0), 0);
