/**
 * The clock of an account stops within the session. Stops change nothing; what comes in at a stop is what a condition on that time
 * would have sent; nothing that is shown there knows what comes later.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  accountBook,
  accountFindings,
  accountOf,
  clockAfter,
  clockAsked,
  clockFindings,
  clockTime,
  dailyValues,
  fen,
  fenOf,
  positionPrices,
  previewOrder,
  quotedPath,
  replayTo,
  requestCancel,
  requestOrder,
  requestReplacement,
  stopsAhead,
  type AccountEvent,
  type AccountHistory,
  type OrderRequest,
  type QuotedPath,
  type TradedMarket,
} from '../../../src/core/index.js';
import { dayAt, FIRST, flat, IDS, marketOf, opened, order } from './madeUp.js';
import { aShape, aWish, requestOf, seriesOf } from './sessionShapes.js';

const SESSIONS = 4;
const CASH = 400_000_000;
const ACCOUNT = ({ fills = 'session' }: { fills?: 'session' | 'close' } = {}): AccountEvent[] => [
  ...opened(CASH).map((event) => ({ ...event, ...(fills === 'session' && { fills }) }) as AccountEvent),
  ...IDS.map((security) => ({ kind: 'bonus', day: dayAt(0), security, shares: 5000 }) as const),
];

const historyOf = (events: readonly AccountEvent[]): AccountHistory => ({
  events,
  account: accountOf(events),
});
const ordered = (
  events: readonly AccountEvent[],
  traded: TradedMarket,
  request: OrderRequest,
): AccountEvent[] => [...events, ...requestOrder(historyOf(events), traded, request).events];
const gone = (
  events: readonly AccountEvent[],
  traded: TradedMarket,
  day: number,
  at?: number,
): AccountEvent[] => [...events, ...replayTo(events, traded, dayAt(day), at)];

const seriesMarket = (
  closes: readonly (readonly number[])[],
  paths: readonly (readonly (QuotedPath | undefined)[])[],
): TradedMarket => marketOf(closes, { pathOn: (id, day) => paths[IDS.indexOf(id)][day - FIRST] });

const aTime = fc.integer({ min: clockTime(9, 15), max: clockTime(15, 29) });
const days = fc.array(aShape, { minLength: SESSIONS, maxLength: SESSIONS }).map(seriesOf);

describe('stops without a request change nothing', () => {
  const stops = fc.array(fc.array(aTime, { maxLength: 4 }), { minLength: SESSIONS, maxLength: SESSIONS });
  test('whatever orders there are: conditions, icebergs, pairs, parts of the day', () => {
    fc.assert(
      fc.property(
        days,
        days,
        fc.array(aWish, { minLength: 1, maxLength: 8 }),
        stops,
        (one, two, wishes, at) => {
          const traded = seriesMarket([one.closes, two.closes], [one.paths, two.paths]);
          const placed = wishes.reduce((events, wish) => {
            try {
              return ordered(events, traded, requestOf(wish));
            } catch {
              return events;
            }
          }, ACCOUNT());
          let stopped = placed;
          at.forEach((times, i) => {
            for (const time of [...new Set(times)].toSorted((a, b) => a - b))
              stopped = gone(stopped, traded, i + 1, time);
            // Some days are passed from within the one before.
            if (times.length !== 1) stopped = gone(stopped, traded, i + 1);
          });
          if (accountOf(stopped).day < dayAt(SESSIONS)) stopped = gone(stopped, traded, SESSIONS);
          expect(stopped.filter(({ kind }) => kind !== 'paused')).toEqual(gone(placed, traded, SESSIONS));
        },
      ),
      { numRuns: 80 },
    );
  });
});

/** A day of a bar as the data have them, from 100.00 on; afterwards it stands still. */
const aBar = fc
  .tuple(fc.integer({ min: -300, max: 300 }), fc.integer({ min: -300, max: 300 }), fc.nat(300), fc.nat(300))
  .map(([open, close, up, down]) => ({
    open: 10_000 + open,
    close: 10_000 + close,
    high: 10_000 + Math.max(open, close) + up,
    low: 10_000 + Math.min(open, close) - down,
    volume: 900_000,
  }));

