#!/usr/bin/env node
/**
 * Builds the bundled data set `datasets/cn-star/` (STAR market of Shanghai, and the STAR 50 index around its review
 * of September 2025) and the golden copies in `test/golden/` from a folder of CSV files:
 *
 *     npm run build && node scripts/build-dataset.mjs <folder with prices/, indices/, shares/, ...>
 *
 * Every table is one entry of TABLES: its sources, a sentence for the provenance file, and one SQL statement over the
 * CSVs and over the tables above it. The same input gives the same bytes: one thread, every table sorted on write,
 * nothing that depends on the clock or on where the folder is.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { unitsWithWeights } from './unitsWithWeights.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BUNDLE = join(ROOT, 'datasets', 'cn-star');
const GOLDEN = join(ROOT, 'test', 'golden');
const SIZE_LIMIT_BYTES = 6_000_000;

// ---------------------------------------------------------------------------------------------------------------
// What the CSVs do not say
// ---------------------------------------------------------------------------------------------------------------

/** The one day the share table was read, and the first day of the board-wide prices. */
const COUNT_DAY = '2026-01-26';
const PRICES_FROM = '2024-08-01';

/**
 * Companies with H shares in Hong Kong: [id, HKEX code, first day both lines existed if after PRICES_FROM].
 * General knowledge, not from the CSVs; only the gap between total and tradable shares supports it here.
 */
const DUAL_LISTED = [
  ['688981', '00981'],
  ['688235', '06160'],
  ['688347', '01347'],
  ['688180', '01877'],
  ['688187', '03898'],
  ['688009', '03969'],
  ['688234', '02631', '2025-08-20'],
  ['688428', '09969'],
  ['688331', '09995'],
  ['688185', '06185'],
  ['688385', '01385'],
  ['688505', '01349'],
  // Smaller companies, never near the top 60 of the board; listed so that their counts are not overstated.
  ['688366', '06826'],
  ['688236', '01858'],
  ['688339', '02402'],
  ['688279', '01304', '2025-07-09'],
  ['688796', '02315', '2025-12-10'],
  ['688052', '02676', '2025-12-08'],
];

/** Everyday English names of members and near-members, for tables; general knowledge, the legal names are in name_en. */
const SHORT_NAMES = [
  ['688002', 'Raytron'],
  ['688003', 'TZTEK'],
  ['688008', 'Montage'],
  ['688009', 'CRSC'],
  ['688012', 'AMEC'],
  ['688027', 'QuantumCTek'],
  ['688036', 'Transsion'],
  ['688041', 'Hygon'],
  ['688047', 'Loongson'],
  ['688052', 'Novosense'],
  ['688065', 'Cathay Biotech'],
  ['688072', 'Piotech'],
  ['688082', 'ACM Shanghai'],
  ['688099', 'Amlogic'],
  ['688111', 'Kingsoft Office'],
  ['688114', 'MGI Tech'],
  ['688120', 'Hwatsing'],
  ['688122', 'Western Supercon'],
  ['688126', 'NSIG'],
  ['688169', 'Roborock'],
  ['688172', 'YD Micro'],
  ['688180', 'Junshi'],
  ['688183', 'Shengyi Electr.'],
  ['688187', 'CRRC Times'],
  ['688188', 'Friendess'],
  ['688213', 'SmartSens'],
  ['688220', 'ASR Micro'],
  ['688223', 'Jinko Solar'],
  ['688234', 'SICC'],
  ['688235', 'BeOne'],
  ['688249', 'Nexchip'],
  ['688256', 'Cambricon'],
  ['688271', 'United Imaging'],
  ['688278', 'Amoytop'],
  ['688297', 'AVIC UAS'],
  ['688303', 'Daqo'],
  ['688318', 'Fortune Trend'],
  ['688347', 'Hua Hong'],
  ['688349', 'Sany Renewable'],
  ['688361', 'Skyverse'],
  ['688363', 'Bloomage'],
  ['688375', 'Guobo'],
  ['688385', 'Fudan Micro'],
  ['688396', 'CR Micro'],
  ['688469', 'UNT'],
  ['688472', 'CSI Solar'],
  ['688475', 'Ezviz'],
  ['688506', 'Biokin'],
  ['688521', 'VeriSilicon'],
  ['688525', 'Biwin'],
  ['688538', 'Everdisplay'],
  ['688561', 'Qi An Xin'],
  ['688563', 'AECC Materials'],
  ['688568', 'GEOVIS'],
  ['688578', 'Allist'],
  ['688599', 'Trina Solar'],
  ['688608', 'Bestechnic'],
  ['688617', 'APT Medical'],
  ['688629', 'Huafeng Tech'],
  ['688692', 'Dameng'],
  ['688702', 'Centec'],
  ['688728', 'GalaxyCore'],
  ['688777', 'Supcon'],
  ['688819', 'Tianneng'],
  ['688981', 'SMIC'],
  ['689009', 'Ninebot'],
];

/** STAR 50 members whose weight was set by a cap at one of the two reviews, and the newcomer: not on the common factor. */
const CAPPED_B = ['688256', '688981', '688041', '688008', '688012'];
const OFF_COMMON_FACTOR = [...CAPPED_B, '688183'];

/** The review of March 2021, from the exchange's notice: shows the first entry of 688256. */
const REVIEW_2021 = {
  announced: '2021-02-26',
  swapDay: '2021-03-12',
  effective: '2021-03-15',
  out: ['688003', '688010', '688196', '688199', '688369'],
  in: ['688180', '688256', '688561', '688567', '688599'],
  reserve: ['688277', '688520', '688027', '688050', '688177'],
  source: 'http://english.sse.com.cn/markets/indices/indexnews/c/5328106.shtml',
};

const URL_0902 = 'https://reportify.cn/news/1160823966659645440';
const URL_0903 =
  'https://www.yicaiglobal.com/news/chinese-ai-chipmaker-cambricon-sinks-ahead-of-star-50-index-weight-adjustments';
const URL_0908 = 'https://reportify.ai/news/1162800265825488896';
const URL_0912 = 'https://thejagotimes.com/?p=461418';

// known_on, amount_cny, scope, products, feeders, source_url, note
const TRACKED_ASSETS = [
  [
    '2025-09-02',
    189.03e9,
    'all tracking funds',
    72,
    'excluded',
    URL_0902,
    'the press estimate of that day left feeder funds out so as not to count them twice',
  ],
  ['2025-09-03', 184.5e9, 'all tracking funds', null, 'not stated', URL_0903, 'attributed to Wind'],
  [
    '2025-09-08',
    172.879e9,
    'ETFs',
    null,
    'not stated',
    URL_0908,
    'the page gives 1,728.79 yi; its English text calls the unit billion',
  ],
];

/**
 * How many units of a tracker were outstanding: known_on, as_of, fund, units (null: assets over the close of the fund),
 * assets_cny, source_url, note. Creations and redemptions are what changes between two rows of one fund.
 */
const URL_588000 = 'https://www.yicaiglobal.com/star50news/2025_04_156815896684107661423';
const TRACKER_UNITS = [
  [
    '2025-04-14',
    '2024-12-31',
    '588000',
    89.112e9,
    92.935e9,
    URL_588000,
    'named with the count of 2025-04-14',
  ],
  ['2025-04-14', '2025-04-14', '588000', 74.451e9, 79.23e9, URL_588000, null],
  [
    '2025-07-11',
    '2025-07-11',
    '588000',
    null,
    86.73e9,
    'https://stockanalysis.com/quote/sha/588000',
    'assets over the close of the fund; its premium is not known',
  ],
];

