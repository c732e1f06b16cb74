/** The first of all shares held: by price, and by the value traded. */
import type { Day } from '../../base/brand.js';
import { type Answered, asRefusal, refuse } from './answered.js';
import type { AsOf } from './candidates.js';
import type { Figure } from '../claim.js';
import type { ClaimData, Series } from './claimData.js';
import { lately, withinSession } from './comparisonAnswers.js';
import type { Frame } from '../frames/frame.js';
import { noSeries, priceFigure, priceInput } from './prices.js';
import { tradedFigure } from './valueFigures.js';
import { closeOn, valueOn } from './series.js';
import { sessionMeant } from './sessionMeant.js';
import { joined, onDay, valueWords, words } from './wording.js';

/** The dearest of the A shares held: the STAR market whole, and Moutai, which was the dearest of all before. */
export function dearestAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered {
  const { entity } = frame;
  if (entity === undefined) return refuse('no name says who', '没有写明是谁');
  const series = data.series.get(entity);
  if (series === undefined) return asRefusal(noSeries(data, entity));
  const day = sessionMeant(frame, series, asOf);
  if (typeof day !== 'number') return day;
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
  const before =
    holds || frame.timed || !asOf.known
      ? undefined
      : lately(series, day).find((at) => dearestOn(data, at) === entity);
  const earlier = before && priceFigure(entity, series, 'close', before);
  return { holds, figure, why: figure.text, ...(earlier && { earlier }) };
}

/** Whose close was the highest of all held. */
function dearestOn(data: ClaimData, day: Day): string | undefined {
  let [best, first] = [0, undefined as string | undefined];
  for (const [id, one] of data.series) {
    const close = one.unit === 'CNY per share' ? closeOn(one, day) : Number.NaN;
    if (close > best) [best, first] = [close, id];
  }
  return first;
}

/** The most traded of the STAR market: no values of the other boards are held, so a first place of all A shares cannot be seen. */
export function mostTradedAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered {
  const { entity } = frame;
  const series = data.series.get(entity ?? '');
  if (entity === undefined || series === undefined) return asRefusal(noSeries(data, entity ?? ''));
  const day = sessionMeant(frame, series, asOf);
  if (typeof day !== 'number') return day;
  const ranked = [...data.series]
    .map(([id, one]) => ({ id, value: valueOn(one, one.value, day) }))
    .filter(({ value }) => value > 0)
    .toSorted((a, b) => b.value - a.value);
  const place = ranked.findIndex(({ id }) => id === entity) + 1;
  if (place === 0) return refuse('the value traded that day is not held', '没有当日的成交额');
  const [first, second] = ranked;
  const figure: Figure = {
    value: place,
    unit: 'count',
    asOf: day,
    text: joined(
      words(
        `no. ${place} of ${ranked.length} STAR shares by value traded: `,
        `成交额居${ranked.length}只科创板股票第${place}：`,
      ),
      ...[first, second].flatMap(({ id, value }, i) => [
        words(i === 0 ? '' : ', ', i === 0 ? '' : '，'),
        `${id} `,
        valueWords(value, 'CNY'),
      ]),
      onDay(day),
    ),
    inputs: [first, second].flatMap(
      ({ id }) => tradedFigure(id, data.series.get(id) as Series, day)?.inputs ?? [],
    ),
  };
  if (place === 1 && frame.marks.has('allShares'))
    return refuse(
      'it was first of the STAR market; the value traded on the other boards is not held',
      '在科创板居首，但没有其他板块的成交额',
    );
  return { holds: place === 1, figure, why: figure.text };
}
