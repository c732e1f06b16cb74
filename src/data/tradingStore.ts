/**
 * Paper accounts in one SQLite file: what happened to each, event after event, never changed. An event is written under
 * the number it must have, so of two programs that append to the same account one is told to read again.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { accountOf, OperationalError, Refusal, type AccountEvent } from '../core/index.js';
import { nearest } from './nearest.js';
import { openSqlite, stateFailures, type Connection } from './sqlite.js';

const FILE = 'trading.db';

const MIGRATIONS: readonly string[] = [
  `CREATE TABLE events (
     account TEXT NOT NULL,
     seq INTEGER NOT NULL,
     body TEXT NOT NULL,
     PRIMARY KEY (account, seq)
   ) STRICT, WITHOUT ROWID;`,
];

export interface TradingStore {
  readonly names: () => readonly string[];
  /** @throws Refusal `unknown_account` */
  readonly read: (name: string) => readonly AccountEvent[];
  /**
   * All of them or none.
   * @param after how many events the account had when they were worked out
   * @throws OperationalError `account_changed` when it has others by now
   */
  readonly append: (name: string, after: number, events: readonly AccountEvent[]) => void;
  readonly close: () => void;
}

/** The accounts of a folder; no file is made where there is none. */
export function existingTradingStore(folder: string): TradingStore {
  if (existsSync(join(folder, FILE))) return openTradingStore(folder);
  const none = (name: string): never => {
    throw unknownAccount(name, []);
  };
  return { names: () => [], read: none, append: none, close: () => {} };
}

export function openTradingStore(folder: string): TradingStore {
  const connection = openSqlite(folder, FILE, MIGRATIONS);
  const failing = <T>(work: () => T): T => stateFailures(FILE, work);
  const names = (): string[] =>
    failing(() =>
      (
        connection.prepare('SELECT DISTINCT account FROM events ORDER BY account').all() as {
          account: string;
        }[]
      ).map(({ account }) => account),
    );
  return {
    names,
    read: (name) => {
      const events = failing(() => eventsOf(connection, name));
      if (events.length > 0) return events;
      throw unknownAccount(name, names());
    },
    append: (name, after, events) => failing(() => append(connection, name, after, events)),
    close: () => connection.close(),
  };
}

function eventsOf(connection: Connection, name: string): AccountEvent[] {
  const rows = connection.prepare('SELECT seq, body FROM events WHERE account = ? ORDER BY seq').all(name);
  return (rows as { seq: number; body: string }[]).map(({ body }) => JSON.parse(body) as AccountEvent);
}

function append(connection: Connection, name: string, after: number, events: readonly AccountEvent[]): void {
  const insert = connection.prepare('INSERT INTO events (account, seq, body) VALUES (?, ?, ?)');
  connection.exec('BEGIN IMMEDIATE');
  try {
    const before = eventsOf(connection, name);
    if (before.length !== after) {
      throw new OperationalError('account_changed', `${name} was changed by another program meanwhile`, true);
    }
    // Folded first: what cannot be read again is not written.
    accountOf([...before, ...events]);
    events.forEach((event, i) => insert.run(name, after + i + 1, JSON.stringify(event)));
    connection.exec('COMMIT');
  } catch (error) {
    connection.exec('ROLLBACK');
    throw error;
  }
}

function unknownAccount(name: string, known: readonly string[]): Refusal {
  const near = nearest(name, known);
  const there =
    known.length === 0 ? 'there is none yet; account open makes one' : `there are ${known.join(', ')}`;
  const did = near === undefined ? there : `did you mean ${near}? ${there}`;
  return new Refusal('unknown_account', `there is no account ${name}: ${did}`, { account: name });
}
