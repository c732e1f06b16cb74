/** Price, gross and net return, currencies, rebalances and continuation, by hand. */
import { describe, expect, test } from 'vitest';
import { indexHistory, matrixRows, Refusal, type CorporateAction } from '../../../src/core/index.js';
import { A, B, basketOf, C, day, historyOf, indexSharesAtEnd, marketOf, POLICY } from './markets.js';

const TEN_PERCENT = { rates: {}, otherwise: 0.1, source: 'the test' };

describe('E9 of the rulebook reference', () => {
  const closes = marketOf({ A: [10, 11, 10.8], B: [5, 4.8, 4.8], C: [30, 30, 30.3] });
  const history = indexHistory({
    closes,
    start: basketOf(closes, { A: 100, B: 200 }, 2),
    rebalances: [
      {
        kind: 'index-shares',
        effective: day(2),
        rows: matrixRows(closes, [A, C]),
        shares: Float64Array.of(100, 50),
      },
    ],
    actions: [{ kind: 'dividend', id: A, exDay: day(2), cashPerShare: 0.5 }],
    policy: POLICY,
    tax: TEN_PERCENT,
  });

  test('levels 1000, 1030, and 1030 again with C for B', () => {
    expect([...history.price]).toEqual([1000, 1030, expect.closeTo(1028.0192308, 7)]);
    expect(history.divisor[2]).toBeCloseTo(2.5242718447, 10);
    expect(history.steps.map(({ causes }) => causes)).toEqual([['start'], ['rebalance']]);
  });

  test('gross 1047.8269231, net at 10 % 1045.8461538', () => {
    expect(history.gross[2]).toBeCloseTo(1047.8269231, 7);
    expect(history.net?.[2]).toBeCloseTo(1045.8461538, 7);
  });
});

describe('dividends', () => {
  const market = marketOf({ A: [10, 9, 9], B: [5, 5, 5] });
  const dividend: CorporateAction = { id: A, exDay: day(1), kind: 'dividend', cashPerShare: 1 };

  test('let the price index fall and the gross index stand', () => {
    const { price, gross, net } = historyOf(market, [dividend], { tax: TEN_PERCENT });
    expect([...price]).toEqual([1000, 950, 950]);
    expect([...gross]).toEqual([1000, 1000, 1000].map((level) => expect.closeTo(level, 9)));
    expect([...(net as Float64Array)]).toEqual([1000, 995, 995].map((level) => expect.closeTo(level, 9)));
  });

  test('reinvested before the open ride the day: 950 grows by 2000 / 1900', () => {
    const risen = marketOf({ A: [10, 9.9, 9.9], B: [5, 5, 5] });
    const atOpen = historyOf(risen, [dividend], { policy: { ...POLICY, reinvestment: 'at-open' } });
    const atClose = historyOf(risen, [dividend]);
    expect(atOpen.gross[1]).toBeCloseTo((995 * 2000) / 1900, 9);
    expect(atClose.gross[1]).toBeCloseTo(995 + 50, 9);
  });

  test('are paid on the shares held before a bonus of the same day', () => {
    const bonus: CorporateAction = { id: A, exDay: day(1), kind: 'bonus', perShare: 1 };
    const { gross } = historyOf(marketOf({ A: [10, 4.5], B: [5, 5] }), [bonus, dividend]);
    expect(gross[1]).toBeCloseTo(1000, 9);
  });

  test('that are special: adjusted in the price index, or left to fall', () => {
    const special: CorporateAction = { ...dividend, kind: 'special-dividend' } as CorporateAction;
    const adjusted = historyOf(market, [special], { tax: TEN_PERCENT });
    expect([adjusted.price[1], adjusted.gross[1]]).toEqual([
      expect.closeTo(1000, 9),
      expect.closeTo(1000, 9),
    ]);
    // 10 of tax on a value of 2000.
    expect(adjusted.net?.[1]).toBeCloseTo((1000 * 1900) / 1910, 9);
    const left = historyOf(market, [special], { policy: { ...POLICY, specialDividends: 'leave' } });
    expect([left.price[1], left.gross[1]]).toEqual([950, expect.closeTo(1000, 9)]);
  });

  test('are taxed by country; a country without a rate is refused', () => {
    const both: CorporateAction[] = [dividend, { ...dividend, id: B } as CorporateAction];
    const tax = { rates: { CN: 0.1, US: 0.3 }, source: 'the test' };
    const listings = { indexCurrency: 'CNY', countries: ['CN', 'US'] };
    const { price, net } = historyOf(market, both, { tax, listings });
    // 100 x 0.9 + 200 x 0.7 = 230 over the divisor of 2.
    expect((net as Float64Array)[1]).toBeCloseTo(price[1] + 115, 9);
    const unknown = { tax, listings: { ...listings, countries: ['CN', 'HK'] } };
    expect(() => historyOf(market, both, unknown)).toThrow(Refusal);
  });

  test('without a tax table there is no net return', () => {
    expect(historyOf(market, [dividend]).net).toBeUndefined();
  });
});

