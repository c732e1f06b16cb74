/**
 * A day of the market around a path, written plainly from what `quotedSession.ts` says it assumes, on the plain exchange: two
 * hands, quotes, depth of auctions, queues at a price limit. STAR, whose orders are of 200 shares or more.
 */
import { ORDER } from '../../../src/core/exchange/venueDay.js';
import { clockTime, type QuotedPath } from '../../../src/core/index.js';
import { NaiveExchange } from '../exchange/naiveExchange.js';

type Side = 'buy' | 'sell';

const HAND = { sell: 0, buy: 1 } as const;
export const PERSON = 2;

export class NaiveMarket {
  readonly exchange: NaiveExchange;
  private quotes: number[] = [];
  private queue: number[] = [];
  private queueSide: Side | undefined;

  constructor(
    previousClose: number,
    private readonly path: QuotedPath,
    held: number,
  ) {
    const rules = {
      board: 'star',
      previousClose,
      limitPercent: 20,
      least: 200,
      step: 1,
      largestLimit: 100_000,
      largestMarket: 50_000,
      cageTicks: 0,
      afterHours: true,
      warned: false,
    } as const;
    this.exchange = new NaiveExchange(rules, [1e9, 1e9, held]);
    this.exchange.wait(clockTime(9, 15));
    const { prices } = path;
    this.queueSide = this.wanted(prices[0]);
    if (this.queueSide !== undefined) this.queue = this.lineUp(this.queueSide, 0, ORDER.limit);
    const last = prices.length - 1;
    const atClose = this.wanted(prices[last]);
    if (atClose !== undefined) this.lineUp(atClose, last, ORDER.atClose);
  }

  /** What it does by itself, by time of day; `m` of what has trades at a minute of the path. */
  day(): readonly { readonly time: number; readonly m?: number; readonly go: () => void }[] {
    const { exchange } = this;
    const { clocks } = this.path;
    const last = clocks.length - 1;
    const gather = (clock: number, m: number) => ({
      time: clock,
      go: () => {
        exchange.wait(clock);
        this.auction(m);
      },
    });
    const uncross = (m: number) => ({ time: clocks[m], m, go: () => exchange.wait(clocks[m]) });
    const total = this.path.volumes.reduce((sum, volume) => sum + volume, 0);
    return [
      gather(clockTime(9, 24), 0),
      uncross(0),
      ...Array.from({ length: last - 1 }, (_, i) => ({
        time: clocks[i + 1],
        m: i + 1,
        go: () => this.minute(i + 1),
      })),
      { time: clockTime(14, 57) - 1, go: () => void this.clear(clockTime(14, 57) - 1, last) },
      gather(clockTime(14, 58), last),
      uncross(last),
      {
        time: clockTime(15, 5),
        go: () => {
          exchange.wait(clockTime(15, 5));
          this.trade(exchange.close, Math.round(total / 100), ORDER.afterHours);
        },
      },
      { time: clockTime(23, 59), go: () => exchange.wait(clockTime(23, 59)) },
    ];
  }

  /** Quotes go, and the queue at a limit that the price has left. */
  private clear(clock: number, m: number): Side | undefined {
    this.exchange.wait(clock);
    for (const number of this.quotes) this.takeBack(number);
    this.quotes = [];
    const side = this.wanted(this.path.prices[m]);
    if (this.queueSide !== undefined && this.queueSide !== side) {
      for (const number of this.queue) this.takeBack(number);
      this.queueSide = undefined;
    }
    return side;
  }

  private minute(m: number): void {
    const { clocks, prices, volumes } = this.path;
    const side = this.clear(clocks[m], m);
    this.walk(prices[m]);
    if (side !== undefined && this.queueSide === undefined) {
      this.queueSide = side;
      this.queue = this.lineUp(side, m, ORDER.limit);
    }
    this.trade(prices[m], volumes[m], ORDER.limit);
    const asks = this.quote('sell', m);
    this.quote('buy', m);
    if (!asks) this.quote('sell', m);
  }

