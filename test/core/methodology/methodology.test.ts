/** A rulebook resolved on a day: the versions in force, one reading each. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  capsOf,
  clauseFindings,
  clauseOfKind,
  InputError,
  readingChoice,
  resolveRulebook,
  type Rulebook,
} from '../../../src/core/index.js';
import { star50 } from '../bundle.js';
import { day } from '../days.js';
import { refusalOf } from '../refusals.js';
import { parsed } from './template.js';

const small = parsed();

function inputErrorOf(call: () => unknown): InputError {
  try {
    call();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was rejected');
}

describe('the version in force', () => {
  it.each([
    ['2020-01-01', [0.15]],
    ['2022-12-31', [0.15]],
    ['2023-01-01', [0.1, 0.4]],
    ['2030-06-01', [0.1, 0.4]],
  ])('on %s', (iso, limits) => {
    const rules = capsOf(resolveRulebook(small, day(iso))).map(({ rule }) => rule);
    expect(rules.map((rule) => (rule.kind === 'single' ? rule.cap : 'limit' in rule && rule.limit))).toEqual(
      limits,
    );
  });

  it('before the first is refused', () => {
    const refusal = refusalOf(() => resolveRulebook(small, day('2019-12-31')));
    expect(refusal.code).toBe('rulebook_not_in_force');
    expect(refusal.numbers).toEqual({ rulebook: 'small-index', on: '2019-12-31' });
  });

  it('a section that the rulebook does not have is refused when it is asked for', () => {
    const methodology = resolveRulebook(small, day('2025-01-01'));
    const refusal = refusalOf(() => clauseOfKind(methodology, 'ranking', 'average-total-cap'));
    expect(refusal.code).toBe('rulebook_incomplete');
    expect(refusal.numbers).toMatchObject({ section: 'ranking', kind: 'average-total-cap' });
  });

  it('keeps the order of the file', () => {
    const { clauses } = resolveRulebook(small, day('2025-01-01'));
    expect(clauses.calendar.map((clause) => clause.id)).toEqual([
      'calendar.swap',
      'calendar.effective',
      'calendar.announcement',
      'calendar.cutoff',
      'calendar.pricing',
    ]);
    expect(clauses.caps.map((clause) => clause.id)).toEqual(['caps.single', 'caps.top-five']);
  });
});

describe('a reading', () => {
  const on = day('2025-01-01');

  it('is the default of the clause unless another is chosen', () => {
    expect(resolveRulebook(small, on).readings).toEqual({ 'caps.top-five': 'capped-stay' });
    expect(resolveRulebook(small, on, { 'caps.top-five': 'off' }).readings).toEqual({
      'caps.top-five': 'off',
    });
  });

  it('replaces the fields it names, its citation and its confidence, and nothing else', () => {
    const [, chosen] = resolveRulebook(small, on, { 'caps.top-five': 'off' }).clauses.caps;
    expect(chosen).toMatchObject({
      rule: { kind: 'top-k', k: 5, limit: 1, redistribution: 'capped-stay' },
      cite: ['A'],
      confidence: 'unverified',
      en: 'Five at most 40 %.',
    });
    const [, usual] = resolveRulebook(small, on).clauses.caps;
    expect(usual).toMatchObject({ cite: ['B'], confidence: 'replayed' });
  });

  it('does not exist before the clause does', () => {
    expect(resolveRulebook(small, day('2022-01-01')).readings).toEqual({});
    const error = inputErrorOf(() => resolveRulebook(small, day('2022-01-01'), { 'caps.top-five': 'off' }));
    expect(error.code).toBe('unknown_reading');
  });

  it('that is unknown is rejected with the names there are', () => {
    const error = inputErrorOf(() => resolveRulebook(small, on, { 'caps.top-five': 'of' }));
    expect(error.code).toBe('unknown_reading');
    expect(error.issues).toEqual([
      { code: 'unknown_reading', path: 'caps.top-five', value: 'of', expected: 'one of capped-stay, off' },
    ]);
  });

  it('of a clause that has none, or does not exist, is rejected', () => {
    for (const clause of ['caps.single', 'caps.nothing', 'nothing']) {
      const error = inputErrorOf(() => resolveRulebook(small, on, { [clause]: 'off' }));
      expect(error.issues[0]).toMatchObject({ path: clause, expected: 'one of capped-stay, off' });
    }
  });

  // Names that every JavaScript object answers to.
  it.each(['constructor', 'toString', 'hasOwnProperty', '__proto__'])(
    'named %s is as unknown as any',
    (name) => {
      expect(inputErrorOf(() => resolveRulebook(small, on, { 'caps.top-five': name })).code).toBe(
        'unknown_reading',
      );
    },
  );

  it.each(['constructor', 'toString'])('of a clause named %s is as unknown as any', (clause) => {
    expect(inputErrorOf(() => resolveRulebook(small, on, { [clause]: 'off' })).code).toBe('unknown_reading');
  });

  it('can be asked for by its name alone', () => {
    expect(readingChoice(small, 'off')).toEqual({ 'caps.top-five': 'off' });
    const error = inputErrorOf(() => readingChoice(small, 'on'));
    expect(error.issues[0]).toMatchObject({ value: 'on', expected: 'one of capped-stay, off' });
    expect(() => readingChoice(small, 'toString')).toThrow(InputError);
  });
});

describe('the doubts of a rulebook', () => {
  it('are its inferred and unverified clauses, in their own words', () => {
    expect(clauseFindings(resolveRulebook(small, day('2025-01-01')))).toEqual([
      { code: 'clause_inferred', subject: 'calendar.announcement', message: 'Two weeks, as far as known.' },
      { code: 'clause_unverified', subject: 'calendar.cutoff', message: 'Month end before last.' },
    ]);
  });

  it('follow the reading chosen', () => {
    const findings = clauseFindings(resolveRulebook(small, day('2025-01-01'), { 'caps.top-five': 'off' }));
    expect(findings.map((finding) => finding.subject)).toContain('caps.top-five');
  });
});

describe('STAR 50', () => {
  let rulebook: Rulebook;
  beforeAll(async () => {
    rulebook = await star50();
  });

  it('names its readings and their defaults, for provenance', () => {
    expect(resolveRulebook(rulebook, day('2025-09-15')).readings).toEqual({
      'selection.buffer': 'keep-first',
      'caps.top-five': 'capped-stay',
    });
  });

  it('offers every reading of rulebooks 11.4, 17 and 2.4', () => {
    const names = (section: 'caps' | 'selection'): string[] =>
      rulebook.clauses[section].flatMap((clause) => Object.keys(clause.readings));
    expect(names('caps').toSorted()).toEqual([
      'capped-stay',
      'pro-rata',
      'single-only',
      'waterline',
      'waterline-within',
    ]);
    expect(names('selection').toSorted()).toEqual(['enter-first', 'keep-first']);
  });

  it('holds the numbers of rulebooks 1.8 to 1.20', () => {
    const methodology = resolveRulebook(rulebook, day('2025-09-15'));
    expect(clauseOfKind(methodology, 'selection', 'buffer').rule).toMatchObject({
      count: 50,
      enter: 40,
      keep: 60,
    });
    expect(clauseOfKind(methodology, 'selection', 'turnover-limit').rule.fraction).toBe(0.1);
    expect(clauseOfKind(methodology, 'selection', 'reserve-list').rule.length).toBe(5);
    expect(clauseOfKind(methodology, 'screens', 'listing-age').rule.months).toBe(12);
    expect(clauseOfKind(methodology, 'screens', 'liquidity').rule.keepTop).toBe(0.9);
    expect(clauseOfKind(methodology, 'ranking', 'average-total-cap').rule).toMatchObject({
      windowMonths: 12,
      skipFirstSessions: 5,
    });
    expect(capsOf(methodology).map(({ rule }) => rule)).toMatchObject([
      { kind: 'single', cap: 0.1 },
      { kind: 'top-k', k: 5, limit: 0.4, redistribution: 'capped-stay' },
    ]);
  });

  it('is not in force before the index went live on 2020-07-23', () => {
    expect(refusalOf(() => resolveRulebook(rulebook, day('2020-07-22'))).code).toBe('rulebook_not_in_force');
    expect(resolveRulebook(rulebook, day('2020-07-23')).clauses.caps).toHaveLength(2);
  });
});
