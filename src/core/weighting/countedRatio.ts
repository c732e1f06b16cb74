/** What part of its shares an index counts of a security, by whichever rule of the section `shares` a rulebook has. */
import { inclusionFactor, type FloatBandsRule } from './floatBands.js';
import { roundedUpFloat, type FloatRoundUpRule } from './floatRoundUp.js';
import { countedShares, type LowFloatRule } from './lowFloat.js';

export type SharesRule = FloatBandsRule | FloatRoundUpRule | LowFloatRule;

/** @param freeFloatRatio (0..1] of all shares; the result is of all shares too */
export function countedRatio(rule: SharesRule, freeFloatRatio: number): number {
  switch (rule.kind) {
    case 'float-bands':
      return inclusionFactor(rule, freeFloatRatio);
    case 'float-round-up':
      return roundedUpFloat(rule, freeFloatRatio);
    case 'low-float':
      return countedShares(rule, 1, freeFloatRatio);
  }
}
