/**
 * The pro forma: the basket after a review, weighed. Capping factors are computed from uncapped market values at
 * the closes of the pricing date and then frozen; the weights that funds must hold are those factors at the
 * closes of the swap day. A member capped at 10 % on the first day is in general not at 10 % on the second.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { assert, Refusal } from '../base/errors.js';
import { distinctFindings, type Finding } from '../base/finding.js';
import { sum } from '../base/sum.js';
import { formatDay } from '../calendar/day.js';
import { shareRatioBetween, type ShareAction } from '../events/corporateActions.js';
import { capsOf, sharesRuleOf, startOf, type Methodology } from '../methodology/methodology.js';
import type { ReviewDates } from '../methodology/reviewDates.js';
import { hasMark, markFindings, rowsAmong, type Snapshot } from '../market/snapshot.js';
import { applyCaps, type CapOutcome, type ClauseId } from '../weighting/capping.js';
import { countedRatio, type SharesRule } from '../weighting/countedRatio.js';
import { adjustedSharesOn, type Composition } from './composition.js';

export interface ProFormaMember {
  readonly id: SecurityId;
  /** Weight in the old basket at the swap close; 0 for an addition. */
  readonly weightBefore: number;
  /** Uncapped weight in the new basket at the pricing close; 0 for a deletion. */
  readonly weightUncapped: number;
  /** Weight in the new basket at the pricing close, caps applied; 0 for a deletion. */
  readonly weightAtPricing: number;
  /** Weight in the new basket at the swap close: what funds hold from then on; 0 for a deletion. */
  readonly weightAfter: number;
  /** In the new basket, 0..1; 0 for a deletion. */
  readonly cappingFactor: number;
  /** Clauses that set its weight at the pricing close. */
  readonly boundBy: readonly ClauseId[];
  /** Close of the swap day, CNY. */
  readonly priceAtSwap: number;
}

export interface ProForma {
  readonly dates: ReviewDates;
  /** Close that priced the factors: the pricing date, or the last known close before it. */
  readonly pricedOn: Day;
  /** Close at which the trade was valued: the swap day, or the last known close before it. */
  readonly valuedOn: Day;
  /** Old and new members, ascending by code. */
  readonly members: readonly ProFormaMember[];
  readonly outcomes: readonly CapOutcome[];
  /** Ids of the new basket, row for row with the outcomes' `bound`. */
  readonly newIds: readonly SecurityId[];
  readonly before: Composition;
  readonly after: Composition;
  /** Level at the swap close, the same before and after. */
  readonly level: number;
  /** Half the sum of absolute weight changes, 0..1. */
  readonly turnoverOneWay: number;
  readonly findings: readonly Finding[];
}

interface ProFormaInput {
  readonly methodology: Methodology;
  readonly dates: ReviewDates;
  readonly before: Composition;
  readonly actions: readonly ShareAction[];
  /** Members after the review, ascending by code. */
  readonly members: readonly SecurityId[];
  readonly atPricing: Snapshot;
  readonly atSwap: Snapshot;
}

/** @throws Refusal when a cap cannot be met or an addition has no share count */
export function proForma(input: ProFormaInput): ProForma {
  const { methodology, dates, before, atPricing, atSwap } = input;
  const newIds = input.members;
  // Looked through once per member: only those that can matter.
  const actions = input.actions.filter(({ exDay }) => exDay > before.swap);
  const rows = rowsOfBaskets(input);
  const adjusted = adjustedSharesOfNewBasket({ ...input, actions }, rows);
  const pricesAtPricing = pricesOf(atPricing, rows.atPricing, newIds);
  const uncappedValues = adjusted.map((shares, i) => shares * pricesAtPricing[i]);
  const { from: start, level: entities } = startOf(methodology);
  const inForce = shareOut(uncappedValues.map((value, i) => value * factorBefore(before, newIds[i])));
  const caps = applyCaps(uncappedValues, capsOf(methodology), { start, level: entities, inForce });

  const sharesBefore = indexSharesOn(before, actions, atSwap.day);
  const pricesBefore = pricesOf(atSwap, rows.atSwap, before.ids);
  const level = sum(sharesBefore.map((shares, i) => shares * pricesBefore[i])) / before.divisor;
  const pricesAfter = pricesOf(atSwap, rows.atSwap, newIds);
  // A bonus issue between the two closes multiplies shares and divides the price.
  const adjustedAtSwap = adjusted.map(
    (shares, i) => shares * shareRatioBetween(actions, newIds[i], atPricing.day, atSwap.day),
  );
  const valuesAfter = adjustedAtSwap.map((shares, i) => shares * caps.factors[i] * pricesAfter[i]);
  const after: Composition = {
    index: before.index,
    swap: dates.swap,
    effective: dates.effective,
    ids: newIds,
    adjustedShares: adjustedAtSwap,
    cappingFactors: caps.factors,
    // The divisor takes the whole change, so the level does not jump (chained Laspeyres).
    divisor: sum(valuesAfter) / level,
    quality: before.quality,
    note: 'computed by the rulebook from the basket before it',
  };

  const members = merge(before, sharesBefore, pricesBefore, newIds, valuesAfter, pricesAfter, caps);
  return {
    dates,
    pricedOn: atPricing.day,
    valuedOn: atSwap.day,
    members,
    outcomes: caps.outcomes,
    newIds,
    before,
    after,
    level,
    turnoverOneWay: sum(members.map((m) => Math.abs(m.weightAfter - m.weightBefore))) / 2,
    findings: findingsOf(input, rows),
  };
}

