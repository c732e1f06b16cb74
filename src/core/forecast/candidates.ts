/**
 * Exact pruning: the normals are bounded, so a name whose largest possible measure is below what enough others reach at
 * their smallest can hold no seat on any path. Leaving it out changes no number, since every draw belongs to a name and
 * not to a place in a list.
 */
import { exp } from './elementary.js';
import type { ForecastPlan } from './plan.js';
import { NORMAL_BOUND } from './randomness.js';

/** Rows that some path can need, ascending: members before, members fixed, and whoever can reach a seat. */
export function activeRows(plan: ForecastPlan, prune: boolean): Int32Array {
  const n = plan.ids.length;
  const { seats } = plan;
  if (seats.kind === 'fixed') {
    return rowsWhere(n, (i) => plan.incumbent[i] === 1 || plan.fixedMember[i] === 1);
  }
  if (!prune) return rowsWhere(n, (i) => plan.incumbent[i] === 1 || plan.eligible[i] === 1);
  const bounds = measureBounds(plan);
  // Nobody below this rank is looked at, whoever else moves.
  const depth = Math.max(seats.keep, seats.count, seats.enter);
  const lowest = bounds.low.filter((_, i) => plan.eligible[i] === 1).sort();
  const line = lowest.length > depth ? lowest[lowest.length - depth] : 0;
  return rowsWhere(n, (i) => plan.incumbent[i] === 1 || (plan.eligible[i] === 1 && bounds.high[i] >= line));
}

/** Smallest and largest measure a name can have. A heavy tail has no bound, so nothing is pruned under one. */
function measureBounds(plan: ForecastPlan): {
  readonly low: Float64Array;
  readonly high: Float64Array;
} {
  const n = plan.ids.length;
  const low = new Float64Array(n);
  const high = new Float64Array(n);
  const unbounded = Number.isFinite(plan.tailDegrees) && plan.horizon.average > 0;
  for (let i = 0; i < n; i++) {
    const spread = plan.horizon.average * (plan.market[i] + plan.sector[i] + plan.own[i]) * NORMAL_BOUND;
    const doubt = plan.measureDoubt[i] * NORMAL_BOUND;
    const known = plan.measureKnown[i];
    const future = plan.measureFuture[i];
    // The corrections by half a variance are left out on the high side and doubled on the low side: bounds stay bounds.
    const half = spread * spread;
    low[i] =
      unbounded && future > 0 ? 0 : (known + future * exp(-spread - half)) * exp(-doubt - doubt * doubt);
    high[i] = unbounded && future > 0 ? Infinity : (known + future * exp(spread)) * exp(doubt);
  }
  return { low, high };
}

function rowsWhere(n: number, wanted: (row: number) => boolean): Int32Array {
  return Int32Array.from({ length: n }, (_, row) => row).filter(wanted);
}
