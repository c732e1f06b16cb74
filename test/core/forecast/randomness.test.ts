/** The elementary functions against the engine's, Threefry against its published vectors, the normals against theory. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, log, normalCdf } from '../../../src/core/forecast/elementary.js';
import { NORMAL_BOUND, normalOf, threefry } from '../../../src/core/forecast/randomness.js';

describe('elementary functions', () => {
  it('exp and log are within a few units in the last place', () => {
    fc.assert(
      fc.property(fc.double({ min: -690, max: 690, noNaN: true }), (x) => {
        expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(2e-15);
        const y = Math.exp(x / 2);
        expect(Math.abs(log(y) - Math.log(y))).toBeLessThan(1e-15 * Math.max(1, Math.abs(Math.log(y))));
      }),
    );
    expect([exp(0), log(1), exp(-800), exp(800), log(0)]).toEqual([1, 0, 0, Infinity, -Infinity]);
  });

  // Abramowitz and Stegun, table 26.1, and the tail from its asymptotic series.
  it.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [1.96, 0.97500210485178],
    [-2.5, 0.006209665325776],
    [3, 0.99865010196837],
    [-5, 2.8665157187919391e-7],
    [-8, 6.220960574271785e-16],
  ])('the normal distribution at %f is %f', (x, p) => {
    // The coefficients have fifteen digits, and the tail loses a few.
    expect(Math.abs(normalCdf(x) / p - 1)).toBeLessThan(1e-10);
  });
});

describe('Threefry2x32 with 13 rounds', () => {
  // Known answers of the Random123 distribution.
  it.each([
    [0, 0, 0, 0, '9d1c5ec6 8bd50731'],
    [-1, -1, -1, -1, 'fd36d048 2d17272c'],
    [0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3 | 0, 'ba3e4725 f27d669e'],
  ])('key %i %i, counter %i %i', (k0, k1, c0, c1, expected) => {
    const words = new Int32Array(2);
    threefry(k0, k1, c0, c1, words);
    const hex = [...words].map((word) => (word >>> 0).toString(16).padStart(8, '0'));
    expect(hex.join(' ')).toBe(expected);
  });
});

describe('normals', () => {
  it('are the quantiles of their probability, far into the tail', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fffffff }), (bits) => {
        const z = normalOf(bits);
        const p = (bits + 1) / 2 ** 32;
        const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
        // The error in z, to first order.
        expect(Math.abs(normalCdf(z) - p) / density).toBeLessThan(1e-6);
        expect(normalOf(bits | 0x80000000)).toBe(-z);
      }),
      { numRuns: 2000 },
    );
    expect(normalOf(0)).toBe(-NORMAL_BOUND);
    // Minus zero: the middle.
    expect(normalOf(0x7fffffff) + 0).toBe(0);
  });

  it('rise with their bits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7ffffffe }), (bits) => {
        expect(normalOf(bits + 1)).toBeGreaterThanOrEqual(normalOf(bits));
      }),
    );
  });

  it('have the first four moments of a normal, within four standard errors', () => {
    const n = 400_000;
    const words = new Int32Array(2);
    const sums = [0, 0, 0, 0];
    for (let i = 0; i < n / 2; i++) {
      threefry(7, 11, i, 0, words);
      for (const word of words) for (let k = 1; k <= 4; k++) sums[k - 1] += normalOf(word) ** k;
    }
    const moments = sums.map((total) => total / n);
    [0, 1, 0, 3].forEach((moment, k) => {
      const variance = [1, 2, 15, 96][k];
      expect(Math.abs(moments[k] - moment)).toBeLessThan(4 * Math.sqrt(variance / n));
    });
  });
});
