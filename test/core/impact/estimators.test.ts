/** Volatility, spread and illiquidity from prices: worked bars, simulated prices of known truth, plain least squares. */
import { describe, expect, it } from 'vitest';
import {
  amihud,
  closeToClose,
  corwinSchultz,
  garmanKlass,
  InputError,
  kyleLambda,
  parkinson,
  rogersSatchell,
  yangZhang,
  type Bars,
} from '../../../src/core/index.js';
import { refusalOf } from '../refusals.js';

/** Standard normal draws from a congruential generator: the sum of twelve uniform numbers less six. */
function normals(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return () => {
    let total = -6;
    for (let i = 0; i < 12; i++) total += uniform();
    return total;
  };
}

interface Walk {
  readonly days: number;
  /** Of a day, between open and close. */
  readonly sigma: number;
  readonly night: number;
  readonly drift: number;
  /** Half the spread: every print is a buy or a sale. */
  readonly halfSpread: number;
}

function walk({ days, sigma, night, drift, halfSpread }: Walk): Bars {
  const draw = normals(7);
  const STEPS = 1000;
  const bars = { open: [] as number[], high: [] as number[], low: [] as number[], close: [] as number[] };
  let x = Math.log(100);
  for (let day = 0; day < days; day++) {
    x += night * draw();
    const start = x;
    let [low, high] = [x, x];
    for (let step = 0; step < STEPS; step++) {
      x += drift / STEPS + (sigma / Math.sqrt(STEPS)) * draw();
      low = Math.min(low, x);
      high = Math.max(high, x);
    }
    bars.open.push(Math.exp(start));
    bars.high.push(Math.exp(high) * (1 + halfSpread));
    bars.low.push(Math.exp(low) * (1 - halfSpread));
    bars.close.push(Math.exp(x));
  }
  return bars;
}

const BAR: Bars = {
  open: [100, 101],
  high: [100 * Math.exp(0.02), 101 * Math.exp(0.03)],
  low: [100 * Math.exp(-0.01), 101],
  close: [100 * Math.exp(0.01), 101 * Math.exp(0.03)],
};

describe('two worked sessions', () => {
  it('Parkinson', () => {
    expect(parkinson(BAR)).toBeCloseTo(Math.sqrt((0.03 ** 2 + 0.03 ** 2) / 2 / (4 * Math.log(2))), 14);
  });
  it('Garman-Klass', () => {
    const k = 2 * Math.log(2) - 1;
    expect(garmanKlass(BAR)).toBeCloseTo(
      Math.sqrt((0.03 ** 2 / 2 - k * 0.01 ** 2 + (0.03 ** 2 / 2 - k * 0.03 ** 2)) / 2),
      14,
    );
  });
  it('Rogers-Satchell: a day that only rises has none', () => {
    expect(rogersSatchell(BAR)).toBeCloseTo(Math.sqrt((0.01 * 0.02 + -0.02 * -0.01) / 2), 14);
  });
  it('close to close', () => {
    const up = Math.exp(0.02);
    expect(closeToClose([1, up, 1, Number.NaN, 1, up])).toBeCloseTo(Math.sqrt(0.0016 / 3), 12);
  });
});

describe('simulated prices', () => {
  it('all five find the volatility of a day without night or drift', () => {
    const bars = walk({ days: 500, sigma: 0.02, night: 0, drift: 0, halfSpread: 0 });
    // High and low between a thousand prints fall a little short of those of the path.
    for (const estimate of [parkinson, garmanKlass, rogersSatchell, yangZhang]) {
      expect(estimate(bars) / 0.02).toBeGreaterThan(0.93);
      expect(estimate(bars) / 0.02).toBeLessThan(1.04);
    }
    expect(closeToClose(bars.close) / 0.02).toBeCloseTo(1, 1);
  });

  it('drift misleads Parkinson and not Rogers-Satchell', () => {
    const bars = walk({ days: 500, sigma: 0.02, night: 0, drift: 0.04, halfSpread: 0 });
    expect(parkinson(bars) / 0.02).toBeGreaterThan(1.3);
    expect(rogersSatchell(bars) / 0.02).toBeGreaterThan(0.93);
    expect(rogersSatchell(bars) / 0.02).toBeLessThan(1.04);
  });

  it('only Yang-Zhang sees the night', () => {
    const bars = walk({ days: 500, sigma: 0.02, night: 0.015, drift: 0, halfSpread: 0 });
    expect(yangZhang(bars)).toBeGreaterThan(0.0235);
    expect(yangZhang(bars)).toBeLessThan(0.026);
    expect(garmanKlass(bars)).toBeLessThan(0.0208);
  });

  it('Corwin-Schultz finds a spread of 1 %; without one it still sees a part of the volatility, being cut at 0', () => {
    const quiet = { days: 500, sigma: 0.01, night: 0, drift: 0 };
    const wide = corwinSchultz(walk({ ...quiet, halfSpread: 0.005 }));
    expect(wide).toBeGreaterThan(0.0085);
    expect(wide).toBeLessThan(0.0115);
    expect(corwinSchultz(walk({ ...quiet, halfSpread: 0 }))).toBeLessThan(0.005);
  });
});

