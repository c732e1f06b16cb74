/**
 * The flat loops under every level: `value[t] += shares x close[t]` over a stretch of sessions. Eight securities
 * go at once, so that the sum is read and written an eighth as often, and are always added in the same order, so that
 * the same input gives the same bits.
 */

/** One security. @param offset of its first session in `close` */
export function addRow(
  value: Float64Array,
  close: Float64Array,
  offset: number,
  from: number,
  to: number,
  shares: number,
): void {
  for (let t = from; t < to; t++) value[t] += shares * close[offset + t];
}

/** How many securities `addRows` takes. */
export const TOGETHER = 8;

/** Eight securities. @param rows in a stock-major matrix, read like `shares` from `at` on */
export function addRows(
  value: Float64Array,
  close: Float64Array,
  rows: Int32Array,
  shares: Float64Array,
  at: number,
  from: number,
  to: number,
): void {
  const sessions = value.length;
  const a = rows[at] * sessions;
  const b = rows[at + 1] * sessions;
  const c = rows[at + 2] * sessions;
  const d = rows[at + 3] * sessions;
  const e = rows[at + 4] * sessions;
  const f = rows[at + 5] * sessions;
  const g = rows[at + 6] * sessions;
  const h = rows[at + 7] * sessions;
  const p = shares[at];
  const q = shares[at + 1];
  const r = shares[at + 2];
  const s = shares[at + 3];
  const u = shares[at + 4];
  const v = shares[at + 5];
  const w = shares[at + 6];
  const x = shares[at + 7];
  for (let t = from; t < to; t++) {
    value[t] +=
      p * close[a + t] +
      q * close[b + t] +
      (r * close[c + t] + s * close[d + t]) +
      (u * close[e + t] + v * close[f + t] + (w * close[g + t] + x * close[h + t]));
  }
}
