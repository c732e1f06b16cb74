/** Borders of a path, who is above its line, and how probable that was: lines.ts and kernel.ts of the core. */
import { CDF_RANGE, cdfOf, cdfs, exp1, log } from './arithmetic';
import {
  clear,
  Column,
  column,
  commonOf,
  count,
  Count,
  D_TAIL,
  f64At,
  i32At,
  putF64,
  putI32,
  putU8,
  S_BYTES_SHIFT,
  S_CONDITIONAL,
  u8At,
} from './columns';
import { drawnNewcomers, moveRest } from './moves';

/** Addresses of the borders within their column: the score at the rank, and its neighbour after it. */
const KEEP = 0;
const ENTER = 16;
const ALLOWED = 32;
const SEATS_ABOVE = 48;
const SEATS_BELOW = 64;
const ROOM_ABOVE = 80;
const ROOM_BELOW = 96;
const PUSHED = 112;

/** More than rounding can move what is compared with the range of the distribution. */
const MARGIN: f64 = 1e-9;

let near: i32 = 0;
let tied: bool = false;
let borders: usize = 0;
let olds: usize = 0;
let news: usize = 0;

/** @param from where the path begins in columns of two paths @returns whether two names are equal at a border */
export function findLines(path: i32, from: usize): bool {
  borders = column(Column.BORDERS);
  olds = column(Column.OLDS);
  news = column(Column.NEWS);
  const cut = likelyCut(from);
  collectOlds(from);
  collectNews(from, cut);
  if (!writeBorders(cut)) {
    moveRest(path >> 1);
    collectNews(from, -Infinity);
    writeBorders(-Infinity);
  }
  if (tied) moveRest(path >> 1);
  return tied;
}

function likelyCut(from: usize): f64 {
  const cutBy = count(Count.CUT_BY);
  if (cutBy < 0) return -Infinity;
  const moved = f64At(column(Column.BASE) + from, cutBy);
  if (count(Count.PLAIN) === 0) return moved;
  return f64At(column(Column.KNOWN), cutBy) + f64At(column(Column.FUTURE), cutBy) * exp1(moved);
}

function collectOlds(from: usize): void {
  const score = column(Column.SCORE) + from;
  const ranked = column(Column.RANKED);
  const n = count(Count.RANKED);
  for (let j = 0; j < n; j++) putF64(olds, j, f64At(score, i32At(ranked, j)));
  sortDescending(olds, n);
}

function collectNews(from: usize, cut: f64): void {
  const n = drawnNewcomers;
  let at = column(Column.SCORE) + from + ((<usize>count(Count.STANDING)) << 3);
  const end = at + ((<usize>n) << 3);
  let to = news;
  for (; at < end; at += 8) {
    // Written in any case, and kept when it counts.
    const value = load<f64>(at);
    store<f64>(to, value);
    to += (<usize>(value >= cut)) << 3;
  }
  near = <i32>((to - news) >> 3);
  sortDescending(news, near);
}

function sortDescending(values: usize, n: i32): void {
  for (let j = 1; j < n; j++) {
    const value = f64At(values, j);
    let at = values + ((<usize>j) << 3);
    for (; at > values; at -= 8) {
      const before = load<f64>(at - 8);
      if (before >= value) break;
      store<f64>(at, before);
    }
    store<f64>(at, value);
  }
}

function writeBorders(cut: f64): bool {
  const all = count(Count.RANKED);
  const newcomers = count(Count.NEWCOMERS);
  const leaving = count(Count.LEAVING);
  const seats = count(Count.SEATS);
  const enter = count(Count.ENTER);
  const keep = count(Count.KEEP);
  const maxChanges = count(Count.MAX_CHANGES);
  const newcomersFirst = count(Count.ENTER_FIRST) !== 0;
  tied = false;
  const kept = oldsAmong(all, keep);
  writeMerged(KEEP, all, keep, kept);
  if (newcomersFirst) writeMerged(ENTER, all, enter, oldsAmong(all, enter));
  else writePair(ENTER, Infinity, Infinity);
  const allowed = maxChanges + (seats - all - leaving);
  const seatsAbove = seats - kept;
  const seatsBelow = seats - oldsAmong(all, keep - 1);
  writeBorder(ALLOWED, news, near, allowed);
  writeBorder(SEATS_ABOVE, news, near, seatsAbove);
  writeBorder(SEATS_BELOW, news, near, seatsBelow);
  writeWorst(all, maxChanges - leaving);
  if (newcomersFirst) {
    writeBorder(ROOM_ABOVE, olds, all, seats - (enter + 1 - oldsAmong(all, enter + 1)));
    writeBorder(ROOM_BELOW, olds, all, seats - (enter - oldsAmong(all, enter)));
  }
  const lowest = min(load<f64>(borders, KEEP + 8), load<f64>(borders, ENTER + 8));
  return near === newcomers || (lowest >= cut && max(allowed, max(seatsAbove, seatsBelow)) < near);
}

