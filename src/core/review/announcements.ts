/** The provider's published changes, and what of them was known on a day. */
import type { Day, SecurityId } from '../base/brand.js';

/** What the provider published about one review. */
export interface Announcement {
  readonly announced: Day;
  readonly additions: readonly SecurityId[];
  readonly deletions: readonly SecurityId[];
  readonly reserve: readonly SecurityId[];
  /** How each change is known, by code: `documented`, or how it was derived. */
  readonly basis: Readonly<Record<string, string>>;
}

export interface PublishedChange {
  readonly announced: Day;
  readonly effective: Day;
  readonly action: 'add' | 'delete';
  readonly id: SecurityId;
  /** `documented`, or how it was derived. */
  readonly basis: string;
}

export interface PublishedReserve {
  readonly announced: Day;
  readonly effective: Day;
  readonly position: number;
  readonly id: SecurityId;
}

/** The announcement of the review that takes effect on a day, or `undefined` when it was not known yet. */
export function announcementOf(
  changes: readonly PublishedChange[],
  reserve: readonly PublishedReserve[],
  effective: Day,
  knownAt: Day,
): Announcement | undefined {
  const known = changes.filter((change) => change.effective === effective && change.announced <= knownAt);
  if (known.length === 0) return undefined;
  const list = reserve
    .filter((entry) => entry.effective === effective && entry.announced <= knownAt)
    .toSorted((a, b) => a.position - b.position);
  const idsOf = (action: PublishedChange['action']): SecurityId[] =>
    known
      .filter((change) => change.action === action)
      .map((change) => change.id)
      .toSorted();
  return {
    announced: Math.min(...known.map((change) => change.announced)) as Day,
    additions: idsOf('add'),
    deletions: idsOf('delete'),
    reserve: list.map((entry) => entry.id),
    basis: Object.fromEntries(
      known.map(({ id, basis }) => [id, basis] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}
