/**
 * What a gateway answers to a message of its client. An order that is taken is not answered here: its report comes from
 * the gateway's stream, which a killed process reads on from where it was.
 */
import type {
  GatewayAnswer,
  NewOrder,
  OrderGateway,
  OrderReference,
  OrderReport,
} from '../gateway/orderGateway.js';
import { cancelReject, executionReport, rejectedReport, type OutMessage } from './executionReports.js';
import {
  ORDER_REJECT,
  readNewOrder,
  readReference,
  readReplace,
  type OrderMessage,
  type OrderProblem,
  type Read,
} from './orderRequests.js';
import { TAG } from './tags.js';
import { valueOf, type FixMessage } from './wire.js';

interface OrderEntry extends OrderMessage {
  /** MsgSeqNum: what makes the number of an answer that is no report of the gateway's stream. */
  readonly execId: string;
  readonly now: number;
}

interface Answered {
  readonly out: readonly OutMessage[];
  /** Why it was not taken, for the log. */
  readonly refused: { readonly code: string; readonly text: string } | undefined;
}

const done = (...out: readonly OutMessage[]): Answered => ({ out, refused: undefined });

export async function answerRequest(gateway: OrderGateway, entry: OrderEntry): Promise<Answered> {
  switch (entry.message.type) {
    case 'D':
      return newOrder(gateway, entry);
    case 'F':
    case 'G':
      return change(gateway, entry);
    case 'H':
      return status(gateway, entry);
    default:
      return notHandled(entry);
  }
}

async function newOrder(gateway: OrderGateway, entry: OrderEntry): Promise<Answered> {
  const read = readNewOrder(entry);
  if (!read.ok) return rejected(entry, 'order_rejected', allOf(read.problems));
  const answer = await gateway.place(read.value);
  if (!answer.taken) return rejected(entry, answer.code, { reason: reasonOf(answer), text: answer.text });
  return answer.again ? standing(gateway, entry, read.value.clientId) : done();
}

function rejected(entry: OrderEntry, code: string, { reason, text }: OrderProblem): Answered {
  const { message, execId, now } = entry;
  return { out: [rejectedReport(message, { execId, reason, text, now })], refused: { code, text } };
}

/** The reason of the first, the words of all. */
const allOf = (problems: readonly OrderProblem[]): OrderProblem => ({
  reason: problems[0].reason,
  text: problems.map(({ text }) => text).join('; '),
});

const REASONS: Readonly<Record<string, number>> = {
  unknown_security: ORDER_REJECT.unknownSymbol,
  unknown_board: ORDER_REJECT.unknownSymbol,
  no_price: ORDER_REJECT.unknownSymbol,
  suspended: ORDER_REJECT.closed,
  order_too_large: ORDER_REJECT.exceedsLimit,
  not_enough_cash: ORDER_REJECT.exceedsLimit,
  duplicate_client_id: ORDER_REJECT.duplicate,
  invalid_quantity: ORDER_REJECT.quantity,
  order_too_small: ORDER_REJECT.quantity,
  order_step: ORDER_REJECT.quantity,
  odd_lot: ORDER_REJECT.quantity,
  short_sale: ORDER_REJECT.quantity,
  bought_today: ORDER_REJECT.quantity,
  shares_committed: ORDER_REJECT.quantity,
};

const reasonOf = ({ code }: Extract<GatewayAnswer, { taken: false }>): number =>
  REASONS[code] ?? ORDER_REJECT.other;

/** How the order stands, for a request that was taken before. */
async function standing(gateway: OrderGateway, entry: OrderEntry, order: string): Promise<Answered> {
  const found = await gateway.find({ order });
  return found === undefined ? done() : done(statusOf(found, entry));
}

const statusOf = (report: OrderReport, { account, execId, now }: OrderEntry): OutMessage =>
  executionReport(report, { account, execId, now });

/** CxlRejReason (102). */
const CANCEL_REJECT = { tooLate: 0, unknownOrder: 1, duplicate: 6, other: 99 } as const;

const CANCEL_REASONS: Readonly<Record<string, number>> = {
  order_not_open: CANCEL_REJECT.tooLate,
  unknown_order: CANCEL_REJECT.unknownOrder,
  duplicate_client_id: CANCEL_REJECT.duplicate,
};

