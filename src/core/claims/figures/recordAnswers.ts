/** Records: of closes, of prices within a session, of the value traded, and lows; since a day, or of all that is held. */
import type { Day } from '../../base/brand.js';
import { formatDay } from '../../calendar/day.js';
import { type Answered, asRefusal, fromEach, refuse } from './answered.js';
import type { AsOf } from './candidates.js';
import type { Figure } from '../claim.js';
import type { ClaimData, Series } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { noSeries, ONLY_CLOSES, priceFigure } from './prices.js';
import { recordUntil } from './series.js';
import { sessionMeant } from './sessionMeant.js';
import { tradedFigure } from './valueFigures.js';
import { joined, words } from './wording.js';

export function recordAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
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
  const day = sessionMeant(frame, series, asOf);
  if (typeof day !== 'number') return day;
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
  asOf: AsOf,
  since: Day | undefined,
): Answered {
  const day = sessionMeant(frame, series, asOf);
  if (typeof day !== 'number') return day;
  const record = series.value && recordUntil(series, series.value, day, since);
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
export function lowAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
  return fromEach(frame, (one) => lowSince(data, one, asOf));
}

function lowSince(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
  const { entity: id, marks, metric } = frame;
  if (
    id === undefined ||
    (metric !== undefined && !['price', 'close', 'low', 'tradedValue'].includes(metric))
  )
    return undefined;
  const series = data.series.get(id);
  if (series === undefined) return asRefusal(noSeries(data, id));
  if (metric === 'tradedValue')
    return refuse('the lowest value traded is not looked for', '不核对成交额的低点');
  const day = sessionMeant(frame, series, asOf);
  if (typeof day !== 'number') return day;
  const intraday = marks.has('intraday') && !marks.has('atClose');
  if (intraday && series.low === undefined) return asRefusal(ONLY_CLOSES);
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
