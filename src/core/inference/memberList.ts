/** Published member lists of an index, and which of them a window of sessions touches. */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { addDays, formatDay } from '../calendar/day.js';
import { sessionOnOrBefore, type SessionCalendar } from '../calendar/sessions.js';

/** Who was in the index between two reviews. */
export interface MemberList {
  /** First day a person could know it. */
  readonly knownOn: Day;
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** Ascending codes. */
  readonly ids: readonly SecurityId[];
  /** How the list came to be, for instance `derived`. */
  readonly basis: string;
}

/** A list over the part of a window it answers for, swap close included: there both baskets give the level. */
export interface Stretch {
  readonly list: MemberList;
  /** Close at which the list took over; it may lie before the window. */
  readonly swap: Day;
  readonly from: Day;
  readonly to: Day;
}

/** @throws Refusal `members_unknown` when the lists do not cover the window */
export function stretchesOf(
  lists: readonly MemberList[],
  calendar: SessionCalendar,
  from: Day,
  to: Day,
): Stretch[] {
  const known = lists
    .filter(({ knownOn }) => knownOn <= to)
    .toSorted((a, b) => a.firstDay - b.firstDay)
    .map((list) => ({ list, swap: sessionOnOrBefore(calendar, addDays(list.firstDay, -1)) }));
  const first = known.findLastIndex(({ swap }) => swap <= from);
  const last = known.at(-1);
  if (first < 0 || last === undefined || last.list.lastDay < to) throw membersUnknown(known, from, to);
  return known
    .slice(first)
    .filter(({ swap }) => swap < to)
    .map(({ list, swap }) => ({
      list,
      swap,
      from: Math.max(from, swap) as Day,
      to: Math.min(to, list.lastDay) as Day,
    }));
}

function membersUnknown(
  known: readonly { readonly list: MemberList; readonly swap: Day }[],
  from: Day,
  to: Day,
): Refusal {
  const window = { from: formatDay(from), to: formatDay(to) };
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined)
    return new Refusal('members_unknown', 'no member list of this index is known in the window', window);
  const range = { first: formatDay(first.swap), last: formatDay(last.list.lastDay) };
  return new Refusal(
    'members_unknown',
    `the members are known from the close of ${range.first} to ${range.last} only; ` +
      `the window is ${window.from} to ${window.to}`,
    { ...window, ...range },
  );
}
