/**
 * The market as of one close, as it was known on one day: securities as columns, in ascending order of code.
 * Everything a review computes, it computes from snapshots; so nothing known later can leak in.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { assert, Refusal } from '../base/errors.js';
import type { Finding } from '../base/finding.js';
import { contentHash } from '../base/hash.js';
import { formatDay } from '../calendar/day.js';
import { sessionOnOrAfter, shiftSessions, type SessionCalendar } from '../calendar/sessions.js';
import { factOn, knownFacts, type Fact } from './facts.js';
import type { Market, Security } from './market.js';
import { lastRow, PRICE_QUALITIES, type PricePanel } from './prices.js';

/** Doubts about one security's row, as bits of `Snapshot.marks`. */
export const MARKS = {
  stale_price: 1,
  adjusted_price: 2,
  shares_backcast: 4,
  shares_assumed: 8,
  float_reconstructed: 16,
  float_assumed: 32,
  dual_listed: 64,
  price_imported: 128,
} as const;
export type Mark = keyof typeof MARKS;

export interface Snapshot {
  /** The close it describes. */
  readonly day: Day;
  /** Nothing that became known after this day is in it. */
  readonly knownAt: Day;
  readonly securities: readonly Security[];
  /** Last close on or before `day`; NaN when the security had not traded yet. */
  readonly price: Float64Array;
  /** Day of that close; 0 when none. */
  readonly priceDay: Int32Array;
  /** All A shares (or receipts) issued: the count the index provider ranks on. NaN when unknown. */
  readonly aShares: Float64Array;
  /** Tradable A shares: an upper bound of the free float, which leaves out holders of 5 % and more. NaN when unknown. */
  readonly tradableShares: Float64Array;
  /** Inclusion factor 0..1 applied to `aShares`; NaN when unknown. */
  readonly inclusionFactor: Float64Array;
  /** Mean over the window of close x A shares, CNY; NaN without a window or without shares. */
  readonly averageTotalCap: Float64Array;
  /** Mean value traded per traded day of the window, CNY; NaN without a window. */
  readonly averageValue: Float64Array;
  /** Mean value traded over the days traded among the last 20 sessions up to `day`, CNY. */
  readonly adv20Value: Float64Array;
  /** How many of those 20 sessions the security traded. */
  readonly adv20Days: Uint8Array;
  /** 1 when the security carries a risk warning (ST, *ST) that was known. */
  readonly riskWarning: Uint8Array;
  /** Bits of `MARKS`. */
  readonly marks: Uint16Array;
}

export interface SnapshotRequest {
  readonly day: Day;
  readonly knownAt: Day;
  /** Window of the averages, both days included; closes of a security's first sessions can be left out. */
  readonly window?: { readonly from: Day; readonly to: Day; readonly skipFirstSessions: number };
}

/**
 * @throws Refusal `no_prices` when no security has a close on `day` although the calendar says it traded, or
 *   when `day` lies after the knowledge date.
 */
export function takeSnapshot(market: Market, request: SnapshotRequest): Snapshot {
  const { day, knownAt } = request;
  if (day > knownAt) {
    throw new Refusal(
      'not_known_yet',
      `the close of ${formatDay(day)} was not known on ${formatDay(knownAt)}`,
      {
        day: formatDay(day),
        knownAt: formatDay(knownAt),
      },
    );
  }
  const securities = market.securities.filter((security) => security.listed <= day);
  const columns = emptyColumns(securities.length);
  const advFrom = shiftSessions(market.calendar, day, -19);
  const panelRows = rowsById(market.prices);
  let tradedToday = 0;
  securities.forEach((security, i) => {
    const panelRow = panelRows.get(security.id);
    if (panelRow !== undefined) {
      fillPrices(columns, i, market.prices, panelRow, day, advFrom);
      if (columns.priceDay[i] === day) tradedToday++;
    }
    fillFacts(columns, i, market, security, day, knownAt);
    if (panelRow !== undefined && request.window) {
      fillAverages(columns, i, market, security, panelRow, request.window, knownAt);
    }
  });
  if (tradedToday === 0) throw noPrices(market, day);
  return { day, knownAt, securities, ...columns };
}

