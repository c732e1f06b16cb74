/** The book of a security at a time of a session that an account has seen, with the account's orders in it. */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import { fen, type Fen } from '../exchange/fen.js';
import { bookSnapshot, type BookSnapshot } from '../simulation/closingBook.js';
import { marketSteps } from '../simulation/quotedSession.js';
import type { Session } from '../exchange/session.js';
import { accountOf, type AccountEvent } from './account.js';
import { watchSession } from './replay.js';
import { stageOf } from './sessionStage.js';
import { closeOn, type TradedMarket } from './tradingDay.js';

export interface AccountBook {
  readonly security: SecurityId;
  readonly session: Day;
  /** Milliseconds since midnight: the minute of the session that is shown. */
  readonly clock: number;
  /** Minutes of the session there are to look at. */
  readonly clocks: readonly number[];
  readonly book: BookSnapshot;
  /** Newest price and shares traded by then. */
  readonly last: Fen | undefined;
  readonly volume: number;
}

/**
 * @param clock the last minute up to it is shown; the one before the closing auction trades when it is later
 * @throws Refusal `session_ahead` for a session that the account has not seen, `no_bar` where only a close is known
 */
export function accountBook(
  events: readonly AccountEvent[],
  traded: TradedMarket,
  {
    security,
    session,
    clock,
  }: { readonly security: SecurityId; readonly session: Day; readonly clock: number },
): AccountBook {
  const { day, running } = accountOf(events);
  const stopped = running?.day === session ? running.at : undefined;
  if (session > day && stopped === undefined) {
    throw new Refusal(
      'session_ahead',
      `the account has seen sessions up to ${formatDay(running?.day ?? day)}; let ${formatDay(session)} pass first`,
      { day: formatDay(running?.day ?? day) },
    );
  }
  const path = closeOn(traded.market, security, session) && traded.pathOn?.(security, session);
  if (path === undefined) {
    throw new Refusal(
      'no_bar',
      `open, high, low, close and value of ${security} on ${formatDay(session)} are not all known, so there is no session to show`,
      { security, day: formatDay(session) },
    );
  }
  const clocks = clocksUntil(path.clocks, stopped);
  const asked = clocks.findLast((one) => one <= clock) ?? clocks[0];
  let found: AccountBook | undefined;
  const look = (of: SecurityId, now: number, state: Session): void => {
    if (of === security && now === asked) found = shown({ security, session, clock: now, clocks }, state);
  };
  watchSession(events, traded, session, security, look);
  if (found === undefined) withoutOrders(traded, security, session, look);
  if (found !== undefined) return found;
  throw new Refusal(
    'no_bar',
    `the bar of ${security} on ${formatDay(session)} lies outside of the day's price limits`,
    { security, day: formatDay(session) },
  );
}

/** Minutes that have passed, and the time at which the clock stands. */
function clocksUntil(all: Int32Array, stopped: number | undefined): number[] {
  if (stopped === undefined) return [...all];
  const passed = [...all].filter((clock) => clock <= stopped);
  // The book of the close is the one that its auction then traded.
  return stopped >= all[all.length - 1] || passed.includes(stopped) ? passed : [...passed, stopped];
}

const shown = (
  head: Pick<AccountBook, 'security' | 'session' | 'clock' | 'clocks'>,
  session: Session,
): AccountBook => ({
  ...head,
  book: bookSnapshot(session),
  last: session.last > 0 ? fen(session.last) : undefined,
  volume: session.volume,
});

/** A session in which no order of the account could be: it trades at closes, or was opened after it. */
function withoutOrders(
  traded: TradedMarket,
  security: SecurityId,
  session: Day,
  look: (security: SecurityId, clock: number, state: Session) => void,
): void {
  const stage = stageOf(traded, security, session, 0);
  if (stage === undefined) return;
  const { quoted } = stage;
  const { clocks } = quoted.path;
  for (const { at, minute, play } of marketSteps(clocks)) {
    // The last book of a day is the one that its closing auction then trades.
    if (minute === clocks.length - 1) return look(security, at, quoted.session);
    play(quoted);
    if (minute !== undefined) look(security, at, quoted.session);
  }
}
