/** Fills of a traded order: what is read, and every mistake at its line. */
import { describe, expect, it } from 'vitest';
import { readFills } from '../../src/data/fillsCsv.js';
import { day } from '../core/days.js';
import { scratch } from './scratch.js';

const { write } = scratch();
const read = (...lines: readonly string[]) => readFills(write('fills.csv', [...lines, ''].join('\n')));

describe('readFills', () => {
  it('reads fills in the order of the file, what is empty left out', async () => {
    const { rows, issues } = await read(
      'Date,Side,Shares,Price,Reference,VWAP,Fees',
      '2025-09-11,卖出,200,1387.00,1387.5,1361.58,31.2',
      '2025-09-10,sell,300,1273,,,0',
    );
    expect(issues).toEqual([]);
    expect(rows).toStrictEqual([
      {
        day: day('2025-09-11'),
        side: 'sell',
        shares: 200,
        price: 1387,
        reference: 1387.5,
        vwap: 1361.58,
        fees: 31.2,
      },
      { day: day('2025-09-10'), side: 'sell', shares: 300, price: 1273, fees: 0 },
    ]);
  });

  it('all mistakes at once, each with its line', async () => {
    const { issues } = await read(
      'date,side,shares,price,fees',
      '2025-9-10,sell,300,1273,',
      '2025-09-10,short,-300,0,-1',
      '2025-09-10,sell,1.5,1273,',
      '2025-09-10,sell,5,1273,',
      '2025-09-10,buy,5,1273,',
    );
    expect(issues.map(({ line, code, path }) => [line, path, code])).toEqual([
      [2, 'date', 'not_a_date'],
      [3, 'side', 'not_a_side'],
      [3, 'shares', 'not_positive'],
      [3, 'price', 'not_positive'],
      [3, 'fees', 'negative_number'],
      [4, 'shares', 'not_whole'],
      [undefined, 'side', 'both_sides'],
    ]);
  });
});
