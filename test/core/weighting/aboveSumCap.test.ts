/** The cap on the sum of all large members, Nasdaq-100 stage two (rulebooks 11.2, 17). */
import { describe, expect, it } from 'vitest';
import { aboveSum, allClose, cap, repeat, total, weigh } from './caps.js';
import { refusalOf } from '../refusals.js';

/** rulebooks E13: seven large members and sixty equal others, in percent. */
const LARGE = [14, 13, 8, 7, 6, 5];
const SEVENTH = 4.2;
const OTHERS = repeat((100 - total(LARGE) - SEVENTH) / 60, 60);
const E13 = [...LARGE, SEVENTH, ...OTHERS];
const RULE = aboveSum(0.045, 0.48, 0.4);

describe('rulebooks E13', () => {
  const result = cap(E13, RULE);
  const percents = [...result.weights].map((weight) => weight * 100);

  it('the six above 4.5 % sum to 53 % and are scaled to 40 %', () => {
    const expected = [10.566038, 9.811321, 6.037736, 5.283019, 4.528302, 3.773585];
    expect(allClose(percents.slice(0, 6), expected, 1e-6)).toBe(true);
    expect(
      allClose(
        percents.slice(0, 6),
        LARGE.map((p) => (p * 40) / 53),
        1e-10,
      ),
    ).toBe(true);
  });

  it('the seventh stays at the smallest of the set, the rest get 0.937107 each', () => {
    expect(percents[6]).toBeCloseTo(3.773585, 6);
    expect(allClose(percents.slice(7), repeat(0.937107, 60), 1e-6)).toBe(true);
    expect(allClose(percents.slice(7), repeat((60 - (5 * 40) / 53) / 60, 60), 1e-10)).toBe(true);
  });

  it('does not take the wrong turn of a plain pro rata, which would lift the seventh to 5.361702', () => {
    const naive = (SEVENTH * 60) / (SEVENTH + total(OTHERS));
    expect(naive).toBeCloseTo(5.361702, 6);
    expect(naive).toBeGreaterThan(percents[5]);
    expect(percents[6]).toBeLessThan(naive - 1);
  });

  it('names the set and the outsider it held', () => {
    expect(result.outcomes).toMatchObject([{ triggered: true, bound: [0, 1, 2, 3, 4, 5, 6] }]);
  });
});

it('a set at its limit is left alone, even when it is above the target', () => {
  const values = [16, 16, 16, ...repeat(52 / 60, 60)];
  const result = cap(values, aboveSum(0.045, 0.48, 0.4));
  expect(result.outcomes).toMatchObject([{ triggered: false, bound: [] }]);
  expect(
    allClose(
      [...result.weights],
      values.map((value) => value / 100),
      1e-15,
    ),
  ).toBe(true);
});

it('a member exactly at the threshold is not in the set', () => {
  // 25 + 25 = 50 are above 20 %; the third is exactly at it and takes part in the rest.
  const weights = weigh([25, 25, 20, 15, 15], aboveSum(0.2, 0.45, 0.42));
  expect(allClose(weights.slice(0, 2), [0.21, 0.21], 1e-12)).toBe(true);
  expect(weights[2]).toBeCloseTo(0.2, 12);
  expect(allClose(weights.slice(3), [0.19, 0.19], 1e-12)).toBe(true);
});

describe('a target that the others cannot fill', () => {
  // Set of 45 and 25 %; scaled to 45 % its smaller member is 45 x 25/70 = 16.07 %, so three others take at most 48.2 %.
  const values = [45, 25, 10, 10, 10];
  const refusal = () => refusalOf(() => weigh(values, aboveSum(0.2, 0.6, 0.45)));

  it('is refused', () => {
    expect(refusal().code).toBe('infeasible_limit');
  });

  it('a set of everybody leaves nobody to take the rest', () => {
    expect(refusalOf(() => weigh([1, 1, 1], aboveSum(0.3, 0.5, 0.5))).code).toBe('infeasible_limit');
  });

  // capping.ts: "@throws Refusal when a cap cannot be met, with the smallest that can". A larger target also lifts
  // the ceiling of the others: T + 3 T x 25/70 = 1 at T = 1 / (1 + 75/70) = 0.482759.
  it('says the smallest target that can be met', () => {
    const smallest = 1 / (1 + (3 * 25) / 70);
    expect(Math.abs(total(weigh(values, aboveSum(0.2, 0.6, smallest + 1e-9))) - 1)).toBeLessThan(1e-12);
    expect(refusal().numbers.smallestFeasibleTarget).toBeCloseTo(smallest, 9);
  });
});
