/**
 * Benchmarks of what a decision is made from, on made-up numbers with a seed: impact of ten thousand orders under every model,
 * an Almgren-Chriss frontier of two hundred points, an event study of five hundred events.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { abnormalReturns, almgrenChrissPath, groupStudy, impactTable } from '../dist/core/index.js';
import { generator } from './generator.mjs';

const ORDERS = 10_000;
const POINTS = 200;
const PERIODS = 50;
const EVENTS = 500;
const DAYS = 250;
const WINDOW = 11;
const PEER = 'decision.py';
const SLOW = { warmUpBatches: 20, samples: 31 };

export const DECISION_BENCHMARKS = {
  'impact-10000': { peer: PEER, batch: 1, settings: SLOW, write: writeOrders, start: startImpact },
  'frontier-200': { peer: PEER, batch: 5, settings: SLOW, write: writeProblem, start: startFrontier },
  'study-500': { peer: PEER, batch: 1, settings: SLOW, write: writeReturns, start: startStudy },
};

/** Ten thousand orders, nine models each, with bands and findings. */
function startImpact() {
  const { shares, adv, sigma, outstanding, spread, slope, error } = orders();
  return {
    call: () =>
      Array.from(shares, (size, i) =>
        impactTable(
          { shares: size, days: 2 },
          {
            advShares: adv[i],
            volatility: sigma[i],
            sharesOutstanding: outstanding[i],
            spread: spread[i],
            lambda: { slope: slope[i], standardError: error[i], days: 60, largestFlow: adv[i] },
          },
        ),
      ),
    check: (tables) => tables.every(({ rows }) => rows.length === 9 && rows.every(({ cost }) => cost > 0)),
    output: (tables) => ({
      exact: {},
      close: {
        peak: tables.flatMap(({ rows }) => rows.map((row) => row.peak)),
        cost: tables.flatMap(({ rows }) => rows.map((row) => row.cost)),
      },
    }),
  };
}

/** Two hundred risk aversions, fifty periods each. */
function startFrontier() {
  const points = riskAversions();
  return {
    call: () => points.map((lambda) => almgrenChrissPath(PROBLEM, lambda)),
    check: (paths) => paths.every(({ cost }, i) => i === 0 || cost >= paths[i - 1].cost * (1 - 1e-12)),
    output: (paths) => ({
      exact: {},
      close: { cost: paths.map(({ cost }) => cost), variance: paths.map(({ variance }) => variance) },
    }),
  };
}

/** Five hundred events of 250 days on one calendar: market models, windows, and every test of each day. */
function startStudy() {
  const { market, own } = returns();
  const span = new Float64Array(DAYS).fill(1);
  const rows = { estimationFrom: 0, estimationTo: DAYS - WINDOW, from: DAYS - WINDOW, to: DAYS - 1 };
  return {
    call: () => {
      const events = Array.from({ length: EVENTS }, (_, i) =>
        abnormalReturns({ own: own.subarray(i * DAYS, (i + 1) * DAYS), benchmark: market, span }, rows),
      );
      return { events, group: groupStudy(events) };
    },
    check: ({ group }) => group.days.length === WINDOW,
    output: ({ events, group }) => ({
      exact: {},
      // A sum near 0 has no relative precision; with one added it has.
      close: {
        beta: events.map(({ beta }) => beta),
        car: events.map(({ car }) => 1 + car),
        error: events.map(({ carError }) => carError),
        correlation: [1 + group.correlation],
        patell: group.days.map(({ tests }) => 10 + tests.patell),
        bmp: group.days.map(({ tests }) => 10 + tests.bmp),
        rank: group.days.map(({ tests }) => 10 + tests.corradoRank),
        sign: group.days.map(({ tests }) => 10 + tests.generalisedSign),
      },
    }),
  };
}

function orders() {
  const random = generator(11);
  const column = (of) => Float64Array.from({ length: ORDERS }, of);
  const adv = column(() => 1e5 * (random() + 0.01) ** -1.5);
  return {
    adv,
    shares: adv.map((volume) => (random() - 0.5) * volume),
    sigma: column(() => 0.01 + 0.05 * random()),
    outstanding: adv.map((volume) => volume * (50 + 500 * random())),
    spread: column(() => 0.0005 + 0.002 * random()),
    slope: adv.map((volume) => (0.01 + 0.05 * random()) / volume),
    error: adv.map((volume) => 0.005 / volume),
  };
}

const PROBLEM = {
  shares: 1e6,
  days: 5,
  periods: PERIODS,
  volatility: 0.95,
  halfSpread: 0.0625,
  permanent: 2.5e-7,
  temporary: 2.5e-6,
};

const riskAversions = () => Array.from({ length: POINTS }, (_, i) => 10 ** (-8 + i / 50));

function returns() {
  const random = generator(12);
  const draw = () => random() + random() + random() - 1.5;
  const market = Float64Array.from({ length: DAYS }, () => 0.02 * draw());
  const own = Float64Array.from({ length: EVENTS * DAYS }, (_, i) => market[i % DAYS] + 0.04 * draw());
  return { market, own };
}

function writeOrders(folder) {
  writeColumns(folder, 'impact-10000', orders(), {});
}

function writeProblem(folder) {
  writeColumns(folder, 'frontier-200', { riskAversions: riskAversions() }, PROBLEM);
}

function writeReturns(folder) {
  writeColumns(folder, 'study-500', returns(), { events: EVENTS, days: DAYS, window: WINDOW });
}

function writeColumns(folder, name, columns, scalars) {
  for (const [column, values] of Object.entries(columns)) {
    writeFileSync(join(folder, `${column}.f64`), Float64Array.from(values));
  }
  writeFileSync(join(folder, 'decision.json'), JSON.stringify({ name, ...scalars }));
}
