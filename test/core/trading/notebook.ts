/**
 * The naive reference: what a person with a notebook would do, who knows nothing of ledgers, events and states of orders. Every
 * rule is written down a second time here, in the plainest way.
 */
import type { Closes } from './madeUp.js';

export interface Wish {
  readonly row: number;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  readonly limit: number | undefined;
  readonly open: boolean;
  /** Close of `row` at least or at most, fen. */
  readonly when: { readonly row: number; readonly up: boolean; readonly at: number } | undefined;
  /** Of a purchase what it is sold at afterwards, of a sale how; fen. */
  readonly exit: { readonly gain: number; readonly loss: number } | undefined;
}

/** Another size or price of an order; the size is of all that is still to be traded. */
export interface Change {
  readonly id: number;
  readonly quantity: number | undefined;
  /** `undefined`: at any price from now on. */
  readonly limit: number | 'same' | undefined;
}

export interface Note {
  readonly id: number;
  readonly row: number;
  readonly side: 'buy' | 'sell';
  left: number;
  filled: number;
  /** Filled of the orders whose place it took. */
  readonly earlier: number;
  readonly limit: number | undefined;
  readonly open: boolean;
  readonly when: Wish['when'];
  /** Of a way out: its purchase, and the other way out. */
  entry: Note | undefined;
  readonly way: 'gain' | 'loss' | undefined;
  pair: Note | undefined;
  phase: 'asleep' | 'waits' | 'works' | 'over';
  /** Session that woke it, in which it does not trade yet. */
  woken: number;
}

/** What goes ex: whole fen per share, and shares per share. */
export interface Ex {
  readonly row: number;
  readonly session: number;
  readonly cash: number;
  readonly shares: number;
}

/** Value x parts / 10,000,000, half up, exactly. */
const part = (value: number, parts: number): number =>
  Number((2n * BigInt(value) * BigInt(parts) + 10_000_000n) / 20_000_000n);

export const feesOf = (side: 'buy' | 'sell', value: number): number =>
  (side === 'sell' ? part(value, 5_000) : 0) + part(value, 100) + Math.max(500, part(value, 2_500));

const isOrPair = (note: Note, old: Note): boolean => note === old || note === old.pair;

export class Notebook {
  now = 0;
  readonly shares = [0, 0];
  readonly trades: string[] = [];
  readonly notes: Note[] = [];

  /** @param volume shares that the account may have of each session, together; `undefined`: any */
  constructor(
    public cash: number,
    protected readonly closes: Closes,
    private readonly goesEx: readonly Ex[],
    private readonly volume: number | undefined,
  ) {}

  private lastBefore(row: number, session: number): number {
    for (let i = session - 1; i >= 0; i--) if (this.closes[row][i] > 0) return this.closes[row][i];
    return 0;
  }

  /** Sessions between the last close and this one may have gone ex as well. */
  protected range(row: number, session: number): readonly [number, number] {
    let reference = this.lastBefore(row, session);
    let since = session - 1;
    while (since > 0 && this.closes[row][since] === 0) since--;
    const between = this.goesEx.filter((ex) => ex.row === row && ex.session > since && ex.session <= session);
    if (between.length > 0) {
      const cash = between.reduce((sum, ex) => sum + ex.cash, 0);
      const ratio = between.reduce((product, ex) => product * (1 + ex.shares), 1);
      reference = Math.round((reference - cash) / ratio);
    }
    return [20, -20].map((percent) => Math.floor((reference * (100 + percent) + 50) / 100)).toReversed() as [
      number,
      number,
    ];
  }

  /** Of a way out that sleeps, what was bought for it so far. */
  protected wants(note: Note): number {
    if (note.phase === 'over') return 0;
    return note.phase === 'asleep' ? Math.min(note.left, this.boughtBy(note.entry)) : note.left;
  }

  /** With what was bought before another order took the place of the purchase. */
  private boughtBy(entry: Note | undefined): number {
    return entry === undefined ? 0 : entry.filled + entry.earlier;
  }

  /** Shares that orders sell. */
  protected committed(row: number, counts: (note: Note) => boolean = () => true): number {
    const sales = this.notes.filter((note) => note.side === 'sell' && note.row === row && counts(note));
    return sales.reduce((total, note) => {
      const { pair } = note;
      const other = pair !== undefined && counts(pair) ? pair : undefined;
      // Of two that sell the same shares the larger one counts, and it once.
      const isSmaller =
        other !== undefined &&
        (this.wants(note) < this.wants(other) ||
          (this.wants(note) === this.wants(other) && note.id > other.id));
      return isSmaller ? total : total + this.wants(note);
    }, 0);
  }

