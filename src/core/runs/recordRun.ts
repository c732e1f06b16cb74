/**
 * The record: forecasts as they were published, what happened, and how good they were. A flow is kept as a share of the
 * tracked assets of its day, so that days with different published totals can be scored alike; money is worked out from it.
 * Until the swap these assets move with the index; units created or redeemed on the way are in no outcome, since their
 * counts are not published daily, and so they are not in what is scored. What came of a flow is then
 *
 *   (weight after - weight before) x level at the swap / level on the evening of the forecast
 *
 * One review may be forecast by several engine versions; each is scored by itself.
 */
import { securityId, type Day, type SecurityId } from '../base/brand.js';
import { ENGINE_VERSION } from '../base/version.js';
import { quantilesOf } from '../forecast/quantiles.js';
import { brier, calibration, crps, logScore, type CalibrationBin } from '../forecast/scores.js';
import type { Announcement } from '../review/announcements.js';
import type { ForecastRun } from './forecastRun.js';
import type { ReviewRun } from './reviewRun.js';

/** Quantiles kept of each flow: 2.5 %, 7.5 % ... 97.5 %, the middles of twenty equal parts. */
const LEVELS = Array.from({ length: 20 }, (_, i) => (i + 0.5) / 20);
/** Flows kept: the names that move most. */
const KEPT_FLOWS = 60;

export interface RecordedForecast {
  readonly kind: 'forecast';
  readonly index: string;
  readonly effective: Day;
  readonly knownAt: Day;
  readonly paths: number;
  readonly seed: number;
  readonly data: string;
  readonly rulebook: string;
  readonly engine: string;
  /** Tracked assets the money figures use; absent when none was published by then. */
  readonly assets: number | undefined;
  /** Names that could be in or out, with the probability of being in; the `names` others were certain. */
  readonly names: number;
  readonly chances: readonly { readonly id: SecurityId; readonly incumbent: boolean; readonly p: number }[];
  /** Standard deviation of the log of the assets themselves, which the quantiles are without. Not in lines of 0.1.0. */
  readonly assetsDoubt?: number;
  /** Flow over assets: mean weight after, and twenty quantiles. */
  readonly flows: readonly RecordedFlow[];
  /**
   * Twenty quantiles of the share of these flows that lie within their own 90 % band on one path: how much the names
   * move together, and so how far a good forecast may be from nine in ten. Not in lines of 0.1.0.
   */
  readonly together?: readonly number[];
}

interface RecordedFlow {
  readonly id: SecurityId;
  readonly weightAfter: number;
  readonly quantiles: readonly number[];
  /** 5 and 95 %. Not in lines of 0.1.0: there each is the middle between two quantiles. */
  readonly band?: readonly [number, number];
}

export interface RecordedOutcome {
  readonly kind: 'outcome';
  readonly index: string;
  readonly effective: Day;
  readonly knownAt: Day;
  readonly basis: 'announced' | 'rule-based';
  readonly members: readonly SecurityId[];
  readonly additions: readonly SecurityId[];
  readonly deletions: readonly SecurityId[];
  /** Weight after less weight before at the swap close. */
  readonly changes: readonly {
    readonly id: SecurityId;
    readonly change: number;
    readonly weightAfter: number;
  }[];
  /** Additions whose free float nobody printed: their weight is an upper bound, and every other change leans on it. */
  readonly floatAssumed?: readonly SecurityId[];
  readonly engine: string;
}

export type RecordEntry = RecordedForecast | RecordedOutcome;

const rounded = (value: number): number => Number(value.toPrecision(6));
/** Of a quantile four digits do: its sampling error is in the third. */
const short = (value: number): number => Number(value.toPrecision(4));
/** Half a unit in the fourth digit: a band of no width still holds what is equal to it. */
const ROUNDING = 5e-4;

/**
 * @param run of a plan without doubt about the assets; the doubt is kept beside it
 * @param assetsKnown whether a total of tracked assets was published by the knowledge date
 */
