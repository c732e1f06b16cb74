/**
 * The forecast of a review: what is known on a day becomes a plan (`planForecast`), the plan is simulated, and the paths
 * become answers. On the evening of the swap close the plan stands still and the forecast is the review.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { distinctFindings, type Finding } from '../base/finding.js';
import { sum } from '../base/sum.js';
import { addDays, addMonths } from '../calendar/day.js';
import { sessionOnOrBefore, sessionsLeft } from '../calendar/sessions.js';
import { shareRatioBetween } from '../events/corporateActions.js';
import type { TrackedAssets } from '../flows/trackedAssets.js';
import { carriedTotals, creationsPerSession, trackedAssets } from '../flows/trackedAssets.js';
import type { ForecastDraws } from '../forecast/draws.js';
import { averageVariance, horizonOf } from '../forecast/horizon.js';
import type { ForecastPlan, SeatPlan } from '../forecast/plan.js';
import { riskModel } from '../forecast/riskModel.js';
import { simulate } from '../forecast/simulate.js';
import { factOn } from '../market/facts.js';
import { lastRow, type PricePanel } from '../market/prices.js';
import { hasMark, takeSnapshot, type Snapshot } from '../market/snapshot.js';
import { capsOf, sharesRuleOf, type Methodology, type ReadingChoice } from '../methodology/methodology.js';
import { adjustedSharesOn } from '../review/composition.js';
import { adjustedSharesOfAddition, tradableRatio } from '../review/proForma.js';
import type { SharesRule } from '../weighting/countedRatio.js';
import { selectionClause, selectorOf } from '../review/reviewClauses.js';
import { bufferOf } from '../selection/ratioBuffer.js';
import { limitOf } from '../selection/turnoverLimit.js';
import type { IndexData } from './indexData.js';
import { provenanceOf, runReview, type ReviewRun } from './reviewRun.js';
import type { Provenance } from './provenance.js';

export interface ForecastRequest {
  readonly effective: Day;
  readonly knownAt: Day;
  readonly paths: number;
  readonly seed: number;
  readonly readings?: ReadingChoice;
  /** Instead of the published totals. */
  readonly assets?: TrackedAssets;
  /** Degrees of freedom of a common Student factor; normal moves when absent. */
  readonly tailDegrees?: number;
}

export interface ForecastRun {
  readonly request: ForecastRequest;
  /** The review as it would be if prices stood still. */
  readonly still: ReviewRun;
  readonly plan: ForecastPlan;
  readonly draws: ForecastDraws;
  readonly assets: TrackedAssets;
  readonly provenance: Provenance & { readonly seed: number };
  readonly findings: readonly Finding[];
}

/** What is known before a path is run. */
export type PlannedForecast = Pick<ForecastRun, 'request' | 'still' | 'plan' | 'assets' | 'findings'>;

/** @throws Refusal `no_selector_for_paths` when seats are given by a kind that paths cannot run yet */
export function runForecast(data: IndexData, request: ForecastRequest): ForecastRun {
  const planned = planForecast(data, request);
  return finishForecast(planned, simulate(planned.plan, request));
}

/** @param draws of the plan, by the seed and paths of the request, wherever they were run */
export function finishForecast(planned: PlannedForecast, draws: ForecastDraws): ForecastRun {
  const { seed } = planned.request;
  return { ...planned, draws, provenance: { ...provenanceOf(planned.still), seed } };
}

