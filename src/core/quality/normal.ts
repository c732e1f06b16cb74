/** The standard normal distribution function, to about 1e-15: the series near zero, a continued fraction in the tails. */

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
/** From here on the continued fraction converges fast; below it the series does. */
const TAIL = 3;

/** P(Z <= x), 0..1. */
export function normalCdf(x: number): number {
  if (x === 0) return 0.5;
  const density = Math.exp((-x * x) / 2) / ROOT_TWO_PI;
  const size = Math.abs(x);
  const upper = size < TAIL ? 0.5 - density * series(size) : density / fraction(size);
  return x > 0 ? 1 - upper : upper;
}

/** x + x^3 / 3 + x^5 / (3 5) + ...; Abramowitz and Stegun 26.2.11. */
function series(x: number): number {
  let term = x;
  let total = x;
  for (let k = 3; term > total * 1e-17; k += 2) {
    term *= (x * x) / k;
    total += term;
  }
  return total;
}

/** x + 1 / (x + 2 / (x + 3 / ...)); Abramowitz and Stegun 26.2.14. */
function fraction(x: number): number {
  let below = x;
  for (let k = 200; k >= 1; k--) below = x + k / below;
  return below;
}