/** @param after close of later days, and of the second security from this day on */
function barMarket(path: QuotedPath, after = path.prices[path.prices.length - 1]): TradedMarket {
  const still = path.prices[path.prices.length - 1];
  const from = (day: number, close: number) => flat(10_000).map((first, i) => (i < day ? first : close));
  const closes = from(2, after).with(1, still);
  return seriesMarket([closes, from(1, after)], [[undefined, path], []]);
}

const HALF_TEN = clockTime(10, 30) + 30_000;

test('a limit order placed at 10:30 is the one that waited for 10:30', () => {
  fc.assert(
    fc.property(
      aBar,
      fc.integer({ min: 0, max: 1000 }),
      fc.integer({ min: -250, max: 250 }),
      fc.integer({ min: 200, max: 30_000 }),
      fc.constantFrom('buy' as const, 'sell' as const),
      fc.option(fc.integer({ min: 200, max: 5000 }), { nil: undefined }),
      (bar, seed, away, size, side, peak) => {
        const traded = barMarket(quotedPath(bar, 0.02, seed));
        const quantity = side === 'buy' ? size : Math.max(200, Math.round(size / 6));
        const request = order({
          side,
          quantity,
          limit: fen(10_000 + away),
          ...(peak !== undefined && peak < quantity && { peak }),
        });
        const condition = { kind: 'clock', from: clockTime(10, 30) } as const;
        const waited = gone(ordered(ACCOUNT(), traded, { ...request, condition }), traded, 1);
        const ofWaiting = waited.filter(
          ({ kind }) => kind === 'filled' || kind === 'expired' || kind === 'closed',
        );
        const stopped = gone(ACCOUNT(), traded, 1, HALF_TEN);
        let came: AccountEvent[];
        try {
          came = ordered(stopped, traded, request);
        } catch (error) {
          // What is refused here expired there, at that very minute.
          expect(error).toMatchObject({ code: 'outside_cage' });
          expect(ofWaiting[0]).toMatchObject({ kind: 'expired', at: HALF_TEN, reason: 'outside_cage' });
          return;
        }
        const done = gone(came, traded, 1).slice(stopped.length);
        expect(done[0]).toMatchObject({ kind: 'placed', at: HALF_TEN });
        expect(done.slice(1)).toEqual(ofWaiting);
      },
    ),
    { numRuns: 40 },
  );
});

describe('nothing that is shown knows what comes later', () => {
  const answer = (work: () => readonly AccountEvent[]) => {
    try {
      return work();
    } catch (error) {
      return String(error);
    }
  };

  /** Everything that documents of the account are made of. */
  function shown(events: readonly AccountEvent[], traded: TradedMarket) {
    const history = historyOf(events);
    const { account } = history;
    const day = account.running?.day ?? account.day;
    const prices = positionPrices(history, traded);
    const tries = [
      order({ limit: fen(10_050) }),
      order({ side: 'sell', quantity: 300 }),
      order({ limit: fen(9_900), quantity: 4000, peak: 500 }),
      order({ during: 'close', quantity: 500 }),
    ];
    return {
      account,
      prices,
      findings: [...clockFindings(history, prices), ...accountFindings(account, traded)],
      days: dailyValues(events, traded),
      stops: stopsAhead(account, traded.market.calendar, dayAt(9)),
      previews: tries.map((request) => previewOrder(history, traded, request)),
      books: [clockTime(9, 25), clockTime(10, 0), clockTime(15, 0)].map((clock) =>
        accountBook(events, traded, { security: IDS[0], session: day, clock }),
      ),
      came: tries.map((request) => answer(() => requestOrder(history, traded, request).events)),
      taken: requestCancel(history, traded, 2),
      changed: answer(
        () =>
          requestReplacement(history, traded, 2, {
            quantity: 400,
            limit: fen(10_020),
            clientId: undefined,
          }).events,
      ),
    };
  }

  test('at every stop before the last minute, whatever the rest of the day and the days after it are', () => {
    fc.assert(
      fc.property(aBar, aBar, fc.integer({ min: 1, max: 230 }), fc.boolean(), (bar, other, minute, exact) => {
        const path = quotedPath(bar, 0.02, 7);
        const rest = quotedPath(other, 0.02, 8);
        const spliced = (key: 'prices' | 'volumes' | 'bids' | 'asks'): Int32Array =>
          path[key].map((value, i) => (i <= minute ? value : rest[key][i]));
        const changed: QuotedPath = {
          ...path,
          prices: spliced('prices'),
          volumes: spliced('volumes'),
          bids: spliced('bids'),
          asks: spliced('asks'),
          closingFlow: 5000,
        };
        const at = path.clocks[minute] + (exact ? 0 : 20_000);
        const [as, is] = [barMarket(path), barMarket(changed, 8500)].map((traded) => {
          const waiting = [
            order({ limit: fen(9_950), quantity: 2000, validity: 'open', peak: 300 }),
            order({ limit: fen(9_000), quantity: 600 }),
            order({
              side: 'sell',
              quantity: 400,
              exit: { takeProfit: fen(10_400), stop: { trail: 0.02 } },
            }),
            order({ security: IDS[1], side: 'sell', limit: fen(10_100), quantity: 300 }),
          ].reduce((events, request) => ordered(events, traded, request), ACCOUNT());
          return shown(gone(waiting, traded, 1, at), traded);
        });
        expect(is).toEqual(as);
      }),
      { numRuns: 15 },
    );
  });
});

