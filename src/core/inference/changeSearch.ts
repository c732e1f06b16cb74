/**
 * Who left and who came, from levels alone: every pair of one deletion and one addition is fitted, the largest
 * members freed as caps may free them. A deletion changes what is carried and its covariance; given that, all
 * additions are tried at once by projecting their whitened prices on the residual, so that tens of thousands of
 * pairs take well under a second.
 */
import type { SecurityId } from '../base/brand.js';
import type { BasketEstimate } from './basketFit.js';
import {
  carriedModel,
  noiseOf,
  solveCarried,
  survivorsBySize,
  totalSquares,
  type CarriedModel,
} from './carriedModel.js';
import { cholesky, solveLower } from './cholesky.js';
import { type Equations } from './equations.js';
import { addScaled, columnOf, fromColumns, inner, matrix, times, type Matrix } from './matrix.js';
import { fewestSufficient, mostFree, type Step } from './rescaled.js';

export interface PairFit {
  readonly deleted: SecurityId;
  readonly added: SecurityId;
  /** Of both baskets together, squared index points. */
  readonly residualSquares: number;
  /** Over that of the best pair. */
  readonly ratioToBest: number;
}

export interface ChangeSearch {
  /** Best first. */
  readonly pairs: readonly PairFit[];
  readonly tried: number;
  /** How many of the largest members were freed. */
  readonly freed: number;
  /** Residual sum of squares when nobody left or came, the same number freed. */
  readonly withoutChange: number;
}

export interface ChangeSearchInput {
  readonly previous: BasketEstimate;
  /** Old members since the swap close. */
  readonly members: Equations;
  /** Everybody else with prices, the same sessions. */
  readonly outsiders: Equations;
}

/** How many pairs are reported. */
const REPORTED = 10;

/** Every pair of one deletion and one addition, ranked by the residual it leaves. */
export function searchChange(input: ChangeSearchInput): ChangeSearch {
  const model = carriedModel(input.previous, input.members);
  const most = Math.max(0, mostFree(model) - 1);
  const leavers = survivorsBySize(model);
  const { commonFactor } = solveCarried(model, leavers.slice(0, most));
  const squares = leavers.map((row) => {
    const largest = leavers.filter((other) => other !== row).slice(0, most);
    return squaresWithout(model, input.outsiders.prices, row, largest, commonFactor);
  });
  const freed = fewestSufficient(stepsOf(model, squares, most));
  const found = pairsOf(input, leavers, squares, freed);
  return {
    pairs: best(input, found, freed),
    tried: found.length,
    freed,
    withoutChange: totalSquares(model, solveCarried(model, leavers.slice(0, freed))),
  };
}

type Pair = Omit<PairFit, 'ratioToBest'>;

function pairsOf(
  { members, outsiders }: ChangeSearchInput,
  leavers: readonly number[],
  squares: readonly Matrix[],
  freed: number,
): Pair[] {
  return leavers.flatMap((row, i) =>
    Array.from(columnOf(squares[i], freed), (residualSquares, k) => ({
      deleted: members.ids[row],
      added: outsiders.ids[k],
      residualSquares,
    })),
  );
}

/** The scan holds the common factor still; the pairs that may win are fitted again with it free. */
function best(input: ChangeSearchInput, found: readonly Pair[], freed: number): PairFit[] {
  const pairs = found
    .filter(({ residualSquares }) => residualSquares < Infinity)
    .toSorted((a, b) => a.residualSquares - b.residualSquares)
    .slice(0, 3 * REPORTED)
    .map((pair) => ({ ...pair, residualSquares: exactSquares(input, pair, freed) }))
    .toSorted((a, b) => a.residualSquares - b.residualSquares)
    .slice(0, REPORTED);
  return pairs.map((pair) => ({ ...pair, ratioToBest: pair.residualSquares / pairs[0].residualSquares }));
}

/** Best pair for every number of freed members, as a nested series. */
function stepsOf(model: CarriedModel, squares: readonly Matrix[], most: number): Step[] {
  const sessions = model.previous.dof + model.equations.days.length;
  return Array.from({ length: most + 1 }, (_, m) => ({
    squares: squares.reduce((least, part) => Math.min(least, ...columnOf(part, m)), Infinity),
    // Common factor, addition, and the freed ones.
    dof: sessions - 2 - m,
  }));
}

