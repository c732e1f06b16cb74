/** Days by their ISO date, so that tests read like a calendar. */
import { formatDay, parseDay, type Day } from '../../src/core/index.js';

export function day(iso: string): Day {
  const found = parseDay(iso);
  if (found === undefined) throw new Error(`the test names a day that does not exist: ${iso}`);
  return found;
}

export const isoOf = (days: Iterable<number>): string[] => Array.from(days, (d) => formatDay(d as Day));

/** Every calendar day from one to the other, both included. */
export const daysFrom = (from: string, to: string): Day[] =>
  Array.from({ length: day(to) - day(from) + 1 }, (_, i) => (day(from) + i) as Day);
