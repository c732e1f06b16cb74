/**
 * Closes that an index does not take from the market: those of a suspended line, which stand still or at a stated
 * price, and those of a spun-off child before it trades, which are zero. Returns the same matrix when there is none.
 */
import type { CorporateAction, SpinOff, Suspension } from '../events/actionKinds.js';
import { sessionRow, type CloseMatrix } from './closeMatrix.js';

export function withStillPrices(closes: CloseMatrix, actions: readonly CorporateAction[]): CloseMatrix {
  const still = actions.filter(
    (action): action is SpinOff | Suspension => action.kind === 'spin-off' || action.kind === 'suspension',
  );
  if (still.length === 0) return closes;
  const rowOf = new Map(closes.ids.map((id, row) => [id, row]));
  const patched = { ...closes, close: closes.close.slice() };
  for (const action of still) {
    const row = rowOf.get(action.kind === 'spin-off' ? action.child : action.id);
    if (row === undefined) continue;
    if (action.kind === 'spin-off') zeroUntilTraded(patched, row, sessionRow(closes.days, action.exDay));
    else holdStill(patched, row, action);
  }
  return patched;
}

function zeroUntilTraded({ days, close }: CloseMatrix, row: number, from: number): void {
  // The session before too: it prices the line on the evening it joins.
  for (let t = Math.max(0, from - 1); t < days.length; t++) {
    const at = row * days.length + t;
    if (!Number.isNaN(close[at])) return;
    close[at] = 0;
  }
}

function holdStill({ days, close }: CloseMatrix, row: number, action: Suspension): void {
  const from = sessionRow(days, action.exDay);
  const until = action.until === undefined ? days.length : sessionRow(days, action.until);
  // Suspended before the first session: nothing earlier to carry, so the given close of that session stands.
  const last = close[row * days.length + Math.max(0, from - 1)];
  close.fill(action.at === 'last' ? last : action.at, row * days.length + from, row * days.length + until);
}
