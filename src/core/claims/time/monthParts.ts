/**
 * Parts of a month in words. Thirds and halves have edges in the calendar; `early`, `mid` and `late` have none, and a week of a
 * month is its first seven days to some and its first Monday to Friday to others: such a time carries what else it may mean.
 */
import type { Day } from '../../base/brand.js';
import { addDays, civilOf, weekdayOf } from '../../calendar/day.js';
import type { MonthPart } from '../words/meaning.js';

export interface Stretch {
  readonly from: Day;
  readonly to: Day;
}

interface PartOfMonth extends Stretch {
  /** Other stretches the words may mean; none where they have an edge. */
  readonly others: readonly Stretch[];
}

/** @param month from its first to its last day */
export function partOfMonth(part: MonthPart, { from, to }: Stretch): PartOfMonth {
  const days = (first: number, last: number): Stretch => ({
    from: addDays(from, first - 1),
    to: last >= civilOf(to).dayOfMonth ? to : addDays(from, last - 1),
  });
  const end = civilOf(to).dayOfMonth;
  const exact = (stretch: Stretch): PartOfMonth => ({ ...stretch, others: [] });
  const loose = (stretch: Stretch, ...others: Stretch[]): PartOfMonth => ({ ...stretch, others });
  switch (part) {
    case 'first third':
      return exact(days(1, 10));
    case 'second third':
      return exact(days(11, 20));
    case 'last third':
      return exact(days(21, end));
    case 'last ten days':
      return exact(days(end - 9, end));
    case 'first half':
      return exact(days(1, 15));
    case 'second half':
      return exact(days(16, end));
    case 'early':
      return loose(days(1, 10), days(1, 5), days(1, 7), days(1, 15));
    case 'mid':
      return loose(days(11, 20), days(10, 20), days(8, 22));
    case 'late':
      return loose(days(21, end), days(16, end), days(25, end));
    case 'first week':
      return weekOf(from, 0);
    case 'second week':
      return weekOf(from, 1);
    case 'third week':
      return weekOf(from, 2);
    case 'last week': {
      const monday = addDays(to, -((weekdayOf(to) + 6) % 7));
      const whole = weekdayOf(to) >= 5 || weekdayOf(to) === 0 ? monday : addDays(monday, -7);
      return differing({ from: monday, to }, { from: whole, to: addDays(whole, 4) }, days(end - 6, end));
    }
  }
}

/** Counted in sevens from the first; from Monday to Friday with the first such week; and from the week the first lies in. */
function weekOf(first: Day, back: number): PartOfMonth {
  const start = addDays(first, 7 * back);
  const untilMonday = (8 - weekdayOf(first)) % 7;
  const monday = addDays(first, untilMonday + 7 * back);
  const broken = addDays(monday, untilMonday > 0 && untilMonday < 6 ? -7 : 0);
  return differing(
    { from: start, to: addDays(start, 6) },
    { from: monday, to: addDays(monday, 4) },
    { from: broken < first ? first : broken, to: addDays(broken, 4) },
  );
}

/** Weekends at the edges change nothing: stretches with the same weekdays are one. */
function differing(main: Stretch, ...more: readonly Stretch[]): PartOfMonth {
  const key = (one: Stretch): string => {
    const { from, to } = onWeekdays(one);
    return `${from} ${to}`;
  };
  const others = new Map(more.map((one) => [key(one), one]));
  others.delete(key(main));
  return { ...main, others: [...others.values()] };
}

function onWeekdays({ from, to }: Stretch): Stretch {
  let [first, last] = [from, to];
  while (weekdayOf(first) % 6 === 0) first = addDays(first, 1);
  while (weekdayOf(last) % 6 === 0) last = addDays(last, -1);
  return { from: first, to: last };
}
