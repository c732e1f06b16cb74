/** `account` and `order`: the whole way from opening to statement, and orders that are not taken. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { run } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'counterweight-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const cw = (...args: readonly string[]) => run([...args, '--data', folder]);
const json = async (...args: readonly string[]) => JSON.parse((await cw(...args, '--json')).stdout);
const buy = (...more: readonly string[]) =>
  ['order', 'place', '--account', 'a', '--security', '688256', '--side', 'buy', ...more] as const;

test('from opening to statement', { timeout: 120_000 }, async () => {
  expect(await json('account', 'open', 'a', '--cash', '10m', '--on', '2025-09-05')).toMatchObject({
    account: 'a',
    day: '2025-09-05',
    cash: { amount: 1e7, currency: 'CNY' },
  });
  expect((await json(...buy('--quantity', '199', '--limit', '1300'))).error).toMatchObject({
    kind: 'refusal',
    code: 'order_too_small',
    numbers: { nearestQuantity: 200, nearestLimit: 1300 },
  });
  const placed = await json(...buy('--quantity', '2000', '--limit', '1300', '--client-id', 'x'));
  expect(placed.orders).toMatchObject([{ id: 1, state: 'working', security: '688256', limit: 1300 }]);
  expect(
    (await json(...buy('--quantity', '2000', '--limit', '1300', '--client-id', 'x'))).orders,
  ).toHaveLength(1);
  const when = ['--when', '688256>=1400', '--open', '--quantity', '500'];
  await cw('account', 'advance', 'a', '--to', '2025-09-08');
  await cw('order', 'place', '--account', 'a', '--security', '688256', '--side', 'sell', ...when);
  expect(
    (await json('order', 'replace', '--account', 'a', '--order', '2', '--quantity', '600')).orders,
  ).toMatchObject([
    { state: 'cancelled', quantity: 500 },
    { state: 'waiting', quantity: 600 },
  ]);
  const shown = await json('account', 'advance', 'a', '--to', '2025-09-30');
  // Closes of 2025-09-08 and 2025-09-15 in datasets/cn-star: 1212.78 and 1440.00. Duty, fees and commission by hand.
  const bought = 2000 * 1212.78;
  const sold = 600 * 1440;
  const fees = bought * 0.00026 + sold * (0.0005 + 0.00026);
  expect(shown.cash.amount).toBeCloseTo(1e7 - bought + sold - fees, 1);
  expect(shown.positions).toMatchObject([{ id: '688256', shares: 1400 }]);
  expect(shown.realised.amount).toBeCloseTo(600 * (1440 - 1212.78), 2);
  const csv = join(folder, 'statement.csv');
  await cw('account', 'statement', 'a', '--csv', csv);
  const lines = readFileSync(csv, 'utf8').trim().split(/\r?\n/);
  expect(lines[0]).toBe('entry,date,what,order,account,security,shares,amount,cash');
  const total = lines.slice(1).reduce((sum, line) => sum + Number(line.split(',')[7]), 0);
  expect(Math.abs(total)).toBeLessThan(1e-6);
});

test('mistakes are named and change nothing', { timeout: 120_000 }, async () => {
  await cw('account', 'open', 'b', '--cash', '1m', '--on', '2025-09-05');
  const wrong: readonly (readonly [readonly string[], number, string])[] = [
    [['account', 'open', 'b', '--cash', '1m', '--on', '2025-09-05'], 2, 'another name'],
    [['account', 'open', 'c', '--cash', '1m', '--on', '2025-09-06'], 3, 'no session'],
    [['account', 'open', '../c', '--cash', '1m', '--on', '2025-09-05'], 2, 'letters, digits'],
    [['account', 'show', 'bb'], 3, 'did you mean b?'],
    [['account', 'advance', 'b', '--to', '2030-01-01'], 3, 'the data set ends'],
    [buy('--quantity', '2e99').map((word) => (word === 'a' ? 'b' : word)), 2, 'at most'],
    [
      buy('--quantity', '200', '--limit', '12.345').map((word) => (word === 'a' ? 'b' : word)),
      2,
      'hundredths',
    ],
    [
      buy('--quantity', '200', '--when', 'tomorrow').map((word) => (word === 'a' ? 'b' : word)),
      2,
      'CODE>=PRICE',
    ],
    [['order', 'cancel', '--account', 'b', '--order', '7'], 3, 'does not exist'],
  ];
  for (const [args, code, words] of wrong) {
    const { code: ended, stderr } = await cw(...args);
    expect([args.join(' '), ended]).toEqual([args.join(' '), code]);
    expect(stderr).toContain(words);
  }
  expect(await json('account', 'show', 'b')).toMatchObject({
    cash: { amount: 1e6 },
    orders: [],
    positions: [],
  });
});
