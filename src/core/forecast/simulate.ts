/**
 * A review on thousands of simulated markets. Paths go in blocks of 256: first the draws of everybody, then path by path
 * ranking, seats, caps and flows. Sums are kept per block and added in block order at the end, so any number of threads
 * gives the same bits (`simulateBlocks`, `mergeBlocks`); `simulate` is both on one thread.
 */
import { assert } from '../base/errors.js';
import { cappedWeights } from '../level/cappedWeights.js';
import { activeRows } from './candidates.js';
import { chanceIn, chanceWork, hasLines, type ChanceWork, type PathView } from './conditional.js';
import type { Estimate, ForecastDraws, NameDraws } from './draws.js';
import { exp, log, normalCdf } from './elementary.js';
import type { ForecastPlan } from './plan.js';
import { nameKey, normalOf, STREAMS, threefry } from './randomness.js';
import { giveSeats, seatWork, type SeatWork } from './seats.js';

export const BLOCK = 256;

export interface SimulateOptions {
  readonly seed: number;
  readonly paths: number;
  /** Leave out names that cannot matter; the answer is the same. Default true. */
  readonly prune?: boolean;
  /** Conditional probabilities, which cost time and save paths. Default true. */
  readonly conditional?: boolean;
  /** Keep flow and shares of every path, for quantiles. Default true. */
  readonly samples?: boolean;
  /** Asked between blocks; true stops, and the result covers the blocks done. */
  readonly onBlock?: (done: number, blocks: number) => boolean | void;
}

/** Columns of one block's sums, per name. */
const FIELDS = 13;
const [
  IN,
  CHANCE,
  CHANCE2,
  CAP,
  CAPCHANCE,
  CAPCHANCE2,
  FLOW,
  FLOW2,
  SHARES,
  SHARES2,
  CONTROL,
  CONTROL2,
  BOTH,
] = Array.from({ length: FIELDS }, (_, i) => i);
/** And of all names together. */
const TOTALS = 5;
const [TURNOVER, TURNOVER2, SEATS, SINGLE, JOINT] = Array.from({ length: TOTALS }, (_, i) => i);

/** Sums and samples of some blocks of a simulation. */
export interface BlockSums {
  readonly rows: Int32Array;
  readonly pruned: number;
  /** Numbers of the blocks, and their sums one after the other. */
  readonly blocks: readonly number[];
  readonly sums: Float64Array;
  readonly weights: Float64Array;
  readonly pathsOf: Int32Array;
  /** Flow and shares, name-major over the paths of these blocks; empty without samples. */
  readonly flows: Float64Array;
  readonly shares: Float64Array;
}

export const blocksOf = (paths: number): number => Math.ceil(paths / BLOCK);

/** @throws Refusal when a cap cannot be met */
export function simulate(plan: ForecastPlan, options: SimulateOptions): ForecastDraws {
  const blocks = Array.from({ length: blocksOf(options.paths) }, (_, i) => i);
  return mergeBlocks(plan, options, [simulateBlocks(plan, options, blocks)]);
}

/** The given blocks of a simulation, in the order given. */
export function simulateBlocks(
  plan: ForecastPlan,
  options: SimulateOptions,
  blocks: readonly number[],
): BlockSums {
  assert(options.paths > 0 && Number.isInteger(options.paths), 'a whole number of paths');
  const rows = activeRows(plan, options.prune ?? true);
  const run = new PathRun(plan, options, rows);
  const n = rows.length;
  const width = n * FIELDS + TOTALS;
  const done: number[] = [];
  const sums = new Float64Array(blocks.length * width);
  const weights = new Float64Array(blocks.length * n);
  const pathsOf = new Int32Array(blocks.length);
  const samples = options.samples ?? true;
  const flows = new Float64Array(samples ? n * blocks.length * BLOCK : 0);
  const shares = new Float64Array(flows.length);
  for (const [i, block] of blocks.entries()) {
    if (options.onBlock?.(i, blocks.length) === true) break;
    const first = block * BLOCK;
    pathsOf[i] = Math.min(BLOCK, options.paths - first);
    run.block(
      first,
      pathsOf[i],
      sums.subarray(i * width, (i + 1) * width),
      weights.subarray(i * n, (i + 1) * n),
    );
    if (samples) run.keep(flows, shares, i * BLOCK, blocks.length * BLOCK, pathsOf[i]);
    done.push(block);
  }
  return { rows, pruned: plan.ids.length - n, blocks: done, sums, weights, pathsOf, flows, shares };
}

