/** What every gateway does, asked of the paper account itself and of the same account at the other end of a FIX session. */
import { afterEach, describe, expect, test } from 'vitest';
import { clockTime, fen } from '../../src/core/index.js';
import type { NewOrder, OrderGateway } from '../../src/core/gateway/orderGateway.js';
import { scratch } from '../data/scratch.js';
import { clientOf, FIRST, paperAccount, SECURITY, served, until, type Opening, type Paper } from './paper.js';

const files = scratch();
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

interface Bench {
  readonly paper: Paper;
  readonly gateway: OrderGateway;
}

let folders = 0;
const KINDS: Readonly<Record<string, (opening?: Opening) => Promise<Bench>>> = {
  'the paper account': async (opening) => {
    const paper = paperAccount('demo', opening);
    return { paper, gateway: paper.gateway };
  },
  'the same over FIX': async (opening) => {
    const paper = paperAccount('demo', opening);
    const folder = String(folders++);
    const server = await served(
      files.path(`srv${folder}`),
      new Map([['CLI', { account: 'demo', gateway: paper.gateway }]]),
    );
    const client = clientOf(files.path(`cli${folder}`), server.port, 'CLI');
    closing.push(server.close, client.close);
    return { paper, gateway: client.gateway };
  },
};

const order = (clientId: string, more: Partial<NewOrder> = {}): NewOrder => ({
  clientId,
  security: SECURITY,
  side: 'buy',
  quantity: 200,
  limit: fen(10_000),
  validity: 'day',
  condition: undefined,
  ...more,
});

const TAKEN = { taken: true, again: false };
const AGAIN = { taken: true, again: true };

/** Reports as `kind order other state filled price`, once so many have come. */
async function reported(gateway: OrderGateway, count: number): Promise<string[]> {
  await until(async () => (await gateway.reports(0)).reports.length >= count);
  const { reports } = await gateway.reports(0);
  return reports.map(({ kind, clientId, other, state, filled, last, reason }) =>
    [kind, clientId, other ?? '-', state, filled, last?.price ?? '-', reason ?? ''].join(' ').trim(),
  );
}