/** Capping factor in force; an addition enters uncapped. */
function factorBefore({ ids, cappingFactors }: Composition, id: SecurityId): number {
  const row = ids.indexOf(id);
  return row < 0 ? 1 : cappingFactors[row];
}

function shareOut(values: Float64Array): Float64Array {
  const total = sum(values);
  return values.map((value) => value / total);
}

/** Rows of the old and new members in the two snapshots. */
interface BasketRows {
  readonly atPricing: ReadonlyMap<SecurityId, number>;
  readonly atSwap: ReadonlyMap<SecurityId, number>;
}

function rowsOfBaskets({ before, members, atPricing, atSwap }: ProFormaInput): BasketRows {
  const ids = [...before.ids, ...members];
  return { atPricing: rowsAmong(atPricing, ids), atSwap: rowsAmong(atSwap, ids) };
}

/** Members keep their adjusted shares; an addition enters with A shares x inclusion factor as known at pricing. */
function adjustedSharesOfNewBasket(input: ProFormaInput, rows: BasketRows): Float64Array {
  const { methodology, before, actions, atPricing, members } = input;
  const rule = sharesRuleOf(methodology);
  const carried = adjustedSharesOn(before, actions, atPricing.day);
  const rowBefore = new Map(before.ids.map((id, i) => [id, i]));
  return columnOf(members, (id) => {
    const old = rowBefore.get(id);
    if (old !== undefined) return carried[old];
    return adjustedSharesOfAddition(rule, atPricing, id, rows.atPricing.get(id));
  });
}

/** A shares x inclusion factor as known on the day of a snapshot. @throws Refusal `no_share_count` */
export function adjustedSharesOfAddition(
  rule: SharesRule,
  snapshot: Snapshot,
  id: SecurityId,
  row: number | undefined,
): number {
  const shares = row === undefined ? Number.NaN : snapshot.aShares[row];
  if (row === undefined || Number.isNaN(shares)) {
    throw new Refusal(
      'no_share_count',
      `${id} enters the index but its A-share count on ${formatDay(snapshot.day)} is not known`,
      { id },
    );
  }
  const inclusion = snapshot.inclusionFactor[row];
  if (!Number.isNaN(inclusion)) return shares * inclusion;
  // An unknown free float is no reason to refuse. It is at most what can be traded: holders of 5 % and more are
  // taken out of it, so the band of the tradable shares is an upper bound (finding `float_unknown`).
  return shares * tradableRatio(rule, snapshot, row);
}

/** Band of the tradable share of A shares, 0..1: the largest inclusion factor possible; 1 when not known. */
export function tradableRatio(rule: SharesRule, snapshot: Snapshot, row: number): number {
  const tradable = Math.min(1, snapshot.tradableShares[row] / snapshot.aShares[row]);
  return Number.isNaN(tradable) ? 1 : countedRatio(rule, tradable);
}

function indexSharesOn(composition: Composition, actions: readonly ShareAction[], day: Day): Float64Array {
  return adjustedSharesOn(composition, actions, day).map(
    (shares, i) => shares * composition.cappingFactors[i],
  );
}

/** One number per security. `Float64Array.from` would ask an iterator for each of them. */
function columnOf(ids: readonly SecurityId[], numberOf: (id: SecurityId) => number): Float64Array {
  const column = new Float64Array(ids.length);
  for (let i = 0; i < ids.length; i++) column[i] = numberOf(ids[i]);
  return column;
}

