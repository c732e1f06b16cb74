/** How much a price moves per money or shares traded, from daily returns: Amihud's ratio and Kyle's lambda. */
import { assert, Refusal } from '../base/errors.js';
import { sum } from '../base/sum.js';
import type { KyleLambda } from './impactModel.js';

/** Days a slope needs to be worth saying. */
const ENOUGH = 20;

/**
 * Amihud, Journal of Financial Markets 5, 2002: mean of |return| / value traded, per currency. Days without a return or
 * without a trade are left out.
 * @throws Refusal `too_few_returns` when none is left
 */
export function amihud(returns: ArrayLike<number>, value: ArrayLike<number>): number {
  assert(returns.length === value.length, 'as many returns as values traded');
  const ratios: number[] = [];
  for (let i = 0; i < returns.length; i++) {
    if (value[i] > 0 && !Number.isNaN(returns[i])) ratios.push(Math.abs(returns[i]) / value[i]);
  }
  if (ratios.length === 0) {
    throw new Refusal('too_few_returns', 'no day with a return and a trade; take a longer window', {
      days: 0,
    });
  }
  return sum(ratios) / ratios.length;
}

/**
 * Least-squares slope of returns on net flow, with a constant and the usual standard error.
 * @param flow signed shares per day, NaN where unknown
 * @throws Refusal `too_few_returns` below twenty days, `flow_never_varied` when there is nothing to regress on
 */
export function kyleLambda(returns: ArrayLike<number>, flow: ArrayLike<number>): KyleLambda {
  assert(returns.length === flow.length, 'as many returns as flows');
  const rows = Array.from({ length: returns.length }, (_, i) => i).filter(
    (i) => !Number.isNaN(returns[i]) && !Number.isNaN(flow[i]),
  );
  const n = rows.length;
  if (n < ENOUGH) {
    throw new Refusal(
      'too_few_returns',
      `a slope needs ${ENOUGH} days, here are ${n}; take a longer window`,
      { days: n },
    );
  }
  const meanReturn = sum(rows.map((i) => returns[i])) / n;
  const meanFlow = sum(rows.map((i) => flow[i])) / n;
  const xx = sum(rows.map((i) => (flow[i] - meanFlow) ** 2));
  if (xx === 0)
    throw new Refusal('flow_never_varied', 'the same net flow on every day has no slope', { days: n });
  const slope = sum(rows.map((i) => (flow[i] - meanFlow) * (returns[i] - meanReturn))) / xx;
  const squares = sum(rows.map((i) => (returns[i] - meanReturn - slope * (flow[i] - meanFlow)) ** 2));
  return {
    slope,
    standardError: Math.sqrt(squares / (n - 2) / xx),
    days: n,
    largestFlow: rows.reduce((largest, i) => Math.max(largest, Math.abs(flow[i])), 0),
  };
}
