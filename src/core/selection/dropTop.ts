/**
 * Drop top: the set without its largest. Families: rulebooks.md 2.6 (CSI 500 leaves out the top 300 by average
 * total market value, CSI 2000 the top 1500).
 */
import { Type, type Static } from 'typebox';
import { MEASURE_WORDS, MeasureSchema, measureText, valuesOf, WindowMonthsSchema } from './measure.js';
import { rowsDescending } from './rowsDescending.js';
import type { ScreenContext, ScreenFailure } from './screen.js';

export const DropTopSchema = Type.Object(
  {
    kind: Type.Literal('drop-top'),
    measure: MeasureSchema,
    windowMonths: WindowMonthsSchema,
    count: Type.Integer({ minimum: 1, description: 'how many of the largest go' }),
  },
  { additionalProperties: false, description: 'drops the largest of the set as it stands at this step' },
);
export type DropTopRule = Static<typeof DropTopSchema>;

/** The largest rows; ties by code. A security whose measure is not held is refused. */
export function dropTop(
  rule: DropTopRule,
  rows: readonly number[],
  { source, clause }: ScreenContext,
): ScreenFailure[] {
  const value = valuesOf(source, rule.measure, rows, clause, rule.windowMonths);
  return rowsDescending(rows, value)
    .slice(0, rule.count)
    .toSorted((a, b) => a - b)
    .map((row) => ({
      row,
      measure: MEASURE_WORDS[rule.measure],
      value: measureText(value(row)),
      limit: { en: `below the top ${rule.count}`, zh: `排在前${rule.count}名之后` },
    }));
}
