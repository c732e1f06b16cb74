/** Frames to judgements: which figures a frame is held against, and what cannot be checked at all. */
import type { Words } from '../../base/words.js';
import { civilOf, formatDay } from '../../calendar/day.js';
import type { AsOf, Candidates } from './candidates.js';
import { notCheckable } from './candidates.js';
import type { ClaimData } from './claimData.js';
import { eventAnswer } from './eventFigures.js';
import { isReported } from '../frames/frameMetrics.js';
import type { Frame } from '../frames/frame.js';
import { OF_INDEX } from '../frames/frames.js';
import { assetCandidates } from './assetFigures.js';
import { flowCandidates } from './flowFigures.js';
import { ruleCandidates } from './ruleFigures.js';
import { weightCandidates } from './weightFigures.js';
import { judge, type Judgement } from '../judge.js';
import type { Metric } from '../words/meaning.js';
import { multipleCandidates, ratioCandidates } from './multipleFigures.js';
import { amountChangeCandidates } from './amountChanges.js';
import { changeCandidates } from './changeFigures.js';
import { isChange, priceOrChange } from './priceClaims.js';
import { priceCandidates } from './priceFigures.js';
import { countCandidates } from './reviewFigures.js';
import { shareCandidates, unitCandidates } from './shareFigures.js';
import { gapCandidates } from './gapFigures.js';
import { guidanceCandidates, reportCandidates } from './reportFigures.js';
import { both, joined, words } from './wording.js';

/** Undefined for numbers that claim nothing, such as a count in passing. */
export function judgementOf(data: ClaimData, frame: Frame, asOf: AsOf): Judgement | undefined {
  const judged =
    frame.quantity === undefined ? eventJudgement(data, frame, asOf) : numberJudgement(data, frame, asOf);
  return judged && withoutEdge(frame, judged);
}

/** "In early August" has no last day: nothing is right of it without saying how it was taken, and little is wrong of it. */
function withoutEdge(frame: Frame, judged: Judgement): Judgement {
  const { time, metric } = frame;
  const loose =
    frame.timed && time?.kind === 'window' && time.others !== undefined && time.name === 'part of month';
  if (!loose || (metric !== undefined && (isReported(metric) || RULED.has(metric)))) return judged;
  // A record since some month: of every first day the words may mean.
  if (
    frame.event === 'record' ||
    frame.event === 'recordLow' ||
    frame.event === 'extremeMove' ||
    frame.marks.has('firstTime')
  )
    return judged;
  const { verdict, figure } = judged;
  if (verdict === 'ambiguous' || verdict === 'not-checkable') return judged;
  // A change was held against every stretch that the words may mean.
  if (frame.quantity !== undefined && figure?.from !== undefined) return judged;
  const span = words(
    `the time said is taken from ${formatDay(time.from)} to ${formatDay(time.to)}`,
    `所称时段按${formatDay(time.from)}至${formatDay(time.to)}计`,
  );
  if (figure !== undefined && (verdict === 'right' || verdict === 'right-within-rounding')) {
    const why = joined(words('right if ', '仅当'), span, words(': ', '：'), judged.why);
    return { verdict: 'ambiguous', figure, why, readings: [{ words: span, figure }] };
  }
  return uncheckable(words('the time said has no first and last day', '所称时段没有明确起止'));
}

/** Of rules and outlooks, which hold for longer. */
const RULED: ReadonlySet<string> = new Set(['cap', 'topFiveCap', 'members', 'guidance']);

function numberJudgement(data: ClaimData, frame: Frame, asOf: AsOf): Judgement | undefined {
  const found = nameless(data, frame) ? undefined : candidatesOf(data, frame, asOf);
  if (found === undefined) return nameless(data, frame) ? usualJudgement(data, frame, asOf) : undefined;
  const mistaken = outlookMistaken(data, frame, asOf);
  if (mistaken !== undefined) return mistaken;
  const hindered = hindrance(frame, found, asOf);
  if (hindered !== undefined) return uncheckable(hindered);
  return 'notCheckable' in found ? uncheckable(found.notCheckable) : judge(frame, found);
}

