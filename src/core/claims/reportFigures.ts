/**
 * Figures of company reports: levels, growth, and swings through zero. Growth off a loss or nothing is no percent, and
 * none is made up here.
 */
import type { Day } from '../base/brand.js';
import type { Words } from '../base/words.js';
import { addDays, formatDay } from '../calendar/day.js';
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
  type Span as ReportSpan,
} from '../statements/fiscalPeriod.js';
import { growthOf } from '../statements/growth.js';
import {
  isBalance,
  knownStatements,
  type KnownStatements,
  type Metric as Line,
  type StatementFact,
} from '../statements/statement.js';
import type { AsOf, Candidate, Candidates } from './candidates.js';
import { notCheckable } from './candidates.js';
import type { Figure, FigureUnit, Input } from './claim.js';
import type { ClaimData } from './claimData.js';
import type { Time } from './dates.js';
import type { Frame } from './frames.js';
import { inPeriod, joined, metricWords, valueWords, words } from './wording.js';
import type { Metric } from './words/meaning.js';

const LINES: Partial<Record<Metric, Line>> = {
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
interface Amount {
  readonly metric: Metric;
  readonly period: FiscalPeriod;
  readonly value: number;
  /** Half of what the last printed digit is worth; 0 where all digits are held. */
  readonly open: number;
  readonly inputs: readonly Input[];
}

interface Reports {
  readonly company: string;
  readonly known: KnownStatements;
}

/** Reports known by the end of the day of writing: an article of the evening has read the report of that evening. */
function reportsOf(data: ClaimData, company: string, { written }: AsOf): Reports | undefined {
  if (!data.fundamentals.facts.some((fact) => fact.company === company)) return undefined;
  return { company, known: knownStatements(data.fundamentals.facts, company, addDays(written, 1)) };
}

const noReports = (data: ClaimData, id: string | undefined): Candidates => {
  const name = data.entities.find((one) => one.id === id);
  if (id === undefined) return notCheckable('no name says whose report it is', '没有写明是谁的财报');
  return notCheckable(`no reports of ${name?.nameEn ?? id} are held`, `没有${name?.nameZh ?? id}的财报数据`);
};

export function reportCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const { company, metric, quantity } = frame;
  const reports = company === undefined ? undefined : reportsOf(data, company, asOf);
  if (reports === undefined || metric === undefined || quantity === undefined)
    return noReports(data, company);
  const periods = periodsAsked(reports, metric, frame);
  if (periods.length === 0) return periodNotHeld(data, reports, metric, frame);
  const growth = quantity.unit === 'times' || (quantity.unit === 'fraction' && metric !== 'grossMargin');
  if (growth) return growthCandidates(reports, metric, periods, frame);
  if (quantity.unit === 'points') return pointCandidates(reports, metric, periods, frame);
  return levelCandidates(reports, metric, periods, frame, asOf);
}

/** The period said, or the latest one known; behind it those that could be meant and the earlier ones. */
function periodsAsked(reports: Reports, metric: Metric, frame: Frame): FiscalPeriod[] {
  const all = periodsKnown(reports, metric);
  const said = saidPeriod(frame);
  if (said === undefined) {
    const latest = all.find(({ span }) => CUMULATIVE_SPANS.some((one) => one === span)) ?? all[0];
    return latest === undefined ? [] : [latest];
  }
  // A balance at the end of the third quarter is in the report of nine months.
  const line = LINES[metric];
  const asked = line !== undefined && isBalance(line) ? reportOf(said.stretch) : said.stretch;
  return all
    .filter(({ year, span }) => span === asked && (said.year === undefined || year === said.year))
    .slice(0, 1);
}

interface SaidPeriod {
  readonly year: number | undefined;
  readonly stretch: ReportSpan;
}

