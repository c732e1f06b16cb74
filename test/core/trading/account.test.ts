/** Single orders on a made-up market of which every step is known. */
import { describe, expect, test } from 'vitest';
import { fenOf, yuanOf } from '../../../src/core/exchange/fen.js';
import { accountOf, formatDay, type SecurityId } from '../../../src/core/index.js';
import { replayTo } from '../../../src/core/trading/replay.js';
import { dayAt, FIRST, flat, IDS, marketOf, opened, order, pass, place, SESSIONS } from './madeUp.js';

describe('what happens to orders', () => {
  test('the same client id is one order', () => {
    const traded = marketOf([flat(10_000), flat(10_000)]);
    const once = place(opened(10_000_000), traded, order({ clientId: 'a' }));
    expect(place(once, traded, order({ clientId: 'a', quantity: 300 }))).toEqual(once);
    expect(place(once, traded, order({ clientId: 'b' }))).toHaveLength(3);
  });

  test('a condition wakes an order at a close, and it trades at the next', () => {
    const rising = Array.from({ length: SESSIONS }, (_, i) => 10_000 + 100 * i);
    const traded = marketOf([rising, flat(10_000)]);
    const condition = { kind: 'price', security: IDS[0], direction: 'at-least', threshold: 103 } as const;
    const events = pass(
      place(opened(10_000_000), traded, order({ security: IDS[1], condition, validity: 'open' })),
      traded,
      10,
    );
    const happened = events.filter(({ kind }) => kind === 'triggered' || kind === 'filled');
    expect(happened.map(({ kind, day }) => [kind, day - FIRST])).toEqual([
      ['triggered', 3],
      ['filled', 4],
    ]);
  });

  test('bonus shares and dividends come on the ex-day, at the cost there was; an order priced before it ends', () => {
    const halved = flat(10_000).map((close, i) => (i < 5 ? close : 5_000));
    const traded = marketOf([halved, flat(10_000)], {
      actions: [{ id: IDS[0], exDay: dayAt(5), shareRatio: 2 }],
      dividends: [{ kind: 'dividend', id: IDS[1], exDay: dayAt(3), cashPerShare: 0.5 }],
    });
    let events = place(opened(10_000_000), traded, order());
    events = place(events, traded, order({ security: IDS[1] }));
    events = pass(events, traded, 2);
    events = place(events, traded, order({ side: 'sell', limit: fenOf(110), validity: 'open' }));
    const { balances, orders } = accountOf(pass(events, traded, 6));
    expect(balances.holdings.get(IDS[0])).toEqual({ shares: 400, cost: 2_000_000 });
    expect(yuanOf(balances.dividends)).toBe(100);
    expect(orders[2]).toMatchObject({ state: 'expired', reason: 'ex_date' });
  });

  test.each([
    ['locked_limit', [10_000, 12_000], undefined],
    ['not_reached', [10_000, 10_500], 104],
    ['suspended', [10_000, 0, 10_000], undefined],
  ])('%s: the order of the day is not filled', (reason, closes, limit) => {
    const traded = marketOf([closes, flat(10_000)]);
    const request = order({ limit: limit === undefined ? undefined : fenOf(limit) });
    const { orders, balances } = accountOf(pass(place(opened(10_000_000), traded, request), traded, 1));
    expect(orders[0]).toMatchObject({ state: 'expired', reason });
    expect(balances.cash).toBe(10_000_000);
  });

  test('a sale takes the average cost with it, and the last one all that is left', () => {
    const traded = marketOf([[10_000, 10_000, 10_001, 12_000, 12_000, 12_000], flat(10_000)]);
    let events = pass(place(opened(100_000_000), traded, order({ quantity: 201 })), traded, 1);
    events = pass(place(events, traded, order({ quantity: 200 })), traded, 2);
    events = pass(place(events, traded, order({ side: 'sell', quantity: 200 })), traded, 4);
    const cost = 201 * 10_000 + 200 * 10_001;
    const first = Math.floor((2 * cost * 200 + 401) / (2 * 401));
    expect(accountOf(events).balances).toMatchObject({ gains: 200 * 12_000 - first });
    events = pass(place(events, traded, order({ side: 'sell', quantity: 201 })), traded, 5);
    const { balances } = accountOf(events);
    expect(balances.holdings.size).toBe(0);
    expect(balances.gains).toBe(401 * 12_000 - cost);
  });

  test('days that cannot be are refused', () => {
    const traded = marketOf([flat(10_000), flat(10_000)]);
    const events = pass(opened(1_000_000), traded, 3);
    expect(() => replayTo(events, traded, dayAt(3))).toThrow(`close of ${formatDay(dayAt(3))}`);
    expect(() => replayTo(events, traded, dayAt(SESSIONS + 2))).toThrow('the data set ends');
    expect(() => place(events, traded, order({ security: '600519' as SecurityId }))).toThrow('no security');
  });
});
