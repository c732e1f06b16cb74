/**
 * Rows 27 to 32 of the published table (docs/trading.md): prices, sizes, fees and halts worked out from the rules by
 * hand, two of them printed elsewhere (an open course; a listed price).
 */
import { describe, expect, test } from 'vitest';
import { parseDay, USUAL_COMMISSION, type Day } from '../../../src/core/index.js';
import { boardOfCode, boardRulesOn } from '../../../src/core/exchange/boardRules.js';
import { callAuction, type AuctionOrder } from '../../../src/core/exchange/callAuction.js';
import { fen, fenOf, type Fen } from '../../../src/core/exchange/fen.js';
import { feesInFen, totalFees } from '../../../src/core/exchange/feesInFen.js';
import { haltsOf } from '../../../src/core/exchange/halts.js';
import { checkOrder, type OrderContext, type OrderTerms } from '../../../src/core/exchange/orderCheck.js';
import { cageBase, cagePrice, priceRange } from '../../../src/core/exchange/priceRange.js';

const day = (text: string): Day => parseDay(text) as Day;
const orders = (...list: readonly (readonly [number, number])[]): AuctionOrder[] =>
  list.map(([price, quantity]) => ({ price: fenOf(price), quantity }));

describe('27: call auction', () => {
  const buys = orders([10.02, 300], [10.01, 400], [10, 500]);
  const sells = orders([9.99, 200], [10, 600], [10.01, 300]);

  test('the most is traded at 10.00: 800 shares', () => {
    expect(callAuction(buys, sells, { exchange: 'SSE' })).toEqual({ price: 1000, volume: 800 });
  });

  const [one, other] = [orders([10.06, 1000]), orders([10, 1000])];
  test('Shanghai takes the middle of what is equally good', () => {
    expect(callAuction(one, other, { exchange: 'SSE' })).toEqual({ price: 1003, volume: 1000 });
  });

  test('Shenzhen takes the nearest to the reference, under both meanings of what may be chosen', () => {
    const szse = { exchange: 'SZSE', reference: fenOf(10.05) } as const;
    expect(callAuction(one, other, { ...szse, candidates: 'order-prices' })?.price).toBe(1006);
    expect(callAuction(one, other, { ...szse, candidates: 'every-tick' })?.price).toBe(1005);
  });

  test('without a meeting of the sides there is no price', () => {
    expect(callAuction(orders([9, 100]), orders([10, 100]), { exchange: 'SSE' })).toBeUndefined();
    expect(callAuction([], [], { exchange: 'SSE' })).toBeUndefined();
  });
});

describe('28: price limits', () => {
  test.each([
    [11.4, 10, 12.54, 10.26],
    [1405, 20, 1686, 1124],
    [10.05, 10, 11.06, 9.05],
    [7.77, 10, 8.55, 6.99],
  ])('%f +- %d %% is %f and %f', (close, percent, up, down) => {
    expect(priceRange(fenOf(close), percent)).toEqual({ lowest: fenOf(down), highest: fenOf(up) });
  });
});

describe('29: price cage', () => {
  const [main, star] = (['sse-main', 'star'] as const).map(
    (board) => boardRulesOn(board, day('2025-09-12')).cage,
  );
  test('the main board has a floor of ten ticks, STAR has none', () => {
    expect(cagePrice('buy', fenOf(2.12), main)).toBe(222);
    expect(cagePrice('buy', fenOf(20), main)).toBe(2040);
    expect(cagePrice('buy', fenOf(20), star)).toBe(2040);
    expect(cagePrice('sell', fenOf(1202), star)).toBe(117_796);
  });

  test('the base is the other side, else the own side, else the last price, else the close before', () => {
    const none = { bid: undefined, ask: undefined, last: undefined, previousClose: fen(100) };
    expect(cageBase('buy', { ...none, ask: fen(103), bid: fen(102), last: fen(101) })).toBe(103);
    expect(cageBase('buy', { ...none, bid: fen(102), last: fen(101) })).toBe(102);
    expect(cageBase('sell', { ...none, ask: fen(103), bid: fen(102) })).toBe(102);
    expect(cageBase('sell', { ...none, ask: fen(103) })).toBe(103);
    expect(cageBase('sell', { ...none, last: fen(101) })).toBe(101);
    expect(cageBase('sell', none)).toBe(100);
  });
});

describe('30: fees', () => {
  test('a sale of one million costs 500 + 10 + 250', () => {
    const fees = feesInFen('sell', fenOf(1e6), day('2025-09-12'), USUAL_COMMISSION);
    expect(fees).toEqual({ stamp: 50_000, transfer: 1_000, commission: 25_000 });
    expect(totalFees(fees)).toBe(76_000);
  });

  test('a purchase bears no duty, a small one the least commission, and until August 2023 duty was double', () => {
    expect(feesInFen('buy', fenOf(1000), day('2025-09-12'), USUAL_COMMISSION)).toEqual({
      stamp: 0,
      transfer: 1,
      commission: 500,
    });
    expect(feesInFen('sell', fenOf(1e6), day('2023-08-25'), USUAL_COMMISSION).stamp).toBe(100_000);
    expect(() => feesInFen('sell', fenOf(1e6), day('2019-08-28'), USUAL_COMMISSION)).toThrow('2022-04-29');
  });
});

