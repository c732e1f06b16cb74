/** An order as it is asked for, and the orders it makes: one, a purchase with its ways out, a pair, or slices over sessions. */
import type { Day, SecurityId } from '../base/brand.js';
import { assert } from '../base/errors.js';
import type { Fen } from '../exchange/fen.js';
import type { OrderTerms } from '../exchange/orderCheck.js';
import type { Condition } from './condition.js';
import type { PlacedOrder, SessionTerms, Validity } from './orders.js';

/** How a position is to be left: at a gain, at a loss, whichever comes first. */
export interface Exit {
  /** Limit of the sale. */
  readonly takeProfit: Fen | undefined;
  /** Close at or below which it is sold, or how far below its highest close, as a fraction. */
  readonly stop: { readonly at: Fen } | { readonly trail: number } | undefined;
}

export interface OrderRequest extends OrderTerms, SessionTerms {
  readonly security: SecurityId;
  readonly validity: Validity;
  readonly condition: Condition | undefined;
  readonly clientId: string | undefined;
  /** Beside a purchase: what is placed with it and wakes once it is filled. Of a sale: the sale itself, without a limit. */
  readonly exit?: Exit | undefined;
  /** The order in parts, each for one session and its day only; they add up to `quantity`. */
  readonly slices?: readonly OrderSlice[] | undefined;
}

export interface OrderSlice {
  readonly session: Day;
  readonly quantity: number;
}

/**
 * @param first number of the first of them
 * @param session the next one: what waits for it does not wait
 */
export function ordersOf(request: OrderRequest, first: number, session: Day): readonly PlacedOrder[] {
  return grouped(request, first).map((order) => {
    const { condition } = order;
    return condition?.kind === 'time' && condition.from <= session
      ? { ...order, condition: undefined }
      : order;
  });
}

function grouped(request: OrderRequest, first: number): readonly PlacedOrder[] {
  const { exit, slices, ...terms } = request;
  if (slices !== undefined) return slicesOf(terms, slices, first);
  if (exit === undefined) return [{ ...terms, id: first }];
  if (terms.side === 'sell') return waysOut(terms, exit, first, first);
  return [
    { ...terms, id: first, group: first, role: 'entry' },
    ...waysOut({ ...terms, clientId: undefined }, exit, first + 1, first),
  ];
}

function waysOut(
  terms: Omit<OrderRequest, 'exit' | 'slices'>,
  { takeProfit, stop }: Exit,
  first: number,
  group: number,
): PlacedOrder[] {
  // How the purchase goes to the exchange is not how it is left again.
  const { kind: _kind, during: _during, peak: _peak, ...plain } = terms;
  const sale = { ...plain, side: 'sell', validity: 'open', group } as const;
  const orders: Omit<PlacedOrder, 'id'>[] = [];
  if (takeProfit !== undefined)
    orders.push({ ...sale, limit: takeProfit, condition: undefined, role: 'take-profit' });
  if (stop !== undefined)
    orders.push({ ...sale, limit: undefined, condition: stopCondition(terms.security, stop), role: 'stop' });
  return orders.map((order, i) => ({
    ...order,
    id: first + i,
    clientId: i === 0 ? terms.clientId : undefined,
  }));
}

const stopCondition = (security: SecurityId, stop: NonNullable<Exit['stop']>): Condition =>
  'at' in stop
    ? { kind: 'price', security, direction: 'at-most', threshold: stop.at / 100 }
    : { kind: 'trail', security, direction: 'at-most', fraction: stop.trail };

function slicesOf(
  terms: Omit<OrderRequest, 'exit' | 'slices'>,
  slices: readonly OrderSlice[],
  first: number,
): PlacedOrder[] {
  const total = slices.reduce((sum, { quantity }) => sum + quantity, 0);
  assert(total === terms.quantity, 'the slices are the order');
  return slices.map(({ session, quantity }, i) => ({
    ...terms,
    id: first + i,
    quantity,
    validity: 'day',
    condition: { kind: 'time', from: session },
    clientId: i === 0 ? terms.clientId : undefined,
    group: first,
    role: 'slice',
  }));
}
