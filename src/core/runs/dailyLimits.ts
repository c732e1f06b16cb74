/** The prices between which a security could trade on a session, from the close before and its board. */
import type { Day, SecurityId } from '../base/brand.js';
import { parseDay } from '../calendar/day.js';
import { sessionsBetween } from '../calendar/sessions.js';
import { shareRatioBetween } from '../events/corporateActions.js';
import { BOARD_RULES, boardOfCode, boardRulesOn, type BoardRules } from '../exchange/boardRules.js';
import { priceLimits, type PriceLimits } from '../market/priceLimits.js';
import { lastRow } from '../market/prices.js';
import type { IndexData } from './indexData.js';

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
  const { freeSessions, limitPercent } = rulesNear(id, day);
  const young = day - security.listed <= 4 * freeSessions;
  if (young && sessionsBetween(calendar, security.listed, day).length <= freeSessions) return undefined;
  const ratio = shareRatioBetween(actions, id, prices.day[before] as Day, day);
  return priceLimits(prices.close[before] / ratio, limitPercent);
}

/**
 * Rules of the security's board on a day. Before the first that are held those stand in: the closes held reach back no
 * further than the last change of a limit.
 */
function rulesNear(id: SecurityId, day: Day): BoardRules {
  const board = boardOfCode(id);
  const first = BOARD_RULES.find((row) => row.board === board) as BoardRules;
  return boardRulesOn(board, Math.max(day, parseDay(first.from) as Day) as Day);
}

/** The daily limit of a security, percent. */
export const limitPercentOf = (id: SecurityId, day: Day): number => rulesNear(id, day).limitPercent;
