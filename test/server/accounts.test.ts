/** Paper accounts over HTTP: the documents of the command line, orders that are sent twice, and hostile ones. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import XLSX from '@e965/xlsx';
import { describe, expect, test } from 'vitest';
import { formatDay, type RecordEntry } from '../../src/core/index.js';
import { jsonOf, run } from '../cli/run.js';
import { ROOT } from '../tidy/files.js';
import { ask, errorOf, get, testServer } from './server.js';

const server = await testServer();
const at = (path: string): string => `/api/v1/accounts${path}`;
const send = (path: string, payload: object, method: 'POST' | 'PUT' | 'DELETE' = 'POST') =>
  ask(server, path, { method, payload });
const open = (name: string, more: object = {}) =>
  send(at(`/${name}`), { cash: 1e7, day: '2025-09-05', ...more }, 'PUT');
const buy = (more: object = {}) => ({
  clientId: 'first',
  security: '688256',
  side: 'buy',
  quantity: 2000,
  limit: 1300,
  ...more,
});
const cli = async (...words: readonly string[]) =>
  jsonOf(await run([...words, '--data', server.folder, '--json']));

describe('the documents are those of the command line', () => {
  test('from opening to statement', { timeout: 60_000 }, async () => {
    const opened = await open('demo');
    expect([opened.statusCode, (await open('demo')).statusCode]).toEqual([201, 200]);
    expect(errorOf(await open('demo', { cash: 5 })).code).toBe('account_exists');
    const preview = await send(at('/demo/preview'), {
      security: '688256.SH',
      side: 'buy',
      quantity: 2000,
      limit: 1300,
    });
    const terms = ['--security', '688256', '--side', 'buy', '--quantity', '2000', '--limit', '1300'];
    expect(JSON.parse(preview.body)).toEqual(await cli('order', 'preview', '--account', 'demo', ...terms));
    const placed = await send(at('/demo/orders'), buy());
    expect(placed.statusCode).toBe(201);
    // The command sends the same again and is given the order that is there.
    expect(JSON.parse(placed.body)).toEqual(
      await cli('order', 'place', '--account', 'demo', ...terms, '--client-id', 'first'),
    );
    await send(at('/demo/advance'), { to: '2025-09-08' });
    const exit = { takeProfit: 1500, stop: { trail: 0.05 } };
    const sale = { clientId: 'out', security: '688256', side: 'sell', quantity: 2000, exit };
    expect((await send(at('/demo/orders'), sale)).statusCode).toBe(201);
    await send(at('/demo/advance'), { to: '2025-09-30' });
    expect(await get(server, at('/demo'))).toEqual(await cli('account', 'show', 'demo'));
    expect(await get(server, at('/demo/statement'))).toEqual(await cli('account', 'statement', 'demo'));
    const paper = await ask(server, at('/demo/statement?format=pdf&language=zh'));
    expect([paper.headers['content-type'], paper.bytes.subarray(0, 5).toString()]).toEqual([
      'application/pdf',
      '%PDF-',
    ]);
    const book = await ask(server, at('/demo/statement?format=xlsx'));
    expect(XLSX.read(book.bytes).SheetNames).toEqual(['ledger', 'days', 'positions', 'fills']);
    expect((await ask(server, at('/demo?format=pdf'))).statusCode).toBe(422);
    expect(await get(server, at('/demo/orders?open=true'))).toMatchObject({ orders: [] });
    expect(await get(server, at(''))).toMatchObject({ accounts: [{ name: 'demo', day: '2025-09-30' }] });
  });

  test('a condition tried over history', { timeout: 60_000 }, async () => {
    const condition = { kind: 'trail', security: '688256', direction: 'at-most', fraction: 0.05 };
    const terms = { security: '688256', side: 'sell', quantity: 500 };
    const tried = await send('/api/v1/dry-runs', {
      ...terms,
      condition,
      from: '2025-08-01',
      to: '2025-10-30',
    });
    expect(JSON.parse(tried.body)).toEqual(
      await cli(
        ...'order dry-run --security 688256 --side sell --quantity 500 --from 2025-08-01 --to 2025-10-30'.split(
          ' ',
        ),
        '--when',
        '688256<=high-5%',
      ),
    );
  });
});

describe('an account that trades within the session', () => {
  const words = (text: string): readonly string[] => text.split(' ');

  test('from opening to the book, over HTTP and on the command line', { timeout: 60_000 }, async () => {
    expect(errorOf(await open('within', { fills: 'session', participation: 0.1 })).code).toBe(
      'invalid_argument',
    );
    expect(errorOf(await open('within', { flows: true })).code).toBe('invalid_argument');
    expect((await open('within', { fills: 'session', flows: true })).statusCode).toBe(201);
    const plain = { security: '688256', side: 'buy', quantity: 1000 } as const;
    const condition = { kind: 'clock', from: '10:30' } as const;
    await send(at('/within/orders'), { ...plain, clientId: 'a', during: 'close' });
    await send(at('/within/orders'), { ...plain, clientId: 'b', condition, kind: 'best-five-cancel' });
    await send(at('/within/orders'), { ...plain, clientId: 'c', limit: 1190, peak: 300 });
    await send(at('/within/advance'), { to: '2025-09-08' });
    const shown = await get<{ orders: object[] }>(server, at('/within'));
    expect(shown).toEqual(await cli('account', 'show', 'within'));
    // The bar of that day has a low of 1183.00 and a close of 1212.78.
    expect(shown.orders).toMatchObject([
      { state: 'filled', during: 'close', price: 1212.78, changedAt: '15:00:00' },
      { state: 'filled', kind: 'best-five-cancel', when: 'from 10:30', changedAt: '10:30:30' },
      { state: 'filled', peak: 300 },
    ]);
    const orders = await get<{ fills: { order: number; time: string; quantity: number }[] }>(
      server,
      at('/within/orders'),
    );
    expect(orders.fills.filter(({ order }) => order === 3).map(({ quantity }) => quantity)).toEqual([
      300, 300, 400,
    ]);
    const asked = '/within/book?security=688256&time=10:30';
    const book = await get<{ bids: object[]; asks: object[]; time: string }>(server, at(asked));
    expect(book).toEqual(
      await cli(...words('account book within --security 688256 --at 10:30 --on 2025-09-08')),
    );
    expect([book.time, book.bids.length, book.asks.length]).toEqual(['10:30:30', 5, 5]);
    expect(errorOf(await ask(server, at(`${asked}&date=2025-09-09`))).code).toBe('session_ahead');
    expect(errorOf(await ask(server, at('/within/book?security=688041'))).code).toBe('no_bar');
  });

  test('the clock stops within it, over HTTP and on the command line', { timeout: 60_000 }, async () => {
    await open('clock', { fills: 'session' });
    const plain = { security: '688256', side: 'buy', quantity: 1000 } as const;
    await send(at('/clock/orders'), { ...plain, clientId: 'a', limit: 1190 });
    const noon = { to: '2025-09-08', time: '12:00' };
    expect(errorOf(await send(at('/clock/advance'), noon)).code).toBe('no_such_time');
    const stop = { to: '2025-09-08', time: '10:30' };
    const stopped = await send(at('/clock/advance'), stop);
    expect(JSON.parse(stopped.body)).toEqual(await cli('account', 'show', 'clock'));
    // Sent twice it does no harm.
    expect(errorOf(await send(at('/clock/advance'), stop)).code).toBe('not_after');
    const terms = { ...plain, quantity: 300, limit: 1224.5 };
    const preview = await send(at('/clock/preview'), terms);
    const typed = words('--security 688256 --side buy --quantity 300 --limit 1224.5');
    expect(JSON.parse(preview.body)).toEqual(await cli('order', 'preview', '--account', 'clock', ...typed));
    const placed = await send(at('/clock/orders'), { ...terms, clientId: 'b' });
    expect(JSON.parse(placed.body)).toMatchObject({
      clock: { date: '2025-09-08', time: '10:30:30' },
      orders: [{ state: 'filled', changedAt: '10:30:30' }],
    });
    expect(JSON.parse(placed.body)).toEqual(
      await cli('order', 'place', '--account', 'clock', ...typed, '--client-id', 'b'),
    );
    const replaced = await send(at('/clock/orders/1/replace'), { clientId: 'c', limit: 1200 });
    expect(JSON.parse(replaced.body).orders).toMatchObject([{ state: 'cancelled' }, { state: 'working' }]);
    const book = await get<{ time: string }>(server, at('/clock/book?security=688256'));
    expect(book).toEqual(await cli(...words('account book clock --security 688256')));
    expect(book.time).toBe('10:30:30');
    expect((await ask(server, at('/clock/orders/3'), { method: 'DELETE' })).statusCode).toBe(200);
    expect(await get(server, at('/clock/statement'))).toEqual(await cli('account', 'statement', 'clock'));
    await send(at('/clock/advance'), { to: '2025-09-08', time: '14:58' });
    expect(errorOf(await send(at('/clock/orders'), { ...plain, clientId: 'd' })).code).toBe('part_over');
    await open('at-closes');
    expect(errorOf(await send(at('/at-closes/advance'), stop)).code).toBe('closes_have_no_time');
  });

  test('an order tried over history, and one that only a session takes', { timeout: 60_000 }, async () => {
    const book = { kind: 'book', of: 'bid', security: '688256', direction: 'at-least', threshold: 20_000 };
    const order = { security: '688256', side: 'sell', quantity: 500, condition: book } as const;
    const days = { from: '2025-09-08', to: '2025-09-12' };
    const tried = await send('/api/v1/dry-runs', { ...order, ...days, fills: 'session' });
    expect(JSON.parse(tried.body)).toEqual(
      await cli(
        ...words('order dry-run --security 688256 --side sell --quantity 500 --from 2025-09-08'),
        ...words('--to 2025-09-12 --fills session --when bid(688256)>=20000'),
      ),
    );
    expect(JSON.parse(tried.body).triggeredAt).toMatch(/^\d\d:\d\d:\d\d$/);
    await open('closes');
    const refused = await send(at('/closes/preview'), { ...order, side: 'buy' });
    expect(JSON.parse(refused.body)).toMatchObject({
      accepted: false,
      objections: [{ code: 'needs_session' }],
    });
  });
});

interface Tried {
  readonly triggered: string | null;
  readonly sessions: readonly { readonly date: string; readonly value: number | null }[];
}

describe('an order that waits for a chance', () => {
  const tried = async (of: string, security: string, threshold: number, from: string, to: string) => {
    const condition = { kind: 'chance', of, security, direction: 'at-least', threshold };
    const order = { security: '688256', side: 'sell', quantity: 200, condition, from, to };
    return JSON.parse((await send('/api/v1/dry-runs', order)).body) as Tried;
  };

  test('of being out, in the record', async () => {
    const lines = readFileSync(join(ROOT, 'record', 'star-50.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean);
    const byEvening = new Map<string, number>();
    for (const line of lines) {
      const { entry } = JSON.parse(line) as { entry: RecordEntry };
      if (entry.kind !== 'forecast' || formatDay(entry.effective) !== '2025-12-15') continue;
      const listed = entry.chances.find(({ id }) => id === '688180');
      if (listed !== undefined) byEvening.set(formatDay(entry.knownAt), 1 - listed.p);
    }
    const result = await tried('out', '688180', 0.6, '2025-09-16', '2025-11-28');
    const seen = result.sessions.filter(({ date }) => byEvening.has(date));
    expect(seen.length).toBeGreaterThan(20);
    for (const { date, value } of seen) expect([date, value]).toEqual([date, byEvening.get(date)]);
    expect(result.triggered).toBe(seen.find(({ value }) => (value ?? 0) >= 0.6)?.date ?? null);
    expect(result.triggered).not.toBeNull();
  });

  test('of a cap, as the forecast of that evening has it', async () => {
    const result = await tried('capped', '688256', 0.9, '2025-08-18', '2025-08-20');
    expect(result.sessions).toHaveLength(2);
    for (const { date, value } of result.sessions) {
      const chances = await get<{ securities: { id: string; pCapped: number }[] }>(
        server,
        `/api/v1/indices/star-50/reviews/2025-09-15/chances?knownAt=${date}`,
      );
      expect(value).toBe(chances.securities.find(({ id }) => id === '688256')?.pCapped);
    }
    const long = await ask(server, '/api/v1/dry-runs', {
      method: 'POST',
      payload: {
        security: '688256',
        side: 'sell',
        quantity: 200,
        condition: {
          kind: 'chance',
          of: 'capped',
          security: '688256',
          direction: 'at-least',
          threshold: 0.9,
        },
        from: '2025-06-16',
        to: '2025-12-01',
      },
    });
    expect([long.statusCode, errorOf(long).code]).toEqual([409, 'too_many_evenings']);
  });
});

test('an order is sent twice, replaced and taken back', async () => {
  await open('twice');
  const orders = async () => (await get<{ orders: unknown[] }>(server, at('/twice/orders'))).orders;
  expect((await send(at('/twice/orders'), buy())).statusCode).toBe(201);
  expect((await send(at('/twice/orders'), buy())).statusCode).toBe(200);
  expect(await orders()).toHaveLength(1);
  const change = { clientId: 'second', quantity: 300 };
  for (let time = 0; time < 2; time++) {
    const replaced = await send(at('/twice/orders/1/replace'), change);
    expect(JSON.parse(replaced.body)).toMatchObject({
      orders: [
        { id: 1, state: 'cancelled' },
        { id: 2, state: 'working', quantity: 300, limit: 1300 },
      ],
    });
  }
  expect((await ask(server, at('/twice/orders/2'), { method: 'DELETE' })).statusCode).toBe(200);
  const late = await ask(server, at('/twice/orders/2'), { method: 'DELETE' });
  expect([late.statusCode, errorOf(late).code]).toEqual([409, 'order_not_open']);
  expect(await orders()).toMatchObject([{ state: 'cancelled' }, { state: 'cancelled' }]);
});

test('a purchase with its ways out is three orders under one name', async () => {
  await open('bracket');
  const exit = { takeProfit: 1500, stop: { at: 1200 } };
  const placed = await send(at('/bracket/orders'), buy({ exit }));
  expect(JSON.parse(placed.body)).toMatchObject({
    orders: [
      { role: 'entry', state: 'working' },
      { role: 'take-profit', state: 'dormant', limit: 1500 },
      { role: 'stop', state: 'dormant', when: '688256<=1200' },
    ],
  });
  const again = await send(at('/bracket/orders'), buy({ exit }));
  expect(JSON.parse(again.body).orders).toHaveLength(3);
  const crossed = await send(
    at('/bracket/orders'),
    buy({ clientId: 'x', exit: { takeProfit: 1000, stop: { at: 1400 } } }),
  );
  const { code, message } = errorOf(crossed);
  expect(code).toBe('exit_crossed');
  expect(message).toMatch(/below the price of the purchase.*above the price of the purchase/);
  await ask(server, at('/bracket/orders/1'), { method: 'DELETE' });
  expect(await get(server, at('/bracket/orders?open=true'))).toMatchObject({ orders: [] });
});

/** What is sent, and where the answer says that it is wrong. */
const HOSTILE: readonly (readonly [string, unknown, number, string])[] = [
  ['a negative quantity', buy({ quantity: -200 }), 422, 'quantity'],
  ['no quantity at all', buy({ quantity: 0 }), 422, 'quantity'],
  ['1e18 shares', buy({ quantity: 1e18 }), 422, 'quantity'],
  ['half a share', buy({ quantity: 200.5 }), 422, 'quantity'],
  ['a price that is no number', buy({ limit: 'NaN' }), 422, 'limit'],
  ['a price that is null', buy({ limit: null }), 422, 'limit'],
  [
    'NaN as such, which is no JSON',
    '{"clientId":"n","security":"688256","side":"buy","quantity":200,"limit":NaN}',
    400,
    'body',
  ],
  [
    '1e999, which JSON reads as infinite',
    '{"clientId":"n","security":"688256","side":"buy","quantity":200,"limit":1e999}',
    422,
    'limit',
  ],
  ['a negative price', buy({ limit: -1 }), 422, 'limit'],
  ['a third of a fen', buy({ limit: 1300.001 }), 422, 'limit'],
  ['a third side', buy({ side: 'steal' }), 422, 'side'],
  ['no name', { ...buy(), clientId: undefined }, 422, 'clientId'],
  ['a field nobody knows', buy({ cash: 1e12 }), 422, 'cash'],
  ['a security nobody has', buy({ security: '999999' }), 404, 'security'],
  ['slices of another sum', buy({ slices: [{ session: '2025-09-08', quantity: 200 }] }), 422, 'slices'],
  ['a list', [buy()], 422, ''],
];

