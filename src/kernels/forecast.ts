/**
 * The paths of a simulated review in AssemblyScript with 128-bit vectors: the same operations in the same order as
 * src/core/forecast/kernel.ts and what it calls, function by function, so the same bits. Four names
 * are drawn at a time, two are computed. Built by scripts/build-kernels.mjs into src/data/forecastWasm.ts.
 */

/** Slots of the table of column addresses; src/data/wasmKernel.ts writes it in this order. */
const COUNTS = 0;
const NUMBERS = 1;
const COMMON = 2;
const KEY = 3;
const COUNTER = 4;
const MARKET = 5;
const SECTOR = 6;
const OWN = 7;
const SECTOR_OF = 8;
const HALF_VARIANCE = 9;
const LEVEL = 10;
const INVERSE = 11;
const CDF = 12;
const MOVE = 13;
const OWN_MOVE = 14;
const SCORE = 15;
const PRICED = 16;
const AT_PRICING = 17;
const AT_SWAP = 18;
const PRICING_DRAW = 19;
const RANKED = 20;
const SURE = 21;
const LEAVING = 22;
const INCUMBENT = 23;
const OWN_SPREAD = 24;
const KNOWN = 25;
const FUTURE = 26;
const DOUBT = 27;
const DOUBT_MOVE = 28;
const NEW_VALUE = 29;
const SINCE_PRICING = 30;
const OLD_VALUE = 31;
const ORDER = 32;
const SORTED = 33;
const FAR = 34;
const MEMBER = 35;
const LINE = 36;
const NEWCOMERS = 37;
const INCUMBENTS = 38;
const BUCKET_OF = 39;
const STARTS = 40;
const VALUES = 41;
const WEIGHTS = 42;
const HELD_BY_SINGLE = 43;
const SET_BY_TOP = 44;
const LARGEST = 45;
const HELD_ROWS = 46;
const PER_PRICE = 47;
const SURPRISE = 48;
const SURPRISED = 49;
const MEMBER_AT = 50;
const NEW_SHARES = 51;
const BLOCK_FLOWS = 52;
const BLOCK_SHARES = 53;
const TRADED = 54;
const BOUND = 55;
const REACH = 56;
const SUMS = 57;
const SCALARS = 58;

/** Below the table are the constants of this module, above it all columns. */
const TABLE: usize = 4096;

/** Where whole numbers and others of the plan are, in COUNTS and NUMBERS. */
const C_NAMES = 0;
const C_STRIDE = 1;
const C_RANKED = 2;
const C_SURE = 3;
const C_LEAVING = 4;
const C_DEPTH = 5;
const C_CUT_BY = 6;
const C_FIXED = 7;
const C_SEATS = 8;
const C_ENTER = 9;
const C_KEEP = 10;
const C_ENTER_FIRST = 11;
const C_MAX_CHANGES = 12;
const C_HAS_LINES = 13;
const C_PLAIN = 14;
const C_HAS_DOUBT = 15;
const C_CAPS = 16;
const C_TOP_K = 17;
const C_SECTORS = 18;
const C_SEED = 19;
const N_AVERAGE = 0;
const N_PRICING_ON_AVERAGE = 1;
const N_PRICING = 2;
const N_SWAP = 3;
const N_ASSETS = 4;
const N_ASSETS_DOUBT = 5;
const N_OLD_TOTAL = 6;
const N_CAP = 7;
const N_LIMIT = 8;

/** Draws that all names of a path share: market and tail factor of each stage, assets, then sectors by stage. */
const D_MARKET = 0;
const D_TAIL = 3;
const D_ASSETS = 6;
const D_SECTOR = 7;

const STREAM_FIRST = 1;
const STREAM_LATER = 2;
const STREAM_DOUBT = 3;

const BLOCK = 256;
const FLOW_STRIDE = 264;
const BUCKETS = 256;
const FEW = 160;
const REACHES = 8;
const CDF_RANGE: f64 = 7;
const CDF_CELLS_PER_UNIT: f64 = 512.0 / 14.0;
const WEIGHT_EPSILON: f64 = 1e-12;

/** Sums of a name, 16 in all; those written two at a time stand together. */
const S_MEMBER = 0;
const S_FLOW = 16;
const S_SHARES = 32;
const S_FLOW_C = 48;
const S_CONDITIONAL = 64;
const S_CC = 80;
const S_CAPPED = 96;
const S_SINGLE = 104;
const S_BYTES_SHIFT = 7;

/** Any other caps and readings, for the values of so many members. @returns 1 for the single, 2 for the joint one acting */
declare function capByAllRules(members: i32): i32;

function column(slot: i32): usize {
  return <usize>load<u32>(TABLE + ((<usize>slot) << 2));
}

function count(which: i32): i32 {
  return load<i32>(column(COUNTS) + ((<usize>which) << 2));
}

function number(which: i32): f64 {
  return load<f64>(column(NUMBERS) + ((<usize>which) << 3));
}

function i32At(at: usize, i: i32): i32 {
  return load<i32>(at + ((<usize>i) << 2));
}

function f64At(at: usize, i: i32): f64 {
  return load<f64>(at + ((<usize>i) << 3));
}

function u8At(at: usize, i: i32): i32 {
  return <i32>load<u8>(at + <usize>i);
}

function putI32(at: usize, i: i32, value: i32): void {
  store<i32>(at + ((<usize>i) << 2), value);
}

function putF64(at: usize, i: i32, value: f64): void {
  store<f64>(at + ((<usize>i) << 3), value);
}

function putU8(at: usize, i: i32, value: i32): void {
  store<u8>(at + <usize>i, <u8>value);
}

/** The two words of four sources each: the first from here, the second in `secondWords`. */
let secondWords: v128 = i32x4.splat(0);

function rotate(x: v128, by: i32): v128 {
  return v128.or(i32x4.shl(x, by), i32x4.shr_u(x, 32 - by));
}

function threefry(seed: v128, key: v128, counter: v128, streamWord: v128): v128 {
  const third = v128.xor(v128.xor(i32x4.splat(0x1bd11bda), seed), key);
  let a = i32x4.add(counter, seed);
  let b = i32x4.add(streamWord, key);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 13), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 15), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 26), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 6), a);
  a = i32x4.add(a, key);
  b = i32x4.add(b, i32x4.add(third, i32x4.splat(1)));
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 17), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 29), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 16), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 24), a);
  a = i32x4.add(a, third);
  b = i32x4.add(b, i32x4.add(seed, i32x4.splat(2)));
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 13), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 15), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 26), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 6), a);
  a = i32x4.add(a, seed);
  b = i32x4.add(b, i32x4.add(key, i32x4.splat(3)));
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 17), a);
  secondWords = b;
  return a;
}

/** Normals of four words: of the first two from here, of the others in `laterNormals`. */
let laterNormals: v128 = i32x4.splat(0);

