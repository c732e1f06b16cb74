/** What was imported and when, for the page that says where numbers come from. */
import { stateFailures, type Connection } from '../../data/sqlite.js';

interface ImportEntry {
  readonly format: string;
  readonly fileName: string;
  readonly rows: number;
  readonly from: string;
  readonly to: string;
  readonly importedMs: number;
}

export interface ImportLog {
  readonly add: (entry: Omit<ImportEntry, 'importedMs'>) => void;
  /** Newest first. */
  readonly list: () => ImportEntry[];
}

export function importLog(connection: Connection, now: () => number): ImportLog {
  const write = connection.prepare(
    'INSERT INTO imports (format, file_name, row_count, first_day, last_day, imported_ms) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const all = connection.prepare(
    `SELECT format, file_name AS fileName, row_count AS rows, first_day AS "from", last_day AS "to", imported_ms AS importedMs
     FROM imports ORDER BY id DESC LIMIT 500`,
  );
  const guarded = <T>(work: () => T): T => stateFailures('the state of the workbench', work);
  return {
    add: ({ format, fileName, rows, from, to }) =>
      void guarded(() => write.run(format, fileName, rows, from, to, now())),
    list: () => guarded(() => all.all()) as ImportEntry[],
  };
}
