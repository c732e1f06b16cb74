/**
 * The X-ray of an index over a window: baskets one after the other, the first solved from its own levels, every later
 * one carried over its review; who was rescaled, when factors were priced, and, if asked, the review itself and the
 * members it exchanged found from levels and prices alone.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { distinctFindings, type Finding } from '../base/finding.js';
import { formatDay } from '../calendar/day.js';
import {
  sessionOnOrAfter,
  sessionOnOrBefore,
  sessionsBetween,
  shiftSessions,
  type SessionCalendar,
} from '../calendar/sessions.js';
import { lastRow, panelRange } from '../market/prices.js';
import { fitBasket, type BasketEstimate } from './basketFit.js';
import { scanForSwap, type BreakScan } from './breakScan.js';
import { carryBasket, type CarriedFit } from './carriedFit.js';
import { searchChange, type ChangeSearch } from './changeSearch.js';
import { equationsOf, rowOf, type PriceSource } from './equations.js';
import { stretchesOf, type MemberList, type Stretch } from './memberList.js';
import { priceDoubts } from './priceDoubts.js';
import { findPricingDate, type Caps, type PricingDate } from './pricingDate.js';
import { fTail } from './significance.js';
import { SIGNIFICANT } from './rescaled.js';
import { weightsOn, type WeightEstimate } from './weightEstimate.js';

export interface XrayInput {
  readonly source: PriceSource;
  /** Published closes of the index. */
  readonly published: ReadonlyMap<Day, number>;
  readonly calendar: SessionCalendar;
  readonly lists: readonly MemberList[];
  readonly from: Day;
  readonly to: Day;
  /** Caps in force for a basket that takes over at a close; `undefined` where the rulebook has none. */
  readonly capsOn: (swap: Day) => Caps | undefined;
  /** Look for one review and the members it exchanged, forgetting every list but the first. */
  readonly findChanges?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

/** One basket seen through. */
export interface XrayBasket {
  readonly swap: Day;
  /** Sessions used, swap close included when it is in the window. */
  readonly days: readonly Day[];
  readonly estimate: BasketEstimate;
  /** Published less fitted level by session, index points. */
  readonly residuals: Float64Array;
  /** Condition number of a basket solved from its own levels. */
  readonly condition?: number;
  /** Of a basket carried over a review. */
  readonly carried?: CarriedFit;
  readonly pricing?: PricingDate;
}

/** A review found from levels alone. */
export interface FoundReview {
  readonly scan: BreakScan;
  readonly change: ChangeSearch;
  /** Whether an exchange of members is needed to explain the levels. */
  readonly exchanged: boolean;
}

export interface Xray {
  readonly baskets: readonly XrayBasket[];
  /** Weights of the last basket at the last session. */
  readonly last: WeightEstimate;
  readonly fit: { readonly sessions: number; readonly maxResidual: number; readonly rms: number };
  /** The review of the window tried at every session, when there is one. */
  readonly scan?: BreakScan;
  readonly search?: FoundReview;
  readonly findings: readonly Finding[];
}

/** @throws Refusal `not_identified`, `members_unknown`, `no_levels`, `no_price`, `no_change_found` */
export function xrayIndex(asked: XrayInput): Xray {
  const { calendar, lists } = asked;
  const from = sessionOnOrAfter(calendar, asked.from);
  const to = sessionOnOrBefore(calendar, asked.to);
  const { last } = panelRange(asked.source.prices);
  if (to > last) throw pricesEnd(to, last);
  const input = { ...asked, from, to };
  const stretches = stretchesOf(lists, calendar, from, to);
  return input.findChanges === true ? searched(input, stretches[0]) : listed(input, stretches);
}

/** Members as the lists say. */
function listed(input: XrayInput, stretches: readonly Stretch[]): Xray {
  const baskets: XrayBasket[] = [];
  for (const stretch of stretches) {
    baskets.push(basketOf(input, stretch, baskets.at(-1)?.estimate));
  }
  const scan = scanOf(input, stretches);
  return {
    ...summaryOf(input, baskets),
    ...(scan === undefined ? {} : { scan }),
    findings: distinctFindings(
      stretches.flatMap(({ list }) => listDoubts(list)),
      scan === undefined ? [] : scanDoubts(scan, stretches[1]),
      doubtsOf(input, baskets),
    ),
  };
}