const MINUTES = [9.5, 10.5, 13.5]
  .map((hours) => hours * 3_600_000 + 30_000)
  .concat(clockTime(14, 56) + 30_000);

/** @param prices in yuan: opening auction, four minutes, closing auction */
const pathOf = (prices: readonly number[]): QuotedPath => ({
  clocks: Int32Array.from([clockTime(9, 25), ...MINUTES, clockTime(15, 0)]),
  prices: Int32Array.from(prices, (price) => Math.round(price * 100)),
  volumes: new Int32Array(6).fill(10_000),
  bids: new Int32Array(6).fill(1000),
  asks: new Int32Array(6).fill(1000),
});

/** Closes of 100 on the evening before; the second security has no bars. */
const market = (...paths: readonly QuotedPath[]): TradedMarket => {
  const ends = paths.map(({ prices }) => prices[5]);
  return seriesMarket(
    [flat(10_000).map((_, i) => (i === 0 ? 10_000 : (ends[i - 1] ?? ends[ends.length - 1]))), flat(10_000)],
    [[undefined, ...paths], []],
  );
};

const DIP = market(pathOf([100, 99, 98, 97, 99, 100]), pathOf([100, 101, 102, 101, 100, 100]));
const at = (hours: number, minutes: number): number =>
  clockAsked({ fills: 'session' }, DIP.market.calendar, dayAt(1), clockTime(hours, minutes)).at as number;
const statesOf = (events: readonly AccountEvent[]): string[] =>
  accountOf(events).orders.map(({ state, fills }) =>
    [state, ...fills.map((fill) => `${fill.quantity} at ${fill.price / 100}`)].join(' '),
  );

