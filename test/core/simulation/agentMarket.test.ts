/**
 * Active and passive investors: the four signs of the literature, on runs that differ in nothing but what is asked about;
 * and what must hold of any run. Values stand still where the question is what the flow does, so that few seeds suffice.
 */
import { describe, expect, test } from 'vitest';
import {
  agentMarket,
  fen,
  parseDay,
  rehearse,
  sweepPlan,
  sweepPoints,
  sweepRow,
  type Day,
  type MarketPlan,
  type MarketRun,
} from '../../../src/core/index.js';

const FLOAT = 40e6;
const PLAN: MarketPlan = {
  board: 'star',
  day: parseDay('2025-09-12') as Day,
  price: fen(10_000),
  floatShares: FLOAT,
  passive: 0.3,
  elasticity: 2,
  response: 0,
  volatility: 0.0005,
  volume: 1e6,
  flow: 0,
  atClose: 0.8,
  arbitrageurs: 0,
  before: 5,
  after: 5,
  events: 800,
  closingPart: 0.08,
};
const SEEDS = [1, 2, 3, 4, 5, 6];
const EVENT = PLAN.before;
const LAST = PLAN.before + PLAN.after;

interface Means {
  /** Change of the close against a run without the flow, per session, logarithm, positive in the direction of the flow. */
  readonly moved: readonly number[];
  /** From the last price before the closing auction to the close. */
  readonly dislocation: number;
  /** What the funds paid more than the close of a run without the flow, fraction; and rents over the value of the flow. */
  readonly cost: number;
  readonly rents: number;
}

function meansOf(plan: MarketPlan): Means {
  const sign = Math.sign(plan.flow);
  const pairs = SEEDS.map((seed) => ({
    run: agentMarket(plan, seed),
    still: agentMarket({ ...plan, flow: 0, arbitrageurs: 0 }, seed),
  }));
  const mean = (of: (pair: { run: MarketRun; still: MarketRun }) => number): number =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  return {
    moved: Array.from({ length: LAST + 1 }, (_, day) =>
      mean(({ run, still }) => sign * Math.log(run.closes[day] / still.closes[day])),
    ),
    dislocation: mean(({ run }) => sign * Math.log(run.closes[EVENT] / run.beforeAuction[EVENT])),
    cost: mean(({ run, still }) => sign * Math.log(run.fundPaid / run.fundShares / still.closes[EVENT])),
    rents: mean(({ run }) => run.rents / (Math.abs(plan.flow) * plan.price)),
  };
}

/** Funds that must sell a fiftieth of what they hold. */
const forced = (passive: number): MarketPlan => ({ ...PLAN, passive, flow: -0.02 * passive * FLOAT });

test('1: the impact at the event and the reversal after it rise with the passive share', () => {
  const [low, middle, high] = [0.1, 0.3, 0.5].map((passive) => meansOf(forced(passive)).moved);
  expect(low[EVENT]).toBeGreaterThan(0);
  expect(middle[EVENT]).toBeGreaterThan(low[EVENT]);
  expect(high[EVENT]).toBeGreaterThan(middle[EVENT]);
  const reversal = (moved: readonly number[]): number => moved[EVENT] - moved[LAST];
  expect(reversal(low)).toBeGreaterThan(0);
  expect(reversal(middle)).toBeGreaterThan(reversal(low));
  expect(reversal(high)).toBeGreaterThan(reversal(middle));
});

test('2: elasticity falls with the passive share, and less than in proportion when active investors respond', () => {
  // 2 % of the float sold over six sessions; where the price then stays, five sessions long, is the slope of demand.
  const elasticity = (passive: number, response: number): number => {
    const { moved } = meansOf({ ...PLAN, passive, response, flow: -0.02 * FLOAT, preTrade: true });
    const after = moved.slice(EVENT + 1);
    return 0.02 / (after.reduce((sum, move) => sum + move, 0) / after.length);
  };
  const [few, many] = [elasticity(0.1, 0), elasticity(0.6, 0)];
  // Active holdings fall from 90 to 40 %.
  expect(Math.abs(many / few - 4 / 9)).toBeLessThan(0.15);
  const responding = elasticity(0.6, 2) / elasticity(0.1, 2);
  expect(responding).toBeLessThan(1);
  expect(responding).toBeGreaterThan(many / few);
  // 0.4 / (1 + 2 x 0.4) over 0.9 / (1 + 2 x 0.9), of Haddad, Huebner and Loualiche.
  expect(Math.abs(responding - 0.2222 / 0.3214)).toBeLessThan(0.15);
});