/** Members after the first list are found, not read: first the swap without knowing them, then they, then it again. */
function searched(input: XrayInput, first: Stretch): Xray {
  const { source, published, from, to } = input;
  const days = sessionsBetween(input.calendar, from, to);
  const before = first.list.ids;
  const scanned = { source, published, days, before };
  const blind = scanForSwap({ ...scanned, after: before, onProgress: part(input, 0) });
  if (blind.chance >= SIGNIFICANT) throw noChange(input, blind);
  const { swap } = blind.best;
  const old = basketOf(input, { ...first, to: swap }, undefined);
  const change = changeSince(input, old.estimate, swap);
  const exchanged = isNeeded(change, old.estimate.dof + sessionsBetween(input.calendar, swap, to).length);
  const ids = exchanged ? afterPair(before, change) : before;
  const scan = scanForSwap({ ...scanned, after: ids, onProgress: part(input, 0.5) });
  const young = { list: { ...first.list, ids, lastDay: to }, swap, from: swap, to };
  const baskets = [old, basketOf(input, young, old.estimate)];
  return {
    ...summaryOf(input, baskets),
    scan,
    search: { scan: blind, change, exchanged },
    findings: distinctFindings(listDoubts(first.list), doubtsOf(input, baskets)),
  };
}

function changeSince(input: XrayInput, previous: BasketEstimate, swap: Day): ChangeSearch {
  const { source, published, calendar, to } = input;
  const days = sessionsBetween(calendar, swap, to);
  const equations = (ids: readonly SecurityId[]) => equationsOf(source, published, ids, days, previous.base);
  const outsiders = equations(outsidersOf(source, previous.ids, swap));
  return searchChange({ previous, members: equations(previous.ids), outsiders });
}

/** Progress of half the work, which starts at a part of the whole. */
const part =
  ({ onProgress }: XrayInput, from: number) =>
  (done: number, total: number): void =>
    onProgress?.(from * total * 2 + done, total * 2);

function basketOf(input: XrayInput, stretch: Stretch, previous: BasketEstimate | undefined): XrayBasket {
  const { source, published, calendar } = input;
  const { list, swap, from, to } = stretch;
  const days = sessionsBetween(calendar, from, to);
  const equations = equationsOf(source, published, list.ids, days, previous?.base ?? days[0]);
  const solved = previous === undefined ? fitBasket(equations) : carryBasket(previous, equations);
  const { estimate, residuals } = solved;
  const caps = input.capsOn(swap);
  const before = pricingDays(input, list.ids, swap);
  return {
    swap,
    days: equations.days,
    estimate,
    residuals,
    ...('condition' in solved ? { condition: solved.condition } : { carried: solved }),
    ...(caps === undefined || before.length === 0
      ? {}
      : { pricing: findPricingDate(source, estimate, before, caps) }),
  };
}

/** Reviews are announced two to three weeks before they take effect; factors are never priced earlier. */
const PRICING_SESSIONS = 15;

/** Sessions up to the swap on which every member has a price. */
function pricingDays({ source, calendar }: XrayInput, ids: readonly SecurityId[], swap: Day): Day[] {
  const { prices } = source;
  const rows = ids.map((id) => rowOf(prices.ids, id));
  return sessionsBetween(calendar, shiftSessions(calendar, swap, 1 - PRICING_SESSIONS), swap).filter((day) =>
    rows.every((row) => lastRow(prices, row, day) >= 0),
  );
}

/** The one review of the window tried at every session, if the window leaves room for that. */
function scanOf(input: XrayInput, stretches: readonly Stretch[]): BreakScan | undefined {
  if (stretches.length !== 2) return undefined;
  const { source, published, calendar, from, to } = input;
  const [before, after] = stretches.map(({ list }) => list.ids);
  try {
    const days = sessionsBetween(calendar, from, to);
    return scanForSwap({ source, published, days, before, after, onProgress: input.onProgress });
  } catch (error) {
    // The fit stands without the scan, which needs more sessions than the fit.
    if (error instanceof Refusal && error.code === 'not_identified') return undefined;
    throw error;
  }
}