/** `2025` of a report line is the full year; a second half is not reported. */
function saidPeriod({ period, time, timed }: Frame): SaidPeriod | undefined {
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
function periodsKnown({ known }: Reports, metric: Metric): FiscalPeriod[] {
  const line = LINES[metric];
  const printed = known.facts.filter((fact) => fact.metric === line).map(({ period }) => period);
  const years = [...new Set(printed.map(({ year }) => year))];
  const quarters = years.flatMap((year) => QUARTERS.map((span): FiscalPeriod => ({ year, span })));
  const all = new Map([...printed, ...quarters].map((period) => [formatPeriod(period), period]));
  return [...all.values()]
    .filter((period) => amountOf({ known, company: known.company }, metric, period) !== undefined)
    .toSorted((a, b) => -comparePeriods(a, b));
}

function amountOf(
  { known }: Pick<Reports, 'known' | 'company'>,
  metric: Metric,
  period: FiscalPeriod,
): Amount | undefined {
  const line = LINES[metric];
  if (line === undefined) return undefined;
  const printed = known.of(line, period);
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

function levelFigure(one: Amount): Figure {
  const { unit } = one.inputs[0];
  return {
    value: one.value,
    unit,
    asOf: one.inputs[0].asOf,
    text: joined(metricWords(one.metric), inPeriod(one.period), ' ', valueWords(one.value, unit)),
    inputs: one.inputs,
  };
}

function levelCandidates(
  reports: Reports,
  metric: Metric,
  [asked]: readonly FiscalPeriod[],
  frame: Frame,
  asOf: AsOf,
): Candidates {
  const said = saidPeriod(frame) !== undefined;
  const all = periodsKnown(reports, metric);
  // "2.88 bn from 64.8 m": the number after `from`, and one beside "a year earlier", are of the year before.
  const yearAgo =
    frame.base === 'year' && frame.lead !== 'to' && (frame.sign === undefined || frame.marks.has('loss'));
  const before = frame.lead === 'from' || yearAgo;
  const main =
    before && amountOf(reports, metric, yearBefore(asked)) !== undefined ? yearBefore(asked) : asked;
  const others = all.filter((period) => formatPeriod(period) !== formatPeriod(main));
  const list = (role: 'main' | 'earlier' | 'reading' | 'slip', period: FiscalPeriod): Candidate[] => {
    const found = amountOf(reports, metric, period);
    if (found === undefined) return [];
    const name = words(`it is the figure of ${periodWords(period)}`, `这是${periodWords(period)}的数字`);
    return [
      {
        role,
        ...(role === 'main' ? {} : { words: name }),
        figure: levelFigure(found),
        uncertainty: found.open,
        ...(role === 'slip' ? { slip: 'date' as const } : {}),
      },
    ];
  };
  const sameEnd = (period: FiscalPeriod): boolean => comparePeriods(period, main) === 0;
  return {
    candidates: [
      ...list('main', main),
      ...others.filter((period) => !said && sameEnd(period)).flatMap((period) => list('reading', period)),
      ...others
        .filter((period) => !said && comparePeriods(period, main) < 0)
        .flatMap((period) => list(asOf.known ? 'earlier' : 'reading', period)),
      ...(said ? others : []).flatMap((period) => list('slip', period)),
      ...similar(metric).flatMap((other): Candidate[] => {
        const found = amountOf(reports, other, main);
        return found === undefined
          ? []
          : [
              {
                role: 'slip',
                slip: 'entity',
                words: joined(words('it is the ', '这是'), metricWords(other)),
                figure: levelFigure(found),
                uncertainty: found.open,
              },
            ];
      }),
    ],
  };
}

/** Lines that are taken for one another. */
function similar(metric: Metric): readonly Metric[] {
  const groups: readonly (readonly Metric[])[] = [
    ['netProfit', 'coreProfit', 'revenue', 'cashFlow'],
    ['rdExpense', 'rdInput'],
    ['inventory', 'prepayments', 'receivables', 'contractLiabilities'],
  ];
  return groups.find((group) => group.includes(metric))?.filter((one) => one !== metric) ?? [];
}

function growthCandidates(
  reports: Reports,
  metric: Metric,
  [asked]: readonly FiscalPeriod[],
  frame: Frame,
): Candidates {
  const quarterly = frame.base === 'quarter';
  const base = quarterly ? quarterBefore(asked) : yearBefore(asked);
  const [after, before] = [
    amountOf(reports, metric, quarterly ? singleQuarter(asked) : asked),
    amountOf(reports, metric, base),
  ];
  if (after === undefined || before === undefined) {
    return notCheckable(
      `${metricWords(metric).en} of ${periodWords(before === undefined ? base : asked)} is not held, so there is nothing to measure growth from`,
      `没有${periodWords(before === undefined ? base : asked)}的${metricWords(metric).zh}，无法计算增速`,
    );
  }
  const { change, rate, levelMultiple } = growthOf(before.value, after.value);
  if (rate === undefined) {
    return notCheckable(
      `off ${valueWords(before.value, before.inputs[0].unit).en} there is no percent; it went to ${valueWords(after.value, after.inputs[0].unit).en} (${change.replaceAll('-', ' ')})`,
      `基数为${valueWords(before.value, before.inputs[0].unit).zh}，没有百分比可言；变为${valueWords(after.value, after.inputs[0].unit).zh}`,
    );
  }
  const figure = (value: number, unit: 'fraction' | 'times', name: Words): Figure => ({
    value,
    unit,
    asOf: after.inputs[0].asOf,
    text: joined(metricWords(metric), inPeriod(after.period), name, ' ', valueWords(value, unit)),
    inputs: [...after.inputs, ...before.inputs],
  });
  const growth = figure(rate, 'fraction', words(' growth', '增长'));
  const [low, high] = [
    (after.value - after.open) / (before.value + before.open),
    (after.value + after.open) / (before.value - before.open),
  ];
  const uncertainty =
    before.open + after.open === 0
      ? 0
      : Math.max(high - after.value / before.value, after.value / before.value - low);
  const { quantity } = frame;
  if (quantity === undefined || quantity.unit !== 'times')
    return {
      candidates: [
        { role: 'main', figure: growth, uncertainty },
        ...otherBase(reports, metric, asked, frame),
      ],
    };
  const grew: Candidate = {
    role: 'main',
    figure: figure(rate, 'times', words(' grew by', '增长')),
    uncertainty,
    words: words('as a growth multiple', '按增长倍数'),
  };
  const level: Candidate = {
    role: 'main',
    figure: figure(levelMultiple ?? Number.NaN, 'times', words(' was of a year before', '为上年同期的')),
    uncertainty,
    words: words('as a multiple of the level before', '按相对上期的倍数'),
  };
  const note = joined(
    words('growth multiple ', '增长倍数 '),
    valueWords(rate, 'times'),
    words(', level multiple ', '，水平倍数 '),
    valueWords(levelMultiple ?? Number.NaN, 'times'),
  );
  if (quantity.word === true) return { candidates: [level], note };
  if (frame.sign !== undefined) return { candidates: [grew, { ...level, role: 'reading' }], note };
  if (frame.base !== undefined)
    return { candidates: [level, { ...grew, role: 'slip', slip: 'growth-for-level' }], note };
  return {
    candidates: [
      { ...grew, role: 'reading' },
      { ...level, role: 'reading' },
    ],
    note,
  };
}

/** The same growth against the quarter before, when the year-on-year one is not it. */
function otherBase(reports: Reports, metric: Metric, asked: FiscalPeriod, frame: Frame): Candidate[] {
  if (frame.base !== undefined) return [];
  const [single, earlier] = [
    amountOf(reports, metric, singleQuarter(asked)),
    amountOf(reports, metric, quarterBefore(asked)),
  ];
  if (single === undefined || earlier === undefined || earlier.value <= 0) return [];
  const value = single.value / earlier.value - 1;
  return [
    {
      role: 'reading',
      words: words('against the quarter before', '环比'),
      uncertainty: (single.open + earlier.open * (value + 1)) / earlier.value,
      figure: {
        value,
        unit: 'fraction',
        asOf: single.inputs[0].asOf,
        text: joined(
          metricWords(metric),
          inPeriod(single.period),
          words(' against the quarter before ', '环比 '),
          valueWords(value, 'fraction'),
        ),
        inputs: [...single.inputs, ...earlier.inputs],
      },
    },
  ];
}

const singleQuarter = ({ year, span }: FiscalPeriod): FiscalPeriod => ({
  year,
  span: QUARTERS[quartersIn(span) - 1],
});

function quarterBefore(period: FiscalPeriod): FiscalPeriod {
  const place = quartersIn(period.span);
  return place === 1
    ? { year: period.year - 1, span: 'Q4' }
    : { year: period.year, span: QUARTERS[place - 2] };
}

/** Change of a margin, in points. */
function pointCandidates(
  reports: Reports,
  metric: Metric,
  [asked]: readonly FiscalPeriod[],
  frame: Frame,
): Candidates {
  const base = frame.base === 'quarter' ? quarterBefore(asked) : yearBefore(asked);
  const [after, before] = [
    amountOf(reports, metric, frame.base === 'quarter' ? singleQuarter(asked) : asked),
    amountOf(reports, metric, base),
  ];
  if (after === undefined || before === undefined)
    return notCheckable(
      `${metricWords(metric).en} of ${periodWords(base)} is not held`,
      `没有${periodWords(base)}的${metricWords(metric).zh}`,
    );
  const value = after.value - before.value;
  return {
    candidates: [
      {
        role: 'main',
        figure: {
          value,
          unit: 'points',
          asOf: after.inputs[0].asOf,
          text: joined(metricWords(metric), inPeriod(after.period), ' ', valueWords(value, 'points')),
          inputs: [...after.inputs, ...before.inputs],
        },
      },
    ],
  };
}

/** Which period was asked for, and from when it can be known. */
function periodNotHeld(data: ClaimData, reports: Reports, metric: Metric, frame: Frame): Candidates {
  const said = saidPeriod(frame);
  const name = said === undefined ? '' : `${said.year ?? ''}${said.stretch}`;
  const later = data.fundamentals.facts.find(
    (fact) =>
      fact.company === reports.company &&
      fact.metric === LINES[metric] &&
      fact.period.span === said?.stretch &&
      (said.year === undefined || fact.period.year === said.year),
  );
  if (later !== undefined) {
    return notCheckable(
      `the figure of ${periodWords(later.period)} was announced on ${formatDay(later.announced)}, after the text`,
      `${periodWords(later.period)}的数字于${formatDay(later.announced)}公布，晚于该文`,
    );
  }
  return notCheckable(
    `${metricWords(metric).en}${name === '' ? '' : ` of ${name}`} is not held`,
    `没有${name}${metricWords(metric).zh}的数据`,
  );
}

/** What a line did against a year before, for claims in words. */
interface Swing {
  readonly metric: Metric;
  readonly before: number;
  readonly after: number;
  readonly figure: Figure;
}

export function swingOf(data: ClaimData, frame: Frame, metric: Metric, asOf: AsOf): Swing | Candidates {
  const reports = frame.company === undefined ? undefined : reportsOf(data, frame.company, asOf);
  if (reports === undefined) return noReports(data, frame.company);
  const [asked] = periodsAsked(reports, metric, frame);
  if (asked === undefined) return periodNotHeld(data, reports, metric, frame);
  const base = frame.base === 'quarter' ? quarterBefore(asked) : yearBefore(asked);
  const [after, before] = [amountOf(reports, metric, asked), amountOf(reports, metric, base)];
  if (after === undefined || before === undefined)
    return notCheckable(
      `${metricWords(metric).en} of ${periodWords(base)} is not held`,
      `没有${periodWords(base)}的${metricWords(metric).zh}`,
    );
  const { unit } = after.inputs[0];
  return {
    metric,
    before: before.value,
    after: after.value,
    figure: {
      value: after.value,
      unit,
      asOf: after.inputs[0].asOf,
      text: joined(
        metricWords(metric),
        inPeriod(base),
        ' ',
        valueWords(before.value, unit),
        words(',', '，'),
        inPeriod(asked),
        ' ',
        valueWords(after.value, unit),
      ),
      inputs: [...before.inputs, ...after.inputs],
    },
  };
}

/** A company's own outlook for a year: the range, or one end of it. */
export function guidanceCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const known = data.fundamentals.guidance.findLast(
    (one) => one.company === frame.company && one.usableFrom <= addDays(asOf.written, 1),
  );
  if (known === undefined)
    return notCheckable('no outlook of the company is held', '没有该公司业绩指引的数据');
  const asOfDay = known.usableFrom as Day;
  const input = (name: Words, value: number): Input => ({
    name,
    value,
    unit: 'CNY',
    asOf: asOfDay,
    source: { table: 'guidance', url: known.source },
  });
  const figure = (value: number, high?: number): Figure => ({
    value,
    ...(high !== undefined && { high }),
    unit: 'CNY',
    asOf: asOfDay,
    text: joined(
      words(`revenue ${known.year} guided to `, `${known.year}年营收指引 `),
      valueWords(known.low, 'CNY'),
      words(' to ', ' 至 '),
      valueWords(known.high, 'CNY'),
    ),
    inputs: [input(words('low end', '下限'), known.low), input(words('high end', '上限'), known.high)],
  });
  if (frame.quantity?.high !== undefined)
    return { candidates: [{ role: 'main', figure: figure(known.low, known.high) }] };
  const hedge = frame.quantity?.hedge;
  const end = hedge === 'upTo' || hedge === 'under' ? known.high : hedge === 'over' ? known.low : undefined;
  if (end !== undefined) return { candidates: [{ role: 'main', figure: figure(end) }] };
  return {
    candidates: [
      { role: 'reading', words: words('the low end', '指引下限'), figure: figure(known.low) },
      { role: 'reading', words: words('the high end', '指引上限'), figure: figure(known.high) },
    ],
  };
}
