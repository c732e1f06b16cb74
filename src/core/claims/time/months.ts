/** Months and years as windows. */
import { addDays, addMonths, civilOf, dayOf } from '../../calendar/day.js';
import { type Clock, find, type Found, hasMark, number, type Time, yearNumber } from './time.js';
import type { Token } from '../text/tokens.js';
import type { Stretch } from '../words/meaning.js';

/** `August`, `August 2025`, `2025年8月`, `8月`. */
export function monthAt(tokens: readonly Token[], at: number, clock: Clock): Found | undefined {
  const english = find(tokens[at], 'month');
  if (english !== undefined) {
    // The verb: `may rise`.
    if (tokens[at].text === 'may') return undefined;
    let next = at + 1;
    if (hasMark(tokens[next], 'of')) next++;
    const year = yearNumber(tokens[next]);
    const ahead = isReview(tokens[at + 1]) ? REVIEW_AHEAD : 0;
    return monthWindow(english.month, year, clock, year === undefined ? 1 : next + 1 - at, ahead);
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
  const ended = tokens[i + 2]?.text === '底' || tokens[i + 2]?.text === '末';
  const after = tokens[i + 2]?.text === '的' ? tokens[i + 3] : tokens[i + 2];
  const ahead = isReview(after) ? REVIEW_AHEAD : 0;
  const found = monthWindow(month, year, clock, i + (ended ? 3 : 2) - at, ahead);
  return ended ? endOfMonth(found) : found;
}

/** "The December review" of a text of November is the one to come. */
const isReview = (token: Token | undefined): boolean =>
  token !== undefined &&
  /^(review|rebalanc|reshuffle|reconstitution|定期|季度|调整|调样|审核|样本)/iu.test(token.text);

const REVIEW_AHEAD = 92;

/** `6月底`: a level is that of the last day; a change may be of the month or of its last days. */
function endOfMonth([time, tokens]: Found): Found {
  if (time.kind !== 'window') return [time, tokens];
  const late = addDays(time.to, -LAST_DAYS);
  return [{ ...time, others: [{ from: late > time.from ? late : time.from, to: time.to }] }, tokens];
}

const LAST_DAYS = 9;

/** @param ahead days after the day of writing that a month without a year may begin */
export function monthWindow(
  month: number,
  year: number | undefined,
  clock: Clock,
  tokens: number,
  ahead = 0,
): Found {
  const { year: current } = civilOf(clock.written);
  let asked = year ?? current;
  if (year === undefined && dayOf(asked, month, 1) > clock.written + ahead) asked--;
  const from = dayOf(asked, month, 1);
  const end = addDays(addMonths(from, 1), -1);
  const running = clock.written >= from && clock.written < end;
  return [{ kind: 'window', from, to: running ? clock.written : end, name: 'month' }, tokens];
}

/** `in 2025`, `2025年`. */
export function yearAt(tokens: readonly Token[], at: number, clock: Clock): Found | undefined {
  const year = yearNumber(tokens[at]);
  if (year === undefined) return undefined;
  const next = tokens[at + 1];
  const followed =
    next !== undefined &&
    (find(next, 'unit') !== undefined ||
      find(next, 'scale') !== undefined ||
      find(next, 'currency') !== undefined);
  const chinese = next?.text === '年';
  const before = tokens[at - 1]?.text.toLowerCase().split(' ').at(-1);
  const ending = YEAR_VERBS.has(before ?? '') && YEAR_FOLLOWS.has(next?.text.toLowerCase() ?? '');
  const led = before === 'in' || before === 'of' || before === 'for' || before === 'during' || ending;
  const adjective = find(next, 'metric') !== undefined;
  if (!chinese && (followed || !(led || adjective))) return undefined;
  const ended = chinese && (tokens[at + 2]?.text === '末' || tokens[at + 2]?.text === '底');
  return [yearWindow(year, clock), ended ? 3 : chinese ? 2 : 1];
}

/** "Finished 2025 at 1,355.55", and not "closed at 2025". */
const YEAR_VERBS = new Set(['finished', 'ended', 'closed', 'ending', 'finishing', 'started', 'began']);
const YEAR_FOLLOWS = new Set(['at', 'up', 'down', 'with', 'higher', 'lower', 'as', 'on']);

const MONTHS: Readonly<Record<Stretch, readonly [first: number, last: number]>> = {
  Q1: [1, 3],
  Q2: [4, 6],
  Q3: [7, 9],
  Q4: [10, 12],
  H1: [1, 6],
  H2: [7, 12],
  '9M': [1, 9],
  FY: [1, 12],
};

/** A stretch of a year; without a year its days are those of the latest one that had begun. */
export function periodOf(year: number | undefined, stretch: Stretch, { written }: Clock): Time {
  const [first, last] = MONTHS[stretch];
  const { year: current } = civilOf(written);
  const asked = year ?? (dayOf(current, first, 1) > written ? current - 1 : current);
  const end = addDays(addMonths(dayOf(asked, last, 1), 1), -1);
  return {
    kind: 'period',
    year,
    stretch,
    days: { from: dayOf(asked, first, 1), to: end > written ? written : end },
  };
}

export function yearWindow(year: number, { written }: Clock): Time {
  const end = dayOf(year, 12, 31);
  return written < end && civilOf(written).year === year
    ? { kind: 'window', from: dayOf(year, 1, 1), to: written, name: 'year to date' }
    : { kind: 'window', from: dayOf(year, 1, 1), to: end, name: 'year' };
}
