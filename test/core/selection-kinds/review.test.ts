import { describe, expect, test } from 'vitest';
import { Refusal, review, securityId, type Review } from '../../../src/core/index.js';
import type { CutoffFacts } from '../../../src/core/selection/measure.js';
import { day, ids, madeSnapshot, weekdays } from './made.js';
import { methodologyOf } from './rulebookOf.js';

/** Ten securities a..j with falling market values 1000, 900 ... 100, all float. */
const snapshot = madeSnapshot(
  [...'abcdefghij'].map((id, i) => ({
    id,
    price: 10 - i,
    shares: 100,
    factor: 1,
    averageCap: 1000 - 100 * i,
    averageValue: 50 + i,
  })),
);
const DAY = day('2025-09-15');
const dates = { cutoff: snapshot.day, announcement: DAY, pricing: DAY, swap: DAY, effective: DAY };

interface Case {
  readonly selection: Record<string, object>;
  readonly members: string;
  readonly facts?: CutoffFacts;
  readonly universe?: Record<string, object>;
  readonly screens?: Record<string, object>;
  readonly ranking?: object | 'none';
}

const BY_CAP = { kind: 'measure', measure: 'total-cap', order: 'desc' };

function reviewed({
  selection,
  members,
  facts = {},
  universe = {},
  screens = {},
  ranking = BY_CAP,
}: Case): Review {
  return review({
    methodology: methodologyOf({
      universe,
      screens,
      ranking: ranking === 'none' ? {} : { by: ranking },
      selection,
    }),
    dates,
    incumbents: [...members].map(securityId),
    atCutoff: snapshot,
    sessions: weekdays('2025-07-01', '2025-10-31', []),
    announcement: undefined,
    facts,
  });
}

const changes = ({ additions, deletions, reserve }: Review): string =>
  `+${additions.join('')} -${deletions.join('')} ~${reserve.join('')}`;
const explained = (run: Review, id: string): string => {
  const found = run.decisions.find((decision) => decision.id === id);
  return `${found?.outcome} ${found?.clause}: ${found?.limit.en}`;
};
const seats = (kind: string, fields: object) => ({ seats: { kind, ...fields } });
const refusedFor = (missing: string) =>
  expect.objectContaining({ code: 'missing_measure', numbers: expect.objectContaining({ missing }) });

const groups = {
  sector: new Map([...'abcdefghij'].map((id, i) => [securityId(id), i < 5 ? 'x' : 'y'])),
  supersector: new Map([...'abcdefghij'].map((id, i) => [securityId(id), i % 2 === 0 ? 'x' : 'y'])),
};

