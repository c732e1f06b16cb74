import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  describeThresholds,
  seatByThresholds,
  type FourThresholdsRule,
} from '../../../src/core/selection/fourThresholds.js';
import { describeReplacement, replaceOutsideRank } from '../../../src/core/selection/maxRankReplacement.js';

const DAX: FourThresholdsRule = {
  kind: 'four-thresholds',
  count: 40,
  fastExit: 60,
  fastEntry: 33,
  fastReplacement: 47,
  regularExit: 53,
  regularEntry: 40,
  regularReplacement: 47,
};

const ranksTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
/** Forty members: the ranks from 1 on that are not left out, with the given ranks at the end. */
const members = (leftOut: readonly number[], low: readonly number[]): Set<number> =>
  new Set([
    ...ranksTo(60)
      .filter((r) => !leftOut.includes(r))
      .slice(0, 40 - low.length),
    ...low,
  ]);

const run = (held: ReadonlySet<number>, rule = DAX, length = 80) =>
  seatByThresholds(ranksTo(length), (rank) => held.has(rank), rule);
const madeOf = (held: ReadonlySet<number>, rule = DAX): string[] =>
  run(held, rule).exchanges.map(({ out, in: into, test: name }) => `${name} ${out.rank}->${into.rank}`);

describe('four thresholds (DAX 60/33, 53/40, 47)', () => {
  test('nothing changes while no member is worse than 47, or, on fast tests alone, than 60', () => {
    expect(madeOf(new Set([...ranksTo(39), 47]))).toEqual([]);
    expect(madeOf(members([36], [41, 44, 47]))).toEqual([]);
    expect(madeOf(members([36, 37, 38], [48, 55, 60]), { ...DAX, fastOnly: true })).toEqual([]);
  });

  test('fast exit: a member at 61 leaves for the best candidate, at 60 it does not leave fast', () => {
    expect(madeOf(members([41], [61]))).toEqual(['fast-exit 61->40']);
    expect(madeOf(members([41], [60]), { ...DAX, fastOnly: true })).toEqual([]);
  });

  test('fast entry: a candidate at 33 pushes out a member worse than 47', () => {
    expect(madeOf(members([33], [48]))).toEqual(['fast-entry 48->33']);
    // Nobody is worse than 47: nobody is pushed out.
    expect(madeOf(members([33], [47]))).toEqual([]);
    expect(madeOf(members([34], [48]), { ...DAX, fastOnly: true })).toEqual([]);
  });

  test('regular exit: a member at 54 leaves for a candidate within 47, at 53 not by this test', () => {
    // At 53 it goes all the same when a candidate ranks within 40: that is the regular entry.
    expect(madeOf(new Set([...ranksTo(40).filter((r) => r !== 39), 54]))).toEqual(['regular-exit 54->39']);
    expect(madeOf(new Set([...ranksTo(39), 53]))).toEqual(['regular-entry 53->40']);
  });

  test('a regular exit needs a candidate within the replacement line', () => {
    const rule = { ...DAX, regularReplacement: 39, regularEntry: 30 };
    expect(madeOf(new Set([...ranksTo(39), 54]), rule)).toEqual([]);
    expect(madeOf(new Set([...ranksTo(39), 54]), { ...rule, regularReplacement: 40 })).toEqual([
      'regular-exit 54->40',
    ]);
  });

  test('regular entry: a candidate at 40 enters for a member worse than 47', () => {
    expect(madeOf(members([40], [48]))).toEqual(['regular-entry 48->40']);
    expect(madeOf(members([40], [48]), { ...DAX, fastOnly: true })).toEqual([]);
  });

  test('the four tests come in order, worst member against best candidate each time', () => {
    const held = members([20, 31, 36, 39], [49, 50, 57, 65]);
    expect(madeOf(held)).toEqual([
      'fast-exit 65->20',
      'fast-entry 57->31',
      'regular-entry 50->36',
      'regular-entry 49->39',
    ]);
    const twoOut = members([36, 37, 38, 39], [49, 50, 57, 65]);
    expect(madeOf(twoOut)).toEqual([
      'fast-exit 65->36',
      'regular-exit 57->37',
      'regular-entry 50->38',
      'regular-entry 49->39',
    ]);
  });

  test('the seat of a member no longer ranked goes to the best candidate, before any test', () => {
    const held = new Set([...ranksTo(38), 48]);
    const { seats, exchanges } = run(held);
    expect(seats).toHaveLength(40);
    expect(seats.find(({ rank }) => rank === 39)).toMatchObject({ reason: 'filled' });
    expect(exchanges.map(({ test: name, in: into }) => [name, into.rank])).toEqual([['regular-entry', 40]]);
  });

  test('explains with the test that was met', () => {
    expect(describeThresholds(DAX, 'fast-exit', 'member').en).toBe(
      'fast exit: worse than 60, for a candidate at 47 or better',
    );
    expect(describeThresholds(DAX, undefined, 'member').en).toBe('leaves when worse than 53');
    expect(describeThresholds({ ...DAX, fastOnly: true }, undefined, 'outsider').en).toBe(
      'enters at 33 or better',
    );
    expect(describeThresholds(DAX, undefined, 'filled').zh).toContain('40');
  });

  test('agrees with a reference that looks at every pair afresh', () => {
    const setup = fc.tuple(
      fc.uniqueArray(fc.integer({ min: 1, max: 75 }), { minLength: 40, maxLength: 40 }),
      fc.boolean(),
    );
    fc.assert(
      fc.property(setup, ([held, fastOnly]) => {
        const rule = { ...DAX, fastOnly };
        const seats = run(new Set(held), rule).seats.map((seat) => seat.rank);
        expect(seats).toEqual(naiveThresholds(held, rule));
      }),
    );
  });
});

/** As long as any test is met by some pair of a member and a candidate, the most extreme pair changes places. */
function naiveThresholds(held: readonly number[], rule: FourThresholdsRule): number[] {
  let inside = [...held];
  for (;;) {
    const worst = Math.max(...inside);
    const best = ranksTo(80).find((rank) => !inside.includes(rank)) as number;
    const fast = (worst > 60 && best <= 47) || (best <= 33 && worst > 47);
    const regular = (worst > 53 && best <= 47) || (best <= 40 && worst > 47);
    if (!fast && (rule.fastOnly || !regular)) return inside.toSorted((a, b) => a - b);
    inside = [...inside.filter((rank) => rank !== worst), best];
  }
}

describe('replacement outside a rank (Nasdaq-100 from 2026-05)', () => {
  const rule = { kind: 'max-rank-replacement', outside: 5 } as const;
  const replaced = (ranking: string, held: string, seats = held.length): string =>
    replaceOutsideRank([...ranking], (item) => held.includes(item), seats, rule)
      .map((seat) => seat.item)
      .join('');

  test('a member outside the top five goes for the best non-member, one inside stays', () => {
    expect(replaced('abcdefgh', 'acef')).toBe('abce');
    expect(replaced('abcdefgh', 'acde')).toBe('acde');
    expect(replaced('abcdefgh', 'acfg')).toBe('abcd');
  });

  test('a member no longer ranked is replaced too, and the number of members stays', () => {
    expect(replaced('abcdefgh', 'acd', 4)).toBe('abcd');
  });

  test('with no candidate inside the line the member stays', () => {
    expect(replaced('abcdefgh', 'abcdef')).toBe('abcdef');
  });

  test('says so', () => {
    expect(describeReplacement(rule, 'member').en).toBe('replaced when outside the top 5');
    expect(describeReplacement(rule, 'filled').zh).toContain('前5名');
  });
});
