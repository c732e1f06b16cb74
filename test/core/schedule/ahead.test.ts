/** Trading ahead by the square-root law, beside an order book walked share by share. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BREAK_EVEN, gainAhead, type Liquidity } from '../../../src/core/index.js';

const liquidity: Liquidity = {
  advShares: 1e6,
  volatility: 0.02,
  sharesOutstanding: Number.NaN,
  spread: Number.NaN,
};
const price = (taken: number): number => 0.02 * Math.sqrt(taken / 1e6);

it('is the closing price less the mean of the prices on the way', () => {
  const [flow, ahead, steps] = [400_000, 100_000, 100_000];
  let paid = 0;
  for (let i = 0; i < steps; i++) paid += price(((i + 0.5) * ahead) / steps) / steps;
  expect(gainAhead(flow, ahead, liquidity).gain).toBeCloseTo(price(flow) - paid, 7);
});

it('is nothing when two and a quarter times the flow is ahead, and less than nothing beyond', () => {
  expect(BREAK_EVEN).toBe(2.25);
  expect(gainAhead(400_000, 900_000, liquidity).gain).toBeCloseTo(0, 14);
  expect(gainAhead(400_000, 950_000, liquidity).gain).toBeLessThan(0);
});

it('shrinks with every share ahead and grows with the flow; the band holds it', () => {
  const sizes = fc.double({ min: 1, max: 1e7, noNaN: true });
  fc.assert(
    fc.property(sizes, sizes, fc.double({ min: 1.01, max: 3, noNaN: true }), (flow, ahead, more) => {
      const { gain, band } = gainAhead(flow, ahead, liquidity);
      expect(gainAhead(flow, ahead * more, liquidity).gain).toBeLessThan(gain);
      expect(gainAhead(flow * more, ahead, liquidity).gain).toBeGreaterThan(gain);
      expect(band[0]).toBeLessThanOrEqual(gain);
      expect(band[1]).toBeGreaterThanOrEqual(gain);
    }),
  );
});
