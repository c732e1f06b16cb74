/** Date chains, step by step and as chains. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  civilOf,
  dayOf,
  describeDateRule,
  followSteps,
  formatDay,
  monthEnd,
  nthWeekdayOfMonth,
  type DateStep,
  type SessionCalendar,
  type Weekday,
} from '../../../src/core/index.js';
import { sessionsOf } from '../bundle.js';
import { day } from '../days.js';
import { refusalOf } from '../refusals.js';

let XSHG: SessionCalendar;
beforeAll(async () => {
  XSHG = await sessionsOf('XSHG');
});

const months = Array.from({ length: 12 * 30 }, (_, i) => dayOf(2000, i + 1, 1));

describe('the n-th weekday of a month', () => {
  it('is the n-th on a walk through the month, for every month of thirty years', () => {
    for (const first of months) {
      const { year, month } = civilOf(first);
      const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
      for (const weekday of [0, 1, 2, 3, 4, 5, 6] as Weekday[]) {
        const hits = Array.from({ length }, (_, i) => i + 1).filter(
          (d) => new Date(Date.UTC(year, month - 1, d)).getUTCDay() === weekday,
        );
        const found = [1, 2, 3, 4].map((n) => nthWeekdayOfMonth(first, n, weekday));
        expect(found).toEqual(hits.slice(0, 4).map((d) => dayOf(year, month, d)));
      }
    }
  });

  it('does not depend on the day of the month it starts from', () => {
    for (const from of ['2025-09-01', '2025-09-12', '2025-09-30']) {
      expect(formatDay(nthWeekdayOfMonth(day(from), 2, 5))).toBe('2025-09-12');
    }
  });

  it('finds a fifth Friday where there is one', () => {
    expect(formatDay(nthWeekdayOfMonth(day('2025-08-01'), 5, 5))).toBe('2025-08-29');
  });

  // September 2025 has four Fridays; the rule's own words are "the n-th weekday of the month the chain stands in".
  it('does not answer with a day of the next month when there is no fifth', () => {
    expect(() => nthWeekdayOfMonth(day('2025-09-01'), 5, 5)).toThrow();
  });
});

it('the month end is the day before the first of the next month', () => {
  for (const first of months) {
    const { year, month } = civilOf(first);
    for (const shift of [-24, -2, -1, 0, 1, 11, 24]) {
      const expected = Date.UTC(year, month + shift, 0) / 86_400_000;
      expect(monthEnd(first, shift)).toBe(expected);
      expect(monthEnd((first + 14) as typeof first, shift)).toBe(expected);
    }
  }
});

describe('a chain', () => {
  const follow = (from: string, ...steps: DateStep[]): string =>
    formatDay(followSteps(steps, day(from), XSHG));

  it.each<[string, string, DateStep[], string]>([
    ['calendar days back', '2025-09-12', [{ days: -14 }], '2025-08-29'],
    ['calendar days on, over a leap day', '2024-02-28', [{ days: 2 }], '2024-03-01'],
    ['sessions back', '2025-09-15', [{ sessions: -5 }], '2025-09-08'],
    ['sessions on from a weekend', '2025-09-13', [{ sessions: 1 }], '2025-09-15'],
    ['a session stays', '2025-09-12', [{ session: 'on-or-before' }], '2025-09-12'],
    ['a Sunday goes back to Friday', '2025-08-31', [{ session: 'on-or-before' }], '2025-08-29'],
    ['a Sunday goes on to Monday', '2025-08-31', [{ session: 'on-or-after' }], '2025-09-01'],
    ['this month end', '2025-09-01', [{ monthEnd: 0 }], '2025-09-30'],
    // rulebooks 1.14: the cut-off is the month end of January, April, July, October.
    [
      'two months before, last session',
      '2025-12-01',
      [{ monthEnd: -2 }, { session: 'on-or-before' }],
      '2025-10-31',
    ],
    [
      'over the new year',
      '2025-03-01',
      [{ monthEnd: -2 }, { session: 'on-or-before' }],
      // 31 January 2025 lay in the Spring Festival break that began on the 28th.
      '2025-01-27',
    ],
    [
      'second Friday, next session',
      '2025-09-01',
      [{ nthWeekday: 2, weekday: 'fri' }, { sessions: 1 }],
      '2025-09-15',
    ],
    [
      'second Friday, two weeks back',
      '2025-09-01',
      [{ nthWeekday: 2, weekday: 'fri' }, { days: -14 }],
      '2025-08-29',
    ],
    [
      'next session, then five back',
      '2025-06-01',
      [{ nthWeekday: 2, weekday: 'fri' }, { sessions: 1 }, { sessions: -5 }],
      '2025-06-09',
    ],
    [
      'a weekday of the month it has moved to',
      '2025-09-30',
      [{ days: 1 }, { nthWeekday: 1, weekday: 'mon' }],
      '2025-10-06',
    ],
  ])('%s', (_, from, steps, to) => {
    expect(follow(from, ...steps)).toBe(to);
  });

  it('is refused beyond the calendar', () => {
    const refusal = refusalOf(() => follow('2026-12-31', { sessions: 1 }));
    expect(refusal.code).toBe('outside_calendar');
  });

  it('is said in both languages', () => {
    const words = describeDateRule({
      kind: 'date',
      from: 'swap',
      steps: [{ nthWeekday: 2, weekday: 'fri' }, { sessions: -5 }],
    });
    expect(words.en).toBe('swap: second Friday of the month, then -5 sessions');
    expect(words.zh).toBe('swap：当月第2个周五，再-5个交易日');
  });
});
