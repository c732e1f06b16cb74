/**
 * Chances and spreads of a review with something changed: the plan of an evening is made once, then simulated as often as
 * a slider moves, by the same kernel as on the command line.
 */
import {
  changedPlan,
  datesOfReview,
  formatDay,
  InputError,
  panelRange,
  parseDay,
  planForecast,
  quantilesOf,
  readingChoice,
  Refusal,
  resolveRulebook,
  sessionsBetween,
  simulate,
  type Day,
  type ForecastDraws,
  type IndexData,
  type PlannedForecast,
} from '../../core/index.js';
import { wasmParts } from '../../data/wasmKernel.js';
import type { WhatIfFailure, WhatIfRequest } from './runCase.js';

export interface ChanceRequest extends Omit<WhatIfRequest, 'knownAt'> {
  /** What is known, ISO; that of the announcement when absent. */
  readonly evening: string | undefined;
  /** Of the review as it is: where no total was published by that evening, this one is used. */
  readonly laterAssets: number;
}

export interface ChanceName {
  readonly id: string;
  readonly member: boolean;
  readonly pIn: number;
  readonly pCapped: number;
  readonly mean: number;
  /** Flow at 5, 25, 50, 75 and 95 %; signed, buy positive. */
  readonly quantiles: readonly number[];
}

export interface ChanceOutcome {
  readonly evening: string;
  readonly paths: number;
  readonly seats: number;
  readonly announced: boolean;
  readonly names: readonly ChanceName[];
  /** The same with nothing changed. */
  readonly base: readonly ChanceName[];
  readonly assets: number;
  /** Time the kernel took for the changed plan. */
  readonly computeMs: number;
}

export interface ChanceLimits {
  /** From the swap before this one to its own, as far as closes are held. */
  readonly evenings: readonly string[];
  /** The last one on which something is open that is not just the last days' prices: the announcement. */
  readonly announced: string;
}

/** Enough for the eye: the error of a quantile is then a pixel or two. */
const PATHS = 2048;
const SEED = 1;
const LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95];

export function chanceLimits(data: IndexData, effectiveText: string): ChanceLimits {
  const effective = dayOf(effectiveText);
  const { calendar, prices } = data.market;
  const dates = datesOfReview(resolveRulebook(data.rulebook, effective), calendar, effective);
  const until = Math.min(dates.swap, panelRange(prices).last) as Day;
  const before = data.baskets.findLast(({ composition }) => composition.swap < dates.swap);
  const from = before === undefined ? dates.announcement : before.composition.effective;
  const evenings = from > until ? [until] : sessionsBetween(calendar, from, until);
  return {
    evenings: evenings.map(formatDay),
    announced: formatDay(Math.min(dates.announcement, until) as Day),
  };
}

/** A case with the plans that were made of it. */
export interface ChanceCase {
  readonly run: (request: ChanceRequest) => ChanceOutcome | WhatIfFailure;
}

interface Made {
  readonly planned: PlannedForecast;
  readonly base: readonly ChanceName[];
}

/** @param clock milliseconds */
export function chanceCase(data: IndexData, clock: () => number): ChanceCase {
  const made = new Map<string, Made>();
  const madeOf = (request: ChanceRequest, evening: string): Made => {
    const key = `${request.effective} ${evening} ${request.reading ?? ''}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const planned = planOn(data, request, evening);
    const fresh = { planned, base: namesOf(drawsOf(planned, {})) };
    made.set(key, fresh);
    return fresh;
  };
  return {
    run(request) {
      try {
        const evening = request.evening ?? chanceLimits(data, request.effective).announced;
        const { planned, base } = madeOf(request, evening);
        const { prices, caps, assets } = request;
        const started = clock();
        const draws = drawsOf(planned, { prices, caps, ...(assets === undefined ? {} : { assets }) });
        const names = namesOf(draws);
        return {
          evening,
          paths: draws.paths,
          seats: draws.seats,
          announced: planned.still.review.basis === 'announced',
          names,
          base,
          assets: assets ?? planned.plan.assets,
          computeMs: clock() - started,
        };
      } catch (error) {
        if (error instanceof Refusal || error instanceof InputError)
          return { code: error.code, message: error.message };
        throw error;
      }
    },
  };
}

function planOn(
  data: IndexData,
  { effective, reading, laterAssets }: ChanceRequest,
  evening: string,
): PlannedForecast {
  const knownAt = dayOf(evening);
  const published = data.assets.some(({ knownOn }) => knownOn <= knownAt);
  const later = {
    amount: laterAssets,
    currency: data.rulebook.currency,
    asOf: knownAt,
    range: [laterAssets, laterAssets] as const,
    scope: 'published later',
    feeders: 'not stated',
    source: 'what-if',
  };
  return planForecast(data, {
    effective: dayOf(effective),
    knownAt,
    paths: PATHS,
    seed: SEED,
    readings: reading === undefined ? {} : readingChoice(data.rulebook, reading),
    ...(published ? {} : { assets: later }),
  });
}

function drawsOf({ plan: made }: PlannedForecast, change: Parameters<typeof changedPlan>[1]): ForecastDraws {
  const changed = changedPlan(made, change);
  return simulate(changed, { seed: SEED, paths: PATHS }, wasmParts(changed));
}

const namesOf = ({ names }: ForecastDraws): ChanceName[] =>
  names.map(({ id, incumbent, in: chance, capped, flow, flowSamples }) => ({
    id,
    member: incumbent,
    pIn: chance.mean,
    pCapped: capped.mean,
    mean: flow.mean,
    quantiles: flowSamples.length === 0 ? LEVELS.map(() => 0) : quantilesOf(flowSamples, LEVELS),
  }));

function dayOf(text: string): Day {
  const day = parseDay(text);
  if (day !== undefined) return day;
  throw new InputError('invalid_argument', `${text} is not a date`, [
    { code: 'invalid_argument', path: 'evening', value: text, expected: 'an existing date as YYYY-MM-DD' },
  ]);
}
