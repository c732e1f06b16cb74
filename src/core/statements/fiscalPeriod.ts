/**
 * Which stretch of a company's year a figure covers. Chinese reports are cumulative: the half-year report has the months
 * from January, not the second quarter. American ones give single quarters. Both kinds are spans of one fiscal year,
 * whose end is data (`periodEnd`), because Nvidia's fiscal 2026 ends in January 2026.
 */

/** From the first day of the fiscal year: what Chinese companies report. */
export const CUMULATIVE_SPANS = ['Q1', 'H1', '9M', 'FY'] as const;

/** Three months each; the first is `Q1`, which is a cumulative span as well. */
export const QUARTERS = ['Q1', 'Q2', 'Q3', 'Q4'] as const;

/** `point` is a balance at the end of a period. */
export const SPANS = ['Q1', 'H1', '9M', 'FY', 'Q2', 'Q3', 'Q4'] as const;

export type CumulativeSpan = (typeof CUMULATIVE_SPANS)[number];
export type Quarter = (typeof QUARTERS)[number];
export type Span = (typeof SPANS)[number];

export interface FiscalPeriod {
  /** The year the company calls it, for instance 2026 for Nvidia's year to January 2026. */
  readonly year: number;
  readonly span: Span;
}

/** `2025H1`, `2024FY`, `2026Q2`, and as they are shown, `2025 9M`; undefined for anything else. */
export function parsePeriod(text: string): FiscalPeriod | undefined {
  const [, year, written] = /^((?:19|20)\d\d) ?(Q[1-4]|H1|9M|FY)$/i.exec(text.trim()) ?? [];
  const span = SPANS.find((one) => one === written?.toUpperCase());
  return span === undefined ? undefined : { year: Number(year), span };
}

export const formatPeriod = ({ year, span }: FiscalPeriod): string => `${year}${span}`;

/** For readers: `2025 9M`, since `20259M` looks like one number. */
export const periodWords = ({ year, span }: FiscalPeriod): string => `${year} ${span}`;

/** The same in a text that holds codes of periods. */
export const withPeriodWords = (text: string): string =>
  text.replaceAll(/\b((?:19|20)\d\d)(Q[1-4]|H1|9M|FY)\b/g, '$1 $2');

export const yearBefore = ({ year, span }: FiscalPeriod): FiscalPeriod => ({ year: year - 1, span });

/** Position of a quarter or cumulative span within the year, 1 to 4: after how many quarters it ends. */
export const quartersIn = (span: Span): number =>
  Math.max(
    CUMULATIVE_SPANS.findIndex((one) => one === span) + 1,
    QUARTERS.findIndex((one) => one === span) + 1,
  );

/** The cumulative span that ends with this span, and whose report therefore contains it. */
export const reportOf = (span: Span): CumulativeSpan => CUMULATIVE_SPANS[quartersIn(span) - 1];

/** By the day it ends: the year first, then the quarters in it. */
export const comparePeriods = (a: FiscalPeriod, b: FiscalPeriod): number =>
  a.year - b.year || quartersIn(a.span) - quartersIn(b.span);
