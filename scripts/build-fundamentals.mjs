#!/usr/bin/env node
/**
 * Builds the daily tables of `datasets/cn-fundamentals/`: bars of three shares, a vendor's P/E, levels of theme indices.
 * The CSV files there (figures of reports, announcements, share counts, funds and their holdings) are kept by hand, each row
 * with its source; this writes only their hashes into the provenance.
 *
 *     node scripts/build-fundamentals.mjs <folder with prices/, fundamentals/ and indices/>
 *
 * The same input gives the same bytes: one thread, sorted, nothing that depends on the clock or the folder.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';

const TARGET = fileURLToPath(new URL('../datasets/cn-fundamentals', import.meta.url));

const ORIGINS = [
  ['X', 'xiedonge/first_codex', 'd941e0d282b6901037087ef79b68f172209aaa81', 'none', 'bars of 688256'],
  [
    'G',
    'GerryZhang0925/data-driven-stock-picker',
    '23bdfe3da29e69f54b66623f0c0bcef1cdaa7ae3',
    'none',
    'bars of 600519, forward-adjusted',
  ],
  [
    'S',
    'suiwenfeng/stock',
    '1fe8998dd467aa3c22601613b0dd8715a550b0d6',
    'none',
    'raw bars of 600519 to 2025-05-23',
  ],
  [
    'C',
    'chandlergis/StockTradebyZ',
    '10b1b9e0cc70cc0e465d307d471466d04752bed4',
    'none',
    'raw bars of 600519 in 2025',
  ],
  [
    'P',
    'shaishailiu/stockmonitor',
    '25bcc91c9333db41b65e4fbbf1cacf7b5be75fd6',
    'none',
    'P/E as Eastmoney printed it; bars of Nvidia',
  ],
  [
    'T',
    'cateatcatx/ai-theme-monitor',
    '16995c5d11dbf59bfb60fbaa1b60e238acba5333',
    'none',
    'levels of theme indices, from the CSI website',
  ],
  [
    'B',
    'zhanggy000/BuffettLens',
    '4fb35895c790ba5bcd1c6fa73710ef94dd8671ee',
    'MIT',
    'official weights of CSI 300 of 2026-04-30, in holdings.csv',
  ],
].map(([key, repository, commit, licence, gave]) => ({ key, repository, commit, licence, gave }));

const THEMES = {
  930713: 'csi-ai',
  931071: 'csi-ai-industry',
  H30184: 'csi-semiconductors',
  '000985': 'csi-all-share',
};

const NVDA = `SELECT 'NVDA' AS id, CAST(date AS DATE) AS day, CAST(open AS DOUBLE) AS open, CAST(high AS DOUBLE) AS high,
  CAST(low AS DOUBLE) AS low, CAST(close AS DOUBLE) AS close, 'observed' AS quality FROM {fundamentals/nvda_daily.csv}`;
const chinese = (file, quality) =>
  `SELECT code AS id, CAST(date AS DATE) AS day, CAST(open AS DOUBLE) AS open, CAST(high AS DOUBLE) AS high, CAST(low AS DOUBLE) AS low,
  CAST(close AS DOUBLE) AS close, ${quality} AS quality FROM {${file}}`;

/** Name, order, origins, what it is, and the query; `{path}` stands for a source file, all columns text. */
const TABLES = [
  [
    'bars',
    'id, day',
    'X G S C P',
    'Daily open, high, low and close: 688256 and 600519 raw in CNY, NVDA in USD. quality: observed = raw seen; reconstructed = raw rebuilt from the adjusted price and the dividend, good to about a fen (600519 on some days).',
    [
      chinese('prices/688256_daily_full.csv', "'observed'"),
      chinese('prices/600519_daily.csv', 'price_kind'),
      NVDA,
    ].join(' UNION ALL '),
  ],
  [
    'vendor_pe',
    'id, day',
    'P',
    'Trailing P/E of the day as Eastmoney printed it. It goes on with old earnings for days after a report: 4,400 to 5,300 for 688256 until 2025-08-29, 540 from 2025-09-01, though the half-year report was out in the evening of 2025-08-26.',
    'SELECT code AS id, CAST(date AS DATE) AS day, CAST(pe_ttm AS DOUBLE) AS pe_ttm FROM {fundamentals/pe_ttm_daily_eastmoney.csv}',
  ],
  [
    'theme_levels',
    'index_id, day',
    'T',
    'Closing levels of indices on themes.',
    `SELECT CASE code ${Object.entries(THEMES)
      .map(([code, id]) => `WHEN '${code}' THEN '${id}'`)
      .join(
        ' ',
      )} END AS index_id, code, CAST(date AS DATE) AS day, CAST(close AS DOUBLE) AS close FROM {indices/csi_theme_indices_daily.csv}
      WHERE code IN (${Object.keys(THEMES)
        .map((code) => `'${code}'`)
        .join(', ')})`,
  ],
];

