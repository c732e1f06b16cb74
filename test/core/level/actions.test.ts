/**
 * What each corporate action does to level, divisor and index shares, by hand. A has 100 shares at 10, B 200 at 5:
 * value 2000, level 1000, divisor 2. Unless a test says otherwise, opening prices are the theoretical ones and
 * nothing moves, so the level must stay at 1000.
 */
import { describe, expect, test } from 'vitest';
import { Refusal, type CorporateAction } from '../../../src/core/index.js';
import { A, B, C, day, historyOf, indexSharesAtEnd, marketOf, POLICY } from './markets.js';

const NEUTRAL = { ...POLICY, cappedMembers: 'weight-neutral' } as const;

interface Case {
  readonly closes: Readonly<Record<string, readonly number[]>>;
  readonly action: CorporateAction;
  /** After the ex-day's close. */
  readonly divisor: number;
  /** Index shares of A after it. */
  readonly sharesOfA: number;
}

const on = { id: A, exDay: day(1) };
const STILL: Readonly<Record<string, Case>> = {
  'bonus issue, 4 per 10': {
    closes: { A: [10, 10 / 1.4], B: [5, 5] },
    action: { ...on, kind: 'bonus', perShare: 0.4 },
    divisor: 2,
    sharesOfA: 140,
  },
  'split of one into two': {
    closes: { A: [10, 5], B: [5, 5] },
    action: { ...on, kind: 'split', ratio: 2 },
    divisor: 2,
    sharesOfA: 200,
  },
  'consolidation of ten into one': {
    closes: { A: [10, 100], B: [5, 5] },
    action: { ...on, kind: 'consolidation', ratio: 0.1 },
    divisor: 2,
    sharesOfA: 10,
  },
  // 100 x 0.5 x 4 = 200 paid in: value 2200, divisor 2.2.
  'rights, one per two at 4': {
    closes: { A: [10, 8], B: [5, 5] },
    action: { ...on, kind: 'rights', perShare: 0.5, subscription: 4 },
    divisor: 2.2,
    sharesOfA: 150,
  },
  // 100 x 1 paid out: value 1900.
  'special dividend of 1': {
    closes: { A: [10, 9], B: [5, 5] },
    action: { ...on, kind: 'special-dividend', cashPerShare: 1 },
    divisor: 1.9,
    sharesOfA: 100,
  },
  // 10 more shares at 10.
  'share change of 10 %': {
    closes: { A: [10, 10], B: [5, 5] },
    action: { ...on, kind: 'share-change', shares: 110 },
    divisor: 2.1,
    sharesOfA: 110,
  },
  'share change of 4.9 %, which waits': {
    closes: { A: [10, 10], B: [5, 5] },
    action: { ...on, kind: 'share-change', shares: 104.9 },
    divisor: 2,
    sharesOfA: 100,
  },
  'suspension at the last close, whatever the feed says': {
    closes: { A: [10, 3], B: [5, 5] },
    action: { ...on, kind: 'suspension', at: 'last' },
    divisor: 2,
    sharesOfA: 100,
  },
  'delisting at the last close': {
    closes: { A: [10, Number.NaN], B: [5, 5] },
    action: { ...on, kind: 'delisting', at: 'last' },
    divisor: 1,
    sharesOfA: Number.NaN,
  },
  'merger into a member, half a share of B for each A': {
    closes: { A: [10, Number.NaN], B: [5, 5] },
    action: { ...on, kind: 'merger', survivor: B, perShare: 0.5, cashPerShare: 7.5, at: 'last' },
    // B: 250 shares at 5.
    divisor: 1.25,
    sharesOfA: Number.NaN,
  },
  'merger into a stranger': {
    closes: { A: [10, Number.NaN], B: [5, 5], C: [1, 1] },
    action: { ...on, kind: 'merger', survivor: C, perShare: 2, cashPerShare: 0, at: 'last' },
    divisor: 1,
    sharesOfA: Number.NaN,
  },
  'spin-off of half a share worth 4': {
    closes: { A: [10, 8], B: [5, 5], C: [Number.NaN, 4] },
    action: { ...on, kind: 'spin-off', child: C, perShare: 0.5, keepUntil: 'rebalance', proceeds: 'index' },
    divisor: 2,
    sharesOfA: 100,
  },
};

