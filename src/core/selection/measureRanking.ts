/**
 * Ranking by any measure. Families: rulebooks.md 2.6a (ChiNext 50 by value traded), 6.1 (market value),
 * 8.3 (float market value).
 */
import { Type, type Static } from 'typebox';
import { MeasureSchema, WindowMonthsSchema } from './measure.js';

export const MeasureRankingSchema = Type.Object(
  {
    kind: Type.Literal('measure'),
    measure: MeasureSchema,
    order: Type.Enum(['desc', 'asc'], { description: '`desc`: the largest ranks first' }),
    windowMonths: WindowMonthsSchema,
  },
  { additionalProperties: false, description: 'ranked by one measure' },
);
export type MeasureRankingRule = Static<typeof MeasureRankingSchema>;
