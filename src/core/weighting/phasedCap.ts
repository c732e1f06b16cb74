/**
 * Phased caps: a cap that is reached in steps. Each step takes away an equal share of the excess that is left,
 * measured anew: with r steps to go (this one included) a weight w above its cap goes to w - (w - cap) / r
 * (Nifty Bank: four monthly tranches to 20 % single, 45 % for the three largest).
 */
import { Type, type Static } from 'typebox';
import { IDLE, type CapAction, type CapState } from './capState.js';
import { WEIGHT_EPSILON } from './fill.js';
import { applyRankTier } from './rankTier.js';

export const PhasedCapSchema = Type.Object(
  {
    kind: Type.Literal('phased'),
    cap: Type.Number({
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'single cap at the end of the phase-in, 0..1',
    }),
    k: Type.Integer({ minimum: 1, description: 'the k largest together, at the end' }),
    limit: Type.Number({
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'sum of the k largest at the end, 0..1',
    }),
    remaining: Type.Integer({
      minimum: 1,
      description: 'steps still to go, this one included; a clause per step, each with its dates',
    }),
  },
  {
    additionalProperties: false,
    description: 'a single cap and a cap on the k largest, reached in equal steps',
  },
);
export type PhasedCapRule = Static<typeof PhasedCapSchema>;

/** Weights here are those in force: an excess is what is above the cap today. */
export function applyPhasedCap(rule: PhasedCapRule, state: CapState): CapAction {
  const { weights, order } = state;
  const step = (weight: number, cap: number): number => weight - Math.max(0, weight - cap) / rule.remaining;
  const k = Math.min(rule.k, order.length);
  const ceilings = Array.from(order.subarray(0, k), (row) => step(weights[row], rule.cap));
  const sum = ceilings.reduce((a, b) => a + b, 0);
  const limit = step(Math.max(sum, rule.limit), rule.limit);
  // The k largest come down together when their sum is still above this step's limit.
  const scale = sum > limit ? limit / sum : 1;
  const tiers = ceilings.map((ceiling) => ({ ranks: 1, cap: ceiling * scale }));
  if (tiers.every((tier, i) => weights[order[i]] <= tier.cap + WEIGHT_EPSILON)) return IDLE;
  const others = Math.min(rule.cap, tiers[k - 1].cap);
  return applyRankTier({ kind: 'rank-tier', tiers, others }, state);
}
