/** What index funds have to trade at the swap closes among some sessions, as forecast on the evening before each. */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import type { Finding } from '../base/finding.js';
import { formatDay } from '../calendar/day.js';
import { shiftSessions } from '../calendar/sessions.js';
import { resolveRulebook } from '../methodology/methodology.js';
import { cyclesAround, type ReviewDates } from '../methodology/reviewDates.js';
import { MARKET_ASSUMPTIONS } from '../simulation/marketPlan.js';
import type { IndexData } from './indexData.js';
import { flowsOf } from './flowRun.js';
import { runReview } from './reviewRun.js';

interface ClosingFlows {
  /** Shares in the closing auction, purchases positive; 0 without one. */
  readonly flowOn: (security: SecurityId, session: Day) => number;
  /** Reviews whose flow cannot be known. */
  readonly findings: readonly Finding[];
}

/** Part of the flow in the closing auction: assumed, as the rehearsal assumes it. */
const AT_CLOSE = MARKET_ASSUMPTIONS.atClose;

/** @param first, last sessions */
export function closingFlows(data: IndexData, first: Day, last: Day): ClosingFlows {
  const flows = new Map<string, number>();
  const findings: Finding[] = [];
  for (const { effective, swap } of reviewsSwappedIn(data, first, last)) {
    try {
      const knownAt = shiftSessions(data.market.calendar, swap, -1);
      const { trades } = flowsOf(data, runReview(data, { effective, knownAt }));
      for (const { id, shares } of trades) flows.set(`${id} ${swap}`, Math.round(shares * AT_CLOSE));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const message = `the flow at the close of ${formatDay(swap)} is not known and not in the auction: ${error.message}`;
      findings.push({ code: 'closing_flow_unknown', subject: data.rulebook.id, message });
    }
  }
  return { flowOn: (security, session) => flows.get(`${security} ${session}`) ?? 0, findings };
}

function reviewsSwappedIn(data: IndexData, first: Day, last: Day): ReviewDates[] {
  const found = new Map<Day, ReviewDates>();
  // Half a year around each day is seen.
  for (let day = first; ; day = Math.min(last, day + 150) as Day) {
    for (const dates of cyclesAround(resolveRulebook(data.rulebook, day), data.market.calendar, day))
      if (dates.swap >= first && dates.swap <= last) found.set(dates.effective, dates);
    if (day === last) break;
  }
  return [...found.values()].toSorted((a, b) => a.effective - b.effective);
}
