/**
 * Capped weights for thousands of reviews: the same as `applyCaps` for the commonest rules, a single cap and a limit on
 * the k largest whose capped members stay, without sorting, without allocating and without words. Everything else
 * goes to `applyCaps`, which is the specification; tests hold the two together.
 */
import type { NamedCap } from './capping.js';
import { WEIGHT_EPSILON } from './fill.js';
import type { SingleCapRule } from './singleCap.js';
import type { TopKCapRule } from './topKCap.js';

export interface CommonRules {
  readonly single: SingleCapRule;
  readonly top: TopKCapRule | undefined;
}

/** The rules when they are of the common kind, else `undefined`. */
export function commonRules(caps: readonly NamedCap[]): CommonRules | undefined {
  const [single, top] = caps.map(({ rule }) => rule);
  if (caps.length < 1 || caps.length > 2 || single.kind !== 'single') return undefined;
  if (single.trigger !== undefined || single.spread === 'deferred') return undefined;
  if (top === undefined) return { single, top };
  if (top.kind !== 'top-k' || top.redistribution !== 'capped-stay') return undefined;
  return top.target === undefined && top.outsiders === undefined ? { single, top } : undefined;
}

interface CapColumns {
  readonly float64: (length: number) => Float64Array;
  readonly int32: (length: number) => Int32Array;
  readonly uint8: (length: number) => Uint8Array;
}

const HEAP: CapColumns = {
  float64: (length) => new Float64Array(length),
  int32: (length) => new Int32Array(length),
  uint8: (length) => new Uint8Array(length),
};

/** Columns of up to a stated number of members, used again for every review. */
export interface CapWork {
  /** Uncapped market values, finite and above 0: the input. */
  readonly values: Float64Array;
  /** Sum 1. */
  readonly weights: Float64Array;
  /** 1 where the single cap, or the joint rule, set the weight. */
  readonly heldBySingle: Uint8Array;
  readonly setByTop: Uint8Array;
  readonly largest: Int32Array;
  /** Rows the single cap holds, ascending, as many as `held`. */
  readonly heldRows: Int32Array;
  /** What the single cap left: values of the free, their share of the index, and how many are held. */
  free: number;
  left: number;
  held: number;
  /** Whether the joint rule acted. */
  topActed: boolean;
}

/** @param columns where they are made */
export function capWork(members: number, columns: CapColumns = HEAP): CapWork {
  return {
    values: columns.float64(members),
    weights: columns.float64(members),
    heldBySingle: columns.uint8(members),
    setByTop: columns.uint8(members),
    largest: columns.int32(members),
    heldRows: columns.int32(members),
    free: 0,
    left: 1,
    held: 0,
    topActed: false,
  };
}

/**
 * Weights of the first `n` values.
 * @returns false when this is not an ordinary case and `applyCaps` has to decide
 */
export function applyCommonCaps(work: CapWork, n: number, { single, top }: CommonRules): boolean {
  // At the edge of what can be met, the specification shares out the rounding, or refuses.
  if (single.cap * n < 1 + 1e-9) return false;
  work.topActed = false;
  work.setByTop.fill(0, 0, n);
  fillSingle(work, n, single.cap);
  return top === undefined || (top.k < n && limitTop(work, n, single.cap, top));
}

/** Everybody pro rata to value and nobody above the cap; a held member has exactly the cap. */
function fillSingle(work: CapWork, n: number, cap: number): void {
  const { values, weights, heldBySingle, heldRows } = work;
  let total = 0;
  for (let i = 0; i < n; i++) total += values[i];
  let free = total;
  let left = 1;
  let held = 0;
  let threshold = Infinity;
  for (;;) {
    // Above this value a member's share would pass the cap. It only falls, so who is held stays held.
    threshold = ((cap + WEIGHT_EPSILON) * free) / left;
    let stillFree = 0;
    let nowHeld = 0;
    for (let i = 0; i < n; i++) {
      if (values[i] > threshold) nowHeld++;
      else stillFree += values[i];
    }
    if (nowHeld === held) break;
    held = nowHeld;
    free = stillFree;
    left = 1 - held * cap;
  }
  const scale = left / free;
  let found = 0;
  for (let i = 0; i < n; i++) {
    const isHeld = values[i] > threshold;
    heldBySingle[i] = isHeld ? 1 : 0;
    if (isHeld) heldRows[found++] = i;
    weights[i] = isHeld ? cap : values[i] * scale;
  }
  work.free = free;
  work.left = left;
  work.held = held;
}

/** The k largest: those at the single cap stay, the others share what is left of the limit, the rest fills up. */
function limitTop(work: CapWork, n: number, cap: number, { k, limit }: TopKCapRule): boolean {
  const { values, weights, heldBySingle, setByTop, largest } = work;
  findLargest(values, n, k, largest);
  let sum = 0;
  let scaled = 0;
  let standing = 0;
  for (let j = 0; j < k; j++) {
    const row = largest[j];
    sum += weights[row];
    if (heldBySingle[row] === 1) standing++;
    else scaled += values[row];
  }
  if (sum <= limit + WEIGHT_EPSILON) return true;
  const left = limit - standing * cap;
  if (standing === k || left <= 0) return false;
  let smallest = Infinity;
  for (let j = 0; j < k; j++) {
    const row = largest[j];
    if (heldBySingle[row] === 0) weights[row] = (values[row] / scaled) * left;
    smallest = Math.min(smallest, weights[row]);
    setByTop[row] = 1;
  }
  if ((n - k) * smallest < 1 - limit + 1e-9) return false;
  fillRest(work, n, 1 - limit, smallest);
  work.topActed = true;
  return true;
}

/** Rows of the k largest values, largest first, ties to the lower row. */
function findLargest(values: Float64Array, n: number, k: number, rows: Int32Array): void {
  let found = 0;
  for (let row = 0; row < n; row++) {
    const value = values[row];
    if (found === k && value <= values[rows[k - 1]]) continue;
    let at = found < k ? found++ : k - 1;
    for (; at > 0 && values[rows[at - 1]] < value; at--) rows[at] = rows[at - 1];
    rows[at] = row;
  }
}

/** Shares out `total` among those the joint rule did not set, nobody above the ceiling. */
function fillRest(work: CapWork, n: number, total: number, ceiling: number): void {
  const { values, weights, setByTop } = work;
  let free = 0;
  for (let i = 0; i < n; i++) if (setByTop[i] === 0) free += values[i];
  let left = total;
  let held = 0;
  let threshold = Infinity;
  for (;;) {
    threshold = ((ceiling + WEIGHT_EPSILON) * free) / left;
    let stillFree = 0;
    let nowHeld = 0;
    for (let i = 0; i < n; i++) {
      if (setByTop[i] === 1) continue;
      if (values[i] > threshold) nowHeld++;
      else stillFree += values[i];
    }
    if (nowHeld === held) break;
    held = nowHeld;
    free = stillFree;
    left = total - held * ceiling;
  }
  const scale = left / free;
  for (let i = 0; i < n; i++) {
    if (setByTop[i] === 1) continue;
    const isHeld = values[i] > threshold;
    weights[i] = isHeld ? ceiling : values[i] * scale;
    // A member outside the k at the ceiling is set by the rule as well.
    if (isHeld) setByTop[i] = 2;
  }
}