function normals(inverse: usize, bits: v128): v128 {
  const signs = i32x4.shr_s(bits, 31);
  const size = i32x4.shl(v128.not(v128.xor(bits, signs)), 1);
  const halves = v128.or(size, i32x4.splat(1));
  const top = v128.and(bits, i32x4.splat(i32.MIN_VALUE));
  laterNormals = v128.xor(
    sizes(inverse, i32x4.extract_lane(halves, 2), i32x4.extract_lane(halves, 3)),
    i64x2.shl(i64x2.extend_high_i32x4_u(top), 32),
  );
  return v128.xor(
    sizes(inverse, i32x4.extract_lane(halves, 0), i32x4.extract_lane(halves, 1)),
    i64x2.shl(i64x2.extend_low_i32x4_u(top), 32),
  );
}

/** Normals without their signs. @param one distance of a word from the nearer end, in halves */
function sizes(inverse: usize, one: i32, other: i32): v128 {
  const zerosA = clz(one);
  const zerosB = clz(other);
  const mantissaA = one << zerosA;
  const mantissaB = other << zerosB;
  // The mantissa's upper bit is the octave's own: it adds 64 to the 63 - zeros below.
  const a = inverse + ((<usize>(((30 - zerosA) << 6) + ((<u32>mantissaA) >> 25))) << 5);
  const b = inverse + ((<usize>(((30 - zerosB) << 6) + ((<u32>mantissaB) >> 25))) << 5);
  const s = f64x2.convert_low_i32x4_s(
    v128.and(i32x4.replace_lane(i32x4.splat(mantissaA), 1, mantissaB), i32x4.splat(0x1ffffff)),
  );
  const lowA = v128.load(a);
  const lowB = v128.load(b);
  const highA = v128.load(a, 16);
  const highB = v128.load(b, 16);
  let size = v128.shuffle<f64>(highA, highB, 1, 3);
  size = f64x2.add(v128.shuffle<f64>(highA, highB, 0, 2), f64x2.mul(s, size));
  size = f64x2.add(v128.shuffle<f64>(lowA, lowB, 1, 3), f64x2.mul(s, size));
  return f64x2.add(v128.shuffle<f64>(lowA, lowB, 0, 2), f64x2.mul(s, size));
}

const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;

/** What `exp` multiplies and adds, each twice: a vector is read from memory sooner than it is made from a constant. */
const EXP: usize = memory.data<f64>(
  [
    Math.LOG2E,
    Math.LOG2E,
    0.5,
    0.5,
    0.6931471803691238,
    0.6931471803691238,
    1.9082149292705877e-10,
    1.9082149292705877e-10,
    1.0,
    1.0,
    1.0 / 6,
    1.0 / 6,
    1.0 / 24,
    1.0 / 24,
    1.0 / 120,
    1.0 / 120,
    1.0 / 720,
    1.0 / 720,
    1.0 / 5040,
    1.0 / 5040,
    1.0 / 40320,
    1.0 / 40320,
    1.0 / 362880,
    1.0 / 362880,
    1.0 / 3628800,
    1.0 / 3628800,
    1.0 / 39916800,
    1.0 / 39916800,
    1.0 / 479001600,
    1.0 / 479001600,
    1.0 / 6227020800,
    1.0 / 6227020800,
    6755399441055744,
    6755399441055744,
  ],
  16,
);

function exp(x: v128): v128 {
  const half = v128.load(EXP, 16);
  const one = v128.load(EXP, 64);
  const k = f64x2.floor(f64x2.add(f64x2.mul(x, v128.load(EXP)), half));
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(k, v128.load(EXP, 32))), f64x2.mul(k, v128.load(EXP, 48)));
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const low = group(r, r2, half, v128.load(EXP, 80), v128.load(EXP, 96), v128.load(EXP, 112));
  const middle = group(
    r,
    r2,
    v128.load(EXP, 128),
    v128.load(EXP, 144),
    v128.load(EXP, 160),
    v128.load(EXP, 176),
  );
  const high = group(
    r,
    r2,
    v128.load(EXP, 192),
    v128.load(EXP, 208),
    v128.load(EXP, 224),
    v128.load(EXP, 240),
  );
  const tail = f64x2.add(low, f64x2.mul(r4, f64x2.add(middle, f64x2.mul(r4, high))));
  const size = f64x2.add(one, f64x2.add(r, f64x2.mul(r2, tail)));
  // k in the low bits of k + 1.5 x 2^52; shifted to the exponent, added to that of 1.
  const power = i64x2.add(i64x2.shl(f64x2.add(k, v128.load(EXP, 256)), 52), one);
  return f64x2.mul(size, power);
}

/** (a + r b) + r2 (c + r d) */
function group(r: v128, r2: v128, a: v128, b: v128, c: v128, d: v128): v128 {
  const left = f64x2.add(a, f64x2.mul(r, b));
  const right = f64x2.add(c, f64x2.mul(r, d));
  return f64x2.add(left, f64x2.mul(r2, right));
}

function exp1(x: f64): f64 {
  return f64x2.extract_lane(exp(f64x2.splat(x)), 0);
}

/** Upper word of the root of a half. */
const SQRT1_2_UPPER = 0x3fe6a09e;

function log(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  const k = (<i32>(bits >> 32) - SQRT1_2_UPPER) >> 20;
  const m = reinterpret<f64>(bits - ((<i64>(k << 20)) << 32));
  const s = (m - 1) / (m + 1);
  const s2 = s * s;
  const s4 = s2 * s2;
  const s8 = s4 * s4;
  const low = 1.0 / 3 + s2 * (1.0 / 5) + s4 * (1.0 / 7 + s2 * (1.0 / 9));
  const middle = 1.0 / 11 + s2 * (1.0 / 13) + s4 * (1.0 / 15 + s2 * (1.0 / 17));
  const high = 1.0 / 19 + s2 * (1.0 / 21) + s4 * (1.0 / 23);
  const sum = s2 * (low + s8 * (middle + s8 * high));
  return <f64>k * LN2_HIGH + (2 * s + (2 * s * sum + <f64>k * LN2_LOW));
}

function cdfOf(cdf: usize, x: f64): f64 {
  if (!(x > -CDF_RANGE)) return 0;
  if (x >= CDF_RANGE) return 1;
  const position = (x + CDF_RANGE) * CDF_CELLS_PER_UNIT;
  const cell = Math.floor(position);
  const s = position - cell;
  const at = column(CDF) + ((<usize>(<i32>cell)) << 5);
  return load<f64>(at) + s * (load<f64>(at, 8) + s * (load<f64>(at, 16) + s * load<f64>(at, 24)));
}

/** Where the draws that all names share are, of a path of the block. */
function commonOf(path: i32): usize {
  const width = D_SECTOR + 3 * count(C_SECTORS);
  return column(COMMON) + ((<usize>((path & (BLOCK - 1)) * width)) << 3);
}

