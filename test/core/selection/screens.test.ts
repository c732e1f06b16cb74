/** Each screen on a handful of securities. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Day, Snapshot } from '../../../src/core/index.js';
import { rankRows } from '../../../src/core/selection/ranking.js';
import { applyScreen as applyTo } from '../../../src/core/selection/applyScreen.js';
import type { ScreenContext, ScreenFailure } from '../../../src/core/selection/screen.js';
import { day } from '../days.js';
import { id, security, snapshot } from '../market/smallMarket.js';

const CUTOFF = day('2025-07-31');
/** Ten sessions after the cut-off of July 2025 is 14 August. */
const TENTH_SESSION = day('2025-08-14');
type ScreenRule = Parameters<typeof applyTo>[0];
type ListingAgeRule = Extract<ScreenRule, { kind: 'listing-age' }>;
type Clock = Pick<ScreenContext, 'cutoff' | 'sessionAfterCutoff'>;

const context: Clock = {
  cutoff: CUTOFF,
  sessionAfterCutoff: (k) => (k === 10 ? TENTH_SESSION : ((CUTOFF + k) as Day)),
};

/** One screen on a snapshot, nobody a member yet and nothing known besides the snapshot. */
function applyScreen(rule: ScreenRule, at: Snapshot, rows: readonly number[], clock: Clock): ScreenFailure[] {
  const source = { snapshot: at, windowMonths: 12, facts: {} };
  return applyTo(rule, rows, { ...clock, clause: 'screens.test', isIncumbent: () => false, source });
}

/** Ranking by average total cap. */
const ranked = (at: Snapshot, rows: readonly number[]): number[] =>
  rankRows(rows, (i) => at.averageTotalCap[i]);

type Row = Parameters<typeof snapshot>[1][number];
const LONG_AGO = day('2019-07-22');
const row = (code: string, of: Partial<Row> = {}): Row => ({ ...security(code, LONG_AGO), ...of });

/** Codes that fail. */
function failing(rule: ScreenRule, rows: readonly Row[], among = rows.map((_, i) => i)): string[] {
  const at = snapshot(CUTOFF, rows);
  return applyScreen(rule, at, among, context).map((failure) => rows[failure.row].id);
}

describe('listed-on', () => {
  const rule = { kind: 'listed-on', board: 'STAR', types: ['share', 'cdr'] } as const;

  it('keeps the types of one board', () => {
    const rows = [
      row('600519', { board: 'MAIN' }),
      row('688981'),
      row('689009', { kind: 'cdr' }),
      row('300750', { board: 'CHINEXT' }),
    ];
    expect(failing({ ...rule, types: ['share', 'cdr'] }, rows)).toEqual(['600519', '300750']);
    expect(failing({ ...rule, types: ['share'] }, rows)).toEqual(['600519', '689009', '300750']);
  });
});

describe('listing age', () => {
  const twelve: ListingAgeRule = { kind: 'listing-age', months: 12 };

  it('drops what is younger, keeps what is older', () => {
    const rows = [
      row('688001'),
      row('688002', { listed: day('2024-07-30') }),
      row('688003', { listed: day('2024-08-01') }),
      row('688004', { listed: day('2025-07-31') }),
    ];
    expect(failing(twelve, rows)).toEqual(['688003', '688004']);
  });

  // rulebooks 1.2 says "> 12 months" and the clause "listed for more than twelve months": on its first anniversary a
  // security has been listed for twelve months, not for more.
  it('drops what has been listed for exactly as long', () => {
    expect(failing(twelve, [row('688001', { listed: day('2024-07-31') })])).toEqual(['688001']);
  });

  // At the ends of short months several listing days fall on the same anniversary; these lie clearly on either side.
  it.each([
    ['2025-02-28', 12, '2024-02-27', '2024-03-01'],
    ['2025-02-28', 6, '2024-08-27', '2024-09-01'],
    ['2025-03-31', 1, '2025-02-27', '2025-03-01'],
    ['2025-10-31', 12, '2024-10-30', '2024-11-01'],
  ])('on %s with %i months %s is old enough and %s is not', (cutoff, months, old, young) => {
    const rows = [row('688001', { listed: day(old) }), row('688002', { listed: day(young) })];
    const at = snapshot(day(cutoff), rows);
    const failures = applyScreen({ kind: 'listing-age', months }, at, [0, 1], {
      ...context,
      cutoff: day(cutoff),
    });
    expect(failures.map((failure) => failure.row)).toEqual([1]);
  });

  it('says since when and how long it should have been', () => {
    const at = snapshot(CUTOFF, [row('688003', { listed: day('2025-01-10') })]);
    expect(applyScreen(twelve, at, [0], context)).toMatchObject([
      { row: 0, value: '2025-01-10', limit: { en: 'more than 12 months before 2025-07-31' } },
    ]);
  });

  describe('with the exceptions for large newcomers', () => {
    // rulebooks 1.3 and 1.4: top five and three months on the tenth session after the cut-off; top three, one month
    // and the committee's consent.
    const rule: ListingAgeRule = {
      ...twelve,
      exceptions: [
        { rankTop: 5, months: 3, sessionsAfterCutoff: 10, committee: false },
        { rankTop: 3, months: 1, sessionsAfterCutoff: 10, committee: true },
      ],
    };
    const older = [900, 800, 700, 600, 500, 400].map((averageTotalCap, i) =>
      row(`68800${i}`, { averageTotalCap }),
    );
    const newcomer = (listed: string, averageTotalCap: number): Row =>
      row('688795', { listed: day(listed), averageTotalCap });

    it('a fifth-ranked one of more than three months stays', () => {
      expect(failing(rule, [...older, newcomer('2025-05-13', 550)])).toEqual([]);
    });

    it('a sixth-ranked one does not', () => {
      expect(failing(rule, [...older, newcomer('2025-05-13', 450)])).toEqual(['688795']);
    });

    it('three months are counted on the tenth session after the cut-off, not on the cut-off', () => {
      expect(failing(rule, [...older, newcomer('2025-05-13', 1000)])).toEqual([]);
      expect(failing(rule, [...older, newcomer('2025-05-15', 1000)])).toEqual(['688795']);
    });

    it('the exception that needs the committee is not used: nobody assumes its consent', () => {
      expect(failing(rule, [...older, newcomer('2025-06-20', 1000)])).toEqual(['688795']);
    });

    it('a newcomer whose market value is not known has no rank', () => {
      expect(failing(rule, [...older, newcomer('2025-05-13', Number.NaN)])).toEqual(['688795']);
    });

    it('ranks among the set at this step', () => {
      // Without the first two older ones the newcomer is fifth.
      const rows = [...older, newcomer('2025-05-13', 450)];
      expect(failing(rule, rows, [1, 2, 3, 4, 5, 6])).toEqual([]);
    });
  });
});

