/** The document of the route `/claims`. */
import type { FigureUnit, Finding, Verdict } from '../../core/index.js';
import type { Provenance } from './types.js';

export interface ClaimInputDocument {
  readonly name: string;
  readonly nameZh: string;
  readonly value: number | null;
  readonly unit: FigureUnit;
  readonly asOf: string;
  readonly knownSince: string | null;
  /** Table of the data set. */
  readonly table: string;
  /** Page that printed it, where one is held. */
  readonly source: string | null;
}

interface ClaimFigureDocument {
  readonly text: string;
  readonly textZh: string;
  readonly inputs: readonly ClaimInputDocument[];
}

export interface ClaimDocument {
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  readonly verdict: Verdict;
  readonly why: string;
  readonly whyZh: string;
  readonly figure: ClaimFigureDocument | null;
  readonly readings: readonly {
    readonly words: string;
    readonly wordsZh: string;
    readonly figure: ClaimFigureDocument;
  }[];
}

export interface ClaimsDocument {
  readonly written: { readonly date: string; readonly known: boolean };
  readonly text: string;
  readonly claims: readonly ClaimDocument[];
  readonly watch: readonly {
    readonly date: string;
    readonly what: string;
    readonly whatZh: string;
    readonly quote: string;
  }[];
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}