describe('a hostile client is refused, logged, and changes nothing', () => {
  const refusals = async (name: string) =>
    (await get<{ refusals: { code: string; request: string }[] }>(server, at(`/${name}/refusals`))).refusals;

  test.each(HOSTILE)('%s', async (_, payload, status, path) => {
    await open('victim');
    const before = await get(server, at('/victim'));
    const logged = (await refusals('victim')).length;
    const answer = await ask(server, at('/victim/orders'), {
      method: 'POST',
      payload: payload as object | string,
      headers: { 'content-type': 'application/json' },
    });
    expect([answer.statusCode, errorOf(answer).issues.map((issue) => issue.path)]).toEqual([
      status,
      expect.arrayContaining([path]),
    ]);
    expect(await get(server, at('/victim'))).toEqual(before);
    const log = await refusals('victim');
    expect(log).toHaveLength(logged + 1);
    expect(log[0]).toMatchObject({ code: errorOf(answer).code });
  });

  test('another account’s order', async () => {
    await open('mine');
    await open('theirs');
    await send(at('/theirs/orders'), buy());
    const before = await get(server, at('/theirs'));
    for (const path of ['/mine/orders/1', '/mine/orders/99999999']) {
      const answer = await ask(server, at(path), { method: 'DELETE' });
      expect([answer.statusCode, errorOf(answer).code]).toEqual([409, 'order_not_open']);
      const replaced = await send(at(`${path}/replace`), { clientId: 'r', quantity: 200 });
      expect([replaced.statusCode, errorOf(replaced).code]).toEqual([409, 'order_not_open']);
    }
    expect(await get(server, at('/theirs'))).toEqual(before);
    expect(await refusals('mine')).toHaveLength(4);
    expect((await refusals('mine'))[3].request).toBe('DELETE /api/v1/accounts/mine/orders/1 ');
  });

  test('names that are no names, and an account that is not there', async () => {
    for (const name of ['..%2Fx', '%00', 'a%20b', '-a']) {
      const answer = await send(at(`/${name}/orders`), buy());
      expect([answer.statusCode, errorOf(answer).issues[0]?.path]).toEqual([422, 'account']);
    }
    const nobody = await send(at('/nobody/orders'), buy());
    expect([nobody.statusCode, errorOf(nobody).code]).toEqual([409, 'unknown_account']);
  });

  test('more cash than can be counted to the fen', async () => {
    for (const cash of [1e18, 2e11, 0, -1]) {
      const answer = await ask(server, at('/rich'), { method: 'PUT', payload: { cash, day: '2025-09-05' } });
      expect([answer.statusCode, errorOf(answer).issues[0]?.path]).toEqual([422, 'cash']);
    }
  });

  test('shares that are not there, cash that is not there, prices beyond the day’s', async () => {
    await open('poor', { cash: 1000 });
    const codes = async (more: object) => errorOf(await send(at('/poor/orders'), buy(more))).code;
    expect(await codes({ side: 'sell' })).toBe('short_sale');
    expect(await codes({ quantity: 200 })).toBe('not_enough_cash');
    expect(await codes({ limit: 9999 })).toBe('above_limit');
    expect(await codes({ quantity: 100_000_000 })).toBe('order_too_large');
    expect(await get(server, at('/poor'))).toMatchObject({ orders: [], cash: { amount: 1000 } });
  });
});
