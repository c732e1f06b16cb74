/**
 * Cap on each single member: whoever is above is set to the cap, the excess goes pro rata to the others. Some
 * families act only above a higher trigger and then cut to the cap (24 % -> 23 %); some leave the excess to a
 * later rule (`spread: deferred`).
 */
import { Type, type Static } from 'typebox';
import { Refusal } from '../base/errors.js';
import { heldRows, IDLE, type CapAction, type CapState } from './capState.js';
import { fillProRata, WEIGHT_EPSILON } from './fill.js';

export const SingleCapSchema = Type.Object(
  {
    kind: Type.Literal('single'),
    cap: Type.Number({ exclusiveMinimum: 0, maximum: 1, description: 'largest weight of one member, 0..1' }),
    trigger: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        description: 'acts only when some member is above this; the cap itself when absent',
      }),
    ),
    spread: Type.Optional(
      Type.Enum(['pro-rata', 'deferred'], {
        description: '`deferred`: the excess stays out until a later rule hands it on',
      }),
    ),
  },
  { additionalProperties: false, description: 'no single member above the cap; excess pro rata, repeated' },
);
export type SingleCapRule = Static<typeof SingleCapSchema>;

/** Smallest cap that `n` members can meet together. */
export const smallestSingleCap = (n: number): number => 1 / n;

/** @throws Refusal `infeasible_cap` with the smallest feasible cap */
export function applySingleCap(rule: SingleCapRule, state: CapState): CapAction {
  const { weights, held, allRows } = state;
  const n = weights.length;
  if (rule.spread !== 'deferred') refuseInfeasible(rule.cap, n);
  held.fill(0);
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, weights[i]);
  if (largest <= (rule.trigger ?? rule.cap) + WEIGHT_EPSILON) {
    state.cap = Math.min(state.cap, rule.trigger ?? rule.cap);
    return IDLE;
  }
  state.cap = Math.min(state.cap, rule.cap);
  if (rule.spread === 'deferred') {
    for (let i = 0; i < n; i++) {
      if (weights[i] > rule.cap + WEIGHT_EPSILON) {
        weights[i] = rule.cap;
        held[i] = 1;
      }
    }
    return { triggered: true, bound: heldRows(state), rounds: 1 };
  }
  const { rounds } = fillProRata(weights.slice(), allRows, 1, rule.cap, weights, held);
  return { triggered: true, bound: heldRows(state), rounds };
}

function refuseInfeasible(cap: number, n: number): void {
  if (cap * n >= 1 - WEIGHT_EPSILON) return;
  throw new Refusal(
    'infeasible_cap',
    `a cap of ${percent(cap)} cannot be met by ${n === 1 ? '1 member' : `${n} members`}: together they reach ${percent(cap * n)}; ` +
      `the smallest cap ${n} members can meet is ${percent(smallestSingleCap(n))}`,
    { cap, members: n, smallestFeasibleCap: smallestSingleCap(n) },
  );
}

const percent = (fraction: number): string => `${Number((fraction * 100).toFixed(6))} %`;