// known_on, who, value_cny (a positive number is a sale), weight, assets_cny, source_url, note
const ESTIMATES = [
  [
    '2025-09-02',
    'Reportify wire 2025-09-02',
    10e9,
    0.1542,
    189.03e9,
    URL_0902,
    'about assets x (weight - 10 %)',
  ],
  [
    '2025-09-03',
    'Yicai 2025-09-03',
    9e9,
    0.1488,
    184.5e9,
    URL_0903,
    'said to be more than this; about assets x (weight - 10 %)',
  ],
  [
    '2025-09-08',
    'Reportify wire 2025-09-08',
    5.45e9,
    0.1315,
    172.879e9,
    URL_0908,
    'STAR 50 alone; the page adds 2.1 bn CNY for another index',
  ],
  [
    '2025-09-12',
    'Reuters 2025-09-12',
    8e9,
    null,
    null,
    URL_0912,
    'given as an upper bound, read in a syndicated copy',
  ],
];

// Trades that other indices forced at the same close, as printed: index_id, id, effective, known_on, value_cny (signed), source_url, note
const LEGS = [
  [
    'star-chip',
    '688256',
    '2025-09-15',
    '2025-09-08',
    -2.1e9,
    URL_0908,
    'printed beside the figure for STAR 50; the members of STAR Chip are not in the bundle, so it cannot be computed',
  ],
];

// ---------------------------------------------------------------------------------------------------------------
// SQL helpers
// ---------------------------------------------------------------------------------------------------------------

const sqlText = (value) =>
  value === null || value === undefined ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`;
const sqlValue = (value) => (typeof value === 'number' ? `${value}::DOUBLE` : sqlText(value));
const sqlList = (values) => `(${values.map(sqlText).join(', ')})`;
const sqlRows = (rows) => rows.map((row) => `(${row.map(sqlValue).join(', ')})`).join(',\n');

/** The name of the table that holds one CSV, every column as text: ids keep their zeros. */
const csv = (path) => `"csv:${path}"`;

/** Product of ratios, 1 over no rows; sorted, so that the last bit is always the same. */
const productOf = (column) => `coalesce(product(${column} ORDER BY ${column}), 1)`;

const BOARD_CLOSES = 'prices/star_board_daily_close.csv';
const MEMBER_BARS = 'prices/star50_daily.csv';
const ACTIONS = 'prices/corporate_actions_inferred.csv';
const SHARES = 'shares/star_board_shares_and_averages.csv';
const IMPLIED = 'shares/star50_implied_adjusted_shares_2025-06.csv';
const CONSTITUENTS = 'constituents/star50_constituents.csv';
const CHANGES = 'constituents/star50_changes.csv';
const UNITS = 'weights/star50_index_units_reconstructed.csv';
const REVIEW = 'weights/star50_review_2025-09-12.csv';
const PUBLISHED_WEIGHTS = 'weights/star50_published_weights.csv';
const FIT = 'weights/star50_reconstruction_fit.csv';
const LEVELS = 'indices/000688_daily_3dp.csv';
const FACTS = 'facts/documented_facts.csv';
const ETF_588000 = 'etf/588000_daily.csv';
const UNIVERSE = 'universe/a_share_universe.csv';
const XSHG = 'calendar/xshg_sessions.csv';
const XNYS = 'calendar/xnys_sessions_observed.csv';
const XHKG = 'calendar/xhkg_sessions_observed.csv';
const BROAD = 'indices/broad_indices_daily.csv';

const CSV_FILES = [BOARD_CLOSES, MEMBER_BARS, ACTIONS, SHARES, IMPLIED, CONSTITUENTS, CHANGES, UNITS, REVIEW];
CSV_FILES.push(UNIVERSE, PUBLISHED_WEIGHTS, FIT, LEVELS, FACTS, ETF_588000, XSHG, XNYS, XHKG, BROAD);

// ---------------------------------------------------------------------------------------------------------------
// Steps that more than one table needs; temporary, not written
// ---------------------------------------------------------------------------------------------------------------

/** Ratios seen as a step between raw and adjusted prices, which blur them in the third digit. */
const KNOWN_ACTIONS = `
CREATE TEMP TABLE known_actions AS
SELECT code AS id, ex_date::DATE AS ex_day,
  -- Bonus issues are declared per ten shares with one decimal, so two decimals per share is all there can be.
  CASE WHEN abs(share_ratio_approx::DOUBLE - 1) < 0.005 THEN 1.0 ELSE round(share_ratio_approx::DOUBLE, 2) END AS share_ratio,
  cash_per_share_cny_approx::DOUBLE AS cash, share_ratio_approx, ex_date_quality
FROM ${csv(ACTIONS)}
WHERE code <> '600519' AND ex_date IS NOT NULL`;

/** Per session: the step of the close, and the float that turnover implies before and after it. */
const CLOSE_STEPS = `
CREATE TEMP TABLE close_steps AS
WITH bars AS (
  SELECT code AS id, date::DATE AS day, close::DOUBLE AS close, price_kind AS kind,
    amount_cny::DOUBLE / close::DOUBLE / nullif(turnover_pct::DOUBLE / 100, 0) AS float_shares
  FROM ${csv(BOARD_CLOSES)}
)
SELECT id, day, kind,
  close / lag(close) OVER w AS step,
  lag(kind) OVER w AS kind_before,
  median(float_shares) OVER (PARTITION BY id ORDER BY day ROWS BETWEEN CURRENT ROW AND 9 FOLLOWING) AS float_after,
  median(float_shares) OVER (PARTITION BY id ORDER BY day ROWS BETWEEN 10 PRECEDING AND 1 PRECEDING) AS float_before
FROM bars WINDOW w AS (PARTITION BY id ORDER BY day)`;

/**
 * A close more than 20.5 % lower than the one before is beyond the board's daily price limit, so the share count
 * changed. The float must then grow by as much as the price fell, give or take one day's move. The first five
 * sessions of a listing have no price limit and are left out.
 */
const SPLIT_CANDIDATES = `
CREATE TEMP TABLE split_candidates AS
WITH numbered AS (
  SELECT date::DATE AS day, row_number() OVER (ORDER BY date) AS session FROM ${csv(XSHG)}
), estimates AS (
  SELECT s.id, s.day AS ex_day, s.step, s.float_after / s.float_before AS estimate, s.kind, s.kind_before
  FROM close_steps s JOIN securities USING (id)
  JOIN numbered now ON now.day = s.day JOIN numbered listed ON listed.day = securities.list_day
  WHERE s.step < 0.795 AND now.session - listed.session >= 5
)
SELECT *, ${snapRatio('estimate')} AS share_ratio FROM estimates
WHERE estimate > 1.2 AND estimate < 2.2 AND estimate * step > 0.79 AND estimate * step < 1.21`;

/** Declared per ten shares: 4.5, 4.8 and 4.9 are common because 5 needs a vote of the holders; else a tenth. */
function snapRatio(x) {
  return `CASE WHEN abs(${x} - 1.45) < 0.012 THEN 1.45
    WHEN abs(${x} - 1.48) < 0.012 AND abs(${x} - 1.48) <= abs(${x} - 1.49) THEN 1.48
    WHEN abs(${x} - 1.49) < 0.012 THEN 1.49 ELSE round(${x}, 1) END`;
}

/** Counts as read on COUNT_DAY, with how much each is worth. */
const COUNTS_READ = `
CREATE TEMP TABLE counts_read AS
WITH dual AS (SELECT * FROM (VALUES ${sqlRows(DUAL_LISTED.map((d) => [d[0], d[1]]))}) AS t(id, hkex)),
board AS (
  SELECT code AS id, "total_shares_2026-01-26"::DOUBLE AS total, "float_shares_2026-01-26"::DOUBLE AS tradable FROM ${csv(SHARES)}
), members AS (
  SELECT code AS id, "a_shares_total_2026-01-26"::DOUBLE AS a_shares FROM ${csv(IMPLIED)}
)
SELECT id, 'total_shares' AS field, total AS value, false AS guessed, '${SHARES}' AS source,
  CASE WHEN hkex IS NULL THEN 'all share classes' ELSE 'all share classes, H shares included' END AS note
