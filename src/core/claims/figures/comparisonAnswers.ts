/** One share or index against another: at the close, within the session, over a window. */
import type { Day } from '../../base/brand.js';
import { formatDay } from '../../calendar/day.js';
import { rowAt } from '../../statements/fundamentals.js';
import { type Answered, asRefusal, refuse, type Refusal } from './answered.js';
import type { Words } from '../../base/words.js';
import type { AsOf, Candidates } from './candidates.js';
import { changeFigure } from './changeFigures.js';
import type { Figure, Input } from '../claim.js';
import type { ClaimData, Series } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import type { Time } from '../time/time.js';
import { noSeries, priceInput } from './prices.js';
import { tradedFigure } from './valueFigures.js';
import { closeOn, lastDay, valueOn, windowOf } from './series.js';
import { sessionMeant } from './sessionMeant.js';
import { joined, metricWords, onDay, valueWords, words } from './wording.js';

/** One price above another: at the close unless the text says within the session. */
export function comparedAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
  const { entity, other } = frame;
  if (entity === undefined || other === undefined || entity === other) return undefined;
  if (frame.metric === 'marketCap' || frame.events.has('outperformed'))
    return refuse('market values of both are not held', '没有双方的市值数据');
  if (frame.metric === 'weight') return weightMore(data, frame.company ?? entity, other, frame, asOf);
  if (frame.metric !== undefined && !COMPARED.has(frame.metric))
    return refuse('it is held for one of the two only', '只有其中一方的数据');
  const [own, theirs] = [data.series.get(entity), data.series.get(other)];
  if (own === undefined) return asRefusal(noSeries(data, entity));
  if (theirs === undefined) return asRefusal(noSeries(data, other));
  if (frame.metric === 'tradedValue') return tradedMore(entity, own, other, theirs, frame, asOf);
  if (own.unit !== theirs.unit) return refuse('the two are not in one unit', '两者单位不同');
  const day = sessionMeant(frame, own, asOf);
  if (typeof day !== 'number') return day;
  if (Number.isNaN(closeOn(theirs, day)))
    return refuse(`prices of both on ${formatDay(day)} are not held`, '没有双方当日的价格');
  const above = frame.event === 'passed';
  const holdsOn = (at: Day): boolean => closeOn(own, at) > closeOn(theirs, at) === above;
  const atClose = holdsOn(day);
  // "Again above", "back above": it was so before.
  const again = frame.marks.has('again') || frame.marks.has('regained');
  if (again && !Array.from(own.days).some((at) => at < day && holdsOn(at as Day)))
    return refuse('it was not so before', '此前并未如此');
  const first = frame.marks.has('firstTime');
  if (first && (frame.marks.has('intraday') || frame.marks.has('not')))
    return refuse('whether it was the first time is not checked', '是否首次不予核对');
  const sooner = atClose && first ? sinceSaid(own, frame, day).find(holdsOn) : undefined;
  if (sooner !== undefined) {
    const figure = closesFigure(entity, own, other, theirs, sooner);
    return { holds: false, figure, why: joined(words('it was so before: ', '此前已如此：'), figure.text) };
  }
  const closes = closesFigure(entity, own, other, theirs, day);
  const session = frame.marks.has('intraday') || frame.metric === 'high' || frame.metric === 'low';
  if (frame.marks.has('atClose') && !session) return { holds: atClose, figure: closes, why: closes.text };
  const within = withinSession(entity, own, other, theirs, day, above);
  if (session) {
    if (within === undefined)
      return refuse('prices within the session are not held for both', '没有双方的盘中价格');
    return {
      holds: within.holds,
      figure: within.figure,
      why: joined(within.figure.text, words('; at the close: ', '；收盘：'), closes.text),
    };
  }
  if (first && within?.holds === true && !atClose)
    return refuse('whether it was the first time is not checked', '是否首次不予核对');
  if (within === undefined || within.holds === atClose) {
    const before = atClose || frame.timed || !asOf.known ? undefined : lately(own, day).find(holdsOn);
    const earlier = before && closesFigure(entity, own, other, theirs, before);
    return { holds: atClose, figure: closes, why: closes.text, ...(earlier && { earlier }) };
  }
  // True within the session, not at the close: the text has to say which.
  return {
    holds: true,
    figure: within.figure,
    why: joined(within.figure.text, words('; not at the close: ', '；收盘并非如此：'), closes.text),
    reading: words('within the session, not at the close', '盘中如此，收盘并非如此'),
  };
}

