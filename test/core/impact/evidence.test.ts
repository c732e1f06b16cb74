/** The table of evidence: the bundled file holds what was printed, and a broken one is refused at every place. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { evidenceLike, InputError, parseEvidence } from '../../../src/core/index.js';
import { loadEvidence } from '../../../src/data/evidence.js';

const rows = await loadEvidence('datasets');
const find = (index: string, event: string, from: number | null, cite: string) =>
  rows.filter(
    (row) => row.index === index && row.event === event && row.years[0] === from && row.cite === cite,
  );

describe('the bundled table', () => {
  it.each([
    ['TSE 300', 'weight-up', 1996, 'kaul-2000', 2.3],
    ['Nikkei 225', 'addition', 2000, 'greenwood-2005', 19],
    ['Nikkei 225', 'weight-down', 2000, 'greenwood-2005', -13],
    ['S&P 500', 'addition', 1990, 'greenwood-sammon-2025', 7.4],
    ['S&P 500', 'deletion', 1990, 'petajisto-2011', -15.1],
    ['S&P 500', 'addition', 2011, 'sp-dji-2021', -0.04],
    ['STAR 50', 'addition', null, 'cicc-2025', 1.43],
  ])('%s, %s, from %s by %s: %d %%', (index, event, from, cite, effect) => {
    expect(find(index, event, from, cite).map((row) => row.effect)).toEqual([effect]);
  });

  it('has reversals of China, a source in full and a confidence for each row, and every source is used', () => {
    expect(find('CSI 300', 'addition', 2010, 'broker-cn-2022')[0].after).toEqual({
      percent: -0.98,
      sessions: 10,
    });
    for (const { citation } of rows) expect(citation.length).toBeGreaterThan(10);
    const { sources } = parse(readFileSync('datasets/evidence/index-effects.yaml', 'utf8')) as {
      sources: object;
    };
    expect(new Set(rows.map(({ cite }) => cite))).toEqual(new Set(Object.keys(sources)));
  });

  it('what is like a capping in China: its own index events, and changes of weight anywhere', () => {
    const like = evidenceLike(rows, 'CN');
    expect(new Set(like.map(({ market }) => market))).toEqual(new Set(['CA', 'JP', 'CN']));
    expect(
      like.filter(({ market }) => market !== 'CN').every(({ event }) => event.startsWith('weight')),
    ).toBe(true);
  });
});

describe('a broken table', () => {
  const row = {
    market: 'CN',
    index: 'CSI 300',
    event: 'addition',
    years: [2010, 2022],
    window: 'event-week',
    effect: 1,
    confidence: 'source',
    cite: 'a',
  };
  const issuesOf = (document: unknown): string[] => {
    try {
      parseEvidence(document, 'a.yaml');
    } catch (error) {
      if (error instanceof InputError) return error.issues.map(({ path }) => path);
      throw error;
    }
    return [];
  };
  it('is refused with every place', () => {
    expect(issuesOf({ sources: { a: 'A' }, rows: [row] })).toEqual([]);
    expect(issuesOf({ sources: { a: 'A' }, rows: [{ ...row, market: 'China', effect: '1' }, row] })).toEqual([
      'rows.0.market',
      'rows.0.effect',
    ]);
    expect(
      issuesOf({ sources: { a: 'A' }, rows: [{ ...row, cite: 'b' }, row, { ...row, cite: 'c' }] }),
    ).toEqual(['rows.0.cite', 'rows.2.cite']);
  });
});