  /** @param old the order whose place it takes, which sells nothing then, nor does the other one of its pair */
  protected sellable(row: number, old: Note | undefined): number {
    return this.shares[row] - this.committed(row, (note) => old === undefined || !isOrPair(note, old));
  }

  /** Whether board and account take it, in the place of another one or as a new one. */
  takes({ row, side, quantity, limit, when, exit }: Wish, old?: Note): boolean {
    const [low, high] = this.range(row, this.now + 1);
    const isPair = (side === 'sell' && exit !== undefined) || old?.way === 'gain';
    const most = limit === undefined ? 50_000 : 100_000;
    if (quantity > most) return false;
    if (old !== undefined && this.crosses(old, limit)) return false;
    // Nobody knows yet what there will be to sell, but less than one order it will not be.
    if (old?.phase === 'asleep') return quantity >= 200;
    if (exit !== undefined && exit.loss >= exit.gain) return false;
    if (when === undefined && !isPair && limit !== undefined && (limit < low || limit > high)) return false;
    if (side === 'sell') {
      const sellable = this.sellable(row, old);
      return quantity <= sellable && (quantity >= 200 || quantity === sellable);
    }
    const paid = limit ?? this.lastWithEx(row);
    if (exit !== undefined && (exit.loss >= paid || exit.gain <= paid)) return false;
    const needed = (shares: number, price: number): number => shares * price + feesOf('buy', shares * price);
    let free = this.cash;
    for (const note of this.notes) {
      if (note.side === 'sell' || note.phase === 'over' || note === old) continue;
      free -= needed(note.left, note.limit ?? this.range(note.row, this.now + 1)[1]);
    }
    return quantity >= 200 && needed(quantity, limit ?? high) <= free;
  }

  /** A purchase lies between its gain and its loss, and a gain above its loss: with the new price as well. */
  private crosses(old: Note, limit: number | undefined): boolean {
    const open = (note: Note | undefined): Note | undefined => (note?.phase === 'over' ? undefined : note);
    const mine = this.notes.filter((note) => note.entry === old && note.phase !== 'over');
    const isPurchase = mine.length > 0;
    if (!isPurchase && old.way !== 'gain') return false;
    const gain = isPurchase ? mine.find(({ way }) => way === 'gain')?.limit : limit;
    const loss = isPurchase ? mine.find(({ way }) => way === 'loss') : open(old.pair);
    const stop = loss?.when?.at;
    if (gain !== undefined && stop !== undefined && stop >= gain) return true;
    const entry = isPurchase ? old : open(old.entry);
    if (entry === undefined) return false;
    const paid = (isPurchase ? limit : entry.limit) ?? this.lastWithEx(old.row);
    return (gain !== undefined && gain <= paid) || (stop !== undefined && stop >= paid);
  }

  private lastWithEx(row: number): number {
    const [low, high] = this.range(row, this.now + 1);
    // The reference lies between its limits; work it out anew rather than backwards.
    let reference = this.lastBefore(row, this.now + 1);
    let since = this.now;
    while (since > 0 && this.closes[row][since] === 0) since--;
    for (const ex of this.goesEx)
      if (ex.row === row && ex.session > since && ex.session <= this.now + 1)
        reference = Math.round((reference - ex.cash) / (1 + ex.shares));
    if (reference < low || reference > high) throw new Error('a reference outside of its limits');
    return reference;
  }

  add(wish: Wish, first: number): void {
    const { row, side, quantity, limit, open, when, exit } = wish;
    const plain = {
      left: quantity,
      filled: 0,
      earlier: 0,
      woken: -1,
      entry: undefined,
      way: undefined,
      pair: undefined,
    };
    const phase = when === undefined ? 'works' : 'waits';
    if (exit === undefined) {
      this.notes.push({ ...plain, id: first, row, side, limit, open, when, phase });
      return;
    }
    const entry: Note | undefined =
      side === 'buy' ? { ...plain, id: first, row, side, limit, open, when, phase } : undefined;
    if (entry !== undefined) this.notes.push(entry);
    const id = entry === undefined ? first : first + 1;
    const wayOut = { ...plain, row, side: 'sell', open: true, entry } as const;
    const loss: Note = {
      ...wayOut,
      id: id + 1,
      limit: undefined,
      when: { row, up: false, at: exit.loss },
      phase: entry === undefined ? 'waits' : 'asleep',
      way: 'loss',
    };
    const gain: Note = {
      ...wayOut,
      id,
      limit: exit.gain,
      when: undefined,
      phase: entry === undefined ? 'works' : 'asleep',
      way: 'gain',
      pair: loss,
    };
    loss.pair = gain;
    this.notes.push(gain, loss);
  }

