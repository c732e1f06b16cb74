/** Published multiples of Cambricon and Nvidia, what was known when, and the doubts that go with them. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  DEFAULT_ASSUMPTIONS,
  formatDay,
  formatPeriod,
  parseDay,
  runValue,
  type Day,
  type Fundamentals,
  type ValueRun,
} from '../../../src/core/index.js';
import { loadFundamentals } from '../../../src/data/fundamentals.js';

let data: Fundamentals;
beforeAll(async () => {
  data = await loadFundamentals('datasets/cn-fundamentals');
});

const value = (company: string, day: string, price?: number): ValueRun =>
  runValue(data, {
    company,
    at: parseDay(day) as Day,
    assumptions: DEFAULT_ASSUMPTIONS,
    ...(price !== undefined && { price }),
  });
const multiple = (run: ValueRun, id: string): number | undefined =>
  run.multiples.find((one) => one.id === id)?.value;
const codes = (run: ValueRun): string[] => run.findings.map(({ code }) => code);

describe('P/E of the last twelve months', () => {
  it.each([
    ['688256', '2025-09-11', undefined, '520'],
    ['688256', '2025-08-28', undefined, '595'],
    ['688256', '2025-09-11', 1587.91, '595'],
    ['688256', '2025-09-11', 1372.1, '515'],
    ['NVDA', '2025-09-12', undefined, '51'],
  ])('of %s on %s, %d: %s', (company, day, price, expected) => {
    expect(multiple(value(company, day, price), 'pe-ttm')?.toFixed(0)).toBe(expected);
  });

  it('of Nvidia is 50.7, as Reuters printed 50; of Cambricon about ten times that of Nvidia', () => {
    expect(multiple(value('NVDA', '2025-09-12'), 'pe-ttm')?.toFixed(1)).toBe('50.7');
    const run = value('688256', '2025-09-11');
    const nvidia = run.peers.find(({ id }) => id === 'NVDA');
    expect(nvidia?.currency).toBe('USD');
    // New York's close of that day comes after Shanghai's.
    expect(formatDay(nvidia?.day ?? (0 as Day))).toBe('2025-09-10');
    expect(((multiple(run, 'pe-ttm') ?? 0) / (nvidia?.pe.value ?? 1)).toFixed(1)).toBe('10.3');
  });

  it('is worked out from the lines it names', () => {
    const run = value('688256', '2025-09-11');
    const [pe] = run.multiples;
    const amounts = Object.fromEntries(pe.inputs.map(({ name, value: amount }) => [name, amount]));
    const profit =
      amounts['net_profit_attributable 2024FY'] +
      amounts['net_profit_attributable 2025H1'] -
      amounts['- net_profit_attributable 2024H1'];
    expect((amounts.close * amounts.shares) / profit).toBeCloseTo(pe.value ?? 0, 9);
    expect(pe.inputs.every(({ source }) => source !== '')).toBe(true);
  });
});

describe('the other multiples on 2025-09-11', () => {
  it('follow from the published figures', () => {
    const run = value('688256', '2025-09-11');
    const worth = 1387 * 418_350_224;
    expect(run.marketValue?.amount).toBe(worth);
    const sales = 1_174_464_400 + 2_880_643_500 - 64_765_300;
    const core = -864_951_500 + 913_000_000 + 609_000_000;
    const profit = -452_338_800 + 1_038_000_000 + 530_000_000;
    const expected: readonly (readonly [string, number])[] = [
      ['ps', worth / sales],
      ['pe-excl-non-recurring', worth / core],
      ['pe-run-rate', worth / (4 * (1_038_000_000 - 355_000_000))],
      ['pe-forward-low', worth / ((5e9 * profit) / sales)],
      ['pe-forward-high', worth / ((7e9 * profit) / sales)],
      ['earnings-yield', profit / worth],
      ['peg', worth / profit / (100 * (6e9 / 1_174_464_400 - 1))],
    ];
    for (const [id, number] of expected) expect(multiple(run, id)).toBeCloseTo(number, 9);
  });

  it('without their lines have none and say which', () => {
    const run = value('688256', '2025-09-11');
    for (const id of ['pb', 'ev-sales']) {
      const figure = run.multiples.find((one) => one.id === id);
      expect([figure?.value, figure?.why?.en]).toEqual([undefined, expect.stringContaining('is not held')]);
    }
  });

  it('of a loss have none, the yield goes on below zero', () => {
    const run = value('688256', '2025-04-30');
    expect(run.netProfit?.value).toBeGreaterThan(0);
    expect(multiple(run, 'pe-excl-non-recurring')).toBeUndefined();
  });
});

describe('what was known', () => {
  it('the half-year report came after the close of 2025-08-26; the outlook after that of 2025-08-28', () => {
    const [before, after] = [value('688256', '2025-08-26'), value('688256', '2025-08-27')];
    expect(codes(before)).toContain('report_after_close');
    expect([before, after].map(({ netProfit }) => formatPeriod(netProfit!.asOfPeriod))).toEqual([
      '2025Q1',
      '2025H1',
    ]);
    expect(
      [value('688256', '2025-08-28'), value('688256', '2025-08-29')].map(({ guidance }) => guidance?.low),
    ).toEqual([undefined, 5e9]);
  });

  it('a vendor still prints 5,293 on 2025-08-28, from earnings of the report before, and no longer on 2025-09-01', () => {
    const late = value('688256', '2025-08-28');
    expect(codes(late)).toContain('vendor_multiple_stale');
    // What was known before the report: -4.52 + 3.55 + 2.27 in 亿.
    const old = value('688256', '2025-08-26').netProfit?.value ?? 0;
    expect(old).toBeCloseTo(-452_338_800 + 355_000_000 + 227_000_000, 6);
    expect(Math.abs((late.vendor?.profit ?? 0) / old - 1)).toBeLessThan(0.05);
    expect(codes(value('688256', '2025-09-01'))).not.toContain('vendor_multiple_stale');
  });

  it('no result of a day changes when everything after it is taken away', () => {
    const at = parseDay('2025-09-11') as Day;
    const past: Fundamentals = {
      ...data,
      facts: data.facts.filter((fact) => fact.usableFrom <= at),
      guidance: data.guidance.filter((one) => one.usableFrom <= at),
      shares: data.shares.filter((one) => one.knownFrom <= at),
    };
    const request = { company: '688256', at, assumptions: DEFAULT_ASSUMPTIONS };
    expect(runValue(past, request)).toEqual(runValue(data, request));
  });
});

it('what the price implies is what the models give for its P/E', () => {
  const { implied, compression, scenarios, baseRates, path } = value('688256', '2025-09-11');
  // Between 500 and 1000 in the table of the models: 54.391 and 65.700 %.
  expect(implied?.twoStage[0].growth).toBeGreaterThan(0.54391);
  expect(implied?.twoStage[0].growth).toBeLessThan(0.657);
  expect(compression[0].after[0].multiple).toBeCloseTo(520.1 / 1.2, 0);
  expect(scenarios.map(({ sales }) => sales)).toEqual([5e9, 5e9, 5e9, 6e9, 6e9, 6e9, 7e9, 7e9, 7e9]);
  // 3.99 bn CNY of sales are 0.56 bn USD, between two rows of the book.
  expect(baseRates.map(({ match }) => match)).toEqual(['smaller', 'larger']);
  expect(path?.forecastYears).toBeGreaterThan(0);
});

it('the history of the multiple is that of each day on its own, and the band its quantiles', () => {
  const { history, band } = value('688256', '2025-09-11');
  for (const day of ['2025-05-06', '2025-08-26', '2025-08-27', '2025-09-11']) {
    const row = history.day.indexOf(parseDay(day) as Day);
    expect(history.value[row]).toBeCloseTo(multiple(value('688256', day), 'pe-ttm') ?? 0, 9);
  }
  const sorted = [...history.value].toSorted((a, b) => a - b);
  const last = history.value[history.value.length - 1];
  expect(band?.days).toBe(sorted.length);
  expect(band?.rank).toBeCloseTo(sorted.filter((one) => one < last).length / sorted.length, 12);
  // Half of the days lie on either side of the median.
  expect(sorted.filter((one) => one < (band?.p50 ?? 0)).length).toBe(
    sorted.filter((one) => one > (band?.p50 ?? 0)).length,
  );
});

it('a day before any close, a company without reports are refused', () => {
  expect(() => value('688256', '2020-01-02')).toThrow('no close on or before');
  expect(() => value('688041', '2025-09-11')).toThrow('no reports of 688041');
});
