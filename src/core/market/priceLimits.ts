/**
 * Daily price limits: close before x (1 +- rate), rounded half up to the tick of 0.01. Worked out in whole hundredths, since in
 * binary fractions 11.055 is a little less and would round down.
 */

export interface PriceLimits {
  readonly up: number;
  readonly down: number;
}

/**
 * @param closeBefore raw close of the session before, adjusted for share actions, currency
 * @param ratePercent 10 on the main boards, 20 on STAR and ChiNext, 30 in Beijing
 */
export function priceLimits(closeBefore: number, ratePercent: number): PriceLimits {
  const cents = Math.round(closeBefore * 100);
  return { up: halfUp(cents * (100 + ratePercent)), down: halfUp(cents * (100 - ratePercent)) };
}

/** Hundredths of a hundredth to a price. */
const halfUp = (hundredths: number): number => Math.floor((hundredths + 50) / 100) / 100;