/** The review reduced to numbers, with everything known on the knowledge date. */
export function planForecast(data: IndexData, request: ForecastRequest): PlannedForecast {
  const { effective, knownAt, readings = {} } = request;
  const { market, actions } = data;
  const still = runReview(data, { effective, knownAt, readings });
  const { dates, methodology, review, proForma } = still;
  const day = sessionOnOrBefore(market.calendar, knownAt);
  const now = takeSnapshot(market, { day, knownAt, ...windowTo(methodology, dates.cutoff, day) });
  const toSwap = sessionsLeft(market.calendar, day, dates.swap);
  const { assets, doubt: assetsDoubt } = assetsNow(data, request, still, day);
  const { before } = proForma;
  const carried = adjustedSharesOn(before, actions, day);
  const oldRow = new Map(before.ids.map((id, i) => [id, i]));
  const memberAfter = new Set(review.members);
  const rankOf = new Map(review.decisions.map(({ id, rank }) => [id, rank]));
  const rule = sharesRuleOf(methodology);
  const announced = review.basis === 'announced';
  // An announced addition is weighed as the review weighs it.
  const counted = announced ? 1 : countedOfTradable(now, oldRow, rule);
  const rows = now.securities.flatMap(({ id }, row) => {
    const wanted = oldRow.has(id) || memberAfter.has(id) || rankOf.get(id) !== undefined;
    return wanted && now.price[row] > 0 ? [row] : [];
  });
  const ids = rows.map((row) => now.securities[row].id);
  const risk = riskModel({
    ids,
    industries: rows.map((row) => now.securities[row].industry ?? ''),
    prices: market.prices,
    actions,
    levels: data.levels,
    calendar: market.calendar,
    until: day,
    ahead: toSwap,
  });
  const toCutoff = sessionsLeft(market.calendar, day, dates.cutoff);
  const measures = measuresOf(data, methodology, now, rows, dates.cutoff, toCutoff);
  const unseen = unseenOf(data, methodology, now, rows, dates.cutoff, toCutoff);
  const doubt = countDoubt(data, day, knownAt);
  const column = (of: (row: number, i: number) => number): Float64Array =>
    Float64Array.from(rows, (row, i) => of(row, i));
  const plan: ForecastPlan = {
    ids,
    incumbent: Uint8Array.from(ids, (id) => (oldRow.has(id) ? 1 : 0)),
    eligible: Uint8Array.from(ids, (id) => (rankOf.get(id) === undefined ? 0 : 1)),
    fixedMember: Uint8Array.from(ids, (id) => (memberAfter.has(id) ? 1 : 0)),
    seats: announced ? { kind: 'fixed' } : seatsOf(methodology),
    ...measures,
    measureDoubt: column((row, i) =>
      Math.hypot(
        hasMark(now, row, 'shares_backcast') ? doubt : 0,
        Math.hypot(risk.market[i], risk.sector[i], risk.own[i]) * unseen[i],
      ),
    ),
    market: risk.market,
    sector: risk.sector,
    own: risk.own,
    sectorOf: risk.sectorOf,
    sectors: risk.sectors,
    horizon: horizonOf(market.calendar, dates, day),
    tailDegrees: request.tailDegrees ?? Infinity,
    price: column((row) => now.price[row]),
    pricingBase: pricingBase(data, still, now, rows),
    oldShares: column((_, i) => {
      const row = oldRow.get(ids[i]);
      return row === undefined ? 0 : carried[row] * before.cappingFactors[row];
    }),
    newShares: column((row, i) => {
      const old = oldRow.get(ids[i]);
      if (old !== undefined) return carried[old];
      if (Number.isNaN(now.aShares[row])) return 0;
      const shares = adjustedSharesOfAddition(rule, now, ids[i], row);
      return Number.isNaN(now.inclusionFactor[row]) ? shares * counted : shares;
    }),
    caps: capsOf(methodology),
    assets: assets.amount,
    assetsDoubt,
  };
  return {
    request,
    still,
    plan: withoutCountless(plan),
    assets,
    findings: distinctFindings(
      findingsOf(plan, {
        announced,
        toCutoff,
        doubt,
        assets,
        counted,
        unseen: unseen.filter((spread) => spread > 0).length,
      }),
      risk.findings,
      proForma.findings,
      review.findings,
    ),
  };
}

/** Closes of the pricing date once it is past, per share of today; today's until then. */
function pricingBase(
  { actions }: IndexData,
  { snapshots: { atPricing } }: ReviewRun,
  now: Snapshot,
  rows: readonly number[],
): Float64Array {
  const priced = new Map(atPricing.securities.map(({ id }, row) => [id, atPricing.price[row]]));
  return Float64Array.from(rows, (row) => {
    const { id } = now.securities[row];
    const ratio = shareRatioBetween(actions, id, atPricing.day, now.day);
    return (priced.get(id) ?? now.price[row]) / ratio;
  });
}

/** A name without a share count ranks last and could not be weighed: it cannot be seated. */
function withoutCountless(plan: ForecastPlan): ForecastPlan {
  const eligible = plan.eligible.map((is, i) => (plan.newShares[i] > 0 ? is : 0));
  return { ...plan, eligible };
}

/** The rest of the ranking window that is over: from its first day to the last close. */
function windowTo(methodology: Methodology, cutoff: Day, day: Day) {
  const rule = methodology.clauses.ranking[0]?.rule;
  if (rule === undefined || rule.kind !== 'average-total-cap') return {};
  const from = addDays(addMonths(cutoff, -rule.windowMonths), 1);
  const to = (day < cutoff ? day : cutoff) as Day;
  return { window: { from, to, skipFirstSessions: rule.skipFirstSessions } };
}

