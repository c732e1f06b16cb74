/**
 * The moves of simulated prices in AssemblyScript with 128-bit vectors: the same operations in the same order as
 * src/core/forecast/moves.ts, randomness.ts, normal.ts and arithmetic.ts, so the same bits. Four names are drawn at a
 * time, two are computed. Built by scripts/build-kernels.mjs into src/data/forecastWasm.ts.
 */

/** Slots of the table of column addresses; src/data/wasmMoves.ts writes it in this order. */
const KEY = 0;
const COUNTER = 1;
const MARKET = 2;
const SECTOR = 3;
const OWN = 4;
const SECTOR_OF = 5;
const HALF_VARIANCE = 6;
const LEVEL = 7;
const INVERSE = 8;
const MOVE = 9;
const OWN_MOVE = 10;
const SCORE = 11;
const PRICED = 12;
const AT_PRICING = 13;
const AT_SWAP = 14;
const PRICING_DRAW = 15;

const STREAM_FIRST = 1;
const STREAM_LATER = 2;

function column(table: usize, slot: i32): usize {
  return <usize>load<u32>(table + (slot << 2));
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

/** Address of a word's cell in the table of quantiles. */
function cellOf(inverse: usize, bits: i32): usize {
  const halves = (~(bits ^ (bits >> 31)) << 1) | 1;
  const zeros = clz(halves);
  const mantissa = <u32>(halves << zeros);
  return inverse + ((<usize>(((31 - zeros) << 6) | ((mantissa >> 25) & 63))) << 5);
}

function offsetInCell(bits: i32): i32 {
  const halves = (~(bits ^ (bits >> 31)) << 1) | 1;
  return (halves << clz(halves)) & 0x1ffffff;
}

/** Normals of two words. */
function normals(inverse: usize, one: i32, other: i32): v128 {
  const a = cellOf(inverse, one);
  const b = cellOf(inverse, other);
  const lowA = v128.load(a);
  const lowB = v128.load(b);
  const highA = v128.load(a, 16);
  const highB = v128.load(b, 16);
  const s = f64x2.convert_low_i32x4_s(
    i32x4.replace_lane(i32x4.splat(offsetInCell(one)), 1, offsetInCell(other)),
  );
  let size = v128.shuffle<f64>(highA, highB, 1, 3);
  size = f64x2.add(v128.shuffle<f64>(highA, highB, 0, 2), f64x2.mul(s, size));
  size = f64x2.add(v128.shuffle<f64>(lowA, lowB, 1, 3), f64x2.mul(s, size));
  size = f64x2.add(v128.shuffle<f64>(lowA, lowB, 0, 2), f64x2.mul(s, size));
  const signs = i64x2.replace_lane(
    i64x2.splat((<i64>(one & i32.MIN_VALUE)) << 32),
    1,
    (<i64>(other & i32.MIN_VALUE)) << 32,
  );
  return v128.xor(size, signs);
}

const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;

function exp(x: v128): v128 {
  const k = f64x2.floor(f64x2.add(f64x2.mul(x, f64x2.splat(Math.LOG2E)), f64x2.splat(0.5)));
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH))), f64x2.mul(k, f64x2.splat(LN2_LOW)));
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const low = group(r, r2, 0.5, 1.0 / 6, 1.0 / 24, 1.0 / 120);
  const middle = group(r, r2, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880);
  const high = group(r, r2, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800);
  const tail = f64x2.add(low, f64x2.mul(r4, f64x2.add(middle, f64x2.mul(r4, high))));
  const size = f64x2.add(f64x2.splat(1), f64x2.add(r, f64x2.mul(r2, tail)));
  const exponent = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k));
  return f64x2.mul(size, i64x2.shl(i64x2.add(exponent, i64x2.splat(1023)), 52));
}

