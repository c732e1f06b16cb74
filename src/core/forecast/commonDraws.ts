/** The draws of one path that all names share: market, sectors, fat tails, and the doubt about assets. */
import { Refusal } from '../base/errors.js';
import { normalOf, normalTables } from './normal.js';
import type { ForecastPlan } from './plan.js';
import { identityOf, STREAM, threefry, type Identity } from './randomness.js';

/** Sessions up to the cut-off, from there to pricing, from there to the swap. */
export const STAGES = 3;

/** Largest factor of fat tails; a Student factor of 3 degrees is beyond it on one path in a hundred thousand. */
export const TAIL_LIMIT = 30;

export interface CommonDraws {
  /** Market and sector normals times the tail factor; index [stage] and [stage x sectors + sector]. */
  readonly market: Float64Array;
  readonly sector: Float64Array;
  /** Tail factor of each stage, mean square 1; 1 for normal moves. */
  readonly tail: Float64Array;
  /** Normal of the doubt about assets. */
  assets: number;
}

export interface CommonSources {
  readonly seed: number;
  readonly market: Identity;
  readonly sectors: readonly Identity[];
  /** Per stage, two normals each. */
  readonly tails: readonly (readonly Identity[])[];
  readonly tailDegrees: number;
  readonly inverse: Float64Array;
  readonly words: Int32Array;
}

/** @throws Refusal `tail_degrees` unless they are Infinity or a whole number from 3 on */
export function commonSources(plan: ForecastPlan, seed: number): CommonSources {
  const { tailDegrees } = plan;
  if (tailDegrees !== Infinity && !(Number.isInteger(tailDegrees) && tailDegrees >= 3)) {
    throw new Refusal(
      'tail_degrees',
      `fat tails of ${tailDegrees} degrees of freedom cannot be drawn: give a whole number from 3 on, or Infinity for normal moves`,
      { tailDegrees },
    );
  }
  const pairs = tailDegrees === Infinity ? 0 : Math.ceil(tailDegrees / 2);
  const list = (length: number, name: (i: number) => string): Identity[] =>
    Array.from({ length }, (_, i) => identityOf(name(i)));
  return {
    seed: seed | 0,
    market: identityOf('factor market'),
    sectors: list(plan.sectors, (i) => `factor sector ${i}`),
    tails: Array.from({ length: STAGES }, (_, stage) => list(pairs, (i) => `factor tail ${stage} ${i}`)),
    tailDegrees,
    inverse: normalTables().inverse,
    words: new Int32Array(2),
  };
}

/** Sectors of a plan; one that never moves where it has none. */
export const sectorsOf = ({ sectors }: ForecastPlan): number => Math.max(1, sectors);

export function commonDraws(
  plan: ForecastPlan,
  column: (length: number) => Float64Array = (length) => new Float64Array(length),
): CommonDraws {
  return {
    market: new Float64Array(STAGES),
    sector: column(STAGES * sectorsOf(plan)),
    tail: new Float64Array(STAGES).fill(1),
    assets: 0,
  };
}

/** Writes the draws of a path. */
export function drawCommon(sources: CommonSources, path: number, draws: CommonDraws): void {
  const { inverse, words, sectors, tails } = sources;
  const { market, sector, tail } = draws;
  const count = sectors.length;
  for (let stage = 0; stage < STAGES; stage++) tail[stage] = tailFactor(sources, tails[stage], path);
  drawWords(sources, sources.market, path, STREAM.first);
  market[0] = normalOf(inverse, words[0]) * tail[0];
  market[1] = normalOf(inverse, words[1]) * tail[1];
  drawWords(sources, sources.market, path, STREAM.later);
  market[2] = normalOf(inverse, words[0]) * tail[2];
  draws.assets = normalOf(inverse, words[1]);
  for (let i = 0; i < count; i++) {
    drawWords(sources, sectors[i], path, STREAM.first);
    sector[i] = normalOf(inverse, words[0]) * tail[0];
    sector[count + i] = normalOf(inverse, words[1]) * tail[1];
    drawWords(sources, sectors[i], path, STREAM.later);
    sector[2 * count + i] = normalOf(inverse, words[0]) * tail[2];
  }
}

/** sqrt((d - 2) / chi-square of d degrees): a Student move with the variance of the normal one. */
function tailFactor(sources: CommonSources, pairs: readonly Identity[], path: number): number {
  const { tailDegrees, inverse, words } = sources;
  if (tailDegrees === Infinity) return 1;
  let squares = 0;
  for (let i = 0; i < pairs.length; i++) {
    drawWords(sources, pairs[i], path, STREAM.first);
    const z = normalOf(inverse, words[0]);
    squares += z * z;
    if (2 * i + 1 === tailDegrees) break;
    const other = normalOf(inverse, words[1]);
    squares += other * other;
  }
  return Math.min(TAIL_LIMIT, Math.sqrt((tailDegrees - 2) / squares));
}

function drawWords({ seed, words }: CommonSources, source: Identity, path: number, stream: number): void {
  threefry(seed, source.key, path, source.counter | stream, words);
}