describe.each(Object.entries(STILL))('%s', (_, { closes, action, divisor, sharesOfA }) => {
  const market = marketOf(closes);
  const history = historyOf(market, [action]);

  test('leaves the level where it was', () => {
    expect(history.price[1]).toBeCloseTo(1000, 9);
    expect(history.gross[1]).toBeCloseTo(1000, 9);
  });

  test('changes divisor and shares as computed by hand', () => {
    expect(history.divisor[1]).toBeCloseTo(divisor, 12);
    if (Number.isNaN(sharesOfA)) expect(indexSharesAtEnd(market, history, A)).toBeNaN();
    else expect(indexSharesAtEnd(market, history, A)).toBeCloseTo(sharesOfA, 9);
  });

  test('leaves the level where it was in a weight-neutral index, and the weights too', () => {
    const neutral = historyOf(market, [action], { policy: NEUTRAL });
    expect(neutral.price[1]).toBeCloseTo(1000, 9);
    const capital = ['bonus', 'split', 'consolidation', 'rights', 'special-dividend', 'share-change'];
    if (capital.includes(action.kind)) expect(neutral.divisor[1]).toBe(2);
  });
});

test('prices before and after an action move the level as they should', () => {
  // A rises by 10 %, splits in two, rises by 10 %; B falls by a fifth.
  const market = marketOf({ A: [10, 11, 6.05], B: [5, 5, 4] });
  const { price } = historyOf(market, [{ id: A, exDay: day(2), kind: 'split', ratio: 2 }]);
  expect([...price]).toEqual([1000, 1050, expect.closeTo((1210 + 800) / 2, 9)]);
});

test('an action between two sessions counts on the later one', () => {
  const market = { ...marketOf({ A: [10, 5], B: [5, 5] }), days: Int32Array.of(0, 3) };
  const history = historyOf(market, [{ id: A, exDay: day(2), kind: 'split', ratio: 2 }]);
  expect(history.price[1]).toBeCloseTo(1000, 9);
});

test('actions up to the first session, after the last one, and of strangers leave everything as it is', () => {
  const market = marketOf({ A: [10, 10], B: [5, 5] });
  const history = historyOf(market, [
    { id: A, exDay: day(0), kind: 'split', ratio: 2 },
    { id: A, exDay: day(2), kind: 'split', ratio: 2 },
    { id: C, exDay: day(1), kind: 'split', ratio: 2 },
  ]);
  expect(history.price[1]).toBe(1000);
  expect(history.steps).toHaveLength(1);
});

describe('a delisting at a stated price', () => {
  const market = marketOf({ A: [10, Number.NaN], B: [5, 5] });

  test('of zero takes the member out with its loss', () => {
    const history = historyOf(market, [{ ...on, kind: 'delisting', at: 0 }]);
    // Half the index is lost; the divisor does not change, since what leaves is worth nothing.
    expect(history.price[1]).toBeCloseTo(500, 9);
    expect(history.divisor[1]).toBe(2);
  });

  test('of 4 loses 6 a share, and 400 leave the value of 1400', () => {
    const history = historyOf(market, [{ ...on, kind: 'delisting', at: 4 }]);
    expect(history.price[1]).toBeCloseTo(700, 9);
    expect(history.divisor[1]).toBeCloseTo((2 * 1000) / 1400, 12);
  });
});

