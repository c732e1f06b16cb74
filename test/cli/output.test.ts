/** Every result four ways out: the JSON of the contract, CSV and xlsx with the same numbers, tables that fit. */
import { readFileSync } from 'node:fs';
import { read, utils } from '@e965/xlsx';
import { parse } from 'csv-parse/sync';
import stringWidth from 'string-width';
import { beforeAll, describe, expect, it } from 'vitest';
import { scratch } from '../data/scratch.js';
import type { FlowsDocument, General, ReadingsDocument, ReviewDocument, WeighDocument } from './documents.js';
import { jsonOf, runAll, type Ended } from './run.js';

const files = scratch();

/** Leading zeros and a code that looks like a number: the ids must stay as they are. */
const CAPS = files.write(
  'caps.csv',
  [
    'id,marketCap,issuer',
    ...Array.from({ length: 20 }, (_, i) => `0006${80 + i},${(40 - i) * 1e9},寒武纪${i}`),
  ].join('\n'),
);

const EFFECTIVE = ['--effective', '2025-09-15'];
const DECEMBER = ['--effective', '2025-12-15'];
const COMMANDS = {
  demo: ['demo', '--no-serve'],
  review: ['review', 'star-50', ...EFFECTIVE],
  flows: ['flows', 'star-50', ...EFFECTIVE],
  readings: ['readings', 'star-50', ...EFFECTIVE],
  weigh: ['weigh', 'star-50', '--date', '2025-09-15', '--input', CAPS],
} as const;
type Name = keyof typeof COMMANDS;
const NAMES = Object.keys(COMMANDS) as Name[];
const LANGUAGES = ['en', 'zh'] as const;

let ended: Record<string, Ended>;

beforeAll(async () => {
  const commands: Record<string, readonly string[]> = {
    alias: ['review', '000688', ...EFFECTIVE, '--json'],
    'flows csv': [...COMMANDS.flows, '--csv'],
    'review december en': ['review', 'star-50', ...DECEMBER],
    'review december zh': ['review', 'star-50', ...DECEMBER, '--lang', 'zh'],
    'flows december en': ['flows', 'star-50', ...DECEMBER],
    'readings december zh': ['readings', 'star-50', ...DECEMBER, '--lang', 'zh'],
  };
  for (const name of NAMES) {
    const words = COMMANDS[name];
    commands[`${name} files`] = [...words, '--json', '--csv', csvFile(name), '--xlsx', xlsxFile(name)];
    commands[`${name} json`] = [...words, '--json'];
    for (const language of LANGUAGES) commands[`${name} ${language}`] = [...words, '--lang', language];
  }
  ended = await runAll(commands);
}, 240_000);

const csvFile = (name: string): string => files.path(`${name}.csv`);
const xlsxFile = (name: string): string => files.path(`${name}.xlsx`);
const csvText = (name: string): string => readFileSync(csvFile(name), 'utf8');
const documentOf = <Document>(name: string): Document => jsonOf<Document>(ended[`${name} json`]);

