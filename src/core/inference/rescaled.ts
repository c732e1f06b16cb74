/**
 * Which members a review rescaled by something other than the common factor. Caps act on the largest members, so
 * the search frees the largest one, two, three ... and keeps the fewest that more freedom does not improve on; then
 * anybody else the levels contradict is freed, and whoever turns out to have moved with the rest is put back. Greedy
 * search over all members would not do: with fewer sessions than members, many wrong sets fit a wrong factor.
 */
import { columnOf, inner, quadratic } from './matrix.js';
import {
  solveCarried,
  survivorsBySize,
  totalSquares,
  type CarriedModel,
  type CarriedSolution,
} from './carriedModel.js';
import { SPARE_SESSIONS } from './basketFit.js';
import { solveLower } from './cholesky.js';
import { fTail, tTail } from './significance.js';

/** Largest members that caps may act on. No published cap names more than ten. */
const MOST_CAPPED = 10;

/** A fit improves, and a member moves on its own, when chance does as well once in a thousand. */
export const SIGNIFICANT = 0.001;

/** Residual sum of squares of one model and the sessions beyond its unknowns. */
export interface Step {
  readonly squares: number;
  readonly dof: number;
}

/** Rows of the new members that were rescaled on their own, ascending. */
export function rescaledRows(model: CarriedModel): number[] {
  const largest = survivorsBySize(model).slice(0, mostFree(model));
  const steps = [...largest.keys(), largest.length].map((m) => stepOf(model, largest.slice(0, m)));
  const free = largest.slice(0, fewestSufficient(steps));
  return pruned(model, extended(model, free)).toSorted((a, b) => a - b);
}

/** How many of the largest can be freed with sessions to spare. */
export const mostFree = ({ equations, added }: CarriedModel): number =>
  Math.max(0, Math.min(MOST_CAPPED, equations.days.length - 1 - added.length - SPARE_SESSIONS));

export function stepOf(model: CarriedModel, free: readonly number[]): Step {
  const solution = solveCarried(model, free);
  return { squares: totalSquares(model, solution), dof: solution.dof };
}

/** Smallest index that no later step of a nested series improves on significantly. */
export function fewestSufficient(steps: readonly Step[]): number {
  return steps.findIndex(({ squares, dof }, m) =>
    steps.slice(m + 1).every((larger) => {
      const added = dof - larger.dof;
      const f = (squares - larger.squares) / added / (larger.squares / larger.dof);
      return added <= 0 || fTail(f, added, larger.dof) >= SIGNIFICANT;
    }),
  );
}

/** Frees, one at a time, the member the levels contradict most, while the contradiction is significant among all. */
function extended(model: CarriedModel, free: readonly number[]): number[] {
  const result = [...free];
  while (result.length < mostFree(model)) {
    const solution = solveCarried(model, result);
    const others = survivorsBySize(model).filter((row) => !result.includes(row));
    const gains = others.map((row) => gainOf(model, solution, row));
    const best = gains.indexOf(Math.max(...gains));
    const left = totalSquares(model, solution) - gains[best];
    const p = fTail(gains[best] / (left / (solution.dof - 1)), 1, solution.dof - 1);
    // Whoever is worst of many is often bad by chance: the level is shared among all that were looked at.
    if (best < 0 || !(p * others.length < SIGNIFICANT)) break;
    result.push(others[best]);
  }
  return result;
}

/** Drop of the residual sum of squares when one more row is freed. */
function gainOf(model: CarriedModel, solution: CarriedSolution, row: number): number {
  const column = solveLower(solution.whitener, columnOf(model.equations.prices, row));
  const size = inner(column, column);
  const loads = Float64Array.from({ length: solution.columns.columns }, (_, k) =>
    inner(columnOf(solution.columns, k), column),
  );
  const rest = size - quadratic(solution.cofactor, loads);
  if (rest <= size * 1e-12) return 0;
  return inner(column, solution.whitened) ** 2 / rest;
}

/** Puts back, one at a time, the freed member that is least distinguishable from the common factor. */
function pruned(model: CarriedModel, free: readonly number[]): number[] {
  const result = [...free];
  while (result.length > 0) {
    const chances = chancesOf(model, solveCarried(model, result)).slice(0, result.length);
    const worst = chances.indexOf(Math.max(...chances));
    if (chances[worst] < SIGNIFICANT) break;
    result.splice(worst, 1);
  }
  return result;
}

/** For every free row the chance of so large a step away from the common factor when there is none. */
export function chancesOf(model: CarriedModel, solution: CarriedSolution): number[] {
  const variance = totalSquares(model, solution) / solution.dof;
  return Array.from(solution.extra, (extra, k) => {
    const error = Math.sqrt(variance * columnOf(solution.cofactor, k + 1)[k + 1]);
    // Without a finite error nothing has been shown.
    return Number.isFinite(error) ? tTail(extra / error, solution.dof) : 1;
  });
}
