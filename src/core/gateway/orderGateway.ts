/**
 * Where orders go: the paper account here, an adapter of a broker elsewhere, or either of them at the other end of a FIX
 * session. A gateway says at once whether it takes a request; all that then happens to orders is read from one numbered
 * stream of reports, so that who was away reads on from the last number it has.
 */
import type { Day } from '../base/brand.js';
import type { Fen } from '../exchange/fen.js';
import type { OrderState } from '../trading/orderStates.js';
import type { OrderRequest } from '../trading/orderRequest.js';
import type { Fill } from '../trading/orders.js';

export interface OrderGateway {
  readonly place: (request: NewOrder) => Promise<GatewayAnswer>;
  readonly cancel: (request: CancelRequest) => Promise<GatewayAnswer>;
  /** The old order goes and the new one comes, or neither does. */
  readonly replace: (request: ReplaceRequest) => Promise<GatewayAnswer>;
  /** How an order stands; `undefined` for one that is not of this account. */
  readonly find: (order: OrderReference) => Promise<OrderReport | undefined>;
  /** What has happened since the report of that number, in order; all of it after 0. */
  readonly reports: (after: number) => Promise<GatewayReports>;
}

export interface GatewayReports {
  readonly reports: readonly OrderReport[];
  /** Number to ask after next. */
  readonly upTo: number;
}

/** The sender's own name is what makes a request one: the same one again changes nothing. */
interface Named {
  readonly clientId: string;
}

export type NewOrder = OrderRequest & Named;

export interface OrderReference {
  /** The sender's own name of the order. */
  readonly order: string;
  /** The gateway's name of it as well, when it is given: both must be of one order. */
  readonly orderId?: string | undefined;
}

export interface CancelRequest extends Named, OrderReference {}

/** Security, side, validity, condition and whether there is a limit stay as they are. */
export interface ReplaceRequest extends Named, OrderReference {
  readonly quantity: number;
  readonly limit: Fen | undefined;
}

export type GatewayAnswer =
  /** `again`: the same request was taken before, and nothing was changed. */
  | { readonly taken: true; readonly again: boolean }
  | { readonly taken: false; readonly code: string; readonly text: string };

export interface OrderReport {
  readonly number: number;
  readonly kind:
    | 'new'
    /** A way out whose purchase is filled. */
    | 'armed'
    | 'triggered'
    /** It is for fewer shares from now on. */
    | 'reduced'
    /** Some or all of it. */
    | 'filled'
    | 'cancelled'
    | 'replaced'
    | 'expired'
    | 'status';
  readonly day: Day;
  readonly orderId: string;
  /** The sender's name of the order, of one that was sent with a name. */
  readonly clientId: string | undefined;
  /** Name of the request that cancelled it, or of the order it takes the place of. */
  readonly other: string | undefined;
  /** As they are now: `quantity` is the whole, with what is filled. */
  readonly terms: Omit<OrderRequest, 'clientId' | 'exit' | 'slices'>;
  readonly state: OrderState;
  readonly filled: number;
  /** CNY; `undefined` before the first fill. */
  readonly averagePrice: number | undefined;
  /** What was filled this time; fees only where the gateway says what they are for. */
  readonly last: (Pick<Fill, 'quantity' | 'price'> & Partial<Fill>) | undefined;
  /** Why it expired. */
  readonly reason: string | undefined;
}
