/** Exact quantiles of many numbers without sorting them all: count into cells, then sort the few cells that matter. */

const CELLS = 2048;
/** So few are sorted where they stand. */
const FEW = 100;

/** Numbers up to the end of each cell, and where the wanted cells are gathered; -1 for the others. */
const ends = new Int32Array(CELLS);
const slotOf = new Int32Array(CELLS);
let cells = new Uint16Array(0);

/**
 * Type 7 of Hyndman and Fan (Am. Stat. 50, 1996): with n numbers, the value at position p (n - 1) of the sorted list,
 * linear in between.
 * @param values all finite; NaN for every quantile without any
 * @param probabilities 0..1
 */
export function quantilesOf(values: Float64Array, probabilities: readonly number[]): number[] {
  const n = values.length;
  if (n === 0) return probabilities.map(() => Number.NaN);
  if (cells.length < n) cells = new Uint16Array(n);
  countIntoCells(values);
  const positions = probabilities.map((p) => p * (n - 1));
  const ranks = positions.flatMap((position) => [Math.floor(position), Math.ceil(position)]);
  const wanted = ranks.map(cellOfRank);
  const sorted = sortedCells(values, [...new Set(wanted)]);
  const at = (i: number): number => {
    const cell = wanted[i];
    return sorted[slotOf[cell]][ranks[i] - (cell === 0 ? 0 : ends[cell - 1])];
  };
  return positions.map((position, i) => {
    const share = position - Math.floor(position);
    return share === 0 ? at(2 * i) : at(2 * i) + share * (at(2 * i + 1) - at(2 * i));
  });
}

function countIntoCells(values: Float64Array): void {
  const n = values.length;
  // Two of each, so that a comparison need not wait for the one before.
  let smallest = values[n - 1];
  let largest = smallest;
  let otherSmallest = smallest;
  let otherLargest = smallest;
  for (let i = 0; i + 1 < n; i += 2) {
    const value = values[i];
    const other = values[i + 1];
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
    if (other < otherSmallest) otherSmallest = other;
    if (other > otherLargest) otherLargest = other;
  }
  smallest = Math.min(smallest, otherSmallest);
  largest = Math.max(largest, otherLargest);
  const range = largest - smallest;
  // A range of numbers too wide for a difference puts them all into one cell.
  const scale = range > 0 && range < Infinity ? (CELLS - 1) / range : 0;
  fillCells(values, smallest, scale, cells, ends);
}

function fillCells(
  values: Float64Array,
  smallest: number,
  scale: number,
  cellOf: Uint16Array,
  counts: Int32Array,
): void {
  counts.fill(0);
  for (let i = 0; i < values.length; i++) {
    const cell = ((values[i] - smallest) * scale) | 0;
    cellOf[i] = cell;
    counts[cell]++;
  }
  let sum = 0;
  for (let cell = 0; cell < CELLS; cell++) {
    sum += counts[cell];
    counts[cell] = sum;
  }
}

/** First cell with more numbers up to its end than the rank. */
function cellOfRank(rank: number): number {
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
function sortedCells(values: Float64Array, wanted: readonly number[]): Float64Array[] {
  slotOf.fill(-1);
  const starts = new Int32Array(wanted.length + 1);
  wanted.forEach((cell, slot) => {
    slotOf[cell] = slot;
    starts[slot + 1] = starts[slot] + ends[cell] - (cell === 0 ? 0 : ends[cell - 1]);
  });
  const gathered = new Float64Array(starts[wanted.length]);
  gather(values, starts.slice(), gathered);
  return wanted.map((_, slot) => sortedInPlace(gathered.subarray(starts[slot], starts[slot + 1])));
}

function gather(values: Float64Array, next: Int32Array, gathered: Float64Array): void {
  for (let i = 0; i < values.length; i++) {
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
