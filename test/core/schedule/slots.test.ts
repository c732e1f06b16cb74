/** Orders over sessions and auctions: sums, limits, whole shares. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atClose,
  byProfile,
  bySession,
  capped,
  evenly,
  wholeShares,
  withVolume,
  type Slot,
} from '../../../src/core/index.js';
import { refusalOf } from '../refusals.js';

/** Sessions of a volume of `of` orders, a tenth of it in the auction; 0 is closed. */
const slotsOf = (...of: readonly number[]): Slot[] =>
  of.flatMap((volume, session): Slot[] => [
    { session, phase: 'continuous', volume: 0.9 * volume },
    { session, phase: 'auction', volume: 0.1 * volume },
  ]);
const rounded = (trades: ArrayLike<number>): number[] =>
  Array.from(trades, (part) => Number(part.toFixed(6)));

describe('methods', () => {
  const three = slotsOf(2, 2, 4);
  it('by name', () => {
    expect(rounded(atClose(three, 2))).toEqual([0, 0, 0, 0, 0, 1]);
    expect(rounded(byProfile(three, 2))).toEqual([0.2, 0, 0.3, 0, 0, 0.5]);
    expect(rounded(evenly(three))).toEqual([0.333333, 0, 0.333333, 0, 0.333333, 0]);
    expect(rounded(withVolume(three))).toEqual([0.225, 0.025, 0.225, 0.025, 0.45, 0.05]);
    expect(rounded(bySession(three, [0.5, 0, 0.5]))).toEqual([0.45, 0.05, 0, 0, 0.45, 0.05]);
  });
  it('never in a closed session', () => {
    const shut = slotsOf(2, 0, 4);
    expect(rounded(byProfile(shut, 2))).toEqual([0.285714, 0, 0, 0, 0, 0.714286]);
    expect(rounded(evenly(shut))).toEqual([0.5, 0, 0, 0, 0.5, 0]);
    expect(refusalOf(() => atClose(shut, 1)).code).toBe('no_open_session');
  });
});

const volumes = fc.array(fc.double({ min: 0.05, max: 20, noNaN: true }), { minLength: 1, maxLength: 8 });

describe('participation', () => {
  it('never above the limit, and all of the order, or a refusal that says how many days it takes', () => {
    fc.assert(
      fc.property(volumes, fc.double({ min: 0.01, max: 1, noNaN: true }), (of, participation) => {
        const slots = slotsOf(...of);
        const call = (): Float64Array => capped(evenly(slots), slots, participation);
        const capacity = participation * of.reduce((a, b) => a + b, 0);
        if (capacity < 0.999999) {
          expect(refusalOf(call).code).toBe('participation_too_low');
        } else if (capacity > 1.000001) {
          const filled = call();
          expect(filled.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
          filled.forEach((part, i) => {
            expect(part).toBeLessThanOrEqual(participation * slots[i].volume * (1 + 1e-12));
            expect(part).toBeGreaterThanOrEqual(0);
          });
        }
      }),
    );
  });
  it('three days of volume at 20 % need fifteen days', () => {
    const days = (n: number): Slot[] => slotsOf(...Array.from({ length: n }, () => 1 / 3));
    const refused = refusalOf(() => capped(evenly(days(5)), days(5), 0.2));
    expect(refused.message).toContain('3.0 times the days');
    expect(() => capped(evenly(days(15)), days(15), 0.20001)).not.toThrow();
  });
});

describe('whole shares', () => {
  it('sum to the order, on one side, none smaller than an order may be', () => {
    fc.assert(
      fc.property(volumes, fc.integer({ min: -5_000_000, max: 5_000_000 }), (of, shares) => {
        fc.pre(Math.abs(shares) >= 200);
        const slices = wholeShares(withVolume(slotsOf(...of)), shares, 200);
        expect(slices.reduce((a, b) => a + b, 0)).toBe(shares);
        for (const slice of slices) {
          expect(Number.isInteger(slice)).toBe(true);
          expect(slice === 0 || (Math.sign(slice) === Math.sign(shares) && Math.abs(slice) >= 200)).toBe(
            true,
          );
        }
      }),
    );
  });
});
