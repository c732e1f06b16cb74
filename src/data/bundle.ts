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
  PRICE_QUALITIES,
  pricePanel,
  securityId,
  sessionCalendar,
  type Day,
  type Fact,
  type IndexData,
  type KnownBasket,
  type Market,
  type MemberList,
  type OrdinaryDividend,
  type PricePanel,
  type PublishedAssets,
  type TrackerUnits,
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

/**
 * Everything held about one index, from the Parquet files of a bundle folder.
 * @param imported Parquet file of closes that replace or extend the bundled ones
 * @throws OperationalError when the folder is missing or damaged
 */
export async function loadIndexData(
  folder: string,
  rulebook: Rulebook,
  imported?: string,
): Promise<IndexData> {
  return withBundle(folder, imported, async (reader) => {
    const index = rulebook.id;
    return {
      rulebook,
      market: await readMarket(reader, rulebook.market, imported !== undefined),
      actions: await readActions(reader),
      dividends: await readDividends(reader),
      baskets: await readBaskets(reader, index),
      members: await readMembers(reader, index),
      changes: await readChanges(reader, index),
      reserve: await readReserve(reader, index),
      levels: await readLevels(reader, index),
      assets: await readAssets(reader, index),
      trackerUnits: await readTrackerUnits(reader, index),
      estimates: await readEstimates(reader, index),
    };
  });
}

/** What is listed on a market and when it trades; enough to check an import, and a tenth of the work. */
interface Listings {
  readonly securities: readonly Security[];
  readonly calendar: SessionCalendar;
}

/** @throws OperationalError when the folder is missing or damaged */
export function loadListings(folder: string, market: string): Promise<Listings> {
  return withBundle(folder, undefined, async (reader) => ({
    securities: await readSecurities(reader),
    calendar: await readCalendar(reader, market),
  }));
}

/** Closes of an index that returns can be held against, and what it is called. */
interface BenchmarkLevels {
  readonly id: string;
  readonly levels: ReadonlyMap<Day, number>;
}

/**
 * @param name id or provider's code, `csi-300` or `000300`
 * @returns the levels, or the names there are when this is none of them
 * @throws OperationalError when the folder is missing or damaged
 */
export function loadBenchmark(folder: string, name: string): Promise<BenchmarkLevels | readonly string[]> {
  return withBundle(folder, undefined, async (reader) => {
    const { index_id: ids, code } = await reader.query(
      'SELECT DISTINCT index_id, code FROM {benchmark_levels} ORDER BY index_id',
    );
    const at = [...ids, ...code].findIndex((one) => one === name) % ids.length;
    if (at < 0) return ids.map(String);
    const l = await reader.query(
      `SELECT ${day('day')}, close FROM {benchmark_levels} WHERE index_id = '${String(ids[at])}' ORDER BY day`,
    );
    const levels = new Map(rowsIn(l).map((i) => [dayAt(l.day, i), numberAt(l.close, i)]));
    return { id: String(ids[at]), levels };
  });
}

/** What a bundle covers, without its big tables. */
export interface BundleCover {
  /** By market code. */
  readonly calendars: ReadonlyMap<string, SessionCalendar>;
  /** Ids of the indices that a basket is held of: the ones whose reviews can be run. */
  readonly withBasket: ReadonlySet<string>;
  /** Last day of any close, imported ones included. */
  readonly lastClose: Day;
}

/** @throws OperationalError when the folder is missing or damaged */
export function loadCover(folder: string, imported?: string): Promise<BundleCover> {
  return withBundle(folder, imported, async (reader) => {
    const { market } = await reader.query('SELECT DISTINCT market FROM {calendars} ORDER BY market');
    const calendars = new Map<string, SessionCalendar>();
    for (const code of market) calendars.set(String(code), await readCalendar(reader, String(code)));
    const { index_id: ids } = await reader.query('SELECT DISTINCT index_id FROM {baskets} ORDER BY index_id');
    const tables = imported === undefined ? ['closes'] : ['closes', 'imported'];
    const closes = tables.map((table) => `SELECT max(day) AS day FROM {${table}}`).join(' UNION ALL ');
    const last = await reader.query(
      `SELECT CAST(max(day) - DATE '1970-01-01' AS INTEGER) AS day FROM (${closes})`,
    );
    return { calendars, withBasket: new Set(ids.map(String)), lastClose: dayAt(last.day, 0) };
  });
}

async function withBundle<T>(
  folder: string,
  imported: string | undefined,
  read: (reader: ParquetReader) => Promise<T>,
): Promise<T> {
  if (!existsSync(join(folder, 'closes.parquet'))) {
    throw new OperationalError(
      'data_missing',
      `there is no data set in ${folder}; run npm ci in a fresh checkout, or name another folder`,
      false,
    );
  }
  const reader = await openParquet((table) =>
    table === 'imported' && imported !== undefined ? imported : join(folder, `${table}.parquet`),
  );
  try {
    return await read(reader);
  } finally {
    reader.close();
  }
}