/** "Expects a net profit of 5 to 7 bn": the range is the one the company gave for its revenue. */
function outlookMistaken(data: ClaimData, frame: Frame, asOf: AsOf): Judgement | undefined {
  const { metric, marks, quantity } = frame;
  const expected = marks.has('forecast') && quantity?.high !== undefined;
  if (!expected || (metric !== 'netProfit' && metric !== 'coreProfit')) return undefined;
  const found = guidanceCandidates(data, { ...frame, metric: 'guidance' }, asOf);
  if ('notCheckable' in found) return undefined;
  const { verdict, figure } = judge({ ...frame, metric: 'guidance' }, found);
  if (figure === undefined || (verdict !== 'right' && verdict !== 'right-within-rounding')) return undefined;
  const why = joined(words('it is the outlook for revenue: ', '这是营收指引：'), figure.text);
  return { verdict: 'wrong', slip: 'entity', figure, why, readings: [] };
}

const uncheckable = (why: Words): Judgement => ({ verdict: 'not-checkable', why, readings: [] });

/** Claims about prices, reports and multiples need a name; those about the usual index do not. */
function nameless(data: ClaimData, frame: Frame): boolean {
  return (
    frame.entity === undefined && !NEEDS_NO_NAME.has(frame.metric ?? 'price') && data.entities.length > 0
  );
}

const NEEDS_NO_NAME: ReadonlySet<string> = new Set([...OF_INDEX, 'members', 'products']);

/** Right of the security such texts are about: then it depends on whether that one is meant. */
function usualJudgement(data: ClaimData, frame: Frame, asOf: AsOf): Judgement | undefined {
  const id = data.usual.security;
  const name = data.entities.find((one) => one.id === id);
  const found = candidatesOf(data, { ...frame, entity: id, company: id }, asOf);
  const unnamed = words('no name says who it is about', '没有写明是谁');
  if (found === undefined) return undefined;
  if ('notCheckable' in found || hindrance(frame, found, asOf) !== undefined) return uncheckable(unnamed);
  const judged = judge({ ...frame, entity: id, company: id }, found);
  if (
    judged.verdict !== 'right' &&
    judged.verdict !== 'right-within-rounding' &&
    judged.verdict !== 'ambiguous'
  )
    return uncheckable(unnamed);
  // So many digits on a day that is named leave no doubt whose they are.
  if (judged.verdict === 'right' && frame.timed && digitsOf(frame) >= 5) return judged;
  const reading = words(`${name?.nameEn ?? id} is meant`, `指的是${name?.nameZh ?? id}`);
  return {
    ...judged,
    verdict: 'ambiguous',
    why: joined(unnamed, words('; right if ', '；若'), reading, words(': ', '则成立：'), judged.why),
    readings:
      judged.figure === undefined
        ? judged.readings
        : [{ words: reading, figure: judged.figure }, ...judged.readings],
  };
}

/** Digits as printed, without sign and point. */
const digitsOf = ({ quantity }: Frame): number =>
  quantity === undefined ? 0 : String(Math.round(quantity.value / quantity.step)).length;

/** What is said of a time after the day of writing. */
function toCome({ time, timed, period, metric }: Frame, { written }: AsOf): boolean {
  // What a review will change is known from its announcement.
  if (metric === 'additions' || metric === 'deletions' || metric === 'replacements') return false;
  if (timed && time !== undefined && time.kind !== 'period')
    return (time.kind === 'day' ? time.day : time.from) > written;
  return period?.kind === 'period' && (period.year ?? 0) > civilOf(written).year;
}

const REPEATING: ReadonlySet<string> = new Set([
  'dearest',
  'record',
  'recordLow',
  'mostTraded',
  'extremeMove',
]);
const COMPARING: ReadonlySet<string> = new Set([
  'passed',
  'below',
  'outperformed',
  'underperformed',
  'largest',
]);