/** Runs the paths from..to of one block, whose common draws are in place, whole pairs of them. */
export function runPaths(from: i32, to: i32): void {
  for (let pair = from >> 1; 2 * pair < to; pair++) {
    moveToCutoff(pair);
    if (count(C_HAS_DOUBT) !== 0) drawDoubts(pair);
    if (count(C_PLAIN) !== 0) {
      plainScores(2 * pair);
      plainScores(2 * pair + 1);
    } else if (count(C_HAS_DOUBT) !== 0) addDoubts();
    const end = min(to, 2 * pair + 2);
    for (let path = max(from, 2 * pair); path < end; path++) {
      seat(path);
      priceNames(path);
      capMembers();
      tallyCaps(path);
      trade(path);
    }
  }
}

/** Draws of the sectors of two names. */
function sectorDraws(draws: usize, sectors: usize): v128 {
  return f64x2.replace_lane(
    f64x2.splat(load<f64>(draws + ((<usize>load<u32>(sectors)) << 3))),
    1,
    load<f64>(draws + ((<usize>load<u32>(sectors, 4)) << 3)),
  );
}

function moveToCutoff(pair: i32): void {
  const key = column(KEY);
  const counter = column(COUNTER);
  const inverse = column(INVERSE);
  const average = number(N_AVERAGE);
  const a = commonOf(2 * pair);
  const b = commonOf(2 * pair + 1);
  const tailA = load<f64>(a, D_TAIL << 3);
  const tailB = load<f64>(b, D_TAIL << 3);
  const lessA = average * average * (tailA * tailA);
  const lessB = average * average * (tailB * tailB);
  const marketA = load<f64>(a, D_MARKET << 3);
  const marketB = load<f64>(b, D_MARKET << 3);
  const sectorA = a + (D_SECTOR << 3);
  const sectorB = b + (D_SECTOR << 3);
  const seeds = i32x4.splat(count(C_SEED));
  const pairs = i32x4.splat(pair);
  const stream = i32x4.splat(STREAM_FIRST);
  const other = (<usize>count(C_STRIDE)) << 3;
  const names = count(C_NAMES);
  const own = column(OWN);
  const market = column(MARKET);
  const sector = column(SECTOR);
  const sectorOf = column(SECTOR_OF);
  const half = column(HALF_VARIANCE);
  const level = column(LEVEL);
  const move = column(MOVE);
  const ownMove = column(OWN_MOVE);
  const score = column(SCORE);
  for (let i = 0; i < names; i += 4) {
    const at = (<usize>i) << 2;
    const one = threefry(seeds, v128.load(key + at), pairs, v128.or(v128.load(counter + at), stream));
    const two = secondWords;
    const firstA = normals(inverse, one);
    const lastA = laterNormals;
    const firstB = normals(inverse, two);
    const lastB = laterNormals;
    for (let part = 0; part < 2; part++) {
      const to = ((<usize>i) << 3) + ((<usize>part) << 4);
      const zA = part === 0 ? firstA : lastA;
      const zB = part === 0 ? firstB : lastB;
      const owns = v128.load(own + to);
      const markets = v128.load(market + to);
      const sectors = v128.load(sector + to);
      const halves = v128.load(half + to);
      const levels = v128.load(level + to);
      const where = sectorOf + (to >> 1);
      const ownA = f64x2.mul(owns, f64x2.mul(zA, f64x2.splat(tailA)));
      const ownB = f64x2.mul(owns, f64x2.mul(zB, f64x2.splat(tailB)));
      const moveA = f64x2.add(
        f64x2.add(f64x2.mul(markets, f64x2.splat(marketA)), f64x2.mul(sectors, sectorDraws(sectorA, where))),
        ownA,
      );
      const moveB = f64x2.add(
        f64x2.add(f64x2.mul(markets, f64x2.splat(marketB)), f64x2.mul(sectors, sectorDraws(sectorB, where))),
        ownB,
      );
      const xA = f64x2.sub(f64x2.mul(f64x2.splat(average), moveA), f64x2.mul(f64x2.splat(lessA), halves));
      const xB = f64x2.sub(f64x2.mul(f64x2.splat(average), moveB), f64x2.mul(f64x2.splat(lessB), halves));
      v128.store(move + to, moveA);
      v128.store(ownMove + to, ownA);
      v128.store(score + to, f64x2.add(levels, xA));
      v128.store(move + other + to, moveB);
      v128.store(ownMove + other + to, ownB);
      v128.store(score + other + to, f64x2.add(levels, xB));
    }
  }
}

function drawDoubts(pair: i32): void {
  const key = column(KEY);
  const counter = column(COUNTER);
  const inverse = column(INVERSE);
  const doubt = column(DOUBT);
  const doubtMove = column(DOUBT_MOVE);
  const seeds = i32x4.splat(count(C_SEED));
  const pairs = i32x4.splat(pair);
  const stream = i32x4.splat(STREAM_DOUBT);
  const other = (<usize>count(C_STRIDE)) << 3;
  const names = count(C_NAMES);
  for (let i = 0; i < names; i += 4) {
    const at = (<usize>i) << 2;
    const to = (<usize>i) << 3;
    const a = threefry(seeds, v128.load(key + at), pairs, v128.or(v128.load(counter + at), stream));
    const b = secondWords;
    const low = v128.load(doubt + to);
    const high = v128.load(doubt + to, 16);
    const out = doubtMove + to;
    v128.store(out, f64x2.mul(low, normals(inverse, a)));
    v128.store(out, f64x2.mul(high, laterNormals), 16);
    const next = out + other;
    v128.store(next, f64x2.mul(low, normals(inverse, b)));
    v128.store(next, f64x2.mul(high, laterNormals), 16);
  }
}

function addDoubts(): void {
  const score = column(SCORE);
  const doubtMove = column(DOUBT_MOVE);
  const end = (<usize>(2 * count(C_STRIDE))) << 3;
  for (let at: usize = 0; at < end; at += 16) {
    v128.store(score + at, f64x2.add(v128.load(score + at), v128.load(doubtMove + at)));
  }
}

function plainScores(path: i32): void {
  const average = number(N_AVERAGE);
  const tail = load<f64>(commonOf(path), D_TAIL << 3);
  const averages = f64x2.splat(average);
  const less = f64x2.splat(average * average * (tail * tail));
  const names = count(C_NAMES);
  const from = (<usize>((path & 1) * count(C_STRIDE))) << 3;
  const move = column(MOVE) + from;
  const doubtMove = column(DOUBT_MOVE) + from;
  const score = column(SCORE) + from;
  const half = column(HALF_VARIANCE);
  const known = column(KNOWN);
  const future = column(FUTURE);
  const doubt = column(DOUBT);
  const hasDoubt = count(C_HAS_DOUBT);
  for (let i = 0; i < names; i += 2) {
    const at = (<usize>i) << 3;
    const x = f64x2.sub(f64x2.mul(averages, v128.load(move + at)), f64x2.mul(less, v128.load(half + at)));
    let measure = f64x2.add(v128.load(known + at), f64x2.mul(v128.load(future + at), exp(x)));
    if (hasDoubt !== 0) {
      const doubts = v128.load(doubt + at);
      const halfSquare = f64x2.mul(f64x2.mul(f64x2.splat(0.5), doubts), doubts);
      measure = f64x2.mul(measure, exp(f64x2.sub(v128.load(doubtMove + at), halfSquare)));
    }
    v128.store(score + at, measure);
  }
}