describe('--json', () => {
  it.each(NAMES)('%s: one document, nothing on standard error, the same bytes twice', (name) => {
    const { code, stderr, stdout } = ended[`${name} json`];
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.endsWith('}\n')).toBe(true);
    expect(ended[`${name} files`]).toEqual({ code: 0, stderr: '', stdout });
  });

  it.each(NAMES)('%s: provenance and findings', (name) => {
    const { provenance, findings } = documentOf<General>(name);
    expect(provenance).toEqual({
      data: expect.stringMatching(/^[0-9a-f]{64}$/),
      rulebook: expect.stringMatching(/^star-50@.+/),
      reading: { 'caps.top-five': 'capped-stay', 'selection.buffer': 'keep-first' },
      engine: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
    expect(Array.isArray(findings)).toBe(true);
    for (const finding of findings) {
      expect(finding).toEqual({
        code: expect.stringMatching(/^[a-z0-9_]+$/),
        subject: expect.any(String),
        message: expect.any(String),
      });
    }
  });

  it.each(['review', 'demo'])('%s: the fields of a review', (name) => {
    const review = documentOf<ReviewDocument>(name);
    expect(review.index).toBe('star-50');
    expect(review.dates).toMatchObject({
      cutoff: '2025-07-31',
      announcement: '2025-08-29',
      pricing: '2025-09-08',
      effective: '2025-09-15',
    });
    expect(review.additions).toEqual(['688183']);
    expect(review.deletions).toEqual(['688561']);
    expect(review.reserve).toHaveLength(5);
    expect(review.turnoverOneWay).toSatisfy(isFraction);
    expect(review.constituents).toHaveLength(51);
    for (const { id, name: called, reason, boundBy, cappingFactor, ...weights } of review.constituents) {
      expect(id).toMatch(/^\d{6}$/);
      expect([called, reason].map((text) => typeof text)).toEqual(['string', 'string']);
      expect(Array.isArray(boundBy)).toBe(true);
      const { weightBefore, weightUncapped, weightAtPricing, weightAfter } = weights;
      expect([weightBefore, weightUncapped, weightAtPricing, weightAfter].every(isFraction)).toBe(true);
      expect(cappingFactor).toSatisfy(isFraction);
    }
    expect(total(review.constituents.map(({ weightAfter }) => weightAfter))).toBeCloseTo(1, 9);
    expect(review.constraints).toMatchObject([
      { rule: 'caps.single', bound: true, members: expect.arrayContaining(['688256']) },
      { rule: 'caps.top-five', bound: true, members: expect.arrayContaining(['688041']) },
    ]);
  });

  it('flows, and demo has them too', () => {
    const flows = documentOf<FlowsDocument>('flows');
    const demo = documentOf<{ flows: FlowsDocument }>('demo');
    expect(demo.flows.trades).toEqual(flows.trades);
    const { amount, currency, asOf, range, source } = flows.trackedAssets;
    expect({ amount, currency, asOf }).toEqual({ amount: 172.879e9, currency: 'CNY', asOf: '2025-09-08' });
    expect(range[0]).toBeLessThanOrEqual(range[1]);
    expect(source).toMatch(/^https:/);
    expect(flows.trades).toHaveLength(51);
    for (const trade of flows.trades) {
      expect(trade.id).toMatch(/^\d{6}$/);
      expect(trade.side).toBe(trade.shares > 0 ? 'buy' : 'sell');
      expect(Math.sign(trade.shares)).toBe(Math.sign(trade.value.amount));
      expect([trade.weightBefore, trade.weightAfter].every(isFraction)).toBe(true);
      expect([trade.value, trade.adv20Value].every(isMoney)).toBe(true);
      expect(trade.daysToTrade).toBeGreaterThanOrEqual(0);
    }
    expect(flows.comparison.length).toBeGreaterThanOrEqual(4);
    for (const { who, publishedValue, method, ours } of flows.comparison) {
      expect([who, method].map((text) => typeof text)).toEqual(['string', 'string']);
      expect([publishedValue, ours].every(isMoney)).toBe(true);
    }
  });

  it('readings, each with weights that sum to one and money against the default', () => {
    const { readings } = documentOf<ReadingsDocument>('readings');
    expect(readings.map(({ clause, name }) => `${clause}=${name}`)).toEqual(
      expect.arrayContaining([
        'caps.top-five=capped-stay',
        'caps.top-five=pro-rata',
        'selection.buffer=enter-first',
      ]),
    );
    for (const { constituents, flowDifference } of readings) {
      expect(total(constituents.map(({ weightAfter }) => weightAfter))).toBeCloseTo(1, 9);
      expect(flowDifference.every(({ id, value }) => /^\d{6}$/.test(id) && isMoney(value))).toBe(true);
    }
  });

  it('weigh: the ids as written, weights under the caps', () => {
    const { weights, rules } = documentOf<WeighDocument>('weigh');
    expect(weights).toHaveLength(20);
    expect(weights[0]).toMatchObject({ id: '000680', issuer: '寒武纪0', boundBy: expect.any(Array) });
    expect(total(weights.map(({ weight }) => weight))).toBeCloseTo(1, 12);
    for (const { weight, uncapped, cappingFactor } of weights) {
      expect([weight, uncapped, cappingFactor].every(isFraction)).toBe(true);
    }
    expect(rules.map(({ id, triggered, detail }) => [id, typeof triggered, typeof detail])).toEqual([
      ['caps.single', 'boolean', 'string'],
      ['caps.top-five', 'boolean', 'string'],
    ]);
  });

  it('takes the code of the provider for the index', () => {
    expect(ended.alias).toEqual(ended['review json']);
  });
});

describe('--csv and --xlsx', () => {
  it('standard output and file have the same bytes, findings go to standard error', () => {
    const { code, stdout, stderr } = ended['flows csv'];
    expect(code).toBe(0);
    expect(csvText('flows')).toBe(stdout);
    expect(stderr).toBe(ended['flows en'].stderr);
  });

  it.each(NAMES)('%s: the workbook has the rows of the CSV, codes as text', (name) => {
    const [header, ...rows] = parse(csvText(name)) as string[][];
    const book = read(readFileSync(xlsxFile(name)));
    const [first] = book.SheetNames;
    const cells = utils.sheet_to_json<(string | number | boolean)[]>(book.Sheets[first], {
      header: 1,
      defval: '',
    });
    expect(cells[0]).toEqual(header);
    expect(cells.slice(1).map((row) => row.map(String))).toEqual(rows);
    const id = header.indexOf('id');
    expect(id).toBeGreaterThanOrEqual(0);
    expect(cells.slice(1).every((row) => typeof row[id] === 'string')).toBe(true);
  });

  it('has the numbers of the JSON document', () => {
    const { constituents } = documentOf<ReviewDocument>('review');
    expect(
      table('review').map((row) => [row.id, Number(row.weight_after), Number(row.capping_factor)]),
    ).toEqual(constituents.map(({ id, weightAfter, cappingFactor }) => [id, weightAfter, cappingFactor]));
    const { trades } = documentOf<FlowsDocument>('flows');
    expect(table('flows').map((row) => [row.id, Number(row.shares), Number(row.value)])).toEqual(
      trades.map(({ id, shares, value }) => [id, shares, value.amount]),
    );
    const { weights } = documentOf<WeighDocument>('weigh');
    expect(table('weigh').map((row) => [row.id, row.issuer, Number(row.weight)])).toEqual(
      weights.map(({ id, issuer, weight }) => [id, issuer, weight]),
    );
  });
});

describe('tables', () => {
  const shown = NAMES.flatMap((name) => LANGUAGES.map((language) => `${name} ${language}`));
  const all = [
    ...shown,
    'review december en',
    'review december zh',
    'flows december en',
    'readings december zh',
  ];

  it.each(all)('%s: at most 100 columns', (name) => {
    const { code, stdout } = ended[name];
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => stringWidth(line) > 100)).toEqual([]);
    // No blanks at the end of a line and no control characters.
    expect(stdout).not.toMatch(/[^\S\n]\n|[^\P{Cc}\n]/u);
  });

  it.each(LANGUAGES)('demo %s: at most 40 lines, the findings among them', (language) => {
    const { stdout, stderr } = ended[`demo ${language}`];
    expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
    expect(stdout).toMatch(language === 'zh' ? /^提示：\d+ 条/m : /^Findings: \d+ /m);
    expect(stderr).toBe('');
  });

  it.each(['review', 'flows', 'readings'])('%s: findings on standard error only', (name) => {
    const { stdout, stderr } = ended[`${name} en`];
    expect(stderr).toMatch(/^Findings\n {2}[a-z_]+ /);
    expect(stderr).toContain('weights_reconstructed star-50: ');
    expect(stdout).not.toContain('weights_reconstructed');
    expect(stderr.split('\n').filter((line) => stringWidth(line) > 100)).toEqual([]);
  });

  it('speaks the language asked for and never mixes the units', () => {
    expect(ended['review zh'].stdout).toMatch(/代码 +名称 +调整前/);
    expect(ended['review en'].stdout).toMatch(/code +name +before/);
    for (const name of all) {
      expect(ended[name].stdout).not.toMatch(name.endsWith(' zh') ? /\d (?:bn|m)\b/ : /\d[亿万]/);
    }
  });

  it('breaks no line between a number and its unit, nor on the wrong side of punctuation', () => {
    for (const name of all) {
      expect(ended[name].stdout).not.toMatch(/^\s*(?:bn\b|[，。；：）、%])/m);
      expect(ended[name].stdout).not.toMatch(/[（(]\n/);
    }
  });

  it.each(LANGUAGES)('review %s: figures line up under each other', (language) => {
    const rows = ended[`review ${language}`].stdout.split('\n').filter((line) => /^\d{6}\.SH {2}/.test(line));
    expect(rows).toHaveLength(51);
    const ends = rows.map((row) =>
      [...row.matchAll(/[+-]?\d+\.\d\d(?= )/g)]
        .slice(0, 5)
        .map(({ 0: text, index }) => stringWidth(row.slice(0, index + text.length)))
        .join(' '),
    );
    expect(new Set(ends).size).toBe(1);
  });

  it('cuts no column title of the readings', () => {
    for (const name of ['readings en', 'readings zh', 'readings december zh']) {
      expect(ended[name].stdout).not.toContain('…');
    }
    expect(ended['readings en'].stdout).toMatch(/Cambricon {2}Hygon {2}SMIC {2}Montage {2}AMEC/);
  });
});

const isFraction = (value: number): boolean => value >= 0 && value <= 1;
const isMoney = (value: { amount: number; currency: string }): boolean =>
  Number.isFinite(value.amount) && value.currency === 'CNY';
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const table = (name: Name): Record<string, string>[] =>
  parse(csvText(name), { columns: true }) as Record<string, string>[];
