/** The prices between which a security could trade on a session, from the close before and its board. */
import type { Day, SecurityId } from '../base/brand.js';
import { sessionsBetween } from '../calendar/sessions.js';
import { shareRatioBetween } from '../events/corporateActions.js';
import { priceLimits, type PriceLimits } from '../market/priceLimits.js';
import { lastRow } from '../market/prices.js';
import type { IndexData } from './indexData.js';

/** By board, percent. */
const LIMIT_PERCENT: Readonly<Record<string, number>> = { STAR: 20, ChiNext: 20, BSE: 30 };
const MAIN_BOARD_PERCENT = 10;
/** Sessions after the listing without a limit. */
const FREE_SESSIONS = 5;

/** Undefined where there is no limit, or no close before to take it from. */
export function dailyLimits(
  { market, actions }: Pick<IndexData, 'market' | 'actions'>,
  id: SecurityId,
  day: Day,
): PriceLimits | undefined {
  const { prices, calendar, securities } = market;
  const security = securities.find((one) => one.id === id);
  const row = prices.ids.indexOf(id);
  if (security === undefined || row < 0) return undefined;
  const before = lastRow(prices, row, day - 1);
  if (before < 0) return undefined;
  // Twice the sessions in days hold any public holiday.
  const young = day - security.listed <= 4 * FREE_SESSIONS;
  if (young && sessionsBetween(calendar, security.listed, day).length <= FREE_SESSIONS) return undefined;
  const ratio = shareRatioBetween(actions, id, prices.day[before] as Day, day);
  return priceLimits(prices.close[before] / ratio, limitPercent(security.board));
}

/** Limit of a board, percent. */
export const limitPercent = (board: string): number => LIMIT_PERCENT[board] ?? MAIN_BOARD_PERCENT;
