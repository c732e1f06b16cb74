/** Ranking: the measure by which eligible securities compete for the seats. */
import { Type, type Static } from 'typebox';

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
  const sign = order === 'desc' ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
    return sign * (x - y) || a - b;
  });
}
