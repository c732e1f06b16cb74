/** Scores against their closed forms. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { brier, calibration, crps, logScore } from '../../../src/core/index.js';
import { cdfOf, normalTables } from '../../../src/core/forecast/normal.js';

const { cdf } = normalTables();

it('the Brier and the log score of a coin', () => {
  expect(brier(0.7, true)).toBeCloseTo(0.09, 12);
  expect(brier(0.7, false)).toBeCloseTo(0.49, 12);
  expect(logScore(0.5, true)).toBeCloseTo(Math.log(2), 12);
  // Certainty is not believed beyond the floor.
  expect(logScore(0, true)).toBeCloseTo(-Math.log(0.002), 12);
});

it('CRPS of one value is the absolute error', () => {
  expect(crps([3], 5)).toBe(2);
});

it('CRPS of a sample is E|X - y| - E|X - X| / 2, pair by pair', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 30 }),
      fc.double({ min: -100, max: 100, noNaN: true }),
      (samples, y) => {
        const n = samples.length;
        const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
        const pairs = samples.flatMap((a) => samples.map((b) => Math.abs(a - b)));
        expect(crps(samples, y)).toBeCloseTo(mean(samples.map((x) => Math.abs(x - y))) - mean(pairs) / 2, 9);
        expect(crps(samples, y)).toBeGreaterThanOrEqual(-1e-9 * n);
      },
    ),
  );
});

it('CRPS of many quantiles of a normal is the closed form', () => {
  // Gneiting and Raftery (2007), section 4.2: sigma (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)).
  const quantile = (p: number): number => {
    let [low, high] = [-9, 9];
    for (let i = 0; i < 100; i++)
      [low, high] = cdfOf(cdf, (low + high) / 2) < p ? [(low + high) / 2, high] : [low, (low + high) / 2];
    return low;
  };
  const samples = Array.from({ length: 4000 }, (_, i) => 10 + 2 * quantile((i + 0.5) / 4000));
  for (const y of [6, 10, 13]) {
    const z = (y - 10) / 2;
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    const closed = 2 * (z * (2 * cdfOf(cdf, z) - 1) + 2 * density - 1 / Math.sqrt(Math.PI));
    expect(Math.abs(crps(samples, y) - closed)).toBeLessThan(2e-3);
  }
});

it('a calibration table counts what happened in each bin', () => {
  const forecasts = [0.05, 0.05, 0.6, 0.65, 1].map((p, i) => ({ p, happened: i >= 3 }));
  expect(calibration(forecasts, [0, 0.5, 1])).toEqual([
    { from: 0, to: 0.5, forecasts: 2, meanForecast: 0.05, happened: 0 },
    { from: 0.5, to: 1, forecasts: 3, meanForecast: 0.75, happened: 2 / 3 },
  ]);
});
