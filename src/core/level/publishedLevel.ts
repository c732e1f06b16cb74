/**
 * The level as it is published: rounded half away from zero to the declared decimals. Only what is published is
 * rounded; the chain goes on unrounded, or the error of a day would stay for good.
 */

/**
 * Rounds the shortest decimal that stands for the number, as a person reading it would: 2.675 to 2 decimals is
 * 2.68, although the binary number is a hair below.
 */
export function roundHalfAway(value: number, decimals: number): number {
  const size = Math.abs(value);
  const text = String(size);
  // Numbers printed with an exponent have no half to round at any number of decimals we publish.
  if (text.includes('e') || !Number.isFinite(value)) return Number(value.toFixed(decimals));
  const rounded = Number(`${Math.round(Number(`${text}e${decimals}`))}e-${decimals}`);
  return value < 0 ? -rounded : rounded;
}

export const publishedLevels = (levels: Float64Array, decimals: number): Float64Array =>
  levels.map((level) => roundHalfAway(level, decimals));