it('risk warning: only flagged rows fail', () => {
  const rows = [row('688001', { riskWarning: true }), row('688002'), row('688003', { riskWarning: true })];
  expect(failing({ kind: 'no-risk-warning' }, rows)).toEqual(['688001', '688003']);
});

describe('liquidity', () => {
  const rule = { kind: 'liquidity', keepTop: 0.9, windowMonths: 12 } as const;
  const traded = (...values: number[]): Row[] =>
    values.map((averageValue, i) => row(`6880${String(i).padStart(2, '0')}`, { averageValue }));

  it('drops the least traded tenth', () => {
    const rows = traded(10, 20, 30, 40, 50, 60, 70, 80, 90, 5);
    expect(failing(rule, rows)).toEqual(['688009']);
    expect(failing(rule, traded(...Array.from({ length: 100 }, (_, i) => i + 1)))).toHaveLength(10);
  });

  it('keeps the top nine tenths rounded up: of eleven one goes, of nine none', () => {
    expect(failing(rule, traded(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11))).toEqual(['688000']);
    expect(failing(rule, traded(1, 2, 3, 4, 5, 6, 7, 8, 9))).toEqual([]);
  });

  it('of equals at the line the higher code goes', () => {
    expect(failing(rule, traded(5, 5, 5, 5, 5, 5, 5, 5, 5, 5))).toEqual(['688009']);
  });

  it('no value known counts as the least traded', () => {
    expect(failing(rule, traded(1, 2, 3, Number.NaN, 5, 6, 7, 8, 9, 10))).toEqual(['688003']);
  });

  it('counts the tenth of the set at this step', () => {
    const rows = traded(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    expect(
      failing(
        rule,
        rows,
        rows.map((_, i) => i).filter((i) => i >= 2),
      ),
    ).toEqual(['688002']);
  });

  it('is a plain sort and cut over any values', () => {
    const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Number.NaN)), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (of, percent) => {
        const rows = traded(...of);
        const worth = (i: number): number => (Number.isNaN(of[i]) ? 0 : of[i]);
        const kept = Math.ceil((percent * of.length) / 100);
        const order = of.map((_, i) => i).sort((a, b) => worth(b) - worth(a) || a - b);
        const expected = order.slice(kept).sort((a, b) => a - b);
        const found = failing({ ...rule, keepTop: percent / 100 }, rows);
        expect(found).toEqual(expected.map((i) => rows[i].id));
      }),
    );
  });

  it('states the value and the line', () => {
    const at = snapshot(CUTOFF, traded(10, 20, 30, 40, 50, 60, 70, 80, 90, 5));
    expect(applyScreen(rule, at, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], context)).toMatchObject([
      { row: 9, value: '5', limit: { en: '>= 10 (top 90 %)' } },
    ]);
  });
});

it('committee: drops those it names and nobody by default', () => {
  const rows = [row('688001'), row('688002')];
  expect(failing({ kind: 'committee', exclude: ['688002', '688999'] }, rows)).toEqual(['688002']);
  expect(failing({ kind: 'committee', exclude: [] }, rows)).toEqual([]);
});

it('ranking: the order of a plain sort by measure and code, over any measures', () => {
  const measures = fc.array(fc.oneof(fc.double({ min: 0, noNaN: true }), fc.constantFrom(1, 2, Number.NaN)), {
    maxLength: 80,
  });
  fc.assert(
    fc.property(measures, fc.integer({ min: 1, max: 40 }), (values, step) => {
      const rows = values.map((averageTotalCap, i) => row(String(100 + i), { averageTotalCap }));
      const all = values.map((_, i) => i);
      // Rows in some other order, and not all of them.
      const asked = all.map((i) => (i * step) % (values.length || 1));
      const distinct = [...new Set(asked)];
      const known = distinct.filter((i) => !Number.isNaN(values[i]));
      const unknown = distinct.filter((i) => Number.isNaN(values[i]));
      const expected = [
        ...known.toSorted((a, b) => values[b] - values[a] || a - b),
        ...unknown.toSorted((a, b) => a - b),
      ];
      expect(ranked(snapshot(CUTOFF, rows), distinct)).toEqual(expected);
    }),
  );
});

it('ranking: by average total cap, ties by code, unknown last', () => {
  const rows = [
    row('688001', { averageTotalCap: 5 }),
    row('688002'),
    row('688003', { averageTotalCap: 9 }),
    row('688004', { averageTotalCap: 5 }),
  ];
  expect(ranked(snapshot(CUTOFF, rows), [3, 2, 1, 0]).map((i) => rows[i].id)).toEqual(
    ['688003', '688001', '688004', '688002'].map(id),
  );
});
