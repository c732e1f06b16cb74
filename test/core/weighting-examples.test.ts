/**
 * Worked examples of capping, each against numbers computed by hand or printed: E12 to E17 and E20 to E23 of the
 * project's rulebook notes. Through the rulebooks where a rule is in one. Weights in percent.
 */
import { describe, expect, it } from 'vitest';
import {
  capsOf,
  clauseOfKind,
  datesOfReview,
  formatDay,
  nthWeekdayOfMonth,
  resolveRulebook,
  sessionCalendar,
  startOf,
  weekdayOf,
  type Day,
  type SessionCalendar,
} from '../../src/core/index.js';
import { countedShares } from '../../src/core/weighting/lowFloat.js';
import { cap, day, rulebookOf, table, weigh, weighUnder, type Holding } from '../cases/weighing.js';

/** Securities `a`, `b`, ... with the values given, then `n` equal ones. */
function members(values: readonly number[], n = 0, each = 0): Holding[] {
  return [...values, ...Array<number>(n).fill(each)].map((value, i) => ({
    id: `m${String(i).padStart(3, '0')}`,
    value,
  }));
}

/** Percent of the first `n` securities and of the last. */
function percents(run: { weights: ReadonlyMap<string, number> }, n: number): number[] {
  return [...run.weights.values()].slice(0, n).map((weight) => 100 * weight);
}
const last = (run: { weights: ReadonlyMap<string, number> }): number =>
  100 * ([...run.weights.values()].at(-1) ?? Number.NaN);

function expectPercents(actual: readonly number[], expected: readonly number[], digits = 6): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, digits));
}

describe('Nasdaq-100', () => {
  const on = '2023-09-18';

  it('E12: six issuers go to 40 %, Meta to the smallest of them', async () => {
    // USD tn of July 2023; Meta and sixty others make up the assumed remainder of 7.2.
    const run = await weighUnder(
      'nasdaq-100',
      '2023-07-24',
      members([3.02, 2.51, 1.41, 1.34, 1.05, 0.886, 0.582], 60, (7.2 - 0.582) / 60),
      { occasion: 'special' },
    );
    expectPercents(percents(run, 7), [11.825, 9.828, 5.521, 5.247, 4.111, 3.469, 3.469], 3);
    const seven = percents(run, 7).reduce((a, b) => a + b, 0);
    expect(seven).toBeGreaterThan(43);
    expect(seven).toBeLessThan(44);
  });

  it('E13: the seventh is held at the sixth, it does not overtake', async () => {
    const run = await weighUnder('nasdaq-100', on, members([14, 13, 8, 7, 6, 5, 4.2], 60, 42.8 / 60), {
      occasion: 'special',
    });
    expectPercents(percents(run, 7), [10.566038, 9.811321, 6.037736, 5.283019, 4.528302, 3.773585, 3.773585]);
    expect(last(run)).toBeCloseTo(0.937107, 6);
  });

  it('E13: in March, June and September the weights in force stay while the limits hold', async () => {
    const calm = members([14, 13, 8, 4.4, 4.3, 4.2], 60, 52.1 / 60).map((holding) => ({
      ...holding,
      inForce: holding.value / 100,
    }));
    const drifted = calm.map((holding, i) => ({ ...holding, value: holding.value * (i === 0 ? 2 : 1) }));
    const run = await weighUnder('nasdaq-100', on, drifted, { occasion: 'quarterly' });
    expect(run.result.keptInForce).toBe(true);
    expectPercents(percents(run, 3), [14, 13, 8]);
  });

  it('E13: a breach in force restarts from market value', async () => {
    const values = members([14, 13, 8, 7, 6, 5, 4.2], 60, 42.8 / 60);
    const concentrated = values.map((holding) => ({ ...holding, inForce: holding.value / 100 }));
    const run = await weighUnder('nasdaq-100', on, concentrated, { occasion: 'quarterly' });
    expect(run.result.keptInForce).toBe(false);
    expect(percents(run, 1)[0]).toBeCloseTo(10.566038, 6);
  });

  it('E14: the quoted December limits, arithmetic of an unverified reading', async () => {
    const run = await weighUnder('nasdaq-100', '2023-12-18', members([20, 16, 9, 7, 6, 5, 4], 60, 0.55), {
      occasion: 'annual',
      readings: {
        'caps.single': 'december-limits',
        'caps.large-companies': 'december-limits',
        'caps.december-five': 'december-limits',
      },
    });
    expectPercents(percents(run, 7), [10.21801, 10.21801, 7.38981, 5.74763, 4.92654, 4.4, 4.4], 5);
    expect(last(run)).toBeCloseTo(0.878333, 6);
  });

  it('E14: by default December has the limits of the other reviews', async () => {
    const run = await weighUnder(
      'nasdaq-100',
      '2023-12-18',
      members([14, 13, 8, 7, 6, 5, 4.2], 60, 42.8 / 60),
      {
        occasion: 'annual',
      },
    );
    expect(percents(run, 1)[0]).toBeCloseTo(10.566038, 6);
  });

  it('asks which kind of review it is', async () => {
    await expect(weighUnder('nasdaq-100', on, members([1, 1, 1]))).rejects.toMatchObject({
      code: 'missing_occasion',
    });
  });

  it('E17: a float of 75 bn USD counts three times, 225 of 1750 bn', async () => {
    const methodology = resolveRulebook(await rulebookOf('nasdaq-100'), day('2026-06-22'), {}, 'quarterly');
    const { rule } = clauseOfKind(methodology, 'shares', 'low-float');
    expect(countedShares(rule, 1750e9, 75e9)).toBe(225e9);
    expect(countedShares(rule, 1750e9, 800e9)).toBe(1750e9);
    const before = resolveRulebook(await rulebookOf('nasdaq-100'), day('2026-04-30'), {}, 'quarterly');
    expect(before.clauses.shares).toEqual([]);
  });
});

