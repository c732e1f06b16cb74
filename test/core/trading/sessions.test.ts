/** Orders that trade within the session, on short days of which every minute is known: what comes of them is worked out by hand. */
import { describe, expect, test } from 'vitest';
import { fen, fenOf } from '../../../src/core/exchange/fen.js';
import {
  accountBook,
  accountOf,
  clockTime,
  securityId,
  type AccountEvent,
  type Condition,
  type OrderRequest,
  type QuotedPath,
} from '../../../src/core/index.js';
import { cancelOrder } from '../../../src/core/trading/placeOrder.js';
import { dayAt, FIRST, flat, IDS, marketOf, opened, order, pass, place } from './madeUp.js';

const CASH = 1_000_000_000;
const MINUTES = [
  clockTime(9, 30) + 30_000,
  clockTime(10, 30) + 30_000,
  clockTime(13, 30) + 30_000,
  clockTime(14, 56) + 30_000,
];

/** @param prices in yuan: opening auction, four minutes, closing auction */
function pathOf(prices: readonly number[], over: Partial<QuotedPath> = {}): QuotedPath {
  const same = (shares: number) => new Int32Array(6).fill(shares);
  return {
    clocks: Int32Array.from([clockTime(9, 25), ...MINUTES, clockTime(15, 0)]),
    prices: Int32Array.from(prices, (price) => Math.round(price * 100)),
    volumes: same(10_000),
    bids: same(1000),
    asks: same(1000),
    ...over,
  };
}

/** The first security by session from the first one on, afterwards at its last close for ever; the other one stands at 100. */
function market(days: readonly (QuotedPath | undefined)[], closes: readonly number[] = []) {
  const ends = days.map((path, i) => (path === undefined ? closes[i] * 100 : path.prices[5]));
  const series = flat(10_000).map((_, i) => (i === 0 ? 10_000 : (ends[i - 1] ?? ends[ends.length - 1])));
  return marketOf([series, flat(10_000)], {
    pathOn: (id, day) => (id === IDS[0] ? days[day - FIRST - 1] : pathOf([100, 100, 100, 100, 100, 100])),
  });
}

const open = (cash = CASH): AccountEvent[] => [{ ...opened(cash)[0], fills: 'session' } as AccountEvent];
const holding = (shares: number): AccountEvent[] => [
  ...open(),
  { kind: 'bonus', day: dayAt(0), security: IDS[0], shares },
];
const sell = (over: Partial<OrderRequest>) => order({ side: 'sell', ...over });

/** `1 filled 1 10:30:30 200 at 98.00`, `1 expired 1 not_reached` ... in the order in which it happened. */
const story = (events: readonly AccountEvent[]): string[] =>
  events.flatMap((event) => {
    if (!('order' in event) || event.kind === 'placed') return [];
    const time = 'at' in event && event.at !== undefined ? [clockText(event.at)] : [];
    const more =
      event.kind === 'filled'
        ? [`${event.quantity} at ${(event.price / 100).toFixed(2)}`]
        : event.kind === 'expired'
          ? [event.reason]
          : event.kind === 'reduced'
            ? [String(event.quantity)]
            : [];
    return [[event.order, event.kind, event.day - FIRST, ...time, ...more].join(' ')];
  });

const clockText = (clock: number): string => new Date(clock).toISOString().slice(11, 19);

const run = (
  start: AccountEvent[],
  days: readonly QuotedPath[],
  ...requests: readonly OrderRequest[]
): string[] => {
  const traded = market(days);
  const placed = requests.reduce((events, request) => place(events, traded, request), start);
  return story(pass(placed, traded, days.length));
};

const DIP = pathOf([100, 99, 98, 97, 99, 100]);