export function recordedForecast(
  run: ForecastRun,
  { assetsKnown, assetsDoubt }: { readonly assetsKnown: boolean; readonly assetsDoubt: number },
): RecordedForecast {
  const { draws, plan, request, provenance, assets } = run;
  const chances = draws.names
    .filter(({ in: chance, incumbent }) => (incumbent ? chance.mean < 1 - 1e-6 : chance.mean > 1e-6))
    .map(({ id, incumbent, in: chance }) => ({ id, incumbent, p: rounded(chance.mean) }));
  const kept = draws.names
    .filter(({ flowSamples }) => flowSamples.length > 0)
    .toSorted((a, b) => Math.abs(b.flow.mean) - Math.abs(a.flow.mean))
    .slice(0, KEPT_FLOWS)
    .map(({ id, weightAfter, flowSamples }) => {
      const [from, to] = quantilesOf(flowSamples, [0.05, 0.95]);
      return { id, weightAfter, flowSamples, from, to };
    });
  const flows = kept.map(({ id, weightAfter, flowSamples, from, to }): RecordedFlow => ({
    id,
    weightAfter: short(weightAfter),
    quantiles: quantilesOf(flowSamples, LEVELS).map((value) => short(value / plan.assets)),
    band: [short(from / plan.assets), short(to / plan.assets)],
  }));
  return {
    kind: 'forecast',
    index: run.still.methodology.rulebook.id,
    effective: request.effective,
    knownAt: request.knownAt,
    paths: draws.paths,
    seed: draws.seed,
    data: provenance.data,
    rulebook: provenance.rulebook,
    engine: provenance.engine,
    assets: assetsKnown ? assets.amount : undefined,
    assetsDoubt: short(assetsDoubt),
    names: plan.ids.length,
    chances,
    flows,
    together: quantilesOf(sharesWithin(kept, draws.paths), LEVELS).map(short),
  };
}

interface Banded {
  readonly flowSamples: Float64Array;
  readonly from: number;
  readonly to: number;
}

/** Per path the share of flows within their band; those that never trade say nothing. */
function sharesWithin(flows: readonly Banded[], paths: number): Float64Array {
  const traded = flows.filter(({ from, to }) => from !== 0 || to !== 0);
  const shares = new Float64Array(paths);
  for (const { flowSamples, from, to } of traded) {
    for (let path = 0; path < paths; path++) {
      const flow = flowSamples[path];
      if (flow >= from && flow <= to) shares[path] += 1 / traded.length;
    }
  }
  return shares;
}

export function recordedOutcome(run: ReviewRun): RecordedOutcome {
  const { review, proForma, methodology, dates, knownAt } = run;
  return {
    kind: 'outcome',
    index: methodology.rulebook.id,
    effective: dates.effective,
    knownAt,
    basis: review.basis,
    members: review.members,
    additions: review.additions,
    deletions: review.deletions,
    changes: proForma.members.map(({ id, weightAfter, weightBefore }) => ({
      id,
      change: rounded(weightAfter - weightBefore),
      weightAfter: rounded(weightAfter),
    })),
    floatAssumed: proForma.findings
      .filter(({ code }) => code === 'float_unknown')
      .map(({ subject }) => securityId(subject)),
    engine: ENGINE_VERSION,
  };
}

/** Membership alone, from the announcement: the closes of the swap are not in the data. */
export function announcedOutcome(
  seen: ReviewRun,
  { additions, deletions }: Announcement,
  knownAt: Day,
): RecordedOutcome {
  const leaving = new Set(deletions);
  return {
    kind: 'outcome',
    index: seen.methodology.rulebook.id,
    effective: seen.dates.effective,
    knownAt,
    basis: 'announced',
    members: [...seen.proForma.before.ids.filter((id) => !leaving.has(id)), ...additions].toSorted(),
    additions,
    deletions,
    changes: [],
    engine: ENGINE_VERSION,
  };
}

export interface DayScore {
  readonly knownAt: Day;
  /** Means over the names that were uncertain on that day; NaN when none was. */
  readonly brier: number;
  readonly logScore: number;
  readonly uncertain: number;
  /** Mean CRPS of the flows over assets, and how many outcomes lay below, within and above the 90 % band. */
  readonly crps: number;
  readonly below: number;
  readonly covered: number;
  readonly above: number;
  readonly flows: number;
  /** How many independent names are as telling about coverage as these; NaN where the entry does not say. */
  readonly independent: number;
  /** Share of the forecast's own paths on which no more outcomes lay within the band than did; NaN likewise. */
  readonly asFew: number;
  /** Mean absolute difference of the mean weight after from the one that came. */
  readonly weightError: number;
}

export interface ReviewScores {
  readonly effective: Day;
  /** Version that made the forecasts. */
  readonly engine: string;
  readonly days: readonly DayScore[];
  readonly brier: number;
  readonly logScore: number;
  readonly crps: number;
  /** Share of outcomes within the 90 % band. */
  readonly coverage90: number;
  readonly calibration: readonly CalibrationBin[];
  /** Forecasts of membership and of flows behind the figures. */
  readonly sample: { readonly chances: number; readonly flows: number };
  /** Means over the days, see there; NaN where the entries do not say. */
  readonly independent: number;
  readonly asFew: number;
  /** Of the outcome: additions whose weight is assumed. */
  readonly floatAssumed: readonly SecurityId[];
  /** Changes that came although less than one in ten was given to them on the last day, most surprising first. */
  readonly misses: readonly {
    readonly id: SecurityId;
    readonly happened: 'in' | 'out';
    readonly p: number;
  }[];
}

