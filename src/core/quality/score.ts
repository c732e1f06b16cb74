/** What every score of a company's books has in common: its terms, what was missing, and when it is known to be wrong. */
import type { Words } from '../base/words.js';

export interface ScoreTerm {
  readonly id: string;
  readonly value: number;
  /** What it adds to the score. */
  readonly contribution: number;
  /** Put in because its lines are missing. */
  readonly assumed?: true;
}

export interface Score {
  readonly id: string;
  /** Undefined when lines are missing; they are named. */
  readonly value: number | undefined;
  readonly terms: readonly ScoreTerm[];
  readonly missing: readonly string[];
  readonly threshold: string;
  /** True where the score warns. */
  readonly warns: boolean;
  readonly falseAlarms: Words;
}

/** Figures of one year by name; a line that is not there is missing, never zero. */
export type Lines = Readonly<Partial<Record<LineName, number | undefined>>>;

export const LINE_NAMES = [
  'sales',
  'cost',
  'sga',
  'depreciation',
  'ebit',
  'netIncome',
  'incomeContinuing',
  'cashFlow',
  'receivables',
  'inventory',
  'cash',
  'currentAssets',
  'ppe',
  'securities',
  'totalAssets',
  'currentLiabilities',
  'shortTermDebt',
  'taxesPayable',
  'longTermDebt',
  'totalLiabilities',
  'retainedEarnings',
  'bookEquity',
  'marketValue',
  'sharesOutstanding',
] as const;
export type LineName = (typeof LINE_NAMES)[number];

/** Which of these lines are not there; `year` is said with each. */
export const missingLines = (lines: Lines, names: readonly LineName[], year: string): string[] =>
  names.filter((name) => lines[name] === undefined).map((name) => `${name} ${year}`);

/** The lines, all of them there. */
type Whole<N extends LineName> = Readonly<Record<N, number>>;

export const isWhole = <N extends LineName>(lines: Lines, names: readonly N[]): lines is Lines & Whole<N> =>
  names.every((name) => lines[name] !== undefined);

/** A score that cannot be worked out. */
export const withoutLines = (
  id: string,
  missing: readonly string[],
  threshold: string,
  falseAlarms: Words,
): Score => ({ id, value: undefined, terms: [], missing, threshold, warns: false, falseAlarms });
