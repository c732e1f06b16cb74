import { describe, expect, test } from 'vitest';
import { formatDay } from '../../../src/core/index.js';
import { fastEntryDates, testFastEntry, type FastEntryRule } from '../../../src/core/selection/fastEntry.js';
import { absences, clockDay, type StatusClockRule } from '../../../src/core/selection/statusClock.js';
import { roundedUpFloat, type FloatRoundUpRule } from '../../../src/core/weighting/floatRoundUp.js';
import { countedShares } from '../../../src/core/weighting/lowFloat.js';
import { day, weekdays } from './made.js';

const NASDAQ: FastEntryRule = {
  kind: 'fast-entry',
  testAfterSessions: 7,
  rankTop: 40,
  among: 'members',
  joinAfterSessions: 15,
  noticeSessions: 5,
  evict: 'none',
};
const isoOf = (dates: object | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(dates ?? {}).map(([name, value]) => [name, formatDay(value)]));

describe('fast entry', () => {
  const us = weekdays('2026-06-01', '2026-09-30', ['2026-06-19', '2026-07-03', '2026-09-07']);

  test('rulebooks.md E18: first trade 2026-06-12, tested 06-23, bought at the close of 07-06, in on 07-07', () => {
    // The five sessions between the announcement and 07-07: 06-29, 06-30, 07-01, 07-02, 07-06.
    expect(isoOf(fastEntryDates(NASDAQ, day('2026-06-12'), us))).toEqual({
      tested: '2026-06-23',
      announcedBy: '2026-06-26',
      swap: '2026-07-06',
      joins: '2026-07-07',
    });
  });

  test('a test too late for the notice moves the joining back', () => {
    const late = { ...NASDAQ, testAfterSessions: 12 };
    // Session 12 is 06-30; five sessions of notice: 07-01, 02, 06, 07, 08; in on 07-09.
    expect(isoOf(fastEntryDates(late, day('2026-06-12'), us))).toEqual({
      tested: '2026-06-30',
      announcedBy: '2026-06-30',
      swap: '2026-07-08',
      joins: '2026-07-09',
    });
  });

  test('none when fewer than twenty sessions remain to the next review', () => {
    const csi: FastEntryRule = {
      kind: 'fast-entry',
      testAfterSessions: 10,
      rankTop: 10,
      among: 'market',
      joinAfterSessions: 10,
      evict: 'lowest',
      notWithinSessionsOfReview: 20,
    };
    // Ten sessions from 08-03 end on 08-14; it would join on 08-17, twenty sessions before 09-15 (09-07 is closed).
    expect(isoOf(fastEntryDates(csi, day('2026-08-03'), us, day('2026-09-15')))).toEqual({
      tested: '2026-08-14',
      announcedBy: '2026-08-14',
      swap: '2026-08-14',
      joins: '2026-08-17',
    });
    expect(fastEntryDates(csi, day('2026-08-03'), us, day('2026-09-14'))).toBeUndefined();
    expect(fastEntryDates(csi, day('2026-08-03'), us, day('2026-08-10'))).toBeUndefined();
  });

  const members = [
    { item: 'a', size: 90 },
    { item: 'c', size: 10 },
    { item: 'b', size: 50 },
  ];

  test('ranked among members, nobody leaves', () => {
    const rule = { ...NASDAQ, rankTop: 2 };
    expect(testFastEntry(rule, 60, members, [])).toEqual({ rank: 2, qualifies: true, evicted: undefined });
    expect(testFastEntry(rule, 50, members, [])).toEqual({ rank: 2, qualifies: true, evicted: undefined });
    expect(testFastEntry(rule, 49, members, [])).toEqual({ rank: 3, qualifies: false, evicted: undefined });
  });

  test('ranked in the market, the lowest member leaves', () => {
    const rule: FastEntryRule = { ...NASDAQ, rankTop: 2, among: 'market', evict: 'lowest' };
    expect(testFastEntry(rule, 60, members, [100, 55])).toEqual({ rank: 2, qualifies: true, evicted: 'c' });
    expect(testFastEntry(rule, 60, members, [100, 99])).toEqual({
      rank: 3,
      qualifies: false,
      evicted: undefined,
    });
  });
});

describe('status clock (SSE Composite)', () => {
  const rule: StatusClockRule = {
    kind: 'status-clock',
    status: 'risk-warning',
    leaves: { nthWeekday: 2, weekday: 'fri', monthsAfter: 1 },
    returns: 'same',
  };
  const sessions = weekdays('2024-11-01', '2025-12-31', [
    '2025-01-01',
    '2025-04-04',
    '2025-05-01',
    '2025-05-02',
  ]);
  const clock = (iso: string): string => formatDay(clockDay(rule, day(iso), sessions));

  test.each([
    // Second Fridays: 2025-01-10, 04-11, 05-09.
    ['2024-12-02', '2025-01-13'],
    ['2024-12-31', '2025-01-13'],
    ['2025-03-03', '2025-04-14'],
    ['2025-03-31', '2025-04-14'],
    ['2025-04-01', '2025-05-12'],
  ])('a warning of %s shows on %s', (warned, out) => {
    expect(clock(warned)).toBe(out);
  });

  test('a holiday on the Friday itself changes nothing, one after it moves the day', () => {
    const closed = weekdays('2025-03-01', '2025-05-30', ['2025-04-11', '2025-04-14', '2025-04-15']);
    expect(formatDay(clockDay(rule, day('2025-03-03'), closed))).toBe('2025-04-16');
  });

  const span = ({ out, back }: ReturnType<typeof absences>[number]): string =>
    `${formatDay(out)}..${back === undefined ? '' : formatDay(back)}`;

  test('it comes back by the same clock; lifted in the same month it never leaves', () => {
    const periods = [
      { began: day('2024-12-05'), ended: day('2024-12-20') },
      { began: day('2025-01-06'), ended: day('2025-02-03') },
      { began: day('2025-05-06'), ended: undefined },
    ];
    expect(absences(rule, periods, sessions).map(span)).toEqual(['2025-02-17..2025-03-17', '2025-06-16..']);
  });
});

describe('share basis', () => {
  test('rulebooks.md E17: float of 75bn out of 1750bn counts 225bn; a large float counts all shares once', () => {
    const rule = { kind: 'low-float', multiple: 3 } as const;
    expect(countedShares(rule, 1750, 75)).toBe(225);
    expect(countedShares(rule, 100, 33)).toBe(99);
    expect(countedShares(rule, 100, 34)).toBe(100);
  });

  const hangSeng: FloatRoundUpRule = { kind: 'float-round-up', step: 0.05, below: 0.1, finerStep: 0.01 };
  test.each([
    [0.031, 0.04],
    [0.04, 0.04],
    [0.0999, 0.1],
    [0.1, 0.1],
    [0.1001, 0.15],
    [0.15, 0.15],
    [0.3, 0.3],
    [0.7, 0.7],
    [0.7001, 0.75],
    [0.96, 1],
    [1, 1],
  ])('Hang Seng: %d rounds up to %d', (ratio, factor) => {
    expect(roundedUpFloat(hangSeng, ratio)).toBe(factor);
  });

  test('BSE: every ratio up to the next 5 %', () => {
    const bse: FloatRoundUpRule = { kind: 'float-round-up', step: 0.05 };
    expect(roundedUpFloat(bse, 0.031)).toBe(0.05);
    expect(roundedUpFloat(bse, 0.55)).toBe(0.55);
  });
});
