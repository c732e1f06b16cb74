/**
 * Cap on the sum of all large members: when those above a threshold together exceed a limit, the whole set is
 * scaled by one factor to a target. What is freed goes pro rata to the others, none of them above the threshold
 * nor above the smallest of the set: so that no outsider overtakes a member that was cut (Nasdaq-100, stage 2).
 */
import { Type, type Static } from 'typebox';
import { Refusal } from '../base/errors.js';
import type { CapState } from './capState.js';
import { fillProRata, WEIGHT_EPSILON } from './fill.js';

export const AboveSumCapSchema = Type.Object(
  {
    kind: Type.Literal('above-sum'),
    /** A member belongs to the set when its weight is above this, 0..1. */
    threshold: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
    /** Largest sum of the set that is left alone. */
    limit: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
    /** Sum of the set after the cut. */
    target: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
  },
  {
    additionalProperties: false,
    description: 'members above the threshold together at most the limit, else scaled to the target',
  },
);
export type AboveSumCapRule = Static<typeof AboveSumCapSchema>;

export interface AboveSumOutcome {
  readonly triggered: boolean;
  /** How many of the largest members form the set. */
  readonly setSize: number;
  readonly rounds: number;
  readonly outsidersHeld: number;
}

/** @throws Refusal `infeasible_limit` when the members outside the set cannot take what is freed */
export function applyAboveSumCap(rule: AboveSumCapRule, state: CapState): AboveSumOutcome {
  const { values, weights, held, order } = state;
  let setSize = 0;
  let total = 0;
  while (setSize < order.length && weights[order[setSize]] > rule.threshold + WEIGHT_EPSILON)
    total += weights[order[setSize++]];
  if (total <= rule.limit + WEIGHT_EPSILON) return { triggered: false, setSize, rounds: 0, outsidersHeld: 0 };
  const scale = rule.target / total;
  for (let i = 0; i < setSize; i++) weights[order[i]] *= scale;
  const rest = order.slice(setSize).sort();
  const ceiling = Math.min(rule.threshold, weights[order[setSize - 1]]);
  const left = 1 - rule.target;
  if (rest.length * ceiling < left - WEIGHT_EPSILON) {
    throw new Refusal(
      'infeasible_limit',
      `the ${rest.length} members outside the set cannot take ${left.toFixed(4)} with at most ${ceiling.toFixed(4)} each`,
      { outsiders: rest.length, ceiling, left, smallestFeasibleTarget: 1 - rest.length * ceiling },
    );
  }
  const filled = fillProRata(values, rest, left, ceiling, weights, held);
  return { triggered: true, setSize, rounds: filled.rounds, outsidersHeld: filled.held };
}
