/** The single cap on worked examples, closed forms and the inputs where caps are tight. */
import { describe, expect, it } from 'vitest';
import { allClose, byBisection, cap, repeat, single, total, weigh } from './caps.js';
import { refusalOf } from '../refusals.js';

describe('rulebooks E4: 30 % on 50, 28, 12, 6, 4', () => {
  const result = cap([50, 28, 12, 6, 4], single(0.3));

  it('the second is caught in round two, when the excess of the first lifts it', () => {
    const expected = [30, 30, 21.818182, 10.909091, 7.272727].map((percent) => percent / 100);
    expect(allClose([...result.weights], expected, 1e-8)).toBe(true);
  });

  it('names who was bound', () => {
    expect(result.outcomes).toMatchObject([{ id: 'caps.single', triggered: true, bound: [0, 1] }]);
  });

  it('factors are at most 1', () => {
    expect(allClose([...result.factors], [0.33, 0.589286, 1, 1, 1], 1e-6)).toBe(true);
  });

  it('rulebooks E5: the closed form of 10.4 gives the same factors', () => {
    // c_i = N / (1 - |K| N) x (sum of the values outside K) / m_i, for K = {A, B}, N = 0.3.
    const closedForm = (value: number): number => ((0.3 / (1 - 2 * 0.3)) * (12 + 6 + 4)) / value;
    expect(result.factors[0]).toBeCloseTo(closedForm(50), 14);
    expect(result.factors[1]).toBeCloseTo(closedForm(28), 14);
    expect(closedForm(50)).toBeCloseTo(0.33, 14);
    expect(closedForm(28)).toBeCloseTo(0.5892857, 7);
  });

  it('keeps the uncapped weights beside', () => {
    expect(allClose([...result.uncapped], [0.5, 0.28, 0.12, 0.06, 0.04], 1e-15)).toBe(true);
  });
});

describe('inputs where the cap is tight', () => {
  it('one dominant name: the others share the rest by size', () => {
    const weights = weigh([1e12, 5, 3, 2, ...repeat(1, 90)], single(0.1));
    expect(weights[0]).toBe(0.1);
    expect(allClose(weights.slice(1, 4), [0.045, 0.027, 0.018], 1e-12)).toBe(true);
  });

  it('four names at the cap and a tiny fifth that takes what is left', () => {
    const weights = weigh([1000, 900, 800, 700, 0.001], single(0.24));
    expect(allClose(weights, [0.24, 0.24, 0.24, 0.24, 0.04], 1e-12)).toBe(true);
  });

  it('four names at the cap and a tiny fifth that is lifted to the cap as well', () => {
    expect(allClose(weigh([1000, 900, 800, 700, 0.001], single(0.2)), repeat(0.2, 5), 1e-15)).toBe(true);
  });

  it('all equal: nothing to do', () => {
    const result = cap(repeat(7, 40), single(0.1));
    expect(allClose([...result.weights], repeat(1 / 40, 40), 1e-15)).toBe(true);
    expect(result.outcomes[0]).toMatchObject({ triggered: false, bound: [] });
    expect([...result.factors]).toEqual(repeat(1, 40));
  });

  it.each([3, 7, 10, 49, 50, 300])('exactly 1/cap members (%i): everybody at the cap', (n) => {
    const values = Array.from({ length: n }, (_, i) => 1.7 ** (i % 37) + i);
    const weights = weigh(values, single(1 / n));
    expect(allClose(weights, repeat(1 / n, n), 1e-12)).toBe(true);
    expect(Math.abs(total(weights) - 1)).toBeLessThan(1e-12);
  });

  it('one member more than 1/cap: the smallest is not lifted above its share', () => {
    // Ten at 10 % would be the whole; the eleventh must have something: 10 x 0.0999 + 0.001.
    const weights = weigh([...repeat(1000, 10), 1], single(0.0999));
    expect(allClose(weights, [...repeat(0.0999, 10), 0.001], 1e-12)).toBe(true);
  });

  it('two members', () => {
    expect(allClose(weigh([9, 1], single(0.6)), [0.6, 0.4], 1e-15)).toBe(true);
    expect(allClose(weigh([9, 1], single(0.5)), [0.5, 0.5], 1e-15)).toBe(true);
    expect(allClose(weigh([9, 1], single(1)), [0.9, 0.1], 1e-15)).toBe(true);
  });

  it('one member is the whole index', () => {
    expect(weigh([3], single(1))).toEqual([1]);
  });

  it('a name exactly at the cap is not cut', () => {
    const result = cap([0.3, 0.25, 0.25, 0.2], single(0.3));
    expect(allClose([...result.weights], [0.3, 0.25, 0.25, 0.2], 1e-15)).toBe(true);
  });

  it('values over forty orders of magnitude', () => {
    const values = Array.from({ length: 41 }, (_, i) => 10 ** (i - 20));
    const weights = weigh(values, single(0.1));
    expect(allClose(weights, byBisection(values, 0.1), 1e-10)).toBe(true);
    expect(Math.abs(total(weights) - 1)).toBeLessThan(1e-12);
  });
});

describe('a cap that cannot be met', () => {
  it.each([
    [9, 0.1],
    [4, 0.24],
    [1, 0.99],
    [2, 0.49],
  ])('%i members at %f: refused with the smallest cap that can', (n, limit) => {
    const refusal = refusalOf(() => weigh(repeat(1, n), single(limit)));
    expect(refusal.code).toBe('infeasible_cap');
    expect(refusal.numbers).toEqual({ cap: limit, members: n, smallestFeasibleCap: 1 / n });
  });

  it('the smallest feasible cap of the refusal is feasible', () => {
    const values = [5, 4, 3, 2, 1, 1, 1];
    const { numbers } = refusalOf(() => weigh(values, single(0.1)));
    expect(
      allClose(weigh(values, single(numbers.smallestFeasibleCap as number)), repeat(1 / 7, 7), 1e-12),
    ).toBe(true);
  });
});

it.each([[[]], [[1, 0]], [[1, -1]], [[1, Number.NaN]], [[1, Infinity]]])(
  'values of %j are a bug of the caller',
  (values) => {
    expect(() => weigh(values, single(1))).toThrow(/invariant broken/);
  },
);

it('without caps the weights are the values over their sum', () => {
  expect(weigh([1, 2, 5])).toEqual([0.125, 0.25, 0.625]);
});