/** What the ranking compares: the average so far, and what each session still to come adds at today's price. */
function measuresOf(
  data: IndexData,
  methodology: Methodology,
  now: Snapshot,
  rows: readonly number[],
  cutoff: Day,
  toCutoff: number,
): Pick<ForecastPlan, 'measureKnown' | 'measureFuture'> {
  const rule = methodology.clauses.ranking[0]?.rule;
  const total = (row: number): number => now.price[row] * now.aShares[row];
  if (rule === undefined || rule.kind !== 'average-total-cap') {
    return {
      measureKnown: new Float64Array(rows.length),
      measureFuture: Float64Array.from(rows, (row) => total(row) || 0),
    };
  }
  const { prices } = data.market;
  const rowOfId = new Map(prices.ids.map((id, i) => [id, i]));
  const { window } = windowTo(methodology, cutoff, now.day) as { window: { from: Day; to: Day } };
  const known = Float64Array.from(rows, (row) => {
    const security = rowOfId.get(now.securities[row].id);
    const days = security === undefined ? 0 : tradedDays(prices, security, window.from, window.to);
    const mean = now.averageTotalCap[row];
    return Number.isNaN(mean) ? 0 : (mean * days) / Math.max(1, days + toCutoff);
  });
  const future = Float64Array.from(rows, (row) => {
    const security = rowOfId.get(now.securities[row].id);
    const days = security === undefined ? 0 : tradedDays(prices, security, window.from, window.to);
    return toCutoff === 0 ? 0 : ((total(row) || 0) * toCutoff) / (days + toCutoff);
  });
  return { measureKnown: known, measureFuture: future };
}

/**
 * How far the measure may have moved since the last close seen, in standard deviations of one session's return: a
 * security whose closes end before the last session of the average was traded, or halted, without our seeing it. 0 for
 * the others.
 */
function unseenOf(
  { market: { prices, calendar } }: IndexData,
  methodology: Methodology,
  now: Snapshot,
  rows: readonly number[],
  cutoff: Day,
  toCutoff: number,
): Float64Array {
  const averaged = methodology.clauses.ranking[0]?.rule.kind === 'average-total-cap';
  const { window } = windowTo(methodology, cutoff, now.day);
  const rowOfId = new Map(prices.ids.map((id, i) => [id, i]));
  return Float64Array.from(rows, (row) => {
    const until = averaged && cutoff < now.day ? cutoff : now.day;
    const sessions = sessionsLeft(calendar, now.priceDay[row] as Day, until);
    if (sessions === 0) return 0;
    if (window === undefined) return Math.sqrt(sessions);
    const security = rowOfId.get(now.securities[row].id);
    const days = security === undefined ? 0 : tradedDays(prices, security, window.from, window.to);
    return (Math.sqrt(averageVariance(sessions)) * sessions) / (days + sessions + toCutoff);
  });
}

function tradedDays(prices: PricePanel, security: number, from: Day, to: Day): number {
  const last = lastRow(prices, security, to);
  if (last < 0) return 0;
  const before = lastRow(prices, security, addDays(from, -1));
  return last - Math.max(before, prices.start[security] - 1);
}

/** @throws Refusal `no_selector_for_paths` */
function seatsOf(methodology: Methodology): SeatPlan {
  const { rule } = selectorOf(methodology);
  if (rule.kind === 'discretion') return { kind: 'fixed' };
  if (rule.kind !== 'buffer' && rule.kind !== 'ratio-buffer' && rule.kind !== 'top-n') {
    throw new Refusal(
      'no_selector_for_paths',
      `${methodology.rulebook.id} gives its seats by ${rule.kind}, which forecasts cannot run yet; review does`,
      { kind: rule.kind },
    );
  }
  const limit = selectionClause(methodology, 'turnover-limit');
  const maxChanges = limit === undefined ? Infinity : limitOf(limit.rule, rule.count);
  if (rule.kind === 'top-n') {
    const { count } = rule;
    return { kind: 'buffer', count, enter: count, keep: count, order: 'keep-first', maxChanges };
  }
  return { ...(rule.kind === 'buffer' ? rule : bufferOf(rule)), kind: 'buffer', maxChanges };
}

