/**
 * The whole product in a few calls; start reading here. A rulebook and what was known about the market go in;
 * a review, its pro forma and the trades it forces come out:
 *
 *   resolveRulebook -> datesOfReview -> takeSnapshot (cut-off) -> review
 *                                    -> takeSnapshot (pricing, swap) -> proForma -> forcedFlows -> compareEstimates
 */
import type { Day, SecurityId } from './base/brand.js';
import { Refusal } from './base/errors.js';
import { contentHash } from './base/hash.js';
import { ENGINE_VERSION } from './base/version.js';
import { addDays, addMonths, formatDay } from './calendar/day.js';
import { sessionOnOrBefore, sessionsBetween, shiftSessions } from './calendar/sessions.js';
import type { OrdinaryDividend } from './events/actionKinds.js';
import type { ShareAction } from './events/corporateActions.js';
import { CSI_POLICY } from './events/policy.js';
import type { ComparisonRow, FlowOnDay, PublishedEstimate } from './flows/comparison.js';
import { compareEstimates } from './flows/comparison.js';
import { forcedFlows, type Flows } from './flows/forcedFlows.js';
import { trackedAssets, type PublishedAssets, type TrackedAssets } from './flows/trackedAssets.js';
import type { MemberList } from './inference/memberList.js';
import type { Caps } from './inference/pricingDate.js';
import { xrayIndex, type Xray } from './inference/xray.js';
import type { TaxTable } from './level/dividends.js';
import { fitToPublished, levelHistory, type LevelFit } from './level/indexLevel.js';
import { knownLevels, type KnownLevels, type ReturnKind } from './level/knownLevels.js';
import type { Market } from './market/market.js';
import { hasCloses, lastRow, PRICE_QUALITIES } from './market/prices.js';
import { snapshotHash, takeSnapshot, type Snapshot } from './market/snapshot.js';
import {
  capsOf,
  clauseOfKind,
  resolveRulebook,
  type Methodology,
  type ReadingChoice,
} from './methodology/methodology.js';
import {
  cyclesAround,
  datesOfReview,
  methodologyOfReview,
  type ReviewDates,
} from './methodology/reviewDates.js';
import type { Rulebook } from './methodology/rulebook.js';
import { announcementOf, type PublishedChange, type PublishedReserve } from './review/announcements.js';
import type { Composition } from './review/composition.js';
import { proForma, type ProForma } from './review/proForma.js';
import { review, type Review } from './review/review.js';

/** A basket of the past with the day it became known. */
export interface KnownBasket {
  readonly knownOn: Day;
  readonly composition: Composition;
}

/** Everything held about one index. */
export interface IndexData {
  readonly rulebook: Rulebook;
  readonly market: Market;
  readonly actions: readonly ShareAction[];
  readonly dividends: readonly OrdinaryDividend[];
  /** Ascending by swap day. */
  readonly baskets: readonly KnownBasket[];
  /** Ascending by first day. */
  readonly members: readonly MemberList[];
  readonly changes: readonly PublishedChange[];
  readonly reserve: readonly PublishedReserve[];
  readonly levels: ReadonlyMap<Day, number>;
  readonly assets: readonly PublishedAssets[];
  readonly estimates: readonly PublishedEstimate[];
}

