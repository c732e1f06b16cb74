/**
 * Capping by optimisation against a slow, independent reference: every subset that might stand above the threshold
 * is tried, and for each the quadratic program is solved by bisection on its two multipliers.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cap, weigh } from '../cases/weighing.js';

interface Limits {
  readonly cap: number;
  readonly threshold: number;
  readonly limit: number;
}

const MSCI_10_40: Limits = { cap: 0.1, threshold: 0.05, limit: 0.4 };
const MSCI_25_50: Limits = { cap: 0.25, threshold: 0.05, limit: 0.5 };

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const distance = (weights: readonly number[], uncapped: readonly number[]): number =>
  sum(weights.map((weight, i) => (weight - uncapped[i]) ** 2 / uncapped[i]));

/** Smallest argument in [low, high] at which an increasing function reaches a target. */
function reach(of: (x: number) => number, target: number, low: number, high: number): number {
  for (let i = 0; i < 64; i++) {
    const middle = (low + high) / 2;
    if (of(middle) < target) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Minimum of sum (w - u)^2 / u with sum w = 1, w at or below its ceiling, and the chosen ones together at or below
 * the limit. The conditions of optimality give w = clip(u (1 + common - extra [chosen])).
 */
function solve(
  uncapped: readonly number[],
  chosen: readonly boolean[],
  limits: Limits,
): number[] | undefined {
  const ceiling = chosen.map((above) => (above ? limits.cap : Math.min(limits.threshold, limits.cap)));
  const room =
    sum(ceiling.map((top, i) => (chosen[i] ? 0 : top))) +
    Math.min(limits.limit, sum(ceiling.filter((_, i) => chosen[i])));
  if (room < 1 - 1e-9) return undefined;
  const at = (common: number, extra: number): number[] =>
    uncapped.map((u, i) => Math.min(ceiling[i], Math.max(0, u * (1 + common - (chosen[i] ? extra : 0)))));
  const total = (extra: number): number[] =>
    at(
      reach((common) => sum(at(common, extra)), 1, -1, 1e3),
      extra,
    );
  const above = (weights: readonly number[]): number => sum(weights.filter((_, i) => chosen[i]));
  const free = total(0);
  if (above(free) <= limits.limit + 1e-9) return free;
  return total(reach((extra) => -above(total(extra)), -limits.limit, 0, 1e3));
}

function reference(uncapped: readonly number[], limits: Limits): number {
  let best = Infinity;
  for (let set = 0; set < 2 ** uncapped.length; set++) {
    const weights = solve(
      uncapped,
      uncapped.map((_, i) => ((set >> i) & 1) === 1),
      limits,
    );
    if (weights !== undefined) best = Math.min(best, distance(weights, uncapped));
  }
  return best;
}

function ours(uncapped: readonly number[], limits: Limits): number[] {
  const holdings = uncapped.map((value, i) => ({ id: `m${String(i).padStart(3, '0')}`, value }));
  const { weights } = weigh(holdings, [cap('caps.limits', { kind: 'optimise', ...limits })]);
  return [...weights.values()];
}

/** A few large members and enough small ones (equal, so that the reference stays small) to make room. */
const market = (large: readonly number[], small: number, count: number): number[] => {
  const values = [...large, ...Array<number>(count).fill(small)];
  const total = sum(values);
  return values.map((value) => value / total);
};

/** The reference looks only at subsets of the large members: the small ones stay far below the threshold. */
function referenceOfMarket(uncapped: readonly number[], large: number, limits: Limits): number {
  let best = Infinity;
  for (let set = 0; set < 2 ** large; set++) {
    const chosen = uncapped.map((_, i) => i < large && ((set >> i) & 1) === 1);
    const weights = solve(uncapped, chosen, limits);
    if (weights !== undefined) best = Math.min(best, distance(weights, uncapped));
  }
  return best;
}

describe('optimise', () => {
  it('leaves alone what keeps the limits', () => {
    const even = market([], 1, 40);
    ours(even, MSCI_10_40).forEach((weight, i) => expect(weight).toBeCloseTo(even[i], 15));
  });

  it.each([
    ['10/40', MSCI_10_40, 38],
    ['25/50', MSCI_25_50, 30],
  ] as const)('%s: keeps the limits and is as close as the best of all subsets', (_, limits, count) => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 2, max: 40, noNaN: true }), { minLength: 1, maxLength: 5 }),
        (large) => {
          const uncapped = market(large, 1, count);
          const weights = ours(uncapped, limits);
          expect(sum(weights)).toBeCloseTo(1, 12);
          expect(Math.max(...weights)).toBeLessThanOrEqual(limits.cap + 1e-9);
          expect(sum(weights.filter((weight) => weight > limits.threshold + 1e-9))).toBeLessThanOrEqual(
            limits.limit + 1e-9,
          );
          const best = referenceOfMarket(uncapped, large.length, limits);
          expect(distance(weights, uncapped)).toBeLessThanOrEqual(best * (1 + 1e-6) + 1e-9);
        },
      ),
      { numRuns: 25, seed: 20 },
    );
  });

  it('tries every subset of a small market too', () => {
    const limits: Limits = { cap: 0.3, threshold: 0.12, limit: 0.55 };
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 10, noNaN: true }), { minLength: 7, maxLength: 7 }),
        (values) => {
          const total = sum(values);
          const uncapped = values.map((value) => value / total);
          const best = reference(uncapped, limits);
          expect(distance(ours(uncapped, limits), uncapped)).toBeLessThanOrEqual(best * (1 + 1e-6) + 1e-9);
        },
      ),
      { numRuns: 8, seed: 21 },
    );
  });
});