function oldsAmong(all: i32, rank: i32): i32 {
  let low = 0;
  let high = min(all, max(0, rank));
  while (low < high) {
    const middle = (low + high) >> 1;
    const above = rank - 1 - middle;
    if (above >= near || f64At(olds, middle) >= f64At(news, above)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function writeMerged(border: usize, all: i32, rank: i32, old: i32): void {
  if (rank <= 0) {
    writePair(border, Infinity, Infinity);
    return;
  }
  const others = rank - old;
  writePair(
    border,
    min(scoreAt(olds, all, old), scoreAt(news, near, others)),
    max(scoreAt(olds, all, old + 1), scoreAt(news, near, others + 1)),
  );
}

function writeBorder(border: usize, sorted: usize, n: i32, rank: i32): void {
  writePair(border, scoreAt(sorted, n, rank), rank <= 0 ? Infinity : scoreAt(sorted, n, rank + 1));
}

function writeWorst(all: i32, rank: i32): void {
  if (rank <= 0) writePair(PUSHED, -Infinity, -Infinity);
  else writePair(PUSHED, scoreAt(olds, all, all + 1 - rank), scoreAt(olds, all, all - rank));
}

function scoreAt(sorted: usize, n: i32, rank: i32): f64 {
  if (rank <= 0) return Infinity;
  return rank <= n ? f64At(sorted, rank - 1) : -Infinity;
}

function writePair(border: usize, at: f64, next: f64): void {
  store<f64>(borders + border, at);
  store<f64>(borders + border, next, 8);
  if (at - next === 0) tied = true;
}

/** The scores at a border when the names with these are left out. */
function othersAt(border: usize, scores: v128): v128 {
  const at = v128.load64_splat(borders + border);
  return v128.bitselect(v128.load64_splat(borders + border, 8), at, f64x2.ge(scores, at));
}

function newcomerLines(scores: v128): v128 {
  const keep = v128.load64_splat(borders, KEEP);
  const isKept = f64x2.ge(scores, keep);
  const kept = v128.bitselect(v128.load64_splat(borders, KEEP + 8), keep, isKept);
  const free = v128.bitselect(othersAt(SEATS_ABOVE, scores), othersAt(SEATS_BELOW, scores), isKept);
  const seated = f64x2.pmin(othersAt(ENTER, scores), f64x2.pmax(kept, free));
  return f64x2.pmax(othersAt(ALLOWED, scores), seated);
}

function incumbentLines(scores: v128, newcomersFirst: bool): v128 {
  const kept = othersAt(KEEP, scores);
  const worst = v128.load64_splat(borders, PUSHED);
  const pushed = v128.bitselect(v128.load64_splat(borders, PUSHED + 8), worst, f64x2.le(scores, worst));
  if (!newcomersFirst) return f64x2.pmin(pushed, kept);
  const enter = v128.load64_splat(borders, ENTER);
  const isAbove = f64x2.ge(scores, enter);
  const room = v128.bitselect(othersAt(ROOM_ABOVE, scores), othersAt(ROOM_BELOW, scores), isAbove);
  const entered = v128.bitselect(v128.load64_splat(borders, ENTER + 8), enter, isAbove);
  return f64x2.pmin(pushed, f64x2.pmin(entered, f64x2.pmax(kept, room)));
}

export let surprises: i32 = 0;

/** Probabilities of all ranked names and, unless names are equal at a border, who is a member. */
export function tallyProbabilities(path: i32, from: usize): void {
  const surprise = column(Column.SURPRISE);
  const surprised = column(Column.SURPRISED);
  for (let j = 0; j < surprises; j++) putF64(surprise, i32At(surprised, j), 0);
  surprises = 0;
  const tail = load<f64>(commonOf(path), D_TAIL << 3);
  if (count(Count.SIMPLE) !== 0 && !tied) {
    clear(column(Column.MEMBER), count(Count.NAMES));
    tallySimpleOlds(from, tail);
    tallySimpleNews(from, tail);
    return;
  }
  const score = column(Column.SCORE) + from;
  const ranked = column(Column.RANKED);
  const newcomersFirst = count(Count.ENTER_FIRST) !== 0;
  const n = count(Count.RANKED);
  for (let j = 0; j < n; j++) {
    const name = i32At(ranked, j);
    const line = incumbentLines(v128.load64_splat(score + ((<usize>name) << 3)), newcomersFirst);
    tallyProbability(name, from, f64x2.extract_lane(line, 0), tail);
  }
  const first = count(Count.STANDING);
  const end = first + count(Count.NEWCOMERS);
  for (let name = first; name < end; name++) {
    const line = newcomerLines(v128.load64_splat(score + ((<usize>name) << 3)));
    tallyProbability(name, from, f64x2.extract_lane(line, 0), tail);
  }
}

/** Two names of a column. */
function two(values: usize, a: i32, b: i32): v128 {
  return v128.load64_lane(values + ((<usize>b) << 3), v128.load64_zero(values + ((<usize>a) << 3)), 1);
}

function tallySimpleOlds(from: usize, tail: f64): void {
  const sums = column(Column.SUMS);
  const surprise = column(Column.SURPRISE);
  const surprised = column(Column.SURPRISED);
  const member = column(Column.MEMBER);
  let found = surprises;
  const score = column(Column.SCORE) + from;
  const base = column(Column.BASE) + from;
  const ownSpread = column(Column.OWN_SPREAD);
  const ranked = column(Column.RANKED);
  const newcomersFirst = count(Count.ENTER_FIRST) !== 0;
  const tails = f64x2.splat(tail);
  const reach = f64x2.splat(CDF_RANGE + MARGIN);
  const ones = f64x2.splat(1);
  // Above all borders every line is the same.
  const highest = f64x2.splat(
    max(load<f64>(borders, PUSHED + 8), max(load<f64>(borders, KEEP), load<f64>(borders, KEEP + 8))),
  );
  const topLine = incumbentLines(f64x2.splat(Infinity), newcomersFirst);
  const n = count(Count.RANKED);
  const cdf = column(Column.CDF);
  for (let j = 0; j < n; j += 2) {
    const a = i32At(ranked, j);
    const isLast = j + 1 === n;
    const b = isLast ? a : i32At(ranked, j + 1);
    const scores = two(score, a, b);
    const isTop = !newcomersFirst && i64x2.all_true(f64x2.gt(scores, highest));
    const line = isTop ? topLine : incumbentLines(scores, newcomersFirst);
    const isIn = f64x2.gt(scores, line);
    const spread = f64x2.mul(two(ownSpread, a, b), tails);
    const above = f64x2.sub(two(base, a, b), line);
    if (isTop && i64x2.all_true(f64x2.ge(above, f64x2.mul(reach, spread)))) {
      // As good as certain: in, as probability and on the path.
      const toA = sums + ((<usize>a) << S_BYTES_SHIFT);
      v128.store(toA, f64x2.add(v128.load(toA, S_CONDITIONAL), ones), S_CONDITIONAL);
      putU8(member, a, 1);
      if (isLast) break;
      const toB = sums + ((<usize>b) << S_BYTES_SHIFT);
      v128.store(toB, f64x2.add(v128.load(toB, S_CONDITIONAL), ones), S_CONDITIONAL);
      putU8(member, b, 1);
      continue;
    }
    const p = cdfs(cdf, f64x2.div(above, spread));
    const c = f64x2.sub(v128.and(isIn, f64x2.splat(1)), p);
    const squares = f64x2.mul(p, p);
    const toA = sums + ((<usize>a) << S_BYTES_SHIFT);
    const bothA = v128.shuffle<f64>(p, squares, 0, 2);
    v128.store(toA, f64x2.add(v128.load(toA, S_CONDITIONAL), bothA), S_CONDITIONAL);
    putU8(member, a, i32x4.extract_lane(isIn, 0) & 1);
    putF64(surprise, a, f64x2.extract_lane(c, 0));
    putI32(surprised, found, a);
    found += <i32>(f64x2.extract_lane(c, 0) !== 0);
    if (isLast) break;
    const toB = sums + ((<usize>b) << S_BYTES_SHIFT);
    const bothB = v128.shuffle<f64>(p, squares, 1, 3);
    v128.store(toB, f64x2.add(v128.load(toB, S_CONDITIONAL), bothB), S_CONDITIONAL);
    putU8(member, b, i32x4.extract_lane(isIn, 2) & 1);
    putF64(surprise, b, f64x2.extract_lane(c, 1));
    putI32(surprised, found, b);
    found += <i32>(f64x2.extract_lane(c, 1) !== 0);
  }
  surprises = found;
}

function tallySimpleNews(from: usize, tail: f64): void {
  const sums = column(Column.SUMS);
  const surprise = column(Column.SURPRISE);
  const surprised = column(Column.SURPRISED);
  const member = column(Column.MEMBER);
  let found = surprises;
  const ownSpread = column(Column.OWN_SPREAD);
  const tails = f64x2.splat(tail);
  const reach = f64x2.splat(-CDF_RANGE - MARGIN);
  // Below all borders every line is the same.
  const lowest = f64x2.splat(
    min(
      min(load<f64>(borders, KEEP), load<f64>(borders, ENTER)),
      min(load<f64>(borders, ALLOWED), min(load<f64>(borders, SEATS_ABOVE), load<f64>(borders, SEATS_BELOW))),
    ),
  );
  const farLine = newcomerLines(f64x2.splat(-Infinity));
  const cdf = column(Column.CDF);
  const first = count(Count.STANDING);
  const newcomers = drawnNewcomers;
  const score = column(Column.SCORE) + from;
  const base = column(Column.BASE) + from;
  for (let j = 0; j < newcomers; j += 2) {
    const name = first + j;
    const at = (<usize>name) << 3;
    const scores = v128.load(score + at);
    const line = v128.any_true(f64x2.ge(scores, lowest)) ? newcomerLines(scores) : farLine;
    const spread = f64x2.mul(v128.load(ownSpread + at), tails);
    const above = f64x2.sub(v128.load(base + at), line);
    // Most that are far down could not be in by any draw of their own.
    if (!v128.any_true(f64x2.gt(above, f64x2.mul(reach, spread)))) continue;
    const isIn = f64x2.gt(scores, line);
    const p = cdfs(cdf, f64x2.div(above, spread));
    const c = f64x2.sub(v128.and(isIn, f64x2.splat(1)), p);
    const squares = f64x2.mul(p, p);
    const toA = sums + ((<usize>name) << S_BYTES_SHIFT);
    const bothA = v128.shuffle<f64>(p, squares, 0, 2);
    v128.store(toA, f64x2.add(v128.load(toA, S_CONDITIONAL), bothA), S_CONDITIONAL);
    putU8(member, name, i32x4.extract_lane(isIn, 0) & 1);
    putF64(surprise, name, f64x2.extract_lane(c, 0));
    putI32(surprised, found, name);
    found += <i32>(f64x2.extract_lane(c, 0) !== 0);
    if (j + 1 === newcomers) break;
    const toB = sums + ((<usize>name + 1) << S_BYTES_SHIFT);
    const bothB = v128.shuffle<f64>(p, squares, 1, 3);
    v128.store(toB, f64x2.add(v128.load(toB, S_CONDITIONAL), bothB), S_CONDITIONAL);
    putU8(member, name + 1, i32x4.extract_lane(isIn, 2) & 1);
    putF64(surprise, name + 1, f64x2.extract_lane(c, 1));
    putI32(surprised, found, name + 1);
    found += <i32>(f64x2.extract_lane(c, 1) !== 0);
  }
  surprises = found;
}

/** @param p probability of a name @param c member minus probability; who has none is overwritten by the next */
function addProbability(name: i32, p: f64, c: f64): void {
  const to = column(Column.SUMS) + ((<usize>name) << S_BYTES_SHIFT);
  const both = f64x2.replace_lane(f64x2.splat(p), 1, p * p);
  v128.store(to, f64x2.add(v128.load(to, S_CONDITIONAL), both), S_CONDITIONAL);
  putF64(column(Column.SURPRISE), name, c);
  putI32(column(Column.SURPRISED), surprises, name);
  surprises += <i32>(c !== 0);
}

function tallyProbability(name: i32, from: usize, line: f64, tail: f64): void {
  const member = column(Column.MEMBER);
  if (!tied) putU8(member, name, <i32>(f64At(column(Column.SCORE) + from, name) > line));
  const isIn = <f64>u8At(member, name);
  const p = probabilityIn(name, from, line, tail, isIn);
  addProbability(name, p, isIn - p);
}

function probabilityIn(name: i32, from: usize, line: f64, tail: f64, isIn: f64): f64 {
  const spread = f64At(column(Column.OWN_SPREAD), name) * tail;
  const base = f64At(column(Column.BASE) + from, name);
  const cdf = column(Column.CDF);
  if (count(Count.SIMPLE) !== 0) return cdfOf(cdf, (base - line) / spread);
  const doubt = f64At(column(Column.DOUBT), name);
  if (count(Count.PLAIN) === 0) {
    const deviation = Math.sqrt(spread * spread + doubt * doubt);
    return deviation === 0 ? isIn : cdfOf(cdf, (base - line) / deviation);
  }
  const future = f64At(column(Column.FUTURE), name);
  if (spread === 0 || future === 0) return isIn;
  const half = 0.5 * doubt * doubt;
  const scaled = doubt === 0 ? line : line * exp1(half - f64At(column(Column.DOUBT_MOVE) + from, name));
  const needed = scaled - f64At(column(Column.KNOWN), name);
  if (!(needed > 0)) return 1;
  if (needed === Infinity) return 0;
  return cdfOf(cdf, (base - log(needed / future)) / spread);
}
