/**
 * What capital actions do to one share: `p_ex = (p - d + R s) / (1 + B + R)` and `N' = N (1 + B + R)`
 * (rulebooks.md 10.2). A price index leaves ordinary cash out of d; the exchange's own reference price does not.
 */
import type { CapitalAction } from './actionKinds.js';

/** Sums of one security's actions on one ex-day, each per share held before. */
export interface ExTerms {
  /** New shares without payment; -0.5 for a consolidation of two into one. */
  readonly bonus: number;
  readonly rights: number;
  /** Money paid in for the rights (R x s), currency of the listing. */
  readonly paidIn: number;
  /** Cash the price is adjusted for, same currency. */
  readonly cash: number;
}

export const NO_TERMS: ExTerms = { bonus: 0, rights: 0, paidIn: 0, cash: 0 };

/** Terms with one more action on the same day. */
export function withAction(terms: ExTerms, action: CapitalAction): ExTerms {
  switch (action.kind) {
    case 'bonus':
      return { ...terms, bonus: terms.bonus + action.perShare };
    case 'split':
    case 'consolidation':
      return { ...terms, bonus: terms.bonus + action.ratio - 1 };
    case 'rights':
      return {
        ...terms,
        rights: terms.rights + action.perShare,
        paidIn: terms.paidIn + action.perShare * action.subscription,
      };
    case 'special-dividend':
      return { ...terms, cash: terms.cash + action.cashPerShare };
  }
}

/** Shares after per share before. */
export const shareRatioOf = (terms: ExTerms): number => 1 + terms.bonus + terms.rights;

/** Money a holder of one old share puts in, net of what he is paid out; what the index value changes by. */
export const netPaidIn = (terms: ExTerms): number => terms.paidIn - terms.cash;

/** Theoretical price of one new share from the last close with the entitlement. */
export const theoreticalExPrice = (close: number, terms: ExTerms): number =>
  (close + netPaidIn(terms)) / shareRatioOf(terms);
