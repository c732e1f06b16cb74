/** What happened to the orders of a paper account, as the reports of a gateway: one per event that changes an order. */
import { assert } from '../base/errors.js';
import { fen, type Fen } from '../exchange/fen.js';
import type { FeesInFen } from '../exchange/feesInFen.js';
import { accountFold, accountOf, type AccountEvent } from '../trading/account.js';
import { filledShares, type Fill, type PlacedOrder, type TrackedOrder } from '../trading/orders.js';
import type { OrderReport } from './orderGateway.js';

/** Numbers are those of the events, from 1. @param after events that were reported before */
export function accountReports(
  account: string,
  events: readonly AccountEvent[],
  after: number,
): OrderReport[] {
  const fold = accountFold(events.slice(0, 1));
  const reports: OrderReport[] = [];
  events.forEach((event, i) => {
    if (i > 0) fold.add(event);
    if (i < after || !('order' in event)) return;
    const tracked = fold.order(event.kind === 'placed' ? event.order.id : event.order);
    assert(tracked !== undefined, 'only an order that was placed changes');
    const placeOf = (id: number): PlacedOrder | undefined => fold.order(id)?.order;
    const said = reportOf(event, { before: events[i - 1], next: events[i + 1], placeOf });
    if (said === undefined) return;
    const fill = event.kind === 'filled' ? tracked.fills.at(-1) : undefined;
    reports.push({
      ...UNSAID,
      ...standing(tracked),
      ...(fill !== undefined && {
        last: { quantity: fill.quantity, price: fill.price },
        fees: fill.fees,
      }),
      ...said,
      ...named(account, tracked),
      number: i + 1,
      day: event.day,
    });
  });
  return reports;
}

const UNSAID = { other: undefined, last: undefined, fees: undefined, reason: undefined };

/** How much of it is filled, and at which price. */
function standing(tracked: TrackedOrder): Pick<OrderReport, 'state' | 'filled' | 'price'> {
  const filled = filledShares(tracked);
  return { state: tracked.state, filled, price: meanPrice(tracked.fills, filled) };
}

function meanPrice(fills: readonly Fill[], shares: number): Fen | undefined {
  if (shares === 0) return undefined;
  const value = fills.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  return fen(Math.floor((2 * value + shares) / (2 * shares)));
}

interface Around {
  readonly before: AccountEvent | undefined;
  readonly next: AccountEvent | undefined;
  readonly placeOf: (id: number) => PlacedOrder | undefined;
}

function reportOf(
  event: AccountEvent,
  { before, next, placeOf }: Around,
): Pick<OrderReport, 'kind' | 'other' | 'reason'> | undefined {
  const said = (kind: OrderReport['kind']) => ({ kind, other: undefined, reason: undefined });
  switch (event.kind) {
    case 'placed': {
      if (!isReplacement(before, event)) return said('new');
      return { ...said('replaced'), other: placeOf((before as Cancelled).order)?.clientId };
    }
    // It stands otherwise than it was sent: awake, waiting now, or for fewer shares.
    case 'triggered':
    case 'armed':
    case 'reduced':
      return said('triggered');
    case 'cancelled':
      // Said with the order that takes its place.
      return isReplacement(event, next) ? undefined : { ...said('cancelled'), other: event.request };
    case 'expired':
      return { ...said('expired'), reason: event.reason };
    case 'filled':
      return said('filled');
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

function named(account: string, { order, quantity }: TrackedOrder) {
  const { id, clientId, group: _group, role: _role, ...terms } = order;
  return { orderId: orderIdOf(account, id), clientId, terms: { ...terms, quantity } };
}

/** Numbers begin with 1 in every account; with its name they are of one account only. */
const orderIdOf = (account: string, id: number): string => `${account}-${id}`;

/** How an order stands after all events. */
export function statusReport(
  account: string,
  events: readonly AccountEvent[],
  tracked: TrackedOrder,
): OrderReport {
  const { changed, reason, fills } = tracked;
  return {
    ...UNSAID,
    ...standing(tracked),
    ...named(account, tracked),
    number: events.length,
    kind: 'status',
    day: changed,
    reason,
    ...(fills.length > 0 && { fees: feesTogether(fills) }),
  };
}

function feesTogether(fills: readonly Fill[]): FeesInFen {
  const sum = (part: keyof FeesInFen): Fen => fen(fills.reduce((total, { fees }) => total + fees[part], 0));
  return { stamp: sum('stamp'), transfer: sum('transfer'), commission: sum('commission') };
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
