/** Dense matrices for a few dozen members: flat, column-major, nothing more than the X-ray needs. */
import { assert } from '../base/errors.js';

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Entry (i, j) stands at j * rows + i. */
  readonly values: Float64Array;
}

export function matrix(rows: number, columns: number, values?: Float64Array): Matrix {
  const held = values ?? new Float64Array(rows * columns);
  assert(held.length === rows * columns, 'a matrix holds rows x columns values');
  return { rows, columns, values: held };
}

/** Column j as a view; writing to it writes to the matrix. */
export const columnOf = ({ rows, values }: Matrix, j: number): Float64Array =>
  values.subarray(j * rows, (j + 1) * rows);

export const fromColumns = (rows: number, columns: readonly Float64Array[]): Matrix => {
  const result = matrix(rows, columns.length);
  columns.forEach((column, j) => columnOf(result, j).set(column));
  return result;
};

/** a x, length a.rows. */
export function times(a: Matrix, x: ArrayLike<number>): Float64Array {
  assert(x.length === a.columns, 'matrix and vector agree');
  const result = new Float64Array(a.rows);
  for (let j = 0; j < a.columns; j++) addScaled(result, columnOf(a, j), x[j]);
  return result;
}

/** a b, a.rows x b.columns. */
export function product(a: Matrix, b: Matrix): Matrix {
  return fromColumns(
    a.rows,
    Array.from({ length: b.columns }, (_, j) => times(a, columnOf(b, j))),
  );
}

export function transposed(a: Matrix): Matrix {
  const result = matrix(a.columns, a.rows);
  for (let j = 0; j < a.columns; j++) {
    for (let i = 0; i < a.rows; i++) result.values[i * a.columns + j] = a.values[j * a.rows + i];
  }
  return result;
}

/** target += factor x source, in place. */
export function addScaled(target: Float64Array, source: ArrayLike<number>, factor: number): void {
  if (factor === 0) return;
  for (let i = 0; i < target.length; i++) target[i] += factor * source[i];
}

export function inner(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}

export const norm = (a: ArrayLike<number>): number => Math.sqrt(inner(a, a));

/** x' a x of a square matrix. */
export const quadratic = (a: Matrix, x: ArrayLike<number>): number => inner(x, times(a, x));
