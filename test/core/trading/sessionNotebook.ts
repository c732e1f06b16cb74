/** The notebook of a person whose orders trade within the session: every rule of it a second time, in the plainest way. */
import { ORDER } from '../../../src/core/exchange/venueDay.js';
import { clockTime, type DayPart, type MarketKind, type QuotedPath } from '../../../src/core/index.js';
import { NaiveMarket, PERSON } from './naiveMarket.js';
import { feesOf, Notebook, type Change, type Note, type Wish } from './notebook.js';

export interface SessionWish extends Wish {
  readonly how: { readonly kind?: MarketKind; readonly during?: DayPart; readonly peak?: number };
  readonly wait:
    | { readonly clock: number }
    | { readonly of: 'bid' | 'ask'; readonly up: boolean; readonly at: number }
    | undefined;
}

interface Sent {
  readonly market: NaiveMarket;
  /** In the plain exchange; `undefined` when it is not in the book any more. */
  number: number | undefined;
  /** Of an iceberg: shares not sent yet. */
  hidden: number;
  readonly price: number;
  reserve: number;
  value: number;
  paid: number;
}

const NUMBERS: Readonly<Record<string, number>> = {
  'best-five-cancel': ORDER.bestFiveCancel,
  'best-five-limit': ORDER.bestFiveLimit,
  'own-best': ORDER.ownBest,
  'counterparty-best': ORDER.counterpartyBest,
};

type Extra = Pick<SessionWish, 'how' | 'wait'>;
const PLAIN: Extra = { how: {}, wait: undefined };

const momentOf = (clock: number) => {
  if (clock < clockTime(9, 25)) return 'opening' as const;
  if (clock < clockTime(9, 30)) return 'pause' as const;
  if (clock < clockTime(14, 57)) return 'continuous' as const;
  return clock < clockTime(15, 0) ? ('closing' as const) : ('after-hours' as const);
};

export class SessionNotebook extends Notebook {
  private readonly extras = new Map<number, Extra>();
  private sent = new Map<Note, Sent>();
  private late = new Set<Note>();
  private markets: NaiveMarket[] = [];
  private read: number[] = [];
  /** Time of day that a running session has come to. */
  clock: number | undefined;
  private toCome: { readonly time: number; readonly go: () => void }[] = [];
  private bought = [0, 0];
  /** The newest order was not taken, or not paid for, when it was first sent. */
  private refusedNow = false;
  /** Whose an order of today's markets is. */
  private owners = new Map<string, Note>();
  /** Shares by order, session, time and price. */
  readonly fills = new Map<string, number>();

  /** @param paths by session, from the second one on, and security; at the closes of each they end */
  constructor(
    cash: number,
    closes: readonly (readonly number[])[],
    private readonly paths: readonly (readonly QuotedPath[])[],
  ) {
    super(cash, closes, [], undefined);
  }

  override takes(wish: SessionWish, old?: Note): boolean {
    const { kind, during, peak } = wish.how;
    // What waits for something is for a day whose prices nobody knows.
    const when = wish.when ?? (wish.wait === undefined ? undefined : { row: 0, up: true, at: 1 });
    if (!super.takes({ ...wish, when }, old)) return false;
    if (kind !== undefined && (NUMBERS[kind] === undefined || during !== undefined)) return false;
    // A market order is one with a protection price too.
    if (kind !== undefined && wish.quantity > 50_000) return false;
    if (peak === undefined) return true;
    if (wish.limit === undefined || kind !== undefined || during !== undefined) return false;
    return peak >= 200 && peak < wish.quantity;
  }

  override add(wish: SessionWish, first: number): void {
    const { how, wait } = wish;
    super.add({ ...wish, when: wish.when ?? (wait && { row: -1, up: true, at: 0 }) }, first);
    this.extras.set(first, { how, wait });
  }

  /** The rest of the session. */
  override session(): void {
    this.goTo(Infinity);
    for (const [note, sent] of this.sent) if (note.phase !== 'over') this.passed(note, sent);
    const i = ++this.now;
    this.clock = undefined;
    this.bought = [0, 0];
    // The close of the day as it was counts too, where an order has moved the one of the book.
    for (const note of this.notes) {
      const { wait } = this.extras.get(note.id) ?? PLAIN;
      if (note.phase !== 'waits' || note.woken === i || wait !== undefined || note.when === undefined)
        continue;
      const close = this.closes[note.when.row][i];
      if (note.when.up ? close >= note.when.at : close <= note.when.at) note.phase = 'works';
    }
  }

