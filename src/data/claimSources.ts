/** Everything a claim can be held against, read from the bundles: prices, levels, reports, weights, assets, names. */
import { join } from 'node:path';
import type {
  ClaimSources,
  Day,
  IndexData,
  LevelSeries,
  PrintedAmount,
  PrintedWeight,
  Rulebook,
} from '../core/index.js';
import { loadFundamentals } from './fundamentals.js';
import { loadFunds, loadLevels } from './funds.js';
import { openParquet, type ParquetReader } from './parquet.js';

/**
 * @param datasets parent folder of all bundles
 * @param held data of the index whose baskets are in the bundle
 * @param rulebooks those whose caps and counts may be claimed
 * @throws OperationalError when a table is missing or damaged, InputError with every issue of the kept files
 */
export async function loadClaimSources(
  datasets: string,
  held: IndexData,
  rulebooks: readonly Rulebook[],
): Promise<ClaimSources> {
  const [bundle, companies] = [join(datasets, 'cn-star'), join(datasets, 'cn-fundamentals')];
  const index = held.rulebook.id;
  const star = await withTables(bundle, async (reader) => ({
    levels: await readLevels(reader, index),
    printed: await readPublishedWeights(reader),
    assets: await readAssets(reader),
    units: await readUnits(reader),
    estimates: await readEstimates(reader),
    legs: await readLegs(reader),
  }));
  const others = await loadLevels(companies, bundle, held.levels);
  return {
    held,
    rulebooks,
    fundamentals: await loadFundamentals(companies),
    funds: await loadFunds(companies),
    levels: [
      star.levels,
      ...[...others]
        .filter(([id]) => id !== index)
        .map(([id, { day, value }]): LevelSeries => ({
          index: id,
          days: day,
          close: value,
          table: 'levels',
        })),
    ],
    printedWeights: star.printed,
    assets: star.assets,
    units: star.units,
    estimates: [...star.estimates, ...star.legs],
    strangers: await withTables(join(datasets, 'cn-universe'), readStrangers),
  };
}

async function withTables<T>(folder: string, read: (reader: ParquetReader) => Promise<T>): Promise<T> {
  const reader = await openParquet((table) => join(folder, `${table}.parquet`));
  try {
    return await read(reader);
  } finally {
    reader.close();
  }
}

const dayOf = (column: string): string => `CAST(${column} - DATE '1970-01-01' AS INTEGER) AS ${column}`;

/** The levels of the held index, with open, high and low. */
async function readLevels(reader: ParquetReader, index: string): Promise<LevelSeries> {
  const rows = await reader.numbers(
    `SELECT CAST(day - DATE '1970-01-01' AS INTEGER) AS day, open, high, low, close FROM {levels} WHERE index_id = '${index}' ORDER BY day`,
  );
  const { open, high, low, close } = rows;
  return { index, days: Int32Array.from(rows.day), open, high, low, close, table: 'levels' };
}

async function readPublishedWeights(reader: ParquetReader): Promise<PrintedWeight[]> {
  const w = await reader.query(
    `SELECT index_id, id, ${dayOf('day')}, weight, source_url FROM {published_weights} ORDER BY index_id, day, id`,
  );
  return w.id.map((id, i) => ({
    index: String(w.index_id[i]),
    id: String(id),
    day: Number(w.day[i]) as Day,
    weight: Number(w.weight[i]),
    source: String(w.source_url[i]),
  }));
}

async function readAssets(reader: ParquetReader): Promise<PrintedAmount[]> {
  const a = await reader.query(
    `SELECT index_id, ${dayOf('known_on')}, amount_cny, products, scope, source_url FROM {tracked_assets} ORDER BY index_id, known_on`,
  );
  return a.index_id.map((of, i) => ({
    of: String(of),
    day: Number(a.known_on[i]) as Day,
    amount: Number(a.amount_cny[i]),
    ...(a.products[i] !== null && { products: Number(a.products[i]) }),
    who: String(a.scope[i]),
    source: String(a.source_url[i]),
  }));
}

/** Ascending by day. */
async function readUnits(reader: ParquetReader): Promise<PrintedAmount[]> {
  const u = await reader.query(
    `SELECT fund, ${dayOf('as_of')}, units, quality, source_url FROM {tracker_units} ORDER BY fund, as_of`,
  );
  return u.fund.map((of, i) => ({
    of: String(of),
    day: Number(u.as_of[i]) as Day,
    amount: Number(u.units[i]),
    who: String(u.quality[i]),
    source: String(u.source_url[i]),
  }));
}

async function readEstimates(reader: ParquetReader): Promise<PrintedAmount[]> {
  const e = await reader.query(
    `SELECT index_id, id, ${dayOf('known_on')}, value_cny, who, source_url FROM {estimates} ORDER BY index_id, known_on`,
  );
  return e.index_id.map((of, i) => ({
    of: String(of),
    id: String(e.id[i]),
    day: Number(e.known_on[i]) as Day,
    amount: Number(e.value_cny[i]),
    who: String(e.who[i]),
    source: String(e.source_url[i]),
  }));
}

/** Sales of other indices, which are negative there and printed without sign. */
async function readLegs(reader: ParquetReader): Promise<PrintedAmount[]> {
  const l = await reader.query(
    `SELECT index_id, id, ${dayOf('known_on')}, value_cny, source_url FROM {legs} WHERE value_cny < 0 ORDER BY index_id, known_on`,
  );
  return l.index_id.map((of, i) => ({
    of: String(of),
    id: String(l.id[i]),
    day: Number(l.known_on[i]) as Day,
    amount: -Number(l.value_cny[i]),
    who: 'press',
    source: String(l.source_url[i]),
  }));
}

/** Words of everyday texts, or of data vendors, that companies are called as well. */
const NOT_NAMES = new Set(['机器人', '太阳能', '新产业', '同花顺', '东方财富', '大智慧', '指南针']);

/** Chinese names of three characters and more: shorter ones are words as well. */
async function readStrangers(reader: ParquetReader): Promise<string[]> {
  const { name_zh: names } = await reader.query('SELECT DISTINCT name_zh FROM {securities} ORDER BY name_zh');
  return names
    .map((name) =>
      String(name)
        .replace(/-[UWD]+$/, '')
        .replace(/^\*?ST/, ''),
    )
    .filter((name) => name.length >= 3 && !NOT_NAMES.has(name));
}
