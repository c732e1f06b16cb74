/**
 * A server that is killed in the middle of a stream of orders, cancellations and sessions: every order, fill and entry it
 * acknowledged is there afterwards, exactly once.
 */
import { expect, test } from 'vitest';
import { accountFold, accountOf, formatDay, type AccountEvent } from '../../src/core/index.js';
import { openTradingStore } from '../../src/data/tradingStore.js';
import { scratch } from '../data/scratch.js';
import { startKilled, type ServerProcess } from './killed.js';

const files = scratch();
/** A nightly run asks for 500. */
const KILLS = Number(process.env.COUNTERWEIGHT_KILLS ?? 3);
const SENDERS = 3;
/** Of each round: so many that every sender has let a session pass. */
const LEAST_ANSWERS = 16;
const START = '2025-07-01';

interface OrderLine {
  readonly id: number;
  readonly clientId: string | null;
  readonly state: string;
  readonly filled: number;
  readonly price: number | null;
}

/** What the server said of one account. */
interface Acknowledged {
  readonly name: string;
  /** By client id, as it was last said to stand. */
  readonly orders: Map<string, OrderLine>;
  day: string;
  cash: number;
  /** Over all that had happened by the last answer. */
  hash: string;
  answers: number;
}

test(
  `killed ${KILLS} times during a stream of orders, it has each acknowledged order, fill and entry once`,
  async () => {
    const folder = files.path('killed');
    const all: Acknowledged[] = [];
    for (let round = 0; round < KILLS; round++) {
      const accounts = await stream(await startKilled(folder), round);
      all.push(...accounts);
      check(folder, accounts);
    }
    check(folder, all);
    const said = all.reduce((sum, { answers }) => sum + answers, 0);
    const orders = all.reduce((sum, one) => sum + one.orders.size, 0);
    const filled = all.flatMap((one) => [...one.orders.values()]).filter((one) => one.filled > 0).length;
    process.stderr.write(`${said} answers, ${orders} orders, ${filled} filled, ${KILLS} kills\n`);
    expect(filled).toBeGreaterThan(KILLS);
  },
  KILLS * 15_000 + 30_000,
);

/** Writes to accounts of its own as fast as it can until the server is killed, at a moment that differs by round. */
async function stream(server: ServerProcess, round: number): Promise<Acknowledged[]> {
  const { child, url } = server;
  const killed = new Promise((resolve) => child.on('exit', resolve));
  const life = { over: false, wanted: false };
  /** Once enough was acknowledged in this round, and then at any moment of the request that is under way. */
  const killSoon = (): void => {
    const said = accounts.reduce((sum, { answers }) => sum + answers, 0);
    if (life.wanted || said < SENDERS + LEAST_ANSWERS + (round % 20)) return;
    life.wanted = true;
    setTimeout(
      () => {
        life.over = true;
        child.kill('SIGKILL');
      },
      (round * 37) % 50,
    );
  };
  const ask = async (method: string, path: string, body?: object): Promise<AnswerDocument> => {
    const answer = await fetch(`${url}/api/v1/accounts/${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const text = await answer.text();
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text) as AnswerDocument;
  };
  const accounts = Array.from({ length: SENDERS }, (_, i): Acknowledged => ({
    name: `r${round}-${i}`,
    orders: new Map(),
    day: '',
    cash: 0,
    hash: '',
    answers: 0,
  }));
  // The first answer comes when the data are loaded; what is interesting comes after it.
  for (const account of accounts)
    noteAccount(account, await ask('PUT', account.name, { cash: 1e8, day: START }));
  await Promise.all(
    accounts.map(async (account) => {
      for (let step = 0; !life.over; step++) {
        try {
          await act(account, step, ask);
          killSoon();
        } catch (error) {
          if (!life.over) throw error;
        }
      }
    }),
  );
  await killed;
  return accounts;
}

interface AnswerDocument {
  readonly day: string;
  readonly cash: { readonly amount: number };
  readonly orders: readonly OrderLine[];
  readonly nextSessions: readonly string[];
  readonly provenance: { readonly data: string };
}

type Ask = (method: string, path: string, body?: object) => Promise<AnswerDocument>;

const CODES = ['688256', '688041', '688981', '688008'];

/** Three orders, a cancellation of the last one, a session; and again. */
async function act(account: Acknowledged, step: number, ask: Ask): Promise<void> {
  const { name } = account;
  if (step % 5 === 4) {
    const { nextSessions } = await ask('GET', name);
    noteAccount(account, await ask('POST', `${name}/advance`, { to: nextSessions[0] }));
  } else if (step % 5 === 3) {
    const last = [...account.orders.values()].findLast(({ state }) => state === 'working');
    if (last !== undefined) noteOrders(account, await ask('DELETE', `${name}/orders/${last.id}`));
  } else {
    const order = {
      clientId: `s${step}`,
      security: CODES[step % CODES.length],
      side: 'buy',
      quantity: 200 + step,
    };
    noteOrders(account, await ask('POST', `${name}/orders`, order));
  }
}

function noteOrders(account: Acknowledged, { orders, provenance }: AnswerDocument): void {
  for (const order of orders) if (order.clientId !== null) account.orders.set(order.clientId, order);
  account.hash = provenance.data;
  account.answers++;
}

function noteAccount(account: Acknowledged, document: AnswerDocument): void {
  noteOrders(account, document);
  account.day = document.day;
  account.cash = document.cash.amount;
}

function check(folder: string, accounts: readonly Acknowledged[]): void {
  const store = openTradingStore(folder);
  for (const said of accounts) holds(said, store.read(said.name).events);
  store.close();
}

function holds(said: Acknowledged, events: readonly AccountEvent[]): void {
  const { orders, entries, day, balances } = accountOf(events);
  const names = orders.map(({ order }) => order.clientId);
  expect(new Set(names).size).toBe(names.length);
  // One request may have been taken whose answer never came.
  expect(orders.length - said.orders.size).toBeLessThanOrEqual(1);
  for (const [clientId, line] of said.orders) {
    const found = orders.find(({ order }) => order.clientId === clientId);
    const filled = found?.fills.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0;
    expect([clientId, found?.order.id, filled]).toEqual([clientId, line.id, Math.max(filled, line.filled)]);
    if (line.state === 'filled' || line.state === 'cancelled') expect(found?.state).toBe(line.state);
    if (line.price !== null) expect((found?.fills[0].price ?? 0) / 100).toBe(line.price);
  }
  expect(formatDay(day) >= said.day).toBe(true);
  // An entry for the opening and one for each fill, each in balance, and nothing else.
  const fills = events.filter(({ kind }) => kind === 'filled').length;
  const other = events.filter(({ kind }) => kind === 'bonus' || kind === 'dividend').length;
  expect(entries).toHaveLength(1 + fills + other);
  for (const { lines } of entries) expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
  expect(balances.cash).toBeGreaterThanOrEqual(0);
  // What was acknowledged last is a beginning of what is there: nothing of it was lost, doubled or changed.
  const fold = accountFold(events.slice(0, 1));
  const hashes = [fold.account().hash];
  for (const event of events.slice(1)) {
    fold.add(event);
    hashes.push(fold.account().hash);
  }
  expect(hashes).toContain(said.hash);
}