const day = (column: string): string => `CAST(${column} - DATE '1970-01-01' AS INTEGER) AS ${column}`;

async function readSecurities(reader: ParquetReader): Promise<Security[]> {
  const s = await reader.query(
    `SELECT id, coalesce(name_zh, id) AS name_zh, coalesce(name_en, '') AS name_en, coalesce(name_short, '') AS name_short, market, board, kind, ${day('list_day')}, coalesce(industry, '') AS industry FROM {securities} ORDER BY id`,
  );
  return rowsIn(s).map((i): Security => ({
    id: idAt(s.id, i),
    nameZh: textAt(s.name_zh, i),
    nameEn: textAt(s.name_en, i),
    nameShort: textAt(s.name_short, i),
    market: textAt(s.market, i),
    board: textAt(s.board, i),
    kind: textAt(s.kind, i) as Security['kind'],
    listed: dayAt(s.list_day, i),
    industry: textAt(s.industry, i),
  }));
}

async function readMarket(reader: ParquetReader, marketCode: string, withImported: boolean): Promise<Market> {
  const f = await reader.query(
    `SELECT id, field, value, ${day('as_of')}, ${day('known_on')}, quality, source, note FROM {facts} ORDER BY id, field, as_of, known_on`,
  );
  const facts = rowsIn(f).map((i): Fact => ({
    id: idAt(f.id, i),
    field: textAt(f.field, i) as Fact['field'],
    value: numberAt(f.value, i),
    asOf: dayAt(f.as_of, i),
    knownOn: dayAt(f.known_on, i),
    quality: textAt(f.quality, i) as Quality,
    source: textAt(f.source, i),
    note: textAt(f.note, i),
  }));
  return {
    securities: await readSecurities(reader),
    prices: await readPrices(reader, withImported),
    facts: factTable(facts),
    calendar: await readCalendar(reader, marketCode),
  };
}

/** Closes by security and day; an imported close goes first, and keeps the value traded that the bundle knows. */
async function readPrices(reader: ParquetReader, withImported: boolean): Promise<PricePanel> {
  const bundled = 'SELECT id, day, close, value_cny, quality FROM {closes}';
  const closes = withImported
    ? `(SELECT id, day, coalesce(i.close, c.close) AS close, coalesce(i.value_cny, c.value_cny) AS value_cny,
        CASE WHEN i.close IS NULL THEN c.quality ELSE 'imported' END AS quality
        FROM (${bundled}) c FULL JOIN {imported} i USING (id, day))`
    : `(${bundled})`;
  const qualities = PRICE_QUALITIES.map((quality, i) => `WHEN '${quality}' THEN ${i}`).join(' ');
  const rows = await reader.numbers(
    `SELECT CAST(day - DATE '1970-01-01' AS INTEGER) AS day, close, coalesce(value_cny, 'NaN'::DOUBLE) AS value,
      CASE quality ${qualities} END AS quality FROM ${closes} ORDER BY id, day`,
  );
  const counts = await reader.query(
    `SELECT id, count(*)::INTEGER AS rows FROM ${closes} GROUP BY id ORDER BY id`,
  );
  return pricePanel(
    counts.id.map((id) => securityId(String(id))),
    counts.rows as number[],
    {
      day: Int32Array.from(rows.day),
      close: rows.close,
      value: rows.value,
      quality: Uint8Array.from(rows.quality),
    },
  );
}

async function readCalendar(reader: ParquetReader, market: string): Promise<SessionCalendar> {
  const c = await reader.query(
    `SELECT ${day('day')} FROM {calendars} WHERE market = '${market.replaceAll("'", '')}' ORDER BY day`,
  );
  if (c.day.length === 0)
    throw new OperationalError('data_missing', `the data set has no sessions of ${market}`, false);
  return sessionCalendar(market, c.day as number[]);
}

async function readActions(reader: ParquetReader): Promise<ShareAction[]> {
  const a = await reader.query(
    `SELECT id, ${day('ex_day')}, share_ratio FROM {actions} WHERE share_ratio <> 1 ORDER BY id, ex_day`,
  );
  return rowsIn(a).map((i) => ({
    id: idAt(a.id, i),
    exDay: dayAt(a.ex_day, i),
    shareRatio: numberAt(a.share_ratio, i),
  }));
}

/** Cash per share held before the ex-day. */
async function readDividends(reader: ParquetReader): Promise<OrdinaryDividend[]> {
  const a = await reader.query(
    `SELECT id, ${day('ex_day')}, cash_per_share FROM {actions} WHERE cash_per_share > 0 ORDER BY id, ex_day`,
  );
  return rowsIn(a).map((i) => ({
    kind: 'dividend',
    id: idAt(a.id, i),
    exDay: dayAt(a.ex_day, i),
    cashPerShare: numberAt(a.cash_per_share, i),
  }));
}