describe.each(Object.entries(KINDS))('%s', (_, start) => {
  test('takes an order once, whatever happens to it is one report each, in order', async () => {
    const { paper, gateway } = await start();
    expect(await gateway.place(order('a'))).toEqual(TAKEN);
    expect(await gateway.place(order('b', { quantity: 300, limit: undefined }))).toEqual(TAKEN);
    const rising = { kind: 'price', security: SECURITY, direction: 'at-least', threshold: 110 } as const;
    expect(
      await gateway.place(order('c', { condition: rising, limit: undefined, validity: 'open' })),
    ).toEqual(TAKEN);
    const before = paper.events();
    expect(await gateway.place(order('a'))).toEqual(AGAIN);
    expect(paper.events()).toBe(before);
    paper.advance(4);
    // Closes are 105, 99, 110 and 115: a at 100 is not reached on its day; c wakes at 110 and is filled at 115.
    expect(await reported(gateway, 7)).toEqual([
      'new a - working 0 -',
      'new b - working 0 -',
      'new c - waiting 0 -',
      'expired a - expired 0 - not_reached',
      'filled b - filled 300 10500',
      'triggered c - working 0 -',
      'filled c - filled 200 11500',
    ]);
    const { reports, upTo } = await gateway.reports(0);
    expect(reports[0]).toMatchObject({
      day: FIRST,
      orderId: 'demo-1',
      terms: { security: SECURITY, side: 'buy', quantity: 200, limit: 10_000, validity: 'day' },
    });
    expect(reports[2].terms).toMatchObject({ condition: rising, validity: 'open' });
    expect((await gateway.reports(reports[4].number)).reports).toEqual(reports.slice(5));
    expect(await gateway.reports(upTo)).toEqual({ reports: [], upTo });
    expect(await gateway.find({ order: 'b', orderId: 'demo-2' })).toMatchObject({
      state: 'filled',
      filled: 300,
    });
    expect(await gateway.find({ order: 'b', orderId: 'demo-1' })).toBeUndefined();
    expect(await gateway.find({ order: 'nobody' })).toBeUndefined();
  });

  test('trades within the session: auctions, an iceberg, a fill for each part', async () => {
    const { paper, gateway } = await start({ fills: 'session' });
    expect(await gateway.place(order('a', { during: 'close', limit: undefined }))).toEqual(TAKEN);
    const shown = { limit: fen(10_250), quantity: 700, peak: 300 };
    expect(await gateway.place(order('b', shown))).toEqual(TAKEN);
    expect(await gateway.place(order('b', shown))).toEqual(AGAIN);
    expect(await gateway.place(order('c', { during: 'open', limit: fen(9_900) }))).toEqual(TAKEN);
    expect(await gateway.place(order('d', { peak: 100 }))).toMatchObject({ taken: false });
    paper.advance(1);
    // From 100 to 105 in four steps. The peaks: 300 in the opening auction, then 400 at the best quote after 101.25.
    expect(await reported(gateway, 7)).toEqual([
      'new a - working 0 -',
      'new b - working 0 -',
      'new c - working 0 -',
      'filled b - part-filled 300 10000',
      'expired c - expired 0 - not_reached',
      'filled b - filled 700 10126',
      'filled a - filled 200 10500',
    ]);
    const { reports } = await gateway.reports(0);
    expect(reports.map(({ terms: { during, peak } }) => during ?? peak)).toEqual([
      'close',
      300,
      'open',
      300,
      'open',
      300,
      'close',
    ]);
  });

  test('trades, changes and takes back while the session runs', async () => {
    const { paper, gateway } = await start({ fills: 'session' });
    await gateway.place(order('a', { limit: fen(9_900) }));
    paper.advance(1, clockTime(11, 0));
    // At 102.50 the best ask is a hundredth of a percent above.
    expect(await gateway.place(order('b', { limit: fen(10_260) }))).toEqual(TAKEN);
    expect(await gateway.replace({ clientId: 'a2', order: 'a', quantity: 400, limit: fen(9_950) })).toEqual(
      TAKEN,
    );
    expect(await gateway.cancel({ clientId: 'x', order: 'a2' })).toEqual(TAKEN);
    expect(await gateway.cancel({ clientId: 'x', order: 'a2' })).toEqual(AGAIN);
    expect(await gateway.place(order('c', { limit: fen(9_900) }))).toEqual(TAKEN);
    paper.advance(1, clockTime(14, 58));
    expect(await gateway.cancel({ clientId: 'y', order: 'c' })).toMatchObject({
      taken: false,
      text: expect.stringContaining('the exchange takes no cancels'),
    });
    paper.advance(1);
    expect(await reported(gateway, 7)).toEqual([
      'new a - working 0 -',
      'new b - working 0 -',
      'filled b - filled 200 10251',
      'replaced a2 a working 0 -',
      'cancelled a2 x cancelled 0 -',
      'new c - working 0 -',
      'expired c - expired 0 - not_reached',
    ]);
  });

  test('cancels and replaces once, by the name of the request', async () => {
    const { paper, gateway } = await start();
    await gateway.place(order('a', { validity: 'open' }));
    await gateway.place(order('b'));
    await reported(gateway, 2);
    expect(await gateway.replace({ clientId: 'a2', order: 'a', quantity: 400, limit: fen(9_800) })).toEqual(
      TAKEN,
    );
    expect(await gateway.cancel({ clientId: 'x', order: 'b', orderId: 'demo-2' })).toEqual(TAKEN);
    await reported(gateway, 4);
    const before = paper.events();
    expect(await gateway.replace({ clientId: 'a2', order: 'a', quantity: 400, limit: fen(9_800) })).toEqual(
      AGAIN,
    );
    expect(await gateway.cancel({ clientId: 'x', order: 'b' })).toEqual(AGAIN);
    expect(paper.events()).toBe(before);
    expect(await reported(gateway, 4)).toEqual([
      'new a - working 0 -',
      'new b - working 0 -',
      'replaced a2 a working 0 -',
      'cancelled b x cancelled 0 -',
    ]);
    expect(await gateway.find({ order: 'a' })).toMatchObject({ state: 'cancelled' });
    expect(await gateway.find({ order: 'a2' })).toMatchObject({
      orderId: 'demo-3',
      terms: { quantity: 400, limit: 9_800, validity: 'open' },
    });
  });

  test('says of each part that is filled how many shares at which price, and what is left', async () => {
    // 400 and some shares of a session's volume.
    const { paper, gateway } = await start({ participation: 4.3e-8 });
    await gateway.place(order('a', { quantity: 1_000, limit: undefined, validity: 'open' }));
    paper.advance(3);
    const [{ fills }] = paper.account().orders;
    expect(fills.length).toBeGreaterThan(1);
    await reported(gateway, 1 + fills.length);
    const { reports } = await gateway.reports(0);
    let filled = 0;
    let value = 0;
    for (const [i, { quantity, price }] of fills.entries()) {
      filled += quantity;
      value += quantity * price;
      const { kind, state, averagePrice, last, ...rest } = reports[1 + i];
      expect([kind, state]).toEqual(['filled', filled === 1_000 ? 'filled' : 'part-filled']);
      expect(last).toMatchObject({ quantity, price });
      expect(rest.filled).toBe(filled);
      expect(averagePrice).toBeCloseTo(value / filled / 100, 5);
    }
    const late = await gateway.replace({ clientId: 'b', order: 'a', quantity: 2_000, limit: undefined });
    expect(late).toMatchObject({ taken: false });
  });

  test('refuses with reasons, and nothing is changed by it', async () => {
    const { paper, gateway } = await start();
    await gateway.place(order('a'));
    await reported(gateway, 1);
    const before = paper.events();
    const refusals = await Promise.all([
      gateway.place(order('r1', { quantity: 199 })),
      gateway.place(order('r2', { side: 'sell' })),
      gateway.place(order('r3', { quantity: 90_000, limit: fen(12_000) })),
      gateway.place(order('r4', { quantity: -200 })),
      gateway.place(order('r5', { quantity: 1e9 + 1 })),
      gateway.cancel({ clientId: 'r6', order: 'nobody' }),
      gateway.replace({ clientId: 'r7', order: 'a', quantity: 150, limit: fen(10_000) }),
      gateway.cancel({ clientId: 'r8', order: 'a', orderId: 'other-1' }),
      gateway.replace({ clientId: 'r9', order: 'a', quantity: 300, limit: undefined }),
    ]);
    for (const answer of refusals) expect(answer).toMatchObject({ taken: false });
    const texts = refusals.map((answer) => (answer.taken ? '' : answer.text));
    expect(texts[0]).toContain('The nearest order that is: buy 200 at 100.00');
    expect(texts[1]).toContain('short sales');
    expect(texts[2]).toContain('cash');
    expect(texts[6]).toContain('200 shares or more');
    expect(paper.events()).toBe(before);
  });
});

