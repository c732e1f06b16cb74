/** Items by the session they fall on: a counting sort, so that tens of thousands of them cost no comparisons. */
import type { Day } from '../base/brand.js';

export interface Buckets<T> {
  /** Items of row r, in the order they were given: `items[order[start[r]]]` to `items[order[start[r + 1] - 1]]`. */
  readonly start: Int32Array;
  readonly order: Int32Array;
  readonly items: readonly T[];
}

/**
 * Session of each day after the first session and up to the last one, -1 for any other day. A day between two
 * sessions counts on the later.
 */
export function sessionFinder(days: Int32Array): (day: Day) => number {
  const sessions = sessionTable(days);
  const first = days[0];
  const last = days[days.length - 1];
  return (day) => (day > first && day <= last ? sessions[day - first] : -1);
}

/** Items by a row from 0 to `count` - 1; those with a row below 0 are left out. */
export function bucketRows<T>(count: number, items: readonly T[], rowOf: (item: T) => number): Buckets<T> {
  const start = new Int32Array(count + 1);
  if (items.length === 0) return { start, order: new Int32Array(0), items };
  const rows = new Int32Array(items.length);
  for (let i = 0; i < items.length; i++) {
    rows[i] = rowOf(items[i]);
    if (rows[i] >= 0) start[rows[i]]++;
  }
  for (let row = 1; row <= count; row++) start[row] += start[row - 1];
  // These are the ends of the rows. Counted down from the last item to the first they become the starts.
  const order = new Int32Array(start[count]);
  for (let i = items.length - 1; i >= 0; i--) if (rows[i] >= 0) order[--start[rows[i]]] = i;
  return { start, order, items };
}

/** Row of the first session on or after each calendar day from the first session to the last. */
function sessionTable(days: Int32Array): Int32Array {
  const table = new Int32Array(days[days.length - 1] - days[0] + 1);
  for (let offset = 0, t = 0; offset < table.length; offset++) {
    if (days[t] < days[0] + offset) t++;
    table[offset] = t;
  }
  return table;
}
