/** A snapshot is the market at one close as known on one day: what it carries, and what it must not see. */
import { describe, expect, it } from 'vitest';
import {
  addDays,
  factTable,
  hasMark,
  markFindings,
  rowsOf,
  snapshotHash,
  takeSnapshot,
  type Day,
  type Market,
  type Snapshot,
} from '../../../src/core/index.js';
import { day, daysFrom } from '../days.js';
import { refusalOf } from '../refusals.js';
import { fact, id, market, security, type Close, type SmallMarket } from './smallMarket.js';

/** Forty sessions in a row: the calendar is not the point here. */
const SESSIONS = daysFrom('2025-03-01', '2025-04-09');
const LAST = SESSIONS[39];
const LISTED = day('2024-01-02');

/** Closes 100, 101, ... and values 1000, 1010, ... on every session. */
const everySession = (without: readonly Day[] = []): Close[] =>
  SESSIONS.map((session, i) => ({ day: session, close: 100 + i, value: 1000 + 10 * i })).filter(
    (row) => !without.includes(row.day),
  );

const base: SmallMarket = {
  sessions: SESSIONS,
  securities: [security('688001', LISTED), security('688002', LISTED)],
  closes: { '688001': everySession(), '688002': everySession() },
  facts: [fact('688001', 'a_shares', 1e6), fact('688002', 'a_shares', 2e6)],
};

const at = (from: Market, session: Day, knownAt = session): Snapshot =>
  takeSnapshot(from, { day: session, knownAt });

const findingsOf = (taken: Snapshot, row: number): string[] =>
  markFindings(taken, [row], ['stale_price']).map((finding) => finding.message);

describe('a price', () => {
  it('is the close of the day', () => {
    const taken = at(market(base), SESSIONS[30]);
    expect(taken.price[0]).toBe(130);
    expect(taken.priceDay[0]).toBe(SESSIONS[30]);
    expect(hasMark(taken, 0, 'stale_price')).toBe(false);
  });

  it('of a suspended security is its last one, and says so', () => {
    const suspended = SESSIONS.slice(37);
    const taken = at(
      market({ ...base, closes: { ...base.closes, '688002': everySession(suspended) } }),
      LAST,
    );
    expect(taken.price[1]).toBe(136);
    expect(taken.priceDay[1]).toBe(SESSIONS[36]);
    expect(hasMark(taken, 1, 'stale_price')).toBe(true);
    expect(hasMark(taken, 0, 'stale_price')).toBe(false);
    expect(findingsOf(taken, 1)).toEqual(['did not trade on 2025-04-09; last close, of 2025-04-06, carried']);
    expect(findingsOf(taken, 0)).toEqual([]);
  });

  it('says when it was adjusted or imported', () => {
    const closes = {
      '688001': everySession().map((row) => ({ ...row, quality: 'adjusted' as const })),
      '688002': everySession().map((row) => ({ ...row, quality: 'imported' as const })),
    };
    const taken = at(market({ ...base, closes }), LAST);
    expect([hasMark(taken, 0, 'adjusted_price'), hasMark(taken, 0, 'price_imported')]).toEqual([true, false]);
    expect([hasMark(taken, 1, 'adjusted_price'), hasMark(taken, 1, 'price_imported')]).toEqual([false, true]);
  });

  it('is missing, not zero, before the first trade', () => {
    const late = everySession().slice(20);
    const taken = at(market({ ...base, closes: { ...base.closes, '688002': late } }), SESSIONS[19]);
    expect(taken.price[1]).toBeNaN();
    expect(taken.priceDay[1]).toBe(0);
    expect(taken.adv20Value[1]).toBeNaN();
    expect(taken.adv20Days[1]).toBe(0);
  });
});

