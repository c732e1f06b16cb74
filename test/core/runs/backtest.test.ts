/** The history of STAR 50 beside a plain calculation of the same, and the change of a clause. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  backtestSteps,
  capsOf,
  changeClauses,
  concentrationOf,
  formatDay,
  InputError,
  parseClauseChange,
  resolveRulebook,
  runBacktest,
  runReview,
  type Backtest,
  type BacktestReview,
  type ClauseChange,
  type IndexData,
  type Rulebook,
} from '../../../src/core/index.js';
import { reference, type Reference } from '../../cases/star50Reference.js';
import { ACCEPTANCE } from '../acceptance.js';
import { bundle } from '../bundle.js';
import { day } from '../days.js';
import { refusalOf } from '../refusals.js';

let data: IndexData;
let plain: Reference;
let history: Backtest;
const REQUEST = { from: day('2025-06-16'), to: day('2025-12-31') };
beforeAll(async () => {
  [data, plain] = await Promise.all([bundle(), reference()]);
  history = runBacktest(data, REQUEST);
});

const set = (...texts: string[]): ClauseChange[] => texts.map(parseClauseChange);
const capOf = (rulebook: Rulebook): unknown => capsOf(resolveRulebook(rulebook, day('2025-09-15')))[0].rule;

describe('the history of STAR 50', () => {
  it('has the reviews between the two days, with the changes that were announced', () => {
    const rows = history.reviews.map(({ dates, additions, deletions, basis }) => [
      formatDay(dates.effective),
      [...additions].toSorted(),
      [...deletions].toSorted(),
      basis,
    ]);
    expect(rows[0]).toEqual(['2025-09-15', ['688183'], ['688561'], 'announced']);
    expect(rows[1]).toEqual(['2025-12-15', ['688220', '688702'], ['688363', '688563'], 'announced']);
    expect(rows).toHaveLength(2);
  });

  it('weighs the first review as the plain calculation does', () => {
    const after = plain.weightsAfter('2025-09-08', '2025-09-12');
    const before = plain.weightsBefore('2025-09-12');
    const [review] = history.reviews;
    for (const { id, weight } of review.weights) expect(weight).toBeCloseTo(after.get(id) as number, 10);
    const changes = plain.ids.map((id) => Math.abs((after.get(id) ?? 0) - (before.get(id) ?? 0)));
    expect(review.turnoverOneWay).toBeCloseTo(changes.reduce((a, b) => a + b, 0) / 2, 10);
    const squares = [...after.values()].reduce((total, weight) => total + weight * weight, 0);
    expect(review.concentration.effectiveN).toBeCloseTo(1 / squares, 8);
  });

  it('carries each basket into the next review', () => {
    const [first, second] = history.reviews;
    const again = runReview(data, {
      effective: second.dates.effective,
      knownAt: second.dates.swap,
      before: first.after,
    });
    expect(second.turnoverOneWay).toBe(again.proForma.turnoverOneWay);
  });

  it('has a level for every session, near the published close until floats must be assumed', () => {
    const days = history.levels.map((point) => point.day);
    expect(new Set(days).size).toBe(days.length);
    expect([formatDay(days[0]), formatDay(days[days.length - 1])]).toEqual(['2025-06-16', '2025-12-31']);
    const error = (until: string): number =>
      Math.max(
        ...history.levels
          .filter((point) => point.day <= day(until))
          .map((point) => Math.abs(point.level / (data.levels.get(point.day) as number) - 1)),
      );
    expect(error('2025-09-12')).toBeLessThan(0.005 / 1000);
    expect(error('2025-10-16')).toBeLessThan(0.06 / 1000);
    // From here on the closes of seven members are dividend-adjusted. The floats of December's additions are upper
    // bounds, so levels after its swap are no test.
    expect(error('2025-12-12')).toBeLessThan(0.25 / 1000);
  });

  it('says at which assets the hardest trade takes one day', () => {
    for (const { capacity, weights } of history.reviews) {
      expect(capacity?.assets).toBeGreaterThan(1e9);
      expect(weights.reduce((total, { weight }) => total + weight, 0)).toBeCloseTo(1, 12);
    }
  });

  it('goes on from finished reviews and computes only the rest', () => {
    const computed: BacktestReview[] = [];
    const steps = backtestSteps(data, REQUEST, history.reviews.slice(0, 1));
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) computed.push(step.value.review);
    expect(computed.map(({ dates }) => formatDay(dates.effective))).toEqual(['2025-12-15']);
    expect(step.value).toEqual(history);
  });

  it('is refused where no basket and no close overlap', () => {
    const beyond = { from: day('2026-06-01'), to: day('2026-06-30') };
    expect(refusalOf(() => runBacktest(data, beyond)).code).toBe('no_reviews');
  });
});

describe('a changed clause', () => {
  it('holds in every era and changes nothing else', () => {
    const changed = changeClauses(data.rulebook, set('caps.single=0.15', 'caps.top-five=50 %'));
    const before = capsOf(resolveRulebook(data.rulebook, day('2025-09-15'))).map(({ rule }) => rule);
    const after = capsOf(resolveRulebook(changed, day('2025-09-15'))).map(({ rule }) => rule);
    expect(after).toEqual([
      { ...before[0], cap: 0.15 },
      { ...before[1], limit: 0.5 },
    ]);
    expect({ ...changed, clauses: { ...changed.clauses, caps: [] } }).toEqual({
      ...data.rulebook,
      clauses: { ...data.rulebook.clauses, caps: [] },
    });
  });

  it('shows in the history: a looser cap leaves Cambricon larger', () => {
    const loose = runBacktest(
      { ...data, rulebook: changeClauses(data.rulebook, set('caps.single=0.15')) },
      REQUEST,
    );
    const weight = (of: Backtest): number =>
      of.reviews[0].weights.find(({ id }) => id === '688256')?.weight as number;
    expect(weight(loose)).toBeGreaterThan(weight(history));
  });

  it.each([
    ['caps.single.cap=0.12', { cap: 0.12 }],
    ['caps.single = 12 %', undefined],
    ['caps.single=12 %', { cap: 0.12 }],
  ])('%s', (text, expected) => {
    const change = () => capOf(changeClauses(data.rulebook, set(text)));
    if (expected === undefined) expect(change).toThrow(InputError);
    else expect(change()).toMatchObject(expected);
  });

  it('every fault is reported at once', () => {
    const faults = set('caps.nothing=1', 'caps.single=2', 'selection.buffer=30', 'caps.top-five.colour=red');
    try {
      changeClauses(data.rulebook, faults);
      expect.unreachable();
    } catch (error) {
      const { issues } = error as InputError;
      expect(issues.map(({ path }) => path)).toEqual([
        'caps.nothing',
        'caps.single.cap',
        'selection.buffer',
        'caps.top-five.colour',
      ]);
      expect(issues[2].expected).toContain('selection.buffer.enter');
    }
  });
});

describe('concentration', () => {
  it('.10 .10 .08 .07 .05 and 45 equal others have an effective N of 23.923445', () => {
    const five = [0.1, 0.1, 0.08, 0.07, 0.05];
    const weights = [...five, ...Array.from({ length: 45 }, () => 0.6 / 45)];
    const { n_eff, tolerance } = ACCEPTANCE.concentration;
    expect(Math.abs(concentrationOf(weights).effectiveN - n_eff)).toBeLessThan(tolerance);
    // Members counted, or the sum of squares alone: neither is it.
    expect(Math.abs(weights.length - n_eff)).toBeGreaterThan(20);
    expect(concentrationOf(weights).topFive).toBeCloseTo(0.4, 12);
  });
});
