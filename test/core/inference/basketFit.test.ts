/** The X-ray of one basket on made-up markets whose weights are known. */
import { describe, expect, it } from 'vitest';
import { equationsOf, fitBasket, Refusal, weightsOn, type Day } from '../../../src/core/index.js';
import {
  daysOf,
  idsOf,
  levelsOf,
  normal,
  sourceOf,
  uniform,
  unitsFor,
  walks,
  weightsAt,
} from './synthetic.js';

const MEMBERS = 10;
const SESSIONS = 45;
const LAST = SESSIONS - 1;

/** One made-up market fitted; z = error of a weight over its standard error. */
function simulate(seed: number, noiseSize: number): number[] {
  const next = uniform(seed);
  const closes = walks(MEMBERS, SESSIONS, next);
  const units = unitsFor(closes, next);
  const draw = normal(next);
  const levels = levelsOf(closes, units, () => noiseSize * draw());
  const source = sourceOf(closes);
  const days = daysOf(SESSIONS);
  const { estimate } = fitBasket(equationsOf(source, levels, idsOf(MEMBERS), days, days[0]));
  const { weights, standardErrors } = weightsOn(source, estimate, days[LAST]);
  const truth = weightsAt(closes, units, LAST);
  return truth.map((weight, j) => (weights[j] - weight) / standardErrors[j]);
}

function refusalOf(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('200 made-up markets', () => {
  // Rounding to three decimals alone, and noise ten times that.
  it.each([
    ['rounding alone', 0],
    ['noise of 0.003 points', 0.003],
  ])('have their weights within the errors stated, %s', (_, noise) => {
    const z = Array.from({ length: 200 }, (__, seed) => simulate(seed, noise)).flat();
    const within = (limit: number): number => z.filter((value) => Math.abs(value) <= limit).length / z.length;
    // Student's t with 35 degrees of freedom: 67.6 %, 94.7 %, 99.5 %.
    expect(within(1)).toBeGreaterThan(0.64);
    expect(within(1)).toBeLessThan(0.715);
    expect(within(2)).toBeGreaterThan(0.93);
    expect(within(2)).toBeLessThan(0.965);
    expect(within(3)).toBeGreaterThan(0.99);
    expect(Math.abs(z.reduce((a, b) => a + b, 0) / z.length)).toBeLessThan(0.1);
  });
});

describe('fitBasket', () => {
  const next = uniform(7);
  const closes = walks(MEMBERS, SESSIONS, next);
  const units = unitsFor(closes, next);
  const days = daysOf(SESSIONS);
  const ids = idsOf(MEMBERS);
  const fit = (rows: number[][] = closes, order: Day[] = days, members = ids) =>
    fitBasket(equationsOf(sourceOf(rows), levelsOf(rows, units), members, order, days[0]));

  it('gives the same whatever the order of sessions', () => {
    const shuffled = days.toSorted((a, b) => ((a * 7919) % 101) - ((b * 7919) % 101));
    expect(shuffled).not.toEqual(days);
    expect(fit(closes, shuffled)).toEqual(fit());
  });

  it('gives the same whatever the order of members', () => {
    const turned = fit(closes, days, ids.toReversed()).estimate.units.toReversed();
    fit().estimate.units.forEach((value, j) => expect(turned[j] / value).toBeCloseTo(1, 9));
  });

  it('carries the last close of a suspended member', () => {
    const suspended = closes.map((row, j) =>
      row.map((close, i) => (j === 3 && i >= 10 && i < 20 ? NaN : close)),
    );
    const { estimate } = fit(suspended);
    units.forEach((value, j) => expect(estimate.units[j] / value).toBeCloseTo(1, 3));
  });

  it('puts closes before and after a bonus issue on one share count', () => {
    const halved = closes.map((row, j) => row.map((close, i) => (j === 2 && i >= 25 ? close / 2 : close)));
    const action = { id: ids[2], exDay: days[25], shareRatio: 2 };
    const { estimate } = fitBasket(
      equationsOf(sourceOf(halved, [action]), levelsOf(closes, units), ids, days, days[0]),
    );
    const plain = fit().estimate;
    plain.units.forEach((value, j) => expect(estimate.units[j]).toBeCloseTo(value, 9));
  });

  it('holds a member at zero that the levels want short', () => {
    const short = [...units];
    short[4] = -0.05 * short[4];
    const source = sourceOf(closes);
    const result = fitBasket(equationsOf(source, levelsOf(closes, short), ids, days, days[0]));
    expect(result.atZero).toEqual([ids[4]]);
    expect(Math.min(...result.estimate.units)).toBe(0);
    const { weights, standardErrors } = weightsOn(source, result.estimate, days[LAST]);
    expect(weights[4]).toBe(0);
    expect(standardErrors[4]).toBe(0);
  });

  it('refuses fewer sessions than weights with the numbers', () => {
    const refusal = refusalOf(() => fit(closes, days.slice(0, 8)));
    expect(refusal.code).toBe('not_identified');
    expect(refusal.numbers).toMatchObject({ sessions: 8, unknowns: 10, needed: 15, condition: 'infinite' });
  });

  it('refuses when too few sessions are left to judge the errors', () => {
    expect(refusalOf(() => fit(closes, days.slice(0, 14))).numbers).toMatchObject({
      sessions: 14,
      needed: 15,
    });
    expect(fit(closes, days.slice(0, 15)).estimate.dof).toBe(5);
  });

  it('refuses two members whose prices move as one and names them', () => {
    const alike = closes.map((row, j) => (j === 6 ? closes[1].map((close) => 3 * close) : row));
    const refusal = refusalOf(() => fit(alike));
    expect(refusal.code).toBe('not_identified');
    expect(refusal.numbers.members).toBe(`${ids[1]} ${ids[6]}`);
  });

  it('refuses two members suspended throughout', () => {
    const still = closes.map((row, j) => (j > 1 ? row : row.map((close, i) => (i === 0 ? close : NaN))));
    expect(refusalOf(() => fit(still)).numbers).toMatchObject({
      condition: 'infinite',
      members: `${ids[0]} ${ids[1]}`,
    });
  });

  it('refuses a member without a price', () => {
    const late = closes.map((row, j) => row.map((close, i) => (j === 5 && i < 3 ? NaN : close)));
    expect(refusalOf(() => fit(late)).code).toBe('no_price');
  });
});
