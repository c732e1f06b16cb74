/**
 * Benchmarks of the exchange: a stream of messages with a seed through the matching core, beside a plain order book in
 * Python that is sent the same bytes. What is compared is the hash of every trade in its order.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  agentMarket,
  bestLevel,
  BUY,
  cancelInSession,
  clockTime,
  finishSession,
  mainlandDay,
  matchMessages,
  MESSAGE,
  MESSAGE_WORDS,
  openSession,
  ORDER,
  orderBook,
  parseDay,
  SELL,
  submitToSession,
  tradeTape,
} from '../dist/core/index.js';

const LEVELS = 4000;
const MESSAGES = 500_000;
/** Orders that wait at one time, and numbers for them. */
const LIVE = 20_000;
const ORDERS = 250_000;
const ACCOUNTS = 100;
/** What the eleven sessions of seed 1 send; checked. */
const AGENT_ORDERS = 24_256;
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
  session: {
    batch: 1,
    per: ORDERS,
    settings: { warmUpBatches: 5, samples: 11 },
    without: 'a plain exchange agrees in the tests (sessionEngine.test.ts)',
    start: startSession,
  },
  agents: {
    batch: 1,
    per: AGENT_ORDERS,
    settings: { warmUpBatches: 20, samples: 31 },
    without: 'no simulator here trades these rules; PAMS and ABIDES reach 5,000 and 69,000 a second',
    start: startAgents,
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

/** A day of STAR with every rule: 70 % limit orders, 20 % cancels, 10 % market orders, both auctions, T+1. */
function startSession() {
  const day = mainlandDay({ board: 'star', day: parseDay('2025-09-12'), previousClose: 138_700 });
  const opens = [clockTime(9, 15), clockTime(9, 30), clockTime(13, 0), clockTime(14, 57)];
  const lasts = [clockTime(0, 5), clockTime(2, 0), clockTime(1, 57), clockTime(0, 3)];
  const fromTo = [0.02, 0.5, 0.96, 1];
  const clockOf = (part) => {
    const i = fromTo.findIndex((to) => part < to);
    const from = i === 0 ? 0 : fromTo[i - 1];
    return opens[i] + Math.floor((lasts[i] * (part - from)) / (fromTo[i] - from));
  };
  const times = Int32Array.from({ length: ORDERS }, (_, i) => clockOf(i / ORDERS));
  return {
    call: () => {
      const random = xorshift(688256);
      const session = openSession(day, new Float64Array(ACCOUNTS).fill(1e9), ORDERS);
      let middle = day.previousClose;
      for (let i = 0; i < ORDERS; i++) {
        const [dice, side, account] = [random(10), random(2), random(ACCOUNTS)];
        const away = random(40) - 10;
        const shares = 200 + random(300);
        if (dice < 7) {
          const price = side === BUY ? middle - away : middle + away;
          submitToSession(session, times[i], account, ORDER.limit, side, price, shares);
        } else if (dice < 9) {
          cancelInSession(session, times[i], account, Math.max(0, session.orders - 1 - random(200)));
        } else {
          const protection = side === BUY ? middle + 2000 : middle - 2000;
          submitToSession(session, times[i], account, ORDER.bestFiveCancel, side, protection, shares);
        }
        if (session.last > 0) middle = session.last;
      }
      finishSession(session);
      return session;
    },
    check: ({ open, close, closingVolume, held }) =>
      open > 0 && close > 0 && closingVolume > 0 && held.reduce((a, b) => a + b, 0) === ACCOUNTS * 1e9,
    output: (session) => ({
      exact: {
        trades: session.tape.count,
        tape: createHash('sha256')
          .update(session.tape.trades.subarray(0, session.tape.count * 4))
          .digest('hex'),
        prices: [session.open, session.close, session.volume],
      },
      close: {},
    }),
  };
}

/** Eleven sessions of the market of active and passive investors: opening and closing auctions, T+1, cage, limits. */
function startAgents() {
  const plan = {
    board: 'star',
    day: parseDay('2025-09-12'),
    price: 10_000,
    floatShares: 40e6,
    passive: 0.3,
    elasticity: 2,
    response: 2,
    volatility: 0.02,
    volume: 1e6,
    flow: -240_000,
    atClose: 0.8,
    arbitrageurs: 3,
    before: 5,
    after: 5,
    events: 2000,
    closingPart: 0.08,
  };
  return {
    call: () => agentMarket(plan, 1),
    check: ({ orders, fundShares }) => orders === AGENT_ORDERS && fundShares === plan.flow,
    output: ({ closes, volumes, trades }) => ({
      exact: { closes: [...closes], volumes: [...volumes], trades },
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
