/** How good a forecast was, once the outcome is known. Smaller is better for all of them. */

/** Squared distance of a probability from what happened (Brier, Monthly Weather Review 78, 1950). */
export const brier = (p: number, happened: boolean): number => (p - (happened ? 1 : 0)) ** 2;

/**
 * Surprise: minus the logarithm of the probability given to what happened. A probability is not believed beyond `floor`,
 * because no model knows a committee that well.
 */
export function logScore(p: number, happened: boolean, floor = 0.002): number {
  const believed = Math.min(1 - floor, Math.max(floor, p));
  return -Math.log(happened ? believed : 1 - believed);
}

/**
 * Continuous ranked probability score of a sample: E|X - y| - E|X - X'| / 2 (Gneiting and Raftery, JASA 102, 2007,
 * (21)), in the unit of the sample. For a single value it is the absolute error.
 */
export function crps(samples: ArrayLike<number>, outcome: number): number {
  const sorted = Float64Array.from(samples).sort();
  const n = sorted.length;
  let distance = 0;
  let spread = 0;
  for (let i = 0; i < n; i++) {
    distance += Math.abs(sorted[i] - outcome);
    spread += (2 * i + 1 - n) * sorted[i];
  }
  return distance / n - spread / (n * n);
}

export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly forecasts: number;
  readonly meanForecast: number;
  readonly happened: number;
}

/** Probabilities in bins beside how often it happened; bins without a forecast are left out. */
export function calibration(
  forecasts: readonly { readonly p: number; readonly happened: boolean }[],
  edges: readonly number[] = [0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 1],
): CalibrationBin[] {
  return edges.slice(1).flatMap((to, i) => {
    const from = edges[i];
    const last = i === edges.length - 2;
    const held = forecasts.filter(({ p }) => p >= from && (p < to || last));
    if (held.length === 0) return [];
    return [
      {
        from,
        to,
        forecasts: held.length,
        meanForecast: held.reduce((sum, { p }) => sum + p, 0) / held.length,
        happened: held.filter(({ happened }) => happened).length / held.length,
      },
    ];
  });
}
