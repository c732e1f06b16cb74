/**
 * "A fourth straight day", `four consecutive sessions`, 连续四日, 连涨三天: how many sessions in a row, and whether of gains or
 * losses where the words say it. 连续 before a total (连续五日累计) is a window and no streak.
 */
import type { Span } from '../claim.js';
import { find, hasMark, number } from './time.js';
import type { Token } from '../text/tokens.js';

export interface Streak {
  readonly count: number;
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
const isDay = (token: Token | undefined): boolean =>
  ['day', 'days', 'trading day'].includes(textOf(token)) ||
  hasMark(token, 'sessions') ||
  hasMark(token, 'days');

/** `fourth straight session`, `4 consecutive days`, `third day in a row`, `four-day winning streak`, `three straight gains`. */
function englishAt(tokens: readonly Token[], at: number): Found | undefined {
  const place = ORDINALS.indexOf(textOf(tokens[at]));
  const count = place >= 0 ? place + 2 : countOf(tokens[at]);
  if (count === undefined) return undefined;
  let next = at + 1;
  if (['st', 'nd', 'rd', 'th', '-'].includes(textOf(tokens[next]))) next++;
  if (RUNNING.has(textOf(tokens[next]))) {
    const way = find(tokens[next + 1], 'move');
    if (way !== undefined) return [{ count, sign: way.sign }, next + 2 - at];
    const daily = isDay(tokens[next + 1]) || textOf(tokens[next + 1]) === 'daily';
    return daily ? [{ count }, next + 2 - at] : undefined;
  }
  if (!isDay(tokens[next])) return undefined;
  const after = tokens.slice(next + 1, next + 4).map(textOf);
  if (after[0] === 'running') return [{ count }, next + 2 - at];
  if (after.join(' ') === 'in a row') return [{ count }, next + 4 - at];
  const sign = after[1] === 'streak' || after[1] === 'run' ? WAYS[after[0]] : undefined;
  return sign === undefined ? undefined : [{ count, sign }, next + 3 - at];
}

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
    return count === undefined || after === undefined ? undefined : [{ count, sign: after }, 2];
  }
  let next = at + 1;
  if (textOf(tokens[next]) === '第') next++;
  const count = number(tokens[next]);
  const unit = tokens[next + 1];
  if (count === undefined || !(isDay(unit) || textOf(unit) === '日')) return undefined;
  const total = tokens
    .slice(next + 2, next + 4)
    .some((one) => TOTALS.some((word) => one.text.includes(word)));
  if (total && sign === undefined) return undefined;
  return [{ count, ...(sign !== undefined && { sign }) }, next + 2 - at];
}

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
