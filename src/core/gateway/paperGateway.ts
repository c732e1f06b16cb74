/** A paper account as a gateway. All it knows is the list of the account's events, so it may be killed at any point. */
import { OperationalError, Refusal } from '../base/errors.js';
import type { Account, AccountEvent } from '../trading/account.js';
import {
  requestCancel,
  requestOrder,
  requestReplacement,
  type AccountHistory,
} from '../trading/orderEntry.js';
import type { OrderRequest } from '../trading/orderRequest.js';
import type { TrackedOrder } from '../trading/orders.js';
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
  readonly read: () => AccountHistory;
  /** All or none. @throws OperationalError when there are others after `after` by now */
  readonly append: (after: number, events: readonly AccountEvent[]) => void;
}

/**
 * @param name of the account, which is in the numbers of its orders
 * @param marketOf the market as the account trades on it where its clock stands
 */
export function paperGateway(
  name: string,
  log: AccountLog,
  marketOf: (account: Account) => TradedMarket,
): OrderGateway {
  const answer = (work: Work): Promise<GatewayAnswer> =>
    Promise.resolve().then(() => answering(() => applied(log, work)));
  return {
    place: (request) => answer((held) => placing(held, marketOf(held.account), request)),
    cancel: (request) => answer((held) => cancelling(name, held, marketOf(held.account), request)),
    replace: (request) => answer((held) => replacing(name, held, marketOf(held.account), request)),
    find: ({ order, orderId }) =>
      Promise.resolve().then(() => {
        const { events, account } = log.read();
        const found = orderNamed(name, account, order, orderId);
        return found === undefined ? undefined : statusReport(name, events.length, found);
      }),
    reports: (after) =>
      Promise.resolve().then(() => {
        const { events } = log.read();
        const reports = after >= events.length ? [] : accountReports(name, events, after);
        return { reports, upTo: events.length };
      }),
  };
}

/** Events that a request adds; none when it was taken before. @throws Refusal when it is not taken */
type Work = (held: AccountHistory) => readonly AccountEvent[];

/** Others write to the account too: read again and try again. */
const ATTEMPTS = 5;

function applied(log: AccountLog, work: Work): GatewayAnswer {
  for (let attempt = 1; ; attempt++) {
    const held = log.read();
    const added = work(held);
    if (added.length === 0) return { taken: true, again: true };
    try {
      log.append(held.events.length, added);
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

function placing(held: AccountHistory, traded: TradedMarket, request: NewOrder): readonly AccountEvent[] {
  refuseImpossible(request);
  const twin = held.account.orders.find(({ order }) => order.clientId === request.clientId);
  if (twin === undefined) refuseRequestName(held, request.clientId);
  else if (!isSame(twin, request)) throw usedBefore(request.clientId);
  return requestOrder(held, traded, request).events;
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

/** Whether the order is the one asked for; of those placed as a group only the name is compared. */
function isSame({ order }: TrackedOrder, request: OrderRequest): boolean {
  if (request.exit !== undefined || request.slices !== undefined) return order.group !== undefined;
  const termsOf = (one: OrderRequest): string => {
    const { security, side, quantity, limit, validity, condition, kind, during, peak } = one;
    return JSON.stringify([security, side, quantity, limit, validity, condition, kind, during, peak]);
  };
  return order.group === undefined && termsOf(order) === termsOf(request);
}

const usedBefore = (clientId: string): Refusal =>
  new Refusal(
    'duplicate_client_id',
    `${clientId} is the name of another request already; each needs its own`,
    {
      clientId,
    },
  );

/** A name of a cancellation. */
function refuseRequestName({ events }: AccountHistory, clientId: string): void {
  if (events.some((event) => event.kind === 'cancelled' && event.request === clientId)) {
    throw usedBefore(clientId);
  }
}

function refuseUsedName(held: AccountHistory, clientId: string): void {
  refuseRequestName(held, clientId);
  if (held.account.orders.some(({ order }) => order.clientId === clientId)) throw usedBefore(clientId);
}

function cancelling(
  name: string,
  held: AccountHistory,
  traded: TradedMarket,
  request: CancelRequest,
): readonly AccountEvent[] {
  const { clientId } = request;
  const target = targetOf(name, held, request);
  if (isDone(held, target, clientId)) {
    // The name of an order that took its place, not of a cancellation.
    if (orderNamed(name, held.account, clientId, undefined) !== undefined) throw usedBefore(clientId);
    return [];
  }
  refuseUsedName(held, clientId);
  return named(requestCancel(held, traded, target.order.id), target, clientId);
}

function replacing(
  name: string,
  held: AccountHistory,
  traded: TradedMarket,
  request: ReplaceRequest,
): readonly AccountEvent[] {
  const { clientId, quantity, limit } = request;
  refuseImpossible(request);
  const target = targetOf(name, held, request);
  if (isDone(held, target, clientId)) {
    const twin = orderNamed(name, held.account, clientId, undefined);
    if (twin !== undefined && isSame(twin, { ...target.order, quantity, limit })) return [];
    throw usedBefore(clientId);
  }
  refuseUsedName(held, clientId);
  refuseOtherKind(target, limit);
  const change = { quantity, limit, clientId };
  const { events } = requestReplacement(held, traded, target.order.id, change);
  return named(events, target, clientId);
}

/** What would be another order, and not the same with another size or price. */
function refuseOtherKind({ order, fills }: TrackedOrder, limit: ReplaceRequest['limit']): void {
  const remedy = 'cancel it and send a new one';
  if ((order.limit === undefined) !== (limit === undefined)) {
    const what = order.limit === undefined ? 'has no limit' : 'has a limit';
    throw new Refusal('other_kind', `the order ${what}, and keeps that; ${remedy}`);
  }
  // Whether its new size is with what is filled already, or beside it, is what two programs differ on.
  if (fills.length > 0) throw new Refusal('part_filled', `a part of the order is filled; ${remedy}`);
}

/** @throws Refusal `unknown_order` also for an order of another account: there is no telling them apart from outside */
function targetOf(
  name: string,
  { account }: AccountHistory,
  { order, orderId }: OrderReference,
): TrackedOrder {
  const found = orderNamed(name, account, order, orderId);
  if (found !== undefined) return found;
  throw new Refusal('unknown_order', `there is no order ${order} of this account`, { order });
}

/** Whether the order was cancelled by a request of that name. */
const isDone = ({ events }: AccountHistory, { order }: TrackedOrder, clientId: string): boolean =>
  events.some(
    (event) => event.kind === 'cancelled' && event.order === order.id && event.request === clientId,
  );

/** The cancellation of the order itself carries the name of the request. */
const named = (
  events: readonly AccountEvent[],
  { order }: TrackedOrder,
  clientId: string,
): readonly AccountEvent[] =>
  events.map((event) =>
    event.kind === 'cancelled' && event.order === order.id ? { ...event, request: clientId } : event,
  );
