/**
 * Corporate actions that change a share count: bonus issues, splits, consolidations. A provider multiplies the
 * index shares on the ex-date, so value is unchanged while the price steps (CSI maintenance rules, V13.1).
 * Ordinary cash dividends do not touch a price index; it falls.
 */
import type { Day, SecurityId } from '../base/brand.js';
import type { Split } from './actionKinds.js';

export interface ShareAction {
  readonly id: SecurityId;
  /** First session on which the price is without the entitlement. */
  readonly exDay: Day;
  /** New shares per old share, for instance 1.4 for "4 bonus shares per 10". */
  readonly shareRatio: number;
}

/** Product of the share ratios of one security with `after` < ex-date <= `until`. */
export function shareRatioBetween(
  actions: readonly ShareAction[],
  id: SecurityId,
  after: Day,
  until: Day,
): number {
  let ratio = 1;
  for (const action of actions) {
    if (action.id === id && action.exDay > after && action.exDay <= until) ratio *= action.shareRatio;
  }
  return ratio;
}

/** A share action as the level engine takes it; nothing when the count does not change. */
export function asSplit({ id, exDay, shareRatio }: ShareAction): Split[] {
  if (shareRatio === 1) return [];
  return [{ kind: shareRatio > 1 ? 'split' : 'consolidation', id, exDay, ratio: shareRatio }];
}
