/** A day under the rules, case by case: phases, kinds of orders, halts, the fixed price, other venues, words. */
import { describe, expect, test } from 'vitest';
import { auctionOf } from '../../../src/core/exchange/bookAuction.js';
import { callAuction } from '../../../src/core/exchange/callAuction.js';
import { explainRejection } from '../../../src/core/exchange/explainRejection.js';
import { fen, fenOf } from '../../../src/core/exchange/fen.js';
import { iceberg, showPeak } from '../../../src/core/exchange/iceberg.js';
import { haltsOf } from '../../../src/core/exchange/halts.js';
import { hongKongDay } from '../../../src/core/exchange/hongKongDay.js';
import { orderBook, rest } from '../../../src/core/exchange/orderBook.js';
import { REJECTIONS } from '../../../src/core/exchange/rejections.js';
import { openSession, priceAt, type Session } from '../../../src/core/exchange/session.js';
import { advance, cancel, finish, submit } from '../../../src/core/exchange/sessionEngine.js';
import { unitedStatesDay } from '../../../src/core/exchange/unitedStatesDay.js';
import { at, mainlandDay, ORDER, type MainlandRequest } from '../../../src/core/exchange/venueDay.js';
import { BUY, parseDay, SELL, type Day } from '../../../src/core/index.js';

const DAY = parseDay('2025-09-12') as Day;
const SHARES = [1_000_000, 1_000_000];

const mainland = (more: Partial<MainlandRequest> = {}): Session =>
  openSession(mainlandDay({ board: 'star', day: DAY, previousClose: fen(10_000), ...more }), SHARES, 1000);

const trades = (session: Session): [price: number, shares: number][] =>
  Array.from({ length: session.tape.count }, (_, i) => [
    priceAt(session, session.tape.trades[i * 4 + 2]),
    session.tape.trades[i * 4 + 3],
  ]);

const codeOf = (answer: number): string => (answer < 0 ? REJECTIONS[-answer] : 'accepted');

describe('the call auction on the book is the one on lists', () => {
  test('buys 300@10.02, 400@10.01, 500@10.00; sells 200@9.99, 600@10.00, 300@10.01: 800 at 10.00', () => {
    const book = orderBook(2000, 10);
    const [buys, sells] = [
      [
        [1002, 300],
        [1001, 400],
        [1000, 500],
      ],
      [
        [999, 200],
        [1000, 600],
        [1001, 300],
      ],
    ];
    buys.forEach(([price, shares], i) => rest(book, BUY, i, price, shares));
    sells.forEach(([price, shares], i) => rest(book, SELL, i + 3, price, shares));
    expect(auctionOf(book, { tie: 'SSE', candidates: 'every-tick' }, 1000)).toEqual({
      level: 1000,
      shares: 800,
    });
  });

  test('Shenzhen chooses the nearest to the reference, also between the prices that were named', () => {
    const book = orderBook(2000, 10);
    rest(book, BUY, 0, 1006, 1000);
    rest(book, SELL, 1, 1000, 1000);
    const szse = { exchange: 'SZSE', reference: fen(1005) } as const;
    const lists = [[{ price: fen(1006), quantity: 1000 }], [{ price: fen(1000), quantity: 1000 }]] as const;
    for (const candidates of ['every-tick', 'order-prices'] as const) {
      const found = auctionOf(book, { tie: 'SZSE', candidates }, 1005);
      expect(found?.level).toBe(callAuction(...lists, { ...szse, candidates })?.price);
      expect(found?.level).toBe(candidates === 'every-tick' ? 1005 : 1006);
    }
  });
});

