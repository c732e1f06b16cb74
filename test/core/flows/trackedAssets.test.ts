/** Totals carried along, and how fast units come and go: worked by hand. */
import { describe, expect, it } from 'vitest';
import { carriedTotals, creationsPerSession, sessionCalendar, type Day } from '../../../src/core/index.js';

const on = (day: number): Day => day as Day;
const total = (knownOn: number, amount: number) => ({
  knownOn: on(knownOn),
  amount,
  scope: 'ETFs',
  feeders: 'excluded',
  source: '',
});
const units = (fund: string, asOf: number, count: number, knownOn = asOf) => ({
  fund,
  asOf: on(asOf),
  knownOn: on(knownOn),
  units: count,
});
const calendar = sessionCalendar(
  'XSHG',
  Array.from({ length: 40 }, (_, i) => 100 + i),
);

describe('a published total', () => {
  const levels = new Map([
    [on(100), 1000],
    [on(104), 1200],
    [on(105), 900],
  ]);

  it('moves with the index from its day', () => {
    expect(carriedTotals([total(100, 50)], levels, on(104))[0].amount).toBeCloseTo(60, 12);
    expect(carriedTotals([total(104, 60)], levels, on(104))[0].amount).toBe(60);
  });

  it('stays where a level is missing, or it is not out yet', () => {
    expect(carriedTotals([total(102, 50)], levels, on(104))[0].amount).toBe(50);
    expect(carriedTotals([total(105, 50)], levels, on(104))[0].amount).toBe(50);
  });
});

describe('units created and redeemed', () => {
  const counted = [units('a', 100, 100), units('a', 109, 110), units('a', 125, 88), units('b', 100, 5)];

  it('per square root of a session, from counts of one fund next to each other', () => {
    const squares = (Math.log(1.1) ** 2 / 9 + Math.log(0.8) ** 2 / 16) / 2;
    expect(creationsPerSession(counted, calendar, on(125))).toBeCloseTo(Math.sqrt(squares), 14);
  });

  it('only counts that were known', () => {
    expect(creationsPerSession(counted, calendar, on(120))).toBeCloseTo(Math.log(1.1) / 3, 14);
    expect(creationsPerSession(counted, calendar, on(105))).toBe(0);
  });
});
