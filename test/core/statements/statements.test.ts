/** Twelve months and quarters from cumulative reports, restatements, and what is refused. */
import { describe, expect, it } from 'vitest';
import {
  dayOf,
  formatPeriod,
  growthOf,
  growthWord,
  knownStatements,
  parsePeriod,
  quarterOf,
  Refusal,
  symmetricGrowth,
  trailing,
  trailingOf,
  type Day,
  type StatementFact,
} from '../../../src/core/index.js';
import { ACCEPTANCE } from '../acceptance.js';
import { facts } from './made.js';

const LATE = dayOf(2026, 12, 31);
const known = (rows: readonly StatementFact[], at: Day = LATE) => knownStatements(rows, 'MADE', at);
const PROFIT = 'net_profit_attributable';

/** Quarters 10, 20, 30, 40 and 50, 60, 70 as the cumulative reports give them. */
const REPORTS = facts([
  ['2024Q1', 10],
  ['2024H1', 30],
  ['2024 9M'.replace(' ', ''), 60],
  ['2024FY', 100],
  ['2025Q1', 50],
  ['2025H1', 110],
  ['20259M', 180],
]);

function refusalOf(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('twelve months', () => {
  it('are the last year, plus this year so far, less a year ago: row 23', () => {
    const { fy_last, ytd_now, ytd_prior, ttm } = ACCEPTANCE.ttm_cumulative;
    expect(trailingOf(fy_last, ytd_now, ytd_prior)).toBe(ttm);
    const rows = facts([
      ['20249M', ytd_prior],
      ['2024FY', fy_last],
      ['20259M', ytd_now],
    ]);
    expect(trailing(known(rows), PROFIT).value).toBe(ttm);
  });

  it('equal the sum of the four quarters behind them after every report', () => {
    const quarters = [10, 20, 30, 40, 50, 60, 70];
    for (const upTo of [3, 4, 5, 6]) {
      const { value } = trailing(known(REPORTS, REPORTS[upTo].usableFrom), PROFIT);
      expect(value).toBe(quarters.slice(upTo - 3, upTo + 1).reduce((a, b) => a + b));
    }
  });

  it('know a report from its day on and not a day before', () => {
    const half = REPORTS[5].usableFrom;
    expect(formatPeriod(trailing(known(REPORTS, (half - 1) as Day), PROFIT).asOfPeriod)).toBe('2025Q1');
    const then = trailing(known(REPORTS, half), PROFIT);
    expect([formatPeriod(then.asOfPeriod), then.knownSince]).toEqual(['2025H1', half]);
  });

  it('of a company that reports single quarters are its last four, also of a year that ends in January', () => {
    const ends = [dayOf(2024, 10, 27), dayOf(2025, 1, 26), dayOf(2025, 4, 27), dayOf(2025, 7, 27)];
    const rows = facts([
      ['2025Q3', 0.78],
      ['2025Q4', 0.89],
      ['2026Q1', 0.76],
      ['2026Q2', 1.08],
    ]).map((fact, i) => ({ ...fact, periodEnd: ends[i], usableFrom: (ends[i] + 30) as Day }));
    expect(trailing(known(rows), PROFIT).value).toBeCloseTo(3.51, 12);
  });

  it('refuse a missing line by name', () => {
    const { code, numbers } = refusalOf(() => trailing(known(REPORTS.slice(2, 6)), PROFIT));
    expect([code, numbers.periods]).toEqual(['missing_line', '2024H1']);
    expect(refusalOf(() => trailing(known([]), PROFIT)).code).toBe('missing_line');
  });

  it('refuse a fiscal year that was moved from June to December', () => {
    const moved = REPORTS.map((fact) =>
      fact.period.year === 2024 ? { ...fact, periodEnd: (fact.periodEnd - 184) as Day } : fact,
    );
    expect(refusalOf(() => trailing(known(moved), PROFIT)).code).toBe('fiscal_year_changed');
  });

  it('refuse two currencies', () => {
    const mixed = REPORTS.map((fact, i) => (i === 3 ? { ...fact, unit: 'USD' } : fact));
    expect(refusalOf(() => trailing(known(mixed), PROFIT)).code).toBe('mixed_units');
  });
});

it('a quarter is the difference of two cumulative figures, the printed one where those are not there', () => {
  expect(quarterOf(known(REPORTS), PROFIT, 2025, 'Q3').value).toBe(70);
  expect(quarterOf(known(REPORTS), PROFIT, 2025, 'Q1').value).toBe(50);
  const printed = [
    ...REPORTS.filter(({ period }) => formatPeriod(period) !== '2025H1'),
    ...facts([['2025Q3', 71]]),
  ];
  expect(quarterOf(known(printed), PROFIT, 2025, 'Q3').value).toBe(71);
});

it('a restatement is a new figure from its day on, and said', () => {
  const later = (REPORTS[3].usableFrom + 100) as Day;
  const rows = [...REPORTS, ...facts([['2024FY', 90, { usableFrom: later }]])];
  const year = parsePeriod('2024FY');
  const [before, after] = [known(rows, (later - 1) as Day), known(rows, later)];
  expect([before.of(PROFIT, year!)?.value, before.findings]).toEqual([100, []]);
  expect([after.of(PROFIT, year!)?.value, after.findings[0].code]).toEqual([90, 'figure_restated']);
});

describe('growth', () => {
  it('through zero: row 22', () => {
    for (const [from, to, g] of ACCEPTANCE.symmetric_growth.rows_from_to_g) {
      expect(Math.abs(symmetricGrowth(from, to) - g)).toBeLessThan(ACCEPTANCE.symmetric_growth.tolerance);
    }
  });

  it('has a percent only off a base above zero; all else is words', () => {
    const cases = [
      [-530, 1038, undefined, 'swing to profit', '扭亏为盈'],
      [100, -50, -1.5, 'turned to loss', '由盈转亏'],
      [-848, -452, undefined, 'loss narrowed', '亏损收窄'],
      [-100, -200, undefined, 'loss widened', '亏损扩大'],
      [0, 5, undefined, 'from nothing', '上年同期为零'],
      [100, 150, 0.5, 'up', '增长'],
      [100, 80, -0.2, 'down', '下降'],
    ] as const;
    for (const [before, after, rate, en, zh] of cases) {
      const growth = growthOf(before, after);
      if (rate === undefined) expect(growth.rate).toBeUndefined();
      else expect(growth.rate).toBeCloseTo(rate, 12);
      expect([growthWord(growth.change, 'profit', 'en'), growthWord(growth.change, 'profit', 'zh')]).toEqual([
        en,
        zh,
      ]);
    }
  });

  it('of 4,347.82 % is a growth of 43.5 times and a level of 44.5 times', () => {
    const { rate, levelMultiple } = growthOf(64_765_300, 2_880_643_500);
    expect((100 * (rate ?? 0)).toFixed(2)).toBe('4347.82');
    expect([rate?.toFixed(1), levelMultiple?.toFixed(1)]).toEqual(['43.5', '44.5']);
  });
});
