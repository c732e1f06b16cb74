/**
 * A mainland exchange written plainly from the rules, to compare the session engine with: orders are objects in one
 * list, sorted anew whenever they are needed, and every price is tried in an auction. It shares with the engine only the
 * numbers of the kinds of orders and the words of rejections.
 */
import type { RejectionCode } from '../../../src/core/exchange/rejections.js';
import { ORDER } from '../../../src/core/exchange/venueDay.js';

export interface NaiveRules {
  readonly board: 'sse-main' | 'szse-main' | 'star' | 'chinext';
  readonly previousClose: number;
  /** 0 on a day without a limit. */
  readonly limitPercent: number;
  readonly least: number;
  readonly step: number;
  readonly largestLimit: number;
  readonly largestMarket: number;
  /** Ticks that the cage is at least wide; 0 for none. */
  readonly cageTicks: number;
  readonly afterHours: boolean;
  readonly warned: boolean;
}

export interface NaiveOrder {
  readonly number: number;
  readonly account: number;
  readonly kind: number;
  readonly side: 'buy' | 'sell';
  limit: number;
  /** When it joined its queue, for priority in time. */
  queued: number;
  left: number;
  state: 'open' | 'parked' | 'filled' | 'cancelled' | 'expired';
  sort: 'book' | 'fixed';
}

export interface NaiveTrade {
  readonly buyer: number;
  readonly seller: number;
  readonly price: number;
  readonly shares: number;
}

const time = (text: string): number => {
  const [hours, minutes] = text.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
};

/** Times at which something happens by itself, in order. */
const BELLS = ['9:15', '9:20', '9:25', '9:30', '11:30', '13:00', '14:57', '15:00', '15:05', '15:30'] as const;

export class NaiveExchange {
  readonly orders: NaiveOrder[] = [];
  readonly trades: NaiveTrade[] = [];
  readonly held: number[];
  /** Bought today. */
  readonly bought: number[];
  now = 0;
  last = 0;
  open = 0;
  close = 0;
  haltUntil = 0;
  private queue = 0;
  private rung = 0;
  private halts: string[] = [];
  /** When each trade was. */
  readonly times: { at: number; price: number; shares: number }[] = [];

  constructor(
    readonly rules: NaiveRules,
    holdings: readonly number[],
  ) {
    this.held = [...holdings];
    this.bought = holdings.map(() => 0);
  }

  get highest(): number {
    return this.rules.limitPercent === 0
      ? this.rules.previousClose * 9
      : this.limit(100 + this.rules.limitPercent);
  }

  get lowest(): number {
    return this.rules.limitPercent === 0 ? 1 : this.limit(100 - this.rules.limitPercent);
  }

  private limit(percent: number): number {
    return Math.floor((this.rules.previousClose * percent + 50) / 100);
  }

  /** Lets time pass: bells ring and halts end, the earlier first, a halt before a bell. */
  wait(until: number): void {
    for (;;) {
      const bell = BELLS.slice(this.rung).find((text) => time(text) <= until);
      const bellAt = bell === undefined ? Infinity : time(bell);
      const inSession = this.isContinuous(this.now);
      if (this.haltUntil > 0 && inSession && this.haltUntil <= Math.min(bellAt, until)) {
        this.now = this.haltUntil;
        this.endHalt();
      } else if (bell === undefined) {
        break;
      } else {
        this.now = bellAt;
        this.rung++;
        this.ring(bell);
      }
    }
    this.now = until;
  }

  submit(account: number, kind: number, side: 'buy' | 'sell', price: number, shares: number): RejectionCode {
    const reason = this.objection(account, kind, side, price, shares);
    if (reason !== 'accepted') return reason;
    const order: NaiveOrder = {
      number: this.orders.length,
      account,
      kind,
      side,
      limit: price,
      queued: this.queue++,
      left: shares,
      state: 'open',
      sort: kind === ORDER.afterHours ? 'fixed' : 'book',
    };
    this.orders.push(order);
    this.place(order);
    return 'accepted';
  }

  cancel(account: number, number: number): RejectionCode {
    const order = this.orders[number] as NaiveOrder | undefined;
    if (order === undefined || order.account !== account) return 'unknown_order';
    if (order.state !== 'open' && order.state !== 'parked') return 'order_done';
    const clock = this.now;
    const may =
      (clock >= time('9:15') && clock < time('9:20')) ||
      this.isContinuous(clock) ||
      (this.rules.afterHours && clock >= time('15:05') && clock < time('15:30'));
    if (!may) return 'cancel_refused';
    order.state = 'cancelled';
    return 'accepted';
  }

