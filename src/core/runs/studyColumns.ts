/**
 * Returns of one security over the sessions of a data set, and of everything it is held against over the same sessions: the index,
 * the index without it, its industry. Days closed at the limit are marked.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { contentHash } from '../base/hash.js';
import { ENGINE_VERSION } from '../base/version.js';
import { sessionsBetween } from '../calendar/sessions.js';
import { shareRatioBetween } from '../events/corporateActions.js';
import { returnsSinceLastTrade, type SpannedReturns } from '../events/returns.js';
import { lastRow, panelRange } from '../market/prices.js';
import { adjustedSharesOn, type Composition } from '../review/composition.js';
import { exSelf } from '../study/exSelf.js';
import { dailyLimits, limitPercentOf } from './dailyLimits.js';
import type { IndexData } from './indexData.js';
import type { Provenance } from './provenance.js';

/** All sessions of which there are closes. */
export function studiedSessions({ market }: IndexData): readonly Day[] {
  const { first, last } = panelRange(market.prices);
  return sessionsBetween(market.calendar, first, last);
}

export interface StudyColumns {
  readonly own: Float64Array;
  readonly span: Float64Array;
  readonly index: Float64Array;
  readonly 'ex-self': Float64Array;
  readonly peers: Float64Array;
  readonly locked: readonly boolean[];
}

/**
 * Returns of a security and of each benchmark over the sessions that each of its returns covers.
 * @param other levels of another index, to stand where the data's own would; without the security it is not known then
 */
export function columnsOf(
  data: IndexData,
  days: readonly Day[],
  id: SecurityId,
  other?: ReadonlyMap<Day, number>,
): StudyColumns {
  const { prices } = data.market;
  const { simple: own, span } = returnsSinceLastTrade(prices, data.actions, id, days);
  const levels = days.map((day) => (other ?? data.levels).get(day) ?? Number.NaN);
  const index = overSpans(levels, span);
  return {
    own,
    span,
    index,
    'ex-self': index.map((r, row) => {
      if (span[row] === 0 || other !== undefined) return Number.NaN;
      const weight = weightAt(data, id, days[row - span[row]], days[row]);
      return Number.isNaN(weight) ? Number.NaN : exSelf(r, weight, own[row]);
    }),
    peers: overSpans(peerLevels(data, days, id), span),
    locked: lockedDays(data, days, id, { simple: own, span }),
  };
}

export const overSpans = (levels: readonly number[], span: Float64Array): Float64Array =>
  span.map((sessions, row) => (sessions === 0 ? Number.NaN : levels[row] / levels[row - sessions] - 1));

/**
 * Weight of the security at a close in the basket that is in force on the session after; 0 when it is no member, NaN when no
 * basket is known.
 */
function weightAt(data: IndexData, id: SecurityId, close: Day, next: Day): number {
  const composition = basketOn(data, next);
  if (composition === undefined) return Number.NaN;
  const row = composition.ids.indexOf(id);
  if (row < 0) return 0;
  const { prices } = data.market;
  const shares = adjustedSharesOn(composition, data.actions, next);
  let total = 0;
  let own = 0;
  composition.ids.forEach((member, i) => {
    const last = lastRow(prices, prices.ids.indexOf(member), close);
    // Shares of the next session on the price of this close, which a share action in between would have divided.
    const ratio = shareRatioBetween(data.actions, member, prices.day[last] as Day, next);
    const value = (shares[i] * composition.cappingFactors[i] * prices.close[last]) / ratio;
    total += value;
    if (i === row) own = value;
  });
  return own / total;
}

/** The basket known that was in force on a session; a list of members says until when. */
function basketOn({ baskets, members }: IndexData, session: Day): Composition | undefined {
  const found = baskets.findLast(({ composition }) => composition.effective <= session)?.composition;
  const list = members.find(({ firstDay }) => firstDay === found?.effective);
  return list !== undefined && session <= list.lastDay ? found : undefined;
}

/** Names a peer group needs. */
const LEAST_PEERS = 5;

/** Growth of an equal holding in all other securities of the same industry; NaN where there are too few. */
export function peerLevels(data: IndexData, days: readonly Day[], id: SecurityId): number[] {
  const { securities } = data.market;
  const industry = securities.find((security) => security.id === id)?.industry ?? '';
  const peers = securities.filter((security) => security.id !== id && security.industry === industry);
  if (industry === '' || peers.length < LEAST_PEERS) return days.map(() => Number.NaN);
  return equalHolding(
    data,
    days,
    peers.map((peer) => peer.id),
  );
}

/** Growth of a holding of equal parts, set level again each session, in those that trade on it. */
export function equalHolding(
  { market: { prices }, actions }: IndexData,
  days: readonly Day[],
  ids: readonly SecurityId[],
): number[] {
  const returns = ids.map((id) => returnsSinceLastTrade(prices, actions, id, days));
  let level = 1;
  return days.map((_, row) => {
    const seen = returns.filter(({ span }) => span[row] === 1).map(({ simple }) => simple[row]);
    if (seen.length > 0) level *= 1 + seen.reduce((total, r) => total + r, 0) / seen.length;
    return level;
  });
}

/** A close at its limit; moves of less than half of it are not looked at, for there are many. */
function lockedDays(
  { market, actions }: IndexData,
  days: readonly Day[],
  id: SecurityId,
  { simple, span }: SpannedReturns,
): boolean[] {
  const row = market.prices.ids.indexOf(id);
  const half = limitPercentOf(id, days[days.length - 1]) / 200;
  return days.map((day, t) => {
    if (span[t] === 0 || Math.abs(simple[t]) < half) return false;
    const limits = dailyLimits({ market, actions }, id, day);
    const close = market.prices.close[lastRow(market.prices, row, day)];
    return limits !== undefined && (close === limits.up || close === limits.down);
  });
}

export function provenanceOfStudy({ rulebook }: IndexData, columns: readonly Float64Array[]): Provenance {
  return {
    data: contentHash(columns),
    rulebook: `${rulebook.id}@${rulebook.version}`,
    reading: {},
    engine: ENGINE_VERSION,
  };
}
