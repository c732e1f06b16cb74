/** Standard errors, conditional estimates and controls: 200 runs with seeds of their own against what each run says. */
import { describe, expect, test } from 'vitest';
import type { Estimate, NameDraws } from '../../../src/core/forecast/draws.js';
import { quantilesOf } from '../../../src/core/forecast/quantiles.js';
import { simulate } from '../../../src/core/forecast/simulate.js';
import { planOf, rowsOf, type Shape } from '../../conformance/plans.js';

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
  const all = Array.from({ length: RUNS }, (__, seed) =>
    simulate(plan, { seed, paths: 1024, samples: false }),
  );
  const runs = all.map((draws) => rowsOf(draws, plan));
  const rows = plan.ids
    .map((__, row) => row)
    .filter((row) => {
      const p = mean(runs.map((names) => names[row].inPlain.mean));
      return p > 0.03 && p < 0.97;
    });

  const capped = plan.ids
    .map((__, row) => row)
    .filter((row) => {
      const p = mean(runs.map((names) => names[row].cappedPlain.mean));
      return p > 0.03 && p < 0.97;
    });

  test('there are names whose membership is open, and whose cap is', () => {
    expect(rows.length).toBeGreaterThan(3);
    expect(capped.length).toBeGreaterThan(0);
  });

  test.each([
    ['being in, as a share of the paths', (name: NameDraws) => name.inPlain, rows],
    ['being in, conditional', (name: NameDraws) => name.in, rows],
    ['the flow', (name: NameDraws) => name.flowPlain, rows],
    ['the flow with its companions taken out', (name: NameDraws) => name.flow, rows],
    ['the shares', (name: NameDraws) => name.shares, rows],
    ['the single cap, conditional', (name: NameDraws) => name.capped, capped],
  ])('the standard error of %s is the spread of the runs', (_name, estimate, of) => {
    for (const row of of) {
      const spread = variance(runs.map((names) => estimate(names[row]).mean));
      const said = mean(runs.map((names) => estimate(names[row]).error ** 2));
      if (said === 0) {
        expect(spread).toBe(0);
        continue;
      }
      // A variance of 200 runs over its expectation has standard deviation sqrt(2 / 199) = 0.1; here 5 of them.
      expect(Math.abs(spread / said - 1), `row ${row}: ${spread} against ${said}`).toBeLessThan(0.5);
    }
  });

  test('probabilities add up to the seats, the conditional ones within their noise, and mean flows to nothing', () => {
    all.forEach(({ seats }, run) => {
      const total = (of: (name: NameDraws) => number): number =>
        runs[run].reduce((sum, name) => sum + of(name), 0);
      expect(total((name) => name.inPlain.mean)).toBeCloseTo(seats, 9);
      expect(Math.abs(total((name) => name.in.mean) - seats)).toBeLessThan(
        4 * total((name) => name.in.error) + 1e-9,
      );
      expect(Math.abs(total((name) => name.flowPlain.mean))).toBeLessThan(1e-9 * plan.assets);
    });
  });

  test('conditional and controlled estimates mean the same as the plain ones', () => {
    // Names seen in and out a few hundred times: with fewer, the plain mean is no normal to compare with.
    for (const row of plan.ids.keys()) {
      const p = mean(runs.map((names) => names[row].inPlain.mean));
      if (p < 0.002 || p > 0.998) continue;
      sameMean(runs, (names) => [names[row].in, names[row].inPlain]);
      sameMean(runs, (names) => [names[row].flow, names[row].flowPlain]);
    }
    for (const row of capped) {
      sameMean(runs, (names) => [names[row].capped, names[row].cappedPlain]);
    }
  });

  test('conditioning takes most of the variance away, controls some, and neither adds any', () => {
    const ratio =
      (plain: (name: NameDraws) => Estimate, better: (name: NameDraws) => Estimate) => (row: number) =>
        variance(runs.map((names) => plain(names[row]).mean)) /
        variance(runs.map((names) => better(names[row]).mean));
    const members = rows.map(
      ratio(
        (name) => name.inPlain,
        (name) => name.in,
      ),
    );
    const flows = rows.map(
      ratio(
        (name) => name.flowPlain,
        (name) => name.flow,
      ),
    );
    for (const found of [...members, ...flows]) expect(found).toBeGreaterThan(0.95);
    expect(median(members)).toBeGreaterThan(shape.tailDegrees === Infinity ? 3 : 2);
    expect(median(flows)).toBeGreaterThan(1.5);
  });
});

test('quantiles are those of the sorted list', () => {
  expect(quantilesOf(new Float64Array(0), [0.5])).toEqual([Number.NaN]);
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
function sameMean(runs: readonly NameDraws[][], pair: (names: NameDraws[]) => [Estimate, Estimate]): void {
  const differences = runs.map(pair).map(([a, b]) => a.mean - b.mean);
  const error = Math.sqrt(variance(differences) / runs.length);
  expect(Math.abs(mean(differences))).toBeLessThanOrEqual(5 * error + 1e-9 * Math.abs(pair(runs[0])[1].mean));
}