const LICENCE_NOTE =
  'Only data was taken from these repositories and pages, no code. Most state no licence, and the prices in them are downloads from market data sites, so terms of exchanges and vendors may apply to passing them on. Treat the bundle as research and test data and keep this file with it.';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('name the folder that holds prices, fundamentals and indices\n');
  process.exit(2);
}
const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
const sources = new Set();
const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();
const files = [];
for (const [name, order, origins, note, sql] of TABLES) {
  const query = sql.replaceAll(/\{([\w/.-]+)\}/g, (_, path) => {
    sources.add(path);
    return `read_csv('${join(folder, path)}', header = true, all_varchar = true)`;
  });
  const target = join(TARGET, `${name}.parquet`);
  await connection.run(
    `COPY (SELECT * FROM (${query}) ORDER BY ${order}) TO '${target}' (FORMAT parquet, COMPRESSION zstd)`,
  );
  const count = await connection.runAndReadAll(`SELECT count(*)::INTEGER FROM read_parquet('${target}')`);
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet('${target}')`);
  files.push({
    file: `${name}.parquet`,
    rows: count.getRows()[0][0],
    bytes: statSync(target).size,
    sha256: sha256(target),
    order,
    columns: described.getRows().map(([column, type]) => ({ name: column, type })),
    origins,
    note,
  });
}
connection.closeSync();
instance.closeSync();
const kept = readdirSync(TARGET)
  .filter((name) => name.endsWith('.csv'))
  .toSorted()
  .map((file) => ({
    file,
    rows: readFileSync(join(TARGET, file), 'utf8').trim().split('\n').length - 1,
    sha256: sha256(join(TARGET, file)),
  }));
const provenance = {
  bundle: 'cn-fundamentals',
  built_by: 'scripts/build-fundamentals.mjs',
  licence_note: LICENCE_NOTE,
  origins: ORIGINS,
  sources: [...sources].toSorted().map((path) => ({ path, sha256: sha256(join(folder, path)) })),
  files,
  kept_by_hand: kept,
};
writeFileSync(join(TARGET, 'provenance.json'), `${JSON.stringify(provenance, null, 2)}\n`);
writeFileSync(join(TARGET, 'PROVENANCE.md'), page(provenance));

function page({ origins, files: tables, kept_by_hand: byHand, sources: from }) {
  const rowsOf = (rows) => rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return `# Where the data of this bundle comes from

Figures of company reports with the day they were announced, prices, a vendor's P/E, funds and what they hold. The tables were
built by \`scripts/build-fundamentals.mjs\`; \`provenance.json\` says the same for machines.

${LICENCE_NOTE}

## Origin repositories

| key | repository | commit | licence stated | what it gave |
|---|---|---|---|---|
${rowsOf(origins.map(({ key, repository, commit, licence, gave }) => [key, repository, `\`${commit}\``, licence, gave]))}

## Tables

${tables.map(({ file, rows, origins: of, columns, note }) => `### ${file}\n\n${rows} rows. Origins: ${of}. Columns: ${columns.map(({ name, type }) => `\`${name}\` ${type}`).join(', ')}.\n\n${note}\n`).join('\n')}
## Kept by hand, a source in every row

- \`statements.csv\`: figures of reports. \`span\` is cumulative (Q1, H1, 9M, FY) or one quarter (Q2, Q3, Q4); a balance is under the span whose
  end it is of. \`quality\`: reported = as printed, rounded = printed in round numbers, derived = worked out. No full statements of
  Cambricon were found: cash flow before 2024, most balances before 2024, and payables, debt and equity of any year are missing.
- \`reports.csv\`: when each report came out. \`basis\` deadline stands for the last day the law allows, where no page with the day was
  found (30 April for the year and the first quarter, 31 August, 31 October); using a figure later than it was known harms no one.
- \`shares.csv\`, \`guidance.csv\`, \`companies.csv\`: share counts, a company's own outlook, names and currencies.
- \`funds.csv\`, \`fund_assets.csv\`: what each fund follows (an index, or another fund for a feeder), assets where a page gives them.
- \`holdings.csv\`: weights of indices whose baskets are not in the bundle. Only CSI 300 is complete and official (of 2026-04-30); the others
  are the largest names as printed on one day, and the rest is unknown.
- \`base_rates.csv\`: share of companies whose real sales grew over 20 % a year for ten years, by sales at the start in USD; M. Mauboussin,
  The Base Rate Book, Credit Suisse, 26 September 2016 (top 1,000 companies, 1950 to 2015), read in two quotations.

| file | rows | SHA-256 |
|---|---|---|
${rowsOf(byHand.map(({ file, rows, sha256: hash }) => [file, rows, `\`${hash}\``]))}

## Source files

| file | SHA-256 |
|---|---|
${rowsOf(from.map(({ path, sha256: hash }) => [path, `\`${hash}\``]))}
`;
}