const COMPARED: ReadonlySet<string> = new Set(['price', 'close', 'high', 'low', 'tradedValue']);

/** The weight of one member against that of another. */
function weightMore(data: ClaimData, entity: string, other: string, frame: Frame, asOf: AsOf): Answered {
  const { event, index: named } = frame;
  const index = named ?? data.usual.index;
  const range = data.weightDays.get(index);
  const series = data.series.get(entity);
  const on = series === undefined ? asOf.written : sessionMeant(frame, series, asOf);
  if (typeof on !== 'number') return on;
  const row = rowAt(data.calendar.days, Math.min(on, range?.[1] ?? on));
  const day = data.calendar.days[row] as Day;
  const weights = data.weightsOn(index, day);
  const [mine, its] = [weights?.get(entity), weights?.get(other)];
  if (mine === undefined || its === undefined)
    return refuse(`no weights of both in ${index} are held for that day`, `没有双方当日在${index}中的权重`);
  const text = joined(
    `${entity} `,
    valueWords(mine, 'fraction'),
    words(' against ', '，对比 '),
    `${other} `,
    valueWords(its, 'fraction'),
    words(` in ${index}`, `（${index}）`),
    onDay(day),
  );
  const input = (id: string, value: number): Input => ({
    name: joined(`${id} `, metricWords('weight')),
    value,
    unit: 'fraction',
    asOf: day,
    source: { table: 'baskets' },
  });
  const figure: Figure = {
    value: mine,
    unit: 'fraction',
    asOf: day,
    text,
    inputs: [input(entity, mine), input(other, its)],
  };
  return { holds: mine > its === (event === 'passed'), figure, why: text };
}

/** The value traded of one against that of another, of the day said or the last one. */
function tradedMore(
  entity: string,
  own: Series,
  other: string,
  theirs: Series,
  frame: Frame,
  asOf: AsOf,
): Answered {
  const { event } = frame;
  const day = sessionMeant(frame, own, asOf);
  if (typeof day !== 'number') return day;
  const [mine, its] = [tradedFigure(entity, own, day), tradedFigure(other, theirs, day)];
  if (mine === undefined || its === undefined)
    return refuse('the value traded of both is not held', '没有双方的成交额');
  const why = joined(`${entity} `, mine.text, words('; ', '；'), `${other} `, its.text);
  return {
    holds: mine.value > its.value === (event === 'passed'),
    figure: { ...mine, inputs: [...mine.inputs, ...its.inputs] },
    why,
  };
}

/** Sessions that an old comparison is carried on for, the last one first. */
export const lately = (series: Series, day: Day): Day[] => {
  const row = rowAt(series.days, day);
  return Array.from(series.days.subarray(Math.max(0, row - LATELY), row)).toReversed() as Day[];
};

const LATELY = 20;

/** Sessions before the day, since the stretch that "for the first time since August" names, or all that are held. */
const sinceSaid = (series: Series, { since }: Frame, day: Day): Day[] => {
  const from = since.length === 0 ? -Infinity : Math.max(...since);
  return Array.from(series.days).filter((at) => at >= from && at < day) as Day[];
};

function closesFigure(entity: string, own: Series, other: string, theirs: Series, day: Day): Figure {
  return {
    value: closeOn(own, day),
    unit: own.unit,
    asOf: day,
    text: joined(
      `${entity} `,
      valueWords(closeOn(own, day), own.unit),
      words(' against ', '，对比 '),
      `${other} `,
      valueWords(closeOn(theirs, day), theirs.unit),
      words(' at the close', '（收盘）'),
      onDay(day),
    ),
    inputs: [priceInput(entity, own, 'close', day), priceInput(other, theirs, 'close', day)],
  };
}

