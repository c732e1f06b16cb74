/**
 * Volatility of a day's return from prices, five ways. Inputs are sessions in order without gaps; outputs are standard
 * deviations of one day, fractions. All but the first look inside the day and need far fewer days for the same
 * precision; only the last also counts the night.
 */
import { InputError, Refusal, type Issue } from '../base/errors.js';
import { sum } from '../base/sum.js';

/** Columns of equal length: a session's open, high, low and close. */
export interface Bars {
  readonly open: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly close: ArrayLike<number>;
}

/**
 * Sample standard deviation of log returns between neighbouring closes, missing ones (NaN) left out.
 * @throws Refusal `too_few_returns` below two returns
 */
export const closeToClose = (closes: ArrayLike<number>): number =>
  standardDeviation(
    Array.from({ length: Math.max(0, closes.length - 1) }, (_, i) => Math.log(closes[i + 1] / closes[i])),
  );

/**
 * Of returns, missing ones (NaN) left out.
 * @throws Refusal `too_few_returns` below two returns
 */
export function standardDeviation(returns: readonly number[]): number {
  const seen = returns.filter((r) => !Number.isNaN(r));
  if (seen.length < 2) {
    throw new Refusal(
      'too_few_returns',
      `a volatility needs two returns, here are ${seen.length}; take a longer window`,
      { returns: seen.length },
    );
  }
  return Math.sqrt(sampleVariance(seen));
}

/** Parkinson, Journal of Business 53, 1980: mean of ln(H/L)^2 / (4 ln 2). No drift, no opening jump. */
export const parkinson = (bars: Bars): number =>
  Math.sqrt(meanOver(bars, (_o, h, l) => Math.log(h / l) ** 2) / (4 * Math.LN2));

/** Garman and Klass, Journal of Business 53, 1980: mean of ln(H/L)^2 / 2 - (2 ln 2 - 1) ln(C/O)^2. No drift. */
export const garmanKlass = (bars: Bars): number =>
  Math.sqrt(
    meanOver(bars, (o, h, l, c) => Math.log(h / l) ** 2 / 2 - (2 * Math.LN2 - 1) * Math.log(c / o) ** 2),
  );

/** Rogers and Satchell, Annals of Applied Probability 1, 1991: right under any drift. */
export const rogersSatchell = (bars: Bars): number => Math.sqrt(rogersSatchellVariance(bars));

const rogersSatchellVariance = (bars: Bars): number =>
  meanOver(bars, (o, h, l, c) => Math.log(h / c) * Math.log(h / o) + Math.log(l / c) * Math.log(l / o));

/**
 * Yang and Zhang, Journal of Business 73, 2000: the night, the day from open to close and Rogers-Satchell together, with the
 * weight that has the least variance. Right under drift and opening jumps.
 * @throws Refusal `too_few_returns` below three sessions
 */
export function yangZhang(bars: Bars): number {
  const { open, close } = checkedBars(bars);
  const nights = Array.from({ length: open.length - 1 }, (_, i) => Math.log(open[i + 1] / close[i]));
  const n = nights.length;
  if (n < 2) {
    throw new Refusal('too_few_returns', `nights and days need three sessions, here are ${open.length}`, {
      sessions: open.length,
    });
  }
  const rest = slice(bars, 1);
  const days = Array.from({ length: n }, (_, i) => Math.log(rest.close[i] / rest.open[i]));
  const k = 0.34 / (1.34 + (n + 1) / (n - 1));
  return Math.sqrt(
    sampleVariance(nights) + k * sampleVariance(days) + (1 - k) * rogersSatchellVariance(rest),
  );
}

function slice({ open, high, low, close }: Bars, from: number): Bars {
  const after = (column: ArrayLike<number>): number[] => Array.from(column).slice(from);
  return { open: after(open), high: after(high), low: after(low), close: after(close) };
}

function sampleVariance(values: readonly number[]): number {
  const mean = sum(values) / values.length;
  return sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1);
}

function meanOver(bars: Bars, term: (o: number, h: number, l: number, c: number) => number): number {
  const { open, high, low, close } = checkedBars(bars);
  return (
    sum(Array.from({ length: open.length }, (_, i) => term(open[i], high[i], low[i], close[i]))) / open.length
  );
}

/** @throws InputError `bad_bar` with every session that cannot be */
export function checkedBars(bars: Bars): Bars {
  const { open, high, low, close } = bars;
  const issues: Issue[] = [];
  if (open.length === 0)
    issues.push({ code: 'bad_bar', path: 'bars', value: 0, expected: 'at least one session' });
  for (let i = 0; i < open.length; i++) {
    const sound =
      low[i] > 0 &&
      Number.isFinite(high[i]) &&
      low[i] <= Math.min(open[i], close[i]) &&
      Math.max(open[i], close[i]) <= high[i];
    if (!sound) {
      issues.push({
        code: 'bad_bar',
        path: `bars[${i}]`,
        value: [open[i], high[i], low[i], close[i]],
        expected: 'open, high, low, close with 0 < low <= open, close <= high',
      });
    }
  }
  if (issues.length > 0) throw new InputError('bad_bar', 'sessions with prices that cannot be', issues);
  return bars;
}