let near: i32 = 0;
let farther: i32 = 0;
let farLine: f64 = 0;

function seat(path: i32): void {
  if (count(C_FIXED) !== 0) {
    const sure = column(SURE);
    const member = column(MEMBER);
    const n = count(C_SURE);
    for (let j = 0; j < n; j++) putU8(member, i32At(sure, j), 1);
    return;
  }
  sortByScore(path);
  seatMembers();
  if (count(C_HAS_LINES) === 0) return;
  writeLines();
  tallyProbabilities(path);
}

function marketScore(name: i32, market: f64, tail: f64): f64 {
  const average = number(N_AVERAGE);
  const move =
    average * f64At(column(MARKET), name) * market -
    average * average * tail * tail * f64At(column(HALF_VARIANCE), name);
  return count(C_PLAIN) === 0
    ? f64At(column(LEVEL), name) + move
    : f64At(column(KNOWN), name) + f64At(column(FUTURE), name) * exp1(move);
}

function sortByScore(path: i32): void {
  const common = commonOf(path);
  const cutBy = count(C_CUT_BY);
  const cut = cutBy < 0 ? -Infinity : marketScore(cutBy, load<f64>(common), load<f64>(common, D_TAIL << 3));
  if (splitAt(path, cut) < count(C_DEPTH) && cutBy >= 0) splitAt(path, -Infinity);
  if (near > FEW) sortIntoBuckets();
  sortByInsertion();
}

function splitAt(path: i32, cut: f64): i32 {
  const score = column(SCORE) + ((<usize>((path & 1) * count(C_STRIDE))) << 3);
  const ranked = column(RANKED);
  const incumbent = column(INCUMBENT);
  const order = column(ORDER);
  const sorted = column(SORTED);
  const far = column(FAR);
  const n = count(C_RANKED);
  let within = 0;
  let beyond = 0;
  let above = 0;
  for (let j = 0; j < n; j++) {
    const name = i32At(ranked, j);
    const value = f64At(score, name);
    const isAbove = <i32>(value >= cut);
    const isNear = isAbove | u8At(incumbent, name);
    // Both lists are written, and only the right one grows.
    putI32(order, within, name);
    putF64(sorted, within, value);
    putI32(far, beyond, name);
    above += isAbove;
    within += isNear;
    beyond += 1 - isNear;
  }
  near = within;
  farther = beyond;
  return above;
}

function sortByInsertion(): void {
  const order = column(ORDER);
  const sorted = column(SORTED);
  const n = near;
  for (let j = 1; j < n; j++) {
    const value = f64At(sorted, j);
    const name = i32At(order, j);
    let at = j;
    for (; at > 0; at--) {
      const before = f64At(sorted, at - 1);
      const other = i32At(order, at - 1);
      if (before > value || (before === value && other < name)) break;
      putF64(sorted, at, before);
      putI32(order, at, other);
    }
    putF64(sorted, at, value);
    putI32(order, at, name);
  }
}

function sortIntoBuckets(): void {
  const order = column(ORDER);
  const sorted = column(SORTED);
  const names = column(LINE);
  const scores = column(NEWCOMERS);
  const bucketOf = column(BUCKET_OF);
  const starts = column(STARTS);
  const n = near;
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
  const order = column(ORDER);
  const member = column(MEMBER);
  const incumbent = column(INCUMBENT);
  const seats = count(C_SEATS);
  const keep = count(C_KEEP);
  const enterFirst = count(C_ENTER_FIRST) !== 0;
  const n = near;
  memory.fill(member, 0, <usize>count(C_NAMES));
  let taken = 0;
  if (enterFirst) taken = sit(0, count(C_ENTER), taken);
  taken = sit(1, keep, taken);
  if (!enterFirst && keep < seats) taken = sit(0, count(C_ENTER), taken);
  for (let j = 0; j < n && taken < seats; j++) {
    const name = i32At(order, j);
    taken += 1 - u8At(member, name);
    putU8(member, name, 1);
  }
  let added = 0;
  let leavers = count(C_LEAVING);
  for (let j = 0; j < n; j++) {
    const name = i32At(order, j);
    const sits = u8At(member, name);
    const old = u8At(incumbent, name);
    added += sits & (1 - old);
    leavers += old & (1 - sits);
  }
  if (leavers > count(C_MAX_CHANGES)) limitChanges(added, leavers);
  const sure = column(SURE);
  const sures = count(C_SURE);
  for (let j = 0; j < sures; j++) putU8(member, i32At(sure, j), 1);
}

function sit(kind: i32, line: i32, taken: i32): i32 {
  const order = column(ORDER);
  const member = column(MEMBER);
  const incumbent = column(INCUMBENT);
  const seats = count(C_SEATS);
  const end = min(line, near);
  for (let j = 0; j < end && taken < seats; j++) {
    const name = i32At(order, j);
    const sits = <i32>(u8At(incumbent, name) === kind);
    putU8(member, name, u8At(member, name) | sits);
    taken += sits;
  }
  return taken;
}

function limitChanges(added: i32, leavers: i32): void {
  const order = column(ORDER);
  const member = column(MEMBER);
  const incumbent = column(INCUMBENT);
  const leaving = column(LEAVING);
  const allowed = count(C_MAX_CHANGES);
  let into = min(added, allowed + max(0, added - leavers));
  for (let j = 0; j < near; j++) {
    const name = i32At(order, j);
    if (u8At(incumbent, name) === 1 || u8At(member, name) === 0) continue;
    if (into > 0) into--;
    else putU8(member, name, 0);
  }
  let out = allowed;
  const unfit = count(C_LEAVING);
  for (let j = 0; j < unfit; j++) {
    if (out > 0) out--;
    else putU8(member, i32At(leaving, j), 1);
  }
  for (let j = near - 1; j >= 0; j--) {
    const name = i32At(order, j);
    if (u8At(incumbent, name) === 0 || u8At(member, name) === 1) continue;
    if (out > 0) out--;
    else putU8(member, name, 1);
  }
}