FROM board LEFT JOIN dual USING (id) WHERE total IS NOT NULL
UNION ALL
SELECT id, 'a_shares', coalesce(a_shares, CASE WHEN hkex IS NULL THEN total ELSE tradable END), a_shares IS NULL AND hkex IS NOT NULL,
  CASE WHEN a_shares IS NULL THEN '${SHARES}' ELSE '${IMPLIED}' END,
  CASE WHEN a_shares IS NOT NULL THEN 'A shares or CDRs issued'
    WHEN hkex IS NULL THEN 'all shares issued; no second share class is known'
    ELSE 'total shares include H shares; the A count is taken as the tradable A shares, a lower bound' END
FROM board LEFT JOIN dual USING (id) LEFT JOIN members USING (id) WHERE total IS NOT NULL`;

/**
 * A count read in 2026 could not be known in 2025, but the count of the day was public then. These rows stand in for
 * it: one per stretch between share actions, dated by the first day of the stretch.
 */
const COUNTS_BACK = `
CREATE TEMP TABLE counts_back AS
WITH splits AS (SELECT id, ex_day, share_ratio FROM actions WHERE share_ratio <> 1 AND ex_day <= DATE '${COUNT_DAY}'),
starts AS (
  SELECT id, greatest(DATE '${PRICES_FROM}', list_day) AS day FROM securities WHERE list_day < DATE '${COUNT_DAY}'
  UNION
  SELECT id, ex_day FROM splits JOIN securities USING (id) WHERE ex_day > greatest(DATE '${PRICES_FROM}', list_day)
), stretches AS (
  SELECT s.id, s.day, count(x.ex_day) AS issues, ${productOf('x.share_ratio')} AS later_ratio
  FROM starts s LEFT JOIN splits x ON x.id = s.id AND x.ex_day > s.day GROUP BY s.id, s.day
)
SELECT c.id, c.field, c.value / later_ratio AS value, s.day, c.guessed, c.source,
  'count read on ${COUNT_DAY} carried back through ' || issues || ' bonus issues; stands in for the count published at the time'
  || CASE WHEN guessed THEN '; ' || c.note ELSE '' END AS note
FROM stretches s JOIN counts_read c USING (id)`;

/**
 * Counts documented page by page for the securities near the seats of the September 2025 review, members and
 * candidates alike (scripts/share_counts.csv). They replace the counts carried back, which know bonus issues only.
 * A count was public from the day it held, so known_on is that day, or the notice's when it came within ten days.
 */
const COUNTS_DOCUMENTED = `
CREATE TEMP TABLE counts_documented AS
WITH rows AS (
  SELECT id, as_of::DATE AS day, a_shares::DOUBLE AS value, known_on::DATE AS published, source_url, note,
    row_number() OVER (PARTITION BY id ORDER BY as_of) AS nth
  FROM read_csv(${sqlText(fileURLToPath(new URL('share_counts.csv', import.meta.url)))}, header = true, all_varchar = true)
)
SELECT id, value, CASE WHEN nth = 1 THEN least(day, greatest(DATE '${PRICES_FROM}', list_day)) ELSE day END AS day,
  CASE WHEN nth > 1 AND published BETWEEN day AND day + 10 THEN published
    WHEN nth = 1 THEN least(day, greatest(DATE '${PRICES_FROM}', list_day)) ELSE day END AS known,
  CASE WHEN note LIKE 'derived%' THEN 'estimated' ELSE 'reported' END AS quality, source_url AS source, note
