/**
 * Orders of every kind before sessions and while they run, one command after another, against a notebook on a plainly written
 * exchange, which goes on with the session where the account plays it again: the same
 * orders are taken, the same trades happen at the same times, cash and shares are the same; debits equal credits; no share
 * is sold that is not there; read again from the first event on, the account is the same.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  accountFold,
  accountOf,
  OrderRejected,
  Refusal,
  replayTo,
  requestCancel,
  requestOrder,
  type AccountEvent,
  type AccountFold,
  type AccountHistory,
  type TradedMarket,
} from '../../../src/core/index.js';
import { dayAt, FIRST, IDS, marketOf, opened } from './madeUp.js';
import { SessionNotebook, type SessionWish } from './sessionNotebook.js';
import { aShape, aWish, CLOCKS, requestOf, seriesOf } from './sessionShapes.js';

/** A session costs a hundred times what a close does: a nightly run of 100,000 closes asks for 10,000 of these. */
const SEQUENCES = Math.ceil(Number(process.env.COUNTERWEIGHT_SEQUENCES ?? 400) / 10);
const SESSIONS = 8;
const CASH = 400_000_000;
/** Of each security, from the start. */
const HELD = 5_000;

interface Real {
  readonly traded: TradedMarket;
  readonly events: AccountEvent[];
  readonly fold: AccountFold;
}

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
        fc.nat({ max: 5 }).map((further) => new Stop(further)),
        fc.nat({ max: 5 }).map((further) => new Stop(further)),
        fc.constant(new Pass()),
      ],
      { maxCommands: 40, size: 'max' },
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
