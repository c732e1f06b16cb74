/**
 * How the command is built into `dist/bin`: a few files instead of three hundred, of which each start needs most. Reading
 * and linking them one by one takes longer than the shortest commands do.
 */
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'dist/bin',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      // Threads and child processes are started from files beside the one that starts them.
      input: {
        main: 'src/cli/main.ts',
        forecastWorker: 'src/data/forecastWorker.ts',
        rehearsalWorker: 'src/data/rehearsalWorker.ts',
        'jobs/child': 'src/server/jobs/child.ts',
      },
      // Paths are found relative to a file: all stay two folders below the package.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  // Loaded on every start. All others are loaded when they are needed, as they are: two of them are native.
  ssr: { noExternal: ['@duckdb/node-api', 'commander', 'string-width', 'yaml', /^typebox/, /^@noble\//] },
});
