/** Applies one universe or screen rule to the rows still in the set: one line per kind. */
import { committee } from './committee.js';
import { coverageScreen } from './coverageScreen.js';
import { dropTop } from './dropTop.js';
import { flag } from './flag.js';
import type { ScreenRule, UniverseRule } from './kinds.js';
import { liquidity } from './liquidity.js';
import { listedOn } from './listedOn.js';
import { listingAge } from './listingAge.js';
import { riskWarning } from './noRiskWarning.js';
import { parentIndex } from './parentIndex.js';
import { sampleSpace } from './sampleSpace.js';
import type { ScreenContext, ScreenFailure } from './screen.js';
import { threshold } from './threshold.js';

/**
 * @returns the rows that fail, ascending; the caller removes them before the next screen
 * @throws Refusal `missing_measure` when the rule asks for what the market data does not hold
 */
export function applyScreen(
  rule: UniverseRule | ScreenRule,
  rows: readonly number[],
  context: ScreenContext,
): ScreenFailure[] {
  const { snapshot } = context.source;
  switch (rule.kind) {
    case 'listed-on':
      return listedOn(rule, snapshot, rows);
    case 'sample-space':
      return sampleSpace(rule, rows, context);
    case 'parent-index':
      return parentIndex(rule, rows, context);
    case 'listing-age':
      return listingAge(rule, rows, context);
    case 'no-risk-warning':
      return riskWarning(snapshot, rows);
    case 'liquidity':
      return liquidity(rule, snapshot, rows, context.isIncumbent);
    case 'committee':
      return committee(rule, snapshot, rows);
    case 'threshold':
      return threshold(rule, rows, context);
    case 'flag':
      return flag(rule, rows, context);
    case 'drop-top':
      return dropTop(rule, rows, context);
    case 'coverage-screen':
      return coverageScreen(rule, rows, context);
  }
}
