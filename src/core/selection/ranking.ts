/** Ranking: the measure by which eligible securities compete for the seats. */
import { Type, type Static } from 'typebox';
import type { Snapshot } from '../market/snapshot.js';

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

/** Rows in rank order, best first; ties by code; rows without a measure come last. */
export function rankRows(snapshot: Snapshot, rows: readonly number[]): number[] {
  const measure = (row: number): number => {
    const value = snapshot.averageTotalCap[row];
    return Number.isNaN(value) ? -1 : value;
  };
  return rows.toSorted((a, b) => measure(b) - measure(a) || a - b);
}
