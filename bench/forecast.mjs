/**
 * Benchmarks of the forecast kernel on a made-up market with a seed: 50 seats with lines at 40 and 60, at most 5 changes,
 * caps of 10 % and of 40 % on the five largest, 3 % a session, 20 sessions to the cut-off, 15 to pricing, 5 to the swap.
 *
 *     node bench/forecast.mjs [NAME ...] [--json]
 *
 * Each in a fresh process on two threads; the numpy program does the same reviews from random numbers of its own, and
 * no time is shown unless the two agree within sampling error.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quantilesOf } from '../dist/core/index.js';
import { forecastPool } from '../dist/data/forecastWorkers.js';

const here = fileURLToPath(import.meta.url);
const THREADS = 2;
const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95];
const RUNS = 15;
const PEER_RUNS = 3;

const BENCHMARKS = {
  'forecast-500': { names: 500, paths: 10_000, peer: true },
  'forecast-5000': { names: 5000, paths: 10_000, peer: true },
  'forecast-memory': { names: 500, paths: 100_000, peer: false },
  'forecast-again': { names: 500, paths: 10_000, peer: false, again: true },
};

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

async function measure({ names, paths, again = false }) {
  const plan = marketOf(names);
  const pool = forecastPool(THREADS);
  const times = [];
  let draws;
  const runs = paths > 50_000 ? 1 : RUNS;
  for (let i = paths > 50_000 ? 1 : -4; i <= runs; i++) {
    const changed = again ? withPrice(plan, i) : plan;
    const started = performance.now();
    draws = await pool.simulate(changed, { seed: i + 10, paths });
    quantiles(draws);
    if (i > 0) times.push(performance.now() - started);
  }
  await pool.close();
  const byId = new Map(draws.names.map((name) => [name.id, name]));
  const column = (of) => plan.ids.map((id) => (byId.has(id) ? of(byId.get(id)) : 0));
  const output = {
    in: column((name) => name.inPlain.mean),
    conditional: column((name) => name.in.mean),
    conditionalError: column((name) => name.in.error),
    capped: column((name) => name.cappedPlain.mean),
    flow: column((name) => name.flowPlain.mean),
    flowError: column((name) => name.flowPlain.error),
    turnover: draws.turnoverOneWay.mean,
  };
  return {
    medianMs: median(times),
    minMs: Math.min(...times),
    peakMb: process.resourceUsage().maxRSS / 1024,
    output,
  };
}

/** Somebody changes a price by a percent and asks again. */
function withPrice(plan, turn) {
  const price = plan.price.slice();
  price[turn + 10] *= 1.01;
  return { ...plan, price, pricingBase: price };
}

const quantiles = ({ names }) => names.map(({ flowSamples }) => quantilesOf(flowSamples, QUANTILES));

function writeCase(folder, { names, paths }) {
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

/** Both are samples of the same distribution: every difference within 5 of its standard errors, of thousands compared. */
function agree(name, ours, theirs, paths) {
  const check = (what, row, a, b, error) => {
    if (Math.abs(a - b) <= 5 * error) return;
    throw new Error(`${name}: ${what} of row ${row} is ${a} against ${b}, so no time is shown`);
  };
  ours.in.forEach((p, row) => {
    const errorOf = (q) => Math.sqrt((2 * Math.max(q * (1 - q), 4 / paths)) / paths);
    check('P(in)', row, p, theirs.in[row], errorOf((p + theirs.in[row]) / 2));
    check(
      'P(capped)',
      row,
      ours.capped[row],
      theirs.capped[row],
      errorOf((ours.capped[row] + theirs.capped[row]) / 2),
    );
    const error = Math.hypot(ours.flowError[row], theirs.flowError[row]);
    // A name traded on a handful of paths has no error to speak of.
    if (Math.min(p, theirs.in[row]) > 20 / paths) check('flow', row, ours.flow[row], theirs.flow[row], error);
  });
  if (Math.abs(ours.turnover / theirs.turnover - 1) > 0.02) throw new Error(`${name}: turnover differs`);
}

/**
 * How much sooner a stated standard error of P(in) is reached: the variance per path, ours conditional and theirs
 * plain, times the time per path; the median over the names between 5 % and 95 %, and over all open ones.
 */
function soonerBy(ours, theirs, paths) {
  const ratios = (low) =>
    ours.conditional.flatMap((p, row) => {
      if (p < low || p > 1 - low || ours.conditionalError[row] === 0) return [];
      return [(p * (1 - p)) / paths / ours.conditionalError[row] ** 2];
    });
  const times = theirs.medianMs / ours.medianMs;
  return {
    middle: times * median(ratios(0.05)),
    all: times * median(ratios(0.001)),
    variance: median(ratios(0.05)),
  };
}

function run(name) {
  const benchmark = BENCHMARKS[name];
  const folder = mkdtempSync(join(tmpdir(), 'counterweight-forecast-'));
  const options = {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  };
  try {
    const ours = JSON.parse(execFileSync(process.execPath, [here, '--measure', name], options));
    const result = {
      name,
      medianMs: ours.medianMs,
      minMs: ours.minMs,
      pathsPerSecond: (1000 * benchmark.paths) / ours.medianMs,
      peakMb: ours.peakMb,
    };
    if (!benchmark.peer) return result;
    writeCase(folder, benchmark);
    const program = fileURLToPath(new URL('peers/forecast.py', import.meta.url));
    const theirs = JSON.parse(execFileSync('python3', [program, folder, String(PEER_RUNS)], options));
    agree(name, ours.output, theirs.output, benchmark.paths);
    const sooner = soonerBy({ ...ours.output, medianMs: ours.medianMs }, theirs, benchmark.paths);
    return {
      ...result,
      peer: { name: theirs.name, medianMs: theirs.medianMs },
      ratio: theirs.medianMs / ours.medianMs,
      sooner,
      outputsAgree: true,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function show({ name, medianMs, minMs, pathsPerSecond, peakMb, peer, ratio, sooner }) {
  const own = `${name}: median ${medianMs.toFixed(1)} ms, fastest ${minMs.toFixed(1)} ms, ${Math.round(pathsPerSecond)} paths/s, peak ${peakMb.toFixed(0)} MB`;
  if (peer === undefined) return own;
  return (
    `${own}; ${peer.name} ${peer.medianMs.toFixed(0)} ms, ${ratio.toFixed(1)}x, outputs agree; the same standard error of ` +
    `P(in) ${sooner.middle.toFixed(0)}x sooner (variance ${sooner.variance.toFixed(1)}x less), ${sooner.all.toFixed(0)}x with the tails`
  );
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

function normal(random) {
  let total = -6;
  for (let i = 0; i < 12; i++) total += random();
  return total;
}

/** mulberry32 */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

async function main(args) {
  if (args[0] === '--measure') {
    process.stdout.write(JSON.stringify(await measure(BENCHMARKS[args[1]])));
    return;
  }
  const named = args.filter((arg) => !arg.startsWith('--'));
  const wanted = Object.keys(BENCHMARKS).filter((name) => named.length === 0 || named.includes(name));
  const results = wanted.map((name) => {
    const result = run(name);
    if (!args.includes('--json')) console.log(show(result));
    return result;
  });
  if (args.includes('--json')) console.log(JSON.stringify({ results }, null, 2));
}

await main(process.argv.slice(2));
