/**
 * The session machine against the test cases of the standard (FIX 4.4, Volume 2, "FIX Session-level Test Cases and Expected
 * Behaviors"); their numbers are those of the tests. Expected behaviour is the standard's, written here by hand.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFrames } from '../../../src/core/fix/frames.js';
import { resendOf, type KeptMessage } from '../../../src/core/fix/resend.js';
import { sessionStep } from '../../../src/core/fix/session.js';
import {
  offState,
  type SessionAction,
  type SessionConfig,
  type SessionEvent,
  type SessionState,
} from '../../../src/core/fix/sessionState.js';
import { formatTimestamp } from '../../../src/core/fix/timestamp.js';
import { encodeMessage, valueOf, type FixField, type FixMessage } from '../../../src/core/fix/wire.js';

const NOW = Date.UTC(2025, 8, 15, 7);
const acceptor: SessionConfig = {
  role: 'acceptor',
  sender: 'SRV',
  target: 'CLI',
  heartbeatMs: 0,
  patienceMs: 10_000,
  resendMs: 5_000,
  resetOnLogon: false,
  password: undefined,
};
const initiator: SessionConfig = {
  ...acceptor,
  role: 'initiator',
  sender: 'CLI',
  target: 'SRV',
  heartbeatMs: 30_000,
};

const parsed = (wire: string): FixMessage => {
  const [frame] = readFrames('', wire).frames;
  if (frame.kind !== 'message') throw new Error(frame.why);
  return frame.message;
};

/** A session under test and what it did. */
class Bench {
  state: SessionState;
  sent: FixMessage[] = [];
  actions: SessionAction[] = [];
  now = NOW;
  constructor(
    readonly config: SessionConfig = acceptor,
    nextIn = 1,
    nextOut = 1,
  ) {
    this.state = offState(nextIn, nextOut);
    this.does({ kind: 'connected', now: this.now });
  }
  does(event: SessionEvent): this {
    const { state, actions } = sessionStep(this.config, this.state, event);
    this.state = state;
    this.actions.push(...actions);
    for (const action of actions) if (action.kind === 'transmit') this.sent.push(parsed(action.wire));
    return this;
  }
  get(
    type: string,
    seq: number,
    body: readonly FixField[] = [],
    more: Partial<Parameters<typeof encodeMessage>[1]> = {},
  ): this {
    const header = {
      sender: this.config.target,
      target: this.config.sender,
      seq,
      sendingTime: formatTimestamp(this.now),
      ...more,
    };
    return this.raw(encodeMessage(type, header, body));
  }
  raw(wire: string): this {
    return this.does({ kind: 'received', now: this.now, message: parsed(wire) });
  }
  wait(ms: number): this {
    this.now += ms;
    return this.does({ kind: 'tick', now: this.now });
  }
  logon(seconds = 30, seq = 1): this {
    this.get('A', seq, [
      [98, '0'],
      [108, String(seconds)],
    ]);
    this.sent = [];
    this.actions = [];
    return this;
  }
  /** Type and some fields of each message sent, as `3 45=2 373=1`. */
  said(...tags: readonly number[]): string[] {
    return this.sent.map((m) =>
      [
        m.type,
        ...tags.flatMap((tag) => (valueOf(m, tag) === undefined ? [] : [`${tag}=${valueOf(m, tag)}`])),
      ].join(' '),
    );
  }
  kinds(): string[] {
    return this.actions.map(({ kind }) => kind).filter((kind) => kind !== 'transmit');
  }
}

const ORDER: readonly FixField[] = [
  [11, 'a1'],
  [55, '688256'],
  [54, '1'],
  [60, '20250915-07:00:00'],
  [38, '200'],
  [40, '2'],
  [44, '1300.00'],
];

