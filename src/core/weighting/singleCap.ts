/** Cap on each single member: whoever is above is set to the cap, the excess goes pro rata to the others. */
import { Type, type Static } from 'typebox';
import { Refusal } from '../base/errors.js';
import type { CapState } from './capState.js';
import { fillProRata } from './fill.js';

export const SingleCapSchema = Type.Object(
  {
    kind: Type.Literal('single'),
    /** Largest weight of one member, 0..1. */
    cap: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
  },
  { additionalProperties: false, description: 'no single member above the cap; excess pro rata, repeated' },
);
export type SingleCapRule = Static<typeof SingleCapSchema>;

/** Smallest cap that `n` members can meet together. */
export const smallestSingleCap = (n: number): number => 1 / n;

/**
 * Caps from the uncapped values (rulebooks.md 11.1), writes weights and who is held.
 * @returns rounds taken
 * @throws Refusal `infeasible_cap` with the smallest feasible cap
 */
export function applySingleCap(rule: SingleCapRule, state: CapState): number {
  const n = state.values.length;
  if (rule.cap * n < 1 - 1e-12) {
    throw new Refusal(
      'infeasible_cap',
      `a cap of ${percent(rule.cap)} cannot be met by ${n} members: together they reach ${percent(rule.cap * n)}; ` +
        `the smallest cap ${n} members can meet is ${percent(smallestSingleCap(n))}`,
      { cap: rule.cap, members: n, smallestFeasibleCap: smallestSingleCap(n) },
    );
  }
  const { rounds } = fillProRata(state.values, state.allRows, 1, rule.cap, state.weights, state.held);
  state.cap = rule.cap;
  return rounds;
}

const percent = (fraction: number): string => `${Number((fraction * 100).toFixed(6))} %`;
