/** Exact quantiles of many numbers without sorting them all: count into cells, then sort the few cells that matter. */

/** Cells that the range of the numbers is cut into. */
export const CELLS = 2048;
/** So few are sorted where they stand. */
const FEW = 100;

/** Columns used again for every list of up to so many numbers, and the two loops over all of them. */
export interface QuantileWork {
  /** The numbers, all finite; the input. */
  readonly values: Float64Array;
  readonly cells: Uint16Array;
  /** Numbers up to the end of each cell. */
  readonly ends: Int32Array;
  /** Place of a cell among the wanted ones, -1 for the others. */
  readonly slotOf: Int32Array;
  /** Numbers of the wanted cells, one cell after the other, and where the next number of each goes. */
  readonly gathered: Float64Array;
  readonly next: Int32Array;
  /** Writes cells and ends of the first `n` values. */
  readonly count: (n: number) => void;
  /** Writes what is gathered of them. */
  readonly gather: (n: number) => void;
}

/** More cells than quantiles can be wanted of. */
export const MOST_WANTED = 64;

let kept: QuantileWork | undefined;

/**
 * Type 7 of Hyndman and Fan (Am. Stat. 50, 1996): with n numbers, the value at position p (n - 1) of the sorted list,
 * linear in between.
 * @param values all finite; NaN for every quantile without any
 * @param probabilities 0..1, at most 32
 * @param work room for so many numbers; made and kept unless given
 */
export function quantilesOf(
  values: Float64Array | Float32Array,
  probabilities: readonly number[],
  work?: QuantileWork,
): number[] {
  const n = values.length;
  if (n === 0) return probabilities.map(() => Number.NaN);
  const room = work ?? roomHere(n);
  room.values.set(values);
  room.count(n);
  const positions = probabilities.map((p) => p * (n - 1));
  const ranks = positions.flatMap((position) => [Math.floor(position), Math.ceil(position)]);
  const wanted = ranks.map((rank) => cellOfRank(room.ends, rank));
  const sorted = sortedCells(room, n, [...new Set(wanted)]);
  const at = (i: number): number => {
    const cell = wanted[i];
    return sorted[room.slotOf[cell]][ranks[i] - startOf(room.ends, cell)];
  };
  return positions.map((position, i) => {
    const share = position - Math.floor(position);
    return share === 0 ? at(2 * i) : at(2 * i) + share * (at(2 * i + 1) - at(2 * i));
  });
}

function roomHere(n: number): QuantileWork {
  if (kept !== undefined && kept.values.length >= n) return kept;
  const columns = {
    values: new Float64Array(n),
    cells: new Uint16Array(n),
    ends: new Int32Array(CELLS),
    slotOf: new Int32Array(CELLS),
    gathered: new Float64Array(n),
    next: new Int32Array(MOST_WANTED),
  };
  kept = {
    ...columns,
    count: (many) => countIntoCells(columns.values, many, columns.cells, columns.ends),
    gather: (many) => gather(columns, many),
  };
  return kept;
}

function countIntoCells(values: Float64Array, n: number, cells: Uint16Array, ends: Int32Array): void {
  let smallest = values[0];
  let largest = values[0];
  for (let i = 1; i < n; i++) {
    const value = values[i];
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  const range = largest - smallest;
  // A range of numbers too wide for a difference puts them all into one cell.
  const scale = range > 0 && range < Infinity ? (CELLS - 1) / range : 0;
  ends.fill(0);
  for (let i = 0; i < n; i++) {
    const cell = ((values[i] - smallest) * scale) | 0;
    cells[i] = cell;
    ends[cell]++;
  }
  let sum = 0;
  for (let cell = 0; cell < CELLS; cell++) {
    sum += ends[cell];
    ends[cell] = sum;
  }
}

const startOf = (ends: Int32Array, cell: number): number => (cell === 0 ? 0 : ends[cell - 1]);

/** First cell with more numbers up to its end than the rank. */
function cellOfRank(ends: Int32Array, rank: number): number {
  let low = 0;
  let high = CELLS - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] > rank) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The numbers of the wanted cells, each sorted, by `slotOf`. */
function sortedCells(work: QuantileWork, n: number, wanted: readonly number[]): Float64Array[] {
  const { ends, slotOf, next, gathered } = work;
  slotOf.fill(-1);
  const starts = [0];
  wanted.forEach((cell, slot) => {
    slotOf[cell] = slot;
    next[slot] = starts[slot];
    starts.push(starts[slot] + ends[cell] - startOf(ends, cell));
  });
  work.gather(n);
  return wanted.map((_, slot) => sortedInPlace(gathered.subarray(starts[slot], starts[slot + 1])));
}

function gather(
  { values, cells, slotOf, next, gathered }: Omit<QuantileWork, 'count' | 'gather'>,
  n: number,
): void {
  for (let i = 0; i < n; i++) {
    const slot = slotOf[cells[i]];
    if (slot >= 0) gathered[next[slot]++] = values[i];
  }
}

function sortedInPlace(values: Float64Array): Float64Array {
  // A name that is rarely traded has one long cell of equal numbers.
  let i = 1;
  while (i < values.length && values[i] === values[0]) i++;
  if (i >= values.length) return values;
  if (values.length > FEW) return values.sort();
  for (; i < values.length; i++) {
    const value = values[i];
    let at = i;
    for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1];
    values[at] = value;
  }
  return values;
}
