/** Which session an event is of: the day said, or the last one; a window that is over does not say which of its sessions. */
import type { Day } from '../../base/brand.js';
import { type Refusal, refuse } from './answered.js';
import type { AsOf } from './candidates.js';
import type { Series } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { closeOn, lastDay } from './series.js';

export function sessionMeant(
  { time, timed, marks }: Frame,
  series: Series,
  { written }: AsOf,
): Day | Refusal {
  if (marks.has('throughout'))
    return refuse('what is said of every session is not checked', '逐日成立的说法不予核对');
  const last = time?.kind === 'day' ? time.day : lastDay(series, written);
  if (last === undefined || Number.isNaN(closeOn(series, last)))
    return refuse('no price of that day is held', '没有当日的价格');
  const stretch = timed && (time?.kind === 'window' || time?.kind === 'closes') ? time : undefined;
  if (stretch !== undefined && stretch.since !== true && stretch.to < last)
    return refuse('which session of that time is meant is not said', '没有写明是期间的哪一个交易日');
  return last;
}
