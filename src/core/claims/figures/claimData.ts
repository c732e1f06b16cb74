/** What claims are held against: everything the data set knows, under the ids that names in a text lead to. */
import type { Day } from '../../base/brand.js';
import type { SessionCalendar } from '../../calendar/sessions.js';
import type { Fundamentals } from '../../statements/fundamentals.js';

export interface ClaimEntity {
  /** Code of a security or fund, id of an index. */
  readonly id: string;
  readonly kind: 'company' | 'index' | 'fund';
  readonly nameEn: string;
  readonly nameZh: string;
  /** Everything it is called, both languages, codes included. */
  readonly names: readonly string[];
}

/** Daily prices or levels, ascending by day. NaN where a number is not held. */
export interface Series {
  readonly days: Int32Array;
  readonly close: Float64Array;
  readonly open?: Float64Array;
  readonly high?: Float64Array;
  readonly low?: Float64Array;
  /** Traded that day, CNY. */
  readonly value?: Float64Array;
  readonly unit: 'CNY per share' | 'USD per share' | 'index points';
  readonly table: string;
}

/** A weight as a provider or the press printed it. */
export interface PrintedWeight {
  readonly index: string;
  readonly id: string;
  readonly day: Day;
  readonly weight: number;
  readonly source: string;
}

/** One review of an index as it came out, with what it forced. */
export interface ClaimReview {
  readonly index: string;
  readonly announced: Day;
  readonly pricing: Day;
  readonly swap: Day;
  readonly effective: Day;
  readonly additions: readonly string[];
  readonly deletions: readonly string[];
  /** At the swap close, fractions. Empty when the baskets are not held. */
  readonly before: ReadonlyMap<string, number>;
  readonly after: ReadonlyMap<string, number>;
}

export interface IndexRules {
  readonly index: string;
  readonly from: Day;
  readonly members: number | undefined;
  readonly cap: number | undefined;
  readonly top: { readonly k: number; readonly limit: number } | undefined;
  /** `id@version` of the rulebook. */
  readonly rulebook: string;
}

export interface PrintedAmount {
  /** Index that is tracked, or fund. */
  readonly of: string;
  /** Security that is sold; absent for assets. */
  readonly id?: string;
  readonly day: Day;
  readonly amount: number;
  /** How many products the total is of. */
  readonly products?: number;
  readonly who: string;
  readonly source: string;
}

export interface ClaimData {
  readonly calendar: SessionCalendar;
  readonly entities: readonly ClaimEntity[];
  /** Names of companies that can be recognised and about which no more is held. */
  readonly strangers: readonly string[];
  readonly series: ReadonlyMap<string, Series>;
  /** Shares after per share before, between two closes. */
  readonly shareRatio: (id: string, from: Day, to: Day) => number;
  readonly fundamentals: Fundamentals;
  /** Weights at the close of a day, from the baskets held. */
  readonly weightsOn: (index: string, day: Day) => ReadonlyMap<string, number> | undefined;
  /** First and last day that weights are held for. */
  readonly weightDays: ReadonlyMap<string, readonly [first: Day, last: Day]>;
  readonly printedWeights: readonly PrintedWeight[];
  readonly reviews: readonly ClaimReview[];
  readonly rules: readonly IndexRules[];
  readonly assets: readonly PrintedAmount[];
  /** Units of funds on a day; `who` is the quality of the count. */
  readonly units: readonly PrintedAmount[];
  /** Sales of one security as the press printed them, positive. */
  readonly estimates: readonly PrintedAmount[];
  /** Dates of the first review of an index that takes effect after a day, by its rulebook. */
  readonly nextReview: (
    index: string,
    after: Day,
  ) => Pick<ClaimReview, 'announced' | 'swap' | 'effective'> | undefined;
  /** The security and index that a text about a forced sale is about when it names none. */
  readonly usual: { readonly security: string; readonly index: string };
}
