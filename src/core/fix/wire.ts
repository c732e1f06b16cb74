/**
 * FIX tag=value encoding (Volume 1, "FIX Message Format"): fields end with SOH, BodyLength counts what follows it up to
 * the check sum, the check sum is the sum of all bytes before it modulo 256. Texts hold one byte per character.
 */
import { TAG } from './tags.js';

export type FixField = readonly [tag: number, value: string];

/** A message as it was read: the fields after BodyLength and before CheckSum, in their order, MsgType first. */
export interface FixMessage {
  readonly begin: string;
  readonly type: string;
  readonly fields: readonly FixField[];
}

export const BEGIN = 'FIX.4.4';
export const SOH = '\u0001';

interface Header {
  readonly sender: string;
  readonly target: string;
  readonly seq: number;
  /** UTC, as `formatTimestamp` writes it. */
  readonly sendingTime: string;
  /** Of a message that is sent again: when it was sent first. */
  readonly firstSent?: string;
}

/** What is not printable ASCII becomes `?`: a value can never end its field. */
const plain = (value: string): string => value.replace(/[^\x20-\x7e]/g, '?');

/** @returns the whole message, one byte per character */
export function encodeMessage(type: string, header: Header, body: readonly FixField[]): string {
  const { sender, target, seq, sendingTime, firstSent } = header;
  const fields: FixField[] = [
    [TAG.MsgType, type],
    [TAG.MsgSeqNum, String(seq)],
    [TAG.SenderCompID, sender],
    [TAG.TargetCompID, target],
    [TAG.SendingTime, sendingTime],
    ...(firstSent === undefined
      ? []
      : ([
          [TAG.PossDupFlag, 'Y'],
          [TAG.OrigSendingTime, firstSent],
        ] as const)),
    ...body,
  ];
  const content = fields.map(([tag, value]) => `${tag}=${plain(value)}${SOH}`).join('');
  const framed = `8=${BEGIN}${SOH}9=${content.length}${SOH}${content}`;
  return `${framed}10=${checkSum(framed)}${SOH}`;
}

/** Three digits. */
export function checkSum(text: string): string {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum += text.charCodeAt(i);
  return String(sum & 255).padStart(3, '0');
}

/** The first value of a tag. */
export const valueOf = ({ fields }: FixMessage, tag: number): string | undefined =>
  fields.find(([found]) => found === tag)?.[1];

/** A number of the field's own kind, `undefined` when it is absent or no whole number from 0 on. */
export function countOf(message: FixMessage, tag: number): number | undefined {
  const value = valueOf(message, tag);
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}
