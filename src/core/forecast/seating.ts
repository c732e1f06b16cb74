/**
 * Seats on a path by rank: the rules of `selection/buffer.ts` and `selection/turnoverLimit.ts` over typed arrays, for
 * names sorted by score. `lines.ts` finds the same members without sorting everybody; this is for rules and ties
 * that it does not know.
 */
import type { Arena, Columns } from './columns.js';
import type { SeatPlan } from './plan.js';

export type BufferPlan = Extract<SeatPlan, { kind: 'buffer' }>;

const BUCKETS = 256;

/** Up to so many names are sorted by insertion alone. */
const FEW = 160;

/** Columns used again for every path. */
export interface Seating {
  /** Ranked names, best first, and their scores. */
  readonly order: Int32Array;
  readonly sorted: Float64Array;
  /** 1 per name that is a member after the review. */
  readonly member: Uint8Array;
  /** Names to be priced beside the standing ones, ascending; how many there are. */
  readonly entrants: Int32Array;
  entering: number;
  /** What is roughly sorted. */
  readonly unsortedNames: Int32Array;
  readonly unsorted: Float64Array;
  readonly bucketOf: Uint8Array;
  readonly starts: Int32Array;
}

export function seatingFor(columns: Columns, arena: Arena): Seating {
  const { names } = columns;
  const n = rankedCount(columns);
  return {
    order: arena.int32(n),
    sorted: arena.float64(n),
    member: arena.uint8(names),
    entrants: arena.int32(names),
    entering: 0,
    unsortedNames: arena.int32(n),
    unsorted: arena.float64(n),
    bucketOf: arena.uint8(n),
    starts: arena.int32(BUCKETS + 1),
  };
}

/** @param from where the scores of the path begin */
export function seatByRank(seating: Seating, columns: Columns, seats: BufferPlan, from: number): void {
  sortByScore(seating, columns, from);
  seatMembers(seating, columns, seats);
}

/** Sorts the ranked names by score, largest first, ties by name. */
function sortByScore(seating: Seating, columns: Columns, from: number): void {
  const { order, sorted } = seating;
  const { ranked, standing, newcomers, score, rows } = columns;
  const n = rankedCount(columns);
  order.set(ranked);
  for (let j = 0; j < newcomers; j++) order[ranked.length + j] = standing + j;
  for (let j = 0; j < n; j++) sorted[j] = score[from + order[j]];
  if (n > FEW) sortIntoBuckets(seating, n);
  sortByInsertion(seating, rows, n);
}

/** Fast where the list is nearly sorted. */
function sortByInsertion({ order, sorted }: Seating, rows: Int32Array, n: number): void {
  for (let j = 1; j < n; j++) {
    const value = sorted[j];
    const name = order[j];
    let at = j;
    for (; at > 0; at--) {
      const before = sorted[at - 1];
      if (before > value || (before === value && rows[order[at - 1]] < rows[name])) break;
      sorted[at] = before;
      order[at] = order[at - 1];
    }
    sorted[at] = value;
    order[at] = name;
  }
}

/** Roughly sorts a long list, so that insertion has little left to do. */
function sortIntoBuckets(
  { order, sorted, unsortedNames, unsorted, bucketOf, starts }: Seating,
  n: number,
): void {
  let smallest = Infinity;
  let largest = -Infinity;
  for (let j = 0; j < n; j++) {
    unsortedNames[j] = order[j];
    unsorted[j] = sorted[j];
    if (unsorted[j] < smallest) smallest = unsorted[j];
    if (unsorted[j] > largest) largest = unsorted[j];
  }
  const scale = largest > smallest ? (BUCKETS - 1) / (largest - smallest) : 0;
  starts.fill(0);
  for (let j = 0; j < n; j++) {
    const bucket = ((largest - unsorted[j]) * scale) | 0;
    bucketOf[j] = bucket;
    starts[bucket + 1]++;
  }
  for (let bucket = 0; bucket < BUCKETS; bucket++) starts[bucket + 1] += starts[bucket];
  for (let j = 0; j < n; j++) {
    const at = starts[bucketOf[j]]++;
    order[at] = unsortedNames[j];
    sorted[at] = unsorted[j];
  }
}

/** Marks the members after the review. */
function seatMembers(seating: Seating, columns: Columns, seats: BufferPlan): void {
  const { order, member } = seating;
  const { incumbent, leaving, sure } = columns;
  const n = rankedCount(columns);
  const { count, enter, keep } = seats;
  member.fill(0);
  let taken = 0;
  if (seats.order === 'enter-first') taken = sit(seating, columns, 0, enter, count, taken);
  taken = sit(seating, columns, 1, keep, count, taken);
  // Where the keep line is not above the seats, newcomers get what is left by rank, enter line or not.
  if (seats.order === 'keep-first' && keep < count) taken = sit(seating, columns, 0, enter, count, taken);
  for (let j = 0; j < n && taken < count; j++) {
    taken += 1 - member[order[j]];
    member[order[j]] = 1;
  }
  let added = 0;
  let leavers = leaving.length;
  for (let j = 0; j < n; j++) {
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
  { order, member }: Seating,
  columns: Columns,
  kind: 0 | 1,
  line: number,
  count: number,
  taken: number,
): number {
  const { incumbent } = columns;
  const end = Math.min(line, rankedCount(columns));
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
  { order, member }: Seating,
  columns: Columns,
  allowed: number,
  added: number,
  leavers: number,
): void {
  const { incumbent, leaving } = columns;
  const n = rankedCount(columns);
  let into = Math.min(added, allowed + Math.max(0, added - leavers));
  for (let j = 0; j < n; j++) {
    if (incumbent[order[j]] === 1 || member[order[j]] === 0) continue;
    if (into > 0) into--;
    else member[order[j]] = 0;
  }
  let out = allowed;
  for (let j = 0; j < leaving.length; j++) {
    if (out > 0) out--;
    else member[leaving[j]] = 1;
  }
  for (let j = n - 1; j >= 0; j--) {
    if (incumbent[order[j]] === 0 || member[order[j]] === 1) continue;
    if (out > 0) out--;
    else member[order[j]] = 1;
  }
}

const rankedCount = ({ ranked, newcomers }: Columns): number => ranked.length + newcomers;

/** Lists who else is to be priced: the members, and a newcomer that the old basket has against the record. */
export function listEntrants(seating: Seating, { names, standing, oldValue }: Columns): void {
  const { entrants, member } = seating;
  let entering = 0;
  for (let i = standing; i < names; i++) {
    if (member[i] === 1 || oldValue[i] !== 0) entrants[entering++] = i;
  }
  seating.entering = entering;
}
