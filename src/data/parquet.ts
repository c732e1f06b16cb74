/**
 * Parquet through DuckDB. The database lives in memory and only reads the files, so any number of processes
 * can read the same bundle at once.
 */
import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import { OperationalError } from '../core/index.js';

/** Columns of a query by name, each an array with one entry per row. */
export type Columns = Readonly<Record<string, readonly DuckDBValue[]>>;

export interface ParquetReader {
  /** @param sql a query; `{name}` stands for the Parquet file of that table */
  readonly query: (sql: string) => Promise<Columns>;
  readonly close: () => void;
}

/** @param file path of a table's Parquet file by table name */
export async function openParquet(file: (table: string) => string): Promise<ParquetReader> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  return {
    query: (sql) => run(connection, sql.replaceAll(/\{(\w+)\}/g, (_, table: string) => `read_parquet(${quote(file(table))})`)),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Runs statements without a result, for writing a Parquet file. */
export async function execute(statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    for (const statement of statements) await connection.run(statement);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

async function run(connection: DuckDBConnection, sql: string): Promise<Columns> {
  try {
    const reader = await connection.runAndReadAll(sql);
    const names = reader.columnNames();
    const columns = reader.getColumns();
    return Object.fromEntries(names.map((name, i) => [name, columns[i] ?? []]));
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new OperationalError('data_unreadable', `the data set cannot be read: ${reason}`, false);
  }
}
