/** The one condition that an order of FIX 4.4 has words for: a stop price, reached from below to buy and from above to sell. */
import type { SecurityId } from '../base/brand.js';
import type { Side } from '../exchange/orderCheck.js';
import type { Condition } from '../trading/condition.js';

const directionOf = (side: Side): 'at-least' | 'at-most' => (side === 'buy' ? 'at-least' : 'at-most');

/** @param price CNY */
export const stopCondition = (security: SecurityId, side: Side, price: number): Condition => ({
  kind: 'price',
  security,
  direction: directionOf(side),
  threshold: price,
});

/** CNY; `undefined` without a condition, and for one that is no stop. */
export function stopPrice(order: {
  readonly security: SecurityId;
  readonly side: Side;
  readonly condition: Condition | undefined;
}): number | undefined {
  const { security, side, condition } = order;
  const isStop =
    condition?.kind === 'price' &&
    condition.security === security &&
    condition.direction === directionOf(side);
  return isStop ? condition.threshold : undefined;
}

/** OrdType (40): 1 market, 2 limit, 3 stop, 4 stop limit. */
export const orderType = (hasLimit: boolean, stop: number | undefined): string =>
  stop === undefined ? (hasLimit ? '2' : '1') : hasLimit ? '4' : '3';