  /** The session that is running, or the next one. */
  private get today(): number {
    return this.now + 1;
  }

  /** The session goes on up to a time of day, that one included; it is never begun anew. */
  goTo(time: number): void {
    if (this.clock === undefined) this.begin();
    this.clock = time;
    while (this.toCome.length > 0 && this.toCome[0].time <= time) this.toCome.shift()?.go();
    if (time !== Infinity) for (const { exchange } of this.markets) exchange.wait(time);
  }

  private begin(): void {
    this.sent = new Map();
    this.late = new Set();
    this.owners = new Map();
    const paths = this.paths[this.today];
    this.markets = paths.map(
      (path, row) => new NaiveMarket(this.closes[row][this.now], path, this.shares[row]),
    );
    this.read = this.markets.map(() => 0);
    const last = paths[0].clocks.length - 1;
    const days = this.markets.map((market) => market.day());
    const moves = days[0].map(({ time, m }, k) => ({
      time,
      go: () => {
        days.forEach((day, row) => {
          day[k].go();
          this.readTrades(row);
        });
        if (m !== undefined) this.minuteOver(m, last, time);
      },
    }));
    const before930 = moves.filter(({ time }) => time < clockTime(9, 30)).length;
    moves.splice(before930, 0, { time: clockTime(9, 30), go: () => this.openingOver() });
    const opening = (): void => {
      for (const note of this.notes) this.send(note, 'opening');
    };
    this.toCome = [{ time: clockTime(9, 15), go: opening }, ...moves];
  }

  private minuteOver(m: number, last: number, clock: number): void {
    const between = m > 0 && m < last;
    for (const note of this.notes) {
      if (this.wakes(note, clock, between)) {
        note.phase = 'works';
        if (m === last) this.late.add(note);
      }
      if (between) this.send(note, 'continuous');
    }
    if (m === last) for (const note of this.notes) this.send(note, 'after-hours');
  }

  /** Shares bought today are not for sale, and neither are orders for them of today. */
  protected override sellable(row: number, old: Note | undefined): number {
    const all = super.sellable(row, old);
    // A way out that woke today is for the next session, whatever its size and price.
    if (this.clock === undefined || old?.woken === this.today) return all;
    const fromBefore = this.shares[row] - this.bought[row];
    const today = (note: Note): boolean =>
      note.phase !== 'asleep' && note.woken !== this.today && note !== old && note !== old?.pair;
    return Math.min(all, fromBefore - this.committed(row, today));
  }

  /** Whether the session has a part left that such an order is for. */
  private hasPart(
    { side, limit, exit, how: { kind, during } }: SessionWish,
    clock: number,
    old?: Note,
  ): boolean {
    if (during === 'open') return clock < clockTime(9, 25);
    if (during === 'after-hours') return true;
    const isPair = (side === 'sell' && exit !== undefined) || old?.way === 'gain';
    const isMarket = during === undefined && !isPair && (kind !== undefined || limit === undefined);
    return clock < (isMarket ? clockTime(14, 57) : clockTime(15, 0));
  }

  /** An order comes in where the clock stands. @returns whether it is taken */
  comesIn(wish: SessionWish, first: number): boolean {
    const { clock } = this;
    if (!this.takes(wish)) return false;
    if (clock === undefined) {
      this.add(wish, first);
      return true;
    }
    if (wish.when === undefined && wish.wait === undefined && !this.hasPart(wish, clock)) return false;
    const asBefore = this.memory();
    const before = this.notes.length;
    this.add(wish, first);
    return this.begins(this.notes.slice(before), clock, asBefore);
  }

  /** What has come in is looked at and sent at once. @returns whether the session takes it; else all is as it was */
  private begins(added: readonly Note[], clock: number, asBefore: () => void): boolean {
    this.refusedNow = false;
    for (const note of added) {
      if (this.wakes(note, clock, clock >= clockTime(9, 30) && clock < clockTime(14, 57))) {
        note.phase = 'works';
        if (clock >= clockTime(15, 0)) this.late.add(note);
      }
      this.send(note, momentOf(clock));
      if (!this.refusedNow) continue;
      asBefore();
      return false;
    }
    return true;
  }

