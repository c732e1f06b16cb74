/**
 * Abnormal returns of one security around one event, from a market model (MacKinlay, Journal of Economic Literature 35,
 * 1997, 13-39): r = alpha + beta rm + e on the days before, and what the days of the event leave of it.
 *
 *   AR_t  = r_t - alpha - beta rm_t           Var = s^2 [1 + 1/L1 + (rm_t - m)^2 / S]
 *   CAR   = sum of AR over the window         Var = s^2 [L2 + L2^2/L1 + (sum of rm_t - L2 m)^2 / S]
 *   BHAR  = growth of the security less that of the benchmark
 *
 * with L1 estimation days, m and S mean and sum of squares of rm over them, s^2 the residual variance on L1 - 2. A day on which
 * the security did not trade is a hole. The first return after one covers several sessions: it is no estimation day, and in
 * the window it is set against the benchmark over the same sessions, alpha and variance counted as often.
 */
import { Refusal } from '../base/errors.js';

/** One entry per session, ascending; simple returns. */
export interface ReturnColumns {
  /** NaN on sessions without a trade. */
  readonly own: Float64Array;
  /** Over the same sessions as `own`; NaN where unknown. */
  readonly benchmark: Float64Array;
  /** Sessions each return covers: 1, or more after a halt; 0 without a trade. */
  readonly span: Float64Array;
}

/** Rows of the columns. */
export interface EventRows {
  readonly estimationFrom: number;
  /** Not included. */
  readonly estimationTo: number;
  readonly from: number;
  /** Included. */
  readonly to: number;
}

export interface AbnormalReturns {
  readonly rows: EventRows;
  readonly alpha: number;
  readonly beta: number;
  /** s. */
  readonly residualDeviation: number;
  /** L1: estimation days with both returns. */
  readonly estimationDays: number;
  /** Per estimation row; NaN where it was left out. */
  readonly residuals: Float64Array;
  /** AR per row of the window; NaN on sessions without a trade. */
  readonly abnormal: Float64Array;
  /** AR over its standard error. */
  readonly standardised: Float64Array;
  readonly car: number;
  readonly carError: number;
  readonly bhar: number;
  /** Growth over the window, security and benchmark. */
  readonly growth: number;
  readonly benchmarkGrowth: number;
}

/** Days without which a market model says nothing. */
export const LEAST_ESTIMATION_DAYS = 30;

/** Rounding of levels moves a return by more than this. */
const STOOD_STILL = 1e-10;

/**
 * @throws Refusal `too_few_estimation_days`, `no_event_day` when the security did not trade in the window
 */
export function abnormalReturns(columns: ReturnColumns, rows: EventRows): AbnormalReturns {
  const { own, benchmark, span } = columns;
  const usable = (row: number): boolean =>
    span[row] === 1 && !Number.isNaN(own[row]) && !Number.isNaN(benchmark[row]);
  let n = 0;
  let meanOwn = 0;
  let mean = 0;
  for (let row = rows.estimationFrom; row < rows.estimationTo; row++) {
    if (!usable(row)) continue;
    n++;
    meanOwn += own[row];
    mean += benchmark[row];
  }
  if (n < LEAST_ESTIMATION_DAYS) {
    throw new Refusal(
      'too_few_estimation_days',
      `a market model needs ${LEAST_ESTIMATION_DAYS} days before the window, here are ${n}; take a longer estimation window or a later event`,
      { days: n, least: LEAST_ESTIMATION_DAYS },
    );
  }
  meanOwn /= n;
  mean /= n;
  let xx = 0;
  let xy = 0;
  for (let row = rows.estimationFrom; row < rows.estimationTo; row++) {
    if (!usable(row)) continue;
    xx += (benchmark[row] - mean) ** 2;
    xy += (benchmark[row] - mean) * (own[row] - meanOwn);
  }
  if (!(xx > n * STOOD_STILL ** 2)) {
    throw new Refusal(
      'benchmark_never_moved',
      'a benchmark that stood still explains nothing; take another',
      { days: n },
    );
  }
  const beta = xy / xx;
  const alpha = meanOwn - beta * mean;
  const residuals = new Float64Array(rows.estimationTo - rows.estimationFrom).fill(Number.NaN);
  let squares = 0;
  for (let row = rows.estimationFrom; row < rows.estimationTo; row++) {
    if (!usable(row)) continue;
    const residual = own[row] - alpha - beta * benchmark[row];
    residuals[row - rows.estimationFrom] = residual;
    squares += residual * residual;
  }
  const fit = { alpha, beta, deviation: Math.sqrt(squares / (n - 2)), n, mean, xx };
  return {
    rows,
    alpha,
    beta,
    residualDeviation: fit.deviation,
    estimationDays: n,
    residuals,
    ...windowOf(columns, rows, fit),
  };
}

interface Fit {
  readonly alpha: number;
  readonly beta: number;
  readonly deviation: number;
  readonly n: number;
  readonly mean: number;
  readonly xx: number;
}

function windowOf({ own, benchmark, span }: ReturnColumns, { from, to }: EventRows, fit: Fit) {
  const abnormal = new Float64Array(to - from + 1).fill(Number.NaN);
  const standardised = new Float64Array(to - from + 1).fill(Number.NaN);
  let [car, sessions, moved, growth, benchmarkGrowth] = [0, 0, 0, 1, 1];
  for (let row = from; row <= to; row++) {
    if (span[row] === 0 || Number.isNaN(own[row]) || Number.isNaN(benchmark[row])) continue;
    const ar = own[row] - fit.alpha * span[row] - fit.beta * benchmark[row];
    abnormal[row - from] = ar;
    standardised[row - from] = ar / errorOver(fit, span[row], benchmark[row]);
    car += ar;
    sessions += span[row];
    moved += benchmark[row];
    growth *= 1 + own[row];
    benchmarkGrowth *= 1 + benchmark[row];
  }
  if (sessions === 0) {
    throw new Refusal('no_event_day', 'the security did not trade in the window; take a longer one', {
      from,
      to,
    });
  }
  return {
    abnormal,
    standardised,
    car,
    carError: errorOver(fit, sessions, moved),
    bhar: growth - benchmarkGrowth,
    growth: growth - 1,
    benchmarkGrowth: benchmarkGrowth - 1,
  };
}

/** Standard error of the abnormal return over some sessions in which the benchmark moved so far in all. */
const errorOver = ({ deviation, n, mean, xx }: Fit, sessions: number, moved: number): number =>
  deviation * Math.sqrt(sessions + sessions ** 2 / n + (moved - sessions * mean) ** 2 / xx);
