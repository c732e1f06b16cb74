/** Averages of the bundled market against a plain loop over the rows of its files, and against the source's own. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  rowsOf,
  securityId,
  snapshotHash,
  takeSnapshot,
  type IndexData,
  type Snapshot,
} from '../../../src/core/index.js';
import { bundle, rows } from '../bundle.js';
import { day } from '../days.js';

const CUTOFF = day('2025-07-31');
const KNOWN = day('2025-09-12');
const FROM = day('2024-08-01');

let data: IndexData;
let taken: Snapshot;
let row: (code: string) => number;
beforeAll(async () => {
  data = await bundle();
  // The five sessions left out after a listing do not matter for companies that listed before the window.
  const window = { from: FROM, to: CUTOFF, skipFirstSessions: 5 };
  taken = takeSnapshot(data.market, { day: CUTOFF, knownAt: KNOWN, window });
  const found = rowsOf(taken);
  row = (code) => found.get(securityId(code)) as number;
});

/** Twenty securities: the largest, dual listings, bonus issues, documented counts, a receipt, newcomers of the year. */
const TWENTY = (
  '688256 688981 688041 688008 688012 689009 688009 688187 688235 688331 ' +
  '688183 688561 688318 688568 688361 688172 688027 688363 688692 688758'
).split(' ');

interface Close {
  readonly day: number;
  readonly close: number;
  readonly value: number | null;
}
interface Count {
  readonly value: number;
  readonly asOf: number;
  readonly knownOn: number;
}

async function closesOf(code: string): Promise<Close[]> {
  const c = await rows(
    `SELECT CAST(day - DATE '1970-01-01' AS INTEGER) AS day, close, value_cny FROM {closes} WHERE id = '${code}' ORDER BY day`,
  );
  return c.day.map((d, i) => ({
    day: Number(d),
    close: Number(c.close[i]),
    value: c.value_cny[i] === null ? null : Number(c.value_cny[i]),
  }));
}

async function countsOf(code: string): Promise<Count[]> {
  const c = await rows(
    `SELECT value, CAST(as_of - DATE '1970-01-01' AS INTEGER) AS as_of, CAST(known_on - DATE '1970-01-01' AS INTEGER) AS known_on
     FROM {facts} WHERE id = '${code}' AND field = 'a_shares'`,
  );
  return c.value.map((value, i) => ({
    value: Number(value),
    asOf: Number(c.as_of[i]),
    knownOn: Number(c.known_on[i]),
  }));
}

const mean = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length;

describe('against a plain loop over the files', () => {
  it.each(TWENTY)('%s', async (code) => {
    const [closes, counts] = await Promise.all([closesOf(code), countsOf(code)]);
    const listed = taken.securities[row(code)].listed;
    const sessions = Array.from(data.market.calendar.days);
    const firstCounted = sessions.filter((session) => session >= listed)[5];
    const inWindow = closes.filter(
      (close) => close.day >= FROM && close.day <= CUTOFF && (listed < FROM || close.day >= firstCounted),
    );
    const countOn = (on: number): number => {
      let best: Count | undefined;
      for (const count of counts) {
        if (count.asOf > on || count.knownOn > KNOWN) continue;
        const later =
          !best || count.asOf > best.asOf || (count.asOf === best.asOf && count.knownOn >= best.knownOn);
        if (later) best = count;
      }
      return best?.value ?? Number.NaN;
    };
    const caps = inWindow.map((close) => close.close * countOn(close.day)).filter((v) => !Number.isNaN(v));
    const values = inWindow.flatMap((close) => close.value ?? []);
    expect(caps.length).toBeGreaterThan(40);
    expect(taken.averageTotalCap[row(code)] / mean(caps)).toBeCloseTo(1, 12);
    expect(taken.averageValue[row(code)] / mean(values)).toBeCloseTo(1, 12);

    const twenty = new Set(sessions.filter((session) => session <= CUTOFF).slice(-20));
    const traded = closes.filter((close) => twenty.has(close.day)).flatMap((close) => close.value ?? []);
    expect(taken.adv20Days[row(code)]).toBe(traded.length);
    expect(taken.adv20Value[row(code)] / mean(traded)).toBeCloseTo(1, 12);
  });
});

/**
 * Independent: the source's own column. Copied from data/cn/shares/star_board_shares_and_averages.csv,
 * avg_total_mktcap_cny_12m_est, which is the mean close of 2024-08-01 to 2025-07-31 x the shares of 2026-01-26.
 * These thirty have no bonus issue, no second share class and no count documented otherwise since.
 */
const SOURCE: readonly (readonly [string, number])[] = [
  ['688017', 21957486949],
  ['688033', 3350146080],
  ['688050', 16753837741],
  ['688066', 4966059089],
  ['688085', 6404588216],
  ['688101', 4397047071],
  ['688116', 13769759856],
  ['688135', 3712147158],
  ['688148', 2476890172],
  ['688161', 10415272727],
  ['688177', 9231451610],
  ['688190', 10116833058],
  ['688202', 4591780131],
  ['688221', 3433322924],
  ['688232', 9768906511],
  ['688258', 4562902451],
  ['688270', 7988007682],
  ['688287', 1962682886],
  ['688302', 3702696471],
  ['688320', 5907305239],
  ['688365', 4862706738],
  ['688380', 10684137081],
  ['688392', 5435847666],
  ['688425', 22570389577],
  ['688450', 1552134545],
  ['688498', 11748940494],
  ['688510', 4607974042],
  ['688526', 6865315067],
  ['688550', 5746866101],
  ['688789', 12318039427],
];

it.each(SOURCE)("%s has the source's own average, %d", (code, average) => {
  expect(Math.abs(taken.averageTotalCap[row(code)] / average - 1)).toBeLessThan(1e-6);
});

it('a close or a count of the future planted in the bundle changes nothing', () => {
  const { prices, facts } = data.market;
  const close = prices.close.map((value, i) => (prices.day[i] > CUTOFF ? value * 3 : value));
  const value = prices.value.map((traded, i) => (prices.day[i] > CUTOFF ? traded * 3 : traded));
  const leaked = new Map(
    Array.from(facts, ([key, group]) => [
      key,
      [...group, { ...group[0], asOf: FROM, knownOn: day('2025-09-13'), value: group[0].value * 7 }].toSorted(
        (a, b) => a.asOf - b.asOf || a.knownOn - b.knownOn,
      ),
    ]),
  );
  const blind = takeSnapshot(
    { ...data.market, prices: { ...prices, close, value }, facts: leaked },
    { day: CUTOFF, knownAt: KNOWN, window: { from: FROM, to: CUTOFF, skipFirstSessions: 5 } },
  );
  expect(snapshotHash(blind)).toBe(snapshotHash(taken));
});
