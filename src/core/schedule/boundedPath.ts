/**
 * Cost against tracking error with a limit on what each session may take: the problem of trackingPath.ts with 0 <= n_t <= room_t.
 * Where the path without limits keeps them it is the answer; elsewhere the problem is a convex quadratic programme, and is handed as
 * data to a solver that the caller brings, since none is pure enough for this folder.
 */
import { Refusal } from '../base/errors.js';
import { sum } from '../base/sum.js';
import { measuresOf, trackingPath, type TrackingPath, type TrackingProblem } from './trackingPath.js';

/** Least sum of quadratic[i] x_i^2 with lower <= x <= upper and every row's sum of coefficient x = equals. */
export interface QuadraticProgram {
  /** At least 0 each. */
  readonly quadratic: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly rows: readonly { readonly coefficients: readonly number[]; readonly equals: number }[];
}

/** The minimiser, one entry per variable. */
export type SolveProgram = (program: QuadraticProgram) => Float64Array;

/** Rounding of a solver that is no breach of a limit. */
const SLACK = 1e-9;

/**
 * @param room largest part of the order in each session, at least 0
 * @throws InputError `bad_problem`; Refusal `no_open_session`, `participation_too_low`
 */
export function boundedPath(
  problem: TrackingProblem,
  room: ArrayLike<number>,
  solve: SolveProgram,
): TrackingPath {
  const free = trackingPath(problem);
  if (free.trades.every((part, t) => part <= room[t])) return free;
  const capacity = sum(room);
  if (capacity < 1) {
    throw new Refusal(
      'participation_too_low',
      `these sessions take ${(capacity * 100).toFixed(0)} % of the order; take ${(1 / capacity).toFixed(1)} times the days, or a higher participation`,
      { capacity },
    );
  }
  const sessions = problem.costs.length;
  const solved = solve(programOf(problem, room)).subarray(0, sessions);
  const trades = solved.map((part, t) => (part < SLACK ? 0 : Math.min(part, room[t])));
  return { trades, ...measuresOf(problem, trades) };
}

/** Variables n_t, then e_t; e_t + n_0 + ... + n_t = 1 - b_t, and the n_t sum to 1. */
function programOf({ costs, step, penalty }: TrackingProblem, room: ArrayLike<number>): QuadraticProgram {
  const sessions = costs.length;
  const each = Array.from({ length: sessions }, (_, t) => t);
  const finite = each.map((t) => costs[t]).filter(Number.isFinite);
  // Solvers stop at absolute tolerances; costs are fractions far below 1.
  const scale = Math.max(penalty, ...finite);
  const upTo = (last: number): number[] => each.map((t) => (t <= last ? 1 : 0));
  return {
    quadratic: [
      ...each.map((t) => (Number.isFinite(costs[t]) ? costs[t] / scale : 0)),
      ...each.map(() => penalty / scale),
    ],
    lower: [...each.map(() => 0), ...each.map(() => -1)],
    upper: [...each.map((t) => (Number.isFinite(costs[t]) ? Math.min(1, room[t]) : 0)), ...each.map(() => 1)],
    rows: [
      ...each.map((t) => ({
        coefficients: [...upTo(t), ...each.map((s) => (s === t ? 1 : 0))],
        equals: t < step ? 0 : 1,
      })),
      { coefficients: [...each.map(() => 1), ...each.map(() => 0)], equals: 1 },
    ],
  };
}
