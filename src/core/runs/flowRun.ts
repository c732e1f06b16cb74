/** What a review forces funds to trade, how that figure moved with prices, and what was printed about it. */
import type { SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { sessionOnOrBefore, sessionsBetween } from '../calendar/sessions.js';
import { compareEstimates, type ComparisonRow, type FlowOnDay } from '../flows/comparison.js';
import { forcedFlows, type Flows } from '../flows/forcedFlows.js';
import { trackedAssets, type TrackedAssets } from '../flows/trackedAssets.js';
import { hasCloses } from '../market/prices.js';
import { capsOf, type Methodology } from '../methodology/methodology.js';
import { proForma } from '../review/proForma.js';
import type { IndexData } from './indexData.js';
import { closeAsKnown, type ReviewRun } from './reviewRun.js';

/** The forced trades of a review on published or given assets. */
export function flowsOf(data: IndexData, run: ReviewRun, assets?: TrackedAssets): Flows {
  const tracked =
    assets ?? trackedAssets(data.assets, data.rulebook.currency, run.dates.announcement, run.knownAt);
  return forcedFlows(run.proForma, run.snapshots.atSwap, tracked);
}

/**
 * How the cut of one security moved between the announcement and the swap close: each session with its own
 * knowledge, prices standing still from then on. Sessions the data set has no closes of are left out.
 */
export function flowHistory(data: IndexData, run: ReviewRun, id: SecurityId): FlowOnDay[] {
  const { dates, methodology, knownAt, proForma: final } = run;
  const { market } = data;
  const cap = singleCapOf(methodology);
  const last = sessionOnOrBefore(market.calendar, dates.swap < knownAt ? dates.swap : knownAt);
  const first = sessionOnOrBefore(market.calendar, dates.announcement);
  if (first > last) return [];
  const days = sessionsBetween(market.calendar, first, last).filter((day) => hasCloses(market.prices, day));
  return days.map((day) => {
    const atSwap = closeAsKnown(market, dates.swap, day);
    const seen = proForma({
      methodology,
      dates,
      before: final.before,
      actions: data.actions,
      members: run.review.members,
      atPricing: closeAsKnown(market, dates.pricing, day),
      atSwap,
    });
    const member = seen.members.find((m) => m.id === id);
    if (!member) throw new Refusal('not_a_member', `${id} is in neither basket of this review`, { id });
    return {
      day,
      close: member.priceAtSwap,
      weight: member.weightBefore,
      naiveCut: Math.max(0, member.weightBefore - cap),
      ruleCut: member.weightBefore - member.weightAfter,
    };
  });
}

/** Published estimates of one security's sale beside ours. */
export function compareWithPublished(
  data: IndexData,
  run: ReviewRun,
  id: SecurityId,
  history: readonly FlowOnDay[],
): ComparisonRow[] {
  const estimates = data.estimates.filter(
    (estimate) => estimate.id === id && estimate.knownOn <= run.knownAt,
  );
  if (estimates.length === 0 || history.length === 0) return [];
  const { range } = trackedAssets(data.assets, data.rulebook.currency, run.dates.announcement, run.knownAt);
  return compareEstimates(estimates, history, singleCapOf(run.methodology), range);
}

function singleCapOf(methodology: Methodology): number {
  for (const { rule } of capsOf(methodology)) if (rule.kind === 'single') return rule.cap;
  return 1;
}
