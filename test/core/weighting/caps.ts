/** Short ways to write caps and values, and the plain references the engine is tested against. */
import {
  applyCaps,
  type CapResult,
  type CapRule,
  type ClauseId,
  type NamedCap,
} from '../../../src/core/index.js';

export type TopKReading = 'capped-stay' | 'pro-rata' | 'waterline' | 'waterline-within';
export const TOP_K_READINGS: readonly TopKReading[] = [
  'capped-stay',
  'pro-rata',
  'waterline',
  'waterline-within',
];

export const named = (rule: CapRule): NamedCap => ({ id: `caps.${rule.kind}` as ClauseId, rule });

export const single = (cap: number): NamedCap => named({ kind: 'single', cap });

export const topK = (k: number, limit: number, redistribution: TopKReading): NamedCap =>
  named({ kind: 'top-k', k, limit, redistribution });

export const aboveSum = (threshold: number, limit: number, target: number): NamedCap =>
  named({ kind: 'above-sum', threshold, limit, target, cut: 'scale-set' });

export const cap = (values: readonly number[], ...caps: readonly NamedCap[]): CapResult =>
  applyCaps(Float64Array.from(values), caps);

export const weigh = (values: readonly number[], ...caps: readonly NamedCap[]): number[] =>
  Array.from(cap(values, ...caps).weights);

export const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

export const repeat = (value: number, times: number): number[] => Array<number>(times).fill(value);

export const largest = (weights: readonly number[], k: number): number[] =>
  weights.toSorted((a, b) => b - a).slice(0, k);

/**
 * Weights under one ceiling for everybody, by bisection on the scale s of min(ceiling, value x s) = sum: no rounds
 * and no sets, so it shares nothing with the engine but the definition.
 */
export function byBisection(values: readonly number[], ceiling: number, sum = 1): number[] {
  const at = (scale: number): number => total(values.map((value) => Math.min(ceiling, value * scale)));
  let low = 0;
  let high = (2 * sum) / Math.min(...values);
  for (let i = 0; i < 300; i++) {
    const middle = (low + high) / 2;
    if (at(middle) < sum) low = middle;
    else high = middle;
  }
  return values.map((value) => Math.min(ceiling, value * high));
}

/** True when every pair is as close as the tolerance, NaN never being close. */
export const allClose = (a: readonly number[], b: readonly number[], tolerance: number): boolean =>
  a.length === b.length && a.every((value, i) => Math.abs(value - b[i]) <= tolerance);
