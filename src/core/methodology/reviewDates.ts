/**
 * The five dates of one review. Membership is decided on the cut-off, capping factors are priced on the pricing
 * date, trades happen at the close of the swap day, and the new basket counts from the effective date: three
 * different closes, never to be confused.
 */
import type { Day } from '../base/brand.js';
import { InputError, Refusal } from '../base/errors.js';
import { addMonths, civilOf, dayOf, formatDay } from '../calendar/day.js';
import { followSteps, type DateRule } from '../calendar/dateRule.js';
import { isSession, type SessionCalendar } from '../calendar/sessions.js';
import type { Occasion } from './clause.js';
import { clauseOfKind, resolveRulebook, type Methodology, type ReadingChoice } from './methodology.js';
import type { Rulebook } from './rulebook.js';
import { REVIEW_DATE_NAMES, type ReviewDateName } from './sections.js';

export type ReviewDates = Readonly<Record<ReviewDateName, Day>>;

/** The dates of the cycle in a month. @throws Refusal beyond the calendar. */
export function datesOfCycle(
  methodology: Methodology,
  sessions: SessionCalendar,
  year: number,
  month: number,
): ReviewDates {
  const known = new Map<string, Day>([['month', dayOf(year, month, 1)]]);
  const resolve = (name: string, asked: readonly string[]): Day => {
    const already = known.get(name);
    if (already !== undefined) return already;
    if (asked.includes(name)) {
      throw new Refusal(
        'circular_dates',
        `the calendar of ${methodology.rulebook.id} defines ${name} by itself`,
        { name },
      );
    }
    const { rule } = clauseOfKind(methodology, 'calendar', 'date', name);
    const day = followSteps(rule.steps, resolve(rule.from, [...asked, name]), sessions);
    known.set(name, day);
    return day;
  };
  return Object.fromEntries(REVIEW_DATE_NAMES.map((name) => [name, resolve(name, [])])) as Record<
    ReviewDateName,
    Day
  >;
}

/**
 * The dates of the review that takes effect on the given day.
 * @throws InputError `not_an_effective_date` with the effective dates nearest to it, Refusal `outside_calendar`
 */
export function datesOfReview(
  methodology: Methodology,
  sessions: SessionCalendar,
  effective: Day,
): ReviewDates {
  const around = cyclesAround(methodology, sessions, effective);
  const found = around.find((dates) => dates.effective === effective);
  if (found) return found;
  // A day beyond the calendar is refused as such, not called a wrong date.
  isSession(sessions, effective);
  const nearest = around
    .map((dates) => dates.effective)
    .toSorted((a, b) => Math.abs(a - effective) - Math.abs(b - effective))
    .slice(0, 2)
    .toSorted((a, b) => a - b)
    .map(formatDay);
  const id = methodology.rulebook.id;
  throw new InputError('not_an_effective_date', `${formatDay(effective)} is not an effective date of ${id}`, [
    {
      code: 'not_an_effective_date',
      path: 'effective',
      value: formatDay(effective),
      expected:
        nearest.length > 0
          ? `an effective date of ${id}, nearest: ${nearest.join(' and ')}`
          : `an effective date of ${id}`,
    },
  ]);
}

/**
 * The methodology of the review that takes effect on a day: where a rulebook has several kinds of review, of the kind
 * that has this effective date (Nasdaq-100: annual in December, quarterly in March, June and September).
 * @throws InputError `not_an_effective_date`, Refusal `rulebook_not_in_force`
 */
export function methodologyOfReview(
  rulebook: Rulebook,
  sessions: SessionCalendar,
  effective: Day,
  choice: ReadingChoice = {},
): Methodology {
  const occasions = datedOccasions(rulebook, effective);
  if (occasions.length === 0) return resolveRulebook(rulebook, effective, choice);
  const candidates = occasions.map((occasion) => resolveRulebook(rulebook, effective, choice, occasion));
  const found = candidates.find((methodology) =>
    cyclesAround(methodology, sessions, effective).some((dates) => dates.effective === effective),
  );
  // None has it: the first says so, with the dates nearest to it.
  return found ?? candidates[0];
}

/** Kinds of review that a rulebook gives dates on a day, in the order of the file. */
function datedOccasions(rulebook: Rulebook, on: Day): Occasion[] {
  const dated = rulebook.clauses.calendar
    .filter((clause) => clause.from <= on && (clause.to === undefined || on <= clause.to))
    .flatMap((clause) => clause.occasions ?? []);
  return [...new Set(dated)];
}

/** Every review whose dates the calendar knows, from half a year before to half a year after a day. */
export function cyclesAround(methodology: Methodology, sessions: SessionCalendar, day: Day): ReviewDates[] {
  const months = cycleMonths(methodology);
  const cycles: ReviewDates[] = [];
  for (let shift = -7; shift <= 7; shift++) {
    const { year, month } = civilOf(addMonths(day, shift));
    if (!months.includes(month)) continue;
    try {
      cycles.push(datesOfCycle(methodology, sessions, year, month));
    } catch (error) {
      // A cycle that the calendar does not reach is not a candidate; it is refused when it is asked for.
      if (!(error instanceof Refusal) || error.code !== 'outside_calendar') throw error;
    }
  }
  return cycles;
}

function cycleMonths(methodology: Methodology): readonly number[] {
  const anchored = methodology.clauses.calendar
    .map((clause) => clause.rule as DateRule)
    .find((rule) => rule.months !== undefined);
  return anchored?.months ?? [];
}