/** One thread's view of the paths: buffers for one block, reused. */
class PathRun {
  private readonly n: number;
  private readonly key: Int32Array;
  private readonly incumbent: Uint8Array;
  private readonly eligible: Uint8Array;
  private readonly random: boolean;
  /** Per name and path of the block. */
  private readonly first: Float64Array;
  private readonly measure: Float64Array;
  private readonly pricing: Float64Array;
  private readonly swap: Float64Array;
  private readonly member: Uint8Array;
  private readonly flow: Float64Array;
  private readonly share: Float64Array;
  /** The own normals behind the first and the second move. */
  private readonly firstOwn: Float64Array;
  private readonly pricingOwn: Float64Array;
  private readonly normals = new Float64Array(BLOCK);
  private readonly words = new Int32Array(2);
  /** Factor moves per stage: market, then each sector; and the tail's scale. */
  private readonly factors: Float64Array;
  private readonly scale = new Float64Array(3 * BLOCK).fill(1);
  private readonly seats: SeatWork;
  private readonly pathMeasure: Float64Array;
  private readonly constant: Uint8Array;
  private readonly chance: ChanceWork;
  private readonly held: Int32Array;
  private readonly values: Float64Array;
  /** Members before the review. */
  private readonly members: number;
  private readonly levelNow: number;
  private readonly singleCap: number;
  private readonly top: { readonly k: number; readonly limit: number } | undefined;
  private threshold = 0;

  constructor(
    private readonly plan: ForecastPlan,
    private readonly options: SimulateOptions,
    private readonly rows: Int32Array,
  ) {
    const n = rows.length;
    this.n = n;
    this.members = rows.reduce((total, row) => total + plan.incumbent[row], 0);
    this.key = Int32Array.from(rows, (row) => nameKey(plan.ids[row]));
    this.incumbent = Uint8Array.from(rows, (row) => plan.incumbent[row]);
    this.eligible = Uint8Array.from(rows, (row) => plan.eligible[row]);
    const { average, pricingOnAverage, pricing, swap } = plan.horizon;
    this.random = average + pricingOnAverage + pricing + swap > 0;
    const cells = (): Float64Array => new Float64Array(n * BLOCK);
    [
      this.first,
      this.measure,
      this.pricing,
      this.swap,
      this.flow,
      this.share,
      this.firstOwn,
      this.pricingOwn,
    ] = Array.from({ length: 8 }, cells);
    this.member = new Uint8Array(n * BLOCK);
    this.factors = new Float64Array(3 * (1 + plan.sectors) * BLOCK);
    this.seats = seatWork(n);
    this.pathMeasure = new Float64Array(n);
    this.constant = Uint8Array.from(rows, (row) =>
      (average === 0 || plan.measureFuture[row] === 0) && plan.measureDoubt[row] === 0 ? 1 : 0,
    );
    this.chance = chanceWork(plan, rows);
    this.held = new Int32Array(n);
    this.values = new Float64Array(n);
    let level = 0;
    for (const row of rows) level += plan.oldShares[row] * plan.price[row];
    this.levelNow = level;
    const single = plan.caps.find(({ rule }) => rule.kind === 'single')?.rule;
    this.singleCap = single?.kind === 'single' ? single.cap : Infinity;
    const top = plan.caps.find(({ rule }) => rule.kind === 'top-k')?.rule;
    this.top = top?.kind === 'top-k' ? { k: top.k, limit: top.target ?? top.limit } : undefined;
    for (let a = 0; a < n; a++) this.fillConstantMeasure(a);
  }

