/**
 * Corporate actions as data, a union on `kind`. Terms are per share held at the close before the ex-day, so
 * several actions of one security on one day add up (rulebooks.md 10.2). What an action does to an index is decided
 * by `events/policy.ts` and carried out in `level/`.
 */
import type { Day, SecurityId } from '../base/brand.js';

interface Dated {
  readonly id: SecurityId;
  /** First session on which the price is without the entitlement, or on which the change counts. */
  readonly exDay: Day;
}

/** Free shares out of reserves. */
export interface BonusIssue extends Dated {
  readonly kind: 'bonus';
  /** New shares per share held, 0.4 for "4 per 10". */
  readonly perShare: number;
}

/** A split (ratio above 1) or a consolidation (below 1). */
export interface Split extends Dated {
  readonly kind: 'split' | 'consolidation';
  /** Shares after per share before. */
  readonly ratio: number;
}

export interface RightsIssue extends Dated {
  readonly kind: 'rights';
  /** Rights per share held. */
  readonly perShare: number;
  /** Price of a new share, currency of the listing. */
  readonly subscription: number;
}

/** An ordinary dividend: a price index falls by it, a total return index reinvests it. */
export interface OrdinaryDividend extends Dated {
  readonly kind: 'dividend';
  /** Currency of the listing, before tax. */
  readonly cashPerShare: number;
}

/** A special dividend: most Western price indices adjust for it, CSI's do not. */
export interface SpecialDividend extends Dated {
  readonly kind: 'special-dividend';
  /** Currency of the listing, before tax. */
  readonly cashPerShare: number;
}

/** The child joins at a price of zero, so nothing changes until it trades. */
export interface SpinOff extends Dated {
  readonly kind: 'spin-off';
  readonly child: SecurityId;
  /** Child shares per parent share. */
  readonly perShare: number;
  /** First session without the child, or the next rebalance. */
  readonly keepUntil: Day | 'rebalance';
  /** Who gets the child's value when it leaves: everybody through the divisor, or the parent's line. */
  readonly proceeds: 'index' | 'parent';
}

/** `id` is taken over; `survivor` may or may not be a member. */
export interface Merger extends Dated {
  readonly kind: 'merger';
  readonly survivor: SecurityId;
  /** Survivor shares per share of `id`. */
  readonly perShare: number;
  /** Currency of the listing, per share of `id`. */
  readonly cashPerShare: number;
  /** Price at which `id` leaves: its last close, or what the terms are worth at the survivor's last close. */
  readonly at: 'last' | 'terms';
}

/** Placement, conversion, buy-back: counts at once or at the next regular update, by the family's threshold. */
export interface ShareChange extends Dated {
  readonly kind: 'share-change';
  /** Adjusted shares after the change: shares x inclusion factor. */
  readonly shares: number;
}

export interface Suspension extends Dated {
  readonly kind: 'suspension';
  /** First session whose close is the market's again; open-ended when absent. */
  readonly until?: Day;
  /** What the line counts at meanwhile: the last close, or a stated price in the currency of the listing. */
  readonly at: 'last' | number;
}

export interface Delisting extends Dated {
  readonly kind: 'delisting';
  /** Price at which it leaves: the last close, or a stated one, 0 for worthless. The loss falls on the ex-day. */
  readonly at: 'last' | number;
}

/** The listing is quoted in another currency from the ex-day on. */
export interface CurrencyChange extends Dated {
  readonly kind: 'currency';
  /** ISO 4217. */
  readonly currency: string;
  /** New units per old unit at which the last close is restated; the cross rate of that close when absent. */
  readonly rate?: number;
}

export type CapitalAction = BonusIssue | Split | RightsIssue | SpecialDividend;

export type CorporateAction =
  CapitalAction | OrdinaryDividend | SpinOff | Merger | ShareChange | Suspension | Delisting | CurrencyChange;
