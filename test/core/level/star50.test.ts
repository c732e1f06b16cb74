/** The engine on the bundled STAR 50: published closes, the basket history it replaced, total returns. */
import { beforeAll, describe, expect, test } from 'vitest';
import {
  addDays,
  formatDay,
  lastRow,
  levelHistory,
  parseDay,
  Refusal,
  runLevels,
  sessionsBetween,
  shareRatioBetween,
  type Composition,
  type Day,
  type IndexData,
  type LevelRequest,
  type ReturnKind,
} from '../../../src/core/index.js';
import { loadIndexData } from '../../../src/data/bundle.js';
import { loadRulebook } from '../../../src/data/rulebooks.js';

let data: IndexData;
beforeAll(async () => {
  data = await loadIndexData('datasets/cn-star', await loadRulebook('star-50', 'rulebooks'));
});

const on = (iso: string): Day => parseDay(iso) as Day;
const request = (from: string, to: string, kind: ReturnKind = 'price'): LevelRequest => ({
  from: on(from),
  to: on(to),
  kind,
  tax: { rates: {}, otherwise: 0.1, source: 'the test' },
});

/** Sum of index shares x last close over the divisor, day by day and member by member. */
function naiveHistory(composition: Composition, from: Day, to: Day): number[] {
  const { prices, calendar } = data.market;
  return sessionsBetween(calendar, from, to).map((day) => {
    let value = 0;
    composition.ids.forEach((id, i) => {
      const row = lastRow(prices, prices.ids.indexOf(id), day);
      const ratio = shareRatioBetween(data.actions, id, composition.swap, day);
      value += composition.adjustedShares[i] * composition.cappingFactors[i] * ratio * prices.close[row];
    });
    return value / composition.divisor;
  });
}

test('the history of one basket is the naive sum within 1e-9 of a point', () => {
  const { prices, calendar } = data.market;
  for (const { composition } of data.baskets) {
    // From the swap itself, and from after a share action.
    for (const from of [composition.swap, addDays(composition.swap, 40)]) {
      const to = addDays(composition.swap, 90);
      const levels = levelHistory(composition, prices, data.actions, calendar, from, to);
      const naive = naiveHistory(composition, from, to);
      expect(levels).toHaveLength(naive.length);
      levels.forEach(({ level }, t) => expect(Math.abs(level - naive[t])).toBeLessThan(1e-9));
    }
  }
});

describe('the chain over both baskets', () => {
  test('stays within 0.005 points of every published close, the review included', () => {
    const { levels } = runLevels(data, request('2025-06-13', '2025-10-16'));
    expect(levels.levels).toHaveLength(84);
    for (const { level, published, day } of levels.levels) {
      expect(published, formatDay(day)).toBeDefined();
      expect(Math.abs(level - (published as number)), formatDay(day)).toBeLessThanOrEqual(0.005);
    }
  });

  test('has one divisor a basket, and bonus issues do not touch it', () => {
    const { levels } = runLevels(data, request('2025-06-13', '2025-10-16'));
    expect(levels.divisors.map(({ day, causes }) => [formatDay(day), ...causes])).toEqual([
      ['2025-06-13', 'start'],
      ['2025-09-15', 'rebalance'],
    ]);
    const [, second] = data.baskets;
    // Solved on its own from the levels after the review.
    expect(Math.abs(levels.divisors[1].divisor / second.composition.divisor - 1)).toBeLessThan(1e-5);
  });

  test('gives a day the same level whatever day it is asked from', () => {
    const early = runLevels(data, request('2025-06-13', '2025-10-16')).levels.levels;
    const late = runLevels(data, request('2025-09-30', '2025-10-10')).levels.levels;
    for (const point of late) expect(early.find(({ day }) => day === point.day)).toEqual(point);
  });

  test('says which closes and weights are not what was published', () => {
    const { levels, provenance } = runLevels(data, request('2025-10-10', '2025-12-12'));
    const codes = new Set(levels.findings.map(({ code }) => code));
    expect([...codes].toSorted()).toEqual(['adjusted_price', 'weights_reconstructed']);
    expect(provenance.data).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('total returns', () => {
  test('lie above the price index by the dividends, net below gross', () => {
    const last = (kind: ReturnKind): number =>
      runLevels(data, request('2025-06-13', '2025-09-12', kind)).levels.levels.at(-1)?.unrounded as number;
    const [price, gross, net] = [last('price'), last('gross'), last('net')];
    // A STAR basket yields a fraction of a percent a year, mostly paid in June and July.
    expect(gross / price - 1).toBeGreaterThan(0.0005);
    expect(gross / price - 1).toBeLessThan(0.005);
    expect((gross - net) / (gross - price)).toBeCloseTo(0.1, 3);
  });

  test('have no published level beside them, and say what they assume', () => {
    const { levels } = runLevels(data, request('2025-06-13', '2025-06-30', 'net'));
    expect(levels.levels.every(({ published }) => published === undefined)).toBe(true);
    const codes = levels.findings.map(({ code }) => code);
    for (const code of ['total_return_base', 'dividend_approximate', 'tax_assumed'])
      expect(codes).toContain(code);
  });
});

test.each([
  ['before the first basket', '2025-06-12', '2025-09-12'],
  ['after the swap that ends the last one', '2025-09-12', '2025-12-15'],
])('%s there is no level', (_, from, to) => {
  expect(() => runLevels(data, request(from, to))).toThrow(Refusal);
});

test('an index without a basket has no level', () => {
  expect(() => runLevels({ ...data, baskets: [] }, request('2025-09-12', '2025-09-15'))).toThrow(/no basket/);
});