describe('a limit order', () => {
  test('is filled at its limit where the way passes it, at the open where that is better, and not where it is not reached', () => {
    expect(
      run(
        open(),
        [DIP],
        order({ limit: fenOf(98) }),
        order({ limit: fenOf(96) }),
        order({ limit: fenOf(105) }),
      ),
    ).toEqual([
      '3 filled 1 09:25:00 200 at 100.00',
      '1 filled 1 10:30:30 200 at 98.00',
      '2 expired 1 not_reached',
    ]);
  });

  test('larger than what trades is filled in parts; the least commission is of the day, not of the part', () => {
    const traded = market([DIP]);
    const events = pass(place(open(), traded, order({ limit: fenOf(98), quantity: 30_000 })), traded, 1);
    expect(story(events)).toEqual([
      '1 filled 1 10:30:30 10000 at 98.00',
      // At 97 all quotes of the market, 1,000 each at 97.01 to 97.05, come to a bid of 98 as well.
      '1 filled 1 13:30:30 15000 at 98.00',
      '1 expired 1 not_enough_volume',
    ]);
    const value = 25_000 * 9800;
    expect(accountOf(events).balances.fees).toBe(Math.round(value * 0.00025) + Math.round(value * 0.00001));
    const small = pass(place(open(), traded, order({ limit: fenOf(98), quantity: 200 })), traded, 1);
    expect(accountOf(small).balances.feesByKind.commission).toBe(500);
  });

  test('at the limit of the day stands behind the queue, in auctions as well', () => {
    const locked = pathOf([120, 120, 120, 120, 120, 120]);
    const closes = pathOf([100, 102, 110, 115, 118, 120]);
    expect(run(open(), [locked], order({ limit: fenOf(120) }), order({}))).toEqual([
      '1 expired 1 locked_limit',
      '2 expired 1 locked_limit',
    ]);
    expect(run(open(), [closes], order({ during: 'close' }))).toEqual(['1 expired 1 locked_limit']);
    // Who sells there finds all of them.
    expect(run(holding(400), [locked], sell({ quantity: 400, limit: fenOf(110) }))).toEqual([
      '1 filled 1 09:25:00 400 at 120.00',
    ]);
  });
});

describe('parts of the day', () => {
  test('the closing auction fills at the close, the opening one at the open, the time after it at the close again', () => {
    expect(
      run(
        open(),
        [pathOf([100, 99, 98, 97, 99, 101])],
        order({ during: 'close' }),
        order({ during: 'open', limit: fenOf(100) }),
        order({ during: 'after-hours' }),
        order({ during: 'after-hours', limit: fenOf(100) }),
        order({ during: 'open', limit: fenOf(99) }),
      ),
    ).toEqual([
      '2 filled 1 09:25:00 200 at 100.00',
      '5 expired 1 09:30:00 not_reached',
      '1 filled 1 15:00:00 200 at 101.00',
      '3 filled 1 15:05:00 200 at 101.00',
      '4 expired 1 not_reached',
    ]);
  });

  test('more than an auction has moves its price by what waits behind it', () => {
    // 10,000 at 100.00 and as many again every 0.10: 25,000 are found up to 100.20.
    expect(
      run(open(), [pathOf([100, 100, 100, 100, 100, 100])], order({ during: 'open', quantity: 25_000 })),
    ).toEqual(['1 filled 1 09:25:00 25000 at 100.20']);
  });
});

test('index funds sell their flow in the closing auction at any price; the close stays, and who buys finds all of it', () => {
  const traded = market([pathOf([100, 99, 98, 97, 99, 101], { closingFlow: -9_000 })]);
  const asked = order({ during: 'close', quantity: 9_000 });
  const events = pass(place(open(), traded, asked), traded, 1);
  expect(story(events)).toEqual(['1 filled 1 15:00:00 9000 at 101.00']);
  const { book } = accountBook(events, traded, {
    security: IDS[0],
    session: dayAt(1),
    clock: clockTime(15, 0),
  });
  expect(book.sells.slice(0, 3)).toEqual([
    [8_000, 9_000],
    [10_100, 1_000],
    [10_110, 10_000],
  ]);
});

