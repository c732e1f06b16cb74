/**
 * Live levels: one price moves every index that holds the security, in time proportional to how many do. What a
 * member counts at is replaced by what it counts at now, in a compensated sum, so nothing builds up: after millions
 * of ticks the level is the recomputed one but for the last bits.
 *
 * `liveBook` and `tick` are the one place here that changes state: a market feed is a sequence.
 */
import type { IndexId } from '../base/brand.js';
import { assert } from '../base/errors.js';
import { cappedWeight, liveCaps, moveValue, type LiveCaps } from './liveCaps.js';

export interface LiveIndex {
  readonly id: IndexId;
  /** Securities it holds, rows of the price list, each once. */
  readonly rows: Int32Array;
  /** Shares x inclusion factor. */
  readonly shares: Float64Array;
  /** Capping factors. */
  readonly factors: Float64Array;
  readonly divisor: number;
  /** Largest weight of a member, to follow what the capped weights would be now; none to follow when absent. */
  readonly cap?: number;
}

export interface LiveBook {
  readonly indices: readonly LiveIndex[];
  /** Last price of every security, index currency. */
  readonly prices: Float64Array;
  /** Holdings of security i are `start[i]` to `start[i + 1] - 1` of the columns below, by index. */
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly indexShares: Float64Array;
  /** What the holding counts at: index shares x last price. */
  readonly counted: Float64Array;
  /** Index value, with what adding to it lost to rounding. */
  readonly value: Float64Array;
  readonly lost: Float64Array;
  /** Entry of each holding in `caps`, or -1 when its index has no cap to follow. */
  readonly capEntry: Int32Array;
  readonly uncappedShares: Float64Array;
  readonly caps: LiveCaps;
  /** First entry of each index in the columns of `caps`. */
  readonly capRow: Int32Array;
}

/** @param prices last price of every security, finite and above 0, index currency */
export function liveBook(prices: Float64Array, indices: readonly LiveIndex[]): LiveBook {
  for (const price of prices) assert(price > 0 && Number.isFinite(price), 'live prices are above zero');
  const start = holdersOf(prices.length, indices);
  const holdings = start[prices.length];
  const followed = indices.filter(({ cap }) => cap !== undefined);
  const book: LiveBook = {
    indices,
    prices: prices.slice(),
    start,
    index: new Int32Array(holdings),
    indexShares: new Float64Array(holdings),
    counted: new Float64Array(holdings),
    value: new Float64Array(indices.length),
    lost: new Float64Array(indices.length),
    capEntry: new Int32Array(holdings).fill(-1),
    uncappedShares: new Float64Array(holdings),
    caps: capsOfIndices(prices, followed),
    capRow: Int32Array.from(indices, (index) => followed.indexOf(index)),
  };
  fillHoldings(book);
  for (let k = 0; k < indices.length; k++) book.value[k] = exactValue(book, k);
  return book;
}

/** A new price of one security, in the index currency. */
export function tick(book: LiveBook, security: number, price: number): void {
  const { start, index, indexShares, counted, value, lost, capEntry } = book;
  book.prices[security] = price;
  const end = start[security + 1];
  for (let holding = start[security]; holding < end; holding++) {
    const k = index[holding];
    const counts = indexShares[holding] * price;
    const change = counts - counted[holding];
    counted[holding] = counts;
    const before = value[k];
    const after = before + change;
    const kept = after - before;
    lost[k] += before - (after - kept) + (change - kept);
    value[k] = after;
    if (capEntry[holding] >= 0) followCap(book, holding, price);
  }
}

function followCap(book: LiveBook, holding: number, price: number): void {
  moveValue(
    book.caps,
    book.capRow[book.index[holding]],
    book.capEntry[holding],
    book.uncappedShares[holding] * price,
  );
}

/** Level of index k, unrounded. */
export const liveLevel = (book: LiveBook, k: number): number =>
  (book.value[k] + book.lost[k]) / book.indices[k].divisor;

/** Level of index k added up anew from the last prices. */
export const recomputedLevel = (book: LiveBook, k: number): number =>
  exactValue(book, k) / book.indices[k].divisor;

/** What the weights of index k would be if its cap were set now, in the order of its rows. */
export function liveCappedWeights(book: LiveBook, k: number): Float64Array {
  const row = book.capRow[k];
  assert(row >= 0, 'the index has a cap to follow');
  const first = book.caps.start[row];
  return Float64Array.from(book.indices[k].rows, (_, i) => cappedWeight(book.caps, row, first + i));
}

function exactValue({ indices, prices }: LiveBook, k: number): number {
  const { rows, shares, factors } = indices[k];
  let total = 0;
  let lost = 0;
  for (let i = 0; i < rows.length; i++) {
    const counts = shares[i] * factors[i] * prices[rows[i]];
    const next = total + counts;
    lost += total >= counts ? total - next + counts : counts - next + total;
    total = next;
  }
  return total + lost;
}

/** First holding of each security. */
function holdersOf(securities: number, indices: readonly LiveIndex[]): Int32Array {
  const start = new Int32Array(securities + 1);
  for (const { rows } of indices) for (const row of rows) start[row + 1]++;
  for (let row = 0; row < securities; row++) start[row + 1] += start[row];
  return start;
}

function fillHoldings(book: LiveBook): void {
  const next = book.start.slice();
  book.indices.forEach(({ rows, shares, factors }, k) => {
    rows.forEach((row, i) => {
      const holding = next[row]++;
      book.index[holding] = k;
      book.indexShares[holding] = shares[i] * factors[i];
      book.counted[holding] = book.indexShares[holding] * book.prices[row];
      if (book.capRow[k] < 0) return;
      book.capEntry[holding] = book.caps.start[book.capRow[k]] + i;
      book.uncappedShares[holding] = shares[i];
    });
  });
}

function capsOfIndices(prices: Float64Array, followed: readonly LiveIndex[]): LiveCaps {
  const start = new Int32Array(followed.length + 1);
  followed.forEach(({ rows }, k) => {
    start[k + 1] = start[k] + rows.length;
  });
  const value = new Float64Array(start[followed.length]);
  followed.forEach(({ rows, shares }, k) => {
    rows.forEach((row, i) => {
      value[start[k] + i] = shares[i] * prices[row];
    });
  });
  return liveCaps(
    Float64Array.from(followed, ({ cap }) => cap ?? 1),
    start,
    value,
  );
}
