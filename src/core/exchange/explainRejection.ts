/**
 * A rejection in words: the rule, where it stands, and the nearest order that would be taken. Sizes, holdings and daily
 * limits of mainland boards are said by `checkOrder`, which the session's fast check agrees with.
 */
import type { Words } from '../base/words.js';
import { fen, type Fen } from './fen.js';
import { checkOrder, type OrderTerms } from './orderCheck.js';
import { BUY, type BookSide } from './orderBook.js';
import { cagePrice } from './priceRange.js';
import { REJECTIONS, type RejectionCode } from './rejections.js';
import { boughtToday, type Session } from './session.js';
import { cageBaseOf } from './sessionCheck.js';
import { ORDER, type Cited, type OrderKind } from './venueDay.js';

export interface AskedOrder {
  readonly account: number;
  readonly kind: OrderKind;
  readonly side: BookSide;
  readonly price: number;
  readonly shares: number;
}

export interface ExplainedRejection {
  readonly code: RejectionCode;
  readonly message: Words;
  readonly cited: Cited;
  /** Price and shares that would be taken now; none when no size and no price would help. */
  readonly nearest: { readonly price: number; readonly shares: number } | undefined;
}

/** @param rejection what `submit` or `cancel` gave back, negative */
export function explainRejection(session: Session, rejection: number, asked: AskedOrder): ExplainedRejection {
  const code = REJECTIONS[-rejection];
  const { day } = session;
  const own = day.board === undefined ? undefined : ofBoard(session, asked, code);
  return {
    code,
    message: own?.message ?? wordsOf(session, asked, code),
    cited:
      day.citations[code] ??
      (day.board === undefined
        ? {
            source: {
              en: `${day.name}: of this program, not of the venue`,
              zh: `${day.name}：本程序的限制，并非交易所规则`,
            },
            confidence: 'assumed',
          }
        : { source: day.board.source, confidence: day.board.confidence }),
    nearest: own?.nearest ?? nearestOf(session, asked, code),
  };
}

/** What `checkOrder` says of the same order, where it has an objection of this code. */
function ofBoard(
  session: Session,
  { account, kind, side, price, shares }: AskedOrder,
  code: RejectionCode,
): { readonly message: Words; readonly nearest: ExplainedRejection['nearest'] } | undefined {
  const { day, held, committed } = session;
  if (day.board === undefined) return undefined;
  const market = kind !== ORDER.limit && kind !== ORDER.atClose && kind !== ORDER.afterHours;
  const terms: OrderTerms = {
    side: side === BUY ? 'buy' : 'sell',
    quantity: shares,
    limit: market ? undefined : (price as Fen),
  };
  const verdict = checkOrder(terms, {
    rules: day.board,
    range: day.limited ? { lowest: fen(day.lowest), highest: fen(day.highest) } : undefined,
    suspended: day.suspended,
    held: held[account],
    boughtToday: boughtToday(session, account),
    committed: committed[account],
  });
  const objection = verdict.objections.find((one) => one.code === code);
  if (objection === undefined) return undefined;
  const { nearest } = verdict;
  return {
    message: objection.message,
    nearest: nearest && { price: nearest.limit ?? price, shares: nearest.quantity },
  };
}

function nearestOf(
  session: Session,
  { side, price, shares }: AskedOrder,
  code: RejectionCode,
): ExplainedRejection['nearest'] {
  const { day } = session;
  if (code === 'outside_cage') return { price: cageOf(session, side), shares };
  if (code === 'above_limit' || code === 'below_limit' || code === 'outside_book')
    return { price: Math.min(Math.max(price, day.lowest), day.highest), shares };
  if (code === 'off_tick' && price > 0) {
    const tick = day.tickAt(price);
    return { price: Math.max(tick, Math.round(price / tick) * tick), shares };
  }
  if (code === 'protection_price') return { price: side === BUY ? day.highest : day.lowest, shares };
  if (code === 'order_too_small') return { price, shares: day.least };
  if (code === 'order_step') return { price, shares: Math.max(day.least, shares - (shares % day.step)) };
  return undefined;
}

function cageOf(session: Session, side: BookSide): number {
  const { cage } = session.day;
  const base = fen(cageBaseOf(session, side));
  return cage === undefined ? base : cagePrice(side === BUY ? 'buy' : 'sell', base, cage);
}

function wordsOf(session: Session, asked: AskedOrder, code: RejectionCode): Words {
  const { day } = session;
  const money = (price: number): string => (price / day.perCurrency).toFixed(Math.log10(day.perCurrency));
  const bounds: Words = {
    en: `prices are from ${money(day.lowest)} to ${money(day.highest)}`,
    zh: `价格范围为${money(day.lowest)}至${money(day.highest)}`,
  };
  const tick = money(day.tickAt(Math.max(1, asked.price)));
  const cage = money(cageOf(session, asked.side));
  const words: Readonly<Record<RejectionCode, Words>> = {
    accepted: { en: 'taken', zh: '已接受' },
    phase_closed: { en: 'no orders are taken at this time', zh: '该时段不接受申报' },
    kind_unknown: { en: `${day.name} has no such kind of order`, zh: `${day.name}无此类申报` },
    kind_not_now: { en: 'this kind of order is not taken in this phase', zh: '本时段不接受该类申报' },
    not_a_number: {
      en: 'shares are a whole number above 0, the price is a whole number of units of money',
      zh: '数量须为正整数，价格须为最小货币单位的整数倍',
    },
    unknown_account: { en: 'there is no such account in this session', zh: '本场次无此账户' },
    suspended: { en: 'trading in it is suspended', zh: '该证券停牌' },
    order_too_small: { en: `orders are of ${day.least} shares or more`, zh: `申报不得少于${day.least}股` },
    order_too_large: { en: 'more shares than one order may have', zh: '超过单笔申报上限' },
    order_step: { en: `orders are in multiples of ${day.step} shares`, zh: `须为${day.step}股的整数倍` },
    odd_lot: { en: `sales are in multiples of ${day.step} shares`, zh: `卖出须为${day.step}股的整数倍` },
    short_sale: {
      en: 'more shares than are held, and short sales are not taken',
      zh: '超过持有数量，不接受卖空',
    },
    bought_today: {
      en: 'shares bought today are sold from the next session on',
      zh: '当日买入，下一交易日起方可卖出',
    },
    shares_committed: { en: 'the shares are in other open orders', zh: '股份已在其他未成交委托中' },
    purchase_cap: {
      en: `at most ${day.largestPurchase} shares of it are bought by one account in a day`,
      zh: `单一账户当日买入不得超过${day.largestPurchase}股`,
    },
    off_tick: { en: `prices are multiples of ${tick}`, zh: `价格须为${tick}的整数倍` },
    above_limit: bounds,
    below_limit: bounds,
    outside_book: bounds,
    outside_cage:
      asked.side === BUY
        ? { en: `purchases now are at ${cage} or below`, zh: `当前买入申报价格不得高于${cage}` }
        : { en: `sales now are at ${cage} or above`, zh: `当前卖出申报价格不得低于${cage}` },
    protection_price: { en: 'market orders here name a protection price', zh: '市价申报须填写保护限价' },
    session_full: { en: 'the session has no room for more orders', zh: '本场次申报数量已满' },
    cancel_refused: { en: 'no cancels are taken at this time', zh: '该时段不接受撤单' },
    unknown_order: { en: 'the account has no such order', zh: '该账户无此委托' },
    order_done: { en: 'nothing of the order is open', zh: '该委托已无未成交部分' },
  };
  return words[code];
}
