/** A day by its number: ISO, Chinese and English. */
import type { Day } from '../../base/brand.js';
import { addDays, civilOf, dayOf } from '../../calendar/day.js';
import { type Clock, dayIn, find, type Found, isMonth, number, yearNumber } from './time.js';
import type { Token } from '../text/tokens.js';

export function dayAt(
  tokens: readonly Token[],
  at: number,
  clock: Clock,
  like?: { year: number; month: number },
): Found | undefined {
  const skip =
    find(tokens[at], 'weekday') !== undefined &&
    (number(tokens[at + 1]) !== undefined || isMonth(tokens[at + 1]) || tokens[at + 1]?.text === ',')
      ? tokens[at + 1].text === ','
        ? 2
        : 1
      : 0;
  const found =
    isoAt(tokens, at + skip) ??
    chineseDayAt(tokens, at + skip, clock, like) ??
    englishDayAt(tokens, at + skip, clock, like);
  return found === undefined ? undefined : [found[0], found[1] + skip];
}

/** `2025-09-12`, `2025/9/12`, `2025.9.12` (the last one is one number and a rest to the tokens, so it is left out). */
function isoAt(tokens: readonly Token[], at: number): Found | undefined {
  const [year, dash, month, dash2, day] = tokens.slice(at, at + 5);
  const y = yearNumber(year);
  if (y === undefined || dash === undefined || dash.text !== dash2?.text || !['-', '/'].includes(dash.text))
    return undefined;
  const [m, d] = [number(month), number(day)];
  if (m === undefined || d === undefined) return undefined;
  const made = dayOf(y, m, d);
  const { month: sameMonth, dayOfMonth } = civilOf(made);
  return sameMonth === m && dayOfMonth === d ? [{ kind: 'day', day: made, yearWritten: true }, 5] : undefined;
}

/** `2025年9月12日`, `9月12日`, `12日`. */
function chineseDayAt(
  tokens: readonly Token[],
  at: number,
  clock: Clock,
  like?: { year: number; month: number },
): Found | undefined {
  let i = at;
  let year = tokens[i + 1]?.text === '年' ? yearNumber(tokens[i]) : undefined;
  const written = year !== undefined;
  const spoken = find(tokens[i], 'relative')?.relative;
  if (written) i += 2;
  else if (spoken === 'this year' || spoken === 'last year') {
    year = civilOf(clock.written).year - (spoken === 'last year' ? 1 : 0);
    i++;
  }
  const month = number(tokens[i]);
  if (month === undefined) return undefined;
  if (tokens[i + 1]?.text === '月') {
    const day = number(tokens[i + 2]);
    if (day === undefined || !isDayWord(tokens[i + 3])) return undefined;
    const made = inYear(month, day, clock, year ?? like?.year);
    return made === undefined ? undefined : [{ kind: 'day', day: made, yearWritten: written }, i + 4 - at];
  }
  if (year !== undefined || !isDayWord(tokens[i + 1]) || tokens[i].decimals !== 0 || month < 1 || month > 31)
    return undefined;
  const near = like ?? civilOf(dayIn(clock.named) ?? clock.written);
  const made = inYear(near.month, month, clock, near.year);
  return made === undefined ? undefined : [{ kind: 'day', day: made, yearWritten: false }, 2];
}

const isDayWord = (token: Token | undefined): boolean => token?.text === '日' || token?.text === '号';

/** `August 27, 2025`, `Aug. 27`, `27 August 2025`, `27th of August`. */
function englishDayAt(
  tokens: readonly Token[],
  at: number,
  clock: Clock,
  like?: { year: number; month: number },
): Found | undefined {
  const first = find(tokens[at], 'month');
  if (first !== undefined) {
    let i = at + 1;
    if (tokens[i]?.text === '.') i++;
    const day = dayNumber(tokens[i]);
    if (day === undefined) return undefined;
    i++;
    if (isOrdinal(tokens[i])) i++;
    const comma = tokens[i]?.text === ',' ? 1 : 0;
    const year = yearNumber(tokens[i + comma]);
    const made = inYear(first.month, day, clock, year);
    if (made === undefined) return undefined;
    return [
      { kind: 'day', day: made, yearWritten: year !== undefined },
      (year === undefined ? i : i + comma + 1) - at,
    ];
  }
  const day = dayNumber(tokens[at]);
  if (day === undefined) return undefined;
  let i = at + 1;
  if (isOrdinal(tokens[i])) i++;
  if (tokens[i]?.text.toLowerCase() === 'of') i++;
  const month = find(tokens[i], 'month');
  if (month === undefined) {
    // `from September 8 to 12`
    if (like === undefined) return undefined;
    const made = inYear(like.month, day, clock, like.year);
    return made === undefined ||
      find(tokens[i], 'unit') !== undefined ||
      find(tokens[i], 'scale') !== undefined
      ? undefined
      : [{ kind: 'day', day: made, yearWritten: true }, i - at];
  }
  i++;
  if (tokens[i]?.text === '.') i++;
  const comma = tokens[i]?.text === ',' ? 1 : 0;
  const year = yearNumber(tokens[i + comma]);
  const made = inYear(month.month, day, clock, year);
  if (made === undefined) return undefined;
  return [
    { kind: 'day', day: made, yearWritten: year !== undefined },
    (year === undefined ? i : i + comma + 1) - at,
  ];
}

const isOrdinal = (token: Token | undefined): boolean =>
  ['st', 'nd', 'rd', 'th'].includes(token?.text.toLowerCase() ?? '');

function dayNumber(token: Token | undefined): number | undefined {
  const value = number(token);
  return value !== undefined && token?.decimals === 0 && value >= 1 && value <= 31 && (token.digits ?? 0) <= 2
    ? value
    : undefined;
}

/** The latest such date up to the day of writing, and never more than a few weeks after it. */
function inYear(month: number, dayOfMonth: number, clock: Clock, year?: number): Day | undefined {
  const { year: current } = civilOf(clock.written);
  let asked = year ?? current;
  let day = dayOf(asked, month, dayOfMonth);
  if (civilOf(day).dayOfMonth !== dayOfMonth || month < 1 || month > 12) return undefined;
  if (year === undefined && day > addDays(clock.written, NEAR_FUTURE)) {
    asked--;
    day = dayOf(asked, month, dayOfMonth);
  }
  return day;
}

/** An article of August may name a date of September that is still to come. */
const NEAR_FUTURE = 120;
