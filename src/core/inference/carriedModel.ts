/**
 * The equations of a basket whose predecessor is known with errors. A review multiplies the units of most members
 * by one common factor c, whatever the divisor and the caps did; a few are free. So
 *
 *   level = c x (units before) . price + free . price + noise,   units before ~ N(estimate, its covariance),
 *
 * and the errors of the old units are part of the noise: residuals have covariance I + c^2 P S P' (over the variance
 * of one residual), P the prices and S the cofactor of the old units. Generalised least squares in c and the free
 * part gives exactly what solving both baskets together would, with a handful of unknowns in place of fifty.
 */
import type { BasketEstimate } from './basketFit.js';
import { cholesky, solveLower } from './cholesky.js';
import { rowOf, type Equations } from './equations.js';
import { inverseOfSquare, solveUpper, triangularize } from './householder.js';
import { addScaled, columnOf, fromColumns, inner, matrix, product, times, type Matrix } from './matrix.js';

export interface CarriedModel {
  readonly equations: Equations;
  readonly previous: BasketEstimate;
  /** Units of the members before the review, row for row with the new members; 0 for an addition. */
  readonly carried: Float64Array;
  /** Their cofactor, new members x new members. */
  readonly cofactor: Matrix;
  /** Sessions: P x carried, the level the old units would give. */
  readonly carriedLevel: Float64Array;
  /** Sessions x sessions: P S P'. */
  readonly spread: Matrix;
  /** Rows of the additions; each is an unknown of its own. */
  readonly added: readonly number[];
}

export function carriedModel(previous: BasketEstimate, equations: Equations): CarriedModel {
  const { ids, prices } = equations;
  const rows = ids.map((id) => rowOf(previous.ids, id));
  const carried = Float64Array.from(rows, (row) => (row < 0 ? 0 : previous.units[row]));
  const cofactor = matrix(ids.length, ids.length);
  rows.forEach((right, j) => {
    rows.forEach((left, i) => {
      if (left >= 0 && right >= 0)
        cofactor.values[j * ids.length + i] = columnOf(previous.cofactor, right)[left];
    });
  });
  return {
    equations,
    previous,
    carried,
    cofactor,
    carriedLevel: times(prices, carried),
    spread: spreadOf(prices, cofactor),
    added: rows.flatMap((row, i) => (row < 0 ? i : [])),
  };
}

/** P S P', sessions x sessions. */
function spreadOf(prices: Matrix, cofactor: Matrix): Matrix {
  const half = product(prices, cofactor);
  const result = matrix(prices.rows, prices.rows);
  for (let j = 0; j < prices.columns; j++) {
    const column = columnOf(prices, j);
    for (let s = 0; s < prices.rows; s++) addScaled(columnOf(result, s), columnOf(half, j), column[s]);
  }
  return result;
}

export interface CarriedSolution {
  readonly commonFactor: number;
  /** Units of the free rows beyond what was carried, in the order given. */
  readonly extra: Float64Array;
  /** Cofactor of (common factor, extra...). */
  readonly cofactor: Matrix;
  /** Whitened sum of squares of these sessions. */
  readonly residualSquares: number;
  /** Sessions and unknowns of both baskets together: degrees of freedom of the pooled variance. */
  readonly dof: number;
  /** Whitening factor l of I + c^2 P S P' = l l', and the whitened residuals. */
  readonly whitener: Matrix;
  readonly whitened: Float64Array;
  readonly columns: Matrix;
}

/** Residual sum of squares of both baskets together. */
export const totalSquares = (model: CarriedModel, solution: CarriedSolution): number =>
  model.previous.residualSquares + solution.residualSquares;

/** @param free rows of members whose units the common factor does not set; additions come on top */
export function solveCarried(model: CarriedModel, free: readonly number[]): CarriedSolution {
  const columns = [...free, ...model.added].map((row) => columnOf(model.equations.prices, row));
  let factor =
    inner(model.carriedLevel, model.equations.levels) / inner(model.carriedLevel, model.carriedLevel);
  let solution = generalised(model, factor, columns);
  // The covariance depends on the factor, weakly; a few rounds settle it to the last digit.
  for (let round = 0; round < 12; round++) {
    if (Math.abs(solution.commonFactor - factor) < 1e-13) break;
    factor = solution.commonFactor;
    solution = generalised(model, factor, columns);
  }
  return solution;
}

function generalised(model: CarriedModel, factor: number, free: readonly Float64Array[]): CarriedSolution {
  const { equations, carriedLevel, spread, previous } = model;
  const whitener = cholesky(noiseOf(spread, factor));
  const columns = fromColumns(
    equations.days.length,
    [carriedLevel, ...free].map((column) => solveLower(whitener, column)),
  );
  const target = solveLower(whitener, equations.levels);
  const { r, rotated } = triangularize(columns, target);
  const unknowns = solveUpper(r, rotated);
  const fitted = times(columns, unknowns);
  const whitened = target.map((value, i) => value - fitted[i]);
  return {
    commonFactor: unknowns[0],
    extra: unknowns.slice(1),
    cofactor: inverseOfSquare(r),
    residualSquares: inner(whitened, whitened),
    dof: previous.dof + equations.days.length - unknowns.length,
    whitener,
    whitened,
    columns,
  };
}

/** I + factor^2 x spread. */
export function noiseOf(spread: Matrix, factor: number): Matrix {
  const noise = matrix(
    spread.rows,
    spread.columns,
    spread.values.map((value) => value * factor * factor),
  );
  for (let i = 0; i < spread.rows; i++) noise.values[i * spread.rows + i] += 1;
  return noise;
}

/** Rows of the members that stayed, largest value at the first session first: the order in which caps bite. */
export function survivorsBySize(model: CarriedModel): number[] {
  const { equations, carried, added } = model;
  const value = (row: number): number => carried[row] * columnOf(equations.prices, row)[0];
  return equations.ids
    .map((_, row) => row)
    .filter((row) => !added.includes(row))
    .toSorted((a, b) => value(b) - value(a) || a - b);
}
