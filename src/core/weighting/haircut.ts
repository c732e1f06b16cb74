/**
 * Haircut: a member above the threshold has its price factor multiplied once by a fraction; the divisor takes the
 * difference, so everybody's weight is renormalised (Nikkei 225: cap-adjusted ratio 0.9).
 */
import { Type, type Static } from 'typebox';
import { ascending, IDLE, type CapAction, type CapState } from './capState.js';
import { WEIGHT_EPSILON } from './fill.js';

export const HaircutSchema = Type.Object(
  {
    kind: Type.Literal('haircut'),
    threshold: Type.Number({
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'weight above which the price factor is cut, 0..1',
    }),
    factor: Type.Number({
      exclusiveMinimum: 0,
      exclusiveMaximum: 1,
      description: 'what the price factor is multiplied by, for instance 0.9',
    }),
  },
  {
    additionalProperties: false,
    description: 'members above the threshold keep a fraction of their price factor',
  },
);
export type HaircutRule = Static<typeof HaircutSchema>;

export function applyHaircut(rule: HaircutRule, state: CapState): CapAction {
  const { weights, allRows } = state;
  const cut = allRows.filter((row) => weights[row] > rule.threshold + WEIGHT_EPSILON);
  if (cut.length === 0) return IDLE;
  for (const row of cut) weights[row] *= rule.factor;
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i];
  for (let i = 0; i < weights.length; i++) weights[i] /= total;
  return { triggered: true, bound: ascending(cut), rounds: 1 };
}
