/**
 * An earnings print: each line beside a year ago in words that hold through zero, the quarter it adds, how surprising it
 * was, and what the books look like.
 */
import type { Day } from '../base/brand.js';
import type { Finding } from '../base/finding.js';
import { distinctFindings } from '../base/finding.js';
import { contentHash } from '../base/hash.js';
import { Refusal } from '../base/errors.js';
import type { Words } from '../base/words.js';
import { ENGINE_VERSION } from '../base/version.js';
import { formatDay } from '../calendar/day.js';
import { beneish } from '../quality/beneish.js';
import { flagsOf, type Flag } from '../quality/flags.js';
import type { Lines, Score } from '../quality/score.js';
import { altman, altmanNonManufacturer, piotroski, sloan } from '../quality/scores.js';
import { standardisedSurprise } from '../quality/surprise.js';
import { factInput, input, type FigureInput } from '../valuation/figure.js';
import { yearFacts, yearLines } from '../quality/yearLines.js';
import {
  comparePeriods,
  CUMULATIVE_SPANS,
  formatPeriod,
  periodWords,
  QUARTERS,
  quartersIn,
  reportOf,
  yearBefore,
  type FiscalPeriod,
} from '../statements/fiscalPeriod.js';
import { companyOf, rowAt, sharesOn, type Company, type Fundamentals } from '../statements/fundamentals.js';
import { growthOf, type Growth, type GrowthFamily } from '../statements/growth.js';
import {
  knownStatements,
  METRICS,
  type KnownStatements,
  type Metric,
  type StatementFact,
} from '../statements/statement.js';
import { quarterOf, type Composed } from '../statements/trailing.js';
import { orUndefined } from '../valuation/figureOr.js';
import type { Provenance } from './provenance.js';

export interface EarningsRequest {
  readonly company: string;
  readonly period: FiscalPeriod;
  /** As known at that close; the first one that could know the report unless told otherwise. */
  readonly at?: Day;
}

export interface PrintLine {
  readonly metric: Metric;
  readonly fact: StatementFact;
  readonly yearAgo: StatementFact | undefined;
  /** Undefined without a figure of a year ago, and for lines that are a percentage. */
  readonly growth: Growth | undefined;
  /** Change of a percentage, in percentage points. */
  readonly points: number | undefined;
  readonly family: GrowthFamily;
}

/** The quarter that the report adds, against a year ago and against the quarter before. */
export interface QuarterLine {
  readonly metric: Metric;
  readonly quarter: FiscalPeriod;
  readonly value: Composed;
  readonly yearAgo: Composed | undefined;
  readonly growth: Growth | undefined;
  readonly before: Composed | undefined;
  readonly sequential: Growth | undefined;
  readonly family: GrowthFamily;
}

export interface Surprise {
  readonly value: number | undefined;
  readonly difference: number | undefined;
  readonly why: Words | undefined;
  /** The single quarters it is worked out from, ascending. */
  readonly quarters: readonly Composed[];
}

