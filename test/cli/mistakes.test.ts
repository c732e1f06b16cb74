/** Files with mistakes in them: every problem is listed with its line, nothing is used by halves, nothing is lost. */
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { scratch } from '../data/scratch.js';
import { ROOT } from '../tidy/files.js';
import type { ErrorDocument, WeighDocument } from './documents.js';
import { jsonOf, run, type Ended } from './run.js';

const files = scratch();
const DATA = files.path('data');
const weigh = (input: string, ...words: string[]): string[] => [
  'weigh',
  'star-50',
  '--date',
  '2025-09-15',
  '--input',
  input,
  ...words,
];
const importing = (input: string, ...words: string[]): string[] => [
  'import',
  'prices',
  input,
  '--data',
  DATA,
  ...words,
];

/** What a failed run lists: `line path code`. */
function listed(ended: Ended): string[] {
  expect(ended.code).toBe(2);
  const { error } = jsonOf<ErrorDocument>(ended);
  expect(error).toMatchObject({ kind: 'input', code: 'invalid_csv' });
  return error.issues.map(({ line, path, code }) => `${line} ${path} ${code}`);
}

/** Files of the data folder with their bytes. */
const held = (): Record<string, string> =>
  Object.fromEntries(readdirSync(DATA).map((name) => [name, readFileSync(join(DATA, name), 'base64')]));

beforeAll(async () => {
  mkdirSync(DATA);
  const earlier = files.write('earlier.csv', 'date,code,close\n2025-09-12,688256,1500\n');
  expect(await run(importing(earlier))).toMatchObject({ code: 0, stderr: '' });
});

/** 寒武纪 in the encoding of Chinese spreadsheets. */
const GBK = Buffer.from([0xba, 0xae, 0xce, 0xe4, 0xbc, 0xcd]);
const lines = (...text: string[]): string => `${text.join('\n')}\n`;

interface Fault {
  readonly content: string | Buffer;
  readonly issues: readonly string[];
}

const PRICES: Readonly<Record<string, Fault>> = {
  'wrong values in several lines': {
    content: lines(
      'date,code,close',
      '2025-09-12,688256,-1500',
      '2025-09-12,688981,120',
      '2025-09-12,688981,121',
      '2025-09-12,600519,50',
      '2025-09-13,688041,200',
      '2025-02-30,688041,n/a',
      '2025-09-12,688008,1e308',
    ),
    issues: [
      '2 close negative_price',
      '4 code, date duplicate_row',
      '5 code unknown_code',
      '6 date not_a_session',
      '7 date not_a_date',
      '7 close not_a_number',
      '8 close out_of_range',
    ],
  },
  'columns missing': {
    content: lines('day,code', '2025-09-12,688256'),
    issues: ['1 date missing_column', '1 close missing_column'],
  },
  'another encoding': {
    content: Buffer.concat([
      Buffer.from('date,code,close,name\n2025-09-12,688256,1500,'),
      GBK,
      Buffer.from('\n'),
    ]),
    issues: ['2  not_utf8'],
  },
  'nothing at all': { content: '', issues: ['null  empty_file'] },
  'a header only': { content: lines('date,code,close'), issues: ['null  no_rows'] },
};

const CAPS: Readonly<Record<string, Fault>> = {
  'wrong values in several lines': {
    content: lines(
      'id,marketCap,weightInForce',
      'A,-5,',
      'B,1e9,5.43',
      'C,1e9,',
      'C,1e9,',
      'D,,',
      'E,1e308,',
    ),
    issues: [
      '2 marketCap not_positive',
      '3 weightInForce not_a_fraction',
      '5 id duplicate_row',
      '6 marketCap missing_value',
      '7 marketCap out_of_range',
    ],
  },
  'columns missing': { content: lines('id,mcap', 'A,1'), issues: ['1 marketCap missing_column'] },
  'another encoding': {
    content: Buffer.concat([Buffer.from('id,marketCap,issuer\nA,1,'), GBK, Buffer.from('\n')]),
    issues: ['2  not_utf8'],
  },
  'nothing at all': { content: '', issues: ['null  empty_file'] },
  'a header only': { content: lines('id,marketCap'), issues: ['null  no_rows'] },
};

