/**
 * What a claim may be compared with. A `main` candidate is what the text says it is; a `reading` what it could mean as well; an
 * `earlier` one was right before; a `slip` is a known way to get it wrong. The judge takes them in this order.
 */
import type { Words } from '../../base/words.js';
import type { Day } from '../../base/brand.js';
import type { Figure, Slip } from '../claim.js';

export interface Candidate {
  readonly role: 'main' | 'reading' | 'earlier' | 'slip';
  readonly slip?: Slip;
  /** Name of the reading, or how the slip comes about. */
  readonly words?: Words;
  readonly figure: Figure;
  /** What the inputs' own rounding leaves open, either way, in the unit of the figure. */
  readonly uncertainty?: number;
  /** What it was before, by each measure a text may mean: "rose to" is wrong where it fell from all of them. */
  readonly before?: readonly number[];
  /** What it became, for "up from". */
  readonly after?: readonly number[];
}

/** Candidates of a claim, or why there are none. */
export type Candidates =
  | {
      readonly candidates: readonly Candidate[];
      readonly note?: Words;
      /** The readings are all that the words can mean: what is right under each is right. */
      readonly complete?: true;
    }
  | { readonly notCheckable: Words };

export const notCheckable = (en: string, zh: string): Candidates => ({ notCheckable: { en, zh } });

/** The day a text is held against, and how that is known. */
export interface AsOf {
  readonly written: Day;
  /** Said by the reader or by the text; otherwise the last day of the data stands in. */
  readonly known: boolean;
}
