/**
 * Orders of FIX as requests of a gateway (Volume 4, "Single/General Order Handling"). Whatever cannot be done as it is
 * asked for is refused, all of it at once: an order is never taken on other terms than it names.
 */
import { securityId, type SecurityId } from '../base/brand.js';
import { boardOfCode, type Board } from '../exchange/boardRules.js';
import { fen, yuanOf, type Fen } from '../exchange/fen.js';
import type { Side } from '../exchange/orderCheck.js';
import type { NewOrder, OrderReference, ReplaceRequest } from '../gateway/orderGateway.js';
import { stopCondition } from './stopPrice.js';
import { FIELDS, TAG } from './tags.js';
import { lastingOf } from './timeInForce.js';
import { valueOf, type FixMessage } from './wire.js';

/** OrdRejReason (103). */
export const ORDER_REJECT = {
  unknownSymbol: 1,
  closed: 2,
  exceedsLimit: 3,
  unknownOrder: 5,
  duplicate: 6,
  unsupported: 11,
  quantity: 13,
  account: 15,
  other: 99,
} as const;

export interface OrderProblem {
  readonly reason: number;
  readonly text: string;
}

export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly OrderProblem[] };

/** A message that passed `checkMessage`, with the account of its session. */
export interface OrderMessage {
  readonly message: FixMessage;
  readonly account: string;
  readonly unsupported: readonly number[];
}

/** A NewOrderSingle. */
export function readNewOrder(incoming: OrderMessage): Read<NewOrder> {
  const { message } = incoming;
  const collect = collector(incoming);
  const security = securityOf(message, collect);
  const side = collect.take(sideOf(message));
  const quantity = collect.take(quantityOf(message));
  const { limit, stop } = pricesOf(message, collect);
  const lasting = collect.take(readLasting(message));
  const shown = collect.take(peakOf(message));
  const clientId = collect.take(nameOf(message, TAG.ClOrdID));
  const condition =
    security === undefined || side === undefined || stop === undefined
      ? undefined
      : stopCondition(security, side, yuanOf(stop));
  const value = { security, side, quantity, limit, ...lasting, ...shown, condition, clientId };
  // With no problem each was read.
  return collect.problems.length === 0
    ? { ok: true, value: value as NewOrder }
    : { ok: false, problems: collect.problems };
}

/** An OrderCancelRequest, or an OrderStatusRequest whose order is its ClOrdID. */
export function readReference(
  incoming: OrderMessage,
  orderTag: number,
): Read<OrderReference & { readonly clientId: string; readonly security: SecurityId; readonly side: Side }> {
  const { message } = incoming;
  const collect = collector(incoming);
  const security = securityOf(message, collect);
  const side = collect.take(sideOf(message));
  const clientId = collect.take(nameOf(message, TAG.ClOrdID));
  const order = collect.take(nameOf(message, orderTag));
  const value = { clientId, order, orderId: valueOf(message, TAG.OrderID), security, side };
  return collect.problems.length === 0
    ? { ok: true, value: value as OrderReference & { clientId: string; security: SecurityId; side: Side } }
    : { ok: false, problems: collect.problems };
}

/** An OrderCancelReplaceRequest: what it says of type and validity must be what the order has already. */
export function readReplace(
  incoming: OrderMessage,
): Read<{ readonly request: ReplaceRequest; readonly terms: NewOrder }> {
  const order = readNewOrder(incoming);
  const reference = readReference(incoming, TAG.OrigClOrdID);
  if (order.ok && reference.ok) {
    const { quantity, limit } = order.value;
    const { order: target, orderId, clientId } = reference.value;
    return {
      ok: true,
      value: { request: { clientId, order: target, orderId, quantity, limit }, terms: order.value },
    };
  }
  const problems = [...(order.ok ? [] : order.problems), ...(reference.ok ? [] : reference.problems)];
  const seen = new Map(problems.map((problem) => [problem.text, problem]));
  return { ok: false, problems: [...seen.values()] };
}

interface Collector {
  readonly problems: OrderProblem[];
  readonly take: <Value>(read: Value | OrderProblem) => Value | undefined;
}

const isProblem = (read: unknown): read is OrderProblem =>
  typeof read === 'object' && read !== null && 'reason' in read && 'text' in read;

function collector({ message, account, unsupported }: OrderMessage): Collector {
  const problems: OrderProblem[] = unsupported.map((tag) => ({
    reason: ORDER_REJECT.unsupported,
    text: `tag ${tag} is not acted on here; leave it out`,
  }));
  const named = valueOf(message, TAG.Account);
  if (named !== undefined && named !== account) {
    problems.push({ reason: ORDER_REJECT.account, text: 'Account is not the account of this session' });
  }
  const currency = valueOf(message, TAG.Currency);
  if (currency !== undefined && currency !== 'CNY') {
    problems.push({ reason: ORDER_REJECT.unsupported, text: `Currency is ${currency}, expected CNY` });
  }
  return {
    problems,
    take: (read) => {
      if (!isProblem(read)) return read as Exclude<typeof read, OrderProblem>;
      problems.push(read);
      return undefined;
    },
  };
}

