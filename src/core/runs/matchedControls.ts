/**
 * Matched controls of an event in the data of an index: the ten securities of the same market nearest in market value, value traded
 * and volatility, all as known on the evening before the window; industry plays no part. Left out are those with an announced change
 * of the index in or near the window, and those that did not trade on nearly every session the study looks at.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { returnsSinceLastTrade } from '../events/returns.js';
import { standardDeviation } from '../impact/volatility.js';
import { takeSnapshot } from '../market/snapshot.js';
import type { EventRows } from '../study/abnormal.js';
import { nearestRows } from '../study/matching.js';
import type { IndexData } from './indexData.js';

export interface Control {
  readonly id: SecurityId;
  /** In standard deviations of the candidates. */
  readonly distance: number;
  /** Close times A shares, currency, on the evening before the window. */
  readonly marketValue: number;
  /** Of a day's return over the estimation days, fraction. */
  readonly volatility: number;
}

const CONTROLS = 10;
/** Without which a mean over them is one security's story. */
const LEAST_CONTROLS = 5;
/** Part of the sessions a control has to have traded on. */
const TRADED = 0.95;

/** @throws Refusal `no_controls` when the security itself has no such features, or too few others have */
export function matchedControls(
  data: IndexData,
  days: readonly Day[],
  id: SecurityId,
  rows: EventRows,
): readonly Control[] {
  const evening = days[rows.estimationTo - 1];
  const snapshot = takeSnapshot(data.market, { day: evening, knownAt: evening });
  const changing = new Set(
    data.changes
      .filter(({ announced, effective }) => announced <= days[rows.to] && effective >= days[rows.from])
      .map((change) => change.id),
  );
  const target = snapshot.securities.findIndex((one) => one.id === id);
  const volatilities = snapshot.securities.map((one) =>
    one.id !== id && changing.has(one.id) ? Number.NaN : volatilityOf(data, days, one.id, rows),
  );
  const marketValues = snapshot.price.map((price, i) => price * snapshot.aShares[i]);
  const features = volatilities.map((volatility, i) => [
    Math.log(marketValues[i]),
    Math.log(snapshot.adv20Value[i]),
    Math.log(volatility),
  ]);
  const matched =
    target < 0 || features[target].some(Number.isNaN) ? [] : nearestRows(features, target, CONTROLS);
  if (matched.length < LEAST_CONTROLS) {
    throw new Refusal(
      'no_controls',
      `${matched.length} securities have the market value, turnover and closes to match ${id} by, ${LEAST_CONTROLS} are needed; take another benchmark or a later event`,
      { id, controls: matched.length },
    );
  }
  return matched.map(({ row, distance }) => ({
    id: snapshot.securities[row].id,
    distance,
    marketValue: marketValues[row],
    volatility: volatilities[row],
  }));
}

/** NaN for a security that missed too many of the sessions; moves in the window itself are not looked at. */
function volatilityOf(data: IndexData, days: readonly Day[], id: SecurityId, rows: EventRows): number {
  const { simple, span } = returnsSinceLastTrade(data.market.prices, data.actions, id, days);
  const seen = span.subarray(rows.estimationFrom, rows.to + 1);
  const traded = seen.reduce((count, sessions) => count + (sessions === 1 ? 1 : 0), 0);
  if (traded < TRADED * seen.length) return Number.NaN;
  const estimated = Array.from(simple.subarray(rows.estimationFrom, rows.estimationTo));
  return standardDeviation(estimated.filter((_, i) => span[rows.estimationFrom + i] === 1));
}