describe('the average value of twenty sessions', () => {
  it('is over the last twenty when all were traded', () => {
    const taken = at(market(base), LAST);
    // Values 1200 to 1390 by tens.
    expect(taken.adv20Value[0]).toBeCloseTo(1295, 9);
    expect(taken.adv20Days[0]).toBe(20);
  });

  it('is over the days traded among them, not over twenty and not further back', () => {
    const suspended = [...SESSIONS.slice(20, 26), ...SESSIONS.slice(30, 34)];
    const taken = at(
      market({ ...base, closes: { ...base.closes, '688002': everySession(suspended) } }),
      LAST,
    );
    const traded = [26, 27, 28, 29, 34, 35, 36, 37, 38, 39].map((i) => 1000 + 10 * i);
    expect(taken.adv20Days[1]).toBe(10);
    expect(taken.adv20Value[1]).toBeCloseTo(traded.reduce((sum, value) => sum + value, 0) / 10, 9);
  });

  it('leaves out a day whose value is not known', () => {
    const closes = everySession().map(({ day: session, close, value }) =>
      session === LAST ? { day: session, close } : { day: session, close, value: value as number },
    );
    const taken = at(market({ ...base, closes: { ...base.closes, '688002': closes } }), LAST);
    expect(taken.adv20Days[1]).toBe(19);
    expect(taken.adv20Value[1]).toBeCloseTo((1200 + 1380) / 2, 9);
  });

  it('of a security suspended for longer is missing', () => {
    const taken = at(
      market({ ...base, closes: { ...base.closes, '688002': everySession(SESSIONS.slice(20)) } }),
      LAST,
    );
    expect(taken.adv20Value[1]).toBeNaN();
    expect(taken.adv20Days[1]).toBe(0);
    expect(taken.price[1]).toBe(119);
  });
});

describe('the averages of a window', () => {
  const window = { from: SESSIONS[5], to: SESSIONS[24], skipFirstSessions: 0 };
  const averaged = (from: Market, asked = window, knownAt: Day = LAST): Snapshot =>
    takeSnapshot(from, { day: asked.to, knownAt, window: asked });

  it('are over both ends', () => {
    const taken = averaged(market(base));
    // Closes 105 to 124, values 1050 to 1240.
    expect(taken.averageTotalCap[0]).toBeCloseTo(114.5 * 1e6, 4);
    expect(taken.averageValue[0]).toBeCloseTo(1145, 9);
  });

  it('multiply each close by the share count of its day', () => {
    const bonus = fact('688001', 'a_shares', 1.4e6, { asOf: SESSIONS[15], knownOn: SESSIONS[12] });
    const taken = averaged(market({ ...base, facts: [...(base.facts ?? []), bonus] }));
    const mean =
      SESSIONS.slice(5, 25).reduce((sum, _, i) => sum + (105 + i) * (i + 5 < 15 ? 1e6 : 1.4e6), 0) / 20;
    expect(taken.averageTotalCap[0]).toBeCloseTo(mean, 4);
  });

  it('leave out the first sessions after listing', () => {
    // Listed on the ninth session: with five left out the sixth, session 13, is the first to count.
    const securities = [security('688001', SESSIONS[8]), security('688002', LISTED)];
    const closes = { ...base.closes, '688001': everySession(SESSIONS.slice(0, 8)) };
    const taken = averaged(market({ ...base, securities, closes }), { ...window, skipFirstSessions: 5 });
    expect(taken.averageTotalCap[0]).toBeCloseTo(((113 + 124) / 2) * 1e6, 4);
    expect(taken.averageValue[0]).toBeCloseTo((1130 + 1240) / 2, 9);
    expect(taken.averageTotalCap[1]).toBeCloseTo(114.5 * 2e6, 4);
  });

  it('take a listing on the first session of the calendar', () => {
    const securities = [security('688001', SESSIONS[0]), security('688002', LISTED)];
    const taken = averaged(market({ ...base, securities }), { ...window, skipFirstSessions: 5 });
    expect(taken.averageTotalCap[0]).toBeCloseTo(114.5 * 1e6, 4);
  });

  it('are missing without a share count; the value traded is known all the same', () => {
    const taken = averaged(market({ ...base, facts: [] }));
    expect(taken.averageTotalCap[0]).toBeNaN();
    expect(taken.averageValue[0]).toBeCloseTo(1145, 9);
  });

  it('are missing without a window', () => {
    expect(at(market(base), LAST).averageTotalCap[0]).toBeNaN();
    expect(at(market(base), LAST).averageValue[0]).toBeNaN();
  });
});

