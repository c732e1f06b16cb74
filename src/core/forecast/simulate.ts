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
/** Paths worked on together: what they need stays in the cache. */
const TILE = 64;

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
  /** Flow and shares by position, over the paths of these blocks; absent for who never trades, and without samples. */
  readonly flows: ReadonlyMap<number, Float64Array>;
  readonly shares: ReadonlyMap<number, Float32Array>;
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
  const flows = new Map<number, Float64Array>();
  const shares = new Map<number, Float32Array>();
  const kept = (options.samples ?? true) ? blocks.length * BLOCK : 0;
  for (const [i, block] of blocks.entries()) {
    if (options.onBlock?.(i, blocks.length) === true) break;
    const first = block * BLOCK;
    pathsOf[i] = Math.min(BLOCK, options.paths - first);
    const keep = (a: number, path: number, flow: number, share: number): void => {
      if (kept === 0) return;
      let samples = flows.get(a);
      if (samples === undefined) {
        samples = new Float64Array(kept);
        flows.set(a, samples);
        shares.set(a, new Float32Array(kept));
      }
      samples[i * BLOCK + path] = flow;
      (shares.get(a) as Float32Array)[i * BLOCK + path] = share;
    };
    run.block(
      first,
      pathsOf[i],
      sums.subarray(i * width, (i + 1) * width),
      weights.subarray(i * n, (i + 1) * n),
      keep,
    );
    done.push(block);
  }
  return { rows, pruned: plan.ids.length - n, blocks: done, sums, weights, pathsOf, flows, shares };
}