describe('at the clock', () => {
  const open = (hours: number, minutes: number, start = ACCOUNT()): AccountEvent[] =>
    gone(start, DIP, 1, at(hours, minutes));

  test('an order trades at once with what is quoted, and an answer sent twice is one order', () => {
    const stopped = open(10, 30);
    // Asks stand at 98.01 to 98.05, 1,000 each.
    const came = ordered(stopped, DIP, order({ limit: fenOf(98.02), quantity: 2500, clientId: 'x' }));
    expect(statesOf(came)).toEqual(['part-filled 1000 at 98.01 1000 at 98.02']);
    expect(ordered(came, DIP, order({ limit: fenOf(98.02), quantity: 2500, clientId: 'x' }))).toEqual(came);
    expect(accountOf(came).running).toEqual({ day: dayAt(1), at: at(10, 30) });
    expect(accountOf(came).day).toBe(dayAt(0));
  });

  test('what is taken back loses its place, and a replacement stands behind those that came before it', () => {
    const first = ordered(open(10, 30), DIP, order({ limit: fenOf(97), quantity: 6000 }));
    const both = ordered(first, DIP, order({ limit: fenOf(97), quantity: 7000 }));
    const change = { quantity: 6100, limit: 'same', clientId: undefined } as const;
    const replaced = [...both, ...requestReplacement(historyOf(both), DIP, 1, change).events];
    // 10,000 trade at 97.00 in the next minute, and the first of the queue has them first.
    expect(statesOf(gone(both, DIP, 1, at(13, 30)))).toEqual(['filled 6000 at 97', 'part-filled 4000 at 97']);
    expect(statesOf(gone(replaced, DIP, 1, at(13, 30)))).toEqual([
      'cancelled',
      'filled 7000 at 97',
      'part-filled 3000 at 97',
    ]);
    const back = [...both, ...requestCancel(historyOf(both), DIP, 1)];
    expect(statesOf(gone(back, DIP, 1, at(13, 30)))).toEqual(['cancelled', 'filled 7000 at 97']);
  });

  test('ways out of what is bought at the clock wait for the next session', () => {
    const exit = { takeProfit: fenOf(101), stop: { at: fenOf(96) } };
    const bought = ordered(open(10, 30), DIP, order({ limit: fenOf(98.05), exit }));
    expect(statesOf(bought)).toEqual(['filled 200 at 98.01', 'working', 'waiting']);
    expect(statesOf(gone(bought, DIP, 1))).toEqual(['filled 200 at 98.01', 'working', 'waiting']);
    expect(statesOf(gone(bought, DIP, 2))).toEqual(['filled 200 at 98.01', 'filled 200 at 101', 'cancelled']);
    // 5,200 are held: those of today are not for sale, and the ways out of them bind none of the others.
    const sell = (quantity: number) => order({ side: 'sell', quantity, limit: fenOf(98.5) });
    expect(() => ordered(bought, DIP, sell(5200))).toThrow('200 of 5200 shares were bought today');
    expect(statesOf(ordered(bought, DIP, sell(5000)))).toHaveLength(4);
  });

  test('and so does what takes their place, also where older shares could be sold', () => {
    const exit = { takeProfit: fenOf(101), stop: { at: fenOf(96) } };
    const bought = (start: AccountEvent[]) =>
      ordered(open(10, 30, start), DIP, order({ limit: fenOf(98.05), exit }));
    const replaced = (events: AccountEvent[], quantity?: number) => {
      const change = { quantity, limit: fenOf(98), clientId: undefined };
      return [...events, ...requestReplacement(historyOf(events), DIP, 2, change).events];
    };
    // Bids stand at 97.99, and later that day 99 is traded.
    const changed = replaced(bought(ACCOUNT()));
    expect(statesOf(gone(changed, DIP, 1))).toEqual([
      'filled 200 at 98.01',
      'cancelled',
      'waiting',
      'working',
    ]);
    expect(statesOf(gone(changed, DIP, 2))[3]).toMatch(/^filled 200/);
    // Nothing but what was bought today: it is for the next session, so it is taken, and no more than is there.
    const alone = bought(ACCOUNT().slice(0, 1));
    expect(statesOf(replaced(alone))[3]).toBe('working');
    expect(() => replaced(alone, 201)).toThrow('only 200 shares are held');
  });

  test('a stop is not sent beside the other one of its pair while nothing is taken back', () => {
    // At 14:58 the last price is 99: the stop is met, and the gain, in the closing call already, stays there.
    const exit = { takeProfit: fenOf(99.5), stop: { at: fenOf(99) } };
    const pair = order({ side: 'sell', quantity: 400, limit: undefined, validity: 'open', exit });
    const placed = ordered(open(14, 58), DIP, pair);
    const limited = { quantity: undefined, limit: fenOf(99.2), clientId: undefined };
    const events = [...placed, ...requestReplacement(historyOf(placed), DIP, 2, limited).events];
    expect(statesOf(gone(events, DIP, 1))).toEqual(['filled 400 at 100', 'cancelled', 'cancelled']);
  });

  test('a trailing stop counts from the price at the clock, also on later days', () => {
    const condition = { kind: 'trail', security: IDS[0], direction: 'at-most', fraction: 0.02 } as const;
    const trail = order({ side: 'sell', condition, validity: 'open' });
    // From 98 on: 97 is 1 % below it. The evening before it would have counted from 100.
    expect(statesOf(gone(ordered(open(10, 30), DIP, trail), DIP, 1))).toEqual(['waiting']);
    expect(statesOf(gone(ordered(ACCOUNT(), DIP, trail), DIP, 1))).toEqual(['filled 200 at 97.99']);
    // Best of the rest of that day is 101, and 2 % below it 98.98; the open, 104, was before, and the close is 100.
    const next = market(pathOf([104, 99, 98, 101, 99, 100]), pathOf([100, 99, 98.5, 98.5, 98.5, 98.5]));
    const late = ordered(gone(ACCOUNT(), next, 1, at(10, 30)), next, trail);
    expect(accountOf(gone(late, next, 2)).orders[0].fills[0]).toMatchObject({
      day: dayAt(2),
      at: MINUTES[1],
    });
  });

  test('of a security without a bar the close is traded, for orders that came before it', () => {
    const stopped = open(10, 30);
    const came = ordered(stopped, DIP, order({ security: IDS[1], limit: fenOf(100) }));
    expect(statesOf(gone(came, DIP, 1))).toEqual(['filled 200 at 100']);
    expect(() => ordered(open(15, 1), DIP, order({ security: IDS[1], limit: fenOf(100) }))).toThrow(
      'it is 15:01, and such an order is taken until 15:00',
    );
    const call = gone(came, DIP, 1, at(14, 58));
    expect(() => requestCancel(historyOf(call), DIP, 1)).toThrow('cannot be taken back at 14:58');
    const values = positionPrices(historyOf(stopped), DIP);
    expect([...values.values()]).toEqual([
      { price: 9800, closeOf: undefined },
      { price: 10_000, closeOf: dayAt(0) },
    ]);
  });

  test('before the first trade a position is worth its last close, less what goes ex', () => {
    const dividends = [{ kind: 'dividend', id: IDS[0], exDay: dayAt(1), cashPerShare: 10 } as const];
    const ex = { ...market(pathOf([90, 91, 91, 91, 91, 91])), dividends };
    const early = gone(ACCOUNT(), ex, 1, at(9, 20));
    const { cash } = accountOf(early).balances;
    expect([cash, positionPrices(historyOf(early), ex).get(IDS[0])]).toEqual([
      CASH + 5000 * 1000,
      { price: 9000, closeOf: dayAt(0) },
    ]);
    const later = gone(early, ex, 1, at(9, 25));
    expect(positionPrices(historyOf(later), ex).get(IDS[0])).toEqual({ price: 9000, closeOf: undefined });
    expect(accountOf(later).balances.cash).toBe(cash);
  });

  test('after the close its own orders meet at the very beginning, also on a day without trades', () => {
    const quiet = { ...pathOf([100, 100, 100, 100, 100, 100]), volumes: new Int32Array(6) };
    const still = market(quiet);
    const both = [order({ side: 'sell', during: 'after-hours' }), order({ during: 'after-hours' })].reduce(
      (events, request) => ordered(events, still, request),
      ACCOUNT(),
    );
    const stopped = gone(both, still, 1, at(15, 5));
    expect(statesOf(stopped)).toEqual(['filled 200 at 100', 'filled 200 at 100']);
    expect(gone(stopped, still, 1).filter(({ kind }) => kind !== 'paused')).toEqual(gone(both, still, 1));
  });

  test('of parts over sessions the first is for the rest of this one', () => {
    const slices = [
      { session: dayAt(1), quantity: 200 },
      { session: dayAt(2), quantity: 300 },
    ];
    const parts = order({ limit: fenOf(98.01), quantity: 500, slices });
    const came = ordered(open(10, 30), DIP, parts);
    expect(statesOf(came)).toEqual(['filled 200 at 98.01', 'waiting']);
    expect(() => ordered(open(15, 1), DIP, parts)).toThrow('slices are for sessions from 2025-01-03 on');
  });

  test('a time of day comes also where no security has a bar', () => {
    const condition = { kind: 'clock', from: clockTime(10, 30) } as const;
    const waiting = ordered(ACCOUNT(), DIP, order({ security: IDS[1], condition }));
    expect(statesOf(gone(waiting, DIP, 1, at(10, 29)))).toEqual(['waiting']);
    const woken = gone(waiting, DIP, 1, at(10, 30));
    expect(accountOf(woken).orders[0]).toMatchObject({ state: 'working', changedAt: at(10, 30) });
    expect(statesOf(gone(woken, DIP, 1))).toEqual(['filled 200 at 100']);
  });

  test.each<[string, readonly [number, number], Partial<OrderRequest>, string]>([
    ['between the opening auction and trading', [9, 26], { limit: fenOf(100) }, 'go on to 09:30'],
    [
      'for an auction that is over',
      [9, 30],
      { during: 'open' },
      'it is 09:30, and such an order is taken until 09:25',
    ],
    ['beyond the cage', [10, 30], { limit: fenOf(101) }, 'purchases now are at 99.97 or below'],
    ['at the market in the closing call', [14, 58], {}, 'taken until 14:57'],
    ['with a limit after the close', [15, 6], { limit: fenOf(100) }, 'taken until 15:00'],
  ])('an order is refused %s', (_, [hours, minutes], over, message) => {
    expect(() => ordered(open(hours, minutes), DIP, order(over))).toThrow(message);
    const { objections } = previewOrder(historyOf(open(hours, minutes)), DIP, order(over));
    expect(objections).toHaveLength(1);
  });

  test.each<[string, readonly [number, number], Partial<OrderRequest>, string]>([
    ['before the opening auction', [9, 22], { limit: fenOf(100) }, 'filled 200 at 100'],
    ['for the first minute', [9, 22], {}, 'filled 200 at 99.01'],
    ['for the closing auction, in its call', [14, 59], { during: 'close' }, 'filled 200 at 100'],
    ['with a limit, in the closing call', [14, 58], { limit: fenOf(101) }, 'filled 200 at 100'],
    [
      'for the time after the close, in the morning',
      [10, 30],
      { during: 'after-hours' },
      'filled 200 at 100',
    ],
    ['for the time after the close, after it', [15, 2], { during: 'after-hours' }, 'filled 200 at 100'],
  ])('an order is taken %s', (_, [hours, minutes], over, state) => {
    expect(statesOf(gone(ordered(open(hours, minutes), DIP, order(over)), DIP, 1))).toEqual([state]);
  });

  test.each([
    [9, 18, true],
    [9, 22, false],
    [9, 27, false],
    [10, 30, true],
    [14, 57, false],
  ])('a cancel at %i:%i is taken: %s', (hours, minutes, taken) => {
    const placed = ordered(ACCOUNT(), DIP, order({ limit: fenOf(90) }));
    const stopped = open(hours, minutes, placed);
    const cancel = () => requestCancel(historyOf(stopped), DIP, 1);
    if (taken) expect(cancel()).toHaveLength(1);
    else expect(cancel).toThrow('the exchange takes no cancels');
  });

  test('a session that plays otherwise than it was written down is not gone on with', () => {
    const stopped = open(10, 30, ordered(ACCOUNT(), DIP, order({ limit: fenOf(98) })));
    const other = market(pathOf([100, 99, 99, 97, 99, 100]));
    expect(() => replayTo(stopped, other, dayAt(1))).toThrow('differs from what was written down');
  });
});

