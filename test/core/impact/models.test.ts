/** The impact models against printed numbers, closed forms and programs that trade the order step by step. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  almgren2005,
  almgrenChriss,
  elasticity,
  impactOf,
  impactTable,
  kyle,
  multiplierOf,
  obizhaevaWang,
  propagator,
  SQUARE_ROOT,
  squareRoot,
  strategicElasticity,
  InputError,
  type Liquidity,
  type Order,
  type SingleModelName,
} from '../../../src/core/index.js';
import { refusalOf } from '../refusals.js';
import { ACCEPTANCE } from '../acceptance.js';

const BASE: Liquidity = { advShares: 1e6, volatility: 0.02, sharesOutstanding: 2e8, spread: 0.001 };
const order = (participation: number, days = 1): Order => ({ shares: participation * 1e6, days });
const bp = (fraction: number): number => fraction * 1e4;

describe('square root', () => {
  const { rows_Y_sigma_QoverV_I: rows, tolerance } = ACCEPTANCE.sqrt_law;
  it.each(rows)(
    'Y %d, volatility %d, %d of a day moves the price by %d',
    (coefficient, volatility, size, move) => {
      const { peak, cost } = squareRoot(
        order(size),
        { ...BASE, volatility },
        { ...SQUARE_ROOT, coefficient },
      );
      expect(Math.abs(peak - move)).toBeLessThan(tolerance);
      expect(cost).toBeCloseTo((2 / 3) * peak, 15);
    },
  );

  it('has a model of its own per exponent: above a day of volume the larger exponent costs more, below less', () => {
    const peaks = (size: number): number[] =>
      (['square-root', 'square-root-0.6', 'square-root-0.7'] as const).map(
        (name) => impactOf(name, order(size), BASE).peak,
      );
    expect(peaks(0.25)).toEqual([0.5, 0.6, 0.7].map((d) => 0.02 * 0.25 ** d));
    expect(peaks(4).toSorted((a, b) => a - b)).toEqual(peaks(4));
    expect(peaks(0.25).toSorted((a, b) => b - a)).toEqual(peaks(0.25));
  });

  it('says when the order is larger than those the law was seen in', () => {
    const codes = (size: number): string[] => squareRoot(order(size), BASE).findings.map(({ code }) => code);
    expect([codes(0.1), codes(0.11)]).toEqual([[], ['impact_extrapolated']]);
  });
});

describe('Almgren, Thum, Hauptmann, Li', () => {
  const { cases, tolerance } = ACCEPTANCE.athl2005;
  const rows = cases.flatMap((one) =>
    one.T.map((days, i) => ({ ...one, days, K: one.K_bp[i], J: one.J_bp[i] })),
  );
  const liquidityOf = (one: (typeof rows)[number]): Liquidity => ({
    ...BASE,
    advShares: one.V,
    sharesOutstanding: one.Theta,
    volatility: one.sigma_pct / 100,
  });

  it.each(rows)('table of the paper: $name over $days days', (one) => {
    const got = almgren2005({ shares: one.X, days: one.days }, liquidityOf(one));
    expect(Math.abs(bp(got.permanent) - one.I_bp)).toBeLessThan(tolerance.I_bp);
    expect(Math.abs(bp(got.temporary) - one.K)).toBeLessThan(tolerance.bp_integer);
    expect(Math.abs(bp(got.cost) - one.J)).toBeLessThan(tolerance.bp_integer);
    expect(got.findings).toEqual([]);
  });

  it('the formula as it is misquoted, without shares outstanding, does not give the table', () => {
    const [ibm] = rows;
    // With as many shares outstanding as are traded a day the factor is 1, as if it were not there.
    const wrong = almgren2005(
      { shares: ibm.X, days: 0.1 },
      { ...liquidityOf(ibm), sharesOutstanding: ibm.V },
    );
    expect(bp(wrong.permanent)).toBeCloseTo(4.93, 2);
    expect(Math.abs(bp(wrong.permanent) - ibm.I_bp)).toBeGreaterThan(10);
  });

  it('band: coefficients moved by their errors one by one, added in squares', () => {
    const participation = 0.05;
    const J = (gamma: number, eta: number, beta: number): number =>
      (gamma * 0.02 * participation * 200 ** 0.25) / 2 + eta * 0.02 * (participation / 2) ** beta;
    const steps = [J(0.314 + 1e-6, 0.142, 0.6), J(0.314, 0.142 + 1e-6, 0.6), J(0.314, 0.142, 0.6 + 1e-6)];
    const errors = [0.041, 0.0062, 0.038];
    const sd = Math.sqrt(
      steps.reduce((total, j, i) => total + (((j - J(0.314, 0.142, 0.6)) / 1e-6) * errors[i]) ** 2, 0),
    );
    const { band, cost } = almgren2005(order(participation, 2), BASE);
    expect(band[1] - cost).toBeCloseTo(1.96 * sd, 7);
    expect(cost - band[0]).toBeCloseTo(1.96 * sd, 7);
  });
});

describe('Almgren and Chriss', () => {
  const { X, S0, T_days, N, epsilon, gamma, eta } = ACCEPTANCE.almgren_chriss.inputs;
  // The example's coefficients are its rule of thumb: 1/8 $ of spread, 5 million shares a day.
  const liquidity: Liquidity = { ...BASE, advShares: 5e6, spread: (2 * epsilon) / S0 };

  it('costs 662,500 $ sold evenly over five days, and 2,562,500 $ at once', () => {
    const even = almgrenChriss({ shares: -X, days: T_days }, liquidity, {
      permanentVolume: 0.1,
      temporaryVolume: 0.01,
      periodDays: T_days / N,
    });
    expect(even.cost * X * S0).toBeCloseTo(662_500, 6);
    const once = almgrenChriss({ shares: -X, days: 1 }, liquidity, {
      permanentVolume: 0.1,
      temporaryVolume: 0.01,
      periodDays: 1,
    });
    expect(once.cost * X * S0).toBeCloseTo(2_562_500, 6);
  });

  it('costs what trading it share by share into a linear market costs', () => {
    const steps = 20_000;
    const n = X / steps;
    const tau = T_days / steps;
    let moved = 0;
    let paid = 0;
    for (let i = 0; i < steps; i++) {
      paid += n * (moved + epsilon + (eta * n) / tau);
      moved += gamma * n;
    }
    const got = almgrenChriss({ shares: X, days: T_days }, liquidity);
    expect((got.cost * X * S0) / paid).toBeCloseTo(1, 4);
    expect(got.permanent * S0).toBeCloseTo(moved, 6);
  });
});

describe('Obizhaeva and Wang', () => {
  it.each([
    [2.231, 0.236351],
    [1, 1 / 3],
    [5, 0.142857],
  ])('at resilience %d costs %d of the square of the size', (resilience, cost) => {
    const got = obizhaevaWang(order(0.3), BASE, {
      resilience,
      resilienceRange: [resilience, resilience],
      permanentShare: 0,
      displacement: 1,
    });
    expect(got.cost).toBeCloseTo(cost, 6);
    expect(got.peak).toBeCloseTo(2 * got.cost, 14);
    expect(got.band).toEqual([got.cost, got.cost]);
  });

  it('costs what its own schedule costs when it is traded step by step', () => {
    const [rho, days, share, steps] = [2.231, 3, 0.5, 40_000];
    const lambda = share;
    const kappa = 1 - share;
    const block = 1 / (rho * days + 2);
    const trades = [block, ...Array.from({ length: steps }, () => (rho * days * block) / steps), block];
    const fade = Math.exp((-rho * days) / steps);
    let [lasting, fading, paid] = [0, 0, 0];
    trades.forEach((x, i) => {
      if (i > 0) fading *= fade;
      paid += x * (lasting + fading + ((lambda + kappa) * x) / 2);
      lasting += lambda * x;
      fading += kappa * x;
    });
    const got = obizhaevaWang(order(0.3, days), BASE, {
      resilience: rho,
      resilienceRange: [1, 5],
      permanentShare: share,
      displacement: 1,
    });
    expect(got.cost).toBeCloseTo(paid, 4);
    expect(got.peak).toBeCloseTo(lasting + fading, 4);
  });
});

describe('propagator', () => {
  it('agrees with adding up the fading impact of every trade', () => {
    const [beta, exponent, onset, days, steps] = [0.25, 0.8, 1 / 240, 2, 4000];
    const G = (t: number): number => (1 + t / onset) ** -beta;
    const dt = days / steps;
    // Midpoint rule for the integral of G from 0 to the end of each step.
    const grown: number[] = [0];
    for (let i = 0; i < steps; i++) grown.push(grown[i] + G((i + 0.5) * dt) * dt);
    const mean = (grown.reduce((a, b) => a + b, 0) - grown[steps] / 2) / steps;
    const got = propagator(order(0.3, days), BASE, {
      decay: beta,
      exponent,
      onsetDays: onset,
      restAfter: 20,
    });
    expect(got.cost / got.peak).toBeCloseTo(mean / grown[steps], 4);
    let rest = 0;
    for (let i = 0; i < steps; i++) rest += G(20 + (i + 0.5) * dt) * dt;
    expect(got.permanent / got.peak).toBeCloseTo(rest / grown[steps], 4);
  });

  it('an order of one day peaks where the square root does; the mean cost is near two thirds of that', () => {
    const got = propagator(order(0.3), BASE);
    expect(got.peak).toBeCloseTo(squareRoot(order(0.3), BASE).peak, 14);
    expect(got.cost / got.peak).toBeGreaterThan(0.64);
    expect(got.cost / got.peak).toBeLessThan(2 / 3);
  });

  it('is refused where it could be traded in a circle for gain', () => {
    const call = (): unknown =>
      propagator(order(0.3), BASE, { decay: 0.25, exponent: 0.5, onsetDays: 1, restAfter: 20 });
    expect(call).toThrow(InputError);
  });
});

describe('elasticity', () => {
  const { rows_Y_sigma_tau_q_M: rows, tolerance } = ACCEPTANCE.multiplier_bridge;
  it.each(rows)(
    'Y %d, volatility %d, turnover %d, %d of the shares: multiplier %d',
    (y, sigma, tau, q, m) => {
      expect(Math.abs(multiplierOf(y, sigma, q, tau) - m)).toBeLessThan(tolerance);
    },
  );

  it('is the square-root law said in shares outstanding', () => {
    const got = elasticity(order(0.4), BASE);
    expect(got.peak).toBeCloseTo(squareRoot(order(0.4), BASE).peak, 14);
    expect(got.permanent).toBe(got.peak);
  });
});

it('a multiplier beyond what index events gave is said', () => {
  // M = 0.02 / sqrt(q tau), half a percent traded a day: 0.63 for a fifth of the company, 126 for five millionths.
  const findings = (size: number): string[] =>
    elasticity(order(size), BASE).findings.map(({ message }) => message);
  expect(findings(40)).toEqual([]);
  expect(findings(0.001)[0]).toContain('index events give, 0.3 to 3');
});

describe('elasticity with fewer who choose', () => {
  const { active_from: before, active_to: after, rows_chi_change_pct: rows, tolerance } = ACCEPTANCE.hhl;
  it.each(rows)('response %d: %d percent', (response, percent) => {
    const change = strategicElasticity(after, 1, response) / strategicElasticity(before, 1, response) - 1;
    expect(Math.abs(change * 100 - percent)).toBeLessThan(tolerance);
  });
  it('more active people than there are is refused', () => {
    expect(() => strategicElasticity(1.1, 1, 2)).toThrow(InputError);
  });
});

describe('Kyle', () => {
  const lambda = { slope: 2e-8, standardError: 5e-9, days: 60, largestFlow: 5e5 };
  it('is linear, stays, and costs half', () => {
    const got = kyle({ shares: -1e6, days: 2 }, { ...BASE, lambda });
    expect([got.peak, got.permanent, got.temporary, got.cost]).toEqual([0.02, 0.02, 0, 0.01]);
    expect(got.band[1] - got.band[0]).toBeCloseTo(1.96 * 5e-9 * 1e6, 15);
    expect(got.findings).toEqual([]);
  });
  it('says when a day would bring more than the slope has seen', () => {
    expect(kyle({ shares: -1e6, days: 1 }, { ...BASE, lambda }).findings[0].message).toContain(
      'more per day',
    );
  });
});

describe('all models', () => {
  const NAMES: readonly SingleModelName[] = [
    'square-root',
    'square-root-0.6',
    'square-root-0.7',
    'almgren-2005',
    'almgren-chriss',
    'obizhaeva-wang',
    'propagator',
    'kyle',
    'elasticity',
  ];
  const lambda = { slope: 2e-8, standardError: 5e-9, days: 60, largestFlow: 5e5 };
  const liquidities = fc.record({
    advShares: fc.double({ min: 1e3, max: 1e9, noNaN: true }),
    volatility: fc.double({ min: 1e-4, max: 0.2, noNaN: true }),
    sharesOutstanding: fc.double({ min: 1e9, max: 1e11, noNaN: true }),
    spread: fc.double({ min: 1e-5, max: 0.02, noNaN: true }),
    lambda: fc.constant(lambda),
  });
  const sizes = fc.double({ min: 1e-3, max: 10, noNaN: true });
  const durations = fc.double({ min: 0.1, max: 20, noNaN: true });

  it.each(NAMES)(
    '%s: parts add up, the band holds the cost, both sides cost the same, more costs more',
    (name) => {
      fc.assert(
        fc.property(liquidities, sizes, durations, (liquidity, size, days) => {
          const shares = size * liquidity.advShares;
          const sale = impactOf(name, { shares: -shares, days }, liquidity);
          expect(sale.temporary + sale.permanent).toBeCloseTo(sale.peak, 12);
          expect(sale.permanent).toBeGreaterThanOrEqual(0);
          expect(sale.temporary).toBeGreaterThanOrEqual(0);
          expect(sale.band[0]).toBeLessThanOrEqual(sale.cost);
          expect(sale.band[1]).toBeGreaterThanOrEqual(sale.cost);
          expect(impactOf(name, { shares, days }, liquidity)).toEqual(sale);
          const more = impactOf(name, { shares: -1.5 * shares, days }, liquidity);
          expect(more.peak).toBeGreaterThan(sale.peak * (1 - 1e-12));
          expect(more.cost).toBeGreaterThan(sale.cost * (1 - 1e-12));
        }),
        { numRuns: 100 },
      );
    },
  );

  it('the table leaves out what cannot be said, and says so', () => {
    const bare: Liquidity = {
      advShares: 1e6,
      volatility: 0.02,
      sharesOutstanding: Number.NaN,
      spread: Number.NaN,
    };
    const { rows, findings } = impactTable(order(0.3), bare);
    expect(rows.map(({ model }) => model)).toEqual([
      'square-root',
      'square-root-0.6',
      'square-root-0.7',
      'obizhaeva-wang',
      'propagator',
    ]);
    expect(findings.map(({ subject }) => subject)).toEqual([
      'almgren-2005',
      'almgren-chriss',
      'kyle',
      'elasticity',
    ]);
    expect(refusalOf(() => impactOf('almgren-2005', order(0.3), bare)).code).toBe('liquidity_missing');
  });

  it('input that cannot be is refused with every place at once', () => {
    const call = (): unknown =>
      impactTable(
        { shares: 0, days: -1 },
        { advShares: -5, volatility: 0, sharesOutstanding: -1, spread: 2 },
      );
    try {
      call();
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect((error as InputError).issues.map(({ path }) => path)).toEqual([
        'shares',
        'days',
        'advShares',
        'volatility',
        'sharesOutstanding',
        'spread',
      ]);
    }
  });
});
