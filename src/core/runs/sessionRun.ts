/**
 * A session of the past made of its daily bar and traded on the book: what the day may have looked like from minute to
 * minute, in which nothing but four prices and the value traded is known.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import type { Finding } from '../base/finding.js';
import { formatDay } from '../calendar/day.js';
import type { Session } from '../exchange/session.js';
import { at } from '../exchange/venueDay.js';
import { replaySession } from '../simulation/replaySession.js';
import { sessionPath, type DailyBar, type SessionPath } from '../simulation/sessionPath.js';
import type { DailyBars } from '../statements/fundamentals.js';
import { dailyBarOn } from '../trading/pathsOfBars.js';
import type { TradedMarket } from '../trading/tradingDay.js';
import { venueDayOf } from '../trading/venueDayOf.js';

export interface SessionRequest {
  readonly security: SecurityId;
  readonly day: Day;
  /** Part of the volume in the closing auction, 0..1. */
  readonly closingShare: number;
  readonly seed: number;
}

export interface SessionRun {
  readonly request: SessionRequest;
  /** Prices in fen. */
  readonly bar: DailyBar;
  readonly path: SessionPath;
  /** After its end; prices in fen. */
  readonly session: Session;
  /** Half hours with trades: clock of the start in milliseconds, prices in fen, shares. */
  readonly halfHours: readonly HalfHour[];
  readonly findings: readonly Finding[];
}

export interface HalfHour {
  readonly from: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly last: number;
  readonly volume: number;
}

/** @throws Refusal `no_bar` when the day's four prices are not known, and those of `tradingDay` */
export function replayDay(
  traded: TradedMarket,
  bars: DailyBars | undefined,
  request: SessionRequest,
): SessionRun {
  const { security, day, closingShare, seed } = request;
  const bar = barOn(traded, bars, security, day);
  const venueDay = venueDayOf(traded, security, day);
  const path = sessionPath(bar, closingShare, seed);
  return {
    request,
    bar,
    path,
    session: replaySession(venueDay, path, []),
    halfHours: halfHoursOf(path),
    findings: [
      {
        code: 'path_drawn',
        subject: security,
        message: `the way between open, high, low and close is drawn, volume follows an assumed U, and ${(closingShare * 100).toFixed(0)} % of it is put into the closing auction; no intraday data are here`,
      },
      {
        code: 'volume_estimated',
        subject: security,
        message: 'shares traded are the value traded over the mean of the four prices',
      },
    ],
  };
}

function barOn(traded: TradedMarket, bars: DailyBars | undefined, security: SecurityId, day: Day): DailyBar {
  const bar = dailyBarOn(traded.market, bars, security, day);
  if (bar !== undefined) return bar;
  throw new Refusal(
    'no_bar',
    `open, high, low, close and value of ${security} on ${formatDay(day)} are not all known`,
    {
      id: security,
      day: formatDay(day),
    },
  );
}

const HALF_HOUR = at(0, 30);

function halfHoursOf({ clocks, prices, volumes }: SessionPath): HalfHour[] {
  const starts = [...new Set(Array.from(clocks, (clock) => clock - (clock % HALF_HOUR)))];
  return starts.map((from) => {
    const minutes = [...clocks.keys()].filter((i) => clocks[i] - (clocks[i] % HALF_HOUR) === from);
    const within = minutes.map((i) => prices[i]);
    return {
      from,
      open: within[0],
      high: Math.max(...within),
      low: Math.min(...within),
      last: within[within.length - 1],
      volume: minutes.reduce((sum, i) => sum + volumes[i], 0),
    };
  });
}