/**
 * Residual squares with one member gone: outsiders x number of the largest freed (0, 1, ...). Infinity where the
 * addition would be held short.
 */
function squaresWithout(
  model: CarriedModel,
  outsiders: Matrix,
  leaver: number,
  largest: readonly number[],
  factor: number,
): Matrix {
  const { prices, levels } = model.equations;
  const gone = columnOf(prices, leaver);
  const whitener = cholesky(noiseOf(spreadWithout(model, leaver), factor));
  const whiten = (column: ArrayLike<number>): Float64Array => solveLower(whitener, column);
  const carriedLevel = model.carriedLevel.map((value, i) => value - gone[i] * model.carried[leaver]);
  const residual = whiten(levels);
  const candidates = Array.from({ length: outsiders.columns }, (_, k) => whiten(columnOf(outsiders, k)));
  const sizes = candidates.map((column) => inner(column, column));
  const axes: Float64Array[] = [];
  const result = matrix(outsiders.columns, largest.length + 1);
  [carriedLevel, ...largest.map((row) => columnOf(prices, row))].forEach((column, m) => {
    const axis = unitRest(whiten(column), axes);
    axes.push(axis);
    for (const held of [residual, ...candidates]) addScaled(held, axis, -inner(axis, held));
    const left = model.previous.residualSquares + inner(residual, residual);
    candidates.forEach((candidate, k) => {
      columnOf(result, m)[k] = left - gainOf(candidate, residual, sizes[k]);
    });
  });
  return result;
}

/** What remains of a column beside the axes, at length one. */
function unitRest(column: Float64Array, axes: readonly Float64Array[]): Float64Array {
  const rest = column.slice();
  // Twice is enough to lose no digits (Giraud and others, 2005).
  for (const axis of [...axes, ...axes]) addScaled(rest, axis, -inner(axis, rest));
  const length = Math.sqrt(inner(rest, rest));
  return length > 0 ? rest.map((value) => value / length) : rest;
}

/** Drop of the residual squares by one addition; -Infinity when its units would be negative. */
function gainOf(candidate: Float64Array, residual: Float64Array, size: number): number {
  const rest = inner(candidate, candidate);
  const shared = inner(candidate, residual);
  if (shared <= 0) return -Infinity;
  return rest <= size * 1e-12 ? 0 : (shared * shared) / rest;
}

/** P S P' without one member. */
function spreadWithout({ equations, cofactor, spread }: CarriedModel, leaver: number): Matrix {
  const gone = columnOf(equations.prices, leaver);
  const withAll = times(equations.prices, columnOf(cofactor, leaver));
  const own = columnOf(cofactor, leaver)[leaver];
  const result = matrix(spread.rows, spread.columns, spread.values.slice());
  for (let j = 0; j < spread.columns; j++) {
    const column = columnOf(result, j);
    addScaled(column, withAll, -gone[j]);
    addScaled(column, gone, own * gone[j] - withAll[j]);
  }
  return result;
}

function exactSquares(
  { previous, members, outsiders }: ChangeSearchInput,
  pair: { readonly deleted: SecurityId; readonly added: SecurityId },
  freed: number,
): number {
  const model = carriedModel(previous, withPair(members, outsiders, pair));
  return totalSquares(model, solveCarried(model, survivorsBySize(model).slice(0, freed)));
}

/** The equations after a pair; ids stay ascending. */
function withPair(
  members: Equations,
  outsiders: Equations,
  { deleted, added }: { readonly deleted: SecurityId; readonly added: SecurityId },
): Equations {
  const ids = [...members.ids.filter((id) => id !== deleted), added].toSorted();
  const column = (id: SecurityId): Float64Array =>
    id === added
      ? columnOf(outsiders.prices, outsiders.ids.indexOf(id))
      : columnOf(members.prices, members.ids.indexOf(id));
  return { ...members, ids, prices: fromColumns(members.days.length, ids.map(column)) };
}
