import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  describeGroupQuota,
  groupShares,
  seatByGroupQuota,
  type GroupQuotaRule,
} from '../../../src/core/selection/groupQuota.js';
import {
  describeSupersectors,
  seatBySupersectors,
  selectionList,
  type SupersectorCoverageRule,
} from '../../../src/core/selection/supersectorCoverage.js';
import { isIn, itemsOf, letters } from './made.js';

const quota: GroupQuotaRule = {
  kind: 'group-quota',
  count: 4,
  groupLevel: 'level-1',
  leaderLevel: 'level-3',
  leaderFirst: true,
  reference: 'universe-float-cap',
};

describe('group quota (CSI A500)', () => {
  // Level 1: banks (a b c d), chips (e f), food (g). Level 3: two kinds of bank.
  const sizes: Record<string, number> = { a: 30, b: 20, c: 10, d: 5, e: 20, f: 10, g: 5 };
  const level1 = (item: string): string =>
    'abcd'.includes(item) ? 'banks' : 'ef'.includes(item) ? 'chips' : 'food';
  const level3 = (item: string): string => (item === 'd' ? 'rural banks' : level1(item));
  const size = (item: string): number => sizes[item];
  const all = letters('abecfdg');
  const of = { size, group: level1, leaderGroup: level3, target: groupShares(all, size, level1) };

  test('targets are the float-value shares of the universe', () => {
    expect([...of.target]).toEqual([
      ['banks', 0.65],
      ['chips', 0.3],
      ['food', 0.05],
    ]);
  });

  test('the largest of each level-3 group first, then the group furthest below its share', () => {
    // Leaders a, e, d, g hold 60: four seats are taken.
    expect(itemsOf(seatByGroupQuota(all, isIn(''), of, quota))).toBe('aedg');
    // Fifth: banks 35/60 = 0.583 of 0.65, chips 0.333 of 0.30: b. Sixth: banks 55/80, chips 20/80 = 0.25: f.
    expect(itemsOf(seatByGroupQuota(all, isIn(''), of, { ...quota, count: 5 }))).toBe('abedg');
    expect(itemsOf(seatByGroupQuota(all, isIn(''), of, { ...quota, count: 6 }))).toBe('abefdg');
  });

  test('without leaders the filling starts from nothing', () => {
    // Banks lack most: a (30 of 30). Then chips 0 of 0.30: e. Then 30/50 banks: b? food lacks 0.05, banks 0.05.
    const seats = seatByGroupQuota(all, isIn(''), of, { ...quota, leaderFirst: false, count: 2 });
    expect(itemsOf(seats)).toBe('ae');
  });

  test('of two groups equally far below, the one with the better-ranked candidate', () => {
    const alike = { size: () => 10, group: (item: string) => ('ac'.includes(item) ? 'x' : 'y') };
    const target = groupShares(letters('abcd'), alike.size, alike.group);
    const one = { ...quota, leaderFirst: false, count: 1 };
    const pick = (ranking: string): string =>
      itemsOf(
        seatByGroupQuota(letters(ranking), isIn(''), { ...alike, leaderGroup: alike.group, target }, one),
      );
    expect(pick('abcd')).toBe('a');
    expect(pick('bacd')).toBe('b');
    expect(pick('dcba')).toBe('d');
  });

  test('more leaders than seats: the best-ranked of them', () => {
    expect(itemsOf(seatByGroupQuota(all, isIn(''), of, { ...quota, count: 2 }))).toBe('ae');
  });

  test('the leader is the largest, not the best-ranked', () => {
    const byName = letters('dcbafeg');
    const one = { ...quota, count: 1, leaderLevel: 'level-1' };
    const sole = { ...of, leaderGroup: () => 'all' };
    expect(itemsOf(seatByGroupQuota(byName, isIn(''), sole, one))).toBe('a');
  });

  test('reasons and words', () => {
    const seats = seatByGroupQuota(all, isIn('g'), of, { ...quota, count: 5 });
    expect(seats.map(({ item, reason }) => `${item} ${reason}`)).toEqual([
      'a entered',
      'b filled',
      'e entered',
      'd entered',
      'g kept',
    ]);
    expect(describeGroupQuota(quota, 'entered').en).toBe('largest of its group');
    expect(describeGroupQuota(quota, 'outsider').en).toBe('group leaders, then by group share to 4');
  });

  test('every step of the filling seats somebody of a group no other group lies further below', () => {
    const security = fc.record({
      size: fc.integer({ min: 1, max: 50 }),
      group: fc.constantFrom('x', 'y', 'z'),
    });
    fc.assert(
      fc.property(
        fc.array(security, { minLength: 2, maxLength: 12 }),
        fc.integer({ min: 1, max: 11 }),
        (made, count) => {
          const rows = made.map((_, i) => i);
          const group = (row: number): string => made[row].group;
          const sizeOf = (row: number): number => made[row].size;
          const target = groupShares(rows, sizeOf, group);
          const seated = (n: number): number[] =>
            seatByGroupQuota(
              rows,
              () => false,
              { size: sizeOf, group, leaderGroup: group, target },
              { ...quota, leaderFirst: false, count: n },
            ).map((seat) => seat.item);
          const before = seated(count);
          const next = seated(count + 1).filter((row) => !before.includes(row));
          expect(next).toHaveLength(before.length < rows.length ? 1 : 0);
          if (next.length === 0) return;
          const held = before.reduce((to, row) => to + sizeOf(row), 0);
          const gap = (name: string): number =>
            (target.get(name) ?? 0) -
            before.filter((row) => group(row) === name).reduce((to, row) => to + sizeOf(row), 0) / held;
          const open = rows.filter((row) => !before.includes(row));
          expect(gap(group(next[0]))).toBe(Math.max(...open.map((row) => gap(group(row)))));
          expect(next[0]).toBe(Math.min(...open.filter((row) => group(row) === group(next[0]))));
        },
      ),
    );
  });
});

