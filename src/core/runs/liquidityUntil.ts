/** Volume and volatility of a security as its closes up to a day show them; nothing later is looked at. */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { sum } from '../base/sum.js';
import { formatDay } from '../calendar/day.js';
import { sessionsBetween, shiftSessions } from '../calendar/sessions.js';
import { logReturns } from '../events/returns.js';
import { standardDeviation } from '../impact/volatility.js';
import { lastRow } from '../market/prices.js';
import type { IndexData } from './indexData.js';

const VOLUME_SESSIONS = 20;
const RETURN_SESSIONS = 60;
/** Returns without which a standard deviation says nothing. */
const LEAST_RETURNS = 20;

interface ClosesLiquidity {
  /** Mean over the sessions traded among the last twenty, shares. */
  readonly advShares: number;
  /** Standard deviation of a day's return over the last sixty, fraction. */
  readonly volatility: number;
}

/** @throws Refusal `no_volume`, `short_history` */
export function liquidityUntil(
  { market, actions }: Pick<IndexData, 'market' | 'actions'>,
  id: SecurityId,
  until: Day,
): ClosesLiquidity {
  const { prices, calendar } = market;
  const row = prices.ids.indexOf(id);
  const sessions = sessionsBetween(calendar, shiftSessions(calendar, until, 1 - VOLUME_SESSIONS), until);
  const volumes = sessions.flatMap((day) => {
    const at = lastRow(prices, row, day);
    const volume = at >= 0 && prices.day[at] === day ? prices.value[at] / prices.close[at] : Number.NaN;
    return volume > 0 ? [volume] : [];
  });
  if (volumes.length === 0) {
    throw new Refusal(
      'no_volume',
      `no trading of ${id} known over the ${VOLUME_SESSIONS} sessions to ${formatDay(until)}`,
      { id },
    );
  }
  const days = sessionsBetween(calendar, shiftSessions(calendar, until, -RETURN_SESSIONS), until);
  const returns = logReturns(prices, actions, id, days).filter((r) => !Number.isNaN(r));
  if (returns.length < LEAST_RETURNS) {
    throw new Refusal(
      'short_history',
      `${returns.length} returns of ${id} known up to ${formatDay(until)}, a volatility needs ${LEAST_RETURNS}`,
      { id, returns: returns.length },
    );
  }
  return { advShares: sum(volumes) / volumes.length, volatility: standardDeviation(returns) };
}