  block(first: number, count: number, sums: Float64Array, weights: Float64Array): void {
    this.drawFactors(first, count);
    this.drawMeasures(first, count);
    this.member.fill(0);
    const { plan } = this;
    const asked = this.options.conditional ?? true;
    const conditional = asked && plan.seats.kind === 'buffer' && hasLines(plan.seats, this.members);
    for (let j = 0; j < count; j++) {
      this.seatPath(j);
      for (let a = 0; a < this.n; a++) {
        const isIn = this.seats.isIn[a];
        this.member[a * BLOCK + j] = isIn;
        sums[a * FIELDS + IN] += isIn;
      }
      if (conditional) this.addChances(j, sums);
      else {
        for (let a = 0; a < this.n; a++) {
          sums[a * FIELDS + CHANCE] += this.seats.isIn[a];
          sums[a * FIELDS + CHANCE2] += this.seats.isIn[a];
        }
      }
    }
    this.drawPrices(first, count);
    for (let j = 0; j < count; j++) this.weighPath(j, sums, weights, first + j);
  }

  /** Copies the block's flows and shares into name-major columns. */
  keep(flows: Float64Array, shares: Float64Array, at: number, stride: number, count: number): void {
    for (let a = 0; a < this.n; a++) {
      flows.set(this.flow.subarray(a * BLOCK, a * BLOCK + count), a * stride + at);
      shares.set(this.share.subarray(a * BLOCK, a * BLOCK + count), a * stride + at);
    }
  }

  /** Normals of one key and stream for the paths of the block. */
  private fill(key: number, stream: number, first: number, count: number): Float64Array {
    const { normals, words } = this;
    for (let j = 0; j < count; j += 2) {
      threefry(this.options.seed, key, (first + j) >>> 1, stream, words);
      normals[j] = normalOf(words[0]);
      normals[j + 1] = normalOf(words[1]);
    }
    return normals;
  }

  private drawFactors(first: number, count: number): void {
    const { plan, factors } = this;
    const { average, pricing, swap } = plan.horizon;
    const needed = [average > 0, pricing > 0, swap > 0];
    for (let stage = 0; stage < 3; stage++) {
      for (let f = 0; f <= plan.sectors; f++) {
        const at = (stage * (1 + plan.sectors) + f) * BLOCK;
        if (!needed[stage]) factors.fill(0, at, at + BLOCK);
        else factors.set(this.fill(nameKey(`factor ${f}`), stage, first, count), at);
      }
      if (needed[stage] && Number.isFinite(plan.tailDegrees)) this.drawScale(stage, first, count);
    }
  }

  /** Common Student factor: sqrt((nu - 2) / chi-square), so that variances stay what they were. */
  private drawScale(stage: number, first: number, count: number): void {
    const degrees = Math.max(3, Math.round(this.plan.tailDegrees));
    const sum = new Float64Array(BLOCK);
    for (let k = 0; k < degrees; k++) {
      const normals = this.fill(nameKey(`tail ${k}`), stage, first, count);
      for (let j = 0; j < count; j++) sum[j] += normals[j] * normals[j];
    }
    for (let j = 0; j < count; j++) this.scale[stage * BLOCK + j] = Math.sqrt((degrees - 2) / sum[j]);
  }

