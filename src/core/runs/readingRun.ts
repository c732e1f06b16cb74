/** A review under every reading of its unclear clauses, and what the levels that followed say about each. */
import type { Day } from '../base/brand.js';
import { addDays } from '../calendar/day.js';
import { sessionOnOrBefore, sessionsBetween, shiftSessions } from '../calendar/sessions.js';
import { fitToPublished, levelHistory, type LevelFit } from '../level/indexLevel.js';
import { lastRow, PRICE_QUALITIES } from '../market/prices.js';
import { takeSnapshot } from '../market/snapshot.js';
import type { Methodology } from '../methodology/methodology.js';
import { cyclesAround } from '../methodology/reviewDates.js';
import { proForma } from '../review/proForma.js';
import type { IndexData } from './indexData.js';
import { runReview, type ReviewRequest, type ReviewRun } from './reviewRun.js';

/** One reading of an ambiguous clause, carried through to weights, and tested against the levels that followed. */
export interface ReadingRun {
  readonly clause: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly run: ReviewRun;
  /** Fit of the level after the swap, by the day that priced the factors; empty when no level followed. */
  readonly evidence: readonly { readonly pricedOn: Day; readonly fit: LevelFit }[];
}

/**
 * The review under every reading of every ambiguous clause. Levels published after the effective date up to
 * `evidenceUntil` show which reading carries the index.
 */
export function runReadings(data: IndexData, request: ReviewRequest, evidenceUntil: Day): ReadingRun[] {
  const base = runReview(data, request);
  return Object.entries(base.methodology.readings).flatMap(([clause, chosen]) => {
    const names = readingNames(base.methodology, clause);
    return names.map((name): ReadingRun => {
      const run = runReview(data, { ...request, readings: { ...request.readings, [clause]: name } });
      const evidence = clause.startsWith('caps.') ? levelEvidence(data, run, evidenceUntil) : [];
      return { clause, name, isDefault: name === chosen, run, evidence };
    });
  });
}

/** Level fits of a run's basket after the swap, for the pricing date and the closes around it. */
export function levelEvidence(
  data: IndexData,
  run: ReviewRun,
  until: Day,
): { pricedOn: Day; fit: LevelFit }[] {
  const { market, actions, levels } = data;
  const { dates, methodology } = run;
  const { calendar } = market;
  const candidates = [
    sessionOnOrBefore(calendar, dates.announcement),
    shiftSessions(calendar, dates.pricing, -1),
    dates.pricing,
    shiftSessions(calendar, dates.pricing, 1),
    dates.swap,
  ];
  const end = lastExactSession(data, run, until);
  if (end <= dates.swap || !levels.has(dates.effective)) return [];
  const atSwap = takeSnapshot(market, { day: dates.swap, knownAt: dates.swap });
  return [...new Set(candidates)].map((pricedOn) => {
    const weighed = proForma({
      methodology,
      dates,
      before: run.proForma.before,
      actions,
      members: run.review.members,
      atPricing: takeSnapshot(market, { day: pricedOn, knownAt: pricedOn }),
      atSwap,
    });
    // Anchored at the published close of the swap day, so that only the weights are tested.
    const published = levels.get(dates.swap) ?? weighed.level;
    const anchored = { ...weighed.after, divisor: (weighed.after.divisor * weighed.level) / published };
    return {
      pricedOn,
      fit: fitToPublished(
        levelHistory(anchored, market.prices, actions, calendar, dates.effective, end),
        levels,
      ),
    };
  });
}

/** Latest session up to `until` before the next swap on which every member's raw close is known. */
function lastExactSession(data: IndexData, run: ReviewRun, until: Day): Day {
  const { market } = data;
  const { prices, calendar } = market;
  const next = cyclesAround(run.methodology, calendar, run.dates.effective).find(
    (cycle) => cycle.swap > run.dates.swap,
  );
  const end = Math.min(until, next?.swap ?? until) as Day;
  const panelRow = new Map(prices.ids.map((id, i) => [id, i]));
  const rows = run.review.members.map((id) => panelRow.get(id) as number);
  const lastOfAll = Math.min(...rows.map((row) => prices.day[prices.start[row + 1] - 1]), end) as Day;
  const adjusted = PRICE_QUALITIES.indexOf('adjusted');
  const sessions = sessionsBetween(
    calendar,
    addDays(run.dates.swap, 1),
    Math.max(lastOfAll, run.dates.effective) as Day,
  );
  const exact = (day: Day): boolean =>
    rows.every((row) => prices.quality[lastRow(prices, row, day)] !== adjusted);
  const firstInexact = sessions.findIndex((day) => !exact(day));
  if (firstInexact === 0) return run.dates.swap;
  return firstInexact < 0 ? lastOfAll : sessions[firstInexact - 1];
}

function readingNames(methodology: Methodology, clauseId: string): string[] {
  const clause = Object.values(methodology.clauses)
    .flat()
    .find(({ id }) => id === clauseId);
  return Object.keys(clause?.readings ?? {});
}
