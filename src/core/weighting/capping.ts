/**
 * Weights under a rulebook's caps: from uncapped market values, through each rule in order, to weights that sum
 * to one, with who was bound by what. Rules work on entities (securities, or issuers with their share classes
 * together) and never change their order.
 */
import type { Branded } from '../base/brand.js';
import { assert, InputError } from '../base/errors.js';
import { sum } from '../base/sum.js';
import { AboveSumCapSchema, applyAboveSumCap, type AboveSumCapRule } from './aboveSumCap.js';
import { capState, sharesOf, type CapAction, type CapState } from './capState.js';
import { entitiesOf, type Entities, type EntityLevel } from './entities.js';
import { WEIGHT_EPSILON } from './fill.js';
import { applyGroupCap, GroupCapSchema, type GroupCapRule } from './groupCap.js';
import { applyGroupTarget, GroupTargetSchema, type GroupTargetRule } from './groupTarget.js';
import { applyHaircut, HaircutSchema, type HaircutRule } from './haircut.js';
import { applyOptimise, OptimiseSchema, type OptimiseRule } from './optimise.js';
import { applyPhasedCap, PhasedCapSchema, type PhasedCapRule } from './phasedCap.js';
import { applyRankTier, RankTierSchema, type RankTierRule } from './rankTier.js';
import { applyReceivers, ReceiversSchema, type ReceiversRule } from './receivers.js';
import { applySingleCap, SingleCapSchema, type SingleCapRule } from './singleCap.js';
import type { Start } from './start.js';
import { applyTopKCap, TopKCapSchema, type TopKCapRule } from './topKCap.js';

export type ClauseId = Branded<string, 'ClauseId'>;

export type CapRule =
  | SingleCapRule
  | TopKCapRule
  | AboveSumCapRule
  | ReceiversRule
  | RankTierRule
  | GroupCapRule
  | GroupTargetRule
  | HaircutRule
  | PhasedCapRule
  | OptimiseRule;

/** Every capping kind by name: what a rulebook may write under `caps`. */
export const CAP_SCHEMAS = {
  single: SingleCapSchema,
  'top-k': TopKCapSchema,
  'above-sum': AboveSumCapSchema,
  receivers: ReceiversSchema,
  'rank-tier': RankTierSchema,
  group: GroupCapSchema,
  'group-target': GroupTargetSchema,
  haircut: HaircutSchema,
  phased: PhasedCapSchema,
  optimise: OptimiseSchema,
} as const;

export interface NamedCap {
  readonly id: ClauseId;
  readonly rule: CapRule;
}

/** What is known of each security besides its value; every list has one entry per value. */
export interface CapContext {
  /** Issuer of each security; a security without one stands for itself. */
  readonly issuers?: readonly string[];
  readonly groups?: readonly string[];
  /** Weights in force before the review, sum 1. */
  readonly inForce?: Float64Array;
  /** What the caps work on. */
  readonly level?: EntityLevel;
  /** What the rules start from. */
  readonly start?: Start;
}

/** What one rule did. */
export interface CapOutcome extends CapAction {
  readonly id: ClauseId;
  readonly rule: CapRule;
  /** Rows of the securities it set, ascending. */
  readonly bound: readonly number[];
}

export interface CapResult {
  /** Uncapped weights, sum 1. */
  readonly uncapped: Float64Array;
  /** Capped weights, sum 1. */
  readonly weights: Float64Array;
  /** Capping factors, largest 1: weight = factor x uncapped value, rescaled. */
  readonly factors: Float64Array;
  readonly outcomes: readonly CapOutcome[];
  /** Whether the weights in force were kept because every limit held on them. */
  readonly keptInForce: boolean;
}

/**
 * @param values uncapped market values, finite and > 0, in ascending order of code (ties fall to the lower row)
 * @throws Refusal when a cap cannot be met, with the smallest that can; InputError when a rule needs weights in
 *   force that were not given
 */
export function applyCaps(
  values: Float64Array,
  caps: readonly NamedCap[],
  context: CapContext = {},
): CapResult {
  assert(values.length > 0, 'there are members to weigh');
  for (let i = 0; i < values.length; i++) {
    assert(Number.isFinite(values[i]) && values[i] > 0, 'uncapped values are finite and above zero');
  }
  assert(Number.isFinite(sum(values)), 'uncapped values add up to a finite number');
  const entities = entitiesOf(values.length, context.level ?? 'security', context.issuers, context.groups);
  const uncapped = sharesOf(values);
  const start = context.start ?? 'uncapped';
  if (start !== 'uncapped') {
    const inForce = weightsInForce(context, values.length);
    if (start === 'in-force') return run(values, inForce, uncapped, caps, entities);
    const check = run(values, inForce, uncapped, caps, entities);
    if (check.outcomes.every((outcome) => !outcome.triggered)) return { ...check, keptInForce: true };
  }
  return run(values, values, uncapped, caps, entities);
}

/** Runs the rules on entity sums of `base` and hands each entity's weight to its securities in proportion. */
function run(
  values: Float64Array,
  base: Float64Array,
  uncapped: Float64Array,
  caps: readonly NamedCap[],
  entities: Entities,
): CapResult {
  const state = capState(entities.sums(base), entities.groups);
  const outcomes = caps.map(({ id, rule }): CapOutcome => {
    const action = applyCap(rule, state);
    return { id, rule, ...action, bound: entities.securitiesOf(action.bound) };
  });
  spreadWhatIsLeft(state);
  const weights = entities.split(base, state.weights);
  return { uncapped, weights, factors: cappingFactors(values, weights), outcomes, keptInForce: false };
}

function weightsInForce(context: CapContext, n: number): Float64Array {
  const { inForce } = context;
  if (inForce !== undefined && inForce.length === n && inForce.every((weight) => weight > 0)) return inForce;
  throw new InputError(
    'missing_weights_in_force',
    'these rules start from the weights in force, which are not given',
    [
      {
        code: 'missing_value',
        path: 'weightInForce',
        expected: 'a weight above 0 for every security, as a fraction',
      },
    ],
  );
}

function applyCap(rule: CapRule, state: CapState): CapAction {
  switch (rule.kind) {
    case 'single':
      return applySingleCap(rule, state);
    case 'top-k':
      return applyTopKCap(rule, state);
    case 'above-sum':
      return applyAboveSumCap(rule, state);
    case 'receivers':
      return applyReceivers(rule, state);
    case 'rank-tier':
      return applyRankTier(rule, state);
    case 'group':
      return applyGroupCap(rule, state);
    case 'group-target':
      return applyGroupTarget(rule, state);
    case 'haircut':
      return applyHaircut(rule, state);
    case 'phased':
      return applyPhasedCap(rule, state);
    case 'optimise':
      return applyOptimise(rule, state);
  }
}

/** A deferred excess that no later rule handed on goes pro rata to everybody: the index must add up to one. */
function spreadWhatIsLeft(state: CapState): void {
  const { weights } = state;
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i];
  if (Math.abs(total - 1) <= WEIGHT_EPSILON) return;
  for (let i = 0; i < weights.length; i++) weights[i] /= total;
}

function cappingFactors(values: Float64Array, weights: Float64Array): Float64Array {
  const factors = new Float64Array(values.length);
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    factors[i] = weights[i] / values[i];
    largest = Math.max(largest, factors[i]);
  }
  for (let i = 0; i < values.length; i++) factors[i] /= largest;
  return factors;
}
