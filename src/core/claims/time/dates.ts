/**
 * Words of time to days and windows. A date without a year is the latest one up to the day the text was written; words such
 * as "last week" count from that day, or from the date named before them.
 */
import type { Day } from '../../base/brand.js';
import { addDays, addMonths, civilOf, weekdayOf } from '../../calendar/day.js';
import { dayAt } from './calendarDates.js';
import type { Span } from '../claim.js';
import { monthPartAt } from './monthPartWords.js';
import { monthAt, periodOf, yearAt } from './months.js';
import type { Stretch } from './monthParts.js';
import { relativeAt } from './relativeTimes.js';
import { type Clock, find, type Found, hasMark, isMonth, number, type Time, yearNumber } from './time.js';
import type { Token } from '../text/tokens.js';

interface TimeItem extends Span {
  readonly time: Time;
  /** Tokens it takes. */
  readonly tokens: number;
}

/** The time that starts at a token, or undefined. */
export function timeAt(tokens: readonly Token[], at: number, clock: Clock): TimeItem | undefined {
  const found =
    spanAt(tokens, at, clock) ??
    monthPartAt(tokens, at, clock) ??
    weekEndedAt(tokens, at, clock) ??
    stretchAt(tokens, at, clock) ??
    dayAt(tokens, at, clock) ??
    agoAt(tokens, at, clock) ??
    monthAt(tokens, at, clock) ??
    yearAt(tokens, at, clock) ??
    pastAt(tokens, at, clock) ??
    relativeAt(tokens, at, clock);
  if (found === undefined) return undefined;
  const [time, count] = found;
  return { time, tokens: count, start: tokens[at].start, end: tokens[at + count - 1].end };
}

/** `from July 31 to August 29`, `between ... and ...`, `since August 1`, `自8月1日以来`, `8月1日至8月29日`. */
function spanAt(tokens: readonly Token[], at: number, clock: Clock): Found | undefined {
  const word = tokens[at].text.toLowerCase();
  const opener = word === 'from' || word === 'between' || word === '从' || word === '自';
  const since = hasMark(tokens[at], 'since') && !opener;
  const start = at + (opener || since ? 1 : 0);
  const first = pointAt(tokens, start, clock);
  if (first === undefined) return sinceWindowAt(tokens, at, start, since, clock);
  let next = start + first[1];
  if (since) return [{ kind: 'closes', from: first[0], to: clock.written, since: true }, next - at];
  if (isClosing(tokens[next])) next++;
  // "On August 27 and August 28" is of both, and no span.
  const both = ['and', '和'].includes(tokens[next]?.text.toLowerCase() ?? '') && word !== 'between';
  const joined =
    (hasMark(tokens[next], 'range') && !both) ||
    hasMark(tokens[next], 'until') ||
    hasMark(tokens[next], 'to');
  if (joined) {
    const second = pointAt(tokens, next + 1, clock, civilOf(first[0]));
    if (second !== undefined && second[0] > first[0])
      return [{ kind: 'closes', from: first[0], to: second[0], days: true }, next + 1 + second[1] - at];
  }
  if (isSinceThen(tokens[next]))
    return [{ kind: 'closes', from: first[0], to: clock.written, since: true }, next + 1 - at];
  return undefined;
}

/** `since June`, `since mid-July`, `7月中旬以来`: from any day of it on, since nothing says from which. */
function sinceWindowAt(
  tokens: readonly Token[],
  at: number,
  start: number,
  since: boolean,
  clock: Clock,
): Found | undefined {
  let skip = 0;
  while (skip < 4 && END_WORDS.has(tokens[start + skip]?.text.toLowerCase() ?? '')) skip++;
  const ended = tokens.slice(start, start + skip).some(({ text }) => text.toLowerCase().startsWith('end'));
  const from = ended ? start + skip : start;
  const found = from < tokens.length ? stretchOfMonthAt(tokens, from, clock) : undefined;
  if (found?.[0].kind !== 'window') return undefined;
  const next = from + found[1];
  const then = isSinceThen(tokens[next]);
  if (!since && !then) return undefined;
  // 7月以来 begins with July; "since July" may leave July out.
  const { from: begun, to, name, others: parts } = found[0];
  const [first, ...others] =
    name === 'month' && (ended || parts !== undefined)
      ? [{ from: addDays(to, 1), to: clock.written }]
      : name === 'month' && then
        ? [{ from: begun, to: clock.written }]
        : edgesOf(found[0], clock.written);
  if (first === undefined) return undefined;
  return [
    { kind: 'window', ...first, name: 'part of month', since: true, ...(others.length > 0 && { others }) },
    next + (then ? 1 : 0) - at,
  ];
}

