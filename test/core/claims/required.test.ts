/** The sentences the checker was asked for, each with its verdict and with the figure worked out here from the plain tables. */
import { describe, expect, test } from 'vitest';
import { checker, rowsOf } from './checker.js';

const check = await checker();

/** One number of a bar, straight from the file. */
async function bar(id: string, day: string, column: 'open' | 'high' | 'low' | 'close'): Promise<number> {
  const { value } = await rowsOf(
    `SELECT ${column} AS value FROM {fundamentals__bars} WHERE id = '${id}' AND day = DATE '${day}'`,
  );
  return Number(value[0]);
}

describe('28 August 2025 and the days before', () => {
  const { claims } = check(
    "On 2025-08-27 the intraday high 1,464.98 passed Moutai's price but not at the close of that day.",
  );
  test('without a name, the digits of the high say whose it is; the rest depends on who is meant', () => {
    expect(claims.map(({ verdict }) => verdict)).toEqual(['right', 'ambiguous', 'ambiguous']);
    for (const { readings } of claims.slice(1)) expect(readings[0].words.en).toContain('Cambricon');
  });
  test('figures', async () => {
    const named = check(
      "On 2025-08-27 Cambricon's intraday high 1,464.98 passed Moutai's price but not at the close of that day.",
    ).claims;
    expect(named.map(({ verdict }) => verdict)).toEqual(['right', 'right', 'right']);
    const [high, passed, notClosed] = named;
    expect(high.figure?.value).toBe(await bar('688256', '2025-08-27', 'high'));
    expect(passed.figure?.inputs[0].value).toBe(1464.98);
    expect(passed.figure?.inputs[3].value).toBe(await bar('600519', '2025-08-27', 'close'));
    expect(notClosed.why.en).toContain('1,372.10');
    expect(await bar('688256', '2025-08-27', 'close')).toBeLessThan(
      await bar('600519', '2025-08-27', 'close'),
    );
  });
  test('closing above Moutai is wrong on the 27th and right on the 28th', () => {
    expect(check('On 2025-08-27 Cambricon closed above Moutai.').claims[0].verdict).toBe('wrong');
    expect(check('On 2025-08-28 Cambricon closed above Moutai.').claims[0].verdict).toBe('right');
    expect(check('2025年8月27日，寒武纪收盘超越贵州茅台。').claims[0].verdict).toBe('wrong');
  });
});

test('revenue did not flip from negative to positive; profit and cash flow did', () => {
  const text =
    'In the first half of 2025 Cambricon’s revenue, profit and cash flow all flipped from negative to positive.';
  const { claims } = check(text);
  expect(claims.map(({ metric, verdict }) => [metric, verdict])).toEqual([
    ['revenue', 'wrong'],
    ['netProfit', 'right'],
    ['cashFlow', 'right'],
  ]);
  // Half-year report: 64,765,300 and 2,880,643,500; -530 m and 1,038 m; -631 m and 911 m.
  expect(claims.map(({ figure }) => figure?.inputs.map(({ value }) => value))).toEqual([
    [64_765_300, 2_880_643_500],
    [-530_000_000, 1_038_000_000],
    [-631_000_000, 911_000_000],
  ]);
});

test('doubled in August: by the closes of 31 July and 29 August', async () => {
  const ratio = (await bar('688256', '2025-08-29', 'close')) / (await bar('688256', '2025-07-31', 'close'));
  const [claim] = check("Cambricon's shares doubled in August.", '2025-09-01').claims;
  expect(claim.verdict).toBe('right');
  expect(claim.figure?.value).toBeCloseTo(ratio - 1, 12);
  expect(check("Cambricon's shares doubled in July.", '2025-09-01').claims[0].verdict).toBe('wrong');
  // Without a name it depends on who is meant.
  const [unnamed] = check('doubled in August').claims;
  expect(unnamed.verdict).toBe('ambiguous');
  expect(unnamed.readings[0].words.en).toContain('Cambricon');
});

describe('fell about 14 % and recovered about 10 %', () => {
  test('right for the week to 5 September; the rebound only at a price within the last session', async () => {
    const [fell, rose] = check(
      'Cambricon fell about 14% last week and recovered about 10% this week.',
      '2025-09-12',
    ).claims;
    const [before, week] = [
      await bar('688256', '2025-08-29', 'close'),
      await bar('688256', '2025-09-05', 'close'),
    ];
    expect(fell.verdict).toBe('right-within-rounding');
    expect(fell.figure?.value).toBeCloseTo(week / before - 1, 12);
    expect(rose.verdict).toBe('ambiguous');
    expect(rose.figure?.value).toBeCloseTo((await bar('688256', '2025-09-12', 'close')) / week - 1, 12);
    expect(rose.readings[0].words.en).toContain('within the session of 2025-09-12');
  });
  test('without a window, the windows it is right for are named', () => {
    const [fell] = check('Cambricon fell about 14%.', '2025-09-12').claims;
    expect(fell.verdict).toBe('ambiguous');
    expect(fell.readings.map(({ figure }) => figure.text.en).join()).toMatch(/2025-09-04.*2025-09-05/);
  });
});

