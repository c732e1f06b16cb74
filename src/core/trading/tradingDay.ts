/** What an account may know of a security for one session: its prices of the day, and whether they are limited. */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import { sessionsBetween } from '../calendar/sessions.js';
import type { OrdinaryDividend } from '../events/actionKinds.js';
import { shareRatioBetween, type ShareAction } from '../events/corporateActions.js';
import { boardOfCode, boardRulesOn, type BoardRules } from '../exchange/boardRules.js';
import { fen, fenOf, type Fen } from '../exchange/fen.js';
import { priceRange, type PriceRange } from '../exchange/priceRange.js';
import { factOn } from '../market/facts.js';
import type { Market, Security } from '../market/market.js';
import { lastRow } from '../market/prices.js';

/** The market as the paper exchange replays it. */
export interface TradedMarket {
  readonly market: Market;
  readonly actions: readonly ShareAction[];
  readonly dividends: readonly OrdinaryDividend[];
  readonly levels: ReadonlyMap<Day, number>;
}

export interface TradingDay {
  readonly rules: BoardRules;
  /** Last close, less what goes ex on the day. */
  readonly previousClose: Fen;
  /** `undefined` on a day without a limit. */
  readonly range: PriceRange | undefined;
}

/** @throws Refusal `unknown_security`, `no_price` when it has not traded before `session` */
export function tradingDay(traded: TradedMarket, id: SecurityId, session: Day): TradingDay {
  const { market } = traded;
  const security = securityOf(market, id);
  const rules = boardRulesOn(boardOfCode(id), session);
  const before = closeBefore(market, id, session);
  if (before === undefined) {
    throw new Refusal('no_price', `${id} has no close before ${formatDay(session)}`, { id });
  }
  const previousClose = exPrice(traded, id, before.day, session, before.close);
  const warned = factOn(market.facts, id, 'risk_warning', session, session)?.value === 1;
  const percent = warned ? rules.warnedLimitPercent : rules.limitPercent;
  const range = isFree(market, security, rules, session) ? undefined : priceRange(previousClose, percent);
  return { rules, previousClose, range };
}

export interface SessionClose {
  readonly day: Day;
  readonly close: Fen;
  /** Value traded, CNY; NaN when unknown. */
  readonly value: number;
}

/** Close of a session; `undefined` when the security did not trade in it. */
export function closeOn(market: Market, id: SecurityId, session: Day): SessionClose | undefined {
  const last = lastClose(market, id, session);
  return last?.day === session ? last : undefined;
}

const closeBefore = (market: Market, id: SecurityId, session: Day): SessionClose | undefined =>
  lastClose(market, id, (session - 1) as Day);

export function lastClose({ prices }: Market, id: SecurityId, day: Day): SessionClose | undefined {
  const row = prices.ids.indexOf(id);
  const at = row < 0 ? -1 : lastRow(prices, row, day);
  if (at < 0) return undefined;
  return { day: prices.day[at] as Day, close: fenOf(prices.close[at]), value: prices.value[at] };
}

export function securityOf(market: Market, id: SecurityId): Security {
  const found = market.securities.find((security) => security.id === id);
  if (found !== undefined) return found;
  throw new Refusal('unknown_security', `${id} is no security of the data set`, { id });
}

/** (Close - dividend) / shares per share, half up to a fen. */
function exPrice(
  { actions, dividends }: TradedMarket,
  id: SecurityId,
  after: Day,
  until: Day,
  close: Fen,
): Fen {
  const ratio = shareRatioBetween(actions, id, after, until);
  const cash = cashBetween(dividends, id, after, until);
  return ratio === 1 && cash === 0 ? close : fen(Math.round((close - cash * 100) / ratio));
}

/** Dividends per share with `after` < ex-day <= `until`, CNY. */
export function cashBetween(
  dividends: readonly OrdinaryDividend[],
  id: SecurityId,
  after: Day,
  until: Day,
): number {
  let cash = 0;
  for (const dividend of dividends) {
    if (dividend.id === id && dividend.exDay > after && dividend.exDay <= until)
      cash += dividend.cashPerShare;
  }
  return cash;
}

/** One of the first sessions after listing. */
function isFree(market: Market, { listed }: Security, { freeSessions }: BoardRules, session: Day): boolean {
  if (session - listed > 20 || listed < market.calendar.days[0]) return false;
  return sessionsBetween(market.calendar, listed, session).length <= freeSessions;
}
