/**
 * Caps on groups of members (country, depositary receipts, industry): a group above its limit is scaled to it,
 * what is freed goes pro rata to members of groups that have room.
 */
import { Type, type Static } from 'typebox';
import { Refusal } from '../base/errors.js';
import { ascending, IDLE, type CapAction, type CapState } from './capState.js';
import { fillProRata, WEIGHT_EPSILON } from './fill.js';

export const GroupCapSchema = Type.Object(
  {
    kind: Type.Literal('group'),
    limit: Type.Number({ exclusiveMinimum: 0, maximum: 1, description: 'largest sum of one group, 0..1' }),
    groups: Type.Optional(
      Type.Array(Type.String(), {
        minItems: 1,
        description: 'the groups it holds for; every group when absent',
      }),
    ),
  },
  { additionalProperties: false, description: 'no group above the limit; excess pro rata to the others' },
);
export type GroupCapRule = Static<typeof GroupCapSchema>;

/** @throws Refusal `infeasible_group_limit` when the groups together cannot reach 100 % */
export function applyGroupCap(rule: GroupCapRule, state: CapState): CapAction {
  const { names, sums, groupOf } = groupSums(state);
  const ceilings = Float64Array.from(names, (name) =>
    rule.groups === undefined || rule.groups.includes(name) ? rule.limit : 1,
  );
  if (sums.every((sum, g) => sum <= ceilings[g] + WEIGHT_EPSILON)) return IDLE;
  const room = ceilings.reduce((total, ceiling) => total + ceiling, 0);
  if (room < 1 - WEIGHT_EPSILON) {
    throw new Refusal(
      'infeasible_group_limit',
      `${names.length} groups of at most ${rule.limit} reach only ${room}`,
      {
        groups: names.length,
        limit: rule.limit,
        smallestFeasibleCap: 1 / names.length,
      },
    );
  }
  const targets = sums.slice();
  const held = new Uint8Array(names.length);
  const { rounds } = fillProRata(
    sums,
    Int32Array.from(names, (_, g) => g),
    1,
    ceilings,
    targets,
    held,
  );
  scaleGroups(state, groupOf, sums, targets);
  const bound = ascending(state.allRows.filter((row) => held[groupOf[row]] === 1));
  return { triggered: true, bound, rounds };
}

/** Names of the groups, ascending, their weights, and each row's group. */
export function groupSums({ weights, groups }: CapState): {
  names: string[];
  sums: Float64Array;
  groupOf: Int32Array;
} {
  const names = [...new Set(groups.length === 0 ? [''] : groups)].sort();
  const index = new Map(names.map((name, g) => [name, g]));
  const groupOf = Int32Array.from(weights, (_, row) => index.get(groups[row] ?? '') ?? 0);
  const sums = new Float64Array(names.length);
  for (let row = 0; row < weights.length; row++) sums[groupOf[row]] += weights[row];
  return { names, sums, groupOf };
}

export function scaleGroups(
  state: CapState,
  groupOf: Int32Array,
  sums: Float64Array,
  targets: Float64Array,
): void {
  for (let row = 0; row < state.weights.length; row++) {
    const g = groupOf[row];
    if (sums[g] > 0) state.weights[row] *= targets[g] / sums[g];
  }
}