test('3: more arbitrageurs: the price moves earlier, the close less, and each of them earns less', () => {
  const [one, three, eight] = [1, 3, 8].map((arbitrageurs) =>
    meansOf({ ...forced(0.3), flow: -400_000, atClose: 1, arbitrageurs }),
  );
  const early = (means: Means): number => means.moved[EVENT - 1];
  // They hold a half and eight ninths of the flow before it comes; three quarters are too near to tell in six seeds.
  expect(early(eight)).toBeGreaterThan(early(one));
  expect(three.dislocation).toBeLessThan(one.dislocation);
  expect(eight.dislocation).toBeLessThan(three.dislocation);
  expect(one.rents).toBeGreaterThan(0);
  expect(three.rents / 3).toBeLessThan(one.rents);
  expect(eight.rents / 8).toBeLessThan(three.rents / 3);
  expect(eight.rents).toBeLessThan(one.rents);
});

test('4: funds that all wait for the close and meet one arbitrageur pay hundreds of basis points more than funds that start early', () => {
  const flow = -400_000;
  const waiting = meansOf({ ...PLAN, flow, atClose: 1, arbitrageurs: 1 });
  const early = meansOf({ ...PLAN, flow, preTrade: true });
  expect(waiting.cost - early.cost).toBeGreaterThan(0.01);
  expect(waiting.cost - early.cost).toBeLessThan(0.1);
});

describe('any run', () => {
  const run = agentMarket({ ...forced(0.3), arbitrageurs: 2, volatility: 0.02 }, 11);

  test('trades the whole flow, closes inside of the limits, and has both kinds of trading', () => {
    expect(run.fundShares).toBe(forced(0.3).flow);
    let before = PLAN.price as number;
    run.closes.forEach((close, day) => {
      expect(Math.abs(close - before)).toBeLessThanOrEqual(Math.round(before * 0.2) + 1);
      expect(run.closingVolumes[day]).toBeGreaterThan(0);
      expect(run.volumes[day]).toBeGreaterThan(run.closingVolumes[day]);
      before = close;
    });
  });

  test('is the same to the last bit with the same seed', () => {
    const again = agentMarket({ ...forced(0.3), arbitrageurs: 2, volatility: 0.02 }, 11);
    expect(again).toEqual(run);
    expect(agentMarket({ ...forced(0.3), arbitrageurs: 2, volatility: 0.02 }, 12).closes).not.toEqual(
      run.closes,
    );
  });

  test('without a flow is the same whoever would know of it', () => {
    const plan = { ...PLAN, volatility: 0.02 };
    expect(agentMarket({ ...plan, arbitrageurs: 5 }, 3).closes).toEqual(agentMarket(plan, 3).closes);
  });
});

test('a point of a sweep is the mean over its runs, in the direction of the flow', () => {
  const [point, ...rest] = sweepPoints({ passive: [0.2], arbitrageurs: [2, 3], flow: [-0.02] });
  expect(rest).toEqual([{ passive: 0.2, arbitrageurs: 3, flow: -0.02 }]);
  const plan = sweepPlan({ ...PLAN, events: 300, volatility: 0.01 }, point);
  expect([plan.flow, plan.arbitrageurs]).toEqual([-0.02 * 0.2 * FLOAT, 2]);
  const part = rehearse(plan, 3, 0, 4);
  const row = sweepRow(point, part);
  const moves = [0, 1, 2, 3].map((run) => 1 - part.closes[run * 6] / part.stillCloses[run * 6]);
  const mean = moves.reduce((a, b) => a + b) / 4;
  const deviation = Math.sqrt(moves.reduce((sum, move) => sum + (move - mean) ** 2, 0) / 3);
  expect(row.moved.mean).toBeCloseTo(mean, 12);
  expect(row.moved.error).toBeCloseTo(deviation / 2, 12);
  // Funds that sell pay what they get too little; arbitrageurs sold before.
  expect(row.cost.mean).toBeCloseTo(part.cost.reduce((a, b) => a + b) / 4, 12);
  expect(row.filled).toBe(1);
  expect(row.early.mean).toBeCloseTo(-part.early.reduce((a, b) => a + b) / 4, 12);
});
