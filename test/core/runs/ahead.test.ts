/** Ahead of the Cambricon sale of September 2025: the flow at other prices beside the arithmetic of a cap. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  InputError,
  runAhead,
  securityId,
  type AheadRequest,
  type AheadRun,
  type IndexData,
} from '../../../src/core/index.js';
import { bundle } from '../bundle.js';
import { day } from '../days.js';

let data: IndexData;
beforeAll(async () => {
  data = await bundle();
});

const ahead = (change: Partial<AheadRequest> = {}): AheadRun =>
  runAhead(data, {
    effective: day('2025-09-15'),
    knownAt: day('2025-09-03'),
    security: securityId('688256'),
    shares: 500_000,
    ...change,
  });

describe('before the capping factors are priced', () => {
  it('a weight cut to ten percent sells less after a fall: (w (1 + x) / (1 + w x) - 10 %) of the assets', () => {
    const { moves, impact } = ahead();
    const { trade } = impact;
    const assets = trade.value / (trade.weightAfter - trade.weightBefore);
    for (const { move, flowValue, flowShares } of moves) {
      const weight = (trade.weightBefore * (1 + move)) / (1 + trade.weightBefore * move);
      const wanted = -(weight - 0.1) * assets;
      expect(Math.abs(flowValue / wanted - 1)).toBeLessThan(2e-3);
      const price = (trade.value / trade.shares) * (1 + move);
      expect(flowShares).toBeCloseTo(flowValue / price, 0);
    }
    expect(moves.map(({ gain }) => gain)).toEqual(moves.map(({ gain }) => gain).toSorted((a, b) => a - b));
  });

  it('fees of both trades are taken off, and sessions are counted to the swap close', () => {
    const { gain, fees, impact, sessionsLeft, priceRisk, crowding, breakEven } = ahead();
    expect(fees).toBeCloseTo(0.0005 + 2 * (0.00001 + 0.00025), 12);
    const { volatility, advShares } = impact.liquidity;
    const law = (shares: number): number => volatility * Math.sqrt(shares / advShares);
    expect(gain).toBeCloseTo(law(-impact.trade.shares) - (2 / 3) * law(500_000) - fees, 12);
    expect([sessionsLeft, priceRisk]).toEqual([7, expect.closeTo(volatility * Math.sqrt(7), 12)]);
    crowding.slice(1).forEach((row, i) => expect(row.gain).toBeLessThan(crowding[i].gain));
    expect(crowding.at(-1)?.gain).toBeLessThan(0);
    expect(breakEven).toBe(2.25);
  });
});

it('once they are priced, both weights move with the price, and the shares to sell by less than that', () => {
  const { moves, sessionsLeft, priceRisk, impact } = ahead({ knownAt: day('2025-09-12') });
  const { weightBefore, weightAfter, value, shares } = impact.trade;
  const perWeight = shares / (weightAfter - weightBefore);
  for (const { move, flowShares } of moves) {
    const wanted =
      perWeight * (weightAfter / (1 + weightAfter * move) - weightBefore / (1 + weightBefore * move));
    expect(flowShares / wanted).toBeCloseTo(1, 9);
  }
  expect(value).toBeLessThan(0);
  expect([sessionsLeft, priceRisk]).toEqual([0, 0]);
});

it('a position of nothing is refused', () => {
  expect(() => ahead({ shares: 0 })).toThrow(InputError);
});
