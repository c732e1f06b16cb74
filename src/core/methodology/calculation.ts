/** How the level is calculated and published: base, precision. */
import { Type, type Static } from 'typebox';

export const CalculationSchema = Type.Object(
  {
    kind: Type.Literal('capitalisation-weighted'),
    baseDay: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    baseLevel: Type.Number({ exclusiveMinimum: 0 }),
    /** Decimals of the published level. */
    decimals: Type.Integer({ minimum: 0, maximum: 8 }),
  },
  {
    additionalProperties: false,
    description: 'sum of price x adjusted shares x capping factor over a divisor',
  },
);
export type CalculationRule = Static<typeof CalculationSchema>;
