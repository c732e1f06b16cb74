/**
 * What is scheduled: baskets that take over at a close, stated in index shares or in weights at an earlier pricing
 * close (rulebooks.md 10.6), and regular dates on which waiting share counts come in.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { assert, Refusal } from '../base/errors.js';
import type { NamedCap } from '../weighting/capping.js';
import { cappedWeights } from './cappedWeights.js';
import { sessionRow, type CloseMatrix } from './closeMatrix.js';

/** A basket in shares and factors. */
export interface ShareRebalance {
  readonly kind: 'index-shares';
  /** First session of the new basket. */
  readonly effective: Day;
  /** The close its shares are counted at: share actions after it are carried. The one before `effective` if absent. */
  readonly countedOn?: Day;
  /** Rows of the members in the close matrix, ascending. */
  readonly rows: Int32Array;
  /** Shares x inclusion factor. */
  readonly shares: Float64Array;
  /** Capping factors; 1 for all when absent. */
  readonly factors?: Float64Array;
}

/** A basket in weights at the close of `pricedOn`; prices and share actions carry it to the swap close. */
export interface WeightRebalance {
  readonly kind: 'target-weights';
  readonly effective: Day;
  readonly pricedOn: Day;
  readonly rows: Int32Array;
  /** Fractions; scaled to the value of the index, so they need not sum to one. */
  readonly weights: Float64Array;
}

/** A regular date without a new basket: share counts that waited below the threshold come in. */
export interface ShareUpdate {
  readonly kind: 'share-update';
  readonly effective: Day;
}

export type Rebalance = ShareRebalance | WeightRebalance | ShareUpdate;

/** Rows of securities in a matrix, ascending. @throws Refusal `no_price` for one that has no row */
export function matrixRows(closes: CloseMatrix, ids: readonly SecurityId[]): Int32Array {
  const rowOf = new Map(closes.ids.map((id, row) => [id, row]));
  const rows = Int32Array.from(ids, (id) => {
    const row = rowOf.get(id);
    if (row === undefined) throw new Refusal('no_price', `${id} has no closes`, { id });
    return row;
  });
  for (let i = 1; i < rows.length; i++) assert(rows[i] > rows[i - 1], 'members ascend as in the matrix');
  return rows;
}

export interface ReviewSchedule {
  readonly pricedOn: Day;
  readonly effective: Day;
}

/**
 * Baskets of one set of members under a rulebook's caps, capped at each pricing close: the reviews of a backtest.
 * @param shares uncapped adjusted shares of the members, one list per review or one for all
 */
export function cappedRebalances(
  closes: CloseMatrix,
  rows: Int32Array,
  shares: Float64Array | readonly Float64Array[],
  caps: readonly NamedCap[],
  schedule: readonly ReviewSchedule[],
): ShareRebalance[] {
  const weigh = cappedWeights(rows.length, caps);
  const values = new Float64Array(rows.length);
  return schedule.map(({ pricedOn, effective }, review) => {
    const counted = shares instanceof Float64Array ? shares : shares[review];
    const t = sessionRow(closes.days, pricedOn);
    assert(closes.days[t] === pricedOn, 'factors are priced on a session');
    writeValues(closes, rows, counted, t, values);
    const factors = cappingFactors(values, weigh(values));
    return { kind: 'index-shares', effective, countedOn: pricedOn, rows, shares: counted, factors };
  });
}

/** Uncapped market values at session t. */
function writeValues(
  { close, days }: CloseMatrix,
  rows: Int32Array,
  shares: Float64Array,
  t: number,
  values: Float64Array,
): void {
  for (let i = 0; i < rows.length; i++) values[i] = shares[i] * close[rows[i] * days.length + t];
}

/** Weight over uncapped value, the largest 1. */
function cappingFactors(values: Float64Array, weights: Float64Array): Float64Array {
  const factors = new Float64Array(values.length);
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    factors[i] = weights[i] / values[i];
    if (factors[i] > largest) largest = factors[i];
  }
  for (let i = 0; i < values.length; i++) factors[i] /= largest;
  return factors;
}
