/**
 * The fast form of a simulated review: typed arrays, no allocation per path, draws of the later stages only for the
 * names that are traded. `reference.ts` is the specification; `test/conformance/forecast.test.ts` holds the two
 * together.
 */
import { assert } from '../base/errors.js';
import { applyCaps, type NamedCap } from '../weighting/capping.js';
import { applyCommonCaps, capWork, type CapWork } from '../weighting/commonCaps.js';
import { exp, log } from './arithmetic.js';
import { columnsOf, HEAP, type Arena, type Columns } from './columns.js';
import { commonSources, drawCommon, type CommonSources } from './commonDraws.js';
import { probabilityIn, singleCapLine } from './conditional.js';
import { finishScores, moveToCutoff, moveToSwap } from './moves.js';
import { findLines, incumbentLine, linesFor, newcomerLine, type Lines } from './lines.js';
import { CDF_RANGE, cdfOf } from './normal.js';
import type { Prepared } from './prepare.js';
import { listEntrants, seatByRank, seatingFor, type BufferPlan, type Seating } from './seating.js';
import { BLOCK, KINDS, newTally, SCALAR, SUM, type Tally } from './tally.js';

/** Room per name for the flows of a block; not a power of two, or the names of a path would share one cache line set. */
const FLOW_STRIDE = BLOCK + 8;

/** What a caller may put in place of the kernel's own parts; no choice changes an answer. */
export interface KernelParts {
  /** Runs paths of one block and adds them to the kernel's sums; TypeScript unless given. */
  readonly runPaths?: ((kernel: Kernel, from: number, to: number) => void) | undefined;
  readonly arena?: Arena | undefined;
}

export interface Kernel {
  readonly columns: Columns;
  readonly seed: number;
  readonly runPaths: (kernel: Kernel, from: number, to: number) => void;
  readonly sources: CommonSources;
  readonly seating: Seating;
  readonly lines: Lines;
  readonly caps: CapWork;
  readonly hasLines: boolean;
  /** By name: 1 over its last known close. */
  readonly perPrice: Float64Array;
  /** Of the path at hand: names priced, members among them. */
  priced: number;
  members: number;
  /** By name: member minus its conditional probability; and the names where that is not 0. */
  readonly surprise: Float64Array;
  readonly surprised: Int32Array;
  surprises: number;
  /** By position among the priced: position among the members or -1, and share of the new basket per unit of price. */
  readonly memberAt: Int32Array;
  readonly newShares: Float64Array;
  /** Flows of the block at hand, by name and path, and 1 for every name that has any. */
  readonly blockFlows: Float64Array;
  readonly traded: Uint8Array;
  /** Flow over price on the path, in the same places. */
  readonly blockShares: Float32Array;
  /** Position among the caps of the first single one and of the first on the k largest, -1 without. */
  readonly singleAt: number;
  readonly jointAt: number;
  /** By position among the members: 1 where the single cap set the weight. */
  readonly bound: Uint8Array;
  singleActed: boolean;
  jointActed: boolean;
  /** By name and how far down the draw to pricing was: what it can lift a value by, as a factor. */
  readonly reach: Float64Array;
  /** What the paths of the block at hand add up to, as in a tally. */
  readonly sums: Float64Array;
  readonly scalars: Float64Array;
}

/** Samples of a run of paths: one column per name that ever traded, by path from the first of the run on. */
export interface Samples {
  readonly firstPath: number;
  readonly paths: number;
  /** false: nothing is kept. */
  readonly kept: boolean;
  /** Where the columns of a name are once it trades, all 0; made anew unless given. */
  readonly room?: ((name: number) => SampleRoom) | undefined;
  readonly flows: (Float64Array | undefined)[];
  readonly shares: (Float32Array | undefined)[];
}

interface SampleRoom {
  readonly flows: Float64Array;
  readonly shares: Float32Array;
}

const firstOf = (caps: readonly NamedCap[], kind: NamedCap['rule']['kind']): number =>
  caps.findIndex(({ rule }) => rule.kind === kind);