describe('currencies', () => {
  const closes = marketOf({ A: [10, 11], B: [5, 5] });
  const rates = { USD: Float64Array.of(7, 7.7) };
  const listings = { indexCurrency: 'CNY', currencies: ['CNY', 'USD'], rates };
  // A 1000, B 200 x 5 x 7 = 7000.
  const start = basketOf(closes, { A: 100, B: 200 }, 8);

  test('move the level with their rate', () => {
    const { price } = historyOf(closes, [], { start, listings });
    expect([...price]).toEqual([1000, expect.closeTo((1100 + 7700) / 8, 9)]);
  });

  test('convert dividends at the rate of the ex-day', () => {
    const dividend: CorporateAction = { id: B, exDay: day(1), kind: 'dividend', cashPerShare: 1 };
    const { price, gross } = historyOf(closes, [dividend], { start, listings });
    expect(gross[1]).toBeCloseTo(price[1] + (200 * 7.7) / 8, 9);
  });

  test('change with a listing: the last close is restated, the level stands', () => {
    const moved = marketOf({ A: [10, 10], B: [5, 35] });
    const change: CorporateAction = { id: B, exDay: day(1), kind: 'currency', currency: 'CNY' };
    const still = { indexCurrency: 'CNY', currencies: ['CNY', 'USD'], rates: { USD: Float64Array.of(7, 7) } };
    const cross = historyOf(moved, [change], { start, listings: still });
    expect([...cross.price]).toEqual([1000, expect.closeTo(1000, 9)]);
    // Restated at 6.9 instead of 7: 100 CNY per 1 USD of price leave the value, the divisor follows.
    const stated = historyOf(moved, [{ ...change, rate: 6.9 }], { start, listings: still });
    expect(stated.divisor[1]).toBeCloseTo((8 * 7900) / 8000, 12);
  });

  test('without a rate are refused', () => {
    const broken = { ...listings, rates: { USD: Float64Array.of(7, Number.NaN) } };
    expect(() => historyOf(closes, [], { start, listings: broken })).toThrow(/USD on 1970-01-02/);
    expect(() => historyOf(closes, [], { start, listings: { ...listings, rates: {} } })).toThrow(Refusal);
  });
});

describe('a basket in weights', () => {
  const closes = marketOf({ A: [10, 10, 12, 12], B: [5, 5, 5, 10], C: [20, 20, 10, 10] });
  const weights = {
    kind: 'target-weights',
    pricedOn: day(1),
    effective: day(3),
    rows: Int32Array.of(1, 2),
    weights: Float64Array.of(0.6, 0.4),
  } as const;

  test('is carried by prices to the swap close, and the level stands there', () => {
    const history = historyOf(closes, [], { rebalances: [weights] });
    // 0.6 stays, 0.4 halves: 3/4 and 1/4 at the swap; then B doubles.
    expect([...history.price]).toEqual([1000, 1000, 1100, expect.closeTo(1100 * 1.75, 9)]);
    expect(history.divisor[3]).toBe(2);
  });

  test('is carried by share actions too', () => {
    const split: CorporateAction = { id: C, exDay: day(2), kind: 'split', ratio: 2 };
    const { price } = historyOf(closes, [split], { rebalances: [weights] });
    // C's halved price was the split.
    expect(price[3]).toBeCloseTo(1100 * 1.6, 9);
  });

  test('is refused when its pricing close is not in the history, or not before it', () => {
    for (const pricedOn of [day(-3), day(3)]) {
      const call = (): unknown => historyOf(closes, [], { rebalances: [{ ...weights, pricedOn }] });
      expect(call).toThrow(/is counted on/);
    }
  });

  test('does not hold a member that was delisted in between', () => {
    const gone: CorporateAction = { id: C, exDay: day(2), kind: 'delisting', at: 'last' };
    const history = historyOf(closes, [gone], { rebalances: [weights] });
    expect(history.price[3]).toBeCloseTo(2200, 9);
    expect(indexSharesAtEnd(closes, history, C)).toBeNaN();
  });
});

test('shares counted at an earlier close are carried to the swap by share actions', () => {
  const closes = marketOf({ A: [10, 10, 5, 5], B: [5, 5, 5, 5] });
  const basket = {
    kind: 'index-shares',
    countedOn: day(1),
    effective: day(3),
    rows: Int32Array.of(0),
    shares: Float64Array.of(70),
  } as const;
  const split: CorporateAction = { id: A, exDay: day(2), kind: 'split', ratio: 2 };
  const history = historyOf(closes, [split], { rebalances: [basket] });
  expect(indexSharesAtEnd(closes, history, A)).toBe(140);
  expect(history.price[3]).toBeCloseTo(1000, 9);
});

test('a history that starts from the end of another goes on as if there had been no break', () => {
  const closes = marketOf({
    A: [10, 11, 9, 9.5, 9.4, 10],
    B: [5, 5.1, 5.2, 2.7, 2.6, 2.5],
    C: [20, 21, 22, 20, 19, 18],
  });
  const actions: CorporateAction[] = [
    { id: A, exDay: day(1), kind: 'dividend', cashPerShare: 0.3 },
    { id: A, exDay: day(2), kind: 'share-change', shares: 103 },
    { id: B, exDay: day(3), kind: 'split', ratio: 2 },
    { id: B, exDay: day(4), kind: 'rights', perShare: 0.1, subscription: 2 },
    { id: A, exDay: day(5), kind: 'dividend', cashPerShare: 0.2 },
  ];
  const rebalances = [{ kind: 'share-update', effective: day(5) }] as const;
  const whole = historyOf(closes, actions, { rebalances, tax: TEN_PERCENT });
  for (let cut = 1; cut < 5; cut++) {
    const part = (from: number, to: number) => ({
      ...closes,
      days: closes.days.slice(from, to + 1),
      close: Float64Array.from(
        closes.ids.flatMap((_, row) => [...closes.close.subarray(row * 6 + from, row * 6 + to + 1)]),
      ),
    });
    const first = historyOf(part(0, cut), actions, { rebalances, tax: TEN_PERCENT });
    const second = historyOf(part(cut, 5), actions, { rebalances, tax: TEN_PERCENT, start: first.end });
    for (const kind of ['price', 'gross', 'net'] as const) {
      expect([...(second[kind] as Float64Array)]).toEqual(
        [...(whole[kind] as Float64Array).subarray(cut)].map((level) => expect.closeTo(level, 9)),
      );
    }
  }
});
