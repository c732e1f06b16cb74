/** Reports of a gateway as messages of FIX, and back (Volume 4, "Execution Report" and "Order State Change Matrices"). */
import { securityId } from '../base/brand.js';
import { fen, yuanOf, type Fen } from '../exchange/fen.js';
import { totalFees } from '../exchange/feesInFen.js';
import type { OrderReport } from '../gateway/orderGateway.js';
import { isOpen, type OrderState } from '../trading/orderStates.js';
import { orderType, stopCondition, stopPrice } from './stopPrice.js';
import { TAG } from './tags.js';
import { lastingOf, timeInForce } from './timeInForce.js';
import { formatDate, formatTimestamp, parseDate } from './timestamp.js';
import { valueOf, type FixField, type FixMessage } from './wire.js';

export interface OutMessage {
  readonly type: string;
  readonly body: readonly FixField[];
}

/** OrdStatus (39). What waits for its condition is new, and WorkingIndicator says that it does not work yet. */
const ORD_STATUS: Readonly<Record<OrderState, string>> = {
  dormant: '0',
  waiting: '0',
  working: '0',
  'part-filled': '1',
  filled: '2',
  cancelled: '4',
  expired: 'C',
};

/** ExecType (150). FIX 4.4 has none for a condition come true or for fewer shares: the order is restated. */
const EXEC_TYPE: Readonly<Record<OrderReport['kind'], string>> = {
  new: '0',
  armed: 'D',
  triggered: 'D',
  reduced: 'D',
  filled: 'F',
  cancelled: '4',
  replaced: '5',
  expired: 'C',
  status: 'I',
};

/** ExecRestatementReason (378): partial decline of OrderQty, or other. */
const RESTATED = { fewerShares: '5', other: '99' } as const;

const isWorking = (state: OrderState): boolean => state === 'working' || state === 'part-filled';

const price = (amount: Fen): string => yuanOf(amount).toFixed(2);
/** Of an average: as many digits as it takes, at most six. */
const average = (amount: number | undefined): string => String(Number((amount ?? 0).toFixed(6)));

/** @param execId of a report its own; the same report always has the same one */
export function executionReport(
  report: OrderReport,
  { account, execId, now }: { readonly account: string; readonly execId: string; readonly now: number },
): OutMessage {
  const { kind, orderId, clientId, other, terms, state, filled } = report;
  const open = isOpen(state);
  const ids = idsOf(kind, clientId, other);
  const body: FixField[] = [
    [TAG.OrderID, orderId],
    ...ids,
    [TAG.ExecID, execId],
    [TAG.ExecType, EXEC_TYPE[kind]],
    [TAG.OrdStatus, ORD_STATUS[state]],
    ...(open ? [[TAG.WorkingIndicator, isWorking(state) ? 'Y' : 'N'] as const] : []),
    ...restatedFields(kind),
    [TAG.Account, account],
    [TAG.Symbol, terms.security],
    [TAG.Side, terms.side === 'buy' ? '1' : '2'],
    [TAG.OrderQty, String(terms.quantity)],
    ...typeFields(terms),
    [TAG.TimeInForce, timeInForce(terms)],
    ...(terms.peak === undefined ? [] : [[TAG.MaxFloor, String(terms.peak)] as const]),
    [TAG.LeavesQty, open ? String(terms.quantity - filled) : '0'],
    [TAG.CumQty, String(filled)],
    [TAG.AvgPx, average(report.averagePrice)],
    ...fillFields(report),
    [TAG.TradeDate, formatDate(report.day)],
    [TAG.TransactTime, formatTimestamp(now)],
    ...(report.reason === undefined ? [] : [[TAG.Text, report.reason] as const]),
  ];
  return { type: '8', body };
}

function idsOf(
  kind: OrderReport['kind'],
  clientId: string | undefined,
  other: string | undefined,
): FixField[] {
  // A cancellation that was asked for carries the name of the request, and that of the order as the original one.
  const [own, original] = kind === 'cancelled' && other !== undefined ? [other, clientId] : [clientId, other];
  return [
    ...(own === undefined ? [] : [[TAG.ClOrdID, own] as const]),
    ...(original === undefined ? [] : [[TAG.OrigClOrdID, original] as const]),
  ];
}

function restatedFields(kind: OrderReport['kind']): FixField[] {
  if (EXEC_TYPE[kind] !== 'D') return [];
  return [[TAG.ExecRestatementReason, kind === 'reduced' ? RESTATED.fewerShares : RESTATED.other]];
}

/** Of a condition that FIX has no words for only WorkingIndicator tells. */
function typeFields(terms: OrderReport['terms']): FixField[] {
  const { limit } = terms;
  const stop = stopPrice(terms);
  return [
    [TAG.OrdType, orderType(limit !== undefined, stop)],
    ...(limit === undefined ? [] : [[TAG.Price, price(limit)] as const]),
    ...(stop === undefined ? [] : [[TAG.StopPx, stop.toFixed(2)] as const]),
  ];
}

function fillFields({ last }: OrderReport): FixField[] {
  if (last === undefined) return [];
  const { quantity, price: at, fees } = last;
  return [
    [TAG.LastQty, String(quantity)],
    [TAG.LastPx, price(at)],
    // All that was paid for it, as an absolute amount.
    ...(fees === undefined
      ? []
      : ([
          [TAG.Commission, price(totalFees(fees))],
          [TAG.CommType, '3'],
        ] as const)),
  ];
}

