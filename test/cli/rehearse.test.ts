/** `rehearse`: one document per seed whatever the threads, both languages, and refusals that say what is wrong. */
import { describe, expect, test } from 'vitest';
import { run } from './run.js';

const ASKED = ['rehearse', '--security', '688256', '--effective', '2025-09-15', '--runs', '4'];

test('the document has the spreads, what happened, and what was put in', async () => {
  const first = await run([...ASKED, '--json', '--seed', '5']);
  expect(first.code).toBe(0);
  const document = JSON.parse(first.stdout);
  expect(document).toMatchObject({
    security: '688256',
    knownAt: '2025-09-11',
    runs: 4,
    flow: { atClose: 0.8 },
    close: { date: '2025-09-12', happened: 1488 },
    market: { board: 'star', previousClose: 1387, arbitrageurs: 3 },
    provenance: { seed: 5 },
  });
  expect(document.afterwards).toHaveLength(5);
  expect(document.findings.map(({ code }: { code: string }) => code)).toContain('market_simulated');
  expect((await run([...ASKED, '--json', '--seed', '5'])).stdout).toBe(first.stdout);
});

test('in Chinese nothing is left in English but names', async () => {
  const { stdout, stderr } = await run([...ASKED, '--lang', 'zh']);
  expect(stdout).toContain('收盘价');
  expect(stderr).toContain('均为假设而非拟合');
});

test('a swept market has a point for each combination, and the same bytes with the same seed', async () => {
  const words = [
    'simulate',
    'market',
    '--passive',
    '0.1,0.2',
    '--arbitrageurs',
    '0,2',
    '--runs',
    '2',
    '--json',
  ];
  const first = await run(words);
  const { points, provenance } = JSON.parse(first.stdout);
  expect(points.map(({ passive, arbitrageurs }: Record<string, number>) => [passive, arbitrageurs])).toEqual([
    [0.1, 0],
    [0.1, 2],
    [0.2, 0],
    [0.2, 2],
  ]);
  expect(provenance.seed).toBe(1);
  expect((await run(words)).stdout).toBe(first.stdout);
});

test('a day of the past comes back out of the book with the prices of its bar', async () => {
  const words = ['simulate', 'session', '--security', '688256', '--date', '2025-09-12', '--json'];
  const { stdout } = await run(words);
  const { bar, onTheBook, minutes } = JSON.parse(stdout);
  const prices = { open: 1387, high: 1522.22, low: 1372, close: 1488 };
  expect(bar).toMatchObject(prices);
  expect(onTheBook).toMatchObject(prices);
  expect(minutes).toHaveLength(239);
  // 19,741,100 shares were traded.
  expect(Math.abs(bar.volume / 19_741_100 - 1)).toBeLessThan(0.02);
  const missing = await run([...words.slice(0, 5), '2025-09-13', '--json']);
  expect(JSON.parse(missing.stdout).error.code).toBe('no_bar');
});

describe('mistakes', () => {
  test('all of them are said at once', async () => {
    const { code, stdout } = await run([...ASKED, '--json', '--at-close', '2', '--arbitrageurs', '-1']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout).error.issues.map(({ path }: { path: string }) => path)).toEqual([
      '--at-close',
      '--arbitrageurs',
    ]);
  });

  test('a close that is known cannot be rehearsed', async () => {
    const { code, stdout } = await run([...ASKED, '--json', '--known-at', '2025-09-12']);
    expect(code).toBe(3);
    expect(JSON.parse(stdout).error.code).toBe('close_is_known');
  });
});
