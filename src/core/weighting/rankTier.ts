/**
 * Caps by rank: the k largest may weigh up to one cap, everybody else up to a lower one; excess pro rata to those
 * below their own cap (PHLX Semiconductor: five largest 8 %, the rest 4 %).
 */
import { Type, type Static } from 'typebox';
import { heldRows, IDLE, type CapAction, type CapState } from './capState.js';
import { fillProRata, WEIGHT_EPSILON } from './fill.js';

export const RankTierSchema = Type.Object(
  {
    kind: Type.Literal('rank-tier'),
    /** Caps from the largest down: `{ranks: 5, cap: 0.08}` caps the next five. */
    tiers: Type.Array(
      Type.Object(
        { ranks: Type.Integer({ minimum: 1 }), cap: Type.Number({ exclusiveMinimum: 0, maximum: 1 }) },
        { additionalProperties: false },
      ),
      { minItems: 1, description: 'caps from the largest down: five ranks at 0.08 caps the next five' },
    ),
    others: Type.Number({ exclusiveMinimum: 0, maximum: 1, description: 'cap of everybody after the tiers' }),
  },
  { additionalProperties: false, description: 'caps by rank; excess pro rata to those below their own cap' },
);
export type RankTierRule = Static<typeof RankTierSchema>;

/** @throws Refusal `infeasible_ceiling` when the caps together do not reach 100 % */
export function applyRankTier(rule: RankTierRule, state: CapState): CapAction {
  const { weights, held, allRows, order } = state;
  const ceilings = new Float64Array(weights.length).fill(rule.others);
  let rank = 0;
  for (const tier of rule.tiers) {
    for (let i = 0; i < tier.ranks && rank < order.length; i++) ceilings[order[rank++]] = tier.cap;
  }
  if (allRows.every((row) => weights[row] <= ceilings[row] + WEIGHT_EPSILON)) return IDLE;
  // Ranks follow the uncapped values, which no cap reorders, so the tiers are the same in every round.
  const { rounds } = fillProRata(weights.slice(), allRows, 1, ceilings, weights, held);
  return { triggered: true, bound: heldRows(state), rounds };
}
