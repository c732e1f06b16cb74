/**
 * What an order may wait for. Conditions are looked at after each close, and an order whose condition has come true works
 * from the next session on.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { shiftSessions } from '../calendar/sessions.js';
import { yuanOf, type Fen } from '../exchange/fen.js';
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

function sight(direction: Direction, value: number, threshold: number): Sight {
  return { value, threshold, met: direction === 'at-least' ? value >= threshold : value <= threshold };
}

function valueOf(
  condition: Exclude<Condition, { readonly kind: 'time' | 'trail' }>,
  { market, levels, chanceOn }: TradedMarket,
  session: Day,
): number | undefined {
  if (condition.kind === 'index') return levels.get(session);
  if (condition.kind === 'chance') return chanceOn?.(condition.of, condition.security, session);
  const close = closeOn(market, condition.security, session)?.close;
  return close === undefined ? undefined : yuanOf(close);
}

/**
 * The price a trailing stop has come to: its distance from the best close since it was armed, that one included. What went
 * ex on the way cuts the best close as it cut the price.
 */
function trailed(
  { security, direction, fraction }: Extract<Condition, { readonly kind: 'trail' }>,
  traded: TradedMarket,
  since: Day,
  session: Day,
  close: Fen,
): Fen {
  const falls = direction === 'at-most';
  const start = lastClose(traded.market, security, since);
  let best = start?.close ?? close;
  let before = start?.day ?? session;
  for (let day = (before + 1) as Day; day <= session; day = (day + 1) as Day) {
    const at = closeOn(traded.market, security, day)?.close;
    if (at === undefined) continue;
    best = exPrice(traded, security, before, day, best);
    best = falls ? (Math.max(best, at) as Fen) : (Math.min(best, at) as Fen);
    before = day;
  }
  // To the safe side of a fen: never nearer than the distance asked for.
  return Math[falls ? 'floor' : 'ceil'](
    Number((best * (1 + (falls ? -fraction : fraction))).toFixed(6)),
  ) as Fen;
}

/** The security whose price the condition names; what goes ex makes that price another one. */
export const pricedSecurity = (condition: Condition | undefined): SecurityId | undefined =>
  condition?.kind === 'price' ? condition.security : undefined;
