/** "Its sharpest one-day fall since mid-January", 今年最大单日涨幅: one change against all others of its kind. */
import type { Day } from '../../base/brand.js';
import { formatDay } from '../../calendar/day.js';
import { rowAt } from '../../statements/fundamentals.js';
import { type Answered, asRefusal, fromEach, refuse } from './answered.js';
import type { AsOf } from './candidates.js';
import type { ClaimData } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { changeFigure } from './changeFigures.js';
import { noSeries } from './prices.js';
import { changeOver, endsOf, lastDay } from './series.js';
import { joined, words } from './wording.js';

/** Of sessions, weeks or months, since the day said; without one of all that is held. */
export function extremeAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
  return fromEach(frame, (one) => extremeSince(data, one, asOf));
}

function extremeSince(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
  const { entity: id, sign, marks, time, metric } = frame;
  if (marks.has('allShares') || (metric !== undefined && metric !== 'price' && metric !== 'close'))
    return refuse('only its own changes are compared', '只比较其自身的涨跌');
  if (id === undefined || sign === undefined) return undefined;
  const series = data.series.get(id);
  if (series === undefined) return asRefusal(noSeries(data, id));
  const unit = marks.has('weekly') ? 'week' : marks.has('monthly') ? 'month' : 'session';
  if (marks.has('throughout')) return refuse('the time said has no first day', '所称时段没有明确起点');
  const stretch = frame.timed && time?.kind === 'window' && time.since !== true ? time : undefined;
  // "Its biggest one-day gain, in August": which session is not said; "its best month, August" says it.
  const says = stretch === undefined || stretch.name === unit || stretch.to >= asOf.written;
  if (!says) return refuse('which session of that time is meant is not said', '没有写明是期间的哪一个交易日');
  const day =
    time?.kind === 'day' ? time.day : lastDay(series, stretch?.name === unit ? stretch.to : asOf.written);
  if (day === undefined) return refuse('no price of that day is held', '没有当日的价格');
  const ends = endsOf(series, rowAt(series.days, day), unit, series.days.length);
  if (ends.length < 3 || (time?.kind === 'day' && ends[0] !== day))
    return refuse('no price of that day is held', '没有当日的价格');
  const since = frame.since.length === 0 ? (series.days[0] as Day) : Math.max(...frame.since);
  const change = (at: number): number => sign * changeOver(data, id, { from: ends[at + 1], to: ends[at] });
  let best = 0;
  for (let at = 1; at + 1 < ends.length && ends[at + 1] >= since - 1; at++)
    if (change(at) > change(best)) best = at;
  const window = { from: ends[best + 1], to: ends[best] };
  const figure = changeFigure(data, id, series, window);
  const why = joined(
    words('the largest up to then: ', '截至当时的最大：'),
    figure.text,
    words(` (since ${formatDay(since as Day)})`, `（自${formatDay(since as Day)}起）`),
  );
  return { holds: best === 0 && change(0) > 0, figure, why };
}
