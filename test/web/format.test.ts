/** Numbers as each reader writes them, against what the design asks for. */
import { describe, expect, test } from 'vitest';
import { roundTicks } from '../../src/web/charts/ticks.js';
import { spreadLabels } from '../../src/web/charts/spread.js';
import { chance, change, days, money, percent, points, shareCount } from '../../src/web/format.js';

const MINUS = '\u2212';

describe('numbers', () => {
  test('weights have two decimals, differences a sign and their unit', () => {
    expect(percent(0.15388)).toBe('15.39 %');
    expect(percent(0)).toBe('0.00 %');
    expect(points(-0.03636, 'en')).toBe(`${MINUS}3.64 pp`);
    expect(points(0.0125, 'zh')).toBe('+1.25 百分点');
    expect(points(-0.000001, 'en')).toBe('0.00 pp');
    expect(points(0.0004, 'en', false)).toBe('0.04 pp');
    expect(change(0.0175)).toBe('+1.75 %');
  });

  test.each([
    [-6.2859e9, `${MINUS}6.29 bn`, `${MINUS}62.86 亿`],
    [9.1e8, '+0.91 bn', '+9.10 亿'],
    [2.4e7, '+24 m', '+0.24 亿'],
    [3_210_000, '+3 m', '+321 万'],
    [0, '0', '0'],
  ])('money %d is %s and %s', (amount, en, zh) => {
    expect(money(amount, 'en', true)).toBe(en);
    expect(money(amount, 'zh', true)).toBe(zh);
  });

  test('languages do not mix units', () => {
    for (let amount = 1; amount < 1e13; amount *= 3) {
      expect(money(amount, 'en')).not.toMatch(/[亿万]/u);
      expect(money(amount, 'zh')).not.toMatch(/[a-z]/);
    }
  });

  test('shares, days and probabilities', () => {
    expect(shareCount(-4_224_373, 'en')).toBe(`${MINUS}4.22 m`);
    expect(shareCount(-4_224_373, 'zh')).toBe(`${MINUS}422.4 万`);
    expect(shareCount(23_472_000, 'zh')).toBe('+2347.2 万');
    expect(shareCount(180_000_000, 'zh')).toBe('+1.80 亿');
    expect(days(0.31)).toBe('0.3');
    expect(days(0.01)).toBe('<0.1');
    expect([0, 0.004, 0.5, 0.996, 1].map((p) => chance(p))).toEqual([
      '0 %',
      '<1 %',
      '50 %',
      '>99 %',
      '100 %',
    ]);
  });

  test('what is missing is a dash, never zero', () => {
    for (const text of [percent(null), money(undefined, 'en'), days(Number.NaN), chance(null)]) {
      expect(text).toBe('\u2013');
    }
  });
});

describe('axes and labels', () => {
  test.each([
    [0.163, 5, [0, 0.05, 0.1, 0.15]],
    [0.09, 5, [0, 0.02, 0.04, 0.06, 0.08]],
    [43, 4, [0, 20, 40]],
  ])('ticks up to %d', (most, count, ticks) => {
    expect(roundTicks(most, count)).toEqual(ticks);
  });

  test('labels keep their order and their distance, and stay inside', () => {
    const placed = spreadLabels([50, 52, 10, 51], 15, [0, 100]);
    expect(placed[2]).toBe(10);
    const ordered = [placed[0], placed[3], placed[1]];
    expect(ordered[1] - ordered[0]).toBeGreaterThanOrEqual(15);
    expect(ordered[2] - ordered[1]).toBeGreaterThanOrEqual(15);
    expect(Math.max(...spreadLabels([98, 99, 100], 15, [0, 100]))).toBe(100);
  });
});