FROM rows JOIN securities USING (id)`;

/** Index points per CNY of each member, with the shares they should stand for. */
const UNIT_TABLE = `
CREATE TEMP TABLE units AS
SELECT basket, code AS id, units_index_points_per_cny::DOUBLE AS units, se::DOUBLE AS se FROM ${csv(UNITS)}`;

/**
 * Replaces the units of basket A, which the source solved from levels alone, by those that also meet the weights
 * printed while it was in force. Nothing from after the swap goes in: the levels that follow remain a test.
 */
async function sharpenUnits() {
  const members = (await query(`SELECT id FROM units WHERE basket = 'A' ORDER BY id`)).map(({ id }) => id);
  const sessions = await query(
    `SELECT date, close::DOUBLE AS close FROM ${csv(LEVELS)} WHERE date BETWEEN '2025-06-13' AND '2025-09-12' ORDER BY date`,
  );
  // The last close carried, per share of the end of 2025: the source states its units so.
  const carried = await query(`
    SELECT s.date, u.id, arg_max(c.close, c.day) / ${productOf('x.share_ratio')} AS close
    FROM ${csv(LEVELS)} s, units u JOIN closes c USING (id)
    LEFT JOIN actions x ON x.id = c.id AND x.share_ratio <> 1 AND x.ex_day > c.day
    WHERE s.date BETWEEN '2025-06-13' AND '2025-09-12' AND u.basket = 'A' AND c.day <= s.date::DATE
      AND c.day = (SELECT max(day) FROM closes l WHERE l.id = u.id AND l.day <= s.date::DATE)
    GROUP BY s.date, u.id ORDER BY s.date, u.id`);
  const closes = sessions.map((_, i) =>
    carried.slice(i * members.length, (i + 1) * members.length).map(({ close }) => close),
  );
  const printed = await query(
    `SELECT date, code, published_weight_pct::DOUBLE / 100 AS weight FROM ${csv(PUBLISHED_WEIGHTS)} WHERE date < '2025-09-12' ORDER BY date, code`,
  );
  const source = await query(`SELECT units FROM units WHERE basket = 'A' ORDER BY id`);
  const weights = printed.map(({ date, code, weight }) => {
    const session = sessions.findIndex((row) => row.date === date);
    const value = (column) => closes[session][column] * source[column].units;
    const bySize = members.map((_, column) => column).sort((a, b) => value(b) - value(a));
    const top = /^TOP(\d+)$/.exec(code);
    return { session, members: top ? bySize.slice(0, Number(top[1])) : [members.indexOf(code)], weight };
  });
  const solved = unitsWithWeights(
    closes,
    sessions.map(({ close }) => close),
    weights,
  );
  console.log(
    `basket A: ${sessions.length} levels and ${weights.length} printed weights, largest error of the level ${solved.largestError.toFixed(4)} points`,
  );
  for (const [i, id] of members.entries())
    await db.run(
      `UPDATE units SET units = ${solved.units[i]}::DOUBLE, se = ${solved.errors[i]}::DOUBLE WHERE basket = 'A' AND id = '${id}'`,
    );
}

/**
 * The divisor only fixes the unit of the share counts. It comes from the members whose float band is beyond doubt;
 * the median shrugs off those whose count has changed by COUNT_DAY.
 */
const SCALE = `
CREATE TEMP TABLE scale AS
WITH clean AS (
  SELECT code AS id, "a_shares_total_2026-01-26"::DOUBLE * nearest_csi_band::DOUBLE AS adjusted
  FROM ${csv(IMPLIED)} WHERE code <> '688981' AND abs(relative_gap::DOUBLE) < 0.01
), ratios AS (
  SELECT b.units / a.units AS ratio, 1 / ((b.units / a.units) ** 2 * ((a.se / a.units) ** 2 + (b.se / b.units) ** 2)) AS weight, id
  FROM units a JOIN units b USING (id) WHERE a.basket = 'A' AND b.basket = 'B' AND id NOT IN ${sqlList(OFF_COMMON_FACTOR)}
)
SELECT (SELECT 1 / median(units / adjusted) FROM clean JOIN units USING (id) WHERE basket = 'A') AS divisor,
  (SELECT count(*) FROM clean) AS divisor_members,
  (SELECT sum(ratio * weight ORDER BY id) / sum(weight ORDER BY id) FROM ratios) AS common`;

// ---------------------------------------------------------------------------------------------------------------
// The tables of the bundle
// ---------------------------------------------------------------------------------------------------------------

const INDEX = `'star-50' AS index_id`;

/** Indices whose levels a study can be held against, by code. */
const BENCHMARKS = [
  ['000001', 'sse-composite'],
  ['000016', 'sse-50'],
  ['000300', 'csi-300'],
  ['000905', 'csi-500'],
  ['000852', 'csi-1000'],
  ['000680', 'star-composite'],
];

const TABLES = [
  {
    name: 'securities',
    order: 'id',
    sources: [SHARES, BOARD_CLOSES, CONSTITUENTS, UNIVERSE],
    origins: 'X S C G N A',
    derivation:
      'One row per STAR security in the share table or the price table. Names as in the share table, with the suffixes the exchange adds (-U, -W, -WD, -UW); English names only for the index members, everyday short names for those and a few near them (general knowledge), NULL otherwise. Two delisted companies (688086, 688555) have no name in the source. 689009 is the only depositary receipt. industry: that of the vendor in the list of May 2026 (N), which stands in for that of the time; NULL for the few that are not in it.',
    sql: `
      WITH ids AS (SELECT code AS id FROM ${csv(SHARES)} UNION SELECT code FROM ${csv(BOARD_CLOSES)}),
      english AS (SELECT code AS id, min(name_en) AS name_en FROM ${csv(CONSTITUENTS)} GROUP BY code),
      short AS (SELECT * FROM (VALUES ${sqlRows(SHORT_NAMES)}) AS t(id, name_short))
      SELECT id, s.name AS name_zh, name_en, name_short, 'XSHG' AS market, 'STAR' AS board,
        CASE WHEN id = '689009' THEN 'cdr' ELSE 'share' END AS kind, s.list_date::DATE AS list_day, u.industry
      FROM ids LEFT JOIN ${csv(SHARES)} s ON s.code = id LEFT JOIN english USING (id) LEFT JOIN short USING (id)
        LEFT JOIN ${csv(UNIVERSE)} u ON u.code = id`,
  },
  {
    name: 'closes',
    order: 'id, day',
    sources: [BOARD_CLOSES, MEMBER_BARS],
    origins: 'X S C',
    derivation:
      'Closes in CNY and the traded value of the session. The board-wide file gives every security from 2024-08-01 to 2025-12-31; the file of index members replaces it where both have the row and adds 2024-01 to 2024-07 and 2026. quality: observed = raw close seen; equal = adjusted price that is raw because no later action is known; reconstructed = raw rebuilt from the adjusted price and the inferred action; adjusted = forward-adjusted price, the raw one is not known (differs from raw by every later dividend and bonus issue). A suspended session has no row; no row has a zero value.',
    sql: `
      WITH members AS (
        SELECT code AS id, date::DATE AS day, close::DOUBLE AS close, amount_cny::DOUBLE AS value, price_kind AS kind FROM ${csv(MEMBER_BARS)}
      ), board AS (
        SELECT code AS id, date::DATE AS day, close::DOUBLE AS close, amount_cny::DOUBLE AS value, price_kind AS kind FROM ${csv(BOARD_CLOSES)}
      ), merged AS (
        SELECT * FROM members UNION ALL SELECT * FROM board ANTI JOIN members USING (id, day)
      )
      SELECT id, day, close, value AS value_cny,
        CASE WHEN kind IN ('o', 'observed') THEN 'observed' WHEN kind IN ('e', 'adjusted_equals_raw') THEN 'equal'
          WHEN kind IN ('r', 'reconstructed') THEN 'reconstructed' WHEN kind IN ('a', 'adjusted_only') THEN 'adjusted' END AS quality
      FROM merged`,
  },
  {
    name: 'actions',
    order: 'id, ex_day',
    before: [KNOWN_ACTIONS, CLOSE_STEPS, SPLIT_CANDIDATES],
    sources: [ACTIONS, BOARD_CLOSES, SHARES, XSHG],
    origins: 'X S C D',
    derivation:
      'share_ratio = shares after per share before; cash per old share, approximate to about 0.01. First, the steps between raw and adjusted prices of the index members: ratio rounded to 0.01 because bonus issues are declared per ten shares with one decimal, less than 0.005 from 1 taken as 1; rows left with ratio 1 and no positive cash are noise of the rounding and are dropped, and so are 600519 (not a STAR security) and the rows without an ex-date. Second, bonus issues of the other securities, where the close fell below 0.795 of the one before, which the 20 % price limit forbids otherwise: estimate = median float implied by value / close / turnover over the 10 sessions from that day, divided by the median over the 10 before; kept when between 1.2 and 2.2 and when estimate x price step is within one price limit of 1; snapped to 1.45, 1.48 or 1.49 when less than 0.012 away, else to the nearest tenth (basis says doubtful when that is more than 0.025 away: both such rows, 688244 and 688603 of January 2025, may be 1.45 or 1.48). Issues below about 1.26 per share cannot show this way, nor can those whose first day rose enough to hide the step; a looser scan points to about ten missed issues of 1.2 and one of 1.3, none of an index member, whose earlier counts are too high by that much.',
    sql: `
      SELECT id, ex_day, share_ratio, CASE WHEN cash > 0 THEN cash END AS cash_per_share, 'inferred' AS quality,
        CASE WHEN ex_date_quality LIKE 'documented%' THEN 'company notice, as recorded in the source file'
          WHEN ex_date_quality = 'exact_day' THEN 'step between raw and adjusted closes'
          ELSE 'step between raw and adjusted closes; the ex day may be one session earlier' END
        || CASE WHEN share_ratio <> 1 THEN '; ratio ' || share_ratio_approx || ' rounded to 0.01' ELSE '' END AS basis
      FROM known_actions WHERE share_ratio <> 1 OR cash > 0
      UNION ALL
      SELECT id, ex_day, share_ratio, NULL, 'inferred',
        'close fell to ' || printf('%.3f', step) || ' of the one before, implied float grew by ' || printf('%.3f', estimate)
        || CASE WHEN kind = 'a' AND kind_before <> 'a' THEN '; the step is the change from raw to adjusted prices on this day (adjusted = raw / ratio): the bonus issue came on or after it, and the ratio is right for carrying share counts because count x price must stay the market value'
           ELSE '' END
        || CASE WHEN abs(estimate - share_ratio) > 0.025 THEN '; doubtful, the estimate is not close to a usual ratio' ELSE '' END
      FROM split_candidates c
      WHERE NOT EXISTS (SELECT 1 FROM known_actions k WHERE k.id = c.id AND k.ex_day = c.ex_day AND k.share_ratio <> 1)`,
  },
  {
    name: 'facts',
    order: 'id, field, known_on, as_of',
    before: [COUNTS_READ, COUNTS_BACK, COUNTS_DOCUMENTED],
    sources: [SHARES, IMPLIED, ACTIONS, BOARD_CLOSES],
    origins: 'G N X S C A',
    derivation:
      'Dated facts: as_of is the day a value describes, known_on the first day a person could know it. total_shares and a_shares: the counts read on 2026-01-26 (reported), and rows that stand in for the counts published earlier, one per stretch between share actions, value = count read / product of the later ratios (backcast). They know bonus issues only: new shares sold, options exercised, buybacks, and the H shares 688234 and 688279 sold in the summer of 2025 are not taken out. For eighteen securities near the seats of the September 2025 review, members and candidates alike, the counts are documented page by page instead (scripts/share_counts.csv; source and note in the row): placements of 688361, 688172 and 688027, vestings, cancellations. a_shares is all A shares or receipts issued; for index members the source file, for other companies with H shares (a list from general knowledge) the tradable A shares, a lower bound (assumed), for the rest the total. That bound is far too low where A shares of the founders were still locked in: 688331, and 688796, which listed in December 2025. float_a_shares: tradable A shares read on 2026-01-26, and traded volume / turnover of August and September 2025, good to about 0.1 % (estimated). inclusion_factor: for the members of June 2025 the nearest free-float band of CSI to what the reconstructed weights imply; for 688981 it is 1, since its capped shares already stand at 0.89 of its A shares; for 688183 assumed. dual_listed: 1, general knowledge. risk_warning: 1 when the name read on 2026-01-26 starts with ST or *ST; how long it had is not known.',
    sql: `
      WITH dual AS (SELECT * FROM (VALUES ${sqlRows(DUAL_LISTED.map((d) => [d[0], d[1], d[2] ?? null]))}) AS t(id, hkex, since))
      SELECT id, field, value, DATE '${COUNT_DAY}' AS as_of, DATE '${COUNT_DAY}' AS known_on,
        CASE WHEN guessed THEN 'assumed' ELSE 'reported' END AS quality, source, note FROM counts_read
      UNION ALL
      SELECT id, field, value, day, day, CASE WHEN guessed THEN 'assumed' ELSE 'backcast' END, source, note FROM counts_back
      WHERE field <> 'a_shares' OR id NOT IN (SELECT id FROM counts_documented)
      UNION ALL
      SELECT id, 'a_shares', value, day, known, quality, source, note FROM counts_documented WHERE day < DATE '${COUNT_DAY}'
      UNION ALL
      SELECT code, 'float_a_shares', "float_shares_2026-01-26"::DOUBLE, DATE '${COUNT_DAY}', DATE '${COUNT_DAY}', 'reported', '${SHARES}',
        'tradable A shares' FROM ${csv(SHARES)} WHERE "float_shares_2026-01-26" IS NOT NULL
      UNION ALL
      SELECT code, 'float_a_shares', "float_a_shares_2025-08_est"::DOUBLE, DATE '2025-09-30', DATE '2025-09-30', 'estimated', '${SHARES}',
        'traded volume / turnover of August and September 2025, good to about 0.1 %' FROM ${csv(SHARES)} WHERE "float_a_shares_2025-08_est" IS NOT NULL
      UNION ALL
      SELECT id, 'dual_listed', 1, day, day, 'assumed', 'general knowledge', 'H shares trade as HKEX ' || hkex
      FROM (SELECT id, hkex, greatest(coalesce(since::DATE, DATE '${PRICES_FROM}'), list_day) AS day FROM dual JOIN securities USING (id))
      UNION ALL
      SELECT code, 'inclusion_factor', CASE WHEN code = '688981' THEN 1 ELSE nearest_csi_band::DOUBLE END, DATE '2025-06-13', DATE '2025-06-13',
        'reconstructed', '${IMPLIED}', CASE WHEN code = '688981' THEN 'its capped index shares stand at 0.893 of its A shares, and the only band at or above that is 100 %'
          ELSE 'free-float band nearest to the ratio the reconstructed weights imply' END FROM ${csv(IMPLIED)}
      UNION ALL
      SELECT '688183', 'inclusion_factor', 0.30, DATE '2025-08-29', DATE '2025-08-29', 'assumed', '${UNITS}',
        'band of the free float; taken from the reconstruction of the September basket, the published float table was not found'
      UNION ALL
      SELECT code, 'risk_warning', 1, DATE '${COUNT_DAY}', DATE '${COUNT_DAY}', 'reported', '${SHARES}',
        'the name of that day carries the mark; whether it did earlier is not known' FROM ${csv(SHARES)} WHERE name LIKE 'ST%' OR name LIKE '*ST%'`,
  },
  {
    name: 'baskets',
    order: 'index_id, basket',
    before: [UNIT_TABLE, sharpenUnits, SCALE],
    sources: [UNITS, IMPLIED, LEVELS, PUBLISHED_WEIGHTS],
    origins: 'K X S C G, and web pages named in published_weights',
    derivation:
      "The two share baskets around the September review. The units of A are solved once more from the levels of its 66 sessions together with the weights printed while it was in force (published_weights up to the session before the swap; scripts/unitsWithWeights.mjs); those of B are the source file's. A basket takes over at the close of swap_day and is in force from first_day to last_day; on swap_day itself either basket gives the same level. level = sum(index_shares x close) / divisor. The divisor of A is the inverse of the median, over members of A whose implied inclusion ratio is within 1 % of a band (688981 left out), of units / (A shares x band). The divisor of B is that of A divided by the common factor by which the members no cap touched were rescaled in September: the mean of their unit ratios B/A weighted by inverse variance.",
    sql: `
      SELECT ${INDEX}, t.basket, t.first_day::DATE AS first_day, t.last_day::DATE AS last_day, t.swap_day::DATE AS swap_day,
        CASE t.basket WHEN 'A' THEN divisor ELSE divisor / common END AS divisor, t.known_on::DATE AS known_on, 'reconstructed' AS quality, t.note
      FROM scale, (VALUES
        ('A', '2025-06-16', '2025-09-12', '2025-06-13', '2025-06-13', 'solved from levels published later; stands in for the weight file the provider gives out on the evening of the swap'),
        ('B', '2025-09-15', '2025-12-12', '2025-09-12', '2025-09-12', 'solved from levels published up to 2025-10-16; stands in for the weight file of that evening, so it must not be used to forecast this review')
      ) AS t(basket, first_day, last_day, swap_day, known_on, note)`,
  },
  {
    name: 'index_shares',
    order: 'index_id, basket, id',
    sources: [UNITS, IMPLIED, ACTIONS],
    origins: 'K X S C G',
    derivation:
      'Shares the index holds of each member, stated as of first_day of the basket: index_shares = adjusted_shares x capping_factor = units x divisor / product of the share ratios with an ex-date after swap_day, since the units of the source are per share after every bonus issue of 2025. From first_day on multiply by share_ratio on each ex_day. Basket A: factor 1, except 688981, whose adjusted_shares are its A shares (as read on 2026-01-26) in full and whose factor is what remains. Basket B: for the five that were capped, adjusted_shares are those of A and the factor is what remains, at most 1; every other member has factor 1 and the shares solved for B itself, which differ from those of A within the errors of both. relative_error = standard error / units of the same basket.',
    sql: `
      WITH full_count AS (
        SELECT id, CASE WHEN id = '688981' THEN (SELECT value FROM counts_read c WHERE c.id = '688981' AND field = 'a_shares') ELSE units * scale.divisor END AS shares
        FROM units, scale WHERE basket = 'A'
      ), solved AS (
        SELECT u.id, u.basket, u.se / u.units AS relative_error, u.units * b.divisor AS shares,
          (SELECT ${productOf('x.share_ratio')} FROM actions x WHERE x.id = u.id AND x.ex_day > b.swap_day) AS later_ratio,
          u.id = '688981' OR (u.basket = 'B' AND u.id IN ${sqlList(CAPPED_B)}) AS capped
        FROM units u JOIN baskets b USING (basket)
      ), split AS (
        SELECT id, basket, relative_error, later_ratio, CASE WHEN capped THEN f.shares ELSE s.shares END AS adjusted,
          CASE WHEN capped THEN least(1, s.shares / f.shares) ELSE 1 END AS factor
        FROM solved s LEFT JOIN full_count f USING (id)
      )
      SELECT ${INDEX}, basket, id, adjusted / later_ratio AS adjusted_shares, factor AS capping_factor, adjusted * factor / later_ratio AS index_shares,
        relative_error, 'reconstructed' AS quality
      FROM split`,
  },
  {
    name: 'changes',
    order: 'index_id, effective, action, id',
    sources: [CHANGES, SHARES],
    origins: 'web pages named in source_url',
    derivation:
      'Additions and deletions of STAR 50 as announced, with the review of March 2021 added from the notice of the exchange. The deletion of 688561 in September 2025 is derived from published levels, not read.',
    sql: `
      SELECT ${INDEX}, announced::DATE AS announced, last_day_old_basket::DATE AS swap_day, effective::DATE AS effective, action, code AS id, name AS name_zh, basis, source_url
      FROM ${csv(CHANGES)}
      UNION ALL
      SELECT ${INDEX}, DATE '${REVIEW_2021.announced}', DATE '${REVIEW_2021.swapDay}', DATE '${REVIEW_2021.effective}', action, id, name_zh, 'documented', '${REVIEW_2021.source}'
      FROM (VALUES ${sqlRows([...REVIEW_2021.in.map((id) => ['add', id]), ...REVIEW_2021.out.map((id) => ['delete', id])])}) AS t(action, id) JOIN securities USING (id)`,
  },
  {
    name: 'reserve',
    order: 'index_id, effective, position',
    sources: [],
    origins: 'web page named in source',
    derivation: 'The ordered reserve list of the review of March 2021, from the notice of the exchange.',
    sql: `
      SELECT ${INDEX}, DATE '${REVIEW_2021.announced}' AS announced, DATE '${REVIEW_2021.effective}' AS effective, position::INTEGER AS position, id, '${REVIEW_2021.source}' AS source
      FROM (VALUES ${sqlRows(REVIEW_2021.reserve.map((id, i) => [i + 1, id]))}) AS t(position, id)`,
  },
  {
    name: 'members',
    order: 'index_id, first_day, id',
    sources: [CONSTITUENTS],
    origins: 'A, and documented changes undone',
    derivation:
      'Three lists of 50, one per basket, so a member that stays has one row per basket. The list from 2025-12-15 is the official file; the two before are derived by undoing documented changes. last_day is the last session of the basket; none is open.',
    sql: `
      SELECT ${INDEX}, effective_from::DATE AS first_day, effective_to::DATE AS last_day, code AS id, basis FROM ${csv(CONSTITUENTS)}`,
  },
  {
    name: 'levels',
    order: 'index_id, day',
    sources: [LEVELS],
    origins: 'K',
    derivation: 'Daily levels of STAR 50 (price index) with three decimals.',
    sql: `
      SELECT ${INDEX}, date::DATE AS day, open::DOUBLE AS open, high::DOUBLE AS high, low::DOUBLE AS low, close::DOUBLE AS close FROM ${csv(LEVELS)}`,
  },
  {
    name: 'benchmark_levels',
    order: 'index_id, day',
    sources: [BROAD],
    origins: 'Q',
    derivation:
      'Daily closes of other price indices, to hold returns against in a study; no baskets of these are held. Two decimals. The sessions of the SSE Composite are those of the calendar.',
    sql: `
      SELECT t.index_id, code, date::DATE AS day, close::DOUBLE AS close FROM ${csv(BROAD)} b
      JOIN (VALUES ${sqlRows(BENCHMARKS)}) AS t(code, index_id) USING (code)`,
  },
  {
    name: 'tracked_assets',
    order: 'index_id, known_on',
    sources: [FACTS],
    origins: 'web pages named in source_url',
    derivation: 'Press totals of the assets that track STAR 50 shortly before the swap.',
    sql: `
      SELECT ${INDEX}, known_on::DATE AS known_on, amount_cny::DOUBLE AS amount_cny, scope, products::INTEGER AS products, feeders, source_url, note
      FROM (VALUES ${sqlRows(TRACKED_ASSETS)}) AS t(known_on, amount_cny, scope, products, feeders, source_url, note)`,
  },
  {
    name: 'tracker_units',
    order: 'index_id, fund, as_of',
    sources: [FACTS, ETF_588000],
    origins: 'M, and web pages named in source_url',
    derivation:
      'Units outstanding of funds that track STAR 50, on the few days they were found for. What changes between two rows of a fund was created or redeemed. Where only assets are printed, units = assets / close of the fund (quality estimated).',
    sql: `
      SELECT ${INDEX}, t.fund, t.as_of::DATE AS as_of, t.known_on::DATE AS known_on,
        coalesce(t.units::DOUBLE, round(t.assets_cny::DOUBLE / c.close::DOUBLE, -6)) AS units,
        CASE WHEN t.units IS NULL THEN 'estimated' ELSE 'reported' END AS quality, t.source_url, t.note
      FROM (VALUES ${sqlRows(TRACKER_UNITS)}) AS t(known_on, as_of, fund, units, assets_cny, source_url, note)
      LEFT JOIN ${csv(ETF_588000)} c ON c.date::DATE = t.as_of::DATE AND c.code::TEXT = t.fund`,
  },
  {
    name: 'estimates',
    order: 'index_id, known_on, who',
    sources: [FACTS, PUBLISHED_WEIGHTS],
    origins: 'web pages named in source_url',
    derivation:
      'What the press expected trackers to sell of 688256 (a positive value is a sale), with the weight of that day and the tracked assets it goes with where they are known.',
    sql: `
      SELECT ${INDEX}, '688256' AS id, known_on::DATE AS known_on, who, value_cny::DOUBLE AS value_cny, weight::DOUBLE AS weight, assets_cny::DOUBLE AS assets_cny, source_url, note
      FROM (VALUES ${sqlRows(ESTIMATES)}) AS t(known_on, who, value_cny, weight, assets_cny, source_url, note)`,
  },
  {
    name: 'legs',
    order: 'id, effective, index_id',
    sources: [],
    origins: 'web page named in source_url',
    derivation:
      'Trades of the same security that other indices force at the same close, as the press printed them (negative: a sale). Not computed here.',
    sql: `
      SELECT index_id, id, effective::DATE AS effective, known_on::DATE AS known_on, value_cny, source_url, note
      FROM (VALUES ${sqlRows(LEGS)}) AS t(index_id, id, effective, known_on, value_cny, source_url, note)`,
  },
  {
    name: 'published_weights',
    order: 'index_id, day, id',
    sources: [PUBLISHED_WEIGHTS],
    origins: 'web pages named in source_url',
    derivation: 'Published weights as fractions; TOP5 and TOP10 are the sums of the largest members.',
    sql: `
      SELECT ${INDEX}, date::DATE AS day, code AS id, round(published_weight_pct::DOUBLE / 100, 6) AS weight, source_url FROM ${csv(PUBLISHED_WEIGHTS)}`,
  },
  {
    name: 'calendars',
    order: 'market, day',
    sources: [XSHG, XNYS, XHKG],
    origins: 'D P (V as a check)',
    derivation:
      'Sessions. Shanghai: the list of the exchange, to the end of 2026. New York and Hong Kong: days on which at least three of six large shares have a price, so nothing after early April 2026 and no half days.',
    sql: `
      SELECT 'XSHG' AS market, date::DATE AS day, 'exchange session list' AS source FROM ${csv(XSHG)}
      UNION ALL SELECT 'XNYS', date::DATE, 'observed prices' FROM ${csv(XNYS)}
      UNION ALL SELECT 'XHKG', date::DATE, 'observed prices' FROM ${csv(XHKG)}`,
  },
];

// ---------------------------------------------------------------------------------------------------------------
// Where the CSVs come from, in short; the collector's SOURCES.md has more
// ---------------------------------------------------------------------------------------------------------------

// key, repository, commit, licence stated, what it gave
const ORIGINS = [
  [
    'M',
    'MKY508/mcp-cn-a-stock',
    'd7a31839f14ab2176f0284c0844047068d97c21b',
    'none',
    'closes of the fund 588000, for its units on one day',
  ],
  [
    'X',
    'xiedonge/first_codex',
    'd941e0d282b6901037087ef79b68f172209aaa81',
    'none',
    'forward-adjusted daily bars of all STAR stocks, with value and turnover',
  ],
  [
    'S',
    'suiwenfeng/stock',
    '1fe8998dd467aa3c22601613b0dd8715a550b0d6',
    'none',
    'raw daily bars to 2025-05-23',
  ],
  [
    'C',
    'chandlergis/StockTradebyZ',
    '10b1b9e0cc70cc0e465d307d471466d04752bed4',
    'none',
    'daily bars from 2025, raw for STAR stocks up to 2025-10-16; intraday snapshots were dropped',
  ],
  [
    'G',
    'GerryZhang0925/data-driven-stock-picker',
    '23bdfe3da29e69f54b66623f0c0bcef1cdaa7ae3',
    'none',
    'share counts from a market snapshot of 2026-01-26',
  ],
  [
    'K',
    'daqingguaizi/kcb50-strategy',
    'd1ab52bae37a54ecb943b201ea15d84aed860cfe',
    'none',
    'STAR 50 with three decimals',
  ],
  [
    'A',
    'Au-Cu/3PAS-PrincipalProtectedPositionAdjustmentStratergy',
    'f33f5b71016a46e69f5a67bcf83b8930a5f7c3c5',
    'MIT',
    'official STAR 50 list dated 2026-02-27',
  ],
  [
    'N',
    'Nolan180940/a_share_downloader',
    '7d673501b9ee03edd5738b40794600bcb855ac22',
    'none',
    'listing dates',
  ],
  [
    'P',
    'shaishailiu/stockmonitor',
    '25bcc91c9333db41b65e4fbbf1cacf7b5be75fd6',
    'none',
    'session dates of New York and Hong Kong',
  ],
  [
    'Q',
    'chenzt2020/quant',
    'ced77b919b3b95824497b0432624da640d3d6e2d',
    'none',
    'daily closes of other Chinese indices',
  ],
  ['D', 'akfamily/akshare', '0e7db00cb98ac6709e2b553efb5a79629aca7a72', 'MIT', 'session dates of Shanghai'],
  [
    'V',
    '1nchaos/adata',
    '09d6ddc5dfa0b7f13d36103cd306814d65dc35d0',
    'Apache-2.0',
    'a second calendar of Shanghai, used only to check the first',
  ],
].map(([key, repository, commit, licence, gave]) => ({ key, repository, commit, licence, gave }));

const LICENCE_NOTE =
  'Only data was taken from these repositories, no code. Most state no licence, and the prices in them are downloads from market data sites, so terms of exchanges and vendors may apply to passing them on. Treat the bundle as research and test data and keep this file with it.';

const GOLDEN_COPIES = [
  [REVIEW, 'weights before and after the close of 2025-09-12, from the reconstruction'],
  [PUBLISHED_WEIGHTS, 'weights found in the press, each with its page, beside the reconstruction'],
  [FIT, 'published and reconstructed level of each session'],
  [UNITS, 'units of both baskets as the source solved them, from levels alone'],
];

// ---------------------------------------------------------------------------------------------------------------
// The run
// ---------------------------------------------------------------------------------------------------------------

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node scripts/build-dataset.mjs <folder with the CSV files>');
  process.exit(2);
}

const db = await (await DuckDBInstance.create(':memory:')).connect();
// One thread, so that sums and row groups come out in the same order every time.
await db.run('SET threads = 1');

await loadCsvs();
mkdirSync(BUNDLE, { recursive: true });
const files = [];
for (const table of TABLES) files.push(await buildTable(table));
await checkTables();
await reportSplits();
await reportScale();
writeProvenance(files);
copyGolden();
reportSize(files);
db.closeSync();

async function loadCsvs() {
  for (const path of CSV_FILES)
    await db.run(
      `CREATE TEMP TABLE ${csv(path)} AS SELECT * FROM read_csv(${sqlText(join(folder, path))}, header = true, all_varchar = true, delim = ',', quote = '"')`,
    );
}

async function buildTable({ name, order, sources, origins, derivation, before = [], sql }) {
  for (const step of before) await (typeof step === 'string' ? db.run(step) : step());
  await db.run(`CREATE TABLE ${name} AS SELECT * FROM (${sql}) ORDER BY ${order}`);
  const path = join(BUNDLE, `${name}.parquet`);
  rmSync(path, { force: true });
  await db.run(
    `COPY (FROM ${name} ORDER BY ${order}) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  const columns = await query(
    `SELECT column_name AS name, data_type AS type FROM duckdb_columns() WHERE table_name = '${name}' ORDER BY column_index`,
  );
  const [{ n }] = await query(`SELECT count(*)::INTEGER AS n FROM ${name}`);
  return {
    file: `${name}.parquet`,
    rows: n,
    bytes: statSync(path).size,
    sha256: sha256(path),
    order,
    columns,
    sources,
    origins,
    derivation,
  };
}

