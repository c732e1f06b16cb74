/** Exact quantiles of many numbers without sorting them all: count into cells, then sort the one cell that matters. */

const CELLS = 1024;

/**
 * Type 7 of Hyndman and Fan: with n numbers, the value at position p (n - 1) of the sorted list, linear in between.
 * @param probabilities 0..1
 */
export function quantilesOf(values: Float64Array, probabilities: readonly number[]): number[] {
  const cells = countCells(values);
  const at = (rank: number): number => orderStatistic(values, cells, rank);
  return probabilities.map((p) => {
    const position = p * (values.length - 1);
    const below = Math.floor(position);
    const share = position - below;
    const lower = at(below);
    return share === 0 ? lower : lower + share * (at(below + 1) - lower);
  });
}

interface Cells {
  readonly smallest: number;
  readonly scale: number;
  /** Numbers before each cell. */
  readonly before: Int32Array;
  /** Sorted numbers of the cells asked for so far. */
  readonly sorted: Map<number, Float64Array>;
}

function countCells(values: Float64Array): Cells {
  let smallest = Infinity;
  let largest = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < smallest) smallest = values[i];
    if (values[i] > largest) largest = values[i];
  }
  const scale = largest > smallest ? (CELLS - 1) / (largest - smallest) : 0;
  const before = new Int32Array(CELLS + 1);
  for (let i = 0; i < values.length; i++) before[cellOf(values[i], smallest, scale) + 1]++;
  for (let cell = 0; cell < CELLS; cell++) before[cell + 1] += before[cell];
  return { smallest, scale, before, sorted: new Map() };
}

const cellOf = (value: number, smallest: number, scale: number): number => ((value - smallest) * scale) | 0;

function orderStatistic(values: Float64Array, cells: Cells, rank: number): number {
  const { before, sorted } = cells;
  let cell = 0;
  while (before[cell + 1] <= rank) cell++;
  const known = sorted.get(cell) ?? sortedCell(values, cells, cell);
  sorted.set(cell, known);
  return known[rank - before[cell]];
}

function sortedCell(values: Float64Array, { smallest, scale, before }: Cells, cell: number): Float64Array {
  const found = new Float64Array(before[cell + 1] - before[cell]);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (cellOf(values[i], smallest, scale) === cell) found[count++] = values[i];
  }
  return found.sort();
}