describe('31: halts on a day without a limit', () => {
  const at = (time: string): number => {
    const [h, m] = time.split(':').map(Number);
    return h * 3600 + m * 60;
  };
  test('ten minutes, and none beyond 14:57', () => {
    const halts = haltsOf(fenOf(100), [
      { at: at('10:00'), price: fenOf(130) },
      { at: at('14:50'), price: fenOf(160) },
    ]);
    expect(halts.map(({ from, to, percent }) => [from, to, percent])).toEqual([
      [at('10:00'), at('10:10'), 30],
      [at('14:50'), at('14:57'), 60],
    ]);
  });

  test('each step once in each direction', () => {
    const halts = haltsOf(fenOf(100), [
      { at: at('09:40'), price: fenOf(129.99) },
      { at: at('09:41'), price: fenOf(130) },
      { at: at('10:00'), price: fenOf(135) },
      { at: at('10:30'), price: fenOf(70) },
      { at: at('11:00'), price: fenOf(69) },
      { at: at('14:58'), price: fenOf(40) },
    ]);
    expect(halts.map(({ direction, percent }) => [direction, percent])).toEqual([
      ['up', 30],
      ['down', 30],
    ]);
  });
});

describe('32: order sizes', () => {
  const context = (over: Partial<OrderContext> = {}): OrderContext => ({
    rules: boardRulesOn('star', day('2025-09-12')),
    range: undefined,
    suspended: false,
    held: 0,
    boughtToday: 0,
    committed: 0,
    ...over,
  });
  const codes = (order: OrderTerms, over: Partial<OrderContext> = {}): string[] =>
    checkOrder(order, context(over)).objections.map(({ code }) => code);
  const buy = (quantity: number, limit: Fen | undefined = fenOf(100)): OrderTerms => ({
    side: 'buy',
    quantity,
    limit,
  });
  const sell = (quantity: number): OrderTerms => ({ side: 'sell', quantity, limit: fenOf(100) });

  test.each([
    [199, ['order_too_small']],
    [200, []],
    [201, []],
    [100_000, []],
    [100_001, ['order_too_large']],
  ])('a STAR purchase of %d shares: %j', (quantity, expected) => {
    expect(codes(buy(quantity))).toEqual(expected);
  });

  test('market orders are half as large, and the remainder goes as a whole', () => {
    expect(codes({ side: 'buy', quantity: 50_000, limit: undefined })).toEqual([]);
    expect(codes({ side: 'buy', quantity: 50_001, limit: undefined })).toEqual(['order_too_large']);
    expect(codes(sell(150), { held: 150 })).toEqual([]);
    expect(codes(sell(100), { held: 150 })).toEqual(['odd_lot']);
    expect(checkOrder(sell(100), context({ held: 150 })).nearest?.quantity).toBe(150);
  });

  test('what is not there, was bought today or is promised already is not sold', () => {
    expect(codes(sell(300), { held: 200 })).toEqual(['short_sale']);
    expect(codes(sell(300), { held: 300, boughtToday: 300 })).toEqual(['bought_today']);
    expect(codes(sell(300), { held: 500, committed: 300 })).toEqual(['shares_committed']);
  });

  test('the main board buys in hundreds and sells the odd remainder in one order', () => {
    const main = { rules: boardRulesOn('sse-main', day('2025-09-12')) };
    expect(codes(buy(250), main)).toEqual(['order_step']);
    expect(checkOrder(buy(250), context(main)).nearest?.quantity).toBe(200);
    expect(codes(sell(150), { ...main, held: 350 })).toEqual([]);
    expect(codes(sell(130), { ...main, held: 350 })).toEqual(['odd_lot']);
  });

  test('all objections come at once, with the nearest order that passes', () => {
    const range = { lowest: fenOf(80), highest: fenOf(120) };
    const { objections, nearest } = checkOrder(buy(100_500, fenOf(130)), context({ range }));
    expect(objections.map(({ code }) => code)).toEqual(['order_too_large', 'above_limit']);
    expect(nearest).toEqual({ side: 'buy', quantity: 100_000, limit: 12_000 });
  });
});

test('boards by code and by date', () => {
  expect(['688256', '689009', '600519', '000001', '300750', '830799', '920002'].map(boardOfCode)).toEqual([
    'star',
    'star',
    'sse-main',
    'szse-main',
    'chinext',
    'bse',
    'bse',
  ]);
  expect(() => boardOfCode('00700')).toThrow('no board');
  const warned = (text: string): number => boardRulesOn('sse-main', day(text)).warnedLimitPercent;
  expect([warned('2026-07-03'), warned('2026-07-06')]).toEqual([5, 10]);
  expect(() => boardRulesOn('sse-main', day('2020-01-02'))).toThrow('2023-04-10');
});
