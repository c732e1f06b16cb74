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

/**
 * A panel from flat columns sorted by security, then day.
 *
 * @param ids ascending codes
 * @param rowsOf how many rows belong to each
 */
export function pricePanel(
  ids: readonly SecurityId[],
  rowsOf: readonly number[],
  columns: Pick<PricePanel, 'day' | 'close' | 'value' | 'quality'>,
): PricePanel {
  const start = new Int32Array(ids.length + 1);
  for (let i = 0; i < ids.length; i++) {
    assert(i === 0 || ids[i] > ids[i - 1], 'price columns ascend by id');
    start[i + 1] = start[i] + rowsOf[i];
    for (let row = start[i] + 1; row < start[i + 1]; row++) {
      assert(columns.day[row] > columns.day[row - 1], `closes of ${ids[i]} ascend by day`);
    }
  }
  assert(start[ids.length] === columns.day.length, 'every price row belongs to a security');
  return { ids, start, ...columns };
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

/** Whether any security has a close on the day. */
export function hasCloses(panel: PricePanel, day: Day): boolean {
  return panel.ids.some((_, security) => {
    const row = lastRow(panel, security, day);
    return row >= 0 && panel.day[row] === day;
  });
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
