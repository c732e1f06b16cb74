/**
 * Fundamentalists, chartists and noise in one agent, on an order book (C. Chiarella and G. Iori, "A simulation analysis
 * of the microstructure of double auction markets", Quantitative Finance 2, 2002): each step one agent expects
 *
 *   r = (wF / tauR ln(pF / p) + wC / tau ln(p_t / p_{t-tau}) + wN epsilon) / (wF + wC + wN),  p' = p exp(r tau)
 *
 * and buys at p' (1 - k) when that is above the price, or sells at p' (1 + k), one share, for tau steps.
 */
import { exp, log } from '../forecast/arithmetic.js';
import {
  bestLevel,
  BUY,
  orderBook,
  remove,
  rest,
  SELL,
  sweep,
  tradeTape,
  type OrderBook,
} from '../exchange/orderBook.js';
import { below, normal, randomStream, uniform } from './randomStream.js';

export interface ChiarellaIoriPlan {
  readonly seed: number;
  readonly agents: number;
  /** Fundamental price, ticks. */
  readonly fundamental: number;
  /** Means of the exponential weights; 0 leaves the part out. */
  readonly fundamentalWeight: number;
  readonly chartistWeight: number;
  readonly noiseWeight: number;
  /** Standard deviation of the noise per step. */
  readonly noise: number;
  /** Uniform ranges: return to the fundamental price, horizon, margin. */
  readonly reversion: readonly [number, number];
  readonly horizon: readonly [number, number];
  readonly margin: readonly [number, number];
  /**
   * What agents take for the price when a step has no trade: the middle of the book, as the paper has it, or the last
   * trade, as PAMS has it. With the last trade the price does not move before the first one either.
   */
  readonly untraded: 'middle' | 'last-trade';
  /** Steps in which orders only collect, and steps that trade. */
  readonly quiet: number;
  readonly steps: number;
}

export interface ChiarellaIoriRun {
  /** Last price after each step that trades, ticks. */
  readonly prices: Float64Array;
  /** Middle of the best prices: free of the bounce between them. */
  readonly middles: Float64Array;
  /** Shares traded in each. */
  readonly volumes: Float64Array;
  readonly orders: number;
  readonly trades: number;
}

export type ChiarellaIoriSetting = Omit<ChiarellaIoriPlan, 'seed' | 'steps'>;

/**
 * The sample `CI2002` of the simulator PAMS (masanorihirano/pams): weights Exp(1), no chartists, price 300. PAMS has ticks of
 * 0.00001 that orders need not keep to; here they are 0.001, which is small beside a typical change of price.
 */
export const CI2002: ChiarellaIoriSetting = {
  agents: 100,
  fundamental: 300_000,
  fundamentalWeight: 1,
  chartistWeight: 0,
  noiseWeight: 1,
  noise: 0.001,
  reversion: [50, 100],
  horizon: [100, 200],
  margin: [0, 0.1],
  untraded: 'last-trade',
  quiet: 100,
};

/**
 * The setting in which PAMS holds its own market to stylised facts (its manual's page "Stylized facts" and
 * `tests/validation`): shorter horizons, narrower margins, a slower way back to the fundamental price.
 */
export const FCN_VALIDATION: ChiarellaIoriSetting = {
  ...CI2002,
  reversion: [400, 800],
  horizon: [10, 50],
  margin: [0, 0.01],
  quiet: 1000,
};

interface Agents {
  readonly fundamental: Float64Array;
  readonly chartist: Float64Array;
  readonly noise: Float64Array;
  readonly reversion: Float64Array;
  readonly horizon: Int32Array;
  readonly margin: Float64Array;
}

