/** What an order would cost and do to the price, said before it is placed: as known at the account's day. */
import type { Finding } from '../base/finding.js';
import { Refusal } from '../base/errors.js';
import { fen, halfUp, type Fen } from '../exchange/fen.js';
import { feesInFen, totalFees, type FeesInFen } from '../exchange/feesInFen.js';
import { squareRoot } from '../impact/squareRoot.js';
import { FEE_PARTS, feeRatesOn } from '../market/fees.js';
import type { Account } from '../trading/account.js';
import { inspectRequest, type AccountHistory, type OrderInspection } from '../trading/orderEntry.js';
import type { OrderRequest } from '../trading/orderRequest.js';
import type { TradedMarket } from '../trading/tradingDay.js';
import { liquidityUntil } from './liquidityUntil.js';

export interface OrderPreview extends OrderInspection {
  /** Price the figures below are worked out at: its limit, or the newest price. */
  readonly at: Fen;
  readonly value: Fen;
  readonly fees: FeesInFen;
  /** Part of the commission that goes on to the exchange and its supervision. */
  readonly passedOn: Fen;
  /** Of the account, once all of it is filled at that price. */
  readonly cashAfter: Fen;
  readonly sharesAfter: number;
  /** `undefined` where the closes are too few to say; then a finding says so. */
  readonly impact: OrderImpact | undefined;
  readonly findings: readonly Finding[];
}

/** By the square-root model, as fractions of the price and against the trader. */
export interface OrderImpact {
  readonly advShares: number;
  /** Shares of the order over that. */
  readonly participation: number;
  readonly peak: number;
  readonly cost: number;
  readonly band: readonly [number, number];
}

/** @throws what `inspectRequest` throws */
export function previewOrder(
  history: AccountHistory,
  traded: TradedMarket,
  request: OrderRequest,
): OrderPreview {
  const { account } = history;
  const check = inspectRequest(history, traded, request);
  const { side, quantity, security } = request;
  const at = request.limit ?? request.exit?.takeProfit ?? check.now ?? check.previousClose;
  const value = fen(at * quantity);
  const fees = feesInFen(side, value, check.session, account.commission);
  const { handling, supervision } = feeRatesOn(check.session);
  const { balances, day } = account;
  const { impact, findings } = impactOf(traded, request, day);
  const held = balances.holdings.get(security)?.shares ?? 0;
  return {
    ...check,
    at,
    value,
    fees,
    passedOn: halfUp(value, handling + supervision, FEE_PARTS),
    cashAfter: fen(balances.cash + (side === 'buy' ? -value : value) - totalFees(fees)),
    sharesAfter: held + (side === 'buy' ? quantity : -quantity),
    impact,
    findings,
  };
}

/** The order traded over one day of normal volume. */
function impactOf(
  traded: TradedMarket,
  { security, side, quantity }: OrderRequest,
  day: Account['day'],
): { readonly impact: OrderImpact | undefined; readonly findings: readonly Finding[] } {
  try {
    const { advShares, volatility } = liquidityUntil(traded, security, day);
    const order = { shares: side === 'buy' ? quantity : -quantity, days: 1 };
    const liquidity = { advShares, volatility, sharesOutstanding: Number.NaN, spread: Number.NaN };
    const { peak, cost, band, findings } = squareRoot(order, liquidity);
    return { impact: { advShares, participation: quantity / advShares, peak, cost, band }, findings };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return {
      impact: undefined,
      findings: [{ code: 'order_impact_unknown', subject: security, message: error.message }],
    };
  }
}
