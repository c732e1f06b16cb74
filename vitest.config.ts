/** Test runner settings. One process per test file, as many at a time as there are cores. */
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Native modules (DuckDB) are safer in processes than in threads.
    pool: 'forks',
    // Left alone it keeps one core free, which on two cores is half the machine.
    maxWorkers: availableParallelism(),
  },
});
