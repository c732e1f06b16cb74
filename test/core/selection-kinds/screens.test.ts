import { describe, expect, test } from 'vitest';
import { Refusal } from '../../../src/core/index.js';
import { applyScreen } from '../../../src/core/selection/applyScreen.js';
import type { ScreenRule, UniverseRule } from '../../../src/core/selection/kinds.js';
import { rankRows } from '../../../src/core/selection/ranking.js';
import { around, ids, madeSnapshot } from './made.js';

const snapshot = madeSnapshot([
  { id: 'a', price: 10, shares: 100, factor: 0.5, averageCap: 900, averageValue: 50, board: 'STAR' },
  {
    id: 'b',
    price: 20,
    shares: 40,
    factor: 1,
    averageCap: 950,
    averageValue: 40,
    board: 'STAR',
    kind: 'cdr',
  },
  { id: 'c', price: 5, shares: 100, factor: 0.2, averageCap: 500, averageValue: 30 },
  { id: 'd', price: 2, shares: 100, factor: 0.4, averageCap: 300, averageValue: 20 },
  { id: 'e', price: 1, shares: 100, factor: 1, averageCap: 100, averageValue: 10 },
]);
const rows = [0, 1, 2, 3, 4];
type Surroundings = Parameters<typeof around>[1];

const failing = (rule: UniverseRule | ScreenRule, surroundings?: Surroundings): string =>
  applyScreen(rule, rows, around(snapshot, surroundings))
    .map(({ row }) => snapshot.securities[row].id)
    .join('');
const firstOf = (rule: UniverseRule | ScreenRule, surroundings?: Surroundings) =>
  applyScreen(rule, rows, around(snapshot, surroundings))[0];
const refusal = (missing: string, securities: number) =>
  expect.objectContaining({
    code: 'missing_measure',
    numbers: { clause: 'screens.tested', missing, securities },
  });

describe('sample space', () => {
  test('markets, boards and types, each free when absent', () => {
    expect(failing({ kind: 'sample-space' })).toBe('');
    expect(failing({ kind: 'sample-space', boards: ['STAR'] })).toBe('cde');
    expect(failing({ kind: 'sample-space', boards: ['STAR', 'MAIN'], types: ['share'] })).toBe('b');
    expect(failing({ kind: 'sample-space', markets: ['XSHE'] })).toBe('abcde');
  });

  test('every tag named must be held, and an unknown tag is refused', () => {
    const facts = { properties: { chips: ids('abc'), design: ids('bcd') } };
    expect(failing({ kind: 'sample-space', tags: ['chips', 'design'] }, { facts })).toBe('ade');
    expect(() => failing({ kind: 'sample-space', tags: ['ai'] }, { facts })).toThrow(refusal('ai', 0));
  });

  test('says where the security stands', () => {
    expect(firstOf({ kind: 'sample-space', types: ['share'] })).toMatchObject({
      value: 'XSHG STAR (cdr)',
      limit: { en: 'share' },
    });
  });
});

describe('parent index', () => {
  const facts = { indices: { 'csi-300': ids('ab'), 'csi-500': ids('bc'), 'csi-1000': ids('d') } };

  test('set algebra: in any included, in no excluded', () => {
    expect(failing({ kind: 'parent-index', include: ['csi-300', 'csi-500'] }, { facts })).toBe('de');
    expect(failing({ kind: 'parent-index', include: ['csi-500'], exclude: ['csi-300'] }, { facts })).toBe(
      'abde',
    );
    expect(failing({ kind: 'parent-index', include: [], exclude: ['csi-300'] }, { facts })).toBe('ab');
  });

  test('names the index that put it out, and refuses an unknown one', () => {
    const rule: UniverseRule = { kind: 'parent-index', include: [], exclude: ['csi-300'] };
    expect(firstOf(rule, { facts })).toMatchObject({
      value: 'csi-300',
      limit: { en: 'not in csi-300', zh: '不属于csi-300' },
    });
    expect(() => failing({ ...rule, include: ['ftse-100'] }, { facts })).toThrow(
      refusal('members of ftse-100', 0),
    );
  });
});