describe('Select Sectors', () => {
  const three = members([21.5, 21.3, 21.2], 36, 1);

  it('E15: to June 2024 the third is cut to 4.5 %', async () => {
    const run = await weighUnder('sp-select-sector', '2024-06-24', three, { occasion: 'quarterly' });
    expectPercents(percents(run, 3), [21.5, 21.3, 4.5]);
    expect(last(run)).toBeCloseTo(1.463889, 6);
  });

  it('E15: since September 2024 all three share the cut', async () => {
    const run = await weighUnder('sp-select-sector', '2024-09-23', three, { occasion: 'quarterly' });
    expectPercents(percents(run, 3), [15.1171875, 14.9765625, 14.90625]);
    expect(last(run)).toBeCloseTo(1.527778, 6);
  });

  const above = members([26, 25, 22], 27, 1);

  it('E15: singles at 23 % with the excess kept aside, as replayed', async () => {
    const run = await weighUnder('sp-select-sector', '2024-09-23', above, { occasion: 'quarterly' });
    expectPercents(percents(run, 3), [(23 / 68) * 45, (23 / 68) * 45, (22 / 68) * 45]);
    expect(last(run)).toBeCloseTo(55 / 27, 6);
  });

  it('E15: singles at 23 % with the excess spread first, the reading before the replay', () => {
    const run = weigh(above, [
      cap('caps.single', { kind: 'single', cap: 0.23, trigger: 0.24 }),
      cap('caps.large-companies', {
        kind: 'above-sum',
        threshold: 0.048,
        limit: 0.5,
        target: 0.45,
        cut: 'scale-set',
      }),
    ]);
    expectPercents(percents(run, 3), [15, 15, 15]);
    expect(last(run)).toBeCloseTo(2.037037, 6);
  });

  const technology = (event: string): Holding[] =>
    table('test/cases/sp-select-sector-2024/inputs.csv')
      .filter((row) => row.event_id === event)
      .map((row) => ({
        id: row.ticker,
        issuer: row.company,
        value: Number(row.float_shares_proxy) * Number(row.ref_price),
      }));

  it('E16: June 2024 makes a 71 bn USD fund buy more than 10 bn of Nvidia, then about 6 % of it', async () => {
    const run = await weighUnder('sp-select-sector', '2024-06-24', technology('XLK-2024-06-24'), {
      occasion: 'quarterly',
    });
    const bought = 71e9 * ((run.weights.get('NVDA') ?? 0) - 0.06);
    expect(bought).toBeGreaterThan(10e9);
    expect(bought).toBeLessThan(11.5e9);
  });

  it('E16: September 2024 makes a 68 bn USD fund buy about 7 bn of Apple, then 4.86 %', async () => {
    const run = await weighUnder('sp-select-sector', '2024-09-23', technology('XLK-2024-09-23'), {
      occasion: 'quarterly',
    });
    const bought = 68e9 * ((run.weights.get('AAPL') ?? 0) - 0.0486);
    expect(bought).toBeGreaterThan(6.5e9);
    expect(bought).toBeLessThan(7.8e9);
  });
});

