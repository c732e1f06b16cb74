import { describe, expect, test } from 'vitest';
import { exp, log } from '../../../src/core/forecast/arithmetic.js';
import { cdfOf, MAX_NORMAL, normalOf, normalTables } from '../../../src/core/forecast/normal.js';
import { identityOf, threefry } from '../../../src/core/forecast/randomness.js';

const { inverse, cdf } = normalTables();

describe('arithmetic', () => {
  test('exp and log agree with the engine to a few units in the last place', () => {
    for (let i = -7000; i <= 7000; i++) {
      const x = i / 10 + i / 77777;
      if (Math.abs(x) > 700) continue;
      expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-15);
    }
    for (let i = 1; i < 5000; i++) {
      const x = i * i * 1.37 + 1e-3 / i;
      expect(Math.abs(log(x) - Math.log(x))).toBeLessThan(1e-15 * Math.max(1, Math.abs(Math.log(x))));
      expect(Math.abs(log(1 / x) + Math.log(x))).toBeLessThan(2e-15 * Math.max(1, Math.abs(Math.log(x))));
    }
    expect([exp(0), log(1)]).toEqual([1, 0]);
    expect(log(Number.MAX_VALUE)).toBeCloseTo(Math.log(Number.MAX_VALUE), 11);
  });
});

describe('Threefry-2x32-13', () => {
  // Known answers published with Random123, file kat_vectors: counter, key, result.
  test.each([
    [
      [0, 0],
      [0, 0],
      [0x9d1c5ec6, 0x8bd50731],
    ],
    [
      [0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0xfd36d048, 0x2d17272c],
    ],
    [
      [0x243f6a88, 0x85a308d3],
      [0x13198a2e, 0x03707344],
      [0xba3e4725, 0xf27d669e],
    ],
  ])('counter %j under key %j', (counter, key, expected) => {
    const words = new Int32Array(2);
    threefry(key[0] | 0, key[1] | 0, counter[0] | 0, counter[1] | 0, words);
    expect([...new Uint32Array(words)]).toEqual(expected);
  });

  test('codes get identities of their own, with room for the stream', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 20_000; i++) {
      const { key, counter } = identityOf(String(600_000 + i));
      expect(counter & 15).toBe(0);
      seen.add(`${key} ${counter}`);
    }
    for (const other of ['', 'a', 'b', 'ab', 'ba', 'a\0', '中']) {
      const { key, counter } = identityOf(other);
      seen.add(`${key} ${counter}`);
    }
    expect(seen.size).toBe(20_007);
  });
});

describe('normals', () => {
  test('are the quantiles, to 1e-8, over the whole range and at both ends', () => {
    const inputs = [-(2 ** 31), -1, 0, 2 ** 31 - 1, 2 ** 30, -(2 ** 30)];
    for (let i = 0; i < 32; i++) for (const near of [-3, -1, 0, 1, 2]) inputs.push((2 ** i + near) | 0);
    for (let i = 0; i < 20_000; i++) inputs.push(Math.imul(i, 0x9e3779b1));
    // Every cell in its middle and at its edges, from both ends.
    for (let i = 0; i < 4096; i++) {
      const halves = 2 ** (i >> 7) * (1 + (i & 127) / 128);
      const end = Math.min(2 ** 31 - 1, Math.floor(halves / 2));
      inputs.push(-(2 ** 31) + end, 2 ** 31 - 1 - end);
    }
    for (const bits of inputs) {
      const p = (bits + 2 ** 31 + 0.5) / 2 ** 32;
      const z = normalOf(inverse, bits);
      expect(Math.abs(z - inverseNormal(p)), `bits ${bits}`).toBeLessThan(1e-8);
      expect(Math.abs(z)).toBeLessThan(MAX_NORMAL);
    }
  });

  test('never decrease', () => {
    let falls = 0;
    for (let i = 0; i < 400_000; i++) {
      const bits = Math.imul(i, 0x9e3779b1);
      if (bits < 2 ** 31 - 1 && normalOf(inverse, bits + 1) < normalOf(inverse, bits)) falls++;
    }
    expect(falls).toBe(0);
    // Across the edges of the cells.
    for (let cell = 65; cell < 2048; cell++) {
      const halves = 2 ** (cell >> 6) * (1 + (cell & 63) / 64);
      const end = Math.ceil(halves / 2) - 1;
      expect(normalOf(inverse, -(2 ** 31) + end + 1)).toBeGreaterThanOrEqual(
        normalOf(inverse, -(2 ** 31) + end),
      );
    }
  });

  test('have the moments of a normal, and streams do not go together', () => {
    const n = 400_000;
    const words = new Int32Array(2);
    const { key, counter } = identityOf('688256');
    const sums = [0, 0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      threefry(7, key, i, counter | 1, words);
      const a = normalOf(inverse, words[0]);
      const b = normalOf(inverse, words[1]);
      [a, a * a, a * a * a, a ** 4, a * b].forEach((term, k) => (sums[k] += term));
    }
    // Each within 5 of its standard errors: 1, 2, 15, 96, 1 over n.
    [0, 1, 0, 3, 0].forEach((moment, k) => {
      const deviation = Math.abs(sums[k] / n - moment);
      expect(deviation).toBeLessThan(5 * Math.sqrt([1, 2, 15, 96, 1][k] / n));
    });
  });

  test('the distribution inverts the quantile and is 0 and 1 far out', () => {
    for (let x = -7.5; x < 7.5; x += 0.00731) {
      expect(Math.abs(cdfOf(cdf, x) - (x < 0 ? tail(-x) : 1 - tail(x)))).toBeLessThan(3e-9);
    }
    expect([-Infinity, -9, 9, Infinity].map((x) => cdfOf(cdf, x))).toEqual([0, 0, 1, 1]);
  });
});

/** P(z > x) for x >= 0 by Simpson's rule on the density, 20,000 steps to x + 12. */
function tail(x: number): number {
  const steps = 4000;
  const h = 12 / steps;
  const f = (t: number) => Math.exp((-t * t) / 2);
  let total = f(x) + f(x + 12);
  for (let i = 1; i < steps; i++) total += f(x + i * h) * (i % 2 === 1 ? 4 : 2);
  return (total * h) / 3 / Math.sqrt(2 * Math.PI);
}

/** Wichura's AS 241 (Appl. Stat. 37, 1988), about 16 digits. */
function inverseNormal(p: number): number {
  const q = p - 0.5;
  const ratio = (r: number, a: number[], b: number[]) =>
    a.reduceRight((sum, c) => sum * r + c) / b.reduceRight((sum, c) => sum * r + c);
  if (Math.abs(q) <= 0.425) {
    return (
      q *
      ratio(
        0.180625 - q * q,
        [
          3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
          67265.7709270087, 33430.57558358813, 2509.0809287301227,
        ],
        [
          1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
          28729.085735721943, 5226.495278852546,
        ],
      )
    );
  }
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const size =
    r <= 5
      ? ratio(
          r - 1.6,
          [
            1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
            0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
          ],
          [
            1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
            0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9,
          ],
        )
      : ratio(
          r - 5,
          [
            6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
            0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
          ],
          [
            1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
            1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
          ],
        );
  return q < 0 ? -size : size;
}
