/**
 * Trading sessions of one market as data, never as a formula: the holidays of 2027 are not known before they
 * are published, so every verb refuses a day outside the published range instead of guessing.
 */
import type { Day } from '../base/brand.js';
import { assert, Refusal } from '../base/errors.js';
import { formatDay } from './day.js';

export interface SessionCalendar {
  /** ISO 10383 market code, for instance `XSHG`. */
  readonly market: string;
  /** Sessions in ascending order. */
  readonly days: Int32Array;
}

export function sessionCalendar(market: string, days: ArrayLike<number>): SessionCalendar {
  const sorted = Int32Array.from(days);
  for (let i = 1; i < sorted.length; i++) assert(sorted[i] > sorted[i - 1], `${market} sessions ascend`);
  assert(sorted.length > 0, `${market} has sessions`);
  return { market, days: sorted };
}

/** Whether the market trades on that day. @throws Refusal outside the calendar's range. */
export function isSession(calendar: SessionCalendar, day: Day): boolean {
  return calendar.days[firstAtOrAfter(calendar, day)] === day;
}

/** The session itself, or the last one before it. */
export function sessionOnOrBefore(calendar: SessionCalendar, day: Day): Day {
  const row = firstAtOrAfter(calendar, day);
  return sessionAt(calendar, calendar.days[row] === day ? row : row - 1, day);
}

/** The session itself, or the next one after it. */
export function sessionOnOrAfter(calendar: SessionCalendar, day: Day): Day {
  return sessionAt(calendar, firstAtOrAfter(calendar, day), day);
}

/**
 * The k-th session strictly after (k > 0) or strictly before (k < 0) a day that need not be a session itself.
 * @throws Refusal when the calendar does not reach that far.
 */
export function shiftSessions(calendar: SessionCalendar, day: Day, k: number): Day {
  if (k === 0) return sessionOnOrBefore(calendar, day);
  const row = firstAtOrAfter(calendar, day);
  if (k < 0) return sessionAt(calendar, row + k, day);
  return sessionAt(calendar, calendar.days[row] === day ? row + k : row + k - 1, day);
}

/** Sessions from `from` to `to`, both included. */
export function sessionsBetween(calendar: SessionCalendar, from: Day, to: Day): Day[] {
  const start = firstAtOrAfter(calendar, from);
  const last = firstAtOrAfter(calendar, to);
  const end = calendar.days[last] === to ? last + 1 : last;
  return Array.from(calendar.days.subarray(start, end)) as Day[];
}

/** Sessions after `from` up to `to`; 0 for one that is past. @throws Refusal outside the calendar's range. */
export function sessionsLeft(calendar: SessionCalendar, from: Day, to: Day): number {
  return to <= from ? 0 : sessionsBetween(calendar, from, to).filter((day) => day > from).length;
}

function sessionAt(calendar: SessionCalendar, row: number, asked: Day): Day {
  if (row < 0 || row >= calendar.days.length) throw outsideCalendar(calendar, asked);
  return calendar.days[row] as Day;
}

/** Row of the first session at or after the day. */
function firstAtOrAfter(calendar: SessionCalendar, day: Day): number {
  const { days } = calendar;
  if (day < days[0] || day > days[days.length - 1]) throw outsideCalendar(calendar, day);
  let low = 0;
  let high = days.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle] < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function outsideCalendar(calendar: SessionCalendar, day: Day): Refusal {
  const first = formatDay(calendar.days[0] as Day);
  const last = formatDay(calendar.days[calendar.days.length - 1] as Day);
  return new Refusal(
    'outside_calendar',
    `${formatDay(day)} asks for ${calendar.market} sessions outside ${first}..${last}; ` +
      `they are not in the calendar and are not guessed`,
    { market: calendar.market, first, last, asked: formatDay(day) },
  );
}
