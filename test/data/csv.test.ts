/** CSV reading: every mistake a file can hold, said so that the person who made it can mend it. */
import { createWriteStream, rmSync } from 'node:fs';
import { once } from 'node:events';
import { stringify } from 'csv-stringify/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/core/base/errors.js';
import {
  isoDay,
  nonNegativeNumber,
  optional,
  positiveNumber,
  readCsv,
  refuseIssues,
  required,
  text,
  type CsvSource,
} from '../../src/data/csv.js';
import { parseDay } from '../../src/core/calendar/day.js';
import { scratch } from './scratch.js';

const { path, write } = scratch();

interface Row {
  readonly name: string;
  readonly price: number;
  readonly note: string | undefined;
}

const table = {
  columns: {
    name: required(text),
    price: required(positiveNumber('negative_price', 'a price above 0')),
    note: optional(text),
  },
  key: { columns: ['name'] as const, of: ({ name }: Row) => name },
  row: (fields: Row): Row => fields,
};

const read = (content: string | Uint8Array, encoding?: CsvSource['encoding']) =>
  readCsv({ file: write('F.csv', content), ...(encoding && { encoding }) }, table);

const row = (name: string, price: number, note?: string): Row => ({ name, price, note });

/** Good rows, and each issue as `code path line`. */
async function summary(content: string | Uint8Array, encoding?: CsvSource['encoding']) {
  const { rows, issues } = await read(content, encoding);
  return { rows, issues: issues.map((issue) => `${issue.code} ${issue.path} ${issue.line ?? '-'}`) };
}

async function onlyIssue(content: string | Uint8Array, encoding?: CsvSource['encoding']) {
  const { issues } = await read(content, encoding);
  expect(issues).toHaveLength(1);
  return issues[0];
}

describe('good files', () => {
  it('reads columns in any order and letter case, ignoring extra ones', async () => {
    const { rows, issues } = await read('Extra,PRICE,Name\nx,1.5,a\ny,2e3,b\n');
    expect(issues).toEqual([]);
    expect(rows).toEqual([row('a', 1.5), row('b', 2000)]);
  });

  it('reads a byte order mark, CR LF and a missing last line end', async () => {
    expect(await read('\uFEFFname,price\r\na,1\r\nb,2')).toEqual({
      rows: [row('a', 1), row('b', 2)],
      issues: [],
    });
  });

  it('reads CR alone as a line end', async () => {
    expect(await summary('name,price\ra,1\rb,x\r')).toEqual({
      rows: [row('a', 1)],
      issues: ['not_a_number price 3'],
    });
  });

  it('reads quotes, commas and line ends inside values', async () => {
    const { rows } = await read('name,price,note\n"a, ""b""\r\nc",1 , "d" \n');
    expect(rows).toEqual([row('a, "b"\nc', 1, 'd')]);
  });

  it('passes over blank lines and lines of bare commas', async () => {
    expect(await summary('name,price\n\na,1\n\n,\nb,x\n\n')).toEqual({
      rows: [row('a', 1)],
      issues: ['not_a_number price 6'],
    });
  });

  it('reads GB18030 when told to', async () => {
    const { rows, issues } = await read(gbk('name,price\n', CAMBRICON, ',1\n'), 'gb18030');
    expect({ rows, issues }).toEqual({ rows: [row('寒武纪', 1)], issues: [] });
  });
});