describe('phases', () => {
  test('orders collect from 09:15, no cancels from 09:20, one price at 09:25', () => {
    const session = mainland();
    expect(codeOf(submit(session, at(9, 14), 0, ORDER.limit, BUY, 10_000, 200))).toBe('phase_closed');
    const buy = submit(session, at(9, 15), 0, ORDER.limit, BUY, 10_100, 200);
    expect(codeOf(submit(session, at(9, 16), 1, ORDER.bestFiveCancel, SELL, 9_900, 200))).toBe(
      'kind_not_now',
    );
    submit(session, at(9, 17), 1, ORDER.limit, SELL, 9_900, 200);
    expect(session.tape.count).toBe(0);
    expect(codeOf(cancel(session, at(9, 20), 0, buy))).toBe('cancel_refused');
    advance(session, at(9, 25));
    expect(trades(session)).toEqual([[10_000, 200]]);
    expect(codeOf(submit(session, at(9, 26), 0, ORDER.limit, BUY, 10_000, 200))).toBe('phase_closed');
  });

  test('Shenzhen keeps what comes between 09:25 and 09:30', () => {
    const session = mainland({ board: 'chinext' });
    submit(session, at(9, 26), 0, ORDER.limit, BUY, 10_000, 200);
    submit(session, at(9, 27), 1, ORDER.limit, SELL, 10_000, 200);
    expect(session.tape.count).toBe(0);
    advance(session, at(9, 30));
    expect(trades(session)).toEqual([[10_000, 200]]);
  });

  test('the close is the price of its auction; without one, the last minute weighted by volume', () => {
    const quiet = mainland();
    for (const [minute, price, shares] of [
      [0, 10_000, 200],
      [1, 10_010, 300],
      [2, 10_020, 600],
    ]) {
      submit(quiet, at(14, 50 + minute), 0, ORDER.limit, SELL, price, shares);
      submit(quiet, at(14, 50 + minute), 1, ORDER.limit, BUY, price, shares);
    }
    finish(quiet);
    // 14:51 and 14:52, the minute up to the last trade with both ends: (300 x 100.10 + 600 x 100.20) / 900 = 100.1667.
    expect([quiet.close, quiet.closingVolume]).toEqual([10_017, 0]);

    const auction = mainland();
    submit(auction, at(14, 0), 0, ORDER.atClose, SELL, 9_000, 500);
    submit(auction, at(14, 58), 1, ORDER.limit, BUY, 9_500, 500);
    finish(auction);
    expect([auction.close, auction.closingVolume]).toEqual([9_250, 500]);
  });

  test('after the close orders trade at it by time; a limit beyond it is void; the main board has this from 2026-07-06', () => {
    const session = mainland();
    submit(session, at(10, 0), 0, ORDER.limit, SELL, 10_000, 200);
    submit(session, at(10, 0), 1, ORDER.limit, BUY, 10_000, 200);
    const low = submit(session, at(10, 1), 1, ORDER.afterHours, BUY, 9_999, 200);
    submit(session, at(10, 2), 1, ORDER.afterHours, BUY, 10_001, 300);
    submit(session, at(15, 2), 0, ORDER.afterHours, SELL, 9_000, 400);
    expect(session.tape.count).toBe(1);
    finish(session);
    expect(trades(session).at(-1)).toEqual([10_000, 300]);
    expect(session.left[low]).toBe(200);
    const main = (day: string) =>
      mainland({ board: 'sse-main', day: parseDay(day) as Day, previousClose: fen(1000) });
    const answer = (session_: Session) =>
      codeOf(submit(session_, at(10, 0), 0, ORDER.afterHours, BUY, 1000, 100));
    expect(answer(main('2025-09-12'))).toBe('kind_unknown');
    expect(answer(main('2026-07-06'))).toBe('accepted');
  });
});

