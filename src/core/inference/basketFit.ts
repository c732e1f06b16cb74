/**
 * The X-ray of one basket: its units by least squares from published levels, with their covariance. It answers
 * only when the levels can tell the members apart; otherwise it refuses and says by how much they cannot.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { conditionOf, type Condition } from './condition.js';
import type { Equations } from './equations.js';
import { inverseOfSquare, solveUpper, triangularize, type Qr } from './householder.js';
import { columnOf, fromColumns, inner, matrix, norm, times, type Matrix } from './matrix.js';
import { nonNegativeSolution } from './nonNegative.js';

/** Units of a basket as far as levels tell them. */
export interface BasketEstimate {
  readonly ids: readonly SecurityId[];
  /** Day whose share counts the units are stated in. */
  readonly base: Day;
  /** Index shares over divisor, >= 0. */
  readonly units: Float64Array;
  /** Members x members: covariance of the units over `variance`. */
  readonly cofactor: Matrix;
  /** Variance of one session's residual, squared index points. */
  readonly variance: number;
  /** Sum of squared residuals and the sessions beyond the unknowns that it rests on. */
  readonly residualSquares: number;
  readonly dof: number;
}

export interface BasketFit {
  readonly estimate: BasketEstimate;
  /** Published less fitted level by session, index points. */
  readonly residuals: Float64Array;
  readonly condition: number;
  /** Members the constraint holds at zero. */
  readonly atZero: readonly SecurityId[];
}

/** Sessions beyond the unknowns: with fewer, the residual variance behind every error is itself a guess. */
export const SPARE_SESSIONS = 5;

/** A level has about six digits; beyond this its rounding moves some combination of weights by its own size. */
const MAX_CONDITION = 1e6;

/** @throws Refusal `not_identified` with sessions, unknowns and condition number */
export function fitBasket(equations: Equations): BasketFit {
  const sessions = equations.days.length;
  const unknowns = equations.ids.length;
  if (sessions < unknowns + SPARE_SESSIONS) throw tooFewSessions(equations);
  const { scaled, lengths } = withUnitColumns(equations.prices);
  const qr = triangularize(scaled, equations.levels);
  const condition = conditionOf(qr.r);
  if (!(condition.number <= MAX_CONDITION)) throw tooAlike(equations, condition);
  return { ...solve(equations, qr, lengths), condition: condition.number };
}

/** The estimate alone, where another stretch of the same basket has been found to tell its members apart. */
export function estimateBasket(equations: Equations): BasketEstimate {
  const { scaled, lengths } = withUnitColumns(equations.prices);
  return solve(equations, triangularize(scaled, equations.levels), lengths).estimate;
}

function solve(equations: Equations, qr: Qr, lengths: Float64Array): Omit<BasketFit, 'condition'> {
  const { ids, base, prices, levels } = equations;
  const plain = solveUpper(qr.r, qr.rotated);
  const shares = plain.every((value) => value >= 0) ? plain : nonNegativeSolution(qr.r, qr.rotated);
  const held = ids.flatMap((_, j) => (shares[j] > 0 ? j : []));
  const units = shares.map((value, j) => value / lengths[j]);
  const fitted = times(prices, units);
  const residuals = levels.map((level, i) => level - fitted[i]);
  const residualSquares = inner(residuals, residuals);
  const dof = levels.length - held.length;
  return {
    estimate: {
      ids,
      base,
      units,
      cofactor: cofactorOf(qr.r, held, lengths),
      variance: residualSquares / dof,
      residualSquares,
      dof,
    },
    residuals,
    atZero: ids.filter((_, j) => shares[j] === 0),
  };
}

/** Covariance over variance of the members not held at zero; zero elsewhere. */
function cofactorOf(r: Matrix, held: readonly number[], lengths: Float64Array): Matrix {
  const part = fromColumns(
    r.rows,
    held.map((j) => columnOf(r, j)),
  );
  const inverse = inverseOfSquare(
    held.length === r.columns ? r : triangularize(part, new Float64Array(r.rows)).r,
  );
  const result = matrix(r.columns, r.columns);
  held.forEach((j, b) => {
    held.forEach((i, a) => {
      result.values[j * r.columns + i] = columnOf(inverse, b)[a] / (lengths[i] * lengths[j]);
    });
  });
  return result;
}

/** Prices differ by a factor of a thousand between members; columns of length one take that out of the condition. */
function withUnitColumns(prices: Matrix): { scaled: Matrix; lengths: Float64Array } {
  const columns = Array.from({ length: prices.columns }, (_, j) => columnOf(prices, j));
  const lengths = Float64Array.from(columns, norm);
  return {
    scaled: fromColumns(
      prices.rows,
      columns.map((column, j) => column.map((value) => value / lengths[j])),
    ),
    lengths,
  };
}

function tooFewSessions({ ids, levels, prices }: Equations): Refusal {
  const [sessions, unknowns] = [levels.length, ids.length];
  const needed = unknowns + SPARE_SESSIONS;
  return new Refusal(
    'not_identified',
    `${sessions} sessions cannot tell ${unknowns} weights apart; at least ${needed} sessions of one basket are needed. ` +
      'Start the window earlier in the life of this basket, or in the basket before it, whose units then carry over',
    { sessions, unknowns, needed, condition: printed(conditionOfPrices(prices, levels)) },
  );
}

/** Fewer equations than unknowns leave some combination free. */
function conditionOfPrices(prices: Matrix, levels: Float64Array): number {
  if (prices.rows < prices.columns) return Infinity;
  return conditionOf(triangularize(withUnitColumns(prices).scaled, levels).r).number;
}

/** JSON has no infinity. */
const printed = (condition: number): number | string => (Number.isFinite(condition) ? condition : 'infinite');

function tooAlike(equations: Equations, { number, weakest }: Condition): Refusal {
  const share = Math.max(...weakest.map(Math.abs));
  const names = equations.ids.filter((_, j) => Math.abs(weakest[j]) > share / 4);
  return new Refusal(
    'not_identified',
    `the prices of ${names.slice(0, 6).join(', ')} move too much alike in these ${equations.days.length} sessions to tell their weights apart ` +
      `(condition number ${Number.isFinite(number) ? number.toExponential(1) : 'infinite'}, at most ${MAX_CONDITION.toExponential(0)})`,
    {
      sessions: equations.days.length,
      unknowns: equations.ids.length,
      condition: printed(number),
      members: names.join(' '),
    },
  );
}