describe('two that leave on the same evening', () => {
  const market = marketOf({ A: [10, 10], B: [5, 5], C: [10, 10] });
  const start = { rows: Int32Array.of(0, 1, 2), shares: Float64Array.of(100, 200, 100) };
  const worthless: CorporateAction = { ...on, kind: 'delisting', at: 0 };
  const atLast: CorporateAction = { id: C, exDay: day(1), kind: 'delisting', at: 'last' };

  test.each([
    ['one way', [worthless, atLast]],
    ['and the other', [atLast, worthless]],
  ])('share the loss of one of them, listed %s', (_, actions) => {
    const whole = { ...start, factors: Float64Array.of(1, 1, 1), divisor: 3 };
    const history = historyOf(market, actions, { start: whole });
    // A third is lost on everybody, C included, before C is paid out.
    expect(history.price[1]).toBeCloseTo(2000 / 3, 9);
    expect(history.divisor[1]).toBeCloseTo(1.5, 12);
  });

  test('a share count announced with the removal changes nothing any more', () => {
    const change: CorporateAction = { ...on, kind: 'share-change', shares: 500 };
    const { price } = historyOf(marketOf({ A: [10, 10], B: [5, 5] }), [change, worthless]);
    expect(price[1]).toBeCloseTo(500, 9);
  });
});

test('a merger valued at its terms marks the member to them first', () => {
  const market = marketOf({ A: [10, Number.NaN], B: [5, 5] });
  const terms = { kind: 'merger', survivor: B, perShare: 1, cashPerShare: 7, at: 'terms' } as const;
  const history = historyOf(market, [{ ...on, ...terms }]);
  // 7 + 5 = 12 a share: value 2200, level 1100; B then has 300 shares at 5.
  expect(history.price[1]).toBeCloseTo(1100, 9);
  expect(history.divisor[1]).toBeCloseTo(1500 / 1100, 12);
});

describe('the end of a spun-off child', () => {
  const closes = { A: [10, 8, 8], B: [5, 5, 5], C: [Number.NaN, 4, 4] };
  const spinOff = { ...on, kind: 'spin-off', child: C, perShare: 0.5, keepUntil: day(2) } as const;

  test('spreads its value over everybody', () => {
    const history = historyOf(marketOf(closes), [{ ...spinOff, proceeds: 'index' }]);
    expect(history.price[2]).toBeCloseTo(1000, 9);
    expect(history.divisor[2]).toBeCloseTo(1.8, 12);
  });

  test('or gives it to the parent, whose weight is what it was', () => {
    const market = marketOf(closes);
    const history = historyOf(market, [{ ...spinOff, proceeds: 'parent' }]);
    expect(history.price[2]).toBeCloseTo(1000, 9);
    expect(history.divisor[2]).toBeCloseTo(2, 12);
    expect(indexSharesAtEnd(market, history, A) * 8).toBeCloseTo(1000, 9);
  });

  test('a child that was a member before stays one', () => {
    const market = marketOf({ ...closes, C: [4, 4, 4] });
    const start = { rows: Int32Array.of(0, 1, 2), shares: Float64Array.of(100, 200, 10) };
    const history = historyOf(market, [{ ...spinOff, proceeds: 'index' }], {
      start: { ...start, factors: Float64Array.of(1, 1, 1), divisor: 2.04 },
    });
    expect(history.price[2]).toBeCloseTo(1000, 9);
    expect(indexSharesAtEnd(market, history, C)).toBeCloseTo(60, 9);
  });

  test('counts at zero until it trades, and not at all without closes', () => {
    const late = marketOf({ ...closes, C: [Number.NaN, Number.NaN, 4] });
    const history = historyOf(late, [{ ...spinOff, keepUntil: 'rebalance', proceeds: 'index' }]);
    expect(history.price[1]).toBeCloseTo(900, 9);
    expect(history.price[2]).toBeCloseTo(1000, 9);
    const without = marketOf({ A: closes.A, B: closes.B });
    expect(() => historyOf(without, [{ ...spinOff, proceeds: 'index' }])).toThrow(Refusal);
  });
});