  /** S(stage) of one name for the paths of the block, and on request its own normals. */
  private drawMove(
    a: number,
    stage: number,
    first: number,
    count: number,
    out: Float64Array,
    own?: Float64Array,
  ): void {
    const at = a * BLOCK;
    const { plan, factors, scale } = this;
    const row = this.rows[a];
    const normals = this.fill(this.key[a], stage, first, count);
    const base = stage * (1 + plan.sectors);
    const common = base * BLOCK;
    const sectorAt = (base + 1 + plan.sectorOf[row]) * BLOCK;
    const hasSector = plan.sector[row] > 0;
    const [market, sector, alone] = [plan.market[row], plan.sector[row], plan.own[row]];
    own?.set(normals.subarray(0, count), at);
    for (let j = 0; j < count; j++) {
      const sectorMove = hasSector ? sector * factors[sectorAt + j] : 0;
      out[at + j] =
        scale[stage * BLOCK + j] * (market * factors[common + j] + sectorMove + alone * normals[j]);
    }
  }

  private fillConstantMeasure(a: number): void {
    if (this.constant[a] === 0) return;
    const row = this.rows[a];
    const value = this.eligible[a] === 1 ? this.plan.measureKnown[row] + this.plan.measureFuture[row] : -1;
    this.measure.fill(value, a * BLOCK, (a + 1) * BLOCK);
  }

  private drawMeasures(first: number, count: number): void {
    const { plan, rows } = this;
    const { average } = plan.horizon;
    for (let a = 0; a < this.n; a++) {
      const row = rows[a];
      const at = a * BLOCK;
      if (average > 0) this.drawMove(a, 0, first, count, this.first, this.firstOwn);
      if (this.constant[a] === 1) continue;
      if (this.eligible[a] === 0) {
        this.measure.fill(-1, at, at + BLOCK);
        continue;
      }
      const variance = varianceOf(plan, row) * average * average;
      const [known, future, doubt] = [
        plan.measureKnown[row],
        plan.measureFuture[row],
        plan.measureDoubt[row],
      ];
      for (let j = 0; j < count; j++) {
        const move = average > 0 && future > 0 ? exp(average * this.first[at + j] - variance / 2) : 1;
        this.measure[at + j] = known + future * move;
      }
      if (doubt > 0) {
        const normals = this.fill(this.key[a], STREAMS.doubt, first, count);
        for (let j = 0; j < count; j++) this.measure[at + j] *= exp(doubt * normals[j] - (doubt * doubt) / 2);
      }
    }
  }

  /** Ranks and seats one path. */
  private seatPath(j: number): void {
    const { plan, n, seats, pathMeasure } = this;
    if (plan.seats.kind === 'fixed') {
      for (let a = 0; a < n; a++) seats.isIn[a] = plan.fixedMember[this.rows[a]];
      return;
    }
    for (let a = 0; a < n; a++) pathMeasure[a] = this.measure[a * BLOCK + j];
    // One more than anybody can need, for the conditional probabilities.
    const depth = Math.max(plan.seats.keep, plan.seats.count, plan.seats.enter) + 1;
    this.rank(depth);
    giveSeats(plan.seats, seats, pathMeasure, this.incumbent);
  }

  /** The best `depth` positions by measure, largest first, ties by position. Starts from the line of the path before. */
  private rank(depth: number): void {
    const { n, seats, pathMeasure } = this;
    const { order } = seats;
    for (;;) {
      let found = 0;
      for (let a = 0; a < n; a++)
        if (pathMeasure[a] >= this.threshold && pathMeasure[a] >= 0) order[found++] = a;
      if (found >= depth || this.threshold <= 0) {
        insertionSort(order, found, pathMeasure);
        seats.found = Math.min(found, depth);
        // A little below the last one asked for, so that the next path rarely looks twice.
        if (found >= depth) this.threshold = pathMeasure[order[depth - 1]] * 0.9;
        return;
      }
      this.threshold = this.threshold < 1e-300 ? 0 : this.threshold * 0.7;
      if (found < depth / 4) this.threshold = 0;
    }
  }