describe('a price that stands still between bid and ask', () => {
  const sessions = (spread: number, middles: readonly number[]): Bars => ({
    open: middles,
    high: middles.map((middle) => middle * (1 + spread / 2)),
    low: middles.map((middle) => middle * (1 - spread / 2)),
    close: middles,
  });
  it.each([0.0005, 0.01, 0.08])('has a spread of exactly %d', (spread) => {
    expect(corwinSchultz(sessions(spread, [10, 10, 10]))).toBeCloseTo(spread, 12);
  });
  it('and a jump overnight does not widen it', () => {
    const jumped: Bars = {
      open: [9.95, 11.95],
      high: [10.05, 12.05],
      low: [9.95, 11.95],
      close: [9.95, 11.95],
    };
    expect(corwinSchultz(jumped)).toBeCloseTo(0.01, 12);
  });
});

describe('illiquidity', () => {
  it('Amihud is the mean of move over money, days without either left out', () => {
    expect(amihud([0.01, -0.02, Number.NaN, 0.5], [1e6, 1e6, 1e6, 0])).toBeCloseTo(1.5e-8, 20);
  });

  it('Kyle: slope and error of plain least squares', () => {
    const draw = normals(3);
    const flow = Array.from({ length: 60 }, () => 1e5 * draw());
    const returns = flow.map((q) => 0.001 + 3e-8 * q + 0.01 * draw());
    const got = kyleLambda(returns, flow);
    // Normal equations with the constant kept, in plain sums.
    const n = 60;
    const [sx, sy] = [flow, returns].map((values) => values.reduce((a, b) => a + b, 0));
    const sxx = flow.reduce((a, q) => a + q * q, 0);
    const sxy = flow.reduce((a, q, i) => a + q * returns[i], 0);
    const slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
    const constant = (sy - slope * sx) / n;
    const squares = flow.reduce((a, q, i) => a + (returns[i] - constant - slope * q) ** 2, 0);
    expect(got.slope / slope).toBeCloseTo(1, 10);
    expect(got.standardError / Math.sqrt((squares / 58) * (n / (n * sxx - sx * sx)))).toBeCloseTo(1, 10);
    expect(got.largestFlow).toBe(Math.max(...flow.map(Math.abs)));
    expect(Math.abs(got.slope - 3e-8)).toBeLessThan(4 * got.standardError);
  });
});

describe('refused', () => {
  it('bars that cannot be, all of them', () => {
    try {
      parkinson({ open: [1, 2], high: [1, 1], low: [1, 1], close: [1, 2] });
      expect.unreachable();
    } catch (error) {
      expect((error as InputError).issues.map(({ path }) => path)).toEqual(['bars[1]']);
    }
    expect(() => parkinson({ open: [], high: [], low: [], close: [] })).toThrow(InputError);
  });

  it('too little to estimate from, with what to do', () => {
    const calls = [
      () => closeToClose([1, 2]),
      () => yangZhang({ open: [1, 1], high: [1, 1], low: [1, 1], close: [1, 1] }),
      () => corwinSchultz({ open: [1], high: [1], low: [1], close: [1] }),
      () => amihud([0.1], [0]),
      () => kyleLambda([0.1, 0.2, 0.3], [1, 2, 3]),
    ];
    expect(calls.map((call) => refusalOf(call).code)).toEqual(calls.map(() => 'too_few_returns'));
    const same = Array.from({ length: 20 }, () => 1);
    expect(refusalOf(() => kyleLambda(same, same)).code).toBe('flow_never_varied');
  });
});
