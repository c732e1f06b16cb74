/**
 * Which names can matter. Normals are bounded, so every measure has a smallest and a largest value; a name whose largest
 * cannot reach the lines is never seated, a member whose smallest is above them never leaves. Both are left out of
 * the ranking without changing one answer.
 *
 * The market moves all names together. Bounds over all markets at once would be wide, so they are taken for one
 * slice of the market draw after the other, and a name is left out when it can be in every slice.
 */
import { exp, log } from './arithmetic.js';
import { TAIL_LIMIT } from './commonDraws.js';
import { MAX_NORMAL } from './normal.js';
import { halfVarianceOf, type ForecastPlan, type SeatPlan } from './plan.js';

export interface Relevance {
  /** Eligible rows whose rank decides something, ascending. */
  readonly ranked: Int32Array;
  /** Members that are among the first ranks on every path and stay, ascending. */
  readonly sure: Int32Array;
}

type BufferPlan = Extract<SeatPlan, { kind: 'buffer' }>;

const SLICES = 32;
/** More than rounding can move a bound. */
const MARGIN = 1e-9;

/** Every eligible name ranked: what `prune` must not differ from. */
export function everyName({ ids, eligible }: ForecastPlan): Relevance {
  const ranked = Int32Array.from(ids.keys()).filter((row) => eligible[row] === 1);
  return { ranked, sure: new Int32Array(0) };
}

export function prune(plan: ForecastPlan, seats: BufferPlan, space: 'log' | 'plain'): Relevance {
  const rows = everyName(plan).ranked;
  const depth = Math.max(seats.count, seats.enter, seats.keep);
  const first = surelySeatedRanks(seats);
  if (rows.length <= depth) return everyName(plan);
  const bounds = boundsOf(plan, rows, space);
  const matters = new Uint8Array(rows.length);
  const unsure = new Uint8Array(rows.length);
  const scratch = new Float64Array(rows.length);
  for (let slice = 0; slice < SLICES; slice++) {
    writeBounds(bounds, slice);
    const reachable = largest(bounds.low, depth, scratch);
    const above = first > 0 ? largest(bounds.high, first + 1, scratch) : Infinity;
    for (let i = 0; i < rows.length; i++) {
      if (bounds.high[i] >= reachable) matters[i] = 1;
      if (bounds.low[i] <= above) unsure[i] = 1;
    }
  }
  const isSure = (i: number): boolean => plan.incumbent[rows[i]] === 1 && unsure[i] === 0;
  return {
    ranked: rows.filter((row, i) => !isSure(i) && (matters[i] === 1 || isTraded(plan, row))),
    sure: rows.filter((_, i) => isSure(i)),
  };
}

/** Whoever is in the old basket has moves of its own in any case. */
const isTraded = ({ incumbent, oldShares }: ForecastPlan, row: number): boolean =>
  incumbent[row] === 1 || oldShares[row] > 0;

/** A member at this rank or above keeps its seat whatever the others do; 0 when no rank is safe. */
function surelySeatedRanks({ count, enter, keep, order }: BufferPlan): number {
  // Newcomers first, and more of them than seats: they can push out anybody.
  if (order === 'enter-first' && enter > count) return 0;
  return Math.min(count, enter, keep);
}

/** Constants of the bounds per name, and the bounds of one slice. */
interface Bounds {
  readonly space: 'log' | 'plain';
  readonly level: Float64Array;
  readonly known: Float64Array;
  /** Move per unit of the market draw; largest other move; most that half the variance takes off, and least. */
  readonly market: Float64Array;
  readonly other: Float64Array;
  readonly lessMost: Float64Array;
  readonly lessLeast: Float64Array;
  readonly doubt: Float64Array;
  readonly halfDoubt: Float64Array;
  readonly marketRange: number;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

function boundsOf(plan: ForecastPlan, rows: Int32Array, space: 'log' | 'plain'): Bounds {
  const { average } = plan.horizon;
  const fat = plan.tailDegrees !== Infinity;
  const range = MAX_NORMAL * (fat ? TAIL_LIMIT : 1);
  const column = (value: (row: number) => number): Float64Array => {
    const made = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) made[i] = value(rows[i]);
    return made;
  };
  const less = (row: number): number => average * average * halfVarianceOf(plan, row);
  return {
    space,
    level: column((row) => (space === 'log' ? log(plan.measureFuture[row]) : plan.measureFuture[row])),
    known: column((row) => plan.measureKnown[row]),
    market: column((row) => average * plan.market[row]),
    other: column((row) => average * (Math.abs(plan.sector[row]) + Math.abs(plan.own[row])) * range),
    lessMost: column((row) => less(row) * (fat ? TAIL_LIMIT * TAIL_LIMIT : 1)),
    lessLeast: column((row) => (fat ? 0 : less(row))),
    doubt: column((row) => Math.abs(plan.measureDoubt[row]) * MAX_NORMAL),
    halfDoubt: column((row) => 0.5 * plan.measureDoubt[row] * plan.measureDoubt[row]),
    marketRange: range,
    low: new Float64Array(rows.length),
    high: new Float64Array(rows.length),
  };
}

function writeBounds(bounds: Bounds, slice: number): void {
  const { space, level, known, market, other, lessMost, lessLeast, doubt, halfDoubt, low, high } = bounds;
  const from = bounds.marketRange * ((2 * slice) / SLICES - 1);
  const to = bounds.marketRange * ((2 * slice + 2) / SLICES - 1);
  for (let i = 0; i < low.length; i++) {
    const down = Math.min(market[i] * from, market[i] * to) - other[i] - lessMost[i];
    const up = Math.max(market[i] * from, market[i] * to) + other[i] - lessLeast[i];
    if (space === 'log') {
      low[i] = level[i] + down - doubt[i] - halfDoubt[i] - MARGIN;
      high[i] = level[i] + up + doubt[i] - halfDoubt[i] + MARGIN;
    } else {
      low[i] = (known[i] + level[i] * exp(down)) * exp(-doubt[i] - halfDoubt[i]) * (1 - MARGIN);
      high[i] = (known[i] + level[i] * exp(up)) * exp(doubt[i] - halfDoubt[i]) * (1 + MARGIN);
    }
  }
}

/** The k-th largest value, k from 1; -Infinity when there are fewer. @param values room for as many */
function largest(column: Float64Array, k: number, values: Float64Array): number {
  if (k > column.length) return -Infinity;
  values.set(column);
  let from = 0;
  let to = values.length - 1;
  const at = k - 1;
  while (from < to) {
    const pivot = values[(from + to) >> 1];
    let i = from;
    let j = to;
    while (i <= j) {
      while (values[i] > pivot) i++;
      while (values[j] < pivot) j--;
      if (i <= j) {
        const moved = values[i];
        values[i] = values[j];
        values[j] = moved;
        i++;
        j--;
      }
    }
    if (at <= j) to = j;
    else if (at >= i) from = i;
    else break;
  }
  return values[at];
}
