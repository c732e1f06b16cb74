/**
 * Every number of the documents about prices, reports, leaders, funds and claims says where it comes from: beside it or around
 * it stand its `inputs`, its `source` or `table`, its `routes` or its `figure`; or the document names, under `derived`, the
 * parts it is worked out from, which say it for themselves.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { namesOf } from '../../src/cli/commands/leaders.js';
import { claimsResult } from '../../src/cli/results/claimsResult.js';
import { earningsResult } from '../../src/cli/results/earningsResult.js';
import { leadersResult } from '../../src/cli/results/leadersResult.js';
import { holdersResult, lookThroughResult } from '../../src/cli/results/lookThroughResult.js';
import { valueResult } from '../../src/cli/results/valueResult.js';
import {
  claimRunner,
  DEFAULT_ASSUMPTIONS,
  formulaWord,
  parseDay,
  parsePeriod,
  runEarnings,
  runHolders,
  runLeaders,
  runLookThrough,
  runValue,
  type Day,
  type FiscalPeriod,
  type LeaderKind,
} from '../../src/core/index.js';
import { loadClaimSources } from '../../src/data/claimSources.js';
import { loadFundamentals } from '../../src/data/fundamentals.js';
import { loadFunds, loadLevels, loadPasses } from '../../src/data/funds.js';
import { loadRulebook } from '../../src/data/rulebooks.js';
import { bundle } from '../core/bundle.js';

const FOLDER = 'datasets/cn-fundamentals';
const day = (text: string): Day => parseDay(text) as Day;

/** What the reader asked for, labels, places in the text, and the two parts that describe the run itself. */
const NOT_FIGURES = new Set([
  'assumptions',
  'provenance',
  'findings',
  'derived',
  'rank',
  'year',
  'start',
  'end',
]);
/** What the text says is taken from the text, at `start` to `end`. */
const CLAIMED = new Set(['claimed', 'claimedHigh']);
/** Numbers of verdicts: the list they count is the document itself. */
const COUNTED = new Set(['counts']);

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function says(object: Json): boolean {
  const { inputs, source, table, routes, figure } = object;
  return (
    (Array.isArray(inputs) && inputs.length > 0) ||
    (Array.isArray(routes) && routes.length > 0) ||
    (typeof source === 'string' && source !== '') ||
    (typeof table === 'string' && table !== '') ||
    (isObject(figure) && says(figure))
  );
}

/** Paths of numbers that nothing around them explains. */
function unexplained(value: unknown, path: string, known: boolean): string[] {
  if (typeof value === 'number') return known ? [] : [path];
  if (Array.isArray(value)) return value.flatMap((one, i) => unexplained(one, `${path}[${i}]`, known));
  if (!isObject(value)) return [];
  const here = known || (path !== '' && says(value));
  return Object.entries(value).flatMap(([key, one]) =>
    NOT_FIGURES.has(key) || CLAIMED.has(key) || COUNTED.has(key)
      ? []
      : unexplained(one, path === '' ? key : `${path}.${key}`, here),
  );
}

/** Those left over by themselves, once what is derived is followed to the parts it comes from. */
function unsourced(document: Json): string[] {
  const derived = (document.derived ?? {}) as Readonly<Record<string, { readonly from: readonly string[] }>>;
  const explained = (key: string, seen: readonly string[]): boolean => {
    if (key === 'assumptions') return true;
    if (seen.includes(key) || document[key] === undefined) return false;
    const rule = derived[key];
    return rule === undefined
      ? unexplained(document[key], key, false).length === 0
      : rule.from.every((part) => explained(part, [...seen, key]));
  };
  return unexplained(document, '', false).filter((path) => {
    const [key] = /^\w+/.exec(path) ?? [''];
    return derived[key] === undefined || !explained(key, []);
  });
}

/** What a row has worked out; a claim that is not checkable has only what the text says. */
const hasFigure = (row: Json): boolean =>
  Object.entries(row).some(
    ([key, value]) => typeof value === 'number' && !Number.isNaN(value) && !CLAIMED.has(key),
  );

