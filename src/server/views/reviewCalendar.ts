/** All reviews of an index that its trading calendar reaches, with the sessions left to each of their dates. */
import {
  addMonths,
  cyclesAround,
  InputError,
  OCCASIONS,
  Refusal,
  resolveRulebook,
  REVIEW_DATE_NAMES,
  sessionsBetween,
  type Day,
  type Methodology,
  type ReviewDateName,
  type ReviewDates,
  type Rulebook,
  type SessionCalendar,
} from '../../core/index.js';

/** Shorter than what `cyclesAround` sees to either side. */
const STEP_MONTHS = 6;

/** Ascending by effective date; empty where the rulebook states no review dates. */
export function reviewCalendar(rulebook: Rulebook, calendar: SessionCalendar): ReviewDates[] {
  const first = calendar.days[0] as Day;
  const last = calendar.days[calendar.days.length - 1] as Day;
  const found = new Map<Day, ReviewDates>();
  for (let day = first; day <= addMonths(last, STEP_MONTHS); day = addMonths(day, STEP_MONTHS)) {
    for (const methodology of methodologiesOn(rulebook, Math.min(day, last) as Day)) {
      for (const dates of cyclesOf(methodology, calendar, day)) found.set(dates.effective, dates);
    }
  }
  return [...found.values()].toSorted((a, b) => a.effective - b.effective);
}

/** One per kind of review, where a rulebook tells them apart; none before its first clause. */
function methodologiesOn(rulebook: Rulebook, day: Day): Methodology[] {
  try {
    return [resolveRulebook(rulebook, day)];
  } catch (error) {
    if (error instanceof Refusal) return [];
    if (!(error instanceof InputError) || error.code !== 'missing_occasion') throw error;
    return OCCASIONS.map((occasion) => resolveRulebook(rulebook, day, {}, occasion));
  }
}

function cyclesOf(methodology: Methodology, calendar: SessionCalendar, day: Day): ReviewDates[] {
  try {
    return cyclesAround(methodology, calendar, day);
  } catch (error) {
    // Rules of weight alone, without review dates, are a rulebook too.
    if (error instanceof Refusal && error.code === 'rulebook_incomplete') return [];
    throw error;
  }
}

/** The first review whose effective date is still to come. */
export const nextReview = (reviews: readonly ReviewDates[], knownAt: Day): ReviewDates | undefined =>
  reviews.find(({ effective }) => effective > knownAt);

/** Trading sessions from the evening of a day to each date; `null` for a date that has passed. */
export function countdown(
  dates: ReviewDates,
  calendar: SessionCalendar,
  knownAt: Day,
): Record<ReviewDateName, number | null> {
  const left = (day: Day): number | null => {
    if (day <= knownAt) return null;
    const first = Math.max(knownAt + 1, calendar.days[0]) as Day;
    return sessionsBetween(calendar, first, Math.max(first, lastSessionUpTo(calendar, day)) as Day).length;
  };
  return Object.fromEntries(REVIEW_DATE_NAMES.map((name) => [name, left(dates[name])])) as Record<
    ReviewDateName,
    number | null
  >;
}

const lastSessionUpTo = (calendar: SessionCalendar, day: Day): Day =>
  Math.min(day, calendar.days[calendar.days.length - 1]) as Day;
