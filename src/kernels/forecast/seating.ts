/** Seats by rank: seating.ts of the core. */
import { Column, column, count, Count, f64At, i32At, putF64, putI32, putU8, u8At } from './columns';
import { drawnNewcomers } from './moves';

const BUCKETS = 256;
const FEW = 160;

/** Names ranked on the path. */
function rankedCount(): i32 {
  return count(Count.RANKED) + count(Count.NEWCOMERS);
}

/** @param score where the scores of the path are */
export function seatByRank(score: usize): void {
  sortByScore(score);
  seatMembers();
}

function sortByScore(score: usize): void {
  const order = column(Column.ORDER);
  const sorted = column(Column.SORTED);
  const ranked = column(Column.RANKED);
  const olds = count(Count.RANKED);
  const standing = count(Count.STANDING);
  const n = rankedCount();
  for (let j = 0; j < n; j++) {
    const name = j < olds ? i32At(ranked, j) : standing + j - olds;
    putI32(order, j, name);
    putF64(sorted, j, f64At(score, name));
  }
  if (n > FEW) sortIntoBuckets(n);
  sortByInsertion(n);
}

function sortByInsertion(n: i32): void {
  const order = column(Column.ORDER);
  const sorted = column(Column.SORTED);
  const rows = column(Column.ROWS);
  for (let j = 1; j < n; j++) {
    const value = f64At(sorted, j);
    const name = i32At(order, j);
    let at = j;
    for (; at > 0; at--) {
      const before = f64At(sorted, at - 1);
      const other = i32At(order, at - 1);
      if (before > value || (before === value && i32At(rows, other) < i32At(rows, name))) break;
      putF64(sorted, at, before);
      putI32(order, at, other);
    }
    putF64(sorted, at, value);
    putI32(order, at, name);
  }
}

function sortIntoBuckets(n: i32): void {
  const order = column(Column.ORDER);
  const sorted = column(Column.SORTED);
  const names = column(Column.UNSORTED_NAMES);
  const scores = column(Column.UNSORTED);
  const bucketOf = column(Column.BUCKET_OF);
  const starts = column(Column.STARTS);
  let smallest = Infinity;
  let largest = -Infinity;
  for (let j = 0; j < n; j++) {
    const value = f64At(sorted, j);
    putI32(names, j, i32At(order, j));
    putF64(scores, j, value);
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  const scale = largest > smallest ? <f64>(BUCKETS - 1) / (largest - smallest) : 0;
  memory.fill(starts, 0, (BUCKETS + 1) << 2);
  for (let j = 0; j < n; j++) {
    const bucket = <i32>((largest - f64At(scores, j)) * scale);
    putU8(bucketOf, j, bucket);
    putI32(starts, bucket + 1, i32At(starts, bucket + 1) + 1);
  }
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    putI32(starts, bucket + 1, i32At(starts, bucket + 1) + i32At(starts, bucket));
  }
  for (let j = 0; j < n; j++) {
    const bucket = u8At(bucketOf, j);
    const at = i32At(starts, bucket);
    putI32(starts, bucket, at + 1);
    putI32(order, at, i32At(names, j));
    putF64(sorted, at, f64At(scores, j));
  }
}

function seatMembers(): void {
  const order = column(Column.ORDER);
  const member = column(Column.MEMBER);
  const incumbent = column(Column.INCUMBENT);
  const seats = count(Count.SEATS);
  const keep = count(Count.KEEP);
  const enterFirst = count(Count.ENTER_FIRST) !== 0;
  const n = rankedCount();
  memory.fill(member, 0, <usize>count(Count.NAMES));
  let taken = 0;
  if (enterFirst) taken = sit(0, count(Count.ENTER), taken);
  taken = sit(1, keep, taken);
  if (!enterFirst && keep < seats) taken = sit(0, count(Count.ENTER), taken);
  for (let j = 0; j < n && taken < seats; j++) {
    const name = i32At(order, j);
    taken += 1 - u8At(member, name);
    putU8(member, name, 1);
  }
  let added = 0;
  let leavers = count(Count.LEAVING);
  for (let j = 0; j < n; j++) {
    const name = i32At(order, j);
    const sits = u8At(member, name);
    const old = u8At(incumbent, name);
    added += sits & (1 - old);
    leavers += old & (1 - sits);
  }
  if (leavers > count(Count.MAX_CHANGES)) limitChanges(added, leavers);
  const sure = column(Column.SURE);
  const sures = count(Count.SURE);
  for (let j = 0; j < sures; j++) putU8(member, i32At(sure, j), 1);
}

function sit(kind: i32, line: i32, taken: i32): i32 {
  const order = column(Column.ORDER);
  const member = column(Column.MEMBER);
  const incumbent = column(Column.INCUMBENT);
  const seats = count(Count.SEATS);
  const end = min(line, rankedCount());
  for (let j = 0; j < end && taken < seats; j++) {
    const name = i32At(order, j);
    const sits = <i32>(u8At(incumbent, name) === kind);
    putU8(member, name, u8At(member, name) | sits);
    taken += sits;
  }
  return taken;
}

function limitChanges(added: i32, leavers: i32): void {
  const order = column(Column.ORDER);
  const member = column(Column.MEMBER);
  const incumbent = column(Column.INCUMBENT);
  const leaving = column(Column.LEAVING);
  const allowed = count(Count.MAX_CHANGES);
  const n = rankedCount();
  let into = min(added, allowed + max(0, added - leavers));
  for (let j = 0; j < n; j++) {
    const name = i32At(order, j);
    if (u8At(incumbent, name) === 1 || u8At(member, name) === 0) continue;
    if (into > 0) into--;
    else putU8(member, name, 0);
  }
  let out = allowed;
  const unfit = count(Count.LEAVING);
  for (let j = 0; j < unfit; j++) {
    if (out > 0) out--;
    else putU8(member, i32At(leaving, j), 1);
  }
  for (let j = n - 1; j >= 0; j--) {
    const name = i32At(order, j);
    if (u8At(incumbent, name) === 0 || u8At(member, name) === 1) continue;
    if (out > 0) out--;
    else putU8(member, name, 1);
  }
}

/** @returns how many are to be priced beside the standing names */
export function listEntrants(): i32 {
  const standing = count(Count.STANDING);
  const drawn = listMoved(standing, standing + drawnNewcomers, 0);
  return listMoved(standing + count(Count.NEWCOMERS), count(Count.NAMES), drawn);
}

/** Lists who of `from` to `end` is in one of the baskets, after `entering` others. */
function listMoved(from: i32, end: i32, entering: i32): i32 {
  const entrants = column(Column.ENTRANTS);
  const member = column(Column.MEMBER);
  const oldValue = column(Column.OLD_VALUE);
  let found = entering;
  for (let i = from; i < end; i++) {
    putI32(entrants, found, i);
    found += u8At(member, i) | (<i32>(f64At(oldValue, i) !== 0));
  }
  return found;
}
