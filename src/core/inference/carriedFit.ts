/**
 * The X-ray of a basket that is too young for its own levels: the units before the review, with their errors, are
 * the prior; one common factor and the members that were rescaled on their own are free. Nothing else is assumed,
 * and the strength of the prior is the covariance the earlier levels gave it.
 */
import type { SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import { SPARE_SESSIONS, type BasketEstimate } from './basketFit.js';
import {
  carriedModel,
  solveCarried,
  totalSquares,
  type CarriedModel,
  type CarriedSolution,
} from './carriedModel.js';
import { solveLower } from './cholesky.js';
import type { Equations } from './equations.js';
import {
  addScaled,
  columnOf,
  fromColumns,
  matrix,
  product,
  times,
  transposed,
  type Matrix,
} from './matrix.js';
import { chancesOf, rescaledRows } from './rescaled.js';

/** A member that was rescaled by something other than the common factor. */
export interface RescaledMember {
  readonly id: SecurityId;
  /** Its units over the units the common factor would have given; below 1 for a member that a cap cut. */
  readonly ratio: number;
  readonly standardError: number;
  /** Chance of so large a step if it had moved with the rest. */
  readonly chance: number;
}

export interface CarriedFit {
  readonly estimate: BasketEstimate;
  /** Units after over units before of every member not named below. */
  readonly commonFactor: { readonly value: number; readonly standardError: number };
  readonly rescaled: readonly RescaledMember[];
  readonly added: readonly SecurityId[];
  readonly deleted: readonly SecurityId[];
  /** Published less fitted level by session of the new basket, index points. */
  readonly residuals: Float64Array;
}

/**
 * @param previous the basket before, in units of the same base day
 * @param equations from the swap close on, at which either basket gives the level
 * @throws Refusal `not_identified` when there are too few sessions since the swap
 */
export function carryBasket(previous: BasketEstimate, equations: Equations): CarriedFit {
  const model = carriedModel(previous, equations);
  const sessions = equations.days.length;
  const unknowns = 1 + model.added.length;
  if (sessions < unknowns + SPARE_SESSIONS) throw tooYoung(equations, unknowns);
  const free = rescaledRows(model);
  const solution = solveCarried(model, free);
  const estimate = estimateOf(model, solution, [...free, ...model.added]);
  const fitted = times(equations.prices, estimate.units);
  const { variance } = estimate;
  return {
    estimate,
    commonFactor: {
      value: solution.commonFactor,
      standardError: Math.sqrt(variance * solution.cofactor.values[0]),
    },
    rescaled: rescaledMembers(model, solution, free, variance),
    added: model.added.map((row) => equations.ids[row]),
    deleted: previous.ids.filter((id) => !equations.ids.includes(id)),
    residuals: equations.levels.map((level, i) => level - fitted[i]),
  };
}

function rescaledMembers(
  model: CarriedModel,
  solution: CarriedSolution,
  free: readonly number[],
  variance: number,
): RescaledMember[] {
  const chances = chancesOf(model, solution);
  return free.map((row, k) => {
    const byFactor = solution.commonFactor * model.carried[row];
    return {
      id: model.equations.ids[row],
      ratio: 1 + solution.extra[k] / byFactor,
      standardError: Math.sqrt(variance * columnOf(solution.cofactor, k + 1)[k + 1]) / byFactor,
      chance: chances[k],
    };
  });
}

/**
 * Units after: the unknowns, plus what the new levels teach about the old units (the gain K). With B the unknowns'
 * part of the units, their cofactor is c^2 S - K P c^2 S + (B - K P B) C (B - K P B)'.
 */
function estimateOf(model: CarriedModel, solution: CarriedSolution, free: readonly number[]): BasketEstimate {
  const { equations, previous, carried } = model;
  const units = carried.map((value) => value * solution.commonFactor);
  free.forEach((row, k) => (units[row] += solution.extra[k]));
  const { taught, posterior, loads } = learnt(model, solution, free);
  addScaled(units, taught, 1);
  const residualSquares = totalSquares(model, solution);
  return {
    ids: equations.ids,
    base: previous.base,
    // An index holds nothing short: noise below zero is zero.
    units: units.map((value) => Math.max(0, value)),
    cofactor: plusOuter(posterior, loads, solution.cofactor),
    variance: residualSquares / solution.dof,
    residualSquares,
    dof: solution.dof,
  };
}

function learnt(
  { equations, carried, cofactor }: CarriedModel,
  solution: CarriedSolution,
  free: readonly number[],
): { taught: Float64Array; posterior: Matrix; loads: Matrix } {
  const n = carried.length;
  const { whitener, whitened, columns, commonFactor } = solution;
  const scale = commonFactor * commonFactor;
  // l^-1 P c^2 S: every use of the gain K = c^2 S P' (l l')^-1 goes through it.
  const half = product(equations.prices, cofactor);
  const gain = fromColumns(
    half.rows,
    Array.from({ length: n }, (_, j) =>
      solveLower(
        whitener,
        columnOf(half, j).map((value) => value * scale),
      ),
    ),
  );
  const back = transposed(gain);
  const shrink = product(back, gain);
  const basis = [carried, ...free.map((row) => Float64Array.from(carried, (_, i) => (i === row ? 1 : 0)))];
  const loads = basis.map((column, k) => {
    const result = column.slice();
    addScaled(result, times(back, columnOf(columns, k)), -1);
    return result;
  });
  return {
    taught: times(back, whitened),
    posterior: matrix(
      n,
      n,
      cofactor.values.map((value, i) => value * scale - shrink.values[i]),
    ),
    loads: fromColumns(n, loads),
  };
}

/** a + b c b'. */
function plusOuter(a: Matrix, b: Matrix, c: Matrix): Matrix {
  const outer = product(product(b, c), transposed(b));
  return matrix(
    a.rows,
    a.columns,
    a.values.map((value, i) => value + outer.values[i]),
  );
}

function tooYoung(equations: Equations, unknowns: number): Refusal {
  const sessions = equations.days.length;
  const needed = unknowns + SPARE_SESSIONS;
  return new Refusal(
    'not_identified',
    `${sessions} sessions since the swap of ${formatDay(equations.days[0])} are too few even with the basket before as prior; ` +
      `at least ${needed} are needed. End the window later, or before that swap`,
    { sessions, unknowns, needed },
  );
}
