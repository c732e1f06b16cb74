/**
 * Benchmarks of the forecast kernel on a made-up market with a seed: 50 seats with lines at 40 and 60, at most 5 changes,
 * caps of 10 % and of 40 % on the five largest, 3 % a session, 20 sessions to the cut-off, 15 to pricing, 5 to the swap.
 * One call runs all paths on two threads and takes five quantiles of every flow. The numpy program does the same
 * reviews, plain Monte Carlo on random numbers of its own: the two must agree within sampling error.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forecastPool } from '../dist/data/forecastWorkers.js';
import { generator } from './generator.mjs';

const THREADS = 2;
const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95];
const PATHS = 10_000;
const MANY_PATHS = 100_000;
/** Largest memory of the process with so many paths. */
const MOST_MB = 300;
/** Calls before the first that counts, two seconds as elsewhere: each thread compiles for itself what it runs. */
const WARM_CALLS = 60;

/** A call is so long that a handful of them does, and fewer processes. */
const FEW = { processes: 3, warmUpBatches: 1, warmUpMs: 0, measureMs: 0, samples: 9 };

export const FORECAST_BENCHMARKS = {
  'forecast-500': withPeer(500, { settings: FEW }),
  'forecast-5000': withPeer(5000, { settings: { ...FEW, samples: 3 } }),
  'forecast-slider': {
    batch: 1,
    per: PATHS,
    threads: true,
    settings: { ...FEW, samples: 15 },
    without: 'numpy starts from the beginning: forecast-500',
    start: () => startForecast(500, PATHS, withPrice),
  },
  'forecast-memory': {
    batch: 1,
    per: MANY_PATHS,
    once: true,
    without: 'ten times forecast-500',
    start: () => startForecast(500, MANY_PATHS),
  },
};

function withPeer(names, parts) {
  return {
    batch: 1,
    per: PATHS,
    threads: true,
    peer: 'forecast.py',
    write: (folder) => writeForecastCase(folder, names, PATHS),
    start: () => startForecast(names, PATHS),
    ...parts,
  };
}

/** @param change of the plan at every call */
async function startForecast(names, paths, change = (plan) => plan) {
  const plan = marketOf(names);
  const pool = forecastPool(THREADS);
  let seed = 0;
  const call = async () => {
    const options = { seed: ++seed, paths, samples: false, flowQuantiles: QUANTILES };
    return pool.simulate(change(plan, seed), options);
  };
  const warmCalls = paths === PATHS ? WARM_CALLS : 0;
  for (let i = 0; i < warmCalls; i++) await call();
  return {
    call,
    check: ({ seats, names: drawn }) =>
      seats === 50 &&
      drawn.some(({ flowQuantiles }) => flowQuantiles.length === QUANTILES.length) &&
      process.resourceUsage().maxRSS / 1024 < MOST_MB,
    output: (draws) => outputOf(plan, draws),
    close: () => pool.close(),
  };
}

function outputOf({ ids }, { names, turnoverOneWay }) {
  const byId = new Map(names.map((name) => [name.id, name]));
  const none = { mean: 0, error: 0 };
  const column = (of) => {
    const estimates = ids.map((id) => (byId.has(id) ? of(byId.get(id)) : none));
    return { mean: estimates.map(({ mean }) => mean), error: estimates.map(({ error }) => error) };
  };
  return {
    exact: {},
    close: {},
    sampled: {
      // What is seen on a handful of paths has an error of its own, which it does not know.
      in: column((name) => name.in),
      capped: column((name) => name.capped),
      flow: column(({ flow, inPlain, incumbent }) =>
        incumbent || inPlain.mean > 20 / PATHS ? flow : { mean: null, error: null },
      ),
      turnover: { mean: [turnoverOneWay.mean], error: [turnoverOneWay.error] },
    },
  };
}

/** Somebody moves a price by a percent. */
function withPrice(plan, turn) {
  const price = plan.price.slice();
  price[(turn % 400) + 10] *= 1.01;
  return { ...plan, price, pricingBase: price };
}

function marketOf(n) {
  const random = generator(n);
  const column = (value) => Float64Array.from({ length: n }, (_, row) => value(row));
  const caps = column(() => Math.exp(1.2 * normal(random)) * 1e10);
  const then = Array.from(caps, (cap) => Math.log(cap) + 0.15 * normal(random));
  const ranking = [...caps.keys()].toSorted((a, b) => then[b] - then[a]);
  const incumbent = new Uint8Array(n);
  for (const row of ranking.slice(0, 50)) incumbent[row] = 1;
  const price = column(() => 5 + 95 * random());
  const newShares = column((row) => (caps[row] * (0.3 + 0.7 * random())) / price[row]);
  return {
    ids: Array.from({ length: n }, (_, row) => String(600_000 + row)),
    incumbent,
    eligible: new Uint8Array(n).fill(1),
    fixedMember: new Uint8Array(n),
    seats: { kind: 'buffer', count: 50, enter: 40, keep: 60, order: 'keep-first', maxChanges: 5 },
    measureKnown: column(() => 0),
    measureFuture: caps,
    measureDoubt: column(() => 0),
    market: column(() => 0.015),
    sector: column(() => 0),
    own: column(() => 0.026),
    sectorOf: new Uint16Array(n),
    sectors: 0,
    // Mean of 20 sessions: a third of their variance; what is left of them after it, and 15 more to pricing.
    horizon: {
      average: Math.sqrt(20 / 3),
      pricingOnAverage: 1.5 * Math.sqrt(20 / 3),
      pricing: Math.sqrt(20 / 4 + 15),
      swap: Math.sqrt(5),
    },
    tailDegrees: Infinity,
    price,
    pricingBase: price,
    oldShares: newShares.map((shares, row) => shares * incumbent[row]),
    newShares,
    caps: [
      { id: 'single', rule: { kind: 'single', cap: 0.1 } },
      { id: 'top-5', rule: { kind: 'top-k', k: 5, limit: 0.4, redistribution: 'capped-stay' } },
    ],
    assets: 1e11,
    assetsDoubt: 0,
  };
}

function writeForecastCase(folder, names, paths) {
  const plan = marketOf(names);
  const { count, keep, maxChanges } = plan.seats;
  const limits = { cap: 0.1, k: 5, limit: 0.4 };
  const document = { paths, count, keep, maxChanges, ...limits, horizon: plan.horizon, assets: plan.assets };
  writeFileSync(join(folder, 'forecast.json'), JSON.stringify(document));
  const columns = { ...plan, measure: plan.measureFuture };
  for (const name of ['incumbent', 'measure', 'market', 'own', 'price', 'oldShares', 'newShares']) {
    writeFileSync(join(folder, `${name}.f64`), Float64Array.from(columns[name]));
  }
}

function normal(random) {
  let total = -6;
  for (let i = 0; i < 12; i++) total += random();
  return total;
}
