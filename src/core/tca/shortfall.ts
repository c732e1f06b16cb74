/**
 * Implementation shortfall (Perold, Journal of Portfolio Management 14(3), 1988, 4-9): what an order cost against a paper
 * portfolio that trades all of it at the decision price, split into parts that sum to it. With s = 1 for a purchase and -1 for a
 * sale, X shares decided on, n_i filled at p_i, and r_i what the market stood at when fill i was sent:
 *
 *   delay        s (p_arrival - p_decision) sum of n_i     until the order was at the desk
 *   timing       s sum of n_i (r_i - p_arrival)            where the market went while it was worked
 *   impact       s sum of n_i (p_i - r_i)                  what each fill paid beyond the market
 *   opportunity  s (p_end - p_decision) (X - sum of n_i)   what was not done
 *   fees         as paid
 *
 * The names follow Wagner and Edwards (Financial Analysts Journal 49(1), 1993). All parts are money and positive against the
 * trader; a negative one is a gain.
 */
import { sum } from '../base/sum.js';

export interface ShortfallOrder {
  readonly side: 'buy' | 'sell';
  /** X, at least the sum of the fills. */
  readonly shares: number;
  readonly decisionPrice: number;
  readonly arrivalPrice: number;
  /** What the shares not filled are valued at. */
  readonly endPrice: number;
}

export interface ShortfallFill {
  /** n_i, above 0. */
  readonly shares: number;
  readonly price: number;
  /** r_i. */
  readonly reference: number;
  /** Currency. */
  readonly fees: number;
}

export interface Shortfall {
  readonly delay: number;
  readonly impact: number;
  readonly timing: number;
  readonly opportunity: number;
  readonly fees: number;
  /** Sum of the five. */
  readonly total: number;
  /** Value of all shares decided on at the decision price: what a fraction of the total is of. */
  readonly paperValue: number;
}

export function shortfall(order: ShortfallOrder, fills: readonly ShortfallFill[]): Shortfall {
  const { side, shares, decisionPrice, arrivalPrice, endPrice } = order;
  const sign = side === 'buy' ? 1 : -1;
  const filled = sum(fills.map((fill) => fill.shares));
  const against = (from: (fill: ShortfallFill) => number): number =>
    // `+ 0` since a sale of nothing is not minus nothing.
    sign * sum(fills.map((fill) => fill.shares * from(fill))) + 0;
  const parts = {
    delay: sign * (arrivalPrice - decisionPrice) * filled + 0,
    impact: against(({ price, reference }) => price - reference),
    timing: against(({ reference }) => reference - arrivalPrice),
    opportunity: sign * (endPrice - decisionPrice) * (shares - filled) + 0,
    fees: sum(fills.map((fill) => fill.fees)),
  };
  return { ...parts, total: sum(Object.values(parts)), paperValue: shares * decisionPrice };
}

export interface BenchmarkCost {
  /** Mean price of the benchmark over the shares filled. */
  readonly price: number;
  /** Mean price paid against it, fraction, positive against the trader; without fees. */
  readonly cost: number;
  readonly money: number;
}

/** @param prices the benchmark's price for each fill: one for all, or that of its session */
export function againstBenchmark(
  side: 'buy' | 'sell',
  fills: readonly Pick<ShortfallFill, 'shares' | 'price'>[],
  prices: readonly number[],
): BenchmarkCost {
  const sign = side === 'buy' ? 1 : -1;
  const value = sum(fills.map(({ shares }, i) => shares * prices[i]));
  const money = sign * sum(fills.map(({ shares, price }, i) => shares * (price - prices[i]))) + 0;
  return { price: value / sum(fills.map(({ shares }) => shares)), cost: money / value, money };
}
