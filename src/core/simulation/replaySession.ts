/** A daily bar replayed as a session on the book: at each minute of its path the hands of the market trade the minute's volume. */
import { openSession, type Session } from '../exchange/session.js';
import { advance, finish } from '../exchange/sessionEngine.js';
import type { VenueDay } from '../exchange/venueDay.js';
import { CLOSING_ORDERS, OPENING_ORDERS, tradeAt, walkTo } from './marketHands.js';
import type { SessionPath } from './sessionPath.js';

/** Room for the orders of people beside those of the market. */
const ROOM = 2000;

/**
 * The path does not give way to the orders of people.
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
