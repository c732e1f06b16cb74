/** Figures of reports: the level a text names, its change in points, and the outlook of the company. */
import type { Day } from '../../base/brand.js';
import type { Words } from '../../base/words.js';
import { addDays, formatDay } from '../../calendar/day.js';
import {
  comparePeriods,
  type FiscalPeriod,
  formatPeriod,
  periodWords,
  yearBefore,
} from '../../statements/fiscalPeriod.js';
import { isBalance } from '../../statements/statement.js';
import { type AsOf, type Candidate, type Candidates, notCheckable } from './candidates.js';
import type { Figure, Input } from '../claim.js';
import type { ClaimData } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { isMargin } from '../frames/frameMetrics.js';
import {
  growthCandidates,
  quarterBefore,
  quarterCompared,
  reportEnding,
  singleQuarter,
} from './reportGrowth.js';
import {
  type Amount,
  amountOf,
  LINES,
  noReports,
  periodsAsked,
  periodsKnown,
  type Reports,
  reportsOf,
  saidPeriod,
} from './reportLines.js';
import { inPeriod, joined, metricWords, valueWords, words } from './wording.js';
import type { Metric } from '../words/meaning.js';

export function reportCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const { company, metric, quantity } = frame;
  const reports = company === undefined ? undefined : reportsOf(data, company, asOf);
  if (reports === undefined || metric === undefined || quantity === undefined)
    return noReports(data, company);
  const latest = periodsAsked(reports, metric, frame);
  // "Quarterly profit" is of the newest quarter, where no other period is said.
  const quarterly = frame.marks.has('perPeriod') && saidPeriod(frame) === undefined;
  const periods = quarterly ? latest.map(singleQuarter) : latest;
  if (periods.length === 0) return periodNotHeld(data, reports, metric, frame);
  if (frame.marks.has('perPeriod') && !periods[0].span.startsWith('Q'))
    return notCheckable('a figure a quarter or a month is not held', '没有单季或单月的数据');
  const growth = quantity.unit === 'times' || (quantity.unit === 'fraction' && !isMargin(metric));
  if (growth) return growthCandidates(reports, metric, periods, frame);
  const moved = frame.sign !== undefined && frame.quantity?.sign === undefined && !LEADING.has(frame.lead);
  if (isMargin(metric) && quantity.unit === 'fraction' && moved)
    return notCheckable(
      'whether it is a change in percent or in points is not clear',
      '看不出是百分比变动还是百分点变动',
    );
  if (quantity.unit === 'points') return pointCandidates(reports, metric, periods, frame);
  return levelCandidates(reports, metric, periods, frame, asOf);
}

const LEADING: ReadonlySet<Frame['lead']> = new Set<Frame['lead']>(['to', 'from']);

export function levelFigure(one: Amount): Figure {
  const unit = isMargin(one.metric) ? 'fraction' : one.inputs[0].unit;
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
  const said = (frame.periodEnd ?? saidPeriod(frame)) !== undefined;
  const all = periodsKnown(reports, metric);
  // "2.88 bn from 64.8 m": the number after `from`, and one beside "a year earlier", are of the year before.
  const still = frame.sign === undefined || frame.quantity?.sign !== undefined || frame.marks.has('loss');
  const ago = frame.baseNamed && still;
  const earlier = earlierThan(reports, metric, asked, frame);
  const before = (frame.lead === 'from' && !frame.periodBeside) || ago;
  const main = before && amountOf(reports, metric, earlier) !== undefined ? earlier : asked;
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
        ...(role === 'main' && {
          before: valuesBefore(reports, metric, period, saidPeriod(frame)?.stretch.startsWith('Q') === true),
          after: valuesAfter(reports, metric, period),
        }),
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

/** What "from" leads to: of a flow the year before, of a balance the end of the stretch before. */
function earlierThan(reports: Reports, metric: Metric, asked: FiscalPeriod, frame: Frame): FiscalPeriod {
  const line = LINES[metric];
  const before = quarterCompared(asked, frame);
  if (frame.base === 'quarter')
    return line !== undefined && isBalance(line) ? reportEnding(before.year, before.span) : before;
  const said = saidPeriod(frame)?.stretch;
  if (line === undefined || !isBalance(line) || said === undefined || frame.base !== undefined)
    return yearBefore(asked);
  const opening: FiscalPeriod = said.startsWith('Q')
    ? reportEnding(quarterBefore(asked).year, quarterBefore(asked).span)
    : { year: asked.year - 1, span: 'FY' };
  return amountOf(reports, metric, opening) === undefined ? yearBefore(asked) : opening;
}

/** Of the year before, and of the quarter before where the figure is of one quarter or of its end. */
function valuesBefore(
  reports: Reports,
  metric: Metric,
  period: FiscalPeriod,
  quarterSaid: boolean,
): number[] {
  const line = LINES[metric];
  const balance = line !== undefined && isBalance(line);
  const quarter = period.span.startsWith('Q') ? [quarterBefore(period)] : [];
  const earlier = balance
    ? periodsKnown(reports, metric)
        .filter((one) => comparePeriods(one, period) < 0)
        .slice(0, quarterSaid ? 1 : 4)
    : [yearBefore(period), ...quarter];
  return earlier.flatMap((one) => amountOf(reports, metric, one)?.value ?? []);
}

/** Of the year after, and of the quarter after, as far as known. */
const valuesAfter = (reports: Reports, metric: Metric, period: FiscalPeriod): number[] =>
  periodsKnown(reports, metric).flatMap((one) => {
    const earlier = [yearBefore(one), ...(one.span.startsWith('Q') ? [quarterBefore(one)] : [])];
    const next = earlier.some((before) => formatPeriod(before) === formatPeriod(period));
    return next ? (amountOf(reports, metric, one)?.value ?? []) : [];
  });

/** Lines that are taken for one another. */
function similar(metric: Metric): readonly Metric[] {
  const groups: readonly (readonly Metric[])[] = [
    ['netProfit', 'coreProfit', 'revenue', 'cashFlow'],
    ['rdExpense', 'rdInput'],
    ['inventory', 'prepayments', 'receivables', 'contractLiabilities'],
  ];
  return groups.find((group) => group.includes(metric))?.filter((one) => one !== metric) ?? [];
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
export function periodNotHeld(data: ClaimData, reports: Reports, metric: Metric, frame: Frame): Candidates {
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

/** A company's own outlook for a year: the range, or one end of it. */
export function guidanceCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const said = saidPeriod(frame);
  const year = said?.year;
  if (said !== undefined && said.stretch !== 'FY')
    return notCheckable('the outlook held is of the year', '现有指引是全年的');
  const known = data.fundamentals.guidance.findLast(
    (one) =>
      one.company === frame.company &&
      one.usableFrom <= addDays(asOf.written, 1) &&
      (year === undefined || year === one.year),
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