const unsupported = (text: string): OrderProblem => ({ reason: ORDER_REJECT.unsupported, text });

/** Market identifier codes (ISO 10383). */
const EXCHANGES: Readonly<Record<Board, string>> = {
  'sse-main': 'XSHG',
  star: 'XSHG',
  'szse-main': 'XSHE',
  chinext: 'XSHE',
  bse: 'BJSE',
};

function securityOf(message: FixMessage, collect: Collector): SecurityId | undefined {
  const symbol = valueOf(message, TAG.Symbol) ?? '';
  if (!/^\d{6}$/.test(symbol)) {
    return collect.take<SecurityId>({
      reason: ORDER_REJECT.unknownSymbol,
      text: 'Symbol is not six digits, such as 688256',
    });
  }
  const exchange = valueOf(message, TAG.SecurityExchange);
  if (exchange !== undefined && exchange !== exchangeOf(symbol)) {
    const text = `SecurityExchange is not that of ${symbol}: XSHG, XSHE or BJSE`;
    collect.take({ reason: ORDER_REJECT.unknownSymbol, text });
  }
  return securityId(symbol);
}

function exchangeOf(code: string): string | undefined {
  try {
    return EXCHANGES[boardOfCode(code)];
  } catch {
    return undefined;
  }
}

function sideOf(message: FixMessage): Side | OrderProblem {
  const side = valueOf(message, TAG.Side);
  if (side === '1') return 'buy';
  if (side === '2') return 'sell';
  return unsupported('Side is neither 1 (buy) nor 2 (sell); short sales are not taken');
}

const MOST_SHARES = 1e9;

function quantityOf(message: FixMessage): number | OrderProblem {
  const quantity = Number(valueOf(message, TAG.OrderQty));
  if (Number.isInteger(quantity) && quantity > 0 && quantity <= MOST_SHARES) return quantity;
  return { reason: ORDER_REJECT.quantity, text: `OrderQty is not whole shares from 1 to ${MOST_SHARES}` };
}

/** OrdType: 1 market, 2 limit, 3 stop, 4 stop limit. */
function pricesOf(
  message: FixMessage,
  collect: Collector,
): { readonly limit: Fen | undefined; readonly stop: Fen | undefined } {
  const type = valueOf(message, TAG.OrdType) ?? '';
  if (!'1234'.includes(type)) collect.take(unsupported('OrdType is none of 1, 2, 3 and 4'));
  const price = (tag: number, types: string): Fen | undefined => {
    const text = valueOf(message, tag);
    const name = FIELDS.get(tag)?.name ?? '';
    if (types.includes(type))
      return text === undefined ? collect.take<Fen>(noPrice(name, type)) : collect.take(priceOf(name, text));
    if (text !== undefined) collect.take(unsupported(`${name} has no meaning for OrdType ${type}`));
    return undefined;
  };
  return { limit: price(TAG.Price, '24'), stop: price(TAG.StopPx, '34') };
}

const noPrice = (name: string, type: string): OrderProblem => ({
  reason: ORDER_REJECT.other,
  text: `${name} is needed for OrdType ${type}`,
});

/** Digits, not a binary fraction: 1234.56 is 123456 fen. */
function priceOf(name: string, text: string): Fen | OrderProblem {
  const match = /^(\d{1,6})(?:\.(\d{0,2})0*)?$/.exec(text);
  const amount = match === null ? 0 : Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  if (amount > 0) return fen(amount);
  return { reason: ORDER_REJECT.other, text: `${name} is not from 0.01 to 999999.99 in whole hundredths` };
}

const readLasting = (message: FixMessage): Pick<NewOrder, 'validity' | 'during'> | OrderProblem =>
  lastingOf(valueOf(message, TAG.TimeInForce) ?? '0') ??
  unsupported('TimeInForce is none of 0 (day), 1 (until cancelled), 2 (opening) and 7 (close)');

/** MaxFloor: shares that are shown of an iceberg. */
function peakOf(message: FixMessage): Pick<NewOrder, 'peak'> | OrderProblem {
  const text = valueOf(message, TAG.MaxFloor);
  if (text === undefined) return {};
  const peak = Number(text);
  if (Number.isInteger(peak) && peak > 0 && peak <= MOST_SHARES) return { peak };
  return { reason: ORDER_REJECT.quantity, text: `MaxFloor is not whole shares from 1 to ${MOST_SHARES}` };
}

const LONGEST_NAME = 64;

function nameOf(message: FixMessage, tag: number): string | OrderProblem {
  const name = valueOf(message, tag) ?? '';
  if (name.length <= LONGEST_NAME && /^[\x21-\x7e]+$/.test(name)) return name;
  const text = `${FIELDS.get(tag)?.name ?? ''} is not 1 to ${LONGEST_NAME} letters, digits and signs without blanks`;
  return { reason: ORDER_REJECT.other, text };
}
