/** Small hand-made markets for the level engine: closes by name, and the calls that every test would repeat. */
import {
  closeMatrix,
  indexHistory,
  matrixRows,
  securityId,
  type ActionPolicy,
  type BasketInForce,
  type CloseMatrix,
  type CorporateAction,
  type Day,
  type IndexHistory,
  type IndexInput,
  type SecurityId,
} from '../../../src/core/index.js';

/** Sessions are days 0, 1, 2, ...; NaN where a security did not trade. */
export function marketOf(closes: Readonly<Record<string, readonly number[]>>): CloseMatrix {
  const ids = Object.keys(closes).toSorted();
  const sessions = closes[ids[0]].length;
  return closeMatrix(
    ids.map(securityId),
    Int32Array.from({ length: sessions }, (_, t) => t),
    Float64Array.from(ids.flatMap((id) => closes[id])),
  );
}

export const day = (t: number): Day => t as Day;

export function basketOf(
  closes: CloseMatrix,
  shares: Readonly<Record<string, number>>,
  divisor: number,
  factors: Readonly<Record<string, number>> = {},
): BasketInForce {
  const ids = Object.keys(shares).toSorted();
  return {
    rows: matrixRows(closes, ids.map(securityId)),
    shares: Float64Array.from(ids, (id) => shares[id]),
    factors: Float64Array.from(ids, (id) => factors[id] ?? 1),
    divisor,
  };
}

/** Neither family's: everything that can be adjusted is. */
export const POLICY: ActionPolicy = {
  cappedMembers: 'keep-factor',
  specialDividends: 'adjust',
  shareChangeThreshold: 0.05,
  reinvestment: 'at-close',
};

/** A history of A (100 shares) and B (200 shares), level 1000 at the first close. */
export function historyOf(
  closes: CloseMatrix,
  actions: readonly CorporateAction[],
  more: Partial<IndexInput> = {},
): IndexHistory {
  const [a, b] = matrixRows(closes, ['A', 'B'].map(securityId));
  const sessions = closes.days.length;
  const value = 100 * closes.close[a * sessions] + 200 * closes.close[b * sessions];
  return indexHistory({
    closes,
    start: basketOf(closes, { A: 100, B: 200 }, value / 1000),
    actions,
    policy: POLICY,
    ...more,
  });
}

export const A = securityId('A');
export const B = securityId('B');
export const C = securityId('C');

/** Shares x factor of a member at the last close, NaN for one that is not a member. */
export function indexSharesAtEnd(closes: CloseMatrix, { end }: IndexHistory, id: SecurityId): number {
  const at = end.rows.indexOf(closes.ids.indexOf(id));
  return at < 0 ? Number.NaN : end.shares[at] * end.factors[at];
}
