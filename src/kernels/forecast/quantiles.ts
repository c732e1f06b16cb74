/** The two loops of quantiles.ts of the core that go over all numbers. */
import { f64At, i32At, putF64, putI32 } from './columns';

const CELLS = 2048;

/** Cells of the numbers at `values`, and how many numbers there are up to the end of each. */
export function countIntoCells(values: usize, n: i32, cells: usize, ends: usize): void {
  let least = v128.load64_splat(values);
  let most = least;
  const pairs = n & ~1;
  for (let i = 0; i < pairs; i += 2) {
    const both = v128.load(values + ((<usize>i) << 3));
    least = f64x2.pmin(least, both);
    most = f64x2.pmax(most, both);
  }
  const last = f64At(values, n - 1);
  const smallest = min(last, min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1)));
  const largest = max(last, max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1)));
  const range = largest - smallest;
  const scale = range > 0 && range < Infinity ? <f64>(CELLS - 1) / range : 0;
  memory.fill(ends, 0, CELLS << 2);
  const scales = f64x2.splat(scale);
  const from = f64x2.splat(smallest);
  for (let i = 0; i < pairs; i += 2) {
    const both = f64x2.mul(f64x2.sub(v128.load(values + ((<usize>i) << 3)), from), scales);
    const cell = i32x4.trunc_sat_f64x2_s_zero(both);
    addTo(cells, ends, i, i32x4.extract_lane(cell, 0));
    addTo(cells, ends, i + 1, i32x4.extract_lane(cell, 1));
  }
  if (pairs < n) addTo(cells, ends, pairs, <i32>((last - smallest) * scale));
  let sum = 0;
  for (let cell = 0; cell < CELLS; cell++) {
    sum += i32At(ends, cell);
    putI32(ends, cell, sum);
  }
}

function addTo(cells: usize, ends: usize, i: i32, cell: i32): void {
  store<u16>(cells + ((<usize>i) << 1), <u16>cell);
  putI32(ends, cell, i32At(ends, cell) + 1);
}

/** Numbers of the cells that have a slot, each at the next place of its slot. */
export function gatherCells(
  values: usize,
  n: i32,
  cells: usize,
  slotOf: usize,
  gathered: usize,
  next: usize,
): void {
  for (let i = 0; i < n; i++) {
    const slot = i32At(slotOf, load<u16>(cells + ((<usize>i) << 1)));
    if (slot < 0) continue;
    const at = i32At(next, slot);
    putF64(gathered, at, f64At(values, i));
    putI32(next, slot, at + 1);
  }
}
