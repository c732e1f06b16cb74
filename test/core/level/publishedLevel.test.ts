/** Rounding of what is published. */
import { expect, test } from 'vitest';
import { publishedLevels, roundHalfAway } from '../../../src/core/index.js';

test.each([
  [1028.01923, 3, 1028.019],
  [1028.0195, 3, 1028.02],
  [2.675, 2, 2.68],
  [1.005, 2, 1.01],
  [0.5, 0, 1],
  [-0.5, 0, -1],
  [-2.675, 2, -2.68],
  [-2.674, 2, -2.67],
  [1e-9, 4, 0],
  [1e21, 3, 1e21],
  [3299.06, 2, 3299.06],
])('%d to %d decimals is %d', (value, decimals, rounded) => {
  expect(roundHalfAway(value, decimals)).toBe(rounded);
});

test('a missing level stays missing', () => {
  expect([...publishedLevels(Float64Array.of(1.23456, Number.NaN), 3)]).toEqual([1.235, Number.NaN]);
});
