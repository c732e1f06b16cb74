/** Prices that went through a number: for the first time, within the session, or where nothing of the session is held. */
import type { Day } from '../../base/brand.js';
import { type Candidate, type Candidates, notCheckable } from './candidates.js';
import type { Figure } from '../claim.js';
import type { Series } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { matchOf } from '../matches.js';
import type { Quantity } from '../text/quantities.js';
import { columnOf, priceFigure, type PriceMetric } from './prices.js';
import { joined, metricWords, words } from './wording.js';

/** "Its first close above 4,000 this year": with an earlier one in the stretch it is not the first. */
export function passedBefore(
  id: string,
  series: Series,
  asked: PriceMetric,
  frame: Frame,
  found: Candidates,
): Candidates | undefined {
  const { quantity, marks } = frame;
  const over = quantity?.hedge === 'over';
  const column = columnOf(series, asked);
  if (!marks.has('firstTime') || quantity === undefined || !(over || quantity.hedge === 'under'))
    return undefined;
  const main = 'candidates' in found ? found.candidates.find(({ role }) => role === 'main') : undefined;
  if (main === undefined || column === undefined || matchOf(frame, quantity, main) === undefined)
    return undefined;
  const since = frame.since.length === 0 ? -Infinity : Math.max(...frame.since);
  const best = over ? series.high : series.low;
  const within = !marks.has('atClose') && frame.metric !== 'close' && best !== undefined;
  const touched = (row: number): boolean =>
    series.days[row] >= since &&
    series.days[row] < main.figure.asOf &&
    (over ? (best?.[row] ?? 0) > quantity.value : (best?.[row] ?? Infinity) < quantity.value);
  if (within && Array.from(series.days.keys()).some(touched))
    return notCheckable('it was beyond that number within a session before', '此前已有盘中越过该数字');
  const sooner = series.days.findIndex(
    (day, row) =>
      day >= since &&
      day < main.figure.asOf &&
      (over ? column[row] > quantity.value : column[row] < quantity.value),
  );
  const figure = sooner < 0 ? undefined : priceFigure(id, series, asked, series.days[sooner] as Day);
  if (figure === undefined) return undefined;
  // What is said is the day: the number is right of an earlier one.
  const note = words('not the first time: ', '并非首次：');
  return {
    candidates: [{ role: 'main', figure: { ...figure, value: Number.NaN, text: joined(note, figure.text) } }],
  };
}

/** "Broke through 1,300" where the close before was beyond it already and the session never went back: it is no crossing of that day. */
export function beyondAlready(series: Series, frame: Frame, found: Candidates): boolean {
  const { quantity } = frame;
  const main = 'candidates' in found ? found.candidates.find(({ role }) => role === 'main') : undefined;
  if (!isCrossed(frame) || quantity === undefined || main === undefined) return false;
  const over = quantity.hedge === 'over';
  if (!over && quantity.hedge !== 'under') return false;
  const row = series.days.indexOf(main.figure.asOf);
  if (row < 1) return false;
  const beyond = (price: number): boolean => (over ? price > quantity.value : price < quantity.value);
  const worst = (over ? series.low : series.high)?.[row];
  if (
    (quantity.regained === true || frame.marks.has('regained')) &&
    !series.close.subarray(0, row).some(beyond)
  )
    return true;
  return beyond(series.close[row - 1]) && (worst === undefined || Number.isNaN(worst) || beyond(worst));
}

export const isCrossed = ({ quantity, marks }: Frame): boolean =>
  quantity?.crossed === true || marks.has('crossed');

/** "Broke through 1,400" may be of the session as well as of the close. */
export function withSession(
  found: Candidates,
  figure: (metric: PriceMetric, day: Day) => Figure | undefined,
): Candidates {
  const main = 'candidates' in found ? found.candidates.find(({ role }) => role === 'main') : undefined;
  if (!('candidates' in found) || main === undefined) return found;
  const session = (['high', 'low'] as const).flatMap((metric): Candidate[] => {
    const price = figure(metric, main.figure.asOf);
    return price === undefined ? [] : [{ role: 'reading', words: metricWords(metric), figure: price }];
  });
  return { ...found, candidates: [...found.candidates, ...session] };
}

/** "Broke through 4,000" where the close did not: it may have done so within the session, of which nothing is held. */
export const crossesUnseen = (frame: Frame, found: Candidates): boolean =>
  isCrossed(frame) &&
  !frame.marks.has('atClose') &&
  frame.metric !== 'close' &&
  'candidates' in found &&
  !found.candidates.some(
    (one) => one.role === 'main' && matchOf(frame, frame.quantity as Quantity, one) !== undefined,
  );
