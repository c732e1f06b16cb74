/**
 * Benchmarks of the level engine on a made-up market with a seed: 20 years of days, quarterly reviews under a 10 % cap
 * and a 40 % cap on the five largest, corporate actions, live ticks, and ten thousand variants of a rulebook.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cappedRebalances,
  capsOf,
  changeClauses,
  CSI_POLICY,
  indexHistory,
  liveBook,
  liveLevel,
  parseDay,
  recomputedLevel,
  resolveRulebook,
  tick,
} from '../dist/core/index.js';
import { loadStar50 } from './case.mjs';
import { generator } from './generator.mjs';

const SESSIONS = 20 * 252;
const QUARTER = 63;
/** Sessions between pricing and swap, as for the STAR 50. */
const LAG = 5;
const BASE_DIVISOR = 1e9;
const CAPS = [
  { id: 'single', rule: { kind: 'single', cap: 0.1 } },
  { id: 'top-5', rule: { kind: 'top-k', k: 5, limit: 0.4, redistribution: 'capped-stay' } },
];
const TAX = { rates: {}, otherwise: 0.1, source: 'the benchmark' };
const TICKS = 200_000;
const PEER = 'level.py';
const VARIANTS = 10_000;

/** Slow calls need fewer of them. */
const HISTORY = { warmUpBatches: 20, samples: 31 };
const LIVE = { warmUpBatches: 2, samples: 7 };
const ONCE = { warmUpBatches: 0, warmUpMs: 0, measureMs: 0, samples: 1 };

export const LEVEL_BENCHMARKS = {
  'level-50': benchmark('level-50', { batch: 10, settings: HISTORY, start: () => startHistory(50) }),
  'level-500': benchmark('level-500', { batch: 2, settings: HISTORY, start: () => startHistory(500) }),
  'level-actions': benchmark('level-actions', {
    batch: 1,
    settings: HISTORY,
    start: () => startActions(500),
  }),
  'level-live': benchmark('level-live', { per: TICKS, settings: LIVE, start: () => startLive(1000, 50) }),
  'level-live-all': benchmark('level-live-all', {
    per: TICKS,
    settings: LIVE,
    start: () => startLive(100, 100),
  }),
  'level-live-caps': {
    batch: 1,
    per: TICKS,
    settings: LIVE,
    without: 'the numpy program keeps no caps',
    start: () => startLive(1000, 50, 0.1),
  },
  'variants-10000': {
    batch: 1,
    per: VARIANTS,
    settings: ONCE,
    without: 'ten thousand times level-50',
    start: startVariants,
  },
};

/** With the numpy program beside it. @param write puts the same inputs where that program reads them */
function benchmark(name, parts) {
  return { batch: 1, peer: PEER, write: (folder) => writeLevelCase(folder, name), ...parts };
}

/** Reviews and levels: caps at 79 pricing closes, divisor at 79 swaps, 5,040 levels. */
function startHistory(n) {
  const { closes, rows, shares } = market(n);
  const schedule = scheduleOf(closes.days);
  const start = { rows, shares, factors: new Float64Array(n).fill(1), divisor: BASE_DIVISOR };
  return {
    call: () =>
      indexHistory({
        closes,
        start,
        rebalances: cappedRebalances(closes, rows, shares, CAPS, schedule),
        policy: CSI_POLICY,
      }),
    check: ({ price }) => price.every((level) => level > 0),
    output: ({ price, divisor }) => ({
      exact: {},
      close: { price: [...price], divisor: [...divisor] },
    }),
  };
}

/** The same with a dividend a year and a bonus issue every five, for three kinds of return. */
function startActions(n) {
  const { closes, rows, shares } = market(n);
  const { actions } = actionsOf(closes);
  const schedule = scheduleOf(closes.days);
  const start = { rows, shares, factors: new Float64Array(n).fill(1), divisor: BASE_DIVISOR };
  return {
    call: () =>
      indexHistory({
        closes,
        start,
        rebalances: cappedRebalances(closes, rows, shares, CAPS, schedule),
        actions,
        policy: CSI_POLICY,
        tax: TAX,
      }),
    check: ({ price, gross, net }) => gross.every((level, t) => level >= price[t] && level >= net[t]),
    output: ({ price, gross, net, divisor }) => ({
      exact: {},
      close: { price: [...price], gross: [...gross], net: [...net], divisor: [...divisor] },
    }),
  };
}

/** Ticks over 20 indices: every tick moves each index that holds the security. */
function startLive(securities, members, cap) {
  const { prices, indices, row, price } = feedOf(securities, members, cap);
  const book = liveBook(prices, indices);
  return {
    call: () => {
      for (let i = 0; i < TICKS; i++) tick(book, row[i], price[i]);
      return book;
    },
    check: () => indices.every((_, k) => Math.abs(liveLevel(book, k) / recomputedLevel(book, k) - 1) < 1e-12),
    output: () => ({ exact: {}, close: { levels: indices.map((_, k) => liveLevel(book, k)) } }),
  };
}

/**
 * Ten thousand rulebooks that differ in the single cap and in the limit on the five, each through twenty years of
 * quarterly reviews of fifty members.
 */
