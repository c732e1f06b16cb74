/**
 * What a run of simulated reviews leaves: counts, means and flow samples per name, with standard errors. Every column
 * has one entry per row of the plan. Money is in the currency of the plan's assets; probabilities are fractions.
 */
import type { SecurityId } from '../base/brand.js';
import type { ClauseId } from '../weighting/capping.js';

/** A mean over the paths and its standard error, one entry per row. */
export interface Estimates {
  readonly mean: Float64Array;
  readonly standardError: Float64Array;
}

/** What one cap did over the paths. */
export interface CapDraws {
  readonly id: ClauseId;
  /** Share of paths on which the rule acted. */
  readonly triggered: number;
  readonly triggeredStandardError: number;
  /** Share of paths on which it set the name's weight. */
  readonly bound: Estimates;
  /** For a single cap the same with the name's own move to pricing integrated out; else equal to `bound`. */
  readonly boundConditional: Estimates;
}

export interface ForecastDraws {
  readonly ids: readonly SecurityId[];
  readonly paths: number;
  readonly seed: number;

  /** Member after the review: the plain share of paths. */
  readonly inIndex: Estimates;
  /** The same probability with each name's own draw integrated out; equal to `inIndex` where that cannot be done. */
  readonly inIndexConditional: Estimates;
  /** Set by any cap: the plain share of paths. */
  readonly capped: Estimates;
  readonly caps: readonly CapDraws[];

  /** Value traded at the swap close, buy positive; a name without a trade counts as 0. */
  readonly flow: Estimates;
  /** The same mean with its known-to-be-zero companions taken out, see `controls.ts`; never a different number in truth. */
  readonly flowControlled: Estimates;
  /** Shares traded at the swap close, buy positive. */
  readonly sharesMean: Float64Array;
  /** Weight after the swap, 0 where the name is out. */
  readonly weightAfterMean: Float64Array;
  /**
   * Quantiles of the flow over all paths, paths without a trade included, by linear interpolation between order
   * statistics (type 7 of Hyndman and Fan, Am. Stat. 50, 1996).
   * @param probabilities 0..1
   */
  readonly flowQuantiles: (row: number, probabilities: readonly number[]) => number[];

  /** Half the sum of absolute weight changes, 0..1. */
  readonly turnoverMean: number;
  readonly turnoverStandardError: number;
  /** Members after the review. */
  readonly seatsMean: number;
}

export interface SimulateOptions {
  /** Whole number, 0..2^32 - 1. */
  readonly seed: number;
  readonly paths: number;
}
