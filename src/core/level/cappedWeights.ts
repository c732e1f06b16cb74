/** Capped weights for backtests of thousands of reviews: the common rules fast, all others by `applyCaps`. */
import { applyCaps, type NamedCap } from '../weighting/capping.js';
import { applyCommonCaps, capWork, commonRules } from '../weighting/commonCaps.js';

/** Weights, sum 1. @param values uncapped market values, finite and above 0 */
export function cappedWeights(values: Float64Array, caps: readonly NamedCap[]): Float64Array {
  const rules = commonRules(caps);
  if (rules === undefined) return applyCaps(values, caps).weights;
  const work = capWork(values.length);
  work.values.set(values);
  return applyCommonCaps(work, values.length, rules) ? work.weights : applyCaps(values, caps).weights;
}
