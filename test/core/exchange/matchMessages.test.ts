/** The matching core against a book written plainly: lists of orders, sorted anew at every message. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bestLevel,
  BUY,
  matchMessages,
  MESSAGE,
  MESSAGE_WORDS,
  orderBook,
  SELL,
  tradeTape,
} from '../../../src/core/index.js';

type Message = readonly [kind: number, order: number, level: number, shares: number];
type Trade = readonly [taker: number, maker: number, level: number, shares: number];
interface Resting {
  readonly side: number;
  readonly order: number;
  readonly level: number;
  shares: number;
}

/** Trades of the messages, and what waits at the end, each side from best to worst. */
function plainly(messages: readonly Message[]): { trades: Trade[]; waiting: Resting[][] } {
  // In the order of their arrival, whatever the price.
  let waiting: Resting[] = [];
  const trades: Trade[] = [];
  const queue = (side: number): Resting[] =>
    waiting
      .filter((one) => one.side === side)
      .toSorted((a, b) => (side === BUY ? b.level - a.level : a.level - b.level));
  const enter = (side: number, order: number, limit: number, shares: number, rests: boolean): void => {
    let left = shares;
    for (const one of queue(1 - side)) {
      if (left === 0 || (side === BUY ? one.level > limit : one.level < limit)) break;
      const traded = Math.min(left, one.shares);
      trades.push([order, one.order, one.level, traded]);
      left -= traded;
      one.shares -= traded;
    }
    waiting = waiting.filter((one) => one.shares > 0);
    if (left > 0 && rests) waiting.push({ side, order, level: limit, shares: left });
  };
  for (const [kind, order, level, shares] of messages) {
    const known = waiting.find((one) => one.order === order);
    const out = (): void => {
      waiting = waiting.filter((one) => one !== known);
    };
    if (kind <= MESSAGE.limitSell) enter(kind, order, level, shares, true);
    else if (kind <= MESSAGE.marketSell)
      enter(kind % 2, order, kind % 2 === BUY ? Infinity : -1, shares, false);
    else if (known === undefined) continue;
    else if (kind === MESSAGE.cancel) out();
    else if (level === known.level && shares <= known.shares) known.shares = shares;
    else {
      out();
      enter(known.side, order, level, shares, true);
    }
  }
  return { trades, waiting: [queue(BUY), queue(SELL)] };
}

/** @param levels prices of the grid; few make long queues, many make words of bits that are empty between */
function fast(messages: readonly Message[], levels: number) {
  const book = orderBook(levels, messages.length + 1);
  const tape = tradeTape(messages.length);
  matchMessages(book, Int32Array.from(messages.flat()), messages.length, tape);
  const trades = Array.from({ length: tape.count }, (_, i) =>
    Array.from(tape.trades.subarray(i * MESSAGE_WORDS, (i + 1) * MESSAGE_WORDS)),
  );
  return { trades, best: [BUY, SELL].map((side) => bestLevel(book, side as 0 | 1)) };
}

/** Each limit order has a number of its own; cancels and replaces name any of them. */
const streams = (levels: number): fc.Arbitrary<Message[]> =>
  fc
    .array(
      fc.tuple(
        fc.constantFrom(0, 0, 1, 1, 2, 3, 4, 5),
        fc.nat(),
        fc.nat({ max: levels - 1 }),
        fc.integer({ min: 1, max: 9 }),
      ),
      { maxLength: 60 },
    )
    .map((rows) =>
      rows.map(([kind, which, level, shares], i): Message => [
        kind,
        kind >= MESSAGE.cancel ? which % (i + 1) : i,
        level,
        shares,
      ]),
    );

describe('the matching core trades what a plain book trades', () => {
  test.each([5, 40, 3000, 70_000])('on a grid of %i prices', (levels) => {
    fc.assert(
      fc.property(streams(levels), (messages) => {
        const expected = plainly(messages);
        const { trades, best } = fast(messages, levels);
        expect(trades).toEqual(expected.trades);
        expect(best).toEqual(expected.waiting.map((queue) => queue[0]?.level ?? -1));
      }),
      { numRuns: 400 },
    );
  });
});

test('an order is filled from the best price on, and at one price by who came first', () => {
  const { trades } = fast(
    [
      [MESSAGE.limitSell, 0, 12, 5],
      [MESSAGE.limitSell, 1, 11, 5],
      [MESSAGE.limitSell, 2, 11, 5],
      [MESSAGE.limitBuy, 3, 12, 12],
    ],
    20,
  );
  expect(trades).toEqual([
    [3, 1, 11, 5],
    [3, 2, 11, 5],
    [3, 0, 12, 2],
  ]);
});
