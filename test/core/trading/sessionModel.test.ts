/**
 * Orders of every kind within sessions, one command after another, against a notebook on a plainly written exchange: the same
 * orders are taken, the same trades happen at the same times, cash and shares are the same; debits equal credits; no share
 * is sold that is not there; read again from the first event on, the account is the same.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fen } from '../../../src/core/exchange/fen.js';
import {
  accountFold,
  accountOf,
  clockTime,
  DAY_PARTS,
  MARKET_KINDS,
  type AccountEvent,
  type AccountFold,
  type Condition,
  type QuotedPath,
} from '../../../src/core/index.js';
import type { OrderRequest } from '../../../src/core/trading/orderRequest.js';
import { cancelOrder, OrderRejected, placeOrder } from '../../../src/core/trading/placeOrder.js';
import { replayTo } from '../../../src/core/trading/replay.js';
import type { TradedMarket } from '../../../src/core/trading/tradingDay.js';
import { dayAt, FIRST, IDS, marketOf, opened } from './madeUp.js';
import { SessionNotebook, type SessionWish } from './sessionNotebook.js';

/** A session costs a hundred times what a close does: a nightly run of 100,000 closes asks for 10,000 of these. */
const SEQUENCES = Math.ceil(Number(process.env.COUNTERWEIGHT_SEQUENCES ?? 400) / 10);
const SESSIONS = 8;
const CASH = 400_000_000;
/** Of each security, from the start. */
const HELD = 5_000;
const CLOCKS = [
  clockTime(9, 25),
  clockTime(9, 40),
  clockTime(11, 0),
  clockTime(13, 20),
  clockTime(14, 50),
  clockTime(15, 0),
];

interface Real {
  readonly traded: TradedMarket;
  readonly events: AccountEvent[];
  readonly fold: AccountFold;
}

const aShape = fc.record({
  /** Of the close before, percent; beyond the limits it is at the limit. */
  moves: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.double({ min: -6, max: 6, noNaN: true }) },
      fc.constantFrom(25, -25, 0),
    ),
    { minLength: 6, maxLength: 6 },
  ),
  volumes: fc.array(fc.integer({ min: 0, max: 6000 }), { minLength: 6, maxLength: 6 }),
  bids: fc.array(fc.integer({ min: 200, max: 3000 }), { minLength: 6, maxLength: 6 }),
  /** Of the closing auction's volume, percent. */
  flow: fc.oneof(fc.constant(0), fc.integer({ min: -100, max: 100 })),
  asks: fc.array(fc.integer({ min: 200, max: 3000 }), { minLength: 6, maxLength: 6 }),
});
type Shape = typeof aShape extends fc.Arbitrary<infer T> ? T : never;

/** A series of days, each from the close of the one before; the first is only a close. */
function seriesOf(shapes: readonly Shape[]): { readonly closes: number[]; readonly paths: QuotedPath[] } {
  const closes = [10_000];
  const paths: QuotedPath[] = [pathOf([10_000, 10_000, 10_000, 10_000, 10_000, 10_000], shapes[0])];
  for (const shape of shapes) {
    const before = closes[closes.length - 1];
    const limit = (percent: number): number => Math.floor((before * (100 + percent) + 50) / 100);
    const prices = shape.moves.map((move) =>
      Math.min(limit(20), Math.max(limit(-20), Math.round(before * (1 + move / 100)))),
    );
    paths.push(pathOf(prices, shape));
    closes.push(prices[5]);
  }
  return { closes, paths };
}

const pathOf = (prices: readonly number[], { volumes, bids, asks, flow }: Shape): QuotedPath => ({
  clocks: Int32Array.from(CLOCKS),
  prices: Int32Array.from(prices),
  volumes: Int32Array.from(volumes),
  bids: Int32Array.from(bids),
  asks: Int32Array.from(asks),
  closingFlow: Math.round((volumes[5] * flow) / 100),
});

const aRow = fc.nat({ max: 1 });
const aPrice = fc.integer({ min: 9000, max: 11_000 });
const seldom = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined, freq: 3 });

