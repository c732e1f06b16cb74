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

export interface LedgerEntry {
  readonly day: Day;
  readonly what: string;
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
function entry(day: Day, what: string, lines: readonly LedgerLine[]): LedgerEntry {
  const kept = lines.filter(({ amount, shares }) => amount !== 0 || shares !== 0);
  assert(kept.reduce((sum, { amount }) => sum + amount, 0) === 0, 'debits equal credits');
  return { day, what, lines: kept };
}

export const openingEntry = (day: Day, cash: Fen): LedgerEntry =>
  entry(day, 'opened', [line('cash', cash), line('capital', -cash)]);

interface TradeFact {
  readonly day: Day;
  readonly security: SecurityId;
  readonly side: Side;
  readonly quantity: number;
  readonly price: Fen;
  readonly fees: FeesInFen;
}

/** A sale takes the average cost out of the position; the rest of its proceeds is gain or loss. */
export function tradeEntry(trade: TradeFact, holding: Position): LedgerEntry {
  const { day, security, side, quantity, price, fees } = trade;
  const value = price * quantity;
  const paid = [
    line('stamp', fees.stamp),
    line('transfer', fees.transfer),
    line('commission', fees.commission),
  ];
  const cash = line('cash', (side === 'buy' ? -value : value) - totalFees(fees));
  if (side === 'buy') return entry(day, 'buy', [positionLine(security, value, quantity), ...paid, cash]);
  assert(quantity <= holding.shares, 'only shares that are held are sold');
  const cost = halfUp(holding.cost, quantity, holding.shares);
  return entry(day, 'sell', [
    cash,
    ...paid,
    positionLine(security, -cost, -quantity),
    line('gains', cost - value),
  ]);
}

/** More shares for the same cost. */
export const bonusEntry = (day: Day, security: SecurityId, shares: number): LedgerEntry =>
  entry(day, 'bonus', [positionLine(security, 0, shares)]);

export const dividendEntry = (day: Day, cash: Fen): LedgerEntry =>
  entry(day, 'dividend', [line('cash', cash), line('dividends', -cash)]);

/** What all entries add up to. */
export interface Balances {
  readonly cash: Fen;
  /** Realised, before fees; above zero is a gain. */
  readonly gains: Fen;
  readonly dividends: Fen;
  readonly fees: Fen;
  readonly capital: Fen;
  /** Only those with shares. */
  readonly holdings: ReadonlyMap<SecurityId, Position>;
}

export function balancesOf(entries: readonly LedgerEntry[]): Balances {
  const total = new Map<LedgerAccount, number>();
  const holdings = new Map<SecurityId, Position>();
  for (const { lines } of entries) {
    for (const { account, security, amount, shares } of lines) {
      total.set(account, (total.get(account) ?? 0) + amount);
      if (security === undefined) continue;
      const before = holdings.get(security) ?? { shares: 0, cost: fen(0) };
      holdings.set(security, { shares: before.shares + shares, cost: fen(before.cost + amount) });
    }
  }
  for (const [security, { shares }] of holdings) if (shares === 0) holdings.delete(security);
  const of = (account: LedgerAccount): number => total.get(account) ?? 0;
  return {
    cash: fen(of('cash')),
    gains: fen(0 - of('gains')),
    dividends: fen(0 - of('dividends')),
    fees: fen(of('stamp') + of('transfer') + of('commission')),
    capital: fen(0 - of('capital')),
    holdings,
  };
}
