/** Price files: codes, sessions and prices checked against what the snapshot knows. */
import { describe, expect, it } from 'vitest';
import { securityId } from '../../src/core/base/brand.js';
import { dayOf, weekdayOf } from '../../src/core/calendar/day.js';
import { sessionCalendar } from '../../src/core/calendar/sessions.js';
import { readPriceCsv } from '../../src/data/priceCsv.js';
import { scratch } from './scratch.js';

const { write } = scratch();

/** Weekdays of September 2025; the 15th is a Monday. */
const SEPTEMBER = Array.from({ length: 30 }, (_, i) => dayOf(2025, 9, i + 1)).filter(
  (day) => weekdayOf(day) !== 0 && weekdayOf(day) !== 6,
);
const calendar = sessionCalendar('XSHG', SEPTEMBER);
const known = new Set(['688256', '688981', '000001', '300750'].map(securityId));

const read = (lines: readonly string[]) =>
  readPriceCsv(write('prices.csv', [...lines, ''].join('\n')), { known, calendar });

async function issueOf(line: string) {
  const { rows, issues } = await read(['date,code,close', line]);
  expect(rows).toEqual([]);
  expect(issues).toHaveLength(1);
  return issues[0];
}

describe('readPriceCsv', () => {
  it('reads codes with and without their exchange, and the turnover where there is one', async () => {
    const { rows, issues } = await read([
      'code,date,close,amount_cny,name',
      '688256,2025-09-15,1500.5,1.2e10,寒武纪',
      '688256.SH,2025-09-16,1510,,寒武纪',
      '000001.sz,2025-09-15,11.7,0,平安银行',
    ]);
    expect(issues).toEqual([]);
    expect(rows).toEqual([
      { id: '688256', day: dayOf(2025, 9, 15), close: 1500.5, value: 1.2e10 },
      { id: '688256', day: dayOf(2025, 9, 16), close: 1510, value: undefined },
      { id: '000001', day: dayOf(2025, 9, 15), close: 11.7, value: 0 },
    ]);
  });

  it('refuses zero and negative prices', async () => {
    for (const close of ['0', '-12.5']) {
      expect(await issueOf(`2025-09-15,688256,${close}`)).toMatchObject({
        code: 'negative_price',
        path: 'close',
        line: 2,
        value: close,
        expected: 'a price above 0',
      });
    }
  });

  it('refuses an unknown code, naming the nearest known one', async () => {
    expect(await issueOf('2025-09-15,688265,10')).toMatchObject({
      code: 'unknown_code',
      path: 'code',
      value: '688265',
      expected: 'a security of the snapshot; the nearest is 688256',
    });
    expect((await issueOf('2025-09-15,APPLE,10')).expected).toBe('a security of the snapshot');
  });

  it('refuses a code on the wrong exchange: 000001.SH is an index, not the bank', async () => {
    const { code, expected } = await issueOf('2025-09-15,000001.SH,10');
    expect({ code, expected }).toEqual({
      code: 'unknown_code',
      expected: 'a security of the snapshot; 000001 is known, but not on that exchange',
    });
  });

  it('refuses a code that lost its zeros in a spreadsheet, saying so', async () => {
    const { expected } = await issueOf('2025-09-15,1,10');
    expect(expected).toBe('a security of the snapshot; a spreadsheet may have dropped the zeros of 000001');
  });

  it('refuses a day that is not a session', async () => {
    expect(await issueOf('2025-09-14,688256,10')).toMatchObject({
      code: 'not_a_session',
      path: 'date',
      expected: 'a day on which XSHG trades; 2025-09-14 is none',
    });
  });

  it('refuses a day outside the calendar, saying its range', async () => {
    expect(await issueOf('2027-01-04,688256,10')).toMatchObject({
      code: 'outside_calendar',
      path: 'date',
      expected: 'a session of XSHG from 2025-09-01 to 2025-09-30, the range of the calendar',
    });
  });

  it('refuses a day in another form, saying how to write it', async () => {
    expect(await issueOf('20250915,688256,10')).toMatchObject({
      code: 'not_a_date',
      expected: 'a day such as 2025-09-15; write 2025-09-15',
    });
  });

  it('refuses the same security and day twice, however the code is written', async () => {
    const lines = [
      'date,code,close',
      '2025-09-15,688256,10',
      '2025-09-16,688256,10',
      '2025-09-15,688256.SH,11',
    ];
    const { rows, issues } = await read(lines);
    expect(rows).toHaveLength(2);
    expect(issues).toMatchObject([
      {
        code: 'duplicate_row',
        path: 'code, date',
        line: 4,
        value: '688256.SH 2025-09-15',
        expected: 'one row only; line 2 has the same code and date',
      },
    ]);
  });

  it('names the same mistake on every line that has it', async () => {
    const { issues } = await read(['date,code,close', '2025-09-15,999999,1', '2025-09-16,999999,2']);
    expect(issues.map(({ line }) => line)).toEqual([2, 3]);
  });

  it('refuses a file without prices, naming every missing column', async () => {
    const { issues } = await read(['date,clsoe', '2025-09-15,10']);
    expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'missing_column code',
      'missing_column close',
    ]);
    expect(issues[1].expected).toBe('a column named close; did you mean close where it says clsoe?');
  });
});