/** Daily bars do not say when a high was; it passed for certain when the high is above the other's low and it was below before. */
export function withinSession(
  entity: string,
  own: Series,
  other: string,
  theirs: Series,
  day: Day,
  above: boolean,
): { readonly holds: boolean; readonly figure: Figure } | undefined {
  const [best, level] = above ? (['high', 'low'] as const) : (['low', 'high'] as const);
  const [ownBest, theirLevel] = [valueOn(own, own[best], day), valueOn(theirs, theirs[level], day)];
  if (Number.isNaN(ownBest) || Number.isNaN(theirLevel)) return undefined;
  // Against the close as well: a high that only beats the other's low of another hour proves little.
  const close = closeOn(theirs, day);
  const holds = above ? ownBest > theirLevel && ownBest > close : ownBest < theirLevel && ownBest < close;
  return {
    holds,
    figure: {
      value: ownBest,
      unit: own.unit,
      asOf: day,
      text: joined(
        `${entity} `,
        metricWords(best),
        ' ',
        valueWords(ownBest, own.unit),
        words(' against ', '，对比 '),
        `${other} `,
        valueWords(valueOn(theirs, theirs.low, day), theirs.unit),
        words(' to ', ' 至 '),
        valueWords(valueOn(theirs, theirs.high, day), theirs.unit),
        onDay(day),
      ),
      inputs: [
        priceInput(entity, own, best, day),
        priceInput(other, theirs, 'low', day),
        priceInput(other, theirs, 'high', day),
        priceInput(other, theirs, 'close', day),
      ],
    },
  };
}

export function returnAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered {
  const both = returnsOf(data, frame, asOf);
  if ('notCheckable' in both) return both;
  const { mine, its, why } = both;
  const holds = mine.value > its.value === (frame.event === 'outperformed');
  return { holds, figure: { ...mine, inputs: [...mine.inputs, ...its.inputs] }, why };
}

/** "Beat the CSI 300 by 20 points": one change less the other. */
export function relativeCandidates(
  data: ClaimData,
  frame: Frame,
  asOf: AsOf,
  unit: 'points' | 'fraction',
): Candidates {
  const both = returnsOf(data, frame, asOf);
  if ('notCheckable' in both) return both;
  const { mine, its, why } = both;
  const value = mine.value - its.value;
  const text = joined(valueWords(value, 'points'), words(': ', '：'), why);
  const figure: Figure = {
    ...mine,
    value,
    unit,
    change: true,
    text,
    inputs: [...mine.inputs, ...its.inputs],
  };
  return { candidates: [{ role: 'main', figure }] };
}

/** 2025年全年: of prices the calendar year. */
const yearSaid = ({ period }: Frame): Time | undefined =>
  period?.kind === 'period' && period.year !== undefined
    ? { kind: 'window', ...period.days, name: 'year' }
    : undefined;

interface Returns {
  readonly mine: Figure;
  readonly its: Figure;
  readonly why: Words;
}

function returnsOf(data: ClaimData, frame: Frame, asOf: AsOf): Returns | Refusal {
  const { entity, other } = frame;
  const time = frame.time ?? yearSaid(frame);
  if (entity === undefined || other === undefined || entity === other)
    return refuse('no two names are compared', '没有可比较的两个名称');
  const [own, theirs] = [data.series.get(entity), data.series.get(other)];
  if (own === undefined) return asRefusal(noSeries(data, entity));
  if (theirs === undefined) return asRefusal(noSeries(data, other));
  const said =
    time !== undefined && time.kind !== 'period'
      ? time
      : ({ kind: 'day', day: lastDay(own, asOf.written) ?? asOf.written, yearWritten: true } as const);
  if (time === undefined) return refuse('no window is named', '没有写明期间');
  const [a, b] = [windowOf(own, said), windowOf(theirs, said)];
  if (a === undefined || b === undefined || a.from !== b.from || a.to !== b.to)
    return refuse('prices of the whole window are not held for both', '没有双方覆盖整个期间的价格');
  const [mine, its] = [changeFigure(data, entity, own, a), changeFigure(data, other, theirs, b)];
  return {
    mine,
    its,
    why: joined(`${entity} `, mine.text, words('; ', '；'), `${other} `, its.text),
  };
}
