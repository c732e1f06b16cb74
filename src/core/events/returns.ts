/** Returns of one security from raw closes, share actions undone; a session without trading leaves a hole on both sides. */
import type { Day, SecurityId } from '../base/brand.js';
import { lastRow, type PricePanel } from '../market/prices.js';
import { shareRatioBetween, type ShareAction } from './corporateActions.js';

/**
 * Log return of each session but the first; NaN where the security did not trade on it or on the one before. Ordinary
 * dividends are not added back, as in a price index.
 * @param days consecutive sessions, ascending
 */
export function logReturns(
  prices: PricePanel,
  actions: readonly ShareAction[],
  id: SecurityId,
  days: readonly Day[],
): number[] {
  const security = prices.ids.indexOf(id);
  if (security < 0) return days.slice(1).map(() => Number.NaN);
  const closes = days.map((day) => closeOn(prices, security, day));
  return days.slice(1).map((day, t) => {
    const ratio = shareRatioBetween(actions, id, days[t], day);
    return Math.log((closes[t + 1] * ratio) / closes[t]);
  });
}

export interface SpannedReturns {
  /** Simple return since the last session with a trade; NaN on sessions without one and before the first. */
  readonly simple: Float64Array;
  /** Sessions it covers: 1, or more after a halt; 0 where there is no return. */
  readonly span: Float64Array;
}

/**
 * Returns that bridge halts: the first session after one carries the move since the close before.
 * @param days consecutive sessions, ascending
 */
export function returnsSinceLastTrade(
  prices: PricePanel,
  actions: readonly ShareAction[],
  id: SecurityId,
  days: readonly Day[],
): SpannedReturns {
  const simple = new Float64Array(days.length).fill(Number.NaN);
  const span = new Float64Array(days.length);
  const security = prices.ids.indexOf(id);
  let last = -1;
  let lastClose = Number.NaN;
  for (let t = 0; t < days.length; t++) {
    const close = security < 0 ? Number.NaN : closeOn(prices, security, days[t]);
    if (Number.isNaN(close)) continue;
    if (last >= 0) {
      simple[t] = (close * shareRatioBetween(actions, id, days[last], days[t])) / lastClose - 1;
      span[t] = t - last;
    }
    last = t;
    lastClose = close;
  }
  return { simple, span };
}

function closeOn(prices: PricePanel, security: number, day: Day): number {
  const row = lastRow(prices, security, day);
  return row >= 0 && prices.day[row] === day ? prices.close[row] : Number.NaN;
}