  /** Nothing of what is refused has traded: what was taken back for it is in its queue again, where it was. */
  private memory(): () => void {
    const kept = <T extends object>(all: Iterable<T>) => Array.from(all, (one) => ({ one, was: { ...one } }));
    const notes = kept(this.notes);
    const all = [...this.sent];
    const sent = kept(this.sent.values());
    const orders = this.markets.map(({ exchange }) => kept(exchange.orders));
    const late = new Set(this.late);
    return () => {
      for (const { one, was } of [...notes, ...sent, ...orders.flat()]) Object.assign(one, was);
      this.notes.length = notes.length;
      this.sent = new Map(all);
      this.late = late;
    };
  }

  /** Another order takes the place of one where the clock stands. @returns whether it is taken; else the old one is as it was */
  replacedBy(change: Change, newId: number): boolean {
    const old = this.open(change.id);
    const { clock } = this;
    if (clock === undefined || old === undefined) return this.replace(change, newId) !== undefined;
    const asBefore = this.memory();
    if (!this.outOfBook(old)) return false;
    const next = this.replace(change, newId);
    const later = old.woken === this.today || next?.phase !== 'works';
    if (next !== undefined && (later || this.hasPart(this.wishOf(next, old), clock, old)))
      return this.begins([next], clock, asBefore);
    asBefore();
    return false;
  }

  protected override wishOf(next: Note, old: Note): SessionWish {
    const extra = this.extras.get(old.id) ?? PLAIN;
    this.extras.set(next.id, extra);
    return { ...super.wishOf(next, old), ...extra };
  }

  /** @returns whether the exchange lets it go now */
  takenBack(id: number): boolean {
    const note = this.open(id);
    if (note !== undefined && !this.outOfBook(note)) return false;
    this.cancel(id);
    return true;
  }

  private outOfBook(note: Note): boolean {
    const sent = this.sent.get(note);
    if (this.clock === undefined || sent?.number === undefined) return true;
    if (sent.market.exchange.cancel(PERSON, sent.number) === 'cancel_refused') return false;
    sent.number = undefined;
    sent.reserve = 0;
    return true;
  }

  private wakes(note: Note, clock: number, between: boolean): boolean {
    if (note.phase !== 'waits' || note.woken === this.today) return false;
    const { wait } = this.extras.get(note.id) ?? PLAIN;
    const reached = (value: number, { up, at }: { up: boolean; at: number }): boolean =>
      up ? value >= at : value <= at;
    if (wait === undefined) {
      if (note.when === undefined) return false;
      const { last } = this.markets[note.when.row].exchange;
      return last > 0 && reached(last, note.when);
    }
    if ('clock' in wait) return clock >= wait.clock;
    const shares = between ? this.markets[note.row].best(wait.of) : undefined;
    return shares !== undefined && reached(shares, wait);
  }

  private send(note: Note, moment: ReturnType<typeof momentOf>): void {
    if (note.phase !== 'works' || note.woken === this.today || this.late.has(note)) return;
    const { kind, during, peak } = (this.extras.get(note.id) ?? PLAIN).how;
    const before = this.sent.get(note);
    if (before !== undefined) {
      if (peak !== undefined && before.number !== undefined && moment === 'continuous')
        this.peaks(note, before, peak);
      return;
    }
    const isMarket = kind !== undefined || note.limit === undefined;
    const due = {
      opening: during === 'open' || during === 'close' || (during === undefined && !isMarket),
      pause: during === undefined && !isMarket,
      continuous: during === 'close' || during === undefined,
      closing: during === 'close' || (during === undefined && !isMarket),
      'after-hours': during === 'after-hours',
    }[moment];
    if (!due) return;
    const other = note.pair;
    const isGain = note.way === 'gain';
    if (isGain && other?.phase === 'works' && other.woken !== this.today) return;
    const market = this.markets[note.row];
    const { exchange } = market;
    const offered = other === undefined ? undefined : this.sent.get(other);
    if (!isGain && offered?.number !== undefined) {
      // The shares are in the other order for as long as that cannot be taken back.
      if (exchange.cancel(PERSON, offered.number) === 'cancel_refused') return;
      offered.number = undefined;
    }
    const isBuy = note.side === 'buy';
    const price = note.limit ?? (isBuy ? this.highestPaid(note.left, exchange.highest) : exchange.lowest);
    const needed = isBuy ? note.left * price + feesOf('buy', note.left * price) : 0;
    const sent: Sent = { market, number: undefined, hidden: note.left, price, reserve: 0, value: 0, paid: 0 };
    this.sent.set(note, sent);
    const tooDear = isBuy && (needed > this.free() || (note.limit === undefined && price < exchange.lowest));
    if (tooDear) {
      this.refusedNow = true;
      return this.end(note, this.today);
    }
    if (price < exchange.lowest || price > exchange.highest) return this.passed(note, sent);
    sent.reserve = needed;
    if (peak !== undefined) return this.peaks(note, sent, peak);
    const number = this.numberOf(note);
    return this.submit(note, sent, number, note.left);
  }

