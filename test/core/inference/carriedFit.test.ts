/** Baskets carried over a made-up review: common factor, capped members, exchange, swap and pricing date. */
import { describe, expect, it } from 'vitest';
import {
  carryBasket,
  equationsOf,
  findPricingDate,
  fitBasket,
  scanForSwap,
  searchChange,
  sessionsOf,
  weightsOn,
  type Day,
} from '../../../src/core/index.js';
import { carriedModel, solveCarried, totalSquares } from '../../../src/core/inference/carriedModel.js';
import { columnOf, fromColumns, inner, times } from '../../../src/core/inference/matrix.js';
import { solveUpper, triangularize } from '../../../src/core/inference/householder.js';
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

const PANEL = 30;
const MEMBERS = 15;
const SWAP = 40;
const SESSIONS = 54;
const OUT = 9;
const IN = 22;
const FACTOR = 1.07;
const CUT = 0.8;

/** Members 0..14, of which 9 leaves for 22; the largest is cut by a cap. */
function market(seed: number, noiseSize = 0.001) {
  const next = uniform(seed);
  const closes = walks(PANEL, SESSIONS, next);
  const before = unitsFor(closes.slice(0, MEMBERS), next);
  const values = before.map((units, j) => units * closes[j][SWAP]);
  const largest = values.indexOf(Math.max(...values.filter((_, j) => j !== OUT)));
  const old = closes.map((_, j) => before[j] ?? 0);
  const young = old.map((units, j) => (j === OUT ? 0 : units * FACTOR * (j === largest ? CUT : 1)));
  // Whatever the levels lack at the swap, the addition brings: the index does not jump.
  const missing = old.reduce((total, units, j) => total + (units - young[j]) * closes[j][SWAP], 0);
  young[IN] = missing / closes[IN][SWAP];
  const draw = normal(next);
  const noise = () => noiseSize * draw();
  const [first, second] = [levelsOf(closes, old, noise), levelsOf(closes, young, noise)];
  const days = daysOf(SESSIONS);
  const levels = new Map(days.map((day, i) => [day, (i <= SWAP ? first : second).get(day) ?? 0]));
  const ids = idsOf(PANEL);
  return {
    closes,
    young,
    largest,
    days,
    levels,
    source: sourceOf(closes),
    ids,
    before: ids.slice(0, MEMBERS),
    after: [...ids.slice(0, MEMBERS).filter((_, j) => j !== OUT), ids[IN]],
  };
}

function carried(seed: number, noise?: number) {
  const made = market(seed, noise);
  const { source, levels, days, before, after } = made;
  const old = fitBasket(equationsOf(source, levels, before, days.slice(0, SWAP + 1), days[0]));
  const young = equationsOf(source, levels, after, days.slice(SWAP), days[0]);
  return { ...made, old, youngEquations: young, fit: carryBasket(old.estimate, young) };
}

// The addition is worth what the cut freed; seeds where that is negative are no index.
const SEEDS = Array.from({ length: 400 }, (_, seed) => seed).filter((seed) => market(seed).young[IN] > 0);

