/**
 * Closes of a set of securities on a set of sessions without gaps, stock-major: `close[row * sessions + t]`. A
 * session without trading carries the last close; NaN stands only before the first one.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { assert } from '../base/errors.js';
import type { PricePanel } from '../market/prices.js';

export interface CloseMatrix {
  readonly ids: readonly SecurityId[];
  /** Sessions, ascending. */
  readonly days: Int32Array;
  /** Currency of each listing, per share; length ids x days. */
  readonly close: Float64Array;
}

/** A matrix from columns that may have NaN where a security did not trade; the gaps are filled in a copy. */
export function closeMatrix(ids: readonly SecurityId[], days: Int32Array, close: Float64Array): CloseMatrix {
  assert(close.length === ids.length * days.length, 'one close per security and session');
  for (let t = 1; t < days.length; t++) assert(days[t] > days[t - 1], 'sessions ascend');
  const filled = close.slice();
  for (let row = 0; row < ids.length; row++) {
    const end = (row + 1) * days.length;
    for (let at = row * days.length + 1; at < end; at++) {
      if (Number.isNaN(filled[at])) filled[at] = filled[at - 1];
    }
  }
  return { ids, days, close: filled };
}

/** Closes of some securities of a panel; each session holds the last close on or before it. */
export function closesOf(panel: PricePanel, ids: readonly SecurityId[], days: Int32Array): CloseMatrix {
  const panelRow = new Map(panel.ids.map((id, i) => [id, i]));
  const close = new Float64Array(ids.length * days.length).fill(Number.NaN);
  ids.forEach((id, row) => {
    const from = panelRow.get(id);
    if (from !== undefined) copyCloses(panel, from, days, close, row * days.length);
  });
  return { ids, days, close };
}

function copyCloses(
  panel: PricePanel,
  security: number,
  days: Int32Array,
  close: Float64Array,
  offset: number,
): void {
  const end = panel.start[security + 1];
  let next = panel.start[security];
  let last = Number.NaN;
  for (let t = 0; t < days.length; t++) {
    while (next < end && panel.day[next] <= days[t]) last = panel.close[next++];
    close[offset + t] = last;
  }
}

/** Row of the first session on or after a day; the number of sessions when there is none. */
export function sessionRow(days: Int32Array, day: Day): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle] < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
