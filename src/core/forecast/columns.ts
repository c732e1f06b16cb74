/**
 * A forecast plan as the kernel needs it: only the names that can be ranked, priced or traded, their constants, and
 * the columns a path is written to. All of them lie in one arena, so that a WebAssembly module can work on the same
 * bytes.
 */
import { assert } from '../base/errors.js';
import { commonRules, type CommonRules } from '../weighting/commonCaps.js';
import { EXP_RANGE, log } from './arithmetic.js';
import { commonDraws, sectorsOf, TAIL_LIMIT, type CommonDraws } from './commonDraws.js';
import { MAX_NORMAL, normalTables } from './normal.js';
import { halfVarianceOf, type ForecastPlan, type SeatPlan } from './plan.js';
import type { Prepared } from './prepare.js';
import { identityOf } from './randomness.js';

/** Where columns are made. Lengths are padded to whole vectors; what is beyond the names is 0. */
export interface Arena {
  readonly float64: (length: number) => Float64Array;
  readonly float32: (length: number) => Float32Array;
  readonly int32: (length: number) => Int32Array;
  readonly uint8: (length: number) => Uint8Array;
}

export const HEAP: Arena = {
  float64: (length) => new Float64Array(padded(length)),
  float32: (length) => new Float32Array(padded(length)),
  int32: (length) => new Int32Array(padded(length)),
  uint8: (length) => new Uint8Array(padded(length)),
};

/** Names per vector of random words. */
const LANES = 4;

const padded = (length: number): number => Math.ceil(length / LANES) * LANES;

export interface Columns {
  /** Cut down to the names; in rows of its own. */
  readonly plan: ForecastPlan;
  readonly space: 'log' | 'plain';
  /**
   * Rows of the whole plan that take part, the names of everything below: first the old basket, ascending, then the newcomers
   * that are ranked, in the order they would have without draws, then whoever is left.
   */
  readonly rows: Int32Array;
  readonly names: number;
  /** How many names stand in the old basket and are priced on every path, and how many newcomers come after them. */
  readonly standing: number;
  readonly newcomers: number;
  /** `names` rounded up to whole vectors: the length of one path's columns. */
  readonly stride: number;
  /** Incumbents whose rank decides something, in the order they would have without draws. */
  readonly ranked: Int32Array;
  /** A name that nearly always ranks below all lines and above most newcomers; -1 when there are not so many. */
  readonly cutBy: number;
  /** Members on every path. */
  readonly sure: Int32Array;
  /** Incumbents that may not be selected, ascending: they leave first. */
  readonly leaving: Int32Array;
  /** 1 for members before the review. */
  readonly incumbent: Uint8Array;
  readonly seats: SeatPlan;
  readonly rules: CommonRules | undefined;

  readonly key: Int32Array;
  readonly counter: Int32Array;
  readonly market: Float64Array;
  readonly sector: Float64Array;
  readonly own: Float64Array;
  /** Deviation of the mean log price of the sessions to the cut-off by each source. */
  readonly marketSpread: Float64Array;
  readonly sectorSpread: Float64Array;
  readonly ownSpread: Float64Array;
  readonly sectorOf: Int32Array;
  readonly halfVariance: Float64Array;
  /** Constant part of a ranking in logs; measure known and future of a plain one. */
  readonly level: Float64Array;
  readonly known: Float64Array;
  readonly future: Float64Array;
  readonly doubt: Float64Array;
  readonly hasDoubt: boolean;
  /** Scores are logs without doubt, and every ranked name has a draw of its own. */
  readonly simple: boolean;
  /** Last known close. */
  readonly price: Float64Array;
  /** At the pricing close without a move from here on, and what the price was since then where it is past. */
  readonly newValue: Float64Array;
  readonly sincePricing: Float64Array;
  readonly oldValue: Float64Array;
  readonly oldTotal: number;
  readonly inverse: Float64Array;
  readonly cdf: Float64Array;

