/**
 * Obizhaeva and Wang, Journal of Financial Markets 16, 2013: N + 1 trades over T days into a book that refills at the rate rho.
 * Least cost has equal blocks at both ends and equal small trades between, just as large as what refills:
 *
 *   first = last = X / ((N - 1)(1 - a) + 2),   between = first (1 - a),   a = exp(-rho T / N)
 */
import { InputError } from '../base/errors.js';

export interface ObizhaevaWangTrades {
  readonly trades: Float64Array;
  /** Of the fading part, in units of kappa X^2. */
  readonly cost: number;
}

/**
 * @param intervals N, between the trades; at least 1
 * @param resilience rho per day, at least 0
 * @throws InputError `bad_problem`
 */
export function obizhaevaWangTrades(
  shares: number,
  days: number,
  intervals: number,
  resilience: number,
): ObizhaevaWangTrades {
  if (!(Number.isInteger(intervals) && intervals >= 1 && resilience >= 0 && days > 0)) {
    throw new InputError('bad_problem', 'a schedule for a book that cannot be', [
      {
        code: 'bad_problem',
        path: 'intervals, resilience, days',
        value: [intervals, resilience, days],
        expected: 'a whole number from 1, a rate of at least 0, days above 0',
      },
    ]);
  }
  const kept = Math.exp((-resilience * days) / intervals);
  const end = shares / ((intervals - 1) * (1 - kept) + 2);
  const trades = Float64Array.from({ length: intervals + 1 }, (_, i) =>
    i === 0 || i === intervals ? end : end * (1 - kept),
  );
  let displaced = 0;
  let paid = 0;
  for (const trade of trades) {
    paid += trade * (displaced + trade / 2);
    displaced = (displaced + trade) * kept;
  }
  return { trades, cost: paid / shares ** 2 };
}
