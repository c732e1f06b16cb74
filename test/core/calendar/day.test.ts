/** Day arithmetic against the JavaScript Date, which the core itself may not use. */
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  civilOf,
  dayOf,
  formatDay,
  parseDay,
  weekdayOf,
} from '../../../src/core/index.js';
import { day, daysFrom } from '../days.js';

const MS_PER_DAY = 86_400_000;
const referenceDay = (year: number, month: number, dayOfMonth: number): number =>
  Date.UTC(year, month - 1, dayOfMonth) / MS_PER_DAY;

describe('a day', () => {
  it.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['1970-12-31', 364],
    ['2000-01-01', 10_957],
    ['2000-03-01', 11_017],
    // Unix time 1757894400, the midnight of the effective date of September 2025.
    ['2025-09-15', 1_757_894_400 / 86_400],
  ])('%s is day %i since 1970-01-01', (iso, number) => {
    expect(parseDay(iso)).toBe(number);
    expect(formatDay(day(iso))).toBe(iso);
  });

  it('goes to a civil date and back on every day from 1900 to 2100, as Date does', () => {
    const wrong = daysFrom('1900-01-01', '2100-12-31').filter((d) => {
      const date = new Date(d * MS_PER_DAY);
      const { year, month, dayOfMonth } = civilOf(d);
      return (
        year !== date.getUTCFullYear() ||
        month !== date.getUTCMonth() + 1 ||
        dayOfMonth !== date.getUTCDate() ||
        weekdayOf(d) !== date.getUTCDay() ||
        formatDay(d) !== date.toISOString().slice(0, 10) ||
        parseDay(formatDay(d)) !== d ||
        dayOf(year, month, dayOfMonth) !== d
      );
    });
    expect(wrong).toEqual([]);
  });

  it('carries a month outside 1..12 into the year', () => {
    for (const month of [-23, -11, -1, 0, 13, 14, 25, 36]) {
      expect(dayOf(2024, month, 1)).toBe(referenceDay(2024, month, 1));
    }
  });

  it.each([
    ['1900-02-29', false],
    ['2000-02-29', true],
    ['2023-02-29', false],
    ['2024-02-29', true],
    ['2100-02-29', false],
  ])('%s exists: %s', (iso, exists) => {
    expect(parseDay(iso) !== undefined).toBe(exists);
  });

  it.each([
    '2025-02-30',
    '2025-04-31',
    '2025-13-01',
    '2025-00-10',
    '2025-01-00',
    '2025-1-1',
    '20250101',
    ' 2025-01-01',
    '2025-01-01T00:00',
    '',
  ])('"%s" is not a date', (text) => {
    expect(parseDay(text)).toBeUndefined();
  });
});

describe('addMonths', () => {
  it.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2025-01-31', 1, '2025-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2025-03-31', -1, '2025-02-28'],
    ['2025-08-31', -12, '2024-08-31'],
    ['2025-12-15', 1, '2026-01-15'],
    ['2025-01-15', -1, '2024-12-15'],
    ['2025-05-31', 0, '2025-05-31'],
    ['2025-07-31', -14, '2024-05-31'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(formatDay(addMonths(day(from), months))).toBe(to);
  });

  it('keeps the day of the month or takes the last there is, from every day of four years', () => {
    const wrong = daysFrom('2023-01-01', '2026-12-31').flatMap((d) =>
      [-25, -12, -3, -1, 1, 2, 6, 12, 13].filter((months) => {
        const { year, month, dayOfMonth } = civilOf(d);
        const last = referenceDay(year, month + months + 1, 0);
        const expected = Math.min(referenceDay(year, month + months, dayOfMonth), last);
        return addMonths(d, months) !== expected;
      }),
    );
    expect(wrong).toEqual([]);
  });
});

it('addDays crosses month and year ends', () => {
  expect(formatDay(addDays(day('2024-02-28'), 2))).toBe('2024-03-01');
  expect(formatDay(addDays(day('2026-01-01'), -1))).toBe('2025-12-31');
});
