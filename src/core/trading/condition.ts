/**
 * What an order may wait for. Conditions are looked at after each close, and an order whose condition has come true works
 * from the next session on. For an account with fills in sessions those of `isIntraday` are looked at every minute too.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { shiftSessions } from '../calendar/sessions.js';
import { fen, yuanOf, type Fen } from '../exchange/fen.js';
import { closeOn, exPrice, lastClose, type ChanceKind, type TradedMarket } from './tradingDay.js';

export type Direction = 'at-least' | 'at-most';

export type Condition =
  /** The close of a security, its own or another one's, CNY. */
  | {
      readonly kind: 'price';
      readonly security: SecurityId;
      readonly direction: Direction;
      readonly threshold: number;
    }
  /** The level of the index, points. */
  | { readonly kind: 'index'; readonly direction: Direction; readonly threshold: number }
  /**
   * A close that is a fraction below the highest since the order was armed (`at-most`), or above the lowest (`at-least`).
   */
  | {
      readonly kind: 'trail';
      readonly security: SecurityId;
      readonly direction: Direction;
      readonly fraction: number;
    }
  /** First session it works in. */
  | { readonly kind: 'time'; readonly from: Day }
  /** From a time of day on, milliseconds since midnight; within a session. */
  | { readonly kind: 'clock'; readonly from: number }
  /** Shares at the best bid or ask of its own security; within a session. */
  | {
      readonly kind: 'book';
      readonly of: 'bid' | 'ask';
      readonly security: SecurityId;
      readonly direction: Direction;
      /** Shares. */
      readonly threshold: number;
    }
  /** Chance that a forecast of that evening gives a security at the next review of the index. */
  | {
      readonly kind: 'chance';
      readonly of: ChanceKind;
      readonly security: SecurityId;
      readonly direction: Direction;
      readonly threshold: number;
    };

/** What a condition looks at after a close, and what it must reach. */
export interface Sight {
  readonly value: number;
  readonly threshold: number;
  readonly met: boolean;
}

/**
 * @param since close after which the order was armed
 * @returns `undefined` when nothing is known that day: no trading, no level, no forecast
 */
export function sightOf(
  condition: Condition,
  traded: TradedMarket,
  since: Day,
  session: Day,
): Sight | undefined {
  switch (condition.kind) {
    case 'clock':
    case 'book':
      return undefined;
    case 'time': {
      const next = shiftSessions(traded.market.calendar, session, 1);
      return { value: next, threshold: condition.from, met: next >= condition.from };
    }
    case 'trail': {
      const close = closeOn(traded.market, condition.security, session)?.close;
      return close === undefined
        ? undefined
        : sight(
            condition.direction,
            yuanOf(close),
            yuanOf(trailed(condition, traded, since, session, close)),
          );
    }
    default: {
      const value = valueOf(condition, traded, session);
      return value === undefined ? undefined : sight(condition.direction, value, condition.threshold);
    }
  }
}

export function sight(direction: Direction, value: number, threshold: number): Sight {
  return { value, threshold, met: direction === 'at-least' ? value >= threshold : value <= threshold };
}

function valueOf(
  condition: Exclude<Condition, { readonly kind: 'time' | 'trail' | 'clock' | 'book' }>,
  { market, levels, chanceOn }: TradedMarket,
  session: Day,
): number | undefined {
  if (condition.kind === 'index') return levels.get(session);
  if (condition.kind === 'chance') return chanceOn?.(condition.of, condition.security, session);
  const close = closeOn(market, condition.security, session)?.close;
  return close === undefined ? undefined : yuanOf(close);
}

type Trail = Extract<Condition, { readonly kind: 'trail' }>;

/** The price a trailing stop has come to by a close, that close included. */
function trailed(condition: Trail, traded: TradedMarket, since: Day, session: Day, close: Fen): Fen {
  return trailPrice(condition, bestSince(condition, traded, since, session, closeFen) ?? close);
}

/** Its distance from the best price so far, to the safe side of a fen: never nearer than what was asked for. */
export function trailPrice({ direction, fraction }: Trail, best: Fen): Fen {
  const falls = direction === 'at-most';
  const exact = Number((best * (1 + (falls ? -fraction : fraction))).toFixed(6));
  return fen(Math[falls ? 'floor' : 'ceil'](exact));
}

export const betterOf = ({ direction }: Trail, one: Fen, other: Fen): Fen =>
  fen(direction === 'at-most' ? Math.max(one, other) : Math.min(one, other));

/**
 * Best price from the last close on or before a day until another day, in prices of that one: what went ex on the way cuts
 * the best price as it cut the price.
 * @param bestOn of a session; `undefined` without trading
 * @param start another one to begin with
 */
export function bestSince(
  condition: Trail,
  traded: TradedMarket,
  since: Day,
  until: Day,
  bestOn: (traded: TradedMarket, condition: Trail, day: Day) => Fen | undefined,
  start: BestPrice | undefined = lastClose(traded.market, condition.security, since),
): Fen | undefined {
  const { security } = condition;
  let best = start?.close;
  let before = start?.day ?? until;
  for (let day = (before + 1) as Day; day <= until; day = (day + 1) as Day) {
    const there = bestOn(traded, condition, day);
    if (there === undefined) continue;
    best = best === undefined ? there : exPrice(traded, security, before, day, best);
    best = betterOf(condition, best, there);
    before = day;
  }
  return best;
}

interface BestPrice {
  readonly day: Day;
  readonly close: Fen;
}

/** Best price of the rest of a session from a time on; `undefined` where no minute of it is known. */
export function bestOfRest(
  condition: Trail,
  traded: TradedMarket,
  day: Day,
  from: number,
): BestPrice | undefined {
  const path = traded.pathOn?.(condition.security, day);
  if (path === undefined || closeFen(traded, condition, day) === undefined) return undefined;
  const first = path.clocks.findLastIndex((clock) => clock <= from);
  const prices = path.prices.subarray(Math.max(0, first));
  const close = prices.reduce((best, price) => betterOf(condition, fen(best), fen(price)), prices[0]);
  return { day, close: fen(close) };
}

const closeFen = ({ market }: TradedMarket, { security }: Trail, day: Day): Fen | undefined =>
  closeOn(market, security, day)?.close;

/** Best price of a session from minute to minute, of its close where that is all there is. */
export function bestWithin(traded: TradedMarket, condition: Trail, day: Day): Fen | undefined {
  const close = closeFen(traded, condition, day);
  const prices = close === undefined ? undefined : traded.pathOn?.(condition.security, day)?.prices;
  if (close === undefined || prices === undefined) return close;
  return fen(prices.reduce((best, price) => betterOf(condition, fen(best), fen(price)), close));
}

/** Looked at every minute where orders trade within the session. */
export const isIntraday = ({ kind }: Condition): boolean =>
  kind === 'price' || kind === 'trail' || kind === 'clock' || kind === 'book';

/** The security whose price the condition names; what goes ex makes that price another one. */
export const pricedSecurity = (condition: Condition | undefined): SecurityId | undefined =>
  condition?.kind === 'price' ? condition.security : undefined;
