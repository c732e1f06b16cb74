/** Questions to a daily series: the close on a day, before a day, the change over a window, the record so far. */
import type { Day } from '../../base/brand.js';
import { addDays, civilOf } from '../../calendar/day.js';
import { rowAt } from '../../statements/fundamentals.js';
import type { ClaimData, Series } from './claimData.js';
import type { StreakUnit } from '../time/streaks.js';
import type { Time } from '../time/time.js';

/** A window as two closes: of the last session before it, and of the last one in it. */
export interface Window {
  readonly from: Day;
  readonly to: Day;
}

/** The two rows a time means for changes, or undefined where the series has none. */
export function windowOf(series: Series, time: Time): Window | undefined {
  switch (time.kind) {
    case 'day': {
      const row = rowAt(series.days, time.day);
      if (row < 1 || series.days[row] !== time.day) return undefined;
      return { from: series.days[row - 1] as Day, to: time.day };
    }
    case 'window': {
      const [before, last] = [rowAt(series.days, addDays(time.from, -1)), rowAt(series.days, time.to)];
      if (before < 0 || last <= before) return undefined;
      return { from: series.days[before] as Day, to: series.days[last] as Day };
    }
    case 'closes': {
      const [first, last] = [rowAt(series.days, time.from), rowAt(series.days, time.to)];
      if (first < 0 || last <= first) return undefined;
      return { from: series.days[first] as Day, to: series.days[last] as Day };
    }
    case 'period':
      return undefined;
  }
}

/** close / close before - 1, share actions between the two days taken out; NaN when a close is missing. */
export function changeOver(data: ClaimData, id: string, { from, to }: Window): number {
  const series = data.series.get(id);
  if (series === undefined) return Number.NaN;
  return (closeOn(series, to) * data.shareRatio(id, from, to)) / closeOn(series, from) - 1;
}

export function closeOn(series: Series, day: Day): number {
  return valueOn(series, series.close, day);
}

/** The number of exactly that day. */
export function valueOn(series: Series, column: Float64Array | undefined, day: Day): number {
  const row = rowAt(series.days, day);
  return row >= 0 && series.days[row] === day && column !== undefined ? column[row] : Number.NaN;
}

/** The last session of the series on or before a day. */
export function lastDay(series: Series, at: Day): Day | undefined {
  const row = rowAt(series.days, at);
  return row < 0 ? undefined : (series.days[row] as Day);
}

/** Largest value up to and including a day, with its day; of the days since one, where it is said. */
export function recordUntil(
  series: Series,
  column: Float64Array,
  at: Day,
  since?: Day,
): { readonly day: Day; readonly value: number } | undefined {
  const last = rowAt(series.days, at);
  let best = -1;
  const first = since === undefined ? 0 : rowAt(series.days, addDays(since, -1)) + 1;
  for (let row = first; row <= last; row++)
    if (!Number.isNaN(column[row]) && (best < 0 || column[row] > column[best])) best = row;
  return best < 0 ? undefined : { day: series.days[best] as Day, value: column[best] };
}

/** Last sessions of the sessions, weeks or months up to a row, the newest first. */
export function endsOf(series: Series, row: number, unit: StreakUnit, most: number): Day[] {
  const ends: Day[] = [];
  let known: number | undefined;
  for (let i = row; i >= 0 && ends.length < most; i--) {
    const day = series.days[i] as Day;
    const { year, month } = civilOf(day);
    // Weeks begin on Mondays; day 0 of the calendar was a Thursday.
    const key = unit === 'session' ? i : unit === 'week' ? Math.floor((day + 3) / 7) : year * 12 + month;
    if (key !== known) ends.push(day);
    known = key;
  }
  return ends;
}
