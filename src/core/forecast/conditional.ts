/**
 * Conditional Monte Carlo (J. M. Hammersley, 1956; S. Asmussen, P. Glynn, "Stochastic Simulation", 2007, V.4). An
 * indicator is replaced by its exact probability over one name's own draw, everybody else's given: the mean stays,
 * the variance can only fall. For membership the own draw is that of the sessions up to the cut-off and of the doubt
 * about the measure; for the single cap it is that of the sessions from the cut-off to pricing.
 */
import type { CapWork } from '../weighting/commonCaps.js';
import { WEIGHT_EPSILON } from '../weighting/fill.js';
import { exp, log } from './arithmetic.js';
import type { Columns } from './columns.js';
import { cdfOf } from './normal.js';

/**
 * P(name in), given everybody else.
 * @param at index of the name on its path, in columns of two paths
 * @param line score above which it is in
 * @param tail tail factor of the path up to the cut-off
 * @param member whether it is in on this path
 */
export function probabilityIn(
  columns: Columns,
  at: number,
  name: number,
  line: number,
  tail: number,
  member: number,
): number {
  const { space, cdf, doubt, ownSpread, base, simple } = columns;
  const spread = ownSpread[name] * tail;
  if (simple) return cdfOf(cdf, (base[at] - line) / spread);
  if (space === 'plain') return probabilityInPlain(columns, at, name, line, spread, member);
  const deviation = Math.sqrt(spread * spread + doubt[name] * doubt[name]);
  return deviation === 0 ? member : cdfOf(cdf, (base[at] - line) / deviation);
}

/** The doubt stays as drawn: a sum of what is known and a log-normal has no closed form under it. */
function probabilityInPlain(
  { cdf, known, future, doubt, base, doubtMove }: Columns,
  at: number,
  name: number,
  line: number,
  spread: number,
  member: number,
): number {
  if (spread === 0 || future[name] === 0) return member;
  const half = 0.5 * doubt[name] * doubt[name];
  const needed = (doubt[name] === 0 ? line : line * exp(half - doubtMove[at])) - known[name];
  if (!(needed > 0)) return 1;
  if (needed === Infinity) return 0;
  return cdfOf(cdf, (base[at] - log(needed / future[name])) / spread);
}

/**
 * Value above which member `at` would stand at the single cap, the values of the others given. When it stands there
 * already, that is where it would just cease to; else the others are filled into what it would leave.
 */
export function singleCapLine(work: CapWork, at: number, cap: number): number {
  const { values, heldBySingle, heldRows, held, free, left } = work;
  const ceiling = cap + WEIGHT_EPSILON;
  if (heldBySingle[at] === 1) return (ceiling * free) / left;
  // Whoever is not held now is not held when this member takes more.
  let others = free - values[at];
  for (let i = 0; i < held; i++) others += values[heldRows[i]];
  let below = others;
  let standing = 0;
  for (;;) {
    const rest = 1 - (standing + 1) * cap;
    if (rest <= 0) return Infinity;
    const line = (ceiling * below) / rest;
    let above = 0;
    below = others;
    for (let i = 0; i < held; i++) {
      if (values[heldRows[i]] <= line) continue;
      above++;
      below -= values[heldRows[i]];
    }
    if (above === standing) return line;
    standing = above;
  }
}
