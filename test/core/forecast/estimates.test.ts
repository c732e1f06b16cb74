/** Standard errors, conditional estimates and controls: 200 runs with seeds of their own against what each run says. */
import { describe, expect, test } from 'vitest';
import type { Estimates, ForecastDraws } from '../../../src/core/forecast/draws.js';
import { quantilesOf } from '../../../src/core/forecast/quantiles.js';
import { simulate } from '../../../src/core/forecast/simulate.js';
import { planOf, type Shape } from '../../conformance/plans.js';

const RUNS = 200;
const SHAPE: Shape = {
  seed: 12,
  names: 90,
  seats: 'keep-first',
  caps: 1,
  limit: 3,
  known: 0,
  doubt: true,
  sectors: 2,
  tailDegrees: Infinity,
  volatility: 0.03,
  enter: -2,
  keep: 2,
  horizon: { average: 8, pricingOnAverage: 12, pricing: 5, swap: 2.2 },
};

describe.each([
  ['newcomers after members, measures log-normal', SHAPE],
  ['newcomers first, half of each measure known', { ...SHAPE, seats: 'enter-first', known: 0.5 } as Shape],
  ['fat tails', { ...SHAPE, tailDegrees: 5, limit: Infinity } as Shape],
])('%s', (_, shape) => {
  const plan = planOf(shape);
  const runs = Array.from({ length: RUNS }, (__, seed) => simulate(plan, { seed, paths: 1024 }));
  const rows = plan.ids
    .map((__, row) => row)
    .filter((row) => {
      const p = mean(runs.map(({ inIndex }) => inIndex.mean[row]));
      return p > 0.03 && p < 0.97;
    });

  const capped = plan.ids
    .map((__, row) => row)
    .filter((row) => {
      const p = mean(runs.map(({ caps }) => caps[0].bound.mean[row]));
      return p > 0.03 && p < 0.97;
    });

  test('there are names whose membership is open, and whose cap is', () => {
    expect(rows.length).toBeGreaterThan(3);
    expect(capped.length).toBeGreaterThan(0);
  });

  test.each([
    ['inIndex', (draws: ForecastDraws) => draws.inIndex],
    ['inIndexConditional', (draws: ForecastDraws) => draws.inIndexConditional],
    ['flow', (draws: ForecastDraws) => draws.flow],
    ['flowControlled', (draws: ForecastDraws) => draws.flowControlled],
    ['bound by the single cap, conditional', (draws: ForecastDraws) => draws.caps[0].boundConditional],
  ])(
    'the standard error of %s is the spread of the runs',
    (name, estimates: (draws: ForecastDraws) => Estimates) => {
      for (const row of name.startsWith('bound') ? capped : rows) {
        const spread = variance(runs.map((draws) => estimates(draws).mean[row]));
        const said = mean(runs.map((draws) => estimates(draws).standardError[row] ** 2));
        if (said === 0) {
          expect(spread).toBe(0);
          continue;
        }
        // A variance of 200 runs over its expectation has standard deviation sqrt(2 / 199) = 0.1; here 5 of them.
        expect(Math.abs(spread / said - 1), `row ${row}: ${spread} against ${said}`).toBeLessThan(0.5);
      }
    },
  );

  test('conditional and controlled estimates mean the same as the plain ones', () => {
    // Names seen in and out a few hundred times: with fewer, the plain mean is no normal to compare with.
    for (const row of plan.ids.keys()) {
      const p = mean(runs.map(({ inIndex }) => inIndex.mean[row]));
      if (p < 0.002 || p > 0.998) continue;
      sameMean(runs, (draws) => [draws.inIndexConditional.mean[row], draws.inIndex.mean[row]]);
      sameMean(runs, (draws) => [draws.flowControlled.mean[row], draws.flow.mean[row]]);
    }
    for (const row of capped) {
      sameMean(runs, (draws) => [draws.caps[0].boundConditional.mean[row], draws.caps[0].bound.mean[row]]);
    }
  });

  test('conditioning takes most of the variance away, controls some, and neither adds any', () => {
    const ratio =
      (plain: (d: ForecastDraws) => Estimates, better: (d: ForecastDraws) => Estimates) => (row: number) =>
        variance(runs.map((d) => plain(d).mean[row])) / variance(runs.map((d) => better(d).mean[row]));
    const members = rows.map(
      ratio(
        (d) => d.inIndex,
        (d) => d.inIndexConditional,
      ),
    );
    const flows = rows.map(
      ratio(
        (d) => d.flow,
        (d) => d.flowControlled,
      ),
    );
    for (const found of [...members, ...flows]) expect(found).toBeGreaterThan(0.95);
    expect(median(members)).toBeGreaterThan(shape.tailDegrees === Infinity ? 3 : 2);
    expect(median(flows)).toBeGreaterThan(1.5);
  });
});

test('quantiles are those of the sorted list', () => {
  const lists = [
    [3],
    [1, 2],
    [5, 5, 5, 5],
    [-1e-300, 0, 1e300],
    Array.from({ length: 999 }, (_, i) => Math.sin(i) ** 3),
  ];
  for (const list of lists) {
    const sorted = list.toSorted((a, b) => a - b);
    for (const p of [0, 0.05, 0.25, 0.5, 0.77, 1]) {
      const position = p * (list.length - 1);
      const below = Math.floor(position);
      const above = Math.min(below + 1, list.length - 1);
      const expected = sorted[below] + (position - below) * (sorted[above] - sorted[below]);
      expect(quantilesOf(Float64Array.from(list), [p, 0.5])[0]).toBeCloseTo(expected, 12);
    }
  }
});

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1];

/** The differences of the runs have mean 0, within 5 of their standard errors. */
function sameMean(runs: readonly ForecastDraws[], pair: (draws: ForecastDraws) => [number, number]): void {
  const differences = runs.map(pair).map(([a, b]) => a - b);
  const error = Math.sqrt(variance(differences) / runs.length);
  expect(Math.abs(mean(differences))).toBeLessThanOrEqual(5 * error + 1e-9 * Math.abs(pair(runs[0])[1]));
}
