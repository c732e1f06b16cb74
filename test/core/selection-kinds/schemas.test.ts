import { describe, expect, test } from 'vitest';
import { SECTIONS } from '../../../src/core/methodology/sections.js';
import { issuesOf } from './rulebookOf.js';

const DAX = { count: 40, fastExit: 60, fastEntry: 33, fastReplacement: 47 };
const REGULAR = { regularExit: 53, regularEntry: 40, regularReplacement: 47 };
const JOIN = { testAfterSessions: 7, rankTop: 40, among: 'members', joinAfterSessions: 15, evict: 'none' };
const CLOCK = { nthWeekday: 2, weekday: 'fri', monthsAfter: 1 };

/** Section -> kind -> a rule as a rulebook writes it, and fields that make it wrong with the place of the issue. */
const WRITTEN: Record<string, Record<string, { rule: object; wrong: object; at: string }>> = {
  universe: {
    'listed-on': { rule: { board: 'STAR', types: ['share'] }, wrong: { types: ['bond'] }, at: 'types.0' },
    'sample-space': { rule: { markets: ['XSHG'], tags: ['chips'] }, wrong: { boards: [] }, at: 'boards' },
    'parent-index': {
      rule: { include: ['csi-300'], exclude: [] },
      wrong: { include: 'csi-300' },
      at: 'include',
    },
  },
  screens: {
    'listing-age': { rule: { months: 12 }, wrong: { months: -1 }, at: 'months' },
    'no-risk-warning': { rule: {}, wrong: { months: 1 }, at: 'months' },
    liquidity: {
      rule: { keepTop: 0.5, keepTopIncumbents: 0.6, windowMonths: 12 },
      wrong: { keepTopIncumbents: 1.2 },
      at: 'keepTopIncumbents',
    },
    committee: { rule: { exclude: [] }, wrong: { exclude: 1 }, at: 'exclude' },
    threshold: {
      rule: { measure: 'impact-cost', max: 0.005, incumbents: { max: 0.01 }, unit: '%' },
      wrong: { measure: 'beauty' },
      at: 'measure',
    },
    flag: { rule: { flag: 'stock-connect', is: true }, wrong: { is: 'yes' }, at: 'is' },
    'drop-top': {
      rule: { measure: 'total-cap', count: 300, windowMonths: 12 },
      wrong: { count: 0 },
      at: 'count',
    },
    'coverage-screen': { rule: { measure: 'float-cap', share: 0.96 }, wrong: { share: 96 }, at: 'share' },
  },
  ranking: {
    'average-total-cap': {
      rule: { windowMonths: 12, skipFirstSessions: 5 },
      wrong: { windowMonths: 0 },
      at: 'windowMonths',
    },
    measure: {
      rule: { measure: 'average-value', order: 'desc', windowMonths: 6 },
      wrong: { order: 'down' },
      at: 'order',
    },
  },
  selection: {
    buffer: {
      rule: { count: 50, enter: 40, keep: 60, order: 'keep-first' },
      wrong: { keep: 1.5 },
      at: 'keep',
    },
    'ratio-buffer': {
      rule: { count: 50, enterRatio: 0.7, keepRatio: 1.3, order: 'enter-first' },
      wrong: { enterRatio: 0 },
      at: 'enterRatio',
    },
    'top-n': { rule: { count: 30, exact: true }, wrong: { exact: 1 }, at: 'exact' },
    coverage: {
      rule: { measure: 'float-cap', share: 0.96, keepShare: 0.97, minCount: 10, maxCount: 1200 },
      wrong: { keepShare: 1.1 },
      at: 'keepShare',
    },
    'four-thresholds': {
      rule: { ...DAX, ...REGULAR, fastOnly: true },
      wrong: { fastExit: 0 },
      at: 'fastExit',
    },
    'group-quota': {
      rule: { count: 500, groupLevel: 'csi-level-1', leaderFirst: true, reference: 'universe-float-cap' },
      wrong: { reference: 'equal' },
      at: 'reference',
    },
    'supersector-coverage': {
      rule: { share: 0.6, enter: 40, keep: 60, count: 50 },
      wrong: { share: 60 },
      at: 'share',
    },
    'max-rank-replacement': { rule: { outside: 125 }, wrong: { outside: '125' }, at: 'outside' },
    discretion: { rule: { what: 'who enters' }, wrong: { what: '' }, at: 'what' },
    'turnover-limit': {
      rule: { maxCount: 3, pairing: 'best-in-worst-out' },
      wrong: { maxCount: -1 },
      at: 'maxCount',
    },
    'reserve-list': { rule: { length: 5 }, wrong: { length: -1 }, at: 'length' },
    'fast-entry': {
      rule: { ...JOIN, noticeSessions: 5, notWithinSessionsOfReview: 20 },
      wrong: { among: 'everybody' },
      at: 'among',
    },
    'status-clock': {
      rule: { status: 'risk-warning', leaves: CLOCK, returns: 'same' },
      wrong: { leaves: { ...CLOCK, weekday: 'friday' } },
      at: 'leaves.weekday',
    },
  },
  shares: {
    'float-bands': { rule: { exactUpTo: 0.15, bands: [0.2, 0.5] }, wrong: { bands: [] }, at: 'bands' },
    'float-round-up': { rule: { step: 0.05, below: 0.1, finerStep: 0.01 }, wrong: { step: 5 }, at: 'step' },
    'low-float': { rule: { multiple: 3 }, wrong: { multiple: 0.5 }, at: 'multiple' },
  },
};

describe.each(Object.entries(WRITTEN))('%s', (section, kinds) => {
  test('every kind has an example here', () => {
    expect(Object.keys(kinds).toSorted()).toEqual(
      Object.keys(SECTIONS[section as keyof typeof SECTIONS]).toSorted(),
    );
  });

  test.each(Object.entries(kinds))('%s', (kind, { rule, wrong, at }) => {
    expect(issuesOf(section, { kind, ...rule })).toEqual([]);
    const [issue, ...rest] = issuesOf(section, { kind, ...rule, ...wrong });
    expect(issue.path).toBe(`${section}.tested.0.rule.${at}`);
    expect(rest).toEqual([]);
  });
});

test('a turnover limit states a share or a number', () => {
  const [issue] = issuesOf('selection', { kind: 'turnover-limit', pairing: 'best-in-worst-out' });
  expect(issue).toMatchObject({ code: 'wrong_value', path: 'selection.tested.0.rule' });
});
