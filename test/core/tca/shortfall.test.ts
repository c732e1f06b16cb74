/** Shortfall and its parts against a paper portfolio kept beside the real one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  againstBenchmark,
  shortfall,
  sum,
  type Shortfall,
  type ShortfallFill,
  type ShortfallOrder,
} from '../../../src/core/index.js';

const partsOf = ({ delay, impact, timing, opportunity, fees }: Shortfall): number[] => [
  delay,
  impact,
  timing,
  opportunity,
  fees,
];

const prices = fc.integer({ min: 1, max: 200_000 }).map((cents) => cents / 100);
const fills = fc.array(
  fc.record({
    shares: fc.integer({ min: 1, max: 1_000_000 }),
    price: prices,
    reference: prices,
    fees: fc.integer({ min: 0, max: 1_000_000 }).map((cents) => cents / 100),
  }),
  { minLength: 1, maxLength: 12 },
);
const orders = fc.record({
  side: fc.constantFrom('buy' as const, 'sell' as const),
  decisionPrice: prices,
  arrivalPrice: prices,
  endPrice: prices,
});

describe('any order', () => {
  it('parts sum to the total, and the total is what cash and shares lack against the paper portfolio', () => {
    fc.assert(
      fc.property(orders, fills, fc.nat(1_000_000), (order, done, unfilled) => {
        const filled = done.reduce((total, { shares }) => total + shares, 0);
        const whole: ShortfallOrder = { ...order, shares: filled + unfilled };
        const got = shortfall(whole, done);
        expect(sum(partsOf(got))).toBe(got.total);

        // Both start without shares or cash; paper trades at the decision price, free of fees. What is held is worth the end price.
        const sign = order.side === 'buy' ? 1 : -1;
        const worth = (cash: number, held: number): number => cash + held * order.endPrice;
        const paper = worth(-sign * whole.shares * order.decisionPrice, sign * whole.shares);
        const cash = done.reduce((left, { shares, price, fees }) => left - sign * shares * price - fees, 0);
        const real = worth(cash, sign * filled);
        const scale = Math.abs(paper) + Math.abs(real) + got.paperValue + filled * 2000;
        expect(Math.abs(paper - real - got.total)).toBeLessThan(1e-11 * scale);
        expect(got.paperValue).toBe(whole.shares * order.decisionPrice);
      }),
    );
  });

  it('a purchase and a sale at the same prices cost the opposite, apart from fees', () => {
    fc.assert(
      fc.property(orders, fills, (order, done) => {
        const of = (side: 'buy' | 'sell'): number[] =>
          partsOf(shortfall({ ...order, side, shares: 2e7 }, done)).slice(0, 4);
        const [bought, sold] = [of('buy'), of('sell')];
        bought.forEach((part, i) => expect(part).toBeCloseTo(-sold[i], 2));
      }),
    );
  });
});

describe('by hand', () => {
  const order: ShortfallOrder = {
    side: 'sell',
    shares: 1000,
    decisionPrice: 100,
    arrivalPrice: 98,
    endPrice: 90,
  };
  const done: ShortfallFill[] = [
    { shares: 600, price: 96.5, reference: 97, fees: 40 },
    { shares: 200, price: 94, reference: 95, fees: 20 },
  ];

  it('each part', () => {
    expect(shortfall(order, done)).toEqual({
      delay: 1600,
      impact: 600 * 0.5 + 200 * 1,
      timing: 600 * 1 + 200 * 3,
      opportunity: 2000,
      fees: 60,
      total: 1600 + 500 + 1200 + 2000 + 60,
      paperValue: 100_000,
    });
  });

  it('against one price, and against that of each session', () => {
    // Sold at 95.875 in the mean.
    expect(againstBenchmark('sell', done, [98, 98])).toEqual({
      price: 98,
      cost: expect.closeTo((98 - 95.875) / 98, 14),
      money: expect.closeTo(1700, 10),
    });
    expect(againstBenchmark('buy', done, [96, 95])).toEqual({
      price: 95.75,
      cost: expect.closeTo(100 / 76_600, 14),
      money: expect.closeTo(100, 10),
    });
  });

  it('a part counted twice is not the shortfall: arrival in place of decision for what was not done', () => {
    const { total } = shortfall(order, done);
    expect(shortfall({ ...order, decisionPrice: order.arrivalPrice }, done).total).not.toBeCloseTo(total, 0);
  });
});
