/** Words for parts of a month beside the month they cut: early August, 8月上旬. */
import { addDays, addMonths } from '../../calendar/day.js';
import { partOfMonth } from './monthParts.js';
import { monthAt, monthWindow } from './months.js';
import { relativeAt } from './relativeTimes.js';
import { type Clock, find, type Found, number, type Time, yearNumber } from './time.js';
import type { Token } from '../text/tokens.js';
import type { MonthPart } from '../words/meaning.js';

/** `early August`, `mid-September 2025`, `the first week of August`, `8月上旬`, `2025年8月的第一周`, `本月中旬`. */
export function monthPartAt(tokens: readonly Token[], at: number, clock: Clock): Found | undefined {
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
