/** Small markets written by hand: a few securities, a few closes, everything else quiet. */
import {
  factTable,
  PRICE_QUALITIES,
  pricePanel,
  securityId,
  sessionCalendar,
  type Day,
  type Fact,
  type Market,
  type PriceQuality,
  type Security,
  type SecurityId,
  type Snapshot,
} from '../../../src/core/index.js';
import { day } from '../days.js';

export const id = (code: string): SecurityId => securityId(code);

export interface Close {
  readonly day: Day;
  readonly close: number;
  /** Value traded; unknown when absent. */
  readonly value?: number;
  readonly quality?: PriceQuality;
}

export function security(code: string, listed: Day, of: Partial<Security> = {}): Security {
  return {
    id: id(code),
    nameZh: code,
    nameEn: '',
    nameShort: '',
    market: 'XSHG',
    board: 'STAR',
    kind: 'share',
    listed,
    ...of,
  };
}

export function fact(code: string, field: Fact['field'], value: number, known: Partial<Fact> = {}): Fact {
  const long = day('2020-01-01');
  return {
    id: id(code),
    field,
    value,
    asOf: long,
    knownOn: long,
    quality: 'reported',
    source: 'test',
    note: '',
    ...known,
  };
}

export interface SmallMarket {
  readonly securities: readonly Security[];
  /** By code, each ascending by day. */
  readonly closes: Readonly<Record<string, readonly Close[]>>;
  readonly facts?: readonly Fact[];
  readonly sessions: readonly Day[];
}

export function market({ securities, closes, facts = [], sessions }: SmallMarket): Market {
  const codes = Object.keys(closes).sort();
  const all = codes.flatMap((code) => closes[code]);
  return {
    securities: securities.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    prices: pricePanel(
      codes.map(id),
      codes.map((code) => closes[code].length),
      {
        day: Int32Array.from(all, (row) => row.day),
        close: Float64Array.from(all, (row) => row.close),
        value: Float64Array.from(all, (row) => row.value ?? Number.NaN),
        quality: Uint8Array.from(all, (row) => PRICE_QUALITIES.indexOf(row.quality ?? 'observed')),
      },
    ),
    facts: factTable(facts),
    calendar: sessionCalendar('TEST', sessions),
  };
}

/** A snapshot with nothing but what a test names: one row per security, the rest unknown. */
export function snapshot(
  at: Day,
  rows: readonly (Security & {
    readonly price?: number;
    readonly averageTotalCap?: number;
    readonly averageValue?: number;
    readonly riskWarning?: boolean;
  })[],
): Snapshot {
  const missing = (): Float64Array => new Float64Array(rows.length).fill(Number.NaN);
  return {
    day: at,
    knownAt: at,
    securities: rows,
    price: Float64Array.from(rows, (row) => row.price ?? Number.NaN),
    priceDay: Int32Array.from(rows, () => at),
    aShares: missing(),
    tradableShares: missing(),
    inclusionFactor: missing(),
    averageTotalCap: Float64Array.from(rows, (row) => row.averageTotalCap ?? Number.NaN),
    averageValue: Float64Array.from(rows, (row) => row.averageValue ?? Number.NaN),
    adv20Value: missing(),
    adv20Days: new Uint8Array(rows.length),
    riskWarning: Uint8Array.from(rows, (row) => (row.riskWarning ? 1 : 0)),
    marks: new Uint16Array(rows.length),
  };
}
