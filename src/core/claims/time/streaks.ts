/**
 * "A fourth straight day", `four consecutive sessions`, 连续四日, 连涨三天: how many sessions in a row, and whether of gains or
 * losses where the words say it. 连续 before a total (连续五日累计) is a window and no streak.
 */
import type { Span } from '../claim.js';
import { find, hasMark, number } from './time.js';
import type { Token } from '../text/tokens.js';

/** What a run counts. */
export type StreakUnit = 'session' | 'week' | 'month';

export interface Streak {
  readonly count: number;
  readonly unit: StreakUnit;
  readonly sign?: 1 | -1;
  /** It is over: `before` the session spoken of, or `broken` by it. */
  readonly over?: 'before' | 'broken';
}

interface StreakItem extends Span {
  readonly streak: Streak;
  readonly tokens: number;
}

/** Longer runs are no daily news. */
const LONGEST = 60;

export function streakAt(tokens: readonly Token[], at: number): StreakItem | undefined {
  const found = englishAt(tokens, at) ?? chineseAt(tokens, at);
  if (found === undefined) return undefined;
  const [streak, count] = found;
  if (!Number.isInteger(streak.count) || streak.count < 2 || streak.count > LONGEST) return undefined;
  return { streak, tokens: count, start: tokens[at].start, end: tokens[at + count - 1].end };
}

type Found = readonly [streak: Streak, tokens: number];

const ORDINALS = 'second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');
const RUNNING = new Set(['straight', 'consecutive', 'successive']);

const textOf = (token: Token | undefined): string => token?.text.toLowerCase() ?? '';
const UNITS: Readonly<Record<string, StreakUnit>> = {
  day: 'session',
  days: 'session',
  daily: 'session',
  'trading day': 'session',
  日: 'session',
  week: 'week',
  weeks: 'week',
  weekly: 'week',
  周: 'week',
  个星期: 'week',
  month: 'month',
  months: 'month',
  monthly: 'month',
  个月: 'month',
};

function unitOf(token: Token | undefined): StreakUnit | undefined {
  if (hasMark(token, 'sessions') || hasMark(token, 'days')) return 'session';
  return UNITS[textOf(token)];
}

/** `fourth straight session`, `4 consecutive days`, `third day in a row`, `four-day winning streak`, `three straight gains`. */
function englishAt(tokens: readonly Token[], at: number): Found | undefined {
  // "A fifth" is one phrase, for shares.
  const place = ORDINALS.indexOf(textOf(tokens[at]).replace(/^a /u, ''));
  const count = place >= 0 ? place + 2 : countOf(tokens[at]);
  if (count === undefined) return undefined;
  let next = at + 1;
  if (['st', 'nd', 'rd', 'th', '-'].includes(textOf(tokens[next]))) next++;
  if (RUNNING.has(textOf(tokens[next]))) {
    const way = find(tokens[next + 1], 'move');
    if (way !== undefined) return [{ count, unit: 'session', sign: way.sign }, next + 2 - at];
    const unit = unitOf(tokens[next + 1]);
    const sign = SIGNS[textOf(tokens[next + 2])];
    if (unit !== undefined && sign !== undefined) return [{ count, unit, sign }, next + 3 - at];
    return unit && [{ count, unit }, next + 2 - at];
  }
  const unit = unitOf(tokens[next]);
  if (unit === undefined) return undefined;
  const noun = SIGNS[textOf(tokens[next + 1])];
  if (
    noun !== undefined &&
    tokens
      .slice(next + 2, next + 5)
      .map(textOf)
      .join(' ') === 'in a row'
  )
    return [{ count, unit, sign: noun }, next + 5 - at];
  const after = tokens.slice(next + 1, next + 3).map(textOf);
  if (after[0] === 'running' || after[0] === 'in a row') return [{ count, unit }, next + 2 - at];
  const sign = after[1] === 'streak' || after[1] === 'run' ? WAYS[after[0]] : undefined;
  return sign && [{ count, unit, sign }, next + 3 - at];
}

/** "A third straight monthly loss". */
const SIGNS: Readonly<Record<string, 1 | -1 | undefined>> = {
  gain: 1,
  rise: 1,
  advance: 1,
  loss: -1,
  drop: -1,
  decline: -1,
  fall: -1,
};

const WAYS: Readonly<Record<string, 1 | -1>> = { winning: 1, losing: -1 };

const countOf = (token: Token | undefined): number | undefined =>
  number(token) ?? find(token, 'number')?.value;

/** `连续四日`, `连续第4个交易日`, `连涨三天`, `四连涨`. */
function chineseAt(tokens: readonly Token[], at: number): Found | undefined {
  const run = textOf(tokens[at]);
  const sign = RUNS[run];
  if (run !== '连续' && sign === undefined) {
    const after = RUNS[textOf(tokens[at + 1])];
    const count = number(tokens[at]);
    if (count === undefined || after === undefined) return undefined;
    const line = tokens.slice(Math.max(0, at - 3), at).flatMap((one) => LINES[textOf(one)] ?? [])[0];
    return [{ count, unit: line ?? 'session', sign: after }, 2];
  }
  let next = at + 1;
  if (textOf(tokens[next]) === '第') next++;
  const count = number(tokens[next]);
  const unit = unitOf(tokens[next + 1]);
  if (count === undefined || unit === undefined) return undefined;
  const total = tokens
    .slice(next + 2, next + 4)
    .some((one) => TOTALS.some((word) => one.text.includes(word)));
  if (total && sign === undefined) return undefined;
  return [{ count, unit, ...(sign !== undefined && { sign }) }, next + 2 - at];
}

const LINES: Readonly<Record<string, StreakUnit | undefined>> = { 月线: 'month', 周线: 'week' };

const RUNS: Readonly<Record<string, 1 | -1 | undefined>> = {
  连涨: 1,
  连升: 1,
  连跌: -1,
  连降: -1,
};

const TOTALS = ['累', '合计', '共'];

/** Whether the word says only that days follow one another, without a number that could be read. */
export const isUncountedRun = (token: Token): boolean =>
  find(token, 'number') === undefined && (RUNNING.has(textOf(token)) || textOf(token) === '连续');