  private addChances(j: number, sums: Float64Array): void {
    const { plan, chance, seats, incumbent, eligible } = this;
    const path: PathView = {
      seats,
      measure: this.pathMeasure,
      incumbent,
      eligible,
      moves: this.first,
      normals: this.firstOwn,
      stride: BLOCK,
      at: j,
      scale: this.scale[j],
    };
    chanceIn(plan, chance, path);
    for (let a = 0; a < this.n; a++) {
      const p = chance.chance[a];
      sums[a * FIELDS + CHANCE] += p;
      sums[a * FIELDS + CHANCE2] += p * p;
    }
  }

  /** Prices at the pricing and the swap close of everybody who is in either basket on some path of the block. */
  private drawPrices(first: number, count: number): void {
    const { plan, rows } = this;
    const { pricingOnAverage, pricing, swap } = plan.horizon;
    for (let a = 0; a < this.n; a++) {
      const at = a * BLOCK;
      const row = rows[a];
      if (this.incumbent[a] === 0 && !this.member.subarray(at, at + count).includes(1)) continue;
      const variance = varianceOf(plan, row);
      const atPricing = (pricingOnAverage * pricingOnAverage + pricing * pricing) * variance;
      const atSwap = atPricing + swap * swap * variance;
      if (!this.random) {
        this.pricing.fill(plan.price[row], at, at + count);
        this.swap.fill(plan.price[row], at, at + count);
        continue;
      }
      if (pricing > 0) this.drawMove(a, 1, first, count, this.pricing, this.pricingOwn);
      else this.pricing.fill(0, at, at + count);
      if (swap > 0) this.drawMove(a, 2, first, count, this.swap);
      else this.swap.fill(0, at, at + count);
      for (let j = 0; j < count; j++) {
        const x2 = pricingOnAverage * this.first[at + j] + pricing * this.pricing[at + j];
        const x3 = x2 + swap * this.swap[at + j];
        this.pricing[at + j] = plan.price[row] * exp(x2 - atPricing / 2);
        this.swap[at + j] = plan.price[row] * exp(x3 - atSwap / 2);
      }
    }
  }

  private weighPath(j: number, sums: Float64Array, weights: Float64Array, path: number): void {
    const { plan, rows, n, held, values } = this;
    const totals = n * FIELDS;
    let members = 0;
    for (let a = 0; a < n; a++) {
      if (this.member[a * BLOCK + j] === 0) continue;
      held[members] = a;
      values[members++] = plan.newShares[rows[a]] * this.pricing[a * BLOCK + j];
    }
    const raw = values.subarray(0, members);
    const capped = cappedWeights(raw, plan.caps);
    this.addCaps(j, capped, members, sums);
    let before = 0;
    for (let a = 0; a < n; a++) before += plan.oldShares[rows[a]] * this.swap[a * BLOCK + j];
    let after = 0;
    for (let m = 0; m < members; m++) {
      const a = held[m];
      capped[m] *= this.swap[a * BLOCK + j] / this.pricing[a * BLOCK + j];
      after += capped[m];
    }
    const assets = this.assetsOn(path, before);
    for (let a = 0; a < n; a++)
      this.flow[a * BLOCK + j] = (-plan.oldShares[rows[a]] * this.swap[a * BLOCK + j]) / before;
    for (let m = 0; m < members; m++) {
      const weight = capped[m] / after;
      this.flow[held[m] * BLOCK + j] += weight;
      weights[held[m]] += weight;
    }
    let turnover = 0;
    for (let a = 0; a < n; a++) {
      const at = a * BLOCK + j;
      const change = this.flow[at];
      turnover += Math.abs(change);
      const flow = assets * change;
      const shares = flow === 0 ? 0 : flow / this.swap[at];
      this.flow[at] = flow;
      this.share[at] = shares;
      const to = a * FIELDS;
      sums[to + FLOW] += flow;
      sums[to + FLOW2] += flow * flow;
      sums[to + SHARES] += shares;
      sums[to + SHARES2] += shares * shares;
      if (this.incumbent[a] === 1) {
        // Expected to be 0: prices are martingales.
        const control = this.swap[at] / plan.price[rows[a]] - 1;
        sums[to + CONTROL] += control;
        sums[to + CONTROL2] += control * control;
        sums[to + BOTH] += control * flow;
      }
    }
    sums[totals + TURNOVER] += turnover / 2;
    sums[totals + TURNOVER2] += (turnover / 2) ** 2;
    sums[totals + SEATS] += members;
  }