describe('the future', () => {
  const now = SESSIONS[30];
  const tomorrow = addDays(now, 1);
  const window = { from: SESSIONS[0], to: now, skipFirstSessions: 0 };
  const seen = (from: Market): Snapshot => takeSnapshot(from, { day: now, knownAt: now, window });

  it('a count that becomes known a day later is not seen, however long ago it describes', () => {
    const leaked = fact('688001', 'a_shares', 9e9, { asOf: SESSIONS[0], knownOn: tomorrow });
    const blind = seen(market({ ...base, facts: [...(base.facts ?? []), leaked] }));
    expect(blind).toEqual(seen(market(base)));
    expect(snapshotHash(blind)).toBe(snapshotHash(seen(market(base))));
  });

  it('the same count is seen on the day it becomes known', () => {
    const leaked = fact('688001', 'a_shares', 9e9, { asOf: SESSIONS[0], knownOn: tomorrow });
    const later = takeSnapshot(market({ ...base, facts: [...(base.facts ?? []), leaked] }), {
      day: now,
      knownAt: tomorrow,
      window,
    });
    expect(later.aShares[0]).toBe(9e9);
    expect(later.averageTotalCap[0]).toBeCloseTo(115 * 9e9, 0);
  });

  it('a count known already that describes a later day is not in force yet', () => {
    const ahead = fact('688001', 'a_shares', 9e9, { asOf: tomorrow, knownOn: SESSIONS[0] });
    expect(seen(market({ ...base, facts: [...(base.facts ?? []), ahead] })).aShares[0]).toBe(1e6);
  });

  it.each(['inclusion_factor', 'risk_warning', 'dual_listed'] as const)('nor is a later %s', (field) => {
    const leaked = fact('688001', field, 1, { knownOn: tomorrow });
    const blind = seen(market({ ...base, facts: [...(base.facts ?? []), leaked] }));
    expect(blind).toEqual(seen(market(base)));
  });

  it('later closes are not seen', () => {
    const altered = everySession().map((row) => (row.day > now ? { ...row, close: 9e9, value: 9e9 } : row));
    const blind = seen(market({ ...base, closes: { '688001': altered, '688002': altered } }));
    expect(blind).toEqual(seen(market(base)));
    expect(snapshotHash(blind)).toBe(snapshotHash(seen(market(base))));
  });

  it('a security that lists later is not there', () => {
    const later = security('688999', tomorrow);
    const taken = seen(market({ ...base, securities: [...base.securities, later] }));
    expect(taken.securities.map((s) => s.id)).toEqual([id('688001'), id('688002')]);
    expect(rowsOf(taken).has(id('688999'))).toBe(false);
  });

  it('a day after the knowledge date is refused', () => {
    const refusal = refusalOf(() => at(market(base), tomorrow, now));
    expect(refusal.code).toBe('not_known_yet');
    expect(refusal.numbers).toEqual({ day: '2025-04-01', knownAt: '2025-03-31' });
  });

  it('a session without a single close is refused with the last there is', () => {
    const ended = everySession().slice(0, 30);
    const refusal = refusalOf(() =>
      at(market({ ...base, closes: { '688001': ended, '688002': ended } }), LAST),
    );
    expect(refusal.code).toBe('no_prices');
    expect(refusal.numbers).toEqual({ day: '2025-04-09', last: '2025-03-30' });
  });
});

describe('doubts about a row', () => {
  it.each([
    ['a_shares', 'backcast', 'shares_backcast'],
    ['a_shares', 'assumed', 'shares_assumed'],
    ['inclusion_factor', 'reconstructed', 'float_reconstructed'],
    ['inclusion_factor', 'assumed', 'float_assumed'],
  ] as const)('%s that is %s carries the mark %s', (field, quality, mark) => {
    const taken = at(market({ ...base, facts: [fact('688001', field, 1, { quality })] }), LAST);
    expect(hasMark(taken, 0, mark)).toBe(true);
    expect(hasMark(taken, 1, mark)).toBe(false);
    expect(markFindings(taken, [0, 1], [mark]).map(({ code, subject }) => [code, subject])).toEqual([
      [mark, '688001'],
    ]);
  });

  it('reported values carry none', () => {
    expect([...at(market(base), LAST).marks]).toEqual([0, 0]);
  });

  it('a risk warning of 0 is none', () => {
    const taken = (value: number): number =>
      at(market({ ...base, facts: [fact('688001', 'risk_warning', value)] }), LAST).riskWarning[0];
    expect([taken(1), taken(0)]).toEqual([1, 0]);
  });
});