export interface EarningsRun {
  readonly request: EarningsRequest;
  readonly company: Company;
  readonly at: Day;
  /** Day of the report, and the first close that could use it. */
  readonly announced: Day;
  readonly usableFrom: Day;
  readonly lines: readonly PrintLine[];
  readonly quarter: readonly QuarterLine[];
  readonly surprise: Surprise;
  readonly flags: readonly Flag[];
  /** Of the last full year known, `scoreYear`. */
  readonly scores: readonly Score[];
  readonly scoreYear: number;
  /** Lines of that year and the one before. */
  readonly scoreInputs: readonly FigureInput[];
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

/** @throws Refusal `unknown_company`, `no_report`, `not_announced` */
export function runEarnings(data: Fundamentals, request: EarningsRequest): EarningsRun {
  const company = companyOf(data, request.company);
  const { announced, usableFrom } = reportDay(data, request);
  const at = request.at ?? usableFrom;
  if (at < usableFrom) {
    throw new Refusal(
      'not_announced',
      `the report of ${company.id} for ${periodWords(request.period)} came out on ${formatDay(announced)} and is of use from ${formatDay(usableFrom)}; nothing of it was known at the close of ${formatDay(at)}`,
      { announced: formatDay(announced), at: formatDay(at) },
    );
  }
  const known = knownStatements(data.facts, company.id, at);
  const lines = linesOf(known, request.period);
  const scoreYear = lastYear(request.period);
  const parts = {
    request,
    company,
    at,
    announced,
    usableFrom,
    lines,
    quarter: quarterLines(known, request.period),
    surprise: surpriseOf(known, request.period),
    flags: flagsOf(known, request.period),
    scores: scoresOf(data, known, scoreYear),
    scoreYear,
    scoreInputs: [scoreYear, scoreYear - 1].flatMap((year) => inputsOfYear(data, known, year)),
  };
  return { ...parts, provenance: provenanceOf(known, request), findings: findingsOf(known, parts) };
}

/** When the report with this period came out. @throws Refusal `no_report` */
function reportDay({ facts }: Fundamentals, { company, period }: EarningsRequest) {
  const own = facts.filter((fact) => fact.company === company);
  const of = own.filter((fact) => comparePeriods(fact.period, period) === 0);
  if (of.length === 0) {
    const periods = own.map((fact) => fact.period).toSorted(comparePeriods);
    const held = [...new Set(periods.map(formatPeriod))];
    throw new Refusal(
      'no_report',
      `no figures of ${company} for ${periodWords(period)} are held; there are ${held.join(', ')}`,
      { asked: formatPeriod(period) },
    );
  }
  // A restatement comes later; the print is the first of them.
  return of.reduce((first, fact) => (fact.usableFrom < first.usableFrom ? fact : first));
}

const PROFITS: ReadonlySet<Metric> = new Set([
  'net_profit_attributable',
  'net_profit_excl_nonrecurring',
  'eps_basic',
  'eps_diluted',
  'ebit',
]);

const familyOf = (metric: Metric): GrowthFamily => {
  if (PROFITS.has(metric)) return 'profit';
  return metric === 'operating_cash_flow' ? 'cash' : 'other';
};

function linesOf(known: KnownStatements, period: FiscalPeriod): PrintLine[] {
  return METRICS.flatMap((metric): PrintLine[] => {
    const fact = known.of(metric, period);
    if (fact === undefined) return [];
    const yearAgo = known.of(metric, yearBefore(period));
    const share = fact.unit === 'pct';
    return [
      {
        metric,
        fact,
        yearAgo,
        growth: yearAgo && !share ? growthOf(yearAgo.value, fact.value) : undefined,
        points: yearAgo && share ? fact.value - yearAgo.value : undefined,
        family: familyOf(metric),
      },
    ];
  });
}

const QUARTERLY: readonly Metric[] = [
  'revenue',
  'net_profit_attributable',
  'net_profit_excl_nonrecurring',
  'operating_cash_flow',
  'rd_expense',
  'eps_diluted',
];

function quarterLines(known: KnownStatements, { year, span }: FiscalPeriod): QuarterLine[] {
  const place = quartersIn(span);
  const of = (metric: Metric, back: number): Composed | undefined => {
    const at = year * 4 + place - 1 - back;
    return orUndefined(() => quarterOf(known, metric, Math.floor(at / 4), QUARTERS[at % 4]));
  };
  return QUARTERLY.flatMap((metric): QuarterLine[] => {
    const value = of(metric, 0);
    if (value === undefined) return [];
    const [before, yearAgo] = [of(metric, 1), of(metric, 4)];
    return [
      {
        metric,
        quarter: { year, span: QUARTERS[place - 1] },
        value,
        yearAgo,
        growth: yearAgo && growthOf(yearAgo.value, value.value),
        before,
        sequential: before && growthOf(before.value, value.value),
        family: familyOf(metric),
      },
    ];
  });
}

/** Longest run of quarters that a surprise looks at: the one, eight differences before it and their bases. */
const SURPRISE_SPAN = 13;

function surpriseOf(known: KnownStatements, { year, span }: FiscalPeriod): Surprise {
  const last = year * 4 + quartersIn(span) - 1;
  const quarters: Composed[] = [];
  for (let at = last; at > last - SURPRISE_SPAN; at--) {
    const one = ['net_profit_attributable', 'eps_diluted'] as const;
    const found = one
      .map((metric) => orUndefined(() => quarterOf(known, metric, Math.floor(at / 4), QUARTERS[at % 4])))
      .find((value) => value !== undefined);
    if (found === undefined) break;
    quarters.unshift(found);
  }
  try {
    const { value, difference } = standardisedSurprise(quarters.map((one) => one.value));
    return { value, difference, why: undefined, quarters };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const why = { en: error.message, zh: noSurprise(error) };
    return { value: undefined, difference: undefined, why, quarters };
  }
}

const noSurprise = ({ code, numbers }: Refusal): string =>
  code === 'short_history'
    ? `此前仅有 ${numbers.known} 个同比差额，至少需要 ${numbers.needed} 个`
    : '历次同比差额完全相同';

/** The year itself when the report is a full year, the one before else. */
const lastYear = ({ year, span }: FiscalPeriod): number =>
  reportOf(span) === CUMULATIVE_SPANS[3] ? year : year - 1;

function scoresOf(data: Fundamentals, known: KnownStatements, year: number): Score[] {
  const [now, before] = [linesOfYear(data, known, year), linesOfYear(data, known, year - 1)];
  return [
    beneish(now, before),
    sloan(now, before),
    piotroski(now, before),
    altman(now),
    altmanNonManufacturer(now),
  ];
}

/** Lines of a year with its share count and market value, as far as these are held for the day it ended. */
function linesOfYear(data: Fundamentals, known: KnownStatements, year: number): Lines {
  const lines = yearLines(known, year);
  const [shares, close] = sharesOfYear(data, known, year);
  if (shares === undefined) return lines;
  const marketValue = close && close.value * shares.value;
  return {
    ...lines,
    sharesOutstanding: shares.value,
    ...(marketValue !== undefined && { marketValue }),
  };
}

/** Share count and close of the day a year ended, as far as they are held. */
function sharesOfYear(data: Fundamentals, known: KnownStatements, year: number): FigureInput[] {
  const end = known.facts.find(({ period }) => period.year === year && period.span === 'FY')?.periodEnd;
  const count = end && orUndefined(() => sharesOn(data, known.company, end));
  if (end === undefined || count === undefined) return [];
  const shares = input('shares', count.shares, 'shares', count.knownFrom, count.quality, count.source);
  const bars = data.bars.get(known.company);
  const row = bars ? rowAt(bars.day, end) : -1;
  if (bars === undefined || row < 0) return [shares];
  const { currency } = companyOf(data, known.company);
  const day = bars.day[row] as Day;
  return [shares, input('close', bars.close[row], currency, day, bars.quality[row], 'bars.parquet')];
}

/** What the scores of a year are made of. */
const inputsOfYear = (data: Fundamentals, known: KnownStatements, year: number): FigureInput[] => [
  ...yearFacts(known, year).map(factInput),
  ...sharesOfYear(data, known, year),
];

function findingsOf(
  known: KnownStatements,
  { company, lines, scores, scoreYear }: Pick<EarningsRun, 'company' | 'lines' | 'scores' | 'scoreYear'>,
): Finding[] {
  const facts = lines.flatMap(({ fact, yearAgo }) => [fact, ...(yearAgo ? [yearAgo] : [])]);
  const of = (list: readonly StatementFact[]): string =>
    [...new Set(list.map((fact) => periodWords(fact.period)))].join(', ');
  const [rounded, deadline] = [
    facts.filter(({ quality }) => quality !== 'reported'),
    facts.filter(({ basis }) => basis === 'deadline'),
  ];
  const open = scores.filter(({ value }) => value === undefined);
  const finding = (code: string, message: string): Finding[] => [{ code, subject: company.id, message }];
  return distinctFindings(
    known.findings,
    rounded.length > 0 ? finding('figures_rounded', `${of(rounded)} are known in round numbers only`) : [],
    deadline.length > 0
      ? finding(
          'announcement_assumed',
          `for ${of(deadline)} the last day the law allows stands for the day of the report`,
        )
      : [],
    open.length > 0
      ? finding(
          'score_without_lines',
          `${open.map(({ id }) => id).join(', ')} of ${scoreYear} cannot be worked out: full statements are not held; --statements FILE takes the lines from a file as examples/statements.csv`,
        )
      : [],
  );
}

function provenanceOf(known: KnownStatements, { company, period }: EarningsRequest): Provenance {
  return {
    data: contentHash([
      company,
      formatPeriod(period),
      known.facts.map(
        (fact) => `${fact.metric} ${formatPeriod(fact.period)} ${fact.value} ${fact.usableFrom}`,
      ),
    ]),
    rulebook: 'none',
    reading: {},
    engine: ENGINE_VERSION,
  };
}