const NEARLY = words('it says what nearly was', '这是“几乎如此”的说法');

/** Reasons that hold for numbers and events alike. */
function generally({ marks, metric, base, quantity }: Frame): Words | undefined {
  const reported = metric !== undefined && isReported(metric);
  if (marks.has('question')) return words('it is a question', '这是问句');
  if (marks.has('denied')) return words('it is said of what is denied', '这是被否认的说法');
  if (marks.has('listed'))
    return words('which number is whose in the list is not read', '“分别”对应关系不予核对');
  if (marks.has('nth') && !reported && !OF_INDEX.has(metric ?? 'price'))
    return words('how often it was so is not checked', '发生次数不予核对');
  if (marks.has('ago') && !reported && !OF_INDEX.has(metric ?? 'price'))
    return words('the day is not said', '没有写明是哪一天');
  if (marks.has('partOfDay') && !reported && !OF_INDEX.has(metric ?? 'price'))
    return words('prices of a part of the day are not held', '没有盘中某一时段的数据');
  // A price has no "year on year" of a month.
  if (
    base === 'year' &&
    !reported &&
    quantity?.unit === 'fraction' &&
    (metric === undefined || PRICED.has(metric))
  )
    return words('a change against a year before is not looked for', '不核对价格的同比变动');
  return undefined;
}

const PRICED: ReadonlySet<string> = new Set(['price', 'close', 'marketCap', 'tradedValue']);

/** "A year ago it closed at 1,488 yuan". */
const YEAR_AGO = words('a year ago is no day', '“一年前”不是具体日期');

const ofPrices = ({ metric }: Frame): boolean => metric === undefined || !isReported(metric);

const FIRST_UNCHECKED = words('whether it was the first time is not checked', '是否首次不予核对');

/** The first time is looked up for closes beyond a number. */
const firstChecked = ({ metric, quantity, marks }: Frame): boolean =>
  (metric === undefined || metric === 'price' || metric === 'close') &&
  (quantity?.hedge === 'over' || quantity?.hedge === 'under') &&
  !marks.has('intraday');

/** Why a number is not held against the data although there are data. */
function hindrance(frame: Frame, found: Candidates, asOf: AsOf): Words | undefined {
  const { marks, metric, quantity } = frame;
  if (frame.unheld !== undefined)
    return words(`nothing is held about “${frame.unheld}”`, `没有关于“${frame.unheld}”的数据`);
  if (marks.has('conditional'))
    return words('it is said of a case, not of what was', '这是假设情形，不是事实');
  const general = generally(frame);
  if (general !== undefined) return general;
  if (marks.has('almost')) return NEARLY;
  if (
    frame.baseNamed &&
    ofPrices(frame) &&
    frame.quantity?.unit !== 'fraction' &&
    frame.quantity?.unit !== 'times'
  )
    return YEAR_AGO;
  if (marks.has('firstTime') && !firstChecked(frame)) return FIRST_UNCHECKED;
  if (marks.has('throughout') && frame.time?.kind !== 'day' && frame.timed)
    return words('what is said of every session is not checked', '逐日成立的说法不予核对');
  const forecast =
    (marks.has('forecast') || toCome(frame, asOf)) &&
    metric !== 'flow' &&
    metric !== 'guidance' &&
    metric !== 'trackedAssets' &&
    metric !== 'cap' &&
    metric !== 'topFiveCap';
  if (forecast)
    return words('it is a forecast; only what was can be checked', '这是预测，只能核对已发生的事实');
  if (marks.has('not') && metric !== 'cap' && metric !== 'topFiveCap')
    return words('it says what was not; that has no figure', '这是否定说法，没有对应数字');
  if ('notCheckable' in found || quantity === undefined) return undefined;
  const unit = found.candidates[0]?.figure.unit;
  const foreign =
    (quantity.unit === 'USD' && (unit === 'CNY' || unit === 'CNY per share')) ||
    (quantity.unit === 'CNY' && (unit === 'USD' || unit === 'USD per share')) ||
    quantity.unit === 'HKD';
  if (foreign)
    return words(
      'the data are in another currency, and no exchange rates are held',
      '数据为另一种货币，且没有汇率数据',
    );
  return undefined;
}