describe('1 Logon', () => {
  test('1a a right one is answered; a number too high is taken, and what is missing asked for', () => {
    expect(
      new Bench()
        .get('A', 1, [
          [98, '0'],
          [108, '30'],
        ])
        .said(34, 98, 108),
    ).toEqual(['A 34=1 98=0 108=30']);
    const high = new Bench().get('A', 5, [
      [98, '0'],
      [108, '30'],
    ]);
    expect(high.said(7, 16)).toEqual(['A', '2 7=1 16=0']);
    expect(high.state).toMatchObject({ phase: 'active', nextIn: 1, nextOut: 3 });
  });
  test.each<[string, readonly FixField[], number]>([
    [
      'an encryption',
      [
        [98, '1'],
        [108, '30'],
      ],
      1,
    ],
    ['no interval', [[98, '0']], 1],
    [
      'a negative interval',
      [
        [98, '0'],
        [108, '-5'],
      ],
      1,
    ],
    [
      'an interval of a day',
      [
        [98, '0'],
        [108, '86400'],
      ],
      1,
    ],
    [
      'a reset that does not begin at 1',
      [
        [98, '0'],
        [108, '30'],
        [141, 'Y'],
      ],
      7,
    ],
  ])('1d %s: Logout with the reason, and gone', (_, body, seq) => {
    const bench = new Bench().get('A', seq, body);
    expect(bench.said()).toEqual(['5']);
    expect(valueOf(bench.sent[0], 58)).toMatch(/\w/);
    expect(bench.kinds()).toEqual(['refused', 'disconnect']);
  });
  test('1d several mistakes are said at once', () => {
    const text = valueOf(
      new Bench().get('A', 1, [
        [98, '9'],
        [108, 'x'],
      ]).sent[0],
      58,
    );
    expect(text).toContain('EncryptMethod');
    expect(text).toContain('HeartBtInt');
  });
  test('1e anything else first is not answered', () => {
    const bench = new Bench().get('D', 1, ORDER);
    expect(bench.said()).toEqual([]);
    expect(bench.kinds()).toEqual(['refused', 'disconnect']);
  });
  test('numbers too low: Logout names both', () => {
    const bench = new Bench(acceptor, 9, 4).get('A', 2, [
      [98, '0'],
      [108, '30'],
    ]);
    expect(bench.said(34, 58)).toEqual(['5 34=4 58=MsgSeqNum too low, expecting 9 but received 2']);
  });
  test('ResetSeqNumFlag begins both sequences anew', () => {
    const bench = new Bench(acceptor, 9, 4).get('A', 1, [
      [98, '0'],
      [108, '30'],
      [141, 'Y'],
    ]);
    expect(bench.said(34, 141)).toEqual(['A 34=1 141=Y']);
    expect(bench.kinds()).toEqual(['reset', 'loggedOn']);
    expect(bench.state).toMatchObject({ nextIn: 2, nextOut: 2 });
  });
  test('an initiator says it first, and takes no reset that it did not ask for', () => {
    const bench = new Bench(initiator, 3, 8);
    expect(bench.said(34, 108)).toEqual(['A 34=8 108=30']);
    expect(
      bench
        .get('A', 1, [
          [98, '0'],
          [108, '30'],
          [141, 'Y'],
        ])
        .said()
        .at(-1),
    ).toBe('5');
    const asking = new Bench({ ...initiator, resetOnLogon: true, password: 'secret' }, 3, 8);
    expect(asking.said(34, 141, 554)).toEqual(['A 34=1 141=Y 554=secret']);
    expect(
      asking.get('A', 1, [
        [98, '0'],
        [108, '30'],
        [141, 'Y'],
      ]).state,
    ).toMatchObject({ phase: 'active', nextIn: 2 });
  });
  test('nothing in time: gone', () => {
    expect(new Bench().wait(9_999).kinds()).toEqual([]);
    expect(new Bench().wait(10_000).kinds()).toEqual(['disconnect']);
  });
});

