/**
 * The equations of the X-ray: on every session the published level is the sum of units x price. Units are index
 * shares over the divisor; prices are put on the share count of one base day, so that a bonus issue, which moves
 * price and index shares against each other, leaves units as they are.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import { shareRatioBetween, type ShareAction } from '../events/corporateActions.js';
import { lastRow, type PricePanel } from '../market/prices.js';
import { columnOf, matrix, type Matrix } from './matrix.js';

export interface PriceSource {
  readonly prices: PricePanel;
  readonly actions: readonly ShareAction[];
}

export interface Equations {
  readonly ids: readonly SecurityId[];
  /** Ascending. */
  readonly days: readonly Day[];
  /** Day whose share counts the units are stated in. */
  readonly base: Day;
  /** Sessions x members, price per share of the base day. */
  readonly prices: Matrix;
  /** Published closes of the index, one per session, index points. */
  readonly levels: Float64Array;
}

/**
 * One equation per session of `days` that has a published level; the order of `days` does not matter.
 * @throws Refusal `no_levels`, `no_price`
 */
export function equationsOf(
  source: PriceSource,
  published: ReadonlyMap<Day, number>,
  ids: readonly SecurityId[],
  days: readonly Day[],
  base: Day,
): Equations {
  const held = days.filter((day) => published.has(day)).toSorted((a, b) => a - b);
  if (held.length === 0) throw new Refusal('no_levels', 'no published level in the window', {});
  const prices = matrix(held.length, ids.length);
  ids.forEach((id, j) => columnOf(prices, j).set(adjustedPrices(source, id, held, base)));
  return { ids, days: held, base, prices, levels: Float64Array.from(held, (day) => published.get(day) ?? 0) };
}

/** Sessions `from` to `to`, both included, of the same equations. */
export function sessionsOf(equations: Equations, from: Day, to: Day): Equations {
  const rows = equations.days.flatMap((day, i) => (day >= from && day <= to ? i : []));
  const { ids, base, prices, levels } = equations;
  const part = matrix(rows.length, ids.length);
  ids.forEach((_, j) => {
    const column = columnOf(prices, j);
    columnOf(part, j).set(rows.map((i) => column[i]));
  });
  return {
    ids,
    base,
    days: rows.map((i) => equations.days[i]),
    prices: part,
    levels: Float64Array.from(rows, (i) => levels[i]),
  };
}

/**
 * Closes of one security per share of the base day; a suspended one keeps its last close, and a bonus issue during
 * the suspension waits until it trades again, as its close does.
 * @throws Refusal `no_price` when it had not traded by one of the days
 */
export function adjustedPrices(
  source: PriceSource,
  id: SecurityId,
  days: readonly Day[],
  base: Day,
): Float64Array {
  const { prices } = source;
  const security = rowOf(prices.ids, id);
  const actions = source.actions.filter((action) => action.id === id);
  return Float64Array.from(days, (day) => {
    const row = security < 0 ? -1 : lastRow(prices, security, day);
    if (row < 0) {
      const numbers = { id, day: formatDay(day) };
      throw new Refusal('no_price', `${id} has no close on or before ${numbers.day}`, numbers);
    }
    return prices.close[row] * sharesPerBaseShare(actions, id, base, prices.day[row] as Day);
  });
}

function sharesPerBaseShare(actions: readonly ShareAction[], id: SecurityId, base: Day, day: Day): number {
  return day >= base
    ? shareRatioBetween(actions, id, base, day)
    : 1 / shareRatioBetween(actions, id, day, base);
}

/** Row of an id in ascending ids, or -1. */
export function rowOf(ids: readonly SecurityId[], id: SecurityId): number {
  let low = 0;
  let high = ids.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids[middle] < id) low = middle + 1;
    else high = middle;
  }
  return ids[low] === id ? low : -1;
}