  /** Shares at the best price of a side. */
  best(of: 'bid' | 'ask'): number | undefined {
    const side = of === 'bid' ? 'buy' : 'sell';
    const price = this.exchange.best(side);
    if (price === undefined) return undefined;
    return this.exchange.orders
      .filter(
        (one) => one.state === 'open' && one.sort === 'book' && one.side === side && one.limit === price,
      )
      .reduce((sum, { left }) => sum + left, 0);
  }

  private wanted(price: number): Side | undefined {
    if (price === this.exchange.highest) return 'buy';
    return price === this.exchange.lowest ? 'sell' : undefined;
  }

  private put(side: Side, kind: number, price: number, shares: number): number | undefined {
    const answer = this.exchange.submit(HAND[side], kind, side, price, shares);
    return answer === 'accepted' ? this.exchange.orders.length - 1 : undefined;
  }

  private takeBack(number: number): void {
    const order = this.exchange.orders[number];
    if (order.state === 'open') this.exchange.cancel(order.account, number);
  }

  private lineUp(side: Side, m: number, kind: number): number[] {
    const toCome = this.path.volumes.subarray(m).reduce((sum, volume) => sum + volume, 0);
    const price = this.path.prices[m];
    if (this.exchange.last > 0) this.put(side === 'buy' ? 'sell' : 'buy', ORDER.limit, price, 200);
    const number = this.put(side, kind, price, toCome + 400);
    return number === undefined ? [] : [number];
  }

  private trade(price: number, shares: number, kind: number): void {
    if (shares < 200) return;
    let sold = this.put('sell', kind, price, shares);
    const bought = this.put('buy', kind, price, shares);
    sold ??= this.put('sell', kind, price, shares);
    for (const number of [sold, bought]) if (number !== undefined) this.takeBack(number);
  }

  private walk(price: number): void {
    for (let step = 0; step < 40; step++) {
      const { last } = this.exchange;
      if (last === 0 || Math.abs(price / last - 1) <= 0.019) return;
      this.trade(Math.round(last * (price > last ? 1.019 : 0.981)), 200, ORDER.limit);
      if (this.exchange.last === last) return;
    }
  }

  private auction(m: number): void {
    const price = this.path.prices[m];
    const shares = Math.max(200, this.path.volumes[m]);
    const { closingFlow = 0 } = this.path;
    // Parts below one order go with the other one.
    const rest = shares - Math.abs(closingFlow);
    const whole = rest < 200 ? Math.sign(closingFlow) * shares : closingFlow;
    const flow = m > 0 && Math.abs(closingFlow) >= 200 ? whole : 0;
    const add = (number: number | undefined): void => {
      if (number !== undefined) this.quotes.push(number);
    };
    if (flow <= -200) add(this.put('sell', ORDER.limit, this.exchange.lowest, -flow));
    if (flow >= 200) add(this.put('buy', ORDER.limit, this.exchange.highest, flow));
    for (let k = 0; k <= 20; k++) {
      const away = k * Math.max(1, Math.round(price / 1000));
      for (const side of ['sell', 'buy'] as const) {
        const limit = side === 'sell' ? price + away : price - away;
        if (limit > this.exchange.highest || limit < this.exchange.lowest) continue;
        const isFlow = k === 0 && (side === 'sell' ? flow < 0 : flow > 0);
        const left = isFlow ? shares - Math.abs(flow) : shares;
        if (left >= 200) add(this.put(side, ORDER.limit, limit, left));
      }
    }
  }

  /** Whether the best of them was taken, or there was none to take. */
  private quote(side: Side, m: number): boolean {
    const price = this.path.prices[m];
    const shares = Math.max(200, side === 'sell' ? this.path.asks[m] : this.path.bids[m]);
    for (let k = 1; k <= 5; k++) {
      const away = k * Math.max(1, Math.round(price / 10_000));
      const limit = side === 'sell' ? price + away : price - away;
      if (limit > this.exchange.highest || limit < this.exchange.lowest) return true;
      const number = this.put(side, ORDER.limit, limit, shares);
      if (number === undefined) return k > 1;
      this.quotes.push(number);
    }
    return true;
  }
}
