/**
 * FIX sessions in one SQLite file: sequence numbers, the messages that may be asked for again, those that came, and what was
 * refused. Everything that one incoming message brings about is written in one step, before anything of it is sent.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OperationalError, TAG, type FixMessage, type KeptMessage } from '../core/index.js';
import { openSqlite, stateFailures, type Connection } from './sqlite.js';

const FILE = 'fix.db';

const MIGRATIONS: readonly string[] = [
  `CREATE TABLE sessions (
     id TEXT PRIMARY KEY,
     epoch INTEGER NOT NULL,
     next_in INTEGER NOT NULL,
     next_out INTEGER NOT NULL,
     reported INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE messages (
     session TEXT NOT NULL,
     direction TEXT NOT NULL,
     epoch INTEGER NOT NULL,
     seq INTEGER NOT NULL,
     at INTEGER NOT NULL,
     type TEXT NOT NULL,
     client_id TEXT,
     fields TEXT NOT NULL,
     PRIMARY KEY (session, direction, epoch, seq)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE refusals (
     number INTEGER PRIMARY KEY,
     at INTEGER NOT NULL,
     session TEXT NOT NULL,
     code TEXT NOT NULL,
     text TEXT NOT NULL
   ) STRICT;`,
];

/** Where a session stands. `epoch` counts how often its sequences began anew. */
export interface KeptSession {
  readonly epoch: number;
  readonly nextIn: number;
  readonly nextOut: number;
  /** Reports of the gateway that were passed on. */
  readonly reported: number;
}

export interface ReceivedMessage {
  readonly seq: number;
  readonly at: number;
  readonly message: FixMessage;
}

export interface FixRefusal {
  /** ms since 1970 */
  readonly at: number;
  readonly session: string;
  readonly code: string;
  readonly text: string;
}

export interface FixStore {
  /** @param reported of a session that is new */
  readonly session: (id: string, reported: number) => KeptSession;
  /**
   * All of it or nothing.
   * @throws OperationalError `session_taken` when another process has moved the session on
   */
  readonly commit: (
    id: string,
    from: KeptSession,
    to: KeptSession,
    messages: { readonly sent: readonly KeptMessage[]; readonly received: readonly ReceivedMessage[] },
  ) => void;
  /** Sent messages of an epoch with `from` <= seq <= `to`. */
  readonly sent: (id: string, epoch: number, from: number, to: number) => readonly KeptMessage[];
  /** Every message that came, of all epochs, in order, with a number that ascends. */
  readonly received: (
    id: string,
    after: number,
  ) => readonly { readonly number: number; readonly message: FixMessage }[];
  /** ClOrdID of everything sent in an epoch, with its number. */
  readonly sentNames: (id: string, epoch: number) => ReadonlyMap<string, number>;
  readonly note: (refusals: readonly FixRefusal[]) => void;
  readonly sessions: () => readonly (KeptSession & { readonly id: string })[];
  /** The latest ones, latest first. */
  readonly refusals: (most: number) => readonly FixRefusal[];
  readonly close: () => void;
}

/** The log of refusals keeps this many: a hostile client must not fill the disk. */
const MOST_REFUSALS = 10_000;
/** Numbers of received messages: an epoch has room for as many as a sequence number has digits. */
const PER_EPOCH = 1e9;

/** @throws OperationalError `no_sessions` where there were none yet */
export function existingFixStore(folder: string): FixStore {
  if (existsSync(join(folder, FILE))) return openFixStore(folder);
  throw new OperationalError(
    'no_sessions',
    `no FIX session has been held with the data folder ${folder}`,
    false,
  );
}

export function openFixStore(folder: string): FixStore {
  const connection = openSqlite(folder, FILE, MIGRATIONS);
  const failing = <T>(work: () => T): T => stateFailures(FILE, work);
  return {
    session: (id, reported) => failing(() => sessionOf(connection, id, reported)),
    commit: (id, from, to, messages) => failing(() => commit(connection, id, from, to, messages)),
    sent: (id, epoch, from, to) => failing(() => sentOf(connection, id, epoch, from, to)),
    received: (id, after) => failing(() => receivedOf(connection, id, after)),
    sentNames: (id, epoch) => failing(() => namesOf(connection, id, epoch)),
    note: (refusals) => failing(() => note(connection, refusals)),
    sessions: () =>
      failing(() =>
        (connection.prepare('SELECT * FROM sessions ORDER BY id').all() as SessionRow[]).map(kept),
      ),
    refusals: (most) =>
      failing(
        () =>
          connection
            .prepare('SELECT at, session, code, text FROM refusals ORDER BY number DESC LIMIT ?')
            .all(most) as FixRefusal[],
      ),
    close: () => connection.close(),
  };
}

