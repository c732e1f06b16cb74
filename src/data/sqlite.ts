/**
 * One SQLite file with a versioned shape. What has been acknowledged survives a killed process and a power cut:
 * write-ahead log, flushed at every commit.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { OperationalError } from '../core/index.js';
import { ioError } from './files.js';

export type Connection = Database.Database;

const PATIENCE_MS = 5_000;

/**
 * Opens a file of a data folder, bringing it up to date.
 * @param migrations the shape, one step after another; a step that has been released is never changed
 * @throws OperationalError `state_unreadable`, `state_newer` for a file of a later version of this program
 */
export function openSqlite(folder: string, name: string, migrations: readonly string[]): Connection {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw ioError(error, folder);
  }
  const file = join(folder, name);
  return stateFailures(file, () => {
    const connection = new Database(file);
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma(`busy_timeout = ${PATIENCE_MS}`);
    migrate(connection, file, migrations);
    return connection;
  });
}

/** Takes the steps that are missing, each in a transaction of its own. @param to for tests: how far to go */
export function migrate(
  connection: Connection,
  file: string,
  migrations: readonly string[],
  to = migrations.length,
): void {
  const version = versionOf(connection);
  if (version > migrations.length) {
    throw new OperationalError(
      'state_newer',
      `${file} was written by a later version of Counterweight (step ${version}, this one knows ${migrations.length}); use that one, or another --data folder`,
      false,
    );
  }
  for (let step = version; step < to; step++) {
    connection.exec(`BEGIN IMMEDIATE; ${migrations[step]} PRAGMA user_version = ${step + 1}; COMMIT;`);
  }
}

export function versionOf(connection: Connection): number {
  const [row] = connection.prepare('SELECT user_version AS version FROM pragma_user_version').all();
  return (row as { version: number }).version;
}

/** What the database could not do, as a failure of the world outside. */
export function stateFailures<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'OperationalError') throw error;
    const code = 'code' in error ? String(error.code) : '';
    if (!code.startsWith('SQLITE')) throw error;
    const busy = code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED';
    const what = busy ? 'another program is writing to it' : `${error.message} (${code})`;
    throw new OperationalError(busy ? 'state_busy' : 'state_unreadable', `${file}: ${what}`, busy);
  }
}
