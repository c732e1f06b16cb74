/**
 * From the bytes of a file to text in blocks of whole lines, checked before a CSV parser sees them: it is
 * text at all, in the encoding it should be in, and no line is so long that memory would not be bounded.
 *
 * Blocks end at line ends, so a block decodes by itself: no character is ever cut in two, because neither
 * UTF-8 nor GB18030 uses the bytes of a line end inside a longer character.
 */
import { createReadStream } from 'node:fs';
import type { FileIssue } from './csvIssues.js';
import { ioError } from './files.js';

/** Encodings that are read; Chinese programs of a certain age write the second. */
export type Encoding = 'utf-8' | 'gb18030';

/** Bytes in one line, and in one record over several lines: more is taken for a mistake. */
export const MAX_RECORD_BYTES = 1 << 20;

const LF = 10;
const CR = 13;

/**
 * The text of a file in order, line ends made `\n`. At most one line and one disk block are held. On a
 * fault the text before its line has been given, `stop` is told, and no more comes.
 *
 * @throws InputError when there is no such file.
 * @throws OperationalError when it cannot be read.
 */
export async function* textBlocks(
  file: string,
  encoding: Encoding,
  stop: (fault: FileIssue) => void,
): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  let place: Place = { offset: 0, line: 1 };
  for await (const chunk of bytesOf(file)) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const foreign = place.offset === 0 ? foreignFormat(rest) : undefined;
    if (foreign) return stop(foreign);

    const lines = rest.subarray(0, endOfLastLine(rest));
    const { text, fault } = checkedText(lines, encoding, place);
    if (text !== '') yield text;
    if (fault) return stop(fault);

    place = { offset: place.offset + lines.length, line: place.line + lineEnds(lines) };
    rest = rest.subarray(lines.length);
    if (rest.length > MAX_RECORD_BYTES) return stop(tooLong(rest, place));
  }
  const { text, fault } = checkedText(rest, encoding, place);
  if (text !== '') yield text;
  if (fault) stop(fault);
}

/** The issue for a line over the limit. */
export function lineTooLong(line: number): FileIssue {
  return {
    code: 'line_too_long',
    path: '',
    line,
    expected: `at most ${MAX_RECORD_BYTES} bytes in a line; nothing from line ${line} on was read`,
  };
}

/** Where a block begins: bytes before it, and its first line counted from 1. */
interface Place {
  readonly offset: number;
  readonly line: number;
}

async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(file)) yield chunk as Buffer;
  } catch (error) {
    throw ioError(error, file);
  }
}

const WORKBOOK = 'a CSV file; this is an Excel workbook or a zip file: open it and save it as "CSV UTF-8"';

/** Formats that people hand over for a CSV file, by their first bytes. */
const FOREIGN: readonly {
  readonly starts: readonly number[];
  readonly code: string;
  readonly expected: string;
}[] = [
  { starts: [0x50, 0x4b, 0x03, 0x04], code: 'not_a_csv', expected: WORKBOOK },
  { starts: [0x50, 0x4b, 0x05, 0x06], code: 'not_a_csv', expected: WORKBOOK },
  {
    starts: [0xd0, 0xcf, 0x11, 0xe0],
    code: 'not_a_csv',
    expected: 'a CSV file; this is an old Excel workbook: open it and save it as "CSV UTF-8"',
  },
  {
    starts: [0x1f, 0x8b],
    code: 'not_a_csv',
    expected: 'a CSV file; this one is compressed: run gunzip on it first',
  },
  { starts: [0x25, 0x50, 0x44, 0x46], code: 'not_a_csv', expected: 'a CSV file; this is a PDF' },
  { starts: [0xff, 0xfe], code: 'not_utf8', expected: 'UTF-8; looks like UTF-16: save it as UTF-8' },
  { starts: [0xfe, 0xff], code: 'not_utf8', expected: 'UTF-8; looks like UTF-16: save it as UTF-8' },
];

