/**
 * QR by Householder reflections (Golub and Van Loan, Matrix Computations, 5.2). Least squares through it feel the
 * condition number once; through the normal equations they would feel its square, too much for share prices
 * that rise and fall together.
 */
import { assert } from '../base/errors.js';
import { addScaled, columnOf, inner, matrix, norm, type Matrix } from './matrix.js';

export interface Qr {
  /** columns x columns, upper triangular. */
  readonly r: Matrix;
  /** First `columns` entries of Q' y. */
  readonly rotated: Float64Array;
}

/** Triangle of a tall matrix (rows >= columns) and the right-hand side turned with it. */
export function triangularize(a: Matrix, y: ArrayLike<number>): Qr {
  assert(a.rows >= a.columns, 'a tall matrix');
  const work = matrix(a.rows, a.columns, a.values.slice());
  const rotated = Float64Array.from(y);
  const r = matrix(a.columns, a.columns);
  for (let k = 0; k < a.columns; k++) {
    const pivot = columnOf(work, k).subarray(k);
    const length = norm(pivot);
    const head = pivot[0] > 0 ? -length : length;
    for (let i = 0; i < k; i++) r.values[k * a.columns + i] = columnOf(work, k)[i];
    r.values[k * a.columns + k] = head;
    if (length === 0) continue;
    pivot[0] -= head;
    const half = inner(pivot, pivot) / 2;
    for (let j = k + 1; j < a.columns; j++) reflect(columnOf(work, j).subarray(k), pivot, half);
    reflect(rotated.subarray(k), pivot, half);
  }
  return { r, rotated: rotated.slice(0, a.columns) };
}

function reflect(target: Float64Array, mirror: Float64Array, half: number): void {
  addScaled(target, mirror, -inner(mirror, target) / half);
}

/** x of r x = b, r upper triangular without a zero on its diagonal. */
export function solveUpper(r: Matrix, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  for (let j = r.columns - 1; j >= 0; j--) {
    const column = columnOf(r, j);
    x[j] /= column[j];
    for (let i = 0; i < j; i++) x[i] -= column[i] * x[j];
  }
  return x;
}

/** (r' r)^-1 of an upper triangle: the covariance of least squares over the variance of a residual. */
export function inverseOfSquare(r: Matrix): Matrix {
  const n = r.columns;
  const inverse = matrix(n, n);
  const unit = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    unit.fill(0);
    unit[j] = 1;
    columnOf(inverse, j).set(solveUpper(r, unit));
  }
  const result = matrix(n, n);
  for (let k = 0; k < n; k++) {
    const column = columnOf(inverse, k);
    for (let j = 0; j <= k; j++) addScaled(columnOf(result, j), column, column[j]);
  }
  return result;
}
