/** Model markets of the literature: published series, published order of magnitude, scaling, and facts of real markets. */
import { describe, expect, test } from 'vitest';
import {
  brockHommes,
  chiarellaIori,
  CI2002,
  godeSunder,
  poissonBook,
  stylisedFacts,
} from '../../../src/core/index.js';
import {
  autocorrelation,
  correlation,
  excessKurtosis,
  hillIndex,
} from '../../../src/core/simulation/stylisedFacts.js';
import { below, drawFrom, normal, randomStream, uniform } from '../../../src/core/simulation/randomStream.js';
import { ACCEPTANCE } from '../acceptance.js';

describe('14: Brock and Hommes', () => {
  const { inputs, x_1_to_99: expected, tolerance } = ACCEPTANCE.brock_hommes_2type;
  const plan = {
    types: [
      { trend: 0, bias: 0, cost: inputs.C },
      { trend: inputs.g2, bias: 0, cost: 0 },
    ],
    gross: inputs.R,
    intensity: inputs.beta,
    before: [inputs.x_minus2, inputs.x_minus1],
    steps: 99,
  } as const;

  test('two types: all 99 published values', () => {
    const x = brockHommes(plan);
    expect(x).toHaveLength(expected.length);
    expected.forEach((value, i) => expect(Math.abs(x[i] - value)).toBeLessThan(tolerance));
  });

  test('four types stay at the fundamental value when nothing moves them, and are moved by noise', () => {
    // g and b of the paper's section 4.4, R 1.01.
    const types = [
      { trend: 0, bias: 0, cost: 0 },
      { trend: 0.9, bias: 0.2, cost: 0 },
      { trend: 0.9, bias: -0.2, cost: 0 },
      { trend: 1.01, bias: 0, cost: 0 },
    ];
    const four = { types, gross: 1.01, intensity: 10, before: [0, 0], steps: 50 } as const;
    for (const x of brockHommes(four)) expect(x).toBeCloseTo(0, 12);
    const random = randomStream(1, 9);
    const noise = Float64Array.from({ length: 50 }, () => 0.04 * normal(random));
    expect(Math.max(...brockHommes({ ...four, noise }).map(Math.abs))).toBeGreaterThan(0.04);
  });
});

test('15: random quotes that lose no money find at least 97 % of what there is to gain, 100 seeds', () => {
  // Six buyers and six sellers of four units each, worth or costing 1 to 200 at random.
  let total = 0;
  for (let seed = 0; seed < 100; seed++) {
    const random = randomStream(seed, 99);
    const units = (sign: number) =>
      Array.from({ length: 6 }, () =>
        Array.from({ length: 4 }, () => 1 + below(random, 200)).toSorted((a, b) => sign * (a - b)),
      );
    const [values, costs] = [units(-1), units(1)];
    const efficiency = godeSunder({ seed, values, costs, highest: 200, quotes: 5000 });
    expect(efficiency).toBeLessThanOrEqual(1);
    total += efficiency;
  }
  expect(total / 100).toBeGreaterThanOrEqual(0.97);
});

test('a book of constant rates scales as its dimensions say', () => {
  // Half as many limit orders per price: twice the spread and four times the diffusion, whatever the constants are.
  const plan = { seed: 1, limitRate: 0.01, marketRate: 1, cancelRate: 0.02, window: 1000, events: 200_000 };
  const dense = poissonBook(plan);
  const thin = poissonBook({ ...plan, limitRate: 0.005, window: 2000 });
  expect(thin.spread / dense.spread).toBeCloseTo(2, 0);
  expect(Math.abs(thin.spread / dense.spread - 2)).toBeLessThan(0.1);
  expect(Math.abs(thin.diffusion / dense.diffusion - 4)).toBeLessThan(0.4);
  // The same rates in half the time are the same book, twice as fast.
  const fast = poissonBook({ ...plan, limitRate: 0.02, marketRate: 2, cancelRate: 0.04 });
  expect(fast.spread).toBeCloseTo(dense.spread, 9);
  expect(fast.diffusion / dense.diffusion).toBeCloseTo(2, 9);
});

describe('an order-driven market with fundamentalists, chartists and noise in equal parts', () => {
  // Weights Exp(1) each, all else as in the reference run. Returns of the middle price: no bounce between bid and ask.
  const runs = [1, 2, 3].map((seed) => chiarellaIori({ ...CI2002, chartistWeight: 1, seed, steps: 60_000 }));
  test.each([0, 1, 2])('seed %#: the facts of Cont (2001) are in their bands', (i) => {
    const { middles, volumes } = runs[i];
    const returns = Float64Array.from({ length: middles.length - 1 }, (_, t) =>
      Math.log(middles[t + 1] / middles[t]),
    );
    const facts = stylisedFacts(returns, volumes.subarray(1));
    expect(Math.abs(facts.autocorrelation)).toBeLessThan(0.1);
    expect(facts.excessKurtosis).toBeGreaterThan(1);
    expect(facts.hill).toBeGreaterThan(2);
    expect(facts.hill).toBeLessThan(5);
    expect(Math.min(...facts.clustering)).toBeGreaterThan(0);
    expect(facts.decay).toBeGreaterThan(0.2);
    expect(facts.decay).toBeLessThan(0.4);
    expect(facts.volumeCorrelation).toBeGreaterThan(0);
    expect(facts.aggregatedKurtosis).toBeLessThan(facts.excessKurtosis);
  });

  test('the same seed gives the same bytes, another one does not', () => {
    const again = chiarellaIori({ ...CI2002, chartistWeight: 1, seed: 1, steps: 60_000 });
    expect(Buffer.from(again.prices.buffer).equals(Buffer.from(runs[0].prices.buffer))).toBe(true);
    expect(again.prices).not.toEqual(runs[1].prices);
  });
});

describe('the statistics', () => {
  const random = randomStream(5, 5);
  const independent = Float64Array.from({ length: 50_000 }, () => normal(random));

  test('of independent normals: no correlation, no excess of kurtosis', () => {
    expect(Math.abs(autocorrelation(independent, 1))).toBeLessThan(0.02);
    expect(Math.abs(excessKurtosis(independent))).toBeLessThan(0.1);
  });

  test('of a moving average: q / (1 + q^2)', () => {
    const moving = independent.map((x, i) => x + 0.5 * (independent[i - 1] ?? 0));
    expect(autocorrelation(moving, 1)).toBeCloseTo(0.4, 1);
  });

  test('of a Pareto tail: its index', () => {
    const pareto = Float64Array.from({ length: 50_000 }, () => uniform(random) ** (-1 / 3));
    expect(Math.abs(hillIndex(pareto, 0.05) - 3)).toBeLessThan(0.15);
  });

  test('of columns that are each other: 1 and -1', () => {
    expect(correlation(independent, independent)).toBeCloseTo(1, 12);
    expect(
      correlation(
        independent,
        independent.map((x) => -x),
      ),
    ).toBeCloseTo(-1, 12);
  });
});

test('a draw depends on its place and not on what was drawn before', () => {
  const stream = randomStream(7, 3);
  drawFrom(stream, 12);
  const first = [uniform(stream), normal(stream)];
  for (let i = 0; i < 9; i++) uniform(stream);
  drawFrom(stream, 12);
  expect([uniform(stream), normal(stream)]).toEqual(first);
  drawFrom(stream, 13);
  expect(uniform(stream)).not.toBe(first[0]);
});
