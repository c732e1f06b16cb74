/** One security in one session of an account: its day on the book, and which orders in it are those of the account. */
import type { Day, SecurityId } from '../base/brand.js';
import { fen, type Fen } from '../exchange/fen.js';
import { BUY, SELL, bestLevel, placeOf } from '../exchange/orderBook.js';
import { priceAt } from '../exchange/session.js';
import { openQuoted, type QuotedSession } from '../simulation/quotedSession.js';
import type { Account } from './account.js';
import { isIntraday } from './condition.js';
import { startsBy, type PlacedOrder, type TrackedOrder } from './orders.js';
import { closeOn, type TradedMarket } from './tradingDay.js';
import { venueDayOf } from './venueDayOf.js';

export interface SessionStage {
  readonly security: SecurityId;
  readonly quoted: QuotedSession;
  /** Orders of the account by their numbers in the session. */
  readonly orders: Map<number, number>;
  /** Trades that the account knows of. */
  seen: number;
}

/** Whether it trades in a session: a way out that the session itself woke sells what was bought in it, so not before the next. */
export const worksIn = (tracked: TrackedOrder, session: Day): boolean =>
  (tracked.state === 'working' || tracked.state === 'part-filled') && startsBy(tracked, session);

export const waitsIn = (tracked: TrackedOrder, session: Day): boolean =>
  tracked.state === 'waiting' &&
  startsBy(tracked, session) &&
  tracked.order.condition !== undefined &&
  isIntraday(tracked.order.condition);

/** The securities that orders of an account are in or look at in a session. */
export function securitiesIn({ orders }: Account, session: Day): Set<SecurityId> {
  const wanted = new Set<SecurityId>();
  for (const tracked of orders) {
    const { order } = tracked;
    const waits = waitsIn(tracked, session);
    if (waits || worksIn(tracked, session)) wanted.add(order.security);
    if (waits) for (const security of securitiesOf(order)) wanted.add(security);
  }
  return wanted;
}

/** That of the order, and the one it looks at. */
export const securitiesOf = ({
  security,
  condition,
}: Pick<PlacedOrder, 'security' | 'condition'>): readonly SecurityId[] =>
  condition !== undefined && 'security' in condition ? [security, condition.security] : [security];

/** Those of the securities of which the way of the price is known. */
export function stagesOf(
  { balances: { holdings } }: Account,
  traded: TradedMarket,
  session: Day,
  securities: Iterable<SecurityId>,
): SessionStage[] {
  return [...new Set(securities)].toSorted().flatMap((security) => {
    const stage = stageOf(traded, security, session, holdings.get(security)?.shares ?? 0);
    return stage === undefined ? [] : [stage];
  });
}

/** `undefined` where only a close is known, or a bar that the day's price limits do not allow. */
export function stageOf(
  traded: TradedMarket,
  security: SecurityId,
  session: Day,
  held: number,
): SessionStage | undefined {
  if (closeOn(traded.market, security, session) === undefined) return undefined;
  const path = traded.pathOn?.(security, session);
  if (path === undefined) return undefined;
  const day = venueDayOf(traded, security, session);
  const fits = path.prices.every((price) => price >= day.lowest && price <= day.highest);
  if (!fits) return undefined;
  return { security, quoted: openQuoted(day, path, held), orders: new Map(), seen: 0 };
}

/** Newest price of the session; `undefined` before the first trade. */
export function lastPrice({ quoted: { session } }: SessionStage): Fen | undefined {
  return session.last > 0 ? fen(session.last) : undefined;
}

/** Shares at the best price of a side; `undefined` when nobody is there. */
export function bestShares({ quoted: { session } }: SessionStage, of: 'bid' | 'ask'): number | undefined {
  const { book } = session;
  const side = of === 'bid' ? BUY : SELL;
  const level = bestLevel(book, side);
  return level < 0 ? undefined : book.depth[placeOf(book, side, level)];
}

export interface SessionTrade {
  readonly order: number;
  readonly at: number;
  readonly price: Fen;
  quantity: number;
}

/** Trades of the account's orders since it last asked; those of one order at one price and instant are one. */
export function newTrades(stage: SessionStage): SessionTrade[] {
  const { tape, tradeAt } = stage.quoted.session;
  const found: SessionTrade[] = [];
  for (; stage.seen < tape.count; stage.seen++) {
    const row = stage.seen * 4;
    for (let i = 0; i < 2; i++) {
      const order = stage.orders.get(tape.trades[row + i]);
      if (order === undefined) continue;
      const price = fen(priceAt(stage.quoted.session, tape.trades[row + 2]));
      const at = tradeAt[stage.seen];
      const before = found[found.length - 1] as SessionTrade | undefined;
      const same = before?.order === order && before.price === price && before.at === at;
      if (same) before.quantity += tape.trades[row + 3];
      else found.push({ order, at, price, quantity: tape.trades[row + 3] });
    }
  }
  return found;
}
