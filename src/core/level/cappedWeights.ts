/**
 * Capped weights for backtests of thousands of reviews: the same as `applyCaps` for the commonest rules, a single cap
 * and a limit on the k largest whose capped members stay, without sorting and without saying why. Everything else
 * goes to `applyCaps`, which is the specification; a test holds the two together.
 */
import { applyCaps, type NamedCap } from '../weighting/capping.js';
import { WEIGHT_EPSILON } from '../weighting/fill.js';
import type { SingleCapRule } from '../weighting/singleCap.js';
import type { TopKCapRule } from '../weighting/topKCap.js';

/** Weights, sum 1. @param values uncapped market values, finite and above 0 */
export function cappedWeights(values: Float64Array, caps: readonly NamedCap[]): Float64Array {
  const weights = new Float64Array(values.length);
  const rules = commonRules(caps);
  if (rules === undefined || !applyCommon(values, rules, weights)) return applyCaps(values, caps).weights;
  return weights;
}

/** @returns false when this is not an ordinary case and `applyCaps` has to decide */
function applyCommon(values: Float64Array, { single, top }: CommonRules, weights: Float64Array): boolean {
  const n = values.length;
  const taken = new Uint8Array(n);
  // At the edge of what can be met, the specification shares out the rounding, or refuses.
  if (single.cap * n < 1 + 1e-9) return false;
  fill(values, taken, 1, single.cap, weights);
  return top === undefined || (top.k < n && limitTop(values, taken, single.cap, top, weights));
}

interface CommonRules {
  readonly single: SingleCapRule;
  readonly top: TopKCapRule | undefined;
}

function commonRules(caps: readonly NamedCap[]): CommonRules | undefined {
  const [single, top] = caps.map(({ rule }) => rule);
  if (caps.length < 1 || caps.length > 2 || single.kind !== 'single') return undefined;
  if (single.trigger !== undefined || single.spread === 'deferred') return undefined;
  if (top === undefined) return { single, top };
  if (top.kind !== 'top-k' || top.redistribution !== 'capped-stay') return undefined;
  return top.target === undefined && top.outsiders === undefined ? { single, top } : undefined;
}

/** The k largest: those at the single cap stay, the others share what is left of the limit, the rest fills up. */
function limitTop(
  values: Float64Array,
  taken: Uint8Array,
  cap: number,
  { k, limit }: TopKCapRule,
  weights: Float64Array,
): boolean {
  const top = largest(values, k);
  let sum = 0;
  let scaled = 0;
  let standing = 0;
  for (const row of top) {
    sum += weights[row];
    if (weights[row] === cap) standing++;
    else scaled += values[row];
  }
  if (sum <= limit + WEIGHT_EPSILON) return true;
  const left = limit - standing * cap;
  if (standing === k || left <= 0) return false;
  let smallest = Infinity;
  for (const row of top) {
    if (weights[row] !== cap) weights[row] = (values[row] / scaled) * left;
    smallest = Math.min(smallest, weights[row]);
    taken[row] = 1;
  }
  if ((values.length - k) * smallest < 1 - limit + 1e-9) return false;
  fill(values, taken, 1 - limit, smallest, weights);
  return true;
}

/** Rows of the k largest values, largest first, ties to the lower row. */
function largest(values: Float64Array, k: number): Int32Array {
  const rows = new Int32Array(k);
  let found = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (found === k && value <= values[rows[k - 1]]) continue;
    let at = found < k ? found++ : k - 1;
    for (; at > 0 && values[rows[at - 1]] < value; at--) rows[at] = rows[at - 1];
    rows[at] = row;
  }
  return rows;
}

/**
 * Shares out `total` among the rows not taken, pro rata to their values and nobody above the ceiling; a row held at
 * the ceiling has exactly the ceiling.
 */
function fill(
  values: Float64Array,
  taken: Uint8Array,
  total: number,
  ceiling: number,
  weights: Float64Array,
): void {
  const n = values.length;
  let free = 0;
  for (let i = 0; i < n; i++) if (taken[i] === 0) free += values[i];
  let left = total;
  let held = 0;
  let threshold = Infinity;
  for (;;) {
    // Above this value a row's share would pass the ceiling. It only falls, so who is held stays held.
    threshold = ((ceiling + WEIGHT_EPSILON) * free) / left;
    let stillFree = 0;
    let nowHeld = 0;
    for (let i = 0; i < n; i++) {
      if (taken[i] === 1) continue;
      if (values[i] > threshold) nowHeld++;
      else stillFree += values[i];
    }
    if (nowHeld === held) break;
    held = nowHeld;
    free = stillFree;
    left = total - held * ceiling;
  }
  const scale = left / free;
  for (let i = 0; i < n; i++) {
    if (taken[i] === 0) weights[i] = values[i] > threshold ? ceiling : values[i] * scale;
  }
}
