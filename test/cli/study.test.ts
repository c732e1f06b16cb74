/** `study`: the JSON of the contract, tables in both languages, and what is refused. */
import stringWidth from 'string-width';
import { beforeAll, describe, expect, it } from 'vitest';
import { jsonOf, run, runAll, type Ended } from './run.js';

const ONE = ['study', '688256.SH', '--event', '2025-09-04', '--window', '-3,7', '--ex-self'];
const ALL = ['study', 'star-50', '--at', 'swap'];

interface Study {
  readonly days: readonly {
    readonly date: string;
    readonly return: number;
    readonly benchmark: number;
    readonly benchmarkExSelf: number;
    readonly abnormal: number;
  }[];
  readonly car: number;
  readonly tests: { readonly eventDay: { readonly placebo: { readonly pValue: number } } };
  readonly provenance: { readonly data: string };
  readonly findings: readonly { readonly code: string }[];
}

let ends: Record<'other' | 'json' | 'zh' | 'csv' | 'all' | 'alias' | 'allZh', Ended>;
beforeAll(async () => {
  ends = await runAll({
    json: [...ONE, '--json'],
    other: ['study', '688256', '--event', '2025-09-04', '--window', '0,0', '--benchmark', '000300', '--json'],
    zh: [...ONE, '--lang', 'zh'],
    csv: [...ONE, '--csv'],
    all: [...ALL, '--json'],
    alias: ['study', '000688', '--at', 'swap', '--json'],
    allZh: [...ALL, '--lang', 'zh'],
  });
});

describe('study', () => {
  it('of a security has the fields of the contract', () => {
    const { days, car, tests, provenance, findings } = jsonOf<Study>(ends.json);
    expect(days).toHaveLength(11);
    expect([days[0].date, days[3].date]).toEqual(['2025-09-01', '2025-09-04']);
    expect(days.reduce((total, one) => total + one.abnormal, 0)).toBeCloseTo(car, 12);
    expect(days[3].return).toBeLessThan(days[3].benchmark);
    expect(days[3].benchmarkExSelf).toBeGreaterThan(days[3].benchmark);
    expect(tests.eventDay.placebo.pValue).toBeGreaterThan(0);
    expect(provenance.data).toMatch(/^[0-9a-f]{64}$/);
    expect(findings.map(({ code }) => code)).toContain('estimation_shortened');
  });

  it('against another index, by its code: the CSI 300 fell from 4459.83 to 4365.21', () => {
    const { benchmark, days } = jsonOf<Study & { benchmark: string }>(ends.other);
    expect(benchmark).toBe('csi-300');
    expect(days[0].benchmark).toBeCloseTo(4365.21 / 4459.83 - 1, 12);
    expect(days[0].benchmarkExSelf).toBeNull();
  });

  it('of an index has both sides with every test, also by its alias', () => {
    const { groups } = jsonOf<{
      groups: { action: string; tests: Record<string, unknown>; days: unknown[] }[];
    }>(ends.all);
    expect(groups.map(({ action }) => action)).toEqual(['add', 'delete']);
    expect(groups[0].days).toHaveLength(11);
    expect(Object.keys(groups[0].tests)).toEqual([
      'crossSectional',
      'patell',
      'bmp',
      'kolariPynnonen',
      'generalisedSign',
      'placebo',
    ]);
    expect(ends.alias.stdout).toBe(ends.all.stdout);
  });

  it('fits the screen in Chinese, and the CSV has a row per session', () => {
    for (const { stdout } of [ends.zh, ends.allZh]) {
      for (const line of stdout.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(100);
    }
    expect(ends.zh.stdout).toContain('异常收益');
    expect(ends.csv.stdout.trim().split('\n')).toHaveLength(12);
  });

  it.each([
    [['688256'], 2],
    [['688256', '--event', '2025-09-06'], 3],
    // The autumn holiday.
    [['688256', '--event', '2025-10-01'], 3],
    [['688256', '--event', '2025-09-04', '--window', '5,8'], 2],
    [['688256', '--event', '2025-09-04', '--estimation', '3'], 3],
    [['688256', '--event', '2025-09-04', '--benchmark', 'csi300'], 2],
    [['688256', '--event', '2025-09-04', '--benchmark', '000300', '--ex-self'], 2],
    [['688256', '--event', '2025-09-04', '--benchmark', 'peers', '--ex-self'], 2],
    [['688256', '--event', '2025-09-04', '--benchmark', 'controls', '--effective', '2025-09-15'], 2],
    [['688256', '--event', '2025-09-04', '--at', 'swap'], 2],
    [['688256', '--event', '2025-09-04', '--benchmark', 'peers', '--effective', '2025-09-15'], 2],
    [['688256', '--event', '2025-09-04', '--effective', '2025-09-16'], 2],
    [['star-50', '--effective', '2025-09-15'], 2],
    [['999999', '--event', '2025-09-04'], 2],
    [['star-50', '--event', '2025-09-04'], 2],
    [['star-50', '--at', 'dawn'], 2],
    [['csi-300'], 3],
  ])('%j ends with %i', async (args, code) => {
    const { code: ended, stderr } = await run(['study', ...args]);
    expect(ended, stderr).toBe(code);
  });
});
