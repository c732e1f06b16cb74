/**
 * Seats on a path over typed arrays: the rules of `selection/buffer.ts` and `selection/turnoverLimit.ts` for names
 * sorted by score, and for each name the score at which it would be in, given everybody else's.
 */
import type { Columns } from './columns.js';
import type { SeatPlan } from './plan.js';

type BufferPlan = Extract<SeatPlan, { kind: 'buffer' }>;

const BUCKETS = 256;

/** Columns used again for every path. */
export interface Seating {
  /** Ranked names, best first, and their scores. */
  readonly order: Int32Array;
  readonly sorted: Float64Array;
  /** 1 per name that is a member after the review. */
  readonly member: Uint8Array;
  /** Score above which a ranked name is in, by position in `order`. */
  readonly line: Float64Array;
  /** Scores of the newcomers and of the incumbents, best first. */
  readonly newcomers: Float64Array;
  readonly incumbents: Float64Array;
  readonly bucketOf: Uint8Array;
  readonly starts: Int32Array;
}

export function seatingFor({ names, ranked }: Columns): Seating {
  const n = ranked.length;
  return {
    order: new Int32Array(n),
    sorted: new Float64Array(n),
    member: new Uint8Array(names),
    line: new Float64Array(n),
    newcomers: new Float64Array(n),
    incumbents: new Float64Array(n),
    bucketOf: new Uint8Array(n),
    starts: new Int32Array(BUCKETS + 1),
  };
}