  sellable(account: number): number {
    return this.held[account] - this.bought[account] - this.committed(account);
  }

  committed(account: number): number {
    return this.live()
      .filter((one) => one.account === account && one.side === 'sell')
      .reduce((sum, { left }) => sum + left, 0);
  }

  best(side: 'buy' | 'sell'): number | undefined {
    return this.waiting(side)[0]?.limit;
  }

  // ------------------------------------------------------------------------------------------------------------

  private live(): NaiveOrder[] {
    return this.orders.filter(({ state }) => state === 'open' || state === 'parked');
  }

  /** The book of one side, the first to trade first. */
  private waiting(side: 'buy' | 'sell'): NaiveOrder[] {
    return this.orders
      .filter((one) => one.state === 'open' && one.sort === 'book' && one.side === side)
      .toSorted((a, b) => (side === 'buy' ? b.limit - a.limit : a.limit - b.limit) || a.queued - b.queued);
  }

  private isContinuous(clock: number): boolean {
    return (
      (clock >= time('9:30') && clock < time('11:30')) || (clock >= time('13:00') && clock < time('14:57'))
    );
  }

  private get halted(): boolean {
    return this.haltUntil > this.now;
  }

  private phase(): 'open-call' | 'pause' | 'continuous' | 'close-call' | 'quiet' | 'after' | 'closed' {
    const clock = this.now;
    if (clock >= time('9:15') && clock < time('9:25')) return 'open-call';
    if (clock >= time('9:25') && clock < time('9:30')) return 'pause';
    if (this.isContinuous(clock)) return 'continuous';
    if (clock >= time('14:57') && clock < time('15:00')) return 'close-call';
    if (!this.rules.afterHours) return 'closed';
    if (clock >= time('15:00') && clock < time('15:05')) return 'quiet';
    return clock >= time('15:05') && clock < time('15:30') ? 'after' : 'closed';
  }

  private objection(
    account: number,
    kind: number,
    side: 'buy' | 'sell',
    price: number,
    shares: number,
  ): RejectionCode {
    const { board, least, step, warned, afterHours } = this.rules;
    const shenzhen = board === 'szse-main' || board === 'chinext';
    const market = kind >= ORDER.bestFiveCancel && kind <= ORDER.fillOrKill;
    if (!Number.isInteger(shares) || shares < 1 || shares > 2 ** 31 - 1) return 'not_a_number';
    if (!Number.isInteger(price) || Math.abs(price) > 2 ** 31 - 1) return 'not_a_number';
    if (this.held[account] === undefined) return 'unknown_account';
    if (kind === ORDER.bestFiveLimit && shenzhen) return 'kind_unknown';
    if ((kind === ORDER.immediateCancel || kind === ORDER.fillOrKill) && !shenzhen) return 'kind_unknown';
    if (kind === ORDER.afterHours && !afterHours) return 'kind_unknown';
    const phase = this.phase();
    if (phase === 'closed' || (phase === 'pause' && !shenzhen)) return 'phase_closed';
    const taken = {
      'open-call': kind === ORDER.limit || kind === ORDER.atClose,
      pause: kind === ORDER.limit,
      continuous: !(market && this.halted),
      'close-call': !market,
      quiet: kind === ORDER.afterHours,
      after: kind === ORDER.afterHours,
    }[phase];
    if (!taken) return 'kind_not_now';
    const largest =
      kind === ORDER.afterHours ? 1_000_000 : market ? this.rules.largestMarket : this.rules.largestLimit;
    if (side === 'buy') {
      if (shares < least) return 'order_too_small';
      if (shares > largest) return 'order_too_large';
      if (shares % step !== 0) return 'order_step';
      const today = this.bought[account] + this.openPurchases(account);
      if (warned && board.endsWith('main') && today + shares > 500_000) return 'purchase_cap';
    } else {
      const own = this.sellable(account);
      if (shares > this.held[account]) return 'short_sale';
      if (shares > this.held[account] - this.bought[account]) return 'bought_today';
      if (shares > own) return 'shares_committed';
      if (shares > largest) return 'order_too_large';
      const odd = step === 1 ? shares < least && shares !== own : ![0, own % step].includes(shares % step);
      if (odd) return 'odd_lot';
    }
    if (market && price === 0) return board === 'star' ? 'protection_price' : 'accepted';
    if (price < 1) return 'off_tick';
    const limited = this.rules.limitPercent > 0;
    if (price > this.highest) return limited ? 'above_limit' : 'outside_book';
    if (price < this.lowest) return limited ? 'below_limit' : 'outside_book';
    if (kind === ORDER.limit && phase === 'continuous' && !this.halted) return this.caged(side, price);
    return 'accepted';
  }