describe('kinds of orders', () => {
  /** Sellers at 100.01 to 100.06, 200 shares each. */
  const withSellers = (board: 'star' | 'chinext' = 'star'): Session => {
    const session = mainland({ board });
    for (let i = 1; i <= 6; i++) submit(session, at(9, 30), 0, ORDER.limit, SELL, 10_000 + i, 200);
    return session;
  };

  test('five prices, the rest cancelled or left at the last of them', () => {
    for (const [kind, waits] of [
      [ORDER.bestFiveCancel, 0],
      [ORDER.bestFiveLimit, 300],
    ] as const) {
      const session = withSellers();
      const order = submit(session, at(9, 31), 1, kind, BUY, 11_000, 1300);
      expect(trades(session).map(([price]) => price)).toEqual([10_001, 10_002, 10_003, 10_004, 10_005]);
      expect(session.book.depth[10_005 - session.day.lowest]).toBe(waits);
      expect(session.left[order]).toBe(300);
    }
  });

  test('a market order stops at its protection price, and STAR wants one', () => {
    const session = withSellers();
    expect(codeOf(submit(session, at(9, 31), 1, ORDER.bestFiveCancel, BUY, 0, 1000))).toBe(
      'protection_price',
    );
    submit(session, at(9, 31), 1, ORDER.bestFiveCancel, BUY, 10_002, 1000);
    expect(trades(session)).toEqual([
      [10_001, 200],
      [10_002, 200],
    ]);
  });

  test('all or nothing, and as far as it goes, are of Shenzhen', () => {
    const session = withSellers('chinext');
    submit(session, at(9, 31), 1, ORDER.fillOrKill, BUY, 0, 1300);
    expect(session.tape.count).toBe(0);
    submit(session, at(9, 31), 1, ORDER.fillOrKill, BUY, 0, 1200);
    expect(session.volume).toBe(1200);
    expect(codeOf(submit(withSellers(), at(9, 31), 1, ORDER.fillOrKill, BUY, 11_000, 200))).toBe(
      'kind_unknown',
    );
  });
});

test('31: on a day without a limit 130 and 160 halt trading, ten minutes and until 14:57, as in haltsOf', () => {
  const session = mainland({ free: true });
  const trade = (clock: number, price: number): void => {
    submit(session, clock, 0, ORDER.limit, SELL, price, 200);
    submit(session, clock, 1, ORDER.limit, BUY, price, 200);
  };
  // Sellers left from the opening call are the base of the cage for who buys far above.
  for (const price of [10_000, 13_000, 16_000]) submit(session, at(9, 16), 0, ORDER.limit, SELL, price, 200);
  submit(session, at(9, 16), 1, ORDER.limit, BUY, 10_000, 200);
  submit(session, at(10, 0), 1, ORDER.limit, BUY, 13_000, 200);
  expect(session.haltUntil).toBe(at(10, 10));
  expect(codeOf(submit(session, at(10, 5), 1, ORDER.bestFiveCancel, BUY, 20_000, 200))).toBe('kind_not_now');
  trade(at(10, 6), 13_200);
  expect(session.tape.count).toBe(2);
  advance(session, at(10, 10));
  expect(trades(session).at(-1)).toEqual([13_200, 200]);
  submit(session, at(14, 50), 1, ORDER.limit, BUY, 16_000, 200);
  expect(session.haltUntil).toBe(at(14, 57));
  const tape = trades(session).map(([price], i) => ({ at: session.tradeAt[i] / 1000, price: fen(price) }));
  expect(haltsOf(fen(10_000), tape.slice(1)).map(({ from, to }) => [from * 1000, to * 1000])).toEqual([
    [at(10, 0), at(10, 10)],
    [at(14, 50), at(14, 57)],
  ]);
});

// The rule says "reaches or passes" (rise or fall of 30 % and 60 % of the open, for the first time): the price that is exactly
// there halts, the last one before it does not. 10.01 has no such price; 13.02 and 7.00 are the first beyond.
test.each([
  [10_000, 13_000, 12_999, 30],
  [10_000, 16_000, 15_999, 60],
  [10_000, 7_000, 7_001, 30],
  [10_000, 4_000, 4_001, 60],
  [1_001, 1_302, 1_301, 30],
  [1_001, 1_602, 1_601, 60],
  [1_001, 700, 701, 30],
  [1_001, 400, 401, 60],
] as const)(
  'from an open of %i the price %i halts and %i does not, percent: %i',
  (open, there, short, percent) => {
    const haltsAt = (price: number): number | undefined => {
      const session = openSession(
        mainlandDay({ board: 'star', day: DAY, previousClose: fen(open), free: true }),
        SHARES,
        100,
      );
      const [waits, comes] = price > open ? ([SELL, BUY] as const) : ([BUY, SELL] as const);
      // Left from the opening call: the base of the cage for who goes that far.
      submit(session, at(9, 16), 0, ORDER.limit, waits, price, 200);
      submit(session, at(9, 16), 0, ORDER.limit, SELL, open, 200);
      submit(session, at(9, 16), 1, ORDER.limit, BUY, open, 200);
      submit(session, at(10, 0), 1, ORDER.limit, comes, price, 200);
      expect(trades(session).map(([traded]) => traded)).toEqual([open, price]);
      const halted = price > open ? session.haltedUp : session.haltedDown;
      const listed = haltsOf(fen(open), [{ at: 36_000, price: fen(price) }]);
      expect(listed.map((halt) => halt.percent)).toEqual(halted === 0 ? [] : [halted]);
      return session.haltUntil > at(10, 0) ? halted : undefined;
    };
    expect(haltsAt(there)).toBe(percent);
    expect(haltsAt(short)).toBe(percent === 30 ? undefined : 30);
  },
);