  /** Assets move with the level of the old basket, and by creations and redemptions. */
  private assetsOn(path: number, before: number): number {
    const { plan, words } = this;
    const moved = this.levelNow > 0 ? (plan.assets * before) / this.levelNow : plan.assets;
    if (plan.assetsDoubt === 0) return moved;
    threefry(this.options.seed, nameKey('assets'), path >>> 1, 0, words);
    const z = normalOf(words[path & 1]);
    return moved * exp(plan.assetsDoubt * z - (plan.assetsDoubt * plan.assetsDoubt) / 2);
  }

  /** Who stands at the single cap, which limits bind, and the chance of it for those near the cap. */
  private addCaps(j: number, capped: Float64Array, members: number, sums: Float64Array): void {
    const { plan, rows, held, values, singleCap } = this;
    const totals = this.n * FIELDS;
    if (singleCap >= 1) return;
    let free = 0;
    let bound = 0;
    for (let m = 0; m < members; m++) {
      // A member below the joint limit may stand below the single cap and yet have been held by it first.
      const isCapped = capped[m] >= singleCap - 1e-12;
      if (isCapped) bound++;
      else free += values[m];
    }
    if (bound > 0) sums[totals + SINGLE]++;
    if (this.top !== undefined && members > this.top.k && this.jointBinds(capped, members))
      sums[totals + JOINT]++;
    const own = plan.horizon.pricing > 0;
    for (let m = 0; m < members; m++) {
      const a = held[m];
      const to = a * FIELDS;
      const isCapped = capped[m] >= singleCap - 1e-12;
      if (isCapped) sums[to + CAP]++;
      let p = isCapped ? 1 : 0;
      const sd = plan.horizon.pricing * plan.own[rows[a]] * this.scale[BLOCK + j];
      if (own && sd > 0 && this.top === undefined) {
        // Everybody else as drawn: the value at which this one would just reach the cap.
        const others = isCapped ? free : free - values[m];
        const standing = isCapped ? bound - 1 : bound;
        const room = 1 - singleCap * (standing + 1);
        const line = room > 0 ? (singleCap * others) / room : Infinity;
        p = 1 - normalCdf(this.pricingOwn[a * BLOCK + j] + log(line / values[m]) / sd);
      }
      sums[to + CAPCHANCE] += p;
      sums[to + CAPCHANCE2] += p * p;
    }
  }

  private jointBinds(capped: Float64Array, members: number): boolean {
    const { k, limit } = this.top as { k: number; limit: number };
    const best = Array.from<number>({ length: k }).fill(0);
    for (let m = 0; m < members; m++) {
      if (capped[m] <= best[k - 1]) continue;
      let at = k - 1;
      for (; at > 0 && best[at - 1] < capped[m]; at--) best[at] = best[at - 1];
      best[at] = capped[m];
    }
    let sum = 0;
    for (const weight of best) sum += weight;
    return Math.abs(sum - limit) < 1e-9;
  }
}

/** Variance of one session's log return. */
const varianceOf = (plan: ForecastPlan, row: number): number =>
  plan.market[row] ** 2 + plan.sector[row] ** 2 + plan.own[row] ** 2;

function insertionSort(order: Int32Array, count: number, measure: Float64Array): void {
  for (let i = 1; i < count; i++) {
    const position = order[i];
    const value = measure[position];
    let at = i;
    for (; at > 0 && measure[order[at - 1]] < value; at--) order[at] = order[at - 1];
    order[at] = position;
  }
}

