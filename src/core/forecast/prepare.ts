/**
 * A plan cut down to the names that can matter, with what only the whole of it says: this is what is sent to threads, and
 * what the kernel makes its columns from.
 */
import { rankingSpace, type ForecastPlan } from './plan.js';
import { everyName, prune, type Relevance } from './prune.js';

export interface Prepared {
  /** Only the rows that take part. */
  readonly plan: ForecastPlan;
  /** Where they are in the whole plan, ascending; and how many rows that has. */
  readonly rows: Int32Array;
  readonly of: number;
  readonly space: 'log' | 'plain';
  /** Rows of the plan cut down. */
  readonly relevance: Relevance;
  readonly linesKnown: boolean;
}

/** @param pruned false: leave nobody out, to show that it changes nothing */
export function prepare(plan: ForecastPlan, pruned = true): Prepared {
  const space = rankingSpace(plan);
  const relevance = relevantNames(plan, space, pruned);
  const rows = takingPart(plan, relevance);
  const indexOf = new Int32Array(plan.ids.length);
  rows.forEach((row, i) => (indexOf[row] = i));
  const indices = (list: Int32Array): Int32Array => list.map((row) => indexOf[row]);
  return {
    plan: cutDown(plan, rows),
    rows,
    of: plan.ids.length,
    space,
    relevance: { ranked: indices(relevance.ranked), sure: indices(relevance.sure) },
    linesKnown: areLinesKnown(plan),
  };
}

function relevantNames(plan: ForecastPlan, space: 'log' | 'plain', pruned: boolean): Relevance {
  if (plan.seats.kind === 'fixed') {
    const sure = Int32Array.from(plan.ids.keys()).filter((row) => plan.fixedMember[row] === 1);
    return { ranked: new Int32Array(0), sure };
  }
  return pruned ? prune(plan, plan.seats, space) : everyName(plan);
}

/** Whoever is ranked, is in the old basket, or was a member. */
function takingPart(plan: ForecastPlan, { ranked, sure }: Relevance): Int32Array {
  const takes = new Uint8Array(plan.ids.length);
  for (const row of ranked) takes[row] = 1;
  for (const row of sure) takes[row] = 1;
  const member = plan.seats.kind === 'buffer' ? plan.incumbent : takes;
  const rows: number[] = [];
  for (let row = 0; row < takes.length; row++) {
    if (takes[row] === 1 || member[row] === 1 || plan.oldShares[row] > 0) rows.push(row);
  }
  return Int32Array.from(rows);
}

function cutDown(plan: ForecastPlan, rows: Int32Array): ForecastPlan {
  const floats = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row]);
  const bytes = (column: Uint8Array): Uint8Array => Uint8Array.from(rows, (row) => column[row]);
  return {
    ...plan,
    ids: Array.from(rows, (row) => plan.ids[row]),
    incumbent: bytes(plan.incumbent),
    eligible: bytes(plan.eligible),
    fixedMember: bytes(plan.fixedMember),
    measureKnown: floats(plan.measureKnown),
    measureFuture: floats(plan.measureFuture),
    measureDoubt: floats(plan.measureDoubt),
    market: floats(plan.market),
    sector: floats(plan.sector),
    own: floats(plan.own),
    sectorOf: Uint16Array.from(rows, (row) => plan.sectorOf[row]),
    price: floats(plan.price),
    pricingBase: floats(plan.pricingBase),
    oldShares: floats(plan.oldShares),
    newShares: floats(plan.newShares),
  };
}

/**
 * Whether `lines.ts` knows the rule: a keep line at or below the seats, no more members than seats, and newcomers enough for
 * all of them, so that no seat stays empty.
 */
function areLinesKnown({ seats, incumbent, eligible }: ForecastPlan): boolean {
  if (seats.kind === 'fixed') return false;
  const members = incumbent.reduce((sum, mark) => sum + mark, 0);
  const newcomers = incumbent.reduce((sum, mark, row) => sum + (mark === 0 ? eligible[row] : 0), 0);
  return (
    seats.keep >= seats.count &&
    (seats.order === 'keep-first' || seats.enter <= seats.count) &&
    members <= seats.count &&
    newcomers >= seats.count
  );
}