/** Scores of every forecast of one review; names nobody doubted count where they were wrong. */
function scoreReview(
  engine: string,
  forecasts: readonly RecordedForecast[],
  outcome: RecordedOutcome,
  levels: ReadonlyMap<Day, number>,
): ReviewScores {
  const members = new Set(outcome.members);
  const changes = new Map(outcome.changes.map((change) => [change.id, change]));
  const pairs = forecasts.map((forecast) => chancesOf(forecast, outcome, members));
  const days = forecasts.map((forecast, i): DayScore => {
    const scored = pairs[i];
    const moved = levelRatio(levels, forecast.knownAt, outcome.knownAt);
    // Without the closes of the swap there is no flow to hold against.
    const held = outcome.changes.length === 0 ? [] : forecast.flows;
    const flows = held.flatMap((flow) => {
      const { change, weightAfter } = changes.get(flow.id) ?? { change: 0, weightAfter: 0 };
      const [from, to] = bandOf(flow);
      // Right about a name that nobody expected to trade, and that did not, is no merit.
      if (from === 0 && to === 0 && change === 0) return [];
      const came = change * moved;
      return [
        {
          crps: crps(flow.quantiles, came),
          side: came < from - Math.abs(from) * ROUNDING ? -1 : came > to + Math.abs(to) * ROUNDING ? 1 : 0,
          weight: Math.abs(flow.weightAfter - weightAfter),
        },
      ];
    });
    const covered = flows.filter(({ side }) => side === 0).length;
    return {
      knownAt: forecast.knownAt,
      brier: mean(scored.map(({ p, happened }) => brier(p, happened))),
      logScore: mean(scored.map(({ p, happened }) => logScore(p, happened))),
      uncertain: scored.length,
      crps: mean(flows.map((flow) => flow.crps)),
      below: flows.filter(({ side }) => side < 0).length,
      covered,
      above: flows.filter(({ side }) => side > 0).length,
      flows: flows.length,
      ...dependence(forecast.together, covered / flows.length),
      weightError: mean(flows.map(({ weight }) => weight)),
    };
  });
  const all = pairs.flat();
  const flows = days.reduce((total, day) => total + day.flows, 0);
  const meanOf = (of: (day: DayScore) => number): number =>
    mean(days.map(of).filter((value) => !Number.isNaN(value)));
  return {
    effective: outcome.effective,
    engine,
    days,
    brier: mean(all.map(({ p, happened }) => brier(p, happened))),
    logScore: mean(all.map(({ p, happened }) => logScore(p, happened))),
    crps: meanOf((day) => day.crps),
    coverage90: days.reduce((total, day) => total + day.covered, 0) / Math.max(1, flows),
    calibration: calibration(all),
    sample: { chances: all.length, flows },
    independent: meanOf((day) => day.independent),
    asFew: meanOf((day) => day.asFew),
    floatAssumed: outcome.floatAssumed ?? [],
    misses: missesOf(forecasts.at(-1), outcome),
  };
}

/** How many independent names would spread coverage as much as these do together, and how rare so few within are. */
function dependence(
  together: readonly number[] | undefined,
  covered: number,
): Pick<DayScore, 'independent' | 'asFew'> {
  if (together === undefined || Number.isNaN(covered)) return { independent: Number.NaN, asFew: Number.NaN };
  const centre = mean(together);
  const spread = mean(together.map((share) => (share - centre) ** 2));
  return {
    // Without spread, on the evening of the swap, there is nothing left to be told.
    independent: spread > 0 ? (centre * (1 - centre)) / spread : Number.NaN,
    asFew:
      spread > 0
        ? together.filter((share) => share <= covered + ROUNDING).length / together.length
        : Number.NaN,
  };
}

/** 5 and 95 %. */
function bandOf({ band, quantiles }: RecordedFlow): readonly [number, number] {
  return band ?? [edge(quantiles, 0), edge(quantiles, 18)];
}

/** Between two of the twenty kept quantiles: they are the middles of equal parts. */
const edge = (quantiles: readonly number[], i: number): number => (quantiles[i] + quantiles[i + 1]) / 2;

/** What assets that follow the index became; 1 where a level is missing. */
function levelRatio(levels: ReadonlyMap<Day, number>, from: Day, to: Day): number {
  const [before, after] = [levels.get(from), levels.get(to)];
  return before === undefined || after === undefined ? 1 : after / before;
}

