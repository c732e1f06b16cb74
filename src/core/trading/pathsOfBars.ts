/** The way of prices through sessions of which the daily bar is known: the same one for every account, order and run. */
import type { Day, SecurityId } from '../base/brand.js';
import { fenOf } from '../exchange/fen.js';
import type { Market } from '../market/market.js';
import { quotedPath, type QuotedPath } from '../simulation/quotedPath.js';
import type { DailyBar } from '../simulation/sessionPath.js';
import type { DailyBars } from '../statements/fundamentals.js';
import { rowAt } from '../statements/fundamentals.js';
import { closeOn } from './tradingDay.js';

/** Part of the volume in the closing auction where nobody says otherwise: assumed. */
export const CLOSING_SHARE = 0.02;

/** Four prices in fen, and shares as the value traded over their mean; `undefined` when not all of it is known. */
export function dailyBarOn(
  market: Market,
  bars: DailyBars | undefined,
  security: SecurityId,
  day: Day,
): DailyBar | undefined {
  const row = bars === undefined ? -1 : rowAt(bars.day, day);
  const value = closeOn(market, security, day)?.value ?? Number.NaN;
  if (bars === undefined || row < 0 || bars.day[row] !== day || !(value > 0)) return undefined;
  const prices = [bars.open[row], bars.high[row], bars.low[row], bars.close[row]];
  const [open, high, low, close] = prices.map(fenOf);
  const mean = prices.reduce((sum, price) => sum + price, 0) / prices.length;
  return { open, high, low, close, volume: Math.round(value / mean) };
}

/** Newest paths that are kept: an account that passes a year looks back at each of them. */
const KEPT = 512;

/** @param flowOn shares of index funds in the closing auction, purchases positive */
export function pathsOfBars(
  market: Market,
  bars: ReadonlyMap<string, DailyBars>,
  flowOn: (security: SecurityId, session: Day) => number = () => 0,
): (security: SecurityId, session: Day) => QuotedPath | undefined {
  const kept = new Map<string, QuotedPath | undefined>();
  return (security, session) => {
    const key = `${security} ${session}`;
    if (kept.has(key)) return kept.get(key);
    const bar = dailyBarOn(market, bars.get(security), security, session);
    const path = bar && pathWithFlow(bar, seedOf(security, session), flowOn(security, session));
    if (kept.size === KEPT) kept.clear();
    kept.set(key, path);
    return path;
  };
}

/** The closing auction holds at least the flow, and never all of the day. */
function pathWithFlow(bar: DailyBar, seed: number, flow: number): QuotedPath {
  const most = Math.floor(bar.volume * MOST_AT_CLOSE);
  const closingFlow = Math.sign(flow) * Math.min(Math.abs(flow), most);
  const share = Math.max(CLOSING_SHARE, Math.abs(closingFlow) / bar.volume);
  return { ...quotedPath(bar, share, seed), ...(closingFlow !== 0 && { closingFlow }) };
}

const MOST_AT_CLOSE = 0.8;

/** Another one for every security and day. */
const seedOf = (security: SecurityId, session: Day): number => Number(security) * 65_536 + session;