function writeLines(): void {
  const order = column(ORDER);
  const sorted = column(SORTED);
  const newcomers = column(NEWCOMERS);
  const incumbents = column(INCUMBENTS);
  const incumbent = column(INCUMBENT);
  let news = 0;
  let olds = 0;
  for (let j = 0; j < near; j++) {
    const score = f64At(sorted, j);
    const old = u8At(incumbent, i32At(order, j));
    putF64(incumbents, olds, score);
    putF64(newcomers, news, score);
    olds += old;
    news += 1 - old;
  }
  const line = column(LINE);
  const seats = count(C_SEATS);
  const keep = count(C_KEEP);
  const enter = count(C_ENTER);
  const changes = count(C_MAX_CHANGES);
  const leaving = count(C_LEAVING);
  const enterFirst = count(C_ENTER_FIRST) !== 0;
  const n = near;
  const last = (<i32>i16.MAX_VALUE) << 8;
  // A rank among the others is one of two scores: with the name's own left out of those above, or not.
  const keepLow = otherAt(sorted, n, keep, -1);
  const keepHigh = otherAt(sorted, n, keep, last);
  const enterLow = otherAt(sorted, n, enter, -1);
  const enterHigh = otherAt(sorted, n, enter, last);

  const seatsAbove = seats - incumbentsAmong(keep);
  const seatsBelow = seats - incumbentsAmong(keep - 1);
  const allowed = changes + (seats - olds - leaving);
  const aboveLow = Math.max(keepLow, otherAt(newcomers, news, seatsAbove, -1));
  const aboveHigh = Math.max(keepLow, otherAt(newcomers, news, seatsAbove, last));
  const belowLow = Math.max(keepHigh, otherAt(newcomers, news, seatsBelow, -1));
  const belowHigh = Math.max(keepHigh, otherAt(newcomers, news, seatsBelow, last));
  const allowedLow = otherAt(newcomers, news, allowed, -1);
  const allowedHigh = otherAt(newcomers, news, allowed, last);
  const newLow = enterFirst ? enterLow : Infinity;
  const newHigh = enterFirst ? enterHigh : Infinity;

  const oldSeatsAbove = seats - (enter + 1 - incumbentsAmong(enter + 1));
  const oldSeatsBelow = seats - (enter - incumbentsAmong(enter));
  const pushedOut = changes - leaving;
  const pushedHigh = worstOther(incumbents, olds, pushedOut, -1);
  const pushedLow = worstOther(incumbents, olds, pushedOut, olds);
  const oldAboveLow = enterFirst ? otherAt(incumbents, olds, oldSeatsAbove, -1) : -Infinity;
  const oldAboveHigh = enterFirst ? otherAt(incumbents, olds, oldSeatsAbove, last) : -Infinity;
  const oldBelowLow = enterFirst ? otherAt(incumbents, olds, oldSeatsBelow, -1) : -Infinity;
  const oldBelowHigh = enterFirst ? otherAt(incumbents, olds, oldSeatsBelow, last) : -Infinity;

  let newsAbove = 0;
  let oldsAbove = 0;
  for (let j = 0; j < n; j++) {
    const old = u8At(incumbent, i32At(order, j));
    // Both lines are worked out and one is taken: who is a member cannot be guessed.
    const free = select<f64>(
      select<f64>(aboveLow, aboveHigh, newsAbove < seatsAbove),
      select<f64>(belowLow, belowHigh, newsAbove < seatsBelow),
      j < keep,
    );
    const seated = f64.min(select<f64>(newLow, newHigh, j < enter), free);
    const newcomer = f64.max(select<f64>(allowedLow, allowedHigh, newsAbove < allowed), seated);
    const room = select<f64>(
      select<f64>(oldAboveLow, oldAboveHigh, oldsAbove < oldSeatsAbove),
      select<f64>(oldBelowLow, oldBelowHigh, oldsAbove < oldSeatsBelow),
      j < enter,
    );
    const kept = f64.max(select<f64>(keepLow, keepHigh, j < keep), room);
    const staying = f64.min(select<f64>(newLow, newHigh, j < enter), kept);
    const pushed = select<f64>(pushedLow, pushedHigh, olds - 1 - oldsAbove < pushedOut);
    putF64(line, j, select<f64>(f64.min(pushed, staying), newcomer, old !== 0));
    oldsAbove += old;
    newsAbove += 1 - old;
  }
  farLine = f64.max(allowedHigh, f64.min(newHigh, belowHigh));
}

/** Incumbents among the best `rank`. */
function incumbentsAmong(rank: i32): i32 {
  const order = column(ORDER);
  const incumbent = column(INCUMBENT);
  const end = min(rank, near);
  let found = 0;
  for (let j = 0; j < end; j++) found += u8At(incumbent, i32At(order, j));
  return found;
}

function otherAt(sorted: usize, n: i32, rank: i32, own: i32): f64 {
  if (rank <= 0) return Infinity;
  const at = own < rank ? rank : rank - 1;
  return at < n ? f64At(sorted, at) : -Infinity;
}

function worstOther(sorted: usize, n: i32, rank: i32, own: i32): f64 {
  if (rank <= 0) return -Infinity;
  const fromEnd = n - 1 - own;
  const at = fromEnd < rank ? rank : rank - 1;
  return at < n ? f64At(sorted, n - 1 - at) : Infinity;
}

let surprises: i32 = 0;

function tallyProbabilities(path: i32): void {
  const order = column(ORDER);
  const line = column(LINE);
  const far = column(FAR);
  const surprise = column(SURPRISE);
  const surprised = column(SURPRISED);
  const ownSpread = column(OWN_SPREAD);
  const from = (path & 1) * count(C_STRIDE);
  const score = column(SCORE) + ((<usize>from) << 3);
  const ownMove = column(OWN_MOVE) + ((<usize>from) << 3);
  const average = number(N_AVERAGE);
  const tail = load<f64>(commonOf(path), D_TAIL << 3);
  const simple = count(C_PLAIN) === 0 && count(C_HAS_DOUBT) === 0;
  for (let j = 0; j < surprises; j++) putF64(surprise, i32At(surprised, j), 0);
  surprises = 0;
  const cdf = column(CDF);
  const sums = column(SUMS);
  const member = column(MEMBER);
  for (let j = 0; j < near; j++) {
    const name = i32At(order, j);
    const to = f64At(line, j);
    const above = f64At(score, name) - average * f64At(ownMove, name) - to;
    const spread = f64At(ownSpread, name) * tail;
    if (!simple || spread === 0) {
      tallyProbability(name, from, above, to, tail, simple);
      continue;
    }
    // As `tallyProbability`, without what only other plans need.
    const p = cdfOf(cdf, above / spread);
    const at = sums + ((<usize>name) << S_BYTES_SHIFT);
    const both = f64x2.mul(f64x2.splat(p), f64x2.replace_lane(f64x2.splat(p), 0, 1));
    v128.store(at, f64x2.add(v128.load(at, S_CONDITIONAL), both), S_CONDITIONAL);
    const c = <f64>u8At(member, name) - p;
    if (c === 0) continue;
    putF64(surprise, name, c);
    putI32(surprised, surprises++, name);
  }
  const reach = -CDF_RANGE * tail;
  for (let j = 0; j < farther; j++) {
    const name = i32At(far, j);
    const above = f64At(score, name) - average * f64At(ownMove, name) - farLine;
    if (simple && above < reach * f64At(ownSpread, name)) continue;
    tallyProbability(name, from, above, farLine, tail, simple);
  }
}

function tallyProbability(name: i32, from: i32, above: f64, line: f64, tail: f64, simple: bool): void {
  const member = <f64>u8At(column(MEMBER), name);
  const spread = f64At(column(OWN_SPREAD), name) * tail;
  const p =
    simple && spread > 0
      ? cdfOf(column(CDF), above / spread)
      : probabilityIn(from + name, name, line, spread, tail, member);
  if (p !== 0) {
    const to = column(SUMS) + ((<usize>name) << S_BYTES_SHIFT);
    const both = f64x2.replace_lane(f64x2.splat(p), 1, p * p);
    v128.store(to, f64x2.add(v128.load(to, S_CONDITIONAL), both), S_CONDITIONAL);
  }
  if (p === member) return;
  putF64(column(SURPRISE), name, member - p);
  putI32(column(SURPRISED), surprises++, name);
}

