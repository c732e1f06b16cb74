/** The print of Cambricon's first half of 2025 and its neighbours against the published figures. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  growthWord,
  parseDay,
  parsePeriod,
  Refusal,
  runEarnings,
  type Day,
  type EarningsRun,
  type FiscalPeriod,
  type Fundamentals,
  type Metric,
} from '../../../src/core/index.js';
import { loadFundamentals } from '../../../src/data/fundamentals.js';
import { ACCEPTANCE } from '../acceptance.js';
import { scratch } from '../../data/scratch.js';

const files = scratch();
let data: Fundamentals;
beforeAll(async () => {
  data = await loadFundamentals('datasets/cn-fundamentals');
});

const print = (period: string, at?: string): EarningsRun =>
  runEarnings(data, {
    company: '688256',
    period: parsePeriod(period) as FiscalPeriod,
    ...(at !== undefined && { at: parseDay(at) as Day }),
  });
const line = (run: EarningsRun, metric: Metric) => run.lines.find((one) => one.metric === metric);
const words = (run: EarningsRun, metric: Metric): string | undefined => {
  const found = line(run, metric);
  return found?.growth && growthWord(found.growth.change, found.family, 'en');
};
const flag = (run: EarningsRun, id: string) => run.flags.find((one) => one.id === id);

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Refusal).code;
  }
  return '';
}

describe('the half-year of 2025', () => {
  it('sales grew by 4,347.82 %, as printed; profit and cash flow turned, which has no percent', () => {
    const run = print('2025H1');
    expect((100 * (line(run, 'revenue')?.growth?.rate ?? 0)).toFixed(2)).toBe('4347.82');
    expect([words(run, 'net_profit_attributable'), words(run, 'operating_cash_flow')]).toEqual([
      'swing to profit',
      'turned to inflow',
    ]);
    for (const metric of ['net_profit_attributable', 'operating_cash_flow', 'eps_basic'] as const) {
      expect(line(run, metric)?.growth?.rate).toBeUndefined();
    }
    expect(words(run, 'net_profit_excl_nonrecurring')).toBe('swing to profit');
  });

  it('adds a second quarter of 17.70 in 亿, up 59 % on the first', () => {
    const quarter = print('2025H1').quarter.find((one) => one.metric === 'revenue');
    expect(quarter?.value.value).toBe(2_880_643_500 - 1_111_000_000);
    expect(quarter?.sequential?.rate).toBeCloseTo(1_769_643_500 / 1_111_000_000 - 1, 12);
    // A year ago: 64.7653 - 25.67 in millions.
    expect(quarter?.yearAgo?.value).toBeCloseTo(39_095_300, 6);
  });

  it('was not known in the evening it came out at its close', () => {
    expect(codeOf(() => print('2025H1', '2025-08-26'))).toBe('not_announced');
    expect(print('2025H1').at).toBe(parseDay('2025-08-27'));
    expect(codeOf(() => print('2019H1'))).toBe('no_report');
  });
});

it('growth of the nine months and of the year are those printed: 2,386.38 % and 453.21 %', () => {
  // 4.607 bn and 185 m are known to the million: half of one moves the percent by 7.
  const nine = 100 * (line(print('20259M'), 'revenue')?.growth?.rate ?? 0);
  expect(Math.abs(nine - 2386.38)).toBeLessThan(7);
  const year = 100 * (line(print('2025FY'), 'revenue')?.growth?.rate ?? 0);
  expect(Math.abs(year - 453.21)).toBeLessThan(0.05);
  expect(words(print('2024FY'), 'net_profit_attributable')).toBe('loss narrowed');
});

describe('flags', () => {
  it('cash of the nine months fell short of profit, of the half-year it did not', () => {
    expect(flag(print('20259M'), 'cash-conversion')).toMatchObject({ fired: true, value: -29 / 1605 });
    expect(flag(print('2025H1'), 'cash-conversion')).toMatchObject({ fired: false, value: 911 / 1038 });
  });

  it('stock against sales, orders paid ahead, profit that does not come again', () => {
    const [half, nine] = [print('2025H1'), print('20259M')];
    expect(flag(half, 'inventory-over-sales')?.value).toBeCloseTo(
      2690 / 235 - 1 - (2_880_643_500 / 64_765_300 - 1),
      9,
    );
    expect(flag(half, 'inventory-over-sales')?.fired).toBe(false);
    expect(flag(nine, 'contract-liabilities-fall')).toMatchObject({ fired: true, value: 80 / 543 - 1 });
    expect(flag(half, 'non-recurring-share')?.value).toBeCloseTo(1 - 913 / 1038, 12);
    expect(flag(half, 'customer-concentration')).toMatchObject({ fired: true, value: 0.946 });
    expect(flag(half, 'inventory-days')?.value).toBeCloseTo((2690 / (2880.6435 * 0.4407)) * 181, 6);
  });

  it('whose lines are not published stay open and name them', () => {
    expect(flag(print('2025H1'), 'grants-share')).toMatchObject({
      value: undefined,
      fired: false,
      missing: ['government_grants 2025H1'],
    });
  });

  it('all have a threshold and what makes them wrong, in both languages', () => {
    for (const { threshold, falseAlarms, why } of print('2025H1').flags) {
      expect([threshold, falseAlarms.en, falseAlarms.zh, why.en, why.zh].every((one) => one !== '')).toBe(
        true,
      );
    }
  });
});

it('scores of a year without full statements are left out, by name', () => {
  const run = print('2025H1');
  expect([run.scoreYear, run.scores.every(({ value }) => value === undefined)]).toEqual([2024, true]);
  expect(run.findings.map(({ code }) => code)).toContain('score_without_lines');
  expect(run.surprise.why?.en).toContain('are needed');
});

it('row 19 through a file of figures: Enron’s M of 2000', async () => {
  const { columns, years, own } = ACCEPTANCE.beneish_enron;
  const metrics: Readonly<Record<string, string>> = {
    receivables: 'accounts_receivable',
    currentAssets: 'current_assets',
    ppe: 'ppe',
    totalAssets: 'total_assets',
    currentLiabilities: 'current_liabilities',
    longTermDebt: 'long_term_debt',
    sales: 'revenue',
    cogs: 'cost_of_revenue',
    sga: 'sga_expense',
    incomeContOps: 'net_profit_attributable',
    cfo: 'operating_cash_flow',
    depreciation: 'depreciation',
  };
  const rows = Object.entries(years).flatMap(([year, values]) =>
    columns.map(
      (column, i) =>
        `ENRON,${year},FY,${year}-12-31,${metrics[column]},${values[i]}e6,USD,reported,textbook,${Number(year) + 1}-03-31`,
    ),
  );
  const head = 'company,fiscal_year,span,period_end,metric,value,unit,quality,source_url,announced';
  const file = files.write('enron.csv', [head, ...rows].join('\n'));
  const run = runEarnings(await loadFundamentals('datasets/cn-fundamentals', file), {
    company: 'ENRON',
    period: { year: 2000, span: 'FY' },
  });
  const score = run.scores.find(({ id }) => id === 'beneish-m');
  expect(Math.abs((score?.value ?? 0) - own['2000'].M8)).toBeLessThan(5e-4);
  expect(score?.warns).toBe(true);
});