test('a trade at 14:57 belongs to the closing auction and halts nothing', () => {
  const halts = (second: number) => haltsOf(fen(10_000), [{ at: second, price: fen(13_000) }]).length;
  const auction = at(14, 57) / 1000;
  expect([halts(auction - 1), halts(auction)]).toEqual([1, 0]);
});

test('a halt that ends in the break ends trading again at 13:00', () => {
  const session = mainland({ free: true });
  for (const price of [10_000, 13_000]) submit(session, at(9, 16), 0, ORDER.limit, SELL, price, 200);
  submit(session, at(9, 16), 1, ORDER.limit, BUY, 10_000, 200);
  submit(session, at(11, 25), 1, ORDER.limit, BUY, 13_000, 200);
  submit(session, at(11, 26), 0, ORDER.limit, SELL, 13_100, 200);
  submit(session, at(11, 26), 1, ORDER.limit, BUY, 13_100, 200);
  advance(session, at(12, 59));
  expect(session.tape.count).toBe(2);
  advance(session, at(13, 0));
  expect(trades(session).at(-1)).toEqual([13_100, 200]);
});

describe('a rejection names the rule, where it stands, and the nearest order', () => {
  test('below the least purchase and above the limit', () => {
    const session = mainland();
    const asked = { account: 0, kind: ORDER.limit, side: BUY, price: 13_000, shares: 199 } as const;
    const answer = submit(session, at(10, 0), 0, asked.kind, asked.side, asked.price, asked.shares);
    const explained = explainRejection(session, answer, asked);
    expect(explained).toMatchObject({
      code: 'order_too_small',
      message: { en: 'purchases are of 200 shares or more' },
      cited: { confidence: 'documented' },
      nearest: { price: 12_000, shares: 200 },
    });
  });

  test('outside of the cage, whose edge is taken', () => {
    const session = mainland();
    submit(session, at(9, 31), 0, ORDER.limit, SELL, 10_000, 200);
    const asked = { account: 1, kind: ORDER.limit, side: BUY, price: 10_201, shares: 200 } as const;
    const answer = submit(session, at(10, 0), 1, asked.kind, BUY, asked.price, asked.shares);
    const { code, nearest, message } = explainRejection(session, answer, asked);
    expect([code, nearest, message.en]).toEqual([
      'outside_cage',
      { price: 10_200, shares: 200 },
      'purchases now are at 102.00 or below',
    ]);
    expect(submit(session, at(10, 0), 1, ORDER.limit, BUY, 10_200, 200)).toBeGreaterThanOrEqual(0);
  });

  test.each(['not_a_number', 'unknown_account', 'phase_closed', 'cancel_refused', 'off_tick'] as const)(
    '%s has words in both languages',
    (code) => {
      const asked = { account: 0, kind: ORDER.limit, side: BUY, price: 0, shares: 200 } as const;
      const { message } = explainRejection(mainland(), -REJECTIONS.indexOf(code), asked);
      expect(message.en).not.toBe('');
      expect(message.zh).toMatch(/\p{Script=Han}/u);
    },
  );
});

