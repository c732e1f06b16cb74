#!/usr/bin/env node
/**
 * Builds `datasets/cn-universe/`: every A share with its names, board, industry and last known size, so that search
 * and the securities pages know more than the members of one index.
 *
 *     node scripts/build-universe.mjs <folder with universe/a_share_universe.csv>
 *
 * The same input gives the same bytes: one thread, sorted by code, nothing that depends on the clock or the folder.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { pinyin } from 'pinyin-pro';

const TARGET = fileURLToPath(new URL('../datasets/cn-universe', import.meta.url));
const SOURCE = 'universe/a_share_universe.csv';
const FILE = 'securities.parquet';
const MARKETS = { SH: 'XSHG', SZ: 'XSHE', BJ: 'XBSE' };

const ORIGINS = [
  {
    key: 'N',
    repository: 'Nolan180940/a_share_downloader',
    commit: '7d673501b9ee03edd5738b40794600bcb855ac22',
    licence: 'none',
    gave: 'names, boards, industries, listing dates; market values of 2026-05-27',
  },
  {
    key: 'S',
    repository: 'suiwenfeng/stock',
    commit: '1fe8998dd467aa3c22601613b0dd8715a550b0d6',
    licence: 'none',
    gave: 'the last raw close, of 2025-05-23 or before',
  },
];

const COLUMNS = {
  id: 'VARCHAR',
  market: 'VARCHAR',
  name_zh: 'VARCHAR',
  pinyin: 'VARCHAR',
  board: 'VARCHAR',
  industry: 'VARCHAR',
  list_day: 'DATE',
  market_value_cny: 'DOUBLE',
  market_value_day: 'DATE',
  close: 'DOUBLE',
  close_day: 'DATE',
};

const NOTE =
  'Names as on the day of the list, full-width letters made ordinary ones. `pinyin` holds the first letters of the syllables, computed with pinyin-pro; a character with two readings may have the other one. `market_value_cny` is total market value on `market_value_day`, `close` the last raw close the price files hold, on `close_day`; both are sizes to look at, not inputs of a review. Missing values are NULL.';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('name the folder that holds universe/a_share_universe.csv\n');
  process.exit(2);
}
const bytes = readFileSync(join(folder, SOURCE));
const rows = parse(bytes, { columns: true, bom: true })
  .map(rowOf)
  .toSorted((a, b) => (a[0] < b[0] ? -1 : 1));
mkdirSync(TARGET, { recursive: true });
await writeParquet(rows);
writeProvenance(rows);

/** Values in the order of COLUMNS; an empty text is a missing value. */
function rowOf(row) {
  return [
    row.code,
    MARKETS[row.exchange],
    row.name.normalize('NFKC'),
    initialsOf(row.name),
    row.board,
    row.industry,
    row.list_date,
    row.total_mv_cny,
    row.total_mv_cny === '' ? '' : row.mv_date,
    row.raw_last_close,
    row.raw_last_close === '' ? '' : row.raw_last_date,
  ];
}

/** First letters of the syllables, `寒武纪` to `hwj`; Latin letters and digits stand for themselves. */
function initialsOf(name) {
  const letters = pinyin(name.normalize('NFKC'), { pattern: 'first', toneType: 'none', type: 'array' });
  return letters
    .join('')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}

async function writeParquet(values) {
  const scratch = mkdtempSync(join(tmpdir(), 'counterweight-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    writeFileSync(join(scratch, 'rows.csv'), stringify(values));
    const columns = Object.entries(COLUMNS).map(([name, type]) => `'${name}': '${type}'`);
    await connection.run(
      `COPY (SELECT * FROM read_csv('${join(scratch, 'rows.csv')}', header = false, columns = {${columns.join(', ')}}) ORDER BY id) ` +
        `TO '${join(TARGET, FILE)}' (FORMAT parquet, COMPRESSION zstd)`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(scratch, { recursive: true, force: true });
  }
}

function writeProvenance(values) {
  const sha256 = (content) => createHash('sha256').update(content).digest('hex');
  const file = readFileSync(join(TARGET, FILE));
  const provenance = {
    bundle: 'cn-universe',
    built_by: 'scripts/build-universe.mjs',
    licence_note:
      'Only data was taken from these repositories, no code; neither states a licence, and market values and prices are downloads from market data sites, so terms of exchanges and vendors may apply to passing them on. Treat the table as research and test data and keep this file with it.',
    origins: ORIGINS,
    sources: [{ path: SOURCE, sha256: sha256(bytes) }],
    files: [
      {
        file: FILE,
        rows: values.length,
        bytes: statSync(join(TARGET, FILE)).size,
        sha256: sha256(file),
        order: 'id',
        columns: Object.entries(COLUMNS).map(([name, type]) => ({ name, type })),
        origins: ORIGINS.map(({ key }) => key).join(' '),
        note: NOTE,
      },
    ],
  };
  writeFileSync(join(TARGET, 'provenance.json'), `${JSON.stringify(provenance, null, 2)}\n`);
  writeFileSync(join(TARGET, 'PROVENANCE.md'), page(provenance));
}

function page({ origins, sources, files: [file], licence_note }) {
  const columns = file.columns.map(({ name, type }) => `\`${name}\` ${type}`).join(', ');
  return `# Where the data of this bundle comes from

Every A share of Shanghai, Shenzhen and Beijing in May 2026. Built by \`scripts/build-universe.mjs\`; \`provenance.json\` says the
same for machines. Amounts in CNY.

${licence_note}

## Origin repositories

| key | repository | commit | licence stated | what it gave |
|---|---|---|---|---|
${origins.map((o) => `| ${o.key} | ${o.repository} | \`${o.commit}\` | ${o.licence} | ${o.gave} |`).join('\n')}

## ${file.file}

${file.rows.toLocaleString('en')} rows, sorted by ${file.order}. SHA-256 \`${file.sha256}\`.

Columns: ${columns}.

${file.note}

## Source files

| file | SHA-256 |
|---|---|
${sources.map((s) => `| ${s.path} | \`${s.sha256}\` |`).join('\n')}
`;
}
