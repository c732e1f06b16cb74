/** How the level is calculated and published: base, precision. */
import { Type, type Static } from 'typebox';

export const CalculationSchema = Type.Object(
  {
    kind: Type.Literal('capitalisation-weighted'),
    baseDay: Type.String({
      pattern: '^\\d{4}-\\d{2}-\\d{2}$',
      description: 'day on which the index stood at its base level',
    }),
    baseLevel: Type.Number({ exclusiveMinimum: 0, description: 'level on the base day' }),
    decimals: Type.Integer({ minimum: 0, maximum: 8, description: 'decimals of the published level' }),
  },
  {
    additionalProperties: false,
    description: 'sum of price x adjusted shares x capping factor over a divisor',
  },
);
export type CalculationRule = Static<typeof CalculationSchema>;