test('what is no order changes nothing: negative, huge, broken or missing numbers', () => {
  const session = mainland();
  const before = structuredClone(session.held);
  for (const shares of [-200, 0, 1e18, Number.NaN, Infinity, 200.5])
    expect(codeOf(submit(session, at(10, 0), 0, ORDER.limit, BUY, 10_000, shares))).toBe('not_a_number');
  for (const price of [Number.NaN, Infinity, 1e18, 99.5])
    expect(codeOf(submit(session, at(10, 0), 0, ORDER.limit, BUY, price, 200))).toBe('not_a_number');
  for (const account of [-1, 2, 0.5, Number.NaN])
    expect(codeOf(submit(session, at(10, 0), account, ORDER.limit, BUY, 10_000, 200))).toBe(
      'unknown_account',
    );
  const order = submit(session, at(10, 0), 0, ORDER.limit, BUY, 9_900, 200);
  expect(codeOf(cancel(session, at(10, 1), 1, order))).toBe('unknown_order');
  expect(session.held).toEqual(before);
  expect(session.orders).toBe(1);
});

describe('other venues', () => {
  test('Hong Kong: board lots, spreads by price and date, a closing auction, sales on the same day', () => {
    const open = (date: string) =>
      openSession(
        hongKongDay({ day: parseDay(date) as Day, previousClose: 15_000, lot: 500 }),
        [10_000, 10_000],
        100,
      );
    const session = open('2025-09-12');
    const send = (price: number, shares: number, clock = at(10, 0)) =>
      codeOf(submit(session, clock, 0, ORDER.limit, BUY, price, shares));
    expect([send(15_010, 500), send(15_005, 500), send(15_010, 600)]).toEqual([
      'accepted',
      'off_tick',
      'order_step',
    ]);
    const earlier = open('2025-07-31');
    expect(codeOf(submit(earlier, at(10, 0), 0, ORDER.limit, BUY, 15_010, 500))).toBe('off_tick');
    expect(codeOf(submit(session, at(12, 30), 0, ORDER.limit, BUY, 15_000, 500))).toBe('phase_closed');
    submit(session, at(16, 2), 1, ORDER.limit, SELL, 15_000, 500);
    finish(session);
    // Both prices trade 500 with nothing left; the nearer to the close before is taken.
    expect([session.close, session.closingVolume]).toEqual([15_000, 500]);
  });

  test('Hong Kong: prices stay below nine times the close before, and above a ninth of it', () => {
    for (const previousClose of [90, 900, 15_000, 100_000, 630_000, 2_700_000]) {
      const day = hongKongDay({ day: DAY, previousClose, lot: 100 });
      const session = openSession(day, SHARES, 100);
      const send = (price: number) => codeOf(submit(session, at(10, 0), 0, ORDER.limit, BUY, price, 100));
      const [high, low] = [previousClose * 9, previousClose / 9];
      expect(send(high)).toBe('outside_book');
      expect(send(high - day.tickAt(high - 1))).toBe('accepted');
      expect([day.highest % day.tickAt(day.highest), day.lowest % day.tickAt(day.lowest)]).toEqual([0, 0]);
      expect(day.highest).toBeLessThan(high);
      expect(day.lowest).toBeGreaterThan(low);
      expect(day.lowest - day.tickAt(day.lowest)).toBeLessThanOrEqual(low);
    }
  });

  test('United States: orders for the close are taken until 15:58 and stay from 15:50 on', () => {
    const session = openSession(unitedStatesDay({ previousClose: 1_000_000 }), SHARES, 100);
    const send = (clock: number) => submit(session, clock, 0, ORDER.atClose, SELL, 990_000, 100);
    const [first, second] = [send(at(10, 0)), send(at(10, 0))];
    expect(codeOf(cancel(session, at(15, 50) - 1, 0, first))).toBe('accepted');
    expect(codeOf(cancel(session, at(15, 50), 0, second))).toBe('cancel_refused');
    expect(codeOf(send(at(15, 58) - 1))).toBe('accepted');
    const late = send(at(15, 58));
    expect(codeOf(late)).toBe('kind_not_now');
    const asked = { account: 0, kind: ORDER.atClose, side: SELL, price: 990_000, shares: 100 } as const;
    expect(explainRejection(session, late, asked).cited.source.zh).toContain('15:58');
  });

  test('every source is in both languages, and what was not found says so', () => {
    const venues = [
      hongKongDay({ day: DAY, previousClose: 15_000, lot: 500 }),
      unitedStatesDay({ previousClose: 1_000_000 }),
      mainlandDay({ board: 'star', day: DAY, previousClose: fen(10_000) }),
    ];
    for (const { citations, phases, board } of venues) {
      const cited = [...Object.values(citations), ...phases, ...(board === undefined ? [] : [board])];
      for (const { source } of cited) {
        expect(source.en).not.toMatch(/\p{Script=Han}/u);
        expect(source.zh).toMatch(/\p{Script=Han}/u);
      }
    }
    expect(venues[1].citations.order_too_large.confidence).toBe('recalled');
    expect(venues[1].citations.outside_book.confidence).toBe('assumed');
  });

  test('every spread of a day is on the grid of its book', () => {
    for (const previousClose of [100, 9_990, 19_000, 30_000, 40_000, 60_000, 600_000]) {
      const day = hongKongDay({ day: DAY, previousClose, lot: 100 });
      let between = 0;
      for (let price = day.lowest; price <= day.highest; price += day.tickAt(price))
        between += (price - day.lowest) % day.grid;
      expect(between).toBe(0);
    }
  });

  test('United States: orders for the close meet the book of the day at 16:00', () => {
    const session = openSession(unitedStatesDay({ previousClose: 1_000_000 }), SHARES, 100);
    submit(session, at(10, 0), 0, ORDER.atClose, SELL, 990_000, 700);
    submit(session, at(11, 0), 1, ORDER.limit, BUY, 999_900, 1000);
    expect(session.tape.count).toBe(0);
    finish(session);
    expect([session.close, session.closingVolume]).toEqual([999_900, 700]);
    expect(codeOf(submit(session, 86_400_000, 0, ORDER.limit, BUY, 999_900, 1))).toBe('phase_closed');
  });
});

