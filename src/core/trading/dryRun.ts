/** An order tried over history before it is placed: what it would have waited for, when it would have woken, what came of it. */
import type { Day } from '../base/brand.js';
import { sessionsBetween } from '../calendar/sessions.js';
import { fen, type Fen } from '../exchange/fen.js';
import { USUAL_COMMISSION } from '../market/fees.js';
import { accountOf, type Account, type AccountEvent } from './account.js';
import { sightOf, type Sight } from './condition.js';
import type { OrderRequest } from './orderRequest.js';
import type { TrackedOrder } from './orders.js';
import { placeOrder } from './placeOrder.js';
import { replayTo } from './replay.js';
import { lastClose, type TradedMarket } from './tradingDay.js';

export interface DryRun {
  readonly from: Day;
  readonly to: Day;
  readonly fills: Account['fills'];
  /** Close of the security after which it would have been placed. */
  readonly startClose: Fen | undefined;
  /**
   * What the condition saw after each close; `undefined` where nothing is known. None for an order without a condition, and for
   * one on the time of day or the book.
   */
  readonly sights: readonly { readonly session: Day; readonly sight: Sight | undefined }[];
  /** As they stand at the end. */
  readonly orders: readonly TrackedOrder[];
  /** What happened to them, in order. */
  readonly events: readonly AccountEvent[];
}

/** More than any order may cost, and still counted exactly. */
const ENOUGH_CASH = fen(1e14);

/**
 * The order of an account that has the shares or the cash for it and nothing else.
 * @param from session after whose close it is placed
 * @param to last session
 * @param fills where the account trades
 * @throws OrderRejected, and what `replayTo` throws
 */
export function dryRun(
  traded: TradedMarket,
  request: OrderRequest,
  from: Day,
  to: Day,
  fills: Account['fills'] = 'close',
): DryRun {
  const { security, side, quantity, condition } = request;
  const start: AccountEvent[] = [
    {
      kind: 'opened',
      day: from,
      cash: ENOUGH_CASH,
      commission: USUAL_COMMISSION,
      ...(fills === 'session' && { fills }),
    },
    ...(side === 'sell' ? [{ kind: 'bonus', day: from, security, shares: quantity } as const] : []),
  ];
  const { events: placed } = placeOrder(accountOf(start), traded, request);
  const before = [...start, ...placed];
  const events = replayTo(before, traded, to);
  return {
    from,
    to,
    fills,
    startClose: lastClose(traded.market, security, from)?.close,
    sights:
      condition === undefined || condition.kind === 'clock' || condition.kind === 'book'
        ? []
        : sessionsBetween(traded.market.calendar, (from + 1) as Day, to).map((session) => ({
            session,
            sight: sightOf(condition, traded, from, session),
          })),
    orders: accountOf([...before, ...events]).orders,
    events: events.filter(({ kind }) => kind !== 'closed'),
  };
}
