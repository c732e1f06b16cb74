/**
 * What simulated reviews amount to: probabilities and flows per name, with standard errors. Money is in the currency of
 * the plan's assets, probabilities and weights are fractions.
 */
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
  /** In the index after the review: the probability given everybody else's draw, averaged (`conditional.ts`). */
  readonly in: Estimate;
  /** The same as a plain share of the paths. */
  readonly inPlain: Estimate;
  /** Held at the single cap at the pricing close, conditional and plain. */
  readonly capped: Estimate;
  readonly cappedPlain: Estimate;
  /** After the swap, 0 on paths where it is out. */
  readonly weightAfter: number;
  /** Value to trade at the swap close, buy positive: the mean with its companions of mean 0 taken out (`controls.ts`). */
  readonly flow: Estimate;
  readonly flowPlain: Estimate;
  /** Shares of today to trade. */
  readonly shares: Estimate;
  /** Per path, in path order; empty for who never trades, and when samples were not asked for. */
  readonly flowSamples: Float64Array;
  readonly shareSamples: Float32Array;
  /** At the probabilities asked for; none for who never trades. */
  readonly flowQuantiles: readonly number[];
  readonly shareQuantiles: readonly number[];
}

export interface ForecastDraws {
  readonly paths: number;
  readonly seed: number;
  /** Ascending by code; names that no path touches are left out, their probability and flow are 0. */
  readonly names: readonly NameDraws[];
  /** Share of the paths on which the first single cap, and the first limit on the k largest, acted. */
  readonly singleBinds: number;
  readonly jointBinds: number;
  /** Half the sum of absolute weight changes, 0..1. */
  readonly turnoverOneWay: Estimate;
  /** Mean number of members. */
  readonly seats: number;
  /** Names that could be left out because no draw lets them matter. */
  readonly pruned: number;
}

export interface SimulateOptions {
  /** Whole number, 0..2^32 - 1. */
  readonly seed: number;
  readonly paths: number;
  /** Give flow and shares of every path. Default true. */
  readonly samples?: boolean;
  /** Probabilities, 0..1, of the quantiles of flow and of shares. Default none. */
  readonly flowQuantiles?: readonly number[];
  readonly shareQuantiles?: readonly number[];
}