test('an odd remainder goes in one order, shares of the day stay', () => {
  const day = mainlandDay({ board: 'star', day: DAY, previousClose: fenOf(100) });
  const session = openSession(day, [350, 10_000], 100);
  const sell = (shares: number) => codeOf(submit(session, at(10, 1), 0, ORDER.limit, SELL, 10_000, shares));
  expect(sell(100)).toBe('odd_lot');
  expect(sell(200)).toBe('accepted');
  expect(sell(100)).toBe('odd_lot');
  expect(sell(150)).toBe('accepted');
  expect(sell(1)).toBe('shares_committed');
  submit(session, at(10, 1), 1, ORDER.limit, SELL, 9_990, 200);
  submit(session, at(10, 1), 0, ORDER.limit, BUY, 9_990, 200);
  expect(sell(551)).toBe('short_sale');
  expect(sell(550)).toBe('bought_today');
});

test('an iceberg shows one peak at a time, and each new one goes to the end of the queue', () => {
  const session = mainland();
  const ice = iceberg(0, SELL, 10_000, 700, 300);
  expect(showPeak(session, at(9, 31), ice)).toBe(true);
  submit(session, at(9, 32), 1, ORDER.limit, SELL, 10_000, 500);
  expect(showPeak(session, at(9, 33), ice)).toBe(false);
  const shown = (): number => session.book.depth[session.book.best[SELL]];
  expect(shown()).toBe(800);
  submit(session, at(9, 34), 1, ORDER.limit, BUY, 10_000, 300);
  expect(showPeak(session, at(9, 34), ice)).toBe(true);
  expect([shown(), ice.hidden]).toEqual([800, 100]);
  // The one that came between is first now.
  submit(session, at(9, 35), 1, ORDER.limit, BUY, 10_000, 500);
  expect(session.left[ice.order]).toBe(300);
});
