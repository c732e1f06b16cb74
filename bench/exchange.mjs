/**
 * Benchmarks of the exchange: a stream of messages with a seed through the matching core, beside a plain order book in
 * Python that is sent the same bytes. What is compared is the hash of every trade in its order.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  bestLevel,
  matchMessages,
  MESSAGE,
  MESSAGE_WORDS,
  orderBook,
  tradeTape,
  BUY,
  SELL,
} from '../dist/core/index.js';

const LEVELS = 4000;
const MESSAGES = 500_000;
/** Orders that wait at one time, and numbers for them. */
const LIVE = 20_000;
const PEER = 'matching.py';

export const EXCHANGE_BENCHMARKS = {
  matching: {
    peer: PEER,
    peerName: 'plain Python book',
    batch: 1,
    per: MESSAGES,
    settings: { warmUpBatches: 3, samples: 5 },
    write: writeMatching,
    start: startMatching,
  },
};

/** Half a million messages: about 48 % limit orders, 42 % cancels, 3 % replaces, 7 % market orders. */
function startMatching() {
  const messages = messageStream();
  const tape = tradeTape(MESSAGES);
  return {
    call: () => {
      const book = orderBook(LEVELS, LIVE + 1);
      tape.count = 0;
      matchMessages(book, messages, MESSAGES, tape);
      return book;
    },
    check: (book) => tape.count > MESSAGES / 20 && bestLevel(book, BUY) < bestLevel(book, SELL),
    output: (book) => ({
      exact: {
        trades: tape.count,
        tape: createHash('sha256')
          .update(tape.trades.subarray(0, tape.count * 4))
          .digest('hex'),
        best: [bestLevel(book, BUY), bestLevel(book, SELL)],
      },
      close: {},
    }),
  };
}

function writeMatching(folder) {
  writeFileSync(join(folder, 'messages.i32'), messageStream());
}

/**
 * Orders near a price that wanders. A number is used again only after the order under it was cancelled; a cancel may come
 * after the order was filled, as on a real feed.
 */
function messageStream() {
  const random = xorshift(20250912);
  const messages = new Int32Array(MESSAGES * MESSAGE_WORDS);
  const free = Int32Array.from({ length: LIVE }, (_, i) => i);
  const used = new Int32Array(LIVE);
  let count = 0;
  let middle = LEVELS >> 1;
  for (let i = 0; i < MESSAGES; i++) {
    if (random(1024) === 0) middle += random(2) * 2 - 1;
    const dice = random(100);
    const shares = 1 + random(10);
    if (count < LIVE && (dice < 48 || count === 0)) {
      const side = random(2);
      const away = random(20);
      const order = free[LIVE - 1 - count];
      used[count] = order;
      count++;
      messages.set(
        [side, order, side === BUY ? middle - away : middle + 1 + away, shares],
        i * MESSAGE_WORDS,
      );
    } else if (dice < 90) {
      const which = random(count);
      const order = used[which];
      count--;
      used[which] = used[count];
      free[LIVE - 1 - count] = order;
      messages.set([MESSAGE.cancel, order, 0, 0], i * MESSAGE_WORDS);
    } else if (dice < 93) {
      messages.set(
        [MESSAGE.replace, used[random(count)], middle + random(20) - 10, shares],
        i * MESSAGE_WORDS,
      );
    } else {
      messages.set([MESSAGE.marketBuy + random(2), LIVE, 0, shares], i * MESSAGE_WORDS);
    }
  }
  return messages;
}

function xorshift(seed) {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