/** Adds up blocks of one simulation, whoever ran them, in the order of their numbers. */
export function mergeBlocks(
  plan: ForecastPlan,
  options: SimulateOptions,
  parts: readonly BlockSums[],
): ForecastDraws {
  const { rows, pruned } = parts[0];
  const n = rows.length;
  const width = n * FIELDS + TOTALS;
  const where = parts
    .flatMap((part) => part.blocks.map((block, i) => ({ part, block, i })))
    .toSorted((a, b) => a.block - b.block);
  const sum = new Float64Array(width);
  const weight = new Float64Array(n);
  let paths = 0;
  for (const { part, i } of where) {
    for (let f = 0; f < width; f++) sum[f] += part.sums[i * width + f];
    for (let a = 0; a < n; a++) weight[a] += part.weights[i * n + a];
    paths += part.pathsOf[i];
  }
  const samplesOf = (pick: (part: BlockSums) => Float64Array, a: number): Float64Array => {
    if (!(options.samples ?? true)) return new Float64Array(0);
    const out = new Float64Array(paths);
    let at = 0;
    for (const { part, i } of where) {
      const stride = (pick(part).length / n) | 0;
      out.set(pick(part).subarray(a * stride + i * BLOCK, a * stride + i * BLOCK + part.pathsOf[i]), at);
      at += part.pathsOf[i];
    }
    return out;
  };
  const names = Array.from(rows, (row, a): NameDraws => {
    const at = (field: number): number => sum[a * FIELDS + field];
    return {
      id: plan.ids[row],
      incumbent: plan.incumbent[row] === 1,
      in: meanOf(at(CHANCE), at(CHANCE2), paths),
      inPlain: meanOf(at(IN), at(IN), paths),
      capped: meanOf(at(CAPCHANCE), at(CAPCHANCE2), paths),
      cappedPlain: meanOf(at(CAP), at(CAP), paths),
      weightAfter: weight[a] / paths,
      flow: controlled(at, paths),
      flowPlain: meanOf(at(FLOW), at(FLOW2), paths),
      shares: meanOf(at(SHARES), at(SHARES2), paths),
      flowSamples: samplesOf((part) => part.flows, a),
      shareSamples: samplesOf((part) => part.shares, a),
    };
  });
  const total = (field: number): number => sum[n * FIELDS + field];
  return {
    paths,
    seed: options.seed,
    names: names.filter(
      ({ incumbent, inPlain, in: chance }) => incumbent || inPlain.mean > 0 || chance.mean > 0,
    ),
    singleBinds: total(SINGLE) / paths,
    jointBinds: total(JOINT) / paths,
    turnoverOneWay: meanOf(total(TURNOVER), total(TURNOVER2), paths),
    seats: total(SEATS) / paths,
    pruned,
  };
}

function meanOf(sum: number, squares: number, paths: number): Estimate {
  const mean = sum / paths;
  const variance = paths > 1 ? Math.max(0, (squares - sum * mean) / (paths - 1)) : Number.NaN;
  return { mean, error: Math.sqrt(variance / paths) };
}

/** The mean flow with the own return as control: its mean is known to be 0, so what it happened to be is taken out. */
function controlled(at: (field: number) => number, paths: number): Estimate {
  const plain = meanOf(at(FLOW), at(FLOW2), paths);
  const control = meanOf(at(CONTROL), at(CONTROL2), paths);
  const variance = control.error ** 2 * paths;
  if (!(variance > 1e-24)) return plain;
  const covariance = (at(BOTH) - at(CONTROL) * plain.mean) / (paths - 1);
  const slope = covariance / variance;
  const left = Math.max(0, plain.error ** 2 * paths - slope * covariance);
  return { mean: plain.mean - slope * control.mean, error: Math.sqrt(left / paths) };
}