describe('a review by every kind of selector', () => {
  test('ratio buffer: enter 2 of 4, keep 6 of 4', () => {
    const run = reviewed({
      selection: seats('ratio-buffer', { count: 4, enterRatio: 0.5, keepRatio: 1.5, order: 'keep-first' }),
      members: 'cdfg',
    });
    expect(changes(run)).toBe('+a -g ~');
    expect(explained(run, 'a')).toBe('added selection.seats: top 2 enters first');
    expect(explained(run, 'g')).toBe('deleted selection.seats: top 6 stays first');
    expect(explained(run, 'b')).toBe('not-selected selection.seats: top 2 enters first');
    expect(run.members.join('')).toBe('acdf');
  });

  test('top n', () => {
    const run = reviewed({ selection: seats('top-n', { count: 3, exact: true }), members: 'abd' });
    expect(changes(run)).toBe('+c -d ~');
    expect(explained(run, 'd')).toBe('deleted selection.seats: top 3');
  });

  test('coverage: newcomers to 55 %, members to 75 %', () => {
    // Cumulative of 5500: a 18.2, b 34.5, c 49.1, d 61.8, e 72.7, f 81.8 %.
    const selection = seats('coverage', { measure: 'total-cap', share: 0.55, keepShare: 0.75 });
    const run = reviewed({ selection, members: 'abef' });
    expect(changes(run)).toBe('+c -f ~');
    expect(explained(run, 'e')).toBe('retained selection.seats: cumulative share <= 0.75');
    expect(explained(run, 'd')).toBe('not-selected selection.seats: cumulative share <= 0.55');
  });

  test('four thresholds', () => {
    const lines = {
      fastExit: 8,
      fastEntry: 2,
      fastReplacement: 5,
      regularExit: 6,
      regularEntry: 3,
      regularReplacement: 5,
    };
    const run = reviewed({ selection: seats('four-thresholds', { count: 4, ...lines }), members: 'acgj' });
    expect(changes(run)).toBe('+bd -jg ~');
    expect(explained(run, 'j')).toBe(
      'deleted selection.seats: fast exit: worse than 8, for a candidate at 5 or better',
    );
    expect(explained(run, 'd')).toBe(
      'added selection.seats: regular exit: worse than 6, for a candidate at 5 or better',
    );
    expect(explained(run, 'e')).toBe('not-selected selection.seats: enters at 3 or better');
  });

  test('group quota: leaders a and f, then the sector further below its share', () => {
    const fields = { groupLevel: 'sector', leaderFirst: true, reference: 'universe-float-cap' };
    const selection = seats('group-quota', { count: 3, ...fields });
    // Universe: x 4000, y 1500 of 5500 = 72.7 %; a and f hold 1000 of 1500 = 66.7 %: b.
    const run = reviewed({ selection, members: 'abc', facts: { groups } });
    expect(changes(run)).toBe('+f -c ~');
    expect(explained(run, 'f')).toBe('added selection.seats: largest of its group');
    expect(() => reviewed({ selection, members: 'abc' })).toThrow(refusedFor('groups at sector'));
  });

  test('group quota counts what the screens leave out in the mix of the universe', () => {
    const fields = { groupLevel: 'sector', leaderFirst: false, reference: 'universe-float-cap' };
    const selection = seats('group-quota', { count: 3, ...fields });
    const screens = { odd: { kind: 'committee', exclude: ['b', 'c'] } };
    // x is 72.7 % of the universe but 60.5 % of the eligible. a, f; then x 66.7 % is still below its share: d.
    const run = reviewed({ selection, members: 'f', screens, facts: { groups } });
    expect(run.members.join('')).toBe('adf');
  });

  test('supersector coverage', () => {
    // x: a 1000, c 800, e 600, g 400, i 200 of 3000: a 33, c 60 %. y: b 900, d 700, f 500 of 2500: b 36, d 64 %.
    const selection = seats('supersector-coverage', { share: 0.6, enter: 2, keep: 4, count: 3 });
    const run = reviewed({ selection, members: 'dej', facts: { groups } });
    expect(changes(run)).toBe('+ab -je ~');
    expect(explained(run, 'd')).toBe('retained selection.seats: top 4 of the selection list stays');
    expect(() => reviewed({ selection, members: 'dej' })).toThrow(refusedFor('groups at supersector'));
  });

  test('supersector coverage counts what the screens leave out in the whole of a supersector', () => {
    const selection = seats('supersector-coverage', { share: 0.6, enter: 5, keep: 5, count: 5 });
    const screens = { odd: { kind: 'committee', exclude: ['a'] } };
    // x without a: c 26.7, e 46.7, g 60 % of 3000; y: b and d.
    const run = reviewed({ selection, members: 'b', screens, facts: { groups } });
    expect(run.members.join('')).toBe('bcdeg');
  });

  test('rank replacement', () => {
    const run = reviewed({ selection: seats('max-rank-replacement', { outside: 5 }), members: 'abfg' });
    expect(changes(run)).toBe('+cd -gf ~');
    expect(explained(run, 'c')).toBe(
      'added selection.seats: best-ranked non-member for a member outside the top 5',
    );
  });

  test('discretion alone changes nothing, screened members included', () => {
    const screens = { small: { kind: 'threshold', measure: 'price', min: 3 } };
    const run = reviewed({ selection: seats('discretion', { what: 'who enters' }), members: 'cj', screens });
    expect(changes(run)).toBe('+ - ~');
    expect(run.members.join('')).toBe('cj');
    expect(explained(run, 'j')).toBe(
      'retained selection.seats: left to discretion (who enters); no change assumed',
    );
    expect(explained(run, 'a')).toContain('not-selected selection.seats');
    expect(explained(run, 'i')).toBe('screened-out screens.small: >= 3');
  });

  test('discretion beside a selector leaves the seats to it', () => {
    const selection = {
      ...seats('top-n', { count: 2, exact: true }),
      committee: { kind: 'discretion', what: 'all' },
    };
    expect(changes(reviewed({ selection, members: 'bc' }))).toBe('+a -c ~');
  });
});

describe('turnover limit and reserve list', () => {
  const selection = {
    ...seats('top-n', { count: 4, exact: true }),
    limit: { kind: 'turnover-limit', maxCount: 1, pairing: 'best-in-worst-out' },
    reserve: { kind: 'reserve-list', length: 2 },
  };

  test('one replacement of three; the reserve waits in rank order', () => {
    const run = reviewed({ selection, members: 'aghi' });
    expect(changes(run)).toBe('+b -i ~cd');
    expect(explained(run, 'h')).toBe('retained selection.limit: at most 1 change');
    expect(explained(run, 'c')).toBe('reserve selection.limit: at most 1 change');
    expect(explained(run, 'e')).toBe('not-selected selection.seats: top 4');
  });

  test('every security has one decision whatever the order of members', () => {
    const [one, other] = ['aghi', 'ihga'].map((members) => reviewed({ selection, members }));
    expect(one.decisions).toEqual(other.decisions);
    expect(one.decisions.map(({ id }) => id).join('')).toBe('abcdefghij');
  });
});

