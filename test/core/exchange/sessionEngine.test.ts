/**
 * The session engine beside the exchange of `naiveExchange.ts`, by commands: orders, cancels, time. After each the same
 * answer, the same trades, the same holdings, and nothing outside the rules. COUNTERWEIGHT_SEQUENCES says how many
 * sequences; the default keeps the tests quick.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fen } from '../../../src/core/exchange/fen.js';
import { REJECTIONS } from '../../../src/core/exchange/rejections.js';
import {
  boughtToday,
  openSession,
  priceAt,
  STATE,
  type Session,
} from '../../../src/core/exchange/session.js';
import { advance, cancel, finish, submit } from '../../../src/core/exchange/sessionEngine.js';
import { mainlandDay, type OrderKind } from '../../../src/core/exchange/venueDay.js';
import { BUY, parseDay, SELL, type Day } from '../../../src/core/index.js';
import { NaiveExchange } from './naiveExchange.js';

const SEQUENCES = Number(process.env.COUNTERWEIGHT_SEQUENCES ?? 150);
const ACCOUNTS = 4;
const HOUR = 3_600_000;

interface Real {
  readonly session: Session;
}

/** `expect` costs more than both exchanges together, so it is asked only where something differs. */
function same(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) expect(actual, what).toBe(expected);
}

/** What must hold after every command. */
function compare(model: NaiveExchange, { session }: Real, holdings: readonly number[]): void {
  const { tape, side, day } = session;
  same(tape.count, model.trades.length, 'trades');
  for (let i = Math.max(0, tape.count - 40); i < tape.count; i++) {
    const [one, other, level, shares] = tape.trades.subarray(i * 4, i * 4 + 4);
    const [buyer, seller] = side[one] === BUY ? [one, other] : [other, one];
    const price = priceAt(session, level);
    const trade = model.trades[i];
    same(buyer, trade.buyer, 'buyer');
    same(seller, trade.seller, 'seller');
    same(price, trade.price, 'price');
    same(shares, trade.shares, 'shares');
    same(price >= day.lowest && price <= day.highest, true, 'within the limits of the day');
  }
  for (let account = 0; account < ACCOUNTS; account++) {
    same(session.held[account], model.held[account], 'held');
    same(session.sellable[account], model.sellable(account), 'sellable');
    same(session.committed[account], model.committed(account), 'committed');
    same(boughtToday(session, account), model.bought[account], 'bought today');
    same(session.sellable[account] >= 0, true, 'no share is sold that is not there');
  }
  const total = (shares: ArrayLike<number>): number => Array.from(shares).reduce((a, b) => a + b, 0);
  same(total(session.held), total(holdings), 'shares in all');
  model.orders.forEach((order, i) => {
    same(session.left[i], order.left, 'left');
    same(session.state[i], STATE[order.state], 'state');
  });
  same(session.last, model.last, 'last');
  same(session.open, model.open, 'open');
  same(session.close, model.close, 'close');
}

class Submit implements fc.Command<NaiveExchange, Real> {
  constructor(
    readonly pause: number,
    readonly account: number,
    readonly kind: number,
    readonly side: 'buy' | 'sell',
    readonly away: number,
    readonly shares: number,
    readonly holdings: readonly number[],
  ) {}
  check = (): boolean => true;
  run(model: NaiveExchange, real: Real): void {
    const at = Math.min(model.now + this.pause, 16 * HOUR);
    model.wait(at);
    const near = model.last > 0 ? model.last : model.rules.previousClose;
    // A market order often comes without a price.
    const price = this.kind >= 1 && this.kind <= 6 && this.away % 2 === 0 ? 0 : near + this.away;
    const expected = model.submit(this.account, this.kind, this.side, price, this.shares);
    const side = this.side === 'buy' ? BUY : SELL;
    const got = submit(real.session, at, this.account, this.kind as OrderKind, side, price, this.shares);
    same(got < 0 ? REJECTIONS[-got] : 'accepted', expected, 'answer');
    compare(model, real, this.holdings);
  }
  toString = (): string =>
    `submit(+${this.pause} ms, account ${this.account}, kind ${this.kind}, ${this.side} ${this.shares} at last${this.away})`;
}

class Cancel implements fc.Command<NaiveExchange, Real> {
  constructor(
    readonly account: number,
    readonly which: number,
    readonly holdings: readonly number[],
  ) {}
  check = (): boolean => true;
  run(model: NaiveExchange, real: Real): void {
    const order = this.which % (model.orders.length + 1);
    const expected = model.cancel(this.account, order);
    const got = cancel(real.session, model.now, this.account, order);
    same(REJECTIONS[-got], expected, 'answer');
    compare(model, real, this.holdings);
  }
  toString = (): string => `cancel(account ${this.account}, ${this.which})`;
}

