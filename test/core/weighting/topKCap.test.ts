/** The joint 10/40 rule in its four readings, on the example of rulebooks 11.4 and on tight inputs. */
import { describe, expect, it } from 'vitest';
import {
  allClose,
  cap,
  largest,
  repeat,
  single,
  TOP_K_READINGS,
  topK,
  total,
  weigh,
  type TopKReading,
} from './caps.js';
import { refusalOf } from '../refusals.js';

/** Raw weights of rulebooks E6: 46.23 in the five largest, 45 equal others. */
const OTHERS = 53.77 / 45;
const E6 = [15.42, 10.21, 8, 7, 5.6, ...repeat(OTHERS, 45)];

const inPercent = (weights: readonly number[]): number[] => weights.map((weight) => weight * 100);
const jointly = (values: readonly number[], reading: TopKReading): number[] =>
  weigh(values, single(0.1), topK(5, 0.4, reading));

describe('rulebooks E6', () => {
  it.each<[string, number[], readonly number[]]>([
    ['10 % cap alone', weigh(E6, single(0.1)), [10, 10, 8.605621, 7.529918, 6.023934]],
    ['pro-rata', jointly(E6, 'pro-rata'), [9.487785, 9.487785, 8.16481, 7.144193, 5.715429, 1.333333]],
    ['waterline', jointly(E6, 'waterline'), [8.646705, 8.646705, 8.646705, 7.811047, 6.248838, 1.333333]],
  ])('%s', (_, weights, percents) => {
    // rulebooks 13: tolerance 1e-6. The printed pro-rata column is off by 3e-5 of a percent; exact forms are below.
    expect(
      allClose(
        weights.slice(0, percents.length),
        percents.map((p) => p / 100),
        1e-6,
      ),
    ).toBe(true);
    expect(Math.abs(total(weights) - 1)).toBeLessThan(1e-12);
  });

  it('pro-rata: all five by one factor, 40 over their sum after the 10 % cap', () => {
    // After that cap everybody but the two at the top weighs 80/74.37 of the raw weight.
    const scale = 80 / 74.37;
    const capped = [10, 10, 8 * scale, 7 * scale, 5.6 * scale];
    const expected = [...capped.map((weight) => (weight * 40) / total(capped)), ...repeat(60 / 45, 45)];
    expect(allClose(inPercent(jointly(E6, 'pro-rata')), expected, 1e-10)).toBe(true);
  });

  it('the 10 % cap leaves 42.159473 % in the five largest', () => {
    expect(total(largest(weigh(E6, single(0.1)), 5)) * 100).toBeCloseTo(42.159473, 6);
  });

  it('capped-stay: the two at 10 % stay, the other three share 20 % by size', () => {
    // rulebooks 17. By hand: 20 x 8 / 20.6, 20 x 7 / 20.6, 20 x 5.6 / 20.6, and 60 / 45 for each of the others.
    const expected = [10, 10, (20 * 8) / 20.6, (20 * 7) / 20.6, (20 * 5.6) / 20.6, ...repeat(60 / 45, 45)];
    expect(allClose(inPercent(jointly(E6, 'capped-stay')), expected, 1e-10)).toBe(true);
  });

  it('waterline-within: the excess over 40 % comes off the two at the top alone', () => {
    // By hand: after the 10 % cap the third to fifth weigh 80/74.37 of their raw weight; the two share the rest.
    const scale = 80 / 74.37;
    const below = [8 * scale, 7 * scale, 5.6 * scale];
    const ceiling = (40 - total(below)) / 2;
    const expected = [ceiling, ceiling, ...below, ...repeat(60 / 45, 45)];
    expect(ceiling).toBeGreaterThan(below[0]);
    expect(allClose(inPercent(jointly(E6, 'waterline-within')), expected, 1e-10)).toBe(true);
  });

  it('waterline: the ceiling solves 3 c + (1 - 3 c) x 12.6 / 66.37 = 0.4', () => {
    // 12.6 = the fourth and fifth; 66.37 = everybody below the ceiling.
    const share = 12.6 / (12.6 + 53.77);
    const ceiling = (0.4 - share) / (3 * (1 - share));
    const rest = (1 - 3 * ceiling) / (12.6 + 53.77);
    const expected = [ceiling, ceiling, ceiling, 7 * rest, 5.6 * rest, ...repeat(OTHERS * rest, 45)];
    expect(allClose(jointly(E6, 'waterline'), expected, 1e-12)).toBe(true);
  });

  it('the largest member differs by up to 1.35 points between readings', () => {
    const top = TOP_K_READINGS.map((reading) => jointly(E6, reading)[0] * 100);
    expect(top[0]).toBeCloseTo(10, 10);
    // rulebooks E6: pro-rata less waterline is 0.84 points.
    expect(top[1] - top[2]).toBeCloseTo(0.84, 2);
  });

  it('reports whom the rule bound', () => {
    const { outcomes } = cap(E6, single(0.1), topK(5, 0.4, 'capped-stay'));
    expect(outcomes[0]).toMatchObject({ id: 'caps.single', triggered: true, bound: [0, 1] });
    expect(outcomes[1]).toMatchObject({ id: 'caps.top-k', triggered: true, bound: [0, 1, 2, 3, 4] });
  });
});

