/**
 * Whether a mean abnormal return is more than chance, across events. Each takes the events' standardised abnormal returns of
 * one day, or of their windows, and gives a number to hold against the standard normal. NaN below two events, apart from
 * Patell's.
 */
import { dot, sum } from '../base/sum.js';
import type { AbnormalReturns } from './abnormal.js';

/** Mean of the abnormal returns over their own spread: needs no model of variance, assumes independence. */
export const crossSectional = (abnormal: readonly number[]): number => tOf(abnormal);

/** Patell (Journal of Accounting Research 14, 1976): sum of standardised returns; assumes that the event brings no variance. */
export function patell(standardised: readonly number[], estimationDays: readonly number[]): number {
  return sum(standardised) / Math.sqrt(sum(estimationDays.map((n) => (n - 2) / (n - 4))));
}

/** Boehmer, Musumeci and Poulsen (Journal of Financial Economics 30, 1991): robust against variance the event brings. */
export const bmp = (standardised: readonly number[]): number => tOf(standardised);

/**
 * Kolari and Pynnonen (Review of Financial Studies 23, 2010): the same, less what the events have in common. Changes of an
 * index fall on one day, so their abnormal returns are not independent.
 * @param correlation mean correlation of the residuals, see `meanCorrelation`
 */
export function kolariPynnonen(standardised: readonly number[], correlation: number): number {
  return bmp(standardised) / clustering(standardised.length, correlation);
}

/** By how much events with a mean correlation of their residuals spread less than independent ones would. */
const clustering = (n: number, correlation: number): number =>
  Math.sqrt((1 + (n - 1) * correlation) / (1 - correlation));

/** Standard error of the mean of the events' values, their clustering respected; NaN below two events. */
export function clusteredError(values: readonly number[], correlation: number): number {
  return errorOfMean(values) * clustering(values.length, correlation);
}

const tOf = (values: readonly number[]): number => sum(values) / values.length / errorOfMean(values);

function errorOfMean(values: readonly number[]): number {
  const n = values.length;
  if (n < 2) return Number.NaN;
  const mean = sum(values) / n;
  const variance = sum(values.map((value) => (value - mean) ** 2)) / (n - 1);
  return Math.sqrt(variance / n);
}

/** Days two events need in common for a correlation; below, they count as unrelated. */
const ENOUGH_IN_COMMON = 30;

/**
 * Mean correlation of the estimation residuals over all pairs of events, on the sessions they have in common.
 *
 * Reviews put many events on one day. The sum over all pairs of those follows from the sum of their standardised residuals,
 * n + 2 (sum of correlations) = |z_1 + ... + z_n|^2, in time that grows with the events and not with the pairs.
 */
export function meanCorrelation(events: readonly AbnormalReturns[]): number {
  const n = events.length;
  if (n < 2) return 0;
  const together = events.map(sameDaysKey);
  let total = 0;
  for (const key of new Set(together)) {
    if (key !== undefined) total += sumOfCorrelations(events.filter((_, i) => together[i] === key));
  }
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      if (together[i] === undefined || together[i] !== together[j])
        total += correlationOf(events[i], events[j]);
    }
  }
  return total / ((n * (n - 1)) / 2);
}

/** Equal for events estimated on the same sessions, all of them traded; undefined where one is missing. */
function sameDaysKey({ rows, residuals, estimationDays }: AbnormalReturns): string | undefined {
  const complete = estimationDays === residuals.length && estimationDays >= ENOUGH_IN_COMMON;
  return complete ? `${rows.estimationFrom}-${rows.estimationTo}` : undefined;
}

function sumOfCorrelations(events: readonly AbnormalReturns[]): number {
  const all = new Float64Array(events[0].residuals.length);
  for (const { residuals } of events) {
    const mean = sum(residuals) / residuals.length;
    const length = Math.sqrt(dot(residuals, residuals) - residuals.length * mean * mean);
    for (let t = 0; t < all.length; t++) all[t] += (residuals[t] - mean) / length;
  }
  return (dot(all, all) - events.length) / 2;
}

/** In one pass: residuals have a mean near 0, so nothing cancels. */
function correlationOf(a: AbnormalReturns, b: AbnormalReturns): number {
  const first = Math.max(a.rows.estimationFrom, b.rows.estimationFrom);
  const last = Math.min(a.rows.estimationTo, b.rows.estimationTo);
  const [fromA, fromB] = [a.rows.estimationFrom, b.rows.estimationFrom];
  const { residuals: left } = a;
  const { residuals: right } = b;
  let [n, sx, sy, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let row = first; row < last; row++) {
    const x = left[row - fromA];
    const y = right[row - fromB];
    // NaN is not equal to itself.
    if (x !== x || y !== y) continue;
    n++;
    sx += x;
    sy += y;
    xx += x * x;
    yy += y * y;
    xy += x * y;
  }
  if (n < ENOUGH_IN_COMMON) return 0;
  return (xy - (sx * sy) / n) / Math.sqrt((xx - (sx * sx) / n) * (yy - (sy * sy) / n));
}