test('a name stands for one request', async () => {
  const { gateway, events } = paperAccount('demo');
  await gateway.place(order('a'));
  await gateway.cancel({ clientId: 'x', order: 'a' });
  await gateway.place(order('b'));
  const before = events();
  const used = { taken: false, code: 'duplicate_client_id' };
  expect(await gateway.place(order('a', { quantity: 300 }))).toMatchObject(used);
  expect(await gateway.place(order('x'))).toMatchObject(used);
  expect(await gateway.cancel({ clientId: 'x', order: 'b' })).toMatchObject(used);
  expect(await gateway.cancel({ clientId: 'a', order: 'b' })).toMatchObject(used);
  expect(
    await gateway.replace({ clientId: 'a', order: 'b', quantity: 300, limit: fen(10_000) }),
  ).toMatchObject(used);
  expect(events()).toBe(before);
});

test('orders of a group are reported like any other, and what FIX has no words for is not sent', async () => {
  const paper = paperAccount('demo');
  const server = await served(
    files.path('srvg'),
    new Map([['CLI', { account: 'demo', gateway: paper.gateway }]]),
  );
  const client = clientOf(files.path('clig'), server.port, 'CLI');
  closing.push(server.close, client.close);
  const exit = { takeProfit: fen(11_000), stop: { at: fen(9_000) } };
  const falling = { kind: 'price', security: SECURITY, direction: 'at-most', threshold: 90 } as const;
  for (const more of [{ exit }, { condition: falling }]) {
    expect(await client.gateway.place(order('g', more))).toMatchObject({ taken: false, code: 'not_in_fix' });
  }
  // A bracket of another program: its purchase, a sale at a gain and a stop that sleep until it is filled.
  expect(await paper.gateway.place(order('g', { limit: undefined, exit }))).toEqual(TAKEN);
  expect(await paper.gateway.place(order('g', { limit: undefined, exit }))).toEqual(AGAIN);
  paper.advance(3);
  const kinds = async () =>
    (await client.gateway.reports(0)).reports.map(({ kind, orderId }) => `${kind} ${orderId}`);
  await until(async () => (await kinds()).length >= (await paper.gateway.reports(0)).reports.length);
  expect((await kinds()).slice(0, 4)).toEqual(['new demo-1', 'new demo-2', 'new demo-3', 'filled demo-1']);
  expect(await kinds()).toEqual(
    (await paper.gateway.reports(0)).reports.map(({ kind, orderId }) => `${kind} ${orderId}`),
  );
});
