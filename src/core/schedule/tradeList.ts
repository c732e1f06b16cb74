/**
 * What a fund has to trade to hold an index: from the shares it has to the weights it should have, in orders the boards take, without
 * spending cash it does not have. Names that cannot be traded keep what they are, and the others share the rest in proportion to
 * their weights. Sales of a day pay for purchases of the same day, as they may in A shares.
 */
import { Refusal } from '../base/errors.js';
import { sum } from '../base/sum.js';
import { tradable, type OrderSizes } from '../market/orderSizes.js';

export interface Position {
  /** Whole, at least 0. */
  readonly held: number;
  /** Of those, what may be sold today: shares bought today may not. */
  readonly sellable: number;
  readonly price: number;
  /** In the index, fraction. */
  readonly weight: number;
  readonly sizes: OrderSizes;
  readonly canBuy: boolean;
  readonly canSell: boolean;
}

export interface TradeList {
  /** Signed shares, one entry per position. */
  readonly trades: readonly number[];
  /** Fees of each. */
  readonly fees: readonly number[];
  readonly cash: number;
}

/** Halvings of the sum invested: to a part in 2^50 of the fund. */
const HALVINGS = 50;

/**
 * @param cash now; may be below 0, then shares are sold for it
 * @param keep cash to be left
 * @param feeOf fees of a trade, currency, from its signed value other than 0
 * @throws Refusal `cash_short` when selling all that can be sold does not leave so much
 */
export function tradeList(
  positions: readonly Position[],
  cash: number,
  keep: number,
  feeOf: (value: number) => number,
): TradeList {
  const value = sum(positions.map(({ held, price }) => held * price)) + cash;
  let low = listFor(positions, cash, 0, feeOf);
  if (low.cash < keep) {
    throw new Refusal(
      'cash_short',
      `selling all that can be sold leaves ${low.cash.toFixed(0)} in cash, not ${keep.toFixed(0)}; bring in cash, or keep less`,
      { cash: low.cash, keep },
    );
  }
  let [from, to] = [0, Math.max(0, value - keep)];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = i === 0 ? to : (from + to) / 2;
    const list = listFor(positions, cash, middle, feeOf);
    if (list.cash >= keep) [from, low] = [middle, list];
    else to = middle;
    if (from === to) break;
  }
  return low;
}

/** The trades when so much is invested in all. */
function listFor(
  positions: readonly Position[],
  cash: number,
  invested: number,
  feeOf: (value: number) => number,
): TradeList {
  let stuck = positions.map(({ canBuy, canSell }) => !canBuy && !canSell);
  for (;;) {
    const wanted = wantedShares(positions, stuck, invested);
    // A name that may only be sold and would be bought is stuck too, which leaves more for the others.
    const more = positions.map(
      ({ canBuy, canSell }, i) => stuck[i] || (wanted[i] > 0 && !canBuy) || (wanted[i] < 0 && !canSell),
    );
    if (more.every((is, i) => is === stuck[i])) {
      const trades = positions.map(({ sellable, sizes }, i) =>
        stuck[i] ? 0 : tradable(wanted[i], sellable, sizes),
      );
      const values = trades.map((shares, i) => shares * positions[i].price);
      const fees = values.map((traded) => (traded === 0 ? 0 : feeOf(traded)));
      return { trades, fees, cash: cash - sum(values) - sum(fees) };
    }
    stuck = more;
  }
}

function wantedShares(positions: readonly Position[], stuck: readonly boolean[], invested: number): number[] {
  const bound = sum(positions.map(({ held, price }, i) => (stuck[i] ? held * price : 0)));
  const weight = sum(positions.map((one, i) => (stuck[i] ? 0 : one.weight)));
  const free = Math.max(0, invested - bound);
  return positions.map(({ held, price, weight: own }, i) =>
    stuck[i] ? 0 : (weight === 0 ? 0 : ((own / weight) * free) / price) - held,
  );
}
