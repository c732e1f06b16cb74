/** Ranking: the measure by which eligible securities compete for the seats. */
import { Type, type Static } from 'typebox';
import { keysOf } from './measure.js';

export const AverageTotalCapSchema = Type.Object(
  {
    kind: Type.Literal('average-total-cap'),
    /** Length of the window that ends on the cut-off. */
    windowMonths: Type.Integer({ minimum: 1 }),
    /** Closes of the first sessions after listing that do not count. */
    skipFirstSessions: Type.Integer({ minimum: 0 }),
  },
  {
    additionalProperties: false,
    description: 'mean daily market value of all A shares over the window, descending',
  },
);
export type AverageTotalCapRule = Static<typeof AverageTotalCapSchema>;

/** Rows in rank order, best first; ties by code; rows without a value come last. */
export function rankRows(
  rows: readonly number[],
  value: (row: number) => number,
  order: 'desc' | 'asc' = 'desc',
): number[] {
  // What has no value is after the last in either order.
  const last = order === 'desc' ? -Infinity : Infinity;
  const key = keysOf(rows, (row) => {
    const held = value(row);
    return Number.isNaN(held) ? last : held;
  });
  if (order === 'desc') return rows.toSorted((a, b) => compare(key[b], key[a]) || a - b);
  return rows.toSorted((a, b) => compare(key[a], key[b]) || a - b);
}

/** Not a difference: that of two infinities is no number. */
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
