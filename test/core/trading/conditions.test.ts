/** Orders that wait and orders that belong together, on prices of which every step is known. */
import { describe, expect, test } from 'vitest';
import { fen, fenOf } from '../../../src/core/exchange/fen.js';
import { accountOf, type AccountEvent, type OrderRequest } from '../../../src/core/index.js';
import { dryRun } from '../../../src/core/trading/dryRun.js';
import { cancelOrder, placeOrder, replaceOrder } from '../../../src/core/trading/placeOrder.js';
import { replayTo } from '../../../src/core/trading/replay.js';
import { dayAt, FIRST, flat, IDS, marketOf, opened, order, pass, place } from './madeUp.js';

const CASH = 1_000_000_000;
/** Closes of the first security in yuan from the opening on, the last one for ever; the other one stands. */
const market = (closes: readonly number[], extra = {}) =>
  marketOf([flat(0).map((_, i) => (closes[i] ?? closes[closes.length - 1]) * 100), flat(10_000)], extra);
/** `placed 0`, `filled 3` ... of every order, in the order in which it happened. */
const story = (events: readonly AccountEvent[]): string[] =>
  events.flatMap((event) =>
    'order' in event && event.kind !== 'placed' ? [`${event.order} ${event.kind} ${event.day - FIRST}`] : [],
  );
const holding = (shares: number): AccountEvent[] => [
  ...opened(CASH),
  { kind: 'bonus', day: dayAt(0), security: IDS[0], shares },
];
const sell = (over: Partial<OrderRequest>) => order({ side: 'sell', ...over });

describe('a condition', () => {
  test.each([
    ['its own price from above', { kind: 'price', security: IDS[0], direction: 'at-most', threshold: 95 }, 3],
    ['another one’s price', { kind: 'price', security: IDS[1], direction: 'at-least', threshold: 100 }, 1],
    [
      'a price that never comes',
      { kind: 'price', security: IDS[0], direction: 'at-least', threshold: 200 },
      undefined,
    ],
    ['the index', { kind: 'index', direction: 'at-least', threshold: 1002 }, 2],
    ['a session', { kind: 'time', from: dayAt(5) }, 4],
    // Highest close 110 on day 1; 5 % below it is 104.50, and day 2 closes at 104.
    [
      'a fall from the best close',
      { kind: 'trail', security: IDS[0], direction: 'at-most', fraction: 0.05 },
      2,
    ],
    // Lowest close 94 on day 3; 5 % above it is 98.70, reached on day 5.
    [
      'a rise from the worst close',
      { kind: 'trail', security: IDS[0], direction: 'at-least', fraction: 0.05 },
      1,
    ],
    ['a chance', { kind: 'chance', of: 'in', security: IDS[0], direction: 'at-least', threshold: 0.5 }, 4],
  ] as const)('on %s', (_, condition, day) => {
    const traded = market([100, 110, 104, 94, 96, 99], {
      levels: new Map([1, 2, 3].map((i) => [dayAt(i), 1000 + i])),
      // Known on evenings 2 and 4 only.
      chanceOn: (of: string, id: string, session: number) =>
        of === 'in' && id === IDS[0]
          ? new Map([
              [dayAt(2), 0.3],
              [dayAt(4), 0.5],
            ]).get(session as never)
          : undefined,
    });
    const events = pass(place(opened(CASH), traded, order({ condition, security: IDS[1] })), traded, 8);
    expect(story(events)).toEqual(day === undefined ? [] : [`1 triggered ${day}`, `1 filled ${day + 1}`]);
  });

  test('a trailing stop is cut by what goes ex, a price is not meant any more', () => {
    const traded = market([100, 100, 50, 50, 47], {
      actions: [{ id: IDS[0], exDay: dayAt(2), shareRatio: 2 }],
    });
    const trail = { kind: 'trail', security: IDS[0], direction: 'at-most', fraction: 0.05 } as const;
    const price = { kind: 'price', security: IDS[0], direction: 'at-most', threshold: 80 } as const;
    let events = place(holding(400), traded, sell({ condition: trail }));
    events = pass(place(events, traded, sell({ condition: price })), traded, 6);
    expect(story(events)).toEqual(['2 expired 2', '1 triggered 4', '1 filled 5']);
  });
});

