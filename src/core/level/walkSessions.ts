/** The walk over the sessions of a history: which baskets take over, which actions fall on which session. */
import type { Day } from '../base/brand.js';
import { assert } from '../base/errors.js';
import type { CorporateAction } from '../events/actionKinds.js';
import type { ActionPolicy } from '../events/policy.js';
import { applyWaitingShares } from './applyAction.js';
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
  const dated: readonly DatedAction[] = ends.length === 0 ? actions : [...ends, ...actions];
  const bySession = actionsBySession(days.length, dated, (action) => sessionOf(dayOf(action)));
  const takeOvers = bucketRows(days.length, rebalances, ({ effective }) => sessionOf(effective));
  const countings = bucketRows(days.length, rebalances, (rebalance) => countedAt(days, rebalance));
  const counted = new Map<Rebalance, CountedBasket>();
  for (let t = 0; t < days.length; t++) {
    for (let i = takeOvers.start[t]; i < takeOvers.start[t + 1]; i++) {
      const rebalance = takeOvers.items[i];
      const basket = counted.get(rebalance);
      if (basket === undefined) applyWaitingShares(lines, t, policy);
      else takeOver(lines, t, basket, rebalance.kind === 'target-weights');
    }
    applySession(holding, t, bySession);
    for (let i = countings.start[t]; i < countings.start[t + 1]; i++) {
      const rebalance = countings.items[i];
      if (rebalance.kind !== 'share-update') counted.set(rebalance, countBasket(lines, t, rebalance));
    }
  }
  return cash;
}

const dayOf = (action: DatedAction): Day =>
  action.kind === 'spin-off-end' ? action.keepUntil : action.exDay;

function endsOfSpinOffs(actions: readonly CorporateAction[]): DatedAction[] {
  return actions.flatMap((action): DatedAction[] => {
    if (action.kind !== 'spin-off' || action.keepUntil === 'rebalance') return [];
    return [{ kind: 'spin-off-end', id: action.id, keepUntil: action.keepUntil, spinOff: action }];
  });
}

/** Session at whose close a basket is counted; -1 for one that does not take over in this history. */
function countedAt(days: Int32Array, rebalance: Rebalance): number {
  const { kind, effective } = rebalance;
  if (kind === 'share-update' || effective <= days[0] || effective > days[days.length - 1]) return -1;
  const day = kind === 'target-weights' ? rebalance.pricedOn : rebalance.countedOn;
  if (day === undefined) return sessionRow(days, effective) - 1;
  const t = sessionRow(days, day);
  assert(day < effective, 'a basket is counted before it takes over');
  assert(days[t] === day, 'a basket is counted on a session of the history');
  return t;
}