describe('wrong values', () => {
  it('a negative price', async () => {
    const issue = await onlyIssue('name,price\na,1\nb,-2.5\n');
    expect(issue).toEqual({
      code: 'negative_price',
      path: 'price',
      file: path('F.csv'),
      line: 3,
      value: '-2.5',
      expected: 'a price above 0',
    });
  });

  it('a duplicated row, with the line of the first; the first is kept', async () => {
    const { rows, issues } = await read('name,price\na,1\nb,2\na,3\n');
    expect(rows).toEqual([row('a', 1), row('b', 2)]);
    expect(issues).toMatchObject([{ code: 'duplicate_row', path: 'name', line: 4, value: 'a' }]);
    expect(issues[0].expected).toBe('one row only; line 2 has the same name');
  });

  it('a missing value', async () => {
    expect(await summary('name,price\na,\n')).toEqual({ rows: [], issues: ['missing_value price 2'] });
  });

  it('every wrong value of a line, and every wrong line', async () => {
    const { rows, issues } = await summary('name,price\n,x\nb,2\nc,0\n');
    expect(rows).toEqual([row('b', 2)]);
    expect(issues).toEqual(['missing_value name 2', 'not_a_number price 2', 'negative_price price 4']);
  });

  it('a line with too few or too many values', async () => {
    const { rows, issues } = await read('name,price\na\nb,1,2\nc,3\n');
    expect(rows).toEqual([row('c', 3)]);
    expect(issues).toMatchObject([
      { code: 'wrong_column_count', line: 2, value: 1 },
      { code: 'wrong_column_count', line: 3, value: 3 },
    ]);
  });

  it('the line a record begins on, after values with line ends in them', async () => {
    const { issues } = await summary('name,price,note\r\na,1,"x\r\ny\r\nz"\r\nb,bad,"p\r\nq"\r\n');
    expect(issues).toEqual(['not_a_number price 5']);
  });

  it('a long value, cut to 80 characters', async () => {
    const { value } = await onlyIssue(`name,price\na,${'x'.repeat(1000)}\n`);
    expect(value).toBe(`${'x'.repeat(79)}…`);
  });

  it('250 wrong lines: 200 are listed, the rest counted', async () => {
    const { issues } = await read(`name,price\n${'a,x\n'.repeat(250)}`);
    expect(issues).toHaveLength(201);
    expect(issues[200]).toMatchObject({ code: 'more_issues', value: 50 });
    expect(() => refuseIssues('F.csv', { rows: [], issues })).toThrow(
      'F.csv: 250 problems, nothing was used',
    );
  });
});

describe('wrong headers', () => {
  it('all missing columns at once, with the nearest name that is there', async () => {
    const { rows, issues } = await read('nmae,prcie\na,1\n');
    expect(rows).toEqual([]);
    expect(issues).toMatchObject([
      { code: 'missing_column', path: 'name', line: 1 },
      { code: 'missing_column', path: 'price', line: 1 },
    ]);
    expect(issues.map(({ expected }) => expected)).toEqual([
      'a column named name; did you mean name where it says nmae?',
      'a column named price; did you mean price where it says prcie?',
    ]);
  });

  it('no guess when nothing is near', async () => {
    expect((await onlyIssue('name,weight\na,1\n')).expected).toBe('a column named price');
  });

  it('a column named twice', async () => {
    expect(await onlyIssue('name,price,Price\na,1,2\n')).toMatchObject({
      code: 'duplicate_column',
      value: 'Price',
    });
  });

  it('other separators than commas', async () => {
    const issue = await onlyIssue('name;price\na;1\n');
    expect(issue).toMatchObject({
      code: 'wrong_separator',
      expected: 'commas between the values; this file has ";"',
    });
  });
});

