/** Conditional probabilities and controlled flows: right on average, less noisy, and honest about their error. */
import { describe, expect, it } from 'vitest';
import { quantileOf, quantilesOf, simulate, type ForecastPlan } from '../../../src/core/index.js';
import { planOf, SINGLE, type MadePlan } from '../../conformance/plans.js';

const BASE: MadePlan = {
  names: 60,
  count: 10,
  enter: 8,
  keep: 12,
  maxChanges: 2,
  order: 'keep-first',
  caps: [SINGLE],
  horizon: { average: 3, pricingOnAverage: 4, pricing: 2, swap: 2 },
  seed: 5,
  fixed: false,
  known: false,
  doubt: 0,
  tailDegrees: Infinity,
};
const PLANS: readonly (readonly [string, MadePlan])[] = [
  ['limit of two changes', BASE],
  ['no limit', { ...BASE, maxChanges: Infinity, seed: 6 }],
  ['averages half known, doubtful', { ...BASE, known: true, doubt: 0.05, seed: 7 }],
  [
    'only doubt',
    { ...BASE, horizon: { average: 0, pricingOnAverage: 0, pricing: 2, swap: 2 }, doubt: 0.2, seed: 8 },
  ],
  ['fat tails', { ...BASE, tailDegrees: 4, seed: 9 }],
];
const everybodyEligible = (from: MadePlan): ForecastPlan => {
  const plan = planOf(from);
  return { ...plan, eligible: plan.eligible.map(() => 1) };
};

describe.each(PLANS)('%s', (_, from) => {
  const plan = everybodyEligible(from);
  const draws = simulate(plan, { seed: 1, paths: 20_000, samples: false });

  it('conditional and plain probability agree within four standard errors', () => {
    // What is seen on 20,000 paths has the noise of a binomial, also when nothing was seen.
    const noise = (p: number): number => 4 * Math.sqrt((p * (1 - p)) / draws.paths) + 2 / draws.paths;
    for (const name of draws.names) {
      const gap = Math.abs(name.in.mean - name.inPlain.mean);
      expect(gap, name.id).toBeLessThan(noise(name.in.mean));
      const capped = Math.abs(name.capped.mean - name.cappedPlain.mean);
      expect(capped, name.id).toBeLessThan(noise(name.capped.mean));
    }
  });

  it('the conditional one varies less', () => {
    const open = draws.names.filter(({ inPlain }) => inPlain.mean > 0.02 && inPlain.mean < 0.98);
    expect(open.length).toBeGreaterThan(1);
    const ratio = open.map((name) => (name.inPlain.error / name.in.error) ** 2);
    // Exactly as much where a name's own draw decides nothing.
    expect(Math.min(...ratio)).toBeGreaterThan(0.999);
    expect(Math.max(...ratio)).toBeGreaterThan(1.05);
  });

  it('probabilities add up to the seats, within the noise of the conditional ones', () => {
    const total = draws.names.reduce((sum, name) => sum + name.in.mean, 0);
    const noise = draws.names.reduce((sum, name) => sum + name.in.error, 0);
    expect(draws.names.reduce((sum, name) => sum + name.inPlain.mean, 0)).toBeCloseTo(10, 9);
    expect(Math.abs(total - 10)).toBeLessThan(4 * noise + 1e-9);
  });
});

describe('standard errors', () => {
  it('match the spread of 200 repeated runs', () => {
    const plan = everybodyEligible(BASE);
    const RUNS = 200;
    const runs = Array.from({ length: RUNS }, (_, seed) =>
      simulate(plan, { seed: seed + 1, paths: 512, samples: false }),
    );
    // Sum over runs of (estimate - mean)^2 / error^2 is about chi-square with 199 degrees; its standard deviation is 20.
    const spread = (
      of: (run: (typeof runs)[number]) => { mean: number; error: number } | undefined,
    ): number => {
      const found = runs.map(of).filter((one) => one !== undefined);
      const mean = found.reduce((sum, one) => sum + one.mean, 0) / found.length;
      const error = found.reduce((sum, one) => sum + one.error ** 2, 0) / found.length;
      return found.reduce((sum, one) => sum + (one.mean - mean) ** 2, 0) / error;
    };
    const first = runs[0].names.filter(({ inPlain }) => inPlain.mean > 0.1 && inPlain.mean < 0.9);
    expect(first.length).toBeGreaterThan(1);
    for (const { id } of first) {
      for (const of of ['in', 'inPlain', 'flow', 'flowPlain'] as const) {
        const chi = spread((run) => run.names.find((name) => name.id === id)?.[of]);
        expect(chi / (RUNS - 1)).toBeGreaterThan(0.6);
        expect(chi / (RUNS - 1)).toBeLessThan(1.5);
      }
    }
  });
});

describe('quantiles', () => {
  it('are those of a sorted list', () => {
    const samples = Float64Array.from({ length: 1001 }, (_, i) => ((i * 7919) % 1001) - 500);
    const sorted = samples.slice().sort();
    expect(quantilesOf(samples, [0.05, 0.25, 0.5, 0.75, 0.95])).toEqual([-450, -250, 0, 250, 450]);
    expect(quantileOf(samples, 0.1234)).toBeCloseTo(sorted[123] * 0.6 + sorted[124] * 0.4, 9);
    expect(quantileOf(new Float64Array(0), 0.5)).toBeNaN();
  });
});
