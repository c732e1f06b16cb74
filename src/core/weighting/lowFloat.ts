/**
 * Low float: a security with a small float counts a multiple of it, at most all its shares. Family:
 * rulebooks.md 6.1 (Nasdaq-100 from 2026-05: the lesser of all shares and three times the float).
 */
import { Type, type Static } from 'typebox';

export const LowFloatSchema = Type.Object(
  {
    kind: Type.Literal('low-float'),
    multiple: Type.Number({
      minimum: 1,
      description: 'counted shares are at most so many times the float (3)',
    }),
  },
  { additionalProperties: false, description: 'the lesser of all shares and a multiple of the float' },
);
export type LowFloatRule = Static<typeof LowFloatSchema>;

/** Shares the index counts; both counts in shares (or in market value). */
export function countedShares(rule: LowFloatRule, totalShares: number, floatShares: number): number {
  return Math.min(totalShares, rule.multiple * floatShares);
}
