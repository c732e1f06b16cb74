/**
 * Simulated moves over columns: up to the cut-off for every name and two paths at once, and from there to pricing and
 * swap for the names in a list. The operations and their order are those of `reference.ts`, and of the WebAssembly
 * module, to the last bit.
 */
import { exp } from './arithmetic.js';
import type { Columns } from './columns.js';
import { sectorsOf } from './commonDraws.js';
import { normalOf } from './normal.js';
import type { Horizon } from './plan.js';
import { STREAM, threefry } from './randomness.js';

const words = new Int32Array(2);

/** Moves, and scores of a ranking in logs, of paths 2 `pair` and 2 `pair` + 1 from the common draws of both. */
export function moveToCutoff(columns: Columns, seed: number, pair: number): void {
  const { names, stride, key, counter, market, sector, own, sectorOf, halfVariance, level, inverse } =
    columns;
  const { move, ownMove, score, common } = columns;
  const { average } = columns.plan.horizon;
  const a = common[0];
  const b = common[1];
  const marketA = a.market[0];
  const marketB = b.market[0];
  const tailA = a.tail[0];
  const tailB = b.tail[0];
  const lessA = average * average * (tailA * tailA);
  const lessB = average * average * (tailB * tailB);
  for (let i = 0; i < names; i++) {
    threefry(seed, key[i], pair, counter[i] | STREAM.first, words);
    const ownA = own[i] * (normalOf(inverse, words[0]) * tailA);
    const ownB = own[i] * (normalOf(inverse, words[1]) * tailB);
    const moveA = market[i] * marketA + sector[i] * a.sector[sectorOf[i]] + ownA;
    const moveB = market[i] * marketB + sector[i] * b.sector[sectorOf[i]] + ownB;
    move[i] = moveA;
    ownMove[i] = ownA;
    score[i] = level[i] + (average * moveA - lessA * halfVariance[i]);
    move[stride + i] = moveB;
    ownMove[stride + i] = ownB;
    score[stride + i] = level[i] + (average * moveB - lessB * halfVariance[i]);
  }
}

/** Prices at pricing and swap of the first `count` names of `priced` on a path. */
export function moveToSwap(columns: Columns, seed: number, path: number, count: number): void {
  const { plan, stride, key, counter, market, sector, own, sectorOf, halfVariance, inverse, priced } =
    columns;
  const { move, atPricing, atSwap, pricingDraw } = columns;
  const { pricingOnAverage, pricing, swap } = plan.horizon;
  const common = columns.common[path & 1];
  const marketPricing = common.market[1];
  const marketSwap = common.market[2];
  const tailPricing = common.tail[1];
  const tailSwap = common.tail[2];
  const sectors = sectorsOf(plan);
  const { toPricing, toSwap } = stageVariances(plan.horizon, common.tail);
  const from = (path & 1) * stride;
  for (let k = 0; k < count; k++) {
    const i = priced[k];
    threefry(seed, key[i], path, counter[i] | STREAM.later, words);
    const z = normalOf(inverse, words[0]);
    const sectorPricing = common.sector[sectors + sectorOf[i]];
    const sectorSwap = common.sector[2 * sectors + sectorOf[i]];
    const second = market[i] * marketPricing + sector[i] * sectorPricing + own[i] * (z * tailPricing);
    const third =
      market[i] * marketSwap + sector[i] * sectorSwap + own[i] * (normalOf(inverse, words[1]) * tailSwap);
    const x2 = pricingOnAverage * move[from + i] + pricing * second;
    const x3 = x2 + swap * third;
    atPricing[k] = exp(x2 - toPricing * halfVariance[i]);
    atSwap[k] = exp(x3 - toSwap * halfVariance[i]);
    pricingDraw[k] = z;
  }
}

/** Variance up to pricing and up to the swap, in variances of a session. */
function stageVariances(
  { pricingOnAverage, pricing, swap }: Horizon,
  tail: Float64Array,
): { toPricing: number; toSwap: number } {
  const first = tail[0];
  const second = tail[1];
  const third = tail[2];
  const toPricing =
    pricingOnAverage * pricingOnAverage * (first * first) + pricing * pricing * (second * second);
  return { toPricing, toSwap: toPricing + swap * swap * (third * third) };
}

/** Adds the doubt to the scores of the ranked names, and ranks by the measure itself where logs do not do. */
export function finishScores(columns: Columns, seed: number, pair: number): void {
  const { ranked, stride, space, hasDoubt, doubtMove, score } = columns;
  if (space === 'log' && !hasDoubt) return;
  if (hasDoubt) drawDoubts(columns, seed, pair);
  for (const from of [0, stride]) {
    if (space === 'plain') plainScores(columns, from);
    else for (let j = 0; j < ranked.length; j++) score[from + ranked[j]] += doubtMove[from + ranked[j]];
  }
}

function drawDoubts(
  { ranked, stride, key, counter, doubt, doubtMove, inverse }: Columns,
  seed: number,
  pair: number,
): void {
  for (let j = 0; j < ranked.length; j++) {
    const i = ranked[j];
    if (doubt[i] === 0) continue;
    threefry(seed, key[i], pair, counter[i] | STREAM.doubt, words);
    doubtMove[i] = doubt[i] * normalOf(inverse, words[0]);
    doubtMove[stride + i] = doubt[i] * normalOf(inverse, words[1]);
  }
}

function plainScores(columns: Columns, from: number): void {
  const { plan, ranked, halfVariance, known, future, doubt, move, doubtMove, score } = columns;
  const { average } = plan.horizon;
  const tail = columns.common[from === 0 ? 0 : 1].tail[0];
  const less = average * average * (tail * tail);
  for (let j = 0; j < ranked.length; j++) {
    const i = ranked[j];
    const moved =
      average === 0 ? future[i] : future[i] * exp(average * move[from + i] - less * halfVariance[i]);
    const measure = known[i] + moved;
    score[from + i] =
      doubt[i] === 0 ? measure : measure * exp(doubtMove[from + i] - 0.5 * doubt[i] * doubt[i]);
  }
}
