/** Optimal paths against printed tables, quadratic programmes solved elsewhere, and what any optimum must satisfy. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  almgrenChrissPath,
  garleanuPedersenPath,
  garleanuPedersenRate,
  InputError,
  measuresOf,
  obizhaevaWangTrades,
  trackingPath,
  type AlmgrenChrissProblem,
} from '../../../src/core/index.js';
import { ACCEPTANCE } from '../acceptance.js';
import { refusalOf } from '../refusals.js';

describe('Almgren and Chriss', () => {
  const { inputs, frontier, trajectory, tolerance } = ACCEPTANCE.almgren_chriss;
  const problem: AlmgrenChrissProblem = {
    shares: inputs.X,
    days: inputs.T_days,
    periods: inputs.N,
    volatility: inputs.sigma_frontier,
    halfSpread: inputs.epsilon,
    permanent: inputs.gamma,
    temporary: inputs.eta,
  };
  const near = (got: number, wanted: number, by: number): void =>
    expect(Math.abs(got - wanted)).toBeLessThan(by);

  it.each(frontier)('frontier at %d: cost %d, variance %d, utility %d, %d days', (lambda, E, V, U, days) => {
    const got = almgrenChrissPath(problem, lambda * 1e-6);
    near(got.cost / 1e6, E, tolerance.E);
    near(got.variance / 1e12, V, tolerance.V);
    near(got.utility / 1e6, U, tolerance.U);
    near(got.decayDays, days, tolerance.halflife);
  });

  it.each(trajectory)('path at %d: %d, %d, %d, %d percent left', (lambda, ...left) => {
    const { holdings } = almgrenChrissPath(
      { ...problem, volatility: inputs.sigma_trajectory },
      lambda * 1e-6,
    );
    left.forEach((percent, k) => near((holdings[k + 1] / inputs.X) * 100, percent, tolerance.x_pct));
  });

  it('without risk aversion it is even, and costs 662,500; at once it costs 2,562,500', () => {
    const even = almgrenChrissPath(problem, 0);
    expect(Array.from(even.trades)).toEqual(Array.from({ length: 5 }, () => expect.closeTo(2e5, 6)));
    expect([even.cost, even.variance / 1e12]).toEqual([expect.closeTo(662_500, 6), expect.closeTo(1.083, 9)]);
    expect(almgrenChrissPath({ ...problem, days: 1, periods: 1 }, 0).cost).toBeCloseTo(2_562_500, 6);
  });

  it('with own permanent impact on the trade that makes it, the printed costs do not come out', () => {
    const { trades, cost } = almgrenChrissPath(problem, 1e-6);
    const other = cost + (inputs.gamma / 2) * trades.reduce((a, n) => a + n * n, 0);
    const row = frontier.find(([lambda]) => lambda === 1) as (typeof frontier)[number];
    expect(Math.abs(other / 1e6 - row[1])).toBeGreaterThan(100 * tolerance.E);
  });

  it('no other path has less utility', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1e-4, noNaN: true }),
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (lambda, nudges) => {
          const best = almgrenChrissPath(problem, lambda);
          const holdings = best.holdings.map((x, k) => (k === 0 || k === 5 ? x : x + 1e4 * nudges[k - 1]));
          let squares = 0;
          let variance = 0;
          for (let k = 1; k <= 5; k++) {
            squares += (holdings[k - 1] - holdings[k]) ** 2;
            variance += inputs.sigma_frontier ** 2 * holdings[k] ** 2;
          }
          const net = inputs.eta - inputs.gamma / 2;
          const utility =
            (inputs.gamma * inputs.X ** 2) / 2 +
            inputs.epsilon * inputs.X +
            net * squares +
            lambda * variance;
          expect(utility).toBeGreaterThanOrEqual(best.utility * (1 - 1e-12));
        },
      ),
    );
  });

  it('along the frontier cost rises and variance falls, also where sinh would overflow', () => {
    const points = Array.from({ length: 200 }, (_, i) => almgrenChrissPath(problem, 10 ** (-10 + i / 15)));
    for (let i = 1; i < points.length; i++) {
      expect(points[i].cost).toBeGreaterThanOrEqual(points[i - 1].cost * (1 - 1e-12));
      expect(points[i].variance).toBeLessThanOrEqual(points[i - 1].variance * (1 + 1e-12));
      expect(Number.isFinite(points[i].utility)).toBe(true);
    }
  });

  it('what cannot be is refused with every place', () => {
    try {
      almgrenChrissPath({ ...problem, shares: -1, periods: 0.5, temporary: 0 }, -1);
      expect.unreachable();
    } catch (error) {
      expect((error as InputError).issues.map(({ path }) => path)).toEqual([
        'shares',
        'periods',
        'temporary',
        'riskAversion',
      ]);
    }
  });
});

describe('Obizhaeva and Wang', () => {
  const { X, rows_rho_T_N_x0_x1_cost_over_X2: rows } = ACCEPTANCE.obizhaeva_wang;
  it.each(rows)(
    'resilience %d over %d days in %d steps: %d, then %d, cost %d',
    (rho, days, steps, end, inner, cost) => {
      const got = obizhaevaWangTrades(X, days, steps, rho);
      expect(Math.abs(got.trades[0] - end)).toBeLessThan(1e-2);
      expect(Math.abs(got.trades[1] - inner)).toBeLessThan(1e-2);
      expect(got.trades[steps]).toBe(got.trades[0]);
      expect(Math.abs(got.cost - cost)).toBeLessThan(1e-6);
      expect(got.trades.reduce((a, b) => a + b, 0)).toBeCloseTo(X, 6);
    },
  );
  it('a book that cannot be is refused', () => {
    expect(() => obizhaevaWangTrades(1, 1, 0, 1)).toThrow(InputError);
  });
});

describe('Garleanu and Pedersen', () => {
  const { rows_rho_gamma_lambda_a_rate: rows, tolerance } = ACCEPTANCE.garleanu_pedersen_scalar;
  it.each(rows)('discount %d, risk aversion %d, costs %d: %d, rate %d', (rho, gamma, lambda, a, rate) => {
    const got = garleanuPedersenRate(rho, gamma, lambda);
    expect(Math.abs(got.value / a - 1)).toBeLessThan(tolerance);
    expect(Math.abs(got.rate - rate)).toBeLessThan(tolerance);
  });
  it('closes the same part of the gap each time', () => {
    expect(Array.from(garleanuPedersenPath(1, [0, 0, 0], 0.5))).toEqual([0.5, 0.25, 0.125]);
  });
});

describe('cost against tracking error', () => {
  const { rows_k_trades_cost_te2: rows, tolerance } = ACCEPTANCE.te_vs_cost_schedule;
  const even = [1, 1, 1, 1, 1];

  it.each(rows)('penalty %d: %j costs %d and is off by %d', (penalty, trades, cost, squared) => {
    const got = trackingPath({ costs: even, step: 2, penalty });
    trades.forEach((n, t) => expect(Math.abs(got.trades[t] - n)).toBeLessThan(tolerance));
    expect(Math.abs(got.cost - cost)).toBeLessThan(tolerance);
    expect(Math.abs(got.squaredDifference - squared)).toBeLessThan(tolerance);
  });

  it('a penalty beyond all cost trades at the close alone', () => {
    const { trades, squaredDifference } = trackingPath({ costs: even, step: 2, penalty: 1e12 });
    expect(Array.from(trades, (n) => Math.round(n * 1e6) / 1e6)).toEqual([0, 0, 1, 0, 0]);
    expect(squaredDifference).toBeLessThan(1e-20);
  });

  const costs = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 1, maxLength: 9 });
  const penalties = fc.double({ min: 0, max: 100, noNaN: true });

  it('sums to the order, is symmetric for a symmetric problem, trades nothing in closed sessions', () => {
    fc.assert(
      fc.property(costs, penalties, fc.nat(), fc.nat(), (half, penalty, at, shut) => {
        const mirrored = [...half, 1, ...half.toReversed()];
        const symmetric = trackingPath({ costs: mirrored, step: half.length, penalty }).trades;
        expect(symmetric.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
        symmetric.forEach((n, t) => expect(n).toBeCloseTo(symmetric[symmetric.length - 1 - t], 8));
        const closed = mirrored.with(shut % mirrored.length, Infinity);
        const got = trackingPath({ costs: closed, step: at % closed.length, penalty });
        expect(got.trades[shut % mirrored.length]).toBe(0);
        expect(got.trades.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
        expect(Math.min(...got.trades)).toBeGreaterThanOrEqual(-1e-12);
      }),
    );
  });

  it('cost rises and difference falls with the penalty', () => {
    fc.assert(
      fc.property(costs, penalties, fc.nat(), (each, penalty, at) => {
        const step = at % each.length;
        const low = trackingPath({ costs: each, step, penalty });
        const high = trackingPath({ costs: each, step, penalty: 2 * penalty + 0.1 });
        expect(high.cost).toBeGreaterThanOrEqual(low.cost - 1e-10);
        expect(high.squaredDifference).toBeLessThanOrEqual(low.squaredDifference + 1e-10);
      }),
    );
  });

  it('no other trades do better', () => {
    fc.assert(
      fc.property(costs, penalties, fc.nat(), fc.nat(), fc.nat(), (each, penalty, at, from, to) => {
        const problem = { costs: each, step: at % each.length, penalty };
        const best = trackingPath(problem);
        const moved = Float64Array.from(best.trades);
        moved[from % each.length] += 0.01;
        moved[to % each.length] -= 0.01;
        const { cost, squaredDifference } = measuresOf(problem, moved);
        expect(cost + penalty * squaredDifference).toBeGreaterThanOrEqual(
          best.cost + penalty * best.squaredDifference - 1e-10,
        );
      }),
    );
  });

  it('refused: nothing open, a penalty below 0', () => {
    expect(refusalOf(() => trackingPath({ costs: [Infinity], step: 0, penalty: 1 })).code).toBe(
      'no_open_session',
    );
    expect(() => trackingPath({ costs: even, step: 2, penalty: -1 })).toThrow(InputError);
  });
});
