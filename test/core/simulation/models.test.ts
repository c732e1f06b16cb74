/** Model markets of the literature: published series, published order of magnitude, scaling, and facts of real markets. */
import { describe, expect, test } from 'vitest';
import {
  brockHommes,
  chiarellaIori,
  CI2002,
  FACT_BANDS,
  FCN_VALIDATION,
  GODE_SUNDER_MARKETS,
  GODE_SUNDER_PRICES,
  godeSunder,
  insideBand,
  poissonBook,
  referenceFacts,
  type FactName,
  type StylisedFacts,
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

describe('15: Gode and Sunder', () => {
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

  /** Gains of every pair in order of value and cost, until a pair would lose. */
  function equilibrium(market: number): { gains: number; volume: number; price: readonly [number, number] } {
    const { values, costs } = GODE_SUNDER_MARKETS[market - 1];
    const [v, c] = [values.flat().toSorted((a, b) => b - a), costs.flat().toSorted((a, b) => a - b)];
    const pairs = v.map((value, i) => value - (c[i] ?? value));
    const count = pairs.filter((gain) => gain >= 0).length;
    const price = [Math.max(c[count - 1], v[count] ?? 0), Math.min(v[count - 1], c[count] ?? 999)] as const;
    return { gains: sum(pairs.slice(0, count)), volume: pairs.filter((gain) => gain > 0).length, price };
  }

  test('the schedules have the prices, volumes and traders that the paper names', () => {
    for (const { values, costs } of GODE_SUNDER_MARKETS) {
      expect([values.length, costs.length]).toEqual([6, 6]);
      values.forEach((units) => expect(units).toEqual(units.toSorted((a, b) => b - a)));
      costs.forEach((units) => expect(units).toEqual(units.toSorted((a, b) => a - b)));
    }
    expect(equilibrium(2).price).toEqual([69, 69]);
    expect(equilibrium(4).price).toEqual([170, 170]);
    expect(equilibrium(1).volume).toBe(24);
    expect(equilibrium(3).volume).toBe(6);
  });

  test.each([1, 2, 3, 4])('market %i: all units traded are the share of the gains in table 2', (market) => {
    const { values, costs, published } = GODE_SUNDER_MARKETS[market - 1];
    const share = (sum(values.flat()) - sum(costs.flat())) / equilibrium(market).gains;
    expect(Math.abs(100 * share - published.unconstrained)).toBeLessThan(0.05);
    const plan = { values, costs, highest: GODE_SUNDER_PRICES, quotes: 20_000, constrained: false };
    expect(godeSunder({ ...plan, seed: 1 })).toBeCloseTo(share, 12);
  });

  // 100 seeds of one period each; 5,000 quotes are enough for nearly all that can be traded, 20,000 for all of it.
  const efficiency = (market: number, quotes: number, runs: number): number => {
    const { values, costs } = GODE_SUNDER_MARKETS[market - 1];
    const plan = { values, costs, highest: GODE_SUNDER_PRICES, quotes };
    return (100 * sum(Array.from({ length: runs }, (_, seed) => godeSunder({ ...plan, seed })))) / runs;
  };

  test.each([1, 2, 3, 4])('market %i: 100 seeds find at least 97 %% of the gains on average', (market) => {
    expect(efficiency(market, 5000, 100)).toBeGreaterThanOrEqual(97);
  });

  test('the five markets together do, and each is near its row of table 2', () => {
    const found = GODE_SUNDER_MARKETS.map((_, i) => efficiency(i + 1, 5000, 100));
    expect(sum(found) / 5).toBeGreaterThanOrEqual(97);
    // Table 2: 99.9, 99.2, 99.0, 98.2, 97.1.
    found.forEach((percent, i) =>
      expect(Math.abs(percent - GODE_SUNDER_MARKETS[i].published.constrained)).toBeLessThan(1.5),
    );
  });

  test('random valuations, 100 seeds: at least 97 % on average', () => {
    // Six buyers and six sellers of four units each, worth or costing 1 to 200. Fewer units find less, docs/rehearsal.md.
    const found = Array.from({ length: 100 }, (_, seed) => {
      const random = randomStream(seed, 99);
      const units = (sign: number): number[][] =>
        Array.from({ length: 6 }, () =>
          Array.from({ length: 4 }, () => 1 + below(random, 200)).toSorted((a, b) => sign * (a - b)),
        );
      const [values, costs] = [units(-1), units(1)];
      return godeSunder({ seed, values, costs, highest: 200, quotes: 5000 });
    });
    expect(Math.max(...found)).toBeLessThanOrEqual(1);
    expect(sum(found) / 100).toBeGreaterThanOrEqual(0.97);
  });
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

const insideOf = (facts: StylisedFacts): FactName[] =>
  FACT_BANDS.filter((band) => insideBand(band, band.of(facts))).map(({ fact }) => fact);

describe('order-driven markets in published settings', () => {
  // The manual of PAMS, "Stylized facts": least and most of 240 runs, 20,000 steps each.
  const PUBLISHED = {
    count: [7500, 8500],
    excessKurtosis: [5.8, 30.3],
    hill: [1.72, 3.25],
    largest: [0.024, 0.067],
    first: [0.144, 0.24],
    mean: [0.034, 0.077],
  } as const;
  const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1];
  const runs = Array.from({ length: 9 }, (_, seed) => referenceFacts('pams-validation', seed));

  test('PAMS validation: heavy tails, clustered volatility, no linear autocorrelation, nearer to normal when summed', () => {
    for (const facts of runs) {
      const inside = insideOf(facts);
      for (const fact of ['autocorrelation', 'excessKurtosis', 'aggregation', 'clustering'] as const)
        expect(inside).toContain(fact);
    }
    expect(median(runs.map(({ hill }) => hill))).toBeGreaterThan(2);
    expect(median(runs.map(({ hill }) => hill))).toBeLessThan(5);
  });

  test('the sizes of its returns forget within twenty steps: the memory of real markets is not there', () => {
    // The manual says after 4 to 14 lags.
    for (const { clustering, count } of runs) {
      const chance = clustering.findIndex((value) => value < 1.96 / Math.sqrt(count)) + 1;
      expect(chance).toBeGreaterThanOrEqual(4);
      expect(chance).toBeLessThanOrEqual(14);
    }
  });

  test('its statistics lie where PAMS found them', () => {
    const seen = runs.map(({ count, excessKurtosis: kurtosis, hill, clustering }) => ({
      count,
      excessKurtosis: kurtosis,
      hill,
      first: clustering[0],
      mean: clustering.slice(0, 10).reduce((sum, value) => sum + value, 0) / 10,
    }));
    for (const run of seen)
      for (const [name, value] of Object.entries(run)) {
        const [least, most] = PUBLISHED[name as keyof typeof PUBLISHED];
        expect(value, name).toBeGreaterThanOrEqual(least);
        expect(value, name).toBeLessThanOrEqual(most);
      }
    // Medians 12.5, 2.51, 0.185, 0.053 there.
    expect(Math.abs(median(seen.map(({ hill }) => hill)) - 2.51)).toBeLessThan(0.3);
    expect(Math.abs(median(seen.map(({ first }) => first)) - 0.185)).toBeLessThan(0.03);
    expect(Math.abs(median(seen.map(({ mean }) => mean)) - 0.053)).toBeLessThan(0.01);
    const { prices } = chiarellaIori({ ...FCN_VALIDATION, seed: 0, steps: 20_000 });
    const changed = prices.filter((price, step) => step === 0 || price !== prices[step - 1]);
    const returns = Float64Array.from({ length: changed.length - 1 }, (_, i) =>
      Math.log(changed[i + 1] / changed[i]),
    );
    const lags = Array.from({ length: 20 }, (_, i) => Math.abs(autocorrelation(returns, i + 1)));
    expect(Math.max(...lags)).toBeLessThan(PUBLISHED.largest[1]);
  });

  test('its sample CI2002 is outside where PAMS says it is: bounce of -0.44, thin tails', () => {
    for (const seed of [0, 1, 2]) {
      const facts = referenceFacts('pams-sample', seed);
      expect(Math.abs(facts.autocorrelation + 0.44)).toBeLessThan(0.05);
      expect(facts.excessKurtosis).toBeLessThan(1.7);
      expect(facts.hill).toBeGreaterThan(5);
      expect(facts.hill).toBeLessThan(7.2);
    }
  });
});

describe('an order-driven market with fundamentalists, chartists and noise in equal parts', () => {
  // The setting was chosen among six with the bands in view. Over 40 seeds: no linear correlation in 31, decay in 20, the rest
  // in 39 or 40; all at once in 18.
  test('heavy tails, clustering with a long memory, volume that goes with movement; the rest not for every seed', () => {
    const seeds = Array.from({ length: 8 }, (_, i) => insideOf(referenceFacts('equal-parts', i + 1)));
    for (const inside of seeds)
      for (const fact of [
        'excessKurtosis',
        'tailIndex',
        'aggregation',
        'clustering',
        'memory',
        'volume',
      ] as const)
        expect(inside).toContain(fact);
    const share = (fact: FactName): number => seeds.filter((inside) => inside.includes(fact)).length / 8;
    expect(share('autocorrelation')).toBeGreaterThanOrEqual(0.5);
    expect(share('decay')).toBeLessThan(1);
  });

  test('the same seed gives the same bytes, another one does not', () => {
    const [first, again, other] = [1, 1, 2].map(
      (seed) =>
        chiarellaIori({ ...CI2002, chartistWeight: 1, untraded: 'middle', seed, steps: 20_000 }).prices,
    );
    expect(Buffer.from(again.buffer).equals(Buffer.from(first.buffer))).toBe(true);
    expect(other).not.toEqual(first);
  });
});

test('the market of rehearsals: heavy tails and volume that goes with movement, but prices that go back', () => {
  const facts = referenceFacts('rehearsal-short', 1);
  const inside = insideOf(facts);
  for (const fact of [
    'excessKurtosis',
    'tailIndex',
    'aggregation',
    'clustering',
    'memory',
    'volume',
  ] as const)
    expect(inside).toContain(fact);
  // Said in docs/rehearsal.md: over twenty events returns are correlated by about -0.26.
  expect(facts.autocorrelation).toBeLessThan(-0.2);
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
