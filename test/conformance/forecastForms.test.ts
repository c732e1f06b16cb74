/** WebAssembly against TypeScript, and one thread against two: the same bytes over random plans. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { ForecastDraws } from '../../src/core/forecast/draws.js';
import type { ForecastPlan } from '../../src/core/forecast/plan.js';
import { simulate } from '../../src/core/forecast/simulate.js';
import { wasmParts } from '../../src/data/wasmKernel.js';
import { ROOT } from '../tidy/files.js';
import { planOf, plans, rowsOf } from './plans.js';

// Threads start from compiled files, so the pool is the compiled one.
const { forecastPool } = (await import(
  new URL('../../dist/data/forecastWorkers.js', import.meta.url).href
)) as typeof import('../../src/data/forecastWorkers.js');

const LEVELS = { flowQuantiles: [0.05, 0.5, 0.99], shareQuantiles: [0.5] };

const pools = [forecastPool(1), forecastPool(2)];
afterAll(async () => {
  for (const pool of pools) await pool.close();
});

describe('the forms of the kernel', () => {
  test('WebAssembly and TypeScript give the same bytes, pruned or not', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 0, max: 2 ** 32 - 1 }), (plan, seed) => {
        const options = { seed, paths: 300 };
        const expected = everything(simulate(plan, options), plan);
        expect(everything(simulate(plan, options, wasmParts(plan)), plan)).toEqual(expected);
        const unpruned = everything(simulate(plan, options, { ...wasmParts(plan), pruned: false }), plan);
        // A name that is in on every path has probability 1 either way, but for what its own draw could not do.
        expect(certainties(unpruned)).toEqual(certainties(expected));
      }),
      { numRuns: 40, seed: 8 },
    );
  });

  test('one thread, two threads and none give the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(plans, fc.integer({ min: 1, max: 2000 }), async (plan, paths) => {
        const expected = everything(simulate(plan, { seed: 3, paths, ...LEVELS }), plan);
        for (const pool of pools) {
          let last = 0;
          const onProgress = (done: number) => (last = done);
          const draws = await pool.simulate(plan, { seed: 3, paths, ...LEVELS, onProgress });
          expect(everything(draws, plan)).toEqual(expected);
          expect(last).toBe(paths);
          // Without samples their memory is used again, and may hold what the last run left.
          const few = { seed: 3, paths, samples: false, ...LEVELS };
          const quantiles = everything(await pool.simulate(plan, few), plan);
          const spreads = ({ names }: typeof quantiles) =>
            names.map(({ flowQuantiles, shareQuantiles }) => [flowQuantiles, shareQuantiles]);
          expect(spreads(quantiles)).toEqual(spreads(expected));
        }
      }),
      { numRuns: 20, seed: 9 },
    );
  });

  test('a run can be cancelled, and the pool used again', async () => {
    const plan = somePlan();
    const controller = new AbortController();
    const run = pools[1].simulate(plan, {
      seed: 1,
      paths: 1_000_000,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(run).rejects.toMatchObject({ name: 'OperationalError', code: 'cancelled', retry: true });
    expect((await pools[1].simulate(plan, { seed: 1, paths: 10 })).paths).toBe(10);
  });

  test('a refusal comes back from a thread with its numbers', async () => {
    const plan: ForecastPlan = { ...somePlan(), tailDegrees: 2.5 };
    await expect(pools[1].simulate(plan, { seed: 1, paths: 600 })).rejects.toMatchObject({
      name: 'Refusal',
      code: 'tail_degrees',
      numbers: { tailDegrees: 2.5 },
    });
  });

  test('the committed module is what its source compiles to', () => {
    execFileSync(process.execPath, ['scripts/build-kernels.mjs', '--check'], { cwd: ROOT, stdio: 'pipe' });
  });
});

const somePlan = (): ForecastPlan =>
  planOf({
    seed: 1,
    names: 60,
    seats: 'keep-first',
    caps: 1,
    limit: 2,
    known: 0,
    doubt: false,
    sectors: 2,
    tailDegrees: Infinity,
    volatility: 0.03,
    enter: -2,
    keep: 2,
    horizon: { average: 2.5, pricingOnAverage: 3.9, pricing: 3, swap: 2.2 },
  });

/** Every number of a result with one entry per row of the plan. */
function everything(draws: ForecastDraws, plan: ForecastPlan) {
  return { ...draws, names: rowsOf(draws, plan) };
}

/** What does not rest on conditional probabilities, and how many names were left out. */
function certainties({ names, pruned, ...rest }: ReturnType<typeof everything>) {
  expect(pruned).toBeGreaterThanOrEqual(0);
  return {
    ...rest,
    names: names.map(({ in: _in, capped: _capped, flow: _flow, ...plain }) => plain),
  };
}
