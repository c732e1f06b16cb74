/** What the capping rules of one rulebook work on, in the order they are listed. */
export interface CapState {
  /** Uncapped market values, > 0, one per entity (security, issuer), in ascending order of its name. */
  readonly values: Float64Array;
  /** 0..n-1. */
  readonly allRows: Int32Array;
  /** Rows by value, largest first, ties by name: no rule may change this order. */
  readonly order: Int32Array;
  /** Weights so far; they sum to 1, or to less while a rule has left its excess to a later one. */
  readonly weights: Float64Array;
  /** 1 where a member stands at the ceiling that the last rule gave it. */
  readonly held: Uint8Array;
  /** The single cap in force, 1 when there is none. */
  cap: number;
  /** Group of each entity; empty texts when there are none. */
  readonly groups: readonly string[];
}

export function capState(values: Float64Array, groups: readonly string[] = []): CapState {
  const n = values.length;
  const allRows = new Int32Array(n);
  for (let i = 0; i < n; i++) allRows[i] = i;
  const order = allRows.slice().sort((a, b) => values[b] - values[a] || a - b);
  return { values, allRows, order, weights: sharesOf(values), held: new Uint8Array(n), cap: 1, groups };
}

/** Each value's share of their sum. */
export function sharesOf(values: Float64Array): Float64Array {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  const shares = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) shares[i] = values[i] / total;
  return shares;
}

export function sumAt(column: Float64Array, rows: Int32Array): number {
  let total = 0;
  for (let i = 0; i < rows.length; i++) total += column[rows[i]];
  return total;
}

/** What a rule did to the state. */
export interface CapAction {
  readonly triggered: boolean;
  /** Rows whose weight it set, ascending. */
  readonly bound: readonly number[];
  readonly rounds: number;
}

export const IDLE: CapAction = { triggered: false, bound: [], rounds: 0 };

/** Rows held at a ceiling, ascending. */
export function heldRows(state: CapState): number[] {
  const rows: number[] = [];
  for (let i = 0; i < state.held.length; i++) if (state.held[i] === 1) rows.push(i);
  return rows;
}

export const ascending = (rows: Iterable<number>): number[] => [...new Set(rows)].sort((a, b) => a - b);