const aWish: fc.Arbitrary<SessionWish> = fc
  .record({
    row: aRow,
    side: fc.constantFrom('buy' as const, 'sell' as const),
    quantity: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 200, max: 4000 }) },
      fc.integer({ min: 1, max: 12_000 }),
    ),
    limit: fc.option(aPrice, { nil: undefined }),
    open: fc.boolean(),
    when: seldom(fc.record({ row: aRow, up: fc.boolean(), at: aPrice })),
    exit: seldom(fc.record({ gain: aPrice, loss: aPrice })),
    kind: seldom(fc.constantFrom(...MARKET_KINDS, ...MARKET_KINDS.slice(0, 4))),
    during: seldom(fc.constantFrom(...DAY_PARTS)),
    peak: seldom(fc.integer({ min: 150, max: 1500 })),
    wait: seldom(
      fc.oneof(
        fc.constantFrom(...CLOCKS).map((clock) => ({ clock })),
        fc.record({
          of: fc.constantFrom('bid' as const, 'ask' as const),
          up: fc.boolean(),
          at: fc.integer({ min: 200, max: 3500 }),
        }),
      ),
    ),
  })
  .map(({ kind, during, peak, ...wish }) => {
    // The ways out are the sale: it has no limit, waits for nothing else and is like any other order.
    if (wish.side === 'sell' && wish.exit !== undefined)
      return { ...wish, limit: undefined, when: undefined, wait: undefined, open: true, how: {} };
    // Mostly one of them: together they are refused.
    const how = {
      ...(kind !== undefined && { kind }),
      ...(during !== undefined && kind === undefined && { during }),
      ...(peak !== undefined && { peak }),
    };
    return { ...wish, when: wish.wait === undefined ? wish.when : undefined, how };
  });

class Place implements fc.Command<SessionNotebook, Real> {
  constructor(private readonly wish: SessionWish) {}
  check = ({ now }: Readonly<SessionNotebook>): boolean => now < SESSIONS;
  run(notebook: SessionNotebook, real: Real): void {
    const taken = notebook.takes(this.wish);
    try {
      const { orders, events } = placeOrder(real.fold.account(), real.traded, requestOf(this.wish));
      expect([this.wish, taken]).toEqual([this.wish, true]);
      happen(real, events);
      notebook.add(this.wish, orders[0].id);
    } catch (error) {
      if (!(error instanceof OrderRejected)) throw error;
      expect([this.wish, error.message, taken]).toEqual([this.wish, error.message, false]);
    }
    same(notebook, real);
  }
  toString = (): string => `place ${JSON.stringify(this.wish)}`;
}

class Cancel implements fc.Command<SessionNotebook, Real> {
  constructor(private readonly id: number) {}
  check = (notebook: Readonly<SessionNotebook>): boolean => notebook.open(this.id) !== undefined;
  run(notebook: SessionNotebook, real: Real): void {
    happen(real, cancelOrder(real.fold.account(), this.id));
    notebook.cancel(this.id);
    same(notebook, real);
  }
  toString = (): string => `cancel ${this.id}`;
}

class Pass implements fc.Command<SessionNotebook, Real> {
  check = ({ now }: Readonly<SessionNotebook>): boolean => now < SESSIONS;
  run(notebook: SessionNotebook, real: Real): void {
    happen(real, replayTo(real.events, real.traded, dayAt(notebook.now + 1)));
    notebook.session();
    same(notebook, real);
  }
  toString = (): string => 'pass';
}

function requestOf({ row, side, quantity, limit, open, when, exit, how, wait }: SessionWish): OrderRequest {
  return {
    security: IDS[row],
    side,
    quantity,
    limit: limit === undefined ? undefined : fen(limit),
    validity: open ? 'open' : 'day',
    clientId: undefined,
    condition: wait === undefined ? when && priceCondition(when) : waitCondition(wait, row),
    exit: exit && { takeProfit: fen(exit.gain), stop: { at: fen(exit.loss) } },
    ...how,
  };
}

