/**
 * The lines of the record: forecasts as they were published, and what happened. A flow is kept as a share of the tracked
 * assets of its day, so that days with different published totals can be scored alike; money is worked out from it.
 */
import { securityId, type Day, type SecurityId } from '../base/brand.js';
import { ENGINE_VERSION } from '../base/version.js';
import { quantilesOf } from '../forecast/quantiles.js';
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

export interface RecordedFlow {
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
