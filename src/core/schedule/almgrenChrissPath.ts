/**
 * Almgren and Chriss, "Optimal execution of portfolio transactions", Journal of Risk 3(2), 2000, 5-39: selling X shares in N
 * equal periods so that expected cost E plus lambda times its variance V is least.
 *
 *   holdings  x_k = X sinh(kappa (T - t_k)) / sinh(kappa T)
 *   kappa     from (2 / tau^2)(cosh(kappa tau) - 1) = lambda sigma^2 / eta',   eta' = eta - gamma tau / 2
 *   E = gamma X^2 / 2 + epsilon X + (eta' / tau) sum of n_k^2,   V = sigma^2 tau sum over k = 1..N of x_k^2
 *
 * A trade's own permanent impact does not hit that trade; under other conventions E differs by gamma / 2 times the sum of
 * n_k^2. 1 / kappa is the time in which the holding falls by a factor of e, not by two.
 */
import { InputError } from '../base/errors.js';
import { dot } from '../base/sum.js';

export interface AlmgrenChrissProblem {
  /** X, above 0. */
  readonly shares: number;
  /** T. */
  readonly days: number;
  /** N. */
  readonly periods: number;
  /** sigma, money per share and root of a day. */
  readonly volatility: number;
  /** epsilon, half the spread, money per share. */
  readonly halfSpread: number;
  /** gamma, money per share squared. */
  readonly permanent: number;
  /** eta, money days per share squared. */
  readonly temporary: number;
}

export interface AlmgrenChrissPath {
  /** x_0 to x_N. */
  readonly holdings: Float64Array;
  /** n_1 to n_N. */
  readonly trades: Float64Array;
  /** E, money. */
  readonly cost: number;
  /** V, money squared. */
  readonly variance: number;
  /** E + lambda V. */
  readonly utility: number;
  /** 1 / kappa; infinite without risk aversion. */
  readonly decayDays: number;
}

/**
 * @param riskAversion lambda, per money; 0 spreads evenly
 * @throws InputError `bad_problem`
 */
export function almgrenChrissPath(problem: AlmgrenChrissProblem, riskAversion: number): AlmgrenChrissPath {
  const { shares, days, periods, volatility, halfSpread, permanent, temporary } = problem;
  const tau = days / periods;
  const net = temporary - (permanent * tau) / 2;
  check(problem, riskAversion, net);
  const kappa = Math.acosh((riskAversion * volatility ** 2 * tau ** 2) / net / 2 + 1) / tau;
  const holdings = Float64Array.from({ length: periods + 1 }, (_, k) => shares * left(kappa, days, k * tau));
  holdings[periods] = 0;
  const trades = Float64Array.from({ length: periods }, (_, k) => holdings[k] - holdings[k + 1]);
  const later = holdings.subarray(1);
  const cost = (permanent * shares ** 2) / 2 + halfSpread * shares + (net / tau) * dot(trades, trades);
  const variance = volatility ** 2 * tau * dot(later, later);
  return {
    holdings,
    trades,
    cost,
    variance,
    utility: cost + riskAversion * variance,
    decayDays: 1 / kappa,
  };
}

/** sinh(kappa (T - t)) / sinh(kappa T), written so that nothing overflows; its limit for kappa = 0. */
function left(kappa: number, days: number, t: number): number {
  if (kappa === 0) return 1 - t / days;
  return (Math.exp(-kappa * t) * Math.expm1(-2 * kappa * (days - t))) / Math.expm1(-2 * kappa * days);
}

function check(problem: AlmgrenChrissProblem, riskAversion: number, net: number): void {
  const { shares, days, periods, volatility, halfSpread, permanent, temporary } = problem;
  const rows: readonly (readonly [boolean, string, number, string])[] = [
    [shares > 0 && Number.isFinite(shares), 'shares', shares, 'a number above 0'],
    [days > 0 && Number.isFinite(days), 'days', days, 'a number above 0'],
    [Number.isInteger(periods) && periods > 0, 'periods', periods, 'a whole number above 0'],
    [volatility > 0 && Number.isFinite(volatility), 'volatility', volatility, 'a number above 0'],
    [halfSpread >= 0, 'halfSpread', halfSpread, 'at least 0'],
    [permanent >= 0, 'permanent', permanent, 'at least 0'],
    [net > 0, 'temporary', temporary, 'more than half the permanent impact of a period'],
    [riskAversion >= 0 && Number.isFinite(riskAversion), 'riskAversion', riskAversion, 'at least 0'],
  ];
  const issues = rows
    .filter(([sound]) => !sound)
    .map(([, path, value, expected]) => ({ code: 'bad_problem', path, value, expected }));
  if (issues.length > 0)
    throw new InputError('bad_problem', 'a schedule for an order that cannot be', issues);
}