describe('a purchase with its ways out', () => {
  const exit = { takeProfit: fenOf(110), stop: { at: fenOf(95) } };
  test.each([
    [
      'the gain is taken',
      [100, 100, 105, 111],
      ['1 filled 1', '2 triggered 1', '3 armed 1', '2 filled 3', '3 cancelled 3'],
    ],
    [
      'the loss is stopped, at the close after',
      [100, 100, 94, 93],
      ['1 filled 1', '2 triggered 1', '3 armed 1', '3 triggered 2', '3 filled 3', '2 cancelled 3'],
    ],
    [
      'neither works before the purchase',
      [100, 115, 115, 115],
      ['1 expired 1', '2 expired 1', '3 expired 1'],
    ],
    // Bought at 94 on day 1: that close is below the stop, but T+1 and the stop looks at the next one.
    [
      'what is bought today is not sold today',
      [100, 94, 96, 96],
      ['1 filled 1', '2 triggered 1', '3 armed 1'],
    ],
  ])('%s', (_, closes, expected) => {
    const traded = market(closes);
    const events = pass(place(opened(CASH), traded, order({ limit: fenOf(101), exit })), traded, 5);
    expect(story(events)).toEqual(expected);
  });

  test('is cancelled whole, and each way out alone', () => {
    const traded = market([100]);
    const placed = place(opened(CASH), traded, order({ exit, limit: fenOf(101) }));
    expect(cancelOrder(accountOf(placed), 1)).toMatchObject([{ order: 1 }, { order: 2 }, { order: 3 }]);
    expect(cancelOrder(accountOf(placed), 2)).toMatchObject([{ order: 2 }]);
  });

  test('replaced, keeps its ways out, and they keep theirs', () => {
    const traded = market([100, 100, 103, 106]);
    let events = place(opened(CASH), traded, order({ exit, limit: fenOf(96) }));
    const change = { quantity: undefined, limit: fenOf(101), clientId: undefined };
    events = [...events, ...replaceOrder(accountOf(events), traded, 1, change).events];
    events = pass(events, traded, 1);
    const lower = { quantity: undefined, limit: fenOf(105), clientId: undefined };
    events = [...events, ...replaceOrder(accountOf(events), traded, 2, lower).events];
    expect(story(pass(events, traded, 4))).toEqual([
      '1 cancelled 0',
      '4 filled 1',
      '2 triggered 1',
      '3 armed 1',
      '2 cancelled 1',
      '5 filled 3',
      '3 cancelled 3',
    ]);
  });

  test('a way out of it is replaced by one that the board takes', () => {
    const traded = market([100]);
    const account = accountOf(place(opened(CASH), traded, order({ exit, limit: fenOf(96) })));
    const change = { quantity: 199, limit: 'same', clientId: undefined } as const;
    for (const id of [2, 3]) {
      expect(() => replaceOrder(account, traded, id, change)).toThrow(
        /below 200 shares is sold in one order\. The nearest order that is: sell 200/,
      );
      expect(replaceOrder(account, traded, id, { ...change, quantity: 200 }).events).toHaveLength(2);
    }
    // Taken is what was bought, however many that will be.
    expect(replaceOrder(account, traded, 2, { ...change, quantity: 900 }).events).toHaveLength(2);
    expect(() => replaceOrder(account, traded, 2, { ...change, quantity: 100_001 })).toThrow(
      'at most 100000 shares in one order',
    );
  });

  test('neither a purchase nor a gain is replaced by a price beyond the others', () => {
    const traded = market([100]);
    const both = { takeProfit: fenOf(110), stop: { at: fenOf(90) } };
    const account = accountOf(place(opened(CASH), traded, order({ exit: both, limit: fenOf(100) })));
    const priced = (id: number, yuan: number) =>
      replaceOrder(account, traded, id, { quantity: undefined, limit: fenOf(yuan), clientId: undefined });
    expect(() => priced(1, 110)).toThrow('the gain is taken above the price of the purchase, 110.00');
    expect(() => priced(1, 90)).toThrow('the stop is below the price of the purchase, 90.00');
    expect(() => priced(2, 100)).toThrow('the gain is taken above the price of the purchase, 100.00');
    expect(() => priced(2, 90)).toThrow('the stop is below the price at which the gain is taken');
    expect(priced(1, 109).events).toHaveLength(2);
    expect(priced(2, 101).events).toHaveLength(2);
  });

  test('a purchase that lies outside of its ways out is not taken', () => {
    const traded = market([100]);
    const wrong = order({ limit: fenOf(101), exit: { takeProfit: fenOf(101), stop: { at: fenOf(101) } } });
    expect(() => placeOrder(accountOf(opened(CASH)), traded, wrong)).toThrow(
      /stop is below the price at which.*below the price of the purchase, 101.00.*above the price of the purchase/,
    );
  });
});

test('two orders of a pair sell the same shares: one goes when the other is filled', () => {
  const traded = market([100, 100, 107, 101]);
  const exit = { takeProfit: fenOf(120), stop: { trail: 0.05 } };
  const events = place(holding(400), traded, sell({ quantity: 400, exit }));
  // 107 less 5 % is 101.65; day 3 closes at 101 and the sale is on day 4.
  expect(story(pass(events, traded, 6))).toEqual(['2 triggered 3', '2 filled 4', '1 cancelled 4']);
  expect(() => place(events, traded, sell({ quantity: 200 }))).toThrow(
    '400 of 400 shares are in other open orders',
  );
});

