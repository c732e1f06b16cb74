/**
 * Receivers: whatever earlier rules have freed goes pro rata to the members below a weight, none of them passing
 * a ceiling. Members between the two and the capped set receive nothing (S&P Select Sectors).
 */
import { Type, type Static } from 'typebox';
import { heldRows, IDLE, type CapAction, type CapState } from './capState.js';
import { fillProRata, WEIGHT_EPSILON, type Filled } from './fill.js';

export const ReceiversSchema = Type.Object(
  {
    kind: Type.Literal('receivers'),
    below: Type.Number({
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'only members below this weight receive',
    }),
    ceiling: Type.Number({ exclusiveMinimum: 0, maximum: 1, description: 'and none of them passes this' }),
    trimUpTo: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        description:
          'members above the ceiling up to this give as well: they are lowered to the ceiling first',
      }),
    ),
  },
  {
    additionalProperties: false,
    description: 'what is missing to 100 % goes pro rata to small members, under a ceiling',
  },
);
export type ReceiversRule = Static<typeof ReceiversSchema>;

/** @throws Refusal `infeasible_ceiling` when the receivers cannot take what is missing */
export function applyReceivers(rule: ReceiversRule, state: CapState): CapAction {
  if (rule.trimUpTo !== undefined && isMissing(state)) trim(state, rule.ceiling, rule.trimUpTo);
  const filled = handToReceivers(state, rule.below, rule.ceiling);
  return filled === undefined ? IDLE : { triggered: true, bound: heldRows(state), rounds: filled.rounds };
}

const isMissing = ({ weights }: CapState): boolean =>
  1 - weights.reduce((total, weight) => total + weight, 0) > WEIGHT_EPSILON;

/** Select Sectors at the quarter ends of 2025: names between 4.5 % and 4.8 % go to 4.5 %. */
function trim({ weights }: CapState, ceiling: number, upTo: number): void {
  for (let row = 0; row < weights.length; row++) {
    if (weights[row] > ceiling && weights[row] <= upTo + WEIGHT_EPSILON) weights[row] = ceiling;
  }
}

/** Shares out what is missing; `undefined` when nothing is. */
export function handToReceivers(state: CapState, below: number, ceiling: number): Filled | undefined {
  const { weights, held, allRows } = state;
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i];
  const missing = 1 - total;
  if (missing <= WEIGHT_EPSILON) return undefined;
  const receivers = allRows.filter((row) => weights[row] < below - WEIGHT_EPSILON);
  let own = 0;
  for (const row of receivers) own += weights[row];
  held.fill(0);
  return fillProRata(weights.slice(), receivers, own + missing, ceiling, weights, held);
}
