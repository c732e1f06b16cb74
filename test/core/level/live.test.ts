/** Live levels and capped weights against the recomputed ones, after a million ticks. */
import { describe, expect, test } from 'vitest';
import {
  applyCaps,
  indexId,
  liveBook,
  liveCappedWeights,
  liveLevel,
  recomputedLevel,
  Refusal,
  tick,
  type LiveBook,
  type LiveIndex,
  type NamedCap,
} from '../../../src/core/index.js';

const SECURITIES = 400;
const TICKS = 1_000_000;

/** mulberry32: a small generator with a seed, enough to move prices. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const random = generator(20250912);
const prices = Float64Array.from({ length: SECURITIES }, () => 5 + 200 * random());
const indices: LiveIndex[] = Array.from({ length: 20 }, (_, k) => {
  const rows = Int32Array.from(Array(SECURITIES).keys()).filter(() => random() < 0.05 + 0.02 * k);
  return {
    id: indexId(`index-${k}`),
    rows,
    shares: Float64Array.from(rows, () => 1e6 * (random() + 0.001) ** -1.2),
    factors: Float64Array.from(rows, () => (random() < 0.1 ? 0.5 + random() / 2 : 1)),
    divisor: 1e8 * (1 + random()),
    // Two caps that bind on a few members, the rest with none to follow.
    ...(k % 3 === 0 && { cap: 0.08 }),
  };
});

function moved(): LiveBook {
  const book = liveBook(prices, indices);
  for (let i = 0; i < TICKS; i++) {
    const row = Math.floor(random() * SECURITIES);
    tick(book, row, Math.max(0.01, Math.round(book.prices[row] * (0.995 + random() / 100) * 100) / 100));
  }
  return book;
}

const book = moved();
const relative = (a: number, b: number): number => Math.abs(a / b - 1);

test('the level after a million ticks is the recomputed one within 1e-12', () => {
  indices.forEach((_, k) => {
    expect(relative(liveLevel(book, k), recomputedLevel(book, k))).toBeLessThan(1e-14);
    const { rows, shares, factors, divisor } = indices[k];
    let value = 0;
    rows.forEach((row, i) => {
      value += book.prices[row] * shares[i] * factors[i];
    });
    expect(relative(liveLevel(book, k), value / divisor)).toBeLessThan(1e-12);
  });
});

test('the same ticks give the same bits', () => {
  const path = (): number[] => {
    const next = generator(7);
    const again = liveBook(prices, indices);
    for (let i = 0; i < 10_000; i++) tick(again, Math.floor(next() * SECURITIES), 1 + 100 * next());
    return indices.map((_, k) => liveLevel(again, k));
  };
  expect(path()).toEqual(path());
});

describe('streaming capped weights', () => {
  const capped = indices.map((_, k) => k).filter((k) => indices[k].cap !== undefined);

  test('are those of the capping rules at the last prices', () => {
    for (const k of capped) {
      const { rows, shares, cap } = indices[k];
      const values = Float64Array.from(rows, (row, i) => shares[i] * book.prices[row]);
      const caps = [{ id: 'cap', rule: { kind: 'single', cap } }] as unknown as NamedCap[];
      const { weights } = applyCaps(values, caps);
      const live = liveCappedWeights(book, k);
      live.forEach((weight, i) => expect(Math.abs(weight - weights[i])).toBeLessThan(1e-12));
    }
  });

  test('are worked out anew far less often than prices come', () => {
    const recomputed = book.caps.recomputed.reduce((a, b) => a + b, 0);
    expect(recomputed).toBeGreaterThan(capped.length);
    expect(recomputed).toBeLessThan(TICKS / 100);
  });

  test('follow a member into the cap and out of it', () => {
    const rows = Int32Array.of(0, 1, 2, 3, 4);
    const one = liveBook(Float64Array.of(30, 20, 20, 20, 10), [
      {
        id: indexId('five'),
        rows,
        shares: new Float64Array(5).fill(1),
        factors: new Float64Array(5).fill(1),
        divisor: 1,
        cap: 0.4,
      },
    ]);
    expect(liveCappedWeights(one, 0)[0]).toBeCloseTo(0.3, 12);
    tick(one, 0, 100);
    expect([...liveCappedWeights(one, 0)].map((w) => Number(w.toFixed(9)))).toEqual([
      0.4, 0.171428571, 0.171428571, 0.171428571, 0.085714286,
    ]);
    tick(one, 0, 30);
    expect(liveCappedWeights(one, 0)[0]).toBeCloseTo(0.3, 12);
  });

  test('that cannot be met are refused', () => {
    const index = { ...indices[0], rows: Int32Array.of(0), cap: 0.5 };
    expect(() => liveBook(prices, [index])).toThrow(Refusal);
  });
});