/** What must hold of the tables whatever the CSVs say; each query counts offenders. */
async function checkTables() {
  const checks = {
    'duplicate closes': 'SELECT count(*) - count(DISTINCT (id, day)) FROM closes',
    'closes or values not positive, or of unknown quality':
      'SELECT count(*) FROM closes WHERE NOT coalesce(close > 0, false) OR NOT coalesce(value_cny > 0, true) OR quality IS NULL',
    'closes on days that are no session': `SELECT count(*) FROM closes ANTI JOIN (SELECT day FROM calendars WHERE market = 'XSHG') USING (day)`,
    'duplicate actions': 'SELECT count(*) - count(DISTINCT (id, ex_day)) FROM actions',
    'duplicate facts': 'SELECT count(*) - count(DISTINCT (id, field, as_of, known_on)) FROM facts',
    'facts without a value':
      'SELECT count(*) FROM facts WHERE value IS NULL OR as_of IS NULL OR known_on IS NULL OR known_on < as_of',
    'ids that are no security':
      'SELECT count(*) FROM (SELECT id FROM closes UNION SELECT id FROM actions UNION SELECT id FROM facts UNION SELECT id FROM members UNION SELECT id FROM changes UNION SELECT id FROM reserve UNION SELECT id FROM index_shares) ANTI JOIN securities USING (id)',
    'baskets or lists without 50 members':
      'SELECT count(*) FROM (SELECT count(*) AS n FROM index_shares GROUP BY basket UNION ALL SELECT count(*) FROM members GROUP BY first_day) WHERE n <> 50',
    'bonus issues of members after both baskets were solved': `SELECT count(*) FROM actions SEMI JOIN index_shares USING (id) WHERE share_ratio <> 1 AND ex_day > DATE '2025-09-12'`,
    'capping factors outside (0, 1]':
      'SELECT count(*) FROM index_shares WHERE NOT coalesce(capping_factor > 0 AND capping_factor <= 1, false)',
    'figures typed into this script that the facts do not have': `SELECT count(*) FROM (SELECT known_on, amount_cny AS value, source_url FROM tracked_assets UNION ALL SELECT known_on, value_cny, source_url FROM estimates
      UNION ALL SELECT as_of, units, source_url FROM tracker_units WHERE quality = 'reported') t
      WHERE NOT EXISTS (FROM ${csv(FACTS)} f WHERE try_cast(f.value AS DOUBLE) = t.value AND f.date = t.known_on::TEXT AND f.source_url = t.source_url)`,
    'weights of estimates that were not published': `SELECT count(*) FROM estimates e WHERE weight IS NOT NULL AND NOT EXISTS (FROM published_weights p WHERE p.id = e.id AND p.day = e.known_on AND p.weight = e.weight)`,
  };
  for (const [what, sql] of Object.entries(checks)) {
    const [[offenders]] = (await db.runAndReadAll(sql)).getRowsJS();
    if (Number(offenders) !== 0) throw new Error(`${offenders} ${what}`);
  }
}

