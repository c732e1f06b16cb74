/**
 * Coverage screen: the largest that together make up a share of the whole. Families: rulebooks.md 7.1 (S&P
 * cumulative percentile), 8.1 (MSCI segments), 8.4 (TOPIX 96 %), 8.5 (KOSPI 200 by industry).
 */
import { Type, type Static } from 'typebox';
import type { Words } from '../base/words.js';
import { cumulativeShares, isWithin } from './coverage.js';
import { MEASURE_WORDS, MeasureSchema, measureText, valuesOf, WindowMonthsSchema } from './measure.js';
import { rowsDescending } from './rowsDescending.js';
import type { ScreenContext, ScreenFailure } from './screen.js';

export const CoverageScreenSchema = Type.Object(
  {
    kind: Type.Literal('coverage-screen'),
    measure: MeasureSchema,
    windowMonths: WindowMonthsSchema,
    share: Type.Number({
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'cumulative share of the measure that is kept, largest first',
    }),
  },
  { additionalProperties: false, description: 'keeps the largest of the set up to a cumulative share' },
);
export type CoverageScreenRule = Static<typeof CoverageScreenSchema>;

/**
 * Rows whose cumulative share, their own included, goes beyond the limit. A security whose measure is not held is
 * refused.
 */
export function coverageScreen(
  rule: CoverageScreenRule,
  rows: readonly number[],
  { source, clause }: ScreenContext,
): ScreenFailure[] {
  const value = valuesOf(source, rule.measure, rows, clause, rule.windowMonths);
  const order = rowsDescending(rows, value);
  const shares = cumulativeShares(order.map(value));
  return order
    .map((row, i) => ({ row, share: shares[i] }))
    .filter(({ share }) => !isWithin(share, rule.share))
    .toSorted((a, b) => a.row - b.row)
    .map(({ row, share }) => ({
      row,
      measure: cumulativeWords(rule.measure),
      value: measureText(share),
      limit: { en: `<= ${rule.share}`, zh: `<= ${rule.share}` },
    }));
}

function cumulativeWords(measure: CoverageScreenRule['measure']): Words {
  const { en, zh } = MEASURE_WORDS[measure];
  return { en: `cumulative share of ${en}`, zh: `${zh}累计占比` };
}
