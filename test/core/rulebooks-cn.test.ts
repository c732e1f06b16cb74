/** The rulebooks of Chinese and Hong Kong indices: they parse, their eras change when they should, their dates hold. */
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  capsOf,
  clauseOfKind,
  datesOfCycle,
  formatDay,
  parseDay,
  resolveRulebook,
  sessionCalendar,
  type CapRule,
  type Day,
  type Rulebook,
  type SessionCalendar,
} from '../../src/core/index.js';
import { openParquet } from '../../src/data/parquet.js';
import { readRulebook } from '../../src/data/rulebooks.js';

const CODES: Readonly<Record<string, string>> = {
  'star-100': '000698',
  'star-ai': '950180',
  'star-chip': '000685',
  'csi-300': '000300',
  'csi-500': '000905',
  'csi-1000': '000852',
  'csi-a500': '000510',
  'sse-180': '000010',
  'sse-composite': '000001',
  'csi-ai': '930713',
  'hang-seng': 'HSI',
  hscei: 'HSCEI',
  'hang-seng-tech': 'HSTECH',
};
const IDS = Object.keys(CODES);
const REVIEWED = IDS.filter((id) => id !== 'sse-composite');

const books = new Map<string, Rulebook>();
const calendars = new Map<string, SessionCalendar>();

beforeAll(async () => {
  for (const id of IDS) books.set(id, await readRulebook(`rulebooks/${id}.yaml`));
  const reader = await openParquet((table) => `datasets/cn-star/${table}.parquet`);
  try {
    for (const market of ['XSHG', 'XHKG']) {
      const { day } = await reader.numbers(
        `SELECT CAST(day - DATE '1970-01-01' AS INTEGER) AS day FROM {calendars} WHERE market = '${market}' ORDER BY day`,
      );
      calendars.set(market, sessionCalendar(market, day));
    }
  } finally {
    reader.close();
  }
});

const book = (id: string): Rulebook => books.get(id) as Rulebook;
const day = (iso: string): Day => parseDay(iso) as Day;

/** Dates of the cycle in a month, under the rules of that month's last day. */
function dates(id: string, year: number, month: number): Record<string, string> {
  const methodology = resolveRulebook(book(id), day(`${year}-${String(month).padStart(2, '0')}-28`));
  const resolved = datesOfCycle(methodology, calendars.get(book(id).market) as SessionCalendar, year, month);
  return Object.fromEntries(Object.entries(resolved).map(([name, value]) => [name, formatDay(value)]));
}

const caps = (id: string, on: string): CapRule[] =>
  capsOf(resolveRulebook(book(id), day(on))).map(({ rule }) => rule);

describe.each(IDS)('%s', (id) => {
  it('has its id and its provider code', () => {
    expect(book(id).id).toBe(id);
    expect(book(id).aliases).toContain(CODES[id]);
  });

  it('explains every source it cites and cites every source it explains', () => {
    const text = readFileSync(`rulebooks/${id}.yaml`, 'utf8');
    const cited = new Set(
      Array.from(text.matchAll(/cite: \[([^\]]+)\]/g), (hit) => hit[1].split(', ')).flat(),
    );
    expect([...cited].toSorted()).toEqual(Object.keys(book(id).sources).toSorted());
  });

  it('says what is open wherever a clause is inferred or unverified', () => {
    const silent = Object.values(book(id).clauses)
      .flat()
      .filter(({ confidence, note }) => ['inferred', 'unverified'].includes(confidence) && !note);
    expect(silent.map((clause) => clause.id)).toEqual([]);
  });

  it('has Chinese wording in Chinese', () => {
    const clauses = Object.values(book(id).clauses).flat();
    expect(clauses.filter(({ zh }) => !/[一-鿿]/.test(zh)).map((clause) => clause.id)).toEqual([]);
  });

  it('replays nothing but what was replayed: no clause claims more than STAR 50 can give', () => {
    const replayed = Object.values(book(id).clauses)
      .flat()
      .filter(({ confidence }) => confidence === 'replayed');
    expect(replayed.map((clause) => clause.id)).toEqual([]);
  });
});

