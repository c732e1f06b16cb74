/**
 * Control variates for the mean flow of a name. Two companions of a flow f have mean 0 by construction:
 *
 *   c = member - P(member | everybody else's draw)     since E[member] = E[P(member | others)]
 *   l = level of the old basket at the swap over the level now, less 1     since prices are martingales
 *
 * so f - b c - d l has the mean of f for any fixed b and d. Those that make the variance smallest are estimated by
 * least squares, on the odd blocks for use on the even ones and the other way round. The coefficients of a half are then
 * independent of its draws: E[b c] = E[b] E[c] = 0, and the estimate stays unbiased at any number of paths.
 */
import type { Estimate } from './draws.js';
import { KINDS, SCALAR, SUM, type Tally } from './tally.js';

/** @param halves sums over the even and over the odd blocks */
export function controlledFlow([even, odd]: readonly [Tally, Tally], name: number): Estimate {
  const [a, b] = [momentsOf(even, name), momentsOf(odd, name)];
  const paths = a.n + b.n;
  const [forA, forB] = a.n > 1 && b.n > 1 ? [slopesOf(b), slopesOf(a)] : [NO_SLOPES, NO_SLOPES];
  const mean = (residualSum(a, forA) + residualSum(b, forB)) / paths;
  const squares = residualSquares(a, forA) + residualSquares(b, forB);
  return { mean, error: Math.sqrt(Math.max(0, squares / paths - mean * mean) / (paths - 1)) };
}

interface Moments {
  readonly n: number;
  readonly f: number;
  readonly c: number;
  readonly l: number;
  readonly ff: number;
  readonly cc: number;
  readonly ll: number;
  readonly fc: number;
  readonly fl: number;
  readonly cl: number;
}

function momentsOf({ sums, scalars }: Tally, name: number): Moments {
  const at = (sum: number): number => sums[name * KINDS + sum];
  return {
    n: scalars[SCALAR.paths],
    f: at(SUM.flow),
    // A name in or out on every path has no conditional probability and no surprise.
    c: at(SUM.cc) === 0 ? 0 : at(SUM.member) - at(SUM.conditional),
    l: scalars[SCALAR.l],
    ff: at(SUM.flowSquare),
    cc: at(SUM.cc),
    ll: scalars[SCALAR.ll],
    fc: at(SUM.flowC),
    fl: at(SUM.flowL),
    cl: at(SUM.cl),
  };
}

interface Slopes {
  readonly onC: number;
  readonly onL: number;
}

/** Sum of squares of c in a half; a name seen in the index against all odds adds nearly 1. */
const FEWEST_SURPRISES = 5;

const NO_SLOPES: Slopes = { onC: 0, onL: 0 };

/** Least squares of f on c, l and a constant. */
function slopesOf({ n, f, c, l, ff, cc, ll, fc, fl, cl }: Moments): Slopes {
  const [vcc, vll, vcl] = [cc - (c * c) / n, ll - (l * l) / n, cl - (c * l) / n];
  const [vfc, vfl] = [fc - (f * c) / n, fl - (f * l) / n];
  // A slope from a handful of surprises would add more noise than it takes away.
  const useC = vcc > FEWEST_SURPRISES;
  const useL = vll > 1e-18 * n;
  if (!(ff > 0) || (!useC && !useL)) return NO_SLOPES;
  if (!useL) return { onC: vfc / vcc, onL: 0 };
  if (!useC) return { onC: 0, onL: vfl / vll };
  const determinant = vcc * vll - vcl * vcl;
  if (determinant <= 1e-9 * vcc * vll) return { onC: vfc / vcc, onL: 0 };
  return { onC: (vfc * vll - vfl * vcl) / determinant, onL: (vfl * vcc - vfc * vcl) / determinant };
}

const residualSum = ({ f, c, l }: Moments, { onC, onL }: Slopes): number => f - onC * c - onL * l;

const residualSquares = ({ ff, cc, ll, fc, fl, cl }: Moments, { onC, onL }: Slopes): number =>
  ff + onC * onC * cc + onL * onL * ll - 2 * onC * fc - 2 * onL * fl + 2 * onC * onL * cl;
