/**
 * The plan of a forecast: one review reduced to numbers, so that it can be run over ten thousand simulated markets.
 * Everything known on the knowledge day is in it; what is not known yet is a normal draw.
 *
 * One name moves by three draws. With S(j) = market[i] z_m(j) + sector[i] z_s(j) + own[i] z_i(j), the move of one
 * session in standard deviations, and every z a standard normal of its own:
 *
 *   x1 = horizon.average * S(1)                                  mean log price of the sessions left to the cut-off
 *   x2 = horizon.pricingOnAverage * S(1) + horizon.pricing * S(2)   log price at the pricing close
 *   x3 = x2 + horizon.swap * S(3)                                log price at the swap close
 *
 * each less half its variance, so that prices are martingales. A past date has horizon 0 and adds nothing; with all
 * of them 0 every path is the deterministic review.
 */
import type { SecurityId } from '../base/brand.js';
import type { NamedCap } from '../weighting/capping.js';

/** How the seats are given on a path. */
export type SeatPlan =
  | {
      readonly kind: 'buffer';
      readonly count: number;
      /** Lines as ranks among the eligible, from 1. */
      readonly enter: number;
      readonly keep: number;
      readonly order: 'keep-first' | 'enter-first';
      /** Most changes at one review; Infinity without a limit. */
      readonly maxChanges: number;
    }
  /** Announced or decided: the members are the same on every path. */
  | { readonly kind: 'fixed' };

/** Standard deviations per square root of the session counts, see above; all 0 once the swap close is known. */
export interface Horizon {
  readonly average: number;
  readonly pricingOnAverage: number;
  readonly pricing: number;
  readonly swap: number;
}

/** Every column has one entry per name, rows ascending by code; names that no path can need may be left out. */
export interface ForecastPlan {
  readonly ids: readonly SecurityId[];
  /** 1 for members before the review. */
  readonly incumbent: Uint8Array;
  /** 1 for names that passed the screens; the others cannot be selected, and incumbents among them leave. */
  readonly eligible: Uint8Array;
  /** 1 for members after the review where the seats are `fixed`; else not read. */
  readonly fixedMember: Uint8Array;
  readonly seats: SeatPlan;

  /**
   * What the ranking compares on a path, largest first, ties by row:
   * (measureKnown + measureFuture * exp(x1 - var(x1) / 2)) * exp(measureDoubt * z_d - measureDoubt^2 / 2).
   */
  readonly measureKnown: Float64Array;
  readonly measureFuture: Float64Array;
  /** Standard deviation of the log of the measure itself: doubt about a share count, 0 where documented. */
  readonly measureDoubt: Float64Array;

  /** Standard deviation of one session's log return by source; `sectorOf` names the sector factor, from 0. */
  readonly market: Float64Array;
  readonly sector: Float64Array;
  readonly own: Float64Array;
  readonly sectorOf: Uint16Array;
  readonly sectors: number;
  readonly horizon: Horizon;
  /** Degrees of freedom of a common Student factor per stage (fat tails); Infinity for normal moves. */
  readonly tailDegrees: number;

  /** Last known close. */
  readonly price: Float64Array;
  /** The close that prices the caps where it is known, else the last one; per share of today. */
  readonly pricingBase: Float64Array;
  /** Shares of the old basket, adjusted and capped, in the units of the new ones; 0 outside it. */
  readonly oldShares: Float64Array;
  /** Uncapped shares of the new basket, for every name that may be in it. */
  readonly newShares: Float64Array;
  readonly caps: readonly NamedCap[];

  /** Assets tracking the index on the knowledge day; on a path they move with the level of the old basket. */
  readonly assets: number;
  /** Standard deviation of the log of creations and redemptions up to the swap; 0 for none. */
  readonly assetsDoubt: number;
}

/**
 * What the ranking compares numerically. Without anything known yet every measure is a pure log-normal, and its logarithm
 * gives the same order without an exponential per name; without any doubt the measures themselves keep the exact ties.
 */
export function rankingSpace(plan: ForecastPlan): 'log' | 'plain' {
  const { eligible, measureKnown, measureFuture, measureDoubt, market, sector, own, horizon } = plan;
  let moving = false;
  for (let row = 0; row < plan.ids.length; row++) {
    if (eligible[row] === 0) continue;
    if (measureKnown[row] !== 0 || !(measureFuture[row] > 0)) return 'plain';
    moving ||= horizon.average * (market[row] + sector[row] + own[row]) + measureDoubt[row] > 0;
  }
  return moving ? 'log' : 'plain';
}

/** Half the variance of one session's log return, in a fixed order of operations. */
export function halfVarianceOf({ market, sector, own }: ForecastPlan, row: number): number {
  return 0.5 * (market[row] * market[row] + sector[row] * sector[row] + own[row] * own[row]);
}