describe.each(TOP_K_READINGS)('%s', (reading) => {
  it('leaves alone what is within the limit', () => {
    const values = [9, 9, 8, 7, 6, ...repeat(61 / 45, 45)];
    const result = cap(values, single(0.1), topK(5, 0.4, reading));
    expect(
      allClose(
        [...result.weights],
        values.map((value) => value / 100),
        1e-15,
      ),
    ).toBe(true);
    expect(result.outcomes[1]).toMatchObject({ triggered: false, bound: [] });
  });

  it('four at the cap and a tiny fifth: the limit holds and nobody changes place', () => {
    const weights = jointly([1000, 900, 800, 700, ...repeat(10, 46)], reading);
    expect(total(largest(weights, 5))).toBeLessThanOrEqual(0.4 + 1e-12);
    expect(Math.abs(total(weights) - 1)).toBeLessThan(1e-12);
    for (let i = 1; i < weights.length; i++) {
      expect(weights[i]).toBeLessThanOrEqual(weights[i - 1] + 1e-12);
    }
  });

  it('one dominant name', () => {
    const weights = jointly([1e9, 20, 18, 16, 14, ...repeat(10, 45)], reading);
    expect(total(largest(weights, 5))).toBeLessThanOrEqual(0.4 + 1e-12);
    expect(weights[0]).toBeLessThanOrEqual(0.1 + 1e-12);
  });

  // The largest is a billion, then a trillion times the others: what is left of it must not drown their digits.
  it.each([1e9, 1e12])('one name of %d among ordinary ones: the limit holds to 1e-12', (dominant) => {
    const values = [
      dominant / 3,
      20.1,
      18.3,
      16.7,
      14.9,
      ...Array.from({ length: 45 }, (_, i) => 10 / (1 + i / 7)),
    ];
    const weights = weigh(values, topK(5, 0.4, reading));
    expect(Math.abs(total(largest(weights, 5)) - 0.4)).toBeLessThan(1e-12);
  });

  it('all equal, five of exactly twelve and a half: nothing to do at 40 %', () => {
    expect(allClose(weigh(repeat(1, 13), topK(5, 0.4, reading)), repeat(1 / 13, 13), 1e-15)).toBe(true);
  });

  it('exactly as many as the limit allows: everybody equal', () => {
    // 5 of 13 equal members weigh 5/13, the smallest limit 13 members can meet.
    const values = Array.from({ length: 13 }, (_, i) => 2 ** i);
    expect(allClose(weigh(values, topK(5, 5 / 13, reading)), repeat(1 / 13, 13), 1e-9)).toBe(true);
  });

  it('two members, the larger held to 60 %', () => {
    expect(allClose(weigh([9, 1], topK(1, 0.6, reading)), [0.6, 0.4], 1e-12)).toBe(true);
  });

  it('a limit that cannot be met is refused with the smallest that can', () => {
    const refusal = refusalOf(() => weigh(repeat(1, 12), topK(5, 0.4, reading)));
    expect(refusal.code).toBe('infeasible_limit');
    expect(refusal.numbers).toMatchObject({ limit: 0.4, members: 12, k: 5, smallestFeasibleCap: 5 / 12 });
  });

  it('more seats in the rule than members: the limit on all of them is refused below 1', () => {
    expect(refusalOf(() => weigh([3, 2, 1], topK(5, 0.9, reading))).code).toBe('infeasible_limit');
    expect(allClose(weigh([3, 2, 1], topK(5, 1, reading)), [1 / 2, 1 / 3, 1 / 6], 1e-15)).toBe(true);
  });
});

describe('outsiders', () => {
  // rulebooks 11.4: no sixth member exceeds the fifth.
  it('a sixth that the freed weight would lift above the fifth is held at it', () => {
    // Three at 10 %, so the fourth and fifth share 10 % as 6 : 5 = 5.4545, 4.5455; the sixth would get 4.9 x 60/61.1.
    const values = [30, 20, 15, 6, 5, 4.9, ...repeat(1, 44)];
    const weights = jointly(values, 'capped-stay');
    const fifth = 0.1 * (5 / 11);
    expect(allClose(weights.slice(0, 5), [0.1, 0.1, 0.1, 0.1 * (6 / 11), fifth], 1e-12)).toBe(true);
    const unbound = (4.9 / (4.9 + 44)) * 0.6;
    expect(unbound).toBeGreaterThan(fifth);
    expect(weights[5]).toBeCloseTo(fifth, 12);
    expect(allClose(weights.slice(6), repeat((0.6 - fifth) / 44, 44), 1e-12)).toBe(true);
  });
});
