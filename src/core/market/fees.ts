/**
 * What trading A shares costs beside the price, by the day of the trade: fractions of the value, currency CNY.
 *
 *   stamp duty    sales      0.05 %, 0.10 % before 2023-08-28 (notice of the Ministry of Finance)
 *   transfer fee  both       0.001 % since 2022-04-29
 *   handling fee  both       0.00341 %, 0.00487 % before 2023-08-28, to the exchange
 *   supervision   both       0.002 %
 *   commission    both       negotiated; 0.025 % and at least 5 per order unless told otherwise
 *
 * A commission usually includes handling and supervision, and does so here. Rates as second sources quote them; the day of the
 * transfer fee and the earlier handling fee are from memory. Amounts are not rounded to cents.
 */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { dayOf, formatDay } from '../calendar/day.js';

export interface Commission {
  /** Of the value. */
  readonly rate: number;
  /** Per order. */
  readonly least: number;
}

export const USUAL_COMMISSION: Commission = { rate: 0.00025, least: 5 };

export interface Fees {
  readonly stampDuty: number;
  readonly transfer: number;
  readonly commission: number;
  readonly total: number;
  /** Part of the commission that the broker passes on: handling and supervision. */
  readonly passedOn: number;
}

/** Rates are parts of ten million of the value, so that each is a whole number and money in whole cents stays exact. */
export const FEE_PARTS = 10_000_000;

interface FeeRates {
  /** On sales only. */
  readonly stampDuty: number;
  readonly transfer: number;
  readonly handling: number;
  readonly supervision: number;
}

/** Before it the transfer fee was another, which no source here states. */
const FIRST_DAY = dayOf(2022, 4, 29);
const HALVED = dayOf(2023, 8, 28);

const BEFORE_HALVING: FeeRates = { stampDuty: 10_000, transfer: 100, handling: 487, supervision: 200 };
const SINCE_HALVING: FeeRates = { ...BEFORE_HALVING, stampDuty: 5_000, handling: 341 };

/** @throws Refusal `fees_unknown` for a day before the rates held here begin */
export function feeRatesOn(day: Day): FeeRates {
  if (day >= FIRST_DAY) return day < HALVED ? BEFORE_HALVING : SINCE_HALVING;
  throw new Refusal(
    'fees_unknown',
    `fees are held from ${formatDay(FIRST_DAY)}, not for ${formatDay(day)}; give the fees paid with each fill`,
    { day: formatDay(day) },
  );
}

/**
 * Fees of one order.
 * @param value traded, currency; above 0
 * @throws Refusal `fees_unknown` for a day before the rates held here begin
 */
export function feesOf(
  day: Day,
  side: 'buy' | 'sell',
  value: number,
  { rate, least }: Commission = USUAL_COMMISSION,
): Fees {
  const rates = feeRatesOn(day);
  const part = (parts: number): number => (value * parts) / FEE_PARTS;
  const stampDuty = side === 'sell' ? part(rates.stampDuty) : 0;
  const transfer = part(rates.transfer);
  const commission = Math.max(least, value * rate);
  return {
    stampDuty,
    transfer,
    commission,
    total: stampDuty + transfer + commission,
    passedOn: part(rates.handling + rates.supervision),
  };
}
