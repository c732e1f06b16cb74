/**
 * The specification of a simulated review: one path after the other, with the functions that `review` and `proForma`
 * use. Slow and readable; `kernel.ts` gives the same answers fast, and a conformance test holds the two together.
 */
import { seatByBuffer } from '../selection/buffer.js';
import { rankRows } from '../selection/ranking.js';
import { limitTurnover, unlimited } from '../selection/turnoverLimit.js';
import { applyCaps } from '../weighting/capping.js';
import { exp, log } from './arithmetic.js';
import {
  commonDraws,
  commonSources,
  drawCommon,
  sectorsOf,
  STAGES,
  type CommonDraws,
} from './commonDraws.js';
import { normalOf, normalTables } from './normal.js';
import { halfVarianceOf, rankingSpace, type ForecastPlan } from './plan.js';
import { identityOf, STREAM, threefry, type Identity } from './randomness.js';

/** One simulated review; every column has one entry per row of the plan. */
export interface ReferencePath {
  readonly path: number;
  readonly member: Uint8Array;
  /** Per cap of the plan: whether it acted, and 1 for every row whose weight it set. */
  readonly triggered: readonly boolean[];
  readonly bound: readonly Uint8Array[];
  /** Weights at the swap close, each basket's sum 1. */
  readonly weightBefore: Float64Array;
  readonly weightAfter: Float64Array;
  /** Signed value at the swap close, currency of the plan's assets, buy positive. */
  readonly flow: Float64Array;
  readonly shares: Float64Array;
  /** Half the sum of absolute weight changes, 0..1. */
  readonly turnoverOneWay: number;
}

export interface ReferenceOptions {
  /** Whole number, 0..2^32 - 1. */
  readonly seed: number;
  readonly firstPath?: number;
  readonly paths: number;
}

/** @throws Refusal when a cap cannot be met or the tails cannot be drawn */
export function simulateReference(
  plan: ForecastPlan,
  { seed, firstPath = 0, paths }: ReferenceOptions,
): ReferencePath[] {
  const world: World = {
    plan,
    seed: seed | 0,
    identities: plan.ids.map(identityOf),
    space: rankingSpace(plan),
    common: commonDraws(plan),
  };
  const sources = commonSources(plan, seed);
  return Array.from({ length: paths }, (_, k) => {
    drawCommon(sources, firstPath + k, world.common);
    return referencePath(world, firstPath + k);
  });
}

interface World {
  readonly plan: ForecastPlan;
  readonly seed: number;
  readonly identities: readonly Identity[];
  readonly space: 'log' | 'plain';
  /** Of the path at hand. */
  readonly common: CommonDraws;
}

function referencePath(world: World, path: number): ReferencePath {
  const { plan, common } = world;
  const names = plan.ids.map((_, row) => drawName(world, row, path));
  const members = membersOf(plan, (row) => names[row].score);
  const values = Float64Array.from(
    members,
    (row) => plan.newShares[row] * plan.pricingBase[row] * names[row].atPricing,
  );
  const caps = applyCaps(values, plan.caps);

  const old = plan.ids.map((_, row) => plan.oldShares[row] * plan.price[row]);
  const oldAtSwap = old.map((value, row) => value * names[row].atSwap);
  const newAtSwap = new Float64Array(plan.ids.length);
  members.forEach((row, i) => {
    newAtSwap[row] = plan.newShares[row] * plan.price[row] * names[row].atSwap * caps.factors[i];
  });
  const weightBefore = shares(oldAtSwap);
  const weightAfter = shares(newAtSwap);
  const assets =
    plan.assets *
    (total(old) > 0 ? total(oldAtSwap) / total(old) : 1) *
    exp(plan.assetsDoubt * common.assets - 0.5 * plan.assetsDoubt * plan.assetsDoubt);
  const flow = weightAfter.map((weight, row) => assets * (weight - weightBefore[row]));
  return {
    path,
    member: mark(plan, members),
    triggered: caps.outcomes.map((outcome) => outcome.triggered),
    bound: caps.outcomes.map((outcome) =>
      mark(
        plan,
        outcome.bound.map((i) => members[i]),
      ),
    ),
    weightBefore,
    weightAfter,
    flow,
    shares: flow.map((value, row) => value / (plan.price[row] * names[row].atSwap)),
    turnoverOneWay: total(weightAfter.map((weight, row) => Math.abs(weight - weightBefore[row]))) / 2,
  };
}

