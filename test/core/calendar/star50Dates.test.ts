/** The dates of STAR 50 reviews against published ones (rulebooks 1.12-1.14, 1.18, E19). */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  datesOfCycle,
  datesOfReview,
  formatDay,
  InputError,
  resolveRulebook,
  type ReviewDates,
  type Rulebook,
  type SessionCalendar,
} from '../../../src/core/index.js';
import { sessionsOf, star50 } from '../bundle.js';
import { day } from '../days.js';
import { refusalOf } from '../refusals.js';

let rulebook: Rulebook;
let XSHG: SessionCalendar;
beforeAll(async () => {
  [rulebook, XSHG] = await Promise.all([star50(), sessionsOf('XSHG')]);
});

const cycle = (year: number, month: number): ReviewDates =>
  datesOfCycle(resolveRulebook(rulebook, day('2025-09-01')), XSHG, year, month);

describe('published swap Fridays and announcements', () => {
  // rulebooks E19 and 1.13 (the first four are published, the rest of 2026 is stated there).
  it.each([
    [2021, 3, '2021-02-26', '2021-03-12'],
    [2023, 9, '2023-08-25', '2023-09-08'],
    [2025, 9, '2025-08-29', '2025-09-12'],
    [2026, 3, '2026-02-27', '2026-03-13'],
    [2026, 6, '2026-05-29', '2026-06-12'],
    [2026, 9, '2026-08-28', '2026-09-11'],
    [2026, 12, '2026-11-27', '2026-12-11'],
  ])('%i-%i: announced %s, swapped %s', (year, month, announcement, swap) => {
    const dates = cycle(year, month);
    expect(formatDay(dates.announcement)).toBe(announcement);
    expect(formatDay(dates.swap)).toBe(swap);
  });

  // rulebooks 1.12: the trading day after the second Friday; 2021-03-15 as in the exchange's notice.
  it.each([
    [2021, 3, '2021-03-15'],
    [2025, 6, '2025-06-16'],
    [2025, 9, '2025-09-15'],
    [2025, 12, '2025-12-15'],
  ])('%i-%i takes effect on %s', (year, month, effective) => {
    expect(formatDay(cycle(year, month).effective)).toBe(effective);
  });
});

describe('pricing and cut-off', () => {
  // rulebooks 17: the close of the fifth trading session before the effective date.
  it.each([
    [2025, 6, '2025-06-09'],
    [2025, 9, '2025-09-08'],
  ])('%i-%i is priced on %s', (year, month, pricing) => {
    expect(formatDay(cycle(year, month).pricing)).toBe(pricing);
  });

  // rulebooks 1.14; 31 January 2026 is a Saturday.
  it.each([
    [2025, 9, '2025-07-31'],
    [2025, 12, '2025-10-31'],
    [2026, 3, '2026-01-30'],
    [2026, 6, '2026-04-30'],
  ])('%i-%i is cut off on %s', (year, month, cutoff) => {
    expect(formatDay(cycle(year, month).cutoff)).toBe(cutoff);
  });

  it('the five dates ascend in every cycle of the calendar', () => {
    for (let year = 2020; year <= 2026; year++) {
      for (const month of [3, 6, 9, 12]) {
        const { cutoff, announcement, pricing, swap, effective } = cycle(year, month);
        const dates = [cutoff, announcement, pricing, swap, effective];
        expect(dates.toSorted((a, b) => a - b)).toEqual(dates);
      }
    }
  });
});

describe('what has no dates', () => {
  it('a cycle of 2027 is refused: its sessions are not published', () => {
    expect(refusalOf(() => cycle(2027, 3)).code).toBe('outside_calendar');
    const methodology = resolveRulebook(rulebook, day('2026-12-14'));
    expect(refusalOf(() => datesOfCycle(methodology, XSHG, 2027, 6)).code).toBe('outside_calendar');
  });

  it('a day that is no effective date is answered with the nearest two', () => {
    const methodology = resolveRulebook(rulebook, day('2025-09-16'));
    expect(() => datesOfReview(methodology, XSHG, day('2025-09-16'))).toThrow(InputError);
    try {
      datesOfReview(methodology, XSHG, day('2025-09-16'));
    } catch (error) {
      expect((error as InputError).code).toBe('not_an_effective_date');
      expect((error as InputError).issues[0].expected).toContain('2025-09-15 and 2025-12-15');
    }
  });

  it('an effective date is found by its day', () => {
    const methodology = resolveRulebook(rulebook, day('2025-09-15'));
    expect(datesOfReview(methodology, XSHG, day('2025-09-15'))).toEqual(cycle(2025, 9));
  });
});
