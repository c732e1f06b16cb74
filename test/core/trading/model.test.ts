/**
 * Orders of every kind on a made-up market, placed, replaced and taken back, against a notebook: the same of them are taken, the same
 * trades happen, cash and shares are the same; debits equal credits; no share is sold that is not there; read again from the
 * first event on, the account is the same.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fen } from '../../../src/core/exchange/fen.js';
import { accountFold, Refusal } from '../../../src/core/index.js';
import type { OrderRequest } from '../../../src/core/trading/orderRequest.js';
import {
  cancelOrder,
  OrderRejected,
  placeOrder,
  replaceOrder,
  type Replacement,
} from '../../../src/core/trading/placeOrder.js';
import { replayTo } from '../../../src/core/trading/replay.js';
import {
  aChange,
  changeIn,
  happen,
  readAgain,
  replacementOf,
  sameOpen,
  type AnyChange,
  type DrivenAccount,
} from './drivenAccount.js';
import { dayAt, FIRST, IDS, marketOf, opened, SESSIONS, type Closes } from './madeUp.js';
import { Notebook, type Ex, type Wish } from './notebook.js';

/** A nightly run asks for 100,000. */
const SEQUENCES = Number(process.env.COUNTERWEIGHT_SEQUENCES ?? 400);
const CASH = 50_000_000;
/** Shares traded in every session, and the account's share of them where it has one. */
const VOLUME = 10_000;
const SHARE = 0.05;

interface Real extends DrivenAccount {
  readonly closes: Closes;
}

/** Moves within the limit of 20 %, with a few halts and a few locked closes. */
const aSeries = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: -1500, max: 1500 }) },
      fc.constantFrom(0.5, 2000, -2000),
    ),
    { minLength: SESSIONS, maxLength: SESSIONS },
  )
  .map((moves) => {
    let last = 10_000;
    return moves.map((move, i) => {
      if (move === 0.5 && i > 0) return 0;
      const limited = (rate: number): number => Math.floor((last * (100 + rate) + 50) / 100);
      if (move === 2000) last = limited(20);
      else if (move === -2000) last = limited(-20);
      else last = Math.max(200, Math.round(last * (1 + move / 1e4)));
      return last;
    });
  });

const aRow = fc.nat({ max: 1 });
const aPrice = fc.integer({ min: 7000, max: 14_000 });
const aSize = fc.integer({ min: 1, max: 3000 });

/** One of each security at most, so that the amounts of a day need no order. */
const someEx: fc.Arbitrary<Ex[]> = fc
  .tuple(
    ...[0, 1].map((row) =>
      fc.option(
        fc.record({
          row: fc.constant(row),
          session: fc.integer({ min: 2, max: SESSIONS - 1 }),
          cash: fc.integer({ min: 0, max: 300 }),
          shares: fc.constantFrom(0, 0, 0.2, 0.5, 1),
        }),
      ),
    ),
  )
  .map((both) => both.filter((ex) => ex !== null && ex.cash + ex.shares > 0) as Ex[]);

const aWish: fc.Arbitrary<Wish> = fc.record({
  row: aRow,
  side: fc.constantFrom('buy' as const, 'sell' as const),
  quantity: aSize,
  limit: fc.option(aPrice, { nil: undefined }),
  open: fc.boolean(),
  when: fc.option(fc.record({ row: aRow, up: fc.boolean(), at: aPrice }), { nil: undefined, freq: 3 }),
  exit: fc.option(fc.record({ gain: aPrice, loss: aPrice }), { nil: undefined, freq: 3 }),
});

class Place implements fc.Command<Notebook, Real> {
  private readonly wish: Wish;
  constructor(wish: Wish) {
    // The ways out are the sale: it has no limit and waits for nothing else.
    const isPair = wish.side === 'sell' && wish.exit !== undefined;
    this.wish = isPair ? { ...wish, limit: undefined, when: undefined, open: true } : wish;
  }
  check = (): boolean => true;
  run(notebook: Notebook, real: Real): void {
    const request = requestOf(this.wish);
    const taken = notebook.takes(this.wish);
    try {
      const { orders, events } = placeOrder(real.fold.account(), real.traded, request);
      expect([this.wish, taken]).toEqual([this.wish, true]);
      happen(real, events);
      notebook.add(this.wish, orders[0].id);
    } catch (error) {
      if (!(error instanceof OrderRejected)) throw error;
      expect([this.wish, error.message, taken]).toEqual([this.wish, error.message, false]);
      offered(error, real, request);
    }
    same(notebook, real);
  }
  toString = (): string => `place ${JSON.stringify(this.wish)}`;
}

/** What a rejection offers is taken, unless the ways out are what is wrong. */
function offered(
  { nearest, objections }: OrderRejected,
  { fold, traded }: Real,
  request: OrderRequest,
): void {
  const ofExit = objections.some(({ code }) => /^(?:exit|stop|gain)_/.test(code));
  if (nearest === undefined || ofExit || request.exit !== undefined) return;
  expect(placeOrder(fold.account(), traded, { ...request, ...nearest }).events.length).toBeGreaterThan(0);
}

class Cancel implements fc.Command<Notebook, Real> {
  constructor(private readonly id: number) {}
  check = (): boolean => true;
  run(notebook: Notebook, real: Real): void {
    if (notebook.open(this.id) === undefined) {
      expect(() => cancelOrder(real.fold.account(), this.id)).toThrow('only open orders');
      return;
    }
    happen(real, cancelOrder(real.fold.account(), this.id));
    notebook.cancel(this.id);
    same(notebook, real);
  }
  toString = (): string => `cancel ${this.id}`;
}

