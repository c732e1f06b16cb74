/** Who holds what: funds, the index or fund each follows, and weights as printed on a day. */
import type { Day } from '../base/brand.js';

export interface Fund {
  readonly id: string;
  readonly nameEn: string;
  readonly nameZh: string;
  /** A feeder holds another fund. */
  readonly kind: 'etf' | 'feeder';
  /** Id of an index, or of the fund a feeder holds. */
  readonly follows: string;
  readonly theme: string;
  readonly source: string;
}

export interface FundAssets {
  readonly fund: string;
  readonly asOf: Day;
  readonly knownFrom: Day;
  readonly amount: number;
  readonly currency: string;
  readonly source: string;
}

/** One line of a basket as printed: of an index, or of a fund's report. */
export interface HoldingRow {
  readonly holder: string;
  readonly asOf: Day;
  readonly knownFrom: Day;
  /** Security or fund. */
  readonly holding: string;
  readonly nameZh: string;
  /** 0..1 of the holder. */
  readonly weight: number;
  readonly quality: string;
  readonly source: string;
}

/** What a holder holds on a day. */
export interface Basket {
  readonly asOf: Day;
  readonly lines: readonly BasketLine[];
}

export interface BasketLine {
  readonly id: string;
  readonly weight: number;
  readonly quality: string;
  readonly source: string;
}

/** Newest basket of a holder known on the day; undefined when none is held. */
export function basketKnown(rows: readonly HoldingRow[], holder: string, at: Day): Basket | undefined {
  const known = rows.filter((row) => row.holder === holder && row.knownFrom <= at);
  if (known.length === 0) return undefined;
  const asOf = known.reduce((last, row) => (row.asOf > last ? row.asOf : last), known[0].asOf);
  const lines = known
    .filter((row) => row.asOf === asOf)
    .map(({ holding: id, weight, quality, source }) => ({ id, weight, quality, source }));
  return { asOf, lines };
}
