/** `account` and `order`: the whole way from opening to statement, and orders that are not taken. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
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

describe('within the session', () => {
  const words = (text: string): readonly string[] => text.split(' ');
  const within = (name: string, cash = '10m') =>
    cw('account', 'open', name, '--cash', cash, '--on', '2025-09-05', '--fills', 'session');
  const order = (what: string, name: string, more: string) =>
    ['order', what, '--account', name, ...words(more)] as const;

  test(
    'the clock stops, and what is placed, replaced and taken back there is',
    { timeout: 120_000 },
    async () => {
      await within('w');
      await cw(...order('place', 'w', '--security 688256 --side buy --quantity 1000 --limit 1190'));
      const stopped = await json('account', 'advance', 'w', '--to', '2025-09-08 10:30');
      expect(stopped).toMatchObject({
        day: '2025-09-05',
        clock: { date: '2025-09-08', time: '10:30:30' },
        orders: [{ state: 'working' }],
      });
      expect(stopped.stops.map(({ stop, time }: { stop: string; time: string }) => [stop, time])).toEqual([
        ['minutes5', '10:35:30'],
        ['minutes30', '11:00:30'],
        ['closing', '14:58:00'],
        ['end', null],
      ]);
      // The best ask is the price of an order that is to trade at once.
      const before = await json('account', 'book', 'w', '--security', '688256');
      expect([before.time, before.times.at(-1)]).toEqual(['10:30:30', '10:30:30']);
      const [{ price: ask }] = before.asks;
      const limit = (before.bids[0].price - 2).toFixed(2);
      const place = order(
        'place',
        'w',
        `--security 688256 --side buy --quantity 300 --limit ${ask} --client-id once`,
      );
      const placed = await json(...place);
      expect(placed.orders).toMatchObject([{ id: 2, state: 'filled', price: ask, changedAt: '10:30:30' }]);
      expect((await json(...place)).orders).toEqual(placed.orders);
      await cw(...order('place', 'w', `--security 688256 --side buy --quantity 300 --limit ${limit}`));
      const replaced = await json(...order('replace', 'w', '--order 3 --quantity 400'));
      expect(replaced.orders).toMatchObject([{ state: 'cancelled' }, { id: 4, state: 'working' }]);
      expect((await json(...order('cancel', 'w', '--order 4'))).orders).toMatchObject([
        { state: 'cancelled' },
      ]);
      const shown = await json('account', 'show', 'w');
      // Its own trade is the newest one.
      expect(shown.positions[0].value.amount).toBeCloseTo(300 * ask, 6);
      const { stdout } = await cw('account', 'show', 'w', '--lang', 'zh');
      expect(stdout).toContain('2025-09-08 10:30');
      expect((await json('account', 'advance', 'w', '--by', '30m')).clock.time).toBe('11:00:30');
      const over = await json('account', 'advance', 'w', '--to', '2025-09-08');
      expect([over.day, over.clock]).toEqual(['2025-09-08', null]);
      const statement = await json('account', 'statement', 'w');
      expect(statement.fills).toContainEqual(expect.objectContaining({ order: 2, time: '10:30:30' }));
    },
  );

  test('closes that come later are not known at the clock', { timeout: 120_000 }, async () => {
    await within('l');
    for (const code of ['688256', '688041'])
      await cw(...order('place', 'l', `--security ${code} --side buy --quantity 600`));
    await cw('account', 'advance', 'l', '--to', '2025-09-09 10:30');
    const sale = '--security 688256 --side sell --quantity 300 --limit 1250';
    const everything = async () => [
      await json('account', 'show', 'l'),
      await json('account', 'statement', 'l'),
      await json('account', 'book', 'l', '--security', '688256'),
      await json(...order('list', 'l', '--open')),
      await json(...order('preview', 'l', sale)),
      await json(...order('preview', 'l', '--security 688041 --side buy --quantity 300')),
    ];
    const before = await everything();
    expect(before[0].findings.map(({ code }: { code: string }) => code)).toEqual(
      expect.arrayContaining(['clock_within', 'valued_at_close']),
    );
    const file = join(folder, 'later.csv');
    writeFileSync(
      file,
      'date,code,close\n2025-09-09,688041,111\n2025-09-10,688256,999\n2025-09-10,688041,99\n',
    );
    expect((await cw('import', 'prices', file)).code).toBe(0);
    expect(await everything()).toEqual(before);
  });

  test('mistakes are named and change nothing', { timeout: 120_000 }, async () => {
    await within('m');
    await cw('account', 'open', 'closes', '--cash', '1m', '--on', '2025-09-05');
    await cw(...order('place', 'm', '--security 688256 --side buy --quantity 300 --limit 1100'));
    await cw('account', 'advance', 'm', '--to', '2025-09-08 14:58');
    const shown = await json('account', 'show', 'm');
    const to = (name: string, text: string) => ['account', 'advance', name, '--to', text] as const;
    const wrong: readonly (readonly [readonly string[], number, string])[] = [
      [to('closes', '2025-09-08 10:30'), 3, 'closes, which have no time of day'],
      [['account', 'advance', 'closes', '--by', '30m'], 3, 'closes, which have no time of day'],
      [to('m', '2025-09-08 10:30'), 3, 'the clock stands at 14:58 of 2025-09-08; name a later time'],
      [to('m', '2025-09-05'), 3, 'name a later day'],
      [to('m', '2025-09-13 10:30'), 3, 'the next one is 2025-09-15'],
      [to('m', '2025-09-09 09:00'), 3, 'begins at 09:15'],
      [to('m', '2025-09-09 12:00'), 3, 'name 11:29 or 13:00'],
      [to('m', '2025-09-09 16:00'), 3, 'name the day alone'],
      [to('m', '2025-09-09 25:00'), 2, '"2025-09-08 10:30"'],
      [to('m', '10:30'), 2, '"2025-09-08 10:30"'],
      [['account', 'advance', 'm'], 2, '"2025-09-08 10:30"'],
      [['account', 'advance', 'm', '--by', '30'], 2, 'such as 30m'],
      [[...to('m', '2025-09-09'), '--by', '30m'], 2, 'either --to or --by'],
      [order('cancel', 'm', '--order 1'), 3, 'cannot be taken back at 14:58'],
      [order('replace', 'm', '--order 1 --limit 1200'), 3, 'cannot be taken back at 14:58'],
      [order('place', 'm', '--security 688256 --side buy --quantity 300'), 3, 'taken until 14:57'],
      [['account', 'book', 'm', '--security', '688256', '--on', '2025-09-09'], 3, 'up to 2025-09-08'],
    ];
    for (const [args, code, text] of wrong) {
      const { code: ended, stderr } = await cw(...args);
      expect([args.join(' '), ended]).toEqual([args.join(' '), code]);
      expect(stderr).toContain(text);
    }
    expect(await json('account', 'show', 'm')).toEqual(shown);
  });
});
