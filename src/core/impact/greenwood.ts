/**
 * Many forced trades at once (Greenwood, Journal of Financial Economics 75, 2005, 607-649): risk-averse arbitrageurs take the
 * other side of the whole vector of trades, so a share moves by what it adds to the risk of that book and not by its own trade
 * alone. With d the value index funds demand (sales negative) and S the covariance of returns,
 *
 *   event return  r = gamma S d,    later return  -b r.
 *
 * Names that are not traded at all move with those that are. S has one market factor, one factor per sector and each
 * name's own variance, so S d is worked out without writing S down. gamma is set so that the largest event return equals the
 * estimate of a single-name model. b = 0.7: in the Nikkei 225 redefinition of April 2000 more than 70 % came back
 * within twenty weeks (2003 draft). The form of the model is quoted from memory, the numbers from the abstract.
 */
import { assert, Refusal } from '../base/errors.js';
import { dot } from '../base/sum.js';

/** Columns of equal length, one entry per name. */
export interface DemandBook {
  /** Value demanded by index funds, currency; buy positive, 0 for a name that is not traded. */
  readonly demand: Float64Array;
  /** Standard deviation of the daily return by source. */
  readonly market: Float64Array;
  readonly sector: Float64Array;
  readonly own: Float64Array;
  /** Number of a name's sector, from 0. */
  readonly sectorOf: Uint16Array;
}

export interface DemandReturns {
  /** Event return per name, fraction. */
  readonly event: Float64Array;
  /** Row of the name with the largest event return. */
  readonly largest: number;
  /** Risk aversion per currency. */
  readonly gamma: number;
}

/** b of the later return. */
export const REVERSAL_SHARE = 0.7;

/**
 * @param largestReturn what a single-name model says of the name with the largest event return, fraction above 0
 * @throws Refusal `no_demand` when the trades move nothing
 */
export function greenwood(book: DemandBook, largestReturn: (row: number) => number): DemandReturns {
  const risk = riskOfBook(book);
  const largest = risk.reduce((best, value, i) => (Math.abs(value) > Math.abs(risk[best]) ? i : best), 0);
  if (!(Math.abs(risk[largest] ?? 0) > 0)) {
    throw new Refusal('no_demand', 'the trades add up to no risk that anybody would have to be paid for');
  }
  const gamma = largestReturn(largest) / Math.abs(risk[largest]);
  assert(gamma > 0, 'a return to scale by is above 0');
  return { event: risk.map((value) => gamma * value), largest, gamma };
}

/** d' S d: variance of a day's return on the book, in the square of the demand's unit. */
export const bookVariance = (book: DemandBook): number => dot(book.demand, riskOfBook(book));

/** S d. */
function riskOfBook({ demand, market, sector, own, sectorOf }: DemandBook): Float64Array {
  const onMarket = dot(market, demand);
  const onSector = new Float64Array(Math.max(0, ...sectorOf) + 1);
  for (let i = 0; i < demand.length; i++) onSector[sectorOf[i]] += sector[i] * demand[i];
  return demand.map(
    (value, i) => market[i] * onMarket + sector[i] * onSector[sectorOf[i]] + own[i] * own[i] * value,
  );
}