/** @throws Refusal when fat tails cannot be drawn */
export function kernelOf(prepared: Prepared, seed: number, parts: KernelParts = {}): Kernel {
  const { arena = HEAP, runPaths = runPathsHere } = parts;
  const { plan } = prepared;
  const columns = columnsOf(prepared, arena);
  const { names } = columns;
  const tally = newTally(0, names, arena.float64);
  return {
    columns,
    seed: seed | 0,
    runPaths,
    sources: commonSources(plan, seed),
    seating: seatingFor(columns, arena),
    lines: linesFor(columns, arena),
    caps: capWork(names, arena),
    hasLines: prepared.linesKnown,
    perPrice: perPriceOf(columns, arena),
    priced: 0,
    members: 0,
    surprise: arena.float64(names),
    surprised: arena.int32(names),
    surprises: 0,
    memberAt: arena.int32(names),
    newShares: arena.float64(names),
    blockFlows: arena.float64(names * FLOW_STRIDE),
    traded: arena.uint8(names),
    blockShares: arena.float32(names * FLOW_STRIDE),
    singleAt: firstOf(plan.caps, 'single'),
    jointAt: firstOf(plan.caps, 'top-k'),
    bound: arena.uint8(names),
    singleActed: false,
    jointActed: false,
    reach: reachOf(columns, arena),
    sums: tally.sums,
    scalars: tally.scalars,
  };
}

/** Runs the paths of a block that lie in the run of `samples`. @throws Refusal when a cap cannot be met */
export function runBlock(kernel: Kernel, block: number, samples: Samples): Tally {
  const { sums, scalars } = kernel;
  const from = Math.max(block * BLOCK, samples.firstPath);
  const to = Math.min((block + 1) * BLOCK, samples.firstPath + samples.paths);
  assert(from < to, 'the block has paths of this run');
  sums.fill(0);
  scalars.fill(0);
  kernel.runPaths(kernel, from, to);
  keepFlows(kernel, from, to, samples);
  return { block, sums: sums.slice(0, KINDS * kernel.columns.names), scalars: scalars.slice() };
}

function runPathsHere(kernel: Kernel, from: number, to: number): void {
  for (let pair = from >> 1; 2 * pair < to; pair++) {
    drawPair(kernel, pair);
    for (let path = Math.max(from, 2 * pair); path < Math.min(to, 2 * pair + 2); path++) {
      seat(kernel, path);
      price(kernel, path);
      cap(kernel);
      tallyCaps(kernel, path);
      trade(kernel, path);
    }
  }
}

function drawPair({ columns, sources, seed }: Kernel, pair: number): void {
  drawCommon(sources, 2 * pair, columns.common[0]);
  drawCommon(sources, 2 * pair + 1, columns.common[1]);
  moveToCutoff(columns, seed, pair);
  finishScores(columns, seed, pair);
}

/** Members of the path, and how probable each was. */
function seat(kernel: Kernel, path: number): void {
  const { columns, seating, lines, hasLines } = kernel;
  const { seats, sure, leaving } = columns;
  const { member } = seating;
  const from = (path & 1) * columns.stride;
  if (seats.kind === 'buffer') {
    if (hasLines) findLines(lines, columns, seats, from);
    if (!hasLines || lines.tied) seatByRank(seating, columns, seats, from);
    if (hasLines) tallyProbabilities(kernel, seats, path);
    // Those who may not be selected leave first, as many as may.
    if (hasLines && !lines.tied) leaving.forEach((name, j) => (member[name] = j < seats.maxChanges ? 0 : 1));
  }
  for (let j = 0; j < sure.length; j++) member[sure[j]] = 1;
  listEntrants(seating, columns);
}

function tallyProbabilities(kernel: Kernel, seats: BufferPlan, path: number): void {
  const { columns, lines, surprise, surprised } = kernel;
  const { ranked, standing, newcomers, score } = columns;
  const from = (path & 1) * columns.stride;
  const tail = columns.common[path & 1].tail[0];
  const newcomersFirst = seats.order === 'enter-first';
  for (let j = 0; j < kernel.surprises; j++) surprise[surprised[j]] = 0;
  kernel.surprises = 0;
  for (let j = 0; j < ranked.length; j++) {
    const at = from + ranked[j];
    tallyProbability(kernel, ranked[j], at, incumbentLine(lines, score[at], newcomersFirst), tail);
  }
  for (let i = standing; i < standing + newcomers; i++) {
    tallyProbability(kernel, i, from + i, newcomerLine(lines, score[from + i]), tail);
  }
}

/** @param line score above which the name is in */
function tallyProbability(kernel: Kernel, name: number, at: number, line: number, tail: number): void {
  const { columns, lines, sums } = kernel;
  const { member } = kernel.seating;
  if (!lines.tied) member[name] = columns.score[at] > line ? 1 : 0;
  const p = probabilityIn(columns, at, name, line, tail, member[name]);
  sums[name * KINDS + SUM.conditional] += p;
  sums[name * KINDS + SUM.conditionalSquare] += p * p;
  if (p === member[name]) return;
  kernel.surprise[name] = member[name] - p;
  kernel.surprised[kernel.surprises++] = name;
}

