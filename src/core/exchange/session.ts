/**
 * One security on one day of one venue: the book, every order and trade in columns, what accounts hold, and the clock.
 * `sessionEngine.ts` moves it. Like live levels it is a sequence that changes state.
 */
import { orderBook, SELL, tradeTape, type BookSide, type OrderBook, type Tape } from './orderBook.js';
import type { Phase, VenueDay } from './venueDay.js';

export const STATE = { none: 0, open: 1, parked: 2, filled: 3, cancelled: 4, expired: 5 } as const;

/** Shares per account before the first phase. All of them may be sold on the day. */
type Holdings = ArrayLike<number>;

export interface Session {
  readonly day: VenueDay;
  readonly book: OrderBook;
  /** Orders of the time after the close: one price. */
  readonly fixed: OrderBook | undefined;
  /** Trades: incoming order (of an auction the buyer), waiting order, level, shares. */
  readonly tape: Tape;
  /** Milliseconds since midnight of each trade. */
  readonly tradeAt: Int32Array;

  /** Per order, by its number. */
  readonly account: Int32Array;
  readonly kind: Uint8Array;
  readonly side: Uint8Array;
  readonly price: Int32Array;
  readonly shares: Int32Array;
  readonly left: Int32Array;
  readonly state: Uint8Array;

  /** Per account: shares held, those that may be sold, those that open orders sell, those bought or bid for today. */
  readonly held: Float64Array;
  readonly sellable: Float64Array;
  readonly committed: Float64Array;
  readonly purchases: Float64Array;

  /** Orders that wait outside of the book: for the close, for the time after it, for the end of a pause. */
  readonly parked: Int32Array;
  parkedCount: number;

  orders: number;
  /** Trades that holdings know of. */
  settled: number;
  now: number;
  /** Starts and ends of phases passed, two per phase. */
  boundary: number;
  nextEvent: number;
  phase: Phase | undefined;
  /** End of a halt, 0 when there is none. */
  haltUntil: number;
  /** Percent at which trading has been halted, up and down. */
  haltedUp: number;
  haltedDown: number;

  /** Prices and sizes of the day; 0 where there was none. */
  last: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  /** Shares x price. */
  value: number;
  /** Shares traded in the auction that set the close. */
  closingVolume: number;
}

/** Later than any phase. */
export const END_OF_DAY = 86_400_000;

/** @param capacity orders the day may have */
export function openSession(day: VenueDay, holdings: Holdings, capacity: number): Session {
  const levels = (day.highest - day.lowest) / day.grid + 1;
  const held = Float64Array.from(holdings);
  const words = () => new Int32Array(capacity);
  const bytes = () => new Uint8Array(capacity);
  return {
    day,
    book: orderBook(levels, capacity),
    fixed: day.phases.some(({ kind }) => kind === 'after-hours') ? orderBook(1, capacity) : undefined,
    // Every trade ends an order.
    tape: tradeTape(capacity),
    tradeAt: words(),
    account: words(),
    kind: bytes(),
    side: bytes(),
    price: words(),
    shares: words(),
    left: words(),
    state: bytes(),
    held,
    sellable: held.slice(),
    committed: new Float64Array(held.length),
    purchases: new Float64Array(held.length),
    parked: words(),
    parkedCount: 0,
    orders: 0,
    settled: 0,
    now: 0,
    boundary: 0,
    nextEvent: day.phases[0].from,
    phase: undefined,
    haltUntil: 0,
    haltedUp: 0,
    haltedDown: 0,
    last: 0,
    open: 0,
    high: 0,
    low: 0,
    close: 0,
    volume: 0,
    value: 0,
    closingVolume: 0,
  };
}

export const priceAt = ({ day }: Session, level: number): number => day.lowest + level * day.grid;

export const levelAt = ({ day }: Session, price: number): number => (price - day.lowest) / day.grid;

/** Shares bought today that may not be sold yet. */
export const boughtToday = ({ held, sellable, committed }: Session, account: number): number =>
  held[account] - sellable[account] - committed[account];

/** What is left of an order is over. */
export function endOrder(session: Session, order: number, state: number): void {
  const { account, left, side, committed, sellable, purchases } = session;
  const who = account[order];
  if (side[order] === SELL) {
    committed[who] -= left[order];
    sellable[who] += left[order];
  } else {
    purchases[who] -= left[order];
  }
  session.state[order] = state;
}

/** Brings holdings, orders and the prices of the day up to the last trade. @param fixed price of trades after the close */
export function settle(session: Session, fixed = 0): void {
  const { tape, tradeAt, now } = session;
  for (; session.settled < tape.count; session.settled++) {
    const trade = session.settled;
    if (fixed > 0) tape.trades[trade * 4 + 2] = levelAt(session, fixed);
    tradeAt[trade] = now;
    settleTrade(session, trade);
  }
}

function settleTrade(session: Session, trade: number): void {
  const { tape, account, side, held, sellable, committed, day } = session;
  const at = trade * 4;
  const taker = tape.trades[at];
  const maker = tape.trades[at + 1];
  const price = priceAt(session, tape.trades[at + 2]);
  const shares = tape.trades[at + 3];
  const takerSells = (side[taker] as BookSide) === SELL;
  const buyer = account[takerSells ? maker : taker];
  const seller = account[takerSells ? taker : maker];
  held[buyer] += shares;
  if (day.sameDaySale) sellable[buyer] += shares;
  held[seller] -= shares;
  committed[seller] -= shares;
  fill(session, taker, shares);
  fill(session, maker, shares);
  if (session.open === 0) session.open = session.high = session.low = price;
  else if (price > session.high) session.high = price;
  else if (price < session.low) session.low = price;
  session.last = price;
  session.volume += shares;
  session.value += shares * price;
}

function fill({ left, state }: Session, order: number, shares: number): void {
  left[order] -= shares;
  if (left[order] === 0) state[order] = STATE.filled;
}
