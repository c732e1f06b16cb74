/** What is against an order that asks for more than a side, a size and a limit: only sessions have it, and not every board. */
import type { BoardRules } from '../exchange/boardRules.js';
import type { Account } from './account.js';
import { marketKindsOn } from './marketKinds.js';
import type { OrderObjection } from './orderObjection.js';
import type { OrderRequest } from './orderRequest.js';

export function sessionObjections(
  fills: Account['fills'],
  request: OrderRequest,
  rules: BoardRules,
): OrderObjection[] {
  const asks = asked(request);
  if (asks === undefined) return [];
  if (fills === 'close') {
    const message = {
      en: `${asks.en} needs an account whose orders trade within the session; this one trades at closes (account open NAME --fills session makes another one)`,
      zh: `${asks.zh}须用盘中成交的账户；本账户按收盘价成交（account open NAME --fills session 可另开账户）`,
    };
    return [{ code: 'needs_session', message }];
  }
  return [
    ...kindObjections(request, rules),
    ...partObjections(request, rules),
    ...peakObjections(request, rules),
    ...bookObjections(request),
  ];
}

/** The first thing that only a session has. */
function asked({ kind, during, peak, condition }: OrderRequest): OrderObjection['message'] | undefined {
  if (condition?.kind === 'book') return { en: 'a condition on the book', zh: '盘口条件' };
  if (condition?.kind === 'clock') return { en: 'a time of day', zh: '盘中时间条件' };
  if (kind !== undefined) return { en: 'a kind of market order', zh: '指定市价类型' };
  if (during !== undefined) return { en: 'one part of the day', zh: '指定交易时段' };
  return peak === undefined ? undefined : { en: 'an iceberg', zh: '冰山委托' };
}

function kindObjections(
  { kind, during, quantity, limit }: OrderRequest,
  rules: BoardRules,
): OrderObjection[] {
  if (kind === undefined) return [];
  const found: OrderObjection[] = [];
  const kinds = marketKindsOn(rules);
  if (!kinds.includes(kind)) {
    const list = kinds.join(', ');
    const message = {
      en: `${rules.board} has no ${kind}; it has ${list}`,
      zh: `${rules.board}无${kind}类申报；可用：${list}`,
    };
    found.push({ code: 'kind_unknown', message });
  }
  if (during !== undefined) {
    const message = {
      en: 'market orders are for continuous trading, not for one part of the day',
      zh: '市价申报仅用于连续竞价，不能指定时段',
    };
    found.push({ code: 'kind_not_now', message });
  }
  const most = rules.sizes.marketOrder;
  if (limit !== undefined && quantity > most) {
    const message = { en: `at most ${most} shares in one market order`, zh: `单笔市价申报不得超过${most}股` };
    found.push({ code: 'order_too_large', message });
  }
  return found;
}

function partObjections({ during }: OrderRequest, { board, afterHours }: BoardRules): OrderObjection[] {
  if (during !== 'after-hours' || afterHours) return [];
  const message = {
    en: `${board} has no trading at the close after it on that day`,
    zh: `${board}当日无盘后固定价格交易`,
  };
  return [{ code: 'no_after_hours', message }];
}

function peakObjections(
  { peak, quantity, limit, kind, during, side }: OrderRequest,
  { sizes: { least, step } }: BoardRules,
): OrderObjection[] {
  if (peak === undefined) return [];
  const found: OrderObjection[] = [];
  if (limit === undefined || kind !== undefined || during !== undefined) {
    const message = {
      en: 'an iceberg is a limit order for the whole day',
      zh: '冰山委托须为全天有效的限价委托',
    };
    found.push({ code: 'peak_needs_limit', message });
  }
  if (peak < least || peak >= quantity || (side === 'buy' && peak % step !== 0)) {
    const message = {
      en: `what is shown is ${least} shares or more in steps of ${step}, and less than the order`,
      zh: `显示数量不得少于${least}股，按${step}股递增，且少于委托数量`,
    };
    found.push({ code: 'peak_size', message });
  }
  return found;
}

function bookObjections({ condition, security }: OrderRequest): OrderObjection[] {
  if (condition?.kind !== 'book' || condition.security === security) return [];
  const message = {
    en: `the book that is looked at is that of ${security}, not of ${condition.security}`,
    zh: `盘口条件须针对${security}，而非${condition.security}`,
  };
  return [{ code: 'other_book', message }];
}