it('no two rulebooks answer to the same name', async () => {
  const files = readdirSync('rulebooks').filter((file) => file.endsWith('.yaml'));
  const all = await Promise.all(files.map((file) => readRulebook(`rulebooks/${file}`)));
  const names = all.flatMap(({ id, aliases }) => [
    ...new Set([id, ...aliases].map((name) => name.toLowerCase())),
  ]);
  expect(names.filter((name, i) => names.indexOf(name) < i)).toEqual([]);
});

describe('CSI dates', () => {
  it.each(['csi-300', 'csi-500', 'csi-1000', 'csi-a500', 'sse-180', 'csi-ai'])('%s in 2025', (id) => {
    expect(dates(id, 2025, 6)).toEqual({
      cutoff: '2025-04-30',
      announcement: '2025-05-30',
      pricing: '2025-06-09',
      swap: '2025-06-13',
      effective: '2025-06-16',
    });
    expect(dates(id, 2025, 12)).toEqual({
      cutoff: '2025-10-31',
      announcement: '2025-11-28',
      pricing: '2025-12-08',
      swap: '2025-12-12',
      effective: '2025-12-15',
    });
  });

  it.each(['star-100', 'star-ai', 'star-chip'])('%s swaps on the Fridays of STAR 50', (id) => {
    expect(dates(id, 2025, 3)).toMatchObject({
      cutoff: '2025-01-27',
      swap: '2025-03-14',
      effective: '2025-03-17',
    });
    expect(dates(id, 2025, 9)).toMatchObject({ announcement: '2025-08-29', swap: '2025-09-12' });
    expect(dates(id, 2026, 3)).toMatchObject({ announcement: '2026-02-27', swap: '2026-03-13' });
  });
});

