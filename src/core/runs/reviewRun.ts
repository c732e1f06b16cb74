/**
 * A review as known on a day: dates, three snapshots, selection, pro forma. The basket before it is the latest one
 * known, carried through every review since by the rulebook itself when none was published.
 */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { contentHash } from '../base/hash.js';
import { ENGINE_VERSION } from '../base/version.js';
import { addDays, addMonths, formatDay } from '../calendar/day.js';
import { sessionOnOrBefore } from '../calendar/sessions.js';
import type { Market } from '../market/market.js';
import { snapshotHash, takeSnapshot, type Snapshot } from '../market/snapshot.js';
import type { Methodology, ReadingChoice } from '../methodology/methodology.js';
import {
  cyclesAround,
  datesOfReview,
  methodologyOfReview,
  type ReviewDates,
} from '../methodology/reviewDates.js';
import { announcementOf } from '../review/announcements.js';
import type { Composition } from '../review/composition.js';
import { proForma, type ProForma } from '../review/proForma.js';
import { review, type Review } from '../review/review.js';
import type { IndexData } from './indexData.js';
import type { Provenance } from './provenance.js';

export interface ReviewRequest {
  readonly effective: Day;
  /** Nothing known later is used. */
  readonly knownAt: Day;
  readonly readings?: ReadingChoice;
  /** The basket in force; the latest one known, carried forward, when absent. */
  readonly before?: Composition;
}

export interface ReviewRun {
  readonly methodology: Methodology;
  readonly dates: ReviewDates;
  readonly knownAt: Day;
  readonly review: Review;
  readonly proForma: ProForma;
  readonly snapshots: {
    readonly atCutoff: Snapshot;
    readonly atPricing: Snapshot;
    readonly atSwap: Snapshot;
  };
}

/** Selection and pro forma of one review, as known on a day. */
export function runReview(data: IndexData, request: ReviewRequest): ReviewRun {
  const { effective, knownAt } = request;
  const { market } = data;
  const methodology = methodologyOfReview(data.rulebook, market.calendar, effective, request.readings);
  const dates = datesOfReview(methodology, market.calendar, effective);
  const before = request.before ?? basketBefore(data, dates, request);
  const atCutoff = cutoffSnapshot(data, methodology, dates, knownAt);
  const reviewed = review({
    methodology,
    dates,
    incumbents: before.ids,
    atCutoff,
    sessions: market.calendar,
    announcement: announcementOf(data.changes, data.reserve, effective, knownAt),
  });
  const atPricing = closeAsKnown(market, dates.pricing, knownAt);
  const atSwap = closeAsKnown(market, dates.swap, knownAt);
  const weighed = proForma({
    methodology,
    dates,
    before,
    actions: data.actions,
    members: reviewed.members,
    atPricing,
    atSwap,
  });
  return {
    methodology,
    dates,
    knownAt,
    review: reviewed,
    proForma: weighed,
    snapshots: { atCutoff, atPricing, atSwap },
  };
}

export function provenanceOf(run: ReviewRun): Provenance {
  const { snapshots, proForma: weighed, methodology } = run;
  const { before } = weighed;
  return {
    data: contentHash([
      snapshotHash(snapshots.atCutoff),
      snapshotHash(snapshots.atPricing),
      snapshotHash(snapshots.atSwap),
      before.ids,
      before.adjustedShares,
      before.cappingFactors,
      before.divisor,
    ]),
    rulebook: `${methodology.rulebook.id}@${methodology.rulebook.version}`,
    reading: methodology.readings,
    engine: ENGINE_VERSION,
  };
}

/** Refuses a review without a basket to start from, and says from when on there is one. */
function noBasket({ rulebook: { id }, baskets }: IndexData, effective: string, knownAt: string): Refusal {
  const first = baskets.at(0);
  const message =
    first === undefined
      ? `only the rules of ${id} are held, no basket, so its reviews cannot be run`
      : `no basket of ${id} before ${effective} is known on ${knownAt}; the first one held is of ` +
        `${formatDay(first.composition.effective)}, known from ${formatDay(first.knownOn)}`;
  return new Refusal('no_basket', message, { effective, knownAt });
}

/**
 * The basket in force before a review: the latest one known, carried through every review since by the rulebook
 * itself when none was published.
 */
function basketBefore(data: IndexData, dates: ReviewDates, request: ReviewRequest): Composition {
  const known = data.baskets.findLast(
    ({ knownOn, composition }) => knownOn <= request.knownAt && composition.swap < dates.swap,
  );
  if (!known) throw noBasket(data, formatDay(dates.effective), formatDay(request.knownAt));
  const { calendar } = data.market;
  const methodology = methodologyOfReview(data.rulebook, calendar, request.effective, request.readings);
  const cycles = cyclesAround(methodology, calendar, dates.effective);
  const previous = cycles.findLast((cycle) => cycle.swap < dates.swap);
  if (!previous || previous.swap <= known.composition.swap) return known.composition;
  return runReview(data, { effective: previous.effective, knownAt: request.knownAt }).proForma.after;
}

/** Taken at the cut-off with the averages that the ranking clause asks for. */
function cutoffSnapshot(
  data: IndexData,
  methodology: Methodology,
  dates: ReviewDates,
  knownAt: Day,
): Snapshot {
  const day = asKnown(data.market, dates.cutoff, knownAt);
  const rule = methodology.clauses.ranking[0]?.rule;
  const months = rule !== undefined && 'windowMonths' in rule ? rule.windowMonths : undefined;
  if (months === undefined) return takeSnapshot(data.market, { day, knownAt });
  const skipFirstSessions = rule !== undefined && 'skipFirstSessions' in rule ? rule.skipFirstSessions : 0;
  const from = addDays(addMonths(day, -months), 1);
  return takeSnapshot(data.market, { day, knownAt, window: { from, to: day, skipFirstSessions } });
}

/** The close of a day, or of the last session known when that day is still to come. */
export function closeAsKnown(market: Market, day: Day, knownAt: Day): Snapshot {
  return takeSnapshot(market, { day: asKnown(market, day, knownAt), knownAt });
}

function asKnown(market: Market, day: Day, knownAt: Day): Day {
  return sessionOnOrBefore(market.calendar, (day < knownAt ? day : knownAt) as Day);
}