/** SHA-256 over everything the snapshot holds: same content, same hash, on every machine. */
export function snapshotHash(snapshot: Snapshot): string {
  return contentHash([
    snapshot.day,
    snapshot.knownAt,
    snapshot.securities.map(({ id, board, kind }) => `${id}/${board}/${kind}`),
    snapshot.securities.map((security) => security.listed),
    snapshot.price,
    snapshot.priceDay,
    snapshot.aShares,
    snapshot.tradableShares,
    snapshot.inclusionFactor,
    snapshot.averageTotalCap,
    snapshot.averageValue,
    snapshot.adv20Value,
    snapshot.adv20Days,
    snapshot.riskWarning,
    snapshot.marks,
  ]);
}

/** Row of each security in the snapshot. */
export function rowsOf(snapshot: Snapshot): Map<SecurityId, number> {
  const rows = new Map<SecurityId, number>();
  for (let i = 0; i < snapshot.securities.length; i++) rows.set(snapshot.securities[i].id, i);
  return rows;
}

/** Rows of a few securities, ascending; `rowsOf` would index all of them. */
export function rowsAmong(snapshot: Snapshot, ids: readonly SecurityId[]): Map<SecurityId, number> {
  const wanted = new Set(ids);
  const rows = new Map<SecurityId, number>();
  for (let row = 0; row < snapshot.securities.length; row++) {
    const { id } = snapshot.securities[row];
    if (wanted.has(id)) rows.set(id, row);
  }
  return rows;
}

export function hasMark(snapshot: Snapshot, row: number, mark: Mark): boolean {
  return (snapshot.marks[row] & MARKS[mark]) !== 0;
}

/** The doubts about the given securities, one finding per security and mark. */
export function markFindings(snapshot: Snapshot, rows: readonly number[], marks: readonly Mark[]): Finding[] {
  const findings: Finding[] = [];
  for (const mark of marks) {
    for (const row of rows) {
      if (hasMark(snapshot, row, mark)) {
        findings.push({
          code: mark,
          subject: snapshot.securities[row].id,
          message: MARK_WORDS[mark](snapshot, row),
        });
      }
    }
  }
  return findings;
}

const MARK_WORDS: Record<Mark, (snapshot: Snapshot, row: number) => string> = {
  stale_price: (s, row) =>
    `did not trade on ${formatDay(s.day)}; last close, of ${formatDay(s.priceDay[row] as Day)}, carried`,
  adjusted_price: (s) =>
    `close of ${formatDay(s.day)} is dividend-adjusted, the raw close is unknown; off by at most the dividend`,
  shares_backcast: () => 'A-share count is a later count carried back through bonus issues',
  shares_assumed: () => 'dual-listed; A-share count assumed to be the tradable A shares, a lower bound',
  float_reconstructed: () => 'inclusion factor reconstructed from published index levels',
  float_assumed: () => 'inclusion factor assumed; the published free-float table was not found',
  dual_listed: () => 'also listed elsewhere; total shares would count shares that the index does not rank',
  price_imported: (s) => `close of ${formatDay(s.day)} comes from an imported file`,
};

type Columns = Omit<Snapshot, 'day' | 'knownAt' | 'securities'>;

function emptyColumns(n: number): Columns {
  const missing = (): Float64Array => new Float64Array(n).fill(Number.NaN);
  return {
    price: missing(),
    priceDay: new Int32Array(n),
    aShares: missing(),
    tradableShares: missing(),
    inclusionFactor: missing(),
    averageTotalCap: missing(),
    averageValue: missing(),
    adv20Value: missing(),
    adv20Days: new Uint8Array(n),
    riskWarning: new Uint8Array(n),
    marks: new Uint16Array(n),
  };
}

