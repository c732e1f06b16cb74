/**
 * Cap on the sum of the k largest members, solved together with a single cap. Providers publish the limits but
 * not the algorithm, so the ways to share the cut are named readings:
 *
 * - `capped-stay`: members at the single cap stay there, the others of the k are scaled by one factor.
 * - `pro-rata`: all k are scaled by one factor.
 * - `waterline`: one common ceiling is lowered until the k sum to the limit; excess goes to everybody below.
 * - `waterline-within`: the ceiling is lowered within the k only; the others of the k keep their weight.
 *
 * In every reading the rest fills what is left pro rata, and no outsider ends above the smallest of the k.
 */
import { Type, type Static } from 'typebox';
import { Refusal } from '../base/errors.js';
import { ascending, heldRows, IDLE, sumAt, type CapAction, type CapState } from './capState.js';
import { fillProRata, WEIGHT_EPSILON } from './fill.js';

const TOP_K_READINGS = ['capped-stay', 'pro-rata', 'waterline', 'waterline-within'] as const;

export const TopKCapSchema = Type.Object(
  {
    kind: Type.Literal('top-k'),
    k: Type.Integer({ minimum: 1, description: 'how many of the largest' }),
    limit: Type.Number({
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'largest sum of the k largest weights that is left alone, 0..1',
    }),
    target: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        description: 'their sum after the cut; the limit itself when absent',
      }),
    ),
    redistribution: Type.Enum([...TOP_K_READINGS], {
      description: 'who takes the cut, see the reading names',
    }),
    outsiders: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        description:
          'largest weight of anybody outside the k after a cut, besides the weight of the smallest of them',
      }),
    ),
  },
  { additionalProperties: false, description: 'the k largest members together at most the limit' },
);
export type TopKCapRule = Static<typeof TopKCapSchema>;

/** Smallest limit on the k largest that `n` members can meet: all equal. */
export const smallestTopKLimit = (k: number, n: number): number => Math.min(1, k / n);

/** @throws Refusal `infeasible_limit` with the smallest feasible limit */
export function applyTopKCap(rule: TopKCapRule, state: CapState): CapAction {
  const n = state.values.length;
  const k = Math.min(rule.k, n);
  const target = rule.target ?? rule.limit;
  refuseInfeasible(rule, target, n);
  const top = state.order.slice(0, k);
  if (sumAt(state.weights, top) <= rule.limit + WEIGHT_EPSILON) return IDLE;
  if (rule.redistribution === 'waterline') {
    const rounds = lowerWaterline(target, state, k);
    return { triggered: true, bound: ascending(top), rounds };
  }
  shareAmongTop(rule, target, state, top);
  const { rounds, held } = fillRest(rule, target, state, top);
  const outsiders = held > 0 ? heldRows(state).filter((row) => !top.includes(row)) : [];
  return { triggered: true, bound: ascending([...top, ...outsiders]), rounds };
}

function refuseInfeasible(rule: TopKCapRule, target: number, n: number): void {
  const smallest = smallestTopKLimit(rule.k, n);
  if (target >= smallest - WEIGHT_EPSILON) return;
  throw new Refusal(
    'infeasible_limit',
    `the ${rule.k} largest of ${n} members cannot sum to ${round(target)}: ` +
      `even with equal weights they reach ${round(smallest)}, the smallest feasible limit`,
    { limit: target, members: n, k: rule.k, smallestFeasibleCap: smallest },
  );
}

/** New weights of the k largest, summing to the limit. */
function shareAmongTop(rule: TopKCapRule, target: number, state: CapState, top: Int32Array): void {
  const { weights, values, cap } = state;
  if (rule.redistribution === 'waterline-within') {
    lowerCeilingWithin(weights, top, target);
  } else if (rule.redistribution === 'pro-rata') {
    const scale = target / sumAt(weights, top);
    for (const row of top) weights[row] *= scale;
  } else {
    const { standing, scaled } = splitAtCap(rule, state, top);
    const left = Math.max(0, scaled.length === 0 ? 0 : target - standing.length * cap);
    for (const row of standing) weights[row] = (target - left) / standing.length;
    const base = sumAt(values, scaled);
    for (const row of scaled) weights[row] = (values[row] / base) * left;
  }
}

