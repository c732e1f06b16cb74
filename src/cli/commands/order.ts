/** `order place | cancel | replace | list`: orders of a paper account for the next session. */
import {
  accountOf,
  cancelOrder,
  fenOf,
  isWholeFen,
  openOrders,
  placeOrder,
  Refusal,
  securityId,
  securityOf,
  type Condition,
  type Fen,
  type IndexData,
  type OrderRequest,
  type Side,
} from '../../core/index.js';
import { argumentError, numberArgument, type Context } from '../context.js';
import { emit } from '../output.js';
import { ordersResult } from '../results/accountResult.js';
import { accountName, appendTo, loadTraded, TRADED_INDEX, tradedMarket, withAccounts } from '../trading.js';

export interface PlaceOptions {
  readonly account: string;
  readonly security: string;
  readonly side: string;
  readonly quantity: string;
  readonly limit?: string;
  readonly when?: string;
  readonly open?: boolean;
  readonly clientId?: string;
}

export async function placeCommand(options: PlaceOptions, context: Context): Promise<void> {
  const name = accountName(options.account);
  const terms = {
    side: sideArgument(options.side),
    quantity: quantityArgument(options.quantity),
    limit: options.limit === undefined ? undefined : priceArgument(options.limit),
    validity: options.open === true ? 'open' : 'day',
    clientId: options.clientId,
  } as const;
  const data = await loadTraded(context);
  const security = securityArgument(data, '--security', options.security);
  const condition = options.when === undefined ? undefined : conditionArgument(data, options.when);
  const request: OrderRequest = { ...terms, security, condition };
  await withAccounts(context, async (store) => {
    const events = appendTo(store, name, (before) => {
      const { event } = placeOrder(accountOf(before), tradedMarket(data), request);
      return event === undefined ? [] : [event];
    });
    await emit(ordersResult(name, events, data, context.language), context);
  });
}

export interface CancelOptions {
  readonly account: string;
  readonly order: string;
}

export async function cancelCommand(options: CancelOptions, context: Context): Promise<void> {
  const name = accountName(options.account);
  const id = orderArgument(options.order);
  const data = await loadTraded(context);
  await withAccounts(context, async (store) => {
    const events = appendTo(store, name, (before) => [cancelOrder(accountOf(before), id)]);
    await emit(ordersResult(name, events, data, context.language), context);
  });
}

export interface ReplaceOptions extends CancelOptions {
  readonly quantity?: string;
  readonly limit?: string;
}

/** The old order goes and the new one comes in one step, or neither does. */
export async function replaceCommand(options: ReplaceOptions, context: Context): Promise<void> {
  const name = accountName(options.account);
  const id = orderArgument(options.order);
  const quantity = options.quantity === undefined ? undefined : quantityArgument(options.quantity);
  const limit = options.limit === undefined ? undefined : priceArgument(options.limit);
  if (quantity === undefined && limit === undefined) {
    throw argumentError('--quantity', '', 'a new quantity, or --limit with a new price, or both');
  }
  const data = await loadTraded(context);
  await withAccounts(context, async (store) => {
    const events = appendTo(store, name, (before) => {
      const cancelled = cancelOrder(accountOf(before), id);
      const account = accountOf([...before, cancelled]);
      const old = account.orders.find(({ order }) => order.id === id);
      if (old === undefined) throw new Refusal('order_not_open', `order ${id} does not exist`, { order: id });
      const request: OrderRequest = {
        ...old.order,
        quantity: quantity ?? old.order.quantity,
        limit: limit ?? old.order.limit,
        clientId: undefined,
      };
      const { event } = placeOrder(account, tradedMarket(data), request);
      return event === undefined ? [cancelled] : [cancelled, event];
    });
    await emit(ordersResult(name, events, data, context.language), context);
  });
}

export async function listOrders(
  options: { readonly account: string; readonly open?: boolean },
  context: Context,
): Promise<void> {
  const name = accountName(options.account);
  const data = await loadTraded(context);
  await withAccounts(context, async (store) => {
    const events = store.read(name);
    const shown = options.open === true ? openOrders(accountOf(events)) : undefined;
    await emit(ordersResult(name, events, data, context.language, shown), context);
  });
}

function sideArgument(text: string): Side {
  if (text === 'buy' || text === 'sell') return text;
  throw argumentError('--side', text, 'buy or sell');
}

const MOST_SHARES = 1e9;

function quantityArgument(text: string): number {
  const quantity = numberArgument('--quantity', text, 0, MOST_SHARES);
  if (Number.isInteger(quantity)) return quantity;
  throw argumentError('--quantity', text, 'a whole number of shares');
}

const HIGHEST_PRICE = 1e6;

function priceArgument(text: string): Fen {
  const price = numberArgument('--limit', text, 0, HIGHEST_PRICE);
  if (isWholeFen(price)) return fenOf(price);
  throw argumentError('--limit', text, 'a price in whole hundredths, such as 1234.56');
}

function orderArgument(text: string): number {
  const id = Number(text);
  if (Number.isInteger(id) && id > 0) return id;
  throw argumentError('--order', text, 'the number of an order, as order list shows it');
}

function securityArgument(data: IndexData, option: string, text: string) {
  const id = securityId(text.replace(/\.(SH|SZ)$/i, ''));
  if (data.market.securities.some((security) => security.id === id)) return securityOf(data.market, id).id;
  throw argumentError(option, text, 'a code of the data set, such as 688256');
}

/** `688256>=1500`, `star-50<=1300`. */
function conditionArgument(data: IndexData, text: string): Condition {
  const match = /^\s*([\w.-]+?)\s*(>=|<=)\s*([0-9]+(?:\.[0-9]+)?)\s*$/.exec(text);
  if (match === null) {
    throw argumentError(
      '--when',
      text,
      'CODE>=PRICE or CODE<=PRICE, such as "688256>=1500" or "star-50<=1300"',
    );
  }
  const [, subject, sign, threshold] = match;
  const isIndex = subject === TRADED_INDEX || data.rulebook.aliases.includes(subject);
  return {
    security: isIndex ? undefined : securityArgument(data, '--when', subject),
    direction: sign === '>=' ? 'at-least' : 'at-most',
    threshold: Number(threshold),
  };
}
