/** How concentrated a basket is. */
import { sum } from '../base/sum.js';

export interface Concentration {
  /** Largest weight, 0..1. */
  readonly largest: number;
  /** Sum of the five largest weights, 0..1. */
  readonly topFive: number;
  /** 1 / sum of squared weights: the number of equal weights that would be as concentrated. */
  readonly effectiveN: number;
}

/** @param weights sum 1 */
export function concentrationOf(weights: readonly number[]): Concentration {
  const ordered = weights.toSorted((a, b) => b - a);
  return {
    largest: ordered[0] ?? 0,
    topFive: sum(ordered.slice(0, 5)),
    effectiveN: 1 / sum(weights.map((weight) => weight * weight)),
  };
}