describe('Hang Seng dates', () => {
  it.each(['hang-seng', 'hscei', 'hang-seng-tech'])('%s: reviews of 2025 as announced', (id) => {
    expect(dates(id, 2025, 3)).toMatchObject({
      cutoff: '2024-12-31',
      announcement: '2025-02-21',
      swap: '2025-03-07',
      effective: '2025-03-10',
    });
    expect(dates(id, 2025, 6)).toEqual({
      cutoff: '2025-03-31',
      announcement: '2025-05-16',
      pricing: '2025-06-03',
      swap: '2025-06-06',
      effective: '2025-06-09',
    });
    expect(dates(id, 2025, 9)).toMatchObject({
      cutoff: '2025-06-30',
      announcement: '2025-08-22',
      swap: '2025-09-05',
      effective: '2025-09-08',
    });
    expect(dates(id, 2025, 12)).toMatchObject({
      announcement: '2025-11-21',
      swap: '2025-12-05',
      effective: '2025-12-08',
    });
  });

  it.each([
    [2021, 6, '2021-05-21'],
    [2021, 9, '2021-08-20'],
    [2023, 9, '2023-08-18'],
  ])('the announcement for %i-%i was on %s', (year, month, announced) => {
    expect(dates('hang-seng', year, month).announcement).toBe(announced);
  });

  it('has no calendar before June 2021, when the pattern did not hold', () => {
    expect(() => dates('hang-seng', 2021, 3)).toThrow(/lacks the clause `calendar\./);
  });
});

describe('eras', () => {
  it('STAR 100: six months, a year of new-for-old, then twelve', () => {
    const months = (on: string): number =>
      clauseOfKind(resolveRulebook(book('star-100'), day(on)), 'screens', 'listing-age').rule.months;
    const newcomers = (on: string): number =>
      resolveRulebook(book('star-100'), day(on)).clauses.screens.filter(({ rule }) => rule.kind === 'flag')
        .length;
    expect([months('2025-03-16'), newcomers('2025-03-16')]).toEqual([6, 0]);
    expect([months('2025-03-17'), newcomers('2025-03-17')]).toEqual([6, 1]);
    expect([months('2026-03-16'), newcomers('2026-03-16')]).toEqual([12, 0]);
  });

  it('SSE 180: no cap before the revision, industry weights with 10 % and five at 40 % since', () => {
    expect(caps('sse-180', '2024-12-15')).toEqual([]);
    expect(caps('sse-180', '2024-12-16')).toEqual([
      { kind: 'group-target' },
      { kind: 'single', cap: 0.1 },
      { kind: 'top-k', k: 5, limit: 0.4, redistribution: 'capped-stay' },
    ]);
  });

  it('SSE 180: the joint rule has the readings of STAR 50, none of them verified', async () => {
    const theirs = clauseOfKind(
      resolveRulebook(book('sse-180'), day('2025-01-01')),
      'caps',
      'top-k',
    ).readings;
    const star50 = await readRulebook('rulebooks/star50.yaml');
    const ours = clauseOfKind(resolveRulebook(star50, day('2025-01-01')), 'caps', 'top-k').readings;
    expect(Object.keys(theirs)).toEqual(Object.keys(ours));
    expect(Object.values(theirs).map(({ confidence }) => confidence)).toEqual(
      Object.keys(ours).map(() => 'unverified'),
    );
    expect(Object.values(theirs).map(({ set }) => set)).toEqual(Object.values(ours).map(({ set }) => set));
  });

  it('SSE 180: fast entry ended with the revision', () => {
    const kinds = (on: string): string[] =>
      resolveRulebook(book('sse-180'), day(on)).clauses.selection.map(({ rule }) => rule.kind);
    expect(kinds('2024-12-15')).toContain('fast-entry');
    expect(kinds('2024-12-16')).not.toContain('fast-entry');
  });

  it('SSE Composite: since 2020-07-22 the STAR Market, a year of listing and the status clock', () => {
    const kinds = (on: string): string[] =>
      Object.values(resolveRulebook(book('sse-composite'), day(on)).clauses).flatMap((clauses) =>
        clauses.map(({ rule }) => rule.kind),
      );
    expect(kinds('2020-07-21')).toEqual(['sample-space', 'fast-entry', 'capitalisation-weighted']);
    expect(kinds('2020-07-22')).toEqual([
      'sample-space',
      'listing-age',
      'status-clock',
      'capitalisation-weighted',
    ]);
  });

  it('Hang Seng: 10 % before June 2021, 8 % since; TECH 8 % from its first day', () => {
    for (const id of ['hang-seng', 'hscei']) {
      expect(caps(id, '2021-06-06')).toEqual([{ kind: 'single', cap: 0.1 }]);
      expect(caps(id, '2021-06-07')).toEqual([{ kind: 'single', cap: 0.08 }]);
    }
    expect(caps('hang-seng-tech', '2020-07-27')).toEqual([{ kind: 'single', cap: 0.08 }]);
  });
});

describe('caps and counts', () => {
  it.each(['csi-300', 'csi-500', 'csi-1000', 'csi-a500', 'sse-composite'])('%s has no cap', (id) => {
    expect(caps(id, '2025-06-16')).toEqual([]);
  });

  it.each(['star-ai', 'star-chip', 'csi-ai'])('%s has a single cap of 10 %% and no group cap', (id) => {
    expect(caps(id, '2025-06-16')).toEqual([{ kind: 'single', cap: 0.1 }]);
  });

  it('STAR Chip takes at most fifty', () => {
    const { rule } = clauseOfKind(
      resolveRulebook(book('star-chip'), day('2025-06-16')),
      'selection',
      'top-n',
    );
    expect(rule).toEqual({ kind: 'top-n', count: 50, exact: false });
  });

  it('CSI 300: 240/360, liquidity 50/60', () => {
    const methodology = resolveRulebook(book('csi-300'), day('2025-06-16'));
    expect(clauseOfKind(methodology, 'selection', 'buffer').rule).toMatchObject({
      count: 300,
      enter: 240,
      keep: 360,
    });
    expect(clauseOfKind(methodology, 'screens', 'liquidity').rule).toMatchObject({
      keepTop: 0.5,
      keepTopIncumbents: 0.6,
    });
  });

  it('every reviewed index has all five dates', () => {
    for (const id of REVIEWED) expect(Object.keys(dates(id, 2025, 12))).toHaveLength(5);
  });
});
