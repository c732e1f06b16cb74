/** Simulated moves over columns: moves.ts of the core. Four names are drawn at a time, two are computed. */
import { exp } from './arithmetic';
import {
  Column,
  column,
  commonOf,
  count,
  Count,
  D_MARKET,
  D_SECTOR,
  D_TAIL,
  f64At,
  i32At,
  Num,
  number,
  putF64,
  putI32,
} from './columns';
import {
  laterNormals,
  normals,
  secondWords,
  STREAM_DOUBT,
  STREAM_FIRST,
  STREAM_LATER,
  threefry,
} from './randomness';

/** What a column of sectors has for two names. */
function ofSectors(values: usize, sectors: usize): v128 {
  const first = v128.load64_zero(values + ((<usize>load<u32>(sectors)) << 3));
  return v128.load64_lane(values + ((<usize>load<u32>(sectors, 4)) << 3), first, 1);
}

/** Newcomers, the largest first, whose moves to the cut-off are drawn; see `farthest`. */
export let drawnNewcomers: i32 = 0;

/** Moves of whoever could be in on one of the two paths. */
export function moveToCutoff(pair: i32): void {
  const names = count(Count.NAMES);
  const newcomersEnd = count(Count.STANDING) + count(Count.NEWCOMERS);
  drawnNewcomers = farthest(pair);
  const end = count(Count.STANDING) + drawnNewcomers;
  moveRange(pair, 0, end);
  if (newcomersEnd < names) moveRange(pair, max((end + 3) & ~3, newcomersEnd & ~3), names);
}

/** The others after all: the borders of a path are further down than they mostly are. */
export function moveRest(pair: i32): void {
  const newcomers = count(Count.NEWCOMERS);
  // Scores that are more than moves by now stay as they are.
  if (drawnNewcomers === newcomers) return;
  const from = count(Count.STANDING) + drawnNewcomers;
  drawnNewcomers = newcomers;
  moveRange(pair, from & ~3, count(Count.STANDING) + newcomers);
}

/**
 * How many newcomers a pair of paths needs. Below the likely cut of both no line is drawn, and nobody is in whose own largest
 * move does not reach it, however probable that move: with borders above the cut the others add nothing to any answer.
 */
