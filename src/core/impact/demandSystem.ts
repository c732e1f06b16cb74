/**
 * Prices at which everybody's demand is met (Koijen and Yogo, Journal of Political Economy 127, 2019, section 2): an
 * investor i holds security n with the weight
 *
 *   w_i(n) = d_i(n) / (1 + sum of d_i),   ln d_i(n) = b_i me(n) + c_i(n),   me = ln of market value,
 *
 * and keeps 1 / (1 + sum) outside; b_i below 1 makes the equilibrium unique. An index fund holds every security by its market
 * value and nothing outside. Market values clear: ME(n) = sum of A_i w_i(n). They are found as in the authors' programs, by
 * p <- p + (ln D - p) / (1 - s) with s the slope of ln D on p where that is negative, and 0 elsewhere. Index funds are solved
 * for: with assets X they hold the same part of every security, so that D = (1 + X / sum of F) F with F the demand of the
 * others, and steps do not get shorter the more index funds hold. Assets A_i are held fixed: what prices do to wealth is
 * left out.
 *
 * What it is for: how far all prices go when money moves to investors who do not choose, where the impact models see one order.
 */
import { InputError, Refusal, type Issue } from '../base/errors.js';
import { sum } from '../base/sum.js';

interface Choosing {
  /** A, currency; above 0. */
  readonly assets: number;
  /** b, below 1: 0 holds whatever the price, less leans against it. */
  readonly slope: number;
  /** c, one per security. */
  readonly constants: readonly number[];
}

export type Investor = Choosing | { readonly assets: number; readonly index: true };

export interface Clearing {
  /** ME per security, currency. */
  readonly marketValues: Float64Array;
  /** Steps it took. */
  readonly steps: number;
}

const MOST_STEPS = 1_000;
/** Of the logarithm. The authors stop at 1e-4, which moves the sixth digit. */
const CLOSE_ENOUGH = 1e-12;

/**
 * @param investors at least one who is no index fund: index funds alone hold at any price
 * @throws InputError `bad_investors` with every issue, Refusal `no_equilibrium`
 */
export function clearMarket(investors: readonly Investor[]): Clearing {
  const names = checked(investors);
  const total = sum(investors.map(({ assets }) => assets));
  const index = sum(investors.map((one) => ('index' in one ? one.assets : 0)));
  let logs = new Float64Array(names).fill(Math.log(total / names));
  for (let steps = 1; steps <= MOST_STEPS; steps++) {
    const chosen = new Float64Array(names);
    const slope = new Float64Array(names);
    for (const investor of investors) {
      if ('index' in investor) continue;
      const weights = weightsOf(investor, logs);
      for (let n = 0; n < names; n++) {
        const held = investor.assets * weights[n];
        chosen[n] += held;
        slope[n] += investor.slope * held * (1 - weights[n]);
      }
    }
    const grown = 1 + index / sum(chosen);
    const demand = chosen.map((value) => value * grown);
    const gaps = demand.map((value, n) => Math.log(value) - logs[n]);
    if (Math.max(...gaps.map(Math.abs)) < CLOSE_ENOUGH) return { marketValues: demand, steps };
    logs = logs.map((log, n) => log + gaps[n] / (1 - Math.min(0, slope[n] / chosen[n])));
  }
  throw new Refusal(
    'no_equilibrium',
    `prices do not settle within ${MOST_STEPS} steps; take slopes further below 1`,
    { steps: MOST_STEPS },
  );
}

/** Weights at given logarithms of market values; what is missing to 1 is outside. */
function weightsOf({ slope, constants }: Choosing, logs: Float64Array): Float64Array {
  const wanted = logs.map((log, n) => Math.exp(slope * log + constants[n]));
  const total = 1 + sum(wanted);
  return wanted.map((value) => value / total);
}

/** @returns number of securities */
function checked(investors: readonly Investor[]): number {
  const names = investors.reduce((n, one) => ('index' in one ? n : n || one.constants.length), 0);
  const issues: Issue[] =
    names > 0 ? [] : [bad('investors', investors.length, 'one who is no index fund, with constants')];
  investors.forEach((investor, i) => {
    const place = `investors[${i}]`;
    if (!(investor.assets > 0 && Number.isFinite(investor.assets)))
      issues.push(bad(`${place}.assets`, investor.assets, 'a number above 0'));
    if ('index' in investor) return;
    if (!(investor.slope < 1 && Number.isFinite(investor.slope)))
      issues.push(
        bad(`${place}.slope`, investor.slope, 'a number below 1, or there is more than one equilibrium'),
      );
    if (investor.constants.length !== names || !investor.constants.every(Number.isFinite))
      issues.push(bad(`${place}.constants`, investor.constants, `${names} numbers, one per security`));
  });
  if (issues.length > 0) throw new InputError('bad_investors', 'a market that cannot be cleared', issues);
  return names;
}

const bad = (path: string, value: unknown, expected: string): Issue => ({
  code: 'bad_investors',
  path,
  value,
  expected,
});
