/**
 * The one step every capping rule is made of: share out a total pro rata to a base, with nobody above his
 * ceiling. A member that reaches its ceiling is held there and its excess goes pro rata to the others.
 */
import { Refusal } from '../base/errors.js';

/** Two weights closer than this are the same weight: rounding of binary fractions, not a rule. */
export const WEIGHT_EPSILON = 1e-12;

export interface Filled {
  /** Members held at their ceiling. */
  readonly held: number;
  /** Passes over the members until nobody was above the ceiling. */
  readonly rounds: number;
}

/**
 * Writes into `weights` at the given rows the shares of `total`.
 *
 * @param base what the shares are proportional to, >= 0, one per row of the whole set
 * @param rows the members that share, ascending
 * @param ceiling largest weight allowed: one for all, or one per row of the whole set
 * @param held 1 per row held at its ceiling, written for the given rows
 * @throws Refusal `infeasible_ceiling` when the members cannot take the total
 */
export function fillProRata(
  base: Float64Array,
  rows: Int32Array,
  total: number,
  ceiling: number | Float64Array,
  weights: Float64Array,
  held: Uint8Array,
): Filled {
  const n = rows.length;
  const ceilingOf = (row: number): number => (typeof ceiling === 'number' ? ceiling : ceiling[row]);
  refuseInfeasible(rows, total, ceilingOf);
  for (let k = 0; k < n; k++) held[rows[k]] = 0;
  let heldCount = 0;
  let rounds = 0;
  for (;;) {
    rounds++;
    // Summed anew each round in row order: subtracting what was held would lose digits.
    let free = 0;
    let left = total;
    for (let k = 0; k < n; k++) {
      const row = rows[k];
      if (held[row] === 0) free += base[row];
      else left -= ceilingOf(row);
    }
    const scale = heldCount < n ? left / free : 0;
    let newlyHeld = 0;
    for (let k = 0; k < n; k++) {
      const row = rows[k];
      if (held[row] === 1) continue;
      weights[row] = base[row] * scale;
      if (weights[row] > ceilingOf(row) + WEIGHT_EPSILON) {
        held[row] = 1;
        newlyHeld++;
      }
    }
    heldCount += newlyHeld;
    if (newlyHeld === 0 || heldCount === n) break;
  }
  for (let k = 0; k < n; k++) if (held[rows[k]] === 1) weights[rows[k]] = ceilingOf(rows[k]);
  if (heldCount === n && n > 0) shareRoundingEvenly(rows, total, weights);
  return { held: heldCount, rounds };
}

/** When everybody is held the ceilings are the total, but for binary rounding. */
function shareRoundingEvenly(rows: Int32Array, total: number, weights: Float64Array): void {
  let reached = 0;
  for (let k = 0; k < rows.length; k++) reached += weights[rows[k]];
  for (let k = 0; k < rows.length; k++) weights[rows[k]] *= total / reached;
}

function refuseInfeasible(rows: Int32Array, total: number, ceilingOf: (row: number) => number): void {
  let room = 0;
  for (let k = 0; k < rows.length; k++) room += ceilingOf(rows[k]);
  if (room >= total - WEIGHT_EPSILON * Math.max(1, rows.length)) return;
  throw new Refusal(
    'infeasible_ceiling',
    `${rows.length} members cannot take ${Number(total.toFixed(6))} of the index: their ceilings add up to ${Number(room.toFixed(6))}`,
    { members: rows.length, total, room, smallestFeasibleCap: rows.length === 0 ? 1 : total / rows.length },
  );
}
