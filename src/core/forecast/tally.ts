/**
 * What the paths of one block add up to. Blocks have fixed borders and their tallies are added in the order of the
 * blocks, so that neither the number of threads nor the size of a request can change a sum.
 */
import { assert } from '../base/errors.js';

/** Paths of a block; path numbers of block b start at b times this. */
export const BLOCK = 256;

/**
 * Sums per name. `c` is member minus its conditional probability, `l` the return of the old basket: both have mean 0,
 * see `controls.ts`. `single` is the conditional probability of being held at the single cap, `capped` its plain count.
 */
export const SUM = {
  member: 0,
  weightAfter: 1,
  flow: 2,
  flowSquare: 3,
  shares: 4,
  sharesSquare: 5,
  flowC: 6,
  flowL: 7,
  conditional: 8,
  conditionalSquare: 9,
  cc: 10,
  cl: 11,
  capped: 12,
  single: 13,
  singleSquare: 14,
} as const;

/** Sums kept per name; one more than there are, so that two fill a vector. */
export const KINDS = 16;

/** Sums per path: `single` and `joint` count the paths on which the cap acted. */
export const SCALAR = {
  paths: 0,
  turnover: 1,
  turnoverSquare: 2,
  seats: 3,
  l: 4,
  ll: 5,
  single: 6,
  joint: 7,
} as const;

const SCALARS = 8;

export interface Tally {
  readonly block: number;
  /** [name x KINDS + kind], so that what is added for one name lies together. */
  readonly sums: Float64Array;
  readonly scalars: Float64Array;
}

/** @param column where they are made, at least so long */
export function newTally(
  block: number,
  names: number,
  column: (length: number) => Float64Array = (length) => new Float64Array(length),
): Tally {
  return { block, sums: column(KINDS * names), scalars: column(SCALARS) };
}

/** Sums over the even and over the odd blocks. */
export function mergeTallies(tallies: readonly Tally[]): readonly [Tally, Tally] {
  const { sums } = tallies[0];
  const halves = [0, 1].map((half) => newTally(half, sums.length / KINDS));
  tallies.forEach((tally, i) => {
    assert(i === 0 || tallies[i - 1].block < tally.block, 'blocks are merged in their order');
    addTo(halves[tally.block & 1], tally);
  });
  return [halves[0], halves[1]];
}

function addTo(total: Pick<Tally, 'sums' | 'scalars'>, { sums, scalars }: Tally): void {
  for (let i = 0; i < sums.length; i++) total.sums[i] += sums[i];
  for (let i = 0; i < scalars.length; i++) total.scalars[i] += scalars[i];
}
