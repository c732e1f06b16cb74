/** What an account was worth after each session: the days of its statement. */
import type { Day, SecurityId } from '../base/brand.js';
import { fen, type Fen } from '../exchange/fen.js';
import { accountFold, type AccountEvent } from './account.js';
import type { Balances } from './ledger.js';
import { lastClose, type TradedMarket } from './tradingDay.js';

export interface DayValue {
  readonly day: Day;
  readonly cash: Fen;
  /** Of all positions at the last close. */
  readonly positions: Fen;
  readonly equity: Fen;
  /** Gains and losses since the opening, before fees. */
  readonly realised: Fen;
  readonly unrealised: Fen;
  readonly dividends: Fen;
  readonly fees: Fen;
}

/** One row for the opening and one for each session since. */
export function dailyValues(events: readonly AccountEvent[], { market }: TradedMarket): DayValue[] {
  const fold = accountFold(events.slice(0, 1));
  const rows = [dayValue(fold.balances(), events[0].day, market)];
  for (const event of events.slice(1)) {
    fold.add(event);
    if (event.kind === 'closed') rows.push(dayValue(fold.balances(), event.day, market));
  }
  return rows;
}

function dayValue(balances: Balances, day: Day, market: TradedMarket['market']): DayValue {
  let positions = 0;
  let cost = 0;
  for (const [id, holding] of balances.holdings) {
    positions += valueOf(market, id, holding.shares, day);
    cost += holding.cost;
  }
  return {
    day,
    cash: balances.cash,
    positions: fen(positions),
    equity: fen(balances.cash + positions),
    realised: balances.gains,
    unrealised: fen(positions - cost),
    dividends: balances.dividends,
    fees: balances.fees,
  };
}

const valueOf = (market: TradedMarket['market'], id: SecurityId, shares: number, day: Day): number =>
  (lastClose(market, id, day)?.close ?? 0) * shares;
