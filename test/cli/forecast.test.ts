/** `forecast`, `net` and `record`: the JSON of the contract, what is refused, and a record that grows. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonOf, run, runAll, type Ended } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'counterweight-forecast-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const REVIEW = ['--effective', '2025-09-15'];
const FAST = ['--paths', '512'];

interface Forecast {
  readonly paths: number;
  readonly seats: number;
  readonly securities: readonly {
    readonly id: string;
    readonly pIn: number;
    readonly pOut: number;
    readonly pCapped: number;
    readonly flow: Readonly<Record<'mean' | 'p05' | 'p25' | 'p50' | 'p75' | 'p95', number>>;
  }[];
  readonly standardErrors: { readonly pIn: Readonly<Record<string, number>> };
  readonly provenance: { readonly seed: number };
  readonly findings: readonly { readonly code: string }[];
}

describe('forecast', () => {
  let ends: Record<'one' | 'again' | 'zh' | 'csv', Ended>;
  beforeAll(async () => {
    const at = ['forecast', 'star-50', ...REVIEW, '--known-at', '2025-08-15', '--assets', '170bn', ...FAST];
    ends = await runAll({
      one: [...at, '--json'],
      again: [...at, '--json'],
      zh: [...at, '--lang', 'zh'],
      csv: [...at, '--csv'],
    });
  });

  it('has the fields of the contract, and adds up', () => {
    const document = jsonOf<Forecast>(ends.one);
    expect([document.paths, document.seats, document.provenance.seed]).toEqual([512, 50, 1]);
    for (const { pIn, pOut, pCapped, flow } of document.securities) {
      expect(pIn + pOut).toBeCloseTo(1, 12);
      expect(pCapped).toBeGreaterThanOrEqual(0);
      expect(flow.p05).toBeLessThanOrEqual(flow.p50);
      expect(flow.p50).toBeLessThanOrEqual(flow.p95);
    }
    const likely = document.securities.find(({ id }) => id === '688183');
    expect(likely?.pIn).toBeGreaterThan(0.9);
    expect(Object.keys(document.standardErrors.pIn)).toHaveLength(document.securities.length);
    expect(document.findings.map(({ code }) => code)).toContain('discretion_not_modelled');
  });

  it('gives the same bytes for the same seed', () => {
    expect(ends.again.stdout).toBe(ends.one.stdout);
  });

  it('prints in Chinese and as CSV', () => {
    expect(ends.zh.stdout).toContain('平均流量');
    expect(ends.csv.stdout.split('\n')[0]).toContain('pIn');
  });

  it.each([
    [['--paths', '0'], 2],
    [['--seed', 'x'], 2],
    [['--tails', '2'], 2],
    [['--known-at', '2025-06-20'], 3],
    [['--known-at', '2019-01-01', '--assets', '1bn'], 3],
  ])('%j ends with %i', async (args, code) => {
    const { code: ended, stderr } = await run(['forecast', 'star-50', ...REVIEW, ...FAST, ...args]);
    expect(ended, stderr).toBe(code);
  });
});

describe('net', () => {
  it('adds the legs with sign and says which are printed', async () => {
    const document = jsonOf<{
      legs: { index: string; basis: string; value: { amount: number } }[];
      net: { value: { amount: number }; daysToTrade: number };
    }>(await run(['net', '--security', '688256', ...REVIEW, '--json']));
    expect(document.legs.map(({ index, basis }) => `${index} ${basis}`)).toEqual([
      'star-50 computed',
      'star-chip published',
    ]);
    const sum = document.legs.reduce((total, leg) => total + leg.value.amount, 0);
    expect(document.net.value.amount).toBeCloseTo(sum, 3);
    expect(document.net.value.amount / 1e9).toBeCloseTo(-8.39, 2);
    expect(document.net.daysToTrade).toBeCloseTo(0.41, 1);
  });

  it('refuses a security without a leg, and one that is not there', async () => {
    const ends = await runAll({
      none: ['net', '--security', '688001', ...REVIEW],
      unknown: ['net', '--security', '999999', ...REVIEW],
    });
    expect([ends.none.code, ends.unknown.code]).toEqual([3, 2]);
  });
});

describe('record', () => {
  const at = ['--record', folder];

  it('grows by one line per evening and the outcome, and is scored', async () => {
    const added = await run([
      'record',
      'add',
      'star-50',
      ...REVIEW,
      '--from',
      '2025-09-10',
      '--to',
      '2025-09-11',
      '--outcome',
      ...FAST,
      ...at,
    ]);
    expect(added.code, added.stderr).toBe(0);
    const lines = readFileSync(join(folder, 'star-50.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    expect(lines).toHaveLength(3);
    const { scores } = jsonOf<{
      scores: { days: unknown[]; coverage90: number; sample: { flows: number } }[];
    }>(await run(['record', 'score', 'star-50', ...at, '--json']));
    expect(scores).toHaveLength(1);
    expect(scores[0].days).toHaveLength(2);
    expect(scores[0].sample.flows).toBeGreaterThan(90);
  });

  it('draws the fan, and refuses one of a review that is not recorded', async () => {
    const ends = await runAll({
      fan: ['record', 'chart', 'star-50', ...REVIEW, ...at],
      none: ['record', 'chart', 'star-50', '--effective', '2025-12-15', ...at],
    });
    expect(ends.fan.stdout).toMatch(/^<svg [^]*<\/svg>\n$/);
    expect(ends.none.code).toBe(3);
  });

  it('the fan in the docs is the one the committed record gives', async () => {
    const { stdout } = await run(['record', 'chart', 'star-50', ...REVIEW]);
    expect(stdout).toBe(readFileSync('docs/images/cambricon-fan.svg', 'utf8'));
  });
});

describe('the committed record', () => {
  it('beats the printed figures from the first of them to the swap', async () => {
    const { scores } = jsonOf<{
      scores: { followed: { crps: number; error: number | null }[] }[];
    }>(await run(['record', 'score', 'star-50', ...REVIEW, '--json']));
    const days = scores[0].followed.filter(({ error }) => typeof error === 'number');
    expect(days).toHaveLength(9);
    const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
    expect(mean(days.map(({ crps }) => crps))).toBeLessThan(mean(days.map(({ error }) => error as number)));
  });
});
