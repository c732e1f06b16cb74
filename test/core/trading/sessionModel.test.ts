/**
 * Orders of every kind before sessions and while they run, placed, replaced and taken back, against a notebook on a plainly written
 * exchange, which goes on with the session where the account plays it again: the same
 * of them are taken, the same trades happen at the same times, cash and shares are the same; debits equal credits; no share
 * is sold that is not there; read again from the first event on, the account is the same.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  accountFold,
  OrderRejected,
  Refusal,
  replayTo,
  requestCancel,
  requestOrder,
  requestReplacement,
  type AccountEvent,
  type AccountHistory,
} from '../../../src/core/index.js';
import {
  aChange,
  changeIn,
  happen,
  readAgain,
  replacementOf,
  sameOpen,
  type AnyChange,
  type DrivenAccount as Real,
} from './drivenAccount.js';
import { dayAt, FIRST, IDS, marketOf, opened } from './madeUp.js';
import { SessionNotebook, type SessionWish } from './sessionNotebook.js';
import { aPrice, aShape, aSize, aWish, CLOCKS, requestOf, seriesOf } from './sessionShapes.js';

/** A session costs a hundred times what a close does: a nightly run of 100,000 closes asks for 10,000 of these. */
const SEQUENCES = Math.ceil(Number(process.env.COUNTERWEIGHT_SEQUENCES ?? 400) / 10);
const SESSIONS = 8;
/** Enough for most orders, or for one or two, whose cash others then wait for. */
const aCash = fc.constantFrom(400_000_000, 30_000_000);
/** Of each security, from the start. */
const HELD = 5_000;

class Place implements fc.Command<SessionNotebook, Real> {
  constructor(private readonly wish: SessionWish) {}
  check = ({ now }: Readonly<SessionNotebook>): boolean => now < SESSIONS;
  run(notebook: SessionNotebook, real: Real): void {
    const id = real.fold.account().orders.length + 1;
    const taken = notebook.comesIn(this.wish, id);
    try {
      const { orders, events } = requestOrder(historyOf(real), real.traded, requestOf(this.wish));
      expect([this.wish, orders[0].id, taken]).toEqual([this.wish, id, true]);
      happen(real, events);
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
    const gone = notebook.takenBack(this.id);
    try {
      happen(real, requestCancel(historyOf(real), real.traded, this.id));
      expect([this.id, gone]).toEqual([this.id, true]);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      expect([this.id, error.code, gone]).toEqual([this.id, 'cancel_refused', false]);
    }
    same(notebook, real);
  }
  toString = (): string => `cancel ${this.id}`;
}

class Replace implements fc.Command<SessionNotebook, Real> {
  constructor(private readonly change: AnyChange) {}
  check = ({ now }: Readonly<SessionNotebook>): boolean => now < SESSIONS;
  run(notebook: SessionNotebook, real: Real): void {
    const change = changeIn(notebook, this.change);
    const isOpen = notebook.open(change.id) !== undefined;
    const taken = notebook.replacedBy(change, real.fold.account().orders.length + 1);
    try {
      const how = replacementOf(change);
      happen(real, requestReplacement(historyOf(real), real.traded, change.id, how).events);
      expect([change, taken]).toEqual([change, true]);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      expect([change, error.message, taken]).toEqual([change, error.message, false]);
      expect([error.message, error.code === 'order_not_open']).toEqual([error.message, !isOpen]);
    }
    same(notebook, real);
  }
  toString = (): string => `replace ${JSON.stringify(this.change)}`;
}

/** The clock goes on to one of the next times within the session. */
class Stop implements fc.Command<SessionNotebook, Real> {
  constructor(private readonly further: number) {}
  check = (notebook: Readonly<SessionNotebook>): boolean =>
    notebook.now < SESSIONS && this.time(notebook) !== undefined;
  run(notebook: SessionNotebook, real: Real): void {
    const time = this.time(notebook) as number;
    happen(real, replayTo(real.events, real.traded, dayAt(notebook.now + 1), time));
    notebook.goTo(time);
    same(notebook, real);
  }
  toString = (): string => `stop ${this.further} further`;
  private time = ({ clock = 0 }: Readonly<SessionNotebook>): number | undefined =>
    TIMES.filter((time) => time > clock)[this.further];
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

/** Phases of the day begin and end here, and the market moves. */
const TIMES = [
  ...[
    '09:15',
    '09:19',
    '09:22',
    '09:24',
    '09:27',
    '10:00',
    '14:56',
    '14:57',
    '14:59',
    '15:02',
    '15:05',
    '15:20',
  ].map((text) => Date.parse(`1970-01-01T${text}Z`)),
  ...CLOCKS,
].toSorted((a, b) => a - b);

const historyOf = ({ events, fold }: Real): AccountHistory => ({ events, account: fold.account() });

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
  sameOpen(notebook, orders);
  expect(Math.min(balances.cash, ...notebook.shares)).toBeGreaterThanOrEqual(0);
}

test(
  `${SEQUENCES} sequences of commands: orders, trades, cash and shares are those of the notebook`,
  () => {
    const commands = fc.commands(
      [
        aWish.map((wish) => new Place(wish)),
        aWish.map((wish) => new Place(wish)),
        fc.integer({ min: 1, max: 12 }).map((id) => new Cancel(id)),
        aChange(aPrice, aSize).map((change) => new Replace(change)),
        fc.nat({ max: 5 }).map((further) => new Stop(further)),
        fc.nat({ max: 5 }).map((further) => new Stop(further)),
        fc.constant(new Pass()),
      ],
      { maxCommands: 40, size: 'max' },
    );
    const days = fc.array(aShape, { minLength: SESSIONS, maxLength: SESSIONS }).map(seriesOf);
    fc.assert(
      fc.property(fc.tuple(days, days), aCash, commands, (series, cash, all) => {
        let last: Real | undefined;
        const setup = (): { model: SessionNotebook; real: Real } => {
          const closes = series.map((one) => one.closes);
          const traded = marketOf(closes, {
            pathOn: (id, day) => series[IDS.indexOf(id)].paths[day - FIRST],
          });
          const events = [
            ...opened(cash).map((event) => ({ ...event, fills: 'session' }) as AccountEvent),
            ...IDS.map((security) => ({ kind: 'bonus', day: dayAt(0), security, shares: HELD }) as const),
          ];
          last = { traded, events, fold: accountFold(events) };
          const paths = series[0].paths.map((path, i) => [path, series[1].paths[i]]);
          const model = new SessionNotebook(cash, closes, paths);
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
