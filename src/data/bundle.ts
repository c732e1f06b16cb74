/**
 * The bundled data set as core values. Days travel as whole days since 1970-01-01, so that no time zone and no
 * `Date` comes near them; rows arrive sorted from the files.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBValue } from '@duckdb/node-api';
import {
  factTable,
  indexId,
  OperationalError,
  pricePanel,
  securityId,
  sessionCalendar,
  type Day,
  type Fact,
  type IndexData,
  type KnownBasket,
  type Market,
  type PriceRow,
  type PublishedAssets,
  type PublishedChange,
  type PublishedEstimate,
  type PublishedReserve,
  type Quality,
  type Rulebook,
  type Security,
  type SecurityId,
  type SessionCalendar,
  type ShareAction,
} from '../core/index.js';
import { openParquet, type Columns, type ParquetReader } from './parquet.js';

/** A close that a person imported; it goes before the bundled close of the same security and day. */
export interface ImportedClose {
  readonly id: SecurityId;
  readonly day: Day;
  readonly close: number;
  readonly value: number | undefined;
}

/**
 * Everything held about one index, from the Parquet files of a bundle folder.
 * @param imported closes that replace or extend the bundled ones
 * @throws OperationalError when the folder is missing or damaged
 */
export async function loadIndexData(folder: string, rulebook: Rulebook, imported: readonly ImportedClose[] = []): Promise<IndexData> {
  if (!existsSync(join(folder, 'closes.parquet'))) {
    throw new OperationalError('data_missing', `there is no data set in ${folder}; run npm ci in a fresh checkout, or name another folder`, false);
  }
  const reader = await openParquet((table) => join(folder, `${table}.parquet`));
  try {
    const index = rulebook.id;
    const [market, actions, baskets, changes, reserve, levels, assets, estimates] = [
      await readMarket(reader, rulebook.market, imported),
      await readActions(reader),
      await readBaskets(reader, index),
      await readChanges(reader, index),
      await readReserve(reader, index),
      await readLevels(reader, index),
      await readAssets(reader, index),
      await readEstimates(reader, index),
    ];
    return { rulebook, market, actions, baskets, changes, reserve, levels, assets, estimates };
  } finally {
    reader.close();
  }
}

/** Sessions of one market. @throws OperationalError when the bundle has none */
export async function loadCalendar(folder: string, market: string): Promise<SessionCalendar> {
  const reader = await openParquet((table) => join(folder, `${table}.parquet`));
  try {
    return await readCalendar(reader, market);
  } finally {
    reader.close();
  }
}

const day = (column: string): string => `CAST(${column} - DATE '1970-01-01' AS INTEGER) AS ${column}`;

async function readMarket(reader: ParquetReader, marketCode: string, imported: readonly ImportedClose[]): Promise<Market> {
  const s = await reader.query(`SELECT id, coalesce(name_zh, id) AS name_zh, coalesce(name_en, '') AS name_en, market, board, kind, ${day('list_day')} FROM {securities} ORDER BY id`);
  const securities = rowsIn(s).map(
    (i): Security => ({
      id: idAt(s.id, i),
      nameZh: textAt(s.name_zh, i),
      nameEn: textAt(s.name_en, i),
      market: textAt(s.market, i),
      board: textAt(s.board, i),
      kind: textAt(s.kind, i) as Security['kind'],
      listed: dayAt(s.list_day, i),
    }),
  );
  const f = await reader.query(`SELECT id, field, value, ${day('as_of')}, ${day('known_on')}, quality, source, note FROM {facts} ORDER BY id, field, as_of, known_on`);
  const facts = rowsIn(f).map(
    (i): Fact => ({
      id: idAt(f.id, i),
      field: textAt(f.field, i) as Fact['field'],
      value: numberAt(f.value, i),
      asOf: dayAt(f.as_of, i),
      knownOn: dayAt(f.known_on, i),
      quality: textAt(f.quality, i) as Quality,
      source: textAt(f.source, i),
      note: textAt(f.note, i),
    }),
  );
  return {
    securities,
    prices: pricePanel(withImported(await readCloses(reader), imported)),
    facts: factTable(facts),
    calendar: await readCalendar(reader, marketCode),
  };
}

async function readCloses(reader: ParquetReader): Promise<PriceRow[]> {
  const c = await reader.query(`SELECT id, ${day('day')}, close, value_cny, quality FROM {closes} ORDER BY id, day`);
  return rowsIn(c).map((i) => ({
    id: idAt(c.id, i),
    day: dayAt(c.day, i),
    close: numberAt(c.close, i),
    value: c.value_cny[i] === null ? Number.NaN : numberAt(c.value_cny, i),
    quality: textAt(c.quality, i) as PriceRow['quality'],
  }));
}

function withImported(rows: PriceRow[], imported: readonly ImportedClose[]): PriceRow[] {
  if (imported.length === 0) return rows;
  const key = (id: SecurityId, on: Day): string => `${id}/${on}`;
  const replaced = new Map(imported.map((row) => [key(row.id, row.day), row]));
  const merged = rows.filter((row) => !replaced.has(key(row.id, row.day)));
  // The value traded that the bundle knows stays when the imported file gives none.
  const known = new Map(rows.filter((row) => replaced.has(key(row.id, row.day))).map((row) => [key(row.id, row.day), row.value]));
  for (const { id, day: on, close, value } of imported) {
    merged.push({ id, day: on, close, value: value ?? known.get(key(id, on)) ?? Number.NaN, quality: 'imported' });
  }
  return merged.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.day - b.day));
}

