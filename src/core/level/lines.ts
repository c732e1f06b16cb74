/**
 * The members of an index while a history is being calculated: one line per row of the close matrix. A line's value
 * is added up lazily, from the session it last changed (`since`) to the next change; lines that nothing changes between
 * two baskets wait for the end (eras.ts). The only mutable thing here; it never leaves `indexHistory`.
 */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import { addRow } from './accumulate.js';
import type { CloseMatrix } from './closeMatrix.js';
import type { Currencies } from './currencies.js';
import type { ValueChange } from './divisor.js';
import { addEras, noEras, reserve, type Eras } from './eras.js';

/** Members of eras that may wait to be added: 50 MB. */
const MOST_WAITING = 1 << 22;

export interface Lines {
  readonly closes: CloseMatrix;
  readonly currencies: Currencies;
  /** Index value per currency and session, in that currency: of the lines that changed within an era, as far as settled. */
  readonly values: readonly Float64Array[];
  /** Shares x inclusion factor. */
  readonly shares: Float64Array;
  /** Capping factors. */
  readonly factors: Float64Array;
  /** shares x factors. */
  readonly indexShares: Float64Array;
  /** First session not settled yet; -1 for a row that is not a member. */
  readonly since: Int32Array;
  /** Currency of each listing, row of `currencies`. */
  readonly currency: Int32Array;
  /** Shares that one share of the first session has become through share actions, and its factor likewise. */
  readonly carriedShares: Float64Array;
  readonly carriedFactor: Float64Array;
  /** Share counts that wait for the next regular date; NaN for none. */
  readonly waiting: Float64Array;
  /** 1 for a row that was delisted: it enters no basket any more. */
  readonly gone: Uint8Array;
  /** 1 for a spun-off child that stays for a while only. */
  readonly passing: Uint8Array;
  readonly changes: ValueChange[];
  /** Whether any share action has been carried yet. */
  carries: boolean;
  /** Session at which the members last began together. */
  settled: number;
  /** Not added to `values` yet. */
  readonly eras: Eras;
}

/** @param baskets how many there will be, for the first of the eras' columns to have the right length */
export function emptyLines(
  closes: CloseMatrix,
  used: Currencies,
  currency: Int32Array,
  baskets: number,
): Lines {
  const n = closes.ids.length;
  return {
    closes,
    currencies: used,
    values: used.codes.map(() => new Float64Array(closes.days.length)),
    shares: new Float64Array(n),
    factors: new Float64Array(n),
    indexShares: new Float64Array(n),
    since: new Int32Array(n).fill(-1),
    currency,
    carriedShares: new Float64Array(n).fill(1),
    carriedFactor: new Float64Array(n).fill(1),
    waiting: new Float64Array(n).fill(Number.NaN),
    gone: new Uint8Array(n),
    passing: new Uint8Array(n),
    changes: [],
    carries: false,
    settled: 0,
    eras: noEras(Math.min(n * baskets, MOST_WAITING)),
  };
}

export const isMember = (lines: Lines, row: number): boolean => row >= 0 && lines.since[row] >= 0;

/** Close of session t, currency of the listing. @throws Refusal `no_price` when it has not traded by then */
export function closeAt(lines: Lines, row: number, t: number): number {
  const { closes } = lines;
  const close = closes.close[row * closes.days.length + t];
  if (!Number.isNaN(close)) return close;
  const day = formatDay(closes.days[t] as Day);
  throw new Refusal('no_price', `${closes.ids[row]} has no close on or before ${day}`, {
    id: closes.ids[row],
    day,
  });
}

/** Index currency per unit of the listing's currency at the close of session t. */
export const rateAt = (lines: Lines, row: number, t: number): number =>
  lines.currencies.rates[lines.currency[row]][t];

/** Price of a line in the index currency at the close of session t. */
export const priceAt = (lines: Lines, row: number, t: number): number =>
  closeAt(lines, row, t) * rateAt(lines, row, t);

/** New counts of a member from session t on; its value up to then is settled. */
export function setLine(lines: Lines, row: number, t: number, shares: number, factor: number): void {
  if (lines.since[row] >= 0) settleRow(lines, row, t);
  enterLine(lines, row, t, shares, factor);
}

/** A row that is not a member joins, or joins again, from session t on. */
export function enterLine(lines: Lines, row: number, t: number, shares: number, factor: number): void {
  lines.since[row] = t;
  lines.shares[row] = shares;
  lines.factors[row] = factor;
  lines.indexShares[row] = shares * factor;
}

export function dropLine(lines: Lines, row: number, t: number): void {
  settleRow(lines, row, t);
  lines.since[row] = -1;
  lines.waiting[row] = Number.NaN;
  lines.passing[row] = 0;
}

/** Takes every line out, for a new basket to come in. */
export function dropAll(lines: Lines, t: number): void {
  settleAll(lines, t);
  lines.since.fill(-1);
  lines.waiting.fill(Number.NaN);
  lines.passing.fill(0);
}

function settleRow(lines: Lines, row: number, t: number): void {
  const { closes, since, values, currency, indexShares } = lines;
  if (t > since[row]) closeAt(lines, row, since[row]);
  const offset = row * closes.days.length;
  addRow(values[currency[row]], closes.close, offset, since[row], t, indexShares[row]);
  since[row] = t;
}

/** Ends the era of every member before session t. */
export function settleAll(lines: Lines, t: number): void {
  for (let code = 0; code < lines.values.length; code++) settleCurrency(lines, code, t);
  lines.settled = t;
  if (lines.eras.count > MOST_WAITING) addWaiting(lines);
}

function settleCurrency(lines: Lines, code: number, t: number): void {
  const { since, currency, indexShares, settled, eras } = lines;
  reserve(eras, since.length);
  const { rows, shares, count: first } = eras;
  let end = first;
  for (let row = 0; row < since.length; row++) {
    if (since[row] < 0 || since[row] >= t || currency[row] !== code) continue;
    if (since[row] === settled) {
      rows[end] = row;
      shares[end++] = indexShares[row];
      since[row] = t;
    } else settleRow(lines, row, t);
  }
  eras.list.push({ currency: code, from: settled, to: t, first, end });
  eras.count = end;
}

/**
 * Index value per currency and session once every line is settled.
 * @throws Refusal `no_price` when a member had no close by its first session
 */
export function settledValues(lines: Lines): readonly Float64Array[] {
  addWaiting(lines);
  return lines.values;
}

function addWaiting(lines: Lines): void {
  const { eras, values, closes } = lines;
  const waiting = eras.list.slice();
  addEras(values, closes.close, eras);
  for (const { currency, from, first, end } of waiting) {
    // A member without a close shows in the sum; asking each one before would read its memory twice.
    if (!Number.isNaN(values[currency][from])) continue;
    for (let i = first; i < end; i++) closeAt(lines, eras.rows[i], from);
  }
}