function probabilityIn(at: i32, name: i32, line: f64, spread: f64, tail: f64, member: f64): f64 {
  if (count(C_PLAIN) !== 0) return probabilityInPlain(at, name, line, spread, tail, member);
  let above = f64At(column(SCORE), at) - number(N_AVERAGE) * f64At(column(OWN_MOVE), at) - line;
  let deviation = spread;
  if (count(C_HAS_DOUBT) !== 0) {
    const doubt = f64At(column(DOUBT), name);
    above -= f64At(column(DOUBT_MOVE), at);
    deviation = Math.sqrt(spread * spread + doubt * doubt);
  }
  if (deviation === 0) return member;
  return cdfOf(column(CDF), above / deviation);
}

function probabilityInPlain(at: i32, name: i32, line: f64, spread: f64, tail: f64, member: f64): f64 {
  const future = f64At(column(FUTURE), name);
  if (spread === 0 || future === 0) return member;
  const doubt = f64At(column(DOUBT), name);
  const half = 0.5 * doubt * doubt;
  const scaled = doubt === 0 ? line : line * exp1(half - f64At(column(DOUBT_MOVE), at));
  const needed = scaled - f64At(column(KNOWN), name);
  if (!(needed > 0)) return 1;
  if (needed === Infinity) return 0;
  const average = number(N_AVERAGE);
  const others =
    average * (f64At(column(MOVE), at) - f64At(column(OWN_MOVE), at)) -
    average * average * tail * tail * f64At(column(HALF_VARIANCE), name);
  return cdfOf(column(CDF), (others - log(needed / future)) / spread);
}

let pricedCount: i32 = 0;
let members: i32 = 0;

function priceNames(path: i32): void {
  const member = column(MEMBER);
  const oldValue = column(OLD_VALUE);
  const priced = column(PRICED);
  const memberAt = column(MEMBER_AT);
  const names = count(C_NAMES);
  let listed = 0;
  let found = 0;
  for (let i = 0; i < names; i++) {
    const isMember = u8At(member, i);
    // Written in any case, and kept when it counts.
    putI32(memberAt, listed, isMember !== 0 ? found : -1);
    putI32(priced, listed, i);
    found += isMember;
    listed += isMember | (<i32>(f64At(oldValue, i) !== 0));
  }
  pricedCount = listed;
  members = found;
  moveToSwap(path);
}

function gather(values: usize, i: i32, j: i32): v128 {
  return f64x2.replace_lane(f64x2.splat(f64At(values, i)), 1, f64At(values, j));
}

/** The list is filled up to whole vectors with any names. */
function moveToSwap(path: i32): void {
  const key = column(KEY);
  const counter = column(COUNTER);
  const inverse = column(INVERSE);
  const list = column(PRICED);
  const market = column(MARKET);
  const sector = column(SECTOR);
  const own = column(OWN);
  const sectorOf = column(SECTOR_OF);
  const halfVariance = column(HALF_VARIANCE);
  const moves = column(MOVE) + ((<usize>((path & 1) * count(C_STRIDE))) << 3);
  const atPricing = column(AT_PRICING);
  const atSwap = column(AT_SWAP);
  const pricingDraw = column(PRICING_DRAW);
  const common = commonOf(path);
  const sectors = count(C_SECTORS);
  const sectorPricing = common + ((<usize>(D_SECTOR + sectors)) << 3);
  const sectorSwap = common + ((<usize>(D_SECTOR + 2 * sectors)) << 3);
  const marketPricing = load<f64>(common, (D_MARKET + 1) << 3);
  const marketSwap = load<f64>(common, (D_MARKET + 2) << 3);
  const tailFirst = load<f64>(common, D_TAIL << 3);
  const tailPricing = load<f64>(common, (D_TAIL + 1) << 3);
  const tailSwap = load<f64>(common, (D_TAIL + 2) << 3);
  const onAverage = number(N_PRICING_ON_AVERAGE);
  const pricing = number(N_PRICING);
  const swap = number(N_SWAP);
  const toPricing =
    onAverage * onAverage * (tailFirst * tailFirst) + pricing * pricing * (tailPricing * tailPricing);
  const toSwap = toPricing + swap * swap * (tailSwap * tailSwap);
  const seeds = i32x4.splat(count(C_SEED));
  const paths = i32x4.splat(path);
  const stream = i32x4.splat(STREAM_LATER);
  for (let k = 0; k < pricedCount; k += 4) {
    const i0 = i32At(list, k);
    const i1 = i32At(list, k + 1);
    const i2 = i32At(list, k + 2);
    const i3 = i32At(list, k + 3);
    const a = threefry(
      seeds,
      gatherInts(key, i0, i1, i2, i3),
      paths,
      v128.or(gatherInts(counter, i0, i1, i2, i3), stream),
    );
    const b = secondWords;
    const firstZ = normals(inverse, a);
    const lastZ = laterNormals;
    const firstY = normals(inverse, b);
    const lastY = laterNormals;
    for (let part = 0; part < 2; part++) {
      const i = part === 0 ? i0 : i2;
      const j = part === 0 ? i1 : i3;
      const z = part === 0 ? firstZ : lastZ;
      const y = part === 0 ? firstY : lastY;
      const m = gather(market, i, j);
      const s = gather(sector, i, j);
      const o = gather(own, i, j);
      const sectorI = i32At(sectorOf, i);
      const sectorJ = i32At(sectorOf, j);
      const second = f64x2.add(
        f64x2.add(
          f64x2.mul(m, f64x2.splat(marketPricing)),
          f64x2.mul(s, gather(sectorPricing, sectorI, sectorJ)),
        ),
        f64x2.mul(o, f64x2.mul(z, f64x2.splat(tailPricing))),
      );
      const third = f64x2.add(
        f64x2.add(f64x2.mul(m, f64x2.splat(marketSwap)), f64x2.mul(s, gather(sectorSwap, sectorI, sectorJ))),
        f64x2.mul(o, f64x2.mul(y, f64x2.splat(tailSwap))),
      );
      const x2 = f64x2.add(
        f64x2.mul(f64x2.splat(onAverage), gather(moves, i, j)),
        f64x2.mul(f64x2.splat(pricing), second),
      );
      const x3 = f64x2.add(x2, f64x2.mul(f64x2.splat(swap), third));
      const h = gather(halfVariance, i, j);
      const at = (<usize>(k + 2 * part)) << 3;
      v128.store(atPricing + at, exp(f64x2.sub(x2, f64x2.mul(f64x2.splat(toPricing), h))));
      v128.store(atSwap + at, exp(f64x2.sub(x3, f64x2.mul(f64x2.splat(toSwap), h))));
      v128.store(pricingDraw + at, z);
    }
  }
}

