/** What an account may know of a security for one session: its prices of the day, and whether they are limited. */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import { sessionsBetween } from '../calendar/sessions.js';
import type { OrdinaryDividend, RightsIssue } from '../events/actionKinds.js';
import type { ShareAction } from '../events/corporateActions.js';
import { NO_TERMS, theoreticalExPrice, withAction, type ExTerms } from '../events/exTerms.js';
import { boardOfCode, boardRulesOn, type BoardRules } from '../exchange/boardRules.js';
import { fen, fenOf, type Fen } from '../exchange/fen.js';
import { priceRange, type PriceRange } from '../exchange/priceRange.js';
import { factOn } from '../market/facts.js';
import type { Market, Security } from '../market/market.js';
import { lastRow } from '../market/prices.js';
import type { QuotedPath } from '../simulation/quotedPath.js';

/** What a forecast gives the chance of: to be in after the review, to be out, to be held down by a cap. */
export const CHANCE_KINDS = ['in', 'out', 'capped'] as const;
export type ChanceKind = (typeof CHANCE_KINDS)[number];

/** The market as the paper exchange replays it. */
export interface TradedMarket {
  readonly market: Market;
  readonly actions: readonly ShareAction[];
  readonly dividends: readonly OrdinaryDividend[];
  readonly rights: readonly RightsIssue[];
  readonly levels: ReadonlyMap<Day, number>;
  /** The way of a price through a session, for accounts that trade within it; `undefined` where only a close is known. */
  readonly pathOn?: (security: SecurityId, session: Day) => QuotedPath | undefined;
  /**
   * Chance of a security at the next review of the index, as forecast on the evening of a session; `undefined` when there
   * is no forecast. Absent where nobody forecasts.
   */
  readonly chanceOn?: (of: ChanceKind, security: SecurityId, session: Day) => number | undefined;
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

/** A price without what went ex after one day and up to another, half up to a fen. */
export function exPrice(traded: TradedMarket, id: SecurityId, after: Day, until: Day, price: Fen): Fen {
  const terms = exTerms(traded, id, after, until);
  if (terms === NO_TERMS) return price;
  // In fen throughout: half a fen goes up, and 5.025 x 100 is a little less than 502.5 in binary.
  const fenTerms = { ...terms, paidIn: inFen(terms.paidIn), cash: inFen(terms.cash) };
  return fen(Math.round(theoreticalExPrice(price, fenTerms)));
}

/** Amounts per share may have parts of a fen; beyond a millionth of one it is binary rounding. */
const inFen = (yuan: number): number => Number((yuan * 100).toFixed(6));

/** What goes ex with `after` < ex-day <= `until`, per share held before; `NO_TERMS` itself when nothing does. */
export function exTerms(
  { actions, dividends, rights }: TradedMarket,
  id: SecurityId,
  after: Day,
  until: Day,
): ExTerms {
  const within = (action: { readonly id: SecurityId; readonly exDay: Day }): boolean =>
    action.id === id && action.exDay > after && action.exDay <= until;
  const shareRatio = actions.filter(within).reduce((ratio, action) => ratio * action.shareRatio, 1);
  let terms = shareRatio === 1 ? NO_TERMS : { ...NO_TERMS, bonus: shareRatio - 1 };
  for (const issue of rights.filter(within)) terms = withAction(terms, issue);
  // For the exchange's reference price a dividend counts, ordinary or not.
  for (const { cashPerShare } of dividends.filter(within))
    terms = withAction(terms, { kind: 'special-dividend', id, exDay: until, cashPerShare });
  return terms;
}

/** One of the first sessions after listing. */
function isFree(market: Market, { listed }: Security, { freeSessions }: BoardRules, session: Day): boolean {
  if (session - listed > 20 || listed < market.calendar.days[0]) return false;
  return sessionsBetween(market.calendar, listed, session).length <= freeSessions;
}