describe('market orders', () => {
  // After the first minute asks are 1,000 each at 99.01 to 99.05: a hundredth of a percent of 99 is a fen.
  const quotes = ['1000 at 99.01', '1000 at 99.02', '1000 at 99.03', '1000 at 99.04', '1000 at 99.05'];
  const filled = (parts: readonly string[]) => parts.map((part) => `1 filled 1 09:30:30 ${part}`);

  test('take what is quoted, and the rest waits, is cancelled or is too much, by their kind', () => {
    const asked = (over: Partial<OrderRequest>) => run(open(), [DIP], order({ quantity: 6000, ...over }));
    expect(asked({})).toEqual([...filled(quotes), '1 filled 1 10:30:30 1000 at 99.05']);
    expect(asked({ kind: 'best-five-limit' })).toEqual(asked({}));
    expect(asked({ kind: 'best-five-cancel' })).toEqual([
      ...filled(quotes),
      '1 expired 1 09:30:30 no_counterparty',
    ]);
    expect(asked({ kind: 'counterparty-best' })).toEqual([
      ...filled(quotes.slice(0, 1)),
      '1 filled 1 10:30:30 5000 at 99.01',
    ]);
    // At the best bid, 98.99, where the quotes of the market stood before.
    expect(asked({ kind: 'own-best' })).toEqual(['1 filled 1 10:30:30 6000 at 98.99']);
    // The limit protects.
    expect(asked({ kind: 'best-five-cancel', limit: fenOf(99.02) })).toEqual([
      ...filled(quotes.slice(0, 2)),
      '1 expired 1 09:30:30 no_counterparty',
    ]);
  });
});

test('in Shenzhen: its own kinds of market orders, and the close after it', () => {
  const base = market([DIP]);
  const id = securityId('300001');
  const { securities, prices } = base.market;
  const renamed = { ...prices, ids: [id, IDS[1]] };
  const ofShenzhen = [{ ...securities[0], id, market: 'XSHE', board: 'ChiNext' }, securities[1]];
  const traded = {
    ...base,
    market: { ...base.market, securities: ofShenzhen, prices: renamed },
    pathOn: () => DIP,
  };
  const tried = (over: Partial<OrderRequest>) =>
    story(pass(place(open(), traded, order({ security: id, quantity: 6000, ...over })), traded, 1));
  const quotes = [1, 2, 3, 4, 5].map((fenAbove) => `1 filled 1 09:30:30 1000 at 99.0${fenAbove}`);
  expect(tried({ kind: 'fill-or-kill' })).toEqual(['1 expired 1 09:30:30 no_counterparty']);
  expect(tried({ kind: 'fill-or-kill', quantity: 5000 })).toEqual(quotes);
  expect(tried({ kind: 'immediate-cancel' })).toEqual([...quotes, '1 expired 1 09:30:30 no_counterparty']);
  // Without a kind: at the best price of the other side, where the rest waits.
  expect(tried({})).toEqual([quotes[0], '1 filled 1 10:30:30 5000 at 99.01']);
  expect(tried({ during: 'after-hours' })).toEqual([
    '1 filled 1 15:05:00 600 at 100.00',
    '1 expired 1 not_enough_volume',
  ]);
  expect(() => tried({ kind: 'best-five-limit' })).toThrow('chinext has no best-five-limit');
});

test('a price beyond the cage is come to by small trades, also on a day on which nothing else trades', () => {
  const volumes = new Int32Array(6);
  const jump = pathOf([100, 100, 110, 110, 110, 110], { volumes });
  // It waits at the best ask, 100.01; the way up passes it.
  expect(run(holding(200), [jump], sell({ kind: 'own-best' }))).toEqual([
    '1 filled 1 10:30:30 200 at 100.01',
  ]);
});

test('an iceberg shows its peak and no more, and the next one when that is filled', () => {
  const traded = market([DIP]);
  const events = pass(
    place(open(), traded, order({ limit: fenOf(97), quantity: 1100, peak: 500 })),
    traded,
    1,
  );
  const bids = (clock: number) =>
    accountBook(events, traded, { security: IDS[0], session: dayAt(1), clock }).book.buys;
  // The last one would be of 100 shares, below what the board takes: it goes with the one before it.
  expect(bids(MINUTES[1]).at(-1)).toEqual([9700, 500]);
  expect(bids(MINUTES[2]).find(([price]) => price === 9700)).toEqual([9700, 600]);
  expect(story(events)).toEqual(['1 filled 1 13:30:30 500 at 97.00', '1 expired 1 not_enough_volume']);
});

