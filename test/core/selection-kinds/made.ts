/** Small made-up snapshots, and rankings as letters: what the hand-worked cases are written in. */
import { parseDay, securityId, sessionCalendar, type Day, type SecurityId } from '../../../src/core/index.js';
import type { Snapshot } from '../../../src/core/market/snapshot.js';
import type { CutoffFacts } from '../../../src/core/selection/measure.js';
import type { ScreenContext } from '../../../src/core/selection/screen.js';

export const day = (iso: string): Day => parseDay(iso) as Day;

/** `letters('abc')` -> a, b, c in rank order. */
export const letters = (text: string): string[] => [...text];
export const isIn = (text: string) => (item: string) => text.includes(item);
export const itemsOf = (seats: readonly { readonly item: string }[]): string =>
  seats.map((s) => s.item).join('');

export interface MadeSecurity {
  readonly id: string;
  readonly price?: number;
  readonly shares?: number;
  readonly factor?: number;
  readonly averageCap?: number;
  readonly averageValue?: number;
  readonly board?: string;
  readonly kind?: 'share' | 'cdr';
  readonly listed?: string;
}

/** A snapshot of the given securities; what is not given is not known. */
export function madeSnapshot(securities: readonly MadeSecurity[]): Snapshot {
  const column = (of: (security: MadeSecurity) => number | undefined): Float64Array =>
    Float64Array.from(securities, (security) => of(security) ?? Number.NaN);
  return {
    day: day('2025-07-31'),
    knownAt: day('2025-09-12'),
    securities: securities.map(({ id, board = 'MAIN', kind = 'share', listed = '2019-01-02' }) => ({
      id: securityId(id),
      nameZh: id,
      nameEn: id,
      nameShort: '',
      market: 'XSHG',
      board,
      kind,
      listed: day(listed),
    })),
    price: column((s) => s.price),
    priceDay: new Int32Array(securities.length),
    aShares: column((s) => s.shares),
    tradableShares: column(() => undefined),
    inclusionFactor: column((s) => s.factor),
    averageTotalCap: column((s) => s.averageCap),
    averageValue: column((s) => s.averageValue),
    adv20Value: column(() => undefined),
    adv20Days: new Uint8Array(securities.length),
    riskWarning: new Uint8Array(securities.length),
    marks: new Uint16Array(securities.length),
  };
}

export const ids = (text: string): Set<SecurityId> => new Set([...text].map(securityId));

/** A screen's surroundings: members, facts and the months behind the snapshot's averages. */
export function around(
  snapshot: Snapshot,
  {
    members = '',
    facts = {},
    windowMonths = 12,
  }: { members?: string; facts?: CutoffFacts; windowMonths?: number } = {},
): ScreenContext {
  return {
    clause: 'screens.tested',
    cutoff: snapshot.day,
    sessionAfterCutoff: () => snapshot.day,
    isIncumbent: (row) => members.includes(snapshot.securities[row].id),
    source: { snapshot, windowMonths, facts },
  };
}

/** Weekdays from one day to another without the given holidays. */
export function weekdays(from: string, to: string, holidays: readonly string[]) {
  const closed = new Set(holidays.map(day));
  const days: number[] = [];
  for (let d: number = day(from); d <= day(to); d++) {
    const weekday = (d + 4) % 7;
    if (weekday !== 0 && weekday !== 6 && !closed.has(d as Day)) days.push(d);
  }
  return sessionCalendar('TEST', days);
}