describe('2 header', () => {
  test('2b too high: asked for once, and everything delivered once and in order', () => {
    const bench = new Bench().logon().get('D', 3, ORDER).get('D', 4, ORDER);
    expect(bench.said(7, 16)).toEqual(['2 7=2 16=0']);
    const again = { firstSent: formatTimestamp(NOW) };
    bench.get('D', 2, ORDER, again).get('D', 3, ORDER, again).get('D', 4, ORDER, again).get('D', 5, ORDER);
    const seqs = bench.actions.flatMap((a) => (a.kind === 'deliver' ? [a.seq] : []));
    expect(seqs).toEqual([2, 3, 4, 5]);
    expect(bench.said()).toEqual(['2']);
  });
  test('2b lost once more: asked for again, and when nothing comes, after a while', () => {
    const bench = new Bench().logon(0).get('D', 4, ORDER);
    const again = { firstSent: formatTimestamp(NOW) };
    bench.get('D', 2, ORDER, again).get('D', 4, ORDER, again).get('D', 4, ORDER, again);
    expect(bench.said(7)).toEqual(['2 7=2', '2 7=3']);
    expect(bench.wait(4_999).said(7)).toHaveLength(2);
    expect(bench.wait(1).said(7)).toEqual(['2 7=2', '2 7=3', '2 7=3']);
  });
  test('2c too low: Logout, and gone', () => {
    const bench = new Bench().logon().get('0', 1);
    expect(bench.said(58)).toEqual(['5 58=MsgSeqNum too low, expecting 2 but received 1']);
    expect(bench.kinds()).toEqual(['refused', 'disconnect']);
  });
  test('2d garbled: ignored, but not for ever', () => {
    const bench = new Bench().logon();
    for (let i = 0; i < 20; i++) bench.does({ kind: 'garbled', now: NOW, why: 'sum' });
    expect(bench.get('0', 2).state).toMatchObject({ phase: 'active', nextIn: 3, garbled: 0 });
    for (let i = 0; i < 21; i++) bench.does({ kind: 'garbled', now: NOW, why: 'sum' });
    expect(bench.state.phase).toBe('off');
    expect(new Bench().does({ kind: 'garbled', now: NOW, why: 'sum' }).kinds()).toEqual([
      'refused',
      'disconnect',
    ]);
  });
  test('2e a possible duplicate that was there: ignored', () => {
    const bench = new Bench()
      .logon()
      .get('D', 2, ORDER)
      .get('D', 2, ORDER, { firstSent: formatTimestamp(NOW) });
    expect(bench.kinds()).toEqual(['deliver']);
    expect(bench.state).toMatchObject({ phase: 'active', nextIn: 3 });
  });
  test('2f, 2g a duplicate from the future, or of no time: Reject', () => {
    const future = new Bench().logon().get('0', 2, [], { firstSent: formatTimestamp(NOW + 1) });
    expect(future.said(371, 373)).toEqual(['3 371=122 373=10']);
    const none = new Bench().logon().get('0', 2, [[43, 'Y']]);
    expect(none.said(371, 373)).toEqual(['3 371=122 373=1']);
    expect(none.state.nextIn).toBe(3);
  });
  test('2i another version: Logout, and gone', () => {
    const wire = encodeMessage(
      '0',
      { sender: 'CLI', target: 'SRV', seq: 2, sendingTime: formatTimestamp(NOW) },
      [],
    );
    const bench = new Bench().logon();
    bench.does({ kind: 'received', now: NOW, message: { ...parsed(wire), begin: 'FIX.4.2' } });
    expect(bench.said(58)).toEqual(['5 58=BeginString is FIX.4.2, expected FIX.4.4']);
  });
  test.each([
    ['2k', { sender: 'EVE' }, 9],
    ['2k', { target: 'EVE' }, 9],
    ['2o', { sendingTime: formatTimestamp(NOW - 120_001) }, 10],
    ['2o', { sendingTime: formatTimestamp(NOW + 120_001) }, 10],
  ])('%s %j: Reject, Logout, gone; the number is used up', (_, more, reason) => {
    const bench = new Bench().logon().get('D', 2, ORDER, more);
    expect(bench.said(373)).toEqual([`3 373=${reason}`, '5']);
    expect(bench.kinds().at(-1)).toBe('disconnect');
    expect(bench.kinds()).not.toContain('deliver');
    expect(bench.state.nextIn).toBe(3);
  });
  test('2n a clock two minutes off is taken', () => {
    expect(
      new Bench()
        .logon()
        .get('D', 2, ORDER, { sendingTime: formatTimestamp(NOW - 120_000) })
        .kinds(),
    ).toEqual(['deliver']);
  });
  test('2q no message type: Reject; 2r one of the standard: delivered, for whoever is behind to refuse', () => {
    expect(new Bench().logon().get('ZZ', 2).said(372, 373)).toEqual(['3 372=ZZ 373=11']);
    expect(
      new Bench()
        .logon()
        .get('AE', 2, [[571, 'x']])
        .kinds(),
    ).toEqual(['deliver']);
  });
  test('without a number: Logout, and gone', () => {
    const wire = encodeMessage(
      '0',
      { sender: 'CLI', target: 'SRV', seq: 2, sendingTime: formatTimestamp(NOW) },
      [],
    );
    const message = parsed(wire);
    const bench = new Bench().logon();
    bench.does({
      kind: 'received',
      now: NOW,
      message: { ...message, fields: message.fields.filter(([tag]) => tag !== 34) },
    });
    expect(bench.kinds().at(-1)).toBe('disconnect');
  });
});

