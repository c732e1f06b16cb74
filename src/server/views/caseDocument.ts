/**
 * What one review needs, as columns of JSON: small enough to send, complete enough that the core in a browser computes
 * what the server computes. Closes reach from a year before the last known basket to the swap close.
 */
import {
  addMonths,
  formatDay,
  panelRange,
  Refusal,
  type Day,
  type Fact,
  type IndexData,
  type PricePanel,
  type PublishedAssets,
  type PublishedChange,
  type PublishedReserve,
  type ReviewDates,
  type Rulebook,
  type Security,
  type ShareAction,
  type TrackerUnits,
} from '../../core/index.js';

/** Days are whole numbers since 1970-01-01; a missing number is `null`. */
export interface CaseDocument {
  readonly dates: ReviewDates;
  /** The last close in it. */
  readonly last: Day;
  readonly rulebook: Rulebook;
  readonly securities: readonly Security[];
  readonly calendar: { readonly market: string; readonly days: readonly number[] };
  readonly prices: CasePrices;
  readonly facts: readonly Fact[];
  readonly actions: readonly ShareAction[];
  readonly baskets: readonly CaseBasket[];
  readonly changes: readonly PublishedChange[];
  readonly reserve: readonly PublishedReserve[];
  readonly assets: readonly PublishedAssets[];
  readonly trackerUnits: readonly TrackerUnits[];
  /** Published closes of the index, [day, level]. */
  readonly levels: readonly (readonly [Day, number])[];
}

/** Rows of one security after the other, each ascending by day. */
export interface CasePrices {
  readonly ids: readonly string[];
  /** How many rows belong to each. */
  readonly rows: readonly number[];
  /** Difference from the row before; the first row of a security from 1970-01-01. */
  readonly dayStep: readonly number[];
  readonly close: readonly number[];
  readonly value: readonly (number | null)[];
  /** One digit per row, an index into `PRICE_QUALITIES`. */
  readonly quality: string;
}

export interface CaseBasket {
  readonly knownOn: Day;
  readonly index: string;
  readonly swap: Day;
  readonly effective: Day;
  readonly ids: readonly string[];
  readonly adjustedShares: readonly number[];
  readonly cappingFactors: readonly number[];
  readonly divisor: number;
  readonly quality: string;
  readonly note: string;
}

/** The averages of a cut-off look back this far, and no cut-off lies before the basket that it replaces. */
const LOOK_BACK_MONTHS = 13;

/** @throws Refusal `no_basket` when none is known from before the review */
export function caseDocument(data: IndexData, dates: ReviewDates): CaseDocument {
  const { market } = data;
  const before = data.baskets.filter(({ composition }) => composition.swap < dates.swap);
  const start = before.at(-1)?.composition.swap;
  if (start === undefined) {
    throw new Refusal(
      'no_basket',
      `no basket of ${data.rulebook.id} before ${formatDay(dates.effective)} is known`,
      { effective: formatDay(dates.effective) },
    );
  }
  const to = Math.min(dates.swap, panelRange(market.prices).last) as Day;
  return {
    dates,
    last: to,
    rulebook: data.rulebook,
    securities: market.securities,
    calendar: { market: market.calendar.market, days: Array.from(market.calendar.days) },
    prices: casePrices(market.prices, addMonths(start, -LOOK_BACK_MONTHS), to),
    facts: [...market.facts.values()].flat().filter(({ knownOn }) => knownOn <= to),
    actions: data.actions,
    baskets: before.map(({ knownOn, composition }) => ({
      ...composition,
      knownOn,
      adjustedShares: Array.from(composition.adjustedShares),
      cappingFactors: Array.from(composition.cappingFactors),
    })),
    changes: data.changes.filter(({ announced }) => announced <= to),
    reserve: data.reserve.filter(({ announced }) => announced <= to),
    assets: data.assets.filter(({ knownOn }) => knownOn <= to),
    trackerUnits: data.trackerUnits.filter(({ knownOn }) => knownOn <= to),
    levels: [...data.levels].filter(([day]) => day <= to),
  };
}

/** A security keeps its last close before the first day: it may not have traded since. */
function casePrices(panel: PricePanel, from: Day, to: Day): CasePrices {
  const rows: number[] = [];
  const kept: number[] = [];
  for (let security = 0; security < panel.ids.length; security++) {
    const [start, end] = [panel.start[security], panel.start[security + 1]];
    let first = start;
    while (first + 1 < end && panel.day[first + 1] <= from) first++;
    let count = 0;
    for (let row = first; row < end && panel.day[row] <= to; row++, count++) kept.push(row);
    rows.push(count);
  }
  const held = panel.ids.map((_, i) => i).filter((i) => rows[i] > 0);
  const starts = new Set(startsOf(rows));
  return {
    ids: held.map((i) => panel.ids[i]),
    rows: held.map((i) => rows[i]),
    dayStep: kept.map((row, i) => panel.day[row] - (starts.has(i) ? 0 : panel.day[kept[i - 1]])),
    close: kept.map((row) => panel.close[row]),
    value: kept.map((row) => (Number.isNaN(panel.value[row]) ? null : panel.value[row])),
    quality: kept.map((row) => panel.quality[row]).join(''),
  };
}

/** Where the rows of each security begin. */
function startsOf(rows: readonly number[]): number[] {
  let at = 0;
  return rows.map((count) => (at += count) - count);
}
