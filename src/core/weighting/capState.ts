/** What the capping rules of one rulebook work on, in the order they are listed. */
export interface CapState {
  /** Uncapped market values, > 0, in ascending order of code. */
  readonly values: Float64Array;
  /** 0..n-1. */
  readonly allRows: Int32Array;
  /** Rows by value, largest first, ties by code: no rule may change this order. */
  readonly order: Int32Array;
  /** Weights so far, sum 1. */
  readonly weights: Float64Array;
  /** 1 where a member stands at the single cap. */
  readonly held: Uint8Array;
  /** The single cap in force, 1 when there is none. */
  cap: number;
}

export function capState(values: Float64Array): CapState {
  const n = values.length;
  const allRows = new Int32Array(n);
  for (let i = 0; i < n; i++) allRows[i] = i;
  const order = allRows.slice().sort((a, b) => values[b] - values[a] || a - b);
  let total = 0;
  for (let i = 0; i < n; i++) total += values[i];
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) weights[i] = values[i] / total;
  return { values, allRows, order, weights, held: new Uint8Array(n), cap: 1 };
}