describe('ranking by a measure', () => {
  const selection = seats('top-n', { count: 2, exact: true });

  test('ascending and descending, by the value or the mean that the snapshot holds', () => {
    expect(changes(reviewed({ selection, members: '', ranking: { ...BY_CAP, order: 'asc' } }))).toBe(
      '+ji - ~',
    );
    const ranking = { kind: 'measure', measure: 'average-value', order: 'desc', windowMonths: 6 };
    expect(changes(reviewed({ selection, members: '', ranking }))).toBe('+ji - ~');
  });

  test('a measure from outside the snapshot, and a refusal without it', () => {
    const ranking = { kind: 'measure', measure: 'value-to-float-cap', order: 'desc' };
    const told = new Map([...ids('abcdefghij')].map((id) => [id, id === 'e' ? 2 : 1]));
    const facts = { measures: { 'value-to-float-cap': told } };
    expect(changes(reviewed({ selection, members: '', ranking, facts }))).toBe('+ea - ~');
    expect(() => reviewed({ selection, members: '', ranking })).toThrow(refusedFor('value-to-float-cap'));
  });
});

describe('without a ranking', () => {
  test('a coverage adds up from the largest', () => {
    const selection = seats('coverage', { measure: 'total-cap', share: 0.35 });
    expect(changes(reviewed({ selection, members: 'c', ranking: 'none' }))).toBe('+ab -c ~');
  });

  test('an index of its whole universe needs no sizes', () => {
    const selection = seats('coverage', { measure: 'profit', share: 1 });
    const universe = { parent: { kind: 'parent-index', include: ['parent'] } };
    const facts = { indices: { parent: ids('bcd') } };
    const run = reviewed({ selection, members: 'ab', universe, facts, ranking: 'none' });
    expect(changes(run)).toBe('+cd -a ~');
    expect(explained(run, 'c')).toBe('added selection.seats: cumulative share <= 1');
  });

  test('discretion changes nothing', () => {
    const selection = seats('discretion', { what: 'all' });
    expect(changes(reviewed({ selection, members: 'ab', ranking: 'none' }))).toBe('+ - ~');
  });
});

describe('a universe or a screen that the data cannot answer', () => {
  const selection = seats('top-n', { count: 2, exact: true });

  test.each([
    ['universe', { kind: 'sample-space', tags: ['ai'] }, 'ai'],
    ['universe', { kind: 'parent-index', include: ['csi-300'] }, 'members of csi-300'],
    ['screens', { kind: 'flag', flag: 'fno', is: true }, 'fno'],
    ['screens', { kind: 'threshold', measure: 'impact-cost', max: 0.5 }, 'impact-cost'],
  ])('%s %o is refused', (section, rule, missing) => {
    const run = (facts?: CutoffFacts): Review =>
      reviewed({ selection, members: 'ab', [section]: { asked: rule }, ...(facts && { facts }) });
    expect(() => run()).toThrow(Refusal);
    expect(() => run()).toThrow(refusedFor(missing));
  });

  test('with the facts it selects', () => {
    const facts = { properties: { ai: ids('defg') }, indices: { parent: ids('efghij') } };
    const universe = {
      tagged: { kind: 'sample-space', tags: ['ai'] },
      parent: { kind: 'parent-index', include: ['parent'] },
    };
    const run = reviewed({ selection, members: 'de', universe, facts });
    expect(changes(run)).toBe('+f -d ~');
    expect(explained(run, 'd')).toBe('deleted universe.parent: in parent');
  });
});

describe('a rulebook that cannot give seats', () => {
  test('without a selector, without a ranking, or with two selectors', () => {
    const code = (name: string) => expect.objectContaining({ code: name });
    const clock = {
      status: 'st',
      leaves: { nthWeekday: 2, weekday: 'fri', monthsAfter: 1 },
      returns: 'same',
    };
    expect(() => reviewed({ selection: seats('status-clock', clock), members: 'a' })).toThrow(
      code('rulebook_incomplete'),
    );
    const top = { kind: 'top-n', count: 2, exact: true };
    expect(() => reviewed({ selection: { one: top, two: top }, members: 'a' })).toThrow(
      code('rulebook_ambiguous'),
    );
    expect(() => reviewed({ selection: { seats: top }, members: 'a', ranking: 'none' })).toThrow(
      code('rulebook_incomplete'),
    );
  });
});
