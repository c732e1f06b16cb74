/** Statistics of a series of returns that markets have in common (R. Cont, Quantitative Finance 1, 2001). */
import { assert } from '../base/errors.js';
import { log } from '../forecast/arithmetic.js';

export interface StylisedFacts {
  readonly count: number;
  /** Correlation of neighbouring returns. */
  readonly autocorrelation: number;
  readonly excessKurtosis: number;
  /** Of sums of ten returns. */
  readonly aggregatedKurtosis: number;
  /** Tail index of the largest 5 % by size, by Hill. */
  readonly hill: number;
  /** Correlations of sizes of returns at lags 1 to 20. */
  readonly clustering: Float64Array;
  /** b of c x lag^-b, least squares in logarithms over the lags whose correlation is above 0. */
  readonly decay: number;
  /** Correlation of volume with the size of the return; NaN without volumes. */
  readonly volumeCorrelation: number;
}

/**
 * What real markets show, as bands to hold a simulated one to: the list is Cont's, the numbers are an operational reading of
 * it that no source prints. A value is inside when it lies between the two.
 */
export interface FactBand {
  readonly fact: FactName;
  readonly least: number;
  readonly most: number;
  readonly of: (facts: StylisedFacts) => number;
}

export const FACT_NAMES = [
  'autocorrelation',
  'excessKurtosis',
  'tailIndex',
  'aggregation',
  'clustering',
  'memory',
  'decay',
  'volume',
] as const;
export type FactName = (typeof FACT_NAMES)[number];

export const FACT_BANDS: readonly FactBand[] = [
  { fact: 'autocorrelation', least: -0.1, most: 0.1, of: (facts) => facts.autocorrelation },
  { fact: 'excessKurtosis', least: 1, most: Infinity, of: (facts) => facts.excessKurtosis },
  { fact: 'tailIndex', least: 2, most: 5, of: (facts) => facts.hill },
  // Sums of ten returns are nearer to normal than the returns.
  {
    fact: 'aggregation',
    least: -Infinity,
    most: 0,
    of: (facts) => facts.aggregatedKurtosis - facts.excessKurtosis,
  },
  // Sizes of neighbouring returns go together by more than chance has it, at two standard errors.
  {
    fact: 'clustering',
    least: 0,
    most: Infinity,
    of: (facts) => facts.clustering[0] - 2 / facts.count ** 0.5,
  },
  // They still do at every lag up to twenty.
  { fact: 'memory', least: 0, most: Infinity, of: (facts) => Math.min(...facts.clustering) },
  { fact: 'decay', least: 0.2, most: 0.4, of: (facts) => facts.decay },
  { fact: 'volume', least: 0, most: Infinity, of: (facts) => facts.volumeCorrelation },
];

/** Whether a value lies in a band; one that cannot be measured is in none. */
export const insideBand = ({ least, most }: FactBand, value: number): boolean =>
  value > least && value < most;

/** Fewer returns say nothing of tails. */
export const LEAST_RETURNS = 200;
const LAGS = 20;
const AGGREGATED = 10;
const TAIL = 0.05;

/** @param returns at least 200 @param volumes one per return */
export function stylisedFacts(returns: Float64Array, volumes?: Float64Array): StylisedFacts {
  assert(returns.length >= LEAST_RETURNS, 'statistics of tails have data');
  const sizes = returns.map(Math.abs);
  const clustering = Float64Array.from({ length: LAGS }, (_, i) => autocorrelation(sizes, i + 1));
  return {
    count: returns.length,
    autocorrelation: autocorrelation(returns, 1),
    excessKurtosis: excessKurtosis(returns),
    aggregatedKurtosis: excessKurtosis(sums(returns, AGGREGATED)),
    hill: hillIndex(sizes, TAIL),
    clustering,
    decay: decayOf(clustering),
    volumeCorrelation: volumes === undefined ? Number.NaN : correlation(sizes, volumes),
  };
}

const meanOf = (x: Float64Array): number => x.reduce((sum, value) => sum + value, 0) / x.length;

export function autocorrelation(x: Float64Array, lag: number): number {
  const mean = meanOf(x);
  let above = 0;
  let below = 0;
  for (let i = 0; i < x.length; i++) {
    below += (x[i] - mean) ** 2;
    if (i >= lag) above += (x[i] - mean) * (x[i - lag] - mean);
  }
  return below === 0 ? 0 : above / below;
}

export function excessKurtosis(x: Float64Array): number {
  const mean = meanOf(x);
  let second = 0;
  let fourth = 0;
  for (const value of x) {
    second += (value - mean) ** 2;
    fourth += (value - mean) ** 4;
  }
  return second === 0 ? 0 : (x.length * fourth) / second ** 2 - 3;
}

function sums(x: Float64Array, of: number): Float64Array {
  return Float64Array.from({ length: Math.floor(x.length / of) }, (_, i) =>
    x.subarray(i * of, (i + 1) * of).reduce((sum, value) => sum + value, 0),
  );
}

/** 1 / mean of ln(size / threshold) over the largest; B. M. Hill, Annals of Statistics 3, 1975. */
export function hillIndex(sizes: Float64Array, share: number): number {
  const sorted = sizes.toSorted((a, b) => b - a);
  const count = Math.max(1, Math.floor(sorted.length * share));
  const threshold = sorted[count];
  if (!(threshold > 0)) return Number.NaN;
  let total = 0;
  for (let i = 0; i < count; i++) total += log(sorted[i] / threshold);
  return count / total;
}

function decayOf(clustering: Float64Array): number {
  const points = Array.from(clustering, (value, i) => [i + 1, value]).filter(([, value]) => value > 0);
  if (points.length < 2) return Number.NaN;
  const x = Float64Array.from(points, ([lag]) => log(lag));
  const y = Float64Array.from(points, ([, value]) => log(value));
  const [mx, my] = [meanOf(x), meanOf(y)];
  let xy = 0;
  let xx = 0;
  x.forEach((value, i) => {
    xy += (value - mx) * (y[i] - my);
    xx += (value - mx) ** 2;
  });
  return -xy / xx;
}

export function correlation(x: Float64Array, y: Float64Array): number {
  const [mx, my] = [meanOf(x), meanOf(y)];
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i++) {
    xy += (x[i] - mx) * (y[i] - my);
    xx += (x[i] - mx) ** 2;
    yy += (y[i] - my) ** 2;
  }
  return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
}
