/**
 * Seats on a path over typed arrays: the rules of `selection/buffer.ts` and `selection/turnoverLimit.ts` for names
 * sorted by score, and for each name the score at which it would be in, given everybody else's.
 */
import { exp } from './arithmetic.js';
import type { Arena, Columns } from './columns.js';
import type { SeatPlan } from './plan.js';

type BufferPlan = Extract<SeatPlan, { kind: 'buffer' }>;

const BUCKETS = 256;

/** Up to so many names are sorted by insertion alone. */
const FEW = 160;

/** Columns used again for every path. */
export interface Seating {
  /** Names near enough to the lines, best first, and their scores; how many there are. */
  readonly order: Int32Array;
  readonly sorted: Float64Array;
  near: number;
  /** Newcomers too far down to be seated or to move a line, ascending; how many there are. */
  readonly far: Int32Array;
  farther: number;
  /** 1 per name that is a member after the review. */
  readonly member: Uint8Array;
  /** Score above which a name is in, by position in `order`; and for all that are far. */
  readonly line: Float64Array;
  farLine: number;
  /** Scores of the newcomers and of the incumbents, best first. */
  readonly newcomers: Float64Array;
  readonly incumbents: Float64Array;
  readonly bucketOf: Uint8Array;
  readonly starts: Int32Array;
  /** Name whose score, moved by the market alone, is a likely cut between near and far. */
  readonly cutBy: number;
  /** Scores that must be above the cut: one more than the lowest line. */
  readonly depth: number;
}

export function seatingFor(columns: Columns, arena: Arena): Seating {
  const { names, ranked, seats } = columns;
  const n = ranked.length;
  const depth = seats.kind === 'fixed' ? 0 : Math.max(seats.count, seats.enter, seats.keep) + 1;
  return {
    order: arena.int32(n),
    sorted: arena.float64(n),
    near: 0,
    far: arena.int32(n),
    farther: 0,
    member: arena.uint8(names),
    line: arena.float64(n),
    farLine: Infinity,
    newcomers: arena.float64(n),
    incumbents: arena.float64(n),
    bucketOf: arena.uint8(n),
    starts: arena.int32(BUCKETS + 1),
    cutBy: nameToCutBy(columns, depth),
    depth,
  };
}

/** A fifth below the lowest line on the path without draws, or -1 when there are not so many names. */
const nameToCutBy = ({ ranked }: Columns, depth: number): number => ranked[Math.ceil(depth * 1.2)] ?? -1;

/** Score of a name that only the market moves. */
function marketScore(columns: Columns, name: number, market: number, tail: number): number {
  const { plan, space, level, known, future, market: loading, halfVariance } = columns;
  const { average } = plan.horizon;
  const move = average * loading[name] * market - average * average * tail * tail * halfVariance[name];
  return space === 'log' ? level[name] + move : known[name] + future[name] * exp(move);
}

/**
 * Sorts the names that can be seated, or move a line, by `score[from + name]`, largest first, ties by name: all above a
 * cut that leaves enough of them, and every incumbent.
 * @param path parity of the path
 */
export function sortByScore(seating: Seating, columns: Columns, path: 0 | 1): void {
  const { stride, common } = columns;
  const { market, tail } = common[path];
  const { cutBy, depth } = seating;
  const cut = cutBy < 0 ? -Infinity : marketScore(columns, cutBy, market[0], tail[0]);
  // A path on which the guess was too high is sorted whole; the answer is the same.
  if (splitAt(seating, columns, path * stride, cut) < depth && cutBy >= 0) {
    splitAt(seating, columns, path * stride, -Infinity);
  }
  if (seating.near > FEW) sortIntoBuckets(seating);
  sortByInsertion(seating);
}

/** @returns how many scores are at or above the cut */
function splitAt(seating: Seating, { ranked, incumbent, score }: Columns, from: number, cut: number): number {
  const { sorted, order, far } = seating;
  let near = 0;
  let farther = 0;
  let above = 0;
  for (let j = 0; j < ranked.length; j++) {
    const name = ranked[j];
    const value = score[from + name];
    if (value >= cut) above++;
    else if (incumbent[name] === 0) {
      far[farther++] = name;
      continue;
    }
    order[near] = name;
    sorted[near++] = value;
  }
  seating.near = near;
  seating.farther = farther;
  return above;
}