/** Lists whom to price, old basket and new, and draws their prices. */
function price(kernel: Kernel, path: number): void {
  const { columns, seating, memberAt } = kernel;
  const { standing, priced } = columns;
  const { member, entrants, entering } = seating;
  let members = 0;
  for (let k = 0; k < standing; k++) memberAt[k] = member[k] === 1 ? members++ : -1;
  for (let j = 0; j < entering; j++) {
    memberAt[standing + j] = member[entrants[j]] === 1 ? members++ : -1;
    priced[standing + j] = entrants[j];
  }
  kernel.priced = standing + entering;
  kernel.members = members;
  moveToSwap(columns, kernel.seed, path, kernel.priced);
}

/** Weights at the pricing close under the caps, and whom they bound. */
function cap(kernel: Kernel): void {
  const { columns, caps, memberAt, members, bound } = kernel;
  const { priced, newValue, atPricing, rules } = columns;
  for (let k = 0; k < kernel.priced; k++) {
    if (memberAt[k] >= 0) caps.values[memberAt[k]] = newValue[priced[k]] * atPricing[k];
  }
  if (rules === undefined || !applyCommonCaps(caps, members, rules)) {
    capByAllRules(kernel);
    return;
  }
  kernel.singleActed = caps.held > 0;
  kernel.jointActed = caps.topActed;
  for (let i = 0; i < members; i++) bound[i] = caps.heldBySingle[i];
}

/** Any other caps and readings: the specification itself, for the values of the members. */
export function capByAllRules(kernel: Kernel): void {
  const { columns, caps, members, bound, singleAt, jointAt } = kernel;
  const { weights, outcomes } = applyCaps(caps.values.slice(0, members), columns.plan.caps);
  caps.weights.set(weights);
  bound.fill(0);
  kernel.singleActed = singleAt >= 0 && outcomes[singleAt].triggered;
  kernel.jointActed = jointAt >= 0 && outcomes[jointAt].triggered;
  if (singleAt >= 0) for (const i of outcomes[singleAt].bound) bound[i] = 1;
}

function tallyCaps(kernel: Kernel, path: number): void {
  const { columns, memberAt, bound, sums, scalars } = kernel;
  const { priced } = columns;
  if (kernel.singleActed) scalars[SCALAR.single]++;
  if (kernel.jointActed) scalars[SCALAR.joint]++;
  for (let k = 0; k < kernel.priced; k++) {
    if (memberAt[k] >= 0) sums[priced[k] * KINDS + SUM.capped] += bound[memberAt[k]];
  }
  if (columns.rules !== undefined) tallySingle(kernel, columns.rules.single.cap, path);
}

/** P(at the single cap) over each member's own draw to pricing. */
function tallySingle(kernel: Kernel, limit: number, path: number): void {
  const { columns, caps, memberAt, members, bound, reach, sums } = kernel;
  const { plan, cdf, priced, own, pricingDraw } = columns;
  const tail = columns.common[path & 1].tail[1];
  // Where nothing is ordinary the specification decided, and there is no line to go by.
  const known = plan.horizon.pricing > 0 && limit * members >= 1 + 1e-9;
  // Nobody below this is near the cap: what stands at it now, less rounding.
  const lowest = (limit * (1 - 1e-9) * caps.free) / caps.left;
  for (let k = 0; k < kernel.priced; k++) {
    const at = memberAt[k];
    const down = Math.min(REACHES - 1, Math.max(0, Math.ceil(-pricingDraw[k])));
    if (at < 0 || (known && caps.values[at] * reach[priced[k] * REACHES + down] < lowest)) continue;
    const spread = plan.horizon.pricing * own[priced[k]] * tail;
    let p = bound[at];
    if (known && spread > 0) {
      const line = singleCapLine(caps, at, limit);
      p = line === Infinity ? 0 : cdfOf(cdf, -(pricingDraw[k] + log(line / caps.values[at]) / spread));
    }
    sums[priced[k] * KINDS + SUM.single] += p;
    sums[priced[k] * KINDS + SUM.singleSquare] += p * p;
  }
}

/** Whole standard deviations that a draw can be down, none at all among them. */
const REACHES = 8;

/** How far another draw to pricing can bring a value from where it is; without a bound where tails are fat. */
function reachOf({ plan, own, names }: Columns, arena: Arena): Float64Array {
  const reach = arena.float64(names * REACHES);
  for (let i = 0; i < names; i++) {
    for (let down = 0; down < REACHES; down++) {
      reach[i * REACHES + down] =
        plan.tailDegrees === Infinity
          ? exp(plan.horizon.pricing * own[i] * (down + CDF_RANGE)) * (1 + 1e-6)
          : Infinity;
    }
  }
  return reach;
}

