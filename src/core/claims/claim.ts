/**
 * What the checker says about a text: claims with their place, the figure from the data, and a verdict. The words of a
 * verdict and of its reason exist in both languages, as all reasons of the core do.
 */
import type { Day } from '../base/brand.js';
import type { Words } from '../base/words.js';

/** In the plain text, as for `String.slice`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const VERDICTS = [
  'right',
  'right-within-rounding',
  'stale',
  'ambiguous',
  'wrong',
  'not-checkable',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** How a wrong number came about, where it can be said. */
export type Slip =
  | 'ten-times'
  | 'scale'
  | 'sign'
  | 'growth-for-level'
  | 'level-for-growth'
  | 'percent-for-points'
  | 'points-for-percent'
  | 'entity'
  | 'date'
  | 'amount';

export type FigureUnit =
  | 'fraction'
  | 'points'
  | 'times'
  | 'CNY'
  | 'USD'
  | 'CNY per share'
  | 'USD per share'
  | 'index points'
  | 'shares'
  | 'count'
  | 'day'
  | 'words';

/** One number a figure was made from, with where it stands. */
export interface Input {
  readonly name: Words;
  readonly value: number;
  readonly unit: FigureUnit;
  /** Day or end of the period it describes. */
  readonly asOf: Day;
  /** First day it could be known, where that is another day. */
  readonly knownOn?: Day;
  readonly source: FigureSource;
}

interface FigureSource {
  /** Table of the data set, for instance `closes`. */
  readonly table: string;
  /** Page that published the number, where one is held. */
  readonly url?: string;
}

/** What the data say in place of the claim. */
export interface Figure {
  /** NaN where the answer is words only. */
  readonly value: number;
  /** The other end, where the data give a range. */
  readonly high?: number;
  readonly unit: FigureUnit;
  readonly asOf: Day;
  /** First day of a window, for changes. */
  readonly from?: Day;
  /** It is a change, and its sign says which way. */
  readonly change?: true;
  readonly text: Words;
  readonly inputs: readonly Input[];
}

/** Another meaning of the claim, with its figure. */
export interface OtherReading {
  readonly words: Words;
  readonly figure: Figure;
}

export interface Claim extends Span {
  readonly quote: string;
  readonly metric: string;
  /** Ids of what it is about, the first one first. */
  readonly entities: readonly string[];
  /** What the text says: number in the unit of the figure, NaN for claims in words. */
  readonly claimed: number;
  readonly claimedHigh?: number;
  readonly claimedUnit: FigureUnit;
  readonly claimedText: string;
  readonly figure?: Figure;
  readonly verdict: Verdict;
  readonly slip?: Slip;
  readonly why: Words;
  /** Readings or earlier days under which the claim would be right. */
  readonly readings: readonly OtherReading[];
}
