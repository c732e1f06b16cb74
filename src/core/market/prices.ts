/**
 * Closing prices of many securities, stock-major in flat columns: one security's history is one stretch of
 * memory. A day without trading has no row; nothing is filled in here.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { assert } from '../base/errors.js';

/** How a close came to be: index into `PRICE_QUALITIES`. */
export const PRICE_QUALITIES = ['observed', 'equal', 'reconstructed', 'adjusted', 'imported'] as const;
export type PriceQuality = (typeof PRICE_QUALITIES)[number];

export interface PricePanel {
  /** Ascending codes; row of a security in `start`. */
  readonly ids: readonly SecurityId[];
  /** Length ids + 1: rows `start[i]` to `start[i + 1] - 1` belong to security i, ascending by day. */
  readonly start: Int32Array;
  readonly day: Int32Array;
  /** Raw close, currency of the security per share. */
  readonly close: Float64Array;
  /** Value traded that day, same currency; NaN when unknown. */
  readonly value: Float64Array;
  readonly quality: Uint8Array;
}

export interface PriceRow {
  readonly id: SecurityId;
  readonly day: Day;
  readonly close: number;
  readonly value: number;
  readonly quality: PriceQuality;
}

/** A panel from rows sorted by id, then day. */
export function pricePanel(rows: readonly PriceRow[]): PricePanel {
  const ids: SecurityId[] = [];
  const start: number[] = [];
  const day = new Int32Array(rows.length);
  const close = new Float64Array(rows.length);
  const value = new Float64Array(rows.length);
  const quality = new Uint8Array(rows.length);
  rows.forEach((row, i) => {
    if (i === 0 || row.id !== rows[i - 1].id) {
      assert(i === 0 || row.id > rows[i - 1].id, 'price rows ascend by id');
      ids.push(row.id);
      start.push(i);
    } else {
      assert(row.day > rows[i - 1].day, `price rows of ${row.id} ascend by day`);
    }
    day[i] = row.day;
    close[i] = row.close;
    value[i] = row.value;
    quality[i] = PRICE_QUALITIES.indexOf(row.quality);
  });
  return { ids, start: Int32Array.from([...start, rows.length]), day, close, value, quality };
}

/** Row of the last close on or before `day`, or -1 when the security had not traded by then. */
export function lastRow(panel: PricePanel, security: number, day: number): number {
  let low = panel.start[security];
  let high = panel.start[security + 1] - 1;
  if (low > high || panel.day[low] > day) return -1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (panel.day[middle] <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** First and last day of any close in the panel. */
export function panelRange(panel: PricePanel): { readonly first: Day; readonly last: Day } {
  let first = Infinity;
  let last = -Infinity;
  for (let i = 0; i < panel.ids.length; i++) {
    first = Math.min(first, panel.day[panel.start[i]]);
    last = Math.max(last, panel.day[panel.start[i + 1] - 1]);
  }
  return { first: first as Day, last: last as Day };
}