function gatherInts(values: usize, i: i32, j: i32, k: i32, l: i32): v128 {
  let found = i32x4.splat(i32At(values, i));
  found = i32x4.replace_lane(found, 1, i32At(values, j));
  found = i32x4.replace_lane(found, 2, i32At(values, k));
  return i32x4.replace_lane(found, 3, i32At(values, l));
}

let free: f64 = 0;
let left: f64 = 1;
let held: i32 = 0;
let singleActed: i32 = 0;
let jointActed: i32 = 0;

function capMembers(): void {
  const values = column(VALUES);
  const memberAt = column(MEMBER_AT);
  const priced = column(PRICED);
  const newValue = column(NEW_VALUE);
  const atPricing = column(AT_PRICING);
  let at = 0;
  for (let k = 0; k < pricedCount; k++) {
    // Overwritten by the next member where this one is none.
    putF64(values, at, f64At(newValue, i32At(priced, k)) * f64At(atPricing, k));
    at += <i32>(i32At(memberAt, k) >= 0);
  }
  if (count(C_CAPS) === 0 || !applyCommonCaps()) {
    const acted = capByAllRules(members);
    singleActed = acted & 1;
    jointActed = acted >> 1;
    return;
  }
  singleActed = <i32>(held > 0);
  memory.copy(column(BOUND), column(HELD_BY_SINGLE), <usize>members);
}

function applyCommonCaps(): bool {
  const cap = number(N_CAP);
  if (cap * <f64>members < 1 + 1e-9) return false;
  jointActed = 0;
  memory.fill(column(SET_BY_TOP), 0, <usize>members);
  fillSingle(cap);
  return count(C_CAPS) === 1 || (count(C_TOP_K) < members && limitTop(cap));
}

function fillSingle(cap: f64): void {
  const values = column(VALUES);
  const weights = column(WEIGHTS);
  const heldBySingle = column(HELD_BY_SINGLE);
  const heldRows = column(HELD_ROWS);
  const n = members;
  let total: f64 = 0;
  for (let i = 0; i < n; i++) total += f64At(values, i);
  free = total;
  left = 1;
  held = 0;
  let threshold: f64 = 0;
  for (;;) {
    threshold = ((cap + WEIGHT_EPSILON) * free) / left;
    let stillFree: f64 = 0;
    let nowHeld = 0;
    for (let i = 0; i < n; i++) {
      const value = f64At(values, i);
      const above = value > threshold;
      nowHeld += <i32>above;
      stillFree += above ? 0 : value;
    }
    if (nowHeld === held) break;
    held = nowHeld;
    free = stillFree;
    left = 1 - <f64>held * cap;
  }
  const scale = left / free;
  let found = 0;
  for (let i = 0; i < n; i++) {
    const value = f64At(values, i);
    const isHeld = <i32>(value > threshold);
    putU8(heldBySingle, i, isHeld);
    putI32(heldRows, found, i);
    found += isHeld;
    putF64(weights, i, isHeld !== 0 ? cap : value * scale);
  }
}

function limitTop(cap: f64): bool {
  const values = column(VALUES);
  const weights = column(WEIGHTS);
  const heldBySingle = column(HELD_BY_SINGLE);
  const setByTop = column(SET_BY_TOP);
  const largest = column(LARGEST);
  const limit = number(N_LIMIT);
  const k = count(C_TOP_K);
  findLargest(k);
  let sum: f64 = 0;
  let scaled: f64 = 0;
  let standing = 0;
  for (let j = 0; j < k; j++) {
    const row = i32At(largest, j);
    sum += f64At(weights, row);
    if (u8At(heldBySingle, row) === 1) standing++;
    else scaled += f64At(values, row);
  }
  if (sum <= limit + WEIGHT_EPSILON) return true;
  const rest = limit - <f64>standing * cap;
  if (standing === k || rest <= 0) return false;
  let smallest = Infinity;
  for (let j = 0; j < k; j++) {
    const row = i32At(largest, j);
    if (u8At(heldBySingle, row) === 0) putF64(weights, row, (f64At(values, row) / scaled) * rest);
    smallest = Math.min(smallest, f64At(weights, row));
    putU8(setByTop, row, 1);
  }
  if (<f64>(members - k) * smallest < 1 - limit + 1e-9) return false;
  fillRest(1 - limit, smallest);
  jointActed = 1;
  return true;
}

function findLargest(k: i32): void {
  const values = column(VALUES);
  const rows = column(LARGEST);
  let found = 0;
  for (let row = 0; row < members; row++) {
    const value = f64At(values, row);
    if (found === k && value <= f64At(values, i32At(rows, k - 1))) continue;
    let at = found < k ? found++ : k - 1;
    for (; at > 0 && f64At(values, i32At(rows, at - 1)) < value; at--) putI32(rows, at, i32At(rows, at - 1));
    putI32(rows, at, row);
  }
}

function fillRest(total: f64, ceiling: f64): void {
  const values = column(VALUES);
  const weights = column(WEIGHTS);
  const setByTop = column(SET_BY_TOP);
  const n = members;
  let open: f64 = 0;
  for (let i = 0; i < n; i++) if (u8At(setByTop, i) === 0) open += f64At(values, i);
  let share = total;
  let standing = 0;
  let threshold: f64 = 0;
  for (;;) {
    threshold = ((ceiling + WEIGHT_EPSILON) * open) / share;
    let stillFree: f64 = 0;
    let now = 0;
    for (let i = 0; i < n; i++) {
      if (u8At(setByTop, i) === 1) continue;
      const value = f64At(values, i);
      if (value > threshold) now++;
      else stillFree += value;
    }
    if (now === standing) break;
    standing = now;
    open = stillFree;
    share = total - <f64>standing * ceiling;
  }
  const scale = share / open;
  for (let i = 0; i < n; i++) {
    if (u8At(setByTop, i) === 1) continue;
    const value = f64At(values, i);
    putF64(weights, i, value > threshold ? ceiling : value * scale);
  }
}

function tallyCaps(path: i32): void {
  const scalars = column(SCALARS);
  const memberAt = column(MEMBER_AT);
  const priced = column(PRICED);
  const bound = column(BOUND);
  const sums = column(SUMS);
  putF64(scalars, 6, f64At(scalars, 6) + <f64>singleActed);
  putF64(scalars, 7, f64At(scalars, 7) + <f64>jointActed);
  if (singleActed !== 0) {
    for (let k = 0; k < pricedCount; k++) {
      const at = i32At(memberAt, k);
      if (at < 0 || u8At(bound, at) === 0) continue;
      const to = sums + ((<usize>i32At(priced, k)) << S_BYTES_SHIFT);
      store<f64>(to, load<f64>(to, S_CAPPED) + 1, S_CAPPED);
    }
  }
  if (count(C_CAPS) !== 0) tallySingle(path);
}

