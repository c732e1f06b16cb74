/**
 * Threshold: a measure must lie within limits, for members perhaps within looser ones. Families: rulebooks.md
 * 6.1 and 6.2 (value traded, price), 7.1 (S&P size floor), 8.3 (STOXX 600 EUR 1m), 8.6 (impact cost).
 */
import { Type, type Static } from 'typebox';
import type { Words } from '../base/words.js';
import { MEASURE_WORDS, MeasureSchema, measureText, valuesOf, WindowMonthsSchema } from './measure.js';
import type { ScreenContext, ScreenFailure } from './screen.js';

const strict = { additionalProperties: false };

export const ThresholdSchema = Type.Object(
  {
    kind: Type.Literal('threshold'),
    measure: MeasureSchema,
    min: Type.Optional(Type.Number({ description: 'at least this much stays' })),
    max: Type.Optional(Type.Number({ description: 'at most this much stays' })),
    incumbents: Type.Optional(
      Type.Object(
        { min: Type.Optional(Type.Number()), max: Type.Optional(Type.Number()) },
        {
          ...strict,
          description: 'limits for members instead of the others; an empty mapping exempts members',
        },
      ),
    ),
    windowMonths: WindowMonthsSchema,
    unit: Type.Optional(Type.String({ description: 'unit of the limits, for the reader: USD, CNY, %' })),
  },
  { ...strict, description: 'a measure within limits, with limits of their own for members' },
);
export type ThresholdRule = Static<typeof ThresholdSchema>;

interface Limits {
  readonly min?: number;
  readonly max?: number;
}

/** Rows outside their limits, both ends included; a security whose measure is not held is refused. */
export function threshold(
  rule: ThresholdRule,
  rows: readonly number[],
  { source, clause, isIncumbent }: ScreenContext,
): ScreenFailure[] {
  const limitsOf = (row: number): Limits => (isIncumbent(row) ? (rule.incumbents ?? rule) : rule);
  // A member exempted from the test needs no value.
  const tested = rows.filter((row) => limitsOf(row).min !== undefined || limitsOf(row).max !== undefined);
  const value = valuesOf(source, rule.measure, tested, clause, rule.windowMonths);
  return tested
    .filter((row) => {
      const { min = -Infinity, max = Infinity } = limitsOf(row);
      return value(row) < min || value(row) > max;
    })
    .map((row) => ({
      row,
      measure: MEASURE_WORDS[rule.measure],
      value: measureText(value(row)),
      limit: limitWords(limitsOf(row), rule.unit),
    }));
}

function limitWords({ min, max }: Limits, unit: string | undefined): Words {
  const ends = [
    ...(min === undefined ? [] : [`>= ${measureText(min)}`]),
    ...(max === undefined ? [] : [`<= ${measureText(max)}`]),
  ];
  const text = ends.map((end) => (unit === undefined ? end : `${end} ${unit}`));
  return { en: text.join(' and '), zh: text.join('，') };
}
