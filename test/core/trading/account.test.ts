/**
 * Orders of any kind on a made-up market, against a plain bookkeeper that knows nothing of ledgers and events: the same
 * trades, the same cash and shares; debits equal credits; nothing is sold that is not there.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fen, fenOf, yuanOf } from '../../../src/core/exchange/fen.js';
import { feesInFen, totalFees } from '../../../src/core/exchange/feesInFen.js';
import { accountOf, formatDay, USUAL_COMMISSION, type SecurityId } from '../../../src/core/index.js';
import { openOrders, type AccountEvent } from '../../../src/core/trading/account.js';
import { cancelOrder, OrderRejected, placeOrder } from '../../../src/core/trading/placeOrder.js';
import { replayTo } from '../../../src/core/trading/replay.js';
import {
  dayAt,
  FIRST,
  flat,
  IDS,
  marketOf,
  opened,
  order,
  pass,
  place,
  SESSIONS,
  type Closes,
} from './madeUp.js';

/** Moves within the limit of 20 %, with a few halts and a few locked closes. */
const aSeries = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: -1500, max: 1500 }) },
      fc.constantFrom(0.5, 2000, -2000),
    ),
    {
      minLength: SESSIONS,
      maxLength: SESSIONS,
    },
  )
  .map((moves) => {
    let last = 10_000;
    return moves.map((move, i) => {
      if (move === 0.5 && i > 0) return 0;
      const limited = (rate: number): number => Math.floor((last * (100 + rate) + 50) / 100);
      last =
        move === 2000
          ? limited(20)
          : move === -2000
            ? limited(-20)
            : Math.max(200, Math.round(last * (1 + move / 1e4)));
      return last;
    });
  });

const aCommand = fc.oneof(
  fc.record({
    kind: fc.constant('place' as const),
    row: fc.nat({ max: 1 }),
    side: fc.constantFrom('buy' as const, 'sell' as const),
    quantity: fc.integer({ min: 1, max: 3000 }),
    limit: fc.option(fc.integer({ min: 7000, max: 14_000 }), { nil: undefined }),
    open: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('cancel' as const), order: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ kind: fc.constant('pass' as const), sessions: fc.integer({ min: 1, max: 3 }) }),
);

/** What a person with a notebook would do. */
class Notebook {
  cash: number;
  readonly shares = [0, 0];
  readonly trades: string[] = [];
  orders: {
    id: number;
    row: number;
    side: 'buy' | 'sell';
    quantity: number;
    limit: number | undefined;
    open: boolean;
  }[] = [];
  constructor(
    cash: number,
    private readonly closes: Closes,
  ) {
    this.cash = cash;
  }

  session(i: number): void {
    for (const one of this.orders) {
      const close = this.closes[one.row][i];
      let before = 0;
      for (let j = 0; j < i; j++) before = this.closes[one.row][j] || before;
      const [up, down] = [120, 80].map((percent) => Math.floor((before * percent + 50) / 100));
      const fits = one.limit === undefined || (one.limit >= down && one.limit <= up);
      const locked = close === (one.side === 'buy' ? up : down);
      const reached =
        one.limit === undefined || (one.side === 'buy' ? close <= one.limit : close >= one.limit);
      if (close === 0 || !fits || locked || !reached) continue;
      const value = close * one.quantity;
      const fees = totalFees(feesInFen(one.side, fen(value), dayAt(i), USUAL_COMMISSION));
      one.open = false;
      if (one.side === 'buy' && value + fees > this.cash) continue;
      this.cash += (one.side === 'buy' ? -value : value) - fees;
      this.shares[one.row] += one.side === 'buy' ? one.quantity : -one.quantity;
      this.trades.push(`${one.id} ${i} ${close}`);
    }
    this.orders = this.orders.filter(({ open }) => open);
  }
}

test('the same trades, cash and shares as a notebook has; books that balance; the same account when read again', () => {
  fc.assert(
    fc.property(fc.tuple(aSeries, aSeries), fc.array(aCommand, { maxLength: 25 }), (closes, commands) => {
      const traded = marketOf(closes);
      const notebook = new Notebook(50_000_000, closes);
      const events = opened(notebook.cash);
      let session = 0;
      for (const command of commands) {
        const account = accountOf(events);
        if (command.kind === 'pass') {
          const to = Math.min(session + command.sessions, SESSIONS - 1);
          // The data ends with the last close that anybody has.
          if (to === session || closes.every((series) => series[to] === 0)) continue;
          events.push(...replayTo(events, traded, dayAt(to)));
          while (session < to) notebook.session(++session);
        } else if (command.kind === 'cancel') {
          const isThere = openOrders(account).some((tracked) => tracked.order.id === command.order);
          if (!isThere) {
            expect(() => cancelOrder(account, command.order)).toThrow('only open orders');
            continue;
          }
          events.push(...cancelOrder(account, command.order));
          notebook.orders = notebook.orders.filter(({ id }) => id !== command.order);
        } else {
          const { row, open, limit, side, quantity } = command;
          const terms = { side, quantity, limit: limit === undefined ? undefined : fen(limit) };
          const request = order({ ...terms, security: IDS[row], validity: open ? 'open' : 'day' });
          try {
            const placed = placeOrder(account, traded, request);
            events.push(...placed.events);
            notebook.orders.push({ id: placed.orders[0].id, row, side, quantity, limit, open });
          } catch (error) {
            expect(error).toBeInstanceOf(OrderRejected);
            const { nearest } = error as OrderRejected;
            // What the rejection offers is taken.
            if (nearest !== undefined)
              expect(placeOrder(account, traded, order({ ...request, ...nearest })).events).toHaveLength(1);
          }
        }
        const { balances, entries, orders } = accountOf(events);
        expect(balances.cash).toBe(notebook.cash);
        expect(IDS.map((id) => balances.holdings.get(id)?.shares ?? 0)).toEqual(notebook.shares);
        expect(
          orders
            .flatMap(({ order: { id }, fills }) =>
              fills.map(({ day, price }) => `${id} ${day - FIRST} ${price}`),
            )
            .toSorted(),
        ).toEqual(notebook.trades.toSorted());
        for (const { lines } of entries) expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
        expect(Math.min(...notebook.shares)).toBeGreaterThanOrEqual(0);
        expect(balances.cash).toBeGreaterThanOrEqual(0);
        expect(accountOf(JSON.parse(JSON.stringify(events)) as AccountEvent[]).balances).toEqual(balances);
      }
    }),
    { numRuns: 400 },
  );
});

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
