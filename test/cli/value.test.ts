/** `value`, `earnings`, `leaders`, `lookthrough`: the JSON of the contract, both languages, and what is refused. */
import { beforeAll, describe, expect, it } from 'vitest';
import { scratch } from '../data/scratch.js';
import { jsonOf, run, runAll, type Ended } from './run.js';

const files = scratch();

interface Value {
  readonly price: { readonly amount: number; readonly currency: string };
  readonly ttm: {
    readonly netProfit: { readonly amount: number };
    readonly revenue: { readonly amount: number };
    readonly asOfPeriod: string;
    readonly knownSince: string;
  };
  readonly peTtm: number;
  readonly impliedGrowth: {
    readonly twoStage: readonly { readonly years: number; readonly growth: number }[];
  };
  readonly multiples: readonly { readonly inputs: readonly { readonly source: string }[] }[];
  readonly provenance: Readonly<Record<string, unknown>>;
  readonly findings: readonly { readonly code: string }[];
}

type Name = 'value' | 'valueZh' | 'nvda' | 'print' | 'printZh' | 'price' | 'fund';

let ends: Record<Name, Ended>;
beforeAll(async () => {
  ends = await runAll({
    value: ['value', '688256.SH', '--at', '2025-09-11', '--json'],
    valueZh: ['value', '688256', '--at', '2025-09-11', '--lang', 'zh'],
    nvda: ['value', 'nvda', '--at', '2025-09-12', '--required-return', '0.12', '--years', '5', '--json'],
    print: ['earnings', '688256', '--period', '2025H1', '--json'],
    printZh: ['earnings', '688256', '--period', '2025H1', '--lang', 'zh'],
    price: ['leaders', '--by', 'price', '--at', '2025-08-28', '--json'],
    fund: ['lookthrough', '588000', '--at', '2025-09-03', '--csv'],
  });
});

describe('value', () => {
  it('has the fields of the contract, every figure with its sources', () => {
    const { price, ttm, peTtm, impliedGrowth, multiples, provenance } = jsonOf<Value>(ends.value);
    expect(price).toMatchObject({ amount: 1387, currency: 'CNY' });
    expect([ttm.asOfPeriod, ttm.knownSince]).toEqual(['2025H1', '2025-08-27']);
    expect(peTtm).toBeCloseTo((1387 * 418_350_224) / ttm.netProfit.amount, 9);
    expect(impliedGrowth.twoStage.map(({ years }) => years)).toEqual([10, 15]);
    expect(multiples.flatMap(({ inputs }) => inputs).every(({ source }) => source !== '')).toBe(true);
    expect(provenance).toMatchObject({
      data: expect.stringMatching(/^[0-9a-f]{64}$/),
      reading: { years: '10' },
    });
  });

  it('in Chinese calls things by their Chinese names; findings have their own words', () => {
    expect(ends.valueZh.stdout).toMatch(/市盈率（滚动）\s+520\.1x/);
    expect(ends.valueZh.stderr).toContain('说明盈利基数很小');
  });

  it('of Nvidia is in dollars, by its own fiscal year; other assumptions are taken and said', () => {
    const { price, peTtm, ttm, impliedGrowth, provenance } = jsonOf<Value>(ends.nvda);
    expect([price.currency, peTtm.toFixed(1), ttm.asOfPeriod]).toEqual(['USD', '50.7', '2026Q2']);
    expect(impliedGrowth.twoStage.map(({ years }) => years)).toEqual([5, 10]);
    expect(provenance.reading).toMatchObject({ requiredReturn: '0.12' });
  });

  it('names every option that cannot be', async () => {
    const wrong = await run(['value', '688256', '--at', 'today', '--price', '0', '--payout', '2', '--json']);
    const { error } = JSON.parse(wrong.stdout) as { error: { issues: { path: string }[] } };
    expect([wrong.code, error.issues.map(({ path }) => path)]).toEqual([2, ['--at', '--price', '--payout']]);
  });

  it('refuses figures that cannot be right, all of them at once, with their places', async () => {
    const file = files.write(
      'own.csv',
      [
        'company,fiscal_year,span,period_end,metric,value,unit,quality,announced',
        ...[2021, 2022, 2023].map(
          (year) => `MADE,${year},FY,${year}-12-31,revenue,800000000,CNY,reported,${year + 1}-04-01`,
        ),
        'MADE,2024,FY,2024-12-31,revenue,80000,CNY,reported,2025-04-01',
        'MADE,2025,H1,2025-06-30,revenue,1e8,CNY,reported,',
        'MADE,2025,FY,2025-12-31,sales,1,CNY,reported,2026-04-01',
      ].join('\n'),
    );
    const ended = await run(['value', 'MADE', '--at', '2026-05-01', '--statements', file, '--json']);
    const { error } = JSON.parse(ended.stdout) as { error: { issues: { code: string }[] } };
    expect([ended.code, error.issues.map(({ code }) => code)]).toEqual([
      2,
      ['unknown_word', 'no_announcement', 'unit_slip'],
    ]);
  });
});

describe('earnings', () => {
  it('says swings in words and has no percent off a loss', () => {
    const { lines, flags } = jsonOf<{
      lines: { metric: string; growth: number | null; words: { en: string; zh: string } | null }[];
      flags: { id: string; value: number | null; threshold: string; why: unknown }[];
    }>(ends.print);
    const of = (metric: string) => lines.find((one) => one.metric === metric);
    expect((100 * (of('revenue')?.growth ?? 0)).toFixed(2)).toBe('4347.82');
    expect(of('net_profit_attributable')).toMatchObject({
      growth: null,
      words: { en: 'swing to profit', zh: '扭亏为盈' },
    });
    expect(of('operating_cash_flow')).toMatchObject({ growth: null, words: { en: 'turned to inflow' } });
    expect(flags.find(({ id }) => id === 'cash-conversion')).toMatchObject({ threshold: '< 0.5' });
    expect(ends.printZh.stdout).toContain('扭亏为盈');
  });

  it('refuses a report before it was known', async () => {
    const early = await run(['earnings', '688256', '--period', '2025H1', '--at', '2025-08-26', '--json']);
    expect([early.code, early.stdout]).toEqual([3, expect.stringContaining('not_announced')]);
  });
});

it('leaders: who passed whom, within the day and at the close', () => {
  const { leaders, passes } = jsonOf<{
    leaders: { id: string }[];
    passes: { day: string; intraday: string; atClose: boolean; documented: { source: string }[] }[];
  }>(ends.price);
  expect(leaders.slice(0, 2).map(({ id }) => id)).toEqual(['688256', '600519']);
  expect(passes.map(({ day, atClose }) => [day, atClose])).toEqual([
    ['2025-08-27', false],
    ['2025-08-28', true],
  ]);
});

it('lookthrough: behind a fund, as a table for spreadsheets', () => {
  expect(ends.fund.stdout.split('\n')[1]).toMatch(/^688256,Cambricon,0\.148\d+,588000 > star-50/);
});
