/**
 * Compiles src/kernels/forecast.ts to WebAssembly and writes the module as text into src/data/forecastWasm.ts, so that
 * nobody who only uses the program needs the compiler. `--check` writes nothing and says whether the bytes agree.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'src/data/forecastWasm.ts');

/** The module's bytes, as the pinned compiler makes them. */
function build() {
  const folder = mkdtempSync(join(tmpdir(), 'counterweight-kernels-'));
  const file = join(folder, 'forecast.wasm');
  // From the root, so that no path of this machine gets into the module.
  const compiler = join(root, 'node_modules/assemblyscript/bin/asc.js');
  const options = [
    '-O3',
    '--runtime',
    'stub',
    '--enable',
    'simd',
    '--noAssert',
    '--disableWarning',
    '112',
    '--outFile',
    file,
  ];
  try {
    execFileSync(process.execPath, [compiler, 'src/kernels/forecast.ts', ...options], {
      cwd: root,
      stdio: 'inherit',
    });
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const text = [
  '/** The WebAssembly module of src/kernels/forecast.ts in base64, written by scripts/build-kernels.mjs. */',
  `export const FORECAST_WASM =\n  '${build().toString('base64')}';\n`,
].join('\n');

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error(
      'src/data/forecastWasm.ts is not what src/kernels/forecast.ts compiles to; run node scripts/build-kernels.mjs',
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, text);
}
