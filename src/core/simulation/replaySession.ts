/**
 * A daily bar replayed as a session on the book: at each minute of its path a market of two hands sells and buys the
 * minute's volume at the minute's price. Orders that wait at that price or a better one are served first, by the rules of
 * the board; what they take is missing from what the hands trade with each other. The path does not give way to them.
 */
import { BUY, SELL } from '../exchange/orderBook.js';
import { openSession, STATE, type Session } from '../exchange/session.js';
import { advance, cancel, finish, submit } from '../exchange/sessionEngine.js';
import { at, ORDER, type VenueDay } from '../exchange/venueDay.js';
import type { SessionPath } from './sessionPath.js';

/** The first two accounts: the hands of the market. */
const SELLER = 0;
const BUYER = 1;
/** Accounts of a replay from which on there are people. */
export const FIRST_PERSON = 2;

/** Room for the orders of people beside those of the market. */
const ROOM = 2000;
const OPENING_ORDERS = at(9, 24);
const CLOSING_ORDERS = at(14, 58);

/**
 * @param holdings shares of each person
 * @param onMinute called before each minute's trades, for orders of people: `submit` and `cancel` at `clock`
 * @returns the session after its end
 */
export function replaySession(
  day: VenueDay,
  path: SessionPath,
  holdings: readonly number[],
  onMinute: (session: Session, clock: number) => void = () => undefined,
): Session {
  const total = path.volumes.reduce((sum, volume) => sum + volume, 0);
  const orders = path.volumes.reduce((sum, volume) => sum + 2 * Math.ceil(volume / day.largestLimit) + 2, 0);
  // The hands lend each other what T+1 keeps from them: both have the whole day's shares and those of the ladder.
  const session = openSession(day, [total * 3, total * 3, ...holdings], orders * 8 + ROOM);
  const last = path.clocks.length - 1;
  for (let minute = 0; minute <= last; minute++) {
    const clock = minute === 0 ? OPENING_ORDERS : minute === last ? CLOSING_ORDERS : path.clocks[minute];
    advance(session, clock);
    onMinute(session, clock);
    const auction = minute === 0 || minute === last;
    if (!auction) walkTo(session, clock, path.prices[minute]);
    tradeAt(session, clock, path.prices[minute], path.volumes[minute]);
  }
  finish(session);
  return session;
}

/** Both hands at one price, the seller first; nothing of theirs waits afterwards in continuous trading. */
function tradeAt(session: Session, clock: number, price: number, shares: number): void {
  const { least, step, largestLimit } = session.day;
  for (let left = shares - (shares % step); left >= least;) {
    const most =
      left > largestLimit && left < largestLimit + least ? left - least : Math.min(left, largestLimit);
    const size = most - (most % step);
    const sold = submit(session, clock, SELLER, ORDER.limit, SELL, price, size);
    const bought = submit(session, clock, BUYER, ORDER.limit, BUY, price, size);
    for (const [account, order] of [
      [SELLER, sold],
      [BUYER, bought],
    ])
      if (order >= 0 && session.state[order] === STATE.open) cancel(session, clock, account, order);
    left -= size;
  }
}

/** A price further away than the cage reaches is come to by small trades on the way. */
function walkTo(session: Session, clock: number, price: number): void {
  const { least, cage } = session.day;
  if (cage === undefined || session.last === 0) return;
  const reach = (cage.percent - 0.1) / 100;
  for (let steps = 0; steps < 40 && Math.abs(price / session.last - 1) > reach; steps++) {
    const before = session.last;
    const next = Math.round(before * (price > before ? 1 + reach : 1 - reach));
    tradeAt(session, clock, next, least);
    if (session.last === before) return;
  }
}