  private openPurchases(account: number): number {
    return this.live()
      .filter((one) => one.account === account && one.side === 'buy')
      .reduce((sum, { left }) => sum + left, 0);
  }

  private caged(side: 'buy' | 'sell', price: number): RejectionCode {
    const otherSide = side === 'buy' ? 'sell' : 'buy';
    const base =
      this.best(otherSide) ?? this.best(side) ?? (this.last > 0 ? this.last : this.rules.previousClose);
    const ticks = this.rules.cageTicks;
    // A price is allowed within 2 %, or within the ticks where the board has them.
    const percent = side === 'buy' ? price * 100 <= base * 102 : price * 100 >= base * 98;
    const near = ticks > 0 && (side === 'buy' ? price <= base + ticks : price >= base - ticks);
    return percent || near ? 'accepted' : 'outside_cage';
  }

  private place(order: NaiveOrder): void {
    const phase = this.phase();
    if (order.kind === ORDER.afterHours) {
      if (phase === 'after') this.atTheClose(order);
      else order.state = 'parked';
    } else if (phase === 'pause' || (order.kind === ORDER.atClose && phase !== 'close-call')) {
      order.state = 'parked';
    } else if (phase === 'continuous' && !this.halted) {
      this.trade(order);
      this.checkHalt();
    }
    // Else it waits for the auction, where it is.
  }

  private trade(order: NaiveOrder): void {
    const { kind, side } = order;
    const otherSide = side === 'buy' ? 'sell' : 'buy';
    const cap = order.limit === 0 ? (side === 'buy' ? this.highest : this.lowest) : order.limit;
    const capped = (price: number): number => (side === 'buy' ? Math.min(price, cap) : Math.max(price, cap));
    // Not in the book while it is being worked on.
    order.state = 'parked';
    const others = [...new Set(this.waiting(otherSide).map(({ limit }) => limit))];
    const noOwn = this.waiting(side)[0]?.limit;
    order.state = 'open';
    if (kind === ORDER.limit || kind === ORDER.atClose) return this.match(order, order.limit);
    if (kind === ORDER.ownBest || kind === ORDER.counterpartyBest) {
      const price = kind === ORDER.ownBest ? noOwn : others[0];
      if (price === undefined) order.state = 'cancelled';
      else this.match(order, capped(price));
      return undefined;
    }
    const five = kind === ORDER.bestFiveCancel || kind === ORDER.bestFiveLimit;
    const far = capped((five ? others[4] : undefined) ?? (side === 'buy' ? this.highest : this.lowest));
    const there = this.waiting(otherSide)
      .filter(({ limit }) => (side === 'buy' ? limit <= far : limit >= far))
      .reduce((sum, { left }) => sum + left, 0);
    if (kind === ORDER.fillOrKill && there < order.left) {
      order.state = 'cancelled';
      return undefined;
    }
    const before = this.trades.length;
    this.match(order, far);
    if (order.left === 0) return undefined;
    const price = this.trades.length > before ? this.last : noOwn;
    if (kind !== ORDER.bestFiveLimit || price === undefined) order.state = 'cancelled';
    else order.limit = capped(price);
    return undefined;
  }

  /** Against the other side up to a price, where what is left waits. */
  private match(order: NaiveOrder, limit: number): void {
    order.limit = limit;
    for (const other of this.waiting(order.side === 'buy' ? 'sell' : 'buy')) {
      if (order.left === 0) break;
      if (order.side === 'buy' ? other.limit > limit : other.limit < limit) break;
      this.exchange(order, other, other.limit, Math.min(order.left, other.left));
    }
  }

  private exchange(one: NaiveOrder, other: NaiveOrder, price: number, shares: number): void {
    const [buy, sell] = one.side === 'buy' ? [one, other] : [other, one];
    this.trades.push({ buyer: buy.number, seller: sell.number, price, shares });
    this.times.push({ at: this.now, price, shares });
    this.held[buy.account] += shares;
    this.bought[buy.account] += shares;
    this.held[sell.account] -= shares;
    for (const order of [buy, sell]) {
      order.left -= shares;
      if (order.left === 0) order.state = 'filled';
    }
    if (this.open === 0) this.open = price;
    this.last = price;
  }

