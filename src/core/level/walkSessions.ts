/** The walk over the sessions of a history: which baskets take over, which actions fall on which session. */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import type { CorporateAction } from '../events/actionKinds.js';
import type { ActionPolicy } from '../events/policy.js';
import { actionsBySession, applySession, type DatedAction, type Holding } from './applySession.js';
import { sessionRow } from './closeMatrix.js';
import { bucketRows, sessionFinder } from './buckets.js';
import { noDividends, type DividendCash } from './dividends.js';
import type { Lines } from './lines.js';
import type { Rebalance } from './rebalance.js';
import { countBasket, takeOver, type CountedBasket } from './takeOver.js';

/**
 * Changes of lines are left in `lines`.
 * @param taxRates one per line; net cash is gross without them
 * @returns dividends by session
 */
export function walkSessions(
  lines: Lines,
  rebalances: readonly Rebalance[],
  actions: readonly CorporateAction[],
  policy: ActionPolicy,
  taxRates: Float64Array | undefined,
): DividendCash {
  const { days, ids } = lines.closes;
  const cash = noDividends(days.length);
  const holding: Holding = { lines, policy, taxRates, cash, rowOf: new Map(ids.map((id, row) => [id, row])) };
  const ends = endsOfSpinOffs(actions);
  const sessionOf = sessionFinder(days);
  // After share changes of the same evening: the parent's new count is stated without the child.
  const dated: readonly DatedAction[] = ends.length === 0 ? actions : [...actions, ...ends];
  const bySession = actionsBySession(days.length, dated, (action) => sessionOf(dayOf(action)));
  const takeOvers = bucketRows(days.length, rebalances, ({ effective }) => sessionOf(effective));
  const countings = bucketRows(days.length, rebalances, (rebalance) => countedAt(days, rebalance));
  const counted = new Map<Rebalance, CountedBasket>();
  for (let t = 0; t < days.length; t++) {
    let shareUpdate = false;
    for (let i = takeOvers.start[t]; i < takeOvers.start[t + 1]; i++) {
      const rebalance = takeOvers.items[takeOvers.order[i]];
      const basket = counted.get(rebalance);
      if (basket === undefined) shareUpdate = true;
      else takeOver(lines, t, basket, rebalance.kind === 'target-weights');
    }
    applySession(holding, t, bySession, shareUpdate);
    for (let i = countings.start[t]; i < countings.start[t + 1]; i++) {
      const rebalance = countings.items[countings.order[i]];
      if (rebalance.kind !== 'share-update') counted.set(rebalance, countBasket(lines, t, rebalance));
    }
  }
  return cash;
}

const dayOf = (action: DatedAction): Day =>
  action.kind === 'spin-off-end' ? action.keepUntil : action.exDay;

function endsOfSpinOffs(actions: readonly CorporateAction[]): DatedAction[] {
  const ends: DatedAction[] = [];
  for (const action of actions) {
    if (action.kind !== 'spin-off' || action.keepUntil === 'rebalance') continue;
    ends.push({ kind: 'spin-off-end', id: action.id, keepUntil: action.keepUntil, spinOff: action });
  }
  return ends;
}

/**
 * Session at whose close a basket is counted; -1 for one that does not take over in this history.
 * @throws Refusal `not_counted` when that close is not in it
 */
function countedAt(days: Int32Array, rebalance: Rebalance): number {
  const { kind, effective } = rebalance;
  if (kind === 'share-update' || effective <= days[0] || effective > days[days.length - 1]) return -1;
  const day = kind === 'target-weights' ? rebalance.pricedOn : rebalance.countedOn;
  if (day === undefined) return sessionRow(days, effective) - 1;
  const t = sessionRow(days, day);
  if (day < effective && days[t] === day) return t;
  const [counted, first] = [formatDay(day), formatDay(days[0] as Day)];
  throw new Refusal(
    'not_counted',
    `the basket of ${formatDay(effective)} is counted on ${counted}, which is not a session from ${first} to the one before it`,
    { effective: formatDay(effective), counted, first },
  );
}
