/** The clock of an account that trades within the session: to which times it goes, and in what steps. */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import { isSession, shiftSessions, type SessionCalendar } from '../calendar/sessions.js';
import { at } from '../exchange/venueDay.js';
import type { Account } from './account.js';
import { AFTER_HOURS_END, AFTERNOON, CLOSING_CALL, CONTINUOUS, DAY_OPENS, LUNCH } from './sessionParts.js';

/** A time of a session, milliseconds since midnight, or its end. */
export interface AccountClock {
  readonly day: Day;
  readonly at: number | undefined;
}

const MINUTE = 60_000;
/** The closing auction has its orders, and takes more. */
const CLOSING_BOOK = at(14, 58);

/** `10:30` of milliseconds since midnight. */
export const clockMinute = (clock: number): string =>
  [Math.floor(clock / 3_600_000), Math.floor(clock / MINUTE) % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');

/** In continuous trading the market moves in the middle of each minute, and 10:30 is the minute with what happened in it. */
function stopAt(time: number): number {
  const minute = time - (time % MINUTE);
  const isContinuous = minute >= CONTINUOUS && minute < CLOSING_CALL;
  return isContinuous ? minute + MINUTE / 2 : minute;
}

/**
 * Where the clock of an account goes that is asked for a time of a day.
 * @param time milliseconds since midnight, of which the minute counts
 * @throws Refusal `closes_have_no_time`, `no_session`, `no_such_time` with what can be named instead
 */
export function clockAsked(
  account: Pick<Account, 'fills'>,
  calendar: SessionCalendar,
  day: Day,
  time: number,
): AccountClock {
  refuseCloses(account);
  const shown = formatDay(day);
  if (!isSession(calendar, day)) {
    const next = formatDay(shiftSessions(calendar, day, 1));
    throw new Refusal('no_session', `${shown} is no session; the next one is ${next}`, { day: shown, next });
  }
  refuseTime(
    time < DAY_OPENS,
    time,
    `the session of ${shown} begins at ${clockMinute(DAY_OPENS)}; name a time from then on`,
  );
  refuseTime(
    time >= LUNCH && time < AFTERNOON,
    time,
    `nothing is traded from ${clockMinute(LUNCH)} to ${clockMinute(AFTERNOON)}; name ${clockMinute(LUNCH - MINUTE)} or ${clockMinute(AFTERNOON)}`,
  );
  refuseTime(
    time >= AFTER_HOURS_END,
    time,
    `the session of ${shown} ends at ${clockMinute(AFTER_HOURS_END)}; name the day alone for its end`,
  );
  return { day, at: stopAt(time) };
}

function refuseCloses({ fills }: Pick<Account, 'fills'>): void {
  if (fills === 'session') return;
  throw new Refusal(
    'closes_have_no_time',
    'the account trades at closes, which have no time of day; name a day alone (account open NAME --fills session makes an account that trades within the session)',
  );
}

function refuseTime(isWrong: boolean, time: number, message: string): void {
  if (isWrong) throw new Refusal('no_such_time', message, { time: clockMinute(time) });
}

/** Where it stands, or the beginning of the next session. */
const clockOf = ({ day, running }: Account, calendar: SessionCalendar): AccountClock & { at: number } =>
  running ?? { day: shiftSessions(calendar, day, 1), at: DAY_OPENS };

/**
 * Minutes of a session later, the lunch break not counted; its end when that is earlier.
 * @throws what `clockAsked` throws
 */
export function clockAfter(account: Account, calendar: SessionCalendar, minutes: number): AccountClock {
  refuseCloses(account);
  const { day, at: now } = clockOf(account, calendar);
  const then = now + minutes * MINUTE;
  const time = now < LUNCH && then >= LUNCH ? then + AFTERNOON - LUNCH : then;
  return time >= AFTER_HOURS_END ? { day, at: undefined } : clockAsked(account, calendar, day, time);
}

/** Usual next stops of the clock. */
export type Stop = 'open' | 'minutes5' | 'minutes30' | 'closing' | 'end';

/** Those that lie ahead. @param last session of the data */
export function stopsAhead(
  account: Account,
  calendar: SessionCalendar,
  last: Day,
): readonly (AccountClock & { readonly stop: Stop })[] {
  if (account.fills === 'close' || account.day >= last) return [];
  const { day, at: now } = clockOf(account, calendar);
  const all: readonly (AccountClock & { readonly stop: Stop })[] = [
    { stop: 'open', day, at: stopAt(CONTINUOUS) },
    { stop: 'minutes5', ...clockAfter(account, calendar, 5) },
    { stop: 'minutes30', ...clockAfter(account, calendar, 30) },
    { stop: 'closing', day, at: CLOSING_BOOK },
    { stop: 'end', day, at: undefined },
  ];
  return all.filter(({ stop, at: time }) => stop === 'end' || (time !== undefined && time > now));
}
