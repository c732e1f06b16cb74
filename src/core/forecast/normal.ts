/**
 * Standard normals from 32 bits by the inverse of the distribution, and the distribution itself, from tables of 2,048 and
 * 512 cubic Hermite cells. The inverse has 64 cells per octave of the tail probability, so that the tails are as
 * exact as the middle: error below 1e-8 over all 2^32 inputs, monotone, and never beyond MAX_NORMAL.
 */
import { exp } from './arithmetic.js';

/** Largest normal by size: the quantile of 2^-33, half of the smallest step. */
export const MAX_NORMAL = 6.34;

const CELLS = 2048;
/** Beyond this the distribution counts as 0 or 1: it is, within 1e-12. */
export const CDF_RANGE = 7;
const CDF_CELLS = 512;
const CDF_CELLS_PER_UNIT = CDF_CELLS / (2 * CDF_RANGE);
const SQRT_2_PI = 2.5066282746310002;

/** Four coefficients per cell, lowest power first. */
interface NormalTables {
  /** By `normalOf`; the variable is the cell's 25 low bits. */
  readonly inverse: Float64Array;
  /** By `cdfOf`; the variable is 0..1 within the cell. */
  readonly cdf: Float64Array;
}

let tables: NormalTables | undefined;

/** The tables, made at the first call and the same on every machine. */
export function normalTables(): NormalTables {
  tables ??= { inverse: inverseTable(), cdf: cdfTable() };
  return tables;
}

/**
 * Normal quantile of (bits + 2^31 + 1/2) / 2^32, increasing in `bits`, odd about the middle.
 * @param bits signed 32-bit integer
 */
export function normalOf(inverse: Float64Array, bits: number): number {
  const sign = bits >> 31;
  // Distance from the nearer end, counted in halves so that it is odd and never 0.
  const halves = ((~(bits ^ sign) << 1) | 1) >>> 0;
  const zeros = Math.clz32(halves);
  const mantissa = halves << zeros;
  const at = (((31 - zeros) << 6) | ((mantissa >>> 25) & 63)) << 2;
  const s = mantissa & 0x1ffffff;
  const size = inverse[at] + s * (inverse[at + 1] + s * (inverse[at + 2] + s * inverse[at + 3]));
  return size * (1 + 2 * sign);
}

/** P(z <= x), error below 3e-9. */
export function cdfOf(cdf: Float64Array, x: number): number {
  if (!(x > -CDF_RANGE)) return 0;
  if (x >= CDF_RANGE) return 1;
  const position = (x + CDF_RANGE) * CDF_CELLS_PER_UNIT;
  const cell = Math.min(CDF_CELLS - 1, Math.floor(position));
  const s = position - cell;
  const at = cell << 2;
  return cdf[at] + s * (cdf[at + 1] + s * (cdf[at + 2] + s * cdf[at + 3]));
}

/** Cell (k, j) holds halves from 2^k (1 + j / 64) on, that is tail probabilities from 2^(k - 33) (1 + j / 64) on. */
function inverseTable(): Float64Array {
  const table = new Float64Array(CELLS * 4);
  let right = 0;
  for (let cell = CELLS - 1; cell >= 0; cell--) {
    const octave = 2 ** ((cell >> 6) - 33);
    const width = octave / 64;
    const left = tailQuantile(octave * (1 + (cell & 63) / 64), right);
    writeCell(table, cell, left, right, -width / density(left), -width / density(right), 2 ** -25);
    right = left;
  }
  return table;
}

function cdfTable(): Float64Array {
  const table = new Float64Array(CDF_CELLS * 4);
  const width = 1 / CDF_CELLS_PER_UNIT;
  for (let cell = 0; cell < CDF_CELLS; cell++) {
    const x = -CDF_RANGE + cell * width;
    const right = x + width;
    writeCell(table, cell, below(x), below(right), width * density(x), width * density(right), 1);
  }
  return table;
}

/** Cubic through two values and slopes per cell width, in a variable whose unit is `unit` cell widths. */
function writeCell(
  table: Float64Array,
  cell: number,
  left: number,
  right: number,
  slopeLeft: number,
  slopeRight: number,
  unit: number,
): void {
  table[cell * 4] = left;
  table[cell * 4 + 1] = slopeLeft * unit;
  table[cell * 4 + 2] = (3 * (right - left) - 2 * slopeLeft - slopeRight) * unit * unit;
  table[cell * 4 + 3] = (2 * (left - right) + slopeLeft + slopeRight) * unit * unit * unit;
}

/** x with P(z > x) = p, by Newton from below, where the tail is convex and no step overshoots. */
function tailQuantile(p: number, from: number): number {
  let x = from;
  for (let i = 0; i < 6; i++) x += (above(x) - p) / density(x);
  return x;
}

const density = (x: number): number => exp(-0.5 * x * x) / SQRT_2_PI;

const below = (x: number): number => (x < 0 ? above(-x) : 1 - above(x));

/** P(z > x) for x >= 0: the series of the middle, the continued fraction of the tail (Abramowitz, Stegun 26.2). */
function above(x: number): number {
  if (x < 2.5) {
    let term = x;
    let total = x;
    for (let n = 3; n < 99; n += 2) {
      term *= (x * x) / n;
      total += term;
    }
    return 0.5 - density(x) * total;
  }
  let fraction = x;
  for (let n = 120; n >= 1; n--) fraction = x + n / fraction;
  return density(x) / fraction;
}
