/**
 * Cost against tracking error around the close at which an index changes. A tracker goes from 1 (all of the trade still to do) to 0,
 * the index does so in one step at the effective close. With cost c_t n_t^2 in session t and e_t = h_t - b_t the difference from
 * the index after it, minimise
 *
 *   sum of c_t n_t^2 + k sum of e_t^2.
 *
 * The first-order conditions are a tridiagonal system, solved in one sweep. With equal costs that is Almgren and Chriss on
 * each side of the step: two mirrored sinh branches. In sessions that are closed to the trader nothing is traded and
 * the difference still counts.
 */
import { InputError, Refusal } from '../base/errors.js';

export interface TrackingProblem {
  /** c_t per session; infinite where it is closed. At least one is finite. */
  readonly costs: ArrayLike<number>;
  /** Number of the session, from 0, at whose close the index has changed. */
  readonly step: number;
  /** k, at least 0. */
  readonly penalty: number;
}

export interface TrackingPath {
  /** n_t: parts of the order, summing to 1. */
  readonly trades: Float64Array;
  /** Sum of c_t n_t^2. */
  readonly cost: number;
  /** Sum of e_t^2. */
  readonly squaredDifference: number;
}

/** @throws InputError `bad_problem`, Refusal `no_open_session` */
export function trackingPath(problem: TrackingProblem): TrackingPath {
  const { costs, step, penalty } = problem;
  if (!(penalty >= 0) || !Number.isFinite(penalty) || !(step >= 0 && step < costs.length)) {
    throw new InputError('bad_problem', 'a schedule that cannot be', [
      {
        code: 'bad_problem',
        path: 'penalty, step',
        value: [penalty, step],
        expected: 'a penalty of at least 0 and the number of one of the sessions',
      },
    ]);
  }
  const open = Array.from({ length: costs.length }, (_, t) => t).filter((t) => Number.isFinite(costs[t]));
  if (open.length === 0) throw new Refusal('no_open_session', 'no session in which to trade; take more days');
  const holdings = holdingsAfter(problem, open);
  const trades = new Float64Array(costs.length);
  open.forEach((t, i) => {
    trades[t] = (i === 0 ? 1 : holdings[i - 1]) - holdings[i];
  });
  return { trades, ...measuresOf(problem, trades) };
}

/** Cost and squared difference of any trades, in the same terms. */
export function measuresOf(
  { costs, step }: Pick<TrackingProblem, 'costs' | 'step'>,
  trades: ArrayLike<number>,
): Pick<TrackingPath, 'cost' | 'squaredDifference'> {
  let held = 1;
  let cost = 0;
  let squaredDifference = 0;
  for (let t = 0; t < trades.length; t++) {
    held -= trades[t];
    if (trades[t] !== 0) cost += costs[t] * trades[t] ** 2;
    squaredDifference += (held - target(t, step)) ** 2;
  }
  return { cost, squaredDifference };
}

const target = (t: number, step: number): number => (t < step ? 1 : 0);

/**
 * What is left after each open session. For h_i, which is held from session open[i] to the one before open[i + 1]:
 * c_i (h_i - h_(i-1)) + c_(i+1) (h_i - h_(i+1)) + k (sessions h_i - sum of targets) = 0, with h before = 1 and h last = 0.
 */
function holdingsAfter({ costs, step, penalty }: TrackingProblem, open: readonly number[]): Float64Array {
  const n = open.length - 1;
  const ratio = new Float64Array(n);
  const offset = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const sessions = open[i + 1] - open[i];
    let targets = 0;
    for (let t = open[i]; t < open[i + 1]; t++) targets += target(t, step);
    const [before, after] = [costs[open[i]], costs[open[i + 1]]];
    const pivot = before + after + penalty * sessions - (i === 0 ? 0 : before * ratio[i - 1]);
    ratio[i] = after / pivot;
    offset[i] = (penalty * targets + before * (i === 0 ? 1 : offset[i - 1])) / pivot;
  }
  const holdings = new Float64Array(n + 1);
  for (let i = n - 1; i >= 0; i--) holdings[i] = offset[i] + ratio[i] * holdings[i + 1];
  return holdings;
}
