/** The accounts' file: nothing acknowledged is lost, and of two writers one is told. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, test } from 'vitest';
import { fen, parseDay, USUAL_COMMISSION, type AccountEvent, type Day } from '../../src/core/index.js';
import { openTradingStore } from '../../src/data/tradingStore.js';
import { ROOT } from '../tidy/files.js';
import { scratch } from './scratch.js';

const files = scratch();
const day = parseDay('2025-09-05') as Day;
const opening: AccountEvent = { kind: 'opened', day, cash: fen(100_000), commission: USUAL_COMMISSION };
const closed = (i: number): AccountEvent => ({ kind: 'closed', day: (day + i) as Day });

describe('the file of the accounts', () => {
  test('gives back what was appended, account by account', () => {
    const store = openTradingStore(files.path('plain'));
    store.append('a', 0, [opening]);
    store.append('b', 0, [opening, closed(1)]);
    store.append('a', 1, [closed(1)]);
    expect(store.names()).toEqual(['a', 'b']);
    expect(store.read('a').events).toEqual([opening, closed(1)]);
    expect(() => store.read('c')).toThrow('there are a, b');
    store.close();
  });

  test('tells the second of two writers, and takes nothing of a bad append', () => {
    const [one, other] = [openTradingStore(files.path('two')), openTradingStore(files.path('two'))];
    one.append('a', 0, [opening]);
    other.append('a', 1, [closed(1)]);
    expect(() => one.append('a', 1, [closed(2)])).toThrow('changed by another program');
    expect(() => one.append('a', 2, [closed(2), closed(1)])).toThrow('ascend');
    expect(one.read('a').events).toEqual([opening, closed(1)]);
    one.close();
    other.close();
  });
});

test('conditions of an earlier version are read as what they were', () => {
  const folder = files.path('earlier');
  mkdirSync(folder);
  const old = new Database(join(folder, 'trading.db'));
  old.exec(`CREATE TABLE events (account TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (account, seq)) STRICT, WITHOUT ROWID; PRAGMA user_version = 1`);
  const terms = { security: '688256', side: 'buy', quantity: 200, validity: 'day' };
  const conditions = [
    { security: '688256', direction: 'at-least', threshold: 1400 },
    { direction: 'at-most', threshold: 1300 },
    undefined,
  ];
  const bodies = [
    opening,
    ...conditions.map((condition, i) => ({ kind: 'placed', day, order: { ...terms, id: i + 1, condition } })),
  ];
  bodies.forEach((body, i) =>
    old.prepare('INSERT INTO events VALUES (?, ?, ?)').run('a', i + 1, JSON.stringify(body)),
  );
  old.close();
  const store = openTradingStore(folder);
  expect(store.read('a').account.orders.map(({ order, state }) => [order.condition?.kind, state])).toEqual([
    ['price', 'waiting'],
    ['index', 'waiting'],
    [undefined, 'working'],
  ]);
  store.close();
});

test('refusals are kept, the newest of them', () => {
  const store = openTradingStore(files.path('refusals'));
  const refusal = (i: number) => ({ account: 'a', atMs: i, request: 'POST', code: 'x', message: String(i) });
  store.refused(Array.from({ length: 10_005 }, (_, i) => refusal(i)));
  const kept = store.refusals('a', 20_000);
  expect([kept.length, kept[0].atMs, kept.at(-1)?.atMs]).toEqual([10_000, 10_004, 5]);
  expect(store.refusals('b', 10)).toEqual([]);
  store.close();
});

/** A nightly run asks for 500. */
const KILLS = Number(process.env.COUNTERWEIGHT_KILLS ?? 4);

test(
  `killed ${KILLS} times while it appends, it has every acknowledged event exactly once`,
  async () => {
    const folder = files.path('killed');
    const store = openTradingStore(folder);
    store.append('a', 0, [opening]);
    store.close();
    let acknowledged = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER], {
        cwd: ROOT,
        env: { ...process.env, FOLDER: folder },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      child.stdout.on('data', (chunk) => (said += chunk));
      while (!said.includes('\n')) await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, (kill * 13) % 40));
      child.kill('SIGKILL');
      await new Promise((resolve) => child.on('close', resolve));
      acknowledged = Number(said.trimEnd().split('\n').at(-1));
      const again = openTradingStore(folder);
      const days = again.read('a').events.map((event) => event.day - day);
      again.close();
      expect(days).toEqual(Array.from(days.keys()));
      // The one after the last acknowledged may have been written as well.
      expect([acknowledged, acknowledged + 1]).toContain(days.length - 1);
    }
    expect(acknowledged).toBeGreaterThan(KILLS);
  },
  KILLS * 5_000 + 20_000,
);

/** Appends one session after another, and says so once each is written. */
const WRITER = `
  import { openTradingStore } from './dist/data/tradingStore.js';
  const store = openTradingStore(process.env.FOLDER);
  for (;;) {
    const { events } = store.read('a');
    const day = events[0].day + events.length;
    store.append('a', events.length, [{ kind: 'closed', day }]);
    process.stdout.write(events.length + '\\n');
  }`;
