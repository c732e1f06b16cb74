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

/** Own draws, and scores of a ranking in logs, of paths 2 `pair` and 2 `pair` + 1 from the common draws of both. */
export function moveToCutoff(columns: Columns, seed: number, pair: number): void {
  const { names, stride, key, counter, marketSpread, sectorSpread, ownSpread } = columns;
  const { sectorOf, halfVariance, level, inverse, ownDraw, base, score, common } = columns;
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
    const ownA = normalOf(inverse, words[0]) * tailA;
    const ownB = normalOf(inverse, words[1]) * tailB;
    const sharedA = marketSpread[i] * marketA + sectorSpread[i] * a.sector[sectorOf[i]];
    const sharedB = marketSpread[i] * marketB + sectorSpread[i] * b.sector[sectorOf[i]];
    const baseA = level[i] + (sharedA - lessA * halfVariance[i]);
    const baseB = level[i] + (sharedB - lessB * halfVariance[i]);
    ownDraw[i] = ownA;
    base[i] = baseA;
    score[i] = baseA + ownSpread[i] * ownA;
    ownDraw[stride + i] = ownB;
    base[stride + i] = baseB;
    score[stride + i] = baseB + ownSpread[i] * ownB;
  }
}

/** Prices at pricing and swap of the first `count` names of `priced` on a path. */
export function moveToSwap(columns: Columns, seed: number, path: number, count: number): void {
  const { plan, stride, key, counter, market, sector, own, sectorOf, halfVariance, inverse, priced } =
    columns;
  const { ownDraw, sectorMoves, atPricing, atSwap, pricingDraw } = columns;
  const { pricingOnAverage, pricing, swap } = plan.horizon;
  const common = columns.common[path & 1];
  const marketToPricing = pricingOnAverage * common.market[0] + pricing * common.market[1];
  const marketToSwap = swap * common.market[2];
  const sectors = sectorsOf(plan);
  for (let i = 0; i < sectors; i++) {
    sectorMoves[i] = pricingOnAverage * common.sector[i] + pricing * common.sector[sectors + i];
    sectorMoves[sectors + i] = swap * common.sector[2 * sectors + i];
  }
  const ownPricing = pricing * common.tail[1];
  const ownSwap = swap * common.tail[2];
  const { toPricing, toSwap } = stageVariances(plan.horizon, common.tail);
  const from = (path & 1) * stride;
  for (let k = 0; k < count; k++) {
    const i = priced[k];
    threefry(seed, key[i], path, counter[i] | STREAM.later, words);
    const z = normalOf(inverse, words[0]);
    const s = sectorOf[i];
    const x2 =
      market[i] * marketToPricing +
      sector[i] * sectorMoves[s] +
      own[i] * (pricingOnAverage * ownDraw[from + i] + ownPricing * z);
    const third =
      market[i] * marketToSwap +
      sector[i] * sectorMoves[sectors + s] +
      own[i] * (ownSwap * normalOf(inverse, words[1]));
    const x3 = x2 + third;
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

/** Adds the doubt to the scores, and ranks by the measure itself where logs do not do. */
export function finishScores(columns: Columns, seed: number, pair: number): void {
  const { names, stride, space, hasDoubt, doubtMove, score } = columns;
  if (hasDoubt) drawDoubts(columns, seed, pair);
  for (const from of [0, stride]) {
    if (space === 'plain') plainScores(columns, from);
    else if (hasDoubt) for (let i = 0; i < names; i++) score[from + i] += doubtMove[from + i];
  }
}

function drawDoubts(
  { names, stride, key, counter, doubt, doubtMove, inverse }: Columns,
  seed: number,
  pair: number,
): void {
  for (let i = 0; i < names; i++) {
    if (doubt[i] === 0) continue;
    threefry(seed, key[i], pair, counter[i] | STREAM.doubt, words);
    doubtMove[i] = doubt[i] * normalOf(inverse, words[0]);
    doubtMove[stride + i] = doubt[i] * normalOf(inverse, words[1]);
  }
}

function plainScores(columns: Columns, from: number): void {
  const { plan, names, known, future, doubt, doubtMove, score } = columns;
  const { average } = plan.horizon;
  for (let i = 0; i < names; i++) {
    const moved = average === 0 ? future[i] : future[i] * exp(score[from + i]);
    const measure = known[i] + moved;
    score[from + i] =
      doubt[i] === 0 ? measure : measure * exp(doubtMove[from + i] - 0.5 * doubt[i] * doubt[i]);
  }
}
