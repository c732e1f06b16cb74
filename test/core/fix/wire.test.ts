/** The encoding: published messages, round trips in any pieces, and bytes that are no message at all. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LONGEST_MESSAGE, readFrames, type Frame } from '../../../src/core/fix/frames.js';
import { formatTimestamp, parseTimestamp } from '../../../src/core/fix/timestamp.js';
import { checkMessage } from '../../../src/core/fix/validate.js';
import { checkSum, encodeMessage, SOH, valueOf } from '../../../src/core/fix/wire.js';

const soh = (text: string): string => text.replaceAll('|', SOH);
const all = (bytes: string): readonly Frame[] => readFrames('', bytes).frames;
const messages = (frames: readonly Frame[]) =>
  frames.flatMap((f) => (f.kind === 'message' ? [f.message] : []));

/** Read in pieces of the given lengths, the last one repeated. */
function inPieces(bytes: string, lengths: readonly number[]): Frame[] {
  const frames: Frame[] = [];
  let rest = '';
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const piece = bytes.slice(at, (at += Math.max(1, lengths[Math.min(i, lengths.length - 1)] ?? 1)));
    const read = readFrames(rest, piece);
    frames.push(...read.frames);
    rest = read.rest;
  }
  return frames;
}

/** Messages of other engines, with their own lengths and sums: a test of an engine in Elixir, an introduction to FIX, the article on FIX in Wikipedia. */
const PUBLISHED = [
  '8=FIX.4.4|9=122|35=D|34=215|49=CLIENT12|52=20100225-19:41:57.316|56=B|1=Marcel|11=13346|21=1|40=2|44=5|54=1|59=0|60=20100225-19:39:52.020|10=072|',
  '8=FIX.4.4|9=148|35=D|34=1080|49=TESTBUY1|52=20180920-18:14:19.508|56=TESTSELL1|11=636730640278898634|15=USD|21=2|38=7000|40=1|54=1|55=MSFT|60=20180920-18:14:19.492|10=092|',
  '8=FIX.4.2|9=178|35=8|49=PHLX|56=PERS|52=20071123-05:30:00.000|11=ATOMNOCCC9990900|20=3|150=E|39=E|55=MSFT|167=CS|54=1|38=15|40=2|44=15|58=PHLX EQUITY TESTING|59=0|47=C|32=0|31=0|151=15|14=0|6=0|10=128|',
];

describe('messages of others', () => {
  test.each(PUBLISHED)('%s', (text) => {
    const [frame] = all(soh(text));
    expect(frame.kind).toBe('message');
    if (frame.kind !== 'message') return;
    const { begin, fields } = frame.message;
    const body = fields.map(([tag, value]) => `${tag}=${value}`).join('|');
    expect(text).toBe(`8=${begin}|9=${body.length + 1}|${body}|10=${text.slice(-4, -1)}|`);
    expect(checkSum(soh(text).slice(0, -7))).toBe(text.slice(-4, -1));
  });
});

/** Written by another engine, jspurefix 5.11.4, in a session with this acceptor and in one with this client. */
const RECORDED = [
  '8=FIX.4.4|9=0000097|35=A|49=DESK|56=COUNTERWEIGHT|34=1|57=fix|52=20261126-18:31:37.320|98=0|108=30|141=Y|553=u|554=p|10=191|',
  '8=FIX.4.4|9=0000138|35=D|49=DESK|56=COUNTERWEIGHT|34=2|57=fix|52=20261126-18:31:37.629|11=p1|55=688256|54=1|60=20261126-18:31:37.629|38=200|40=2|44=1300|59=1|10=034|',
  '8=FIX.4.4|9=0000144|35=G|49=DESK|56=COUNTERWEIGHT|34=4|57=fix|52=20261126-18:31:37.637|41=p1|11=p3|55=688256|54=1|60=20261126-18:31:37.629|38=300|40=2|44=1290|59=1|10=114|',
  '8=FIX.4.4|9=0000126|35=F|49=DESK|56=COUNTERWEIGHT|34=5|57=fix|52=20261126-18:31:37.637|41=p3|11=p4|55=688256|54=1|60=20261126-18:31:37.637|38=300|10=081|',
  '8=FIX.4.4|9=0000088|35=H|49=DESK|56=COUNTERWEIGHT|34=6|57=fix|52=20261126-18:31:37.637|11=p3|55=688256|54=1|10=250|',
  '8=FIX.4.4|9=0000195|35=8|49=COUNTERWEIGHT|56=DESK|34=3|57=fix|52=20261126-18:32:19.600|37=X-z2|11=z2|17=Ez2|150=0|39=0|55=688256|54=1|38=300|40=2|44=1299.5|59=0|151=300|14=0|6=0|75=20250905|60=20261126-18:32:19.600|10=243|',
  '8=FIX.4.4|9=0000091|35=5|49=DESK|56=COUNTERWEIGHT|34=7|57=fix|52=20261126-18:31:39.139|58=peer initiate logout|10=099|',
];

