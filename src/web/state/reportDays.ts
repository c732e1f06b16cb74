/**
 * Days of reports on a chart. Companies listed on the mainland must have published the annual report four months after the
 * year, those of the first and third quarter one month and that of the half-year two months after the period. Where the day
 * a company did publish is held it stands in place of the last one allowed; elsewhere no report comes later than these.
 */
export interface ReportDay {
  readonly date: string;
  /** Annual and first quarter fall on one last day. */
  readonly report: Report;
  /** Published that day; the last day allowed else. */
  readonly held: boolean;
}

type Report = 'annual' | 'half-year' | 'third-quarter';

/** A report as the server names it, `2025H1`, and the day it came out. */
interface Published {
  readonly period: string;
  readonly announced: string;
}

const DEADLINES = [
  { day: '04-30', report: 'annual' },
  { day: '08-31', report: 'half-year' },
  { day: '10-31', report: 'third-quarter' },
] as const;

/** Ascending, both ends included. @param published reports of the company whose day is held */
export function reportDays(from: string, to: string, published: readonly Published[] = []): ReportDay[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  const held = published.flatMap(({ period, announced }): (ReportDay & { readonly due: string })[] => {
    const due = dueOf(period);
    return due === undefined ? [] : [{ date: announced, report: due.report, held: true, due: due.date }];
  });
  const open = Array.from({ length: last - first + 1 }, (_, i) => first + i)
    .flatMap((year) => DEADLINES.map(({ day, report }) => ({ date: `${year}-${day}`, report, held: false })))
    .filter(({ date }) => held.every(({ due }) => due !== date));
  return (
    [...held.map(({ date, report }) => ({ date, report, held: true })), ...open]
      // Annual report and first quarter often come out together.
      .filter(
        ({ date, report }, i, all) =>
          all.findIndex((one) => one.date === date && one.report === report) === i,
      )
      .filter(({ date }) => date >= from && date <= to)
      .toSorted((a, b) => (a.date < b.date ? -1 : 1))
  );
}

/** The last day allowed for a report. */
function dueOf(period: string): { readonly date: string; readonly report: Report } | undefined {
  const [year, span] = [Number(period.slice(0, 4)), period.slice(4)];
  if (span === 'FY') return { date: `${year + 1}-04-30`, report: 'annual' };
  if (span === 'Q1') return { date: `${year}-04-30`, report: 'annual' };
  if (span === 'H1') return { date: `${year}-08-31`, report: 'half-year' };
  return span === '9M' ? { date: `${year}-10-31`, report: 'third-quarter' } : undefined;
}
