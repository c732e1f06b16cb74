/** Claims in words: which answer each asks for; what a line of a report did through zero or against another period is here. */
import { type Answered, asRefusal, refuse } from './answered.js';
import type { AsOf } from './candidates.js';
import type { ClaimData } from './claimData.js';
import { comparedAnswer, returnAnswer } from './comparisonAnswers.js';
import { isReported } from '../frames/frameMetrics.js';
import type { Frame } from '../frames/frame.js';
import { dateAnswer, membershipAnswer, rankAnswer, replacementAnswer } from './indexAnswers.js';
import { levelFigure } from './reportFigures.js';
import { amountOf, noReports, periodsAsked, reportsOf } from './reportLines.js';
import { swingOf } from './reportSwings.js';
import { extremeAnswer } from './extremeMoves.js';
import { dearestAnswer, mostTradedAnswer } from './firstAnswers.js';
import { lowAnswer, recordAnswer } from './recordAnswers.js';
import { limitAnswer, streakAnswer } from './sessionAnswers.js';
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
