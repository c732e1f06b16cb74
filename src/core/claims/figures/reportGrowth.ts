/** Growth of a line against a year or a quarter before, as a percent, a multiple of growth and a multiple of the level. */
import type { Words } from '../../base/words.js';
import {
  type FiscalPeriod,
  formatPeriod,
  periodWords,
  QUARTERS,
  quartersIn,
  reportOf,
  type Span,
  yearBefore,
} from '../../statements/fiscalPeriod.js';
import { growthOf } from '../../statements/growth.js';
import { isBalance } from '../../statements/statement.js';
import { type Candidate, type Candidates, notCheckable } from './candidates.js';
import type { Figure } from '../claim.js';
import type { Frame } from '../frames/frame.js';
import { amountOf, LINES, type Reports } from './reportLines.js';
import { inPeriod, joined, metricWords, valueWords, words } from './wording.js';
import type { Metric } from '../words/meaning.js';

export function growthCandidates(
  reports: Reports,
  metric: Metric,
  [asked]: readonly FiscalPeriod[],
  frame: Frame,
): Candidates {
  const line = LINES[metric];
  const balance = line !== undefined && isBalance(line);
  const quarterly = frame.base === 'quarter' && !balance;
  const base = balance
    ? balanceBefore(asked, frame)
    : quarterly
      ? quarterCompared(asked, frame)
      : yearBefore(asked);
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
  const usual = formatPeriod(base) === formatPeriod(yearBefore(asked));
  const from = usual
    ? words(' growth', '增长')
    : joined(words(' growth from', '，较'), inPeriod(base), words('', ' 增长'));
  const growth = figure(rate, 'fraction', from);
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
    figure: figure(
      levelMultiple ?? Number.NaN,
      'times',
      quarterly
        ? words(' was of the quarter before', '为上季度的')
        : words(' was of a year before', '为上年同期的'),
    ),
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
  // 翻44倍 is growth to some and a level to others.
  if (frame.sign !== undefined && quantity.growth === true && !frame.marks.has('multiplied'))
    return { candidates: [grew, { ...level, role: 'slip', slip: 'level-for-growth' }], note };
  if (frame.sign !== undefined) return { candidates: [grew, { ...level, role: 'reading' }], note };
  // 同比43倍 says neither 增长 nor 是: both are meant by some.
  if (frame.base !== undefined && frame.baseNamed)
    return { candidates: [level, { ...grew, role: 'slip', slip: 'growth-for-level' }], note };
  return {
    candidates: [
      { ...grew, role: 'reading' },
      { ...level, role: 'reading' },
    ],
    note,
  };
}

/** The quarter named, in the year asked or the one before; else the quarter before. */
export function quarterCompared(asked: FiscalPeriod, { comparedQuarter }: Frame): FiscalPeriod {
  const span = QUARTERS.find((one) => one === comparedQuarter?.stretch);
  if (span === undefined) return quarterBefore(asked);
  const later = quartersIn(span) >= quartersIn(asked.span);
  return { year: comparedQuarter?.year ?? asked.year - (later ? 1 : 0), span };
}

/** The report with the balance that a change is measured from: of the end said, the quarter before, or a year before. */
function balanceBefore(asked: FiscalPeriod, { base, baseEnd }: Frame): FiscalPeriod {
  if (baseEnd?.year !== undefined) return reportEnding(baseEnd.year, baseEnd.stretch);
  if (base !== 'quarter') return yearBefore(asked);
  const before = quarterBefore(asked);
  return reportEnding(before.year, before.span);
}

/** The cumulative report whose balance is that of the end of a stretch. */
export const reportEnding = (year: number, stretch: Span | 'H2'): FiscalPeriod => ({
  year,
  span: reportOf(stretch === 'H2' ? 'Q4' : stretch),
});

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

export const singleQuarter = ({ year, span }: FiscalPeriod): FiscalPeriod => ({
  year,
  span: QUARTERS[quartersIn(span) - 1],
});

export function quarterBefore(period: FiscalPeriod): FiscalPeriod {
  const place = quartersIn(period.span);
  return place === 1
    ? { year: period.year - 1, span: 'Q4' }
    : { year: period.year, span: QUARTERS[place - 2] };
}
