/** One share or index against another: at the close, within the session, over a window, and against all that are held. */
import type { Day } from '../../base/brand.js';
import { formatDay } from '../../calendar/day.js';
import { type Answered, asRefusal, refuse, type Refusal } from './answered.js';
import type { Words } from '../../base/words.js';
import type { AsOf, Candidates } from './candidates.js';
import { changeFigure } from './changeFigures.js';
import type { Figure } from '../claim.js';
import type { ClaimData, Series } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { noSeries, priceInput } from './priceFigures.js';
import { closeOn, lastDay, valueOn, windowOf } from './series.js';
import { joined, metricWords, onDay, valueWords, words } from './wording.js';

/** One price above another: at the close unless the text says within the session. */
export function comparedAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
  const { entity, other } = frame;
  if (entity === undefined || other === undefined || entity === other) return undefined;
  if (frame.metric === 'marketCap' || frame.events.has('outperformed'))
    return refuse('market values of both are not held', '没有双方的市值数据');
  if (frame.metric !== undefined && !['price', 'close', 'high', 'low', 'open'].includes(frame.metric))
    return refuse('it is held for one of the two only', '只有其中一方的数据');
  const [own, theirs] = [data.series.get(entity), data.series.get(other)];
  if (own === undefined) return asRefusal(noSeries(data, entity));
  if (theirs === undefined) return asRefusal(noSeries(data, other));
  if (own.unit !== theirs.unit) return refuse('the two are not in one unit', '两者单位不同');
  const said = frame.time?.kind === 'day' ? frame.time.day : undefined;
  const day = said ?? lastDay(own, asOf.written);
  if (day === undefined || Number.isNaN(closeOn(own, day)) || Number.isNaN(closeOn(theirs, day)))
    return refuse(
      `prices of both on ${day === undefined ? 'that day' : formatDay(day)} are not held`,
      '没有双方当日的价格',
    );
  const above = frame.event === 'passed';
  const atClose = closeOn(own, day) > closeOn(theirs, day) === above;
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
  if (within === undefined || within.holds === atClose)
    return { holds: atClose, figure: closes, why: closes.text };
  // True within the session, not at the close: the text has to say which.
  return {
    holds: true,
    figure: within.figure,
    why: joined(within.figure.text, words('; not at the close: ', '；收盘并非如此：'), closes.text),
    reading: words('within the session, not at the close', '盘中如此，收盘并非如此'),
  };
}

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
function withinSession(
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

interface Returns {
  readonly mine: Figure;
  readonly its: Figure;
  readonly why: Words;
}

function returnsOf(data: ClaimData, frame: Frame, asOf: AsOf): Returns | Refusal {
  const { entity, other, time } = frame;
  if (entity === undefined || other === undefined || entity === other)
    return refuse('no two names are compared', '没有可比较的两个名称');
  const [own, theirs] = [data.series.get(entity), data.series.get(other)];
  if (own === undefined) return asRefusal(noSeries(data, entity));
  if (theirs === undefined) return asRefusal(noSeries(data, other));
  const said =
    time !== undefined && time.kind !== 'period'
      ? time
      : ({ kind: 'day', day: lastDay(own, asOf.written) ?? asOf.written, yearWritten: true } as const);
  if (frame.time === undefined) return refuse('no window is named', '没有写明期间');
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

/** The dearest of the A shares held: the STAR market whole, and Moutai, which was the dearest of all before. */
export function dearestAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered {
  const { entity } = frame;
  if (entity === undefined) return refuse('no name says who', '没有写明是谁');
  const series = data.series.get(entity);
  if (series === undefined) return asRefusal(noSeries(data, entity));
  const day = frame.time?.kind === 'day' ? frame.time.day : lastDay(series, asOf.written);
  if (day === undefined || Number.isNaN(closeOn(series, day)))
    return refuse('no price of that day is held', '没有当日的价格');
  const ranked = [...data.series]
    .filter(([, one]) => one.unit === 'CNY per share')
    .map(([id, one]) => ({ id, close: closeOn(one, day) }))
    .filter(({ close }) => !Number.isNaN(close))
    .toSorted((a, b) => b.close - a.close);
  const [first, second] = ranked;
  const place = ranked.findIndex(({ id }) => id === entity) + 1;
  const figure: Figure = {
    value: closeOn(series, day),
    unit: series.unit,
    asOf: day,
    text: joined(
      words(
        `no. ${place} of ${ranked.length} shares held: `,
        `在有数据的${ranked.length}只股票中居第${place}：`,
      ),
      `${first.id} `,
      valueWords(first.close, 'CNY per share'),
      words(', ', '，'),
      `${second.id} `,
      valueWords(second.close, 'CNY per share'),
      onDay(day),
    ),
    inputs: [first, second].map(({ id }) => priceInput(id, data.series.get(id) as Series, 'close', day)),
  };
  const holds = place === 1;
  const intraday =
    !holds && !frame.marks.has('atClose') && first.id !== entity
      ? withinSession(entity, series, first.id, data.series.get(first.id) as Series, day, true)
      : undefined;
  if (intraday?.holds === true) {
    const why = joined(intraday.figure.text, words('; at the close: ', '；收盘：'), figure.text);
    return frame.marks.has('intraday')
      ? { holds: true, figure: intraday.figure, why }
      : {
          holds: true,
          figure: intraday.figure,
          why,
          reading: words('within the session, not at the close', '盘中如此，收盘并非如此'),
        };
  }
  return { holds, figure, why: figure.text };
}