/** @returns undefined where the number is no claim about anything known */
function candidatesOf(data: ClaimData, frame: Frame, asOf: AsOf): Candidates | undefined {
  const { metric, quantity, company, other } = frame;
  if (quantity === undefined) return undefined;
  const { unit } = quantity;
  const unclear = notCheckable(
    'what the number is of is not clear from the sentence',
    '句中看不出这个数字指什么',
  );
  const plain = unit === 'none' || unit === 'count' || unit === 'shares';
  if (frame.unheld !== undefined && !plain) return unclear;
  const compared =
    unit === 'times' &&
    quantity.word !== true &&
    other !== undefined &&
    other !== company &&
    data.fundamentals.companies.some(({ id }) => id === other);
  if (compared && (metric === undefined || metric === 'pe' || metric === 'price'))
    return ratioCandidates(data, frame, asOf);
  const amount = unit === 'CNY' || unit === 'USD';
  if (amount && metric !== undefined && HELD_AS_LEVELS(metric) && isChange(frame) && !frame.marks.has('loss'))
    return notCheckable('an amount of change of it is not looked for', '不核对其变动额');
  switch (metric) {
    case 'pe':
    case 'ps':
      return unit === 'times' || unit === 'none' ? multipleCandidates(data, frame, asOf) : unclear;
    case 'weight':
    case 'topFive':
    case 'topTen':
      return weightCandidates(data, frame, asOf);
    case 'cap':
    case 'topFiveCap':
    case 'members':
      return ruleCandidates(data, frame, asOf);
    case 'trackedAssets':
    case 'products':
      return unit === 'fraction' || unit === 'times'
        ? unclear
        : unit === 'none'
          ? undefined
          : assetCandidates(data, frame, asOf);
    case 'flow':
      return unit === 'none' ? undefined : flowCandidates(data, frame, asOf);
    case 'guidance':
      return unit === 'fraction' || unit === 'times' ? unclear : guidanceCandidates(data, frame, asOf);
    case 'gap':
      return gapCandidates(data, frame, asOf);
    case 'additions':
    case 'deletions':
    case 'replacements':
      return countCandidates(data, frame, asOf);
    case 'totalShares':
      return plain ? shareCandidates(data, frame, asOf) : unclear;
    case 'units':
      return plain ? unitCandidates(data, frame, asOf) : unclear;
    case 'marketCap':
    case 'tradedValue':
      if (unit === 'fraction' && frame.sign !== undefined && metric === 'marketCap')
        return changeCandidates(data, frame, asOf);
      if (unit !== 'CNY' && unit !== 'USD') return unclear;
      return metric === 'marketCap' && isChange(frame)
        ? amountChangeCandidates(data, frame, asOf)
        : priceCandidates(data, frame, asOf);
    case undefined:
    case 'price':
    case 'close':
    case 'open':
    case 'high':
    case 'low':
      return priceOrChange(data, frame, asOf, unclear);
    default:
      return isReported(metric)
        ? unit === 'none' && metric !== 'eps' && quantity.value < LEAST_AMOUNT
          ? undefined
          : reportCandidates(data, frame, asOf)
        : unclear;
  }
}

const HELD_AS_LEVELS = (metric: Metric): boolean =>
  isReported(metric) || metric === 'tradedValue' || metric === 'trackedAssets' || metric === 'guidance';

/** What is less is no amount of a report unless a currency stands beside it. */
const LEAST_AMOUNT = 1e5;

