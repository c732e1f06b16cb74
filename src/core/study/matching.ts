/**
 * Controls for an event: securities that looked like the one under study before it, whatever they did after. Features are put on one
 * scale, each less its mean over its standard deviation among all candidates, and the nearest in the sum of squares are taken.
 */
import { sum } from '../base/sum.js';

export interface Matched {
  /** Row of the features. */
  readonly row: number;
  /** Root of the summed squared difference, in standard deviations. */
  readonly distance: number;
}

/**
 * @param features one row per security, equally many columns; a row with a NaN is no candidate
 * @param target row under study, whole
 * @param count controls wanted
 * @returns nearest first; fewer when there are not so many
 */
export function nearestRows(
  features: readonly (readonly number[])[],
  target: number,
  count: number,
): readonly Matched[] {
  const usable = features.flatMap((row, i) => (row.some(Number.isNaN) ? [] : [i]));
  const scales = features[target].map((_, column) => {
    const values = usable.map((i) => features[i][column]);
    const mean = sum(values) / values.length;
    const variance = sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1);
    // A feature that is the same for all tells nobody apart.
    return variance > 0 ? 1 / Math.sqrt(variance) : 0;
  });
  return usable
    .filter((i) => i !== target)
    .map((row): Matched => ({
      row,
      distance: Math.hypot(
        ...scales.map((scale, column) => scale * (features[row][column] - features[target][column])),
      ),
    }))
    .toSorted((a, b) => a.distance - b.distance || a.row - b.row)
    .slice(0, count);
}
