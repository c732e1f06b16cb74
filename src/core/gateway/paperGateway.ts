/** A paper account as a gateway. All it knows is the list of the account's events, so it may be killed at any point. */
import { OperationalError, Refusal } from '../base/errors.js';
import { accountOf, type AccountEvent } from '../trading/account.js';
import type { OrderRequest } from '../trading/orderRequest.js';
import { filledShares, type TrackedOrder } from '../trading/orders.js';
import { cancelOrder, placeOrder, replaceOrder } from '../trading/placeOrder.js';
import type { TradedMarket } from '../trading/tradingDay.js';
import { accountReports, orderNamed, statusReport } from './accountReports.js';
import type {
  CancelRequest,
  GatewayAnswer,
  NewOrder,
  OrderGateway,
  OrderReference,
  ReplaceRequest,
} from './orderGateway.js';

/** The events of one account, wherever they are kept. */
export interface AccountLog {
  readonly read: () => readonly AccountEvent[];
  /** All or none. @throws OperationalError when there are others after `after` by now */
  readonly append: (after: number, events: readonly AccountEvent[]) => void;
}

/** @param name of the account, which is in the numbers of its orders */
export function paperGateway(name: string, log: AccountLog, traded: TradedMarket): OrderGateway {
  const answer = (work: Work): Promise<GatewayAnswer> =>
    Promise.resolve().then(() => answering(() => applied(log, work)));
  return {
    place: (request) => answer((events) => placing(events, traded, request)),
    cancel: (request) => answer((events) => cancelling(name, events, request)),
    replace: (request) => answer((events) => replacing(name, events, traded, request)),
    find: ({ order, orderId }) =>
      Promise.resolve().then(() => {
        const events = log.read();
        const found = orderNamed(name, events, order, orderId);
        return found === undefined ? undefined : statusReport(name, events, found);
      }),
    reports: (after) =>
      Promise.resolve().then(() => {
        const events = log.read();
        return { reports: accountReports(name, events, after), upTo: events.length };
      }),
  };
}

/** Events that a request adds; none when it was taken before. @throws Refusal when it is not taken */
type Work = (events: readonly AccountEvent[]) => readonly AccountEvent[];

/** Others write to the account too: read again and try again. */
const ATTEMPTS = 5;

function applied(log: AccountLog, work: Work): GatewayAnswer {
  for (let attempt = 1; ; attempt++) {
    const before = log.read();
    const added = work(before);
    if (added.length === 0) return { taken: true, again: true };
    try {
      log.append(before.length, added);
      return { taken: true, again: false };
    } catch (error) {
      if (!(error instanceof OperationalError && error.retry) || attempt === ATTEMPTS) throw error;
    }
  }
}

function answering(work: () => GatewayAnswer): GatewayAnswer {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return { taken: false, code: error.code, text: error.message };
    throw error;
  }
}

function placing(
  events: readonly AccountEvent[],
  traded: TradedMarket,
  request: NewOrder,
): readonly AccountEvent[] {
  refuseImpossible(request);
  const account = accountOf(events);
  const twin = account.orders.find(({ order }) => order.clientId === request.clientId);
  if (twin !== undefined && !isSame(twin, request)) throw usedBefore(request.clientId);
  if (twin === undefined) refuseCancelName(events, request.clientId);
  return placeOrder(account, traded, request).events;
}

/** More than any company has, and more than any share costs; also keeps money in numbers that can be counted. */
const MOST_SHARES = 1e9;
const HIGHEST_PRICE = 1e8;

function refuseImpossible({ quantity, limit }: Pick<NewOrder, 'quantity' | 'limit'>): void {
  if (!Number.isInteger(quantity) || quantity <= 0 || quantity > MOST_SHARES) {
    const text = `the quantity is ${quantity}, expected whole shares from 1 to ${MOST_SHARES}`;
    throw new Refusal('invalid_quantity', text, { quantity });
  }
  if (limit !== undefined && (!Number.isInteger(limit) || limit <= 0 || limit > HIGHEST_PRICE)) {
    const text = `the price is ${limit / 100}, expected whole hundredths from 0.01 to ${HIGHEST_PRICE / 100}`;
    throw new Refusal('invalid_price', text, { limit });
  }
}

function isSame({ order }: TrackedOrder, request: OrderRequest): boolean {
  const termsOf = ({ security, side, quantity, limit, validity, condition }: OrderRequest): string =>
    JSON.stringify([security, side, quantity, limit, validity, condition]);
  return termsOf(order) === termsOf(request);
}

const usedBefore = (clientId: string): Refusal =>
  new Refusal(
    'duplicate_client_id',
    `${clientId} is the name of another request already; each needs its own`,
    {
      clientId,
    },
  );

function refuseCancelName(events: readonly AccountEvent[], clientId: string): void {
  if (events.some((event) => event.kind === 'cancelled' && event.request === clientId))
    throw usedBefore(clientId);
}

function cancelling(
  name: string,
  events: readonly AccountEvent[],
  request: CancelRequest,
): readonly AccountEvent[] {
  const { clientId } = request;
  const target = targetOf(name, events, request);
  if (isDone(events, target, clientId)) {
    // The name of an order that took its place, not of a cancellation.
    if (orderNamed(name, events, clientId, undefined) !== undefined) throw usedBefore(clientId);
    return [];
  }
  refuseUsedName(events, clientId);
  return cancelledBy(cancelOrder(accountOf(events), target.order.id), clientId);
}

function replacing(
  name: string,
  events: readonly AccountEvent[],
  traded: TradedMarket,
  request: ReplaceRequest,
): readonly AccountEvent[] {
  const { clientId, limit } = request;
  refuseImpossible(request);
  const target = targetOf(name, events, request);
  const quantity = request.quantity - filledShares(target);
  if (quantity <= 0) {
    const text = `${filledShares(target)} shares are filled already; name more`;
    throw new Refusal('quantity_filled', text, { filled: filledShares(target) });
  }
  if (isDone(events, target, clientId)) {
    const twin = orderNamed(name, events, clientId, undefined);
    if (twin !== undefined && isSame(twin, { ...target.order, quantity, limit })) return [];
    throw usedBefore(clientId);
  }
  refuseUsedName(events, clientId);
  const { events: changes } = replaceOrder(accountOf(events), traded, target.order.id, {
    quantity,
    limit,
    clientId,
  });
  return cancelledBy(changes, clientId);
}

/** @throws Refusal `unknown_order` also for an order of another account: there is no telling them apart from outside */
function targetOf(
  name: string,
  events: readonly AccountEvent[],
  { order, orderId }: OrderReference,
): TrackedOrder {
  const found = orderNamed(name, events, order, orderId);
  if (found !== undefined) return found;
  throw new Refusal('unknown_order', `there is no order ${order} of this account`, { order });
}

/** Whether the order was cancelled by a request of that name. */
const isDone = (events: readonly AccountEvent[], { order }: TrackedOrder, clientId: string): boolean =>
  events.some(
    (event) => event.kind === 'cancelled' && event.order === order.id && event.request === clientId,
  );

function refuseUsedName(events: readonly AccountEvent[], clientId: string): void {
  refuseCancelName(events, clientId);
  if (accountOf(events).orders.some(({ order }) => order.clientId === clientId)) throw usedBefore(clientId);
}

/** The first cancellation is the one that was asked for. */
const cancelledBy = (events: readonly AccountEvent[], clientId: string): readonly AccountEvent[] =>
  events.map((event, i) => (i === 0 && event.kind === 'cancelled' ? { ...event, request: clientId } : event));
