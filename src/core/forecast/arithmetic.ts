/**
 * Exponential and logarithm from stated polynomials. The language leaves the last bit of its own to each engine; a
 * forecast must be the same on every machine, in TypeScript and in WebAssembly. Only + - * / and comparisons are
 * used, in a fixed order, so that IEEE 754 settles every bit.
 */

/** ln 2 in two parts: a whole number of up to 20 bits times the first is exact (W. J. Cody and W. Waite, 1980). */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** Upper word of the root of a half. */
const SQRT1_2_UPPER = 0x3fe6a09e;

/** Largest argument of `exp` by size. */
export const EXP_RANGE = 700;

/** 2^k at index k + 1022, for k = -1022..1023. */
const POWERS_OF_TWO = powersOfTwo();

/** e^x for |x| <= EXP_RANGE, within 1e-15 relative: Taylor polynomial of degree 13 on |r| <= ln(2) / 2, by Estrin. */
export function exp(x: number): number {
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  const r2 = r * r;
  const r4 = r2 * r2;
  const low = 0.5 + r * (1 / 6) + r2 * (1 / 24 + r * (1 / 120));
  const middle = 1 / 720 + r * (1 / 5040) + r2 * (1 / 40320 + r * (1 / 362880));
  const high = 1 / 3628800 + r * (1 / 39916800) + r2 * (1 / 479001600 + r * (1 / 6227020800));
  const tail = low + r4 * (middle + r4 * high);
  return (1 + (r + r2 * tail)) * POWERS_OF_TWO[k + 1022];
}

/** The bits of a number as two words; the exponent is in the upper one, wherever the machine puts that. */
const BITS = new Float64Array([1]);
const WORDS = new Int32Array(BITS.buffer);
const UPPER = WORDS[0] === 0 ? 1 : 0;

/** Natural logarithm of a normal number above 0, within 1e-15: 2 artanh((m - 1) / (m + 1)) with m near 1, by Estrin. */
export function log(x: number): number {
  BITS[0] = x;
  const upper = WORDS[UPPER];
  // Counted from the root of a half, so that m is between it and the root of two.
  const k = (upper - SQRT1_2_UPPER) >> 20;
  WORDS[UPPER] = upper - (k << 20);
  const m = BITS[0];
  const s = (m - 1) / (m + 1);
  const s2 = s * s;
  const s4 = s2 * s2;
  const s8 = s4 * s4;
  const low = 1 / 3 + s2 * (1 / 5) + s4 * (1 / 7 + s2 * (1 / 9));
  const middle = 1 / 11 + s2 * (1 / 13) + s4 * (1 / 15 + s2 * (1 / 17));
  const high = 1 / 19 + s2 * (1 / 21) + s4 * (1 / 23);
  const sum = s2 * (low + s8 * (middle + s8 * high));
  return k * LN2_HIGH + (2 * s + (2 * s * sum + k * LN2_LOW));
}

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2046);
  powers[1022] = 1;
  for (let k = 1; k <= 1023; k++) powers[1022 + k] = powers[1021 + k] * 2;
  for (let k = 1; k <= 1022; k++) powers[1022 - k] = powers[1023 - k] * 0.5;
  return powers;
}
