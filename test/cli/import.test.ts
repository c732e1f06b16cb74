/** Imported closes: used where they belong, replaced and extended, and whole whatever happens in between. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { scratch } from '../data/scratch.js';
import type { FlowsDocument } from './documents.js';
import { jsonOf, run, runAll } from './run.js';

const files = scratch();
const prices = (name: string, ...rows: string[]): string =>
  files.write(name, `date,code,close\n${rows.join('\n')}\n`);
const importing = (file: string, folder: string, ...words: string[]): string[] => [
  'import',
  'prices',
  file,
  '--data',
  folder,
  ...words,
];
const flows = (effective: string, ...words: string[]): string[] => [
  'flows',
  'star-50',
  '--effective',
  effective,
  '--json',
  ...words,
];
const weightBefore = ({ trades }: FlowsDocument, id: string): number =>
  trades.find((trade) => trade.id === id)?.weightBefore ?? Number.NaN;
const bytesOf = (folder: string): string => readFileSync(join(folder, 'imported-closes.parquet'), 'base64');

async function imported(file: string, folder: string): Promise<string> {
  expect(await run(importing(file, folder))).toMatchObject({ code: 0, stderr: '' });
  return bytesOf(folder);
}

describe('an imported close', () => {
  const folder = files.path('data');
  let bundled: FlowsDocument;
  let first: FlowsDocument;

  beforeAll(async () => {
    bundled = jsonOf(await run(flows('2025-09-15')));
    await imported(prices('dearer.csv', '2025-09-12,688256.SH,1600'), folder);
    first = jsonOf(await run(flows('2025-09-15', '--data', folder)));
  });

  it('goes before the bundled one: a dearer Cambricon weighed more, and more is to be sold', () => {
    expect(weightBefore(first, '688256')).toBeGreaterThan(weightBefore(bundled, '688256'));
    expect(weightBefore(first, '688981')).toBeLessThan(weightBefore(bundled, '688981'));
    expect(first.trades[0].value.amount).toBeLessThan(bundled.trades[0].value.amount);
  });

  it('is said in the findings and in the hash of the data', () => {
    const importedOnes = ({ findings }: FlowsDocument): string[] =>
      findings.filter(({ code }) => code === 'price_imported').map(({ subject }) => subject);
    expect(importedOnes(bundled)).toEqual([]);
    expect(importedOnes(first)).toEqual(['688256']);
    expect(first.provenance.data).not.toBe(bundled.provenance.data);
  });

  it('imported twice changes nothing, with another close it is replaced', async () => {
    const before = bytesOf(folder);
    expect(await imported(files.path('dearer.csv'), folder)).toBe(before);
    const ended = await run(importing(prices('cheaper.csv', '2025-09-12,688256,1400'), folder, '--json'));
    expect(jsonOf(ended)).toMatchObject({ rows: 1, securities: 1, from: '2025-09-12', written: { rows: 1 } });
    const cheaper = jsonOf<FlowsDocument>(await run(flows('2025-09-15', '--data', folder)));
    expect(weightBefore(cheaper, '688256')).toBeLessThan(weightBefore(bundled, '688256'));
  });

  it('--check writes nothing', async () => {
    const nowhere = files.path('unwritten');
    expect(await run(importing(files.path('dearer.csv'), nowhere, '--check'))).toMatchObject({ code: 0 });
    expect(existsSync(nowhere)).toBe(false);
  });

  it('of a later session lets a later review be computed', async () => {
    const later = files.path('later');
    const effective = '2026-03-16';
    const february = ['2026-02-27'];
    const march = [2, 3, 4, 5, 6, 9, 10, 11, 12, 13].map((day) => `2026-03-${String(day).padStart(2, '0')}`);
    const rows = [...february, ...march].flatMap((day, i) => [
      `${day},688256,${1000 + 10 * i}`,
      `${day},688981,${110 + i}`,
    ]);
    await imported(prices('later.csv', ...rows), later);
    expect((await run(flows(effective))).code).toBe(3);
    const document = jsonOf<FlowsDocument>(await run(flows(effective, '--data', later)));
    expect(document.trades.length).toBeGreaterThanOrEqual(50);
    const codes = new Set(document.findings.map((finding) => finding.code));
    expect([codes.has('price_imported'), codes.has('stale_price')]).toEqual([true, true]);
  });

  it('needs a folder for temporary files, and says which one is missing', async () => {
    const env = { TMPDIR: files.path('gone') };
    const { code, stderr } = await run(importing(files.path('dearer.csv'), folder), { env });
    expect({ code, stderr }).toEqual({
      code: 4,
      stderr: `${files.path('gone')}: the folder for temporary files does not exist; create it, or set TMPDIR to another\n`,
    });
  });

  it('that cannot be read is an operational failure', async () => {
    const broken = files.path('broken');
    mkdirSync(broken);
    writeFileSync(join(broken, 'imported-closes.parquet'), 'not parquet');
    const { code, stdout, stderr } = await run([
      'review',
      'star-50',
      '--effective',
      '2025-09-15',
      '--data',
      broken,
    ]);
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(/^the data set cannot be read: [^\n]+\n$/);
  });
});

describe('an import that is killed', () => {
  const KILLS = 15;

  it('leaves the old file or the new one, and the next import goes on', async () => {
    const old = prices('old.csv', '2025-09-11,688256,1390', '2025-09-12,688256,1490');
    const added = prices('added.csv', '2025-09-12,688256,1491', '2025-09-12,688981,119');
    const folder = files.path('killed');
    const before = await imported(old, folder);
    const started = performance.now();
    const after = await imported(added, folder);
    const wholeMs = performance.now() - started;
    expect(after).not.toBe(before);

    // What a killed run leaves in the folder for temporary files is to go with this test's own.
    const env = { TMPDIR: files.path('.') };
    for (let i = 0; i < KILLS; i++) {
      writeFileSync(join(folder, 'imported-closes.parquet'), Buffer.from(before, 'base64'));
      // Most of the run is start-up; from half of it on, where the writing is, the kills are dense.
      const part = i === 0 ? Math.random() / 2 : 0.5 + Math.random() * 0.6;
      await run(importing(added, folder), { env, killAfterMs: wholeMs * part });
      expect([before, after]).toContain(bytesOf(folder));
    }
    expect(await imported(added, folder)).toBe(after);
    expect(readdirSync(folder)).not.toContain('.import.lock');
  }, 120_000);
});

describe('several processes at once', () => {
  it('read the same and print the same', async () => {
    const ended = await Promise.all(Array.from({ length: 4 }, () => run(flows('2025-09-15'))));
    expect(ended[0]).toMatchObject({ code: 0, stderr: '' });
    expect(new Set(ended.map(({ stdout }) => stdout)).size).toBe(1);
  });

  it('import without losing a row', async () => {
    const folder = files.path('together');
    const days = ['2025-09-09', '2025-09-10', '2025-09-11', '2025-09-12'];
    const ended = await Promise.all(
      days.map((day) => run(importing(prices(`${day}.csv`, `${day},688256,1400`), folder, '--json'))),
    );
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    const counts = ended.map((one) => jsonOf<{ written: { rows: number } }>(one).written.rows);
    expect(counts.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
  });
});

describe('the security that flows follows', () => {
  it('is named with or without its exchange', async () => {
    const { bare, suffixed, small } = await runAll({
      bare: flows('2025-09-15', '--security', '688041'),
      suffixed: flows('2025-09-15', '--security', '688041.SH'),
      small: flows('2025-09-15', '--security', '688041.sh'),
    });
    expect(bare.code).toBe(0);
    expect(jsonOf<{ history: { id: string }[] }>(bare).history[0].id).toBe('688041');
    expect([suffixed.stdout, small.stdout]).toEqual([bare.stdout, bare.stdout]);
  });
});
