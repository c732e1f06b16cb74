/**
 * Twelve months up to the latest report, and single quarters, from cumulative figures:
 *
 *   trailing = last full year + this year so far - last year so far          quarter = this span - the span before
 *
 * Adding up "quarters" of a Chinese report without taking the difference counts the first quarter up to four times.
 * Nothing is filled in: a line that is missing refuses the answer by name, and so does a fiscal year that was moved.
 */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import {
  comparePeriods,
  CUMULATIVE_SPANS,
  formatPeriod,
  periodWords,
  withPeriodWords,
  QUARTERS,
  quartersIn,
  reportOf,
  yearBefore,
  type FiscalPeriod,
  type Quarter,
} from './fiscalPeriod.js';
import { inputWord } from './figureWords.js';
import type { KnownStatements, Metric, StatementFact } from './statement.js';

/** A figure that is a sum of reported ones. */
export interface Composed {
  /** In `unit`. */
  readonly value: number;
  readonly unit: string;
  /** The latest period in it. */
  readonly asOfPeriod: FiscalPeriod;
  readonly periodEnd: Day;
  /** First day whose close could know it. */
  readonly knownSince: Day;
  readonly terms: readonly Term[];
}

export interface Term {
  readonly sign: 1 | -1;
  readonly fact: StatementFact;
}

/** The arithmetic alone, in one currency: -100 for the year, 80 so far, -60 a year ago so far give 40. */
export const trailingOf = (lastYear: number, soFar: number, soFarYearAgo: number): number =>
  lastYear + soFar - soFarYearAgo;

/**
 * Twelve months up to the latest period known of this line.
 * @throws Refusal `missing_line`, `fiscal_year_changed`, `mixed_units`
 */
export function trailing(known: KnownStatements, metric: Metric): Composed {
  const latest = latestPeriod(known, metric);
  if (latest === undefined) throw missing(known, metric, ['any period']);
  if (latest.span === 'FY') return composed(known, metric, [[1, latest]]);
  const cumulative = CUMULATIVE_SPANS.some((span) => span === latest.span);
  // A first quarter is both; a company that also reports years is read as cumulative.
  const yearOnly = { year: latest.year - 1, span: 'FY' } as const;
  if (cumulative && (latest.span !== 'Q1' || known.of(metric, yearOnly) !== undefined)) {
    return composed(known, metric, [
      [1, yearOnly],
      [1, latest],
      [-1, yearBefore(latest)],
    ]);
  }
  return composed(
    known,
    metric,
    lastFour(latest).map((period) => [1, period]),
  );
}

/** The period that ends last of those known; a cumulative figure goes before a single quarter. */
export function latestPeriod(known: KnownStatements, metric: Metric): FiscalPeriod | undefined {
  return known.facts
    .filter((fact) => fact.metric === metric)
    .map(({ period }) => period)
    .toSorted((a, b) => comparePeriods(a, b) || rank(a) - rank(b))
    .at(-1);
}

const rank = ({ span }: FiscalPeriod): number => (CUMULATIVE_SPANS.some((one) => one === span) ? 1 : 0);

function lastFour(latest: FiscalPeriod): FiscalPeriod[] {
  const last = latest.year * 4 + quartersIn(latest.span) - 1;
  return [3, 2, 1, 0].map((back) => {
    const at = last - back;
    return { year: Math.floor(at / 4), span: QUARTERS[at % 4] };
  });
}

/**
 * One quarter: as printed, or the difference of two cumulative figures where those are known more exactly.
 * @throws Refusal `missing_line`, `fiscal_year_changed`, `mixed_units`
 */
export function quarterOf(known: KnownStatements, metric: Metric, year: number, quarter: Quarter): Composed {
  const place = quartersIn(quarter);
  const until = { year, span: CUMULATIVE_SPANS[place - 1] };
  if (place === 1) return composed(known, metric, [[1, until]]);
  const before = { year, span: CUMULATIVE_SPANS[place - 2] };
  const printed = { year, span: quarter };
  const differenced = known.of(metric, until) !== undefined && known.of(metric, before) !== undefined;
  return differenced
    ? composed(known, metric, [
        [1, until],
        [-1, before],
      ])
    : composed(known, metric, [[1, printed]]);
}

function composed(
  known: KnownStatements,
  metric: Metric,
  parts: readonly (readonly [1 | -1, FiscalPeriod])[],
): Composed {
  const found = parts.map(([sign, period]) => ({ sign, period, fact: known.of(metric, period) }));
  const absent = found.filter(({ fact }) => fact === undefined).map(({ period }) => formatPeriod(period));
  if (absent.length > 0) throw missing(known, metric, absent);
  const terms = found.flatMap(({ sign, fact }) => (fact === undefined ? [] : [{ sign, fact }]));
  checkUnits(terms);
  checkCalendar(terms);
  const facts = terms.map(({ fact }) => fact);
  const latest = facts.reduce((a, b) => (b.periodEnd > a.periodEnd ? b : a));
  return {
    value: terms.reduce((total, { sign, fact }) => total + sign * fact.value, 0),
    unit: latest.unit,
    asOfPeriod: latest.period,
    periodEnd: latest.periodEnd,
    knownSince: Math.max(...facts.map((fact) => fact.usableFrom)) as Day,
    terms,
  };
}

function checkUnits(terms: readonly Term[]): void {
  const units = [...new Set(terms.map(({ fact }) => fact.unit))];
  if (units.length < 2) return;
  const [{ fact }] = terms;
  throw new Refusal(
    'mixed_units',
    `${fact.company} ${fact.metric} is given in ${units.join(' and ')}; nothing is added up`,
    {
      units: units.join(' '),
    },
  );
}

/** A quarter has 91 days; calendars of 52 or 53 weeks move its end by up to a week. */
const QUARTER_DAYS = 365.25 / 4;
const SLACK_DAYS = 14;

/** Periods that should lie whole quarters apart, and do not, belong to two different fiscal years. */
function checkCalendar(terms: readonly Term[]): void {
  const [first, ...others] = terms.map(({ fact }) => fact);
  for (const fact of others) {
    const quarters =
      (fact.period.year - first.period.year) * 4 +
      quartersIn(fact.period.span) -
      quartersIn(first.period.span);
    const days = fact.periodEnd - first.periodEnd;
    if (Math.abs(days - quarters * QUARTER_DAYS) <= SLACK_DAYS) continue;
    const [a, b] = [first, fact].map((one) => `${periodWords(one.period)} ends ${formatDay(one.periodEnd)}`);
    throw new Refusal(
      'fiscal_year_changed',
      `${fact.company}: ${a} and ${b}, ${days} days apart where ${quarters} quarters should lie between; ` +
        `the fiscal year was moved, and twelve months cannot be put together from these`,
      { days, quarters },
    );
  }
}

function missing(known: KnownStatements, metric: Metric, periods: readonly string[]): Refusal {
  return new Refusal(
    'missing_line',
    `${known.company}: ${inputWord(metric, 'en')} of ${withPeriodWords(periods.join(', '))} is not known on ${formatDay(known.at)}; nothing is filled in`,
    { metric, periods: periods.join(' ') },
  );
}

/** The report in which a period was announced, for words such as "H1 report". */
export const reportPeriod = ({ year, span }: FiscalPeriod): FiscalPeriod => ({ year, span: reportOf(span) });