  private ring(bell: (typeof BELLS)[number]): void {
    if (bell === '9:25') this.auction(this.rules.previousClose);
    if (bell === '9:30' || bell === '13:00') {
      if (this.haltUntil > 0 && this.haltUntil <= this.now) this.endHalt();
      for (const order of this.live())
        if (order.state === 'parked' && order.kind === ORDER.limit) {
          order.state = 'open';
          order.queued = this.queue++;
          this.place(order);
        }
    }
    if (bell === '14:57')
      for (const order of this.live())
        if (order.kind === ORDER.atClose) {
          order.state = 'open';
          order.queued = this.queue++;
        }
    if (bell === '15:00') {
      const traded = this.auction(this.last > 0 ? this.last : this.rules.previousClose);
      this.close = traded ? this.last : this.lastMinute();
      for (const order of this.live()) if (order.sort === 'book') order.state = 'expired';
    }
    if (bell === '15:05' && this.rules.afterHours)
      for (const order of this.live()) {
        order.queued = this.queue++;
        this.atTheClose(order);
      }
    if (bell === '15:30') for (const order of this.live()) order.state = 'expired';
  }

  private lastMinute(): number {
    const final = this.times.at(-1);
    if (final === undefined) return this.rules.previousClose;
    const minute = this.times.filter((one) => one.at >= final.at - 60_000);
    const value = minute.reduce((sum, { price, shares }) => sum + price * shares, 0);
    const shares = minute.reduce((sum, one) => sum + one.shares, 0);
    return Math.round(value / shares);
  }

  private atTheClose(order: NaiveOrder): void {
    if (order.side === 'buy' ? order.limit < this.close : order.limit > this.close) {
      order.state = 'expired';
      return;
    }
    order.state = 'open';
    const others = this.orders
      .filter((one) => one.state === 'open' && one.sort === 'fixed' && one.side !== order.side)
      .toSorted((a, b) => a.queued - b.queued);
    for (const other of others)
      if (order.left > 0) this.exchange(order, other, this.close, Math.min(order.left, other.left));
  }

  private endHalt(): void {
    this.haltUntil = 0;
    this.auction(this.last);
    this.checkHalt();
  }

  private checkHalt(): void {
    if (this.rules.limitPercent > 0 || this.open === 0) return;
    const up = this.last >= this.open;
    const moved = Math.abs(this.last - this.open) / this.open;
    const step = moved >= 0.6 ? 60 : moved >= 0.3 ? 30 : 0;
    const seen = (percent: number): boolean => this.halts.includes(`${up} ${percent}`);
    if (step === 0 || seen(step) || seen(60)) return;
    this.halts.push(`${up} ${step}`);
    this.haltUntil = Math.min(this.now + 600_000, time('14:57'));
  }

  /** Every price of the day is tried. */
  private auction(reference: number): boolean {
    const [buys, sells] = [this.waiting('buy'), this.waiting('sell')];
    const total = (list: readonly NaiveOrder[], keep: (limit: number) => boolean): number =>
      list.reduce((sum, one) => sum + (keep(one.limit) ? one.left : 0), 0);
    const named = [...new Set([...buys, ...sells].map(({ limit }) => limit))].toSorted((a, b) => a - b);
    const tried = named.map((price) => {
      const bought = total(buys, (limit) => limit >= price);
      const sold = total(sells, (limit) => limit <= price);
      const shares = Math.min(bought, sold);
      const whole =
        total(buys, (limit) => limit > price) <= shares && total(sells, (limit) => limit < price) <= shares;
      return { price, shares, over: Math.abs(bought - sold), whole };
    });
    const most = Math.max(0, ...tried.map(({ shares }) => shares));
    if (most === 0) return false;
    const best = tried.filter(({ shares, whole }) => shares === most && whole);
    const least = Math.min(...best.map(({ over }) => over));
    const good = best.filter(({ over }) => over === least).map(({ price }) => price);
    const middle = Math.floor((good[0] + good[good.length - 1] + 1) / 2);
    const inside = Math.min(Math.max(reference, good[0]), good[good.length - 1]);
    const price = this.rules.board === 'szse-main' || this.rules.board === 'chinext' ? inside : middle;
    let left = most;
    while (left > 0) {
      const [buy, sell] = [this.waiting('buy')[0], this.waiting('sell')[0]];
      const shares = Math.min(left, buy.left, sell.left);
      this.exchange(buy, sell, price, shares);
      left -= shares;
    }
    return true;
  }
}
