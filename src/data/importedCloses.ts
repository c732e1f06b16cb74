/**
 * Closes that a person imported, kept as one Parquet file in the data folder. An import adds to what is there;
 * the same security and day is replaced; the file is swapped whole, so a killed import changes nothing.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { formatDay, securityId, type Day, type SecurityId } from '../core/index.js';
import { ioError, withScratchFolder, writeFileAtomic } from './files.js';
import { withLock } from './lock.js';
import { execute, openParquet, quote } from './parquet.js';

const FILE = 'imported-closes.parquet';

interface ImportedClose {
  readonly id: SecurityId;
  readonly day: Day;
  readonly close: number;
  /** Value traded, `undefined` when the file gave none. */
  readonly value: number | undefined;
}

/** The folder's file of imported closes, or `undefined` when nothing was imported. */
export function importedClosesFile(folder: string): string | undefined {
  const file = join(folder, FILE);
  return existsSync(file) ? file : undefined;
}

async function readImportedCloses(folder: string): Promise<ImportedClose[]> {
  const file = importedClosesFile(folder);
  if (file === undefined) return [];
  const reader = await openParquet(() => file);
  try {
    const c = await reader.query(
      `SELECT id, CAST(day - DATE '1970-01-01' AS INTEGER) AS day, close, value_cny FROM {closes} ORDER BY id, day`,
    );
    return c.id.map((id, i) => ({
      id: securityId(String(id)),
      day: Number(c.day[i]) as Day,
      close: Number(c.close[i]),
      value: c.value_cny[i] === null ? undefined : Number(c.value_cny[i]),
    }));
  } finally {
    reader.close();
  }
}

/**
 * Merges rows into the folder's imported closes, one import at a time.
 * @returns how many rows it holds afterwards
 * @throws OperationalError `file_busy` when another import holds the folder
 */
export async function addImportedCloses(folder: string, rows: readonly ImportedClose[]): Promise<number> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw ioError(error, folder);
  }
  return withLock(join(folder, '.import.lock'), () => mergeCloses(folder, rows));
}

async function mergeCloses(folder: string, rows: readonly ImportedClose[]): Promise<number> {
  const merged = new Map((await readImportedCloses(folder)).map((row) => [`${row.id}/${row.day}`, row]));
  for (const row of rows) merged.set(`${row.id}/${row.day}`, row);
  const ordered = [...merged.values()].toSorted((a, b) =>
    a.id < b.id ? -1 : a.id > b.id ? 1 : a.day - b.day,
  );
  await withScratchFolder(async (scratch) => {
    const [source, target] = [join(scratch, 'closes.csv'), join(scratch, FILE)];
    await writeFile(
      source,
      stringify(ordered.map((row) => [row.id, formatDay(row.day), row.close, row.value ?? ''])),
    );
    await execute([
      `COPY (SELECT * FROM read_csv(${quote(source)}, header = false, columns = {'id': 'VARCHAR', 'day': 'DATE', 'close': 'DOUBLE', 'value_cny': 'DOUBLE'})) ` +
        `TO ${quote(target)} (FORMAT parquet, COMPRESSION zstd)`,
    ]);
    await writeFileAtomic(join(folder, FILE), await readFile(target));
  }).catch((error: unknown) => {
    throw ioError(error, folder);
  });
  return ordered.length;
}
