/** The case of one review from its columns of JSON, as the core takes it. */
import {
  factTable,
  pricePanel,
  securityId,
  sessionCalendar,
  type Composition,
  type IndexData,
  type PricePanel,
} from '../../core/index.js';
import type { CaseBasket, CaseDocument, CasePrices } from '../../server/views/caseDocument.js';

export function readCase(document: CaseDocument): IndexData {
  const { calendar, securities, facts } = document;
  return {
    rulebook: document.rulebook,
    market: {
      securities,
      prices: pricesOf(document.prices),
      facts: factTable(facts),
      calendar: sessionCalendar(calendar.market, calendar.days),
    },
    actions: document.actions,
    dividends: [],
    baskets: document.baskets.map((basket) => ({
      knownOn: basket.knownOn,
      composition: compositionOf(basket),
    })),
    members: [],
    changes: document.changes,
    reserve: document.reserve,
    levels: new Map(document.levels),
    assets: document.assets,
    trackerUnits: document.trackerUnits,
    estimates: [],
  };
}

function pricesOf({ ids, rows, dayStep, close, value, quality }: CasePrices): PricePanel {
  const day = new Int32Array(dayStep.length);
  let row = 0;
  for (const count of rows) {
    let at = 0;
    for (const end = row + count; row < end; row++) day[row] = at += dayStep[row];
  }
  return pricePanel(ids.map(securityId), rows, {
    day,
    close: Float64Array.from(close),
    value: Float64Array.from(value, (amount) => amount ?? Number.NaN),
    quality: Uint8Array.from(quality, Number),
  });
}

function compositionOf(basket: CaseBasket): Composition {
  const { index, swap, effective, ids, adjustedShares, cappingFactors, divisor, quality, note } = basket;
  return {
    index: index as Composition['index'],
    swap,
    effective,
    ids: ids.map(securityId),
    adjustedShares: Float64Array.from(adjustedShares),
    cappingFactors: Float64Array.from(cappingFactors),
    divisor,
    quality: quality as Composition['quality'],
    note,
  };
}