describe('4 to 6 heartbeats', () => {
  test('4a after a quiet interval; 4b with the id of a TestRequest', () => {
    const bench = new Bench().logon(30);
    expect(bench.wait(29_999).said()).toEqual([]);
    expect(bench.wait(1).said()).toEqual(['0']);
    expect(
      bench
        .get('1', 2, [[112, 'HELLO']])
        .said(112)
        .at(-1),
    ).toBe('0 112=HELLO');
  });
  test('6 nothing received: TestRequest, and without an answer gone', () => {
    const bench = new Bench().logon(30).wait(36_000);
    expect(bench.said()).toEqual(['0', '1']);
    expect(bench.wait(35_999).kinds()).toEqual([]);
    expect(bench.wait(1).kinds()).toEqual(['disconnect']);
    const answered = new Bench().logon(30).wait(36_000);
    answered.get('0', 2, [[112, valueOf(answered.sent[1], 112) ?? '']]);
    expect(answered.wait(35_999).kinds()).toEqual([]);
  });
  test('no interval: no heartbeats', () => {
    expect(new Bench().logon(0).wait(1e9).said()).toEqual([]);
  });
});

describe('7, 8 Reject and ResendRequest', () => {
  test('7 a Reject uses up its number and is not rejected', () => {
    const bench = new Bench()
      .logon()
      .get('3', 2, [
        [45, '1'],
        [58, 'no'],
      ])
      .get('3', 3, [[45, 'x']]);
    expect(bench.said()).toEqual([]);
    expect(bench.state.nextIn).toBe(4);
  });
  test('8 what to send again; beyond what was sent: Reject', () => {
    const bench = new Bench().logon();
    for (let i = 0; i < 3; i++) bench.does({ kind: 'send', now: NOW, type: '8', body: [] });
    bench
      .get('2', 2, [
        [7, '2'],
        [16, '3'],
      ])
      .get('2', 3, [
        [7, '1'],
        [16, '0'],
      ])
      .get('2', 4, [
        [7, '2'],
        [16, '99'],
      ]);
    expect(bench.actions.filter(({ kind }) => kind === 'resend')).toMatchObject([
      { from: 2, to: 3 },
      { from: 1, to: 4 },
      { from: 2, to: 4 },
    ]);
    bench.sent = [];
    bench
      .get('2', 5, [
        [7, '5'],
        [16, '0'],
      ])
      .get('2', 6, [
        [7, '0'],
        [16, '0'],
      ])
      .get('2', 7, [
        [7, '3'],
        [16, '2'],
      ]);
    expect(bench.said(373)).toEqual(['3 373=5', '3 373=5', '3 373=5']);
  });
  test('8 session messages are filled over, others sent again with the time of the first sending', () => {
    // As in the standard's example: 1 Logon, 2 to 4 heartbeats, 5 and 6 reports, 7 and 8 heartbeats, 9 a report.
    const kept: KeptMessage[] = [5, 6, 9].map((seq) => ({
      seq,
      type: '8',
      body: [[37, `o${seq}`]],
      sentAt: NOW - 1000,
    }));
    const again = (from: number, to: number) =>
      resendOf(
        acceptor,
        kept.filter(({ seq }) => seq >= from && seq <= to),
        { from, to, now: NOW },
      )
        .map(parsed)
        .map((m) => [m.type, ...[34, 36, 37].flatMap((tag) => valueOf(m, tag) ?? [])].join(' '));
    expect(again(2, 4)).toEqual(['4 2 5']);
    expect(again(2, 6)).toEqual(['4 2 5', '8 5 o5', '8 6 o6']);
    expect(again(2, 8)).toEqual(['4 2 5', '8 5 o5', '8 6 o6', '4 7 9']);
    expect(again(1, 9)).toEqual(['4 1 5', '8 5 o5', '8 6 o6', '4 7 9', '8 9 o9']);
    const [first] = resendOf(acceptor, kept, { from: 5, to: 5, now: NOW }).map(parsed);
    expect([valueOf(first, 43), valueOf(first, 122), valueOf(first, 52)]).toEqual([
      'Y',
      formatTimestamp(NOW - 1000),
      formatTimestamp(NOW),
    ]);
  });
  test('20 both ask at once: the request is answered although its own number is too high', () => {
    const bench = new Bench().logon();
    bench.does({ kind: 'send', now: NOW, type: '8', body: [] });
    bench.get('2', 5, [
      [7, '2'],
      [16, '2'],
    ]);
    expect(bench.kinds()).toEqual(['resend']);
    expect(bench.said(7)).toEqual(['8', '2 7=2']);
  });
});

