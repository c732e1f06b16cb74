/** The record only grows: a change is found, a kill leaves what was finished. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError, type Day, type RecordEntry } from '../../src/core/index.js';
import { appendToRecord, readRecord } from '../../src/data/recordStore.js';

const folder = mkdtempSync(join(tmpdir(), 'counterweight-record-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const entry = (knownAt: number): RecordEntry => ({
  kind: 'outcome',
  index: 'small',
  effective: 20346 as Day,
  knownAt: knownAt as Day,
  basis: 'announced',
  members: [],
  additions: [],
  deletions: [],
  changes: [],
  engine: 'x'.repeat(2000),
});

describe('a record', () => {
  const path = join(folder, 'small.jsonl');

  it('gives back what was appended, in order', async () => {
    await appendToRecord(path, [entry(1), entry(2)]);
    await appendToRecord(path, [entry(3)]);
    const { entries, torn } = await readRecord(path);
    expect(entries).toEqual([entry(1), entry(2), entry(3)]);
    expect(torn).toBe(0);
  });

  it.each([
    ['a changed past line', (text: string) => text.replace('"knownAt":2', '"knownAt":9')],
    [
      'a line left out',
      (text: string) =>
        text
          .split('\n')
          .filter((line) => !line.includes('"knownAt":2'))
          .join('\n'),
    ],
    ['two lines exchanged', (text: string) => text.trim().split('\n').toReversed().join('\n')],
  ])('%s is refused with its line', async (_, change) => {
    const changed = join(folder, 'changed.jsonl');
    writeFileSync(changed, change(readFileSync(path, 'utf8')));
    const failure = await readRecord(changed).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InputError);
    expect((failure as InputError).code).toBe('record_changed');
    expect((failure as InputError).issues[0].line).toBeGreaterThan(0);
  });

  it('a torn last line is no entry, and the next one follows the last finished', async () => {
    const torn = join(folder, 'torn.jsonl');
    const text = readFileSync(path, 'utf8');
    writeFileSync(torn, text.slice(0, -700));
    expect((await readRecord(torn)).entries).toHaveLength(2);
    await appendToRecord(torn, [entry(4)]);
    const after = await readRecord(torn);
    expect(after.entries.map(({ knownAt }) => knownAt)).toEqual([1, 2, 4]);
    expect(after.torn).toBe(1);
  });
});

describe('kill -9 while appending', () => {
  const KILLS = Number(process.env.COUNTERWEIGHT_KILLS ?? 6);

  it(`leaves every finished entry, ${KILLS} times`, async () => {
    const path = join(folder, 'killed.jsonl');
    const program = `
      import { appendToRecord } from ${JSON.stringify(join(process.cwd(), 'dist/data/recordStore.js'))};
      const entry = (n) => ({ kind: 'outcome', index: 'small', effective: 20346, knownAt: n, basis: 'announced',
        members: [], additions: [], deletions: [], changes: [], engine: 'x'.repeat(2000) });
      for (let n = Number(process.argv[1]); ; n++) {
        await appendToRecord(${JSON.stringify(path)}, [entry(n)]);
        process.stdout.write(n + '\\n');
      }`;
    let acknowledged = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const child = spawn(
        process.execPath,
        ['--input-type=module', '-e', program, String(acknowledged + 1)],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      const said: string[] = [];
      child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()));
      const ended = new Promise((resolve) => child.on('close', resolve));
      while (said.length === 0 && child.exitCode === null)
        await new Promise((resolve) => setTimeout(resolve, 3));
      // Somewhere within the entries that follow.
      await new Promise((resolve) => setTimeout(resolve, (kill * 7) % 23));
      child.kill('SIGKILL');
      await ended;
      const last = said.join('').trim().split('\n').map(Number).findLast(Number.isFinite) ?? acknowledged;
      const { entries } = await readRecord(path);
      const known = entries.map(({ knownAt }) => Number(knownAt));
      // All that was acknowledged, in order, once; perhaps one more that was written and not yet said.
      expect(known).toEqual(known.map((_, i) => i + 1));
      expect(known.length).toBeGreaterThanOrEqual(last);
      expect(known.length).toBeLessThanOrEqual(last + 1);
      acknowledged = known.length;
    }
  });
});