const END_WORDS = new Set(['the', 'end', 'of', 'end-']);

const stretchOfMonthAt = (tokens: readonly Token[], at: number, clock: Clock): Found | undefined =>
  monthPartAt(tokens, at, clock) ?? monthAt(tokens, at, clock);

const isSinceThen = (token: Token | undefined): boolean =>
  token !== undefined && (['以来', '起', '起至今'].includes(token.text) || token.text === '至今');

/** Stretches to the day of writing, one from each edge that the words may mean. */
function edgesOf(window: Extract<Time, { kind: 'window' }>, written: Day): Stretch[] {
  const starts = [window, ...(window.others ?? [])].flatMap(({ from, to }) => [from, addDays(to, 1)]);
  return [...new Set(starts)].filter((from) => from <= written).map((from) => ({ from, to: written }));
}

const isClosing = (token: Token | undefined): boolean =>
  token?.text === '收盘' || token?.text.toLowerCase() === 'close';

/** "from the close of August 29". */
const POINT_WORDS = new Set(['the', 'close', 'of', 'closing price', '的']);

type Point = readonly [day: Day, tokens: number];

/** A day, or the last day before a month when a span starts with one. */
function pointAt(
  tokens: readonly Token[],
  at: number,
  clock: Clock,
  like?: { year: number; month: number },
): Point | undefined {
  if (at >= tokens.length) return undefined;
  let skip = 0;
  while (skip < 3 && POINT_WORDS.has(tokens[at + skip]?.text.toLowerCase() ?? '')) skip++;
  if (at + skip >= tokens.length) return undefined;
  const day = dayAt(tokens, at + skip, clock, like);
  return day?.[0].kind === 'day' ? [day[0].day, day[1] + skip] : undefined;
}

/** `week to September 5`, `week ended Friday 5 September`, `the five sessions to ...`, `截至9月5日当周`. */
function weekEndedAt(tokens: readonly Token[], at: number, clock: Clock): Found | undefined {
  const isWeek = (token: Token | undefined): boolean => {
    const found = find(token, 'relative');
    return found?.relative === 'this week' || found?.relative === 'last week';
  };
  if (isWeek(tokens[at])) {
    let next = at + 1;
    while (
      next < tokens.length &&
      next < at + 5 &&
      (hasMark(tokens[next], 'to') ||
        hasMark(tokens[next], 'ended') ||
        hasMark(tokens[next], 'until') ||
        hasMark(tokens[next], 'of') ||
        ['the', 'week', 'for'].includes(tokens[next].text.toLowerCase()))
    )
      next++;
    const day =
      next === at + 1 && !/to|end|of$/iu.test(tokens[at].text) ? undefined : dayAt(tokens, next, clock);
    if (day?.[0].kind === 'day') return [weekOf(day[0].day), next + day[1] - at];
    return undefined;
  }
  if (!hasMark(tokens[at], 'until')) return undefined;
  const day = dayAt(tokens, at + 1, clock);
  if (day?.[0].kind !== 'day') return undefined;
  const after = at + 1 + day[1];
  const skip = tokens[after]?.text === '的' || tokens[after]?.text === '止' ? 1 : 0;
  return isWeek(tokens[after + skip]) ? [weekOf(day[0].day), after + skip + 1 - at] : undefined;
}

function weekOf(day: Day): Time {
  const monday = addDays(day, -((weekdayOf(day) + 6) % 7));
  return { kind: 'window', from: monday, to: day, name: 'week' };
}

/** `first half of 2025`, `H1 2025`, `2025H1`, `1H25`, `2025年上半年`, `the second quarter`. */
function stretchAt(tokens: readonly Token[], at: number, clock: Clock): Found | undefined {
  const here = find(tokens[at], 'stretch');
  if (here !== undefined) {
    let next = at + 1;
    if (hasMark(tokens[next], 'of')) next++;
    const said = find(tokens[next], 'relative')?.relative;
    const year =
      yearNumber(tokens[next]) ??
      (next > at + 1 && (said === 'this year' || said === 'last year')
        ? civilOf(clock.written).year - (said === 'last year' ? 1 : 0)
        : undefined);
    if (year !== undefined && !isMonth(tokens[next + 1]))
      return [periodOf(year, here.stretch, clock), next + 1 - at];
    return [periodOf(undefined, here.stretch, clock), 1];
  }
  const year = yearNumber(tokens[at]);
  if (year === undefined) return undefined;
  let next = at + 1;
  if (tokens[next]?.text === '年') next++;
  if (tokens[next]?.text === '的') next++;
  const after = find(tokens[next], 'stretch');
  return after === undefined ? undefined : [periodOf(year, after.stretch, clock), next + 1 - at];
}