/** Orders expire by step: those that end at a step are linked, so that none is looked at before its time. */
export function chiarellaIori(plan: ChiarellaIoriPlan): ChiarellaIoriRun {
  const { seed, fundamental, quiet, steps, noise } = plan;
  const agents = agentsOf(plan);
  const random = randomStream(seed, 4);
  const total = quiet + steps;
  const levels = fundamental * 4;
  const book = orderBook(levels, total);
  const tape = tradeTape(total);
  const ends = new Int32Array(total + plan.horizon[1] + 1).fill(-1);
  const sameEnd = new Int32Array(total);
  const path = new Float64Array(total);
  const middles = new Float64Array(steps);
  const volumes = new Float64Array(steps);
  let last = fundamental;
  for (let step = 0; step < total; step++) {
    for (let order = ends[step]; order >= 0; order = sameEnd[order]) remove(book, order);
    if (step === quiet) clearCrossing(book);
    const agent = below(random, plan.agents);
    const expected = expectedPrice(agents, agent, step, path, last, fundamental, noise * normal(random));
    const buys = expected > last;
    const margin = agents.margin[agent];
    const price = Math.round(buys ? expected * (1 - margin) : expected * (1 + margin));
    const level = Math.min(levels - 1, Math.max(1, price));
    const side = buys ? BUY : SELL;
    const before = tape.count;
    const left = step < quiet ? 1 : sweep(book, tape, side, step, level, 1);
    if (left > 0) {
      rest(book, side, step, level, left);
      const end = step + agents.horizon[agent];
      sameEnd[step] = ends[end];
      ends[end] = step;
    }
    const traded = tape.count > before ? tape.trades[before * 4 + 2] : -1;
    // PAMS keeps the last trade; before the first one there is a middle once trading has begun.
    const keeps = plan.untraded === 'last-trade' && (step < quiet || tape.count > 0);
    last = keeps && traded < 0 ? last : priceNow(book, traded, last);
    path[step] = last;
    if (step < quiet) continue;
    volumes[step - quiet] = tape.count - before;
    middles[step - quiet] = priceNow(book, -1, last);
  }
  return { prices: path.slice(quiet), middles, volumes, orders: total, trades: tape.count };
}

function agentsOf(plan: ChiarellaIoriPlan): Agents {
  const random = randomStream(plan.seed, 3);
  const exponential = (mean: number) =>
    Float64Array.from({ length: plan.agents }, () => -mean * log(uniform(random)));
  const between = ([from, to]: readonly [number, number]) =>
    Float64Array.from({ length: plan.agents }, () => from + (to - from) * uniform(random));
  return {
    fundamental: exponential(plan.fundamentalWeight),
    chartist: exponential(plan.chartistWeight),
    noise: exponential(plan.noiseWeight),
    reversion: between(plan.reversion),
    horizon: Int32Array.from(between(plan.horizon)),
    margin: between(plan.margin),
  };
}

function expectedPrice(
  agents: Agents,
  agent: number,
  step: number,
  path: Float64Array,
  last: number,
  fundamental: number,
  noise: number,
): number {
  const horizon = agents.horizon[agent];
  const earlier = step > horizon ? path[step - horizon - 1] : fundamental;
  const [f, c, n] = [agents.fundamental[agent], agents.chartist[agent], agents.noise[agent]];
  const value = (f * log(fundamental / last)) / agents.reversion[agent];
  const trend = (c * log(last / earlier)) / horizon;
  const rate = (value + trend + n * noise) / (f + c + n);
  return last * exp(Math.max(-1, Math.min(1, rate * horizon)));
}

/** Last trade; without one the middle of the book, and where a side is missing what it was. */
function priceNow(book: OrderBook, traded: number, last: number): number {
  if (traded >= 0) return traded;
  const [bid, ask] = [bestLevel(book, BUY), bestLevel(book, SELL)];
  return bid >= 0 && ask >= 0 && bid < ask ? (bid + ask) / 2 : last;
}

/** What collected may cross; the better priced of both sides go before trading begins. */
function clearCrossing(book: OrderBook): void {
  while (bestLevel(book, BUY) >= bestLevel(book, SELL) && bestLevel(book, SELL) >= 0) {
    remove(book, book.ends[book.best[BUY] * 2]);
    remove(book, book.ends[book.best[SELL] * 2]);
  }
}