async function readCalendar(reader: ParquetReader, market: string): Promise<SessionCalendar> {
  const c = await reader.query(`SELECT ${day('day')} FROM {calendars} WHERE market = '${market.replaceAll("'", '')}' ORDER BY day`);
  if (c.day.length === 0) throw new OperationalError('data_missing', `the data set has no sessions of ${market}`, false);
  return sessionCalendar(market, c.day as number[]);
}

async function readActions(reader: ParquetReader): Promise<ShareAction[]> {
  const a = await reader.query(`SELECT id, ${day('ex_day')}, share_ratio FROM {actions} WHERE share_ratio <> 1 ORDER BY id, ex_day`);
  return rowsIn(a).map((i) => ({ id: idAt(a.id, i), exDay: dayAt(a.ex_day, i), shareRatio: numberAt(a.share_ratio, i) }));
}

async function readBaskets(reader: ParquetReader, index: string): Promise<KnownBasket[]> {
  const b = await reader.query(`SELECT basket, ${day('swap_day')}, ${day('first_day')}, divisor, ${day('known_on')}, quality, note FROM {baskets} WHERE index_id = '${index}' ORDER BY swap_day`);
  const m = await reader.query(`SELECT basket, id, adjusted_shares, capping_factor FROM {index_shares} WHERE index_id = '${index}' ORDER BY basket, id`);
  return rowsIn(b).map((i): KnownBasket => {
    const rows = rowsIn(m).filter((row) => m.basket[row] === b.basket[i]);
    return {
      knownOn: dayAt(b.known_on, i),
      composition: {
        index: indexId(index),
        swap: dayAt(b.swap_day, i),
        effective: dayAt(b.first_day, i),
        ids: rows.map((row) => idAt(m.id, row)),
        adjustedShares: Float64Array.from(rows, (row) => numberAt(m.adjusted_shares, row)),
        cappingFactors: Float64Array.from(rows, (row) => numberAt(m.capping_factor, row)),
        divisor: numberAt(b.divisor, i),
        quality: textAt(b.quality, i) as Quality,
        note: textAt(b.note, i),
      },
    };
  });
}

async function readChanges(reader: ParquetReader, index: string): Promise<PublishedChange[]> {
  const c = await reader.query(`SELECT ${day('announced')}, ${day('effective')}, action, id, basis FROM {changes} WHERE index_id = '${index}' ORDER BY effective, action, id`);
  return rowsIn(c).map((i) => ({
    announced: dayAt(c.announced, i),
    effective: dayAt(c.effective, i),
    action: textAt(c.action, i) as PublishedChange['action'],
    id: idAt(c.id, i),
    basis: textAt(c.basis, i),
  }));
}

async function readReserve(reader: ParquetReader, index: string): Promise<PublishedReserve[]> {
  const r = await reader.query(`SELECT ${day('announced')}, ${day('effective')}, position, id FROM {reserve} WHERE index_id = '${index}' ORDER BY effective, position`);
  return rowsIn(r).map((i) => ({
    announced: dayAt(r.announced, i),
    effective: dayAt(r.effective, i),
    position: numberAt(r.position, i),
    id: idAt(r.id, i),
  }));
}

async function readLevels(reader: ParquetReader, index: string): Promise<Map<Day, number>> {
  const l = await reader.query(`SELECT ${day('day')}, close FROM {levels} WHERE index_id = '${index}' ORDER BY day`);
  return new Map(rowsIn(l).map((i) => [dayAt(l.day, i), numberAt(l.close, i)]));
}

async function readAssets(reader: ParquetReader, index: string): Promise<PublishedAssets[]> {
  const a = await reader.query(`SELECT ${day('known_on')}, amount_cny, scope, feeders, source_url FROM {tracked_assets} WHERE index_id = '${index}' ORDER BY known_on`);
  return rowsIn(a).map((i) => ({
    knownOn: dayAt(a.known_on, i),
    amount: numberAt(a.amount_cny, i),
    scope: textAt(a.scope, i),
    feeders: textAt(a.feeders, i),
    source: textAt(a.source_url, i),
  }));
}

async function readEstimates(reader: ParquetReader, index: string): Promise<PublishedEstimate[]> {
  const e = await reader.query(`SELECT id, ${day('known_on')}, who, value_cny, assets_cny, source_url FROM {estimates} WHERE index_id = '${index}' ORDER BY known_on`);
  return rowsIn(e).map((i) => ({
    id: idAt(e.id, i),
    knownOn: dayAt(e.known_on, i),
    who: textAt(e.who, i),
    value: numberAt(e.value_cny, i),
    assets: e.assets_cny[i] === null ? undefined : numberAt(e.assets_cny, i),
    source: textAt(e.source_url, i),
  }));
}

type Column = readonly DuckDBValue[];

const rowsIn = (columns: Columns): number[] => Array.from(Object.values(columns)[0] ?? [], (_, i) => i);
const textAt = (column: Column, i: number): string => String(column[i]);
const numberAt = (column: Column, i: number): number => Number(column[i]);
const idAt = (column: Column, i: number): SecurityId => securityId(textAt(column, i));
const dayAt = (column: Column, i: number): Day => numberAt(column, i) as Day;
