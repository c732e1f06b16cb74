/** Dividends of an index as they go ex: what holders of the index get, before and after withholding tax. */
import { Refusal } from '../base/errors.js';

/** Withholding tax on dividends, as fractions. A table is data: it comes with its source, and changes over time. */
export interface TaxTable {
  /** By country or market code, as the members name theirs. */
  readonly rates: Readonly<Record<string, number>>;
  /** For a country the table does not have; without it such a country is refused. */
  readonly otherwise?: number;
  readonly source: string;
}

/** Cash per session, index currency: `sum d x index shares x rate` on the ex-day (rulebooks.md 10.3). */
export interface DividendCash {
  readonly gross: Float64Array;
  readonly net: Float64Array;
  /** Tax on special dividends that the price index was adjusted for before tax. */
  readonly specialTax: Float64Array;
}

export const noDividends = (sessions: number): DividendCash => ({
  gross: new Float64Array(sessions),
  net: new Float64Array(sessions),
  specialTax: new Float64Array(sessions),
});

/**
 * Rate of each member. @throws Refusal `no_tax_rate` for a country without one
 */
export function taxRates(table: TaxTable, countries: readonly string[]): Float64Array {
  return Float64Array.from(countries, (country) => {
    const rate = table.rates[country] ?? table.otherwise;
    if (rate !== undefined && rate >= 0 && rate <= 1) return rate;
    throw new Refusal('no_tax_rate', `${table.source} has no rate from 0 to 1 for ${country}`, { country });
  });
}
