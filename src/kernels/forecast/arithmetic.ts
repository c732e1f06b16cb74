/** Exponential, logarithm and the normal distribution: arithmetic.ts and normal.ts of the core. */

export const CDF_RANGE: f64 = 7;
const CDF_CELLS_PER_UNIT: f64 = 512.0 / 14.0;
const CDF_LAST: i32 = 511;

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

export function exp(x: v128): v128 {
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

export function exp1(x: f64): f64 {
  return f64x2.extract_lane(exp(f64x2.splat(x)), 0);
}

/** Upper word of the root of a half. */
const SQRT1_2_UPPER = 0x3fe6a09e;

export function log(x: f64): f64 {
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

export function cdfOf(cdf: usize, x: f64): f64 {
  if (!(x > -CDF_RANGE)) return 0;
  if (x >= CDF_RANGE) return 1;
  const position = (x + CDF_RANGE) * CDF_CELLS_PER_UNIT;
  const cell = min(CDF_LAST, <i32>position);
  const s = position - <f64>cell;
  const at = cdf + ((<usize>cell) << 5);
  return load<f64>(at) + s * (load<f64>(at, 8) + s * (load<f64>(at, 16) + s * load<f64>(at, 24)));
}

/** Of two numbers, none of them without a value. */
export function cdfs(cdf: usize, x: v128): v128 {
  const range = f64x2.splat(CDF_RANGE);
  const position = f64x2.mul(f64x2.add(x, range), f64x2.splat(CDF_CELLS_PER_UNIT));
  // A number beyond the table reads the cell at its end, and is overruled.
  const last = f64x2.pmin(f64x2.floor(position), f64x2.splat(<f64>CDF_LAST));
  const cell = f64x2.pmax(last, f64x2.splat(0));
  const s = f64x2.sub(position, cell);
  const cells = i32x4.trunc_sat_f64x2_s_zero(cell);
  const a = cdf + ((<usize>i32x4.extract_lane(cells, 0)) << 5);
  const b = cdf + ((<usize>i32x4.extract_lane(cells, 1)) << 5);
  const lowA = v128.load(a);
  const lowB = v128.load(b);
  const highA = v128.load(a, 16);
  const highB = v128.load(b, 16);
  let p = v128.shuffle<f64>(highA, highB, 1, 3);
  p = f64x2.add(v128.shuffle<f64>(highA, highB, 0, 2), f64x2.mul(s, p));
  p = f64x2.add(v128.shuffle<f64>(lowA, lowB, 1, 3), f64x2.mul(s, p));
  p = f64x2.add(v128.shuffle<f64>(lowA, lowB, 0, 2), f64x2.mul(s, p));
  p = v128.bitselect(f64x2.splat(1), p, f64x2.ge(x, range));
  return v128.and(p, f64x2.gt(x, f64x2.splat(-CDF_RANGE)));
}
