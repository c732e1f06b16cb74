/**
 * The basket before the review, solved once more with everything published about it: the levels, as the source did,
 * and the weights that the press printed. One unknown per member (index points per CNY and share); one equation per
 * session (sum of units x close = level) and one per printed weight or sum of weights (units x close = weight x level).
 * A level counts by the error that the fit to levels alone leaves, a weight by its rounding. Least squares by QR.
 */
import { inverseOfSquare, solveUpper, triangularize } from '../dist/core/inference/householder.js';
import { matrix } from '../dist/core/inference/matrix.js';

/** Standard deviation of what rounding to two decimals of a percent hides, as a fraction. */
const ROUNDING = 0.0001 / Math.sqrt(12);

/**
 * @param closes per session: close of every member, units of one share count throughout
 * @param levels per session
 * @param weights `{ session, members, weight }`, members as columns of `closes`
 * @returns units and their standard errors, and the largest error of the level
 */
export function unitsWithWeights(closes, levels, weights) {
  const fromLevels = leastSquares(closes, levels);
  const freedom = levels.length - closes[0].length;
  const spread = Math.sqrt(
    errorsOf(closes, levels, fromLevels.units).reduce((s, e) => s + e * e, 0) / freedom,
  );
  const rows = closes.map((row) => row.map((close) => close / spread));
  const values = levels.map((level) => level / spread);
  for (const { session, members, weight } of weights) {
    const error = ROUNDING * levels[session];
    const held = new Set(members);
    rows.push(closes[session].map((close, column) => (held.has(column) ? close / error : 0)));
    values.push((weight * levels[session]) / error);
  }
  const { units, errors } = leastSquares(rows, values);
  return { units, errors, spread, largestError: Math.max(...errorsOf(closes, levels, units).map(Math.abs)) };
}

/** Columns are scaled to length one first: prices differ a thousandfold. */
function leastSquares(rows, values) {
  const n = rows[0].length;
  const lengths = rows[0].map((_, j) => Math.hypot(...rows.map((row) => row[j])));
  const scaled = matrix(rows.length, n);
  rows.forEach((row, i) => row.forEach((x, j) => (scaled.values[j * rows.length + i] = x / lengths[j])));
  const { r, rotated } = triangularize(scaled, values);
  const covariance = inverseOfSquare(r);
  const units = Array.from(solveUpper(r, rotated), (x, j) => x / lengths[j]);
  return { units, errors: lengths.map((length, j) => Math.sqrt(covariance.values[j * n + j]) / length) };
}

function errorsOf(closes, levels, units) {
  return closes.map((row, i) => row.reduce((sum, close, j) => sum + close * units[j], 0) - levels[i]);
}