function tallySingle(path: i32): void {
  const values = column(VALUES);
  const memberAt = column(MEMBER_AT);
  const priced = column(PRICED);
  const bound = column(BOUND);
  const reach = column(REACH);
  const sums = column(SUMS);
  const own = column(OWN);
  const draws = column(PRICING_DRAW);
  const limit = number(N_CAP);
  const pricing = number(N_PRICING);
  const tail = load<f64>(commonOf(path), (D_TAIL + 1) << 3);
  const known = pricing > 0 && limit * <f64>members >= 1 + 1e-9;
  const lowest = (limit * (1 - 1e-9) * free) / left;
  for (let k = 0; k < pricedCount; k++) {
    const at = i32At(memberAt, k);
    if (at < 0) continue;
    const name = i32At(priced, k);
    const draw = f64At(draws, k);
    const value = f64At(values, at);
    // Nobody so small could be lifted so far by any draw.
    if (known && value * f64At(reach, name * REACHES + REACHES - 1) < lowest) continue;
    const down = <i32>Math.min(<f64>(REACHES - 1), Math.max(0, Math.ceil(-draw)));
    if (known && value * f64At(reach, name * REACHES + down) < lowest) continue;
    const spread = pricing * f64At(own, name) * tail;
    let p = <f64>u8At(bound, at);
    if (known && spread > 0) {
      const line = singleCapLine(at, limit);
      p = line === Infinity ? 0 : cdfOf(column(CDF), -(draw + log(line / value) / spread));
    }
    const to = sums + ((<usize>name) << S_BYTES_SHIFT);
    store<f64>(to, load<f64>(to, S_SINGLE) + p, S_SINGLE);
    store<f64>(to, load<f64>(to, S_SINGLE + 8) + p * p, S_SINGLE + 8);
  }
}

function singleCapLine(at: i32, cap: f64): f64 {
  const values = column(VALUES);
  const heldRows = column(HELD_ROWS);
  const ceiling = cap + WEIGHT_EPSILON;
  if (u8At(column(HELD_BY_SINGLE), at) === 1) return (ceiling * free) / left;
  let others = free - f64At(values, at);
  for (let i = 0; i < held; i++) others += f64At(values, i32At(heldRows, i));
  let below = others;
  let above = 0;
  let standing = 0;
  let line: f64 = 0;
  do {
    standing = above;
    const rest = 1 - <f64>(standing + 1) * cap;
    if (rest <= 0) return Infinity;
    line = (ceiling * below) / rest;
    above = 0;
    below = others;
    for (let i = 0; i < held; i++) {
      const value = f64At(values, i32At(heldRows, i));
      if (value <= line) continue;
      above++;
      below -= value;
    }
  } while (above !== standing);
  return line;
}

function trade(path: i32): void {
  const memberAt = column(MEMBER_AT);
  const priced = column(PRICED);
  const weights = column(WEIGHTS);
  const newShares = column(NEW_SHARES);
  const sincePricing = column(SINCE_PRICING);
  const oldValue = column(OLD_VALUE);
  const atPricing = column(AT_PRICING);
  const atSwap = column(AT_SWAP);
  const surprise = column(SURPRISE);
  const perPrice = column(PER_PRICE);
  const flows = column(BLOCK_FLOWS);
  const sharesOf = column(BLOCK_SHARES);
  const traded = column(TRADED);
  const sums = column(SUMS);
  const scalars = column(SCALARS);
  const inBlock = path & (BLOCK - 1);
  const n = pricedCount;
  let oldSum: f64 = 0;
  let newSum: f64 = 0;
  for (let k = 0; k < n; k++) {
    const name = i32At(priced, k);
    const at = i32At(memberAt, k);
    const price = f64At(atSwap, k);
    const share = at < 0 ? 0 : (f64At(weights, at) * f64At(sincePricing, name)) / f64At(atPricing, k);
    putF64(newShares, k, share);
    oldSum += f64At(oldValue, name) * price;
    newSum += share * price;
  }
  const oldTotal = number(N_OLD_TOTAL);
  const growth = oldTotal > 0 ? oldSum / oldTotal : 1;
  const assetsDoubt = number(N_ASSETS_DOUBT);
  const doubt = assetsDoubt * load<f64>(commonOf(path), D_ASSETS << 3) - 0.5 * assetsDoubt * assetsDoubt;
  const assets = number(N_ASSETS) * growth * exp1(doubt);
  const l = growth - 1;
  const perOld = oldSum > 0 ? 1 / oldSum : 0;
  const perNew = 1 / newSum;
  let turnover: f64 = 0;
  for (let k = 0; k < n; k++) {
    const name = i32At(priced, k);
    const price = f64At(atSwap, k);
    const hold = f64At(newShares, k) * perNew;
    const more = hold - f64At(oldValue, name) * perOld;
    const weight = hold * price;
    const change = more * price;
    const flow = assets * change;
    const shares = assets * more * f64At(perPrice, name);
    turnover += Math.abs(change);
    const isMember = i32At(memberAt, k) < 0 ? 0.0 : 1.0;
    const to = sums + ((<usize>name) << S_BYTES_SHIFT);
    const flowTwice = f64x2.splat(flow);
    const sharesTwice = f64x2.splat(shares);
    const one = f64x2.replace_lane(f64x2.splat(isMember), 1, weight);
    const two = f64x2.mul(flowTwice, f64x2.replace_lane(flowTwice, 0, 1));
    const three = f64x2.mul(sharesTwice, f64x2.replace_lane(sharesTwice, 0, 1));
    const four = f64x2.mul(flowTwice, f64x2.replace_lane(f64x2.splat(f64At(surprise, name)), 1, l));
    v128.store(to, f64x2.add(v128.load(to, S_MEMBER), one), S_MEMBER);
    v128.store(to, f64x2.add(v128.load(to, S_FLOW), two), S_FLOW);
    v128.store(to, f64x2.add(v128.load(to, S_SHARES), three), S_SHARES);
    v128.store(to, f64x2.add(v128.load(to, S_FLOW_C), four), S_FLOW_C);
    const cell = name * FLOW_STRIDE + inBlock;
    putF64(flows, cell, flow);
    putF64(sharesOf, cell, shares);
    putU8(traded, name, 1);
  }
  const surprised = column(SURPRISED);
  for (let j = 0; j < surprises; j++) {
    const name = i32At(surprised, j);
    const c = f64At(surprise, name);
    const to = sums + ((<usize>name) << S_BYTES_SHIFT);
    const both = f64x2.mul(f64x2.splat(c), f64x2.replace_lane(f64x2.splat(c), 1, l));
    v128.store(to, f64x2.add(v128.load(to, S_CC), both), S_CC);
  }
  turnover /= 2;
  const counted = f64x2.replace_lane(f64x2.splat(1), 1, turnover);
  v128.store(scalars, f64x2.add(v128.load(scalars), counted));
  putF64(scalars, 2, f64At(scalars, 2) + turnover * turnover);
  putF64(scalars, 3, f64At(scalars, 3) + <f64>members);
  putF64(scalars, 4, f64At(scalars, 4) + l);
  putF64(scalars, 5, f64At(scalars, 5) + l * l);
}