/** Events of an index or a report, which need no company. */
const NAMELESS_EVENTS: ReadonlySet<string> = new Set([
  'announced',
  'effective',
  'pricing',
  'added',
  'removed',
]);

function eventJudgement(data: ClaimData, frame: Frame, asOf: AsOf): Judgement | undefined {
  const asked =
    frame.entity === undefined
      ? { ...frame, entity: data.usual.security, company: data.usual.security }
      : frame;
  const answer = eventAnswer(data, asked, asOf);
  if (answer === undefined) return undefined;
  if ('notCheckable' in answer) return uncheckable(answer.notCheckable);
  const { marks } = frame;
  if (frame.unheld !== undefined)
    return uncheckable(words(`nothing is held about “${frame.unheld}”`, `没有关于“${frame.unheld}”的数据`));
  if (frame.event !== 'streak' && (frame.streak !== undefined || marks.has('run')))
    return uncheckable(
      words('what is said of each session of a run is not checked', '连续多日的说法不予核对'),
    );
  const repeated = marks.has('nth') || (marks.has('again') && REPEATING.has(frame.event ?? ''));
  if (repeated) return uncheckable(words('how often it was so is not checked', '发生次数不予核对'));
  if (marks.has('summed') && COMPARING.has(frame.event ?? ''))
    return uncheckable(words('sums are not made', '不做合计比较'));
  if (frame.event === 'streak' && marks.has('not'))
    return uncheckable(words('it says what was not; that has no figure', '这是否定说法，没有对应数字'));
  if (marks.has('firstTime') && frame.event !== 'passed' && frame.event !== 'below')
    return uncheckable(FIRST_UNCHECKED);
  if (frame.baseNamed && ofPrices(frame) && frame.event === 'passed') return uncheckable(YEAR_AGO);
  if (marks.has('almost')) return uncheckable(NEARLY);
  const general = generally(frame);
  if (general !== undefined) return uncheckable(general);
  if (
    marks.has('conditional') ||
    ((marks.has('forecast') || toCome(frame, asOf)) &&
      frame.event !== 'added' &&
      frame.event !== 'removed' &&
      frame.event !== 'effective' &&
      frame.event !== 'announced')
  ) {
    return uncheckable(
      words('it is a forecast; only what was can be checked', '这是预测，只能核对已发生的事实'),
    );
  }
  const { figure, why, reading } = answer;
  if (reading !== undefined)
    return {
      verdict: 'ambiguous',
      figure,
      why: joined(words('right only if it means ', '仅在以下含义下成立：'), reading, words(': ', '：'), why),
      readings: [{ words: reading, figure }],
    };
  if (answer.earlier !== undefined && !marks.has('not'))
    return {
      verdict: 'stale',
      figure,
      why: joined(
        words('it was right: ', '此前成立：'),
        answer.earlier.text,
        words('; now ', '；现为 '),
        figure.text,
      ),
      readings: [{ words: both(formatDay(answer.earlier.asOf)), figure: answer.earlier }],
    };
  const holds = answer.holds !== marks.has('not');
  if (frame.entity === undefined && holds && !NAMELESS_EVENTS.has(frame.event ?? '')) {
    const name = data.entities.find(({ id }) => id === asked.entity);
    const meant = words(`${name?.nameEn ?? ''} is meant`, `指的是${name?.nameZh ?? ''}`);
    return {
      verdict: 'ambiguous',
      figure,
      why: joined(
        words('no name says who; right if ', '没有写明是谁；若'),
        meant,
        words(': ', '则成立：'),
        why,
      ),
      readings: [{ words: meant, figure }],
    };
  }
  if (frame.entity === undefined && !NAMELESS_EVENTS.has(frame.event ?? ''))
    return uncheckable(words('no name says who it is about', '没有写明是谁'));
  return {
    verdict: holds ? 'right' : 'wrong',
    ...(holds ? {} : { slip: 'amount' }),
    figure,
    why,
    readings: [],
  };
}
