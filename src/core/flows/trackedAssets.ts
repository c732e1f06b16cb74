/**
 * Assets that track an index: published totals, each with its date and scope. Feeder funds hold the ETFs, so a
 * total that included them would count the same shares twice.
 */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { sum } from '../base/sum.js';
import { formatDay } from '../calendar/day.js';
import { sessionsLeft, type SessionCalendar } from '../calendar/sessions.js';

export interface PublishedAssets {
  readonly knownOn: Day;
  readonly amount: number;
  readonly scope: string;
  readonly feeders: string;
  readonly source: string;
}

/** Units of one tracker outstanding on a day; what changes between two of them was created or redeemed. */
export interface TrackerUnits {
  readonly fund: string;
  readonly asOf: Day;
  readonly knownOn: Day;
  readonly units: number;
}

export interface TrackedAssets {
  /** The latest total known. */
  readonly amount: number;
  readonly currency: string;
  readonly asOf: Day;
  /** Smallest and largest total published since the review was announced. */
  readonly range: readonly [number, number];
  readonly scope: string;
  readonly feeders: string;
  readonly source: string;
}

/**
 * The latest published total known, with the range of those known since `since` (or just the latest one).
 * @throws Refusal `no_tracked_assets` when none was known
 */
export function trackedAssets(
  published: readonly PublishedAssets[],
  currency: string,
  since: Day,
  knownAt: Day,
): TrackedAssets {
  const known = published
    .filter((assets) => assets.knownOn <= knownAt)
    .toSorted((a, b) => a.knownOn - b.knownOn);
  const latest = known.at(-1);
  if (!latest) {
    throw new Refusal(
      'no_tracked_assets',
      `no total of tracked assets was known on ${formatDay(knownAt)}; give one with --assets`,
      {
        knownAt: formatDay(knownAt),
      },
    );
  }
  const recent = known.filter((assets) => assets.knownOn >= since).map((assets) => assets.amount);
  const range = recent.length > 0 ? recent : [latest.amount];
  return {
    amount: latest.amount,
    currency,
    asOf: latest.knownOn,
    range: [Math.min(...range), Math.max(...range)],
    scope: latest.scope,
    feeders: latest.feeders,
    source: latest.source,
  };
}

/** Published totals moved with the index from their day to `day`, as if nothing had been created or redeemed since. */
export function carriedTotals(
  published: readonly PublishedAssets[],
  levels: ReadonlyMap<Day, number>,
  day: Day,
): PublishedAssets[] {
  const now = levels.get(day);
  return published.map((total) => {
    const then = levels.get(total.knownOn);
    return now === undefined || then === undefined || total.knownOn > day
      ? total
      : { ...total, amount: (total.amount * now) / then };
  });
}

/**
 * How fast units come and go: standard deviation of their logarithm per square root of a session, as a walk, from every
 * two counts of a fund next to each other that were known. 0 when there are none.
 */
export function creationsPerSession(
  counted: readonly TrackerUnits[],
  calendar: SessionCalendar,
  knownAt: Day,
): number {
  const known = counted.filter(({ knownOn }) => knownOn <= knownAt);
  const squares = known.flatMap((later) => {
    const earlier = known.findLast(({ fund, asOf }) => fund === later.fund && asOf < later.asOf);
    if (earlier === undefined) return [];
    const sessions = sessionsLeft(calendar, earlier.asOf, later.asOf);
    return sessions === 0 ? [] : [Math.log(later.units / earlier.units) ** 2 / sessions];
  });
  return squares.length === 0 ? 0 : Math.sqrt(sum(squares) / squares.length);
}
