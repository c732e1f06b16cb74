/** Requests of a gateway as messages of FIX: the other side of `orderRequests.ts`. */
import { yuanOf, type Fen } from '../exchange/fen.js';
import type { CancelRequest, NewOrder, ReplaceRequest } from '../gateway/orderGateway.js';
import type { OutMessage } from './executionReports.js';
import { orderType, stopPrice } from './stopPrice.js';
import { timeInForce } from './timeInForce.js';
import { TAG } from './tags.js';
import { formatTimestamp } from './timestamp.js';
import type { FixField } from './wire.js';

/** What a change of an order has to say of it again. */
type OrderTermsOf = Pick<NewOrder, 'security' | 'side' | 'validity' | 'condition' | 'during' | 'peak'>;

/** Whether FIX 4.4 has words for it: no other condition than a stop, no groups of orders, of the parts of a day the auctions. */
export const isSayable = (request: NewOrder): boolean =>
  request.exit === undefined &&
  request.slices === undefined &&
  request.kind === undefined &&
  request.during !== 'after-hours' &&
  (request.during === undefined || request.validity === 'day') &&
  (request.condition === undefined || stopPrice(request) !== undefined);

/** @param now ms since 1970 */
export const newOrderMessage = (request: NewOrder, now: number): OutMessage => ({
  type: 'D',
  body: [[TAG.ClOrdID, request.clientId], ...instrument(request, now), ...terms(request, request)],
});

export const cancelMessage = (request: CancelRequest, order: OrderTermsOf, now: number): OutMessage => ({
  type: 'F',
  body: [...names(request), ...instrument(order, now)],
});

export const replaceMessage = (request: ReplaceRequest, order: OrderTermsOf, now: number): OutMessage => ({
  type: 'G',
  body: [...names(request), ...instrument(order, now), ...terms(request, order)],
});

const names = ({ clientId, order, orderId }: CancelRequest): FixField[] => [
  [TAG.OrigClOrdID, order],
  ...(orderId === undefined ? [] : [[TAG.OrderID, orderId] as const]),
  [TAG.ClOrdID, clientId],
];

const instrument = ({ security, side }: OrderTermsOf, now: number): FixField[] => [
  [TAG.Symbol, security],
  [TAG.Side, side === 'buy' ? '1' : '2'],
  [TAG.TransactTime, formatTimestamp(now)],
];

const price = (amount: Fen): string => yuanOf(amount).toFixed(2);

function terms(
  { quantity, limit }: { readonly quantity: number; readonly limit: Fen | undefined },
  order: OrderTermsOf,
): FixField[] {
  const stop = stopPrice(order);
  return [
    [TAG.OrderQty, String(quantity)],
    [TAG.OrdType, orderType(limit !== undefined, stop)],
    ...(limit === undefined ? [] : [[TAG.Price, price(limit)] as const]),
    ...(stop === undefined ? [] : [[TAG.StopPx, stop.toFixed(2)] as const]),
    [TAG.TimeInForce, timeInForce(order)],
    ...(order.peak === undefined ? [] : [[TAG.MaxFloor, String(order.peak)] as const]),
  ];
}
