/**
 * Fields of FIX 4.4 that order entry uses, by tag: name and data type. FIX 4.4 Specification with Errata 20030618,
 * Volume 6 (field definitions); data types in Volume 1, "Data Types".
 */

/** How a value is written. A `char` is one character; a `string` holds no SOH. */
type FieldType =
  'int' | 'length' | 'seqnum' | 'float' | 'char' | 'boolean' | 'string' | 'timestamp' | 'date' | 'count';

interface FieldDefinition {
  readonly name: string;
  readonly type: FieldType;
  /** The values there are; any when absent. */
  readonly values?: readonly string[];
}

export const TAG = {
  Account: 1,
  AvgPx: 6,
  BeginSeqNo: 7,
  BeginString: 8,
  BodyLength: 9,
  CheckSum: 10,
  ClOrdID: 11,
  Commission: 12,
  CommType: 13,
  CumQty: 14,
  Currency: 15,
  EndSeqNo: 16,
  ExecID: 17,
  HandlInst: 21,
  LastPx: 31,
  LastQty: 32,
  MsgSeqNum: 34,
  MsgType: 35,
  NewSeqNo: 36,
  OrderID: 37,
  OrderQty: 38,
  OrdStatus: 39,
  OrdType: 40,
  OrigClOrdID: 41,
  PossDupFlag: 43,
  Price: 44,
  RefSeqNum: 45,
  SenderCompID: 49,
  SenderSubID: 50,
  SendingTime: 52,
  Side: 54,
  Symbol: 55,
  TargetCompID: 56,
  TargetSubID: 57,
  Text: 58,
  TimeInForce: 59,
  TransactTime: 60,
  TradeDate: 75,
  PossResend: 97,
  EncryptMethod: 98,
  StopPx: 99,
  MaxFloor: 111,
  CxlRejReason: 102,
  OrdRejReason: 103,
  HeartBtInt: 108,
  TestReqID: 112,
  OrigSendingTime: 122,
  GapFillFlag: 123,
  ResetSeqNumFlag: 141,
  ExecType: 150,
  LeavesQty: 151,
  SecurityExchange: 207,
  LastMsgSeqNumProcessed: 369,
  RefTagID: 371,
  RefMsgType: 372,
  SessionRejectReason: 373,
  ExecRestatementReason: 378,
  BusinessRejectRefID: 379,
  BusinessRejectReason: 380,
  CxlRejResponseTo: 434,
  PartyIDSource: 447,
  PartyID: 448,
  PartyRole: 452,
  NoPartyIDs: 453,
  TestMessageIndicator: 464,
  Username: 553,
  Password: 554,
  WorkingIndicator: 636,
} as const;

type TagName = keyof typeof TAG;

/** Letters and digits as FIX lists them: '0'-'9', then 'A' on. */
const letters = (text: string): readonly string[] => [...text];

const TYPES: Readonly<Record<TagName, FieldType>> = {
  Account: 'string',
  AvgPx: 'float',
  BeginSeqNo: 'seqnum',
  BeginString: 'string',
  BodyLength: 'length',
  CheckSum: 'string',
  ClOrdID: 'string',
  Commission: 'float',
  CommType: 'char',
  CumQty: 'float',
  Currency: 'string',
  EndSeqNo: 'seqnum',
  ExecID: 'string',
  HandlInst: 'char',
  LastPx: 'float',
  LastQty: 'float',
  MsgSeqNum: 'seqnum',
  MsgType: 'string',
  NewSeqNo: 'seqnum',
  OrderID: 'string',
  OrderQty: 'float',
  OrdStatus: 'char',
  OrdType: 'char',
  OrigClOrdID: 'string',
  PossDupFlag: 'boolean',
  Price: 'float',
  RefSeqNum: 'seqnum',
  SenderCompID: 'string',
  SenderSubID: 'string',
  SendingTime: 'timestamp',
  Side: 'char',
  Symbol: 'string',
  TargetCompID: 'string',
  TargetSubID: 'string',
  Text: 'string',
  TimeInForce: 'char',
  TransactTime: 'timestamp',
  TradeDate: 'date',
  PossResend: 'boolean',
  EncryptMethod: 'int',
  StopPx: 'float',
  MaxFloor: 'float',
  CxlRejReason: 'int',
  OrdRejReason: 'int',
  HeartBtInt: 'int',
  TestReqID: 'string',
  OrigSendingTime: 'timestamp',
  GapFillFlag: 'boolean',
  ResetSeqNumFlag: 'boolean',
  ExecType: 'char',
  LeavesQty: 'float',
  SecurityExchange: 'string',
  LastMsgSeqNumProcessed: 'seqnum',
  RefTagID: 'int',
  RefMsgType: 'string',
  SessionRejectReason: 'int',
  ExecRestatementReason: 'int',
  BusinessRejectRefID: 'string',
  BusinessRejectReason: 'int',
  CxlRejResponseTo: 'char',
  PartyIDSource: 'char',
  PartyID: 'string',
  PartyRole: 'int',
  NoPartyIDs: 'count',
  TestMessageIndicator: 'boolean',
  Username: 'string',
  Password: 'string',
  WorkingIndicator: 'boolean',
};

const VALUES: Readonly<Partial<Record<TagName, readonly string[]>>> = {
  CommType: letters('123456'),
  CxlRejResponseTo: letters('12'),
  EncryptMethod: letters('0123456'),
  ExecType: letters('03456789ABCDEFGHI'),
  HandlInst: letters('123'),
  OrdStatus: letters('012346789ABCDE'),
  OrdType: letters('12346789DEGIJKLMP'),
  PartyIDSource: letters('123456789ABCDEFGHI'),
  Side: letters('123456789ABCDEFG'),
  TimeInForce: letters('01234567'),
};

export const FIELDS: ReadonlyMap<number, FieldDefinition> = new Map(
  (Object.keys(TAG) as TagName[]).map((name) => {
    const values = VALUES[name];
    return [TAG[name], { name, type: TYPES[name], ...(values && { values }) }];
  }),
);

/** The highest tag FIX 4.4 defines; from 5000 on tags belong to those who agree on them. */
export const LAST_TAG = 956;
export const FIRST_USER_TAG = 5000;
