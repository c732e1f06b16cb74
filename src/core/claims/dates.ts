/**
 * Words of time to days and windows. A date without a year is the latest one up to the day the text was written; words such
 * as "last week" count from that day, or from the date named before them.
 */
import type { Day } from '../base/brand.js';
import { addDays, addMonths, civilOf, dayOf, weekdayOf } from '../calendar/day.js';
import type { Span } from './claim.js';
import { partOfMonth, type Stretch as Days } from './monthParts.js';
import type { Token } from './tokens.js';
import type { Mark, Meaning, MonthPart, Relative, Stretch } from './words/meaning.js';

export type Time =
  | { readonly kind: 'day'; readonly day: Day; readonly yearWritten: boolean }
  /** Whole days, both included; a change over it starts at the close before `from`. */
  | {
      readonly kind: 'window';
      readonly from: Day;
      readonly to: Day;
      readonly name: WindowName;
      /** Stretches that the words may mean as well: early August, the first week of August. */
      readonly others?: readonly Days[];
    }
  /** From the close of one day to the close of another. */
  | { readonly kind: 'closes'; readonly from: Day; readonly to: Day }
  | { readonly kind: 'period'; readonly year: number | undefined; readonly stretch: Stretch };

type WindowName = 'week' | 'month' | 'part of month' | 'year' | 'year to date' | 'sessions' | 'quarter';

interface TimeItem extends Span {
  readonly time: Time;
  /** Tokens it takes. */
  readonly tokens: number;
}

/** What words of time are told from. */
export interface Clock {
  /** Day the text was written, as far as known. */
  readonly written: Day;
  /** Date or window the text named last. */
  readonly named?: Time;
  /** The session `count` sessions before a day. */
  readonly sessionsBack: (day: Day, count: number) => Day;
}

const number = (token: Token | undefined): number | undefined => token?.number;
const find = <Is extends Meaning['is']>(token: Token | undefined, is: Is) =>
  token?.meanings.find((one): one is Extract<Meaning, { is: Is }> => one.is === is);
const hasMark = (token: Token | undefined, mark: Mark): boolean =>
  token?.meanings.some((one) => one.is === 'mark' && one.mark === mark) === true;

/** The time that starts at a token, or undefined. */
export function timeAt(tokens: readonly Token[], at: number, clock: Clock): TimeItem | undefined {
  const found =
    spanAt(tokens, at, clock) ??
    monthPartAt(tokens, at, clock) ??
    weekEndedAt(tokens, at, clock) ??
    stretchAt(tokens, at) ??
    dayAt(tokens, at, clock) ??
    monthAt(tokens, at, clock) ??
    yearAt(tokens, at, clock) ??
    pastAt(tokens, at, clock) ??
    relativeAt(tokens, at, clock);
  if (found === undefined) return undefined;
  const [time, count] = found;
  return { time, tokens: count, start: tokens[at].start, end: tokens[at + count - 1].end };
}

type Found = readonly [time: Time, tokens: number];

