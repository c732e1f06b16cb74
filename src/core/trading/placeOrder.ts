/** An order on its way in: everything against it at once, then the event that places it. */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import type { Words } from '../base/words.js';
import { shiftSessions } from '../calendar/sessions.js';
import { fen, yuanOf, type Fen } from '../exchange/fen.js';
import { feesInFen, totalFees } from '../exchange/feesInFen.js';
import { checkOrder, type OrderTerms } from '../exchange/orderCheck.js';
import type { OrderSizes } from '../market/orderSizes.js';
import { openOrders, type Account, type AccountEvent, type PlacedOrder, type Validity } from './account.js';
import type { Condition } from './condition.js';
import { tradingDay, type TradedMarket } from './tradingDay.js';

export interface OrderRequest extends OrderTerms {
  readonly security: SecurityId;
  readonly validity: Validity;
  readonly condition: Condition | undefined;
  readonly clientId: string | undefined;
}

/** Why an order is not taken, and which one would be. */
export class OrderRejected extends Refusal {
  constructor(
    code: string,
    message: string,
    /** One per rule it breaks, the first of them that of `code`. */
    readonly objections: readonly { readonly code: string; readonly message: Words }[],
    readonly nearest: OrderTerms | undefined,
  ) {
    const numbers = nearest === undefined ? {} : nearestNumbers(nearest);
    super(code, message, numbers);
  }
}

function nearestNumbers({ quantity, limit }: OrderTerms): Record<string, number> {
  return { nearestQuantity: quantity, ...(limit !== undefined && { nearestLimit: yuanOf(limit) }) };
}

/**
 * The event of an order for the session after the account's day. The same client id a second time gives the order
 * that is there already, and no event.
 * @throws OrderRejected with the code of the first rule it breaks
 */
export function placeOrder(
  account: Account,
  traded: TradedMarket,
  request: OrderRequest,
): { readonly order: PlacedOrder; readonly event: AccountEvent | undefined } {
  const twin = account.orders.find(
    ({ order }) => request.clientId !== undefined && order.clientId === request.clientId,
  );
  if (twin !== undefined) return { order: twin.order, event: undefined };
  refuseBroken(account, traded, request);
  const order: PlacedOrder = { ...request, id: account.orders.length + 1 };
  return { order, event: { kind: 'placed', day: account.day, order } };
}

function refuseBroken(account: Account, traded: TradedMarket, request: OrderRequest): void {
  const session = shiftSessions(traded.market.calendar, account.day, 1);
  const { rules, range, previousClose } = tradingDay(traded, request.security, session);
  // Orders come in after a close, for the next session: whatever is held by then was bought before it.
  const context = {
    rules,
    range: request.condition === undefined ? range : undefined,
    suspended: false,
    held: account.balances.holdings.get(request.security)?.shares ?? 0,
    boughtToday: 0,
    committed: committedShares(account, request.security),
  };
  const { objections, nearest } = checkOrder(request, context);
  const all: { code: string; message: Words }[] = [...objections];
  let best = nearest;
  if (request.side === 'buy' && nearest !== undefined) {
    const price = request.limit === undefined ? (range?.highest ?? previousClose) : (nearest.limit as Fen);
    const affordable = affordableShares(account, { ...nearest, price, session }, rules.sizes);
    if (affordable < nearest.quantity) {
      all.push(notEnoughCash(account, affordable));
      best = affordable === 0 ? undefined : { ...nearest, quantity: affordable };
    }
  }
  if (all.length === 0) return;
  throw new OrderRejected(all[0].code, rejection(all, best), all, best);
}

function rejection(
  objections: readonly { readonly message: Words }[],
  nearest: OrderTerms | undefined,
): string {
  const reasons = objections.map(({ message }) => message.en).join('; ');
  if (nearest === undefined) return `the order is not taken: ${reasons}`;
  const { side, quantity, limit } = nearest;
  const price = limit === undefined ? '' : ` at ${yuanOf(limit).toFixed(2)}`;
  return `the order is not taken: ${reasons}. The nearest order that is: ${side} ${quantity}${price}`;
}

const committedShares = (account: Account, security: SecurityId): number =>
  openOrders(account)
    .filter(({ order }) => order.security === security && order.side === 'sell')
    .reduce((sum, { order }) => sum + order.quantity, 0);

/** Cash that open purchases may need. */
function committedCash(account: Account, priceOf: (order: PlacedOrder) => Fen, session: Day): Fen {
  let total = 0;
  for (const { order } of openOrders(account)) {
    if (order.side === 'buy') total += costOf(account, order.quantity, priceOf(order), session);
  }
  return fen(total);
}

function costOf(account: Account, quantity: number, price: Fen, session: Day): number {
  const value = fen(price * quantity);
  return value + totalFees(feesInFen('buy', value, session, account.commission));
}

/** Largest purchase up to the asked one that the cash is enough for, on the board's steps; 0 when none is. */
function affordableShares(
  account: Account,
  { quantity, price, session }: { readonly quantity: number; readonly price: Fen; readonly session: Day },
  { least, step }: OrderSizes,
): number {
  const free = account.balances.cash - committedCash(account, ({ limit }) => limit ?? price, session);
  if (costOf(account, quantity, price, session) <= free) return quantity;
  let low = 0;
  let high = Math.floor((quantity - least) / step);
  const at = (steps: number): number => least + steps * step;
  if (high < 0 || costOf(account, at(0), price, session) > free) return 0;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (costOf(account, at(middle), price, session) <= free) low = middle;
    else high = middle - 1;
  }
  return at(low);
}

function notEnoughCash(account: Account, affordable: number): { code: string; message: Words } {
  const cash = yuanOf(account.balances.cash).toFixed(2);
  return {
    code: 'not_enough_cash',
    message: {
      en: `cash of ${cash}, less what open orders need, buys ${affordable} shares with fees`,
      zh: `现金${cash}扣除未成交委托所需后，含费用可买${affordable}股`,
    },
  };
}

/** @throws Refusal `order_not_open` for one that does not exist or has ended */
export function cancelOrder(account: Account, id: number): AccountEvent {
  const found = account.orders.find(({ order }) => order.id === id);
  if (found !== undefined && openOrders(account).includes(found)) {
    return { kind: 'cancelled', day: account.day, order: id };
  }
  const what = found === undefined ? 'does not exist' : `is ${found.state} already`;
  throw new Refusal('order_not_open', `order ${id} ${what}; only open orders can be cancelled`, {
    order: id,
  });
}
