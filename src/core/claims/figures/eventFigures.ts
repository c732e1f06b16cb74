/** Claims in words: which answer each asks for; swings through zero and records are here. */
import type { Day } from '../../base/brand.js';
import { formatDay } from '../../calendar/day.js';
import { type Answered, asRefusal, refuse } from './answered.js';
import type { AsOf } from './candidates.js';
import type { Figure } from '../claim.js';
import type { ClaimData, Series } from './claimData.js';
import { comparedAnswer, returnAnswer } from './comparisonAnswers.js';
import { isReported } from '../frames/frameMetrics.js';
import type { Frame } from '../frames/frame.js';
import { dateAnswer, membershipAnswer, rankAnswer, replacementAnswer } from './indexAnswers.js';
import { noSeries, priceFigure, tradedFigure } from './priceFigures.js';
import { levelFigure } from './reportFigures.js';
import { amountOf, noReports, periodsAsked, reportsOf } from './reportLines.js';
import { swingOf } from './reportSwings.js';
import { extremeAnswer } from './extremeMoves.js';
import { dearestAnswer, mostTradedAnswer } from './firstAnswers.js';
import { limitAnswer, streakAnswer } from './sessionAnswers.js';
import { closeOn, lastDay, recordUntil } from './series.js';
import { joined, words } from './wording.js';

/** Undefined for events that say nothing by themselves. */
export function eventAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
  switch (frame.event) {
    case 'turnedPositive':
    case 'turnedNegative':
    case 'lossNarrowed':
    case 'lossWidened':
      return swingAnswer(data, frame, asOf);
    case 'passed':
    case 'below':
      return lineAnswer(data, frame, asOf) ?? comparedAnswer(data, frame, asOf);
    case 'outperformed':
    case 'underperformed':
      return returnAnswer(data, frame, asOf);
    case 'recordLow':
      return lowAnswer(data, frame, asOf);
    case 'record':
      return recordAnswer(data, frame, asOf);
    case 'dearest':
      return dearestAnswer(data, frame, asOf);
    case 'extremeMove':
      return extremeAnswer(data, frame, asOf);
    case 'isPositive':
    case 'isNegative':
      return signAnswer(data, frame, asOf);
    case 'mostTraded':
      return mostTradedAnswer(data, frame, asOf);
    case 'limitUp':
    case 'limitDown':
    case 'limit':
      return limitAnswer(data, frame, asOf);
    case 'streak':
      return streakAnswer(data, frame, asOf);
    case 'largest':
      return rankAnswer(data, frame, asOf);
    case 'added':
    case 'removed':
      return membershipAnswer(data, frame, asOf);
    case 'replaced':
      return replacementAnswer(data, frame, asOf);
    case 'announced':
    case 'effective':
    case 'pricing':
    case 'reported':
      return dateAnswer(data, frame, asOf);
    default:
      return undefined;
  }
}

function swingAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered {
  const metric = frame.metric ?? 'netProfit';
  const swing = swingOf(data, frame, metric, asOf);
  if ('notCheckable' in swing) return swing;
  if ('candidates' in swing) return refuse('nothing is held to compare with', '没有可比的数据');
  const { before, after, figure } = swing;
  const holds =
    frame.event === 'turnedPositive'
      ? before < 0 && after > 0
      : frame.event === 'turnedNegative'
        ? before > 0 && after < 0
        : frame.event === 'lossNarrowed'
          ? before < 0 && after < 0 && after > before
          : before < 0 && after < before;
  const positive = words('it was positive before as well', '此前本来就是正数');
  const reason = holds
    ? figure.text
    : before > 0 && after > 0
      ? joined(figure.text, words(': ', '：'), positive)
      : figure.text;
  return { holds, figure, why: reason };
}

/** "Net profit was higher than in the second quarter": a line against the same one of another period. */
function lineAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
  const { metric, base, event, other, entity } = frame;
  const alone = other === undefined || other === entity;
  if (metric === undefined || !isReported(metric) || base === undefined || !alone) return undefined;
  const swing = swingOf(data, frame, metric, asOf);
  if ('notCheckable' in swing) return swing;
  if ('candidates' in swing) return refuse('nothing is held to compare with', '没有可比的数据');
  const { before, after, figure } = swing;
  return { holds: event === 'passed' ? after > before : after < before, figure, why: figure.text };
}

/** "Positive operating cash flow", 现金流为负: the sign of a line. */
function signAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered {
  const metric = frame.metric ?? 'cashFlow';
  const reports = frame.company === undefined ? undefined : reportsOf(data, frame.company, asOf);
  if (reports === undefined) return asRefusal(noReports(data, frame.company));
  const [asked] = periodsAsked(reports, metric, frame);
  const amount = asked && amountOf(reports, metric, asked);
  if (amount === undefined) return refuse('the figure of that period is not held', '没有该期的数据');
  const figure = levelFigure(amount);
  const holds = frame.event === 'isPositive' ? amount.value > 0 : amount.value < 0;
  return { holds, figure, why: figure.text };
}

function recordAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
  const answers = (frame.since.length === 0 ? [undefined] : frame.since).map((since) =>
    recordSince(data, frame, asOf, since),
  );
  return answers.find((one) => one !== undefined && 'holds' in one && one.holds) ?? answers[0];
}

function recordSince(
  data: ClaimData,
  frame: Frame,
  asOf: AsOf,
  since: Day | undefined,
): Answered | undefined {
  // With a number beside it the number is checked against the record.
  if (frame.quantity !== undefined || frame.entity === undefined) return undefined;
  const series = data.series.get(frame.entity);
  if (series === undefined) return asRefusal(noSeries(data, frame.entity));
  if (frame.metric === 'tradedValue') return tradedRecord(frame, frame.entity, series, asOf, since);
  if (frame.metric !== undefined && !['price', 'close', 'high'].includes(frame.metric)) return undefined;
  const day = frame.time?.kind === 'day' ? frame.time.day : lastDay(series, asOf.written);
  if (day === undefined || Number.isNaN(closeOn(series, day)))
    return refuse('no price of that day is held', '没有当日的价格');
  const closing = recordUntil(series, series.close, day, since);
  const within = series.high === undefined ? undefined : recordUntil(series, series.high, day, since);
  const [byClose, byHigh] = [closing?.day === day, within?.day === day];
  const figure = (metric: 'close' | 'high', on: Day): Figure =>
    priceFigure(frame.entity as string, series, metric, on) as Figure;
  const start = since ?? (series.days[0] as Day);
  const from = words(` (records since ${formatDay(start)})`, `（纪录自${formatDay(start)}起）`);
  const recordClose = figure('close', closing?.day ?? day);
  const why = joined(words('the record up to that day: ', '截至当日的纪录：'), recordClose.text, from);
  const asksClose = frame.marks.has('atClose') && !frame.marks.has('intraday');
  if (asksClose || within === undefined) return { holds: byClose, figure: recordClose, why };
  const recordHigh = figure('high', within.day);
  const whyHigh = joined(words('the record up to that day: ', '截至当日的纪录：'), recordHigh.text, from);
  if (frame.marks.has('intraday')) return { holds: byHigh, figure: recordHigh, why: whyHigh };
  if (byClose === byHigh) return { holds: byClose, figure: recordClose, why };
  return byHigh
    ? {
        holds: true,
        figure: recordHigh,
        why: whyHigh,
        reading: words('within the session, not at the close', '盘中如此，收盘并非如此'),
      }
    : {
        holds: true,
        figure: recordClose,
        why,
        reading: words('at the close, not within the session', '收盘如此，盘中并非如此'),
      };
}

/** The largest value traded in one session so far, of the sessions held. */
function tradedRecord(
  frame: Frame,
  id: string,
  series: Series,
  { written }: AsOf,
  since: Day | undefined,
): Answered {
  const day = frame.time?.kind === 'day' ? frame.time.day : lastDay(series, written);
  const record = day && series.value && recordUntil(series, series.value, day, since);
  const figure = record && tradedFigure(id, series, record.day);
  if (figure === undefined) return refuse('the value traded that day is not held', '没有当日的成交额');
  const first = (since ?? series.days[series.value?.findIndex((one) => !Number.isNaN(one)) ?? 0]) as Day;
  const why = joined(
    words('the record up to that day: ', '截至当日的纪录：'),
    figure.text,
    words(` (values held since ${formatDay(first)})`, `（成交额数据自${formatDay(first)}起）`),
  );
  return { holds: record?.day === day, figure, why };
}

/** The lowest close, or price within a session, since a day that is named: without one of all days held. */
function lowAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
  const { entity: id, marks, metric } = frame;
  if (id === undefined || (metric !== undefined && !['price', 'close', 'low'].includes(metric)))
    return undefined;
  const series = data.series.get(id);
  if (series === undefined) return asRefusal(noSeries(data, id));
  const day = frame.time?.kind === 'day' ? frame.time.day : lastDay(series, asOf.written);
  if (day === undefined || Number.isNaN(closeOn(series, day)))
    return refuse('no price of that day is held', '没有当日的价格');
  const intraday = marks.has('intraday') && !marks.has('atClose');
  if (intraday && series.low === undefined)
    return refuse('only closes of it are held, no prices within the session', '只有其收盘价，没有盘中价格');
  const of = intraday ? 'low' : 'close';
  const column = (intraday ? series.low : undefined) ?? series.close;
  // "Since August 21" may count that day or not: the latest first day decides.
  const since = frame.since.length === 0 ? (series.days[0] as Day) : (Math.max(...frame.since) as Day);
  const lowest = recordUntil(
    series,
    column.map((value) => -value),
    day,
    since,
  );
  const figure = lowest && priceFigure(id, series, of, lowest.day);
  if (lowest === undefined || figure === undefined)
    return refuse('no price of that day is held', '没有当日的价格');
  const why = joined(
    words('the lowest up to that day: ', '截至当日的最低：'),
    figure.text,
    words(` (since ${formatDay(since)})`, `（自${formatDay(since)}起）`),
  );
  return { holds: lowest.day === day, figure, why };
}