/** Everybody else who traded at the swap or since, with a price on it. */
function outsidersOf({ prices }: PriceSource, members: readonly SecurityId[], swap: Day): SecurityId[] {
  const held = new Set(members);
  return prices.ids.filter((id, row) => {
    const last = prices.day[prices.start[row + 1] - 1];
    return !held.has(id) && last >= swap && lastRow(prices, row, swap) >= 0;
  });
}

const afterPair = (members: readonly SecurityId[], { pairs: [best] }: ChangeSearch): SecurityId[] =>
  [...members.filter((id) => id !== best.deleted), best.added].toSorted();

/** Whether the best pair beats no exchange by more than the best of so many pairs would by chance. */
function isNeeded({ pairs, tried, freed, withoutChange }: ChangeSearch, sessions: number): boolean {
  if (pairs.length === 0) return false;
  const dof = sessions - 2 - freed;
  const [{ residualSquares }] = pairs;
  const f = (withoutChange - residualSquares) / (residualSquares / dof);
  return fTail(f, 1, dof) * tried < SIGNIFICANT;
}

function summaryOf(
  { source }: XrayInput,
  baskets: readonly XrayBasket[],
): Pick<Xray, 'baskets' | 'last' | 'fit'> {
  const residuals = baskets.flatMap((basket) => Array.from(basket.residuals));
  const last = baskets[baskets.length - 1];
  const squares = residuals.reduce((total, value) => total + value * value, 0);
  return {
    baskets,
    last: weightsOn(source, last.estimate, last.days[last.days.length - 1]),
    fit: {
      sessions: new Set(baskets.flatMap(({ days }) => days)).size,
      maxResidual: Math.max(...residuals.map(Math.abs)),
      rms: Math.sqrt(squares / residuals.length),
    },
  };
}

function listDoubts({ basis, firstDay }: MemberList): Finding[] {
  if (basis !== 'derived') return [];
  const message = `the list of members from ${formatDay(firstDay)} was derived by undoing documented changes`;
  return [{ code: 'members_derived', subject: formatDay(firstDay), message }];
}

function scanDoubts({ best, chance }: BreakScan, { swap }: Stretch): Finding[] {
  const shown = chance < SIGNIFICANT;
  if (best.swap === swap && shown) return [];
  const seen = shown ? `at the close of ${formatDay(best.swap)}` : 'nowhere in the window';
  const message = `levels show the change of basket ${seen}; the member list has it at ${formatDay(swap)}`;
  return [{ code: 'swap_differs', subject: formatDay(swap), message }];
}

/** Residuals above this part of the level, ten times what three decimals and whole cents explain, need a reason. */
const POOR_FIT = 2e-5;

function doubtsOf({ source, published }: XrayInput, baskets: readonly XrayBasket[]): Finding[] {
  return baskets.flatMap(({ estimate, days, swap, residuals }) => {
    const findings = priceDoubts(source.prices, estimate.ids, days);
    const largest = Math.max(...residuals.map(Math.abs));
    const level = published.get(days[0]) ?? Infinity;
    if (largest > POOR_FIT * level) {
      const message = `the basket leaves up to ${largest.toFixed(3)} points; a member, a price or a share action is not as assumed`;
      findings.push({ code: 'poor_fit', subject: formatDay(swap), message });
    }
    for (const id of estimate.ids.filter((_, j) => estimate.units[j] === 0))
      findings.push({ code: 'units_at_zero', subject: id, message: 'levels want it negative; held at zero' });
    return findings;
  });
}

function pricesEnd(to: Day, last: Day): Refusal {
  const numbers = { to: formatDay(to), last: formatDay(last) };
  return new Refusal(
    'no_price',
    `there are no closes after ${numbers.last}; the window ends ${numbers.to}`,
    numbers,
  );
}

function noChange({ from, to }: XrayInput, { best, chance }: BreakScan): Refusal {
  return new Refusal(
    'no_change_found',
    `one basket explains ${formatDay(from)} to ${formatDay(to)}; the best swap tried, ${formatDay(best.swap)}, fits no better than chance`,
    { from: formatDay(from), to: formatDay(to), bestSwap: formatDay(best.swap), chance },
  );
}
