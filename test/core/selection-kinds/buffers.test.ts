import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../../src/core/index.js';
import { describeBuffer, seatByBuffer, type BufferRule } from '../../../src/core/selection/buffer.js';
import { describeCoverage, seatByCoverage, type CoverageRule } from '../../../src/core/selection/coverage.js';
import { bufferOf, type RatioBufferRule } from '../../../src/core/selection/ratioBuffer.js';
import { describeTopN, seatTopN } from '../../../src/core/selection/topN.js';
import { limitTurnover, unlimited } from '../../../src/core/selection/turnoverLimit.js';
import { isIn, itemsOf, letters } from './made.js';

const buffer = (count: number, enter: number, keep: number): BufferRule => ({
  kind: 'buffer',
  count,
  enter,
  keep,
  order: 'keep-first',
});

describe('buffer, keep-first (rulebooks.md 13, E11)', () => {
  test.each([
    ['abcdef', 'e', 4, 3, 6, 'abce'],
    ['abcdef', 'ef', 4, 3, 6, 'abef'],
    ['abcdef', '', 4, 3, 6, 'abcd'],
    ['abcdefg', 'g', 4, 3, 6, 'abcd'],
    ['abcde', 'c', 3, 2, 2, 'abc'],
    ['abcde', 'bcde', 3, 2, 5, 'bcd'],
  ])('%s with members %s for %i seats, enter %i, keep %i: %s', (ranking, members, n, enter, keep, seated) => {
    expect(itemsOf(seatByBuffer(letters(ranking), isIn(members), buffer(n, enter, keep)))).toBe(seated);
  });

  test('enter-first seats newcomers before the members', () => {
    const rule: BufferRule = { ...buffer(3, 2, 5), order: 'enter-first' };
    expect(itemsOf(seatByBuffer(letters('abcde'), isIn('cde'), rule))).toBe('abc');
    expect(itemsOf(seatByBuffer(letters('abcde'), isIn('cde'), buffer(3, 2, 5)))).toBe('cde');
  });

  test('says which line each was held against', () => {
    const rule = buffer(50, 40, 60);
    expect(describeBuffer(rule, 'entered').en).toBe('top 40 enters first');
    expect(describeBuffer(rule, 'member').zh).toBe('前60名优先保留');
    expect(describeBuffer(rule, 'filled').en).toBe('next in rank for an empty seat of 50');
  });
});

describe('ratio buffer', () => {
  const rule: RatioBufferRule = {
    kind: 'ratio-buffer',
    count: 50,
    enterRatio: 0.7,
    keepRatio: 1.3,
    order: 'keep-first',
  };

  test('70 % and 130 % of 50 are the ranks 35 and 65, of 25 the ranks 17 and 32', () => {
    expect(bufferOf(rule)).toMatchObject({ enter: 35, keep: 65, count: 50 });
    expect(bufferOf({ ...rule, count: 25 })).toMatchObject({ enter: 17, keep: 32 });
    // 0.29 * 100 is a little less than 29 in binary.
    expect(bufferOf({ ...rule, count: 100, enterRatio: 0.29 })).toMatchObject({ enter: 29 });
  });

  test('ten seats: members at 13 stay, at 14 leave; newcomers fill by rank', () => {
    const ranking = letters('abcdefghijklmnop');
    const seats = seatByBuffer(ranking, isIn('fghijklmn'), bufferOf({ ...rule, count: 10 }));
    // Eight of the nine members rank within 13; n, the fourteenth, leaves; a and b take the empty seats.
    expect(itemsOf(seats)).toBe('abfghijklm');
  });
});

describe('top n', () => {
  const exact = { kind: 'top-n', count: 3, exact: true } as const;

  test('takes the best, members without advantage', () => {
    const seats = seatTopN(letters('abcde'), isIn('be'), exact);
    expect(seats).toEqual([
      { item: 'a', rank: 1, reason: 'entered' },
      { item: 'b', rank: 2, reason: 'kept' },
      { item: 'c', rank: 3, reason: 'entered' },
    ]);
    expect(describeTopN(exact)).toEqual({ en: 'top 3', zh: '前3名' });
  });

  test('at most three takes the two there are; exactly three refuses with the numbers', () => {
    expect(itemsOf(seatTopN(letters('ab'), isIn(''), { ...exact, exact: false }))).toBe('ab');
    const refused = (): unknown => seatTopN(letters('ab'), isIn(''), exact);
    expect(refused).toThrow(Refusal);
    expect(refused).toThrow(
      expect.objectContaining({ code: 'too_few_candidates', numbers: { count: 3, eligible: 2 } }),
    );
  });
});

