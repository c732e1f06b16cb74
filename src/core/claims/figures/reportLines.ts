/** Lines of reports as known to a text: which periods it may mean, and the figure of each with its inputs. */
import { addDays, formatDay } from '../../calendar/day.js';
import {
  comparePeriods,
  CUMULATIVE_SPANS,
  type FiscalPeriod,
  formatPeriod,
  QUARTERS,
  quartersIn,
  reportOf,
  type Span as ReportSpan,
} from '../../statements/fiscalPeriod.js';
import {
  isBalance,
  type KnownStatements,
  knownStatements,
  type Metric as Line,
  type StatementFact,
} from '../../statements/statement.js';
import { type AsOf, type Candidates, notCheckable } from './candidates.js';
import type { FigureUnit, Input } from '../claim.js';
import type { ClaimData } from './claimData.js';
import type { Time } from '../time/time.js';
import type { Frame } from '../frames/frame.js';
import { inPeriod, joined, metricWords } from './wording.js';
import type { Metric } from '../words/meaning.js';

export const LINES: Partial<Record<Metric, Line>> = {
  revenue: 'revenue',
  netProfit: 'net_profit_attributable',
  coreProfit: 'net_profit_excl_nonrecurring',
  cashFlow: 'operating_cash_flow',
  eps: 'eps_basic',
  grossMargin: 'gross_margin_pct',
  inventory: 'inventory',
  prepayments: 'prepayments',
  contractLiabilities: 'contract_liabilities',
  receivables: 'accounts_receivable',
  rdExpense: 'rd_expense',
  rdInput: 'rd_input',
  totalAssets: 'total_assets',
  costOfRevenue: 'cost_of_revenue',
};

/** A line of one period with what its rounding leaves open. */
export interface Amount {
  readonly metric: Metric;
  readonly period: FiscalPeriod;
  readonly value: number;
  /** Half of what the last printed digit is worth; 0 where all digits are held. */
  readonly open: number;
  readonly inputs: readonly Input[];
}

export interface Reports {
  readonly company: string;
  readonly known: KnownStatements;
}

/** Reports known by the end of the day of writing: an article of the evening has read the report of that evening. */
export function reportsOf(data: ClaimData, company: string, { written }: AsOf): Reports | undefined {
  if (!data.fundamentals.facts.some((fact) => fact.company === company)) return undefined;
  return { company, known: knownStatements(data.fundamentals.facts, company, addDays(written, 1)) };
}

export const noReports = (data: ClaimData, id: string | undefined): Candidates => {
  const name = data.entities.find((one) => one.id === id);
  if (id === undefined) return notCheckable('no name says whose report it is', '没有写明是谁的财报');
  return notCheckable(`no reports of ${name?.nameEn ?? id} are held`, `没有${name?.nameZh ?? id}的财报数据`);
};

/** The period said, or the latest one known; behind it those that could be meant and the earlier ones. */
export function periodsAsked(reports: Reports, metric: Metric, frame: Frame): FiscalPeriod[] {
  const all = periodsKnown(reports, metric);
  const line = LINES[metric];
  const balance = line !== undefined && isBalance(line);
  const said = (balance ? frame.periodEnd : undefined) ?? saidPeriod(frame);
  if (said === undefined) {
    // Chinese reports are cumulative; others print quarters alone.
    const newest = all.filter((period) => comparePeriods(period, all[0]) === 0);
    const latest = newest.find(({ span }) => CUMULATIVE_SPANS.some((one) => one === span)) ?? newest[0];
    return latest === undefined ? [] : [latest];
  }
  // A balance at the end of the third quarter is in the report of nine months.
  const asked = balance ? reportOf(said.stretch === 'H2' ? 'Q4' : said.stretch) : said.stretch;
  return all
    .filter(({ year, span }) => span === asked && (said.year === undefined || year === said.year))
    .slice(0, 1);
}

interface SaidPeriod {
  readonly year: number | undefined;
  readonly stretch: ReportSpan;
}

/** `2025` of a report line is the full year; a second half is not reported. */
export function saidPeriod({ period, time, timed }: Frame): SaidPeriod | undefined {
  if (period?.kind === 'period') {
    if (period.stretch === 'H2') return { year: period.year, stretch: 'Q4' };
    const year = period.year ?? (timed ? yearOf(time) : undefined);
    return { year, stretch: period.stretch };
  }
  const year = timed ? yearOf(time) : undefined;
  return year === undefined ? undefined : { year, stretch: 'FY' };
}

