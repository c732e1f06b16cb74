/** The rules of a security's board on a day, with its price limits of that day, as the session engine takes them. */
import type { Day, SecurityId } from '../base/brand.js';
import { mainlandDay, type VenueDay } from '../exchange/venueDay.js';
import { factOn } from '../market/facts.js';
import { tradingDay, type TradedMarket } from './tradingDay.js';

/** @throws what `tradingDay` and `mainlandDay` throw */
export function venueDayOf(traded: TradedMarket, security: SecurityId, day: Day): VenueDay {
  const { previousClose, range, rules } = tradingDay(traded, security, day);
  return mainlandDay({
    board: rules.board,
    day,
    previousClose,
    free: range === undefined,
    warned: factOn(traded.market.facts, security, 'risk_warning', day, day)?.value === 1,
  });
}
