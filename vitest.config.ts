/** Test runner settings. Test files in processes, as many at a time as there are cores. */
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Native modules (DuckDB) are safer in processes than in threads.
    pool: 'forks',
    // Files share what they import: loading it anew for each takes a fifth of the whole run.
    isolate: false,
    // Left alone it keeps one core free, which on two cores is half the machine.
    maxWorkers: availableParallelism(),
  },
});