const yearOf = (time: Time | undefined): number | undefined =>
  time?.kind === 'window' && (time.name === 'year' || time.name === 'year to date')
    ? Number(formatDay(time.from).slice(0, 4))
    : undefined;

/** Newest first. Single quarters that follow by difference are among them. */
export function periodsKnown({ known }: Reports, metric: Metric): FiscalPeriod[] {
  const line = LINES[SHARES_OF_REVENUE[metric] ?? metric];
  const printed = known.facts
    .filter((fact) => fact.metric === line || (metric === 'eps' && fact.metric === 'eps_diluted'))
    .map(({ period }) => period);
  const years = [...new Set(printed.map(({ year }) => year))];
  const quarters = years.flatMap((year) => QUARTERS.map((span): FiscalPeriod => ({ year, span })));
  const all = new Map([...printed, ...quarters].map((period) => [formatPeriod(period), period]));
  return [...all.values()]
    .filter((period) => amountOf({ known, company: known.company }, metric, period) !== undefined)
    .toSorted((a, b) => -comparePeriods(a, b));
}

export function amountOf(
  { known, company }: Reports,
  metric: Metric,
  period: FiscalPeriod,
): Amount | undefined {
  const part = SHARES_OF_REVENUE[metric];
  if (part !== undefined) return shareOf({ known, company }, metric, part, period);
  const line = LINES[metric];
  if (line === undefined) return undefined;
  // Some print earnings per share diluted alone.
  const printed = known.of(line, period) ?? (metric === 'eps' ? known.of('eps_diluted', period) : undefined);
  if (printed !== undefined) return amount(metric, period, [[1, printed]]);
  if (isBalance(line) || line.endsWith('_pct') || !isQuarter(period)) return undefined;
  // A quarter is the difference of two cumulative figures.
  const place = quartersIn(period.span);
  const until = known.of(line, { year: period.year, span: CUMULATIVE_SPANS[place - 1] });
  const before =
    place === 1 ? undefined : known.of(line, { year: period.year, span: CUMULATIVE_SPANS[place - 2] });
  if (until === undefined || before === undefined) return undefined;
  return amount(metric, period, [
    [1, until],
    [-1, before],
  ]);
}

/** Lines by revenue, of one period. */
const SHARES_OF_REVENUE: Partial<Record<Metric, Metric>> = {
  netMargin: 'netProfit',
  rdInputShare: 'rdInput',
  rdExpenseShare: 'rdExpense',
};

function shareOf(reports: Reports, metric: Metric, line: Metric, period: FiscalPeriod): Amount | undefined {
  const [part, revenue] = [amountOf(reports, line, period), amountOf(reports, 'revenue', period)];
  if (part === undefined || revenue === undefined || revenue.value <= 0) return undefined;
  const value = part.value / revenue.value;
  return {
    metric,
    period,
    value,
    open: (part.open + revenue.open * Math.abs(value)) / revenue.value,
    inputs: [...part.inputs, ...revenue.inputs],
  };
}

const isQuarter = ({ span }: FiscalPeriod): boolean => QUARTERS.some((one) => one === span);

function amount(
  metric: Metric,
  period: FiscalPeriod,
  terms: readonly (readonly [1 | -1, StatementFact])[],
): Amount {
  const scale = terms[0][1].unit === 'pct' ? 0.01 : 1;
  return {
    metric,
    period,
    value: scale * terms.reduce((total, [sign, fact]) => total + sign * fact.value, 0),
    open: scale * terms.reduce((total, [, fact]) => total + halfStep(fact), 0),
    inputs: terms.map(([, fact]) => reportInput(metric, fact)),
  };
}

/** Round figures are printed to a million; where the number itself shows more digits, to those. */
export function halfStep({ quality, value }: StatementFact): number {
  if (quality === 'reported') return 0;
  let step = 1e6;
  while (step > 1 && Math.round(value) % step !== 0) step /= 10;
  return step / 2;
}

function reportInput(metric: Metric, fact: StatementFact): Input {
  const percent = fact.unit === 'pct';
  return {
    name: joined(metricWords(metric), inPeriod(fact.period)),
    value: percent ? fact.value / 100 : fact.value,
    unit: unitOf(metric, fact.unit),
    asOf: fact.periodEnd,
    knownOn: fact.announced,
    source: { table: 'statements', url: fact.source },
  };
}

function unitOf(metric: Metric, unit: string): FigureUnit {
  if (unit === 'pct') return 'fraction';
  if (metric === 'eps') return unit === 'USD' ? 'USD per share' : 'CNY per share';
  return unit === 'USD' ? 'USD' : 'CNY';
}
