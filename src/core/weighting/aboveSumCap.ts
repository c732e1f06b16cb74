/**
 * Cap on the sum of all large members: those above a threshold together at most a limit. Two ways to cut:
 *
 * - `scale-set`: the whole set is scaled by one factor to the target (Nasdaq-100, FTSE RIC, Select Sectors since
 *   2024). The others take what is freed, none above the threshold nor above the smallest of the set, so that
 *   no outsider overtakes a member that was cut.
 * - `cut-smallest`: walking down the ranking, the member at which the running sum passes the limit is cut to
 *   `cutTo`; repeated until the set is within the limit (Select Sectors to 2024).
 *
 * With `spread: deferred` the excess stays out until a later `receivers` rule hands it on.
 */
import { Type, type Static } from 'typebox';
import { Refusal } from '../base/errors.js';
import { ascending, heldRows, IDLE, sumAt, type CapAction, type CapState } from './capState.js';
import { fillProRata, WEIGHT_EPSILON } from './fill.js';
import { handToReceivers } from './receivers.js';

export const AboveSumCapSchema = Type.Object(
  {
    kind: Type.Literal('above-sum'),
    threshold: Type.Number({
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'a member belongs to the set when its weight is above this, 0..1',
    }),
    limit: Type.Number({
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'largest sum of the set that is left alone',
    }),
    target: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        description: 'sum of the set after scaling; the limit itself when absent',
      }),
    ),
    cut: Type.Enum(['scale-set', 'cut-smallest'], {
      description: 'scale the whole set by one factor, or cut its smallest members one after the other',
    }),
    cutTo: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        description: 'weight that `cut-smallest` cuts to; receivers stay at or below it',
      }),
    ),
    spread: Type.Optional(
      Type.Enum(['pro-rata', 'deferred'], {
        description: 'pro rata at once, or deferred until a later rule hands it on',
      }),
    ),
  },
  { additionalProperties: false, description: 'members above the threshold together at most the limit' },
);
export type AboveSumCapRule = Static<typeof AboveSumCapSchema>;

/** @throws Refusal `infeasible_limit` with the smallest target, when the others cannot take what is freed */
export function applyAboveSumCap(rule: AboveSumCapRule, state: CapState): CapAction {
  return rule.cut === 'scale-set' ? scaleSet(rule, state) : cutSmallest(rule, state);
}

function scaleSet(rule: AboveSumCapRule, state: CapState): CapAction {
  const { weights, held, order } = state;
  const set = order.slice(0, setSize(rule, state));
  const total = sumAt(weights, set);
  if (total <= rule.limit + WEIGHT_EPSILON) return IDLE;
  const target = rule.target ?? rule.limit;
  if (rule.spread !== 'deferred')
    refuseInfeasible(rule, target, weights[set[set.length - 1]] / total, order.length - set.length);
  for (const row of set) weights[row] *= target / total;
  held.fill(0);
  if (rule.spread === 'deferred') return { triggered: true, bound: ascending(set), rounds: 1 };
  const rest = order.slice(set.length).sort();
  const ceiling = Math.min(rule.threshold, weights[set[set.length - 1]]);
  const { rounds } = fillProRata(weights.slice(), rest, 1 - target, ceiling, weights, held);
  return { triggered: true, bound: ascending([...set, ...heldRows(state)]), rounds };
}

/**
 * Room outside the set: r members of at most min(threshold, smallest of the set), which itself is a share s of
 * the target. They can take 1 - T when r * min(threshold, s T) >= 1 - T.
 */
function refuseInfeasible(rule: AboveSumCapRule, target: number, s: number, r: number): void {
  const smallest = Math.max(1 - r * rule.threshold, 1 / (1 + r * s));
  if (target >= smallest - WEIGHT_EPSILON) return;
  throw new Refusal(
    'infeasible_limit',
    `the ${r} members outside the set cannot take what a target of ${target} leaves; the smallest target is ${smallest}`,
    { target, outsiders: r, smallestFeasibleTarget: smallest },
  );
}

function cutSmallest(rule: AboveSumCapRule, state: CapState): CapAction {
  const { weights, order } = state;
  const cutTo = rule.cutTo ?? rule.threshold;
  const cut: number[] = [];
  for (;;) {
    let running = 0;
    const passes = order.find((row) => {
      if (weights[row] <= rule.threshold + WEIGHT_EPSILON) return false;
      running += weights[row];
      return running > rule.limit + WEIGHT_EPSILON;
    });
    if (passes === undefined) break;
    if (cut.length > order.length)
      throw new Refusal('infeasible_limit', 'cutting the smallest of the set never ends', {
        threshold: rule.threshold,
        cutTo,
      });
    weights[passes] = cutTo;
    cut.push(passes);
    if (rule.spread !== 'deferred') handToReceivers(state, cutTo, cutTo);
  }
  return cut.length === 0 ? IDLE : { triggered: true, bound: ascending(cut), rounds: cut.length };
}

/** How many members, from the largest, are above the threshold. */
function setSize(rule: AboveSumCapRule, { weights, order }: CapState): number {
  let size = 0;
  while (size < order.length && weights[order[size]] > rule.threshold + WEIGHT_EPSILON) size++;
  return size;
}
