/**
 * Companies from `datasets/cn-fundamentals`: CSV files kept by hand, daily tables in Parquet. All files are read before
 * anything is refused, so that one answer names every line that is wrong in any of them.
 */
import { basename, join } from 'node:path';
import {
  ANNOUNCEMENT_BASES,
  checkStatements,
  civilOf,
  FIGURE_QUALITIES,
  formatPeriod,
  InputError,
  METRICS,
  reportOf,
  TIMINGS,
  usableFrom,
  type BaseRate,
  type DailyBars,
  type Company,
  type DailySeries,
  type Day,
  type FiscalPeriod,
  type Fundamentals,
  type Guidance,
  type Issue,
  type ShareCount,
  type StatementFact,
} from '../core/index.js';
import {
  isoDay,
  nonNegativeNumber,
  oneOf,
  optional,
  positiveNumber,
  readCsv,
  required,
  signedNumber,
  tableOf,
  text,
  wholeNumber,
} from './csv.js';
import { openParquet, type ParquetReader } from './parquet.js';

/**
 * @param folder the bundle
 * @param own file of figures in the form of `statements.csv` with the columns `announced`, `timing`; its lines take the place
 *   of the bundled ones, and the rest of the bundle stays
 * @throws InputError `bad_statements` with every issue of every file; OperationalError when one cannot be read
 */
export async function loadFundamentals(folder: string, own?: string): Promise<Fundamentals> {
  const file = (name: string): string => join(folder, `${name}.csv`);
  const [companies, reports, bundled, mine, shares, guidance, baseRates] = [
    await readCsv({ file: file('companies') }, COMPANIES),
    await readCsv({ file: file('reports') }, REPORTS),
    await readCsv({ file: file('statements') }, STATEMENTS),
    own === undefined ? { rows: [], issues: [] } : await readCsv({ file: own }, STATEMENTS),
    await readCsv({ file: file('shares') }, SHARES),
    await readCsv({ file: file('guidance') }, GUIDANCE),
    await readCsv({ file: file('base_rates') }, BASE_RATES),
  ];
  const replaced = new Set(mine.rows.map(lineOf));
  const figures = [
    ...bundled.rows.filter((figure) => !replaced.has(lineOf(figure))),
    ...mine.rows.map((figure) =>
      figure.source === '' ? { ...figure, source: basename(own ?? '') } : figure,
    ),
  ];
  const { facts, issues } = announcedFacts(figures, reports.rows);
  refuse(own ?? 'cn-fundamentals', [
    ...[companies, reports, bundled, mine, shares, guidance, baseRates].flatMap((one) => one.issues),
    ...issues,
    ...checkStatements(facts),
  ]);
  const reader = await openParquet((table) => join(folder, `${table}.parquet`));
  try {
    return {
      companies: [...companies.rows, ...unnamed(mine.rows, companies.rows)],
      facts,
      shares: shares.rows,
      guidance: guidance.rows,
      baseRates: baseRates.rows,
      bars: await readBars(reader),
      vendorPe: await readVendorPe(reader),
    };
  } finally {
    reader.close();
  }
}

/** A line of a report: an own figure of it takes the place of the bundled one, restatements included. */
const lineOf = ({ company, period, metric }: Figure): string =>
  `${company} ${formatPeriod(period)} ${metric}`;

/** Companies of a file of one's own that the bundle does not name: called by their code, years as the first figure has them. */
function unnamed(figures: readonly Figure[], named: readonly Company[]): Company[] {
  const first = new Map<string, Figure>();
  for (const figure of figures) {
    const { company } = figure;
    if (!named.some(({ id }) => id === company) && !first.has(company)) first.set(company, figure);
  }
  return [...first.values()].map(({ company, unit, periodEnd }) => ({
    id: company,
    nameEn: company,
    nameZh: company,
    currency: unit,
    yearEnds: civilOf(periodEnd).month,
    industry: '',
  }));
}

function refuse(file: string, issues: readonly Issue[]): void {
  if (issues.length === 0) return;
  const problems = issues.length === 1 ? '1 problem' : `${issues.length} problems`;
  throw new InputError('bad_statements', `${file}: ${problems}, nothing was used`, issues);
}

const COMPANIES = tableOf({
  columns: {
    company: required(text),
    name_en: required(text),
    name_zh: required(text),
    currency: required(text),
    year_ends: required(wholeNumber(1, 12)),
    industry: required(text),
  },
  key: { columns: ['company'], of: ({ id }: Company) => id },
  row: (f): Company => ({
    id: f.company,
    nameEn: f.name_en,
    nameZh: f.name_zh,
    currency: f.currency,
    yearEnds: f.year_ends,
    industry: f.industry,
  }),
});

const fiscalYear = wholeNumber(1990, 2100);
const span = oneOf(['Q1', 'H1', '9M', 'FY', 'Q2', 'Q3', 'Q4'] as const);

interface Report {
  readonly company: string;
  readonly period: FiscalPeriod;
  readonly announced: Day;
  readonly usableFrom: Day;
  readonly basis: StatementFact['basis'];
}

const REPORTS = tableOf({
  columns: {
    company: required(text),
    fiscal_year: required(fiscalYear),
    span: required(span),
    announced: required(isoDay),
    timing: required(oneOf(TIMINGS)),
    basis: required(oneOf(ANNOUNCEMENT_BASES)),
  },
  row: ({ company, fiscal_year: year, span: of, announced, timing, basis }): Report => ({
    company,
    period: { year, span: of },
    announced,
    usableFrom: usableFrom(announced, timing),
    basis,
  }),
});

type Figure = Omit<StatementFact, 'usableFrom' | 'announced' | 'basis'> & {
  readonly announced: Day | undefined;
  readonly timing: (typeof TIMINGS)[number] | undefined;
};

