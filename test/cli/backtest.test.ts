/** `backtest`: the JSON of the contract, a changed clause beside it, and going on after a kill. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonOf, run, type Ended } from './run.js';

interface Document {
  readonly reviews: readonly Readonly<Record<string, unknown>>[];
  readonly levels: readonly { readonly date: string; readonly level: number }[];
  readonly turnoverOneWay: readonly number[];
  readonly concentration: readonly { readonly topFive: number; readonly effectiveN: number }[];
  readonly changed: (Document & { readonly set: readonly string[] }) | null;
  readonly sweep: readonly { readonly set: string; readonly largest: number }[];
  readonly provenance: { readonly data: string };
  readonly findings: readonly { readonly code: string }[];
}

const folder = mkdtempSync(join(tmpdir(), 'counterweight-backtest-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const PERIOD = ['--from', '2025-06-16', '--to', '2025-12-31'];
const backtest = (name: string, ...args: string[]): Promise<Ended> =>
  run(['backtest', 'star-50', ...PERIOD, '--data', join(folder, name), ...args]);

let plain: Ended;
beforeAll(async () => {
  plain = await backtest('plain', '--json');
});

it('has the fields of the contract', () => {
  const document = jsonOf<Document>(plain);
  expect(document.reviews.map(({ effective }) => effective)).toEqual(['2025-09-15', '2025-12-15']);
  expect(document.turnoverOneWay).toHaveLength(2);
  expect(document.turnoverOneWay[0]).toBeCloseTo(0.0467, 4);
  expect(document.concentration[0].topFive).toBeCloseTo(0.4232, 3);
  expect(document.levels.at(-1)?.date).toBe('2025-12-31');
  expect(document.changed).toBeNull();
  expect(document.provenance.data).toMatch(/^[0-9a-f]{64}$/);
});

describe('a changed clause', () => {
  it('stands beside the published one', async () => {
    const document = jsonOf<Document>(await backtest('set', '--set', 'caps.single=0.15', '--json'));
    expect(document.changed?.set).toEqual(['caps.single=0.15']);
    expect(document.changed?.reviews).toHaveLength(2);
    expect(document.levels).toEqual(jsonOf<Document>(plain).levels);
    expect(document.changed?.levels.at(-1)?.level).not.toBe(document.levels.at(-1)?.level);
  });

  it('is swept over values', async () => {
    const document = jsonOf<Document>(
      await backtest('sweep', '--sweep', 'caps.single=0.08:0.12:0.02', '--json'),
    );
    expect(document.sweep.map((row) => row.set)).toEqual([
      '',
      'caps.single=0.08',
      'caps.single=0.1',
      'caps.single=0.12',
    ]);
    const [published, low, same, high] = document.sweep.map(({ largest }) => largest);
    expect(same).toBe(published);
    expect(low).toBeLessThan(published);
    expect(high).toBeGreaterThan(published);
  });

  it.each([
    [['--set', 'caps.single'], 2],
    [['--set', 'caps.sinlge=0.1'], 2],
    [['--set', 'caps.single=0.01'], 3],
    [['--sweep', 'caps.single=1:0:0.1'], 2],
    [['--from', '2026-01-01'], 2],
    [['--assets', 'much'], 2],
  ])('%j ends with %i', async (args, code) => {
    expect((await backtest('wrong', ...args)).code).toBe(code);
  });
});

describe('a run that was stopped', () => {
  const stored = (name: string): string[] => {
    const kept = join(folder, name, 'backtests');
    return existsSync(kept) ? readdirSync(kept).filter((file) => file.endsWith('.json')) : [];
  };

  it('goes on after kill -9 and ends with the same bytes', async () => {
    const args = ['bin/counterweight.js', 'backtest', 'star-50', ...PERIOD, '--data', join(folder, 'killed')];
    const child = spawn(process.execPath, args, { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('close', resolve));
    // As soon as the first review is there, so that the second is not.
    while (stored('killed').length === 0 && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 2));
    child.kill('SIGKILL');
    await ended;
    const resumed = await backtest('killed', '--json');
    const { findings, ...document } = jsonOf<Document>(resumed);
    expect(findings.map(({ code }) => code)).toContain('reviews_taken_over');
    const { findings: _, ...uninterrupted } = jsonOf<Document>(plain);
    expect(document).toEqual(uninterrupted);
  });

  it('computes anew what was damaged, and says so', async () => {
    const [file] = stored('killed');
    const path = join(folder, 'killed', 'backtests', file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('"turnoverOneWay":0.04', '"turnoverOneWay":0.09'));
    const document = jsonOf<Document>(await backtest('killed', '--json'));
    expect(document.findings.map(({ code }) => code)).toContain('stored_result_damaged');
    expect(document.turnoverOneWay).toEqual(jsonOf<Document>(plain).turnoverOneWay);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});
