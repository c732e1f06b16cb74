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

/** Eight securities, by their rows in a stock-major matrix. */
export function addRows(
  value: Float64Array,
  close: Float64Array,
  rows: Int32Array,
  shares: Float64Array,
  from: number,
  to: number,
): void {
  const sessions = value.length;
  const [a, b, c, d] = [rows[0] * sessions, rows[1] * sessions, rows[2] * sessions, rows[3] * sessions];
  const [e, f, g, h] = [rows[4] * sessions, rows[5] * sessions, rows[6] * sessions, rows[7] * sessions];
  const [p, q, r, s] = [shares[rows[0]], shares[rows[1]], shares[rows[2]], shares[rows[3]]];
  const [u, v, w, x] = [shares[rows[4]], shares[rows[5]], shares[rows[6]], shares[rows[7]]];
  for (let t = from; t < to; t++) {
    value[t] +=
      p * close[a + t] +
      q * close[b + t] +
      (r * close[c + t] + s * close[d + t]) +
      (u * close[e + t] + v * close[f + t] + (w * close[g + t] + x * close[h + t]));
  }
}
