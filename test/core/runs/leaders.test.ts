/** Leaderboards, the day one share passed another, and funds seen through, against the bundle and by hand. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  formatDay,
  lookThrough,
  parseDay,
  passDays,
  Refusal,
  runHolders,
  runLeaders,
  runLookThrough,
  type Basket,
  type DailyBars,
  type Day,
  type FundData,
  type LeadersData,
  type LeadersRequest,
} from '../../../src/core/index.js';
import { loadFunds, loadLevels, loadPasses } from '../../../src/data/funds.js';
import { loadFundamentals } from '../../../src/data/fundamentals.js';
import { ACCEPTANCE } from '../acceptance.js';
import { bundle, rows } from '../bundle.js';

const FOLDER = 'datasets/cn-fundamentals';
const day = (text: string): Day => parseDay(text) as Day;

let data: LeadersData;
let funds: FundData;
beforeAll(async () => {
  const index = await bundle();
  data = {
    index,
    fundamentals: await loadFundamentals(FOLDER),
    passes: await loadPasses(FOLDER),
    levels: await loadLevels(FOLDER, 'datasets/cn-star', index.levels),
  };
  funds = await loadFunds(FOLDER);
});

const leaders = (change: Partial<LeadersRequest>) =>
  runLeaders(data, {
    by: 'price',
    at: day('2025-08-28'),
    from: day('2025-08-01'),
    most: 5,
    against: 'csi-300',
    ...change,
  });

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return '';
}

describe('the highest-priced share', () => {
  it('is Moutai at the close of 2025-08-27 and Cambricon at that of 2025-08-28', () => {
    const first = (at: string) =>
      leaders({ at: day(at) })
        .leaders.slice(0, 2)
        .map(({ id, value }) => [id, value]);
    expect(first('2025-08-27')).toEqual([
      ['600519', 1448],
      ['688256', 1372.1],
    ]);
    expect(first('2025-08-28')).toEqual([
      ['688256', 1587.91],
      ['600519', 1446.1],
    ]);
  });

  it('was passed within the day on 2025-08-27, not at its close; for the first time at a close the day after', () => {
    const { passes } = leaders({});
    const [within, closed] = passes;
    expect(formatDay(within.day)).toBe('2025-08-27');
    // 1,464.98 is above Moutai's low of 1,448 and below its high of 1,484.93: bars alone say possible, a page says so.
    expect(within).toMatchObject({ intraday: 'possible', atClose: false, challenger: { high: 1464.98 } });
    expect(within.documented.length).toBe(2);
    expect([formatDay(closed.day), closed.intraday, closed.atClose]).toEqual(['2025-08-28', 'certain', true]);
  });

  it('is told within a day only as far as bars can tell', () => {
    const bars = (high: number, low: number, close: number): DailyBars => ({
      day: Int32Array.of(1),
      open: Float64Array.of(close),
      high: Float64Array.of(high),
      low: Float64Array.of(low),
      close: Float64Array.of(close),
      quality: ['observed'],
    });
    const holder = bars(110, 100, 105);
    const cases = [
      [bars(111, 90, 104), 'certain', false],
      [bars(109, 90, 104), 'possible', false],
      [bars(109, 90, 106), 'possible', true],
    ] as const;
    for (const [challenger, intraday, atClose] of cases) {
      expect(passDays(challenger, holder, 0 as Day, 9 as Day)).toMatchObject([{ intraday, atClose }]);
    }
    expect(passDays(bars(100, 90, 95), holder, 0 as Day, 9 as Day)).toEqual([]);
  });
});

it('ranks a share whose closes end before those of others, and says so', () => {
  const { leaders: ranked, findings } = leaders({ at: day('2026-02-11'), most: 3 });
  expect(ranked.slice(0, 2).map(({ id, day: of }) => [id, formatDay(of)])).toEqual([
    ['600519', '2026-01-20'],
    ['688256', '2026-01-23'],
  ]);
  expect(findings.map(({ code }) => code)).toContain('leaders_stale');
  expect(leaders({}).findings.map(({ code }) => code)).not.toContain('leaders_stale');
});

it('by size: close times shares, 664.3 bn CNY for Cambricon on 2025-08-28 as printed', () => {
  const own = leaders({ by: 'cap', most: 10 }).leaders.find(({ id }) => id === '688256');
  expect(((own?.value ?? 0) / 1e9).toFixed(1)).toBe('664.3');
});

it('returns of indices over a window, from their published closes', async () => {
  const { returns } = leaders({ by: 'index', from: day('2025-07-31'), at: day('2025-08-29') });
  const published = await rows(
    `SELECT index_id, last(close ORDER BY day) / first(close ORDER BY day) - 1 AS r FROM {benchmark_levels}
     WHERE day BETWEEN '2025-07-31' AND '2025-08-29' GROUP BY index_id`,
  );
  published.index_id.forEach((id, i) => {
    const row = returns.find((one) => one.id === String(id));
    expect(row?.return).toBeCloseTo(Number(published.r[i]), 12);
  });
  const base = returns.find(({ id }) => id === 'csi-300');
  expect(base?.over).toBe(0);
  for (const id of ['csi-ai', 'star-50', 'sse-composite']) {
    const row = returns.find((one) => one.id === id);
    expect(row?.over).toBeCloseTo((row?.return ?? 0) - (base?.return ?? 0), 12);
  }
  expect(codeOf(() => leaders({ by: 'index', against: 'nasdaq-100' }))).toBe('unknown_index');
  expect(codeOf(() => leaders({ at: day('2019-01-02') }))).toBe('no_prices');
});

describe('through funds', () => {
  const basket = (lines: readonly (readonly [string, number])[]): Basket => ({
    asOf: 0 as Day,
    lines: lines.map(([id, weight]) => ({ id, weight, quality: '', source: '' })),
  });

  it('weights multiply along a route and add up over routes', () => {
    const held: Record<string, Basket> = {
      top: basket([
        ['a', 0.5],
        ['b', 0.3],
        ['x', 0.1],
      ]),
      a: basket([
        ['x', 0.4],
        ['y', 0.6],
      ]),
      b: basket([['x', 0.5]]),
    };
    const view = lookThrough(
      'top',
      (id) => held[id],
      (id) => 'xy'.includes(id),
    );
    expect(view.exposures.map(({ id, weight }) => [id, weight.toFixed(12)])).toEqual([
      ['x', '0.450000000000'],
      ['y', '0.300000000000'],
    ]);
    // A tenth of the top, and half of the 0.3 in b.
    expect(view.unknown).toBeCloseTo(0.25, 12);
    expect(view.exposures[0].routes.map(({ through }) => through.join('>'))).toEqual([
      'top>a',
      'top>b',
      'top',
    ]);
    expect(view.effectiveN.most).toBeCloseTo(1 / (0.45 ** 2 + 0.3 ** 2), 10);
    expect(view.effectiveN.least).toBeCloseTo(1 / (0.45 ** 2 + 0.3 ** 2 + 0.25 ** 2), 10);
  });

  it('row 24: .10 .10 .08 .07 .05 and 45 equal others count as 23.92', () => {
    const large = [0.1, 0.1, 0.08, 0.07, 0.05];
    const lines = [...large, ...Array.from({ length: 45 }, () => 0.6 / 45)].map(
      (weight, i) => [`s${i}`, weight] as const,
    );
    const view = lookThrough(
      'fund',
      (id) => (id === 'fund' ? basket(lines) : undefined),
      () => true,
    );
    const { n_eff, tolerance } = ACCEPTANCE.concentration;
    expect(Math.abs(view.effectiveN.most - n_eff)).toBeLessThan(tolerance);
    expect(view.effectiveN.least).toBeCloseTo(view.effectiveN.most, 9);
  });

  it('that hold themselves are refused', () => {
    const held: Record<string, Basket> = { a: basket([['b', 1]]), b: basket([['a', 0.5]]) };
    expect(
      codeOf(() =>
        lookThrough(
          'a',
          (id) => held[id],
          () => false,
        ),
      ),
    ).toBe('holds_itself');
  });

  it('to Cambricon on 2025-09-03: 14.88 % of a STAR 50 fund as printed, 0.95 of that in its feeder', () => {
    const of = (fund: string, at: string) =>
      runLookThrough(data.index, funds, fund, day(at)).view.exposures.find(({ id }) => id === '688256');
    const direct = of('588000', '2025-09-03')?.weight ?? 0;
    expect(Math.abs(direct - 0.1488)).toBeLessThan(0.0002);
    const feeder = of('011612', '2025-09-03');
    expect(feeder?.weight).toBeCloseTo(0.95 * direct, 12);
    expect(feeder?.routes[0].through).toEqual(['011612', '588000', 'star-50']);
  });

  it('after a review of which no basket is held: in its members, each as the rules weigh it', () => {
    const at = day('2025-12-15');
    const { view, findings } = runLookThrough(data.index, funds, '588000', at);
    const list = data.index.members.findLast(({ firstDay }) => firstDay <= at);
    expect(view.exposures.map(({ id }) => id).toSorted()).toEqual(list?.ids.toSorted());
    // Held to 10 % at the closes of 2025-12-08; in the basket before it Cambricon was still above.
    expect(view.exposures[0].weight).toBeLessThan(0.1);
    expect(findings.map(({ code }) => code)).toContain('basket_by_rules');
    // At the swap close itself they hold what counts from the next session on.
    const swap = runLookThrough(data.index, funds, '588000', day('2025-12-12')).view;
    expect(swap.exposures.map(({ id }) => id).toSorted()).toEqual(list?.ids.toSorted());
  });

  it('whose index is known in part say how much is unknown, and nothing before it was printed', () => {
    const at = (text: string) => runLookThrough(data.index, funds, '588750', day(text));
    expect(at('2025-09-04').view.exposures).toMatchObject([{ id: '688256', weight: 0.1637 }]);
    expect(at('2025-09-04').view.unknown).toBeCloseTo(1 - 0.1637, 12);
    expect(at('2025-09-08').view.exposures[0].weight).toBe(0.149);
    expect(codeOf(() => at('2025-09-03'))).toBe('unknown_holder');
  });

  it('with CSI 300: all 300 names, effective number from the official weights', () => {
    const { view } = runLookThrough(data.index, funds, '510330', day('2026-05-08'));
    expect(view.exposures.length).toBe(300);
    const squares = funds.holdings
      .filter(({ holder }) => holder === 'csi-300')
      .reduce((total, { weight }) => total + weight * weight, 0);
    expect(view.effectiveN.most).toBeCloseTo(1 / squares, 8);
  });

  it('back from a name to all funds it is in', () => {
    const run = runHolders(data.index, funds, '688256', day('2025-09-08'));
    const ids = run.holders.map(({ fund }) => fund.id);
    expect(ids).toEqual(expect.arrayContaining(['588000', '588080', '011612', '588750', '588790', '515980']));
    expect(run.left.map(({ fund }) => fund.id)).toEqual(expect.arrayContaining(['515070', '510330']));
    const weights = run.holders.map(({ weight }) => weight);
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
  });

  it('and how that moved over a report', () => {
    const moved = runHolders(data.index, funds, '688256', day('2025-08-28'), day('2025-08-26'));
    const of = (fund: string) => moved.holders.find((one) => one.fund.id === fund);
    for (const one of moved.holders.filter(({ fund }) => fund.follows === 'star-50')) {
      const before = runLookThrough(data.index, funds, one.fund.id, day('2025-08-26')).view.exposures;
      expect(one.before?.weight).toBe(before.find(({ id }) => id === '688256')?.weight);
      expect(one.weight).toBeGreaterThan(one.before?.weight ?? 1);
    }
    expect(of('588790')?.before?.weight).toBe(0.1416);
  });
});
