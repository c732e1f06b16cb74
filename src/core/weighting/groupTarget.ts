/**
 * Group targets: every group is scaled to its share of a reference (SSE 180: industries weigh what they weigh in
 * the universe). A group without members hands its share to the others pro rata.
 */
import { Type, type Static } from 'typebox';
import { ascending, IDLE, type CapAction, type CapState } from './capState.js';
import { groupSums, scaleGroups } from './groupCap.js';
import { WEIGHT_EPSILON } from './fill.js';

export const GroupTargetSchema = Type.Object(
  {
    kind: Type.Literal('group-target'),
    targets: Type.Optional(
      Type.Record(Type.String(), Type.Number({ minimum: 0 }), {
        description: 'share of each group in the reference, any scale; absent: the shares come with the data',
      }),
    ),
  },
  { additionalProperties: false, description: 'every group scaled to its share of a reference' },
);
export type GroupTargetRule = Static<typeof GroupTargetSchema>;

export function applyGroupTarget(rule: GroupTargetRule, state: CapState): CapAction {
  const given = rule.targets;
  if (given === undefined) return IDLE;
  const { names, sums, groupOf } = groupSums(state);
  const raw = Float64Array.from(names, (name, g) => (sums[g] > 0 ? (given[name] ?? 0) : 0));
  const total = raw.reduce((a, b) => a + b, 0);
  if (total <= 0) return IDLE;
  const targets = raw.map((share) => share / total);
  if (targets.every((target, g) => Math.abs(target - sums[g]) <= WEIGHT_EPSILON)) return IDLE;
  scaleGroups(state, groupOf, sums, targets);
  return { triggered: true, bound: ascending(state.allRows), rounds: 1 };
}
