/** One fund's trade list: a case by hand, and what every list must satisfy. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderSizes, tradeList, type Position } from '../../../src/core/index.js';
import { refusalOf } from '../refusals.js';

const STAR = orderSizes('STAR');
const free = (): number => 0;
const position = (held: number, price: number, weight: number, more: Partial<Position> = {}): Position => ({
  held,
  sellable: held,
  price,
  weight,
  sizes: STAR,
  canBuy: true,
  canSell: true,
  ...more,
});

describe('by hand', () => {
  it('an even fund of 1,000,000 goes to 60 and 40 %, a deletion is sold whole', () => {
    const list = tradeList(
      [position(45_000, 10, 0.6), position(22_500, 20, 0.4), position(100, 1000, 0)],
      0,
      0,
      free,
    );
    expect(list).toEqual({ trades: [15_000, -2_500, -100], fees: [0, 0, 0], cash: 0 });
  });

  it('fees come out of the fund: 0.1 % of what is traded', () => {
    const { trades, fees, cash } = tradeList(
      [position(0, 10, 1)],
      1_000_000,
      0,
      (value) => Math.abs(value) * 0.001,
    );
    // 1,000,000 / 10.01.
    expect(trades).toEqual([99_900]);
    expect(fees[0]).toBeCloseTo(999, 6);
    expect(cash).toBeCloseTo(1, 6);
  });

  it('a name that cannot be traded stays, the others share the rest by weight', () => {
    const { trades } = tradeList(
      [
        position(50_000, 10, 0.2, { canBuy: false, canSell: false }),
        position(0, 10, 0.4),
        position(50_000, 10, 0.4),
      ],
      0,
      0,
      free,
    );
    expect(trades).toEqual([0, 25_000, -25_000]);
  });

  it('shares bought today are not sold, nor is anything bought at the upper limit', () => {
    const { trades, cash } = tradeList(
      [position(60_000, 10, 0, { sellable: 20_000 }), position(40_000, 10, 1, { canBuy: false })],
      0,
      0,
      free,
    );
    expect([trades, cash]).toEqual([[-20_000, 0], 200_000]);
  });

  it('debts are paid by sales, or refused with what they come to', () => {
    expect(tradeList([position(10_000, 10, 1)], -20_000, 0, free).trades).toEqual([-2_000]);
    const refused = refusalOf(() => tradeList([position(1000, 10, 1)], -20_000, 0, free));
    expect([refused.code, refused.numbers.cash]).toEqual(['cash_short', -10_000]);
  });
});

const positions = fc.array(
  fc.record({
    held: fc.nat(1_000_000),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
    price: fc.integer({ min: 100, max: 200_000 }).map((cents) => cents / 100),
    weight: fc.double({ min: 0, max: 1, noNaN: true }),
    board: fc.constantFrom('STAR', 'ChiNext', ''),
    canBuy: fc.boolean(),
    canSell: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
);

describe('any fund', () => {
  it('spends what it has, trades what boards take, sells what it may', () => {
    fc.assert(
      fc.property(positions, fc.nat(100_000_000), fc.nat(1_000_000), (all, cash, keep) => {
        const total = all.reduce((sum, { weight }) => sum + weight, 0) || 1;
        const list = all.map(({ part, board, weight, ...one }): Position => ({
          ...one,
          sellable: Math.floor(one.held * part),
          weight: weight / total,
          sizes: orderSizes(board),
        }));
        const feeOf = (value: number): number => 5 + Math.abs(value) * 0.0003;
        if (cash < keep) return;
        const { trades, fees, cash: left } = tradeList(list, cash, keep, feeOf);
        let counted = cash;
        trades.forEach((shares, i) => {
          const { price, sellable, sizes, canBuy, canSell } = list[i];
          counted -= shares * price + (shares === 0 ? 0 : feeOf(shares * price));
          expect(fees[i]).toBe(shares === 0 ? 0 : feeOf(shares * price));
          if (shares > 0)
            expect([canBuy, shares >= sizes.least, shares % sizes.step]).toEqual([true, true, 0]);
          if (shares < 0) {
            expect([canSell, -shares <= sellable]).toEqual([true, true]);
            if (-shares < sellable)
              expect([-shares >= sizes.least, (-shares % sizes.step) + 0]).toEqual([true, 0]);
          }
        });
        expect(left).toBeGreaterThanOrEqual(keep);
        expect(left).toBeCloseTo(counted, 3);
      }),
    );
  });

  it('free to trade, it ends within an order of every weight', () => {
    const funds = fc.array(fc.record({ held: fc.nat(1_000_000), price: fc.integer({ min: 5, max: 500 }) }), {
      minLength: 2,
      maxLength: 8,
    });
    fc.assert(
      fc.property(funds, (all) => {
        const weight = 1 / all.length;
        const list = all.map(({ held, price }) => position(held, price, weight));
        const fund = all.reduce((sum, { held, price }) => sum + held * price, 0);
        const { trades, cash } = tradeList(list, 0, 0, free);
        const off = all.map(({ held, price }, i) => Math.abs((held + trades[i]) * price - weight * fund));
        const order = 200 * Math.max(...all.map(({ price }) => price));
        for (const one of off) expect(one).toBeLessThanOrEqual(all.length * order + 1e-6 * fund);
        expect(cash).toBeLessThanOrEqual(all.length * order + 1e-6 * fund);
      }),
    );
  });
});
