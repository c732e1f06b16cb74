/** A made-up market of two securities, one session a day, and an account on it. */
import { sessionCalendar, type SessionCalendar } from '../../../src/core/calendar/sessions.js';
import { fen } from '../../../src/core/exchange/fen.js';
import {
  accountOf,
  factTable,
  parseDay,
  pricePanel,
  securityId,
  USUAL_COMMISSION,
  type Day,
} from '../../../src/core/index.js';
import type { AccountEvent } from '../../../src/core/trading/account.js';
import type { OrderRequest } from '../../../src/core/trading/orderRequest.js';
import { placeOrder } from '../../../src/core/trading/placeOrder.js';
import { replayTo } from '../../../src/core/trading/replay.js';
import type { TradedMarket } from '../../../src/core/trading/tradingDay.js';

export const FIRST = parseDay('2025-01-01') as Day;
export const SESSIONS = 30;
export const IDS = ['688001', '688002'].map(securityId);
const calendar: SessionCalendar = sessionCalendar(
  'XSHG',
  Array.from({ length: SESSIONS + 5 }, (_, i) => FIRST + i),
);
export const dayAt = (i: number): Day => (FIRST + i) as Day;

/** Closes in fen by security and session; 0 for a session without trading. */
export type Closes = readonly (readonly number[])[];

export function marketOf(closes: Closes, extra: Partial<TradedMarket> = {}): TradedMarket {
  const rows = closes.map((series) =>
    series.map((close, i) => ({ close, day: dayAt(i) })).filter((r) => r.close > 0),
  );
  const flat = rows.flat();
  const prices = pricePanel(
    IDS,
    rows.map(({ length }) => length),
    {
      day: Int32Array.from(flat, ({ day }) => day),
      close: Float64Array.from(flat, ({ close }) => close / 100),
      value: new Float64Array(flat.length).fill(1e12),
      quality: new Uint8Array(flat.length),
    },
  );
  const securities = IDS.map((id) => ({
    id,
    nameZh: id,
    nameEn: '',
    nameShort: '',
    market: 'XSHG',
    board: 'STAR',
    kind: 'share' as const,
    listed: (FIRST - 100) as Day,
  }));
  return {
    market: { securities, prices, facts: factTable([]), calendar },
    actions: [],
    dividends: [],
    rights: [],
    levels: new Map(),
    ...extra,
  };
}

export const opened = (cash: number): AccountEvent[] => [
  { kind: 'opened', day: dayAt(0), cash: fen(cash), commission: USUAL_COMMISSION },
];
export const order = (over: Partial<OrderRequest> = {}): OrderRequest => ({
  security: IDS[0],
  side: 'buy',
  quantity: 200,
  limit: undefined,
  validity: 'day',
  condition: undefined,
  clientId: undefined,
  ...over,
});

export const flat = (close: number): number[] => Array.from({ length: SESSIONS }, () => close);
export const pass = (events: readonly AccountEvent[], traded: TradedMarket, to: number): AccountEvent[] => [
  ...events,
  ...replayTo(events, traded, dayAt(to)),
];
export const place = (
  events: readonly AccountEvent[],
  traded: TradedMarket,
  request: OrderRequest,
): AccountEvent[] => [...events, ...placeOrder(accountOf(events), traded, request).events];
