/**
 * Traders without intelligence. `godeSunder`: random quotes that never lose money find nearly all there is to gain
 * (D. K. Gode and S. Sunder, "Allocative efficiency of markets with zero-intelligence traders", J. Political Economy
 * 101, 1993, ZI-C). `poissonBook`: limit orders, market orders and cancels at constant rates (M. G. Daniels et al.,
 * Physical Review Letters 90, 2003; J. D. Farmer, P. Patelli, I. I. Zovko, PNAS 102, 2005).
 */
import { log } from '../forecast/arithmetic.js';
import {
  bestLevel,
  BUY,
  orderBook,
  remove,
  rest,
  SELL,
  sweep,
  tradeTape,
  type BookSide,
} from '../exchange/orderBook.js';
import { below, bits, randomStream, uniform } from './randomStream.js';

export interface GodeSunderPlan {
  readonly seed: number;
  /** Per buyer what each unit is worth, falling; per seller what each costs, rising; 1..highest. Units go in order. */
  readonly values: readonly (readonly number[])[];
  readonly costs: readonly (readonly number[])[];
  readonly highest: number;
  /** Quotes in the period; the paper gave thirty seconds and no number. */
  readonly quotes: number;
  /** Whether nobody quotes at a loss (ZI-C, unless told otherwise) or anywhere on the scale (ZI-U). */
  readonly constrained?: boolean;
}

/**
 * A double auction: each quote is random between what would cost the trader money and the end of the scale, a trade is of
 * one unit at the price of who quoted first, and clears all quotes (p. 122).
 * @returns gains made over the gains that a price at the crossing would make, 0..1
 */
export function godeSunder(plan: GodeSunderPlan): number {
  const { seed, values, costs, highest, quotes, constrained = true } = plan;
  const random = randomStream(seed, 1);
  const units = [...values, ...costs];
  const traders = units.length;
  const book = orderBook(highest + 1, traders);
  const tape = tradeTape(1);
  const next = new Int32Array(traders);
  let gained = 0;
  for (let quote = 0; quote < quotes; quote++) {
    const trader = below(random, traders);
    const part = uniform(random);
    if (next[trader] === units[trader].length) continue;
    remove(book, trader);
    const buys = trader < values.length;
    const edge = buys ? highest : 1;
    const own = constrained ? units[trader][next[trader]] : edge;
    const level = buys ? 1 + Math.floor(part * own) : own + Math.floor(part * (highest + 1 - own));
    tape.count = 0;
    const side = buys ? BUY : SELL;
    if (sweep(book, tape, side, trader, level, 1) === 1) {
      rest(book, side, trader, level, 1);
      continue;
    }
    const other = tape.trades[1];
    const [buyer, seller] = buys ? [trader, other] : [other, trader];
    gained += units[buyer][next[buyer]++] - units[seller][next[seller]++];
    for (let one = 0; one < traders; one++) remove(book, one);
  }
  return gained / mostGain(values.flat(), costs.flat());
}

/** The highest values buy from the lowest costs. */
function mostGain(values: readonly number[], costs: readonly number[]): number {
  const sellers = costs.toSorted((a, b) => a - b);
  return values
    .toSorted((a, b) => b - a)
    .reduce((sum, value, i) => sum + Math.max(0, value - (sellers[i] ?? value)), 0);
}

export interface PoissonBookPlan {
  readonly seed: number;
  /** Limit orders per price, side and unit of time. */
  readonly limitRate: number;
  /** Market orders per side and unit of time. */
  readonly marketRate: number;
  /** Cancels per waiting order and unit of time. */
  readonly cancelRate: number;
  /** Prices behind the other side's best at which limit orders come. */
  readonly window: number;
  readonly events: number;
}

export interface PoissonBookRun {
  /** Mean over time, ticks. */
  readonly spread: number;
  /** Shares at the best prices, mean over events. */
  readonly depth: number;
  /** Variance of the middle price per unit of time, ticks squared. */
  readonly diffusion: number;
  readonly trades: number;
}

/** All orders are of one share. The first tenth of the events is left out of the means. */
export function poissonBook(plan: PoissonBookPlan): PoissonBookRun {
  const { seed, limitRate, marketRate, cancelRate, window, events } = plan;
  const random = randomStream(seed, 2);
  const levels = 1 << 16;
  const book = orderBook(levels, events);
  const tape = tradeTape(1);
  const live = new Int32Array(events);
  const where = new Int32Array(events);
  let count = 0;
  const drop = (order: number): void => {
    const moved = live[--count];
    live[where[order]] = moved;
    where[moved] = where[order];
  };
  const middle = levels >> 1;
  const sums = { time: 0, spread: 0, depth: 0, squares: 0, trades: 0, seen: 0 };
  let last = Number.NaN;
  for (let event = 0; event < events; event++) {
    const rates = [2 * limitRate * window, 2 * marketRate, cancelRate * count];
    const total = rates[0] + rates[1] + rates[2];
    const wait = -log(uniform(random)) / total;
    const bid = bestLevel(book, BUY);
    const ask = bestLevel(book, SELL);
    if (event > events / 10 && bid >= 0 && ask >= 0) {
      sums.time += wait;
      sums.seen++;
      sums.spread += wait * (ask - bid);
      sums.depth += book.depth[book.best[BUY]];
      const price = (bid + ask) / 2;
      if (!Number.isNaN(last)) sums.squares += (price - last) ** 2;
      last = price;
    }
    const dice = uniform(random) * total;
    const side = (bits(random) & 1) as BookSide;
    if (dice < rates[0]) {
      const away = 1 + below(random, window);
      // Behind the other side's best; where nobody is, behind the middle of the grid.
      const level =
        side === BUY
          ? (ask >= 0 ? ask : middle + window / 2) - away
          : (bid >= 0 ? bid : middle - window / 2) + away;
      rest(book, side, event, level, 1);
      where[event] = count;
      live[count++] = event;
    } else if (dice < rates[0] + rates[1]) {
      tape.count = 0;
      if (sweep(book, tape, side, event, side === BUY ? levels - 1 : 0, 1) === 0) {
        drop(tape.trades[1]);
        sums.trades++;
      }
    } else if (count > 0) {
      const order = live[below(random, count)];
      remove(book, order);
      drop(order);
    }
  }
  return {
    spread: sums.spread / sums.time,
    depth: sums.depth / sums.seen,
    diffusion: sums.squares / sums.time,
    trades: sums.trades,
  };
}