  private numberOf(note: Note): number {
    const { kind, during } = (this.extras.get(note.id) ?? PLAIN).how;
    if (during === 'close') return ORDER.atClose;
    if (during === 'after-hours') return ORDER.afterHours;
    if (kind !== undefined) return NUMBERS[kind];
    return note.limit === undefined && during === undefined ? ORDER.bestFiveLimit : ORDER.limit;
  }

  private submit(note: Note, sent: Sent, kind: number, shares: number): void {
    const { exchange } = sent.market;
    if (exchange.submit(PERSON, kind, note.side, sent.price, shares) !== 'accepted') {
      this.refusedNow ||= sent.number === undefined;
      return this.passed(note, sent);
    }
    sent.number = exchange.orders.length - 1;
    const { number } = sent;
    this.owners.set(`${note.row} ${number}`, note);
    this.readTrades(note.row);
    if (exchange.orders[number].state === 'cancelled') this.passed(note, sent);
    return undefined;
  }

  private peaks(note: Note, sent: Sent, peak: number): void {
    const { orders } = sent.market.exchange;
    while (sent.hidden > 0 && (sent.number === undefined || orders[sent.number].state === 'filled')) {
      const shares = sent.hidden - peak < 200 ? sent.hidden : peak;
      const before = orders.length;
      sent.hidden -= shares;
      this.submit(note, sent, ORDER.limit, shares);
      if (orders.length === before) return;
    }
  }

  private free(): number {
    return [...this.sent.values()].reduce((cash, { reserve }) => cash - reserve, this.cash);
  }

  /** The day's highest price, or the highest that all the cash pays. */
  private highestPaid(shares: number, highest: number): number {
    let price = Math.min(highest, Math.floor(this.free() / shares));
    while (price > 0 && price * shares + feesOf('buy', price * shares) > this.free()) price--;
    return price;
  }

  private openingOver(): void {
    for (const [note, sent] of this.sent) {
      const { during } = (this.extras.get(note.id) ?? PLAIN).how;
      if (during !== 'open' || sent.number === undefined || note.phase === 'over') continue;
      sent.market.exchange.wait(clockTime(9, 30));
      sent.market.exchange.cancel(PERSON, sent.number);
      this.passed(note, sent);
    }
  }

  private passed(note: Note, sent: Sent): void {
    sent.number = undefined;
    sent.reserve = 0;
    if (!note.open) this.end(note, this.today);
  }

  private readTrades(row: number): void {
    const { exchange } = this.markets[row];
    for (; this.read[row] < exchange.trades.length; this.read[row]++) {
      const { buyer, seller, price, shares } = exchange.trades[this.read[row]];
      const { at } = exchange.times[this.read[row]];
      // The one that came in is looked at first; which one that was makes no difference to anybody's account.
      for (const number of [buyer, seller]) {
        if (exchange.orders[number].account !== PERSON) continue;
        const note = this.owners.get(`${row} ${number}`);
        if (note !== undefined) this.fill(note, this.sent.get(note) as Sent, price, shares, at);
      }
    }
  }

  private fill(note: Note, sent: Sent, price: number, shares: number, at: number): void {
    const i = this.today;
    const isBuy = note.side === 'buy';
    sent.value += price * shares;
    const fees = feesOf(note.side, sent.value) - sent.paid;
    sent.paid += fees;
    this.cash += (isBuy ? -1 : 1) * price * shares - fees;
    this.shares[note.row] += isBuy ? shares : -shares;
    if (isBuy) this.bought[note.row] += shares;
    note.left -= shares;
    note.filled += shares;
    if (isBuy) sent.reserve = Math.max(0, sent.reserve - price * shares - fees);
    const key = `${note.id} ${i} ${at} at ${price}`;
    this.fills.set(key, (this.fills.get(key) ?? 0) + shares);
    const { pair } = note;
    if (pair !== undefined && pair.phase !== 'over') {
      pair.left = Math.min(pair.left, note.left);
      if (pair.left === 0) pair.phase = 'over';
    }
    if (note.left === 0) {
      sent.reserve = 0;
      this.end(note, i);
    }
  }
}