class Wait implements fc.Command<NaiveExchange, Real> {
  constructor(
    readonly time: number,
    readonly holdings: readonly number[],
  ) {}
  check = (): boolean => true;
  run(model: NaiveExchange, real: Real): void {
    const at = Math.min(model.now + this.time, 16 * HOUR);
    model.wait(at);
    advance(real.session, at);
    compare(model, real, this.holdings);
  }
  toString = (): string => `wait(${this.time} ms)`;
}

const HOLDINGS = [20_000, 5_250, 1_000_000, 700];

const aShare = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 12 }).map((lots) => lots * 100) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 700 }) },
  fc.constantFrom(50_000, 50_001, 100_000, 150_000, 300_000, 1_000_000, 1_000_100),
);
const aPause = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 30_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: HOUR }) },
);

const submits = fc
  .tuple(
    aPause,
    fc.nat({ max: ACCOUNTS - 1 }),
    fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat({ max: 8 }) }),
    fc.constantFrom('buy' as const, 'sell' as const),
    fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: -6, max: 6 }) },
      { weight: 1, arbitrary: fc.integer({ min: -500, max: 900 }) },
    ),
    aShare,
  )
  .map((args) => new Submit(...args, HOLDINGS));
const cancels = fc
  .tuple(fc.nat({ max: ACCOUNTS - 1 }), fc.nat())
  .map((args) => new Cancel(...args, HOLDINGS));
const waits = fc
  .oneof({ weight: 9, arbitrary: aPause }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 2 * HOUR }) })
  .map((ms) => new Wait(ms, HOLDINGS));
const commands = fc.commands([submits, submits, submits, submits, submits, cancels, waits], {
  maxCommands: 80,
  size: 'max',
});

const aDay = fc.record({
  board: fc.constantFrom('sse-main' as const, 'szse-main' as const, 'star' as const, 'chinext' as const),
  date: fc.constantFrom('2025-09-12', '2026-08-03'),
  previousClose: fc.constantFrom(777, 1005, 1140, 212),
  free: fc.boolean(),
  warned: fc.boolean(),
  start: fc.constantFrom(0, 9.2 * HOUR, 9.4 * HOUR, 9.6 * HOUR, 11.3 * HOUR, 14.8 * HOUR, 14.9 * HOUR),
});

test('the engine and the plain exchange agree on answers, trades, holdings and prices of the day', () => {
  fc.assert(
    fc.property(aDay, commands, ({ board, date, previousClose, free, warned, start }, sequence) => {
      const day = parseDay(date) as Day;
      const setup = () => {
        const model = new NaiveExchange(
          {
            board,
            previousClose,
            limitPercent: free ? 0 : percentOf(board, date, warned),
            ...SIZES[board],
            cageTicks: board === 'star' ? 0 : 10,
            afterHours: board === 'star' || board === 'chinext' || date >= '2026-07-06',
            warned,
          },
          HOLDINGS,
        );
        model.wait(start);
        const session = openSession(
          mainlandDay({ board, day, previousClose: fen(previousClose), free, warned }),
          HOLDINGS,
          100,
        );
        advance(session, start);
        return { model, real: { session } };
      };
      let last: ReturnType<typeof setup> | undefined;
      fc.modelRun(() => (last = setup()), sequence);
      // The rest of the day: both end with nothing open.
      if (last === undefined) return;
      last.model.wait(24 * HOUR);
      finish(last.real.session);
      compare(last.model, last.real, HOLDINGS);
      expect(Array.from(last.real.session.committed)).toEqual([0, 0, 0, 0]);
    }),
    { numRuns: SEQUENCES },
  );
}, 3_600_000);

/** The table of docs/trading.md. */
const SIZES = {
  'sse-main': { least: 100, step: 100, largestLimit: 1_000_000, largestMarket: 1_000_000 },
  'szse-main': { least: 100, step: 100, largestLimit: 1_000_000, largestMarket: 1_000_000 },
  star: { least: 200, step: 1, largestLimit: 100_000, largestMarket: 50_000 },
  chinext: { least: 100, step: 100, largestLimit: 300_000, largestMarket: 150_000 },
} as const;

function percentOf(board: keyof typeof SIZES, date: string, warned: boolean): number {
  if (board === 'star' || board === 'chinext') return 20;
  return warned && date < '2026-07-06' ? 5 : 10;
}
