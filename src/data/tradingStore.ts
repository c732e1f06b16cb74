/**
 * Paper accounts in one SQLite file: what happened to each, event after event, never changed. An event is written under
 * the number it must have, so of two programs that append to the same account one is told to read again. What has been
 * read is kept, and only what came since is read again.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  accountFold,
  OperationalError,
  Refusal,
  type AccountEvent,
  type AccountFold,
  type AccountHistory,
} from '../core/index.js';
import { nearest } from './nearest.js';
import { openSqlite, stateFailures } from './sqlite.js';

const FILE = 'trading.db';

const MIGRATIONS: readonly string[] = [
  `CREATE TABLE events (
     account TEXT NOT NULL,
     seq INTEGER NOT NULL,
     body TEXT NOT NULL,
     PRIMARY KEY (account, seq)
   ) STRICT, WITHOUT ROWID;`,
  // Conditions were only on a price or on the level of the index, told apart by the security alone.
  `UPDATE events SET body = json_set(body, '$.order.condition.kind',
     CASE WHEN json_extract(body, '$.order.condition.security') IS NULL THEN 'index' ELSE 'price' END)
   WHERE json_extract(body, '$.order.condition') IS NOT NULL;`,
  // What was asked and not taken, the newest of it.
  `CREATE TABLE refusals (
     id INTEGER PRIMARY KEY,
     account TEXT NOT NULL,
     at_ms INTEGER NOT NULL,
     request TEXT NOT NULL,
     code TEXT NOT NULL,
     message TEXT NOT NULL
   ) STRICT;
   CREATE INDEX refusals_by_account ON refusals (account, id);`,
];

/** Refusals that are kept: somebody who sends nonsense all day fills no disk. */
const MOST_REFUSALS = 10_000;

export interface RefusedRequest {
  readonly account: string;
  readonly atMs: number;
  /** As it was sent, cut where it is long. */
  readonly request: string;
  readonly code: string;
  readonly message: string;
}

export interface TradingStore {
  readonly names: () => readonly string[];
  /** @throws Refusal `unknown_account` */
  readonly read: (name: string) => AccountHistory;
  /**
   * All of them or none.
   * @param after how many events the account had when they were worked out
   * @throws OperationalError `account_changed` when it has others by now
   */
  readonly append: (name: string, after: number, events: readonly AccountEvent[]) => AccountHistory;
  readonly refused: (refusals: readonly RefusedRequest[]) => void;
  /** Newest first. */
  readonly refusals: (name: string, limit: number) => readonly RefusedRequest[];
  readonly close: () => void;
}

/** The accounts of a folder; no file is made where there is none. */
export function existingTradingStore(folder: string): TradingStore {
  if (existsSync(join(folder, FILE))) return openTradingStore(folder);
  const none = (name: string): never => {
    throw unknownAccount(name, []);
  };
  return {
    names: () => [],
    read: none,
    append: none,
    refused: () => {},
    refusals: () => [],
    close: () => {},
  };
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
  const held = new Map<string, Held>();
  /** Brings what is kept of an account up to date. */
  const current = (name: string): Held | undefined => {
    const known = held.get(name);
    const rows = connection.prepare(AFTER).all(name, known?.events.length ?? 0) as { body: string }[];
    if (known === undefined && rows.length === 0) return undefined;
    const events = rows.map(({ body }) => JSON.parse(body) as AccountEvent);
    const now = grown(known, events);
    held.set(name, now);
    return now;
  };
  return {
    names,
    read: (name) => {
      const found = failing(() => current(name));
      if (found !== undefined) return heldAccount(found);
      throw unknownAccount(name, names());
    },
    append: (name, after, events) =>
      failing(() => {
        connection.exec('BEGIN IMMEDIATE');
        try {
          const before = current(name);
          if ((before?.events.length ?? 0) !== after) {
            throw new OperationalError(
              'account_changed',
              `${name} was changed by another program meanwhile`,
              true,
            );
          }
          // Folded first: what cannot be read again is not written.
          const now = grown(before, events);
          const insert = connection.prepare('INSERT INTO events (account, seq, body) VALUES (?, ?, ?)');
          events.forEach((event, i) => insert.run(name, after + i + 1, JSON.stringify(event)));
          connection.exec('COMMIT');
          held.set(name, now);
          return heldAccount(now);
        } catch (error) {
          // What is kept may have grown by what was not written.
          held.delete(name);
          connection.exec('ROLLBACK');
          throw error;
        }
      }),
    refused: (refusals) =>
      failing(() => {
        const insert = connection.prepare(REFUSED);
        connection.exec('BEGIN IMMEDIATE');
        for (const { account, atMs, request, code, message } of refusals)
          insert.run(account, atMs, request, code, message);
        connection.prepare(FORGOTTEN).run(MOST_REFUSALS);
        connection.exec('COMMIT');
      }),
    refusals: (name, limit) =>
      failing(() => connection.prepare(REFUSALS).all(name, limit) as RefusedRequest[]),
    close: () => connection.close(),
  };
}

const AFTER = 'SELECT body FROM events WHERE account = ? AND seq > ? ORDER BY seq';
const REFUSED = 'INSERT INTO refusals (account, at_ms, request, code, message) VALUES (?, ?, ?, ?, ?)';
const FORGOTTEN = 'DELETE FROM refusals WHERE id <= (SELECT max(id) FROM refusals) - ?';
const REFUSALS =
  'SELECT account, at_ms AS atMs, request, code, message FROM refusals WHERE account = ? ORDER BY id DESC LIMIT ?';

interface Held {
  readonly events: AccountEvent[];
  readonly fold: AccountFold;
}

function grown(before: Held | undefined, events: readonly AccountEvent[]): Held {
  if (before === undefined) return { events: [...events], fold: accountFold(events) };
  for (const event of events) {
    before.fold.add(event);
    before.events.push(event);
  }
  return before;
}

const heldAccount = ({ events, fold }: Held): AccountHistory => ({
  events: [...events],
  account: fold.account(),
});

function unknownAccount(name: string, known: readonly string[]): Refusal {
  const near = nearest(name, known);
  const there =
    known.length === 0 ? 'there is none yet; account open makes one' : `there are ${known.join(', ')}`;
  const did = near === undefined ? there : `did you mean ${near}? ${there}`;
  return new Refusal('unknown_account', `there is no account ${name}: ${did}`, { account: name });
}
