/**
 * What must hold for every market and every cap: random heavy-tailed markets of 13 to 300 members under random caps
 * that can be met. Two weights closer than 1e-12 are the same weight, as everywhere in the capping rules.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal, type NamedCap } from '../../src/core/index.js';
import {
  aboveSum,
  allClose,
  byBisection,
  largest,
  single,
  topK,
  TOP_K_READINGS,
  total,
  weigh,
  type TopKReading,
} from '../core/weighting/caps.js';

const EPSILON = 1e-12;
const RUNS = { numRuns: 400 };

/**
 * Market values with a Pareto tail: the exponent decides how much the largest dominate, up to 100,000 times the
 * smallest. (Wider spreads by example in core/weighting.)
 */
const market = fc
  .record({
    uniforms: fc.array(fc.double({ min: 1e-4, max: 1, noNaN: true }), { minLength: 13, maxLength: 300 }),
    exponent: fc.double({ min: 0.8, max: 3, noNaN: true }),
    scale: fc.constantFrom(1e-6, 1, 1e9, 1e12),
  })
  .map(({ uniforms, exponent, scale }) => uniforms.map((u) => scale * u ** (-1 / exponent)));

/**
 * From the smallest that n members can meet to one; that smallest itself, or clearly above it: a hair (1e-12) above,
 * rounding decides who is at the cap.
 */
const between = (smallest: number, t: number): number =>
  t < 1e-3 ? smallest : Math.min(1, smallest + t ** 2 * (1 - smallest));

interface Joint {
  readonly values: number[];
  readonly cap: number;
  readonly k: number;
  readonly limit: number;
}
/** A market with a single cap and a limit on the k largest, both of which can be met. */
const joint = fc
  .record({
    values: market,
    capAt: fc.double({ min: 0, max: 1, noNaN: true }),
    k: fc.integer({ min: 1, max: 10 }),
    limitAt: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ values, capAt, k, limitAt }): Joint => ({
    values,
    cap: between(1 / values.length, capAt),
    k,
    limit: between(k / values.length, limitAt),
  }));

const sumsToOne = (weights: readonly number[]): boolean => Math.abs(total(weights) - 1) < EPSILON;

/** Nobody passes a larger member, and of two equal members the one with the lower code is not the smaller. */
function orderIsKept(values: readonly number[], weights: readonly number[]): boolean {
  const rows = values.map((_, i) => i).sort((a, b) => values[b] - values[a] || a - b);
  return rows.every((row, i) => i === 0 || weights[row] <= weights[rows[i - 1]] + EPSILON);
}

function shuffled(length: number, seed: number): number[] {
  const rows = Array.from({ length }, (_, i) => i);
  let state = seed;
  for (let i = length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = state % (i + 1);
    [rows[i], rows[j]] = [rows[j], rows[i]];
  }
  return rows;
}

/** Weights of rows given in any order: sorted by code as the engine wants them, and back. */
function weighRows(ids: readonly number[], values: readonly number[], caps: NamedCap[]): Map<number, number> {
  const rows = ids.map((id, i) => ({ id, value: values[i] })).sort((a, b) => a.id - b.id);
  const weights = weigh(
    rows.map((row) => row.value),
    ...caps,
  );
  return new Map(rows.map((row, i) => [row.id, weights[i]]));
}

/** What every way of weighing must keep; `caps` are the rules for a market. */
function invariants(
  name: string,
  capsFor: (joint: Joint) => NamedCap[],
  ceiling: (joint: Joint) => number,
): void {
  describe(name, () => {
    it('weights sum to one, none above the cap, order kept', () => {
      fc.assert(
        fc.property(joint, (input) => {
          const weights = weigh(input.values, ...capsFor(input));
          expect(sumsToOne(weights)).toBe(true);
          expect(weights.every((weight) => weight > 0 && weight <= ceiling(input) + EPSILON)).toBe(true);
          expect(orderIsKept(input.values, weights)).toBe(true);
        }),
        RUNS,
      );
    });

    it('capping twice is capping once', () => {
      fc.assert(
        fc.property(joint, (input) => {
          const once = weigh(input.values, ...capsFor(input));
          expect(allClose(weigh(once, ...capsFor(input)), once, EPSILON)).toBe(true);
        }),
        RUNS,
      );
    });

    it('the order in which rows arrive does not matter', () => {
      fc.assert(
        fc.property(joint, fc.integer({ min: 1 }), (input, seed) => {
          const ids = input.values.map((_, i) => i);
          const order = shuffled(ids.length, seed);
          const sorted = weighRows(ids, input.values, capsFor(input));
          const mixed = weighRows(
            order,
            order.map((i) => input.values[i]),
            capsFor(input),
          );
          expect(mixed).toEqual(sorted);
        }),
        { numRuns: 100 },
      );
    });

    it('other codes for the same values give the same weights', () => {
      fc.assert(
        fc.property(joint, fc.integer({ min: 1 }), (input, seed) => {
          // Without ties a code carries no weight: distinct values, then a permutation of the rows themselves.
          const values = input.values.map((value, i) => value * (1 + i * 1e-9));
          const order = shuffled(values.length, seed);
          const straight = weigh(values, ...capsFor(input));
          const permuted = weigh(
            order.map((i) => values[i]),
            ...capsFor(input),
          );
          expect(
            allClose(
              permuted,
              order.map((i) => straight[i]),
              EPSILON,
            ),
          ).toBe(true);
        }),
        RUNS,
      );
    });

    it('ties fall the same way every time, to the lower code', () => {
      fc.assert(
        fc.property(joint, fc.integer({ min: 2, max: 6 }), (input, levels) => {
          // Few distinct values, so that ties cross every boundary.
          const values = input.values.map((_, i) => 3 ** (i % levels));
          const weights = weigh(values, ...capsFor(input));
          expect(weigh(values, ...capsFor(input))).toEqual(weights);
          expect(orderIsKept(values, weights)).toBe(true);
          expect(sumsToOne(weights)).toBe(true);
        }),
        RUNS,
      );
    });

    it('the unit of the values does not matter', () => {
      fc.assert(
        fc.property(joint, fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (input, factor) => {
          const weights = weigh(input.values, ...capsFor(input));
          const scaled = weigh(
            input.values.map((value) => value * factor),
            ...capsFor(input),
          );
          expect(allClose(scaled, weights, EPSILON)).toBe(true);
        }),
        RUNS,
      );
    });
  });
}

