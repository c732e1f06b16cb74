/** Whatever the text is, the checker answers, its claims lie in the text, and twice the text takes no more than its share. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Checked } from '../../../src/core/index.js';
import { checker } from './checker.js';

const check = await checker();

/** Pieces that mean something, so that random texts reach the grammar. */
const PIECES = [
  'Cambricon',
  '寒武纪',
  'Moutai',
  'STAR 50',
  '科创50',
  'the index',
  'rose',
  'fell',
  '上涨',
  '下跌',
  '14.45%',
  '8 billion yuan',
  '54.5亿元',
  '43x',
  'doubled',
  '翻倍',
  'about',
  '超过',
  'on September 4',
  '2025-09-04',
  '8月27日',
  'last week',
  '上周',
  'H1',
  '2025年上半年',
  'revenue',
  '营收',
  'net profit',
  '净利润',
  'weight',
  '权重',
  'P/E',
  '市盈率',
  'passed',
  '超越',
  'turned positive',
  '扭亏为盈',
  'passive selling',
  '被动卖出',
  'record high',
  'to',
  'from',
  'by',
  'and',
  '，',
  '.',
  '。',
  '(',
  ')',
  '<b>',
  '</b>',
  '&nbsp;',
  '-',
  '1e9',
  '0',
  '99999999999999999999',
  '%',
  'not',
  '没有',
  'if',
  '如果',
  '\n',
  '最贵',
  'in 2025',
  'between',
  'the week to',
  'past five sessions',
  '近5个交易日',
  'capped at',
  'top five',
  '前五大',
  'times',
  '倍',
  '的',
  '年',
  '月',
  '日',
];

const sound = ({ text, claims }: Checked): void => {
  for (const { start, end, quote, why, verdict, figure } of claims) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeLessThanOrEqual(text.length);
    expect(text.slice(start, end)).toBe(quote);
    expect(why.en === '' || why.zh === '').toBe(false);
    if (verdict !== 'not-checkable') expect(figure).toBeDefined();
  }
};

describe('any text is answered', () => {
  test('characters of all kinds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => sound(check(text))),
      { numRuns: 150 },
    );
  });
  test('words of the grammar in any order', () => {
    const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(' '));
    fc.assert(
      fc.property(texts, (text) => sound(check(text))),
      { numRuns: 250 },
    );
  });
  test('the same text gives the same answer', () => {
    const text = 'Cambricon fell 14.45% on 2025-09-04. 寒武纪市盈率520倍。';
    expect(check(text)).toEqual(check(text));
  });
});

/** Texts that make a careless scanner slow: openings that never close, digits without end, words that nearly match. */
const SLOW = ['<', '<!--', '&#x', '((', '1 ', '1亿', 'the week to ', 'from 1 to 2 ', '-'];

/** Digits of both widths, marks of writing direction, NUL, tags in tags, quotes that nothing closes. */
const LONG = ['7', '７', '\u202e1,202\u202c ', '\0', '<b><i>', '</b>', '“"'];

/** Milliseconds of the processor, not of the clock: the machine may do other things. */
function spent(piece: string, length: number): number {
  const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
  const start = process.cpuUsage();
  check(text);
  return process.cpuUsage(start).user / 1_000;
}

describe('the work grows with the text and no faster', () => {
  test.each(SLOW)('%j', (piece) => {
    const [short, long] = [Math.min(spent(piece, 2_000), spent(piece, 2_000)), spent(piece, 16_000)];
    // Eight times the text; squared it would be sixty-four times the work.
    expect(long).toBeLessThan(24 * short + 150);
  });
  // On a machine that does nothing else none of these takes a second.
  test.each(LONG)('100 kB of %j', (piece) => {
    const short = Math.min(spent(piece, 12_500), spent(piece, 12_500));
    expect(spent(piece, 100_000)).toBeLessThan(24 * short + 150);
  });
  test('a text of more than a megabyte is cut, and says so', () => {
    const { text, findings } = check(`${'a'.repeat(1_200_000)} Cambricon`);
    expect(text.length).toBe(1_000_000);
    expect(findings.map(({ code }) => code)).toContain('text_cut');
  });
});

describe('markup is taken out and never followed', () => {
  const CLOSED = 'Cambricon closed at <b>1,202</b> yuan on 2025-09-04';
  test.each([
    ['tags inside a number’s sentence', CLOSED],
    ['entities', 'Cambricon&nbsp;closed at 1&#44;202&nbsp;yuan on 2025-09-04'],
    ['scripts', `<script>Cambricon closed at 1,405 yuan on 2025-09-04</script>${CLOSED}`],
    ['comments', `<!-- Cambricon closed at 1,405 yuan on 2025-09-04 -->${CLOSED}`],
    ['full-width digits', 'Cambricon closed at １,２０２ yuan on 2025-09-04'],
    ['characters without width', 'Cambricon closed at 1,2\u200b02 yuan on 2025-09-04'],
  ])('%s', (_, text) => {
    const { claims } = check(text);
    expect(claims.map(({ verdict, claimed }) => [verdict, claimed])).toEqual([['right', 1202]]);
  });
  test('a sign that is no tag stays', () =>
    expect(check('P/E < 50 and > 20').text).toBe('P/E < 50 and > 20'));
  test('an open tag is text', () => expect(check('a <b without an end').text).toBe('a <b without an end'));
});
