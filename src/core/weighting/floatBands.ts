/**
 * Category-weighted free float (CSI "分级靠档"): the share of a company's A shares that an index counts is the
 * free-float ratio moved up to a band. Intervals are closed on the right: exactly 20 % stays in the 20 % band.
 */
import { Type, type Static } from 'typebox';

export const FloatBandsSchema = Type.Object(
  {
    kind: Type.Literal('float-bands'),
    exactUpTo: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'at or below this ratio it is rounded up to the next whole percent',
    }),
    bands: Type.Array(Type.Number({ exclusiveMinimum: 0, maximum: 1 }), {
      minItems: 1,
      description:
        "upper ends of the bands, ascending; each band's factor is its upper end. Above the last: 1",
    }),
  },
  { additionalProperties: false, description: 'free-float ratio to inclusion factor' },
);
export type FloatBandsRule = Static<typeof FloatBandsSchema>;

/** Slack for ratios that arrive as binary fractions of whole shares: 0.15 must not become 0.16. */
const RATIO_EPSILON = 1e-9;

/** Inclusion factor (0..1] of a free-float ratio (0..1]. Source: rulebooks of the CSI family, since March 2015. */
export function inclusionFactor(rule: FloatBandsRule, freeFloatRatio: number): number {
  if (freeFloatRatio <= rule.exactUpTo + RATIO_EPSILON) {
    return Math.ceil((freeFloatRatio - RATIO_EPSILON) * 100) / 100;
  }
  for (const upper of rule.bands) {
    if (freeFloatRatio <= upper + RATIO_EPSILON) return upper;
  }
  return 1;
}