  open(id: number): Note | undefined {
    return this.notes.find((note) => note.id === id && note.phase !== 'over');
  }

  cancel(id: number): void {
    const note = this.open(id);
    if (note === undefined) return;
    note.phase = 'over';
    for (const other of this.notes)
      if (other.entry === note && other.phase === 'asleep') other.phase = 'over';
  }

  /**
   * Another order takes the place of an open one, last in every queue. It waits for what the old one waited for, anew, and belongs
   * to what that one belonged to. @returns the new one, `undefined` when it is not taken and nothing has changed
   */
  replace({ id, quantity, limit }: Change, newId: number): Note | undefined {
    const old = this.open(id);
    if (old === undefined) return undefined;
    const awake = old.when === undefined ? 'works' : 'waits';
    const next: Note = {
      ...old,
      id: newId,
      left: quantity ?? old.left,
      filled: 0,
      earlier: old.earlier + old.filled,
      limit: limit === 'same' ? old.limit : limit,
      phase: old.phase === 'asleep' ? 'asleep' : awake,
    };
    if (!this.takes(this.wishOf(next, old), old)) return undefined;
    old.phase = 'over';
    if (old.pair !== undefined) old.pair.pair = next;
    for (const other of this.notes) if (other.entry === old) other.entry = next;
    this.notes.push(next);
    return next;
  }

  protected wishOf({ row, side, left, limit, open, when }: Note, _old: Note): Wish {
    return { row, side, quantity: left, limit, open, when, exit: undefined };
  }

  session(): void {
    const i = ++this.now;
    for (const ex of this.goesEx.filter(({ session }) => session === i)) {
      this.cash += this.shares[ex.row] * ex.cash;
      this.shares[ex.row] += Math.floor(this.shares[ex.row] * ex.shares + 1e-9);
    }
    const taken = [0, 0];
    for (const note of this.notes) this.trade(note, i, taken);
    for (const note of this.notes) {
      if (note.phase !== 'waits' || note.woken === i || note.when === undefined) continue;
      const close = this.closes[note.when.row][i];
      if (close > 0 && (note.when.up ? close >= note.when.at : close <= note.when.at)) note.phase = 'works';
    }
  }

  private trade(note: Note, i: number, taken: number[]): void {
    if (note.phase === 'over') return;
    const ex = (row: number): boolean => this.goesEx.some((one) => one.row === row && one.session === i);
    const sleeps = note.phase === 'asleep' || note.phase === 'waits';
    const named = sleeps && note.when !== undefined && ex(note.when.row);
    if (named || (note.limit !== undefined && (note.open || sleeps) && ex(note.row)))
      return this.end(note, i);
    if (sleeps || note.woken === i) return undefined;
    const passed = (): void => (note.open ? undefined : this.end(note, i));
    const close = this.closes[note.row][i];
    const [low, high] = this.range(note.row, i);
    const isBuy = note.side === 'buy';
    if (close === 0) return passed();
    if (note.limit !== undefined && (note.limit < low || note.limit > high)) return passed();
    if (close === (isBuy ? high : low)) return passed();
    if (note.limit !== undefined && (isBuy ? note.limit < close : note.limit > close)) return passed();
    const left = this.volume === undefined ? note.left : Math.max(0, this.volume - taken[note.row]);
    const quantity = Math.min(note.left, left);
    if (quantity === 0) return passed();
    const value = quantity * close;
    const fees = feesOf(note.side, value);
    if (isBuy && value + fees > this.cash) return this.end(note, i);
    this.cash += (isBuy ? -value : value) - fees;
    this.shares[note.row] += isBuy ? quantity : -quantity;
    taken[note.row] += quantity;
    note.left -= quantity;
    note.filled += quantity;
    this.trades.push(`${note.id} ${i} ${quantity} at ${close}`);
    const { pair } = note;
    if (pair !== undefined && pair.phase !== 'over') {
      pair.left = Math.min(pair.left, note.left);
      if (pair.left === 0) pair.phase = 'over';
    }
    return note.left === 0 || !note.open ? this.end(note, i) : undefined;
  }

  /** With it end the ways out of a purchase of nothing; of what was bought they wake. */
  protected end(note: Note, i: number): void {
    note.phase = 'over';
    const bought = this.boughtBy(note);
    for (const other of this.notes) {
      if (other.entry !== note || other.phase !== 'asleep') continue;
      other.left = Math.min(other.left, bought);
      other.woken = i;
      other.phase = bought === 0 ? 'over' : other.when === undefined ? 'works' : 'waits';
    }
  }
}
