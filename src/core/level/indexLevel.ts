/**
 * Index levels from index shares: sum of index shares x price over the divisor, share actions applied on their
 * ex-dates. Set beside published levels it is also a test: a wrong reading of a rule leaves the published path
 * within days, so levels identify ambiguous clauses (docs/star50-september-2025.md).
 */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import { sessionsBetween, type SessionCalendar } from '../calendar/sessions.js';
import type { ShareAction } from '../events/corporateActions.js';
import { lastRow, type PricePanel } from '../market/prices.js';
import type { Composition } from '../review/composition.js';

export interface LevelPoint {
  readonly day: Day;
  readonly level: number;
}

/**
 * Price-index level of one basket on every session from `from` to `to`, both included. A suspended member counts
 * at its last close.
 * @throws Refusal `no_price` when a member had not traded by a session
 */
export function levelHistory(
  composition: Composition,
  prices: PricePanel,
  actions: readonly ShareAction[],
  sessions: SessionCalendar,
  from: Day,
  to: Day,
): LevelPoint[] {
  const panelRow = new Map(prices.ids.map((id, i) => [id, i]));
  const rows = composition.ids.map((id) => panelRow.get(id) ?? -1);
  const memberActions = composition.ids.map((id) =>
    actions.filter((action) => action.id === id && action.exDay > composition.swap),
  );
  return sessionsBetween(sessions, from, to).map((day) => {
    let value = 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] < 0 ? -1 : lastRow(prices, rows[i], day);
      if (row < 0) {
        throw new Refusal('no_price', `${composition.ids[i]} has no close on or before ${formatDay(day)}`, {
          id: composition.ids[i],
          day: formatDay(day),
        });
      }
      let shares = composition.adjustedShares[i] * composition.cappingFactors[i];
      for (const action of memberActions[i]) if (action.exDay <= day) shares *= action.shareRatio;
      value += shares * prices.close[row];
    }
    return { day, level: value / composition.divisor };
  });
}

export interface LevelFit {
  readonly days: number;
  /** Largest absolute difference, index points. */
  readonly largestError: number;
  readonly largestErrorOn: Day;
  /** Root mean square of the differences, index points. */
  readonly rms: number;
}

/** How far a computed path is from the published closes, over the days both have. @throws Refusal when there is none */
export function fitToPublished(
  computed: readonly LevelPoint[],
  published: ReadonlyMap<Day, number>,
): LevelFit {
  let days = 0;
  let largestError = 0;
  let largestErrorOn = computed[0]?.day as Day;
  let squares = 0;
  for (const { day, level } of computed) {
    const close = published.get(day);
    if (close === undefined) continue;
    const error = Math.abs(level - close);
    days++;
    squares += error * error;
    if (error > largestError) {
      largestError = error;
      largestErrorOn = day;
    }
  }
  if (days === 0) throw new Refusal('no_levels', 'no published level in the window', {});
  return { days, largestError, largestErrorOn, rms: Math.sqrt(squares / days) };
}
