/** Cholesky factor of a symmetric positive definite matrix, used to whiten residuals that move together. */
import { assert } from '../base/errors.js';
import { columnOf, matrix, type Matrix } from './matrix.js';

/** Lower triangle l with l l' = a; the upper triangle of `a` is not read. */
export function cholesky(a: Matrix): Matrix {
  const n = a.columns;
  const l = matrix(n, n);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let value = a.values[j * n + i];
      for (let k = 0; k < j; k++) value -= l.values[k * n + i] * l.values[k * n + j];
      assert(i !== j || value > 0, 'a positive definite matrix');
      l.values[j * n + i] = i === j ? Math.sqrt(value) : value / l.values[j * n + j];
    }
  }
  return l;
}

/** x of l x = b, written into a new vector. */
export function solveLower(l: Matrix, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  for (let j = 0; j < l.columns; j++) {
    const column = columnOf(l, j);
    x[j] /= column[j];
    for (let i = j + 1; i < x.length; i++) x[i] -= column[i] * x[j];
  }
  return x;
}
