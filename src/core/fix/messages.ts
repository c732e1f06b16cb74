/**
 * Messages of FIX 4.4 order entry: which fields each must and may have. FIX 4.4 Specification, Volume 2 (standard header,
 * session messages) and Volume 4 (orders). What the standard allows beyond this, order entry here does not act on.
 */
import { TAG } from './tags.js';

export interface MessageDefinition {
  readonly name: string;
  readonly required: readonly number[];
  readonly optional: readonly number[];
}

/** Fields of the standard header after the first three. Routing by third parties and encryption are not taken. */
export const HEADER: MessageDefinition = {
  name: 'StandardHeader',
  required: [TAG.MsgSeqNum, TAG.SenderCompID, TAG.TargetCompID, TAG.SendingTime],
  optional: [
    TAG.SenderSubID,
    TAG.TargetSubID,
    TAG.PossDupFlag,
    TAG.PossResend,
    TAG.OrigSendingTime,
    TAG.LastMsgSeqNumProcessed,
  ],
};

/** A repeating group by the field that counts it: its fields, of which the first one opens each entry. */
export const GROUPS: ReadonlyMap<number, readonly number[]> = new Map([
  [TAG.NoPartyIDs, [TAG.PartyID, TAG.PartyIDSource, TAG.PartyRole]],
]);

const CHANGE = [TAG.ClOrdID, TAG.OrigClOrdID, TAG.Symbol, TAG.Side, TAG.TransactTime] as const;
const INSTRUMENT = [TAG.Account, TAG.NoPartyIDs, TAG.SecurityExchange, TAG.Text] as const;
const TERMS = [TAG.Price, TAG.StopPx, TAG.TimeInForce, TAG.MaxFloor, TAG.Currency, TAG.HandlInst] as const;

export const MESSAGES: ReadonlyMap<string, MessageDefinition> = new Map<string, MessageDefinition>([
  ['0', { name: 'Heartbeat', required: [], optional: [TAG.TestReqID] }],
  ['1', { name: 'TestRequest', required: [TAG.TestReqID], optional: [] }],
  ['2', { name: 'ResendRequest', required: [TAG.BeginSeqNo, TAG.EndSeqNo], optional: [] }],
  [
    '3',
    {
      name: 'Reject',
      required: [TAG.RefSeqNum],
      optional: [TAG.RefTagID, TAG.RefMsgType, TAG.SessionRejectReason, TAG.Text],
    },
  ],
  ['4', { name: 'SequenceReset', required: [TAG.NewSeqNo], optional: [TAG.GapFillFlag] }],
  ['5', { name: 'Logout', required: [], optional: [TAG.Text] }],
  [
    'A',
    {
      name: 'Logon',
      required: [TAG.EncryptMethod, TAG.HeartBtInt],
      optional: [TAG.ResetSeqNumFlag, TAG.TestMessageIndicator, TAG.Username, TAG.Password, TAG.Text],
    },
  ],
  [
    'D',
    {
      name: 'NewOrderSingle',
      required: [TAG.ClOrdID, TAG.Symbol, TAG.Side, TAG.TransactTime, TAG.OrderQty, TAG.OrdType],
      optional: [...INSTRUMENT, ...TERMS],
    },
  ],
  [
    'F',
    { name: 'OrderCancelRequest', required: CHANGE, optional: [...INSTRUMENT, TAG.OrderID, TAG.OrderQty] },
  ],
  [
    'G',
    {
      name: 'OrderCancelReplaceRequest',
      required: [...CHANGE, TAG.OrderQty, TAG.OrdType],
      optional: [...INSTRUMENT, ...TERMS, TAG.OrderID],
    },
  ],
  [
    'H',
    {
      name: 'OrderStatusRequest',
      required: [TAG.ClOrdID, TAG.Symbol, TAG.Side],
      optional: [TAG.Account, TAG.NoPartyIDs, TAG.SecurityExchange, TAG.OrderID],
    },
  ],
  [
    '8',
    {
      name: 'ExecutionReport',
      required: [
        TAG.OrderID,
        TAG.ExecID,
        TAG.ExecType,
        TAG.OrdStatus,
        TAG.Symbol,
        TAG.Side,
        TAG.LeavesQty,
        TAG.CumQty,
        TAG.AvgPx,
      ],
      optional: [
        ...INSTRUMENT,
        ...TERMS,
        TAG.ClOrdID,
        TAG.OrigClOrdID,
        TAG.OrderQty,
        TAG.OrdType,
        TAG.LastQty,
        TAG.LastPx,
        TAG.TradeDate,
        TAG.TransactTime,
        TAG.Commission,
        TAG.CommType,
        TAG.OrdRejReason,
        TAG.ExecRestatementReason,
        TAG.WorkingIndicator,
      ],
    },
  ],
  [
    '9',
    {
      name: 'OrderCancelReject',
      required: [TAG.OrderID, TAG.ClOrdID, TAG.OrigClOrdID, TAG.OrdStatus, TAG.CxlRejResponseTo],
      optional: [TAG.Account, TAG.TransactTime, TAG.CxlRejReason, TAG.Text],
    },
  ],
  [
    'j',
    {
      name: 'BusinessMessageReject',
      required: [TAG.RefMsgType, TAG.BusinessRejectReason],
      optional: [TAG.RefSeqNum, TAG.BusinessRejectRefID, TAG.Text],
    },
  ],
]);

/** Sent and answered by the session itself; never resent (Volume 2, "Message Recovery"). */
const SESSION_TYPES = new Set(['0', '1', '2', '3', '4', '5', 'A']);

export const isSessionType = (type: string): boolean => SESSION_TYPES.has(type);

/** Message types of the standard, also those nobody answers here (Volume 6, MsgType). */
export const isStandardType = (type: string): boolean =>
  /^(?:[0-9A-HJ-NP-TV-Za-z]|A[A-Z]|B[A-H])$/.test(type);
