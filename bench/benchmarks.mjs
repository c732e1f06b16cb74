/**
 * The benchmarks by name. `start` gets everything ready and returns the call that is timed; `output` is what is
 * compared with the peer (`exact` must be equal, `close` within 1e-12); `check` is what must hold in any case. A
 * benchmark with `write` puts inputs of its own where its peer reads them; `per` is how many things one call does; with
 * `threads` a call is waited for, and `sampled` means are compared within their standard errors.
 */
import { review, proForma, applyCaps, snapshotHash, takeSnapshot } from '../dist/core/index.js';
import { loadIndexData } from '../dist/data/bundle.js';
import { BUNDLE, codes, loadCase, loadStar50 } from './case.mjs';
import { DECISION_BENCHMARKS } from './decision.mjs';
import { EXCHANGE_BENCHMARKS } from './exchange.mjs';
import { FORECAST_BENCHMARKS } from './forecast.mjs';
import { LEVEL_BENCHMARKS } from './level.mjs';

export const BENCHMARKS = {
  review: { peer: 'review.py', batch: 3, start: startReview },
  'review-pro-forma': { peer: 'review_pro_forma.py', batch: 3, start: startReviewProForma },
  capping: { peer: 'capping.py', batch: 30, start: startCapping },
  'snapshot-cutoff': { peer: 'snapshot.py', batch: 1, start: startSnapshot },
  'snapshot-load': { once: true, without: 'numpy reads no Parquet', start: startLoad },
  ...LEVEL_BENCHMARKS,
  ...FORECAST_BENCHMARKS,
  ...DECISION_BENCHMARKS,
  ...EXCHANGE_BENCHMARKS,
};

/** A name asked for stands for itself and for those that begin with it. */
export const benchmarksNamed = (name) =>
  Object.keys(BENCHMARKS).filter((known) => known === name || known.startsWith(`${name}-`));

/** Selection: universe, screens, ranking, buffer, turnover limit, reserve list, one reason per security. */
async function startReview() {
  const { reviewInput, run } = await loadCase();
  return {
    call: () => review(reviewInput),
    check: (result) => String(result.members) === String(run.review.members),
    output: (result) => ({ exact: selectionOutput(result), close: {} }),
  };
}

// The order of the outcomes in bench/peers/selection.py.
const OUTCOMES = ['not-selected', 'reserve', 'retained', 'deleted', 'added', 'screened-out'];

function selectionOutput({ members, additions, deletions, reserve, decisions }) {
  const lists = Object.entries({ members, additions, deletions, reserve });
  return {
    ...Object.fromEntries(lists.map(([name, ids]) => [name, [...codes(ids)]])),
    rank: decisions.map(({ rank }) => rank ?? 0),
    outcome: decisions.map(({ outcome }) => OUTCOMES.indexOf(outcome)),
  };
}

/** Selection, then factors at the pricing close, weights before and after at the swap close, divisor. */
async function startReviewProForma() {
  const { reviewInput, proFormaInput, run } = await loadCase();
  return {
    call: () => proForma({ ...proFormaInput, members: review(reviewInput).members }),
    check: ({ after }) => String(after.cappingFactors) === String(run.proForma.after.cappingFactors),
    output: proFormaOutput,
  };
}

function proFormaOutput({ newIds, members, after, turnoverOneWay, level }) {
  const column = (name) => members.map((member) => member[name]).filter((weight) => weight > 0);
  return {
    exact: { members: [...codes(newIds)] },
    close: {
      weightsAtPricing: column('weightAtPricing'),
      factors: [...after.cappingFactors],
      weightsBefore: column('weightBefore'),
      weightsAfter: column('weightAfter'),
      totals: [turnoverOneWay, level, after.divisor],
    },
  };
}

/** Fifty values through a 10 % cap and a 40 % cap on the five largest. */
async function startCapping() {
  const { uncapped, caps, run } = await loadCase();
  return {
    call: () => applyCaps(uncapped, caps),
    check: ({ factors }) => String(factors) === String(run.proForma.after.cappingFactors),
    output: ({ weights, factors }) => ({
      exact: {},
      close: { weights: [...weights], factors: [...factors] },
    }),
  };
}

/** About 600 securities as of the cut-off, with the averages of a year. */
async function startSnapshot() {
  const { data, cutoffRequest, run } = await loadCase();
  const expected = snapshotHash(run.snapshots.atCutoff);
  return {
    call: () => takeSnapshot(data.market, cutoffRequest),
    check: (result) => snapshotHash(result) === expected,
    output: snapshotOutput,
  };
}

function snapshotOutput(snapshot) {
  const columns = (names) =>
    Object.fromEntries(
      names.map((name) => [name, Array.from(snapshot[name], (x) => (Number.isNaN(x) ? null : x))]),
    );
  return {
    exact: columns(['price', 'priceDay', 'adv20Days', 'riskWarning']),
    close: columns([
      'aShares',
      'tradableShares',
      'inclusionFactor',
      'averageTotalCap',
      'averageValue',
      'adv20Value',
    ]),
  };
}

/** Rulebook to market data in memory, from Parquet; once per process, because a person waits for it once. */
async function startLoad() {
  const rulebook = await loadStar50();
  return {
    call: () => loadIndexData(BUNDLE, rulebook),
    check: ({ market }) => market.prices.day.length > 0,
    output: ({ market: { securities, prices, facts } }) => ({
      exact: { securities: securities.length, closes: prices.day.length, factGroups: facts.size },
      close: {},
    }),
  };
}
