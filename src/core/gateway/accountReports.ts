/** What happened to the orders of a paper account, as the reports of a gateway: one per event that changes an order. */
import { orderAfter, type Account, type AccountEvent } from '../trading/account.js';
import { filledShares, type TrackedOrder } from '../trading/orders.js';
import type { OrderReport } from './orderGateway.js';

/** Numbers are those of the events, from 1. @param after events that were reported before */
export function accountReports(
  account: string,
  events: readonly AccountEvent[],
  after: number,
): OrderReport[] {
  const orders: TrackedOrder[] = [];
  const reports: OrderReport[] = [];
  events.forEach((event, i) => {
    const changed = orderAfter(event, orders);
    if (changed === undefined) return;
    orders[changed.order.id - 1] = changed;
    if (i < after) return;
    const what = kindOf(event, events[i - 1], events[i + 1], orders);
    if (what === undefined) return;
    const last = what.kind === 'filled' ? changed.fills.at(-1) : undefined;
    reports.push({ ...stands(account, changed), ...what, last, number: i + 1, day: event.day });
  });
  return reports;
}

function kindOf(
  event: AccountEvent,
  before: AccountEvent | undefined,
  next: AccountEvent | undefined,
  orders: readonly TrackedOrder[],
): Pick<OrderReport, 'kind' | 'other'> | undefined {
  switch (event.kind) {
    case 'placed': {
      if (!isReplacement(before, event)) return { kind: 'new', other: undefined };
      return { kind: 'replaced', other: orders[(before as Cancelled).order - 1].order.clientId };
    }
    case 'cancelled':
      // Said with the order that takes its place.
      return isReplacement(event, next) ? undefined : { kind: 'cancelled', other: event.request };
    case 'armed':
    case 'triggered':
    case 'reduced':
    case 'expired':
    case 'filled':
      return { kind: event.kind, other: undefined };
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

function stands(account: string, tracked: TrackedOrder) {
  const { order, state, quantity, reason } = tracked;
  const { id, clientId, group: _group, role: _role, ...terms } = order;
  return {
    orderId: orderIdOf(account, id),
    clientId,
    terms: { ...terms, quantity },
    state,
    filled: filledShares(tracked),
    averagePrice: averagePrice(tracked),
    reason,
  };
}

/** CNY; `undefined` before the first fill. */
function averagePrice({ fills }: TrackedOrder): number | undefined {
  const shares = fills.reduce((sum, { quantity }) => sum + quantity, 0);
  if (shares === 0) return undefined;
  return fills.reduce((sum, { quantity, price }) => sum + quantity * price, 0) / shares / 100;
}

/** Numbers begin with 1 in every account; with its name they are of one account only. */
const orderIdOf = (account: string, id: number): string => `${account}-${id}`;

/** How an order stands by now. @param number of events so far */
export const statusReport = (account: string, number: number, tracked: TrackedOrder): OrderReport => ({
  ...stands(account, tracked),
  number,
  kind: 'status',
  day: tracked.changed,
  other: undefined,
  last: undefined,
});

/** @param clientId, orderId both of one order, as far as given */
export function orderNamed(
  name: string,
  { orders }: Account,
  clientId: string,
  orderId: string | undefined,
): TrackedOrder | undefined {
  const found = orders.find(({ order }) => order.clientId === clientId);
  const same = orderId === undefined || (found !== undefined && orderIdOf(name, found.order.id) === orderId);
  return same ? found : undefined;
}