  /** Draws that all names share, of two paths. */
  readonly common: readonly [CommonDraws, CommonDraws];
  /**
   * Two paths each, one `stride` apart: a name's own normal times the tail factor, its mean log price by all that it
   * shares with others (and its level, in a ranking by logs), the doubt's part, and what ranks.
   */
  readonly ownDraw: Float64Array;
  readonly base: Float64Array;
  readonly doubtMove: Float64Array;
  readonly score: Float64Array;
  /** Moves of the sectors up to pricing, then from there to the swap, of the path at hand. */
  readonly sectorMoves: Float64Array;
  /** Names priced on a path, the standing ones first; by position: price at pricing and at the swap over the last close. */
  readonly priced: Int32Array;
  readonly atPricing: Float64Array;
  readonly atSwap: Float64Array;
  /** The normal that moved a name from the cut-off to pricing. */
  readonly pricingDraw: Float64Array;
}

export function columnsOf(prepared: Prepared, arena: Arena = HEAP): Columns {
  const { plan, space, relevance } = prepared;
  const all = Int32Array.from(plan.ids.keys());
  const oldValues = plan.ids.map((_, row) => plan.oldShares[row] * plan.price[row]);
  const ranked = byMeasure(plan, relevance.ranked);
  const newcomers = ranked.filter((row) => plan.incumbent[row] === 0);
  const isNewcomer = (row: number): boolean =>
    plan.seats.kind === 'buffer' && plan.incumbent[row] === 0 && plan.eligible[row] === 1;
  const standing = all.filter((row) => oldValues[row] !== 0 && !isNewcomer(row));
  const rest = all.filter((row) => oldValues[row] === 0 && !isNewcomer(row));
  const rows = Int32Array.from([...standing, ...newcomers, ...rest]);
  const names = rows.length;
  const stride = padded(names);
  const column = (value: (row: number) => number): Float64Array => {
    const made = arena.float64(names);
    for (let i = 0; i < names; i++) made[i] = value(rows[i]);
    return made;
  };
  const whole = (value: (row: number) => number): Int32Array => {
    const made = arena.int32(names);
    for (let i = 0; i < names; i++) made[i] = value(rows[i]);
    return made;
  };
  const marks = (value: (row: number) => number): Uint8Array => {
    const made = arena.uint8(names);
    for (let i = 0; i < names; i++) made[i] = value(rows[i]);
    return made;
  };
  const identities = new Map(Array.from(rows, (row) => [row, identityOf(plan.ids[row])] as const));
  const indexOf = new Map(Array.from(rows, (row, i) => [row, i] as const));
  const indices = (list: Int32Array): Int32Array => {
    const made = arena.int32(list.length).subarray(0, list.length);
    list.forEach((row, i) => (made[i] = indexOf.get(row) as number));
    return made;
  };
  const halfVariance = column((row) => halfVarianceOf(plan, row));
  const { inverse, cdf } = normalTables();
  const copied = (table: Float64Array): Float64Array => {
    const made = arena.float64(table.length);
    made.set(table);
    return made;
  };
  const seats = withoutSure(plan.seats, relevance.sure.length);
  const { average } = plan.horizon;
  const hasDoubt = rows.some((row) => plan.measureDoubt[row] !== 0);
  checkRange(plan, rows);
  return {
    plan,
    space,
    rows: rows.map((row) => prepared.rows[row]),
    names,
    stride,
    standing: standing.length,
    newcomers: newcomers.length,
    ranked: indices(ranked.filter((row) => plan.incumbent[row] === 1)),
    cutBy: indexOf.get(ranked[cutRank(seats)]) ?? -1,
    sure: indices(relevance.sure),
    leaving: indices(all.filter((row) => plan.incumbent[row] === 1 && plan.eligible[row] === 0)),
    incumbent: marks((row) => plan.incumbent[row]),
    seats,
    rules: commonRules(plan.caps),
    key: whole((row) => identities.get(row)!.key),
    counter: whole((row) => identities.get(row)!.counter),
    market: column((row) => plan.market[row]),
    sector: column((row) => plan.sector[row]),
    own: column((row) => plan.own[row]),
    marketSpread: column((row) => average * plan.market[row]),
    sectorSpread: column((row) => average * plan.sector[row]),
    ownSpread: column((row) => average * plan.own[row]),
    sectorOf: whole((row) => plan.sectorOf[row]),
    halfVariance,
    level: column((row) => levelOf(plan, row, space)),
    known: column((row) => plan.measureKnown[row]),
    future: column((row) => plan.measureFuture[row]),
    doubt: column((row) => plan.measureDoubt[row]),
    hasDoubt,
    simple: space === 'log' && !hasDoubt && ranked.every((row) => average * plan.own[row] > 0),
    price: column((row) => plan.price[row]),
    newValue: column((row) => plan.newShares[row] * plan.pricingBase[row]),
    sincePricing: column((row) => plan.price[row] / plan.pricingBase[row]),
    oldValue: column((row) => oldValues[row]),
    oldTotal: oldValues.reduce((sum, value) => sum + value, 0),
    inverse: copied(inverse),
    cdf: copied(cdf),
    common: [commonDraws(plan, arena.float64), commonDraws(plan, arena.float64)],
    ownDraw: arena.float64(2 * stride),
    base: arena.float64(2 * stride),
    doubtMove: arena.float64(2 * stride),
    score: arena.float64(2 * stride),
    sectorMoves: arena.float64(2 * sectorsOf(plan)),
    priced: firstNames(arena, names),
    atPricing: arena.float64(names + LANES),
    atSwap: arena.float64(names + LANES),
    pricingDraw: arena.float64(names + LANES),
  };
}

