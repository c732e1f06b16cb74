/**
 * Eras: stretches of sessions over which members keep their shares, from one basket to the next. Adding a value up era
 * by era would read a few closes of every security, then the next few of every security; kept until the end, the same
 * sums go through each security's closes once from first to last, which memory delivers almost twice as fast. The order
 * of the members within a session is that of the era, so the bits do not depend on when the eras are added.
 */
import { addRow, addRows, TOGETHER } from './accumulate.js';

interface Era {
  /** Column of `values` it is added to. */
  readonly currency: number;
  readonly from: number;
  /** First session that is not in it any more. */
  readonly to: number;
  /** Its members in the columns of `Eras`. */
  readonly first: number;
  readonly end: number;
}

/** Eras that are not added up yet, their members one after the other in two columns. */
export interface Eras {
  readonly list: Era[];
  /** Rows of the members in the close matrix, ascending within an era. */
  rows: Int32Array;
  /** Index shares of each. */
  shares: Float64Array;
  /** Members written so far. */
  count: number;
}

/** @param room members that will probably be written */
export const noEras = (room: number): Eras => ({
  list: [],
  rows: new Int32Array(room),
  shares: new Float64Array(room),
  count: 0,
});

/** Makes room for so many more members. */
export function reserve(eras: Eras, members: number): void {
  const needed = eras.count + members;
  if (needed <= eras.rows.length) return;
  const length = Math.max(needed, 2 * eras.rows.length);
  const { rows, shares } = eras;
  eras.rows = new Int32Array(length);
  eras.shares = new Float64Array(length);
  eras.rows.set(rows);
  eras.shares.set(shares);
}

/** Adds all eras to `values` and forgets them. Members that do not fill a group of eight come after those that do. */
export function addEras(values: readonly Float64Array[], close: Float64Array, eras: Eras): void {
  const { list, rows, shares } = eras;
  let most = 0;
  for (const { first, end } of list) most = Math.max(most, end - first);
  for (let group = 0; group + TOGETHER <= most; group += TOGETHER) {
    for (const { currency, from, to, first, end } of list) {
      const at = first + group;
      if (at + TOGETHER <= end) addRows(values[currency], close, rows, shares, at, from, to);
    }
  }
  for (const { currency, from, to, first, end } of list) {
    const value = values[currency];
    for (let i = end - ((end - first) % TOGETHER); i < end; i++) {
      addRow(value, close, rows[i] * value.length, from, to, shares[i]);
    }
  }
  list.length = 0;
  eras.count = 0;
}