describe('where the clock can go', () => {
  const calendar = DIP.market.calendar;
  const asked = (hours: number, minutes: number) => () =>
    clockAsked({ fills: 'session' }, calendar, dayAt(1), clockTime(hours, minutes));
  test.each<[number, number, string]>([
    [9, 14, 'begins at 09:15'],
    [11, 30, 'name 11:29 or 13:00'],
    [12, 59, 'name 11:29 or 13:00'],
    [15, 30, 'name the day alone'],
  ])('not to %i:%i', (hours, minutes, message) => expect(asked(hours, minutes)).toThrow(message));

  test('nor backwards, nor at closes', () => {
    const stopped = gone(ACCOUNT(), DIP, 1, at(10, 30));
    expect(() => replayTo(stopped, DIP, dayAt(1), at(10, 30))).toThrow('the clock stands at 10:30');
    expect(() => replayTo(stopped, DIP, dayAt(0))).toThrow('name a later day');
    expect(() => clockAsked({ fills: 'close' }, calendar, dayAt(1), clockTime(10, 30))).toThrow(
      'trades at closes, which have no time of day',
    );
  });

  test('so many minutes on, without the lunch break, to the end of the session', () => {
    const running = (time: number | undefined) => ({
      ...accountOf(ACCOUNT()),
      running: time === undefined ? undefined : { day: dayAt(1), at: time },
    });
    const after = (time: number | undefined, minutes: number) =>
      clockAfter(running(time), calendar, minutes).at;
    expect(after(undefined, 30)).toBe(at(9, 45));
    expect(after(at(10, 30), 5)).toBe(at(10, 35));
    expect(after(at(11, 20), 30)).toBe(at(13, 20));
    expect(after(at(15, 10), 30)).toBeUndefined();
    expect(stopsAhead(running(at(14, 56)), calendar, dayAt(9)).map(({ stop }) => stop)).toEqual([
      'minutes5',
      'minutes30',
      'closing',
      'end',
    ]);
  });
});
