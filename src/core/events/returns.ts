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

function closeOn(prices: PricePanel, security: number, day: Day): number {
  const row = lastRow(prices, security, day);
  return row >= 0 && prices.day[row] === day ? prices.close[row] : Number.NaN;
}
