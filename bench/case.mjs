/**
 * What every benchmark works on: the STAR 50 review of September 2025 from the bundled data. `loadCase` gives it
 * to our side; `writeCase` writes the same inputs as JSON and .npy files for the numpy programs.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  addDays,
  addMonths,
  capsOf,
  clauseOfKind,
  datesOfReview,
  parseDay,
  provenanceOf,
  resolveRulebook,
  rowsOf,
  runReview,
} from '../dist/core/index.js';
import { loadIndexData } from '../dist/data/bundle.js';
import { loadRulebook } from '../dist/data/rulebooks.js';

const root = fileURLToPath(new URL('..', import.meta.url));
export const BUNDLE = join(root, 'datasets', 'cn-star');

export const loadStar50 = () => loadRulebook('star-50', join(root, 'rulebooks'));

export async function loadCase() {
  const rulebook = await loadStar50();
  const data = await loadIndexData(BUNDLE, rulebook);
  const effective = parseDay('2025-09-15');
  const methodology = resolveRulebook(rulebook, effective);
  const dates = datesOfReview(methodology, data.market.calendar, effective);
  const run = runReview(data, { effective, knownAt: dates.swap });
  const { before } = run.proForma;
  const { atCutoff, atPricing, atSwap } = run.snapshots;
  const sessions = data.market.calendar;
  // Without the announcement: the rules alone must find the members, as the numpy program has to.
  const reviewInput = {
    methodology,
    dates,
    incumbents: before.ids,
    atCutoff,
    sessions,
    announcement: undefined,
  };
  const proFormaInput = { methodology, dates, before, actions: data.actions, atPricing, atSwap };
  return { data, run, reviewInput, proFormaInput, cutoffRequest: cutoffRequest(run), ...capping(run) };
}

/** What the pipeline asks the cut-off snapshot for. */
function cutoffRequest({ methodology, dates }) {
  const { rule } = clauseOfKind(methodology, 'ranking', 'average-total-cap');
  const from = addDays(addMonths(dates.cutoff, -rule.windowMonths), 1);
  const window = { from, to: dates.cutoff, skipFirstSessions: rule.skipFirstSessions };
  return { day: dates.cutoff, knownAt: dates.swap, window };
}

/** The fifty uncapped values of the new basket at the pricing close, and the caps they must meet. */
function capping({ methodology, proForma, snapshots }) {
  const { ids, adjustedShares } = proForma.after;
  const rows = rowsOf(snapshots.atPricing);
  const uncapped = adjustedShares.map((shares, i) => shares * snapshots.atPricing.price[rows.get(ids[i])]);
  return { uncapped, caps: capsOf(methodology) };
}

export function writeCase(folder, loaded) {
  const { data, run, proFormaInput, cutoffRequest: request, uncapped } = loaded;
  const { day, knownAt, window } = request;
  const { dates, methodology, snapshots } = run;
  const document = {
    provenance: provenanceOf(run),
    dates: { ...dates, before: proFormaInput.before.swap },
    divisor: proFormaInput.before.divisor,
    snapshot: { day, knownAt, from: window.from, skipFirstSessions: window.skipFirstSessions },
    selection: selectionRules(methodology),
    caps: capRules(methodology),
  };
  writeFileSync(join(folder, 'case.json'), JSON.stringify(document));
  const columns = {
    ...cutoffColumns(snapshots.atCutoff),
    ...basketColumns(proFormaInput, snapshots),
    ...marketColumns(data.market),
    uncapped,
    sessions: data.market.calendar.days,
  };
  for (const [name, column] of Object.entries(columns)) {
    writeFileSync(join(folder, `${name}.npy`), npy(column));
  }
}

function selectionRules(methodology) {
  const ruleOf = (section, kind) => clauseOfKind(methodology, section, kind).rule;
  const age = ruleOf('screens', 'listing-age');
  const exceptions = age.exceptions.filter((exception) => !exception.committee);
  const universe = ruleOf('universe', 'listed-on');
  const buffer = ruleOf('selection', 'buffer');
  same([exceptions.length, universe.types.length, buffer.order], [1, KINDS.length, 'keep-first']);
  return {
    board: BOARDS.indexOf(universe.board),
    lastKind: KINDS.length - 1,
    listingMonths: age.months,
    exceptionTop: exceptions[0].rankTop,
    exceptionMonths: exceptions[0].months,
    exceptionSessions: exceptions[0].sessionsAfterCutoff,
    keepTop: ruleOf('screens', 'liquidity').keepTop,
    count: buffer.count,
    enter: buffer.enter,
    keep: buffer.keep,
    turnover: ruleOf('selection', 'turnover-limit').fraction,
    reserve: ruleOf('selection', 'reserve-list').length,
  };
}

