/** Ranking: the measure by which eligible securities compete for the seats. */
import { Type, type Static } from 'typebox';
import { rowsDescending } from './rowsDescending.js';

export const AverageTotalCapSchema = Type.Object(
  {
    kind: Type.Literal('average-total-cap'),
    windowMonths: Type.Integer({ minimum: 1, description: 'length of the window that ends on the cut-off' }),
    skipFirstSessions: Type.Integer({
      minimum: 0,
      description: 'closes of the first sessions after listing that do not count',
    }),
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
  const sign = order === 'desc' ? 1 : -1;
  // What has no value comes last in either order.
  return rowsDescending(rows, (row) => {
    const held = value(row);
    return Number.isNaN(held) ? -Infinity : sign * held;
  });
}