describe('passive selling', () => {
  test('up to 8 billion is too much: 6.3 to 6.9', async () => {
    const [claim] = check('Cambricon faces up to 8 billion yuan of passive selling.', '2025-09-12').claims;
    expect(claim.verdict).toBe('wrong');
    // Weights of the review file, 15.39 % and 11.76 %, on 172.879 and 189.03 bn: 6.28 and 6.86.
    expect(claim.figure?.value).toBeCloseTo((0.153905 - 0.117561) * 172.879e9, -8);
    expect(claim.figure?.high).toBeCloseTo((0.153905 - 0.117561) * 189.03e9, -8);
  });
  test('54.5 billion is wrong by ten, in both languages', () => {
    const texts = [
      'Passive outflow of 54.5 billion yuan from STAR 50 for Cambricon.',
      '寒武纪被动流出545亿元。',
    ];
    for (const text of texts) {
      const [claim] = check(text, '2025-09-12').claims;
      expect([claim.verdict, claim.slip]).toEqual(['wrong', 'ten-times']);
      // (13.15 % - 10 %) x 172.879 bn, as the press had it on 8 September.
      expect((claim.figure?.value ?? 0) / ((0.1315 - 0.1) * 172.879e9)).toBeCloseTo(1, 2);
    }
  });
});

test('500 times trailing earnings, about ten times Nvidia’s', async () => {
  const [pe, ratio] = check(
    "On 2025-09-11 Cambricon traded at 500 times trailing earnings, about ten times Nvidia's.",
  ).claims;
  const close = await bar('688256', '2025-09-11', 'close');
  // Trailing profit to June: FY 2024 + H1 2025 - H1 2024; 418,350,224 shares.
  const own = (close * 418_350_224) / (-452_338_800 + 1_038_000_000 + 530_000_000);
  const theirs = (await bar('NVDA', '2025-09-11', 'close')) / (0.78 + 0.89 + 0.76 + 1.08);
  expect([pe.verdict, ratio.verdict]).toEqual(['right-within-rounding', 'right-within-rounding']);
  expect(pe.figure?.value).toBeCloseTo(own, 9);
  expect(ratio.figure?.value).toBeCloseTo(own / theirs, 9);
});

test('about 43x: growth multiple 43.5, level multiple 44.5', () => {
  const said = (text: string) => check(text, '2025-08-27').claims[0];
  const grew = said('Revenue of Cambricon in the first half was up about 43x.');
  expect(grew.verdict).toBe('right-within-rounding');
  expect(grew.figure?.value).toBeCloseTo(2_880_643_500 / 64_765_300 - 1, 12);
  expect(grew.why.en).toMatch(/growth multiple 43\.48.*level multiple 44\.48/);
  const level = said('Revenue of Cambricon in the first half was 43 times that of a year earlier.');
  expect([level.verdict, level.slip]).toEqual(['wrong', 'growth-for-level']);
  expect(said('Revenue of Cambricon in the first half was up 44x.').verdict).toBe('ambiguous');
  expect(said('Revenue of Cambricon in the first half rose 4,347.82%.').verdict).toBe('right');
});

test('a P/E on the earnings before the report is stale, and by which report', () => {
  const [claim] = check('寒武纪滚动市盈率5117.75倍。', '2025-08-28').claims;
  expect(claim.verdict).toBe('stale');
  // FY 2024 + Q1 2025 - Q1 2024.
  const old = (1587.91 * 418_350_224) / (-452_338_800 + 355_000_000 + 227_000_000);
  expect(claim.readings[0].figure.value).toBeCloseTo(old, 6);
  expect(claim.figure?.value).toBeCloseTo((1587.91 * 418_350_224) / 1_115_661_200, 6);
});

test('percent is not points', () => {
  const said = (text: string) => check(text, '2025-09-15').claims[0];
  expect(said('寒武纪权重下降3.63个百分点。').verdict).toBe('right-within-rounding');
  const percent = said('寒武纪权重下降3.63%。');
  expect([percent.verdict, percent.slip]).toEqual(['wrong', 'percent-for-points']);
});

test('what to watch next becomes entries with days', () => {
  const { watch } = check(
    'Cambricon fell. Watch the next index review and the third-quarter report. The unlock is due on September 30, 2025.',
    '2025-09-16',
  );
  const entries = watch.map(({ day, basis }) => [day, basis]);
  // By the rulebook: 28 November and the swap of 12 December; by law: 31 October.
  expect(entries).toEqual([
    [20361, 'text'],
    [20392, 'law'],
    [20420, 'rulebook'],
    [20434, 'rulebook'],
  ]);
});
