/**
 * How good recorded forecasts were. Until the swap the assets of a flow move with the index; units created or redeemed on
 * the way are in no outcome, since their counts are not published daily, and so they are not in what is scored. What came of
 * a flow is then
 *
 *   (weight after - weight before) x level at the swap / level on the evening of the forecast
 *
 * One review may be forecast by several engine versions; each is scored by itself.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { brier, calibration, crps, logScore, type CalibrationBin } from '../forecast/scores.js';
import type { RecordedFlow, RecordedForecast, RecordedOutcome, RecordEntry } from './recordLines.js';

/** Half a unit in the fourth digit: a band of no width still holds what is equal to it. */
const ROUNDING = 5e-4;

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
