/**
 * Capped weights that follow every tick in constant time. Under a single cap c a member is capped when its uncapped
 * value reaches `theta = c U / (1 - c n)`, with U the sum of the others and n the number capped. Per index we keep U,
 * n, a bound below the smallest capped and one above the largest uncapped value: only when theta crosses a bound can
 * the capped set have changed, and only then is it worked out anew.
 */
import { assert, Refusal } from '../base/errors.js';
import { WEIGHT_EPSILON } from '../weighting/fill.js';
import { smallestSingleCap } from '../weighting/singleCap.js';

export interface LiveCaps {
  /** Largest weight, one per index; 1 for an index without a cap. */
  readonly cap: Float64Array;
  /** Members of index k are entries `start[k]` to `start[k + 1] - 1` of the columns below. */
  readonly start: Int32Array;
  /** Uncapped value, index currency, one per entry. */
  readonly value: Float64Array;
  readonly capped: Uint8Array;
  /** U, with what adding to it lost to rounding. */
  readonly uncappedSum: Float64Array;
  readonly uncappedLost: Float64Array;
  readonly cappedCount: Int32Array;
  /** Not above any capped value of the index; infinite when none is capped. */
  readonly smallestCapped: Float64Array;
  /** Not below any uncapped value. */
  readonly largestUncapped: Float64Array;
  /** How often the set of an index was worked out anew. */
  readonly recomputed: Int32Array;
}

/** @throws Refusal `infeasible_cap` when the members of an index cannot meet its cap */
export function liveCaps(cap: Float64Array, start: Int32Array, value: Float64Array): LiveCaps {
  const n = cap.length;
  const caps: LiveCaps = {
    cap,
    start,
    value,
    capped: new Uint8Array(value.length),
    uncappedSum: new Float64Array(n),
    uncappedLost: new Float64Array(n),
    cappedCount: new Int32Array(n),
    smallestCapped: new Float64Array(n),
    largestUncapped: new Float64Array(n),
    recomputed: new Int32Array(n),
  };
  for (let k = 0; k < n; k++) {
    const members = start[k + 1] - start[k];
    assert(members > 0, 'an index has members');
    if (cap[k] * members < 1 - WEIGHT_EPSILON) {
      throw new Refusal('infeasible_cap', `${members} members cannot meet a cap of ${cap[k]}`, {
        cap: cap[k],
        members,
        smallestFeasibleCap: smallestSingleCap(members),
      });
    }
    recompute(caps, k);
  }
  return caps;
}

/** A new uncapped value of one entry of index k. */
export function moveValue(caps: LiveCaps, k: number, entry: number, value: number): void {
  const before = caps.value[entry];
  caps.value[entry] = value;
  if (caps.capped[entry] === 1) {
    if (value < caps.smallestCapped[k]) caps.smallestCapped[k] = value;
  } else {
    addToSum(caps, k, value - before);
    if (value > caps.largestUncapped[k]) caps.largestUncapped[k] = value;
  }
  const theta = thresholdOf(caps, k);
  const crossed = theta > caps.smallestCapped[k] || theta * (1 + WEIGHT_EPSILON) < caps.largestUncapped[k];
  if (crossed) recompute(caps, k);
}

/** Weight of one entry of index k under the cap, now. */
export function cappedWeight(caps: LiveCaps, k: number, entry: number): number {
  const { cap, capped, cappedCount, value } = caps;
  if (capped[entry] === 1) return cap[k];
  return (value[entry] * (1 - cap[k] * cappedCount[k])) / (caps.uncappedSum[k] + caps.uncappedLost[k]);
}

/** Uncapped value from which on a member is capped. */
function thresholdOf({ cap, uncappedSum, uncappedLost, cappedCount }: LiveCaps, k: number): number {
  return (cap[k] * (uncappedSum[k] + uncappedLost[k])) / (1 - cap[k] * cappedCount[k]);
}

function addToSum({ uncappedSum, uncappedLost }: LiveCaps, k: number, change: number): void {
  const before = uncappedSum[k];
  const after = before + change;
  const kept = after - before;
  uncappedLost[k] += before - (after - kept) + (change - kept);
  uncappedSum[k] = after;
}

/** Grows the capped set from nothing until nobody outside is above the threshold (rulebooks.md 10.4). */
function recompute(caps: LiveCaps, k: number): void {
  const { start, value, capped, smallestCapped, largestUncapped } = caps;
  const end = start[k + 1];
  capped.fill(0, start[k], end);
  caps.cappedCount[k] = 0;
  caps.recomputed[k]++;
  for (let grew = true; grew;) {
    grew = false;
    sumUncapped(caps, k);
    const theta = thresholdOf(caps, k) * (1 + WEIGHT_EPSILON);
    for (let entry = start[k]; entry < end; entry++) {
      if (capped[entry] === 1 || value[entry] <= theta) continue;
      capped[entry] = 1;
      caps.cappedCount[k]++;
      grew = true;
    }
  }
  smallestCapped[k] = Infinity;
  largestUncapped[k] = 0;
  for (let entry = start[k]; entry < end; entry++) {
    if (capped[entry] === 1) smallestCapped[k] = Math.min(smallestCapped[k], value[entry]);
    else largestUncapped[k] = Math.max(largestUncapped[k], value[entry]);
  }
}

function sumUncapped(caps: LiveCaps, k: number): void {
  const { start, value, capped, uncappedSum, uncappedLost } = caps;
  uncappedSum[k] = 0;
  uncappedLost[k] = 0;
  for (let entry = start[k]; entry < start[k + 1]; entry++) {
    if (capped[entry] === 0) addToSum(caps, k, value[entry]);
  }
}