/** The standing names stay where they are; who comes after them is written on every path. */
function firstNames(arena: Arena, names: number): Int32Array {
  const made = arena.int32(names);
  for (let i = 0; i < names; i++) made[i] = i;
  return made;
}

/** Largest first at the last known closes. */
function byMeasure({ measureKnown, measureFuture }: ForecastPlan, rows: Int32Array): Int32Array {
  const measure = (row: number): number => measureKnown[row] + measureFuture[row];
  return rows.toSorted((a, b) => measure(b) - measure(a) || a - b);
}

/** The rule for the others, once the sure ones have their seats. */
function withoutSure(seats: SeatPlan, sure: number): SeatPlan {
  if (seats.kind === 'fixed') return seats;
  const { count, enter, keep, maxChanges } = seats;
  return {
    ...seats,
    count: count - sure,
    enter: enter - sure,
    keep: keep - sure,
    // As `limitTurnover`: never more than there are seats.
    maxChanges: maxChanges === Infinity ? Infinity : Math.min(maxChanges, count),
  };
}

/** So far below the lowest line, from 0, that a path seldom has fewer names above it: their number varies by about its root. */
function cutRank(seats: SeatPlan): number {
  if (seats.kind === 'fixed') return 0;
  const lowest = Math.max(seats.count, seats.enter, seats.keep) + 1;
  return lowest + Math.ceil(Math.sqrt(lowest));
}

function levelOf(plan: ForecastPlan, row: number, space: 'log' | 'plain'): number {
  if (space === 'plain' || plan.eligible[row] === 0) return 0;
  return log(plan.measureFuture[row]) - 0.5 * plan.measureDoubt[row] * plan.measureDoubt[row];
}

/** The exponential has a range; moves beyond it are no market. */
function checkRange(plan: ForecastPlan, rows: Int32Array): void {
  const { average, pricingOnAverage, pricing, swap } = plan.horizon;
  const tail = plan.tailDegrees === Infinity ? 1 : TAIL_LIMIT;
  const steps = Math.max(average, pricingOnAverage + pricing + swap) * tail;
  for (const row of rows) {
    const reach = steps * MAX_NORMAL * (plan.market[row] + plan.sector[row] + plan.own[row]);
    const less = steps * steps * halfVarianceOf(plan, row);
    assert(reach + less <= EXP_RANGE, 'simulated moves stay within the exponential');
  }
}
