/** Who leads: by price, by size, by return; and when one share's price passed another's, within the day and at the close. */
import type { Day } from '../base/brand.js';
import type { DailyBars, DailySeries } from '../statements/fundamentals.js';
import { rowAt } from '../statements/fundamentals.js';
import { input, type FigureInput } from './figure.js';

export interface Ranked {
  readonly id: string;
  readonly value: number;
  /** Close it is of. */
  readonly day: Day;
  /** Its price, and its share count. */
  readonly inputs: readonly FigureInput[];
}

/** Largest first, ties by id. */
export const ranking = (entries: readonly Ranked[], most: number): Ranked[] =>
  entries.toSorted((a, b) => b.value - a.value || (a.id < b.id ? -1 : 1)).slice(0, most);

export interface PassDay {
  readonly day: Day;
  readonly challenger: { readonly high: number; readonly close: number; readonly quality: string };
  readonly holder: {
    readonly low: number;
    readonly high: number;
    readonly close: number;
    readonly quality: string;
  };
  /**
   * Within the day: `certain` when the challenger's high is above the holder's, since no price of the holder reached it;
   * `possible` when it is above the holder's low only, since daily bars do not say which came first.
   */
  readonly intraday: 'certain' | 'possible' | 'no';
  readonly atClose: boolean;
}

/** Days from `from` to `to` on which both traded and the challenger's high or close was above the holder's low or close. */
export function passDays(challenger: DailyBars, holder: DailyBars, from: Day, to: Day): PassDay[] {
  const days: PassDay[] = [];
  for (let row = rowAt(challenger.day, from - 1) + 1; row <= rowAt(challenger.day, to); row++) {
    const other = rowAt(holder.day, challenger.day[row]);
    if (other < 0 || holder.day[other] !== challenger.day[row]) continue;
    const [high, close] = [challenger.high[row], challenger.close[row]];
    const against = {
      low: holder.low[other],
      high: holder.high[other],
      close: holder.close[other],
      quality: holder.quality[other],
    };
    const atClose = close > against.close;
    if (high <= against.low && !atClose) continue;
    days.push({
      day: challenger.day[row] as Day,
      challenger: { high, close, quality: challenger.quality[row] },
      holder: against,
      intraday: high > against.high ? 'certain' : high > against.low ? 'possible' : 'no',
      atClose,
    });
  }
  return days;
}

export interface IndexReturn {
  readonly id: string;
  readonly from: Day;
  readonly to: Day;
  /** close / close - 1 */
  readonly return: number;
  /** Both closes. */
  readonly closes: readonly [number, number];
  readonly inputs: readonly FigureInput[];
}

/** Closing levels of an index, and the table they are in. */
export interface IndexLevels extends DailySeries {
  readonly source: string;
}

/** Return of a series between the last closes on or before two days; undefined when it does not reach that far. */
export function windowReturn(
  id: string,
  { day, value, source }: IndexLevels,
  from: Day,
  to: Day,
): IndexReturn | undefined {
  const [first, last] = [rowAt(day, from), rowAt(day, to)];
  if (first < 0 || last <= first || day[day.length - 1] < to) return undefined;
  return {
    id,
    from: day[first] as Day,
    to: day[last] as Day,
    return: value[last] / value[first] - 1,
    closes: [value[first], value[last]],
    inputs: [first, last].map((row) =>
      input(`${id} close`, value[row], 'points', day[row] as Day, 'observed', source),
    ),
  };
}
