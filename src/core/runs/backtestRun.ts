/**
 * History of a methodology: one review after the other, each from the basket the one before left, with what each would
 * have traded, how concentrated the index was, and its levels. Nothing is seen before its day: a review knows what was
 * known on the evening of its swap.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { distinctFindings, type Finding } from '../base/finding.js';
import { addDays, formatDay } from '../calendar/day.js';
import { sessionOnOrAfter, sessionOnOrBefore } from '../calendar/sessions.js';
import { concentrationOf, type Concentration } from '../flows/concentration.js';
import { levelHistory, type LevelPoint } from '../level/indexLevel.js';
import { panelRange } from '../market/prices.js';
import type { ReadingChoice } from '../methodology/methodology.js';
import { cyclesAround, methodologyOfReview, type ReviewDates } from '../methodology/reviewDates.js';
import type { Composition } from '../review/composition.js';
import type { IndexData } from './indexData.js';
import { runReview, type ReviewRun } from './reviewRun.js';

export interface BacktestRequest {
  /** Levels begin on the first session from here on that a known basket covers. */
  readonly from: Day;
  readonly to: Day;
  readonly readings?: ReadingChoice;
}

/** One review of the history; plain values, so that it can be kept in a file. */
export interface BacktestReview {
  readonly dates: ReviewDates;
  readonly basis: 'announced' | 'rule-based';
  readonly additions: readonly SecurityId[];
  readonly deletions: readonly SecurityId[];
  /** Half the sum of absolute weight changes, 0..1. */
  readonly turnoverOneWay: number;
  /** Of the new basket at the swap close. */
  readonly concentration: Concentration;
  /** Caps that bound, with whom they bound. */
  readonly bound: readonly { readonly rule: string; readonly members: readonly SecurityId[] }[];
  /**
   * Tracked assets at which the hardest trade takes one day of its average turnover; `undefined` when no trade has a
   * known turnover.
   */
  readonly capacity: { readonly assets: number; readonly hardest: SecurityId } | undefined;
  readonly weights: readonly { readonly id: SecurityId; readonly weight: number }[];
  readonly after: Composition;
  readonly findings: readonly Finding[];
}

export interface Backtest {
  readonly reviews: readonly BacktestReview[];
  /** Every session, chained over the reviews. */
  readonly levels: readonly LevelPoint[];
  readonly findings: readonly Finding[];
}

/** Where a history stands: to go on from after an interruption. */
export interface BacktestProgress {
  readonly done: number;
  readonly total: number;
  readonly review: BacktestReview;
}

/**
 * The history step by step, so that a caller can keep each finished review before the next one begins.
 * @param finished reviews of an earlier run of the same request, in order; they are taken over
 * @throws Refusal `no_basket` when no basket is known to begin with, `no_reviews` when the data reach no level
 */
export function* backtestSteps(
  data: IndexData,
  request: BacktestRequest,
  finished: readonly BacktestReview[] = [],
): Generator<BacktestProgress, Backtest> {
  const start = firstBasket(data, request.from);
  const { from, to } = periodOf(data, request, start);
  const dates = reviewsBetween(data, start, from, to);
  const reviews: BacktestReview[] = [];
  let basket = start;
  for (const [i, { effective, swap }] of dates.entries()) {
    const known = finished[i];
    if (known !== undefined && known.dates.effective === effective) {
      reviews.push(known);
    } else {
      const { readings = {} } = request;
      const review = recordOf(runReview(data, { effective, knownAt: swap, readings, before: basket }));
      reviews.push(review);
      yield { done: i + 1, total: dates.length, review };
    }
    basket = reviews[i].after;
  }
  return {
    reviews,
    levels: chainedLevels(data, [start, ...reviews.map(({ after }) => after)], from, to),
    findings: distinctFindings(reachFindings(request, from, to), ...reviews.map(({ findings }) => findings)),
  };
}

