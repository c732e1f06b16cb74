/**
 * Weights under a rulebook's caps: from uncapped market values, through each rule in order, to weights that sum
 * to one, with who was bound by what. Rules never change the order of the members.
 */
import type { Branded } from '../base/brand.js';
import { assert } from '../base/errors.js';
import { AboveSumCapSchema, applyAboveSumCap, type AboveSumCapRule } from './aboveSumCap.js';
import { capState, type CapState } from './capState.js';
import { applySingleCap, SingleCapSchema, type SingleCapRule } from './singleCap.js';
import { applyTopKCap, TopKCapSchema, type TopKCapRule } from './topKCap.js';

export type ClauseId = Branded<string, 'ClauseId'>;

export type CapRule = SingleCapRule | TopKCapRule | AboveSumCapRule;

/** Every capping kind by name: what a rulebook may write under `caps`. */
export const CAP_SCHEMAS = {
  single: SingleCapSchema,
  'top-k': TopKCapSchema,
  'above-sum': AboveSumCapSchema,
} as const;

export interface NamedCap {
  readonly id: ClauseId;
  readonly rule: CapRule;
}

/** What one rule did. */
export interface CapOutcome {
  readonly id: ClauseId;
  readonly rule: CapRule;
  readonly triggered: boolean;
  /** Rows it set, ascending. */
  readonly bound: readonly number[];
  readonly rounds: number;
}

export interface CapResult {
  /** Uncapped weights, sum 1. */
  readonly uncapped: Float64Array;
  /** Capped weights, sum 1. */
  readonly weights: Float64Array;
  /** Capping factors, largest 1: weight = factor x uncapped value, rescaled. */
  readonly factors: Float64Array;
  readonly outcomes: readonly CapOutcome[];
}

/**
 * @param values uncapped market values, finite and > 0, in ascending order of code (ties fall to the lower row)
 * @throws Refusal when a cap cannot be met, with the smallest that can
 */
export function applyCaps(values: Float64Array, caps: readonly NamedCap[]): CapResult {
  assert(values.length > 0, 'there are members to weigh');
  for (let i = 0; i < values.length; i++) {
    assert(Number.isFinite(values[i]) && values[i] > 0, 'uncapped values are finite and above zero');
  }
  const state = capState(values);
  const uncapped = state.weights.slice();
  const outcomes = caps.map(({ id, rule }) => ({ id, rule, ...applyCap(rule, state) }));
  return { uncapped, weights: state.weights, factors: cappingFactors(values, state.weights), outcomes };
}

function applyCap(rule: CapRule, state: CapState): Omit<CapOutcome, 'id' | 'rule'> {
  switch (rule.kind) {
    case 'single': {
      const rounds = applySingleCap(rule, state);
      const bound = heldRows(state);
      return { triggered: bound.length > 0, bound, rounds };
    }
    case 'top-k': {
      const { triggered, rounds, outsidersHeld } = applyTopKCap(rule, state);
      if (!triggered) return { triggered, bound: [], rounds };
      return { triggered, bound: boundRows(state, rule.k, outsidersHeld), rounds };
    }
    case 'above-sum': {
      const { triggered, setSize, rounds, outsidersHeld } = applyAboveSumCap(rule, state);
      return { triggered, bound: triggered ? boundRows(state, setSize, outsidersHeld) : [], rounds };
    }
  }
}

/** The largest `count` members that were set together, and outsiders held below them; ascending rows. */
function boundRows(state: CapState, count: number, outsidersHeld: number): number[] {
  const set = Array.from(state.order.subarray(0, count));
  const outsiders = outsidersHeld > 0 ? heldRows(state).filter((row) => !set.includes(row)) : [];
  return [...set, ...outsiders].toSorted((a, b) => a - b);
}

function heldRows(state: CapState): number[] {
  const rows: number[] = [];
  for (let row = 0; row < state.held.length; row++) if (state.held[row] === 1) rows.push(row);
  return rows;
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