/** One thread's view of the paths: buffers for one tile, reused. */
class PathRun {
  private readonly n: number;
  private readonly key: Int32Array;
  private readonly incumbent: Uint8Array;
  private readonly eligible: Uint8Array;
  private readonly incumbents: Int32Array;
  /** Name-major over the paths of a tile. */
  private readonly first: Float64Array;
  private readonly pricing: Float64Array;
  private readonly swap: Float64Array;
  /** The own normals behind the first and the second move. */
  private readonly firstOwn: Float64Array;
  private readonly pricingOwn: Float64Array;
  /** Path-major: what the ranking compares; -1 for who is not eligible. */
  private readonly measure: Float64Array;
  /** Members of each path of the tile, those before first: path-major, `count` of them. */
  private readonly members: Int32Array;
  private readonly memberCount = new Int32Array(TILE);
  /** Whether a name is in either basket on some path of the tile. */
  private readonly needed: Uint8Array;
  private readonly normals = new Float64Array(TILE);
  private readonly words = new Int32Array(2);
  /** Factor moves per stage: market, then each sector; and the tail's scale. */
  private readonly factors: Float64Array;
  private readonly scale = new Float64Array(3 * TILE).fill(1);
  private readonly seats: SeatWork;
  private readonly pathMeasure: Float64Array;
  private readonly constant: Uint8Array;
  private readonly chance: ChanceWork;
  private readonly conditional: boolean;
  private readonly values: Float64Array;
  private readonly change: Float64Array;
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
    this.key = Int32Array.from(rows, (row) => nameKey(plan.ids[row]));
    this.incumbent = Uint8Array.from(rows, (row) => plan.incumbent[row]);
    this.eligible = Uint8Array.from(rows, (row) => plan.eligible[row]);
    this.incumbents = Int32Array.from(rows.keys()).filter((a) => this.incumbent[a] === 1);
    const cells = (): Float64Array => new Float64Array(n * TILE);
    [this.first, this.pricing, this.swap, this.firstOwn, this.pricingOwn, this.measure] = Array.from(
      { length: 6 },
      cells,
    );
    this.members = new Int32Array(n * TILE);
    this.needed = new Uint8Array(n);
    this.factors = new Float64Array(3 * (1 + plan.sectors) * TILE);
    this.seats = seatWork(n);
    this.pathMeasure = new Float64Array(n);
    this.chance = chanceWork(plan, rows);
    const asked = (options.conditional ?? true) && plan.seats.kind === 'buffer';
    this.conditional = asked && hasLines(plan.seats, this.incumbents.length);
    this.values = new Float64Array(n);
    this.change = new Float64Array(n);
    this.levelNow = rows.reduce((level, row) => level + plan.oldShares[row] * plan.price[row], 0);
    const single = plan.caps.find(({ rule }) => rule.kind === 'single')?.rule;
    this.singleCap = single?.kind === 'single' ? single.cap : Infinity;
    const top = plan.caps.find(({ rule }) => rule.kind === 'top-k')?.rule;
    this.top = top?.kind === 'top-k' ? { k: top.k, limit: top.target ?? top.limit } : undefined;
    this.constant = Uint8Array.from(rows, (row, a) =>
      this.eligible[a] === 0 ||
      ((plan.horizon.average === 0 || plan.measureFuture[row] === 0) && plan.measureDoubt[row] === 0)
        ? 1
        : 0,
    );
    for (let a = 0; a < n; a++) {
      const value = this.eligible[a] === 1 ? plan.measureKnown[rows[a]] + plan.measureFuture[rows[a]] : -1;
      for (let j = 0; j < TILE; j++) this.measure[j * n + a] = value;
    }
  }

  /** A block of paths; `keep` takes flow and shares of a name on a path of the block. */
  block(
    first: number,
    count: number,
    sums: Float64Array,
    weights: Float64Array,
    keep: (a: number, path: number, flow: number, shares: number) => void,
  ): void {
    // Each block starts from nothing, so that it does not matter which ran before.
    this.threshold = 0;
    for (let at = 0; at < count; at += TILE) {
      const paths = Math.min(TILE, count - at);
      this.drawFactors(first + at, paths);
      this.drawMeasures(first + at, paths);
      this.needed.set(this.incumbent);
      for (let j = 0; j < paths; j++) this.seatPath(j, sums);
      this.drawPrices(first + at, paths);
      for (let j = 0; j < paths; j++) this.weighPath(j, first + at + j, at + j, sums, weights, keep);
    }
  }

  /** Normals of one key and stream for the paths of the tile. */
  private fill(key: number, stream: number, first: number, count: number): Float64Array {
    const { normals, words } = this;
    const { seed } = this.options;
    for (let j = 0; j < count; j += 2) {
      threefry(seed, key, (first + j) >>> 1, stream, words);
      normals[j] = normalOf(words[0]);
      normals[j + 1] = normalOf(words[1]);
    }
    return normals;
  }

  private drawFactors(first: number, count: number): void {
    const { plan, factors } = this;
    const { average, pricing, swap } = plan.horizon;
    [average > 0, pricing > 0, swap > 0].forEach((moves, stage) => {
      if (!moves) return;
      for (let f = 0; f <= plan.sectors; f++) {
        const at = (stage * (1 + plan.sectors) + f) * TILE;
        factors.set(this.fill(nameKey(`factor ${f}`), stage, first, count), at);
      }
      if (Number.isFinite(plan.tailDegrees)) this.drawScale(stage, first, count);
    });
  }

  /** Common Student factor: sqrt((nu - 2) / chi-square), so that variances stay what they were. */
  private drawScale(stage: number, first: number, count: number): void {
    const degrees = Math.max(3, Math.round(this.plan.tailDegrees));
    const sum = new Float64Array(TILE);
    for (let k = 0; k < degrees; k++) {
      const normals = this.fill(nameKey(`tail ${k}`), stage, first, count);
      for (let j = 0; j < count; j++) sum[j] += normals[j] * normals[j];
    }
    for (let j = 0; j < count; j++) this.scale[stage * TILE + j] = Math.sqrt((degrees - 2) / sum[j]);
  }

  /** S(stage) of one name for the paths of the tile, and on request its own normals. */
  private drawMove(
    a: number,
    stage: number,
    first: number,
    count: number,
    out: Float64Array,
    own?: Float64Array,
  ): void {
    const { plan, factors, scale } = this;
    const at = a * TILE;
    const row = this.rows[a];
    const normals = this.fill(this.key[a], stage, first, count);
    const common = stage * (1 + plan.sectors) * TILE;
    const sectorAt = common + (1 + plan.sectorOf[row]) * TILE;
    const [market, sector, alone] = [plan.market[row], plan.sector[row], plan.own[row]];
    const scaleAt = stage * TILE;
    for (let j = 0; j < count; j++) {
      const normal = normals[j];
      out[at + j] =
        scale[scaleAt + j] * (market * factors[common + j] + sector * factors[sectorAt + j] + alone * normal);
      if (own !== undefined) own[at + j] = normal;
    }
  }

  private drawMeasures(first: number, count: number): void {
    const { plan, rows, n, measure } = this;
    const { average } = plan.horizon;
    for (let a = 0; a < n; a++) {
      const row = rows[a];
      const at = a * TILE;
      if (average > 0) this.drawMove(a, 0, first, count, this.first, this.firstOwn);
      if (this.constant[a] === 1) continue;
      const correction = (varianceOf(plan, row) * average * average) / 2;
      const [known, future, doubt] = [
        plan.measureKnown[row],
        plan.measureFuture[row],
        plan.measureDoubt[row],
      ];
      const moves = average > 0 && future > 0;
      for (let j = 0; j < count; j++) {
        measure[j * n + a] =
          known + (moves ? future * exp(average * this.first[at + j] - correction) : future);
      }
      if (doubt > 0) {
        const normals = this.fill(this.key[a], STREAMS.doubt, first, count);
        for (let j = 0; j < count; j++) measure[j * n + a] *= exp(doubt * normals[j] - (doubt * doubt) / 2);
      }
    }
  }

  /** Ranks and seats one path: its members, and everybody's chance. */
  private seatPath(j: number, sums: Float64Array): void {
    const { plan, n, seats, incumbents, incumbent, members } = this;
    const at = j * n;
    if (plan.seats.kind === 'fixed') {
      for (let a = 0; a < n; a++) seats.isIn[a] = plan.fixedMember[this.rows[a]];
    } else {
      this.pathMeasure.set(this.measure.subarray(at, at + n));
      // One more than anybody can need, for the conditional probabilities.
      this.rank(Math.max(plan.seats.keep, plan.seats.count, plan.seats.enter) + 1);
      giveSeats(plan.seats, seats, this.pathMeasure, incumbent);
    }
    let count = 0;
    for (const a of incumbents) if (seats.isIn[a] === 1) members[at + count++] = a;
    for (let a = 0; a < n; a++) {
      if (seats.isIn[a] === 0 || incumbent[a] === 1) continue;
      members[at + count++] = a;
      this.needed[a] = 1;
    }
    // Ascending, as caps break their ties.
    members.subarray(at, at + count).sort();
    this.memberCount[j] = count;
    for (let m = 0; m < count; m++) sums[members[at + m] * FIELDS + IN]++;
    if (this.conditional) this.addChances(j, sums);
    else for (let m = 0; m < count; m++) sums[members[at + m] * FIELDS + CHANCE]++;
  }

  /** The best `depth` positions by measure, largest first, ties by position. Starts from the line of the path before. */
  private rank(depth: number): void {
    const { n, seats, pathMeasure } = this;
    const { order } = seats;
    for (;;) {
      const line = this.threshold;
      let found = 0;
      for (let a = 0; a < n; a++) if (pathMeasure[a] >= line) order[found++] = a;
      if (found >= depth || line <= 0) {
        insertionSort(order, found, pathMeasure);
        while (found > 0 && pathMeasure[order[found - 1]] < 0) found--;
        seats.found = Math.min(found, depth);
        // A little below the last one asked for, so that the next path rarely looks twice.
        if (found >= depth) this.threshold = pathMeasure[order[depth - 1]] * 0.93;
        return;
      }
      this.threshold = found < depth / 2 ? 0 : line * 0.8;
    }
  }

  private addChances(j: number, sums: Float64Array): void {
    const { plan, chance, seats, incumbent, eligible, n } = this;
    const path: PathView = {
      seats,
      measure: this.pathMeasure,
      incumbent,
      eligible,
      moves: this.first,
      normals: this.firstOwn,
      stride: TILE,
      at: j,
      scale: this.scale[j],
    };
    chanceIn(plan, chance, path);
    for (let a = 0; a < n; a++) {
      const p = chance.chance[a];
      sums[a * FIELDS + CHANCE] += p;
      sums[a * FIELDS + CHANCE2] += p * p;
    }
  }

  /** Prices at the pricing and the swap close of everybody who is in either basket on some path of the tile. */
  private drawPrices(first: number, count: number): void {
    const { plan, rows, needed } = this;
    const { average, pricingOnAverage, pricing, swap } = plan.horizon;
    const still = average + pricingOnAverage + pricing + swap === 0;
    for (let a = 0; a < this.n; a++) {
      if (needed[a] === 0) continue;
      const at = a * TILE;
      const price = plan.price[rows[a]];
      const base = plan.pricingBase[rows[a]];
      if (still) {
        this.pricing.fill(base, at, at + count);
        this.swap.fill(price, at, at + count);
        continue;
      }
      const variance = varianceOf(plan, rows[a]);
      const atPricing = (pricingOnAverage * pricingOnAverage + pricing * pricing) * variance;
      const atSwap = atPricing + swap * swap * variance;
      if (pricing > 0) this.drawMove(a, 1, first, count, this.pricing, this.pricingOwn);
      else this.pricing.fill(0, at, at + count);
      if (swap > 0) this.drawMove(a, 2, first, count, this.swap);
      else this.swap.fill(0, at, at + count);
      for (let j = 0; j < count; j++) {
        const x2 = pricingOnAverage * this.first[at + j] + pricing * this.pricing[at + j];
        const x3 = x2 + swap * this.swap[at + j];
        this.pricing[at + j] = base * exp(x2 - atPricing / 2);
        this.swap[at + j] = price * exp(x3 - atSwap / 2);
      }
    }
  }

  private weighPath(
    j: number,
    path: number,
    inBlock: number,
    sums: Float64Array,
    weights: Float64Array,
    keep: (a: number, path: number, flow: number, shares: number) => void,
  ): void {
    const { plan, rows, n, values, change, incumbents, swap, pricing } = this;
    const totals = n * FIELDS;
    const at = j * n;
    const count = this.memberCount[j];
    for (let m = 0; m < count; m++) {
      const a = this.members[at + m];
      values[m] = plan.newShares[rows[a]] * pricing[a * TILE + j];
    }
    const capped = cappedWeights(values.subarray(0, count), plan.caps);
    this.addCaps(j, capped, count, sums);
    let before = 0;
    for (const a of incumbents) before += plan.oldShares[rows[a]] * swap[a * TILE + j];
    for (const a of incumbents) change[a] = (-plan.oldShares[rows[a]] * swap[a * TILE + j]) / before;
    let after = 0;
    for (let m = 0; m < count; m++) {
      const cell = this.members[at + m] * TILE + j;
      capped[m] *= swap[cell] / pricing[cell];
      after += capped[m];
    }
    for (let m = 0; m < count; m++) {
      const a = this.members[at + m];
      const weight = capped[m] / after;
      change[a] = this.incumbent[a] === 1 ? change[a] + weight : weight;
      weights[a] += weight;
    }
    const assets = this.assetsOn(path, before);
    let turnover = 0;
    const add = (a: number): void => {
      turnover += Math.abs(change[a]);
      const flow = assets * change[a];
      const price = swap[a * TILE + j];
      const shares = flow / price;
      const to = a * FIELDS;
      sums[to + FLOW] += flow;
      sums[to + FLOW2] += flow * flow;
      sums[to + SHARES] += shares;
      sums[to + SHARES2] += shares * shares;
      keep(a, inBlock, flow, shares);
      if (this.incumbent[a] === 0) return;
      // Expected to be 0: prices are martingales.
      const control = price / plan.price[rows[a]] - 1;
      sums[to + CONTROL] += control;
      sums[to + CONTROL2] += control * control;
      sums[to + BOTH] += control * flow;
    };
    for (const a of incumbents) add(a);
    for (let m = 0; m < count; m++) if (this.incumbent[this.members[at + m]] === 0) add(this.members[at + m]);
    sums[totals + TURNOVER] += turnover / 2;
    sums[totals + TURNOVER2] += (turnover / 2) ** 2;
    sums[totals + SEATS] += count;
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

  /** Who stands at the single cap, which limits bind, and the chance of it for members. */
  private addCaps(j: number, capped: Float64Array, count: number, sums: Float64Array): void {
    const { plan, rows, values, singleCap } = this;
    const totals = this.n * FIELDS;
    const at = j * this.n;
    let free = 0;
    let bound = 0;
    for (let m = 0; m < count; m++) {
      if (capped[m] >= singleCap - 1e-12) bound++;
      else free += values[m];
    }
    if (bound > 0) sums[totals + SINGLE]++;
    if (this.top !== undefined && count > this.top.k && this.jointBinds(capped, count))
      sums[totals + JOINT]++;
    if (singleCap >= 1) return;
    const { pricing } = plan.horizon;
    for (let m = 0; m < count; m++) {
      const a = this.members[at + m];
      const isCapped = capped[m] >= singleCap - 1e-12;
      const sd = pricing * plan.own[rows[a]] * this.scale[TILE + j];
      let p = isCapped ? 1 : 0;
      if (this.conditional && sd > 0) {
        // Everybody else as drawn: the value at which this one would just reach the cap.
        const standing = isCapped ? bound - 1 : bound;
        const room = 1 - singleCap * (standing + 1);
        const others = isCapped ? free : free - values[m];
        const line = room > 0 ? (singleCap * others) / room : Infinity;
        if (line > values[m] * 1e4) p = 0;
        else p = 1 - normalCdf(this.pricingOwn[a * TILE + j] + log(line / values[m]) / sd);
      }
      const to = a * FIELDS;
      sums[to + CAP] += isCapped ? 1 : 0;
      sums[to + CAPCHANCE] += p;
      sums[to + CAPCHANCE2] += p * p;
    }
  }

  private jointBinds(capped: Float64Array, count: number): boolean {
    const { k, limit } = this.top as { k: number; limit: number };
    const best = new Float64Array(k);
    for (let m = 0; m < count; m++) {
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

const NO_FLOWS = new Float64Array(0);
const NO_SHARES = new Float32Array(0);

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
  const { seats } = plan;
  const members = rows.reduce((count, row) => count + plan.incumbent[row], 0);
  const asked = (options.conditional ?? true) && seats.kind === 'buffer';
  const conditional = asked && hasLines(seats, members);
  const sum = new Float64Array(width);
  const weight = new Float64Array(n);
  let paths = 0;
  for (const { part, i } of where) {
    for (let f = 0; f < width; f++) sum[f] += part.sums[i * width + f];
    for (let a = 0; a < n; a++) weight[a] += part.weights[i * n + a];
    paths += part.pathsOf[i];
  }
  const gather = (
    out: Float64Array | Float32Array,
    of: (part: BlockSums) => ReadonlyMap<number, typeof out>,
    a: number,
  ): void => {
    let to = 0;
    for (const { part, i } of where) {
      const samples = of(part).get(a);
      if (samples !== undefined) out.set(samples.subarray(i * BLOCK, i * BLOCK + part.pathsOf[i]), to);
      to += part.pathsOf[i];
    }
  };
  const length = (options.samples ?? true) ? paths : 0;
  const traded = (a: number): boolean => where.some(({ part }) => part.flows.has(a));
  const flowsOf = (a: number): Float64Array => {
    const out = new Float64Array(length);
    if (length > 0) gather(out, (part) => part.flows, a);
    return out;
  };
  const sharesOf = (a: number): Float32Array => {
    const out = new Float32Array(length);
    if (length > 0) gather(out, (part) => part.shares, a);
    return out;
  };
  const names = Array.from(rows, (row, a): NameDraws => {
    const at = (field: number): number => sum[a * FIELDS + field];
    return {
      id: plan.ids[row],
      incumbent: plan.incumbent[row] === 1,
      in: meanOf(at(CHANCE), conditional ? at(CHANCE2) : at(CHANCE), paths),
      inPlain: meanOf(at(IN), at(IN), paths),
      capped: meanOf(at(CAPCHANCE), at(CAPCHANCE2), paths),
      cappedPlain: meanOf(at(CAP), at(CAP), paths),
      weightAfter: weight[a] / paths,
      flow: controlled(at, paths),
      flowPlain: meanOf(at(FLOW), at(FLOW2), paths),
      shares: meanOf(at(SHARES), at(SHARES2), paths),
      flowSamples: traded(a) ? flowsOf(a) : NO_FLOWS,
      shareSamples: traded(a) ? sharesOf(a) : NO_SHARES,
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