const STATEMENTS = tableOf({
  columns: {
    company: required(text),
    fiscal_year: required(fiscalYear),
    span: required(span),
    period_end: required(isoDay),
    metric: required(oneOf(METRICS)),
    value: required(signedNumber),
    unit: required(text),
    quality: required(oneOf(FIGURE_QUALITIES)),
    source_url: optional(text),
    note: optional(text),
    announced: optional(isoDay),
    timing: optional(oneOf(TIMINGS)),
  },
  key: {
    columns: ['company', 'fiscal_year', 'span', 'metric', 'announced'],
    of: ({ company, period, metric, announced }: Figure) =>
      `${company} ${formatPeriod(period)} ${metric} ${announced ?? ''}`,
  },
  row: (f): Figure => ({
    company: f.company,
    period: { year: f.fiscal_year, span: f.span },
    periodEnd: f.period_end,
    metric: f.metric,
    value: f.value,
    unit: f.unit,
    quality: f.quality,
    source: f.source_url ?? '',
    note: f.note ?? '',
    announced: f.announced,
    timing: f.timing,
  }),
});

/** Each figure with the day of its report, unless it says its own: a restatement does. */
function announcedFacts(
  figures: readonly Figure[],
  reports: readonly Report[],
): { facts: StatementFact[]; issues: Issue[] } {
  const days = new Map(reports.map((one) => [`${one.company} ${formatPeriod(one.period)}`, one]));
  const issues: Issue[] = [];
  const facts = figures.flatMap(({ announced, timing, ...figure }): StatementFact[] => {
    if (announced !== undefined) {
      const usable = usableFrom(announced, timing ?? 'after-close');
      return [{ ...figure, announced, usableFrom: usable, basis: 'documented' }];
    }
    const { year, span: own } = figure.period;
    const [single, cumulative] = [own, reportOf(own)].map((of) => days.get(`${figure.company} ${year}${of}`));
    const report = single ?? cumulative;
    if (report !== undefined) {
      const { announced: day, usableFrom: usable, basis } = report;
      return [{ ...figure, announced: day, usableFrom: usable, basis }];
    }
    issues.push({
      code: 'no_announcement',
      path: `${figure.company} ${figure.metric} ${formatPeriod(figure.period)}`,
      value: '',
      expected: `the day its report came out: a row in reports.csv for ${year}${reportOf(own)}, or a value in the column announced`,
    });
    return [];
  });
  return { facts, issues };
}

const SHARES = tableOf({
  columns: {
    company: required(text),
    known_from: required(isoDay),
    shares: required(positiveNumber('not_positive', 'a count of shares above 0')),
    quality: required(text),
    source_url: required(text),
    note: optional(text),
  },
  row: (f): ShareCount => ({
    company: f.company,
    knownFrom: f.known_from,
    shares: f.shares,
    quality: f.quality,
    source: f.source_url,
    note: f.note ?? '',
  }),
});

const amount = positiveNumber('not_positive', 'an amount above 0');

const GUIDANCE = tableOf({
  columns: {
    company: required(text),
    fiscal_year: required(fiscalYear),
    low: required(amount),
    high: required(amount),
    unit: required(text),
    announced: required(isoDay),
    timing: required(oneOf(TIMINGS)),
    source_url: required(text),
  },
  row: (f): Guidance => ({
    company: f.company,
    year: f.fiscal_year,
    low: f.low,
    high: f.high,
    unit: f.unit,
    usableFrom: usableFrom(f.announced, f.timing),
    source: f.source_url,
  }),
});

const BASE_RATES = tableOf({
  columns: {
    sales_from: required(nonNegativeNumber),
    sales_to: optional(nonNegativeNumber),
    growth: required(nonNegativeNumber),
    years: required(wholeNumber(1, 100)),
    share: required(nonNegativeNumber),
    note: required(text),
  },
  row: (f): BaseRate => ({
    salesFrom: f.sales_from,
    salesTo: f.sales_to ?? Infinity,
    growth: f.growth,
    years: f.years,
    share: f.share,
    note: f.note,
  }),
});

async function readBars(reader: ParquetReader): Promise<Map<string, DailyBars>> {
  const b = await reader.query(
    `SELECT id, CAST(day - DATE '1970-01-01' AS INTEGER) AS day, open, high, low, close, quality FROM {bars} ORDER BY id, day`,
  );
  const bars = new Map<string, DailyBars>();
  for (const [id, rows] of rowsById(b.id)) {
    const column = (name: string): Float64Array => Float64Array.from(rows, (i) => Number(b[name][i]));
    bars.set(id, {
      day: Int32Array.from(rows, (i) => Number(b.day[i])),
      open: column('open'),
      high: column('high'),
      low: column('low'),
      close: column('close'),
      quality: rows.map((i) => String(b.quality[i])),
    });
  }
  return bars;
}

async function readVendorPe(reader: ParquetReader): Promise<Map<string, DailySeries>> {
  const v = await reader.query(
    `SELECT id, CAST(day - DATE '1970-01-01' AS INTEGER) AS day, pe_ttm FROM {vendor_pe} ORDER BY id, day`,
  );
  return new Map(
    [...rowsById(v.id)].map(([id, rows]) => [
      id,
      {
        day: Int32Array.from(rows, (i) => Number(v.day[i])),
        value: Float64Array.from(rows, (i) => Number(v.pe_ttm[i])),
      },
    ]),
  );
}

function rowsById(ids: readonly unknown[]): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  ids.forEach((id, i) => {
    const own = rows.get(String(id));
    if (own === undefined) rows.set(String(id), [i]);
    else own.push(i);
  });
  return rows;
}
