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
    for (let x = -7.9; x < 7.9; x += 0.00731) {
      expect(Math.abs(cdfOf(cdf, x) - (x < 0 ? tail(-x) : 1 - tail(x)))).toBeLessThan(1e-10);
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
          3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
          45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
        ],
        [
          1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867,
          39307.89580009271061, 28729.085735721942674, 5226.495278852545925,
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
            1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
            1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833,
            7.7454501427834140764e-4,
          ],
          [
            1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
            0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
          ],
        )
      : ratio(
          r - 5,
          [
            6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
            0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5,
            2.01033439929228813265e-7,
          ],
          [
            1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525,
            7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7,
            2.04426310338993978564e-15,
          ],
        );
  return q < 0 ? -size : size;
}