describe('threshold', () => {
  test('both ends belong to the range', () => {
    expect(failing({ kind: 'threshold', measure: 'price', min: 2 })).toBe('e');
    expect(failing({ kind: 'threshold', measure: 'price', min: 2, max: 10 })).toBe('be');
  });

  test('total and float market value on the cut-off, and the mean over the window of the snapshot', () => {
    expect(failing({ kind: 'threshold', measure: 'total-cap', min: 800 })).toBe('cde');
    expect(failing({ kind: 'threshold', measure: 'float-cap', min: 501 })).toBe('acde');
    expect(failing({ kind: 'threshold', measure: 'total-cap', windowMonths: 12, min: 901 })).toBe('acde');
    expect(() => failing({ kind: 'threshold', measure: 'total-cap', windowMonths: 6, min: 1 })).toThrow(
      refusal('total-cap over 6 months', 5),
    );
  });

  test('members have limits of their own, or none', () => {
    const rule: ScreenRule = { kind: 'threshold', measure: 'price', min: 6, incumbents: { min: 2 } };
    expect(failing(rule, { members: 'de' })).toBe('ce');
    expect(failing({ ...rule, incumbents: {} }, { members: 'de' })).toBe('c');
  });

  test('facts answer what the snapshot cannot; a security without a value is refused, an exempt member is not', () => {
    const profit = new Map([...ids('abcd')].map((id, i) => [id, i - 1]));
    const facts = { measures: { profit } };
    const rule: ScreenRule = { kind: 'threshold', measure: 'profit', min: 0 };
    expect(() => failing(rule, { facts })).toThrow(refusal('profit', 1));
    expect(() => failing(rule)).toThrow(Refusal);
    expect(failing({ ...rule, incumbents: {} }, { facts, members: 'e' })).toBe('a');
  });

  test('says value, limit and unit', () => {
    expect(firstOf({ kind: 'threshold', measure: 'price', min: 2, max: 5, unit: 'CNY' })).toMatchObject({
      measure: { en: 'price' },
      value: '10',
      limit: { en: '>= 2 CNY and <= 5 CNY', zh: '>= 2 CNY，<= 5 CNY' },
    });
  });
});

describe('flag', () => {
  const facts = { properties: { 'stock-connect': ids('ace') } };

  test('keeps those that have it, or those that have not', () => {
    expect(failing({ kind: 'flag', flag: 'stock-connect', is: true }, { facts })).toBe('bd');
    expect(failing({ kind: 'flag', flag: 'stock-connect', is: false }, { facts })).toBe('ace');
    expect(() => failing({ kind: 'flag', flag: 'esg-c', is: false }, { facts })).toThrow(refusal('esg-c', 0));
  });
});

describe('drop top', () => {
  test('the two largest go; ties by code', () => {
    expect(failing({ kind: 'drop-top', measure: 'total-cap', count: 2 })).toBe('ab');
    expect(failing({ kind: 'drop-top', measure: 'price', count: 3 })).toBe('abc');
    expect(failing({ kind: 'drop-top', measure: 'total-cap', windowMonths: 12, count: 1 })).toBe('b');
  });
});

describe('coverage screen', () => {
  test('keeps the largest up to the cumulative share, their own included', () => {
    // Total caps 1000, 800, 500, 200, 100 of 2600: 38.5, 69.2, 88.5, 96.2, 100 %.
    expect(failing({ kind: 'coverage-screen', measure: 'total-cap', share: 0.9 })).toBe('de');
    expect(failing({ kind: 'coverage-screen', measure: 'total-cap', share: 0.97 })).toBe('e');
    expect(failing({ kind: 'coverage-screen', measure: 'total-cap', share: 1 })).toBe('');
    expect(failing({ kind: 'coverage-screen', measure: 'total-cap', share: 2300 / 2600 })).toBe('de');
  });

  test('says how far the cumulative share went', () => {
    expect(firstOf({ kind: 'coverage-screen', measure: 'total-cap', share: 0.9 })).toMatchObject({
      value: '0.961538',
      limit: { en: '<= 0.9' },
    });
  });
});

describe('liquidity with a looser share for members', () => {
  const rule: ScreenRule = { kind: 'liquidity', keepTop: 0.4, windowMonths: 12 };

  test('newcomers in the top two of five, members in the top three', () => {
    expect(failing(rule)).toBe('cde');
    expect(failing({ ...rule, keepTopIncumbents: 0.6 }, { members: 'cd' })).toBe('de');
    expect(failing(rule, { members: 'cd' })).toBe('cde');
  });

  test('each is told its own line', () => {
    const [d, e] = applyScreen(
      { ...rule, keepTopIncumbents: 0.6 },
      rows,
      around(snapshot, { members: 'cd' }),
    );
    expect(d.limit.en).toBe('>= 30 (top 60 %)');
    expect(e.limit.en).toBe('>= 40 (top 40 %)');
  });
});

describe('ranking', () => {
  const values = [3, Number.NaN, 5, 3, Number.NaN, -1];
  const order = (direction: 'desc' | 'asc'): number[] =>
    rankRows([5, 4, 3, 2, 1, 0], (row) => values[row], direction);

  test('best first either way, ties by code, without a value last', () => {
    expect(order('desc')).toEqual([2, 0, 3, 5, 1, 4]);
    expect(order('asc')).toEqual([5, 0, 3, 2, 1, 4]);
  });
});