describe('conditions within the session', () => {
  const at = (condition: Condition, over: Partial<OrderRequest> = {}) => order({ condition, ...over });
  const own = { security: IDS[0] } as const;
  test.each<[string, Condition, string]>([
    ['a price', { kind: 'price', ...own, direction: 'at-most', threshold: 98 }, '10:30:30'],
    ['a price at the open', { kind: 'price', ...own, direction: 'at-least', threshold: 100 }, '09:25:00'],
    // Highest 100 at the open; 2.5 % below it is 97.50.
    [
      'a fall from the best price',
      { kind: 'trail', ...own, direction: 'at-most', fraction: 0.025 },
      '13:30:30',
    ],
    ['a time of day', { kind: 'clock', from: clockTime(13, 0) }, '13:30:30'],
    ['the book', { kind: 'book', of: 'ask', ...own, direction: 'at-most', threshold: 400 }, '13:30:30'],
  ])('%s', (_, condition, time) => {
    const path = pathOf([100, 99, 98, 97, 99, 100], { asks: Int32Array.of(0, 1000, 1000, 400, 400, 0) });
    const [triggered, filled] = run(open(), [path], at(condition));
    expect(triggered).toBe(`1 triggered 1 ${time}`);
    // What woke at the open is sent when continuous trading begins.
    expect(filled.slice(0, 19)).toBe(`1 filled 1 ${time === '09:25:00' ? '09:30:30' : time}`);
  });

  test('the price of another security, and one that only the close fulfils: for the next session', () => {
    const condition = { kind: 'price', ...own, direction: 'at-most', threshold: 98 } as const;
    expect(run(open(), [DIP], at(condition, { security: IDS[1] }))).toEqual([
      '1 triggered 1 10:30:30',
      '1 filled 1 10:30:30 200 at 100.01',
    ]);
    const late = pathOf([100, 99, 99, 99, 99, 98]);
    expect(run(open(), [late, DIP], at(condition, { during: 'after-hours' }))).toEqual([
      '1 triggered 1 15:00:00',
      '1 filled 2 15:05:00 200 at 100.00',
    ]);
  });

  test('a limit far from the price by then is outside of the cage', () => {
    const condition = { kind: 'clock', from: clockTime(10, 0) } as const;
    expect(run(open(), [DIP], at(condition, { limit: fenOf(105) }))).toEqual([
      '1 triggered 1 10:30:30',
      '1 expired 1 10:30:30 outside_cage',
    ]);
  });
});

describe('orders that belong together', () => {
  test('what was bought in a session is sold in the next one (T+1)', () => {
    const exit = { takeProfit: fenOf(101), stop: { at: fenOf(96) } };
    const days = [pathOf([100, 99, 102, 95, 99, 100]), pathOf([100, 101, 102, 95, 96, 96])];
    expect(run(open(), days, order({ limit: fenOf(99), exit }))).toEqual([
      '1 filled 1 09:30:30 200 at 99.00',
      '2 triggered 1 09:30:30',
      '3 armed 1 09:30:30',
      '2 filled 2 09:30:30 200 at 101.00',
      '3 cancelled 2 09:30:30',
    ]);
    // Nor are shares of another day: the ways out are for what was bought.
    expect(run(holding(400), days.slice(0, 1), order({ limit: fenOf(99), exit }))).toEqual([
      '1 filled 1 09:30:30 200 at 99.00',
      '2 triggered 1 09:30:30',
      '3 armed 1 09:30:30',
    ]);
    const traded = market(days);
    const bought = pass(place(open(), traded, order({})), traded, 1);
    expect(() => place(bought, traded, sell({ quantity: 400 }))).toThrow('only 200 shares are held');
  });

  test('of a pair the stop takes the shares that the other one offered, the moment it wakes', () => {
    const exit = { takeProfit: fenOf(110), stop: { at: fenOf(97) } };
    expect(run(holding(400), [DIP], sell({ quantity: 400, exit }))).toEqual([
      '2 triggered 1 13:30:30',
      '2 filled 1 13:30:30 400 at 96.99',
      '1 cancelled 1 13:30:30',
    ]);
  });

  test('one filled in part reduces the other', () => {
    const up = pathOf([100, 101, 102, 101, 100, 100], { volumes: new Int32Array(6).fill(300) });
    const exit = { takeProfit: fenOf(102), stop: { at: fenOf(90) } };
    expect(run(holding(700), [up], sell({ quantity: 700, exit }))).toEqual([
      '1 filled 1 10:30:30 300 at 102.00',
      '2 reduced 1 10:30:30 400',
    ]);
  });
});

