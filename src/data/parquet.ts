/**
 * Parquet through DuckDB. The database lives in memory and only reads the files, so any number of processes
 * can read the same bundle at once.
 */
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import { OperationalError } from '../core/index.js';

/** Columns of a query by name, each an array with one entry per row. */
export type Columns = Readonly<Record<string, readonly DuckDBValue[]>>;

export interface ParquetReader {
  /** @param sql a query; `{name}` stands for the Parquet file of that table */
  readonly query: (sql: string) => Promise<Columns>;
  /** A query whose columns are all numbers without NULL, straight into typed columns: for the big tables. */
  readonly numbers: (sql: string) => Promise<Readonly<Record<string, Float64Array>>>;
  readonly close: () => void;
}

/** @param file path of a table's Parquet file by table name */
export async function openParquet(file: (table: string) => string): Promise<ParquetReader> {
  const instance = await database(2);
  const connection = await instance.connect();
  const resolve = (sql: string): string =>
    sql.replaceAll(/\{(\w+)\}/g, (_, table: string) => `read_parquet(${quote(file(table))})`);
  return {
    query: (sql) => readable(() => columnsOf(connection, resolve(sql))),
    numbers: (sql) => readable(() => numbersOf(connection, resolve(sql))),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Loaded only when needed: the library is large, and most mistakes are found before a table is read. */
async function database(threads: number): Promise<DuckDBInstance> {
  const { DuckDBInstance: Database } = await import('@duckdb/node-api');
  return Database.create(':memory:', { threads: String(threads) });
}

/** Runs statements without a result, for writing a Parquet file. */
export async function execute(statements: readonly string[]): Promise<void> {
  const instance = await database(1);
  const connection = await instance.connect();
  try {
    for (const statement of statements) await connection.run(statement);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

async function columnsOf(connection: DuckDBConnection, sql: string): Promise<Columns> {
  const reader = await connection.runAndReadAll(sql);
  const columns = reader.getColumns();
  return Object.fromEntries(reader.columnNames().map((name, i) => [name, columns[i] ?? []]));
}

async function numbersOf(connection: DuckDBConnection, sql: string): Promise<Record<string, Float64Array>> {
  const result = await connection.run(sql);
  const chunks = await result.fetchAllChunks();
  const rows = chunks.reduce((n, chunk) => n + chunk.rowCount, 0);
  const columns = result.columnNames().map((name, column) => {
    const values = new Float64Array(rows);
    let at = 0;
    for (const chunk of chunks) {
      const vector = chunk.getColumnVector(column);
      const { rowCount } = chunk;
      for (let row = 0; row < rowCount; row++) values[at++] = Number(vector.getItem(row));
    }
    return [name, values] as const;
  });
  return Object.fromEntries(columns);
}

async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new OperationalError('data_unreadable', `the data set cannot be read: ${reason}`, false);
  }
}