/** The rule that finds bonus issues, tried on those that are known from raw and adjusted prices. */
async function reportSplits() {
  const known = await query(`
    SELECT k.id, k.ex_day::TEXT AS ex_day, k.share_ratio AS known, c.share_ratio AS found, round(c.estimate, 4) AS estimate
    FROM known_actions k LEFT JOIN split_candidates c USING (id, ex_day)
    WHERE k.share_ratio <> 1 AND k.ex_day > DATE '${PRICES_FROM}' ORDER BY k.ex_day, k.id`);
  console.log('known bonus issues against the rule:');
  console.table(known);
  const found = await query(`
    SELECT share_ratio, count(*)::INTEGER AS issues, count(*) FILTER (basis LIKE '%adjusted = raw%')::INTEGER AS at_change_of_prices
    FROM actions WHERE basis LIKE 'close fell%' GROUP BY share_ratio ORDER BY share_ratio`);
  console.log('bonus issues found on the board:');
  console.table(found);
}

async function reportScale() {
  const [{ divisor, common, divisor_members: members }] = await query(
    'SELECT divisor, common, divisor_members::INTEGER AS divisor_members FROM scale',
  );
  console.log(
    `divisor ${divisor} (1 / ${1 / divisor}, median of ${members} members), common factor ${common}`,
  );
}

