/** Everything held about companies beside their index: names, figures of reports, share counts, outlooks, daily bars. */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import type { StatementFact } from './statement.js';

export interface Company {
  readonly id: string;
  readonly nameEn: string;
  readonly nameZh: string;
  readonly currency: string;
  /** Month in which the fiscal year ends, 1 to 12. */
  readonly yearEnds: number;
  readonly industry: string;
}

/** Shares of all classes from a day on. */
export interface ShareCount {
  readonly company: string;
  readonly knownFrom: Day;
  readonly shares: number;
  readonly quality: string;
  readonly source: string;
  readonly note: string;
}

/** What a company expects of its own year. */
export interface Guidance {
  readonly company: string;
  readonly year: number;
  /** Sales, in `unit`. */
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  readonly usableFrom: Day;
  readonly source: string;
}

/** Share of companies of a size whose sales grew faster than `growth` a year for `years`. */
export interface BaseRate {
  /** Sales at the start, USD. */
  readonly salesFrom: number;
  /** Infinity for no upper end. */
  readonly salesTo: number;
  readonly growth: number;
  readonly years: number;
  /** 0..1 */
  readonly share: number;
  readonly note: string;
}

/** Daily prices of one security, ascending by day, in its own currency. */
export interface DailyBars {
  readonly day: Int32Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly quality: readonly string[];
}

/** One number a day, ascending. */
export interface DailySeries {
  readonly day: Int32Array;
  readonly value: Float64Array;
}

export interface Fundamentals {
  readonly companies: readonly Company[];
  readonly facts: readonly StatementFact[];
  readonly shares: readonly ShareCount[];
  readonly guidance: readonly Guidance[];
  readonly baseRates: readonly BaseRate[];
  readonly bars: ReadonlyMap<string, DailyBars>;
  /** Trailing P/E as a vendor printed it, by security. */
  readonly vendorPe: ReadonlyMap<string, DailySeries>;
}

/** The company of a code. @throws Refusal `unknown_company` */
export function companyOf({ companies }: Fundamentals, id: string): Company {
  const found = companies.find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new Refusal(
    'unknown_company',
    `no reports of ${id} are held; there are ${companies.map((one) => one.id).join(', ')}`,
    {
      asked: id,
    },
  );
}

/** The newest share count known on the day. @throws Refusal `shares_unknown` */
export function sharesOn({ shares }: Fundamentals, company: string, at: Day): ShareCount {
  const known = shares.filter((one) => one.company === company);
  const found = known.findLast(({ knownFrom }) => knownFrom <= at);
  if (found !== undefined) return found;
  const first = known.length === 0 ? '' : `; the first is known from ${formatDay(known[0].knownFrom)}`;
  throw new Refusal('shares_unknown', `no share count of ${company} is known on ${formatDay(at)}${first}`, {
    company,
    day: formatDay(at),
  });
}

/** Row of the last day on or before `at`, -1 when there is none. */
export function rowAt(days: Int32Array, at: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle] <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** DailyBars of a security. @throws Refusal `no_prices` */
export function barsOf({ bars }: Fundamentals, id: string): DailyBars {
  const found = bars.get(id);
  if (found !== undefined) return found;
  throw new Refusal(
    'no_prices',
    `no daily prices of ${id} are held; there are ${[...bars.keys()].join(', ')}`,
    { asked: id },
  );
}
