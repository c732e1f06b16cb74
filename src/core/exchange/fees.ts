/** What a trade costs besides its price: duty and fees by date, each rounded half up to a fen. */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { formatDay, parseDay } from '../calendar/day.js';
import { fen, halfUp, type Fen } from './fen.js';

/** Parts of ten million, so that every rate is a whole number. */
const PARTS = 10_000_000;

interface FeeRates {
  readonly from: string;
  /** On sales only. */
  readonly stamp: number;
  readonly transfer: number;
  readonly source: string;
}

const FEE_RATES: readonly FeeRates[] = [
  {
    from: '2022-04-29',
    stamp: 10_000,
    transfer: 100,
    source: 'stamp duty 0.1 % on sales; transfer fee 0.001 % since 2022-04-29, as commonly stated',
  },
  {
    from: '2023-08-28',
    stamp: 5_000,
    transfer: 100,
    source: 'Ministry of Finance: stamp duty on securities trades halved from 2023-08-28',
  },
];

/** What a broker takes: parts of ten million, and the least per trade. */
export interface Commission {
  readonly rate: number;
  readonly least: Fen;
}

/** 0.025 %, at least 5 CNY, exchange handling and supervision fees included: a usual retail rate. */
export const USUAL_COMMISSION: Commission = { rate: 2_500, least: fen(500) };

export interface Fees {
  readonly stamp: Fen;
  readonly transfer: Fen;
  readonly commission: Fen;
}

/**
 * @param value price x quantity
 * @throws Refusal `no_fee_rates` before the first day they are held for
 */
export function feesOf(side: 'buy' | 'sell', value: Fen, day: Day, commission: Commission): Fees {
  const rates = FEE_RATES.findLast((row) => (parseDay(row.from) as Day) <= day);
  if (rates === undefined) {
    throw new Refusal(
      'no_fee_rates',
      `fees are held from ${FEE_RATES[0].from} on; none for ${formatDay(day)}`,
      { from: FEE_RATES[0].from, day: formatDay(day) },
    );
  }
  return {
    stamp: side === 'sell' ? halfUp(value, rates.stamp, PARTS) : fen(0),
    transfer: halfUp(value, rates.transfer, PARTS),
    commission: fen(Math.max(halfUp(value, commission.rate, PARTS), commission.least)),
  };
}

export const totalFees = ({ stamp, transfer, commission }: Fees): Fen => fen(stamp + transfer + commission);
