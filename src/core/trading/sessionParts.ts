/** Parts of a mainland day, and which orders are sent in which. */
import { at } from '../exchange/venueDay.js';
import type { PlacedOrder } from './orders.js';

/** In the pause between the opening auction and trading some boards take orders. */
export type Moment = 'opening' | 'pause' | 'continuous' | 'closing' | 'after-hours';

export const DAY_OPENS = at(9, 15);
/** The opening auction has traded. */
export const OPENED = at(9, 25);
export const CONTINUOUS = at(9, 30);
export const LUNCH = at(11, 30);
export const AFTERNOON = at(13, 0);
export const CLOSING_CALL = at(14, 57);
export const CLOSED = at(15, 0);
export const AFTER_HOURS_END = at(15, 30);

export function momentAt(clock: number): Moment {
  if (clock < OPENED) return 'opening';
  if (clock < CONTINUOUS) return 'pause';
  if (clock < CLOSING_CALL) return 'continuous';
  return clock < CLOSED ? 'closing' : 'after-hours';
}

type Part = Pick<PlacedOrder, 'limit'> & {
  readonly [K in 'kind' | 'during']?: PlacedOrder[K] | undefined;
};

/** It is for continuous trading only. */
export const isMarket = ({ kind, limit, during }: Part): boolean =>
  during === undefined && (kind !== undefined || limit === undefined);

export function isDue(order: Part, moment: Moment): boolean {
  const { during } = order;
  if (during === 'after-hours' || moment === 'after-hours') return during === moment;
  if (during === 'open') return moment === 'opening';
  if (during === 'close') return moment !== 'pause';
  return isMarket(order) ? moment === 'continuous' : true;
}