describe('E20: calendar dates', () => {
  /** Monday to Friday without the holidays named, over the years that the examples need. */
  function weekdays(market: string, holidays: readonly string[] = []): SessionCalendar {
    const closed = new Set(holidays.map(day));
    const days: number[] = [];
    for (let at = day('2022-01-03'); at <= day('2026-12-31'); at = (at + 1) as Day) {
      const weekday = weekdayOf(at);
      if (weekday !== 0 && weekday !== 6 && !closed.has(at)) days.push(at);
    }
    return sessionCalendar(market, days);
  }

  const datesOf = async (
    id: string,
    effective: string,
    sessions: SessionCalendar,
    occasion?: 'annual' | 'quarterly' | 'quarter-end',
  ) => {
    const methodology = resolveRulebook(await rulebookOf(id), day(effective), {}, occasion);
    return Object.fromEntries(
      Object.entries(datesOfReview(methodology, sessions, day(effective))).map(([name, date]) => [
        name,
        formatDay(date),
      ]),
    );
  };

  it.each([
    ['2025-06-13', '2025-06-12'],
    ['2025-12-12', '2025-12-11'],
  ])('KOSPI 200 of %s is traded on the second Thursday', async (effective, swap) => {
    expect(await datesOf('kospi-200', effective, weekdays('XKRX'))).toMatchObject({ swap, effective });
  });

  it('DAX caps at 15 % from 2024-03-18, 10 % to the day before', async () => {
    const dax = await rulebookOf('dax');
    const capOn = (date: string) => capsOf(resolveRulebook(dax, day(date)))[0].rule;
    expect(capOn('2024-03-17')).toMatchObject({ cap: 0.1 });
    expect(capOn('2024-03-18')).toMatchObject({ cap: 0.15 });
    expect(await datesOf('dax', '2024-03-18', weekdays('XETR'))).toMatchObject({ swap: '2024-03-15' });
  });

  it('Select Sectors: Friday to September 2024, Wednesday from December', async () => {
    const newYork = weekdays('XNYS', ['2024-03-29', '2024-06-19', '2024-12-25']);
    expect(await datesOf('sp-select-sector', '2024-06-24', newYork, 'quarterly')).toMatchObject({
      pricing: '2024-06-14',
      swap: '2024-06-21',
    });
    expect(await datesOf('sp-select-sector', '2024-09-23', newYork, 'quarterly')).toMatchObject({
      pricing: '2024-09-13',
    });
    expect(await datesOf('sp-select-sector', '2024-12-23', newYork, 'quarterly')).toMatchObject({
      pricing: '2024-12-11',
      swap: '2024-12-20',
    });
  });

  it('Select Sectors: the second rebalance of March 2024 was checked, priced and traded in three days', async () => {
    const newYork = weekdays('XNYS', ['2024-03-29']);
    expect(await datesOf('sp-select-sector', '2024-04-01', newYork, 'quarter-end')).toMatchObject({
      cutoff: '2024-03-26',
      pricing: '2024-03-27',
      swap: '2024-03-28',
    });
  });

  it('Nasdaq-100: December on the third Friday, priced at the end of November', async () => {
    const newYork = weekdays('XNAS', ['2024-11-28', '2024-12-25']);
    expect(await datesOf('nasdaq-100', '2024-12-23', newYork, 'annual')).toMatchObject({
      cutoff: '2024-10-31',
      pricing: '2024-11-29',
      announcement: '2024-12-13',
      swap: '2024-12-20',
    });
  });

  it('Nikkei 225: base dates at the end of January and July', async () => {
    const tokyo = weekdays('XTKS');
    expect(await datesOf('nikkei-225', '2024-10-01', tokyo)).toMatchObject({
      pricing: '2024-07-31',
      announcement: '2024-09-04',
      swap: '2024-09-30',
    });
    expect(await datesOf('nikkei-225', '2025-04-01', tokyo)).toMatchObject({ pricing: '2025-01-31' });
  });

  it('Nifty Bank: factors of the last session are priced three sessions before', async () => {
    const mumbai = weekdays('XNSE', ['2025-12-25']);
    expect(await datesOf('nifty-bank', '2025-12-31', mumbai)).toMatchObject({
      swap: '2025-12-30',
      pricing: '2025-12-26',
    });
  });

  it('first Fridays of Hang Seng reviews, fourth and second of Russell', () => {
    const nth = (month: string, n: number) => formatDay(nthWeekdayOfMonth(day(month), n, 5));
    expect([nth('2025-06-01', 1), nth('2025-09-01', 1)]).toEqual(['2025-06-06', '2025-09-05']);
    expect([nth('2026-06-01', 4), nth('2026-12-01', 2)]).toEqual(['2026-06-26', '2026-12-11']);
  });
});

