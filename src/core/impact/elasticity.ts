/**
 * The order as a shift of demand. Funds that take q = Q / Theta of the shares out of the market raise the price by M q, with
 * the multiplier M the inverse of the demand elasticity; as long as they hold them, it stays there.
 *
 * The bridge from trading to holding puts the square-root law into this form (Bouchaud 2021, arXiv 2108.00242):
 *
 *   M(q) = Y sigma / sqrt(q tau),  tau = V / Theta the daily turnover,
 *
 * so M grows with volatility and falls with the part of the company that changes hands. Index events give multipliers of single
 * shares of roughly 0.3 to 3, most often near 1: that range is the band, and outside it the bridge says more than
 * the events do.
 */
import {
  beyond,
  impact,
  NO_FINDINGS,
  participationOf,
  type Impact,
  type Liquidity,
  type Order,
} from './impactModel.js';
import { SQUARE_ROOT } from './squareRoot.js';

const SEEN: readonly [number, number] = [0.3, 3];
const BEYOND = `the multiplier is outside of what index events give, ${SEEN.join(' to ')}`;

/** M(q): percent of price per percent of the shares outstanding. */
export const multiplierOf = (coefficient: number, volatility: number, q: number, turnover: number): number =>
  (coefficient * volatility) / Math.sqrt(q * turnover);

/** @throws InputError `bad_order`, Refusal `liquidity_missing` without the shares outstanding */
export function elasticity(order: Order, liquidity: Liquidity): Impact {
  participationOf('elasticity', order, liquidity, ['sharesOutstanding']);
  const { sharesOutstanding, advShares, volatility } = liquidity;
  const q = Math.abs(order.shares) / sharesOutstanding;
  const multiplier = multiplierOf(SQUARE_ROOT.coefficient, volatility, q, advShares / sharesOutstanding);
  const peak = multiplier * q;
  const [low, high] = SEEN;
  return impact(
    'elasticity',
    { peak, permanent: peak, cost: peak / 2 },
    [(Math.min(low, multiplier) * q) / 2, (Math.max(high, multiplier) * q) / 2],
    multiplier >= low && multiplier <= high ? NO_FINDINGS : beyond('elasticity', BEYOND),
  );
}
