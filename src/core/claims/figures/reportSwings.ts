/** Lines that went through zero: the figure of a period beside the one of a year before. */
import {
  CUMULATIVE_SPANS,
  type FiscalPeriod,
  periodWords,
  yearBefore,
} from '../../statements/fiscalPeriod.js';
import { type AsOf, type Candidates, notCheckable } from './candidates.js';
import type { Figure } from '../claim.js';
import type { ClaimData } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { periodNotHeld } from './reportFigures.js';
import { quarterBefore, quarterCompared } from './reportGrowth.js';
import { amountOf, noReports, periodsAsked, reportsOf } from './reportLines.js';
import { inPeriod, joined, metricWords, valueWords, words } from './wording.js';
import type { Metric } from '../words/meaning.js';

/** What a line did against a year before, for claims in words. */
interface Swing {
  readonly metric: Metric;
  readonly before: number;
  readonly after: number;
  readonly figure: Figure;
}

/** "Back into the red": against the report before, of the same kind of figure. */
function reportBefore(period: FiscalPeriod): FiscalPeriod {
  const place = CUMULATIVE_SPANS.findIndex((span) => span === period.span);
  if (place < 0) return quarterBefore(period);
  return place === 0
    ? { year: period.year - 1, span: 'FY' }
    : { year: period.year, span: CUMULATIVE_SPANS[place - 1] };
}

export function swingOf(data: ClaimData, frame: Frame, metric: Metric, asOf: AsOf): Swing | Candidates {
  const reports = frame.company === undefined ? undefined : reportsOf(data, frame.company, asOf);
  if (reports === undefined) return noReports(data, frame.company);
  const [asked] = periodsAsked(reports, metric, frame);
  if (asked === undefined) return periodNotHeld(data, reports, metric, frame);
  const base =
    frame.base === 'quarter'
      ? quarterCompared(asked, frame)
      : frame.marks.has('again')
        ? reportBefore(asked)
        : yearBefore(asked);
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