function farthest(pair: i32): i32 {
  const newcomers = count(Count.NEWCOMERS);
  const cutBy = count(Count.CUT_BY);
  if (cutBy < 0) return newcomers;
  const lowest = min(reachFor(commonOf(2 * pair), cutBy), reachFor(commonOf(2 * pair + 1), cutBy));
  const ceilings = column(Column.CEILINGS);
  let low = 0;
  let high = newcomers;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (f64At(ceilings, middle) >= lowest) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a ceiling must be for its name to reach the likely cut of a path, all that names share at its best. */
function reachFor(common: usize, cutBy: i32): f64 {
  const moved = load<f64>(common, D_MARKET << 3);
  const average = number(Num.AVERAGE);
  let cut =
    f64At(column(Column.LEVEL), cutBy) +
    f64At(column(Column.MARKET_SPREAD), cutBy) * moved -
    average * average * f64At(column(Column.HALF_VARIANCE), cutBy);
  let shared = max(number(Num.MARKET_LEAST) * moved, number(Num.MARKET_MOST) * moved);
  if (count(Count.HAS_SECTORS) !== 0) {
    const sectors = common + (D_SECTOR << 3);
    cut +=
      f64At(column(Column.SECTOR_SPREAD), cutBy) * f64At(sectors, i32At(column(Column.SECTOR_OF), cutBy));
    let most: f64 = 0;
    const n = count(Count.SECTORS);
    for (let i = 0; i < n; i++) most = max(most, Math.abs(f64At(sectors, i)));
    shared += number(Num.SECTOR_MOST) * most;
  }
  return cut - shared;
}

/** @param from a multiple of four */
function moveRange(pair: i32, from: i32, end: i32): void {
  const inverse = column(Column.INVERSE);
  const a = commonOf(2 * pair);
  const b = commonOf(2 * pair + 1);
  const tailA = load<f64>(a, D_TAIL << 3);
  const tailB = load<f64>(b, D_TAIL << 3);
  drawWords(column(Column.KEY), column(Column.COUNTER), from, end, pair, STREAM_FIRST);
  const words = column(Column.WORDS);
  const other = (<usize>count(Count.STRIDE)) << 3;
  const hasSectors = count(Count.HAS_SECTORS) !== 0;
  const average = number(Num.AVERAGE);
  const lessA = f64x2.splat(average * average * (tailA * tailA));
  const lessB = f64x2.splat(average * average * (tailB * tailB));
  const marketA = f64x2.splat(load<f64>(a, D_MARKET << 3));
  const marketB = f64x2.splat(load<f64>(b, D_MARKET << 3));
  const sectorA = a + (D_SECTOR << 3);
  const sectorB = b + (D_SECTOR << 3);
  const market = column(Column.MARKET_SPREAD);
  const sector = column(Column.SECTOR_SPREAD);
  const own = column(Column.OWN_SPREAD);
  const sectorOf = column(Column.SECTOR_OF);
  const half = column(Column.HALF_VARIANCE);
  const level = column(Column.LEVEL);
  const ownDraw = column(Column.OWN_DRAW);
  const base = column(Column.BASE);
  const score = column(Column.SCORE);
  for (let i = from; i < end; i += 4) {
    const one = v128.load(words + ((<usize>i) << 3));
    const two = v128.load(words + ((<usize>i) << 3), 16);
    const firstA = normals(inverse, one);
    const lastA = laterNormals;
    const firstB = normals(inverse, two);
    const lastB = laterNormals;
    for (let part = 0; part < 2; part++) {
      const to = ((<usize>i) << 3) + ((<usize>part) << 4);
      const ownA = f64x2.mul(part === 0 ? firstA : lastA, f64x2.splat(tailA));
      const ownB = f64x2.mul(part === 0 ? firstB : lastB, f64x2.splat(tailB));
      const markets = v128.load(market + to);
      const owns = v128.load(own + to);
      const halves = v128.load(half + to);
      const levels = v128.load(level + to);
      let sharedA = f64x2.mul(markets, marketA);
      let sharedB = f64x2.mul(markets, marketB);
      if (hasSectors) {
        const sectors = v128.load(sector + to);
        const where = sectorOf + (to >> 1);
        sharedA = f64x2.add(sharedA, f64x2.mul(sectors, ofSectors(sectorA, where)));
        sharedB = f64x2.add(sharedB, f64x2.mul(sectors, ofSectors(sectorB, where)));
      }
      const baseA = f64x2.add(levels, f64x2.sub(sharedA, f64x2.mul(lessA, halves)));
      const baseB = f64x2.add(levels, f64x2.sub(sharedB, f64x2.mul(lessB, halves)));
      v128.store(ownDraw + to, ownA);
      v128.store(base + to, baseA);
      v128.store(score + to, f64x2.add(baseA, f64x2.mul(owns, ownA)));
      v128.store(ownDraw + other + to, ownB);
      v128.store(base + other + to, baseB);
      v128.store(score + other + to, f64x2.add(baseB, f64x2.mul(owns, ownB)));
    }
  }
}

/** Both words of names `from` to `end`. Apart from what is made of them: so several names are under way at a time. */
function drawWords(key: usize, counter: usize, from: i32, end: i32, path: i32, stage: i32): void {
  const seeds = i32x4.splat(count(Count.SEED));
  const paths = i32x4.splat(path);
  const stream = i32x4.splat(stage);
  const words = column(Column.WORDS);
  for (let i = from; i < end; i += 4) {
    const at = (<usize>i) << 2;
    const to = words + ((<usize>i) << 3);
    v128.store(to, threefry(seeds, v128.load(key + at), paths, v128.or(v128.load(counter + at), stream)));
    v128.store(to, secondWords, 16);
  }
}

export function drawDoubts(pair: i32): void {
  const key = column(Column.KEY);
  const counter = column(Column.COUNTER);
  const inverse = column(Column.INVERSE);
  const doubt = column(Column.DOUBT);
  const doubtMove = column(Column.DOUBT_MOVE);
  const seeds = i32x4.splat(count(Count.SEED));
  const pairs = i32x4.splat(pair);
  const stream = i32x4.splat(STREAM_DOUBT);
  const other = (<usize>count(Count.STRIDE)) << 3;
  const names = count(Count.NAMES);
  for (let i = 0; i < names; i += 4) {
    const at = (<usize>i) << 2;
    const to = (<usize>i) << 3;
    const a = threefry(seeds, v128.load(key + at), pairs, v128.or(v128.load(counter + at), stream));
    const b = secondWords;
    const low = v128.load(doubt + to);
    const high = v128.load(doubt + to, 16);
    const out = doubtMove + to;
    v128.store(out, f64x2.mul(low, normals(inverse, a)));
    v128.store(out, f64x2.mul(high, laterNormals), 16);
    const next = out + other;
    v128.store(next, f64x2.mul(low, normals(inverse, b)));
    v128.store(next, f64x2.mul(high, laterNormals), 16);
  }
}

export function addDoubts(): void {
  const score = column(Column.SCORE);
  const doubtMove = column(Column.DOUBT_MOVE);
  const end = (<usize>(2 * count(Count.STRIDE))) << 3;
  for (let at: usize = 0; at < end; at += 16) {
    v128.store(score + at, f64x2.add(v128.load(score + at), v128.load(doubtMove + at)));
  }
}

export function plainScores(path: i32): void {
  const names = count(Count.NAMES);
  const from = (<usize>((path & 1) * count(Count.STRIDE))) << 3;
  const doubtMove = column(Column.DOUBT_MOVE) + from;
  const score = column(Column.SCORE) + from;
  const known = column(Column.KNOWN);
  const future = column(Column.FUTURE);
  const doubt = column(Column.DOUBT);
  const hasDoubt = count(Count.HAS_DOUBT);
  for (let i = 0; i < names; i += 2) {
    const at = (<usize>i) << 3;
    const moved = f64x2.mul(v128.load(future + at), exp(v128.load(score + at)));
    let measure = f64x2.add(v128.load(known + at), moved);
    if (hasDoubt !== 0) {
      const doubts = v128.load(doubt + at);
      const halfSquare = f64x2.mul(f64x2.mul(f64x2.splat(0.5), doubts), doubts);
      measure = f64x2.mul(measure, exp(f64x2.sub(v128.load(doubtMove + at), halfSquare)));
    }
    v128.store(score + at, measure);
  }
}

/**
 * Prices at pricing and swap: of the standing names from their columns, of the others from copies that lie together.
 * @param entering how many others
 */
export function moveToSwap(path: i32, entering: i32): void {
  moveSectors(path);
  const draws = column(Column.OWN_DRAW) + ((<usize>((path & 1) * count(Count.STRIDE))) << 3);
  const standing = count(Count.STANDING);
  priceRun(
    path,
    standing,
    0,
    column(Column.KEY),
    column(Column.COUNTER),
    column(Column.SECTOR_OF),
    column(Column.MARKET),
    column(Column.SECTOR),
    column(Column.OWN),
    column(Column.HALF_VARIANCE),
    draws,
  );
  if (entering === 0) return;
  const keys = column(Column.ENTRANT_KEYS);
  const counters = column(Column.ENTRANT_COUNTERS);
  const sectors = column(Column.ENTRANT_SECTORS);
  const room = (<usize>count(Count.STRIDE)) << 3;
  const market = column(Column.ENTRANT_NUMBERS);
  const sector = market + room;
  const own = sector + room;
  const half = own + room;
  const ownDraw = half + room;
  const entrants = column(Column.ENTRANTS);
  for (let j = 0; j < entering; j++) {
    const name = i32At(entrants, j);
    putI32(keys, j, i32At(column(Column.KEY), name));
    putI32(counters, j, i32At(column(Column.COUNTER), name));
    putI32(sectors, j, i32At(column(Column.SECTOR_OF), name));
    putF64(market, j, f64At(column(Column.MARKET), name));
    putF64(sector, j, f64At(column(Column.SECTOR), name));
    putF64(own, j, f64At(column(Column.OWN), name));
    putF64(half, j, f64At(column(Column.HALF_VARIANCE), name));
    putF64(ownDraw, j, f64At(draws, name));
  }
  priceRun(path, entering, standing, keys, counters, sectors, market, sector, own, half, ownDraw);
}

function moveSectors(path: i32): void {
  const common = commonOf(path);
  const moves = column(Column.SECTOR_MOVES);
  const sectors = count(Count.SECTORS);
  const draws = common + (D_SECTOR << 3);
  const onAverage = number(Num.PRICING_ON_AVERAGE);
  const pricing = number(Num.PRICING);
  const swap = number(Num.SWAP);
  for (let i = 0; i < sectors; i++) {
    putF64(moves, i, onAverage * f64At(draws, i) + pricing * f64At(draws, sectors + i));
    putF64(moves, sectors + i, swap * f64At(draws, 2 * sectors + i));
  }
}

/** Of `n` names whose columns begin at the addresses given; results from position `to` on, up to whole vectors. */
function priceRun(
  path: i32,
  n: i32,
  to: i32,
  key: usize,
  counter: usize,
  sectorOf: usize,
  market: usize,
  sector: usize,
  own: usize,
  half: usize,
  ownDraw: usize,
): void {
  const inverse = column(Column.INVERSE);
  const atPricing = column(Column.AT_PRICING) + ((<usize>to) << 3);
  const atSwap = column(Column.AT_SWAP) + ((<usize>to) << 3);
  const pricingDraw = column(Column.PRICING_DRAW) + ((<usize>to) << 3);
  const common = commonOf(path);
  const onAverage = number(Num.PRICING_ON_AVERAGE);
  const pricing = number(Num.PRICING);
  const swap = number(Num.SWAP);
  const first = load<f64>(common, D_TAIL << 3);
  const second = load<f64>(common, (D_TAIL + 1) << 3);
  const third = load<f64>(common, (D_TAIL + 2) << 3);
  const toPricing = onAverage * onAverage * (first * first) + pricing * pricing * (second * second);
  const toSwap = toPricing + swap * swap * (third * third);
  const averages = f64x2.splat(onAverage);
  const marketPricing = f64x2.splat(
    onAverage * load<f64>(common, D_MARKET << 3) + pricing * load<f64>(common, (D_MARKET + 1) << 3),
  );
  const marketSwap = f64x2.splat(swap * load<f64>(common, (D_MARKET + 2) << 3));
  const ownPricing = f64x2.splat(pricing * second);
  const ownSwap = f64x2.splat(swap * third);
  const lessPricing = f64x2.splat(toPricing);
  const lessSwap = f64x2.splat(toSwap);
  const hasSectors = count(Count.HAS_SECTORS) !== 0;
  const sectorPricing = column(Column.SECTOR_MOVES);
  const sectorSwap = sectorPricing + ((<usize>count(Count.SECTORS)) << 3);
  drawWords(key, counter, 0, n, path, STREAM_LATER);
  const words = column(Column.WORDS);
  for (let k = 0; k < n; k += 4) {
    const a = v128.load(words + ((<usize>k) << 3));
    const b = v128.load(words + ((<usize>k) << 3), 16);
    const firstZ = normals(inverse, a);
    const lastZ = laterNormals;
    const firstY = normals(inverse, b);
    const lastY = laterNormals;
    for (let part = 0; part < 2; part++) {
      const from = ((<usize>k) << 3) + ((<usize>part) << 4);
      const z = part === 0 ? firstZ : lastZ;
      const y = part === 0 ? firstY : lastY;
      const m = v128.load(market + from);
      const o = v128.load(own + from);
      const h = v128.load(half + from);
      let x2 = f64x2.mul(m, marketPricing);
      let later = f64x2.mul(m, marketSwap);
      if (hasSectors) {
        const s = v128.load(sector + from);
        const where = sectorOf + (from >> 1);
        x2 = f64x2.add(x2, f64x2.mul(s, ofSectors(sectorPricing, where)));
        later = f64x2.add(later, f64x2.mul(s, ofSectors(sectorSwap, where)));
      }
      const owns = f64x2.add(f64x2.mul(averages, v128.load(ownDraw + from)), f64x2.mul(ownPricing, z));
      x2 = f64x2.add(x2, f64x2.mul(o, owns));
      const x3 = f64x2.add(x2, f64x2.add(later, f64x2.mul(o, f64x2.mul(ownSwap, y))));
      v128.store(atPricing + from, exp(f64x2.sub(x2, f64x2.mul(lessPricing, h))));
      v128.store(atSwap + from, exp(f64x2.sub(x3, f64x2.mul(lessSwap, h))));
      v128.store(pricingDraw + from, z);
    }
  }
}
