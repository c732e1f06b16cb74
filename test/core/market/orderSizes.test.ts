/** Order sizes by board: the published cases of STAR, and what every split must satisfy. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderSizes, splitIntoOrders, tradable } from '../../../src/core/index.js';

const STAR = orderSizes('STAR');
const MAIN = orderSizes('');

describe('STAR', () => {
  it('takes 200 to 100,000 shares in a limit order, to 50,000 in a market order, by single shares', () => {
    expect(STAR).toEqual({ least: 200, step: 1, limitOrder: 100_000, marketOrder: 50_000 });
    expect(splitIntoOrders(100_000, STAR, STAR.limitOrder)).toEqual([100_000]);
    expect(splitIntoOrders(100_001, STAR, STAR.limitOrder)).toEqual([50_001, 50_000]);
    expect(splitIntoOrders(100_001, STAR, STAR.marketOrder)).toEqual([33_334, 33_334, 33_333]);
  });

  it('199 shares cannot be bought, 201 can; the nearest that can be is taken', () => {
    expect([99, 100, 199, 200, 201].map((shares) => tradable(shares, 0, STAR))).toEqual([
      0, 200, 200, 200, 201,
    ]);
  });

  it('a holding of 150 is sold whole or not at all', () => {
    expect([-40, -100, -150, -500].map((shares) => tradable(shares, 150, STAR))).toEqual([
      0, -150, -150, -150,
    ]);
  });
});

describe('main board', () => {
  it('buys hundreds, and sells what is odd with the rest', () => {
    expect([149, 150, 250.4].map((shares) => tradable(shares, 0, MAIN))).toEqual([100, 200, 300]);
    expect(tradable(-1050, 1050, MAIN)).toBe(-1050);
    expect(splitIntoOrders(1_000_050, MAIN, MAIN.limitOrder)).toEqual([500_050, 500_000]);
    expect(splitIntoOrders(2_000_000, MAIN, MAIN.limitOrder)).toEqual([1_000_000, 1_000_000]);
  });
});

describe('any order', () => {
  const boards = fc.constantFrom('STAR', 'ChiNext', 'BSE', '');
  it('is split into as few as can be, none too large, none too small, all of it', () => {
    fc.assert(
      fc.property(boards, fc.integer({ min: 1, max: 20_000_000 }), fc.boolean(), (board, shares, market) => {
        const sizes = orderSizes(board);
        const largest = market ? sizes.marketOrder : sizes.limitOrder;
        const orders = splitIntoOrders(shares, sizes, largest);
        expect(orders.reduce((a, b) => a + b, 0)).toBe(shares);
        expect(orders).toHaveLength(Math.ceil(shares / largest));
        for (const order of orders) {
          expect(order).toBeLessThanOrEqual(largest);
          if (shares >= sizes.least) expect(order).toBeGreaterThanOrEqual(sizes.least);
        }
        const odd = orders.filter((order) => order % sizes.step !== 0).length;
        expect(odd).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('what can be traded is within a step or the least order of what is wanted, and never more than is held', () => {
    fc.assert(
      fc.property(
        boards,
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.nat(1_000_000),
        (board, wanted, held) => {
          const sizes = orderSizes(board);
          const got = tradable(wanted, held, sizes);
          expect(got).toBeGreaterThanOrEqual(-held);
          expect(got === 0 || Math.sign(got) === Math.sign(wanted)).toBe(true);
          if (got > 0) expect([got >= sizes.least, got % sizes.step]).toEqual([true, 0]);
          if (got < 0 && got !== -held)
            expect([-got >= sizes.least, (-got % sizes.step) + 0]).toEqual([true, 0]);
          const meant = Math.max(wanted, -held);
          expect(Math.abs(got - meant)).toBeLessThanOrEqual(Math.max(sizes.least, sizes.step));
        },
      ),
    );
  });
});