function pricesOf(
  snapshot: Snapshot,
  rows: ReadonlyMap<SecurityId, number>,
  ids: readonly SecurityId[],
): Float64Array {
  return columnOf(ids, (id) => {
    const row = rows.get(id);
    const price = row === undefined ? Number.NaN : snapshot.price[row];
    if (Number.isNaN(price)) {
      throw new Refusal('no_price', `${id} has no close on or before ${formatDay(snapshot.day)}`, {
        id,
        day: formatDay(snapshot.day),
      });
    }
    return price;
  });
}

function merge(
  before: Composition,
  sharesBefore: Float64Array,
  pricesBefore: Float64Array,
  newIds: readonly SecurityId[],
  valuesAfter: Float64Array,
  pricesAfter: Float64Array,
  caps: ReturnType<typeof applyCaps>,
): ProFormaMember[] {
  const valuesBefore = sharesBefore.map((shares, i) => shares * pricesBefore[i]);
  const totalBefore = sum(valuesBefore);
  const totalAfter = sum(valuesAfter);
  const rowBefore = new Map(before.ids.map((id, i) => [id, i]));
  const rowAfter = new Map(newIds.map((id, i) => [id, i]));
  const ids = [...new Set([...before.ids, ...newIds])].toSorted();
  return ids.map((id) => {
    const b = rowBefore.get(id);
    const a = rowAfter.get(id);
    return {
      id,
      weightBefore: b === undefined ? 0 : valuesBefore[b] / totalBefore,
      weightUncapped: a === undefined ? 0 : caps.uncapped[a],
      weightAtPricing: a === undefined ? 0 : caps.weights[a],
      weightAfter: a === undefined ? 0 : valuesAfter[a] / totalAfter,
      cappingFactor: a === undefined ? 0 : caps.factors[a],
      boundBy: a === undefined ? [] : boundBy(caps.outcomes, a),
      priceAtSwap: a === undefined ? pricesBefore[b as number] : pricesAfter[a],
    };
  });
}

function boundBy(outcomes: readonly CapOutcome[], row: number): ClauseId[] {
  return outcomes.filter((outcome) => outcome.bound.includes(row)).map((outcome) => outcome.id);
}

function findingsOf(
  { dates, before, atPricing, atSwap, members }: ProFormaInput,
  rows: BasketRows,
): Finding[] {
  assert(atPricing.day <= atSwap.day, 'factors are priced before the trade');
  const findings: Finding[] = [];
  const say = (code: string, subject: string, message: string): void => {
    findings.push({ code, subject, message });
  };
  if (atPricing.day !== dates.pricing) {
    say(
      'prices_stand_still',
      'pricing',
      `factors priced at the close of ${formatDay(atPricing.day)}, the last one known; the pricing date is ${formatDay(dates.pricing)}`,
    );
  }
  if (atSwap.day !== dates.swap) {
    say(
      'prices_stand_still',
      'swap',
      `trades valued at the close of ${formatDay(atSwap.day)}, the last one known; the swap close is of ${formatDay(dates.swap)}`,
    );
  }
  if (before.quality !== 'reported') say(`weights_${before.quality}`, before.index, before.note);
  const memberBefore = new Set(before.ids);
  const memberAfter = new Set(members);
  const added = members.filter((id) => !memberBefore.has(id)).map((id) => rows.atPricing.get(id) as number);
  for (const row of added) {
    if (Number.isNaN(atPricing.inclusionFactor[row])) {
      say(
        'float_unknown',
        atPricing.securities[row].id,
        'free float not known; weighed with the band of its tradable shares, so its weight is an upper bound',
      );
    }
  }
  // A member whose factor was below one in the old basket was weighed from its uncapped shares, never published.
  before.ids.forEach((id, i) => {
    if (before.cappingFactors[i] < 1 && memberAfter.has(id)) {
      say(
        'uncapped_float_assumed',
        id,
        `capped in the old basket (factor ${before.cappingFactors[i].toFixed(4)}); its uncapped float is inferred, and any value that keeps it above the cap gives the same review`,
      );
    }
  });
  const held = members.flatMap((id) => rows.atPricing.get(id) ?? []);
  const traded = [...new Set([...before.ids, ...members])].flatMap((id) => rows.atSwap.get(id) ?? []);
  return distinctFindings(
    findings,
    markFindings(atPricing, added, [
      'float_assumed',
      'float_reconstructed',
      'shares_backcast',
      'shares_assumed',
    ]),
    markFindings(
      atPricing,
      held.filter((row) => hasMark(atPricing, row, 'stale_price')),
      ['stale_price'],
    ),
    markFindings(atSwap, traded, ['stale_price', 'adjusted_price', 'price_imported']),
  );
}
