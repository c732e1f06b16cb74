/**
 * Garleanu and Pedersen, "Dynamic trading with predictable returns and transaction costs", Journal of Finance 68, 2013, for one
 * asset with trading costs lambda Sigma / 2 per squared trade: it is best to trade a constant part a / lambda of the way to the aim,
 *
 *   a = (-g + sqrt(g^2 + 4 gamma lambda (1 - rho)^2)) / (2 (1 - rho)),   g = gamma (1 - rho) + lambda rho
 *
 * with rho the discount rate per period, gamma the risk aversion. Formula from memory, held to an iterated Riccati equation.
 */

export interface TradingRate {
  /** a. */
  readonly value: number;
  /** Part of the gap traded each period. */
  readonly rate: number;
}

/** @param discount rho, from 0 to below 1; gamma and lambda above 0 */
export function garleanuPedersenRate(discount: number, riskAversion: number, costs: number): TradingRate {
  const kept = 1 - discount;
  const g = riskAversion * kept + costs * discount;
  const value = (-g + Math.sqrt(g * g + 4 * riskAversion * costs * kept * kept)) / (2 * kept);
  return { value, rate: value / costs };
}

/** Holdings after each period on the way from a start to an aim that may move. */
export function garleanuPedersenPath(start: number, aims: ArrayLike<number>, rate: number): Float64Array {
  let held = start;
  return Float64Array.from(aims, (aim) => {
    held += rate * (aim - held);
    return held;
  });
}
