/**
 * Kyle's lambda (Econometrica 53, 1985): prices move in proportion to net flow and do not come back, so the order stands at
 * lambda X and costs half of that on average, however long it takes. lambda is a slope estimated from data
 * (illiquidity.ts); the band is 1.96 standard errors of it. Flows larger than any it was estimated from are extrapolated.
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

const BAND_ERRORS = 1.96;
const BEYOND = 'more per day than the largest daily flow the slope was estimated from';

/** @throws InputError `bad_order`, Refusal `liquidity_missing` without a slope */
export function kyle(order: Order, liquidity: Liquidity): Impact {
  participationOf('kyle', order, liquidity, ['lambda']);
  // `participationOf` refused an order without one.
  const { slope, standardError, largestFlow } = liquidity.lambda as NonNullable<Liquidity['lambda']>;
  const size = Math.abs(order.shares);
  const peak = slope * size;
  const error = BAND_ERRORS * standardError * size;
  const perDay = size / order.days;
  return impact(
    'kyle',
    { peak, permanent: peak, cost: peak / 2 },
    [(peak - error) / 2, (peak + error) / 2],
    perDay > largestFlow ? beyond('kyle', BEYOND) : NO_FINDINGS,
  );
}
