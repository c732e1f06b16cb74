/** Exact quantiles of many numbers without sorting them all: count into cells, then sort the few cells that matter. */

const CELLS = 2048;

/**
 * Type 7 of Hyndman and Fan: with n numbers, the value at position p (n - 1) of the sorted list, linear in between.
 * @param values all finite; NaN for every quantile without any
 * @param probabilities 0..1
 */
export function quantilesOf(values: Float64Array, probabilities: readonly number[]): number[] {
  if (values.length === 0) return probabilities.map(() => Number.NaN);
  const positions = probabilities.map((p) => p * (values.length - 1));
  const ranks = positions.flatMap((position) => [Math.floor(position), Math.ceil(position)]);
  const at = orderStatistics(values, ranks);
  return positions.map((position, i) => {
    const lower = at[2 * i];
    const share = position - Math.floor(position);
    return share === 0 ? lower : lower + share * (at[2 * i + 1] - lower);
  });
}

/** The numbers at the given ranks of the sorted list, from 0. */
function orderStatistics(values: Float64Array, ranks: readonly number[]): number[] {
  let smallest = Infinity;
  let largest = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < smallest) smallest = values[i];
    if (values[i] > largest) largest = values[i];
  }
  const scale = largest > smallest ? (CELLS - 1) / (largest - smallest) : 0;
  const cells = new Uint16Array(values.length);
  const ends = new Int32Array(CELLS);
  for (let i = 0; i < values.length; i++) {
    // A range of numbers too wide for a difference puts them all into one cell.
    const cell = ((values[i] - smallest) * scale) | 0;
    cells[i] = cell;
    ends[cell]++;
  }
  for (let cell = 1; cell < CELLS; cell++) ends[cell] += ends[cell - 1];
  const wanted = ranks.map((rank) => cellOfRank(ends, rank));
  const byCell = sortedCells(values, cells, ends, wanted);
  return ranks.map((rank, i) => {
    const cell = wanted[i];
    return (byCell[cell] as Float64Array)[rank - (cell === 0 ? 0 : ends[cell - 1])];
  });
}

/** First cell with more numbers up to its end than the rank. */
function cellOfRank(ends: Int32Array, rank: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] > rank) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The numbers of the wanted cells, each sorted; by cell. */
function sortedCells(
  values: Float64Array,
  cells: Uint16Array,
  ends: Int32Array,
  wanted: readonly number[],
): (Float64Array | undefined)[] {
  const distinct = [...new Set(wanted)];
  const slotOf = new Uint8Array(CELLS);
  const found = distinct.map((cell, slot) => {
    slotOf[cell] = slot + 1;
    return new Float64Array(ends[cell] - (cell === 0 ? 0 : ends[cell - 1]));
  });
  const counts = new Int32Array(distinct.length);
  for (let i = 0; i < values.length; i++) {
    const slot = slotOf[cells[i]];
    if (slot !== 0) found[slot - 1][counts[slot - 1]++] = values[i];
  }
  const byCell: (Float64Array | undefined)[] = [];
  distinct.forEach((cell, slot) => (byCell[cell] = sorted(found[slot])));
  return byCell;
}

/** A name that is rarely traded has one long cell of equal numbers. */
function sorted(values: Float64Array): Float64Array {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return values.sort();
  return values;
}