function writeProvenance(tables) {
  const used = [
    ...new Set([...tables.flatMap((table) => table.sources), ...GOLDEN_COPIES.map(([path]) => path)]),
  ].sort();
  const sources = used.map((path) => ({ path, sha256: sha256(join(folder, path)) }));
  const json = {
    bundle: 'cn-star',
    built_by: 'scripts/build-dataset.mjs',
    licence_note: LICENCE_NOTE,
    origins: ORIGINS,
    sources,
    files: tables,
  };
  writeFileSync(join(BUNDLE, 'provenance.json'), `${JSON.stringify(json, null, 2)}\n`);
  writeFileSync(join(BUNDLE, 'PROVENANCE.md'), provenancePage(tables, sources));
}

function provenancePage(tables, sources) {
  const sections = tables.map(
    (f) =>
      `### ${f.file}\n\n${f.rows.toLocaleString('en-US')} rows, sorted by ${f.order}. Origins: ${f.origins}.` +
      `${f.sources.length > 0 ? ` From ${f.sources.map((s) => `\`${s}\``).join(', ')}.` : ''}\n\n` +
      `Columns: ${f.columns.map((c) => `\`${c.name}\` ${c.type}`).join(', ')}.\n\n${f.derivation}\n`,
  );
  const origins = ORIGINS.map(
    (o) => `| ${o.key} | ${o.repository} | \`${o.commit}\` | ${o.licence} | ${o.gave} |`,
  );
  return `# Where the data of this bundle comes from

STAR market of Shanghai, and the STAR 50 index around its review of September 2025. Built by \`scripts/build-dataset.mjs\`
from CSV files that were collected from public GitHub repositories, at the commits below, and from web pages named row by row.
\`provenance.json\` says the same for machines, with the SHA-256 of every file. Prices and amounts are in CNY.

${LICENCE_NOTE}

**Not official.** No official STAR 50 weights of the time were found. The baskets were solved from the published level: level =
sum of units x close, units constant between reviews. Basket A leaves at most 0.004 points over 66 sessions, basket B over 19.
Every table with a \`quality\` column says row by row what was read and what was worked out; \`known_on\` is the first day a person
could know the row, and rows that stand in for something published at the time say so.

## Origin repositories

| key | repository | commit | licence stated | what it gave |
|---|---|---|---|---|
${origins.join('\n')}

## Tables

${sections.join('\n')}
## Source files

| CSV | SHA-256 |
|---|---|
${sources.map((s) => `| ${s.path} | \`${s.sha256}\` |`).join('\n')}
`;
}

/** Copies for tests, which compare with what was solved or published without going through the bundle. */
function copyGolden() {
  mkdirSync(GOLDEN, { recursive: true });
  const list = GOLDEN_COPIES.map(([path, what]) => {
    const name = path.split('/').at(-1);
    writeFileSync(join(GOLDEN, name), readFileSync(join(folder, path)));
    return `- \`${name}\` (SHA-256 \`${sha256(join(folder, path))}\`): ${what}.`;
  });
  writeFileSync(
    join(GOLDEN, 'PROVENANCE.md'),
    `# Golden files

Unchanged copies written by \`scripts/build-dataset.mjs\`; tests compare our results with them. The two files of the reconstruction
are derived, not official: they were solved from published levels and prices, whose origins are in
\`datasets/cn-star/PROVENANCE.md\`.

${list.join('\n')}
`,
  );
}

function reportSize(tables) {
  console.table(tables.map(({ file, rows: n, bytes }) => ({ file, rows: n, bytes })));
  const total = tables.reduce((sum, table) => sum + table.bytes, 0);
  console.log(`${total} bytes in all`);
  if (total > SIZE_LIMIT_BYTES) throw new Error(`the bundle is larger than ${SIZE_LIMIT_BYTES} bytes`);
}

async function query(sql) {
  return (await db.runAndReadAll(sql)).getRowObjectsJS();
}

function sha256(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