/** A request for an order that is there, whichever of the two it is. */
interface Change {
  readonly reference: OrderReference;
  /** What it says of the order beside its name; all terms for a replacement. */
  readonly says: Pick<NewOrder, 'security' | 'side'> & Partial<NewOrder>;
  /** The order whose state answers a request that was taken before. */
  readonly answeredBy: string;
  readonly apply: () => Promise<GatewayAnswer>;
}

function readChange(gateway: OrderGateway, entry: OrderEntry): Read<Change> {
  if (entry.message.type === 'F') {
    const read = readReference(entry, TAG.OrigClOrdID);
    if (!read.ok) return read;
    const { clientId, order, orderId, security, side } = read.value;
    const apply = () => gateway.cancel({ clientId, order, orderId });
    return { ok: true, value: { reference: read.value, says: { security, side }, answeredBy: order, apply } };
  }
  const read = readReplace(entry);
  if (!read.ok) return read;
  const { request, terms } = read.value;
  const apply = () => gateway.replace(request);
  return { ok: true, value: { reference: request, says: terms, answeredBy: request.clientId, apply } };
}

async function change(gateway: OrderGateway, entry: OrderEntry): Promise<Answered> {
  const read = readChange(gateway, entry);
  if (!read.ok) return notChanged(gateway, entry, 'change_rejected', allOf(read.problems).text);
  const { reference, says, answeredBy, apply } = read.value;
  const stands = await gateway.find(reference);
  const differs = stands === undefined ? undefined : difference(stands, says);
  if (differs !== undefined) return notChanged(gateway, entry, 'change_rejected', differs);
  const answer = await apply();
  if (!answer.taken) return notChanged(gateway, entry, answer.code, answer.text);
  return answer.again ? standing(gateway, entry, answeredBy) : done();
}

/** A change names the security and side of its order again; another one is a mistake, not a wish. */
function difference({ terms }: OrderReport, says: Change['says']): string | undefined {
  if (says.security !== terms.security) return 'Symbol is not that of the order';
  if (says.side !== terms.side) return 'Side is not that of the order';
  if (says.validity === undefined) return undefined;
  const remedy = 'is not that of the order; cancel it and send a new one';
  if (says.validity !== terms.validity || says.during !== terms.during) return `TimeInForce ${remedy}`;
  if (says.peak !== terms.peak) return `MaxFloor ${remedy}`;
  const same = JSON.stringify(says.condition) === JSON.stringify(terms.condition);
  return same ? undefined : `StopPx ${remedy}`;
}

async function notChanged(
  gateway: OrderGateway,
  entry: OrderEntry,
  code: string,
  text: string,
): Promise<Answered> {
  const { message, now } = entry;
  const order = valueOf(message, TAG.OrigClOrdID) ?? '';
  const stands = await gateway.find({ order, orderId: valueOf(message, TAG.OrderID) });
  const reason = CANCEL_REASONS[code] ?? CANCEL_REJECT.other;
  return { out: [cancelReject(message, stands, { reason, text, now })], refused: { code, text } };
}

async function status(gateway: OrderGateway, entry: OrderEntry): Promise<Answered> {
  const { message, execId, now } = entry;
  const asked = readReference(entry, TAG.ClOrdID);
  const found = asked.ok ? await gateway.find(asked.value) : undefined;
  if (found !== undefined) return done(statusOf(found, entry));
  const text = asked.ok ? 'there is no such order of this account' : allOf(asked.problems).text;
  const reason = ORDER_REJECT.unknownOrder;
  return {
    out: [rejectedReport(message, { execId, reason, text, now, status: true })],
    refused: { code: 'unknown_order', text },
  };
}

/** BusinessRejectReason 3: a message type of the standard that is not answered here (test case 2r). */
function notHandled({ message }: { readonly message: FixMessage }): Answered {
  const text = `MsgType ${message.type} is not handled; D, F, G and H are`;
  return {
    out: [
      {
        type: 'j',
        body: [
          [TAG.RefSeqNum, valueOf(message, TAG.MsgSeqNum) ?? '0'],
          [TAG.RefMsgType, message.type],
          [TAG.BusinessRejectReason, '3'],
          [TAG.Text, text],
        ],
      },
    ],
    refused: { code: 'not_handled', text },
  };
}