/** `from July 31 to August 29`, `between ... and ...`, `since August 1`, `自8月1日以来`, `8月1日至8月29日`. */
function spanAt(tokens: readonly Token[], at: number, clock: Clock): Found | undefined {
  const word = tokens[at].text.toLowerCase();
  const opener = word === 'from' || word === 'between' || word === '从' || word === '自';
  const since = hasMark(tokens[at], 'since') && !opener;
  const start = at + (opener || since ? 1 : 0);
  const first = pointAt(tokens, start, clock);
  if (first === undefined) return undefined;
  let next = start + first[1];
  if (since) return [{ kind: 'closes', from: first[0], to: clock.written }, next - at];
  if (isClosing(tokens[next])) next++;
  const joined =
    hasMark(tokens[next], 'range') || hasMark(tokens[next], 'until') || hasMark(tokens[next], 'to');
  if (joined) {
    const second = pointAt(tokens, next + 1, clock, civilOf(first[0]));
    if (second !== undefined && second[0] > first[0])
      return [{ kind: 'closes', from: first[0], to: second[0] }, next + 1 + second[1] - at];
  }
  const sinceThen = tokens[next]?.text === '以来' || tokens[next]?.text === '起';
  if (sinceThen) return [{ kind: 'closes', from: first[0], to: clock.written }, next + 1 - at];
  return undefined;
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
function stretchAt(tokens: readonly Token[], at: number): Found | undefined {
  const here = find(tokens[at], 'stretch');
  if (here !== undefined) {
    let next = at + 1;
    if (hasMark(tokens[next], 'of')) next++;
    const year = yearNumber(tokens[next]);
    if (year !== undefined && !isMonth(tokens[next + 1]))
      return [{ kind: 'period', year, stretch: here.stretch }, next + 1 - at];
    return [{ kind: 'period', year: undefined, stretch: here.stretch }, 1];
  }
  const year = yearNumber(tokens[at]);
  if (year === undefined) return undefined;
  let next = at + 1;
  if (tokens[next]?.text === '年') next++;
  if (tokens[next]?.text === '的') next++;
  const after = find(tokens[next], 'stretch');
  return after === undefined ? undefined : [{ kind: 'period', year, stretch: after.stretch }, next + 1 - at];
}

const isMonth = (token: Token | undefined): boolean => find(token, 'month') !== undefined;

function yearNumber(token: Token | undefined): number | undefined {
  const value = number(token);
  if (value === undefined || token?.decimals !== 0 || token.text.includes(',')) return undefined;
  if (token.digits === 4 && value >= 1990 && value <= 2099) return value;
  return undefined;
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

function dayAt(
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

/** The day, or the end of the window. */
const dayIn = (time: Time | undefined): Day | undefined =>
  time === undefined || time.kind === 'period' ? undefined : time.kind === 'day' ? time.day : time.to;

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

/** `August`, `August 2025`, `2025年8月`, `8月`. */
function monthAt(tokens: readonly Token[], at: number, clock: Clock): Found | undefined {
  const english = find(tokens[at], 'month');
  if (english !== undefined) {
    // The verb: `may rise`.
    if (tokens[at].text === 'may') return undefined;
    let next = at + 1;
    if (hasMark(tokens[next], 'of')) next++;
    const year = yearNumber(tokens[next]);
    return monthWindow(english.month, year, clock, year === undefined ? 1 : next + 1 - at);
  }
  let i = at;
  const year = tokens[i + 1]?.text === '年' ? yearNumber(tokens[i]) : undefined;
  if (year !== undefined) i += 2;
  const month = number(tokens[i]);
  if (
    month === undefined ||
    tokens[i].decimals !== 0 ||
    month < 1 ||
    month > 12 ||
    (tokens[i + 1]?.text !== '月' && tokens[i + 1]?.text !== '月份')
  )
    return undefined;
  return monthWindow(month, year, clock, i + 2 - at);
}

/** `early August`, `mid-September 2025`, `the first week of August`, `8月上旬`, `2025年8月的第一周`, `本月中旬`. */
function monthPartAt(tokens: readonly Token[], at: number, clock: Clock): Found | undefined {
  const before = find(tokens[at], 'monthPart');
  if (before !== undefined) {
    let skip = 0;
    while (skip < 2 && SMALL.has(tokens[at + 1 + skip]?.text.toLowerCase() ?? '')) skip++;
    const month = monthAt(tokens, at + 1 + skip, clock) ?? namedMonthAt(tokens, at + 1 + skip, clock);
    return month && partOf(before.part, month[0], 1 + skip + month[1]);
  }
  const month = monthAt(tokens, at, clock) ?? namedMonthAt(tokens, at, clock);
  if (month === undefined) return startOfMonthAt(tokens, at, clock);
  const skip = tokens[at + month[1]]?.text === '的' ? 1 : 0;
  const after = find(tokens[at + month[1] + skip], 'monthPart');
  return after && partOf(after.part, month[0], month[1] + skip + 1);
}

/** `early in August`, `the first week of the month`. */
const SMALL = new Set(['-', 'of', 'in', 'the']);

/** `8月初`, where the sign for the month is part of the word. */
function startOfMonthAt(tokens: readonly Token[], at: number, clock: Clock): Found | undefined {
  const written = tokens[at + 1]?.text === '年' ? yearNumber(tokens[at]) : undefined;
  const i = written === undefined ? at : at + 2;
  const [month, word] = [number(tokens[i]), tokens[i + 1]];
  const found = word?.text.startsWith('月') === true ? find(word, 'monthPart') : undefined;
  if (found === undefined || month === undefined || !Number.isInteger(month) || month < 1 || month > 12)
    return undefined;
  return partOf(found.part, monthWindow(month, written, clock, 0)[0], i + 2 - at);
}

/** `this month`, `本月`. */
function namedMonthAt(tokens: readonly Token[], at: number, clock: Clock): Found | undefined {
  const word = find(tokens[at], 'relative')?.relative;
  return word === 'this month' || word === 'last month' ? relativeAt(tokens, at, clock) : undefined;
}

function partOf(part: MonthPart, month: Time, tokens: number): Found | undefined {
  if (month.kind !== 'window') return undefined;
  const { from, to, others } = partOfMonth(part, {
    from: month.from,
    to: addDays(addMonths(month.from, 1), -1),
  });
  return [{ kind: 'window', from, to, name: 'part of month', ...(others.length > 0 && { others }) }, tokens];
}

function monthWindow(month: number, year: number | undefined, clock: Clock, tokens: number): Found {
  const { year: current } = civilOf(clock.written);
  let asked = year ?? current;
  if (year === undefined && dayOf(asked, month, 1) > clock.written) asked--;
  const from = dayOf(asked, month, 1);
  const end = addDays(addMonths(from, 1), -1);
  const running = clock.written >= from && clock.written < end;
  return [{ kind: 'window', from, to: running ? clock.written : end, name: 'month' }, tokens];
}

/** `in 2025`, `2025年`. */
function yearAt(tokens: readonly Token[], at: number, clock: Clock): Found | undefined {
  const year = yearNumber(tokens[at]);
  if (year === undefined) return undefined;
  const next = tokens[at + 1];
  const followed =
    next !== undefined &&
    (find(next, 'unit') !== undefined ||
      find(next, 'scale') !== undefined ||
      find(next, 'currency') !== undefined);
  const chinese = next?.text === '年';
  const before = tokens[at - 1]?.text.toLowerCase();
  if (
    !chinese &&
    (followed || (before !== 'in' && before !== 'of' && before !== 'for' && before !== 'during'))
  )
    return undefined;
  return [yearWindow(year, clock), chinese ? 2 : 1];
}

function yearWindow(year: number, { written }: Clock): Time {
  const end = dayOf(year, 12, 31);
  return written < end && civilOf(written).year === year
    ? { kind: 'window', from: dayOf(year, 1, 1), to: written, name: 'year to date' }
    : { kind: 'window', from: dayOf(year, 1, 1), to: end, name: 'year' };
}

/** `past five sessions`, `last 20 trading days`, `近5个交易日`, `过去一周`, `five sessions to September 5`. */
function pastAt(tokens: readonly Token[], at: number, clock: Clock): Found | undefined {
  let i = at;
  if (hasMark(tokens[i], 'past')) i++;
  const count = number(tokens[i]) ?? find(tokens[i], 'number')?.value;
  if (count === undefined || !Number.isInteger(count) || count < 1 || count > 260) return undefined;
  i++;
  const unit = tokens[i];
  const started = i > at + 1;
  const end = endOf(clock);
  if (hasMark(unit, 'sessions')) {
    const day =
      hasMark(tokens[i + 1], 'to') || hasMark(tokens[i + 1], 'until')
        ? dayAt(tokens, i + 2, clock)
        : undefined;
    const to = day?.[0].kind === 'day' ? day[0].day : end;
    const from = clock.sessionsBack(to, count);
    return [{ kind: 'closes', from, to }, (day === undefined ? i + 1 : i + 2 + day[1]) - at];
  }
  if (!started) return undefined;
  if (hasMark(unit, 'days'))
    return [{ kind: 'closes', from: clock.sessionsBack(end, count), to: end }, i + 1 - at];
  if (hasMark(unit, 'weeks'))
    return [{ kind: 'closes', from: addDays(end, -7 * count), to: end }, i + 1 - at];
  if (hasMark(unit, 'months')) return [{ kind: 'closes', from: addMonths(end, -count), to: end }, i + 1 - at];
  return undefined;
}

const endOf = ({ written }: Clock): Day => written;

function relativeAt(tokens: readonly Token[], at: number, clock: Clock): Found | undefined {
  const weekday = find(tokens[at], 'weekday');
  if (weekday !== undefined) {
    const back = (weekdayOf(clock.written) - weekday.weekday + 7) % 7;
    return [{ kind: 'day', day: addDays(clock.written, -back), yearWritten: false }, 1];
  }
  const word = find(tokens[at], 'relative')?.relative;
  return word === undefined ? undefined : relativeTime(word, clock, tokens[at].text.toLowerCase());
}

function relativeTime(word: Relative, clock: Clock, text: string): Found | undefined {
  const { written, named } = clock;
  // "that day", "the next day", "the following week" go on from the date named before.
  const anchor = dayIn(named);
  const near = anchor ?? written;
  const day = (of: Day): Found => [{ kind: 'day', day: of, yearWritten: false }, 1];
  switch (word) {
    case 'today':
      return text === 'today' || text === '今日' || text === '今天'
        ? day(written)
        : anchor === undefined
          ? undefined
          : day(near);
    case 'yesterday':
      return day(clock.sessionsBack(written, 1));
    case 'next day':
      return anchor === undefined ? undefined : day(nextSession(near, clock));
    case 'previous day':
      return day(clock.sessionsBack(near, 1));
    case 'this week': {
      const to = text.startsWith('this') || text === '本周' || text === '这周' ? written : near;
      return [fullWeek(to, written), 1];
    }
    case 'last week': {
      const from = text === 'last week' || text === '上周' || text === '上一周' ? written : near;
      return [fullWeek(addDays(from, -7), written), 1];
    }
    case 'next week':
      return anchor === undefined ? undefined : [fullWeek(addDays(near, 7), written), 1];
    case 'this month': {
      const { year, month } = civilOf(
        text.startsWith('this') || text.startsWith('本') || text.includes('date') ? written : near,
      );
      return monthWindow(month, year, clock, 1);
    }
    case 'last month': {
      const { year, month } = civilOf(text === 'last month' || text.startsWith('上') ? written : near);
      const from = dayOf(year, month - 1, 1);
      return monthWindow(civilOf(from).month, civilOf(from).year, clock, 1);
    }
    case 'year to date':
      return [{ kind: 'window', from: dayOf(civilOf(near).year, 1, 1), to: near, name: 'year to date' }, 1];
    case 'this year':
      return [yearWindow(civilOf(written).year, clock), 1];
    case 'last year':
      return [yearWindow(civilOf(written).year - 1, clock), 1];
    default:
      return undefined;
  }
}

/** Monday to Sunday, no further than the day of writing where that is in it. */
function fullWeek(day: Day, written: Day): Time {
  const monday = addDays(day, -((weekdayOf(day) + 6) % 7));
  const sunday = addDays(monday, 6);
  return {
    kind: 'window',
    from: monday,
    to: written >= monday && written < sunday ? written : sunday,
    name: 'week',
  };
}

const nextSession = (day: Day, clock: Clock): Day => {
  for (let ahead = 1; ahead < 12; ahead++) {
    const tried = addDays(day, ahead);
    if (clock.sessionsBack(addDays(tried, 1), 1) === tried) return tried;
  }
  return addDays(day, 1);
};
