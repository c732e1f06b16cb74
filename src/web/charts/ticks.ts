/** Round numbers along an axis. */

/** About `count` multiples of 1, 2 or 5 times a power of ten, from 0 up to `most`. */
export function roundTicks(most: number, count: number): number[] {
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}