class Replace implements fc.Command<Notebook, Real> {
  constructor(private readonly change: AnyChange) {}
  check = (): boolean => true;
  run(notebook: Notebook, real: Real): void {
    const change = changeIn(notebook, this.change);
    const account = real.fold.account();
    const isOpen = notebook.open(change.id) !== undefined;
    const taken = notebook.replace(change, account.orders.length + 1) !== undefined;
    const replaced = (how: Replacement) => replaceOrder(account, real.traded, change.id, how).events;
    try {
      const events = replaced(replacementOf(change));
      expect([change, taken]).toEqual([change, true]);
      happen(real, events);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      expect([change, error.message, taken]).toEqual([change, error.message, false]);
      expect([error.message, error.code === 'order_not_open']).toEqual([error.message, !isOpen]);
      if (error instanceof OrderRejected && error.nearest !== undefined)
        expect(replaced({ ...replacementOf(change), ...error.nearest })).toHaveLength(2);
    }
    same(notebook, real);
  }
  toString = (): string => `replace ${JSON.stringify(this.change)}`;
}

class Pass implements fc.Command<Notebook, Real> {
  constructor(private readonly sessions: number) {}
  check = ({ now }: Readonly<Notebook>): boolean => now < SESSIONS - 1;
  run(notebook: Notebook, real: Real): void {
    const to = Math.min(notebook.now + this.sessions, SESSIONS - 1);
    // The data end with the last close that anybody has.
    const last = Math.max(...real.closes.map((series) => series.findLastIndex((close) => close > 0)));
    if (to > last) return;
    happen(real, replayTo(real.events, real.traded, dayAt(to)));
    while (notebook.now < to) notebook.session();
    same(notebook, real);
  }
  toString = (): string => `pass ${this.sessions}`;
}

function requestOf({ row, side, quantity, limit, open, when, exit }: Wish): OrderRequest {
  return {
    security: IDS[row],
    side,
    quantity,
    limit: limit === undefined ? undefined : fen(limit),
    validity: open ? 'open' : 'day',
    clientId: undefined,
    condition: when && {
      kind: 'price',
      security: IDS[when.row],
      direction: when.up ? 'at-least' : 'at-most',
      threshold: when.at / 100,
    },
    exit: exit && { takeProfit: fen(exit.gain), stop: { at: fen(exit.loss) } },
  };
}

function same(notebook: Notebook, { fold }: Real): void {
  const { balances, orders } = fold.account();
  expect(balances.cash).toBe(notebook.cash);
  expect(IDS.map((id) => balances.holdings.get(id)?.shares ?? 0)).toEqual(notebook.shares);
  const trades = orders.flatMap(({ order: { id }, fills }) =>
    fills.map(({ day, quantity, price }) => `${id} ${day - FIRST} ${quantity} at ${price}`),
  );
  expect(trades.toSorted()).toEqual(notebook.trades.toSorted());
  sameOpen(notebook, orders);
  expect(Math.min(balances.cash, ...notebook.shares)).toBeGreaterThanOrEqual(0);
}

test(
  `${SEQUENCES} sequences of commands: orders, trades, cash and shares are those of the notebook`,
  () => {
    const commands = fc.commands(
      [
        aWish.map((wish) => new Place(wish)),
        fc.integer({ min: 1, max: 12 }).map((id) => new Cancel(id)),
        aChange(aPrice, aSize).map((change) => new Replace(change)),
        fc.integer({ min: 1, max: 3 }).map((sessions) => new Pass(sessions)),
        fc.integer({ min: 1, max: 3 }).map((sessions) => new Pass(sessions)),
      ],
      { maxCommands: 30, size: 'max' },
    );
    fc.assert(
      fc.property(
        fc.tuple(aSeries, aSeries),
        someEx,
        fc.boolean(),
        commands,
        (closes, goesEx, limited, all) => {
          let last: Real | undefined;
          const setup = (): { model: Notebook; real: Real } => {
            const traded = marketOf(closes, {
              actions: goesEx
                .filter(({ shares }) => shares > 0)
                .map(({ row, session, shares }) => ({
                  id: IDS[row],
                  exDay: dayAt(session),
                  shareRatio: 1 + shares,
                })),
              dividends: goesEx
                .filter(({ cash }) => cash > 0)
                .map(({ row, session, cash }) => ({
                  kind: 'dividend' as const,
                  id: IDS[row],
                  exDay: dayAt(session),
                  cashPerShare: cash / 100,
                })),
            });
            const { prices } = traded.market;
            prices.close.forEach((close, at) => (prices.value[at] = close * VOLUME));
            const events = opened(CASH).map((event) => ({
              ...event,
              ...(limited && { participation: SHARE }),
            }));
            const volume = limited ? VOLUME * SHARE : undefined;
            last = { traded, closes, events, fold: accountFold(events) };
            return { model: new Notebook(CASH, closes, goesEx, volume), real: last };
          };
          fc.modelRun(setup, all);
          if (last !== undefined) readAgain(last);
        },
      ),
      { numRuns: SEQUENCES },
    );
  },
  SEQUENCES * 100 + 30_000,
);