describe('10, 11 SequenceReset', () => {
  const again = { firstSent: formatTimestamp(NOW) };
  test('10a to 10e filling gaps', () => {
    expect(
      new Bench()
        .logon()
        .get('4', 5, [
          [123, 'Y'],
          [36, '9'],
        ])
        .said(7),
    ).toEqual(['2 7=2']);
    expect(
      new Bench().logon().get('4', 2, [
        [123, 'Y'],
        [36, '20'],
      ]).state.nextIn,
    ).toBe(20);
    expect(
      new Bench().logon().get(
        '4',
        1,
        [
          [123, 'Y'],
          [36, '20'],
        ],
        again,
      ).state.nextIn,
    ).toBe(2);
    expect(
      new Bench()
        .logon()
        .get('4', 1, [
          [123, 'Y'],
          [36, '20'],
        ])
        .kinds()
        .at(-1),
    ).toBe('disconnect');
    expect(
      new Bench()
        .logon()
        .get('4', 2, [
          [123, 'Y'],
          [36, '2'],
        ])
        .said(373),
    ).toEqual(['3 373=5']);
  });
  test('11a to 11c resetting, whatever number it has, and never back', () => {
    expect(new Bench().logon().get('4', 77, [[36, '20']]).state.nextIn).toBe(20);
    expect(new Bench().logon().get('4', 77, [[36, '2']]).state.nextIn).toBe(2);
    const back = new Bench().logon().get('4', 2, [[36, '1']]);
    expect(back.said(373)).toEqual(['3 373=5']);
    expect(back.state.nextIn).toBe(2);
  });
});

describe('12, 13 Logout', () => {
  test('13b one that comes is answered', () => {
    const bench = new Bench().logon().get('5', 2);
    expect(bench.said()).toEqual(['5']);
    expect(bench.kinds()).toEqual(['disconnect']);
  });
  test('12, 13a one that goes waits for its answer, but not for ever, and leaves orders for the next time', () => {
    const bench = new Bench().logon().does({ kind: 'logout', now: NOW, text: 'night' });
    expect(bench.said(58)).toEqual(['5 58=night']);
    expect(bench.get('D', 2, ORDER).kinds()).toEqual([]);
    expect(bench.state.nextIn).toBe(2);
    expect(bench.get('5', 3).kinds()).toEqual(['disconnect']);
    const unanswered = new Bench().logon().does({ kind: 'logout', now: NOW, text: '' });
    expect(unanswered.wait(10_000).kinds()).toEqual(['disconnect']);
  });
});