describe('Nifty', () => {
  it('E21: four tranches take 28 % to 26, 24, 22 and 20 % in a market that does not move', async () => {
    let weights = [28, 8, 7, ...Array<number>(11).fill(57 / 11)];
    const steps: number[] = [];
    for (const date of ['2025-12-31', '2026-01-30', '2026-02-27', '2026-03-31']) {
      const holdings = members(weights).map((holding) => ({ ...holding, inForce: holding.value / 100 }));
      const run = await weighUnder('nifty-bank', date, holdings);
      weights = percents(run, weights.length);
      steps.push(weights[0]);
    }
    expectPercents(steps, [26, 24, 22, 20]);
  });

  it('E21: the three largest come down together when their sum is too high', async () => {
    let weights = [27, 25, 10, ...Array<number>(11).fill(38 / 11)];
    for (const date of ['2025-12-31', '2026-01-30', '2026-02-27', '2026-03-31']) {
      const holdings = members(weights).map((holding) => ({ ...holding, inForce: holding.value / 100 }));
      weights = percents(await weighUnder('nifty-bank', date, holdings), weights.length);
    }
    expect(Math.max(...weights)).toBeLessThanOrEqual(20 + 1e-9);
    expect(weights[0] + weights[1] + weights[2]).toBeLessThanOrEqual(45 + 1e-9);
  });

  it('before the tranches: 33 % each, 62 % for three; after them 19, 14 and 10 %', async () => {
    const banks = members([40, 25, 12], 11, 23 / 11);
    const before = await weighUnder('nifty-bank', '2025-09-30', banks);
    expect(percents(before, 3).reduce((a, b) => a + b, 0)).toBeCloseTo(62, 9);
    const after = await weighUnder('nifty-bank', '2026-06-30', banks);
    expectPercents(percents(after, 3), [19, 14, 10]);
  });

  it('E22: the tutorial of the provider, shares x float factor x price', () => {
    const run = weigh(
      [
        { id: 'ABC', value: 10_000 * 1 * 200 },
        { id: 'BCD', value: 20_000 * 0.8 * 300 },
        { id: 'CDE', value: 30_000 * 0.75 * 400 },
      ],
      [],
    );
    // 2.0, 4.8 and 9.0 of 15.8 million
    expectPercents(percents(run, 3), [200 / 15.8, 480 / 15.8, 900 / 15.8]);
  });
});

describe('Nikkei 225', () => {
  const heavy = members([12.4], 224, 87.6 / 224);

  it('E23: 12.4 % above the 12 % of October 2022 becomes 11.3001 %', async () => {
    expect(percents(await weighUnder('nikkei-225', '2022-10-03', heavy), 1)[0]).toBeCloseTo(11.3001, 4);
  });

  it.each([
    ['2022-10-03', 11.5, false],
    ['2023-10-02', 11.5, true],
    ['2023-10-02', 10.5, false],
    ['2024-10-01', 10.5, true],
    ['2024-10-01', 9.5, false],
  ])('threshold on %s: %f %% is cut: %s', async (date, weight, cut) => {
    const run = await weighUnder('nikkei-225', date, members([weight], 224, (100 - weight) / 224));
    expect(run.result.outcomes.map((outcome) => outcome.triggered)).toEqual([cut]);
  });

  it('a second cut takes another tenth of the whole factor, 0.9 to 0.8', async () => {
    const run = await weighUnder('nikkei-225', '2025-04-01', heavy, {
      readings: { 'caps.haircut': 'second-cut' },
    });
    expect(percents(run, 1)[0]).toBeCloseTo((100 * 12.4 * (8 / 9)) / (87.6 + 12.4 * (8 / 9)), 9);
  });
});

