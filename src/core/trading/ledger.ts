/**
 * Double entry: every fact is one transaction whose lines sum to zero, in whole fen. Positions stand at cost; shares are
 * counted beside the money. Nothing is ever changed; balances are what the entries add up to.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { assert } from '../base/errors.js';
import { fen, halfUp, type Fen } from '../exchange/fen.js';
import { totalFees, type FeesInFen } from '../exchange/feesInFen.js';
import type { Side } from '../exchange/orderCheck.js';

/** Where money stands: `position` at cost, one per security. */
export type LedgerAccount =
  'cash' | 'capital' | 'position' | 'gains' | 'dividends' | 'stamp' | 'transfer' | 'commission';

interface LedgerLine {
  readonly account: LedgerAccount;
  /** Of a position; `undefined` elsewhere. */
  readonly security: SecurityId | undefined;
  /** Debits above zero, credits below. */
  readonly amount: Fen;
  /** Shares that come in or go out with it. */
  readonly shares: number;
}

type EntryKind = 'opened' | 'buy' | 'sell' | 'bonus' | 'dividend' | 'rights';

export interface LedgerEntry {
  readonly day: Day;
  readonly what: EntryKind;
  /** Number of the order behind it. */
  readonly order: number | undefined;
  /** What it is about; of a dividend too, whose lines name no position. */
  readonly security: SecurityId | undefined;
  readonly lines: readonly LedgerLine[];
}

interface Position {
  readonly shares: number;
  /** What they cost without fees. */
  readonly cost: Fen;
}

const line = (account: LedgerAccount, amount: number): LedgerLine => ({
  account,
  security: undefined,
  amount: fen(amount),
  shares: 0,
});

const positionLine = (security: SecurityId, amount: number, shares: number): LedgerLine => ({
  account: 'position',
  security,
  amount: fen(amount),
  shares,
});

/** @throws Bug when debits and credits differ */
function entry(
  head: Pick<LedgerEntry, 'day' | 'what' | 'order' | 'security'>,
  lines: readonly LedgerLine[],
): LedgerEntry {
  const kept = lines.filter(({ amount, shares }) => amount !== 0 || shares !== 0);
  assert(kept.reduce((sum, { amount }) => sum + amount, 0) === 0, 'debits equal credits');
  return { ...head, lines: kept };
}

const unordered = (
  day: Day,
  what: EntryKind,
  security?: SecurityId,
): Pick<LedgerEntry, 'day' | 'what' | 'order' | 'security'> => ({ day, what, order: undefined, security });

export const openingEntry = (day: Day, cash: Fen): LedgerEntry =>
  entry(unordered(day, 'opened'), [line('cash', cash), line('capital', -cash)]);

interface TradeFact {
  readonly day: Day;
  readonly order: number;
  readonly security: SecurityId;
  readonly side: Side;
  readonly quantity: number;
  readonly price: Fen;
  readonly fees: FeesInFen;
}

/** A sale takes the average cost out of the position; the rest of its proceeds is gain or loss. */
export function tradeEntry(trade: TradeFact, holding: Position): LedgerEntry {
  const { day, order, security, side, quantity, price, fees } = trade;
  const head = { day, what: side, order, security };
  const value = price * quantity;
  const paid = [
    line('stamp', fees.stamp),
    line('transfer', fees.transfer),
    line('commission', fees.commission),
  ];
  const cash = line('cash', (side === 'buy' ? -value : value) - totalFees(fees));
  if (side === 'buy') return entry(head, [positionLine(security, value, quantity), ...paid, cash]);
  assert(quantity <= holding.shares, 'only shares that are held are sold');
  const cost = halfUp(holding.cost, quantity, holding.shares);
  return entry(head, [cash, ...paid, positionLine(security, -cost, -quantity), line('gains', cost - value)]);
}

/** More shares for the same cost. */
export const bonusEntry = (day: Day, security: SecurityId, shares: number): LedgerEntry =>
  entry(unordered(day, 'bonus', security), [positionLine(security, 0, shares)]);

export const dividendEntry = (day: Day, security: SecurityId, cash: Fen): LedgerEntry =>
  entry(unordered(day, 'dividend', security), [line('cash', cash), line('dividends', -cash)]);

/** New shares at the price of the subscription. */
export const rightsEntry = (day: Day, security: SecurityId, shares: number, paid: Fen): LedgerEntry =>
  entry(unordered(day, 'rights', security), [positionLine(security, paid, shares), line('cash', -paid)]);

/** What all entries add up to. */
export interface Balances {
  readonly cash: Fen;
  /** Realised, before fees; above zero is a gain. */
  readonly gains: Fen;
  readonly dividends: Fen;
  /** Sum of the three kinds. */
  readonly fees: Fen;
  readonly feesByKind: FeesInFen;
  readonly capital: Fen;
  /** Only those with shares. */
  readonly holdings: ReadonlyMap<SecurityId, Position>;
}

interface LedgerFold {
  readonly entries: readonly LedgerEntry[];
  readonly add: (entry: LedgerEntry) => void;
  readonly balances: () => Balances;
}

/** A ledger that grows entry by entry; balances taken of it do not change any more. */
export function ledgerFold(): LedgerFold {
  const entries: LedgerEntry[] = [];
  const total = new Map<LedgerAccount, number>();
  // Replaced and never changed: balances that were given out hold the one of their time.
  let holdings: ReadonlyMap<SecurityId, Position> = new Map();
  const of = (account: LedgerAccount): number => total.get(account) ?? 0;
  return {
    entries,
    add(added) {
      entries.push(added);
      for (const { account, amount } of added.lines) total.set(account, of(account) + amount);
      holdings = held(holdings, added.lines);
    },
    balances: () => {
      const feesByKind = {
        stamp: fen(of('stamp')),
        transfer: fen(of('transfer')),
        commission: fen(of('commission')),
      };
      return {
        cash: fen(of('cash')),
        gains: fen(0 - of('gains')),
        dividends: fen(0 - of('dividends')),
        fees: totalFees(feesByKind),
        feesByKind,
        capital: fen(0 - of('capital')),
        holdings,
      };
    },
  };
}

function held(
  before: ReadonlyMap<SecurityId, Position>,
  lines: readonly LedgerLine[],
): ReadonlyMap<SecurityId, Position> {
  const moved = lines.filter(({ security }) => security !== undefined);
  if (moved.length === 0) return before;
  const after = new Map(before);
  for (const { security, amount, shares } of moved) {
    const id = security as SecurityId;
    const { shares: had, cost } = after.get(id) ?? { shares: 0, cost: fen(0) };
    assert(had + shares >= 0, 'only shares that are held go out');
    if (had + shares === 0) after.delete(id);
    else after.set(id, { shares: had + shares, cost: fen(cost + amount) });
  }
  return after;
}
