/** `level`: the JSON of the contract, the table, and what it refuses. */
import { beforeAll, describe, expect, it } from 'vitest';
import { jsonOf, run, type Ended } from './run.js';

interface LevelDocument {
  readonly index: string;
  readonly return: string;
  readonly levels: readonly {
    readonly date: string;
    readonly level: number;
    readonly published: number | null;
    readonly difference: number | null;
  }[];
  readonly divisors: readonly { readonly date: string; readonly divisor: number }[];
  readonly provenance: Readonly<Record<string, unknown>>;
  readonly findings: readonly { readonly code: string }[];
}

const WINDOW = ['--from', '2025-09-11', '--to', '2025-09-16'];
const level = (...args: string[]): Promise<Ended> => run(['level', ...args]);

describe('level star-50', () => {
  let price: Ended;
  let net: Ended;
  let table: Ended;
  beforeAll(async () => {
    [price, net, table] = await Promise.all([
      level('star-50', ...WINDOW, '--json'),
      level('000688', ...WINDOW, '--return', 'net', '--tax', '0.2', '--json'),
      level('star-50', ...WINDOW, '--lang', 'zh'),
    ]);
  });

  it('gives the levels of the contract beside the published closes', () => {
    const document = jsonOf<LevelDocument>(price);
    expect(document.levels.map(({ date }) => date)).toEqual([
      '2025-09-11',
      '2025-09-12',
      '2025-09-15',
      '2025-09-16',
    ]);
    for (const day of document.levels) {
      expect(Math.abs(day.difference as number)).toBeLessThan(0.005);
      expect(day.level).toBeCloseTo((day.published as number) + (day.difference as number), 6);
    }
    expect(document.divisors.map(({ date }) => date)).toEqual(['2025-06-13', '2025-09-15']);
    expect(document.provenance.rulebook).toMatch(/^star-50@/);
  });

  it('gives a net return with the rate asked for, and nothing published beside it', () => {
    const document = jsonOf<LevelDocument>(net);
    expect([document.index, document.return]).toEqual(['star-50', 'net']);
    expect(document.levels.every(({ published }) => published === null)).toBe(true);
    expect(document.findings.map(({ code }) => code)).toContain('tax_assumed');
  });

  it('prints both tables in Chinese', () => {
    expect(table.code).toBe(0);
    expect(table.stdout).toContain('公布点位');
    expect(table.stdout).toContain('除数');
  });
});

describe('level refuses or rejects', () => {
  it.each([
    ['days without a basket', 3, ['star-50', '--from', '2025-06-01', '--to', '2025-06-30']],
    ['a window that runs backwards', 2, ['star-50', '--from', '2025-09-12', '--to', '2025-09-11']],
    ['an unknown return', 2, ['star-50', ...WINDOW, '--return', 'total']],
    ['a tax rate in percent', 2, ['star-50', ...WINDOW, '--return', 'net', '--tax', '10']],
  ])('%s', async (_, code, args) => {
    expect((await level(...args)).code).toBe(code);
  });
});
