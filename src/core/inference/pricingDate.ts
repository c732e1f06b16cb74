/**
 * The day that priced the capping factors. Caps are met exactly at one close and drift from the next on, so among the
 * closes before a swap it is the one at which the new basket's largest weight stands at the single cap and the k
 * largest are within their joint limit.
 */
import type { Day, SecurityId } from '../base/brand.js';
import type { BasketEstimate } from './basketFit.js';
import type { PriceSource } from './equations.js';
import { byWeight, largestSum, weightsOn } from './weightEstimate.js';

/** Caps of the rulebook, 0..1. */
export interface Caps {
  readonly single: number;
  readonly top?: { readonly k: number; readonly limit: number };
}

export interface CapWeight {
  readonly id: SecurityId;
  readonly weight: number;
  readonly standardError: number;
}

export interface PricingCandidate {
  readonly day: Day;
  /** Distance from caps met exactly: of the largest weight, or of the joint sum where that is above its limit, 0..1. */
  readonly deviation: number;
  /** Standard error of the quantity that deviates. */
  readonly standardError: number;
  /** Members within three standard errors of the single cap. */
  readonly atCap: readonly CapWeight[];
  /** The k largest together; `met` when within three standard errors of the limit. */
  readonly top?: {
    readonly k: number;
    readonly sum: number;
    readonly standardError: number;
    readonly met: boolean;
  };
}

export interface PricingDate {
  /** Smallest deviation first. */
  readonly candidates: readonly PricingCandidate[];
  /** The best candidate when its deviation is within three standard errors: without one no cap was found at work. */
  readonly found: PricingCandidate | undefined;
}

/** Three standard errors: chance does it once in a few hundred. */
const WITHIN = 3;

export function findPricingDate(
  source: PriceSource,
  estimate: BasketEstimate,
  days: readonly Day[],
  caps: Caps,
): PricingDate {
  const candidates = days
    .map((day) => candidateOn(source, estimate, day, caps))
    .toSorted((a, b) => a.deviation - b.deviation);
  const [best] = candidates;
  const met = best !== undefined && best.deviation <= WITHIN * best.standardError;
  return { candidates, found: met ? best : undefined };
}

function candidateOn(source: PriceSource, estimate: BasketEstimate, day: Day, caps: Caps): PricingCandidate {
  const at = weightsOn(source, estimate, day);
  const largest = byWeight(at).map((row) => ({
    id: estimate.ids[row],
    weight: at.weights[row],
    standardError: at.standardErrors[row],
  }));
  const single = Math.abs(largest[0].weight - caps.single);
  const base = {
    day,
    deviation: single,
    standardError: largest[0].standardError,
    atCap: largest.filter(
      ({ weight, standardError }) => Math.abs(weight - caps.single) <= WITHIN * standardError,
    ),
  };
  if (caps.top === undefined) return base;
  const { sum, standardError } = largestSum(at, caps.top.k);
  const over = sum - caps.top.limit;
  const top = { k: caps.top.k, sum, standardError, met: Math.abs(over) <= WITHIN * standardError };
  return over > single ? { ...base, deviation: over, standardError, top } : { ...base, top };
}
