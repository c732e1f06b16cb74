/** Funds, what they follow and hold, and who passed whom, from `datasets/cn-fundamentals`. */
import { join } from 'node:path';
import {
  InputError,
  type Day,
  type DocumentedPass,
  type Fund,
  type FundAssets,
  type FundData,
  type IndexLevels,
  type HoldingRow,
} from '../core/index.js';
import { isoDay, oneOf, optional, positiveNumber, readCsv, required, tableOf, text } from './csv.js';
import { openParquet } from './parquet.js';

const amount = positiveNumber('not_positive', 'an amount above 0');

const FUNDS = tableOf({
  columns: {
    fund: required(text),
    name_en: required(text),
    name_zh: required(text),
    kind: required(oneOf(['etf', 'feeder'] as const)),
    follows: required(text),
    theme: required(text),
    source_url: required(text),
  },
  key: { columns: ['fund'], of: ({ id }: Fund) => id },
  row: (f): Fund => ({
    id: f.fund,
    nameEn: f.name_en,
    nameZh: f.name_zh,
    kind: f.kind,
    follows: f.follows,
    theme: f.theme,
    source: f.source_url,
  }),
});

const ASSETS = tableOf({
  columns: {
    fund: required(text),
    as_of: required(isoDay),
    known_from: required(isoDay),
    assets: required(amount),
    currency: required(text),
    source_url: required(text),
  },
  row: (f): FundAssets => ({
    fund: f.fund,
    asOf: f.as_of,
    knownFrom: f.known_from,
    amount: f.assets,
    currency: f.currency,
    source: f.source_url,
  }),
});

const HOLDINGS = tableOf({
  columns: {
    holder: required(text),
    as_of: required(isoDay),
    known_from: required(isoDay),
    holding: required(text),
    name_zh: optional(text),
    weight: required(positiveNumber('not_positive', 'a fraction above 0')),
    quality: required(text),
    source_url: required(text),
  },
  key: {
    columns: ['holder', 'as_of', 'holding'],
    of: ({ holder, asOf, holding }: HoldingRow) => `${holder} ${asOf} ${holding}`,
  },
  row: (f): HoldingRow => ({
    holder: f.holder,
    asOf: f.as_of,
    knownFrom: f.known_from,
    holding: f.holding,
    nameZh: f.name_zh ?? '',
    weight: f.weight,
    quality: f.quality,
    source: f.source_url,
  }),
});

const PASSES = tableOf({
  columns: {
    day: required(isoDay),
    challenger: required(text),
    holder: required(text),
    what: required(text),
    source_url: required(text),
  },
  row: (f): DocumentedPass => ({
    day: f.day,
    challenger: f.challenger,
    holder: f.holder,
    what: f.what,
    source: f.source_url,
  }),
});

/** @throws InputError `bad_funds` with every issue of every file; OperationalError when one cannot be read */
export async function loadFunds(folder: string): Promise<FundData> {
  const file = (name: string) => ({ file: join(folder, `${name}.csv`) });
  const [funds, assets, holdings] = [
    await readCsv(file('funds'), FUNDS),
    await readCsv(file('fund_assets'), ASSETS),
    await readCsv(file('holdings'), HOLDINGS),
  ];
  const issues = [funds, assets, holdings].flatMap((one) => one.issues);
  if (issues.length > 0) throw new InputError('bad_funds', 'the files of funds cannot be used', issues);
  return { funds: funds.rows, assets: assets.rows, holdings: holdings.rows };
}

/** @throws InputError `bad_passes` with every issue */
export async function loadPasses(folder: string): Promise<readonly DocumentedPass[]> {
  const { rows, issues } = await readCsv({ file: join(folder, 'passes.csv') }, PASSES);
  if (issues.length > 0) throw new InputError('bad_passes', 'passes.csv cannot be used', issues);
  return rows;
}

/**
 * Closing levels of all indices held, by id: themes of this bundle, broad indices of the other.
 * @param star levels of STAR 50 by day, which come with its data
 */
export async function loadLevels(
  folder: string,
  bundle: string,
  star: ReadonlyMap<Day, number>,
): Promise<ReadonlyMap<string, IndexLevels>> {
  const files: Readonly<Record<string, string>> = {
    theme_levels: join(folder, 'theme_levels.parquet'),
    benchmark_levels: join(bundle, 'benchmark_levels.parquet'),
  };
  const reader = await openParquet((table) => files[table]);
  try {
    const columns = `index_id, CAST(day - DATE '1970-01-01' AS INTEGER) AS day, close`;
    const l = await reader.query(
      Object.keys(files)
        .map((table) => `SELECT ${columns}, '${table}.parquet' AS source FROM {${table}}`)
        .join(' UNION ALL ')
        .concat(' ORDER BY index_id, day'),
    );
    const rows = new Map<string, number[]>();
    l.index_id.forEach((id, i) => {
      const own = rows.get(String(id));
      if (own === undefined) rows.set(String(id), [i]);
      else own.push(i);
    });
    const own50 = { day: Int32Array.from(star.keys()), value: Float64Array.from(star.values()) };
    const levels = new Map<string, IndexLevels>([['star-50', { ...own50, source: 'levels.parquet' }]]);
    for (const [id, own] of rows) {
      levels.set(id, {
        day: Int32Array.from(own, (i) => Number(l.day[i])),
        value: Float64Array.from(own, (i) => Number(l.close[i])),
        source: String(l.source[own[0]]),
      });
    }
    return levels;
  } finally {
    reader.close();
  }
}