interface NameDraw {
  /** What the ranking compares, or its logarithm. */
  readonly score: number;
  /** Price over the last known close. */
  readonly atPricing: number;
  readonly atSwap: number;
}

function drawName({ plan, seed, identities, space, common }: World, row: number, path: number): NameDraw {
  const { average, pricingOnAverage, pricing, swap } = plan.horizon;
  const identity = identities[row];
  const words = new Int32Array(2);
  const normal = (counter: number, stream: number, word: number): number => {
    threefry(seed, identity.key, counter, identity.counter | stream, words);
    return normalOf(normalTables().inverse, words[word]);
  };
  // Two paths share one counter of the streams that nearly every name needs.
  const pair = Math.floor(path / 2);
  const own = [
    normal(pair, STREAM.first, path % 2),
    normal(path, STREAM.later, 0),
    normal(path, STREAM.later, 1),
  ];
  const move = Array.from({ length: STAGES }, (_, stage) => {
    const sector = common.sector[stage * sectorsOf(plan) + plan.sectorOf[row]];
    const together = plan.market[row] * common.market[stage] + plan.sector[row] * sector;
    return together + plan.own[row] * (own[stage] * common.tail[stage]);
  });
  const halfVariance = halfVarianceOf(plan, row);
  const [first, second, third] = common.tail.map((factor) => factor * factor);
  const toPricing = pricingOnAverage * pricingOnAverage * first + pricing * pricing * second;
  const x1 = average * move[0] - average * average * first * halfVariance;
  const x2 = pricingOnAverage * move[0] + pricing * move[1];
  const x3 = x2 + swap * move[2];
  const doubt = plan.measureDoubt[row];
  return {
    score: scoreOf(plan, row, space, x1, doubt === 0 ? 0 : doubt * normal(pair, STREAM.doubt, path % 2)),
    atPricing: exp(x2 - toPricing * halfVariance),
    atSwap: exp(x3 - (toPricing + swap * swap * third) * halfVariance),
  };
}

function scoreOf(plan: ForecastPlan, row: number, space: 'log' | 'plain', x1: number, doubt: number): number {
  const known = plan.measureKnown[row];
  const future = plan.measureFuture[row];
  const halfDoubt = 0.5 * plan.measureDoubt[row] * plan.measureDoubt[row];
  if (space === 'log') return log(future) - halfDoubt + x1 + doubt;
  return (known + future * exp(x1)) * exp(doubt - halfDoubt);
}

/** Rows of the members after the review, ascending: the steps of `review`. */
function membersOf(plan: ForecastPlan, score: (row: number) => number): number[] {
  const all = plan.ids.map((_, row) => row);
  const { seats } = plan;
  if (seats.kind === 'fixed') return all.filter((row) => plan.fixedMember[row] === 1);
  const isIncumbent = (row: number): boolean => plan.incumbent[row] === 1;
  const ranked = rankRows(
    all.filter((row) => plan.eligible[row] === 1),
    score,
  );
  const seated = seatByBuffer(ranked, isIncumbent, seats).map(({ item }) => item);
  const rankOf = (row: number): number => {
    const at = ranked.indexOf(row);
    return at < 0 ? Infinity : at;
  };
  const additions = seated.filter((row) => !isIncumbent(row));
  const deletions = all
    .filter((row) => isIncumbent(row) && !seated.includes(row))
    .toSorted((a, b) => (rankOf(a) === rankOf(b) ? a - b : rankOf(a) > rankOf(b) ? -1 : 1));
  const swaps =
    seats.maxChanges === Infinity
      ? unlimited(additions, deletions)
      : limitTurnover(additions, deletions, seats.count, {
          kind: 'turnover-limit',
          maxCount: seats.maxChanges,
          pairing: 'best-in-worst-out',
        });
  return all.filter((row) =>
    isIncumbent(row) ? !swaps.deletions.includes(row) : swaps.additions.includes(row),
  );
}

const total = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
};

/** Each value's share of their sum; all 0 without any. */
function shares(values: ArrayLike<number>): Float64Array {
  const sum = total(values);
  return Float64Array.from(values, (value) => (sum > 0 ? value / sum : 0));
}

function mark(plan: ForecastPlan, rows: readonly number[]): Uint8Array {
  const marks = new Uint8Array(plan.ids.length);
  for (const row of rows) marks[row] = 1;
  return marks;
}