/** Fast where the list is nearly sorted. */
function sortByInsertion({ order, sorted, near }: Seating): void {
  for (let j = 1; j < near; j++) {
    const value = sorted[j];
    const name = order[j];
    let at = j;
    for (; at > 0; at--) {
      const before = sorted[at - 1];
      if (before > value || (before === value && order[at - 1] < name)) break;
      sorted[at] = before;
      order[at] = order[at - 1];
    }
    sorted[at] = value;
    order[at] = name;
  }
}

/** Roughly sorts a long list, so that insertion has little left to do. */
function sortIntoBuckets({
  order,
  sorted,
  line: names,
  newcomers: scores,
  bucketOf,
  starts,
  near: n,
}: Seating): void {
  let smallest = Infinity;
  let largest = -Infinity;
  for (let j = 0; j < n; j++) {
    // Two columns that are written later on the path lend their space.
    names[j] = order[j];
    scores[j] = sorted[j];
    if (scores[j] < smallest) smallest = scores[j];
    if (scores[j] > largest) largest = scores[j];
  }
  const scale = largest > smallest ? (BUCKETS - 1) / (largest - smallest) : 0;
  starts.fill(0);
  for (let j = 0; j < n; j++) {
    const bucket = ((largest - scores[j]) * scale) | 0;
    bucketOf[j] = bucket;
    starts[bucket + 1]++;
  }
  for (let bucket = 0; bucket < BUCKETS; bucket++) starts[bucket + 1] += starts[bucket];
  for (let j = 0; j < n; j++) {
    const at = starts[bucketOf[j]]++;
    order[at] = names[j];
    sorted[at] = scores[j];
  }
}

/** Marks the members after the review. */
export function seatMembers(seating: Seating, columns: Columns, seats: BufferPlan): void {
  const { order, member, near } = seating;
  const { incumbent, leaving, sure } = columns;
  const { count, enter, keep } = seats;
  member.fill(0);
  let taken = 0;
  if (seats.order === 'enter-first') taken = sit(seating, incumbent, 0, enter, count, taken);
  taken = sit(seating, incumbent, 1, keep, count, taken);
  // Where the keep line is not above the seats, newcomers get what is left by rank, enter line or not.
  if (seats.order === 'keep-first' && keep < count) taken = sit(seating, incumbent, 0, enter, count, taken);
  for (let j = 0; j < near && taken < count; j++) {
    taken += 1 - member[order[j]];
    member[order[j]] = 1;
  }
  let added = 0;
  let leavers = leaving.length;
  for (let j = 0; j < near; j++) {
    const sits = member[order[j]];
    const old = incumbent[order[j]];
    added += sits & (1 - old);
    leavers += old & (1 - sits);
  }
  if (leavers > seats.maxChanges) limitChanges(seating, columns, seats.maxChanges, added, leavers);
  for (let j = 0; j < sure.length; j++) member[sure[j]] = 1;
}

/** Seats those of a kind at or above a line, best first. @returns seats taken */
function sit(
  { order, member, near }: Seating,
  incumbent: Uint8Array,
  kind: 0 | 1,
  line: number,
  count: number,
  taken: number,
): number {
  const end = Math.min(line, near);
  for (let j = 0; j < end && taken < count; j++) {
    const name = order[j];
    const sits = incumbent[name] === kind ? 1 : 0;
    member[name] |= sits;
    taken += sits;
  }
  return taken;
}

