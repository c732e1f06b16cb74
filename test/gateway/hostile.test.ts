/** A client that means no good: refused, logged, and nothing is changed; others go on. */
import { createConnection, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFrames } from '../../src/core/fix/frames.js';
import { formatTimestamp } from '../../src/core/fix/timestamp.js';
import { encodeMessage, SOH, valueOf, type FixField, type FixMessage } from '../../src/core/fix/wire.js';
import { scratch } from '../data/scratch.js';
import { clientOf, paperAccount, SECURITY, served, until, type Paper, type Served } from './paper.js';

const files = scratch();
const mine: Paper = paperAccount('mine');
const theirs: Paper = paperAccount('theirs');
let server: Served;

beforeAll(async () => {
  const clients = new Map([
    ['EVE', { account: 'mine', gateway: mine.gateway }],
    ['BOB', { account: 'theirs', gateway: theirs.gateway }],
  ]);
  server = await served(files.path('srv'), clients, (password) => password === 'right');
  const own = {
    security: SECURITY,
    side: 'buy',
    quantity: 200,
    limit: undefined,
    condition: undefined,
  } as const;
  await theirs.gateway.place({ ...own, validity: 'open', clientId: 'b1' });
  await mine.gateway.place({ ...own, validity: 'open', clientId: 'm1' });
});
afterAll(() => server.close());

/** Speaks FIX with its bare hands. */
class Eve {
  readonly got: FixMessage[] = [];
  closed = false;
  seq = 1;
  private constructor(readonly socket: Socket) {
    let rest = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      const read = readFrames(rest, chunk);
      ({ rest } = read);
      for (const frame of read.frames) if (frame.kind === 'message') this.got.push(frame.message);
    });
    socket.on('error', () => {});
    socket.on('close', () => (this.closed = true));
  }
  static connected(): Promise<Eve> {
    return new Promise((resolve) => {
      const socket = createConnection({ host: '127.0.0.1', port: server.port }, () =>
        resolve(new Eve(socket)),
      );
    });
  }
  /** Logged on with both sequences anew. */
  static async loggedOn(): Promise<Eve> {
    for (;;) {
      const eve = await Eve.connected();
      eve.say('A', [
        [98, '0'],
        [108, '30'],
        [141, 'Y'],
        [554, 'right'],
      ]);
      await until(() => eve.got.length > 0 || eve.closed);
      // The connection of the test before may not be over yet.
      if (eve.got.length > 0) return eve;
    }
  }
  raw(text: string): void {
    this.socket.write(text, 'latin1');
  }
  say(
    type: string,
    body: readonly FixField[],
    more: { readonly seq?: number; readonly sender?: string; readonly target?: string } = {},
  ): void {
    const { seq = this.seq++, sender = 'EVE', target = 'SRV' } = more;
    this.raw(encodeMessage(type, { sender, target, seq, sendingTime: formatTimestamp(Date.now()) }, body));
  }
  async answer(type: string): Promise<FixMessage> {
    await until(() => this.got.some((message) => message.type === type) || this.closed);
    const found = this.got.find((message) => message.type === type);
    if (found === undefined) throw new Error(`no ${type} but ${this.got.map((m) => m.type).join(' ')}`);
    return found;
  }
  async gone(): Promise<void> {
    await until(() => this.closed);
  }
  end(): void {
    this.socket.destroy();
  }
}

const order = (more: Readonly<Record<number, string>> = {}, without: readonly number[] = []): FixField[] =>
  Object.entries({
    11: 'e1',
    55: SECURITY,
    54: '1',
    60: formatTimestamp(Date.now()),
    38: '200',
    40: '2',
    44: '100.00',
    ...more,
  })
    .map(([tag, value]): FixField => [Number(tag), value])
    .filter(([tag]) => !without.includes(tag));

/** Runs it, and afterwards both accounts are what they were, and the log has more lines of that kind. */
async function changesNothing(code: string | undefined, work: () => Promise<void>): Promise<void> {
  const before = [mine.events(), theirs.events()];
  const lines = server.refusals.length;
  await work();
  if (code !== undefined) {
    await until(() => server.refusals.slice(lines).some((refusal) => refusal.code === code));
  }
  expect([mine.events(), theirs.events()]).toEqual(before);
}

