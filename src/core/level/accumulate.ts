/**
 * The flat loops under every level: `value[t] += shares x close[t]` over a stretch of sessions. Four securities go
 * at once, always added in the same order, so the same input gives the same bits.
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

/** Four securities, by their rows in a stock-major matrix. */
export function addFourRows(
  value: Float64Array,
  close: Float64Array,
  rows: Int32Array,
  shares: Float64Array,
  from: number,
  to: number,
): void {
  const sessions = value.length;
  const a = rows[0] * sessions;
  const b = rows[1] * sessions;
  const c = rows[2] * sessions;
  const d = rows[3] * sessions;
  const p = shares[rows[0]];
  const q = shares[rows[1]];
  const r = shares[rows[2]];
  const s = shares[rows[3]];
  for (let t = from; t < to; t++) {
    value[t] += p * close[a + t] + q * close[b + t] + (r * close[c + t] + s * close[d + t]);
  }
}