/** Members of the k that stand at the single cap and stay, and those that take the cut. */
function splitAtCap(
  rule: TopKCapRule,
  state: CapState,
  top: Int32Array,
): { standing: Int32Array; scaled: Int32Array } {
  const stays = (row: number): boolean => rule.redistribution === 'capped-stay' && state.held[row] === 1;
  return { standing: top.filter(stays), scaled: top.filter((row) => !stays(row)) };
}

/** Lowers one ceiling over the k largest until they sum to the limit; those below it keep their weight. */
function lowerCeilingWithin(weights: Float64Array, top: Int32Array, limit: number): void {
  let below = sumAt(weights, top);
  for (let h = 1; h <= top.length; h++) {
    below -= weights[top[h - 1]];
    const ceiling = (limit - below) / h;
    if (h === top.length || weights[top[h]] <= ceiling + WEIGHT_EPSILON) {
      for (let j = 0; j < h; j++) weights[top[j]] = ceiling;
      return;
    }
  }
}

/** The rest of the index takes what the k leave, nobody above the smallest of the k. */
function fillRest(
  rule: TopKCapRule,
  target: number,
  state: CapState,
  top: Int32Array,
): { rounds: number; held: number } {
  const { values, weights, held, order } = state;
  const rest = order.slice(top.length).sort();
  const total = 1 - target;
  let ceiling = rule.outsiders ?? Infinity;
  for (const row of top) ceiling = Math.min(ceiling, weights[row]);
  if (rest.length * ceiling < total) {
    // The cut left the smallest of the k below what the rest must carry: lift it to the rest's own level.
    const largestRest = (values[order[top.length]] / sumAt(values, rest)) * total;
    ceiling = Math.max(Math.min(largestRest, target / top.length), total / rest.length);
    liftTop(rule, target, state, top, ceiling);
  }
  return fillProRata(values, rest, total, ceiling, weights, held);
}

/** No member of the k below `floor`: first the others that were scaled give, then those standing at the cap. */
function liftTop(rule: TopKCapRule, target: number, state: CapState, top: Int32Array, floor: number): void {
  const { standing, scaled } = splitAtCap(rule, state, top);
  const left = sumAt(state.weights, scaled);
  if (scaled.length * floor <= left) {
    liftWithin(state.weights, scaled, floor, left);
    return;
  }
  for (const row of scaled) state.weights[row] = floor;
  for (const row of standing) state.weights[row] = (target - scaled.length * floor) / standing.length;
}

/** Lifts rows below `floor` to it and scales the others so that the sum stays `total`. */
function liftWithin(weights: Float64Array, rows: Int32Array, floor: number, total: number): void {
  let free = rows;
  for (;;) {
    const scale = (total - (rows.length - free.length) * floor) / sumAt(weights, free);
    const above = free.filter((row) => weights[row] * scale >= floor - WEIGHT_EPSILON);
    if (above.length === free.length) {
      for (const row of free) weights[row] *= scale;
      break;
    }
    free = above;
  }
  const giving = new Set(free);
  for (const row of rows) if (!giving.has(row)) weights[row] = floor;
}

/**
 * Largest ceiling c at which the k largest sum to the limit when everybody below shares the rest pro rata. With
 * the h largest at c, T the values of the k below them and R of everybody below them:
 * h c + (1 - h c) T / R = limit.
 */
function lowerWaterline(target: number, state: CapState, k: number): number {
  const { values, order, allRows, weights, held } = state;
  const n = values.length;
  let ceiling = target / k;
  for (let h = 1; h < k; h++) {
    // Summed anew: subtracting a dominant member from a running sum would lose the digits of the others.
    const topBelow = sumAt(values, order.subarray(h, k));
    const allBelow = sumAt(values, order.subarray(h));
    const share = topBelow / allBelow;
    const c = (target - share) / (h * (1 - share));
    const next = ((1 - h * c) * values[order[h]]) / allBelow;
    if (c > 0 && next <= c + WEIGHT_EPSILON) {
      ceiling = c;
      break;
    }
  }
  state.cap = Math.min(state.cap, Math.max(ceiling, 1 / n));
  return fillProRata(values, allRows, 1, state.cap, weights, held).rounds;
}

const round = (fraction: number): string => `${Number((fraction * 100).toFixed(6))} %`;
