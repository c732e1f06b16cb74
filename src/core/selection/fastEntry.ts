/**
 * Fast entry: a very large new listing joins between reviews, so many sessions after its first. Families:
 * rulebooks.md 2.5 (CSI), 5 (Hang Seng), 6.1 (Nasdaq-100 since May 2026), 8.2 (Russell), 8.5 (KOSPI 200).
 */
import { Type, type Static } from 'typebox';
import type { Day } from '../base/brand.js';
import { sessionsBetween, shiftSessions, type SessionCalendar } from '../calendar/sessions.js';

const sessionCount = (minimum: number, description: string) => Type.Integer({ minimum, description });

export const FastEntrySchema = Type.Object(
  {
    kind: Type.Literal('fast-entry'),
    testAfterSessions: sessionCount(1, 'the rank is taken at the close of this session, the first being 1'),
    rankTop: Type.Integer({ minimum: 1, description: 'the newcomer must rank at least this high' }),
    among: Type.Enum(['members', 'market'], { description: 'whom it is ranked among' }),
    joinAfterSessions: sessionCount(1, 'it joins after the close of this session, the first being 1'),
    noticeSessions: Type.Optional(sessionCount(0, 'sessions between announcement and joining, at least')),
    evict: Type.Enum(['lowest', 'none'], {
      description:
        '`lowest`: the lowest-ranked member leaves; `none`: the count exceeds until the next review',
    }),
    notWithinSessionsOfReview: Type.Optional(
      sessionCount(0, 'no fast entry when fewer sessions than this remain to the next review'),
    ),
  },
  { additionalProperties: false, description: 'a large new listing joins between reviews' },
);
export type FastEntryRule = Static<typeof FastEntrySchema>;

interface FastEntryDates {
  /** Session at whose close the rank is taken. */
  readonly tested: Day;
  /** Latest day of an announcement that gives the notice; the tested session where no notice is asked. */
  readonly announcedBy: Day;
  /** Session after whose close it joins: when funds buy. */
  readonly swap: Day;
  /** First session as a member. */
  readonly joins: Day;
}

/**
 * The dates of a fast entry; `undefined` when the next review is too near. A test too late for the notice
 * moves the joining back by as much.
 * @param first first session of the newcomer, counted as 1
 * @param nextReview first session of the next regular basket
 */
export function fastEntryDates(
  rule: FastEntryRule,
  first: Day,
  sessions: SessionCalendar,
  nextReview?: Day,
): FastEntryDates | undefined {
  const nth = (k: number): Day => shiftSessions(sessions, first, k - 1);
  const tested = nth(rule.testAfterSessions);
  const notice = rule.noticeSessions ?? 0;
  const swap = Math.max(nth(rule.joinAfterSessions), shiftSessions(sessions, tested, notice)) as Day;
  const joins = shiftSessions(sessions, swap, 1);
  const short = rule.notWithinSessionsOfReview ?? 0;
  if (nextReview !== undefined && sessionsLeft(sessions, joins, nextReview) < short) return undefined;
  const announcedBy = shiftSessions(sessions, joins, -(notice + 1));
  return { tested, announcedBy: rule.noticeSessions === undefined ? tested : announcedBy, swap, joins };
}

/** Sessions as a member before the next basket takes over. */
function sessionsLeft(sessions: SessionCalendar, joins: Day, nextReview: Day): number {
  return nextReview <= joins ? 0 : sessionsBetween(sessions, joins, nextReview).length - 1;
}

interface FastEntryTest<T> {
  /** Rank of the newcomer among those it is compared with, from 1; equals rank alike. */
  readonly rank: number;
  readonly qualifies: boolean;
  /** Who leaves for it. */
  readonly evicted: T | undefined;
}

/**
 * Whether a newcomer ranks high enough, and who leaves.
 * @param size of the newcomer, in the measure of the rule's rank
 * @param members of the index, the smallest of whom leaves where the rule says so
 * @param market sizes of every other security of the market
 */
export function testFastEntry<T>(
  rule: FastEntryRule,
  size: number,
  members: readonly { readonly item: T; readonly size: number }[],
  market: readonly number[],
): FastEntryTest<T> {
  const others = rule.among === 'members' ? members.map((member) => member.size) : market;
  const rank = 1 + others.filter((other) => other > size).length;
  const qualifies = rank <= rule.rankTop;
  const lowest = members.toSorted((a, b) => a.size - b.size).at(0)?.item;
  return { rank, qualifies, evicted: qualifies && rule.evict === 'lowest' ? lowest : undefined };
}