describe('14 fields', () => {
  const without = (tag: number): readonly FixField[] => ORDER.filter(([found]) => found !== tag);
  const withField = (...fields: readonly FixField[]): readonly FixField[] => [...ORDER, ...fields];
  test.each<[string, readonly FixField[], number, number]>([
    ['14a no tag of the standard', withField([999, 'x']), 999, 0],
    ['14a a tag nobody agreed on', withField([7001, 'x']), 7001, 3],
    ['14b a field missing', without(55), 55, 1],
    ['14c a field of another message', withField([112, 'x']), 112, 2],
    ['14d no value', [...without(55), [55, '']], 55, 4],
    ['14e a value there is not', [...without(54), [54, 'Z']], 54, 5],
    ['14f a price that is no number', [...without(44), [44, 'NaN']], 44, 6],
    ['14f infinity', [...without(44), [44, 'Infinity']], 44, 6],
    ['14f an exponent', [...without(38), [38, '1e18']], 38, 6],
    ['14f a time that is none', [...without(60), [60, 'noon']], 60, 6],
    ['14g a header field in the body', withField([50, 'x']), 50, 14],
    ['14h a field twice', withField([11, 'a2']), 11, 13],
    ['14i a count that is not', withField([453, '2'], [448, 'x'], [447, 'D'], [452, '3']), 453, 16],
    [
      '14i fields of a group out of order',
      withField([453, '1'], [448, 'x'], [452, '3'], [447, 'D']),
      447,
      15,
    ],
  ])('%s', (_, body, tag, reason) => {
    const bench = new Bench().logon().get('D', 2, body);
    expect(bench.said(45, 371, 372, 373)).toEqual([`3 45=2 371=${tag} 372=D 373=${reason}`]);
    expect(bench.kinds()).toEqual(['refused']);
    expect(bench.state).toMatchObject({ phase: 'active', nextIn: 3 });
  });
  test('all at once', () => {
    const bench = new Bench().logon().get('D', 2, [
      [11, ''],
      [54, '?'],
      [44, 'NaN'],
      [38, '-'],
    ]);
    const text = valueOf(bench.sent[0], 58) ?? '';
    for (const word of [
      'ClOrdID',
      'Side',
      'Price',
      'OrderQty',
      'needs Symbol',
      'needs TransactTime',
      'needs OrdType',
    ]) {
      expect(text).toContain(word);
    }
  });
  test('15 another order of the fields; a group as it should be; a tag that is not acted on, for whoever is behind', () => {
    const body: readonly FixField[] = [
      [453, '2'],
      [448, 'x'],
      [447, 'D'],
      [452, '3'],
      [448, 'y'],
      [452, '1'],
      ...ORDER.toReversed(),
    ];
    expect(new Bench().logon().get('D', 2, body).kinds()).toEqual(['deliver']);
    const [action] = new Bench().logon().get('D', 2, withField([110, '100'])).actions;
    expect(action).toMatchObject({ kind: 'deliver', unsupported: [110] });
  });
});

test('whatever comes in whatever order: no message twice, none out of turn, numbers never back', () => {
  const type = fc.constantFrom('0', '1', '2', '3', '4', '5', 'A', 'D', '8', 'ZZ', 'AE');
  const field = fc.tuple(
    fc.constantFrom(7, 11, 16, 36, 38, 44, 45, 55, 98, 108, 112, 123, 999),
    fc.constantFrom('0', '1', '3', '9', 'Y', 'N', 'NaN', '', '-1'),
  );
  const event = fc.record({
    type,
    seq: fc.nat(9),
    body: fc.array(field, { maxLength: 5 }),
    dup: fc.boolean(),
    wait: fc.nat(40_000),
    order: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(acceptor, initiator),
      fc.array(event, { maxLength: 30 }),
      (config, events) => {
        const bench = new Bench(config);
        let [lowIn, lowOut] = [0, 0];
        const delivered: number[] = [];
        bench.get('A', 1, [
          [98, '0'],
          [108, '30'],
        ]);
        for (const { type: kind, seq, body, dup, wait, order } of events) {
          if (bench.state.phase === 'off') bench.does({ kind: 'connected', now: bench.now });
          bench.actions = [];
          bench.get(
            kind,
            seq,
            order && kind === 'D' ? ORDER : body,
            dup ? { firstSent: formatTimestamp(bench.now) } : {},
          );
          bench.wait(wait);
          const { nextIn, nextOut } = bench.state;
          if (bench.kinds().includes('reset')) [lowIn, lowOut] = [0, 0];
          expect(nextIn).toBeGreaterThanOrEqual(lowIn);
          expect(nextOut).toBeGreaterThanOrEqual(lowOut);
          for (const action of bench.actions) {
            if (action.kind !== 'deliver') continue;
            expect(action.seq).toBe(seq);
            expect(lowIn === 0 || action.seq >= lowIn).toBe(true);
            delivered.push(action.seq);
          }
          [lowIn, lowOut] = [nextIn, nextOut];
        }
        expect(delivered).toEqual([...new Set(delivered)].toSorted((a, b) => a - b));
      },
    ),
    { numRuns: 400 },
  );
});
