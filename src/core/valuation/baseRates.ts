/** How often companies of a size have grown that fast: what implied growth should be read beside. */
import type { BaseRate } from '../statements/fundamentals.js';

export interface BaseRateBeside {
  readonly rate: BaseRate;
  /** `same-size` when sales lie in the row; otherwise the nearest row below or above. */
  readonly match: 'same-size' | 'smaller' | 'larger';
}

/** The row of the size, or the two around it. @param salesUsd sales of the last year, USD */
export function baseRatesFor(rates: readonly BaseRate[], salesUsd: number): BaseRateBeside[] {
  const own = rates.find(({ salesFrom, salesTo }) => salesUsd >= salesFrom && salesUsd < salesTo);
  if (own !== undefined) return [{ rate: own, match: 'same-size' }];
  const smaller = rates
    .filter(({ salesTo }) => salesTo <= salesUsd)
    .toSorted((a, b) => b.salesTo - a.salesTo);
  const larger = rates
    .filter(({ salesFrom }) => salesFrom > salesUsd)
    .toSorted((a, b) => a.salesFrom - b.salesFrom);
  return [
    ...smaller.slice(0, 1).map((rate) => ({ rate, match: 'smaller' as const })),
    ...larger.slice(0, 1).map((rate) => ({ rate, match: 'larger' as const })),
  ];
}
