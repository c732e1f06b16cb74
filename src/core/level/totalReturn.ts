/**
 * Return indices on top of a price index (rulebooks.md 10.3): `TR_t = TR_{t-1} (I_t + XD_t) / I_{t-1}`, the
 * dividend reinvested at the ex-day's close. Reinvested before its open it drops the divisor instead:
 * `TR_t = TR_{t-1} I_t / I_{t-1} x V / (V - cash)` with V the value at the open.
 */
import type { ActionPolicy } from '../events/policy.js';
import type { DivisorPath } from './divisor.js';

/**
 * @param price price index, unrounded
 * @param cash dividends of each session, index currency; before tax for gross, after tax for net
 * @param specialTax tax lost on special dividends the price index was adjusted for; none for gross
 * @param start value at the first session
 */
export function totalReturn(
  price: Float64Array,
  path: DivisorPath,
  cash: Float64Array,
  specialTax: Float64Array | undefined,
  start: number,
  reinvestment: ActionPolicy['reinvestment'],
): Float64Array {
  const { divisor, open } = path;
  const level = new Float64Array(price.length);
  // Return index over price index: it moves only when something is reinvested or taxed.
  let lead = start / price[0];
  level[0] = start;
  for (let t = 1; t < price.length; t++) {
    if (cash[t] !== 0) {
      const points = cash[t] / divisor[t];
      lead *= reinvestment === 'at-close' ? (price[t] + points) / price[t] : open[t] / (open[t] - cash[t]);
    }
    // The price index reinvested the special dividend before tax, at the open; a net holder had less to reinvest.
    if (specialTax !== undefined && specialTax[t] !== 0) lead *= open[t] / (open[t] + specialTax[t]);
    level[t] = price[t] * lead;
  }
  return level;
}