invariants(
  'single cap',
  ({ cap }) => [single(cap)],
  ({ cap }) => cap,
);
for (const reading of TOP_K_READINGS) {
  invariants(
    `single cap and ${reading}`,
    ({ cap, k, limit }) => [single(cap), topK(k, limit, reading)],
    ({ cap }) => cap,
  );
  invariants(
    `${reading} alone`,
    ({ k, limit }) => [topK(k, limit, reading)],
    () => 1,
  );
}

it('the single cap is the water level found by bisection', () => {
  fc.assert(
    fc.property(joint, ({ values, cap }) => {
      expect(allClose(weigh(values, single(cap)), byBisection(values, cap), 1e-10)).toBe(true);
    }),
    RUNS,
  );
});

describe.each(TOP_K_READINGS)('%s', (reading: TopKReading) => {
  it('the k largest are within the limit', () => {
    fc.assert(
      fc.property(joint, ({ values, cap, k, limit }) => {
        for (const caps of [[single(cap), topK(k, limit, reading)], [topK(k, limit, reading)]]) {
          expect(total(largest(weigh(values, ...caps), k))).toBeLessThanOrEqual(limit + EPSILON);
        }
      }),
      RUNS,
    );
  });

  it('a limit that does not bind leaves the single cap alone; one that binds is used in full', () => {
    fc.assert(
      fc.property(joint, ({ values, cap, k, limit }) => {
        const before = weigh(values, single(cap));
        const after = weigh(values, single(cap), topK(k, limit, reading));
        const sumBefore = total(largest(before, k));
        if (sumBefore <= limit) expect(after).toEqual(before);
        else expect(Math.abs(total(largest(after, k)) - limit)).toBeLessThan(1e-9);
      }),
      RUNS,
    );
  });
});

it('waterline is the ceiling found by bisection on the limit itself', () => {
  fc.assert(
    fc.property(joint, ({ values, k, limit }) => {
      const plain = values.map((value) => value / total(values));
      if (total(largest(plain, k)) <= limit) return;
      let low = 1 / values.length;
      let high = 1;
      for (let i = 0; i < 100; i++) {
        const ceiling = (low + high) / 2;
        if (total(largest(byBisection(values, ceiling), k)) > limit) high = ceiling;
        else low = ceiling;
      }
      expect(allClose(weigh(values, topK(k, limit, 'waterline')), byBisection(values, low), 1e-9)).toBe(true);
    }),
    { numRuns: 25 },
  );
});

describe('above-sum', () => {
  const input = fc.record({
    values: market,
    threshold: fc.double({ min: 0.02, max: 0.2, noNaN: true }),
    limit: fc.double({ min: 0.3, max: 0.6, noNaN: true }),
    cut: fc.double({ min: 0.7, max: 1, noNaN: true }),
  });

  /** The weights, or nothing when the members outside the set cannot take what is freed. */
  function weighed(values: number[], rule: NamedCap): number[] | undefined {
    try {
      return weigh(values, rule);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'infeasible_limit') return undefined;
      throw error;
    }
  }

  it('weights sum to one, the set is at its target, no outsider passes a member of the set', () => {
    fc.assert(
      fc.property(input, ({ values, threshold, limit, cut }) => {
        const target = limit * cut;
        const plain = values.map((value) => value / total(values));
        const set = plain.map((weight) => weight > threshold);
        const inSet = (weights: readonly number[]): number => total(weights.filter((_, i) => set[i]));
        const weights = weighed(values, aboveSum(threshold, limit, target));
        if (!weights) return;
        expect(sumsToOne(weights)).toBe(true);
        expect(orderIsKept(values, weights)).toBe(true);
        if (inSet(plain) <= limit) {
          expect(allClose(weights, plain, EPSILON)).toBe(true);
          return;
        }
        expect(Math.abs(inSet(weights) - target)).toBeLessThan(1e-12);
        const smallest = Math.min(...weights.filter((_, i) => set[i]), threshold);
        expect(weights.every((weight, i) => set[i] || weight <= smallest + EPSILON)).toBe(true);
        // Outside the set the rest is shared under that ceiling, as bisection finds it.
        const outside = values.filter((_, i) => !set[i]);
        const reference = byBisection(outside, smallest, 1 - target);
        const found = weights.filter((_, i) => !set[i]);
        expect(allClose(found, reference, 1e-10)).toBe(true);
      }),
      RUNS,
    );
  });

  it('capping twice is capping once', () => {
    fc.assert(
      fc.property(input, ({ values, threshold, limit, cut }) => {
        const rule = aboveSum(threshold, limit, limit * cut);
        const once = weighed(values, rule);
        if (once) expect(allClose(weigh(once, rule), once, EPSILON)).toBe(true);
      }),
      RUNS,
    );
  });
});
