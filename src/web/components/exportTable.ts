/** A table as its reader left it, as a file or as text to paste. */
import { fetchFile } from '../api/client.js';

export type Cell = string | number | boolean | null;

export interface ExportedTable {
  /** Name of the file and of the sheet. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export type TableFormat = 'csv' | 'xlsx' | 'parquet';

/** @throws ApiFailure */
export async function saveTable(table: ExportedTable, format: TableFormat): Promise<void> {
  saveBlob(await fetchFile('/tables', { format }, table), `${table.name}.${format}`);
}

/** Tab-separated, as spreadsheets take it. */
export const tableText = ({ columns, rows }: ExportedTable): string =>
  [columns, ...rows].map((row) => row.map((cell) => cell ?? '').join('\t')).join('\n');

export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