export interface ReviewRequest {
  readonly effective: Day;
  /** Nothing known later is used. */
  readonly knownAt: Day;
  readonly readings?: ReadingChoice;
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
  const before = basketBefore(data, dates, request);
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

/** What a result was computed from: the data by content, the rulebook by version, the readings, the engine. */
export interface Provenance {
  /** SHA-256 over the snapshots and the basket before. */
  readonly data: string;
  /** `id@version`. */
  readonly rulebook: string;
  readonly reading: Readonly<Record<string, string>>;
  readonly engine: string;
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

/** The forced trades of a review on published or given assets. */
export function flowsOf(data: IndexData, run: ReviewRun, assets?: TrackedAssets): Flows {
  const tracked =
    assets ?? trackedAssets(data.assets, data.rulebook.currency, run.dates.announcement, run.knownAt);
  return forcedFlows(run.proForma, run.snapshots.atSwap, tracked);
}

/**
 * How the cut of one security moved between the announcement and the swap close: each session with its own
 * knowledge, prices standing still from then on. Sessions the data set has no closes of are left out.
 */
export function flowHistory(data: IndexData, run: ReviewRun, id: SecurityId): FlowOnDay[] {
  const { dates, methodology, knownAt, proForma: final } = run;
  const { market } = data;
  const cap = singleCapOf(methodology);
  const last = sessionOnOrBefore(market.calendar, dates.swap < knownAt ? dates.swap : knownAt);
  const first = sessionOnOrBefore(market.calendar, dates.announcement);
  if (first > last) return [];
  const days = sessionsBetween(market.calendar, first, last).filter((day) => hasCloses(market.prices, day));
  return days.map((day) => {
    const atSwap = closeAsKnown(market, dates.swap, day);
    const seen = proForma({
      methodology,
      dates,
      before: final.before,
      actions: data.actions,
      members: run.review.members,
      atPricing: closeAsKnown(market, dates.pricing, day),
      atSwap,
    });
    const member = seen.members.find((m) => m.id === id);
    if (!member) throw new Refusal('not_a_member', `${id} is in neither basket of this review`, { id });
    return {
      day,
      close: member.priceAtSwap,
      weight: member.weightBefore,
      naiveCut: Math.max(0, member.weightBefore - cap),
      ruleCut: member.weightBefore - member.weightAfter,
    };
  });
}

/** Published estimates of one security's sale beside ours. */
export function compareWithPublished(
  data: IndexData,
  run: ReviewRun,
  id: SecurityId,
  history: readonly FlowOnDay[],
): ComparisonRow[] {
  const estimates = data.estimates.filter(
    (estimate) => estimate.id === id && estimate.knownOn <= run.knownAt,
  );
  if (estimates.length === 0 || history.length === 0) return [];
  const { range } = trackedAssets(data.assets, data.rulebook.currency, run.dates.announcement, run.knownAt);
  return compareEstimates(estimates, history, singleCapOf(run.methodology), range);
}

/** One reading of an ambiguous clause, carried through to weights, and tested against the levels that followed. */
export interface ReadingRun {
  readonly clause: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly run: ReviewRun;
  /** Fit of the level after the swap, by the day that priced the factors; empty when no level followed. */
  readonly evidence: readonly { readonly pricedOn: Day; readonly fit: LevelFit }[];
}

/**
 * The review under every reading of every ambiguous clause. Levels published after the effective date up to
 * `evidenceUntil` show which reading carries the index.
 */
export function runReadings(data: IndexData, request: ReviewRequest, evidenceUntil: Day): ReadingRun[] {
  const base = runReview(data, request);
  return Object.entries(base.methodology.readings).flatMap(([clause, chosen]) => {
    const names = readingNames(base.methodology, clause);
    return names.map((name): ReadingRun => {
      const run = runReview(data, { ...request, readings: { ...request.readings, [clause]: name } });
      const evidence = clause.startsWith('caps.') ? levelEvidence(data, run, evidenceUntil) : [];
      return { clause, name, isDefault: name === chosen, run, evidence };
    });
  });
}

/** Level fits of a run's basket after the swap, for the pricing date and the closes around it. */
export function levelEvidence(
  data: IndexData,
  run: ReviewRun,
  until: Day,
): { pricedOn: Day; fit: LevelFit }[] {
  const { market, actions, levels } = data;
  const { dates, methodology } = run;
  const { calendar } = market;
  const candidates = [
    sessionOnOrBefore(calendar, dates.announcement),
    shiftSessions(calendar, dates.pricing, -1),
    dates.pricing,
    shiftSessions(calendar, dates.pricing, 1),
    dates.swap,
  ];
  const end = lastExactSession(data, run, until);
  if (end <= dates.swap || !levels.has(dates.effective)) return [];
  const atSwap = takeSnapshot(market, { day: dates.swap, knownAt: dates.swap });
  return [...new Set(candidates)].map((pricedOn) => {
    const weighed = proForma({
      methodology,
      dates,
      before: run.proForma.before,
      actions,
      members: run.review.members,
      atPricing: takeSnapshot(market, { day: pricedOn, knownAt: pricedOn }),
      atSwap,
    });
    // Anchored at the published close of the swap day, so that only the weights are tested.
    const published = levels.get(dates.swap) ?? weighed.level;
    const anchored = { ...weighed.after, divisor: (weighed.after.divisor * weighed.level) / published };
    return {
      pricedOn,
      fit: fitToPublished(
        levelHistory(anchored, market.prices, actions, calendar, dates.effective, end),
        levels,
      ),
    };
  });
}

export interface LevelRequest {
  readonly from: Day;
  readonly to: Day;
  readonly kind: ReturnKind;
  /** Withholding tax of a net return. */
  readonly tax: TaxTable;
}

export interface LevelRun {
  readonly levels: KnownLevels;
  readonly provenance: Provenance;
}

/**
 * Level history from the known baskets, beside the published closes.
 * @throws Refusal `no_basket` or `no_prices` where the data does not reach
 */
export function runLevels(data: IndexData, request: LevelRequest): LevelRun {
  const { rulebook, market, actions, dividends, levels: published } = data;
  const baskets = data.baskets.map(({ composition }) => composition);
  if (baskets.length === 0) {
    throw new Refusal('no_basket', `no basket of ${rulebook.id} is known`, { index: rulebook.id });
  }
  const last = baskets[baskets.length - 1];
  const methodology = resolveRulebook(rulebook, last.effective);
  const { decimals } = clauseOfKind(methodology, 'calculation', 'capitalisation-weighted').rule;
  const { calendar, prices } = market;
  const next = cyclesAround(methodology, calendar, last.effective).find(({ swap }) => swap > last.swap);
  const nextSwap = next?.swap ?? last.effective;
  const levels = knownLevels(
    {
      baskets,
      nextSwap,
      prices,
      calendar,
      actions,
      dividends,
      policy: CSI_POLICY,
      published,
      decimals,
      ...request,
    },
    request.from,
    request.to,
    request.kind,
  );
  const used = baskets.flatMap(({ ids, adjustedShares, cappingFactors, divisor }) => [
    ids,
    adjustedShares,
    cappingFactors,
    divisor,
  ]);
  const shareActions = actions.flatMap(({ id, exDay, shareRatio }) => [id, exDay, shareRatio]);
  const cash = dividends.flatMap(({ id, exDay, cashPerShare }) => [id, exDay, cashPerShare]);
  const provenance = {
    data: contentHash([
      ...used,
      ...shareActions,
      ...cash,
      prices.ids,
      prices.start,
      prices.day,
      prices.close,
    ]),
    rulebook: `${rulebook.id}@${rulebook.version}`,
    reading: {},
    engine: ENGINE_VERSION,
  };
  return { levels, provenance };
}

export interface XrayRequest {
  readonly from: Day;
  readonly to: Day;
  /** Find the review of the window and the members it exchanged instead of reading them from the lists. */
  readonly findChanges?: boolean;
}

export interface XrayRun {
  readonly xray: Xray;
  readonly provenance: Provenance;
}

/**
 * The basket of a window recovered from published levels and prices. Reconstructed baskets are never read.
 * @throws Refusal `not_identified`, `members_unknown`, `no_change_found`
 */
export function runXray(
  data: IndexData,
  request: XrayRequest,
  onProgress?: (done: number, total: number) => void,
): XrayRun {
  const { market, actions, levels: published, members: lists, rulebook } = data;
  const xray = xrayIndex({
    ...request,
    source: { prices: market.prices, actions },
    published,
    calendar: market.calendar,
    lists,
    capsOn: (swap) => capLimits(resolveRulebook(rulebook, addDays(swap, 1))),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const used = xray.baskets.flatMap(({ days, estimate, residuals }) => [
    days,
    days.map((day) => published.get(day) ?? 0),
    estimate.ids,
    estimate.units,
    residuals,
  ]);
  const provenance = {
    data: contentHash(used),
    rulebook: `${rulebook.id}@${rulebook.version}`,
    reading: {},
    engine: ENGINE_VERSION,
  };
  return { xray, provenance };
}

/** The single cap and the joint limit on the largest, where a methodology has them. */
function capLimits(methodology: Methodology): Caps | undefined {
  const rules = capsOf(methodology).map(({ rule }) => rule);
  const single = rules.find((rule) => rule.kind === 'single');
  const top = rules.find((rule) => rule.kind === 'top-k');
  if (single === undefined) return undefined;
  return { single: single.cap, ...(top === undefined ? {} : { top: { k: top.k, limit: top.limit } }) };
}

/** Latest session up to `until` before the next swap on which every member's raw close is known. */
function lastExactSession(data: IndexData, run: ReviewRun, until: Day): Day {
  const { market } = data;
  const { prices, calendar } = market;
  const next = cyclesAround(run.methodology, calendar, run.dates.effective).find(
    (cycle) => cycle.swap > run.dates.swap,
  );
  const end = Math.min(until, next?.swap ?? until) as Day;
  const panelRow = new Map(prices.ids.map((id, i) => [id, i]));
  const rows = run.review.members.map((id) => panelRow.get(id) as number);
  const lastOfAll = Math.min(...rows.map((row) => prices.day[prices.start[row + 1] - 1]), end) as Day;
  const adjusted = PRICE_QUALITIES.indexOf('adjusted');
  const sessions = sessionsBetween(
    calendar,
    addDays(run.dates.swap, 1),
    Math.max(lastOfAll, run.dates.effective) as Day,
  );
  const exact = (day: Day): boolean =>
    rows.every((row) => prices.quality[lastRow(prices, row, day)] !== adjusted);
  const firstInexact = sessions.findIndex((day) => !exact(day));
  if (firstInexact === 0) return run.dates.swap;
  return firstInexact < 0 ? lastOfAll : sessions[firstInexact - 1];
}

function readingNames(methodology: Methodology, clauseId: string): string[] {
  const clause = Object.values(methodology.clauses)
    .flat()
    .find(({ id }) => id === clauseId);
  return Object.keys(clause?.readings ?? {});
}

/**
 * The basket in force before a review: the latest one known, carried through every review since by the rulebook
 * itself when none was published.
 */
function basketBefore(data: IndexData, dates: ReviewDates, request: ReviewRequest): Composition {
  const known = data.baskets.findLast(
    ({ knownOn, composition }) => knownOn <= request.knownAt && composition.swap < dates.swap,
  );
  if (!known) {
    throw new Refusal(
      'no_basket',
      `no basket of ${data.rulebook.id} before ${formatDay(dates.effective)} is known`,
      {
        effective: formatDay(dates.effective),
      },
    );
  }
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
function closeAsKnown(market: Market, day: Day, knownAt: Day): Snapshot {
  return takeSnapshot(market, { day: asKnown(market, day, knownAt), knownAt });
}

function asKnown(market: Market, day: Day, knownAt: Day): Day {
  return sessionOnOrBefore(market.calendar, (day < knownAt ? day : knownAt) as Day);
}

function singleCapOf(methodology: Methodology): number {
  for (const { rule } of capsOf(methodology)) if (rule.kind === 'single') return rule.cap;
  return 1;
}