describe('the hash', () => {
  const hash = (changed: Partial<SmallMarket> = {}): string =>
    snapshotHash(
      takeSnapshot(market({ ...base, ...changed }), {
        day: LAST,
        knownAt: LAST,
        window: { from: SESSIONS[5], to: LAST, skipFirstSessions: 5 },
      }),
    );
  const original = hash();

  it('is the same for the same content, whatever the order it came in', () => {
    expect(hash()).toBe(original);
    expect(hash({ facts: (base.facts ?? []).toReversed(), securities: base.securities.toReversed() })).toBe(
      original,
    );
  });

  const changedClose = (change: Partial<Close>): Partial<SmallMarket> => ({
    closes: {
      ...base.closes,
      '688002': everySession().map((row, i) => (i === 39 ? { ...row, ...change } : row)),
    },
  });

  it.each<[string, Partial<SmallMarket>]>([
    ['a close', changedClose({ close: 139.01 })],
    ['a value traded', changedClose({ value: 1390.01 })],
    ['the quality of a close', changedClose({ quality: 'adjusted' })],
    ['a share count', { facts: [fact('688001', 'a_shares', 1e6), fact('688002', 'a_shares', 2e6 + 1)] }],
    [
      'the quality of a share count',
      { facts: [fact('688001', 'a_shares', 1e6), fact('688002', 'a_shares', 2e6, { quality: 'assumed' })] },
    ],
    ['an inclusion factor', { facts: [...(base.facts ?? []), fact('688001', 'inclusion_factor', 0.3)] }],
    ['a risk warning', { facts: [...(base.facts ?? []), fact('688001', 'risk_warning', 1)] }],
    ['a suspension', { closes: { ...base.closes, '688002': everySession([LAST]) } }],
    ['a security more', { securities: [...base.securities, security('688003', LISTED)] }],
    // "Everything the snapshot holds": screens read the listing day, the board and the type, flows the days traded.
    ['a listing day', { securities: [security('688001', LISTED), security('688002', addDays(LISTED, 300))] }],
    ['a board', { securities: [security('688001', LISTED), security('688002', LISTED, { board: 'MAIN' })] }],
    ['a type', { securities: [security('688001', LISTED), security('688002', LISTED, { kind: 'cdr' })] }],
  ])('changes with %s', (_, changed) => {
    expect(hash(changed)).not.toBe(original);
  });

  it('changes with the number of days traded behind the same average', () => {
    const constant = (without: readonly Day[]): Close[] =>
      SESSIONS.filter((session) => !without.includes(session)).map((session) => ({
        day: session,
        close: 100,
        value: 1000,
      }));
    const full = hash({ closes: { ...base.closes, '688002': constant([]) } });
    const gap = hash({ closes: { ...base.closes, '688002': constant([SESSIONS[30]]) } });
    expect(gap).not.toBe(full);
  });

  it('changes with the day and with the knowledge date', () => {
    const of = (session: Day, knownAt: Day): string => snapshotHash(at(market(base), session, knownAt));
    expect(of(SESSIONS[30], SESSIONS[31])).not.toBe(of(SESSIONS[30], SESSIONS[30]));
    expect(of(SESSIONS[31], SESSIONS[31])).not.toBe(of(SESSIONS[30], SESSIONS[31]));
  });
});

it('facts are found whatever order they were given in', () => {
  const facts = [
    fact('688001', 'a_shares', 3, { asOf: SESSIONS[30], knownOn: SESSIONS[31] }),
    fact('688001', 'a_shares', 1),
    fact('688001', 'a_shares', 4, { asOf: SESSIONS[30], knownOn: SESSIONS[35] }),
    fact('688001', 'a_shares', 2, { asOf: SESSIONS[25], knownOn: SESSIONS[25] }),
  ];
  for (const order of [facts, facts.toReversed(), [facts[2], facts[0], facts[3], facts[1]]]) {
    const from = { ...market(base), facts: factTable(order) };
    const seen = [24, 25, 30, 31, 35].map((i) => at(from, SESSIONS[i]).aShares[0]);
    // A correction known later (4) replaces the first word (3) from the day it is known.
    expect(seen).toEqual([1, 2, 2, 3, 4]);
  }
});