/** The best newcomers in and the worst members out, as many as allowed; the others stay where they were. */
function limitChanges(
  { order, member, near }: Seating,
  { incumbent, leaving }: Columns,
  allowed: number,
  added: number,
  leavers: number,
): void {
  let into = Math.min(added, allowed + Math.max(0, added - leavers));
  for (let j = 0; j < near; j++) {
    if (incumbent[order[j]] === 1 || member[order[j]] === 0) continue;
    if (into > 0) into--;
    else member[order[j]] = 0;
  }
  let out = allowed;
  for (let j = 0; j < leaving.length; j++) {
    if (out > 0) out--;
    else member[leaving[j]] = 1;
  }
  for (let j = near - 1; j >= 0; j--) {
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
  const { order, sorted, newcomers, incumbents, near } = seating;
  const { incumbent } = columns;
  let news = 0;
  let olds = 0;
  for (let j = 0; j < near; j++) {
    if (incumbent[order[j]] === 1) incumbents[olds++] = sorted[j];
    else newcomers[news++] = sorted[j];
  }
  writeNewcomerLines(seating, columns, seats, news, olds);
  writeIncumbentLines(seating, columns, seats, olds);
}

function writeNewcomerLines(
  seating: Seating,
  columns: Columns,
  { keep, enter, count, order: turn, maxChanges }: BufferPlan,
  news: number,
  olds: number,
): void {
  const { order, sorted, newcomers, line, near: n } = seating;
  const { incumbent, leaving } = columns;
  const seatsAbove = count - incumbentsAmong(seating, columns, keep);
  const seatsBelow = count - incumbentsAmong(seating, columns, keep - 1);
  const allowed = maxChanges + (count - olds - leaving.length);
  // Every line is one of two scores: with the name's own left out of those above, or not.
  const keepHigh = otherAt(sorted, n, keep, n);
  const keepLow = otherAt(sorted, n, keep, 0);
  const enterHigh = turn === 'enter-first' ? otherAt(sorted, n, enter, n) : Infinity;
  const enterLow = turn === 'enter-first' ? otherAt(sorted, n, enter, 0) : Infinity;
  let newsAbove = 0;
  for (let j = 0; j < n; j++) {
    if (incumbent[order[j]] === 1) continue;
    const free = otherAt(newcomers, news, j < keep ? seatsAbove : seatsBelow, newsAbove);
    const kept = j < keep ? keepLow : keepHigh;
    const seated = Math.min(j < enter ? enterLow : enterHigh, Math.max(kept, free));
    line[j] = Math.max(otherAt(newcomers, news, allowed, newsAbove), seated);
    newsAbove++;
  }
  // Those far down are below everybody that counts, so they share one line.
  const seated = Math.min(enterHigh, Math.max(keepHigh, otherAt(newcomers, news, seatsBelow, news)));
  seating.farLine = Math.max(otherAt(newcomers, news, allowed, news), seated);
}

function writeIncumbentLines(
  seating: Seating,
  columns: Columns,
  { keep, enter, count, order: turn, maxChanges }: BufferPlan,
  olds: number,
): void {
  const { order, sorted, incumbents, line, near: n } = seating;
  const { incumbent, leaving } = columns;
  // Position counted from the worst incumbent of those that may stay; below 1 nobody need go.
  const pushedOut = maxChanges - leaving.length;
  const seatsAbove = count - (enter + 1 - incumbentsAmong(seating, columns, enter + 1));
  const seatsBelow = count - (enter - incumbentsAmong(seating, columns, enter));
  let oldsAbove = 0;
  for (let j = 0; j < n; j++) {
    if (incumbent[order[j]] === 0) continue;
    const kept = otherAt(sorted, n, keep, j);
    let seated = kept;
    if (turn === 'enter-first') {
      const free = otherAt(incumbents, olds, j < enter ? seatsAbove : seatsBelow, oldsAbove);
      seated = Math.min(otherAt(sorted, n, enter, j), Math.max(kept, free));
    }
    line[j] = Math.min(worstOther(incumbents, olds, pushedOut, oldsAbove), seated);
    oldsAbove++;
  }
}

/** Incumbents among the best `rank`. */
function incumbentsAmong({ order, near }: Seating, { incumbent }: Columns, rank: number): number {
  let found = 0;
  for (let j = 0; j < Math.min(rank, near); j++) found += incumbent[order[j]];
  return found;
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
