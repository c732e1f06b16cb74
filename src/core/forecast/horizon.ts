/**
 * How far prices still move to each close, in standard deviations of one session's return. For a walk of h steps of
 * variance one, the mean of its h positions has variance (h + 1)(2h + 1) / 6h and covariance (h + 1) / 2 with its end,
 * whose variance is h.
 */
import type { Day } from '../base/brand.js';
import { sessionsLeft, type SessionCalendar } from '../calendar/sessions.js';
import type { ReviewDates } from '../methodology/reviewDates.js';
import type { Horizon } from './plan.js';

/** @param from the last close that is known */
export function horizonOf(calendar: SessionCalendar, dates: ReviewDates, from: Day): Horizon {
  const toCutoff = sessionsLeft(calendar, from, dates.cutoff);
  const toPricing = sessionsLeft(calendar, from, dates.pricing);
  const toSwap = sessionsLeft(calendar, from, dates.swap);
  const average = Math.sqrt(averageVariance(toCutoff));
  // The end of the first stretch given its mean: covariance over the standard deviation of the mean, and what is left.
  const covariance = toCutoff === 0 ? 0 : (toCutoff + 1) / 2;
  const pricingOnAverage = toCutoff === 0 ? 0 : covariance / average;
  return {
    average,
    pricingOnAverage,
    pricing: Math.sqrt(Math.max(0, toPricing - pricingOnAverage * pricingOnAverage)),
    swap: Math.sqrt(toSwap - toPricing),
  };
}

/** Of the mean of h positions of a walk, in variances of one step. */
export const averageVariance = (h: number): number => (h === 0 ? 0 : ((h + 1) * (2 * h + 1)) / (6 * h));