function perPriceOf(columns: Columns, arena: Arena): Float64Array {
  const { names } = columns;
  const perPrice = arena.float64(names);
  for (let i = 0; i < names; i++) perPrice[i] = 1 / columns.price[i];
  return perPrice;
}

/** Both baskets at the swap close, and what the funds trade between them. */
function trade(kernel: Kernel, path: number): void {
  const { columns, caps, memberAt, newShares, surprise, perPrice, traded, sums, scalars } = kernel;
  const { blockFlows, blockShares } = kernel;
  const { plan, priced, oldValue, sincePricing, atPricing, atSwap } = columns;
  const count = kernel.priced;
  // Every other name in a sum of its own, as in a vector of two.
  const oldSums: [number, number] = [0, 0];
  const newSums: [number, number] = [0, 0];
  for (let k = 0; k < count; k++) {
    // A member has so much of the index per unit of its price.
    newShares[k] = memberAt[k] < 0 ? 0 : (caps.weights[memberAt[k]] * sincePricing[priced[k]]) / atPricing[k];
    oldSums[k & 1] += oldValue[priced[k]] * atSwap[k];
    newSums[k & 1] += newShares[k] * atSwap[k];
  }
  const oldSum = oldSums[0] + oldSums[1];
  const newSum = newSums[0] + newSums[1];
  const growth = columns.oldTotal > 0 ? oldSum / columns.oldTotal : 1;
  const { assetsDoubt } = plan;
  const doubt = assetsDoubt * columns.common[path & 1].assets - 0.5 * assetsDoubt * assetsDoubt;
  const assets = plan.assets * growth * exp(doubt);
  const l = growth - 1;
  const perOld = oldSum > 0 ? 1 / oldSum : 0;
  const perNew = 1 / newSum;
  const changes: [number, number] = [0, 0];
  for (let k = 0; k < count; k++) {
    const name = priced[k];
    const held = newShares[k] * perNew;
    const more = held - oldValue[name] * perOld;
    const weight = held * atSwap[k];
    const change = more * atSwap[k];
    const flow = assets * change;
    const shares = assets * more * perPrice[name];
    const first = name * KINDS;
    changes[k & 1] += Math.abs(change);
    sums[first + SUM.member] += memberAt[k] < 0 ? 0 : 1;
    sums[first + SUM.flow] += flow;
    sums[first + SUM.flowSquare] += flow * flow;
    sums[first + SUM.shares] += shares;
    sums[first + SUM.sharesSquare] += shares * shares;
    sums[first + SUM.weightAfter] += weight;
    sums[first + SUM.flowC] += flow * surprise[name];
    sums[first + SUM.flowL] += flow * l;
    const cell = name * FLOW_STRIDE + (path & (BLOCK - 1));
    blockFlows[cell] = flow;
    blockShares[cell] = shares;
    traded[name] = 1;
  }
  tallySurprises(kernel, l);
  const turnover = (changes[0] + changes[1]) / 2;
  scalars[SCALAR.paths]++;
  scalars[SCALAR.turnover] += turnover;
  scalars[SCALAR.turnoverSquare] += turnover * turnover;
  scalars[SCALAR.seats] += kernel.members;
  scalars[SCALAR.l] += l;
  scalars[SCALAR.ll] += l * l;
}

function tallySurprises({ surprise, surprised, surprises, sums }: Kernel, l: number): void {
  for (let j = 0; j < surprises; j++) {
    const c = surprise[surprised[j]];
    const first = surprised[j] * KINDS;
    sums[first + SUM.cc] += c * c;
    sums[first + SUM.cl] += c * l;
  }
}

const newRoom = (paths: number) => (): SampleRoom => ({
  flows: new Float64Array(paths),
  shares: new Float32Array(paths),
});

/** Hands the flows of a block's paths to the samples, and clears them for the next block. */
function keepFlows(
  { columns, blockFlows, blockShares, traded }: Kernel,
  from: number,
  to: number,
  samples: Samples,
): void {
  const { kept, flows, shares, firstPath, paths, room = newRoom(paths) } = samples;
  const count = to - from;
  for (let name = 0; name < columns.names; name++) {
    if (traded[name] === 0) continue;
    const start = name * FLOW_STRIDE + (from & (BLOCK - 1));
    if (kept) {
      if (flows[name] === undefined) ({ flows: flows[name], shares: shares[name] } = room(name));
      flows[name]?.set(blockFlows.subarray(start, start + count), from - firstPath);
      shares[name]?.set(blockShares.subarray(start, start + count), from - firstPath);
    }
    // Who is in the old basket trades on every path, and is written over.
    if (columns.oldValue[name] === 0) {
      blockFlows.fill(0, start, start + count);
      blockShares.fill(0, start, start + count);
    }
    traded[name] = 0;
  }
}
