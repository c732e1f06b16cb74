/**
 * exp, log and the normal distribution from additions, multiplications and divisions alone. `Math.exp` may differ in its
 * last bit between engines; these give the same bits everywhere, so a forecast does too.
 */

const LN2_HIGH = 0.69314718036912381649;
const LN2_LOW = 1.90821492927058770002e-10;
const INVERSE_LN2 = Math.LOG2E;

/** 2^k for k from -1022 to 1023. */
const POWERS = new Float64Array(2046);
for (let k = -1022; k <= 1023; k++) POWERS[k + 1022] = 2 ** k;

/** 2^(j / 32), by the series. */
const PARTS = new Float64Array(32);
for (let j = 0; j < 32; j++) {
  const x = (j / 32) * (LN2_HIGH + LN2_LOW);
  let sum = 1;
  for (let n = 20; n >= 1; n--) sum = 1 + (sum * x) / n;
  PARTS[j] = sum;
}

/** e^x within 1e-15 of its size; 0 below -700, infinite above 700. */
export function exp(x: number): number {
  if (!(x > -700)) return x === x ? 0 : x;
  if (x > 700) return Infinity;
  const k = Math.floor(x * (32 * INVERSE_LN2) + 0.5);
  const r = x - k * (LN2_HIGH / 32) - k * (LN2_LOW / 32);
  // Taylor to degree 6: |r| is at most ln 2 / 64, so the rest is below 1e-17.
  const q = r * r;
  const sum = 1 + r + q * (0.5 + r * (1 / 6) + q * (1 / 24 + r * (1 / 120) + q * (1 / 720)));
  return sum * PARTS[k & 31] * POWERS[(k >> 5) + 1022];
}

const view = new Float64Array(1);
const words = new Uint32Array(view.buffer);
const HIGH = (() => {
  view[0] = 1;
  return words[1] === 0 ? 0 : 1;
})();

/** Natural logarithm of a positive normal number, within 1e-15; -Infinity at 0. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return Infinity;
  view[0] = x;
  let exponent = ((words[HIGH] >>> 20) & 2047) - 1023;
  words[HIGH] = (words[HIGH] & 0x000fffff) | 0x3ff00000;
  let mantissa = view[0];
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  // log m = 2 artanh((m - 1) / (m + 1)), |s| below 0.172.
  const s = (mantissa - 1) / (mantissa + 1);
  const q = s * s;
  let sum = 2 / 21;
  for (let n = 19; n >= 1; n -= 2) sum = sum * q + 2 / n;
  return exponent * LN2_HIGH + (s * sum + exponent * LN2_LOW);
}

/**
 * Standard normal distribution function, relative error below 1e-10: the rational approximation of Hart and
 * others, Computer Approximations (1968), 5666, as given by West, "Better approximations to cumulative normal functions",
 * Wilmott Magazine, May 2005, and Laplace's continued fraction beyond 7.
 */
export function normalCdf(x: number): number {
  const size = x < 0 ? -x : x;
  const tail = size < 7.07106781186547 ? rational(size) : fraction(size);
  return x > 0 ? 1 - tail : tail;
}

function rational(x: number): number {
  let up = 3.52624965998911e-2 * x + 0.700383064443688;
  up = up * x + 6.37396220353165;
  up = up * x + 33.912866078383;
  up = up * x + 112.079291497871;
  up = up * x + 221.213596169931;
  up = up * x + 220.206867912376;
  let down = 8.83883476483184e-2 * x + 1.75566716318264;
  down = down * x + 16.064177579207;
  down = down * x + 86.7807322029461;
  down = down * x + 296.564248779674;
  down = down * x + 637.333633378831;
  down = down * x + 793.826512519948;
  down = down * x + 440.413735824752;
  return (exp(-0.5 * x * x) * up) / down;
}

function fraction(x: number): number {
  let rest = 0;
  for (let k = 24; k >= 1; k--) rest = k / (x + rest);
  return (0.3989422804014327 * exp(-0.5 * x * x)) / (x + rest);
}