let documents: [string, Json][];
let tables: [string, readonly Json[]][];
beforeAll(async () => {
  const [index, fundamentals, funds, passes] = await Promise.all([
    bundle(),
    loadFundamentals(FOLDER),
    loadFunds(FOLDER),
    loadPasses(FOLDER),
  ]);
  const levels = await loadLevels(FOLDER, 'datasets/cn-star', index.levels);
  const rulebooks = await Promise.all(['star-50', 'csi-300'].map((name) => loadRulebook(name, 'rulebooks')));
  const check = claimRunner(await loadClaimSources('datasets', index, rulebooks));
  const names = namesOf(index, fundamentals);
  const value = (company: string, at: string) =>
    valueResult(runValue(fundamentals, { company, at: day(at), assumptions: DEFAULT_ASSUMPTIONS }), 'en');
  const earnings = (company: string, period: string) =>
    earningsResult(runEarnings(fundamentals, { company, period: parsePeriod(period) as FiscalPeriod }), 'en');
  const leaders = (by: LeaderKind) =>
    leadersResult(
      runLeaders(
        { index, fundamentals, passes, levels },
        { by, at: day('2025-08-29'), from: day('2025-07-31'), most: 5, against: 'csi-300' },
      ),
      names,
      'en',
    );
  const through = (fund: string) =>
    lookThroughResult(runLookThrough(index, funds, fund, day('2025-09-12')), names, 'en');
  const text = `${readFileSync('examples/claims.txt', 'utf8')}
    ${readFileSync('test/fixtures/claims/third.txt', 'utf8').replaceAll('|', '\n')}`;
  const results = {
    'value 688256': value('688256', '2025-09-11'),
    'value NVDA': value('NVDA', '2025-09-12'),
    'value 688256 in a loss': value('688256', '2025-04-30'),
    'earnings 688256 2025H1': earnings('688256', '2025H1'),
    'earnings 688256 2025FY': earnings('688256', '2025FY'),
    'earnings NVDA 2026Q2': earnings('NVDA', '2026Q2'),
    'leaders by price': leaders('price'),
    'leaders by cap': leaders('cap'),
    'leaders by index': leaders('index'),
    'lookthrough 588000': through('588000'),
    'lookthrough 515980': through('515980'),
    holders: holdersResult(
      runHolders(index, funds, '688256', day('2025-08-28'), day('2025-08-26')),
      names,
      'en',
    ),
    check: claimsResult(check(text, day('2025-09-12')), 'en'),
  };
  tables = Object.entries(results).flatMap(([name, { sheets }]) =>
    sheets.map((sheet): [string, Json[]] => [`${name}: ${sheet.name}`, sheet.rows as Json[]]),
  );
  documents = Object.entries(results).map(([name, { json }]) => [
    name,
    JSON.parse(JSON.stringify(json)) as Json,
  ]);
});

describe('every number has a source', () => {
  it('in each document', () => {
    const left = documents.flatMap(([name, document]) =>
      unsourced(document).map((path) => `${name}: ${path}`),
    );
    expect(left).toEqual([]);
  });

  it('in each row of each table that is exported, where it has a figure', () => {
    const bare = tables.flatMap(([name, rows]) =>
      rows
        .filter((row) => hasFigure(row) && (row.source ?? '') === '' && (row.table ?? '') === '')
        .map((row) => `${name}: ${JSON.stringify(row)}`),
    );
    expect(bare).toEqual([]);
  });

  it('and every formula can be read in Chinese', () => {
    const formulas = documents.flatMap(([, document]) =>
      [...JSON.stringify(document).matchAll(/"formula":"([^"]*)"/g)].map(([, formula]) => formula),
    );
    expect(formulas.length).toBeGreaterThan(20);
    expect(formulas.filter((one) => !/\p{Script=Han}/u.test(formulaWord(one, 'zh')))).toEqual([]);
  });

  it('and the walk sees those that have none', () => {
    const bare = { row: { value: 1 }, rows: [{ source: 'closes', value: 2 }], sum: 3 };
    expect(unsourced(bare)).toEqual(['row.value', 'sum']);
    const sum = { formula: 'value + value', from: ['rows'] };
    expect(unsourced({ ...bare, derived: { sum } })).toEqual(['row.value']);
    expect(unsourced({ ...bare, derived: { sum: { ...sum, from: ['row'] } } })).toEqual(['row.value', 'sum']);
    expect(unsourced({ ...bare, derived: { sum: { ...sum, from: ['nothing'] } } })).toContain('sum');
  });

  it('the multiple shown first is the first of the multiples', () => {
    const valued = documents.filter(([name]) => name.startsWith('value'));
    for (const [, { peTtm, multiples }] of valued) expect(peTtm).toBe((multiples as Json[])[0].value);
  });
});