async function startVariants() {
  const { closes, rows, shares } = market(50);
  const schedule = scheduleOf(closes.days);
  const start = { rows, shares, factors: new Float64Array(50).fill(1), divisor: BASE_DIVISOR };
  const rulebook = await loadStar50();
  const capsOfVariant = (i) => {
    const changes = [
      { clause: 'caps.single', field: 'cap', value: 0.05 + (i % 100) / 1000 },
      { clause: 'caps.top-five', field: 'limit', value: 0.25 + Math.floor(i / 100) / 500 },
    ];
    return capsOf(resolveRulebook(changeClauses(rulebook, changes), parseDay('2025-09-15')));
  };
  const levelOf = (caps) => {
    const rebalances = cappedRebalances(closes, rows, shares, caps, schedule);
    return indexHistory({ closes, start, rebalances, policy: CSI_POLICY }).price.at(-1);
  };
  return {
    call: () => Float64Array.from({ length: VARIANTS }, (_, i) => levelOf(capsOfVariant(i))),
    check: (last) => last.every((level) => level > 0),
    output: (last) => ({ exact: {}, close: { last: [...last] } }),
  };
}

function scheduleOf(days) {
  const schedule = [];
  for (let t = QUARTER; t < SESSIONS; t += QUARTER) {
    schedule.push({ pricedOn: days[t - LAG - 1], effective: days[t] });
  }
  return schedule;
}

function market(n) {
  const random = generator(n);
  const close = new Float64Array(n * SESSIONS);
  for (let row = 0; row < n; row++) {
    let price = 10 + 90 * random();
    for (let t = 0; t < SESSIONS; t++) {
      price *= Math.exp((random() + random() + random() - 1.5) * 0.02);
      close[row * SESSIONS + t] = price;
    }
  }
  const shares = Float64Array.from({ length: n }, () => 1e8 * (random() + 1e-2) ** -0.7);
  const days = Int32Array.from({ length: SESSIONS }, (_, t) => 10_000 + Math.floor((t * 7) / 5));
  const ids = Array.from({ length: n }, (_, row) => String(600_000 + row));
  return { closes: { ids, days, close }, rows: Int32Array.from(ids.keys()), shares };
}

function actionsOf({ ids, days }) {
  const random = generator(7);
  const actions = [];
  const columns = { row: [], t: [], cash: [], bonus: [] };
  const add = (row, year, cash, bonus) => {
    const t = year * 252 + Math.floor(random() * 252);
    if (t === 0) return;
    const on = { id: ids[row], exDay: days[t] };
    actions.push(
      cash > 0 ? { kind: 'dividend', ...on, cashPerShare: cash } : { kind: 'bonus', ...on, perShare: bonus },
    );
    for (const [name, value] of Object.entries({ row, t, cash, bonus })) columns[name].push(value);
  };
  for (let year = 0; year < SESSIONS / 252; year++) {
    for (let row = 0; row < ids.length; row++) {
      add(row, year, 0.05 + 0.3 * random(), 0);
      if (random() < 0.2) add(row, year, 0, 0.1 + Math.floor(9 * random()) / 10);
    }
  }
  return { actions, columns };
}

function feedOf(securities, members, cap) {
  const random = generator(20);
  const prices = Float64Array.from({ length: securities }, () => 5 + 95 * random());
  const indices = Array.from({ length: 20 }, (_, k) => {
    const first = Math.floor(((securities - members) * k) / 19);
    const rows = Int32Array.from({ length: members }, (__, i) => first + i);
    const shares = Float64Array.from(rows, () => 1e6 * (random() + 0.01) ** -1.1);
    const factors = Float64Array.from(rows, () => 0.8 + 0.2 * random());
    return { id: `index-${k}`, rows, shares, factors, divisor: 1e6, ...(cap && { cap }) };
  });
  const row = Int32Array.from({ length: TICKS }, () => Math.floor(random() * securities));
  const last = prices.slice();
  const price = Float64Array.from(row, (r) => (last[r] *= 0.999 + 0.002 * random()));
  return { prices, indices, row, price };
}

/** The same inputs for the numpy program: a JSON document and raw float64 columns. */
function writeLevelCase(folder, name) {
  const write = (file, column) => writeFileSync(join(folder, `${file}.f64`), Float64Array.from(column));
  const live = { 'level-live': [1000, 50], 'level-live-all': [100, 100] }[name];
  const document = { name, sessions: SESSIONS, quarter: QUARTER, lag: LAG, divisor: BASE_DIVISOR };
  if (live === undefined) {
    const n = name === 'level-50' ? 50 : 500;
    const { closes, shares } = market(n);
    write('close', closes.close);
    write('shares', shares);
    Object.assign(document, { members: n, actions: name === 'level-actions' });
    if (document.actions) {
      const { columns } = actionsOf(closes);
      for (const [column, values] of Object.entries(columns)) write(`action-${column}`, values);
    }
  } else {
    const { prices, indices, row, price } = feedOf(...live);
    Object.assign(document, { members: live[1], indices: indices.length, securities: live[0] });
    write('prices', prices);
    write('tick-row', row);
    write('tick-price', price);
    write(
      'index-rows',
      indices.flatMap(({ rows }) => [...rows]),
    );
    write(
      'index-shares',
      indices.flatMap(({ shares, factors }) => shares.map((s, i) => s * factors[i])).flatMap((s) => [...s]),
    );
    write(
      'divisors',
      indices.map(({ divisor }) => divisor),
    );
  }
  writeFileSync(join(folder, 'level.json'), JSON.stringify(document));
}
