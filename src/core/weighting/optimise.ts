/**
 * Capping by optimisation (MSCI 10/40, 25/50): the weights closest to the uncapped ones, sum of (w - u)^2 / u,
 * among all that keep every entity at or below the cap and those above the threshold together at or below the
 * limit. Which entities may stand above the threshold is part of the choice; by symmetry they are the largest.
 *
 * For a chosen set the problem is convex and separable, and its optimum is a pro-rata fill under ceilings: within
 * the set up to the cap, outside it up to the threshold (the multiplier of the sum is the common factor). So each
 * candidate set costs one fill, and the best of at most limit / threshold sets is the answer. The tests solve the
 * same quadratic programs with a general solver.
 *
 * The provider's own objective (active risk, turnover) is not public: this one is an assumption and a finding.
 */
import { Type, type Static } from 'typebox';
import { Refusal } from '../base/errors.js';
import { ascending, IDLE, sumAt, type CapAction, type CapState } from './capState.js';
import { fillProRata, WEIGHT_EPSILON } from './fill.js';

export const OptimiseSchema = Type.Object(
  {
    kind: Type.Literal('optimise'),
    cap: Type.Number({ exclusiveMinimum: 0, maximum: 1, description: 'largest weight of one member, 0..1' }),
    threshold: Type.Number({
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'members above this belong to the set, 0..1',
    }),
    limit: Type.Number({ exclusiveMinimum: 0, maximum: 1, description: 'largest sum of the set, 0..1' }),
  },
  {
    additionalProperties: false,
    description: 'closest weights with a single cap and a cap on the sum of large members',
  },
);
export type OptimiseRule = Static<typeof OptimiseSchema>;

/** @throws Refusal `infeasible_cap` when no choice of the set can meet the limits */
export function applyOptimise(rule: OptimiseRule, state: CapState): CapAction {
  const { weights, order, held } = state;
  const n = weights.length;
  const uncapped = weights.slice();
  let best: { cost: number; weights: Float64Array; held: Uint8Array; size: number } | undefined;
  let tried = 0;
  for (let size = 0; size <= n; size++) {
    const candidate = solveForSet(rule, state, uncapped, size);
    tried++;
    if (candidate !== undefined && (best === undefined || candidate.cost < best.cost - WEIGHT_EPSILON)) {
      best = { ...candidate, size };
    }
    // Larger sets only help while their members could stand above the threshold together.
    if (size * rule.threshold > rule.limit) break;
  }
  if (best === undefined) {
    throw new Refusal(
      'infeasible_cap',
      `${n} members cannot meet ${rule.cap} each with at most ${rule.limit} above ${rule.threshold}`,
      {
        members: n,
        cap: rule.cap,
        smallestFeasibleCap: Math.max(1 / n, (1 - rule.limit) / n),
      },
    );
  }
  if (best.cost <= WEIGHT_EPSILON * WEIGHT_EPSILON) return IDLE;
  weights.set(best.weights);
  held.set(best.held);
  const moved = [...order].filter(
    (row) => held[row] === 1 || (best !== undefined && order.indexOf(row) < best.size),
  );
  return { triggered: true, bound: ascending(moved), rounds: tried };
}

/** Optimum when exactly the `size` largest may stand above the threshold; `undefined` when infeasible. */
function solveForSet(
  rule: OptimiseRule,
  { order, allRows }: CapState,
  uncapped: Float64Array,
  size: number,
): { cost: number; weights: Float64Array; held: Uint8Array } | undefined {
  const set = order.slice(0, size).sort();
  const rest = order.slice(size).sort();
  const ceilings = new Float64Array(uncapped.length).fill(Math.min(rule.threshold, rule.cap));
  for (const row of set) ceilings[row] = rule.cap;
  const weights = new Float64Array(uncapped.length);
  const held = new Uint8Array(uncapped.length);
  try {
    fillProRata(uncapped, allRows, 1, ceilings, weights, held);
    if (sumAt(weights, set) > rule.limit + WEIGHT_EPSILON) {
      const setHeld = new Uint8Array(uncapped.length);
      fillProRata(uncapped, set, rule.limit, ceilings, weights, setHeld);
      fillProRata(uncapped, rest, 1 - rule.limit, ceilings, weights, held);
      for (const row of set) held[row] = setHeld[row];
    }
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
  let cost = 0;
  for (let i = 0; i < weights.length; i++) cost += (weights[i] - uncapped[i]) ** 2 / uncapped[i];
  return { cost, weights, held };
}
