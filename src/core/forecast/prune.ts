/**
 * Which names can matter. Normals are bounded, so every measure has a smallest and a largest value; a name whose largest
 * cannot reach the lines is never seated, a member whose smallest is above them never leaves. Both are left out of
 * the ranking without changing one answer.
 *
 * The market moves all names together. Bounds over all markets at once would be wide, so they are taken for one
 * slice of the market draw after the other, and a name is left out when it can be in every slice.
 */
import { exp, EXP_RANGE, log } from './arithmetic.js';
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
export function everyName({ eligible }: ForecastPlan): Relevance {
  const ranked = new Int32Array(eligible.length);
  let found = 0;
  for (let row = 0; row < eligible.length; row++) if (eligible[row] === 1) ranked[found++] = row;
  return { ranked: ranked.subarray(0, found), sure: new Int32Array(0) };
}

export function prune(plan: ForecastPlan, seats: BufferPlan, space: 'log' | 'plain'): Relevance {
  const rows = everyName(plan).ranked;
  const depth = Math.max(seats.count, seats.enter, seats.keep);
  const first = surelySeatedRanks(seats);
  if (rows.length <= depth) return everyName(plan);
  const open = withinReach(plan, rows, space, Math.max(depth, first + 1));
  const bounds = boundsOf(plan, open, space);
  const scratch = new Float64Array(open.length);
  // By row of the plan.
  const matters = new Uint8Array(plan.ids.length);
  const sure = new Uint8Array(plan.ids.length);
  for (const row of open) sure[row] = plan.incumbent[row];
  for (let slice = 0; slice < SLICES; slice++) {
    writeBounds(bounds, slice);
    const reachable = largest(bounds.low, depth, scratch);
    const above = first > 0 ? largest(bounds.high, first + 1, scratch) : Infinity;
    for (let i = 0; i < open.length; i++) {
      if (bounds.high[i] >= reachable) matters[open[i]] = 1;
      if (bounds.low[i] <= above) sure[open[i]] = 0;
    }
  }
  return {
    ranked: rows.filter((row) => sure[row] === 0 && (matters[row] === 1 || isTraded(plan, row))),
    sure: rows.filter((row) => sure[row] === 1),
  };
}

/**
 * Rows that can be among the first `depth` in some slice, and a few more: those whose largest value reaches what so many
 * of the largest names have at least. The others change no bound.
 */
function withinReach(
  plan: ForecastPlan,
  rows: Int32Array,
  space: 'log' | 'plain',
  depth: number,
): Int32Array {
  const many = 2 * depth;
  if (rows.length <= many) return rows;
  const measures = Float64Array.from(rows, (row) => plan.measureKnown[row] + plan.measureFuture[row]);
  const smallest = largest(measures, many, new Float64Array(rows.length));
  const top = boundsOf(
    plan,
    rows.filter((_, i) => measures[i] >= smallest),
    space,
  );
  const scratch = new Float64Array(top.low.length);
  const reached = new Float64Array(SLICES);
  for (let slice = 0; slice < SLICES; slice++) {
    writeBounds(top, slice);
    reached[slice] = largest(top.low, depth, scratch);
  }
  const least = space === 'log' ? leastMeasure(plan, rows, top, reached) : -Infinity;
  const likely = rows.filter((_, i) => measures[i] >= least);
  const bounds = boundsOf(plan, likely, space);
  return likely.filter((_, i) => {
    for (let slice = 0; slice < SLICES; slice++) if (highOf(bounds, i, slice) >= reached[slice]) return true;
    return false;
  });
}

/**
 * What a measure must be to get there with the largest moves that any of the rows has, in a ranking by logs. One number says
 * of most of a large market that it is too small. A slice asks least of the name that moves most or least with the market: what is
 * to be reached, less the name's market move, is concave in how much it moves.
 */
function leastMeasure(
  plan: ForecastPlan,
  rows: Int32Array,
  { marketRange }: Bounds,
  reached: Float64Array,
): number {
  const { average } = plan.horizon;
  let [marketLeast, marketMost, otherMost, doubtMost] = [Infinity, -Infinity, 0, 0];
  for (const row of rows) {
    const market = average * plan.market[row];
    marketLeast = Math.min(marketLeast, market);
    marketMost = Math.max(marketMost, market);
    otherMost = Math.max(otherMost, Math.abs(plan.sector[row]) + Math.abs(plan.own[row]));
    doubtMost = Math.max(doubtMost, Math.abs(plan.measureDoubt[row]));
  }
  let lowest = Infinity;
  for (let slice = 0; slice < SLICES; slice++) {
    for (const market of [marketLeast, marketMost]) {
      const from = market * sliceFrom(marketRange, slice);
      const to = market * sliceFrom(marketRange, slice + 1);
      lowest = Math.min(lowest, reached[slice] - Math.max(from, to));
    }
  }
  const least = lowest - average * otherMost * marketRange - doubtMost * MAX_NORMAL - 2 * MARGIN;
  return least < -EXP_RANGE ? 0 : exp(Math.min(least, EXP_RANGE)) * (1 - MARGIN);
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
  const { low, high } = bounds;
  for (let i = 0; i < low.length; i++) {
    low[i] = lowOf(bounds, i, slice);
    high[i] = highOf(bounds, i, slice);
  }
}

const sliceFrom = (marketRange: number, slice: number): number => marketRange * ((2 * slice) / SLICES - 1);

const marketFrom = ({ marketRange }: Bounds, slice: number): number => sliceFrom(marketRange, slice);

function lowOf(bounds: Bounds, i: number, slice: number): number {
  const { space, level, known, market, other, lessMost, doubt, halfDoubt } = bounds;
  const moved = Math.min(market[i] * marketFrom(bounds, slice), market[i] * marketFrom(bounds, slice + 1));
  const down = moved - other[i] - lessMost[i];
  return space === 'log'
    ? level[i] + down - doubt[i] - halfDoubt[i] - MARGIN
    : (known[i] + level[i] * exp(down)) * exp(-doubt[i] - halfDoubt[i]) * (1 - MARGIN);
}

function highOf(bounds: Bounds, i: number, slice: number): number {
  const { space, level, known, market, other, lessLeast, doubt, halfDoubt } = bounds;
  const moved = Math.max(market[i] * marketFrom(bounds, slice), market[i] * marketFrom(bounds, slice + 1));
  const up = moved + other[i] - lessLeast[i];
  return space === 'log'
    ? level[i] + up + doubt[i] - halfDoubt[i] + MARGIN
    : (known[i] + level[i] * exp(up)) * exp(doubt[i] - halfDoubt[i]) * (1 + MARGIN);
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
