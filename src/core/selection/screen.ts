/**
 * Screening: what every screen is given and gives back. Each kind states the comparison it made, so that the
 * reason of an exclusion can be printed without being written twice.
 */
import type { Day } from '../base/brand.js';
import type { Words } from '../base/words.js';
import type { MeasureSource } from './measure.js';

/** Why a row failed a screen: measured value against the limit, in words. */
export interface ScreenFailure {
  readonly row: number;
  readonly measure: Words;
  readonly value: string;
  readonly limit: Words;
}

/** What a screen can look at besides the rows still in the set. */
export interface ScreenContext {
  /** Id of the clause being applied, for refusals. */
  readonly clause: string;
  readonly cutoff: Day;
  /** The k-th session after the cut-off, for the listing-age exceptions. */
  readonly sessionAfterCutoff: (k: number) => Day;
  readonly isIncumbent: (row: number) => boolean;
  readonly source: MeasureSource;
}
