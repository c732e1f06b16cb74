/**
 * The record: forecasts as they were published, what happened, and how good they were. A flow is kept as a share of the
 * tracked assets of its day, so that days with different published totals can be scored alike; money is worked out from it.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { ENGINE_VERSION } from '../base/version.js';
import { quantilesOf } from '../forecast/draws.js';
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
  /** Flow over assets: mean weight after, and twenty quantiles. */
  readonly flows: readonly {
    readonly id: SecurityId;
    readonly weightAfter: number;
    readonly quantiles: readonly number[];
  }[];
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
  readonly engine: string;
}

export type RecordEntry = RecordedForecast | RecordedOutcome;

const rounded = (value: number): number => Number(value.toPrecision(6));

/** @param assetsKnown whether a total of tracked assets was published by the knowledge date */
export function recordedForecast(run: ForecastRun, assetsKnown: boolean): RecordedForecast {
  const { draws, plan, request, provenance, assets } = run;
  const chances = draws.names
    .filter(({ in: chance, incumbent }) => (incumbent ? chance.mean < 1 - 1e-6 : chance.mean > 1e-6))
    .map(({ id, incumbent, in: chance }) => ({ id, incumbent, p: rounded(chance.mean) }));
  const flows = draws.names
    .filter(({ flowSamples }) => flowSamples.length > 0)
    .toSorted((a, b) => Math.abs(b.flow.mean) - Math.abs(a.flow.mean))
    .slice(0, KEPT_FLOWS)
    .map(({ id, weightAfter, flowSamples }) => ({
      id,
      weightAfter: rounded(weightAfter),
      quantiles: quantilesOf(flowSamples, LEVELS).map((value) => rounded(value / plan.assets)),
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
    names: plan.ids.length,
    chances,
    flows,
  };
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
  /** Mean CRPS of the flows over assets, and how many outcomes lay within the 90 % band. */
  readonly crps: number;
  readonly covered: number;
  readonly flows: number;
  /** Mean absolute difference of the mean weight after from the one that came. */
  readonly weightError: number;
}

export interface ReviewScores {
  readonly effective: Day;
  readonly days: readonly DayScore[];
  readonly brier: number;
  readonly logScore: number;
  readonly crps: number;
  /** Share of outcomes within the 90 % band. */
  readonly coverage90: number;
  readonly calibration: readonly CalibrationBin[];
  /** Forecasts of membership and of flows behind the figures. */
  readonly sample: { readonly chances: number; readonly flows: number };
  /** Changes that came although less than one in ten was given to them on the last day, most surprising first. */
  readonly misses: readonly {
    readonly id: SecurityId;
    readonly happened: 'in' | 'out';
    readonly p: number;
  }[];
}

/** Scores of every forecast of one review; names nobody doubted count where they were wrong. */
function scoreReview(forecasts: readonly RecordedForecast[], outcome: RecordedOutcome): ReviewScores {
  const members = new Set(outcome.members);
  const changes = new Map(outcome.changes.map((change) => [change.id, change]));
  const pairs = forecasts.map((forecast) => chancesOf(forecast, outcome, members));
  const days = forecasts.map((forecast, i): DayScore => {
    const scored = pairs[i];
    // Without the closes of the swap there is no flow to hold against.
    const held = outcome.changes.length === 0 ? [] : forecast.flows;
    const flows = held.map(({ id, quantiles, weightAfter }) => {
      const came = changes.get(id) ?? { change: 0, weightAfter: 0 };
      return {
        crps: crps(quantiles, came.change),
        covered: came.change >= quantiles[1] - 1e-9 && came.change <= quantiles[18] + 1e-9,
        weight: Math.abs(weightAfter - came.weightAfter),
      };
    });
    return {
      knownAt: forecast.knownAt,
      brier: mean(scored.map(({ p, happened }) => brier(p, happened))),
      logScore: mean(scored.map(({ p, happened }) => logScore(p, happened))),
      uncertain: scored.length,
      crps: mean(flows.map((flow) => flow.crps)),
      covered: flows.filter(({ covered }) => covered).length,
      flows: flows.length,
      weightError: mean(flows.map(({ weight }) => weight)),
    };
  });
  const all = pairs.flat();
  const flows = days.reduce((total, day) => total + day.flows, 0);
  return {
    effective: outcome.effective,
    days,
    brier: mean(all.map(({ p, happened }) => brier(p, happened))),
    logScore: mean(all.map(({ p, happened }) => logScore(p, happened))),
    crps: mean(days.map((day) => day.crps).filter((value) => !Number.isNaN(value))),
    coverage90: days.reduce((total, day) => total + day.covered, 0) / Math.max(1, flows),
    calibration: calibration(all),
    sample: { chances: all.length, flows },
    misses: missesOf(forecasts.at(-1), outcome),
  };
}

/** Scores of every review whose outcome is in the record, or of the one asked for. */
export function scoreRecord(entries: readonly RecordEntry[], effective?: Day): ReviewScores[] {
  return entries
    .filter((entry) => entry.kind === 'outcome')
    .filter((outcome) => effective === undefined || outcome.effective === effective)
    .map((outcome) => scoreReview(forecastsOf(entries, outcome.effective), outcome));
}

const forecastsOf = (entries: readonly RecordEntry[], effective: Day): RecordedForecast[] =>
  entries.filter((entry) => entry.kind === 'forecast').filter((forecast) => forecast.effective === effective);

interface FanDay {
  readonly knownAt: Day;
  /** 5, 25, 50, 75 and 95 %: flow over assets. */
  readonly quantiles: readonly number[];
}

/** How the forecast flow of one security moved over the evenings of a review, and what came; over tracked assets. */
export function flowFan(
  entries: readonly RecordEntry[],
  effective: Day,
  id: SecurityId,
): { readonly days: readonly FanDay[]; readonly came: number | undefined } {
  const days = forecastsOf(entries, effective).flatMap(({ knownAt, flows }): FanDay[] => {
    const quantiles = flows.find((flow) => flow.id === id)?.quantiles;
    if (quantiles === undefined) return [];
    // The middles of twenty equal parts are kept; an edge lies between two of them.
    const edge = (i: number): number => (quantiles[i] + quantiles[i + 1]) / 2;
    return [{ knownAt, quantiles: [edge(0), edge(4), edge(9), edge(14), edge(18)] }];
  });
  const outcome = entries
    .filter((entry) => entry.kind === 'outcome')
    .find((entry) => entry.effective === effective);
  return { days, came: outcome?.changes.find((change) => change.id === id)?.change };
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