describe('files that are not what they seem', () => {
  it('an empty file', async () => {
    for (const content of ['', '\uFEFF', '\n\n', '\r\n']) {
      expect(await onlyIssue(content)).toMatchObject({ code: 'empty_file' });
    }
  });

  it('a header only', async () => {
    for (const content of ['name,price', 'name,price\r\n', 'name,price\n,\n']) {
      expect(await onlyIssue(content)).toMatchObject({ code: 'no_rows' });
    }
  });

  it('GBK, where UTF-8 was expected: byte, line, and what it looks like', async () => {
    const { rows, issues } = await read(gbk('name,price\na,1\n', CAMBRICON, ',2\n'));
    expect(rows).toEqual([row('a', 1)]);
    expect(issues).toMatchObject([{ code: 'not_utf8', line: 3, value: '0xba' }]);
    expect(issues[0].expected).toBe(
      'UTF-8 text (byte offset 15); nothing from line 3 on was read; ' +
        'looks like GBK/GB18030; save it as UTF-8 or pass --encoding gb18030',
    );
  });

  it('Latin-1, which is not taken for GBK', async () => {
    const { code, expected } = await onlyIssue(Buffer.from('name,price\ncaf\u00e9,2\n', 'latin1'));
    expect(code).toBe('not_utf8');
    expect(expected).toMatch(/save it as UTF-8$/);
  });

  it('a character cut off at the end of the file', async () => {
    const cut = Buffer.from('name,price\na,1\nb中').subarray(0, -1);
    expect(await summary(cut)).toEqual({ rows: [row('a', 1)], issues: ['not_utf8  3'] });
  });

  it('UTF-8, where GB18030 was said', async () => {
    expect(await onlyIssue('name,price\n中,1\n', 'gb18030')).toMatchObject({
      code: 'not_gb18030',
      line: 2,
    });
  });

  it('UTF-16, as spreadsheets call "Unicode text"', async () => {
    const { code, expected } = await onlyIssue(Buffer.from('\uFEFFname,price\na,1\n', 'utf16le'));
    expect({ code, expected }).toEqual({
      code: 'not_utf8',
      expected: 'UTF-8; looks like UTF-16: save it as UTF-8',
    });
  });

  it('an .xlsx and other binary files', async () => {
    const workbook = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(5000, 0xa7)]);
    expect(await onlyIssue(workbook)).toMatchObject({ code: 'not_a_csv' });
    expect((await onlyIssue(workbook)).expected).toContain('save it as "CSV UTF-8"');
    expect(await onlyIssue(Buffer.from('name,price\na\0,1\n'))).toMatchObject({ code: 'not_a_csv', line: 2 });
    expect(await onlyIssue(Buffer.alloc(3_000_000))).toMatchObject({ code: 'not_a_csv', line: 1 });
  });

  it('a quote that is never closed, told from the line it opens in', async () => {
    expect(await summary('name,price\n\na,1\n\n"b,2\nc,3\n')).toEqual({
      rows: [row('a', 1)],
      issues: ['unclosed_quote  5'],
    });
    expect(await summary('name,price\na,1\n"b,2\n"c",3\n')).toEqual({
      rows: [row('a', 1)],
      issues: ['unclosed_quote  3'],
    });
    const long = `name,price\na,1\n"b,2\n${'c,3\n'.repeat(1_000_000)}`;
    expect(await summary(long)).toEqual({ rows: [row('a', 1)], issues: ['unclosed_quote  3'] });
  });

  it('a quote in the middle of a value', async () => {
    expect(await summary('name,price\na,1\nb "x" c,2\nd,3\n')).toEqual({
      rows: [row('a', 1)],
      issues: ['stray_quote  3'],
    });
  });

  it('a fault is listed also after more issues than are listed', async () => {
    const { issues } = await read(`name,price\n${'a,x\n'.repeat(250)}"b,2\n`);
    expect(issues.slice(199)).toMatchObject([
      { code: 'unclosed_quote', line: 252 },
      { code: 'more_issues', value: 51 },
    ]);
  });

  it('a file that is not there, and a folder', async () => {
    await expect(readCsv({ file: path('none.csv') }, table)).rejects.toMatchObject({
      code: 'file_not_found',
    });
    await expect(readCsv({ file: path('.') }, table)).rejects.toMatchObject({ code: 'not_a_file' });
  });
});

describe('a line without end', () => {
  it.each(['a', ',', '"', '," "'])('200 MB of %j: answered at once, in bounded memory', async (unit) => {
    const file = path('long.csv');
    await writeRepeated(file, 'name,price\na,1\n', unit, 200_000_000);
    const before = process.memoryUsage().rss;
    const started = performance.now();
    const { rows, issues } = await readCsv({ file }, table);
    const grownBytes = process.memoryUsage().rss - before;
    const tookMs = performance.now() - started;
    rmSync(file);
    expect(rows).toEqual([row('a', 1)]);
    expect(issues).toMatchObject([{ code: 'line_too_long', line: 3 }]);
    expect(issues[0].expected).toBe('at most 1048576 bytes in a line; nothing from line 3 on was read');
    expect(grownBytes).toBeLessThan(100e6);
    expect(tookMs).toBeLessThan(2000);
  });

  it('just under and just over the limit', async () => {
    const line = (bytes: number): string => `name,price\n${'x'.repeat(bytes - 2)},1\n`;
    expect((await summary(line(1 << 20))).issues).toEqual([]);
    expect((await summary(line((1 << 20) + 10))).issues).toEqual(['line_too_long  2']);
  });
});

