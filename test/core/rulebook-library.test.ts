/** Every bundled rulebook: it parses, says each clause in both languages, cites it, and is found by its names. */
import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { SECTION_NAMES, type Clause, type Rulebook } from '../../src/core/index.js';
import { loadRulebook, readRulebook } from '../../src/data/rulebooks.js';

const files = readdirSync('rulebooks').filter((file) => file.endsWith('.yaml'));
const read = new Map<string, Rulebook>();
const broken = new Map<string, unknown>();
beforeAll(async () => {
  for (const file of files) {
    try {
      read.set(file, await readRulebook(`rulebooks/${file}`));
    } catch (error) {
      broken.set(file, error);
    }
  }
});

/** Ids that other programs rely on, with the provider codes that stand for them. */
const PROMISED: Readonly<Record<string, readonly string[]>> = {
  'star-50': ['000688'],
  'star-100': [],
  'star-ai': ['950180'],
  'star-chip': ['000685'],
  'csi-300': ['000300'],
  'csi-500': [],
  'csi-1000': [],
  'csi-a500': [],
  'sse-180': [],
  'sse-composite': [],
  'csi-ai': ['930713'],
  'hang-seng': [],
  hscei: [],
  'hang-seng-tech': [],
  'nasdaq-100': ['NDX'],
  'phlx-semiconductor': ['SOX'],
  'sp-500': ['SPX'],
  'sp-select-sector': ['XLB', 'XLC', 'XLE', 'XLF', 'XLI', 'XLK', 'XLP', 'XLRE', 'XLU', 'XLV', 'XLY'],
  'msci-10-40': [],
  'msci-25-50': [],
  'ftse-ric': [],
  'ftse-ucits': [],
  dax: [],
  'euro-stoxx-50': ['SX5E'],
  'nikkei-225': ['NKY'],
  topix: [],
  'kospi-200': ['KS200'],
  'nifty-50': [],
  'nifty-bank': ['BANKNIFTY'],
};

describe('the bundled rulebooks', () => {
  it('parse', () => expect([...broken.keys()]).toEqual([]));

  it('hold every index that is promised, under its id', () => {
    const ids = new Set<string>([...read.values()].map(({ id }) => id));
    expect(Object.keys(PROMISED).filter((id) => !ids.has(id))).toEqual([]);
  });

  it('share no id and no alias', () => {
    const words = [...read.values()].flatMap(({ id, aliases }) => [
      ...new Set([id, ...aliases].map((word) => word.toLowerCase())),
    ]);
    expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([]);
  });

  it('answer to the codes of their providers', async () => {
    const found = [...read.values()];
    for (const [id, codes] of Object.entries(PROMISED)) {
      for (const code of codes) {
        expect(found.find(({ aliases }) => aliases.includes(code))?.id, code).toBe(id);
      }
    }
    expect((await loadRulebook('xlk', 'rulebooks')).id).toBe('sp-select-sector');
  });
});

const CHINESE = /[\u4E00-\u9FFF]/;

describe.each(files)('%s', (file) => {
  const rulebook = (): Rulebook => {
    const found = read.get(file);
    if (found === undefined) throw broken.get(file);
    return found;
  };
  const clauses = (): readonly Clause[] => SECTION_NAMES.flatMap((section) => rulebook().clauses[section]);

  it('is named in both languages', () => {
    expect(rulebook().nameEn).not.toBe('');
    expect(rulebook().nameZh).toMatch(CHINESE);
  });

  it('says every clause and reading in both languages, Chinese in Chinese', () => {
    for (const clause of clauses()) {
      for (const { en, zh } of [clause, ...Object.values(clause.readings)]) {
        expect(en, clause.id).not.toMatch(CHINESE);
        expect(zh, clause.id).toMatch(CHINESE);
      }
    }
  });

  it('cites only sources it explains, and explains none it does not cite', () => {
    const cited = new Set(
      clauses().flatMap(({ cite, readings }) => [
        ...cite,
        ...Object.values(readings).flatMap((one) => one.cite),
      ]),
    );
    expect([...cited].filter((key) => !Object.hasOwn(rulebook().sources, key))).toEqual([]);
    expect(Object.keys(rulebook().sources).filter((key) => !cited.has(key))).toEqual([]);
  });

  it('says what is open about every clause that nobody could verify', () => {
    const silent = clauses().filter(
      ({ confidence, note }) =>
        (confidence === 'unverified' || confidence === 'inferred') && note === undefined,
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });
});
