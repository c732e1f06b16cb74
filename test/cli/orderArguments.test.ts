/** Parts of an order as they are typed: conditions that are written as they are read, ways out, schedules as slices. */
import { describe, expect, test } from 'vitest';
import { formatDay, parseDay, type Day, type IndexData } from '../../src/core/index.js';
import { conditionArgument, exitArgument } from '../../src/cli/orderArguments.js';
import { conditionText } from '../../src/cli/results/orderWords.js';
import { readSchedule } from '../../src/cli/scheduleFile.js';
import { scratch } from '../data/scratch.js';

const day = parseDay('2025-09-05') as Day;
/** Two closes and two levels; 688256 closed at 1281.46 and the index at 1280.5. */
const data = {
  rulebook: { aliases: ['000688'] },
  levels: new Map([
    [day - 1, 1300],
    [day, 1280.5],
  ]),
  market: {
    securities: [{ id: '688256' }, { id: '688041' }],
    prices: {
      ids: ['688041', '688256'],
      start: Int32Array.from([0, 1, 3]),
      day: Int32Array.from([day, day - 1, day]),
      close: Float64Array.from([200, 1202, 1281.46]),
    },
  },
} as unknown as IndexData;

test.each([
  '688256>=1400',
  '688256<=1100.5',
  'star-50<=1300',
  '688041<=high-5%',
  '688256>=low+2.5%',
  'from 2025-09-12',
  'capped(688256)>=50%',
  'out(688041)<=10%',
])('%s is written as it was read', (text) => {
  expect(conditionText(conditionArgument(data, text, day))).toBe(text);
});

test.each([
  ['688256<=-5%', '688256<=1217.39'],
  ['688256>=+2%', '688256>=1307.09'],
  ['star-50<=-2%', 'star-50<=1254.89'],
  ['000688>=1300', 'star-50>=1300'],
  ['688256.SH>=1400', '688256>=1400'],
  ['in(688256)>=0.25', 'in(688256)>=25%'],
])('%s means %s', (text, meant) => {
  expect(conditionText(conditionArgument(data, text, day))).toBe(meant);
});

test.each([
  'tomorrow',
  '688256=1400',
  '688256>=-1400',
  '688256>=5%',
  '688256>=high-5%',
  '688256<=low+5%',
  'star-50<=high-5%',
  'in(688256)>=120%',
  'in(star-50)>=50%',
  '688256<=high-100%',
  'from 2025-02-30',
  '999999>=1',
])('%s is no condition', (text) => {
  expect(() => conditionArgument(data, text, day)).toThrow('--when');
});

test('ways out are prices, or so far below the highest close', () => {
  expect(exitArgument(undefined, undefined)).toBeUndefined();
  expect(exitArgument('1400', '1100.5')).toEqual({ takeProfit: 140_000, stop: { at: 110_050 } });
  expect(exitArgument(undefined, '5%')).toEqual({ takeProfit: undefined, stop: { trail: 0.05 } });
  expect(() => exitArgument('12.345', undefined)).toThrow('--take-profit');
  expect(() => exitArgument(undefined, '0%')).toThrow('--stop');
});

describe('a schedule', () => {
  const files = scratch();
  const slices = (...parts: readonly (readonly [string, number])[]) =>
    JSON.stringify({ slices: parts.map(([date, shares]) => ({ date, shares, phase: 'auction' })) });

  test('is cut into sessions, in whole hundreds, and adds up', async () => {
    // Continuous part and auction of one session are one slice; a sale has signs.
    const text = slices(
      ['2025-09-10', -3000],
      ['2025-09-10', -1000],
      ['2025-09-11', -2000],
      ['2025-09-12', -1000],
    );
    const parts = await readSchedule(files.write('sale.json', text), 1050);
    expect(parts.map(({ session, quantity }) => [formatDay(session), quantity])).toEqual([
      ['2025-09-10', 600],
      ['2025-09-11', 300],
      ['2025-09-12', 150],
    ]);
  });

  test.each(['', '{"slices": []}', '[1]', '{"slices": [{"date": "2025-09-10"}]}'])(
    '%j is none',
    async (text) => {
      await expect(readSchedule(files.write('wrong.json', text), 1000)).rejects.toThrow('is no schedule');
    },
  );

  test('has dates that exist', async () => {
    const file = files.write('date.json', slices(['2025-02-30', 100]));
    await expect(readSchedule(file, 100)).rejects.toThrow('--schedule');
  });
});