describe('a suspension', () => {
  test('ends when trading is resumed', () => {
    const market = marketOf({ A: [10, 7, 7, 6], B: [5, 5, 5, 5] });
    const { price } = historyOf(market, [{ ...on, kind: 'suspension', until: day(3), at: 'last' }]);
    expect([...price]).toEqual([1000, 1000, 1000, 800]);
  });

  test('at a stated price is a market move', () => {
    const market = marketOf({ A: [10, 7, 6], B: [5, 5, 5] });
    const { price, divisor } = historyOf(market, [{ ...on, kind: 'suspension', until: day(2), at: 1 }]);
    expect([...price]).toEqual([1000, 550, 800]);
    expect([...divisor]).toEqual([2, 2, 2]);
  });

  test('a session without trading carries the last close', () => {
    const market = marketOf({ A: [10, Number.NaN, 11], B: [5, 6, 6] });
    expect([...historyOf(market, []).price]).toEqual([1000, 1100, 1150]);
  });
});

describe('share counts below the threshold', () => {
  const market = marketOf({ A: [10, 10, 10, 5, 5], B: [5, 5, 5, 5, 5] });

  test('wait for the regular date, together with the splits in between', () => {
    const history = historyOf(
      market,
      [
        { ...on, kind: 'share-change', shares: 104 },
        { id: A, exDay: day(3), kind: 'split', ratio: 2 },
      ],
      { rebalances: [{ kind: 'share-update', effective: day(4) }] },
    );
    expect([...history.price]).toEqual(Array.from({ length: 5 }, () => expect.closeTo(1000, 9)));
    expect(indexSharesAtEnd(market, history, A)).toBeCloseTo(208, 9);
    expect(history.divisor[4]).toBeCloseTo(2.04, 12);
  });

  test('come in when they pass it against the count in force', () => {
    const history = historyOf(market, [
      { ...on, kind: 'share-change', shares: 103 },
      { id: A, exDay: day(2), kind: 'share-change', shares: 106 },
    ]);
    expect([...history.divisor].map((d) => Number(d.toFixed(12))).slice(0, 3)).toEqual([2, 2, 2.06]);
  });

  test('are handed on by the basket at the end of a history', () => {
    const { end } = historyOf(market, [{ ...on, kind: 'share-change', shares: 104 }]);
    expect([...(end.waiting ?? [])]).toEqual([104, Number.NaN]);
  });
});

test('several actions of one security on one day have one ex-price', () => {
  // E10 with the dividend left to the price: 7.4666667 after bonus and rights, less 0.5 / 1.5.
  const market = marketOf({ A: [10, 11.2 / 1.5 - 0.5 / 1.5], B: [5, 5] });
  const history = historyOf(market, [
    { ...on, kind: 'rights', perShare: 0.3, subscription: 4 },
    { ...on, kind: 'bonus', perShare: 0.2 },
    { ...on, kind: 'dividend', cashPerShare: 0.5 },
  ]);
  // 100 x 0.3 x 4 = 120 paid in, 50 paid out.
  expect(history.divisor[1]).toBeCloseTo(2.12, 12);
  expect(history.price[1]).toBeCloseTo((2120 - 50) / 2.12, 9);
  expect(history.gross[1]).toBeCloseTo(1000, 9);
});

test('an ex-price that is not above zero is refused where it is needed', () => {
  const market = marketOf({ A: [10, 1], B: [5, 5] });
  const action: CorporateAction = { ...on, kind: 'special-dividend', cashPerShare: 10 };
  expect(() => historyOf(market, [action], { policy: NEUTRAL })).toThrow(/would go ex at 0/);
});

test('an index with nothing left is refused with its day', () => {
  const market = marketOf({ A: [10, 10], B: [5, 5] });
  const all: CorporateAction[] = [
    { id: A, exDay: day(1), kind: 'delisting', at: 'last' },
    { id: B, exDay: day(1), kind: 'delisting', at: 'last' },
  ];
  expect(() => historyOf(market, all)).toThrow(/nothing of value is left in the index on 1970-01-02/);
});

test('a member without a close is refused', () => {
  const market = marketOf({ A: [Number.NaN, 10], B: [5, 5] });
  const start = { rows: Int32Array.of(0, 1), shares: Float64Array.of(1, 1), factors: Float64Array.of(1, 1) };
  expect(() => historyOf(market, [], { start: { ...start, divisor: 1 } })).toThrow(
    /A has no close on or before/,
  );
});