/** The whole history at once. @throws Refusal as `backtestSteps` */
export function runBacktest(data: IndexData, request: BacktestRequest): Backtest {
  const steps = backtestSteps(data, request);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** First and last session of the levels: as asked, as far as a basket and the closes go. */
function periodOf(
  { market }: IndexData,
  request: BacktestRequest,
  start: Composition,
): { readonly from: Day; readonly to: Day } {
  const { last } = panelRange(market.prices);
  const to = sessionOnOrBefore(market.calendar, Math.min(request.to, last) as Day);
  const from = sessionOnOrAfter(market.calendar, Math.max(request.from, start.effective) as Day);
  if (from <= to) return { from, to };
  throw new Refusal(
    'no_reviews',
    `the basket known first takes over on ${formatDay(start.effective)} and the closes end on ${formatDay(last)}`,
    { from: formatDay(from), to: formatDay(to) },
  );
}

/** The latest basket in force by a day, or the first one after it. */
function firstBasket({ baskets, rulebook }: IndexData, from: Day): Composition {
  const compositions = baskets.map(({ composition }) => composition);
  const found = compositions.findLast(({ effective }) => effective <= from) ?? compositions.at(0);
  if (found) return found;
  throw new Refusal('no_basket', `no basket of ${rulebook.id} is known to begin with`, {
    index: rulebook.id,
  });
}

/** Reviews that swap after the first basket and take effect by the end, in order. */
function reviewsBetween(data: IndexData, start: Composition, from: Day, to: Day): ReviewDates[] {
  const { rulebook, market } = data;
  const found = new Map<Day, ReviewDates>();
  for (let day = from; day <= to + 200; day = addDays(day, 150)) {
    const probe = Math.min(day, to) as Day;
    const methodology = methodologyOfReview(rulebook, market.calendar, probe);
    for (const dates of cyclesAround(methodology, market.calendar, probe)) {
      const counts = dates.swap > start.swap && dates.effective > from && dates.swap <= to;
      if (counts) found.set(dates.effective, dates);
    }
  }
  return [...found.values()].toSorted((a, b) => a.effective - b.effective);
}

function recordOf({ dates, review, proForma, snapshots }: ReviewRun): BacktestReview {
  const members = proForma.members.filter(({ weightAfter }) => weightAfter > 0);
  const { atSwap } = snapshots;
  const turnover = new Map(atSwap.securities.map(({ id }, row) => [id, atSwap.adv20Value[row]]));
  const trades = proForma.members
    .map(({ id, weightBefore, weightAfter }) => ({
      hardest: id,
      assets: (turnover.get(id) ?? Number.NaN) / Math.abs(weightAfter - weightBefore),
    }))
    .filter(({ assets }) => Number.isFinite(assets));
  return {
    dates,
    basis: review.basis,
    additions: review.additions,
    deletions: review.deletions,
    turnoverOneWay: proForma.turnoverOneWay,
    concentration: concentrationOf(members.map(({ weightAfter }) => weightAfter)),
    bound: proForma.outcomes
      .filter(({ triggered }) => triggered)
      .map(({ id, bound }) => ({ rule: id, members: bound.map((row) => proForma.newIds[row]) })),
    capacity: trades.toSorted((a, b) => a.assets - b.assets).at(0),
    weights: members.map(({ id, weightAfter }) => ({ id, weight: weightAfter })),
    after: proForma.after,
    findings: distinctFindings(review.findings, proForma.findings),
  };
}

/** Each basket from the session after its swap to the swap of the next. */
function chainedLevels(data: IndexData, baskets: readonly Composition[], from: Day, to: Day): LevelPoint[] {
  const { prices, calendar } = data.market;
  return baskets.flatMap((basket, i) => {
    const next = baskets[i + 1];
    const first = Math.max(from, basket.effective) as Day;
    const last = Math.min(to, next?.swap ?? to) as Day;
    return first > last ? [] : levelHistory(basket, prices, data.actions, calendar, first, last);
  });
}

function reachFindings(request: BacktestRequest, from: Day, to: Day): Finding[] {
  const findings: Finding[] = [];
  if (addDays(request.from, 10) < from) {
    findings.push({
      code: 'history_starts_later',
      subject: 'backtest',
      message: `begins on ${formatDay(from)}, when the first known basket takes over, not on ${formatDay(request.from)}`,
    });
  }
  if (to < addDays(request.to, -10)) {
    findings.push({
      code: 'history_ends_earlier',
      subject: 'backtest',
      message: `ends on ${formatDay(to)} with the closes of the data set, not on ${formatDay(request.to)}`,
    });
  }
  return findings;
}
