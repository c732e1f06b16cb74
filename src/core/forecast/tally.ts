/**
 * What the paths of one block add up to. Blocks have fixed borders and their tallies are added in the order of the
 * blocks, so that neither the number of threads nor the size of a request can change a sum.
 */
import { assert } from '../base/errors.js';

/** Paths of a block; path numbers of block b start at b times this. */
export const BLOCK = 256;

/**
 * Sums per name. `c` is member minus its conditional probability, `l` the return of the old basket: both have mean 0,
 * see `controls.ts`.
 */
export const SUM = {
  member: 0,
  conditional: 1,
  conditionalSquare: 2,
  capped: 3,
  flow: 4,
  flowSquare: 5,
  shares: 6,
  weightAfter: 7,
  cc: 8,
  cl: 9,
  flowC: 10,
  flowL: 11,
  single: 12,
  singleSquare: 13,
  /** And one more per further cap. */
  bound: 14,
} as const;

/** Sums per path. */
export const SCALAR = {
  paths: 0,
  turnover: 1,
  turnoverSquare: 2,
  seats: 3,
  l: 4,
  ll: 5,
  /** And one more per further cap. */
  triggered: 6,
} as const;

export interface Tally {
  readonly block: number;
  /** [name x kinds + kind], so that what is added for one name lies together; kinds as in `kindsOf`. */
  readonly sums: Float64Array;
  readonly scalars: Float64Array;
}

/** Sums kept per name. */
export const kindsOf = (caps: number): number => SUM.bound + caps;

export function newTally(block: number, names: number, caps: number): Tally {
  return {
    block,
    sums: new Float64Array(kindsOf(caps) * names),
    scalars: new Float64Array(SCALAR.triggered + caps),
  };
}

/** Sums over the even and over the odd blocks. */
export function mergeTallies(tallies: readonly Tally[]): readonly [Tally, Tally] {
  const { sums, scalars } = tallies[0];
  const halves = [0, 1].map((half): Tally => {
    return { block: half, sums: new Float64Array(sums.length), scalars: new Float64Array(scalars.length) };
  });
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
