/**
 * Index levels from index shares: sum of index shares x price over the divisor, share actions applied on their
 * ex-dates. Set beside published levels it is also a test: a wrong reading of a rule leaves the published path
 * within days, so levels identify ambiguous clauses (docs/star50-september-2025.md).
 */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { sessionsBetween, type SessionCalendar } from '../calendar/sessions.js';
import { asSplit, type ShareAction } from '../events/corporateActions.js';
import { CSI_POLICY } from '../events/policy.js';
import type { PricePanel } from '../market/prices.js';
import { adjustedSharesOn, type Composition } from '../review/composition.js';
import { closesOf } from './closeMatrix.js';
import { indexHistory } from './indexHistory.js';

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
  const days = Int32Array.from(sessionsBetween(sessions, from, to));
  if (days.length === 0) return [];
  const { price } = indexHistory({
    closes: closesOf(prices, composition.ids, days),
    start: {
      rows: Int32Array.from(composition.ids.keys()),
      shares: adjustedSharesOn(composition, actions, days[0] as Day),
      factors: composition.cappingFactors,
      divisor: composition.divisor,
    },
    actions: actions.flatMap(asSplit),
    policy: CSI_POLICY,
  });
  return Array.from(price, (level, t) => ({ day: days[t] as Day, level }));
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
