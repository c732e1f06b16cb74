/**
 * Flag: a yes-or-no property that the market data must hold for every security: theme tag, Stock Connect
 * eligibility, ESG grade, F&O eligible, domicile. Families: rulebooks.md 2.6 (A500), 3 (themes), 5, 8.6.
 */
import { Type, type Static } from 'typebox';
import { holdersOf } from './measure.js';
import type { ScreenContext, ScreenFailure } from './screen.js';

export const FlagSchema = Type.Object(
  {
    kind: Type.Literal('flag'),
    flag: Type.String({ minLength: 1, description: 'name of the property, kebab-case: stock-connect' }),
    is: Type.Boolean({ description: 'the value that stays' }),
  },
  { additionalProperties: false, description: 'only securities that have (or have not) a property' },
);
export type FlagRule = Static<typeof FlagSchema>;

/** Rows without (or with) the property; a property the market data does not hold is refused. */
export function flag(
  rule: FlagRule,
  rows: readonly number[],
  { source, clause }: ScreenContext,
): ScreenFailure[] {
  const holders = holdersOf(source, rule.flag, clause);
  return rows
    .filter((row) => holders.has(source.snapshot.securities[row].id) !== rule.is)
    .map((row) => ({
      row,
      measure: { en: rule.flag, zh: rule.flag },
      value: rule.is ? 'no' : 'yes',
      limit: rule.is ? { en: 'yes', zh: '是' } : { en: 'no', zh: '否' },
    }));
}
