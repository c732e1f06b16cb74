/** What a trade costs besides its price, in whole fen: each part rounded half up. Rates: market/fees.ts. */
import type { Day } from '../base/brand.js';
import { FEE_PARTS, feeRatesOn, type Commission } from '../market/fees.js';
import { fen, fenOf, halfUp, type Fen } from './fen.js';

export interface FeesInFen {
  readonly stamp: Fen;
  readonly transfer: Fen;
  readonly commission: Fen;
}

/**
 * @param value price x quantity
 * @throws Refusal `fees_unknown` before the first day they are held for
 */
export function feesInFen(
  side: 'buy' | 'sell',
  value: Fen,
  day: Day,
  { rate, least }: Commission,
): FeesInFen {
  const rates = feeRatesOn(day);
  const commission = halfUp(value, Math.round(rate * FEE_PARTS), FEE_PARTS);
  return {
    stamp: side === 'sell' ? halfUp(value, rates.stampDuty, FEE_PARTS) : fen(0),
    transfer: halfUp(value, rates.transfer, FEE_PARTS),
    commission: fen(Math.max(commission, fenOf(least))),
  };
}

export const totalFees = ({ stamp, transfer, commission }: FeesInFen): Fen =>
  fen(stamp + transfer + commission);
