/** What simulated paths amount to: probabilities and flows per name, with honest standard errors. */
import type { SecurityId } from '../base/brand.js';

export interface Estimate {
  readonly mean: number;
  /** Standard error of the mean over the paths. */
  readonly error: number;
}

/** One name that was a member before or on some path after. */
export interface NameDraws {
  readonly id: SecurityId;
  readonly incumbent: boolean;
  /** In the index after the review: the probability given everybody else's draw, averaged (conditional Monte Carlo). */
  readonly in: Estimate;
  /** The same as a plain share of the paths. */
  readonly inPlain: Estimate;
  /** At the single cap at the pricing close, conditional and plain. */
  readonly capped: Estimate;
  readonly cappedPlain: Estimate;
  readonly weightAfter: number;
  /** Signed value to trade, currency of the assets; mean with the own return as control where that can be. */
  readonly flow: Estimate;
  readonly flowPlain: Estimate;
  readonly shares: Estimate;
  /** Per path, in path order; empty for who never trades, and when samples were not asked for. */
  readonly flowSamples: Float64Array;
  readonly shareSamples: Float32Array;
}

export interface ForecastDraws {
  readonly paths: number;
  readonly seed: number;
  /** Ascending by code; names that no path touches are left out, their probability and flow are 0. */
  readonly names: readonly NameDraws[];
  /** Share of the paths on which the single cap, and the limit on the largest, bound. */
  readonly singleBinds: number;
  readonly jointBinds: number;
  readonly turnoverOneWay: Estimate;
  /** Mean number of members. */
  readonly seats: number;
  /** Names that could be left out because no draw lets them matter. */
  readonly pruned: number;
}

/** Value below which a share q of the samples lies, by linear interpolation; NaN without samples. */
export function quantileOf(samples: Float64Array, q: number): number {
  if (samples.length === 0) return Number.NaN;
  const at = q * (samples.length - 1);
  const lower = Math.floor(at);
  const work = samples.slice();
  const low = nth(work, lower, 0);
  if (lower === at) return low;
  let next = Infinity;
  for (let i = lower + 1; i < work.length; i++) if (work[i] < next) next = work[i];
  return low + (at - lower) * (next - low);
}

/** Several quantiles at once, ascending: each search goes on where the one before left off. */
export function quantilesOf(samples: Float64Array, qs: readonly number[]): number[] {
  if (samples.length === 0) return qs.map(() => Number.NaN);
  const work = samples.slice();
  let from = 0;
  return qs.map((q) => {
    const at = q * (work.length - 1);
    const lower = Math.floor(at);
    const low = nth(work, lower, from);
    from = lower;
    if (lower === at) return low;
    let next = Infinity;
    for (let i = lower + 1; i < work.length; i++) if (work[i] < next) next = work[i];
    return low + (at - lower) * (next - low);
  });
}

/** Quickselect (Hoare): puts the k-th smallest at k, the smaller before and the larger after it. */
function nth(values: Float64Array, k: number, from: number): number {
  let low = from;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) {
        const swapped = values[i];
        values[i++] = values[j];
        values[j--] = swapped;
      }
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k];
}
