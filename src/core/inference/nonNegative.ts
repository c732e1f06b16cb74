/**
 * Least squares with no unknown below zero: the active-set method of Lawson and Hanson (Solving Least Squares
 * Problems, chapter 23). An index holds no share short, so a negative count is noise and belongs at zero.
 */
import { solveUpper, triangularize } from './householder.js';
import { columnOf, fromColumns, inner, times, type Matrix } from './matrix.js';

/** Gradient below which an unknown at zero wants to stay there, relative to the right-hand side. */
const TOLERANCE = 1e-12;

/**
 * @param r square, upper triangular, columns of about equal length
 * @returns unknowns, all >= 0; exact zeros are held there by the constraint
 */
export function nonNegativeSolution(r: Matrix, b: Float64Array): Float64Array {
  const n = r.columns;
  const free = new Set<number>();
  let x: Float64Array = new Float64Array(n);
  const tolerance = TOLERANCE * Math.sqrt(inner(b, b));
  // Each round admits one unknown; 3 n rounds is the bound of Lawson and Hanson.
  for (let round = 0; round < 3 * n; round++) {
    const next = mostWanted(r, b, x, free, tolerance);
    if (next < 0) break;
    free.add(next);
    let trial = solveFree(r, b, free);
    while ([...free].some((j) => trial[j] <= 0)) {
      x = stepTowards(x, trial, free);
      trial = solveFree(r, b, free);
    }
    x = trial;
  }
  return x;
}

/** The held unknown whose release lowers the residual most, or -1. */
function mostWanted(
  r: Matrix,
  b: Float64Array,
  x: Float64Array,
  free: Set<number>,
  tolerance: number,
): number {
  const residual = times(r, x).map((value, i) => b[i] - value);
  let best = -1;
  let steepest = tolerance;
  for (let j = 0; j < r.columns; j++) {
    const slope = free.has(j) ? 0 : inner(columnOf(r, j), residual);
    if (slope > steepest) [best, steepest] = [j, slope];
  }
  return best;
}

/** Unconstrained least squares over the free unknowns, the others zero. */
function solveFree(r: Matrix, b: Float64Array, free: Set<number>): Float64Array {
  const x = new Float64Array(r.columns);
  const columns = [...free].toSorted((i, j) => i - j);
  if (columns.length === 0) return x;
  const part = triangularize(
    fromColumns(
      r.rows,
      columns.map((j) => columnOf(r, j)),
    ),
    b,
  );
  solveUpper(part.r, part.rotated).forEach((value, k) => (x[columns[k]] = value));
  return x;
}

/** As far from x towards the trial as all stay >= 0; whoever reaches zero first is held there again. */
function stepTowards(x: Float64Array, trial: Float64Array, free: Set<number>): Float64Array {
  let step = Infinity;
  let first = -1;
  for (const j of free) {
    if (trial[j] > 0) continue;
    const reach = x[j] > 0 ? x[j] / (x[j] - trial[j]) : 0;
    if (reach < step) [step, first] = [reach, j];
  }
  const result = x.map((value, j) => Math.max(0, value + step * (trial[j] - value)));
  result[first] = 0;
  // By name, not by size: rounding may leave it a hair above zero, and the loop would never end.
  free.delete(first);
  return result;
}