describe('before a Logon', () => {
  test.each<[string, string, (eve: Eve) => void]>([
    ['bytes of no protocol', 'garbled', (eve) => eve.raw('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
    ['a wrong sum', 'garbled', (eve) => eve.raw(['8=FIX.4.4', '9=5', '35=A', '10=000', ''].join(SOH))],
    [
      'a megabyte without an end',
      'garbled',
      (eve) => eve.raw(`8=FIX.4.4${SOH}9=5${SOH}`.padEnd(1_000_000, 'x')),
    ],
    ['an order', 'no_logon', (eve) => eve.say('D', order())],
    [
      'a name that nobody has',
      'unknown_client',
      (eve) =>
        eve.say(
          'A',
          [
            [98, '0'],
            [108, '30'],
          ],
          { sender: 'EVIL' },
        ),
    ],
    [
      'another acceptor',
      'unknown_target',
      (eve) =>
        eve.say(
          'A',
          [
            [98, '0'],
            [108, '30'],
          ],
          { target: 'BANK' },
        ),
    ],
    [
      'no password',
      'wrong_password',
      (eve) =>
        eve.say('A', [
          [98, '0'],
          [108, '30'],
        ]),
    ],
    [
      'a wrong password',
      'wrong_password',
      (eve) =>
        eve.say('A', [
          [98, '0'],
          [108, '30'],
          [554, 'left'],
        ]),
    ],
  ])('%s: closed without a word', async (_, code, act) => {
    await changesNothing(code, async () => {
      const eve = await Eve.connected();
      act(eve);
      await eve.gone();
      expect(eve.got).toEqual([]);
    });
  });

  test('the name of one who is connected already', async () => {
    const eve = await Eve.loggedOn();
    await changesNothing('connected_already', async () => {
      const second = await Eve.connected();
      second.say('A', [
        [98, '0'],
        [108, '30'],
        [554, 'right'],
      ]);
      await second.gone();
      expect(second.got).toEqual([]);
    });
    eve.say('1', [[112, 'still here']]);
    expect(valueOf(await eve.answer('0'), 112)).toBe('still here');
    eve.end();
  });
});

describe('orders', () => {
  /** Code of the log line, type and reason of the answer. */
  const CASES: readonly (readonly [string, string, string, string, FixField[]])[] = [
    ['a negative quantity', 'order_rejected', '8 103=13', 'OrderQty', order({ 38: '-200' })],
    ['no quantity at all', 'order_rejected', '8 103=13', 'OrderQty', order({ 38: '0' })],
    ['half a share', 'order_rejected', '8 103=13', 'OrderQty', order({ 38: '200.5' })],
    ['1e18 shares', 'message_rejected', '3 373=6', 'OrderQty', order({ 38: '1e18' })],
    ['1e18 shares in digits', 'order_rejected', '8 103=13', 'OrderQty', order({ 38: '1000000000000000000' })],
    [
      'more shares than an order may have',
      'order_too_large',
      '8 103=3',
      'nearest',
      order({ 38: '1000000000' }),
    ],
    ['a price that is no number', 'message_rejected', '3 373=6', 'Price', order({ 44: 'NaN' })],
    ['an infinite price', 'message_rejected', '3 373=6', 'Price', order({ 44: '-Infinity' })],
    ['a price below zero', 'order_rejected', '8 103=99', 'Price', order({ 44: '-100' })],
    ['a price between two ticks', 'order_rejected', '8 103=99', 'Price', order({ 44: '100.005' })],
    ['a price far out', 'above_limit', '8 103=99', '80.00 to 120.00', order({ 44: '999999.99' })],
    ['the account of another', 'order_rejected', '8 103=15', 'Account', order({ 1: 'theirs' })],
    ['a short sale', 'order_rejected', '8 103=11', 'Side', order({ 54: '5' })],
    ['shares that are not there', 'short_sale', '8 103=13', '0 shares', order({ 54: '2' })],
    ['a security that is not there', 'unknown_security', '8 103=1', '688999', order({ 55: '688999' })],
    ['a path for a security', 'order_rejected', '8 103=1', 'six digits', order({ 55: '../../etc' })],
    ['a condition that is not acted on', 'order_rejected', '8 103=11', 'tag 110', order({ 110: '100' })],
    ['fill or kill', 'order_rejected', '8 103=11', 'TimeInForce', order({ 59: '4' })],
    ['a name with blanks', 'order_rejected', '8 103=99', 'ClOrdID', order({ 11: 'a b' })],
    ['a name of 100 letters', 'order_rejected', '8 103=99', 'ClOrdID', order({ 11: 'a'.repeat(100) })],
    ['the name of another order', 'duplicate_client_id', '8 103=6', 'm1', order({ 11: 'm1', 38: '300' })],
    ['fields missing', 'message_rejected', '3 373=1', 'needs Symbol', order({}, [55, 38])],
  ];
  test.each(CASES)('%s', async (_, code, answer, words, body) => {
    await changesNothing(code, async () => {
      const eve = await Eve.loggedOn();
      eve.say('D', body);
      const [type, field] = answer.split(' ');
      const got = await eve.answer(type);
      expect(`${type} ${field.split('=')[0]}=${valueOf(got, Number(field.split('=')[0]))}`).toBe(answer);
      expect(valueOf(got, 58)).toContain(words);
      eve.end();
    });
  });

  test('everything wrong with an order is said at once', async () => {
    await changesNothing('order_rejected', async () => {
      const eve = await Eve.loggedOn();
      eve.say('D', order({ 1: 'theirs', 38: '-1', 44: '-1', 55: 'x', 54: '5', 59: '3' }));
      const text = valueOf(await eve.answer('8'), 58) ?? '';
      for (const word of ['Account', 'OrderQty', 'Price', 'Symbol', 'Side', 'TimeInForce'])
        expect(text).toContain(word);
      eve.end();
    });
  });

  test.each<[string, string, FixField[]]>([
    [
      'F',
      "another account's order by name",
      [
        [41, 'b1'],
        [11, 'x1'],
      ],
    ],
    [
      'F',
      "another account's order by number",
      [
        [41, 'b1'],
        [37, 'theirs-1'],
        [11, 'x2'],
      ],
    ],
    [
      'F',
      "its own name with another's number",
      [
        [41, 'm1'],
        [37, 'theirs-1'],
        [11, 'x3'],
      ],
    ],
    [
      'G',
      "another account's order by name",
      [
        [41, 'b1'],
        [11, 'x4'],
        [38, '400'],
        [40, '1'],
      ],
    ],
    [
      'G',
      "its own name with another's number",
      [
        [41, 'm1'],
        [37, 'theirs-1'],
        [11, 'x5'],
        [38, '400'],
        [40, '1'],
        [59, '1'],
      ],
    ],
  ])('%s of %s: OrderCancelReject, unknown order', async (type, _, body) => {
    await changesNothing('unknown_order', async () => {
      const eve = await Eve.loggedOn();
      eve.say(type, [...body, [55, SECURITY], [54, '1'], [60, formatTimestamp(Date.now())]]);
      const got = await eve.answer('9');
      expect([37, 39, 102].map((tag) => valueOf(got, tag))).toEqual(['NONE', '8', '1']);
      eve.end();
    });
  });

  test("the state of another account's order is not told", async () => {
    await changesNothing('unknown_order', async () => {
      const eve = await Eve.loggedOn();
      eve.say('H', [
        [11, 'b1'],
        [37, 'theirs-1'],
        [55, SECURITY],
        [54, '1'],
      ]);
      const got = await eve.answer('8');
      expect([37, 39, 150].map((tag) => valueOf(got, tag))).toEqual(['NONE', '8', 'I']);
      eve.end();
    });
  });

  test('a change that says something else of the order than is so', async () => {
    await changesNothing('change_rejected', async () => {
      const eve = await Eve.loggedOn();
      eve.say('F', [
        [41, 'm1'],
        [11, 'x6'],
        [55, SECURITY],
        [54, '2'],
        [60, formatTimestamp(Date.now())],
      ]);
      expect(valueOf(await eve.answer('9'), 58)).toContain('Side');
      eve.end();
    });
  });

  test('messages of the standard that nobody answers here', async () => {
    await changesNothing('not_handled', async () => {
      const eve = await Eve.loggedOn();
      eve.say('R', [[131, 'q']]);
      expect(valueOf(await eve.answer('j'), 380)).toBe('3');
      eve.end();
    });
  });
});

describe('numbers and time', () => {
  test('an order after a gap waits until the gap is closed', async () => {
    await changesNothing(undefined, async () => {
      const eve = await Eve.loggedOn();
      eve.say('D', order(), { seq: 9 });
      const asked = await eve.answer('2');
      expect([7, 16].map((tag) => valueOf(asked, tag))).toEqual(['2', '0']);
      eve.end();
    });
  });

  test('a number used before: out', async () => {
    await changesNothing('sequence_too_low', async () => {
      const eve = await Eve.loggedOn();
      eve.say('D', order(), { seq: 1 });
      expect(valueOf(await eve.answer('5'), 58)).toContain('too low');
      await eve.gone();
    });
  });

  test.each([
    ['another sender', { sender: 'BOB' }],
    ['another target', { target: 'BANK' }],
  ])('%s within the session: Reject and out', async (_, more) => {
    await changesNothing('not_this_session', async () => {
      const eve = await Eve.loggedOn();
      eve.say('D', order(), more);
      expect(valueOf(await eve.answer('3'), 373)).toBe('9');
      await eve.gone();
    });
  });

  test('nothing but garbled pieces: out', async () => {
    await changesNothing('garbled', async () => {
      const eve = await Eve.loggedOn();
      for (let i = 0; i < 50; i++) eve.raw(['8=FIX.4.4', '9=1', '35=D', '10=000', ''].join(SOH));
      await eve.gone();
    });
  });

  test('one that asks for everything again and again and does not read: out', async () => {
    await changesNothing(undefined, async () => {
      const eve = await Eve.loggedOn();
      for (let i = 0; i < 60; i++) eve.say('D', order({ 11: `a b ${'c'.repeat(3000)}` }));
      await until(() => eve.got.filter(({ type }) => type === '8').length === 60);
      eve.socket.pause();
      // Each asks for 0.2 MB; what the system buffers and what the acceptor holds is less than all of it.
      for (let i = 0; i < 140; i++)
        eve.say('2', [
          [7, '1'],
          [16, '0'],
        ]);
      const next = await Eve.loggedOn();
      next.end();
      eve.end();
    });
  });
});

test('whatever fields an order has, an account changes only by an order that was acknowledged', async () => {
  const texts = fc.constantFrom(
    '0',
    '1',
    '2',
    '3',
    '4',
    '200',
    '-200',
    '1e18',
    'NaN',
    '100.00',
    '99999999',
    '',
    'x',
    SECURITY,
    'theirs',
    'm1',
    '\u00ff',
  );
  const field = fc.tuple(
    fc.constantFrom(1, 11, 15, 18, 38, 40, 44, 54, 55, 59, 60, 99, 110, 207, 453),
    texts,
  );
  const eve = await Eve.loggedOn();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('D', 'F', 'G', 'H'),
      fc.array(field, { maxLength: 12 }),
      async (type, body) => {
        const before = mine.events().length;
        eve.got.length = 0;
        eve.say(type, body);
        eve.say('1', [[112, 'done']]);
        await until(() => eve.got.some(({ type: got }) => got === '0'));
        const acknowledged = eve.got.filter(
          (got) => got.type === '8' && ['0', '4', '5'].includes(valueOf(got, 150) ?? ''),
        );
        expect(mine.events().length === before).toBe(acknowledged.length === 0);
        expect(eve.got.length).toBeGreaterThan(1);
      },
    ),
    { numRuns: 60 },
  );
  eve.end();
});

test('after all this an honest client trades as ever', async () => {
  const client = clientOf(files.path('bob'), server.port, 'BOB', 'right');
  const own = {
    security: SECURITY,
    side: 'buy',
    quantity: 200,
    limit: undefined,
    condition: undefined,
  } as const;
  expect(await client.gateway.place({ ...own, validity: 'day', clientId: 'b2' })).toEqual({
    taken: true,
    again: false,
  });
  expect(theirs.events().at(-1)).toMatchObject({ kind: 'placed', order: { clientId: 'b2' } });
  await client.close();
});