function capRules(methodology) {
  const [single, top] = capsOf(methodology).map(({ rule }) => rule);
  same([single.kind, top.kind, top.redistribution], ['single', 'top-k', 'capped-stay']);
  return { cap: single.cap, k: top.k, limit: top.limit };
}

/** The numpy programs know only these rules; another rulebook must not be compared with them. */
function same(found, expected) {
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(`the rulebook says ${JSON.stringify(found)}, the peers know ${JSON.stringify(expected)}`);
  }
}

const BOARDS = ['STAR'];
const KINDS = ['share', 'cdr'];

function cutoffColumns({ securities, averageTotalCap, averageValue, riskWarning }) {
  return {
    ids: codes(securities.map(({ id }) => id)),
    listed: Int32Array.from(securities, ({ listed }) => listed),
    board: Int32Array.from(securities, ({ board }) => BOARDS.indexOf(board)),
    kind: Int32Array.from(securities, ({ kind }) => KINDS.indexOf(kind)),
    averageTotalCap,
    averageValue,
    riskWarning,
  };
}

function basketColumns({ before, actions }, { atPricing, atSwap }) {
  return {
    incumbents: codes(before.ids),
    adjustedShares: before.adjustedShares,
    cappingFactors: before.cappingFactors,
    actionId: codes(actions.map(({ id }) => id)),
    actionDay: Int32Array.from(actions, ({ exDay }) => exDay),
    actionRatio: Float64Array.from(actions, ({ shareRatio }) => shareRatio),
    pricingIds: codes(atPricing.securities.map(({ id }) => id)),
    pricingPrice: atPricing.price,
    pricingShares: atPricing.aShares,
    pricingInclusion: atPricing.inclusionFactor,
    swapIds: codes(atSwap.securities.map(({ id }) => id)),
    swapPrice: atSwap.price,
  };
}

/** Prices stock-major, securities without any as empty stretches; facts by field, ascending by security and day. */
function marketColumns({ securities, prices, facts }) {
  same(
    prices.ids.filter((id) => !securities.some((security) => security.id === id)),
    [],
  );
  const panelRow = new Map(prices.ids.map((id, i) => [id, i]));
  const start = new Int32Array(securities.length + 1);
  securities.forEach(({ id }, i) => {
    const row = panelRow.get(id);
    start[i + 1] = start[i] + (row === undefined ? 0 : prices.start[row + 1] - prices.start[row]);
  });
  return {
    marketListed: Int32Array.from(securities, ({ listed }) => listed),
    priceStart: start,
    priceDay: prices.day,
    priceClose: prices.close,
    priceValue: prices.value,
    ...factColumns('a_shares', securities, facts),
    ...factColumns('float_a_shares', securities, facts),
    ...factColumns('inclusion_factor', securities, facts),
    ...factColumns('risk_warning', securities, facts),
  };
}

function factColumns(field, securities, facts) {
  const found = securities.flatMap(({ id }, row) =>
    (facts.get(`${id}/${field}`) ?? []).map((fact) => ({ ...fact, row })),
  );
  return {
    [`${field}Row`]: Int32Array.from(found, ({ row }) => row),
    [`${field}AsOf`]: Int32Array.from(found, ({ asOf }) => asOf),
    [`${field}KnownOn`]: Int32Array.from(found, ({ knownOn }) => knownOn),
    [`${field}Value`]: Float64Array.from(found, ({ value }) => value),
  };
}

/** Codes as numbers, which numpy compares faster than texts. */
export const codes = (ids) => Int32Array.from(ids, Number);

const NPY_TYPES = { Float64Array: '<f8', Int32Array: '<i4', Uint8Array: '|u1' };

/** A one-dimensional column in numpy's file format, version 1.0: padded header, then the bytes. */
function npy(column) {
  const type = NPY_TYPES[column.constructor.name];
  const description = `{'descr': '${type}', 'fortran_order': False, 'shape': (${column.length},), }`;
  const header = `${description.padEnd(128 - 11)}\n`;
  const size = Buffer.from([header.length & 255, header.length >> 8]);
  const magic = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  const bytes = Buffer.from(column.buffer, column.byteOffset, column.byteLength);
  return Buffer.concat([magic, size, Buffer.from(header, 'latin1'), bytes]);
}
