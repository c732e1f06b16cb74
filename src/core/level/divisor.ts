/**
 * The one place where a divisor changes: `D_new = D_old x value after / value before` at an unchanged price, so the
 * level does not move (rulebooks.md 10.1). Everything that is not a market move is a `ValueChange`, and all of them
 * go through `chainDivisor`.
 */
import { Refusal } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import type { Day } from '../base/brand.js';

/** What happens to the index value between the close of session t - 1 and the open of session t. */
export interface ValueChange {
  /** Row of the first session that has it. */
  readonly t: number;
  /** Kind of the action or rebalance. */
  readonly cause: string;
  /** Security, or empty for a rebalance. */
  readonly subject: string;
  /** A market move before it, index currency: a line marked to a stated price. Moves the level. */
  readonly marked: number;
  /** Value that comes in or goes out, index currency. Moves the divisor. */
  readonly added: number;
}

/** A divisor from a session on. */
export interface DivisorStep {
  /** First session it counts for. */
  readonly day: Day;
  readonly divisor: number;
  /** `kind subject` of every change that led to it. */
  readonly causes: readonly string[];
}

export interface DivisorPath {
  /** In force at each session's close. */
  readonly divisor: Float64Array;
  /** Index value at each session's open: the last close after that day's changes. NaN for the first session. */
  readonly open: Float64Array;
  readonly steps: readonly DivisorStep[];
}

/** `D x after / before`. @throws Refusal `empty_index` when nothing of value is left */
export function rebasedDivisor(divisor: number, before: number, after: number, day: Day): number {
  if (after > 0 && before > 0) return divisor * (after / before);
  throw new Refusal('empty_index', `nothing of value is left in the index on ${formatDay(day)}`, {
    day: formatDay(day),
    before,
    after,
  });
}

/**
 * @param value index value at each close, with the basket of that session
 * @param changes ascending by session
 * @param start divisor of the first session
 */
export function chainDivisor(
  days: Int32Array,
  value: Float64Array,
  changes: readonly ValueChange[],
  start: number,
): DivisorPath {
  const divisor = new Float64Array(days.length).fill(start);
  const open = new Float64Array(days.length);
  open.set(value.subarray(0, -1), 1);
  open[0] = Number.NaN;
  const steps: DivisorStep[] = [{ day: days[0] as Day, divisor: start, causes: ['start'] }];
  let inForce = start;
  for (let first = 0, next = 0; first < changes.length; first = next) {
    const { t } = changes[first];
    while (next < changes.length && changes[next].t === t) next++;
    const evening = changes.slice(first, next);
    // A new basket buys at the close. Then every mark comes before every other change: who leaves at his last price
    // is not to miss the loss on another who leaves at nothing.
    for (const basket of [true, false]) {
      const part = evening.filter(({ subject }) => (subject === '') === basket);
      const marked = open[t] + total(part, 'marked');
      const added = total(part, 'added');
      if (added !== 0) inForce = rebasedDivisor(inForce, marked, marked + added, days[t] as Day);
      open[t] = marked + added;
    }
    steps.push({ day: days[t] as Day, divisor: inForce, causes: evening.map(causeOf) });
    divisor.fill(inForce, t, changes[next]?.t);
  }
  return { divisor, open, steps };
}

const total = (changes: readonly ValueChange[], column: 'marked' | 'added'): number =>
  changes.reduce((sum, change) => sum + change[column], 0);

const causeOf = ({ cause, subject }: ValueChange): string => (subject === '' ? cause : `${cause} ${subject}`);
