/** How the workbench is built into `dist/web`, and served during development beside a running server. */
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src/web',
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // A page that is opened later asks for its own code; what everybody needs comes at once.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
    rolldownOptions: {
      // The core is pure: a page takes of it what it uses, and loading the rest would do nothing.
      treeshake: { moduleSideEffects: [{ test: /\/src\/core\//, sideEffects: false }] },
      onLog(level, log, handler) {
        // 'use client' is a word to server frameworks; nothing here renders on a server.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handler(level, log);
      },
    },
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': 'http://127.0.0.1:4600', '/openapi': 'http://127.0.0.1:4600' } },
});
