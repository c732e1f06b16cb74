/** Sessions of the bundled calendars, and every verb against a linear search over the same list. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  addDays,
  formatDay,
  isSession,
  sessionCalendar,
  sessionOnOrAfter,
  sessionOnOrBefore,
  sessionsBetween,
  shiftSessions,
  weekdayOf,
  type Day,
  type SessionCalendar,
} from '../../../src/core/index.js';
import { sessionsOf } from '../bundle.js';
import { day, daysFrom, isoOf } from '../days.js';
import { refusalOf } from '../refusals.js';

let XSHG: SessionCalendar;
let XNYS: SessionCalendar;
let XHKG: SessionCalendar;
beforeAll(async () => {
  [XSHG, XNYS, XHKG] = await Promise.all([sessionsOf('XSHG'), sessionsOf('XNYS'), sessionsOf('XHKG')]);
});

describe('sessions of Shanghai', () => {
  // The National Day break of 2025 was 1 to 8 October; trading resumed on Thursday the 9th.
  it('stop over the National Day break', () => {
    expect(isoOf(sessionsBetween(XSHG, day('2025-09-29'), day('2025-10-10')))).toEqual([
      '2025-09-29',
      '2025-09-30',
      '2025-10-09',
      '2025-10-10',
    ]);
  });

  it.each([
    ['a session counts from itself', '2025-09-30', 1, '2025-10-09'],
    ['a session counts back from itself', '2025-10-09', -1, '2025-09-30'],
    ['a holiday counts from the next session', '2025-10-04', 1, '2025-10-09'],
    ['a holiday counts back from the last session', '2025-10-04', -1, '2025-09-30'],
    ['two on from a holiday', '2025-10-04', 2, '2025-10-10'],
    ['two back from a holiday', '2025-10-04', -2, '2025-09-29'],
    ['the fifth session before the effective date', '2025-09-15', -5, '2025-09-08'],
    ['the fifth session before a holiday-shifted day', '2025-06-16', -5, '2025-06-09'],
    ['no step on a session is the session', '2025-09-30', 0, '2025-09-30'],
    ['no step on a holiday is the session before', '2025-10-04', 0, '2025-09-30'],
  ])('%s', (_, from, k, to) => {
    expect(formatDay(shiftSessions(XSHG, day(from), k))).toBe(to);
  });

  it('are never on a weekend', () => {
    expect(Array.from(XSHG.days).filter((d) => [0, 6].includes(weekdayOf(d as Day)))).toEqual([]);
  });

  it('number 243 in 2025, as the exchange held them', () => {
    expect(sessionsBetween(XSHG, day('2025-01-01'), day('2025-12-31'))).toHaveLength(243);
  });
});

describe('sessions of New York and Hong Kong', () => {
  it('New York keeps its own holidays', () => {
    // Thanksgiving and Christmas of 2025; Juneteenth; the day after Thanksgiving is a short session, but a session.
    for (const iso of ['2025-11-27', '2025-12-25', '2025-06-19', '2025-07-04']) {
      expect(isSession(XNYS, day(iso))).toBe(false);
    }
    for (const iso of ['2025-11-28', '2025-10-01', '2025-12-24']) {
      expect(isSession(XNYS, day(iso))).toBe(true);
    }
  });

  it('Hong Kong keeps its own holidays', () => {
    for (const iso of ['2025-10-01', '2025-10-07', '2025-12-25', '2025-12-26', '2025-07-01']) {
      expect(isSession(XHKG, day(iso))).toBe(false);
    }
    for (const iso of ['2025-10-02', '2025-10-08', '2025-12-29']) {
      expect(isSession(XHKG, day(iso))).toBe(true);
    }
  });

  it('the same step leads to different days in different markets', () => {
    const to = (calendar: SessionCalendar): string =>
      formatDay(shiftSessions(calendar, day('2025-09-30'), 1));
    expect([to(XSHG), to(XNYS), to(XHKG)]).toEqual(['2025-10-09', '2025-10-01', '2025-10-02']);
  });
});

it('every verb agrees with a linear search, from every day of three years in three markets', () => {
  for (const calendar of [XSHG, XNYS, XHKG]) {
    const list = Array.from(calendar.days);
    for (const d of daysFrom('2023-03-01', '2026-02-27')) {
      const before = list.filter((s) => s < d);
      const after = list.filter((s) => s > d);
      const is = list.includes(d);
      expect(isSession(calendar, d)).toBe(is);
      expect(sessionOnOrBefore(calendar, d)).toBe(is ? d : before.at(-1));
      expect(sessionOnOrAfter(calendar, d)).toBe(is ? d : after[0]);
      for (const k of [1, 2, 5, 19]) {
        expect(shiftSessions(calendar, d, k)).toBe(after[k - 1]);
        expect(shiftSessions(calendar, d, -k)).toBe(before.at(-k));
      }
    }
  }
});

describe('the boundaries', () => {
  const small = sessionCalendar(
    'TEST',
    [3, 4, 5, 6, 7].map((n) => day(`2025-03-0${n}`)),
  );

  it.each([
    ['a day before the first session', () => isSession(small, day('2025-03-02'))],
    ['a day after the last session', () => isSession(small, day('2025-03-08'))],
    ['on or before, outside', () => sessionOnOrBefore(small, day('2025-03-08'))],
    ['on or after, outside', () => sessionOnOrAfter(small, day('2025-03-02'))],
    ['one back from the first session', () => shiftSessions(small, day('2025-03-03'), -1)],
    ['one on from the last session', () => shiftSessions(small, day('2025-03-07'), 1)],
    ['too many back', () => shiftSessions(small, day('2025-03-07'), -5)],
    ['too many on', () => shiftSessions(small, day('2025-03-03'), 5)],
    ['a stretch that starts too early', () => sessionsBetween(small, day('2025-03-02'), day('2025-03-05'))],
    ['a stretch that ends too late', () => sessionsBetween(small, day('2025-03-05'), day('2025-03-08'))],
    ['2027 in Shanghai', () => isSession(XSHG, day('2027-01-04'))],
  ])('%s is refused, not guessed', (_, call) => {
    expect(refusalOf(call).code).toBe('outside_calendar');
  });

  it('the first and the last session can be reached', () => {
    expect(shiftSessions(small, day('2025-03-07'), -4)).toBe(day('2025-03-03'));
    expect(shiftSessions(small, day('2025-03-03'), 4)).toBe(day('2025-03-07'));
    expect(sessionsBetween(small, day('2025-03-03'), day('2025-03-07'))).toHaveLength(5);
  });

  it('a refusal names the market, its range and the day asked for', () => {
    expect(refusalOf(() => isSession(small, day('2025-03-08'))).numbers).toEqual({
      market: 'TEST',
      first: '2025-03-03',
      last: '2025-03-07',
      asked: '2025-03-08',
    });
  });

  it('a stretch without sessions is empty', () => {
    const gap = sessionCalendar('TEST', [day('2025-03-03'), day('2025-03-10')]);
    expect(sessionsBetween(gap, day('2025-03-04'), day('2025-03-09'))).toEqual([]);
    expect(sessionOnOrAfter(gap, addDays(day('2025-03-03'), 1))).toBe(day('2025-03-10'));
  });

  it.each([[[]], [[2, 2]], [[3, 2]]])('a calendar of %j is a bug', (days) => {
    expect(() => sessionCalendar('TEST', days)).toThrow(/invariant broken/);
  });
});