/** (a + r b) + r2 (c + r d) */
function group(r: v128, r2: v128, a: f64, b: f64, c: f64, d: f64): v128 {
  const left = f64x2.add(f64x2.splat(a), f64x2.mul(r, f64x2.splat(b)));
  const right = f64x2.add(f64x2.splat(c), f64x2.mul(r, f64x2.splat(d)));
  return f64x2.add(left, f64x2.mul(r2, right));
}

/** Draws of the sectors of two names. */
function sectorDraws(draws: usize, sectors: usize): v128 {
  return f64x2.replace_lane(
    f64x2.splat(load<f64>(draws + ((<usize>load<u32>(sectors)) << 3))),
    1,
    load<f64>(draws + ((<usize>load<u32>(sectors, 4)) << 3)),
  );
}

/** Moves and scores of two paths; the columns of names are whole vectors. */
export function first(
  table: usize,
  names: i32,
  stride: i32,
  seed: i32,
  pair: i32,
  average: f64,
  marketA: f64,
  marketB: f64,
  tailA: f64,
  tailB: f64,
  sectorA: usize,
  sectorB: usize,
): void {
  const key = column(table, KEY);
  const counter = column(table, COUNTER);
  const inverse = column(table, INVERSE);
  const lessA = average * average * (tailA * tailA);
  const lessB = average * average * (tailB * tailB);
  const seeds = i32x4.splat(seed);
  const pairs = i32x4.splat(pair);
  const stream = i32x4.splat(STREAM_FIRST);
  const other = (<usize>stride) << 3;
  for (let i = 0; i < names; i += 4) {
    const at = (<usize>i) << 2;
    const a = threefry(seeds, v128.load(key + at), pairs, v128.or(v128.load(counter + at), stream));
    const b = secondWords;
    const a0 = normals(inverse, i32x4.extract_lane(a, 0), i32x4.extract_lane(a, 1));
    const b0 = normals(inverse, i32x4.extract_lane(b, 0), i32x4.extract_lane(b, 1));
    const a1 = normals(inverse, i32x4.extract_lane(a, 2), i32x4.extract_lane(a, 3));
    const b1 = normals(inverse, i32x4.extract_lane(b, 2), i32x4.extract_lane(b, 3));
    moveTwo(table, (<usize>i) << 3, a0, average, marketA, tailA, lessA, sectorA, 0);
    moveTwo(table, (<usize>i) << 3, b0, average, marketB, tailB, lessB, sectorB, other);
    moveTwo(table, ((<usize>i) << 3) + 16, a1, average, marketA, tailA, lessA, sectorA, 0);
    moveTwo(table, ((<usize>i) << 3) + 16, b1, average, marketB, tailB, lessB, sectorB, other);
  }
}

function moveTwo(
  table: usize,
  at: usize,
  z: v128,
  average: f64,
  market: f64,
  tail: f64,
  less: f64,
  sector: usize,
  other: usize,
): void {
  const own = f64x2.mul(v128.load(column(table, OWN) + at), f64x2.mul(z, f64x2.splat(tail)));
  const byMarket = f64x2.mul(v128.load(column(table, MARKET) + at), f64x2.splat(market));
  const draws = sectorDraws(sector, column(table, SECTOR_OF) + (at >> 1));
  const bySector = f64x2.mul(v128.load(column(table, SECTOR) + at), draws);
  const move = f64x2.add(f64x2.add(byMarket, bySector), own);
  const lessHalf = f64x2.mul(f64x2.splat(less), v128.load(column(table, HALF_VARIANCE) + at));
  const x = f64x2.sub(f64x2.mul(f64x2.splat(average), move), lessHalf);
  v128.store(column(table, MOVE) + other + at, move);
  v128.store(column(table, OWN_MOVE) + other + at, own);
  v128.store(column(table, SCORE) + other + at, f64x2.add(v128.load(column(table, LEVEL) + at), x));
}

function gather(values: usize, i: i32, j: i32): v128 {
  return f64x2.replace_lane(
    f64x2.splat(load<f64>(values + ((<usize>i) << 3))),
    1,
    load<f64>(values + ((<usize>j) << 3)),
  );
}

