/**
 * All corporate actions of one session, in the order of the evening before it. First who is a member and with how
 * many shares; then, per share held, dividends, spin-offs and capital actions together; last the currency.
 */
import type { Day, SecurityId } from '../base/brand.js';
import type { CorporateAction, SpinOff } from '../events/actionKinds.js';
import { NO_TERMS, withAction, type ExTerms } from '../events/exTerms.js';
import type { ActionPolicy } from '../events/policy.js';
import {
  applyCurrency,
  applyDelisting,
  applyMerger,
  applyShareChange,
  applySpinOff,
  applyTerms,
  applyWaitingShares,
  endSpinOff,
} from './applyAction.js';
import { bucketRows, type Buckets } from './buckets.js';
import type { DividendCash } from './dividends.js';
import { isMember, rateAt, type Lines } from './lines.js';

/** The end of a spun-off child's stay, derived from the spin-off. */
interface SpinOffEnd {
  readonly kind: 'spin-off-end';
  readonly id: SecurityId;
  readonly keepUntil: Day;
  readonly spinOff: SpinOff;
}

export type DatedAction = CorporateAction | SpinOffEnd;

/** The index being walked, and where its dividends go. */
export interface Holding {
  readonly lines: Lines;
  readonly policy: ActionPolicy;
  readonly taxRates: Float64Array | undefined;
  readonly cash: DividendCash;
  readonly rowOf: ReadonlyMap<SecurityId, number>;
}

// Who leaves goes first: what else happens to him on that evening is nothing to the index any more.
const PHASES: Readonly<Record<DatedAction['kind'], number>> = {
  delisting: 0,
  merger: 0,
  suspension: 0,
  'share-change': 1,
  'spin-off-end': 1,
  dividend: 2,
  'spin-off': 3,
  bonus: 4,
  split: 4,
  consolidation: 4,
  rights: 4,
  'special-dividend': 4,
  currency: 5,
};
const PHASE_COUNT = 6;

/** Actions by session and, within one, by phase. @param sessionOf -1 for an action outside the history */
export function actionsBySession(
  sessions: number,
  actions: readonly DatedAction[],
  sessionOf: (action: DatedAction) => number,
): Buckets<DatedAction> {
  return bucketRows(sessions * PHASE_COUNT, actions, (action) => {
    const t = sessionOf(action);
    return t < 0 ? -1 : t * PHASE_COUNT + PHASES[action.kind];
  });
}

/** Everything that falls on session t. @param shareUpdate whether it is a regular date for waiting share counts */
export function applySession(
  holding: Holding,
  t: number,
  { start, order, items }: Buckets<DatedAction>,
  shareUpdate: boolean,
): void {
  const { lines, policy, rowOf } = holding;
  const first = t * PHASE_COUNT;
  if (start[first] === start[first + PHASE_COUNT] && !shareUpdate) return;
  const terms = new Map<number, ExTerms>();
  for (let phase = 0; phase < PHASE_COUNT; phase++) {
    if (phase === PHASES['share-change'] && shareUpdate) applyWaitingShares(lines, t, policy);
    for (let i = start[first + phase]; i < start[first + phase + 1]; i++) {
      const action = items[order[i]];
      const row = rowOf.get(action.id);
      if (row !== undefined) apply(holding, row, t, action, terms);
    }
    if (phase === PHASES.bonus) for (const [row, sum] of terms) applyTerms(lines, row, t, sum, policy);
  }
}

/** Capital actions are only collected: those of one security on one day have one ex-price. */
function apply(
  holding: Holding,
  row: number,
  t: number,
  action: DatedAction,
  terms: Map<number, ExTerms>,
): void {
  const { lines, policy, rowOf } = holding;
  const rowIn = (id: SecurityId): number => rowOf.get(id) ?? -1;
  switch (action.kind) {
    case 'spin-off-end':
      return endSpinOff(lines, row, rowIn(action.spinOff.child), t, action.spinOff);
    case 'delisting':
      return applyDelisting(lines, row, t, action);
    case 'merger':
      return applyMerger(lines, row, rowIn(action.survivor), t, action, policy);
    case 'share-change':
      return applyShareChange(lines, row, t, action, policy);
    case 'suspension':
      // Its closes already stand still (stillPrices.ts).
      return;
    case 'dividend':
      return payOut(holding, row, t, action.cashPerShare);
    case 'spin-off':
      return applySpinOff(lines, row, rowIn(action.child), t, action);
    case 'currency':
      return applyCurrency(lines, row, lines.currencies.codes.indexOf(action.currency), t, action);
    case 'special-dividend':
      if (policy.specialDividends === 'leave') return payOut(holding, row, t, action.cashPerShare);
      loseTax(holding, row, t, action.cashPerShare);
  }
  terms.set(row, withAction(terms.get(row) ?? NO_TERMS, action));
}

function payOut({ lines, taxRates, cash }: Holding, row: number, t: number, perShare: number): void {
  if (!isMember(lines, row)) return;
  const amount = perShare * lines.indexShares[row] * rateAt(lines, row, t);
  cash.gross[t] += amount;
  cash.net[t] += amount * (1 - (taxRates?.[row] ?? 0));
}

/** A special dividend that the price index is adjusted for: reinvested before tax, so the net index loses the tax. */
function loseTax({ lines, taxRates, cash }: Holding, row: number, t: number, perShare: number): void {
  if (!isMember(lines, row)) return;
  const amount = perShare * lines.indexShares[row] * rateAt(lines, row, t - 1);
  cash.specialTax[t] += amount * (taxRates?.[row] ?? 0);
}