/**
 * How wrong a share count carried back through bonus issues is: the root mean square of its log distance from the
 * documented count, over the names that have both (PROVENANCE.md, facts). 0 when there is nothing to compare.
 */
function countDoubt({ market }: IndexData, day: Day, knownAt: Day): number {
  let squares = 0;
  let n = 0;
  for (const { id } of market.securities) {
    const documented = factOn(market.facts, id, 'a_shares', day, knownAt);
    const carried = factOn(market.facts, id, 'total_shares', day, knownAt);
    if (documented === undefined || carried === undefined) continue;
    if (documented.quality !== 'reported' && documented.quality !== 'estimated') continue;
    if (factOn(market.facts, id, 'dual_listed', day, knownAt) !== undefined) continue;
    squares += Math.log(documented.value / carried.value) ** 2;
    n++;
  }
  return n === 0 ? 0 : Math.sqrt(squares / n);
}

/**
 * Assets on the day of the last close, and the standard deviation of their logarithm up to the swap. Published totals move
 * with the index to that day. What is left of their range is scope, taken as two standard deviations to each side; units
 * created and redeemed come on top, from the day of the total on.
 */
function assetsNow(
  data: IndexData,
  { assets: given, knownAt }: ForecastRequest,
  { dates }: ReviewRun,
  day: Day,
): { readonly assets: TrackedAssets; readonly doubt: number } {
  const { calendar } = data.market;
  const published = carriedTotals(data.assets, data.levels, day);
  const assets = given ?? trackedAssets(published, data.rulebook.currency, dates.announcement, knownAt);
  const [low, high] = assets.range;
  const scope = low > 0 && high > low ? Math.log(high / low) / 4 : 0;
  const perSession = creationsPerSession(data.trackerUnits, calendar, knownAt);
  const sessions = sessionsLeft(calendar, assets.asOf, dates.swap);
  return { assets, doubt: Math.hypot(scope, perSession * Math.sqrt(sessions)) };
}

/**
 * Share of what can be traded that an index counts, in the mean over its members: what to expect of a candidate whose
 * free float nobody printed. Without members of known float all of it, which is an upper bound.
 */
function countedOfTradable(
  now: Snapshot,
  members: ReadonlyMap<SecurityId, number>,
  rule: SharesRule,
): number {
  const shares = now.securities.flatMap(({ id }, row) => {
    const known = now.inclusionFactor[row];
    if (!members.has(id) || Number.isNaN(known)) return [];
    return [known / tradableRatio(rule, now, row)];
  });
  return shares.length === 0 ? 1 : Math.min(1, sum(shares) / shares.length);
}

interface Doubts {
  readonly announced: boolean;
  readonly toCutoff: number;
  readonly doubt: number;
  readonly assets: TrackedAssets;
  readonly counted: number;
  readonly unseen: number;
}

function findingsOf(
  plan: ForecastPlan,
  { announced, toCutoff, doubt, assets, counted, unseen }: Doubts,
): Finding[] {
  const findings: Finding[] = [];
  const say = (code: string, subject: string, message: string): void =>
    void findings.push({ code, subject, message });
  if (!announced) {
    say(
      'discretion_not_modelled',
      'selection',
      'the committee may decide otherwise than the rules; probabilities are those of the rules alone',
    );
    say(
      'screens_as_of_today',
      'screens',
      'who passes the screens is taken from the knowledge date, not drawn',
    );
  }
  if (doubt > 0) {
    const share = (100 * doubt).toFixed(1);
    say(
      'count_doubt',
      'ranking',
      `share counts carried back are taken to be uncertain by ${share} %, as documented ones show`,
    );
  }
  if (counted < 1) {
    const share = (100 * counted).toFixed(0);
    say(
      'float_expected',
      'candidates',
      `candidates without a printed free float are weighed with ${share} % of what can be traded, the mean of the members`,
    );
  }
  if (unseen > 0) {
    say(
      'closes_unseen',
      'ranking',
      `${unseen} securities have no recent close; their averages are as uncertain as the sessions since allow`,
    );
  }
  if (toCutoff > 0)
    say('average_extended', 'ranking', `${toCutoff} sessions of the averages are still to come`);
  if (plan.assetsDoubt > 0) {
    const share = (100 * plan.assetsDoubt).toFixed(1);
    say(
      'assets_uncertain',
      'assets',
      `tracked assets (${assets.scope}) are uncertain by ${share} %: published totals differ, units are created and redeemed`,
    );
  }
  return findings;
}
