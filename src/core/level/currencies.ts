/** Currencies of listings as columns: a number per listing, and one rate per currency and session. */
import { Refusal } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import type { Day } from '../base/brand.js';

/** Units of the index currency per unit of each currency, one per session. */
export type ExchangeRates = Readonly<Record<string, Float64Array>>;

export interface Currencies {
  /** Codes in order of first use; 0 is the index currency. */
  readonly codes: readonly string[];
  /** One series per code. */
  readonly rates: readonly Float64Array[];
}

/**
 * @param codes every currency in use besides the index currency
 * @throws Refusal `no_rate` for a currency without a complete, positive series
 */
export function currencies(
  indexCurrency: string,
  codes: Iterable<string>,
  rates: ExchangeRates,
  days: Int32Array,
): Currencies {
  const all = [...new Set([indexCurrency, ...codes])];
  return {
    codes: all,
    rates: all.map((code, i) =>
      i === 0 ? new Float64Array(days.length).fill(1) : checked(code, rates, days),
    ),
  };
}

function checked(code: string, rates: ExchangeRates, days: Int32Array): Float64Array {
  const series = rates[code];
  const missing = series === undefined ? 0 : days.findIndex((_, t) => !(series[t] > 0));
  if (series !== undefined && missing < 0) return series;
  const day = formatDay(days[missing] as Day);
  throw new Refusal('no_rate', `there is no exchange rate of ${code} on ${day}`, { currency: code, day });
}
