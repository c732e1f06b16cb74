/** What happened to the orders of a paper account, as the reports of a gateway: one per event that changes an order. */
import { accountOf, type AccountEvent, type PlacedOrder, type TrackedOrder } from '../trading/account.js';
import { assert } from '../base/errors.js';
import type { OrderReport } from './orderGateway.js';

/** Numbers are those of the events, from 1. @param after events that were reported before */
export function accountReports(
  account: string,
  events: readonly AccountEvent[],
  after: number,
): OrderReport[] {
  const placed = new Map<number, PlacedOrder>();
  const reports: OrderReport[] = [];
  events.forEach((event, i) => {
    if (event.kind === 'placed') placed.set(event.order.id, event.order);
    if (i < after || !('order' in event)) return;
    const order = event.kind === 'placed' ? event.order : placed.get(event.order);
    assert(order !== undefined, 'only an order that was placed changes');
    const report = reportOf(event, order, events[i - 1], events[i + 1], placed);
    if (report !== undefined)
      reports.push({ ...report, ...named(account, order), number: i + 1, day: event.day });
  });
  return reports;
}

type Reported = Pick<OrderReport, 'kind' | 'state' | 'other' | 'filled' | 'price' | 'fees' | 'reason'>;

const UNFILLED = { other: undefined, filled: 0, price: undefined, fees: undefined, reason: undefined };

function reportOf(
  event: AccountEvent,
  order: PlacedOrder,
  before: AccountEvent | undefined,
  next: AccountEvent | undefined,
  placed: ReadonlyMap<number, PlacedOrder>,
): Reported | undefined {
  switch (event.kind) {
    case 'placed': {
      const state = order.condition === undefined ? 'working' : 'waiting';
      if (!isReplacement(before, event)) return { ...UNFILLED, kind: 'new', state };
      return {
        ...UNFILLED,
        kind: 'replaced',
        state,
        other: placed.get((before as Cancelled).order)?.clientId,
      };
    }
    case 'triggered':
      return { ...UNFILLED, kind: 'triggered', state: 'working' };
    case 'cancelled':
      // Said with the order that takes its place.
      if (isReplacement(event, next)) return undefined;
      return { ...UNFILLED, kind: 'cancelled', state: 'cancelled', other: event.request };
    case 'expired':
      return { ...UNFILLED, kind: 'expired', state: 'expired', reason: event.reason };
    case 'filled': {
      const { price, fees } = event;
      return { ...UNFILLED, kind: 'filled', state: 'filled', filled: order.quantity, price, fees };
    }
    default:
      return undefined;
  }
}

type Cancelled = Extract<AccountEvent, { readonly kind: 'cancelled' }>;

/** An order cancelled by a request of the same name as the order that comes next. */
function isReplacement(event: AccountEvent | undefined, next: AccountEvent | undefined): boolean {
  return (
    event?.kind === 'cancelled' &&
    event.request !== undefined &&
    next?.kind === 'placed' &&
    next.order.clientId === event.request
  );
}

function named(account: string, { id, clientId, ...terms }: PlacedOrder) {
  return { orderId: orderIdOf(account, id), clientId, terms };
}

/** Numbers begin with 1 in every account; with its name they are of one account only. */
const orderIdOf = (account: string, id: number): string => `${account}-${id}`;

/** How an order stands after all events. */
export function statusReport(
  account: string,
  events: readonly AccountEvent[],
  { order, state, changed, fill, reason }: TrackedOrder,
): OrderReport {
  return {
    ...UNFILLED,
    ...named(account, order),
    number: events.length,
    kind: 'status',
    day: changed,
    state,
    reason,
    ...(fill !== undefined && { filled: order.quantity, price: fill.price, fees: fill.fees }),
  };
}

/** @param clientId, orderId both of one order, as far as given */
export function orderNamed(
  account: string,
  events: readonly AccountEvent[],
  clientId: string,
  orderId: string | undefined,
): TrackedOrder | undefined {
  const found = accountOf(events).orders.find(({ order }) => order.clientId === clientId);
  const same =
    orderId === undefined || (found !== undefined && orderIdOf(account, found.order.id) === orderId);
  return same ? found : undefined;
}