describe('coverage', () => {
  // Cumulative: a 40, b 65, c 80, d 90, e 96, f 100 %.
  const sizes: Record<string, number> = { a: 40, b: 25, c: 15, d: 10, e: 6, f: 4 };
  const size = (item: string): number => sizes[item];
  const rule: CoverageRule = { kind: 'coverage', measure: 'float-cap', share: 0.8, keepShare: 0.96 };

  test.each([
    ['', {}, 'abc'],
    ['d', {}, 'abcd'],
    ['ef', {}, 'abce'],
    ['def', { keepShare: 0.8 }, 'abc'],
    ['', { minCount: 5 }, 'abcde'],
    ['e', { minCount: 5 }, 'abcde'],
    ['e', { maxCount: 3 }, 'abc'],
    ['', { share: 0.3 }, ''],
    ['', { share: 0.3, minCount: 1 }, 'a'],
    ['', { share: 1 }, 'abcdef'],
  ])('members %j and %o: %s', (members, fields, seated) => {
    expect(itemsOf(seatByCoverage(letters('abcdef'), size, isIn(members), { ...rule, ...fields }))).toBe(
      seated,
    );
  });

  test('exactly the share is within it, although 0.1 + 0.2 is a little more than 0.3 in binary', () => {
    const tenths: Record<string, number> = { a: 0.1, b: 0.2, c: 0.7 };
    const seats = seatByCoverage(letters('abc'), (item) => tenths[item], isIn(''), {
      kind: 'coverage',
      measure: 'float-cap',
      share: 0.3,
    });
    expect(itemsOf(seats)).toBe('ab');
  });

  test('without a share of their own members have that of newcomers', () => {
    const alike: CoverageRule = { kind: 'coverage', measure: 'float-cap', share: 0.8 };
    expect(itemsOf(seatByCoverage(letters('abcdef'), size, isIn('def'), alike))).toBe('abc');
  });

  test('a member between the two shares stays where a newcomer does not enter', () => {
    const newcomer = seatByCoverage(letters('abcdef'), size, isIn(''), rule);
    expect(itemsOf(newcomer)).not.toContain('d');
    expect(describeCoverage(rule, 'member').en).toBe('cumulative share <= 0.96');
    expect(describeCoverage({ ...rule, maxCount: 9 }, 'outsider').en).toBe(
      'cumulative share <= 0.8, at most 9',
    );
  });

  test('agrees with adding up from scratch for every item', () => {
    const whole = fc.array(fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.boolean()), {
      minLength: 1,
      maxLength: 12,
    });
    const shares = fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 30 }));
    fc.assert(
      fc.property(whole, shares, (securities, [percent, extra]) => {
        const share = percent / 100;
        const keepShare = Math.min(1, (percent + extra) / 100);
        const rows = securities.map((_, i) => i);
        const total = securities.reduce((to, [value]) => to + value, 0);
        const expected = rows.filter((row) => {
          const covered = securities.slice(0, row + 1).reduce((to, [value]) => to + value, 0);
          const limit = securities[row][1] ? Math.min(100, percent + extra) : percent;
          return covered * 100 <= limit * total;
        });
        const seats = seatByCoverage(
          rows,
          (row) => securities[row][0],
          (row) => securities[row][1],
          { kind: 'coverage', measure: 'float-cap', share, keepShare },
        );
        expect(seats.map((seat) => seat.item)).toEqual(expected);
      }),
    );
  });
});

describe('turnover limit', () => {
  const nikkei = { kind: 'turnover-limit', maxCount: 3, pairing: 'best-in-worst-out' } as const;

  test('at most three replacements, best in and worst out', () => {
    const swaps = limitTurnover(letters('abcd'), letters('wxyz'), 225, nikkei);
    expect(swaps).toMatchObject({ limit: 3, additions: letters('abc'), deletions: letters('wxy') });
    expect(swaps.heldBackAdditions).toEqual(['d']);
    expect(swaps.heldBackDeletions).toEqual(['z']);
  });

  test('of a share and a number the smaller holds', () => {
    expect(limitTurnover([], [], 50, { ...nikkei, fraction: 0.1 }).limit).toBe(3);
    expect(limitTurnover([], [], 20, { ...nikkei, fraction: 0.1 }).limit).toBe(2);
    expect(
      limitTurnover([], [], 50, { kind: 'turnover-limit', fraction: 0.1, pairing: 'best-in-worst-out' })
        .limit,
    ).toBe(5);
  });

  test('without a limit every change is made', () => {
    expect(unlimited(letters('ab'), letters('yz'))).toMatchObject({
      additions: ['a', 'b'],
      deletions: ['y', 'z'],
      heldBackAdditions: [],
      heldBackDeletions: [],
    });
  });
});
