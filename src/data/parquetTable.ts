/** A table of exact values as the bytes of a Parquet file. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ioError, withScratchFolder } from './files.js';
import { execute, quote } from './parquet.js';

type Cell = string | number | boolean | null;

/** Column types follow the first value that is there; a table without rows has one column without a value. */
export async function parquetBytes(rows: readonly Readonly<Record<string, Cell>>[]): Promise<Buffer> {
  const names = Object.keys(rows[0] ?? { empty: null });
  const columns = names.map((name) => `${quote(name)}: '${typeOf(rows, name)}'`).join(', ');
  return withScratchFolder(async (scratch) => {
    const [source, target] = [join(scratch, 'rows.json'), join(scratch, 'rows.parquet')];
    // NaN, which JSON does not know, becomes null there.
    await writeFile(source, rows.map((row) => JSON.stringify(row)).join('\n'));
    await execute([
      `COPY (SELECT * FROM read_json(${quote(source)}, format = 'newline_delimited', columns = {${columns}})) ` +
        `TO ${quote(target)} (FORMAT parquet, COMPRESSION zstd)`,
    ]);
    return await readFile(target);
  }).catch((error: unknown) => {
    throw ioError(error, 'the Parquet file');
  });
}

function typeOf(rows: readonly Readonly<Record<string, Cell>>[], name: string): string {
  const first = rows.find((row) => row[name] !== null && row[name] !== undefined)?.[name];
  if (typeof first === 'number') return 'DOUBLE';
  return typeof first === 'boolean' ? 'BOOLEAN' : 'VARCHAR';
}
