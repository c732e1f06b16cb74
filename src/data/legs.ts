/** Printed trades of other indices in the bundle, for netting. */
import { join } from 'node:path';
import type { Day, SecurityId } from '../core/index.js';
import { openParquet } from './parquet.js';

export interface PublishedLeg {
  readonly index: string;
  readonly effective: Day;
  readonly knownOn: Day;
  readonly value: number;
  readonly source: string;
  readonly note: string;
}

export async function publishedLegs(folder: string, id: SecurityId): Promise<PublishedLeg[]> {
  const reader = await openParquet((table) => join(folder, `${table}.parquet`));
  try {
    const day = (column: string): string => `CAST(${column} - DATE '1970-01-01' AS INTEGER) AS ${column}`;
    const rows = await reader.query(
      `SELECT index_id, ${day('effective')}, ${day('known_on')}, value_cny, source_url, note FROM {legs} WHERE id = '${String(id).replaceAll("'", "''")}' ORDER BY effective, index_id`,
    );
    return rows.index_id.map((index, i) => ({
      index: String(index),
      effective: Number(rows.effective[i]) as Day,
      knownOn: Number(rows.known_on[i]) as Day,
      value: Number(rows.value_cny[i]),
      source: String(rows.source_url[i]),
      note: String(rows.note[i]),
    }));
  } finally {
    reader.close();
  }
}