describe('the other families', () => {
  it('PHLX Semiconductor: five at 8 %, the rest at 4 %, and the remembered tiers', async () => {
    const chips = members([40, 15, 9, 6, 5, 4.6], 24, 20.4 / 24);
    const run = await weighUnder('phlx-semiconductor', '2024-03-18', chips);
    expectPercents(percents(run, 6), [8, 8, 8, 8, 8, 4]);
    const tiers = await weighUnder('phlx-semiconductor', '2024-03-18', chips, {
      readings: { 'caps.rank-tiers': 'twelve-ten-eight' },
    });
    expectPercents(percents(tiers, 6), [12, 10, 8, 4, 4, 4]);
  });

  it('FTSE RIC: 20 % each, the large ones together 48 %', async () => {
    const run = await weighUnder('ftse-ric', '2025-06-23', members([30, 15, 10, 6, 4], 35, 1));
    // The fifth, 4.0 %, passes 4.5 % when it takes its part of the largest one's excess.
    const large = percents(run, 5);
    expect(large.reduce((a, b) => a + b, 0)).toBeCloseTo(48, 9);
    expect(Math.max(...large)).toBeLessThanOrEqual(20);
  });

  it('FTSE UCITS: 10 % each, those above 5 % together 40 %', async () => {
    const run = await weighUnder('ftse-ucits', '2025-06-23', members([20, 12, 9, 8, 7, 6], 38, 1));
    const weights = [...run.weights.values()].map((weight) => 100 * weight);
    expect(Math.max(...weights)).toBeLessThanOrEqual(10 + 1e-9);
    expect(weights.filter((weight) => weight > 5 + 1e-9).reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(
      40 + 1e-9,
    );
  });

  it('EURO STOXX 50, DAX and TOPIX: one cap', async () => {
    const heavy = members([18, 12], 48, 70 / 48);
    expectPercents(percents(await weighUnder('euro-stoxx-50', '2025-06-23', heavy), 2), [10, 10]);
    expect(percents(await weighUnder('dax', '2025-06-23', heavy), 1)[0]).toBeCloseTo(15, 9);
    expectPercents(percents(await weighUnder('topix', '2025-10-01', heavy), 2), [10, 10]);
  });

  it('KOSPI 200: 30 % for less than a year, then none, kept for the variant abroad', async () => {
    const samsung = members([34], 199, 66 / 199);
    const largest = async (date: string, readings = {}) =>
      percents(await weighUnder('kospi-200', date, samsung, { readings }), 1)[0];
    expect(await largest('2019-12-13')).toBeCloseTo(30, 9);
    expect(await largest('2020-06-12')).toBeCloseTo(34, 9);
    expect(await largest('2020-06-12', { 'caps.single': 'overseas-30' })).toBeCloseTo(30, 9);
  });

  it('MSCI 10/40 and 25/50 keep their limits, tighter ones as a reading', async () => {
    const market = members([30, 14, 9, 6, 5.5, 4.8], 40, 30.7 / 40);
    const check = async (id: string, single: number, above: number, limit: number, readings = {}) => {
      const run = await weighUnder(id, '2025-06-02', market, { readings });
      const weights = [...run.weights.values()].map((weight) => 100 * weight);
      expect(Math.max(...weights)).toBeLessThanOrEqual(single + 1e-9);
      const large = weights.filter((weight) => weight > above + 1e-9);
      expect(large.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(limit + 1e-9);
    };
    await check('msci-10-40', 10, 5, 40);
    await check('msci-10-40', 9, 4.5, 36, { 'caps.limits': 'buffered' });
    await check('msci-25-50', 25, 5, 50);
    await check('msci-25-50', 22.5, 4.5, 45, { 'caps.limits': 'buffered' });
  });

  it('S&P 500 and Nifty 50: no cap, and nothing else that moves weights', async () => {
    for (const id of ['sp-500', 'nifty-50']) {
      const methodology = resolveRulebook(await rulebookOf(id), day('2025-06-23'));
      expect(capsOf(methodology)).toEqual([]);
      expect(startOf(methodology)).toMatchObject({ from: 'uncapped', level: 'security' });
    }
  });

  it('S&P 500: the size floor is a dated series', async () => {
    const rulebook = await rulebookOf('sp-500');
    const floor = (date: string) =>
      resolveRulebook(rulebook, day(date)).clauses.screens.find((clause) => clause.id === 'screens.size')
        ?.rule;
    expect(floor('2022-03-03')).toMatchObject({ min: 13.1e9 });
    expect(floor('2022-03-04')).toMatchObject({ min: 14.6e9 });
    expect(floor('2025-01-01')).toMatchObject({ min: 18e9 });
    expect(floor('2025-01-02')).toMatchObject({ min: 20.5e9 });
    expect(floor('2025-07-01')).toMatchObject({ min: 22.7e9 });
  });
});
