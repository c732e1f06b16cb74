/** Today, last week, the month before: told from the day of writing or from the time named before. */
import type { Day } from '../../base/brand.js';
import { addDays, civilOf, dayOf, weekdayOf } from '../../calendar/day.js';
import { monthWindow, yearWindow } from './months.js';
import { type Clock, dayIn, find, type Found, type Time } from './time.js';
import type { Token } from '../text/tokens.js';
import type { Relative } from '../words/meaning.js';

export function relativeAt(tokens: readonly Token[], at: number, clock: Clock): Found | undefined {
  const weekday = find(tokens[at], 'weekday');
  if (weekday !== undefined) {
    const days = (weekdayOf(clock.written) - weekday.weekday + 7) % 7;
    const back = days === 0 && tokens[at - 1]?.text.toLowerCase() === 'last' ? 7 : days;
    return [{ kind: 'day', day: addDays(clock.written, -back), yearWritten: false }, 1];
  }
  const word = find(tokens[at], 'relative')?.relative;
  return word === undefined ? undefined : relativeTime(word, clock, tokens[at].text.toLowerCase());
}

const TODAY = new Set(['today', '今日', '今天', '截至今日收盘']);

/** Of the day named before, else of the day of writing. */
const CLOSES = new Set(['截至收盘', '截止收盘']);

function relativeTime(word: Relative, clock: Clock, text: string): Found | undefined {
  const { written, named } = clock;
  // "that day", "the next day", "the following week" go on from the date named before.
  const anchor = dayIn(named);
  const near = anchor ?? written;
  const day = (of: Day): Found => [{ kind: 'day', day: of, yearWritten: false }, 1];
  switch (word) {
    case 'today':
      if (TODAY.has(text)) return day(written);
      return anchor === undefined && !CLOSES.has(text) ? undefined : day(near);
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
