/** The index X-ray on the data of one index: baskets recovered from published levels and prices alone. */
import type { Day } from '../base/brand.js';
import { contentHash } from '../base/hash.js';
import { ENGINE_VERSION } from '../base/version.js';
import { addDays } from '../calendar/day.js';
import type { Caps } from '../inference/pricingDate.js';
import { xrayIndex, type Xray } from '../inference/xray.js';
import { capsOf, resolveRulebook, type Methodology } from '../methodology/methodology.js';
import type { IndexData } from './indexData.js';
import type { Provenance } from './provenance.js';

export interface XrayRequest {
  readonly from: Day;
  readonly to: Day;
  /** Find the review of the window and the members it exchanged instead of reading them from the lists. */
  readonly findChanges?: boolean;
}

export interface XrayRun {
  readonly xray: Xray;
  readonly provenance: Provenance;
}

/**
 * The basket of a window recovered from published levels and prices. Reconstructed baskets are never read.
 * @throws Refusal `not_identified`, `members_unknown`, `no_change_found`
 */
export function runXray(
  data: IndexData,
  request: XrayRequest,
  onProgress?: (done: number, total: number) => void,
): XrayRun {
  const { market, actions, levels: published, members: lists, rulebook } = data;
  const xray = xrayIndex({
    ...request,
    source: { prices: market.prices, actions },
    published,
    calendar: market.calendar,
    lists,
    capsOn: (swap) => capLimits(resolveRulebook(rulebook, addDays(swap, 1))),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const used = xray.baskets.flatMap(({ days, estimate, residuals }) => [
    days,
    days.map((day) => published.get(day) ?? 0),
    estimate.ids,
    estimate.units,
    residuals,
  ]);
  const provenance = {
    data: contentHash(used),
    rulebook: `${rulebook.id}@${rulebook.version}`,
    reading: {},
    engine: ENGINE_VERSION,
  };
  return { xray, provenance };
}

/** The single cap and the joint limit on the largest, where a methodology has them. */
function capLimits(methodology: Methodology): Caps | undefined {
  const rules = capsOf(methodology).map(({ rule }) => rule);
  const single = rules.find((rule) => rule.kind === 'single');
  const top = rules.find((rule) => rule.kind === 'top-k');
  if (single === undefined) return undefined;
  return { single: single.cap, ...(top === undefined ? {} : { top: { k: top.k, limit: top.limit } }) };
}