describe('numbers and days', () => {
  const number = positiveNumber('not_positive');

  it.each(['1', '+1', '1.', '.5', '0.5', '1e3', '1.5E-3', '007'])('takes %s', (written) => {
    expect(number(written)).toEqual({ ok: true, value: Number(written) });
  });

  it.each([
    ['1,234,567.8', 'a number without thousands separators: 1234567.8'],
    ['5.1%', 'a fraction and no percent sign: 0.051'],
    ['0x1F', 'a decimal number such as 1234.5, not a hexadecimal one'],
    ['NaN', 'a number such as 1234.5; leave out the row, or an optional value, when it is not known'],
    ['-Infinity', 'a number such as 1234.5; leave out the row, or an optional value, when it is not known'],
    ['#N/A', 'a number such as 1234.5; leave out the row, or an optional value, when it is not known'],
    ['1,5', 'a decimal point and no other separators: 1234.5'],
    ['1.234,5', 'a decimal point and no other separators: 1234.5'],
    ['1e999', 'a number below 1.8e308'],
    ['¥5', 'a number such as 1234.5 or 1.2345e3, without units or separators'],
    ['1 000', 'a number such as 1234.5 or 1.2345e3, without units or separators'],
  ])('refuses %s, saying what to write', (written, expected) => {
    expect(number(written)).toEqual({ ok: false, code: 'not_a_number', expected });
  });

  it('tells zero and negative numbers from no numbers', () => {
    expect(number('0')).toEqual({ ok: false, code: 'not_positive', expected: 'a number above 0' });
    expect(nonNegativeNumber('-0')).toEqual({ ok: true, value: 0 });
    expect(nonNegativeNumber('-1')).toMatchObject({ code: 'negative_number' });
  });

  it('takes ISO days only, and says how another form would be written', () => {
    expect(isoDay('2025-09-15')).toEqual({ ok: true, value: parseDay('2025-09-15') });
    for (const written of ['20250915', '2025/9/15', '2025年9月15日', '2025-09-15 00:00:00']) {
      expect(isoDay(written)).toMatchObject({ expected: 'a day such as 2025-09-15; write 2025-09-15' });
    }
    expect(isoDay('2025-02-30')).toMatchObject({ code: 'not_a_date', expected: 'a day that exists' });
    expect(isoDay('09/15/2025')).toMatchObject({ code: 'not_a_date', expected: 'a day such as 2025-09-15' });
  });
});

describe('refuseIssues', () => {
  it('hands over the rows of a good file', () => {
    expect(refuseIssues('F.csv', { rows: [1, 2], issues: [] })).toEqual([1, 2]);
  });

  it('throws every issue of a bad one', async () => {
    const result = await read('name,price\na,x\nb,-1\nc,\n');
    const attempt = () => refuseIssues('F.csv', result);
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(
      expect.objectContaining({
        code: 'invalid_csv',
        message: 'F.csv: 3 problems, nothing was used',
        issues: result.issues,
      }),
    );
  });
});

describe('any file', () => {
  const csvish = fc
    .array(
      fc.constantFrom(
        'name',
        'price',
        ',',
        ',',
        '\n',
        '\n',
        '\r',
        '"',
        ' ',
        '1',
        '-',
        'a',
        '中',
        '\u00ff',
        '\0',
      ),
      {
        maxLength: 60,
      },
    )
    .map((parts) => Buffer.from(`name,price\n${parts.join('')}`));

  it('gives rows and issues, or an InputError, and never anything else', async () => {
    const anything = fc.oneof(fc.uint8Array({ maxLength: 300 }), csvish);
    await fc.assert(
      fc.asyncProperty(
        anything,
        fc.constantFrom('utf-8' as const, 'gb18030' as const),
        async (bytes, encoding) => {
          const { rows, issues } = await read(bytes, encoding);
          expect(rows.length + issues.length).toBeGreaterThan(0);
          for (const { name, price } of rows) expect(name !== '' && price > 0).toBe(true);
          for (const issue of issues) expect(issue.expected).not.toBe('');
        },
      ),
      { numRuns: 400 },
    );
  });

  it('gives back any good table that was written', async () => {
    const word = fc
      .oneof(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'x', ' ') }),
      )
      .filter((value) => !value.includes('\0'))
      .map((value) => value.replace(/\r\n?/g, '\n').trim());
    const price = fc.double({ min: 0, minExcluded: true, noNaN: true, noDefaultInfinity: true });
    const anyRow = fc.record({ name: word.filter((name) => name !== ''), price, note: word });
    const tables = fc.uniqueArray(anyRow, { selector: ({ name }) => name, minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        tables,
        fc.boolean(),
        fc.constantFrom('\n', '\r\n'),
        async (rows, bom, recordDelimiter) => {
          const format = { header: true, bom, record_delimiter: recordDelimiter, quoted_match: /[\r\n]/ };
          const content = stringify(rows, format);
          const expected = rows.map(({ name, price: number, note }) =>
            row(name, number, note === '' ? undefined : note),
          );
          expect(await read(content)).toEqual({ rows: expected, issues: [] });
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** GBK bytes of 寒武纪. */
const CAMBRICON = Buffer.from([0xba, 0xae, 0xce, 0xe4, 0xbc, 0xcd]);

function gbk(...parts: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

/** Writes `head` and then `unit` again and again, without holding it in memory. */
async function writeRepeated(file: string, head: string, unit: string, totalBytes: number): Promise<void> {
  const out = createWriteStream(file);
  const block = Buffer.from(unit.repeat(Math.floor(1_000_000 / unit.length)));
  out.write(head);
  for (let written = 0; written < totalBytes; written += block.length) {
    if (!out.write(block)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