/**
 * Scores of every review whose outcome is in the record, or of the one asked for; the newest version of the engine first.
 * @param levels published closes of the index
 */
export function scoreRecord(
  entries: readonly RecordEntry[],
  levels: ReadonlyMap<Day, number>,
  effective?: Day,
): ReviewScores[] {
  const outcomes = entries.filter((entry) => entry.kind === 'outcome');
  return [...new Map(outcomes.map((outcome) => [outcome.effective, outcome])).values()]
    .filter((outcome) => effective === undefined || outcome.effective === effective)
    .flatMap((outcome) =>
      enginesOf(entries, outcome.effective).map((engine) =>
        scoreReview(engine, forecastsOf(entries, outcome.effective, engine), outcome, levels),
      ),
    );
}

/** Forecasts of one review by one version of the engine. */
export const forecastsOf = (
  entries: readonly RecordEntry[],
  effective: Day,
  engine: string,
): RecordedForecast[] =>
  entries
    .filter((entry) => entry.kind === 'forecast')
    .filter((forecast) => forecast.effective === effective && forecast.engine === engine);

/** Versions that forecast a review, the newest first: the one that came into the record last. */
function enginesOf(entries: readonly RecordEntry[], effective: Day): string[] {
  const engines = entries
    .filter((entry) => entry.kind === 'forecast')
    .filter((forecast) => forecast.effective === effective)
    .map(({ engine }) => engine);
  return [...new Set(engines)].toReversed();
}

interface FanDay {
  readonly knownAt: Day;
  /** 5, 25, 50, 75 and 95 %: flow over assets, see `flowFan`. */
  readonly quantiles: readonly number[];
}

/**
 * How the newest forecasts of one security's flow moved over the evenings of a review, and what came. Once the swap is
 * past all are shares of the assets of that day, which on the evening of a forecast stood where the index did.
 * @param levels published closes of the index
 */
export function flowFan(
  entries: readonly RecordEntry[],
  levels: ReadonlyMap<Day, number>,
  effective: Day,
  id: SecurityId,
): { readonly days: readonly FanDay[]; readonly came: number | undefined; readonly swap: Day | undefined } {
  const outcome = entries
    .filter((entry) => entry.kind === 'outcome')
    .findLast((entry) => entry.effective === effective);
  const [engine = ''] = enginesOf(entries, effective);
  const days = forecastsOf(entries, effective, engine).flatMap(({ knownAt, flows }): FanDay[] => {
    const flow = flows.find((one) => one.id === id);
    if (flow === undefined) return [];
    const { quantiles } = flow;
    const [from, to] = bandOf(flow);
    const inAssetsOfSwap = outcome === undefined ? 1 : levelRatio(levels, outcome.knownAt, knownAt);
    const five = [from, edge(quantiles, 4), edge(quantiles, 9), edge(quantiles, 14), to];
    return [{ knownAt, quantiles: five.map((quantile) => quantile * inAssetsOfSwap) }];
  });
  const came = outcome?.changes.find((change) => change.id === id)?.change;
  return { days, came, swap: outcome?.knownAt };
}

interface Chance {
  readonly id: SecurityId;
  readonly p: number;
  readonly happened: boolean;
}

/** Uncertain names, and those that changed although nobody doubted them: they had probability 0 or 1. */
function chancesOf(
  forecast: RecordedForecast,
  outcome: RecordedOutcome,
  members: ReadonlySet<SecurityId>,
): Chance[] {
  const named = new Set(forecast.chances.map(({ id }) => id));
  return [
    ...forecast.chances.map(({ id, p }) => ({ id, p, happened: members.has(id) })),
    ...outcome.additions.filter((id) => !named.has(id)).map((id) => ({ id, p: 0, happened: true })),
    ...outcome.deletions.filter((id) => !named.has(id)).map((id) => ({ id, p: 1, happened: false })),
  ];
}

function missesOf(forecast: RecordedForecast | undefined, outcome: RecordedOutcome): ReviewScores['misses'] {
  if (forecast === undefined) return [];
  const p = new Map(forecast.chances.map((chance) => [chance.id, chance.p]));
  return [
    ...outcome.additions.map((id) => ({ id, happened: 'in' as const, p: p.get(id) ?? 0 })),
    ...outcome.deletions.map((id) => ({ id, happened: 'out' as const, p: 1 - (p.get(id) ?? 1) })),
  ]
    .filter((miss) => miss.p < 0.1)
    .toSorted((a, b) => a.p - b.p);
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