/** Prices of the listed names on a path; the list is filled up to whole vectors with any names. */
export function later(
  table: usize,
  count: i32,
  seed: i32,
  path: i32,
  from: i32,
  pricingOnAverage: f64,
  pricing: f64,
  swap: f64,
  marketPricing: f64,
  marketSwap: f64,
  tailPricing: f64,
  tailSwap: f64,
  toPricing: f64,
  toSwap: f64,
  sectorPricing: usize,
  sectorSwap: usize,
): void {
  const key = column(table, KEY);
  const counter = column(table, COUNTER);
  const inverse = column(table, INVERSE);
  const list = column(table, PRICED);
  const market = column(table, MARKET);
  const sector = column(table, SECTOR);
  const own = column(table, OWN);
  const sectorOf = column(table, SECTOR_OF);
  const halfVariance = column(table, HALF_VARIANCE);
  const moves = column(table, MOVE) + ((<usize>from) << 3);
  const atPricing = column(table, AT_PRICING);
  const atSwap = column(table, AT_SWAP);
  const pricingDraw = column(table, PRICING_DRAW);
  const seeds = i32x4.splat(seed);
  const paths = i32x4.splat(path);
  const stream = i32x4.splat(STREAM_LATER);
  for (let k = 0; k < count; k += 4) {
    const i0 = load<i32>(list + ((<usize>k) << 2));
    const i1 = load<i32>(list + ((<usize>k) << 2), 4);
    const i2 = load<i32>(list + ((<usize>k) << 2), 8);
    const i3 = load<i32>(list + ((<usize>k) << 2), 12);
    const a = threefry(
      seeds,
      gatherInts(key, i0, i1, i2, i3),
      paths,
      v128.or(gatherInts(counter, i0, i1, i2, i3), stream),
    );
    const b = secondWords;
    for (let half = 0; half < 2; half++) {
      const i = half == 0 ? i0 : i2;
      const j = half == 0 ? i1 : i3;
      const z =
        half == 0
          ? normals(inverse, i32x4.extract_lane(a, 0), i32x4.extract_lane(a, 1))
          : normals(inverse, i32x4.extract_lane(a, 2), i32x4.extract_lane(a, 3));
      const y =
        half == 0
          ? normals(inverse, i32x4.extract_lane(b, 0), i32x4.extract_lane(b, 1))
          : normals(inverse, i32x4.extract_lane(b, 2), i32x4.extract_lane(b, 3));
      const m = gather(market, i, j);
      const s = gather(sector, i, j);
      const o = gather(own, i, j);
      const sectorI = load<i32>(sectorOf + ((<usize>i) << 2));
      const sectorJ = load<i32>(sectorOf + ((<usize>j) << 2));
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
        f64x2.mul(f64x2.splat(pricingOnAverage), gather(moves, i, j)),
        f64x2.mul(f64x2.splat(pricing), second),
      );
      const x3 = f64x2.add(x2, f64x2.mul(f64x2.splat(swap), third));
      const h = gather(halfVariance, i, j);
      const at = (<usize>(k + 2 * half)) << 3;
      v128.store(atPricing + at, exp(f64x2.sub(x2, f64x2.mul(f64x2.splat(toPricing), h))));
      v128.store(atSwap + at, exp(f64x2.sub(x3, f64x2.mul(f64x2.splat(toSwap), h))));
      v128.store(pricingDraw + at, z);
    }
  }
}

function gatherInts(values: usize, i: i32, j: i32, k: i32, l: i32): v128 {
  let found = i32x4.splat(load<i32>(values + ((<usize>i) << 2)));
  found = i32x4.replace_lane(found, 1, load<i32>(values + ((<usize>j) << 2)));
  found = i32x4.replace_lane(found, 2, load<i32>(values + ((<usize>k) << 2)));
  return i32x4.replace_lane(found, 3, load<i32>(values + ((<usize>l) << 2)));
}