test('without a bar of the day the close is what there is, and a finding says so', () => {
  const traded = market([undefined], [101]);
  const events = pass(place(open(), traded, order({})), traded, 1);
  expect(story(events)).toEqual(['1 filled 1 200 at 101.00']);
});

test('cash is enough for what is sent, also for a market order on a later day', () => {
  const days = [pathOf([100, 100, 100, 100, 100, 100]), pathOf([119, 119, 119, 119, 119, 119])];
  const condition = { kind: 'price', security: IDS[0], direction: 'at-least', threshold: 118 } as const;
  // 12,000 x 120.00 is all there is; at 119 the highest price is 142.80 after a close of 119, here 120.00.
  expect(run(open(24_100_00), days, order({ condition }))).toEqual([
    '1 triggered 2 09:25:00',
    '1 filled 2 09:30:30 200 at 119.01',
  ]);
});

test('what one order has taken since is missing to another one', () => {
  const days = [pathOf([100, 100, 100, 100, 110, 119]), pathOf([142, 142, 142, 142, 142, 142])];
  const at = (threshold: number) =>
    ({ kind: 'price', security: IDS[0], direction: 'at-least', threshold }) as const;
  // When they came in, 200 at 120.00 and 200 at 100.00 with fees were covered: 44,011.44 and no more.
  const [first, ...rest] = run(
    open(44_011_44),
    days,
    order({ condition: at(118) }),
    order({ condition: at(141), limit: fenOf(100) }),
  );
  expect(first).toBe('1 triggered 1 15:00:00');
  expect(rest).toEqual([
    '2 triggered 2 09:25:00',
    '1 filled 2 09:30:30 200 at 142.01',
    '2 expired 2 09:30:30 no_cash',
  ]);
});

describe('an account that trades at closes', () => {
  test.each<[Partial<OrderRequest>, string]>([
    [{ kind: 'own-best' }, 'a kind of market order needs an account whose orders trade within the session'],
    [{ during: 'close' }, 'one part of the day needs'],
    [{ limit: fenOf(100), quantity: 1000, peak: 200 }, 'an iceberg needs'],
    [
      {
        condition: { kind: 'book', of: 'bid', security: IDS[0], direction: 'at-least', threshold: 1 },
      },
      'a condition on the book needs',
    ],
  ])('takes none of %o', (over, message) => {
    expect(() => place(opened(CASH), market([DIP]), order(over))).toThrow(message);
  });
});

test('what a board does not have is refused', () => {
  const tried = (over: Partial<OrderRequest>) => () => place(open(), market([DIP]), order(over));
  expect(tried({ kind: 'fill-or-kill' })).toThrow('star has no fill-or-kill; it has best-five-cancel');
  expect(tried({ peak: 200 })).toThrow('an iceberg is a limit order');
  expect(tried({ kind: 'own-best', during: 'open' })).toThrow('for continuous trading');
  const condition = {
    kind: 'book',
    of: 'bid',
    security: IDS[1],
    direction: 'at-least',
    threshold: 1,
  } as const;
  expect(tried({ condition })).toThrow('the book that is looked at is that of 688001');
});

test('an open order comes again the next day, and is taken back between sessions', () => {
  const traded = market([DIP, DIP]);
  const placed = place(open(), traded, order({ limit: fenOf(98), quantity: 30_000, validity: 'open' }));
  const first = pass(placed, traded, 1);
  expect(story(first).at(-1)).toBe('1 filled 1 13:30:30 15000 at 98.00');
  expect(story(pass(first, traded, 2)).at(-1)).toBe('1 filled 2 10:30:30 5000 at 98.00');
  const events = [...first, ...cancelOrder(accountOf(first), 1)];
  expect(story(pass(events, traded, 2)).at(-1)).toBe('1 cancelled 1');
  expect(accountOf(events).balances.holdings.get(IDS[0])).toEqual({
    shares: 25_000,
    cost: fen(25_000 * 9800),
  });
});
