/** The linear algebra of the X-ray against defining properties, and tails against printed tables. */
import { describe, expect, it } from 'vitest';
import { cholesky, solveLower } from '../../../src/core/inference/cholesky.js';
import { conditionOf } from '../../../src/core/inference/condition.js';
import { inverseOfSquare, solveUpper, triangularize } from '../../../src/core/inference/householder.js';
import {
  columnOf,
  fromColumns,
  inner,
  matrix,
  product,
  times,
  transposed,
} from '../../../src/core/inference/matrix.js';
import { nonNegativeSolution } from '../../../src/core/inference/nonNegative.js';
import { fTail, tTail } from '../../../src/core/inference/significance.js';
import { normal, uniform } from './synthetic.js';

const draw = normal(uniform(11));
const random = (rows: number, columns: number) =>
  matrix(rows, columns, Float64Array.from({ length: rows * columns }, draw));
const vector = (length: number) => Float64Array.from({ length }, draw);

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) expect(actual[i]).toBeCloseTo(expected[i], 10);
}

describe('least squares by reflections', () => {
  const a = random(12, 5);
  const y = vector(12);
  const { r, rotated } = triangularize(a, y);

  it('leaves a residual at right angles to every column', () => {
    const fitted = times(a, solveUpper(r, rotated));
    const residual = y.map((value, i) => value - fitted[i]);
    for (let j = 0; j < 5; j++) expect(inner(columnOf(a, j), residual)).toBeCloseTo(0, 10);
  });

  it('inverts the normal matrix', () => {
    const identity = product(inverseOfSquare(r), product(transposed(a), a));
    expectClose(
      identity.values,
      Float64Array.from({ length: 25 }, (_, k) => (k % 6 === 0 ? 1 : 0)),
    );
  });
});

describe('cholesky', () => {
  it('whitens: l^-1 a l^-T is the identity', () => {
    const b = random(9, 4);
    const a = product(transposed(b), b);
    const l = cholesky(a);
    expectClose(product(l, transposed(l)).values, a.values);
    expectClose(times(l, solveLower(l, [1, 2, 3, 4])), [1, 2, 3, 4]);
  });
});

describe('condition number', () => {
  it('is the ratio of singular values', () => {
    // A turn by 45 degrees of stretches 4 and 1.
    const half = Math.SQRT1_2;
    const a = fromColumns(2, [Float64Array.of(4 * half, half), Float64Array.of(-4 * half, half)]);
    expect(conditionOf(a).number).toBeCloseTo(4, 12);
  });

  it('is infinite when a column repeats another, and says which', () => {
    const a = random(8, 3);
    const repeated = fromColumns(8, [columnOf(a, 0), columnOf(a, 1), columnOf(a, 2), columnOf(a, 1)]);
    const { number, weakest } = conditionOf(triangularize(repeated, vector(8)).r);
    expect(number).toBe(Infinity);
    expectClose(weakest.map(Math.abs), [0, Math.SQRT1_2, 0, Math.SQRT1_2]);
  });
});

describe('least squares without negative unknowns', () => {
  it('satisfies the conditions of Kuhn and Tucker', () => {
    for (let seed = 0; seed < 50; seed++) {
      const { r, rotated } = triangularize(random(15, 8), vector(15));
      const x = nonNegativeSolution(r, rotated);
      const fitted = times(r, x);
      const residual = rotated.map((value, i) => value - fitted[i]);
      x.forEach((value, j) => {
        const slope = inner(columnOf(r, j), residual);
        expect(value).toBeGreaterThanOrEqual(0);
        if (value > 0) expect(slope).toBeCloseTo(0, 9);
        else expect(slope).toBeLessThan(1e-9);
      });
    }
  });

  it('is plain least squares when that is positive already', () => {
    const a = random(15, 4);
    const { r, rotated } = triangularize(a, times(a, [1, 2, 3, 4]));
    expectClose(nonNegativeSolution(r, rotated), [1, 2, 3, 4]);
  });
});

describe('tails', () => {
  // Two-sided critical values of Student's t, as printed in any table.
  it.each([
    [12.706, 1, 0.05],
    [2.228, 10, 0.05],
    [3.169, 10, 0.01],
    [3.646, 30, 0.001],
    [1.96, 1e7, 0.05],
  ])('of t: |t| >= %f with %d degrees of freedom has chance %f', (t, dof, chance) => {
    expect(tTail(t, dof) / chance).toBeCloseTo(1, 2);
    expect(tTail(-t, dof)).toBe(tTail(t, dof));
  });

  it.each([
    [3.33, 5, 10, 0.05],
    [4.1, 2, 10, 0.05],
    [2.71, 5, 20, 0.05],
    [4.1, 5, 20, 0.01],
  ])('of F: F >= %f with %d and %d has chance %f', (f, added, dof, chance) => {
    expect(fTail(f, added, dof) / chance).toBeCloseTo(1, 1);
  });

  it('are one at zero', () => {
    expect(tTail(0, 5)).toBe(1);
    expect(fTail(-1, 2, 5)).toBe(1);
  });
});
