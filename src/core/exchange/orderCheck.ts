/**
 * Whether the exchange takes an order: every objection at once, each with the rule behind it, and the nearest order
 * that would be taken. Sizes and odd lots: trading rules of each board; prices: daily limit and tick.
 */
import type { Words } from '../base/words.js';
import type { BoardRules } from './boardRules.js';
import { fen, yuanOf, type Fen } from './fen.js';
import type { PriceRange } from './priceRange.js';

export type Side = 'buy' | 'sell';

/** A limit order, or a market order when it has no limit. */
export interface OrderTerms {
  readonly side: Side;
  /** Shares. */
  readonly quantity: number;
  readonly limit: Fen | undefined;
}

/** What the exchange and the broker know when an order comes in. */
export interface OrderContext {
  readonly rules: BoardRules;
  /** Prices of the day; `undefined` on a day without a limit. */
  readonly range: PriceRange | undefined;
  readonly suspended: boolean;
  /** Shares held; those of them bought today; those that other open orders already sell. */
  readonly held: number;
  readonly boughtToday: number;
  readonly committed: number;
}

export type ObjectionCode =
  | 'suspended'
  | 'order_too_small'
  | 'order_step'
  | 'odd_lot'
  | 'order_too_large'
  | 'short_sale'
  | 'bought_today'
  | 'shares_committed'
  | 'above_limit'
  | 'below_limit';

export interface Objection {
  readonly code: ObjectionCode;
  readonly message: Words;
}

export interface OrderVerdict {
  readonly objections: readonly Objection[];
  /** The order itself when nothing is against it; `undefined` when no size and no price would help. */
  readonly nearest: OrderTerms | undefined;
}

export function checkOrder(order: OrderTerms, context: OrderContext): OrderVerdict {
  const { quantity, objections: ofSize } =
    order.side === 'buy' ? buySize(order, context) : sellSize(order, context);
  const { limit, objections: ofPrice } = priceOf(order, context.range);
  const halted: Objection[] = context.suspended
    ? [{ code: 'suspended', message: { en: 'trading in it is suspended', zh: '该证券停牌' } }]
    : [];
  const possible = quantity > 0 && !context.suspended;
  return {
    objections: [...halted, ...ofSize, ...ofPrice],
    nearest: possible ? { side: order.side, quantity, limit } : undefined,
  };
}

interface Sized {
  readonly quantity: number;
  readonly objections: readonly Objection[];
}

const mostOf = ({ limit }: OrderTerms, rules: BoardRules): number =>
  limit === undefined ? rules.sizes.marketOrder : rules.sizes.limitOrder;

function tooLarge(most: number): Objection {
  return {
    code: 'order_too_large',
    message: { en: `at most ${most} shares in one order`, zh: `单笔申报不得超过${most}股` },
  };
}

function buySize(order: OrderTerms, { rules }: OrderContext): Sized {
  const { least, step } = rules.sizes;
  const most = mostOf(order, rules);
  const objections: Objection[] = [];
  let { quantity } = order;
  if (quantity < least) {
    const message = { en: `purchases are of ${least} shares or more`, zh: `买入不得少于${least}股` };
    objections.push({ code: 'order_too_small', message });
    quantity = least;
  }
  if (quantity > most) {
    objections.push(tooLarge(most));
    quantity = most;
  }
  const off = quantity % step;
  if (off !== 0) {
    const message = {
      en: `purchases are in multiples of ${step} shares`,
      zh: `买入须为${step}股的整数倍`,
    };
    objections.push({ code: 'order_step', message });
    quantity -= off;
  }
  return { quantity, objections };
}

function sellSize(order: OrderTerms, context: OrderContext): Sized {
  const { rules } = context;
  const sellable = sellableShares(context);
  const most = mostOf(order, rules);
  const objections: Objection[] = [];
  let { quantity } = order;
  if (quantity > sellable) {
    objections.push(notSellable(quantity, context));
    quantity = sellable;
  }
  if (quantity > most) {
    objections.push(tooLarge(most));
    quantity = most;
  }
  if (isOddLot(quantity, sellable, rules)) {
    objections.push(oddLot(rules));
    quantity = roundLot(quantity, sellable, rules);
  }
  return { quantity, objections };
}

const sellableShares = ({ held, boughtToday, committed }: OrderContext): number =>
  Math.max(0, held - boughtToday - committed);

function notSellable(quantity: number, { held, boughtToday, committed }: OrderContext): Objection {
  if (quantity > held) {
    const en = `only ${held} shares are held, and short sales are not taken`;
    return { code: 'short_sale', message: { en, zh: `仅持有${held}股，不接受卖空` } };
  }
  if (quantity > held - boughtToday) {
    const en = `${boughtToday} of ${held} shares were bought today and can be sold from the next session on (T+1)`;
    const zh = `${held}股中有${boughtToday}股为当日买入，下一交易日起方可卖出（T+1）`;
    return { code: 'bought_today', message: { en, zh } };
  }
  const en = `${committed} of ${held} shares are in other open orders`;
  return { code: 'shares_committed', message: { en, zh: `${held}股中有${committed}股已在其他未成交委托中` } };
}

const oddLot = ({ sizes: { least } }: BoardRules): Objection => ({
  code: 'odd_lot',
  message: {
    en: `what is left below ${least} shares is sold in one order`,
    zh: `余额不足${least}股的部分须一次性卖出`,
  },
});

/** A part of the remainder: whole multiples of the step go, or sizes from the least on, or the remainder as a whole. */
function isOddLot(quantity: number, sellable: number, { sizes: { least, step } }: BoardRules): boolean {
  if (quantity === 0) return false;
  if (step === 1) return quantity < least && quantity !== sellable;
  const rest = quantity % step;
  return rest !== 0 && rest !== sellable % step;
}

/** The largest size up to the asked one that is no odd lot; the whole remainder where there is none. */
function roundLot(quantity: number, sellable: number, { sizes: { least, step } }: BoardRules): number {
  if (step === 1) return Math.min(sellable, least);
  const whole = quantity - (quantity % step);
  return whole > 0 ? whole : Math.min(sellable, step);
}

function priceOf(
  { limit }: OrderTerms,
  range: PriceRange | undefined,
): { readonly limit: Fen | undefined; readonly objections: readonly Objection[] } {
  if (limit === undefined || range === undefined) return { limit, objections: [] };
  const { lowest, highest } = range;
  if (limit >= lowest && limit <= highest) return { limit, objections: [] };
  const [low, high] = [lowest, highest].map((price) => yuanOf(price).toFixed(2));
  const message = {
    en: `prices of the day are from ${low} to ${high}`,
    zh: `当日价格范围为${low}至${high}`,
  };
  return {
    limit: fen(Math.min(Math.max(limit, lowest), highest)),
    objections: [{ code: limit > highest ? 'above_limit' : 'below_limit', message }],
  };
}
