/**
 * The state of the workbench in one SQLite file: watchlists, alerts, what-ifs, preferences, jobs. What has been
 * acknowledged survives a killed process and a power cut: write-ahead log, flushed at every commit.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { OperationalError } from '../../core/index.js';
import { ioError } from '../../data/files.js';
import { MIGRATIONS } from './migrations.js';

export type Connection = Database.Database;

const FILE = 'workbench.db';
const PATIENCE_MS = 5_000;

/**
 * Opens the state of a data folder, bringing it up to date.
 * @throws OperationalError `state_unreadable`, `state_newer` for a file of a later version of this program
 */
export function openDatabase(folder: string): Connection {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw ioError(error, folder);
  }
  const file = join(folder, FILE);
  return stateFailures(file, () => {
    const connection = new Database(file);
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma(`busy_timeout = ${PATIENCE_MS}`);
    migrate(connection, file);
    return connection;
  });
}

/** Takes the steps that are missing, each in a transaction of its own. @param to for tests: how far to go */
export function migrate(connection: Connection, file: string, to = MIGRATIONS.length): void {
  const version = versionOf(connection);
  if (version > MIGRATIONS.length) {
    throw new OperationalError(
      'state_newer',
      `${file} was written by a later version of Counterweight (step ${version}, this one knows ${MIGRATIONS.length}); use that one, or another --data folder`,
      false,
    );
  }
  for (let step = version; step < to; step++) {
    connection.exec(`BEGIN IMMEDIATE; ${MIGRATIONS[step]} PRAGMA user_version = ${step + 1}; COMMIT;`);
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
