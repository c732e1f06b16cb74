/** `tca`: the JSON of the contract, tables in both languages, and what is refused. */
import stringWidth from 'string-width';
import { beforeAll, describe, expect, it } from 'vitest';
import { scratch } from '../data/scratch.js';
import { jsonOf, run, runAll, type Ended } from './run.js';

const { write } = scratch();
const BASE = ['tca', 'examples/fills.csv', '--security', '688256'];
const WHOLE = [...BASE, '--shares', '40000', '--decided', '2025-08-29', '--effective', '2025-09-15'];

interface Document {
  readonly filled: number;
  readonly shares: number;
  readonly parts: readonly {
    readonly part: string;
    readonly bps: number;
    readonly money: { readonly amount: number };
  }[];
  readonly shortfall: { readonly bps: number; readonly money: { readonly amount: number } };
  readonly benchmarks: readonly { readonly benchmark: string; readonly costBps: number }[];
  readonly provenance: { readonly data: string };
  readonly findings: readonly { readonly code: string }[];
}

let ends: Record<'json' | 'again' | 'en' | 'zh' | 'csv' | 'small', Ended>;
beforeAll(async () => {
  ends = await runAll({
    json: [...WHOLE, '--json'],
    again: [...WHOLE, '--json'],
    en: WHOLE,
    zh: [...WHOLE, '--lang', 'zh'],
    csv: [...WHOLE, '--csv'],
    small: [
      ...BASE,
      '--decision-price',
      '1300',
      '--arrival-price',
      '1290',
      '--commission',
      '0.0001',
      '--json',
    ],
  });
});

describe('tca', () => {
  it('parts sum to the shortfall, in money and in basis points', () => {
    for (const end of [ends.json, ends.small]) {
      const { parts, shortfall } = jsonOf<Document>(end);
      expect(parts.map(({ part }) => part)).toEqual(['delay', 'impact', 'timing', 'opportunity', 'fees']);
      expect(parts.reduce((total, { money }) => total + money.amount, 0)).toBeCloseTo(
        shortfall.money.amount,
        6,
      );
      expect(parts.reduce((total, { bps }) => total + bps, 0)).toBeCloseTo(shortfall.bps, 9);
    }
    const { filled, shares, benchmarks, findings, provenance } = jsonOf<Document>(ends.json);
    expect([filled, shares]).toEqual([30_000, 40_000]);
    expect(benchmarks.map(({ benchmark }) => benchmark)).toEqual([
      'decision',
      'arrival',
      'close',
      'vwap',
      'effective-close',
    ]);
    expect(findings.map(({ code }) => code)).toEqual([
      'impact_from_vwap',
      'arrival_assumed',
      'fees_modelled',
    ]);
    expect(provenance.data).toMatch(/^[0-9a-f]{64}$/);
    expect(ends.again.stdout).toBe(ends.json.stdout);
    expect(jsonOf<Document>(ends.small).parts[0].money.amount).toBeCloseTo(10 * 30_000, 6);
  });

  it('fits the screen in both languages, and the CSV has the parts', () => {
    for (const { stdout } of [ends.en, ends.zh]) {
      for (const line of stdout.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(100);
    }
    expect(ends.zh.stdout).toContain('执行落差');
    expect(ends.csv.stdout.trim().split('\n')).toHaveLength(7);
    expect(ends.csv.stdout.split('\n')[0]).toBe('part,money,bps');
  });

  it.each([
    [['--shares', '5'], 2],
    [['--decided', '2025-10-01'], 2],
    [['--decided', '29.8.2025'], 2],
    [['--until', '2025-09-01'], 2],
    [['--arrival-price', '0'], 2],
    [['--commission', '0.5'], 2],
    [['--effective', '2025-09-16'], 2],
    [['--encoding', 'latin1'], 2],
    [['--decided', '2023-06-01'], 3],
  ])('with %j ends with %i', async (args, code) => {
    const { code: ended, stderr } = await run([...BASE, ...args]);
    expect(ended, stderr).toBe(code);
  });

  it('a file that is wrong is refused with every line, one that is not there by its name', async () => {
    const file = write('bad.csv', 'date,side,shares,price\n2025-09-06,sell,1.5,x\n2025-09-10,hold,5,5\n');
    const { code, stderr } = await run(['tca', file, '--security', '688256']);
    expect([code, stderr.match(/bad\.csv:\d/g)]).toEqual([2, ['bad.csv:2', 'bad.csv:2', 'bad.csv:3']]);
    const gone = await run(['tca', 'gone.csv', '--security', '688256']);
    expect([gone.code, gone.stderr]).toEqual([2, expect.stringContaining('gone.csv')]);
    expect((await run(['tca', 'examples/fills.csv', '--security', '999999'])).code).toBe(2);
  });
});