describe.each([
  ['import prices', PRICES, importing],
  ['weigh --input', CAPS, weigh],
])('%s', (command, faults, words) => {
  it.each(Object.keys(faults))('%s', async (name) => {
    const before = held();
    const file = files.write(`${command.slice(0, 5)}.csv`, faults[name].content);
    const ended = await run(words(file, '--json'));
    expect(listed(ended)).toEqual(faults[name].issues);
    expect(jsonOf<ErrorDocument>(ended).error.message).toMatch(/problems?, nothing was used$/);
    expect(held()).toEqual(before);
  });

  it('a line of 200 MB is given up after its first megabyte', async () => {
    const before = held();
    const file = oneLine(files.path('line.csv'), 200);
    const started = performance.now();
    expect(listed(await run(words(file, '--json')))).toEqual(['1  line_too_long']);
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(held()).toEqual(before);
  });
});

function oneLine(path: string, megabytes: number): string {
  const block = Buffer.alloc(1 << 20, 'x');
  const file = openSync(path, 'w');
  for (let i = 0; i < megabytes; i++) writeSync(file, block);
  closeSync(file);
  return path;
}

describe('people read', () => {
  it('each problem with file and line, then a count', async () => {
    const file = files.write('prices.csv', PRICES['wrong values in several lines'].content);
    const { code, stdout, stderr } = await run(importing(file));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const text = stderr.trimEnd().split('\n');
    expect(text[0]).toBe(`${file}: 7 problems, nothing was used`);
    expect(text[1]).toBe(`  ${file}:2 close is "-1500", expected a price above 0 [negative_price]`);
    expect(text.slice(1, -1).every((line) => line.startsWith(`  ${file}:`))).toBe(true);
    expect(text.at(-1)).toBe('7 problems');
  });

  it('which encoding it looks like; with --encoding it works', async () => {
    const rows = Array.from({ length: 20 }, (_, i) =>
      Buffer.concat([Buffer.from(`ID${i},${100 - i},`), GBK, Buffer.from(`${i}\n`)]),
    );
    const file = files.write('gbk.csv', Buffer.concat([Buffer.from('id,marketCap,issuer\n'), ...rows]));
    expect((await run(weigh(file))).stderr).toContain('--encoding gb18030');
    const { weights } = jsonOf<WeighDocument>(await run(weigh(file, '--encoding', 'gb18030', '--json')));
    expect(weights.map(({ issuer }) => issuer)).toContain('寒武纪0');
    const prices = files.write('gbk-prices.csv', PRICES['another encoding'].content);
    const checked = await run(importing(prices, '--check', '--encoding', 'gb18030'));
    expect(checked).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('a rulebook file', () => {
  const STAR_50 = readFileSync(join(ROOT, 'rulebooks', 'star50.yaml'), 'utf8');
  const TWELVE = files.write(
    'twelve.csv',
    lines('id,marketCap', ...Array.from({ length: 12 }, (_, i) => `X${i},${100 - i}`)),
  );

  it('with three faults: all three, with file and line, wherever it is used', async () => {
    const faults: [from: string, to: string, path: string][] = [
      ['confidence: official', 'confidence: sure', 'confidence'],
      ['monthEnd: -2', 'monthEnds: -2', 'steps'],
      ['kind: single, cap: 0.1', 'kind: single, cap: 1.5', 'cap'],
    ];
    const text = faults.reduce((yaml, [from, to]) => yaml.replace(from, to), STAR_50);
    const file = files.write('faults.yaml', text);
    for (const words of [
      ['rulebook', 'check', file, '--json'],
      ['weigh', file, '--date', '2025-09-15', '--input', TWELVE, '--json'],
    ]) {
      const ended = await run(words);
      expect(ended.code).toBe(2);
      const { error } = jsonOf<ErrorDocument>(ended);
      expect(error).toMatchObject({ kind: 'input', code: 'invalid_rulebook' });
      for (const [, to, path] of faults) {
        const line = text.slice(0, text.indexOf(to)).split('\n').length;
        const found = error.issues.filter((issue) => issue.line === line && issue.path.includes(path));
        expect(found, `${to} in line ${line}`).not.toEqual([]);
        expect(found[0].file).toContain('faults.yaml');
      }
    }
  });

  it('whose cap cannot be met by the names there are: a refusal with the smallest cap that can', async () => {
    const file = files.write(
      'tight.yaml',
      STAR_50.replace('kind: single, cap: 0.1', 'kind: single, cap: 0.05'),
    );
    const words = ['weigh', file, '--date', '2025-09-15', '--input', TWELVE];
    const { code, stdout, stderr } = await run(words);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('8.333333 %');
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    const document = jsonOf<{ error: object }>(await run([...words, '--json']));
    expect(document.error).toMatchObject({
      kind: 'refusal',
      code: 'infeasible_cap',
      issues: [],
      numbers: { cap: 0.05, members: 12, smallestFeasibleCap: 1 / 12 },
    });
  });
});
