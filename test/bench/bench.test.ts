/** The benchmarks run, agree with their peers and report in the contract's shape; no time is asserted. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { difference } from '../../bench/difference.mjs';
import { ROOT } from '../tidy/files.js';

const run = promisify(execFile);

const bench = (...args: string[]) =>
  run(process.execPath, ['bin/counterweight.js', 'bench', ...args, '--json'], {
    cwd: ROOT,
    env: { ...process.env, COUNTERWEIGHT_BENCH_QUICK: '1' },
  });

test('capping is measured, and agrees with numpy where there is one', async () => {
  const { stdout } = await bench('capping');
  const { results, provenance } = JSON.parse(stdout);
  expect(results).toHaveLength(1);
  const [result] = results;
  const peerIsThere = result.peer.medianMs !== null;
  expect(result).toMatchObject({
    name: 'capping',
    medianMs: expect.any(Number),
    throughput: expect.any(Number),
    peer: { name: expect.stringMatching(peerIsThere ? /^numpy \d/ : /^peer not available/) },
    ratio: peerIsThere ? expect.any(Number) : null,
    outputsAgree: peerIsThere ? true : null,
  });
  expect(provenance).toMatchObject({ rulebook: expect.stringMatching(/^star-50@/) });
});

test('impact, frontier and study agree with numpy where there is one', async () => {
  const { stdout } = await bench('impact-10000', 'frontier-200', 'study-500');
  const { results } = JSON.parse(stdout) as { results: { name: string; outputsAgree: boolean | null }[] };
  expect(results.map(({ name }) => name)).toEqual(['impact-10000', 'frontier-200', 'study-500']);
  for (const { outputsAgree } of results) expect(outputsAgree).not.toBe(false);
});

test('an unknown benchmark is refused with the names there are', async () => {
  const failed = await bench('speed').catch((error: { code: number; stdout: string }) => error);
  expect(failed).toMatchObject({ code: 2 });
  expect(JSON.parse(failed.stdout).error.issues[0].expected).toContain('capping');
});

describe('outputs are the same', () => {
  const output = (weight: number | null, members = [1, 2]) => ({
    exact: { members },
    close: { weights: [0.5, weight] },
  });

  test('up to rounding', () => {
    expect(difference(output(0.1), output(0.1 * (1 + 5e-13)))).toBeUndefined();
    expect(difference(output(null), output(null))).toBeUndefined();
  });

  test('and no further', () => {
    expect(difference(output(0.1), output(0.1 * (1 + 2e-12)))).toMatch(/^weights\[1\] is 0.1 against/);
    expect(difference(output(0.1), output(null))).toBe('weights[1] is 0.1 against null');
    expect(difference(output(0.1), output(0.1, [1, 3]))).toBe('members[1] is 2 against 3');
    expect(difference(output(0.1), output(0.1, [1]))).toBe('members has 2 values against 1');
    expect(difference(output(0.1), { exact: {}, close: {} })).toBe('exact has members against ');
  });
});