describe('supersector coverage (EURO STOXX 50)', () => {
  const rule: SupersectorCoverageRule = {
    kind: 'supersector-coverage',
    share: 0.6,
    enter: 40,
    keep: 60,
    count: 50,
  };

  /** Names with sizes, in one supersector, largest first. */
  const listOf = (sizes: readonly number[], members: readonly number[] = []): number[] =>
    selectionList(
      sizes.map((_, i) => i),
      (row) => members.includes(row),
      {
        size: (row) => sizes[row],
        supersector: () => 'one',
        total: new Map([['one', sizes.reduce((to, value) => to + value, 0)]]),
      },
      0.6,
    );

  test.each([
    // 30, 55, 70: 55 is closer to 60 than 70.
    [
      [30, 25, 15, 10, 10, 10],
      [0, 1],
    ],
    // 30, 50, 68: 68 is closer than 50.
    [
      [30, 20, 18, 16, 16],
      [0, 1, 2],
    ],
    // 50, 70: equally close, the smaller number stays.
    [[50, 20, 15, 15], [0]],
    // One name is the whole: closer than none.
    [[100], [0]],
    // 60 exactly.
    [
      [40, 20, 20, 20],
      [0, 1],
    ],
  ])('of sizes %j the list is %j', (sizes, listed) => {
    expect(listOf(sizes)).toEqual(listed);
  });

  test('members are on the list wherever they stand', () => {
    expect(listOf([30, 25, 15, 10, 10, 10], [4])).toEqual([0, 1, 4]);
  });

  test('each supersector is covered by itself, names the screens left out count in its total', () => {
    const size = (item: string): number => ({ a: 50, b: 40, c: 6, d: 4 })[item] as number;
    const supersector = (item: string): string => ('ab'.includes(item) ? 'x' : 'y');
    const total = new Map([
      ['x', 100],
      ['y', 10],
    ]);
    expect(selectionList(letters('abcd'), isIn(''), { size, supersector, total }, 0.6).join('')).toBe('ac');
    const larger = new Map([
      ['x', 150],
      ['y', 10],
    ]);
    expect(selectionList(letters('abcd'), isIn(''), { size, supersector, total: larger }, 0.6).join('')).toBe(
      'abc',
    );
  });

  /** Every name its own supersector, so that the list is the ranking. */
  const seated = (members: (rank: number) => boolean, length = 90): number[] => {
    const ranks = Array.from({ length }, (_, i) => i + 1);
    const of = {
      size: (rank: number) => 1000 - rank,
      supersector: String,
      total: new Map(ranks.map((r) => [String(r), 1000 - r])),
    };
    return seatBySupersectors(ranks, members, of, rule).map((seat) => seat.rank);
  };

  test('top 40 enter, members 41-60 come next, then the ranking fills', () => {
    const ranks = Array.from({ length: 50 }, (_, i) => i + 1);
    expect(seated(() => false)).toEqual(ranks);
    // Members at 51-60 are ten: they take the ten seats after the forty.
    expect(seated((rank) => rank > 50 && rank <= 60)).toEqual([
      ...ranks.slice(0, 40),
      51,
      52,
      53,
      54,
      55,
      56,
      57,
      58,
      59,
      60,
    ]);
    // A member at 61 is no better than anybody else.
    expect(seated((rank) => rank === 61)).toEqual(ranks);
    // Fifty members at 11-60: the forty best of all first, ten newcomers among them.
    expect(seated((rank) => rank > 10 && rank <= 60)).toEqual(ranks);
  });

  test('agrees with three lists put one after the other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 90 }), { maxLength: 50 }), (members) => {
        const ranks = Array.from({ length: 90 }, (_, i) => i + 1);
        const queue = [
          ...ranks.filter((rank) => rank <= 40),
          ...ranks.filter((rank) => rank > 40 && rank <= 60 && members.includes(rank)),
          ...ranks,
        ];
        const expected = [...new Set(queue)].slice(0, 50).toSorted((a, b) => a - b);
        expect(seated((rank) => members.includes(rank))).toEqual(expected);
      }),
    );
  });

  test('says which line', () => {
    expect(describeSupersectors(rule, 'entered').en).toBe('top 40 of the selection list enters');
    expect(describeSupersectors(rule, 'member').en).toBe('top 60 of the selection list stays');
    expect(describeSupersectors(rule, 'filled').zh).toContain('50');
  });
});
