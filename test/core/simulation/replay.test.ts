/** Sessions made of daily bars: the bar comes back out of the path, and out of the book that replays it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockOf, timeOfVolume, volumeBy } from '../../../src/core/exchange/volumeCurve.js';
import {
  BUY,
  clockTime,
  fen,
  FIRST_PERSON,
  InputError,
  mainlandDay,
  ORDER,
  parseDay,
  replaySession,
  SELL,
  sessionPath,
  STATE,
  submitToSession,
  type DailyBar,
  type Day,
} from '../../../src/core/index.js';

/** Cambricon on 2025-09-12, raw bar of the data set, fen and shares. */
const BAR: DailyBar = { open: 138_700, high: 152_222, low: 137_200, close: 148_800, volume: 19_741_100 };
const DAY = mainlandDay({ board: 'star', day: parseDay('2025-09-12') as Day, previousClose: fen(138_700) });

const bars = fc
  .tuple(
    fc.array(fc.integer({ min: 9000, max: 11_000 }), { minLength: 4, maxLength: 4 }),
    fc.integer({ min: 1, max: 1e8 }),
  )
  .map(([prices, volume]): DailyBar => {
    const [low, one, other, high] = prices.toSorted((a, b) => a - b);
    return prices[0] % 2 === 0
      ? { low, high, open: one, close: other, volume }
      : { low, high, open: other, close: one, volume };
  });

test('a path opens, reaches high and low, closes, and trades what its bar says', () => {
  fc.assert(
    fc.property(bars, fc.nat(), fc.double({ min: 0, max: 0.5, noNaN: true }), (bar, seed, closingShare) => {
      const { prices, volumes, clocks } = sessionPath(bar, closingShare, seed);
      expect([prices[0], Math.max(...prices), Math.min(...prices), prices.at(-1)]).toEqual([
        bar.open,
        bar.high,
        bar.low,
        bar.close,
      ]);
      expect(volumes.reduce((a, b) => a + b, 0)).toBe(bar.volume);
      expect(volumes.at(-1)).toBe(Math.round(bar.volume * closingShare));
      expect(Math.min(...volumes)).toBeGreaterThanOrEqual(0);
      expect([...clocks]).toEqual([...clocks].toSorted((a, b) => a - b));
    }),
    { numRuns: 300 },
  );
});

test('volume is heavy at both ends of the day', () => {
  const { volumes } = sessionPath(BAR, 0.03, 1);
  expect(volumes[1]).toBeGreaterThan(2 * volumes[119]);
  expect(volumes[237]).toBeGreaterThan(2 * volumes[119]);
});

test('the curve of volume and its inverse are each other', () => {
  for (let i = 0; i <= 1000; i++) expect(volumeBy(timeOfVolume(i / 1000))).toBeCloseTo(i / 1000, 12);
  expect([clockOf(0), clockOf(120 / 237), clockOf(1)]).toEqual([
    clockTime(9, 30),
    clockTime(13, 0),
    clockTime(14, 57) - 1,
  ]);
});

test('the same seed gives the same path', () => {
  expect(sessionPath(BAR, 0.03, 4)).toEqual(sessionPath(BAR, 0.03, 4));
  expect(sessionPath(BAR, 0.03, 5).prices).not.toEqual(sessionPath(BAR, 0.03, 4).prices);
});

test('a bar that contradicts itself has no path, and everything wrong with it is said', () => {
  const broken = () => sessionPath({ open: 100, high: 90, low: 110, close: 100, volume: -1 }, 0, 1);
  expect(broken).toThrow(InputError);
  try {
    broken();
  } catch (error) {
    expect((error as InputError).issues.map(({ path }) => path)).toEqual(['volume', 'high', 'low']);
  }
});

describe('on the book', () => {
  test.each([1, 2, 3])('seed %i: open, high, low, close and volume are those of the bar', (seed) => {
    const session = replaySession(DAY, sessionPath(BAR, 0.03, seed), []);
    expect([session.open, session.high, session.low, session.close]).toEqual([
      BAR.open,
      BAR.high,
      BAR.low,
      BAR.close,
    ]);
    // A minute's odd rest below one order stays out; the ladder to prices beyond the cage adds a little.
    expect(Math.abs(session.volume / BAR.volume - 1)).toBeLessThan(0.002);
    expect(session.closingVolume / session.volume).toBeCloseTo(0.03, 3);
  });

  test('who bids what the low reaches is filled, who bids less is not, and a sale in the closing auction gets the close', () => {
    const path = sessionPath(BAR, 0.03, 1);
    const sent: number[] = [];
    const session = replaySession(DAY, path, [1000, 1000], (open, clock) => {
      const send = (account: number, kind: 0 | 7, side: 0 | 1, price: number): void => {
        sent.push(submitToSession(open, clock, FIRST_PERSON + account, kind, side, price, 200));
      };
      if (clock === clockTime(9, 24)) {
        send(0, ORDER.limit, BUY, BAR.low);
        send(0, ORDER.limit, BUY, BAR.low - 1);
        send(1, ORDER.atClose, SELL, 140_000);
      }
    });
    expect(sent.map((order) => session.state[order])).toEqual([STATE.filled, STATE.expired, STATE.filled]);
    expect(session.close).toBe(BAR.close);
    expect(Array.from(session.held.subarray(FIRST_PERSON))).toEqual([1200, 800]);
  });
});
