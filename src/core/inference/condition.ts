/**
 * How well equations tell their unknowns apart: singular values of a triangle by one-sided Jacobi rotations
 * (Hestenes, 1958), which stay accurate to the smallest one.
 */
import { columnOf, inner, matrix, norm, type Matrix } from './matrix.js';

export interface Condition {
  /** Largest over smallest singular value; Infinity when a combination of unknowns changes nothing. */
  readonly number: number;
  /** The combination of unknowns the equations tell least about, length 1. */
  readonly weakest: Float64Array;
}

const SWEEPS = 60;

export function conditionOf(r: Matrix): Condition {
  const n = r.columns;
  const u = matrix(n, n, r.values.slice());
  const v = matrix(n, n);
  for (let j = 0; j < n; j++) v.values[j * n + j] = 1;
  const [images, directions] = [u, v].map((a) => Array.from({ length: n }, (_, j) => columnOf(a, j)));
  for (let sweep = 0; sweep < SWEEPS; sweep++) if (!rotateAll(images, directions)) break;
  const lengths = images.map(norm);
  const smallest = lengths.indexOf(Math.min(...lengths));
  const largest = Math.max(...lengths);
  // Below the rounding of the largest a singular value is zero.
  const zero = largest * n * Number.EPSILON;
  return {
    number: lengths[smallest] <= zero ? Infinity : largest / lengths[smallest],
    weakest: directions[smallest].slice(),
  };
}

/** One sweep over all pairs of columns; whether any was turned. */
function rotateAll(images: readonly Float64Array[], directions: readonly Float64Array[]): boolean {
  let turned = false;
  for (let p = 0; p < images.length; p++) {
    for (let q = p + 1; q < images.length; q++) {
      const alpha = inner(images[p], images[p]);
      const beta = inner(images[q], images[q]);
      const gamma = inner(images[p], images[q]);
      if (Math.abs(gamma) <= 1e-15 * Math.sqrt(alpha * beta)) continue;
      turned = true;
      const zeta = (beta - alpha) / (2 * gamma);
      const tan = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
      const cos = 1 / Math.sqrt(1 + tan * tan);
      rotate(images[p], images[q], cos, cos * tan);
      rotate(directions[p], directions[q], cos, cos * tan);
    }
  }
  return turned;
}

function rotate(a: Float64Array, b: Float64Array, cos: number, sin: number): void {
  for (let i = 0; i < a.length; i++) {
    const x = a[i];
    a[i] = cos * x - sin * b[i];
    b[i] = sin * x + cos * b[i];
  }
}
