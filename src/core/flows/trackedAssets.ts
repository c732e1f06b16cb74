/**
 * Assets that track an index: published totals, each with its date and scope. Feeder funds hold the ETFs, so a
 * total that included them would count the same shares twice.
 */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';

export interface PublishedAssets {
  readonly knownOn: Day;
  readonly amount: number;
  readonly scope: string;
  readonly feeders: string;
  readonly source: string;
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
