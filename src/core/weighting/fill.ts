/**
 * The one step every capping rule is made of: share out a total pro rata to uncapped values, with nobody above
 * a ceiling. A member that reaches the ceiling is held there and its excess goes pro rata to the others.
 */
import { assert } from '../base/errors.js';

/** Two weights closer than this are the same weight: rounding of binary fractions, not a rule. */
export const WEIGHT_EPSILON = 1e-12;

export interface Filled {
  /** Members held at the ceiling. */
  readonly held: number;
  /** Passes over the members until nobody was above the ceiling. */
  readonly rounds: number;
}

/**
 * Writes into `weights` at the given rows the shares of `total`.
 *
 * @param values uncapped values, > 0, one per row of the whole set
 * @param rows the members that share, ascending
 * @param ceiling largest weight allowed; `rows.length * ceiling >= total` must hold
 * @param held 1 per row held at the ceiling, written for the given rows
 */
export function fillProRata(
  values: Float64Array,
  rows: Int32Array,
  total: number,
  ceiling: number,
  weights: Float64Array,
  held: Uint8Array,
): Filled {
  const n = rows.length;
  assert(n * ceiling >= total - WEIGHT_EPSILON * n, 'the ceiling leaves room for the total');
  for (let k = 0; k < n; k++) held[rows[k]] = 0;
  let heldCount = 0;
  let rounds = 0;
  for (;;) {
    rounds++;
    // Summed anew each round in row order: subtracting what was held would lose digits.
    let free = 0;
    for (let k = 0; k < n; k++) if (held[rows[k]] === 0) free += values[rows[k]];
    const scale = heldCount < n ? (total - heldCount * ceiling) / free : 0;
    let newlyHeld = 0;
    for (let k = 0; k < n; k++) {
      const row = rows[k];
      if (held[row] === 1) continue;
      weights[row] = values[row] * scale;
      if (weights[row] > ceiling + WEIGHT_EPSILON) {
        held[row] = 1;
        newlyHeld++;
      }
    }
    if (newlyHeld === 0) break;
    heldCount += newlyHeld;
  }
  // When everybody is held the ceiling times n is the total; share it so that the sum is exact.
  const heldWeight = heldCount === n ? total / n : ceiling;
  for (let k = 0; k < n; k++) if (held[rows[k]] === 1) weights[rows[k]] = heldWeight;
  return { held: heldCount, rounds };
}
