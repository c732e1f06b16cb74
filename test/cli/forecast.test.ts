/** `forecast`, `net` and `record`: the JSON of the contract, what is refused, and a record that grows. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  contentHash,
  crps,
  forecastsOf,
  formatDay,
  type Day,
  type IndexData,
  type RecordEntry,
} from '../../src/core/index.js';
import { readRecord } from '../../src/data/recordStore.js';
import { bundle } from '../core/bundle.js';
import { day } from '../core/days.js';
import { jsonOf, run, runAll, type Ended } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'counterweight-forecast-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const REVIEW = ['--effective', '2025-09-15'];
const FAST = ['--paths', '512'];
const EFFECTIVE = day('2025-09-15');
/** Hash over the 166 lines of engine 0.1.0, none of which may ever change. */
const PUBLISHED = '5cb94878f0caebc27bd59e673e51077b5c04d05d90c1adf2c82ae6880b18aee2';

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
  it.each([
    ['Cambricon', 'a code; Cambricon is 688256'],
    ['寒武纪', 'a code; 寒武纪 is 688256'],
    ['Acme', 'a code such as 688256'],
  ])('of %s by name says which code it is', async (name, expected) => {
    const { code, stderr } = await run(['net', '--security', name, ...REVIEW]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`expected ${expected}`)]);
  });

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

  it('takes enhanced funds as a leg with the fraction that was stated, and says without them that they are missing', async () => {
    const of = ['net', '--security', '688256', ...REVIEW];
    interface Net {
      readonly legs: readonly {
        readonly index: string;
        readonly basis: string;
        readonly trackers: string;
        readonly value: { readonly amount: number };
      }[];
      readonly net: { readonly value: { readonly amount: number } };
      readonly findings: readonly { readonly code: string }[];
    }
    const ends = await runAll({
      without: [...of, '--json'],
      with: [...of, '--enhanced', '12bn', '--fraction', '0.8', '--json'],
      half: [...of, '--enhanced', '12bn'],
      noFunds: [...of, '--fraction', '0.8'],
      tooMuch: [...of, '--enhanced', '12bn', '--fraction', '1.2'],
      zh: [...of, '--enhanced', '120亿', '--fraction', '0.8', '--lang', 'zh'],
    });
    const [without, added] = [jsonOf<Net>(ends.without), jsonOf<Net>(ends.with)];
    expect(without.findings.map(({ code }) => code)).toContain('enhanced_unknown');
    expect(added.findings.map(({ code }) => code)).toContain('enhanced_assumed');
    expect(added.legs.map(({ basis }) => basis)).toEqual(['computed', 'assumed', 'published']);
    const [passive, enhanced] = added.legs;
    expect(enhanced.trackers).toContain('80 %');
    expect(enhanced.value.amount).toBeCloseTo((passive.value.amount * 12e9 * 0.8) / 172.879e9, 2);
    const difference = added.net.value.amount - without.net.value.amount;
    expect(difference).toBeCloseTo(enhanced.value.amount, 2);
    expect([ends.half.code, ends.noFunds.code, ends.tooMuch.code]).toEqual([2, 2, 2]);
    expect(ends.zh.stdout).toContain('假设');
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
  let entries: readonly RecordEntry[];
  let data: IndexData;
  beforeAll(async () => {
    ({ entries } = await readRecord('record/star-50.jsonl'));
    data = await bundle();
  });

  it.each(['0.1.0', '0.2.0'])(
    'of engine %s beats the printed figures from the first to the swap',
    async (engine) => {
      const { scores } = jsonOf<{
        scores: { engine: string; followed: { date: string; crps: number; error: number | null }[] }[];
      }>(await run(['record', 'score', 'star-50', ...REVIEW, '--json']));
      const followed = scores.find((score) => score.engine === engine)?.followed ?? [];
      const days = followed.filter(({ error }) => typeof error === 'number');
      expect(days.map(({ date }) => date)).toEqual([
        '2025-09-02',
        '2025-09-03',
        '2025-09-04',
        '2025-09-05',
        '2025-09-08',
        '2025-09-09',
        '2025-09-10',
        '2025-09-11',
        '2025-09-12',
      ]);
      expect(mean(days.map(({ crps: score }) => score))).toBeLessThan(
        mean(days.map(({ error }) => error as number)),
      );
    },
  );

  it('says so where nothing is scored, and of which reviews something is recorded', async () => {
    const { stdout } = await run(['record', 'score', 'star-50', '--effective', '2025-09-16']);
    const reviews = new Set(entries.map(({ effective }) => formatDay(effective)));
    expect(stdout).toContain('No forecast of this review');
    expect(stdout).toContain([...reviews].toSorted().join(', '));
  });

  it.each([172.879e9, 189.03e9])('and so it does when what came is worked out on %d', (total) => {
    const change = entries
      .filter((entry) => entry.kind === 'outcome')
      .find(({ effective }) => effective === EFFECTIVE)
      ?.changes.find(({ id }) => id === '688256')?.change;
    const came = (change ?? Number.NaN) * total;
    const printed = (on: Day): number =>
      -(data.estimates.findLast(({ id, knownOn }) => id === '688256' && knownOn <= on)?.value ?? Number.NaN);
    const days = forecastsOf(entries, EFFECTIVE, '0.2.0').filter(({ assets }) => assets !== undefined);
    const scores = days.map(({ flows, assets = Number.NaN }) => {
      const quantiles = flows.find(({ id }) => id === '688256')?.quantiles ?? [];
      return crps(
        quantiles.map((quantile) => quantile * assets),
        came,
      );
    });
    expect(scores).toHaveLength(9);
    expect(mean(scores)).toBeLessThan(mean(days.map(({ knownAt }) => Math.abs(printed(knownAt) - came))));
  });

  it('was only added to: the lines of 0.1.0 are the first, and as they were published', () => {
    const first = entries.findIndex(({ engine }) => engine !== '0.1.0');
    expect(first).toBe(166);
    expect(entries.slice(first).every(({ engine }) => engine === '0.2.0')).toBe(true);
    expect(contentHash(entries.slice(0, first).map((entry) => JSON.stringify(entry)))).toBe(PUBLISHED);
  });
});

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