/** `past five sessions`, `last 20 trading days`, `近5个交易日`, `过去一周`, `five sessions to September 5`. */
function pastAt(tokens: readonly Token[], at: number, clock: Clock): Found | undefined {
  let i = at;
  if (TWELVE_MONTHS.has(tokens[i].text.toLowerCase()))
    return [{ kind: 'closes', from: addMonths(clock.written, -12), to: clock.written }, 1];
  if (hasMark(tokens[i], 'past') || (tokens[i].text.toLowerCase() === 'in' && hasMark(tokens[i + 2], 'days')))
    i++;
  const single = i > at ? singleAt(tokens[i], clock) : undefined;
  if (single !== undefined) return [single, i + 1 - at];
  const count = number(tokens[i]) ?? find(tokens[i], 'number')?.value;
  if (count === undefined || !Number.isInteger(count) || count < 1 || count > 260) return undefined;
  i++;
  const unit = tokens[i];
  const started = i > at + 1;
  const end = endOf(clock);
  if (hasMark(unit, 'sessions')) {
    const day =
      hasMark(tokens[i + 1], 'to') || hasMark(tokens[i + 1], 'until')
        ? (dayAt(tokens, i + 2, clock) ?? relativeAt(tokens, i + 2, clock))
        : undefined;
    const to = day?.[0].kind === 'day' ? day[0].day : end;
    const from = clock.sessionsBack(to, count);
    return [{ kind: 'closes', from, to }, (day === undefined ? i + 1 : i + 2 + day[1]) - at];
  }
  if (!started && (!CHINESE_UNITS.has(unit?.text ?? '') || THEREAFTER.test(tokens[i + 1]?.text ?? '')))
    return undefined;
  if (hasMark(unit, 'days'))
    return [{ kind: 'closes', from: clock.sessionsBack(end, count), to: end }, i + 1 - at];
  if (hasMark(unit, 'weeks'))
    return [{ kind: 'closes', from: addDays(end, -7 * count), to: end }, i + 1 - at];
  if (hasMark(unit, 'years') || unit?.text === '年')
    return [{ kind: 'closes', from: addMonths(end, -12 * count), to: end }, i + 1 - at];
  if (hasMark(unit, 'months')) return [{ kind: 'closes', from: addMonths(end, -count), to: end }, i + 1 - at];
  return undefined;
}

/** `a week ago`, `two months earlier`, 一个月前: no day, so nothing is right of it without saying how it was taken. */
function agoAt(tokens: readonly Token[], at: number, { written }: Clock): Found | undefined {
  const article = ['a', 'an', 'one'].includes(tokens[at].text.toLowerCase());
  const count = article ? 1 : (number(tokens[at]) ?? find(tokens[at], 'number')?.value);
  if (count === undefined || !Number.isInteger(count) || count < 1 || count > 60) return undefined;
  const unit = tokens[at + 1];
  const after = tokens[at + 2]?.text.toLowerCase() ?? '';
  if (!(after === 'ago' || after === 'earlier' || after === 'back' || /^前(?!后)/u.test(after)))
    return undefined;
  const days = hasMark(unit, 'days') || unit?.text === 'day' || unit?.text === '天';
  const weeks = hasMark(unit, 'weeks') || hasMark(unit, 'week');
  const months = hasMark(unit, 'months') || hasMark(unit, 'month');
  if (!days && !weeks && !months) return undefined;
  const day = months ? addMonths(written, -count) : addDays(written, -count * (weeks ? 7 : 1));
  const loose = [{ from: addDays(day, -3), to: addDays(day, 3) }];
  return [{ kind: 'window', from: day, to: day, name: 'part of month', others: loose }, 3];
}

/** `一周涨20%`, `一个月翻倍`, and not `三个月后`. */
const CHINESE_UNITS = new Set(['周', '个星期', '个月']);
const THEREAFTER = /^[后前以之的内]|目标/u;

const TWELVE_MONTHS = new Set([
  'past 12 months',
  'last 12 months',
  'past twelve months',
  'last twelve months',
]);

/** `the past month`, `近一年`: one of them, back from the day of writing. */
function singleAt(unit: Token | undefined, { written }: Clock): Time | undefined {
  if (hasMark(unit, 'week')) return { kind: 'closes', from: addDays(written, -7), to: written };
  if (hasMark(unit, 'month')) return { kind: 'closes', from: addMonths(written, -1), to: written };
  if (hasMark(unit, 'quarter')) return { kind: 'closes', from: addMonths(written, -3), to: written };
  if (hasMark(unit, 'year')) return { kind: 'closes', from: addMonths(written, -12), to: written };
  return undefined;
}

const endOf = ({ written }: Clock): Day => written;
