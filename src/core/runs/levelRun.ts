/** Level history of an index from its known baskets. */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { contentHash } from '../base/hash.js';
import { ENGINE_VERSION } from '../base/version.js';
import { CSI_POLICY } from '../events/policy.js';
import type { TaxTable } from '../level/dividends.js';
import { knownLevels, type KnownLevels, type ReturnKind } from '../level/knownLevels.js';
import { clauseOfKind, resolveRulebook } from '../methodology/methodology.js';
import { cyclesAround } from '../methodology/reviewDates.js';
import type { IndexData } from './indexData.js';
import type { Provenance } from './provenance.js';

export interface LevelRequest {
  readonly from: Day;
  readonly to: Day;
  readonly kind: ReturnKind;
  /** Withholding tax of a net return. */
  readonly tax: TaxTable;
}

export interface LevelRun {
  readonly levels: KnownLevels;
  readonly provenance: Provenance;
}

/**
 * Level history from the known baskets, beside the published closes.
 * @throws Refusal `no_basket` or `no_prices` where the data does not reach
 */
export function runLevels(data: IndexData, request: LevelRequest): LevelRun {
  const { rulebook, market, actions, dividends, levels: published } = data;
  const baskets = data.baskets.map(({ composition }) => composition);
  if (baskets.length === 0) {
    throw new Refusal('no_basket', `no basket of ${rulebook.id} is known`, { index: rulebook.id });
  }
  const last = baskets[baskets.length - 1];
  const methodology = resolveRulebook(rulebook, last.effective);
  const { decimals } = clauseOfKind(methodology, 'calculation', 'capitalisation-weighted').rule;
  const { calendar, prices } = market;
  const next = cyclesAround(methodology, calendar, last.effective).find(({ swap }) => swap > last.swap);
  const nextSwap = next?.swap ?? last.effective;
  const levels = knownLevels(
    {
      baskets,
      nextSwap,
      prices,
      calendar,
      actions,
      dividends,
      policy: CSI_POLICY,
      published,
      decimals,
      ...request,
    },
    request.from,
    request.to,
    request.kind,
  );
  const used = baskets.flatMap(({ ids, adjustedShares, cappingFactors, divisor }) => [
    ids,
    adjustedShares,
    cappingFactors,
    divisor,
  ]);
  const shareActions = actions.flatMap(({ id, exDay, shareRatio }) => [id, exDay, shareRatio]);
  const cash = dividends.flatMap(({ id, exDay, cashPerShare }) => [id, exDay, cashPerShare]);
  const provenance = {
    data: contentHash([
      ...used,
      ...shareActions,
      ...cash,
      prices.ids,
      prices.start,
      prices.day,
      prices.close,
    ]),
    rulebook: `${rulebook.id}@${rulebook.version}`,
    reading: {},
    engine: ENGINE_VERSION,
  };
  return { levels, provenance };
}
