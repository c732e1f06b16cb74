/** Windows that texts mean without saying so: the day, the week, the month, the year, counted back from the day of writing. */
import type { Day } from '../../base/brand.js';
import type { Words } from '../../base/words.js';
import { addDays, addMonths, civilOf, dayOf, weekdayOf } from '../../calendar/day.js';
import { rowAt } from '../../statements/fundamentals.js';
import type { Series } from './claimData.js';
import { lastDay, windowOf, type Window } from './series.js';
import type { Time } from '../time/time.js';
import { joined, overWindow, words } from './wording.js';

interface NamedWindow {
  readonly name: Words;
  readonly window: Window;
  readonly thisWeek: boolean;
  readonly onTheDay: boolean;
}

/** Those of the last day of writing asked for. */
const windows = new WeakMap<Series, { readonly written: Day; readonly named: readonly NamedWindow[] }>();

export function namedWindows(series: Series, written: Day): readonly NamedWindow[] {
  const known = windows.get(series);
  if (known?.written === written) return known.named;
  const named = windowsBy(series, written);
  windows.set(series, { written, named });
  return named;
}

/** Windows that texts mean without saying so, counted back from the day of writing. */
function windowsBy(series: Series, written: Day): NamedWindow[] {
  const last = lastDay(series, written);
  if (last === undefined) return [];
  const monday = addDays(last, -((weekdayOf(last) + 6) % 7));
  const { year, month } = civilOf(last);
  const week = (from: Day): Time => ({
    kind: 'window',
    from,
    to: addDays(from, 6) < last ? addDays(from, 6) : last,
    name: 'week',
  });
  const monthOf = (from: Day): Time => ({
    kind: 'window',
    from,
    to: addDays(addMonths(from, 1), -1) < last ? addDays(addMonths(from, 1), -1) : last,
    name: 'month',
  });
  const thisMonth = dayOf(year, month, 1);
  const thisWeek = week(monday);
  const onTheDay: Time = { kind: 'day', day: last, yearWritten: true };
  const times: (readonly [Words, Time])[] = [
    [words('on the day', '当日'), onTheDay],
    ...[1, 2, 3, 4, 5, 6].map((back): readonly [Words, Time] => [
      words('on one day', '单日'),
      {
        kind: 'day',
        day: series.days[Math.max(1, rowAt(series.days, last) - back)] as Day,
        yearWritten: true,
      },
    ]),
    [words('in the week so far', '本周以来'), thisWeek],
    [words('in the week before', '前一周'), week(addDays(monday, -7))],
    [words('in the month so far', '本月以来'), monthOf(thisMonth)],
    [words('in the month before', '上月'), monthOf(addMonths(thisMonth, -1))],
    [
      words('since the start of the year', '年初以来'),
      { kind: 'window', from: dayOf(year, 1, 1), to: last, name: 'year to date' },
    ],
    [words('over twelve months', '过去十二个月'), { kind: 'closes', from: addMonths(last, -12), to: last }],
  ];
  return times.flatMap(([name, time]) => {
    const window = windowOf(series, time);
    return window === undefined
      ? []
      : [
          {
            name: joined(name, overWindow(window.from, window.to)),
            window,
            thisWeek: time === thisWeek,
            onTheDay: time === onTheDay,
          },
        ];
  });
}