describe('carryBasket', () => {
  it('finds the factor, who was cut and by how much, from 14 sessions for 15 members', () => {
    const { fit, ids, largest } = carried(SEEDS[0]);
    expect(fit.added).toEqual([ids[IN]]);
    expect(fit.deleted).toEqual([ids[OUT]]);
    expect(fit.rescaled.map(({ id }) => id)).toEqual([ids[largest]]);
    const [{ ratio, standardError, chance }] = fit.rescaled;
    expect(Math.abs(ratio - CUT)).toBeLessThan(3 * standardError);
    expect(chance).toBeLessThan(1e-6);
    expect(Math.abs(fit.commonFactor.value - FACTOR)).toBeLessThan(3 * fit.commonFactor.standardError);
  });

  it('states errors that cover the truth as often as they say', () => {
    const z = SEEDS.slice(0, 100).flatMap((seed) => {
      const { fit, source, days, closes, young, ids } = carried(seed);
      const { weights, standardErrors } = weightsOn(source, fit.estimate, days[SESSIONS - 1]);
      const truth = weightsAt(closes, young, SESSIONS - 1);
      return fit.estimate.ids.map((id, j) => (weights[j] - truth[ids.indexOf(id)]) / standardErrors[j]);
    });
    const within = (limit: number): number => z.filter((value) => Math.abs(value) <= limit).length / z.length;
    expect(within(1)).toBeGreaterThan(0.63);
    expect(within(1)).toBeLessThan(0.73);
    expect(within(2)).toBeGreaterThan(0.925);
    expect(within(3)).toBeGreaterThan(0.985);
  });

  it('is the same as solving both baskets together', () => {
    const { old, youngEquations, source, levels, days, before, largest, ids } = carried(SEEDS[0]);
    const oldEquations = equationsOf(source, levels, before, days.slice(0, SWAP + 1), days[0]);
    const model = carriedModel(old.estimate, youngEquations);
    const solution = solveCarried(model, [youngEquations.ids.indexOf(ids[largest])]);
    const zeros = new Float64Array(SWAP + 1);
    const stack = (top: ArrayLike<number>, bottom: ArrayLike<number>) =>
      Float64Array.from([...Array.from(top), ...Array.from(bottom)]);
    const column = (id: (typeof ids)[number]): Float64Array => {
      const j = youngEquations.ids.indexOf(id);
      return j < 0 ? new Float64Array(SESSIONS - SWAP) : columnOf(youngEquations.prices, j);
    };
    const stacked = fromColumns(SESSIONS + 1, [
      ...before.map((id, j) =>
        stack(
          columnOf(oldEquations.prices, j),
          column(id).map((value) => value * solution.commonFactor),
        ),
      ),
      stack(zeros, column(ids[largest])),
      stack(zeros, column(ids[IN])),
    ]);
    const y = stack(oldEquations.levels, youngEquations.levels);
    const { r, rotated } = triangularize(stacked, y);
    const fitted = times(stacked, solveUpper(r, rotated));
    const residual = y.map((value, i) => value - fitted[i]);
    expect(totalSquares(model, solution) / inner(residual, residual)).toBeCloseTo(1, 6);
  });

  it('refuses a basket of a few days', () => {
    const { old, youngEquations, days } = carried(SEEDS[0]);
    const short = sessionsOf(youngEquations, days[SWAP], days[SWAP + 4]);
    expect(() => carryBasket(old.estimate, short)).toThrow(/too few even with the basket before as prior/);
  });
});

describe('the review itself', () => {
  it('is found at its session, with the members it exchanged', () => {
    for (const seed of SEEDS.slice(0, 3)) {
      const { source, levels, days, before, after, ids, old } = carried(seed);
      const window = { source, published: levels, days, before };
      const scan = scanForSwap({ ...window, after });
      expect(scan.best.swap).toBe(days[SWAP]);
      expect(scan.overNext).toBeGreaterThan(5);
      expect(scan.chance).toBeLessThan(1e-6);
      const since = (members: typeof ids) => equationsOf(source, levels, members, days.slice(SWAP), days[0]);
      const change = searchChange({
        previous: old.estimate,
        members: since(before),
        outsiders: since(ids.slice(MEMBERS)),
      });
      expect(change.pairs[0]).toMatchObject({ deleted: ids[OUT], added: ids[IN] });
      expect(change.pairs[1].ratioToBest).toBeGreaterThan(10);
    }
  });

  it('is not found where there was none', () => {
    for (let seed = 0; seed < 8; seed++) {
      const next = uniform(seed);
      const closes = walks(MEMBERS, SESSIONS, next);
      const levels = levelsOf(closes, unitsFor(closes, next));
      const days = daysOf(SESSIONS);
      const before = idsOf(MEMBERS);
      const scan = scanForSwap({ source: sourceOf(closes), published: levels, days, before, after: before });
      expect(scan.chance).toBeGreaterThan(0.001);
    }
  });
});

describe('findPricingDate', () => {
  const { source, days, fit, closes, young } = carried(SEEDS[0], 0);
  const PRICED = SWAP - 5;
  const cap = Math.max(...weightsAt(closes, young, PRICED));
  const window: Day[] = days.slice(SWAP - 12, SWAP + 1);

  it('is the close at which the largest weight stands at the cap', () => {
    const { found } = findPricingDate(source, fit.estimate, window, { single: cap });
    expect(found?.day).toBe(days[PRICED]);
    expect(found?.atCap).toHaveLength(1);
  });

  it('is not found when no close has the largest weight at the cap', () => {
    expect(findPricingDate(source, fit.estimate, window, { single: 0.9 }).found).toBeUndefined();
  });

  it('is not a close at which the largest together exceed their limit', () => {
    const caps = { single: cap, top: { k: 3, limit: 0.1 } };
    expect(findPricingDate(source, fit.estimate, window, caps).found).toBeUndefined();
  });
});
