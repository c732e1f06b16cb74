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
  type ForecastPlan,
  type IndexData,
  type PlannedForecast,
} from '../../core/index.js';
import { wasmParts } from '../../data/wasmKernel.js';
import type { Named } from '../api/types.js';
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
  /** That of the announcement, or the last one held before it. */
  readonly announced: string;
  /** All that may come in. */
  readonly named: readonly Named[];
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
    announced: eveningOfAnnouncement(data, effective),
    named: data.market.securities.map(({ id, nameZh: name, nameEn, nameShort }) => ({
      id,
      name,
      nameEn,
      nameShort,
    })),
  };
}

function eveningOfAnnouncement({ rulebook, market }: IndexData, effective: Day): string {
  const { announcement } = datesOfReview(resolveRulebook(rulebook, effective), market.calendar, effective);
  return formatDay(Math.min(announcement, panelRange(market.prices).last) as Day);
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
    const whole = planOn(data, request, evening);
    const planned = { ...whole, plan: withoutSpectators(whole.plan) };
    const fresh = { planned, base: namesOf(drawsOf(planned, {})) };
    made.set(key, fresh);
    return fresh;
  };
  return {
    run(request) {
      try {
        const evening = request.evening ?? eveningOfAnnouncement(data, dayOf(request.effective));
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

/** Once the members are announced nobody else can trade, and randomness is a matter of each name: no number changes. */
function withoutSpectators(whole: ForecastPlan): ForecastPlan {
  if (whole.seats.kind !== 'fixed') return whole;
  const stays = (_: unknown, row: number): boolean => whole.incumbent[row] + whole.fixedMember[row] > 0;
  return {
    ...whole,
    ids: whole.ids.filter(stays),
    incumbent: whole.incumbent.filter(stays),
    eligible: whole.eligible.filter(stays),
    fixedMember: whole.fixedMember.filter(stays),
    measureKnown: whole.measureKnown.filter(stays),
    measureFuture: whole.measureFuture.filter(stays),
    measureDoubt: whole.measureDoubt.filter(stays),
    market: whole.market.filter(stays),
    sector: whole.sector.filter(stays),
    own: whole.own.filter(stays),
    sectorOf: whole.sectorOf.filter(stays),
    price: whole.price.filter(stays),
    pricingBase: whole.pricingBase.filter(stays),
    oldShares: whole.oldShares.filter(stays),
    newShares: whole.newShares.filter(stays),
  };
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