async function readBaskets(reader: ParquetReader, index: string): Promise<KnownBasket[]> {
  const b = await reader.query(
    `SELECT basket, ${day('swap_day')}, ${day('first_day')}, divisor, ${day('known_on')}, quality, note FROM {baskets} WHERE index_id = '${index}' ORDER BY swap_day`,
  );
  const m = await reader.query(
    `SELECT basket, id, adjusted_shares, capping_factor FROM {index_shares} WHERE index_id = '${index}' ORDER BY basket, id`,
  );
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

/** A list is known from the announcement of its changes on, or from its first day where none was announced. */
async function readMembers(reader: ParquetReader, index: string): Promise<MemberList[]> {
  const m = await reader.query(
    `SELECT ${day('first_day')}, ${day('last_day')}, id, basis, CAST(coalesce(announced, first_day) - DATE '1970-01-01' AS INTEGER) AS known_on
      FROM {members} LEFT JOIN (SELECT effective, min(announced) AS announced FROM {changes}
        WHERE index_id = '${index}' GROUP BY effective) ON effective = first_day
      WHERE index_id = '${index}' ORDER BY first_day, id`,
  );
  const firstRows = rowsIn(m).filter((i) => i === 0 || m.first_day[i] !== m.first_day[i - 1]);
  return firstRows.map((first) => ({
    knownOn: dayAt(m.known_on, first),
    firstDay: dayAt(m.first_day, first),
    lastDay: dayAt(m.last_day, first),
    ids: rowsIn(m).flatMap((i) => (m.first_day[i] === m.first_day[first] ? idAt(m.id, i) : [])),
    basis: textAt(m.basis, first),
  }));
}

async function readChanges(reader: ParquetReader, index: string): Promise<PublishedChange[]> {
  const c = await reader.query(
    `SELECT ${day('announced')}, ${day('effective')}, action, id, basis FROM {changes} WHERE index_id = '${index}' ORDER BY effective, action, id`,
  );
  return rowsIn(c).map((i) => ({
    announced: dayAt(c.announced, i),
    effective: dayAt(c.effective, i),
    action: textAt(c.action, i) as PublishedChange['action'],
    id: idAt(c.id, i),
    basis: textAt(c.basis, i),
  }));
}

async function readReserve(reader: ParquetReader, index: string): Promise<PublishedReserve[]> {
  const r = await reader.query(
    `SELECT ${day('announced')}, ${day('effective')}, position, id FROM {reserve} WHERE index_id = '${index}' ORDER BY effective, position`,
  );
  return rowsIn(r).map((i) => ({
    announced: dayAt(r.announced, i),
    effective: dayAt(r.effective, i),
    position: numberAt(r.position, i),
    id: idAt(r.id, i),
  }));
}

async function readLevels(reader: ParquetReader, index: string): Promise<Map<Day, number>> {
  const l = await reader.query(
    `SELECT ${day('day')}, close FROM {levels} WHERE index_id = '${index}' ORDER BY day`,
  );
  return new Map(rowsIn(l).map((i) => [dayAt(l.day, i), numberAt(l.close, i)]));
}

async function readAssets(reader: ParquetReader, index: string): Promise<PublishedAssets[]> {
  const a = await reader.query(
    `SELECT ${day('known_on')}, amount_cny, scope, feeders, source_url FROM {tracked_assets} WHERE index_id = '${index}' ORDER BY known_on`,
  );
  return rowsIn(a).map((i) => ({
    knownOn: dayAt(a.known_on, i),
    amount: numberAt(a.amount_cny, i),
    scope: textAt(a.scope, i),
    feeders: textAt(a.feeders, i),
    source: textAt(a.source_url, i),
  }));
}

async function readTrackerUnits(reader: ParquetReader, index: string): Promise<TrackerUnits[]> {
  const u = await reader.query(
    `SELECT fund, ${day('as_of')}, ${day('known_on')}, units FROM {tracker_units} WHERE index_id = '${index}' ORDER BY fund, as_of`,
  );
  return rowsIn(u).map((i) => ({
    fund: textAt(u.fund, i),
    asOf: dayAt(u.as_of, i),
    knownOn: dayAt(u.known_on, i),
    units: numberAt(u.units, i),
  }));
}

async function readEstimates(reader: ParquetReader, index: string): Promise<PublishedEstimate[]> {
  const e = await reader.query(
    `SELECT id, ${day('known_on')}, who, value_cny, assets_cny, source_url FROM {estimates} WHERE index_id = '${index}' ORDER BY known_on`,
  );
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
