/**
 * Last days by which companies listed on the mainland must have published a report: the annual one four months after the
 * year, that of the first and third quarter one month and the half-year's two months after the period. On which day a
 * company did publish is not held; no report comes later than these.
 */
export interface ReportDeadline {
  readonly date: string;
  /** Annual and first quarter fall on one day. */
  readonly report: 'annual' | 'half-year' | 'third-quarter';
}

const DEADLINES = [
  { day: '04-30', report: 'annual' },
  { day: '08-31', report: 'half-year' },
  { day: '10-31', report: 'third-quarter' },
] as const;

/** Ascending, both ends included. */
export function reportDeadlines(from: string, to: string): ReportDeadline[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
    .flatMap((year) => DEADLINES.map(({ day, report }) => ({ date: `${year}-${day}`, report })))
    .filter(({ date }) => date >= from && date <= to);
}
