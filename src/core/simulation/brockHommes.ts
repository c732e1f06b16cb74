/**
 * Fundamentalists against trend followers who change sides by past profit (W. A. Brock and C. H. Hommes, "Heterogeneous
 * beliefs and routes to chaos in a simple asset pricing model", J. Economic Dynamics and Control 22, 1998, section 4).
 *
 * x is the price less its fundamental value. R x_t = sum of n_h (g_h x_{t-1} + b_h); the shares n_h follow the profits
 * U_h = (x_{t-1} - R x_{t-2}) (g_h x_{t-3} + b_h - R x_{t-2}) / (a sigma^2) - C_h with intensity beta.
 */
import { assert } from '../base/errors.js';
import { exp, EXP_RANGE } from '../forecast/arithmetic.js';

export interface BeliefType {
  /** Trend and bias of what it expects. */
  readonly trend: number;
  readonly bias: number;
  /** Paid each step for what it knows. */
  readonly cost: number;
}

export interface BrockHommesPlan {
  readonly types: readonly BeliefType[];
  /** Gross return of the safe asset, above 1. */
  readonly gross: number;
  /** Intensity of choice. */
  readonly intensity: number;
  /** Risk aversion x variance; default 1. */
  readonly risk?: number;
  /** Deviations of the two steps before the first. */
  readonly before: readonly [number, number];
  readonly steps: number;
  /** Added to the deviation of each step, one per step; default none. */
  readonly noise?: ArrayLike<number>;
}

/** @returns deviations from the fundamental value; types are equally many at the first step */
export function brockHommes(plan: BrockHommesPlan): Float64Array {
  const { types, gross, intensity, risk = 1, before, steps, noise } = plan;
  assert(types.length > 0 && gross > 1, 'there are beliefs and a safe return');
  const x = new Float64Array(steps + 2);
  x.set(before);
  for (let t = 2; t < steps + 2; t++) {
    const profits = types.map(({ trend, bias, cost }) =>
      t === 2
        ? 0
        : ((x[t - 1] - gross * x[t - 2]) * (trend * x[t - 3] + bias - gross * x[t - 2])) / risk - cost,
    );
    const most = Math.max(...profits);
    const weights = profits.map((profit) => exp(Math.max(-EXP_RANGE, intensity * (profit - most))));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let next = 0;
    types.forEach(({ trend, bias }, h) => {
      next += (weights[h] / total) * (trend * x[t - 1] + bias);
    });
    x[t] = next / gross + (noise?.[t - 2] ?? 0);
  }
  return x.slice(2);
}
