/** Capped weights for backtests of thousands of reviews: the common rules fast, all others by `applyCaps`. */
import { applyCaps, type NamedCap } from '../weighting/capping.js';
import { applyCommonCaps, capWork, commonRules } from '../weighting/commonCaps.js';

/**
 * What caps make of any values of `members` members: weights, sum 1, from uncapped market values, finite and above 0.
 * The weights are good until the next call, which may write over them.
 */
export function cappedWeights(
  members: number,
  caps: readonly NamedCap[],
): (values: Float64Array) => Float64Array {
  const rules = commonRules(caps);
  if (rules === undefined) return (values) => applyCaps(values, caps).weights;
  const work = capWork(members);
  return (values) => {
    work.values.set(values);
    return applyCommonCaps(work, members, rules) ? work.weights : applyCaps(values, caps).weights;
  };
}