/** Sorts the ranked names by `score[from + name]`, largest first, ties by name: buckets, then insertion. */
export function sortByScore(seating: Seating, { ranked, score }: Columns, from: number): void {
  const { order, sorted, bucketOf, starts } = seating;
  const n = ranked.length;
  if (n === 0) return;
  let smallest = Infinity;
  let largest = -Infinity;
  for (let j = 0; j < n; j++) {
    const value = score[from + ranked[j]];
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  const scale = largest > smallest ? (BUCKETS - 1) / (largest - smallest) : 0;
  starts.fill(0);
  for (let j = 0; j < n; j++) {
    const bucket = ((largest - score[from + ranked[j]]) * scale) | 0;
    bucketOf[j] = bucket;
    starts[bucket + 1]++;
  }
  for (let bucket = 0; bucket < BUCKETS; bucket++) starts[bucket + 1] += starts[bucket];
  for (let j = 0; j < n; j++) {
    const at = starts[bucketOf[j]]++;
    order[at] = ranked[j];
    sorted[at] = score[from + ranked[j]];
  }
  for (let j = 1; j < n; j++) {
    const value = sorted[j];
    if (sorted[j - 1] >= value) continue;
    const name = order[j];
    let at = j;
    for (; at > 0 && sorted[at - 1] < value; at--) {
      sorted[at] = sorted[at - 1];
      order[at] = order[at - 1];
    }
    sorted[at] = value;
    order[at] = name;
  }
}

/** Marks the members after the review. */
export function seatMembers(seating: Seating, columns: Columns, seats: BufferPlan): void {
  const { order, member } = seating;
  const { incumbent, leaving, sure } = columns;
  const n = order.length;
  member.fill(0);
  let taken = 0;
  let added = 0;
  const { count, enter, keep } = seats;
  for (let turn = 0; turn < 2; turn++) {
    const keeping = (turn === 0) === (seats.order === 'keep-first');
    const kind = keeping ? 1 : 0;
    const line = Math.min(keeping ? keep : enter, n);
    for (let j = 0; j < line && taken < count; j++) {
      if (incumbent[order[j]] !== kind) continue;
      member[order[j]] = 1;
      taken++;
      added += 1 - kind;
    }
  }
  for (let j = 0; j < n && taken < count; j++) {
    if (member[order[j]] === 1) continue;
    member[order[j]] = 1;
    taken++;
    added += 1 - incumbent[order[j]];
  }
  let leavers = leaving.length;
  for (let j = 0; j < n; j++) if (incumbent[order[j]] === 1 && member[order[j]] === 0) leavers++;
  if (leavers > seats.maxChanges) limitChanges(seating, columns, seats.maxChanges, added, leavers);
  for (let j = 0; j < sure.length; j++) member[sure[j]] = 1;
}

/** The best newcomers in and the worst members out, as many as allowed; the others stay where they were. */
function limitChanges(
  { order, member }: Seating,
  { incumbent, leaving }: Columns,
  allowed: number,
  added: number,
  leavers: number,
): void {
  let into = Math.min(added, allowed + Math.max(0, added - leavers));
  for (let j = 0; j < order.length; j++) {
    if (incumbent[order[j]] === 1 || member[order[j]] === 0) continue;
    if (into > 0) into--;
    else member[order[j]] = 0;
  }
  let out = allowed;
  for (let j = 0; j < leaving.length; j++) {
    if (out > 0) out--;
    else member[leaving[j]] = 1;
  }
  for (let j = order.length - 1; j >= 0; j--) {
    if (incumbent[order[j]] === 0 || member[order[j]] === 1) continue;
    if (out > 0) out--;
    else member[order[j]] = 1;
  }
}

/**
 * Whether `writeLines` knows the rule: a keep line at or below the seats, no more members than seats, and newcomers
 * enough for all of them, so that no seat stays empty.
 */
export function linesKnown({ seats, incumbent, eligible }: Columns['plan']): boolean {
  if (seats.kind === 'fixed') return false;
  const members = incumbent.reduce((sum, mark) => sum + mark, 0);
  const newcomers = incumbent.reduce((sum, mark, row) => sum + (mark === 0 ? eligible[row] : 0), 0);
  return (
    seats.keep >= seats.count &&
    (seats.order === 'keep-first' || seats.enter <= seats.count) &&
    members <= seats.count &&
    newcomers >= seats.count
  );
}

/**
 * Writes for every ranked name the score above which it is in, everybody else's score given. With o(r) the r-th best
 * other score, N(r) and I(r) the r-th best of the other newcomers and incumbents, s seats, k other incumbents at or
 * above the keep line when the name itself is, m changes allowed and e seats empty before the review:
 *
 * - a newcomer must be above o(keep), or there are s better names with a claim; above N(s - k), since all newcomers
 *   compete by rank for what the kept leave; and above N(m + e). Where newcomers sit first, o(enter) does instead of
 *   the first two.
 * - an incumbent must be above o(keep); or above the m-th worst other incumbent, since only m can be pushed out. Where
 *   newcomers sit first, also above I(s - newcomers at or above the enter line), or above o(enter).
 */
export function writeLines(seating: Seating, columns: Columns, seats: BufferPlan): void {
  const { order, sorted, line, newcomers, incumbents } = seating;
  const { incumbent, leaving } = columns;
  const n = order.length;
  const { keep, enter, count, maxChanges } = seats;
  const enterFirst = seats.order === 'enter-first';
  let [news, olds, oldAboveKeep, oldJustAbove, newAboveEnter, newToEnter] = [0, 0, 0, 0, 0, 0];
  for (let j = 0; j < n; j++) {
    if (j === keep - 1) oldJustAbove = olds;
    if (j === keep) oldAboveKeep = olds;
    if (j === enter) newAboveEnter = news;
    if (j === enter + 1) newToEnter = news;
    if (incumbent[order[j]] === 1) incumbents[olds++] = sorted[j];
    else newcomers[news++] = sorted[j];
  }
  if (n <= keep - 1) oldJustAbove = olds;
  if (n <= keep) oldAboveKeep = olds;
  if (n <= enter) newAboveEnter = news;
  if (n <= enter + 1) newToEnter = news;
  const empty = count - olds - leaving.length;
  // Position counted from the worst incumbent of those that may stay; below 1 nobody need go.
  const pushedOut = maxChanges - leaving.length;
  let [newsAbove, oldsAbove] = [0, 0];
  for (let j = 0; j < n; j++) {
    const keepLine = otherAt(sorted, n, keep, j);
    const enterLine = enterFirst ? otherAt(sorted, n, enter, j) : Infinity;
    if (incumbent[order[j]] === 0) {
      const seatsLeft = count - (j < keep ? oldAboveKeep : oldJustAbove);
      const free = otherAt(newcomers, news, seatsLeft, newsAbove);
      const allowed = otherAt(newcomers, news, maxChanges + empty, newsAbove);
      line[j] = Math.max(allowed, Math.min(enterLine, Math.max(keepLine, free)));
      newsAbove++;
    } else {
      const seatsLeft = count - (j < enter ? newToEnter : newAboveEnter);
      const free = enterFirst ? otherAt(incumbents, olds, seatsLeft, oldsAbove) : -Infinity;
      const held = worstOther(incumbents, olds, pushedOut, oldsAbove);
      line[j] = Math.min(held, enterLine, Math.max(keepLine, free));
      oldsAbove++;
    }
  }
}

/** The `rank`-th best score of a sorted list without the entry at `own`: Infinity above the list, -Infinity below. */
function otherAt(sorted: Float64Array, n: number, rank: number, own: number): number {
  if (rank <= 0) return Infinity;
  const at = own < rank ? rank : rank - 1;
  return at < n ? sorted[at] : -Infinity;
}

/** The `rank`-th worst score of a sorted list without the entry at `own`: -Infinity from 0 on, Infinity beyond it. */
function worstOther(sorted: Float64Array, n: number, rank: number, own: number): number {
  if (rank <= 0) return -Infinity;
  const fromEnd = n - 1 - own;
  const at = fromEnd < rank ? rank : rank - 1;
  return at < n ? sorted[n - 1 - at] : Infinity;
}