function fillPrices(
  c: Columns,
  i: number,
  prices: PricePanel,
  panelRow: number,
  day: Day,
  advFrom: Day,
): void {
  const last = lastRow(prices, panelRow, day);
  if (last < 0) return;
  c.price[i] = prices.close[last];
  c.priceDay[i] = prices.day[last];
  if (prices.day[last] !== day) c.marks[i] |= MARKS.stale_price;
  const quality = PRICE_QUALITIES[prices.quality[last]];
  if (quality === 'adjusted') c.marks[i] |= MARKS.adjusted_price;
  if (quality === 'imported') c.marks[i] |= MARKS.price_imported;
  let total = 0;
  let days = 0;
  for (let row = last; row >= prices.start[panelRow] && prices.day[row] >= advFrom; row--) {
    if (!Number.isNaN(prices.value[row])) {
      total += prices.value[row];
      days++;
    }
  }
  if (days > 0) c.adv20Value[i] = total / days;
  c.adv20Days[i] = days;
}

function fillFacts(c: Columns, i: number, market: Market, security: Security, day: Day, knownAt: Day): void {
  const shares = factOn(market.facts, security.id, 'a_shares', day, knownAt);
  if (shares) {
    c.aShares[i] = shares.value;
    if (shares.quality === 'backcast') c.marks[i] |= MARKS.shares_backcast;
    if (shares.quality === 'assumed') c.marks[i] |= MARKS.shares_assumed;
  }
  c.tradableShares[i] =
    factOn(market.facts, security.id, 'float_a_shares', day, knownAt)?.value ?? Number.NaN;
  const inclusion = factOn(market.facts, security.id, 'inclusion_factor', day, knownAt);
  if (inclusion) {
    c.inclusionFactor[i] = inclusion.value;
    if (inclusion.quality === 'reconstructed') c.marks[i] |= MARKS.float_reconstructed;
    if (inclusion.quality === 'assumed') c.marks[i] |= MARKS.float_assumed;
  }
  if (factOn(market.facts, security.id, 'dual_listed', day, knownAt)) c.marks[i] |= MARKS.dual_listed;
  if (factOn(market.facts, security.id, 'risk_warning', day, knownAt)?.value === 1) c.riskWarning[i] = 1;
}

/** Means over the days traded in the window; the share count of each day multiplies that day's close. */
function fillAverages(
  c: Columns,
  i: number,
  market: Market,
  security: Security,
  panelRow: number,
  window: NonNullable<SnapshotRequest['window']>,
  knownAt: Day,
): void {
  const { day, close, value, start } = market.prices;
  const counts = knownFacts(market.facts, security.id, 'a_shares', knownAt);
  const from = Math.max(window.from, firstCountedDay(market.calendar, security, window.skipFirstSessions));
  const last = lastRow(market.prices, panelRow, window.to);
  let capTotal = 0;
  let valueTotal = 0;
  let capDays = 0;
  let valueDays = 0;
  let countRow = counts.length - 1;
  for (let row = last; row >= start[panelRow] && day[row] >= from; row--) {
    countRow = countInForce(counts, countRow, day[row]);
    if (countRow >= 0) {
      capTotal += close[row] * counts[countRow].value;
      capDays++;
    }
    if (!Number.isNaN(value[row])) {
      valueTotal += value[row];
      valueDays++;
    }
  }
  if (capDays > 0) c.averageTotalCap[i] = capTotal / capDays;
  if (valueDays > 0) c.averageValue[i] = valueTotal / valueDays;
}

function countInForce(counts: readonly Fact[], row: number, day: number): number {
  while (row >= 0 && counts[row].asOf > day) row--;
  return row;
}

function firstCountedDay(calendar: SessionCalendar, security: Security, skip: number): number {
  // Listings before the calendar begins are long past any window.
  if (security.listed < calendar.days[0] || skip === 0) return security.listed;
  return shiftSessions(calendar, sessionOnOrAfter(calendar, security.listed), skip);
}

function rowsById(prices: PricePanel): Map<SecurityId, number> {
  return new Map(prices.ids.map((id, i) => [id, i]));
}

function noPrices(market: Market, day: Day): Refusal {
  assert(market.prices.ids.length > 0, 'the market has prices');
  let last = 0;
  for (let i = 0; i < market.prices.ids.length; i++) {
    last = Math.max(last, market.prices.day[market.prices.start[i + 1] - 1]);
  }
  return new Refusal(
    'no_prices',
    `there is no close on ${formatDay(day)}; the data set's last close is of ${formatDay(last as Day)}`,
    { day: formatDay(day), last: formatDay(last as Day) },
  );
}