interface SessionRow {
  readonly id: string;
  readonly epoch: number;
  readonly next_in: number;
  readonly next_out: number;
  readonly reported: number;
}

const kept = ({ id, epoch, next_in, next_out, reported }: SessionRow) => ({
  id,
  epoch,
  nextIn: next_in,
  nextOut: next_out,
  reported,
});

function sessionOf(connection: Connection, id: string, reported: number): KeptSession {
  connection
    .prepare('INSERT OR IGNORE INTO sessions (id, epoch, next_in, next_out, reported) VALUES (?, 1, 1, 1, ?)')
    .run(id, reported);
  const { id: _, ...session } = kept(
    connection.prepare('SELECT * FROM sessions WHERE id = ?').get(id) as SessionRow,
  );
  return session;
}

function commit(
  connection: Connection,
  id: string,
  from: KeptSession,
  to: KeptSession,
  {
    sent,
    received,
  }: { readonly sent: readonly KeptMessage[]; readonly received: readonly ReceivedMessage[] },
): void {
  const insert = connection.prepare(
    'INSERT INTO messages (session, direction, epoch, seq, at, type, client_id, fields) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  connection.exec('BEGIN IMMEDIATE');
  try {
    const { changes } = connection
      .prepare(
        `UPDATE sessions SET epoch = ?, next_in = ?, next_out = ?, reported = ?
         WHERE id = ? AND epoch = ? AND next_in = ? AND next_out = ? AND reported = ?`,
      )
      .run(
        to.epoch,
        to.nextIn,
        to.nextOut,
        to.reported,
        id,
        from.epoch,
        from.nextIn,
        from.nextOut,
        from.reported,
      );
    if (changes === 0) throw taken(id);
    for (const { seq, sentAt, type, body } of sent) {
      insert.run(id, 'out', to.epoch, seq, sentAt, type, nameIn(body), JSON.stringify(body));
    }
    for (const { seq, at, message } of received) {
      const { type, fields } = message;
      insert.run(id, 'in', to.epoch, seq, at, type, nameIn(fields), JSON.stringify(message));
    }
    connection.exec('COMMIT');
  } catch (error) {
    connection.exec('ROLLBACK');
    throw error;
  }
}

const taken = (id: string): OperationalError =>
  new OperationalError('session_taken', `another process holds the session ${id}; end it first`, false);

const nameIn = (fields: KeptMessage['body']): string | null =>
  fields.find(([tag]) => tag === TAG.ClOrdID)?.[1] ?? null;

function sentOf(connection: Connection, id: string, epoch: number, from: number, to: number): KeptMessage[] {
  const rows = connection
    .prepare(
      `SELECT seq, at, type, fields FROM messages
       WHERE session = ? AND direction = 'out' AND epoch = ? AND seq BETWEEN ? AND ? ORDER BY seq`,
    )
    .all(id, epoch, from, to) as { seq: number; at: number; type: string; fields: string }[];
  return rows.map(({ seq, at, type, fields }) => ({ seq, type, body: JSON.parse(fields), sentAt: at }));
}

function receivedOf(connection: Connection, id: string, after: number) {
  const [epoch, seq] = [Math.floor(after / PER_EPOCH), after % PER_EPOCH];
  const rows = connection
    .prepare(
      `SELECT epoch, seq, fields FROM messages WHERE session = ? AND direction = 'in'
       AND (epoch > ? OR (epoch = ? AND seq > ?)) ORDER BY epoch, seq`,
    )
    .all(id, epoch, epoch, seq) as { epoch: number; seq: number; fields: string }[];
  return rows.map((row) => ({
    number: row.epoch * PER_EPOCH + row.seq,
    message: JSON.parse(row.fields) as FixMessage,
  }));
}

function namesOf(connection: Connection, id: string, epoch: number): Map<string, number> {
  const rows = connection
    .prepare(
      `SELECT client_id AS name, seq FROM messages
       WHERE session = ? AND direction = 'out' AND epoch = ? AND client_id IS NOT NULL`,
    )
    .all(id, epoch) as { name: string; seq: number }[];
  return new Map(rows.map(({ name, seq }) => [name, seq]));
}

function note(connection: Connection, refusals: readonly FixRefusal[]): void {
  if (refusals.length === 0) return;
  const insert = connection.prepare('INSERT INTO refusals (at, session, code, text) VALUES (?, ?, ?, ?)');
  const prune = connection.prepare(
    'DELETE FROM refusals WHERE number <= (SELECT max(number) FROM refusals) - ?',
  );
  connection.exec('BEGIN IMMEDIATE');
  for (const { at, session, code, text } of refusals) insert.run(at, session, code, text);
  prune.run(MOST_REFUSALS);
  connection.exec('COMMIT');
}
