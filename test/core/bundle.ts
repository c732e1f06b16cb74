/** The bundled data: once as the engine reads it, and once as plain rows for references that must not use the engine. */
import type { IndexData, Rulebook, SessionCalendar } from '../../src/core/index.js';
import { sessionCalendar } from '../../src/core/index.js';
import { loadIndexData } from '../../src/data/bundle.js';
import { openParquet, type Columns } from '../../src/data/parquet.js';
import { loadRulebook } from '../../src/data/rulebooks.js';

const FOLDER = 'datasets/cn-star';

export const star50 = (): Promise<Rulebook> => loadRulebook('star-50', 'rulebooks');

export const bundle = async (): Promise<IndexData> => loadIndexData(FOLDER, await star50());

/** Rows of a query over the Parquet files, straight from the file. */
export async function rows(sql: string): Promise<Columns> {
  const reader = await openParquet((table) => `${FOLDER}/${table}.parquet`);
  try {
    return await reader.query(sql);
  } finally {
    reader.close();
  }
}

export async function sessionsOf(market: 'XSHG' | 'XNYS' | 'XHKG'): Promise<SessionCalendar> {
  const { day } = await rows(
    `SELECT CAST(day - DATE '1970-01-01' AS INTEGER) AS day FROM {calendars} WHERE market = '${market}' ORDER BY day`,
  );
  return sessionCalendar(market, day as number[]);
}