describe('an account that takes a share of the volume', () => {
  /** 1,000 shares are traded in every session, at 100. */
  const thin = () => {
    const traded = market([100, 100, 100, 100, 130]);
    traded.market.prices.value.fill(100_000);
    return traded;
  };
  const open = (): AccountEvent[] => [{ ...opened(CASH)[0], participation: 0.3 } as AccountEvent];

  test('is filled in parts, and its ways out are for what was bought', () => {
    const traded = thin();
    const exit = { takeProfit: fenOf(120), stop: undefined };
    const events = pass(place(open(), traded, order({ quantity: 500, limit: fenOf(100), exit })), traded, 3);
    expect(story(events)).toEqual(['1 filled 1', '1 expired 1', '2 reduced 1', '2 triggered 1']);
    const { orders, balances } = accountOf(events);
    expect([orders[0].reason, orders[1].quantity]).toEqual(['not_enough_volume', 300]);
    expect(balances.holdings.get(IDS[0])).toEqual({ shares: 300, cost: 3_000_000 });
  });

  test('is replaced after a part was bought, and its ways out are for that part too', () => {
    const traded = thin();
    const exit = { takeProfit: fenOf(120), stop: { at: fenOf(90) } };
    const whole = order({ quantity: 500, limit: fenOf(100), validity: 'open', exit });
    let events = pass(place(open(), traded, whole), traded, 1);
    const dearer = { quantity: undefined, limit: fenOf(101), clientId: undefined };
    events = [...events, ...replaceOrder(accountOf(events), traded, 1, dearer).events];
    expect(() => place(events, traded, sell({ quantity: 300 }))).toThrow(
      '300 of 300 shares are in other open orders',
    );
    events = pass(events, traded, 2);
    expect(story(events)).toEqual([
      '1 filled 1',
      '1 cancelled 1',
      '4 filled 2',
      '2 triggered 2',
      '3 armed 2',
    ]);
    expect(accountOf(events).orders.map(({ quantity }) => quantity)).toEqual([500, 500, 500, 200]);
  });

  test('goes on with an open order, and reduces the other one of a pair', () => {
    const traded = thin();
    const start = [...open(), holding(700)[1]];
    const exit = { takeProfit: fenOf(100), stop: { at: fenOf(90) } };
    const events = pass(place(start, traded, sell({ quantity: 700, exit })), traded, 3);
    expect(story(events)).toEqual([
      '1 filled 1',
      '2 reduced 1',
      '1 filled 2',
      '2 reduced 2',
      '1 filled 3',
      '2 cancelled 3',
    ]);
    const { orders } = accountOf(events);
    expect(orders[0]).toMatchObject({
      state: 'filled',
      fills: [{ quantity: 300 }, { quantity: 300 }, { quantity: 100 }],
    });
  });

  test('shares it among its orders', () => {
    const traded = thin();
    const two = place(place(open(), traded, order({ quantity: 200 })), traded, order({ quantity: 200 }));
    const { orders } = accountOf(pass(two, traded, 1));
    expect(orders.map(({ fills }) => fills.map(({ quantity }) => quantity))).toEqual([[200], [100]]);
  });
});

test('slices are orders of their own, each for one session', () => {
  const traded = market([100, 100, 104, 100]);
  const slices = [1, 2, 3].map((i) => ({ session: dayAt(i), quantity: 200 }));
  const request = order({ quantity: 600, limit: fenOf(101), slices, clientId: 's' });
  const placed = place(opened(CASH), traded, request);
  expect(place(placed, traded, request)).toEqual(placed);
  expect(story(pass(placed, traded, 5))).toEqual([
    '1 filled 1',
    '2 triggered 1',
    '2 expired 2',
    '3 triggered 2',
    '3 filled 3',
  ]);
  const past = order({ quantity: 200, slices: [{ session: dayAt(0), quantity: 200 }] });
  expect(() => place(opened(CASH), traded, past)).toThrow('slices are for sessions from 2025-01-02 on');
});

test('rights are taken up where they cost less than the share', () => {
  const rights = (subscription: number) => [
    { kind: 'rights', id: IDS[0], exDay: dayAt(2), perShare: 0.3, subscription },
  ];
  const after = (subscription: number) =>
    accountOf(pass(holding(1001), market([100, 100, 90], { rights: rights(subscription) }), 3)).balances;
  // 300.3 rights: the fraction falls away.
  expect(after(60).holdings.get(IDS[0])).toEqual({ shares: 1301, cost: 300 * 6000 });
  expect(after(60).cash).toBe(CASH - 300 * 6000);
  expect(after(120).holdings.get(IDS[0])).toEqual({ shares: 1001, cost: 0 });
});

test('a dry run is what would have come of it', () => {
  const traded = market([100, 110, 104, 94, 96, 99]);
  const condition = { kind: 'price', security: IDS[0], direction: 'at-most', threshold: 95 } as const;
  const request = sell({ condition, quantity: 300 });
  const run = dryRun(traded, request, dayAt(0), dayAt(5));
  expect(story(run.events)).toEqual(['1 triggered 3', '1 filled 4']);
  expect(run.startClose).toBe(fen(10_000));
  expect(run.sights.map(({ sight }) => sight?.met)).toEqual([false, false, true, false, false]);
  const real = place(holding(300), traded, request);
  expect(story(replayTo(real, traded, dayAt(5)))).toEqual(story(run.events));
});
