/**
 * The market of a replayed day as two hands: they sell and buy the day's volume at the day's prices. Orders of people that
 * wait at such a price or a better one are served first, by the rules of the board; what they take is missing from what
 * the hands trade with each other.
 */
import { BUY, SELL } from '../exchange/orderBook.js';
import { STATE, type Session } from '../exchange/session.js';
import { cancel, submit } from '../exchange/sessionEngine.js';
import { at, ORDER, type OrderKind } from '../exchange/venueDay.js';

/** The first two accounts: the hands of the market. */
export const SELLER = 0;
export const BUYER = 1;
/** Accounts of a replay from which on there are people. */
export const FIRST_PERSON = 2;

export const OPENING_ORDERS = at(9, 24);
export const CLOSING_ORDERS = at(14, 58);

/** Both hands at one price; nothing of theirs waits afterwards where orders may be taken back. */
export function tradeAt(
  session: Session,
  clock: number,
  price: number,
  shares: number,
  kind: OrderKind = ORDER.limit,
): void {
  for (const size of orderSizes(session, shares)) {
    const first = submit(session, clock, SELLER, kind, SELL, price, size);
    const bought = submit(session, clock, BUYER, kind, BUY, price, size);
    // Where only a far sale of somebody waits, the cage has no place for one here before there is a bid.
    const sold = first < 0 ? submit(session, clock, SELLER, kind, SELL, price, size) : first;
    takeBack(session, clock, SELLER, sold);
    takeBack(session, clock, BUYER, bought);
  }
}

/** Shares in orders that the board takes; an odd rest below one order stays out. */
export function orderSizes({ day }: Session, shares: number): number[] {
  const { least, step, largestLimit } = day;
  const sizes: number[] = [];
  for (let left = shares - (shares % step); left >= least;) {
    const most =
      left > largestLimit && left < largestLimit + least ? left - least : Math.min(left, largestLimit);
    const size = most - (most % step);
    sizes.push(size);
    left -= size;
  }
  return sizes;
}

/** What is still open of an order of a hand, if it was taken and may be taken back now. */
export function takeBack(session: Session, clock: number, account: number, order: number): void {
  if (order >= 0 && session.state[order] === STATE.open) cancel(session, clock, account, order);
}

/** A price further away than the cage reaches is come to by small trades on the way. */
export function walkTo(session: Session, clock: number, price: number): void {
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