const priceCondition = ({ row, up, at }: NonNullable<SessionWish['when']>): Condition => ({
  kind: 'price',
  security: IDS[row],
  direction: up ? 'at-least' : 'at-most',
  threshold: at / 100,
});

const waitCondition = (wait: NonNullable<SessionWish['wait']>, row: number): Condition =>
  'clock' in wait
    ? { kind: 'clock', from: wait.clock }
    : {
        kind: 'book',
        of: wait.of,
        security: IDS[row],
        direction: wait.up ? 'at-least' : 'at-most',
        threshold: wait.at,
      };

function happen({ events, fold }: Real, happened: readonly AccountEvent[]): void {
  for (const event of happened) {
    fold.add(event);
    events.push(event);
  }
}

function same(notebook: SessionNotebook, { fold }: Real): void {
  const { balances, orders } = fold.account();
  const fills = new Map<string, number>();
  for (const { order, fills: all } of orders)
    for (const { day, at, quantity, price } of all) {
      const key = `${order.id} ${day - FIRST} ${at} at ${price}`;
      fills.set(key, (fills.get(key) ?? 0) + quantity);
    }
  expect([...fills].toSorted()).toEqual([...notebook.fills].toSorted());
  expect(balances.cash).toBe(notebook.cash);
  expect(IDS.map((id) => balances.holdings.get(id)?.shares ?? 0)).toEqual(notebook.shares);
  const open = orders.flatMap(({ order: { id }, state, quantity, fills: all }) =>
    ['filled', 'cancelled', 'expired'].includes(state)
      ? []
      : [`${id} ${state} ${quantity - all.reduce((sum, fill) => sum + fill.quantity, 0)}`],
  );
  const noted = notebook.notes.flatMap(({ id, phase, left, filled }) => {
    if (phase === 'over') return [];
    const works = filled > 0 ? 'part-filled' : 'working';
    return [`${id} ${{ asleep: 'dormant', waits: 'waiting', works }[phase]} ${left}`];
  });
  expect(open).toEqual(noted);
  expect(Math.min(balances.cash, ...notebook.shares)).toBeGreaterThanOrEqual(0);
}

/** Written down and read again from the first event on. */
function readAgain({ events, fold }: Real): void {
  const { balances, entries, hash } = fold.account();
  for (const { lines } of entries) expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
  const again = accountOf(JSON.parse(JSON.stringify(events)) as AccountEvent[]);
  expect([again.hash, again.balances]).toEqual([hash, balances]);
}

test(
  `${SEQUENCES} sequences of commands: orders, trades, cash and shares are those of the notebook`,
  () => {
    const commands = fc.commands(
      [
        aWish.map((wish) => new Place(wish)),
        aWish.map((wish) => new Place(wish)),
        fc.integer({ min: 1, max: 12 }).map((id) => new Cancel(id)),
        fc.constant(new Pass()),
      ],
      { maxCommands: 30, size: 'max' },
    );
    const days = fc.array(aShape, { minLength: SESSIONS, maxLength: SESSIONS }).map(seriesOf);
    fc.assert(
      fc.property(fc.tuple(days, days), commands, (series, all) => {
        let last: Real | undefined;
        const setup = (): { model: SessionNotebook; real: Real } => {
          const closes = series.map((one) => one.closes);
          const traded = marketOf(closes, {
            pathOn: (id, day) => series[IDS.indexOf(id)].paths[day - FIRST],
          });
          const events = [
            ...opened(CASH).map((event) => ({ ...event, fills: 'session' }) as AccountEvent),
            ...IDS.map((security) => ({ kind: 'bonus', day: dayAt(0), security, shares: HELD }) as const),
          ];
          last = { traded, events, fold: accountFold(events) };
          const paths = series[0].paths.map((path, i) => [path, series[1].paths[i]]);
          const model = new SessionNotebook(CASH, closes, paths);
          model.shares.fill(HELD);
          return { model, real: last };
        };
        fc.modelRun(setup, all);
        if (last !== undefined) readAgain(last);
      }),
      { numRuns: SEQUENCES },
    );
  },
  SEQUENCES * 2000 + 30_000,
);