/** An ExecutionReport for an order that was not taken, or for one that is asked about and is not there. */
export function rejectedReport(
  message: FixMessage,
  {
    execId,
    reason,
    text,
    now,
    status = false,
  }: {
    readonly execId: string;
    readonly reason: number;
    readonly text: string;
    readonly now: number;
    readonly status?: boolean;
  },
): OutMessage {
  const same = (tag: number): FixField[] => {
    const value = valueOf(message, tag);
    return value === undefined ? [] : [[tag, value]];
  };
  const body: FixField[] = [
    [TAG.OrderID, 'NONE'],
    ...same(TAG.ClOrdID),
    [TAG.ExecID, execId],
    [TAG.ExecType, status ? 'I' : '8'],
    [TAG.OrdStatus, '8'],
    [TAG.OrdRejReason, String(reason)],
    ...[TAG.Symbol, TAG.Side, TAG.OrderQty, TAG.OrdType].flatMap(same),
    [TAG.LeavesQty, '0'],
    [TAG.CumQty, '0'],
    [TAG.AvgPx, '0'],
    [TAG.TransactTime, formatTimestamp(now)],
    [TAG.Text, text],
  ];
  return { type: '8', body };
}

/** An OrderCancelReject. @param order as it stands; `undefined` when there is none of that name */
export function cancelReject(
  message: FixMessage,
  order: OrderReport | undefined,
  { reason, text, now }: { readonly reason: number; readonly text: string; readonly now: number },
): OutMessage {
  const body: FixField[] = [
    [TAG.OrderID, order?.orderId ?? 'NONE'],
    [TAG.ClOrdID, valueOf(message, TAG.ClOrdID) ?? ''],
    [TAG.OrigClOrdID, valueOf(message, TAG.OrigClOrdID) ?? ''],
    [TAG.OrdStatus, order === undefined ? '8' : ORD_STATUS[order.state]],
    [TAG.TransactTime, formatTimestamp(now)],
    [TAG.CxlRejResponseTo, message.type === 'F' ? '1' : '2'],
    [TAG.CxlRejReason, String(reason)],
    [TAG.Text, text],
  ];
  return { type: '9', body };
}

const KINDS = new Map(Object.entries(EXEC_TYPE).map(([kind, type]) => [type, kind as OrderReport['kind']]));

/** An ExecutionReport as a report. @returns `undefined` for a rejection, and for what no gateway here would say */
export function readReport(message: FixMessage, number: number): OrderReport | undefined {
  const get = (tag: number): string | undefined => valueOf(message, tag);
  const kind = kindOf(message);
  const state = stateOf(get(TAG.OrdStatus), get(TAG.WorkingIndicator));
  const day = parseDate(get(TAG.TradeDate) ?? '');
  if (kind === undefined || state === undefined || day === undefined) return undefined;
  const cancelled = kind === 'cancelled' && get(TAG.OrigClOrdID) !== undefined;
  const [first, second] = [get(TAG.ClOrdID), get(TAG.OrigClOrdID)];
  const paid = Number(get(TAG.AvgPx));
  return {
    number,
    kind,
    day,
    orderId: get(TAG.OrderID) ?? '',
    clientId: cancelled ? second : first,
    other: cancelled ? first : second,
    terms: termsOf(message),
    state,
    filled: Number(get(TAG.CumQty)),
    averagePrice: paid > 0 ? paid : undefined,
    last: kind === 'filled' ? lastOf(message) : undefined,
    reason: get(TAG.Text),
  };
}

function kindOf(message: FixMessage): OrderReport['kind'] | undefined {
  const type = valueOf(message, TAG.ExecType) ?? '';
  if (type !== 'D') return KINDS.get(type);
  if (valueOf(message, TAG.ExecRestatementReason) === RESTATED.fewerShares) return 'reduced';
  return valueOf(message, TAG.WorkingIndicator) === 'N' ? 'armed' : 'triggered';
}

function termsOf(message: FixMessage): OrderReport['terms'] {
  const security = securityId(valueOf(message, TAG.Symbol) ?? '');
  const side = valueOf(message, TAG.Side) === '1' ? 'buy' : 'sell';
  const [limit, stop] = [TAG.Price, TAG.StopPx].map((tag) => amountOf(valueOf(message, tag)));
  const peak = valueOf(message, TAG.MaxFloor);
  return {
    security,
    side,
    quantity: Number(valueOf(message, TAG.OrderQty)),
    limit,
    ...(lastingOf(valueOf(message, TAG.TimeInForce) ?? '0') ?? { validity: 'day' }),
    ...(peak !== undefined && { peak: Number(peak) }),
    condition: stop === undefined ? undefined : stopCondition(security, side, yuanOf(stop)),
  };
}

/** FIX says what was paid in all, not for what: no fees. */
function lastOf(message: FixMessage): OrderReport['last'] {
  const at = amountOf(valueOf(message, TAG.LastPx));
  const quantity = Number(valueOf(message, TAG.LastQty));
  return at === undefined ? undefined : { quantity, price: at };
}

function stateOf(status: string | undefined, working: string | undefined): OrderState | undefined {
  if (status === ORD_STATUS.working) return working === 'N' ? 'waiting' : 'working';
  return (Object.keys(ORD_STATUS) as OrderState[]).find((state) => ORD_STATUS[state] === status);
}

function amountOf(text: string | undefined): Fen | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,2})0*)?$/.exec(text ?? '');
  return match === null ? undefined : fen(Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')));
}
