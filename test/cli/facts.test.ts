/** `simulate facts` without a process: what is counted, and what cannot be measured. */
import { describe, expect, test } from 'vitest';
import { factsResult, gridResult } from '../../src/cli/results/factsResult.js';
import { referenceFacts, SETTING_GRID, settingFacts, type StylisedFacts } from '../../src/core/index.js';

const facts = (more: Partial<StylisedFacts>): StylisedFacts => ({
  count: 400,
  autocorrelation: 0,
  excessKurtosis: 3,
  aggregatedKurtosis: 1,
  hill: 3,
  clustering: Float64Array.of(0.3, 0.2),
  decay: 0.3,
  volumeCorrelation: 0.1,
  ...more,
});

interface Row {
  readonly fact: string;
  readonly inside: number;
  readonly median: number | null;
}

const ASKED = { runs: 3, seed: 1 } as const;

describe('markets', () => {
  const runs = [
    facts({}),
    facts({ autocorrelation: -0.2, hill: 5 }),
    facts({ autocorrelation: 0.1, decay: 0.5 }),
  ];
  const result = factsResult([{ one: 'equal-parts', facts: runs }], ASKED, 'en');
  const [{ facts: rows }] = result.json.markets as [{ facts: Row[] }];
  const of = (name: string): Row | undefined => rows.find(({ fact }) => fact === name);

  test('a value on the edge of a band is outside of it', () => {
    expect(of('autocorrelation')).toMatchObject({ inside: 1, median: 0 });
    expect(of('tailIndex')).toMatchObject({ inside: 2 });
    expect(of('decay')).toMatchObject({ inside: 2, lowest: 0.3, highest: 0.5 });
    expect(of('excessKurtosis')).toMatchObject({ inside: 3, most: null });
  });

  test('clustering is counted above two standard errors: of 400 returns, 0.1', () => {
    const at = (first: number): Row[] =>
      (
        factsResult(
          [{ one: 'pams-sample', facts: [facts({ clustering: Float64Array.of(first) })] }],
          { runs: 1, seed: 1 },
          'en',
        ).json.markets as [{ facts: Row[] }]
      )[0].facts;
    expect(at(0.11).find(({ fact }) => fact === 'clustering')?.inside).toBe(1);
    expect(at(0.09).find(({ fact }) => fact === 'clustering')?.inside).toBe(0);
  });

  test('a setting that was chosen says so, in both languages', () => {
    expect(result.findings.map(({ code }) => code)).toEqual(['bands_assumed', 'setting_chosen']);
    const published = factsResult([{ one: 'pams-sample', facts: runs }], ASKED, 'zh');
    expect(published.findings.map(({ code }) => code)).toEqual(['bands_assumed']);
    expect(published.lines.slice(1).join('')).not.toMatch(/[A-Za-z]/);
  });

  test('volume of markets that trade one share at a time is not measured', () => {
    const { volumeCorrelation } = referenceFacts('pams-sample', 1);
    expect(volumeCorrelation).toBeNaN();
    const one = factsResult([{ one: 'pams-sample', facts: [facts({ volumeCorrelation })] }], ASKED, 'en');
    expect(one.lines.at(-1)).toMatch(/volume +> 0 +- +- +- +-$/);
  });
});

test('a setting whose price stands still has no facts and counts as outside', () => {
  // Chartists of full weight, short horizons, narrow margins: the price runs to the end of the grid and stays.
  const runaway = SETTING_GRID.find(
    ({ chartistWeight, horizon, margin, reversion }) =>
      chartistWeight === 1 && horizon[0] === 10 && margin[1] === 0.01 && reversion[0] === 50,
  );
  if (runaway === undefined) throw new Error('the grid has it');
  expect(settingFacts(runaway, 7)).toBeUndefined();
  expect(settingFacts(runaway, 8)?.count).toBeGreaterThanOrEqual(200);
  const result = gridResult(
    [
      { one: runaway, facts: [undefined, undefined, facts({})] },
      { one: runaway, facts: [facts({}), facts({}), undefined] },
    ],
    ASKED,
    'en',
  );
  const held = result.json.held as { facts: string[]; settings: number }[];
  expect(held.every(({ settings }) => settings === 1)).toBe(true);
});
