/** Tests of a mean abnormal return that do not trust its size: one on ranks, one on signs. */
import { sum } from '../base/sum.js';
import type { AbnormalReturns } from './abnormal.js';

/**
 * Corrado (Journal of Financial Economics 23, 1989) as Corrado and Zivney (Journal of Financial and Quantitative Analysis 27,
 * 1992) put it for missing days: each event's abnormal returns are ranked over estimation and event days together, and the mean rank
 * of a day is held against its spread over all days.
 * @returns one statistic per day of the window
 */
export function corradoRanks(events: readonly AbnormalReturns[]): number[] {
  const ranked = events.map(({ residuals, abnormal }) => centredRanks(residuals, abnormal));
  const length = Math.max(...ranked.map((ranks) => ranks.length));
  const total = new Float64Array(length);
  const seen = new Float64Array(length);
  for (const ranks of ranked) {
    // Aligned on the window: an event with fewer estimation days has none at the beginning.
    const start = length - ranks.length;
    ranks.forEach((rank, day) => {
      if (Number.isNaN(rank)) return;
      total[start + day] += rank;
      seen[start + day]++;
    });
  }
  // Mean rank, weighed by the root of the share of events that have one.
  const weighed = total.map((sumOfDay, day) =>
    seen[day] === 0 ? 0 : sumOfDay / Math.sqrt(seen[day] * events.length),
  );
  const spread = Math.sqrt(sum(weighed.map((value) => value * value)) / length);
  return Array.from(weighed.subarray(length - events[0].abnormal.length), (value) => value / spread);
}

/** Rank over one more than the number of days, less a half; equal values share their mean rank, missing ones stay missing. */
function centredRanks(residuals: Float64Array, abnormal: Float64Array): Float64Array {
  const values = new Float64Array(residuals.length + abnormal.length);
  values.set(residuals);
  values.set(abnormal, residuals.length);
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return values.map((value) => {
    if (Number.isNaN(value)) return value;
    const below = countBelow(sorted, value);
    let equal = 1;
    while (sorted[below + equal] === value) equal++;
    return (below + (equal + 1) / 2) / (sorted.length + 1) - 0.5;
  });
}

function countBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Share of an event's estimation days with a positive abnormal return. */
export function positiveShare({ residuals }: AbnormalReturns): number {
  let positive = 0;
  let seen = 0;
  for (const value of residuals) {
    if (value > 0) positive++;
    if (!Number.isNaN(value)) seen++;
  }
  return positive / seen;
}

/**
 * Generalised sign (Cowan, Review of Quantitative Finance and Accounting 2, 1992): events with a positive abnormal return, against
 * the share of positive days before the events.
 * @param shares of each event, see `positiveShare`
 */
export function generalisedSign(abnormal: readonly number[], shares: readonly number[]): number {
  const p = sum(shares) / shares.length;
  const positive = abnormal.filter((value) => value > 0).length;
  return (positive - abnormal.length * p) / Math.sqrt(abnormal.length * p * (1 - p));
}
