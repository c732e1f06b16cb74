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

export interface Note {
  readonly id: number;
  readonly row: number;
  readonly side: 'buy' | 'sell';
  left: number;
  filled: number;
  readonly limit: number | undefined;
  readonly open: boolean;
  readonly when: Wish['when'];
  readonly entry: Note | undefined;
  /** The other way out. */
  readonly pair: () => Note | undefined;
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
    return note.phase === 'asleep' ? Math.min(note.left, note.entry?.filled ?? 0) : note.left;
  }

  /** Shares that orders sell. */
  protected committed(row: number, counts: (note: Note) => boolean = () => true): number {
    const sales = this.notes.filter((note) => note.side === 'sell' && note.row === row && counts(note));
    return sales.reduce((total, note) => {
      const pair = note.pair();
      const other = pair !== undefined && counts(pair) ? pair : undefined;
      // Of two that sell the same shares the larger one counts, and it once.
      const isSmaller =
        other !== undefined &&
        (this.wants(note) < this.wants(other) ||
          (this.wants(note) === this.wants(other) && note.id > other.id));
      return isSmaller ? total : total + this.wants(note);
    }, 0);
  }

  protected sellable(row: number): number {
    return this.shares[row] - this.committed(row);
  }

  /** Whether board and account take it. */
  takes({ row, side, quantity, limit, when, exit }: Wish): boolean {
    const [low, high] = this.range(row, this.now + 1);
    const isPair = side === 'sell' && exit !== undefined;
    const most = limit === undefined ? 50_000 : 100_000;
    if (quantity > most) return false;
    if (exit !== undefined && exit.loss >= exit.gain) return false;
    if (when === undefined && !isPair && limit !== undefined && (limit < low || limit > high)) return false;
    if (side === 'sell') {
      const sellable = this.sellable(row);
      return quantity <= sellable && (quantity >= 200 || quantity === sellable);
    }
    const paid = limit ?? this.lastWithEx(row);
    if (exit !== undefined && (exit.loss >= paid || exit.gain <= paid)) return false;
    const needed = (shares: number, price: number): number => shares * price + feesOf('buy', shares * price);
    let free = this.cash;
    for (const note of this.notes) {
      if (note.side === 'sell' || note.phase === 'over') continue;
      free -= needed(note.left, note.limit ?? this.range(note.row, this.now + 1)[1]);
    }
    return quantity >= 200 && needed(quantity, limit ?? high) <= free;
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
    const plain = { left: quantity, filled: 0, woken: -1, entry: undefined, pair: () => undefined };
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
      pair: () => gain,
    };
    const gain: Note = {
      ...wayOut,
      id,
      limit: exit.gain,
      when: undefined,
      phase: entry === undefined ? 'works' : 'asleep',
      pair: () => loss,
    };
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
    const pair = note.pair();
    if (pair !== undefined && pair.phase !== 'over') {
      pair.left = Math.min(pair.left, note.left);
      if (pair.left === 0) pair.phase = 'over';
    }
    return note.left === 0 || !note.open ? this.end(note, i) : undefined;
  }

  /** With it end the ways out of a purchase of nothing; of what was bought they wake. */
  protected end(note: Note, i: number): void {
    note.phase = 'over';
    for (const other of this.notes) {
      if (other.entry !== note || other.phase !== 'asleep') continue;
      other.left = Math.min(other.left, note.filled);
      other.woken = i;
      other.phase = note.filled === 0 ? 'over' : other.when === undefined ? 'works' : 'waits';
    }
  }
}
