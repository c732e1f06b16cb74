/** What the fills of an account take for granted. */
import type { Day } from '../base/brand.js';
import type { Finding } from '../base/finding.js';
import { formatDay } from '../calendar/day.js';
import { yuanOf } from '../exchange/fen.js';
import type { Account } from './account.js';
import type { Fill, TrackedOrder } from './orders.js';
import { closeOn, type SessionClose, type TradedMarket } from './tradingDay.js';

/** Said once of every account: what the paper exchange assumes. */
export const replayFinding = (fills: Account['fills']): Finding =>
  fills === 'session' ? IN_SESSIONS : AT_CLOSES;

const flowFinding = (index: string): Finding => ({
  code: 'closing_flow',
  subject: index,
  message:
    'the forecast flow of its funds is in the closing auctions of swap days, 80 % of it, at any price; the close stays what it was',
});

const AT_CLOSES: Finding = {
  code: 'closing_replay',
  subject: 'paper exchange',
  message:
    'orders trade in the closing auction of daily data: filled whole at the close when their limit reaches it, not at all at a locked limit; nothing of it moves the price',
};

const IN_SESSIONS: Finding = {
  code: 'session_replay',
  subject: 'paper exchange',
  message:
    'orders trade in sessions made of daily bars: the way between open, high, low and close and the sizes in the book are drawn, volume follows an assumed U, auctions have assumed shares of it, and the way does not give way to an order',
};

/** Share of a session's value above which a fill at prices as they were is no honest answer. */
const LARGE = 0.01;

export function accountFindings(
  { orders, fills: within, flows, running }: Account,
  traded: TradedMarket,
): Finding[] {
  const ofFills = orders.flatMap((tracked) => {
    // What a session that is not over has traded is not known.
    const days = [...new Set(tracked.fills.map(({ day }) => day))].filter((day) => day !== running?.day);
    return days.flatMap((day) => {
      const fills = tracked.fills.filter((fill) => fill.day === day);
      const atClose = within === 'session' && fills.some(({ at }) => at === undefined);
      return [...largeOrder(tracked, fills, day, traded), ...(atClose ? [filledAtClose(tracked, day)] : [])];
    });
  });
  return [...(flows === undefined ? [] : [flowFinding(flows)]), ...ofFills];
}

function largeOrder(
  { order }: TrackedOrder,
  fills: readonly Fill[],
  day: Day,
  { market }: TradedMarket,
): Finding[] {
  const session = closeOn(market, order.security, day) as SessionClose;
  const traded = fills.reduce((sum, { price, quantity }) => sum + yuanOf(price) * quantity, 0);
  const share = traded / session.value;
  if (!(share > LARGE)) return [];
  const message = `order ${order.id} is ${(share * 100).toFixed(1)} % of the session's value; at the close as it was it would have moved the price (see the command impact)`;
  return [{ code: 'large_order', subject: order.security, message }];
}

function filledAtClose({ order }: TrackedOrder, day: Day): Finding {
  const message = `order ${order.id} was filled at the close of ${formatDay(day)}: open, high and low of that day are not known, so there is no session to trade in`;
  return { code: 'filled_at_close', subject: order.security, message };
}
