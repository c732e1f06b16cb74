/** Weights of an estimated basket at one close, with errors by the delta method. */
import type { Day } from '../base/brand.js';
import { sum } from '../base/sum.js';
import type { BasketEstimate } from './basketFit.js';
import { adjustedPrices, type PriceSource } from './equations.js';
import { inner, matrix, quadratic, times, type Matrix } from './matrix.js';

export interface WeightEstimate {
  readonly day: Day;
  /** 0..1, summing to one; row for row with the ids of the basket. */
  readonly weights: Float64Array;
  /** One standard error each, 0..1. */
  readonly standardErrors: Float64Array;
  /** Members x members. */
  readonly covariance: Matrix;
}

export function weightsOn(source: PriceSource, estimate: BasketEstimate, day: Day): WeightEstimate {
  const prices = Float64Array.from(estimate.ids, (id) => adjustedPrices(source, id, [day], estimate.base)[0]);
  const values = estimate.units.map((units, j) => units * prices[j]);
  const level = sum(values);
  const weights = values.map((value) => value / level);
  const covariance = weightCovariance(estimate, prices, weights, level);
  const n = weights.length;
  return {
    day,
    weights,
    standardErrors: weights.map((_, j) => Math.sqrt(Math.max(0, covariance.values[j * n + j]))),
    covariance,
  };
}

/** Sum of the k largest weights and its standard error, 0..1. */
export function largestSum(
  estimate: WeightEstimate,
  k: number,
): { readonly sum: number; readonly standardError: number } {
  const { weights, covariance } = estimate;
  const largest = byWeight(estimate).slice(0, k);
  const chosen = weights.map((_, j) => (largest.includes(j) ? 1 : 0));
  return {
    sum: sum(largest.map((j) => weights[j])),
    standardError: Math.sqrt(Math.max(0, quadratic(covariance, chosen))),
  };
}

/** Rows by weight, largest first. */
export const byWeight = ({ weights }: WeightEstimate): number[] =>
  Array.from(weights, (_, j) => j).toSorted((a, b) => weights[b] - weights[a] || a - b);

/**
 * The weight of j is units x price / level, so a small change of units du moves it by
 * (p_j du_j - w_j sum p du) / level; the covariance follows without forming that matrix.
 */
function weightCovariance(
  { cofactor, variance }: BasketEstimate,
  prices: Float64Array,
  weights: Float64Array,
  level: number,
): Matrix {
  const n = weights.length;
  const withLevel = times(cofactor, prices).map((value, j) => value * prices[j]);
  const ofLevel = inner(prices, times(cofactor, prices));
  const result = matrix(n, n);
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < n; i++) {
      const both = prices[i] * cofactor.values[j * n + i] * prices[j];
      const cross = withLevel[i] * weights[j] + weights[i] * withLevel[j];
      result.values[j * n + i] =
        ((both - cross + weights[i] * weights[j] * ofLevel) * variance) / (level * level);
    }
  }
  return result;
}
