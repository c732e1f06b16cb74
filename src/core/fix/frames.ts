/**
 * Where messages begin and end in a stream of bytes that comes in any pieces. A message runs from `8=FIX` to the first
 * check sum; one whose length or sum is not what it says is garbled, and the next `8=FIX` is looked for (Volume 2, session
 * test cases 2d, 2m, 2t, 3b, 3c). So no lie about a length swallows what comes after it. Data fields that hold a check sum
 * of their own cannot be read; order entry has none.
 */
import { checkSum, SOH, type FixField, type FixMessage } from './wire.js';

/** Longest message that is read, in bytes: ten times the longest that order entry has. */
export const LONGEST_MESSAGE = 8_192;

export type Frame =
  | { readonly kind: 'message'; readonly message: FixMessage }
  /** `bytes` were skipped. */
  | { readonly kind: 'garbled'; readonly why: string; readonly bytes: number };

const START = '8=FIX';
const TRAILER = new RegExp(`${SOH}10=\\d{3}${SOH}`);
const HEAD = new RegExp(`^8=(FIX[^=${SOH}]{1,12})${SOH}9=(\\d{1,9})${SOH}(?=35=[^${SOH}])`);

/**
 * @param rest what the call before left over; empty at first
 * @param chunk what came in, one character per byte
 */
export function readFrames(
  rest: string,
  chunk: string,
): { readonly frames: readonly Frame[]; readonly rest: string } {
  const frames: Frame[] = [];
  let text = rest + chunk;
  for (;;) {
    const start = text.indexOf(START);
    const noise = start < 0 ? text.length - tailLength(text) : start;
    if (noise > 0) frames.push({ kind: 'garbled', why: 'bytes before the first field', bytes: noise });
    text = text.slice(noise);
    if (start < 0) return { frames, rest: text };
    const trailer = TRAILER.exec(text.slice(0, LONGEST_MESSAGE));
    if (trailer === null && text.length < LONGEST_MESSAGE) return { frames, rest: text };
    const end = trailer === null ? text.length : trailer.index + trailer[0].length;
    const frame = trailer === null ? tooLong(end) : readOne(text.slice(0, end));
    const next = frame.kind === 'message' ? end : nextStart(text, end);
    frames.push(frame.kind === 'message' ? frame : { ...frame, bytes: next });
    text = text.slice(next);
  }
}

/** Characters at the end that may be the beginning of a message. */
function tailLength(text: string): number {
  for (let length = START.length - 1; length > 0; length--) {
    if (text.endsWith(START.slice(0, length))) return length;
  }
  return 0;
}

const garbled = (why: string, bytes: number): Frame => ({ kind: 'garbled', why, bytes });
const tooLong = (bytes: number): Frame => garbled(`no end within ${LONGEST_MESSAGE} bytes`, bytes);

/** Within a garbled message another one may begin. */
function nextStart(text: string, end: number): number {
  const next = text.indexOf(START, 1);
  return next < 0 || next > end ? Math.max(1, end - tailLength(text.slice(1, end))) : next;
}

function readOne(text: string): Frame {
  const head = HEAD.exec(text);
  if (head === null)
    return garbled('BeginString, BodyLength and MsgType are not the first fields', text.length);
  const [{ length: from }, begin, length] = head;
  const to = text.lastIndexOf(`${SOH}10=`) + 1;
  if (Number(length) !== to - from) return garbled(`BodyLength is ${length}, not ${to - from}`, text.length);
  const sum = checkSum(text.slice(0, to));
  const given = text.slice(to + 3, to + 6);
  if (sum !== given) return garbled(`CheckSum is ${given}, not ${sum}`, text.length);
  const fields = text
    .slice(from, to - 1)
    .split(SOH)
    .map(readField);
  return { kind: 'message', message: { begin, type: fields[0][1], fields } };
}

/** Without a tag it is tag 0 with all of the text, which validation objects to. */
function readField(text: string): FixField {
  const match = /^([1-9]\d{0,8})=/.exec(text);
  return match === null ? [0, text] : [Number(match[1]), text.slice(match[0].length)];
}