test('a session of another engine is read without an objection', () => {
  const frames = all(soh(RECORDED.join('')));
  expect(frames.map(({ kind }) => kind)).toEqual(RECORDED.map(() => 'message'));
  for (const found of messages(frames)) expect(checkMessage(found)).toEqual({ issues: [], unsupported: [] });
});

const value = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((c) => String.fromCharCode(c)),
  minLength: 1,
});
const message = fc.record({
  type: fc.constantFrom('0', 'D', '8', 'AE'),
  seq: fc.integer({ min: 1, max: 999_999_999 }),
  ms: fc.integer({ min: 0, max: 4e12 }),
  body: fc.array(
    fc.tuple(
      fc.integer({ min: 1, max: 9999 }).filter((tag) => ![8, 9, 10].includes(tag)),
      value,
    ),
  ),
});

interface Written {
  readonly type: string;
  readonly seq: number;
  readonly ms: number;
  readonly body: readonly (readonly [number, string])[];
}

const encoded = ({ type, seq, ms, body }: Written): string =>
  encodeMessage(type, { sender: 'A', target: 'B', seq, sendingTime: formatTimestamp(ms) }, body);

describe('reading', () => {
  test('gives back what was written, whatever pieces it comes in', () => {
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 90 })),
        (list, lengths) => {
          const read = messages(inPieces(list.map(encoded).join(''), lengths));
          expect(read.map(({ type }) => type)).toEqual(list.map(({ type }) => type));
          read.forEach((found, i) => {
            expect(Number(valueOf(found, 34))).toBe(list[i].seq);
            expect(found.fields.slice(5)).toEqual(list[i].body);
          });
        },
      ),
    );
  });

  test('takes any bytes, keeps little, and loses no byte of sight', () => {
    const junk = fc.string({
      unit: fc.constantFrom('8', '=', 'F', 'I', 'X', '.', '4', '1', '0', '9', SOH, 'z', '\u00ff'),
    });
    fc.assert(
      fc.property(fc.array(junk, { maxLength: 40 }), (pieces) => {
        let rest = '';
        let seen = 0;
        for (const piece of pieces) {
          const read = readFrames(rest, piece);
          rest = read.rest;
          for (const frame of read.frames) if (frame.kind === 'garbled') seen += frame.bytes;
          expect(rest.length).toBeLessThan(LONGEST_MESSAGE);
        }
        expect(seen + rest.length).toBe(pieces.join('').length);
      }),
      { numRuns: 500 },
    );
  });

  test('finds the messages among garbled ones, the same in any pieces', () => {
    const damaged = fc.tuple(message, fc.nat(), fc.integer({ min: 0, max: 255 })).map(([one, at, byte]) => {
      const text = encoded(one);
      const place = at % text.length;
      return text.slice(0, place) + String.fromCharCode(byte) + text.slice(place + 1);
    });
    const cut = fc.tuple(message, fc.nat()).map(([one, at]) => encoded(one).slice(0, at % 60));
    const parts = fc.array(fc.oneof(message.map(encoded), damaged, cut), { maxLength: 8 });
    fc.assert(
      fc.property(parts, fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), (texts, lengths) => {
        const bytes = texts.join('');
        expect(messages(inPieces(bytes, lengths))).toEqual(messages(all(bytes)));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['a length too long swallows nothing', soh('8=FIX.4.4|9=999|35=0|34=2|10=000|')],
    ['a length too short', soh('8=FIX.4.4|9=2|35=0|34=2|10=000|')],
    [
      'a wrong sum',
      encodeMessage('0', { sender: 'A', target: 'B', seq: 1, sendingTime: 't' }, []).replace(
        /10=.../,
        '10=999',
      ),
    ],
    ['fields out of order', soh('9=5|8=FIX.4.4|35=0|10=161|')],
    ['no end', soh('8=FIX.4.4|9=5|35=0|')],
    ['more than a message may be', `8=FIX.4.4${'x'.repeat(3 * LONGEST_MESSAGE)}`],
  ])('%s: the message after it is read', (_, bad) => {
    const good = encodeMessage('0', { sender: 'A', target: 'B', seq: 7, sendingTime: 't' }, []);
    expect(messages(all(bad + good)).map((found) => valueOf(found, 34))).toEqual(['7']);
  });

  test('a value never ends its field', () => {
    const text = encodeMessage('5', { sender: 'A', target: 'B', seq: 1, sendingTime: 't' }, [
      [58, `x${SOH}10=000${SOH}中`],
    ]);
    const [found] = messages(all(text));
    expect(valueOf(found, 58)).toBe('x?10=000??');
  });
});

test('times are those of the calendar', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (ms) => {
      const iso = new Date(ms).toISOString();
      expect(formatTimestamp(ms)).toBe(
        iso
          .slice(0, -1)
          .replace('T', '-')
          .replace(/-(?=.*-)/g, ''),
      );
      expect(parseTimestamp(formatTimestamp(ms))).toBe(ms);
    }),
  );
  for (const wrong of [
    '20250230-00:00:00',
    '20250101-24:00:00',
    '20250101 00:00:00',
    '2025-01-01',
    'NaN',
    '',
  ]) {
    expect(parseTimestamp(wrong)).toBeUndefined();
  }
});