function foreignFormat(bytes: Buffer): FileIssue | undefined {
  const format = FOREIGN.find(({ starts }) => starts.every((byte, i) => bytes[i] === byte));
  return format && { code: format.code, path: '', line: 1, expected: format.expected };
}

/** Bytes up to and including the last line end that is certainly one; 0 when there is none. */
function endOfLastLine(bytes: Buffer): number {
  const lf = bytes.lastIndexOf(LF);
  if (lf >= 0) return lf + 1;
  // Old Macintosh files have CR alone; the very last byte may still turn out to be half of CR LF.
  return bytes.length < 2 ? 0 : bytes.lastIndexOf(CR, bytes.length - 2) + 1;
}

/** Line ends in whole lines: LF, CR LF, or CR alone. */
function lineEnds(bytes: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === LF || (bytes[i] === CR && bytes[i + 1] !== LF)) count++;
  }
  return count;
}

/** The text of a block, or of the lines before the first one that is not text in this encoding. */
function checkedText(bytes: Buffer, encoding: Encoding, place: Place): { text: string; fault?: FileIssue } {
  const nul = bytes.indexOf(0);
  const whole = nul < 0 ? decoded(bytes, encoding) : undefined;
  if (whole !== undefined) return { text: withLineFeeds(whole) };

  const clean = nul < 0 ? bytes : bytes.subarray(0, nul);
  const badAt = decoded(clean, encoding) === undefined ? firstUndecodable(clean, encoding) : nul;
  const before = bytes.subarray(0, startOfLine(bytes, badAt));
  const line = place.line + lineEnds(before);
  const text = withLineFeeds(decoded(before, encoding) ?? '');
  if (badAt === nul) return { text, fault: notText(place.offset + badAt, line) };
  const byte = `0x${bytes[badAt].toString(16).padStart(2, '0')}`;
  return {
    text,
    fault: wrongEncoding(bytes.subarray(before.length), encoding, place.offset + badAt, line, byte),
  };
}

function decoded(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    // The byte order mark is left to the CSV parser: only it knows where the file begins.
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const withLineFeeds = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);

/** Index of the first byte that cannot follow those before it; the last one when the end is missing. */
function firstUndecodable(bytes: Uint8Array, encoding: Encoding): number {
  let fits = 0;
  let fails = bytes.length + 1;
  while (fails - fits > 1) {
    const middle = (fits + fails) >> 1;
    if (middle <= bytes.length && beginsWell(bytes.subarray(0, middle), encoding)) fits = middle;
    else fails = middle;
  }
  return Math.min(fits, bytes.length - 1);
}

/** Whether the bytes could be the beginning of a text: with `stream`, a cut last character is no error. */
function beginsWell(bytes: Uint8Array, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function startOfLine(bytes: Buffer, at: number): number {
  const before = bytes.subarray(0, at);
  return Math.max(before.lastIndexOf(LF), before.lastIndexOf(CR)) + 1;
}

function tooLong(start: Buffer, place: Place): FileIssue {
  const nul = start.indexOf(0);
  return nul < 0 ? lineTooLong(place.line) : notText(place.offset + nul, place.line);
}

function notText(offset: number, line: number): FileIssue {
  const expected = `a CSV file; byte ${offset} is 0, which text never holds: export the table as "CSV UTF-8"`;
  return { code: 'not_a_csv', path: '', line, expected };
}

function wrongEncoding(
  from: Uint8Array,
  encoding: Encoding,
  offset: number,
  line: number,
  byte: string,
): FileIssue {
  const what = `(byte offset ${offset}); nothing from line ${line} on was read`;
  if (encoding === 'gb18030') {
    return { code: 'not_gb18030', path: '', line, value: byte, expected: `GB18030 text ${what}` };
  }
  const gb = decoded(from, 'gb18030') === undefined ? 'save it as UTF-8' : LOOKS_LIKE_GB;
  return { code: 'not_utf8', path: '', line, value: byte, expected: `UTF-8 text ${what}; ${gb}` };
}

const LOOKS_LIKE_GB = 'looks like GBK/GB18030; save it as UTF-8 or pass --encoding gb18030';
