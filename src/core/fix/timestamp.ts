/** UTCTimestamp of FIX 4.4 (Volume 1, "Data Types"): `20250915-07:00:00.000`, milliseconds since 1970 on the other side. */
import type { Day } from '../base/brand.js';
import { formatDay, parseDay } from '../calendar/day.js';

const DAY_MS = 86_400_000;

/** @param ms since 1970-01-01 UTC, whole */
export function formatTimestamp(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  const inDay = ms - day * DAY_MS;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const [hours, minutes, seconds] = [inDay / 3_600_000, (inDay / 60_000) % 60, (inDay / 1000) % 60].map(two);
  const rest = String(inDay % 1000).padStart(3, '0');
  return `${formatDate(day as Day)}-${hours}:${minutes}:${seconds}.${rest}`;
}

/** Milliseconds since 1970, `undefined` for a text that is no time; a leap second counts as the next second. */
export function parseTimestamp(text: string): number | undefined {
  const match = /^(\d{8})-(\d{2}):(\d{2}):(\d{2})(?:\.(\d{3}))?$/.exec(text);
  const day = match === null ? undefined : parseDate(match[1]);
  if (match === null || day === undefined) return undefined;
  const [hours, minutes, seconds, rest] = match.slice(2).map((part) => Number(part ?? 0));
  if (hours > 23 || minutes > 59 || seconds > 60) return undefined;
  return day * DAY_MS + hours * 3_600_000 + minutes * 60_000 + seconds * 1000 + rest;
}

/** LocalMktDate, `20250915`. */
export const formatDate = (day: Day): string => formatDay(day).replaceAll('-', '');

export function parseDate(text: string): Day | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return match === null ? undefined : parseDay(`${match[1]}-${match[2]}-${match[3]}`);
}
