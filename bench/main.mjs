/**
 * Runs benchmarks: each in fresh processes, ours and the numpy peer in turn so that both meet the same machine.
 * Outputs are compared before any time is returned; `counterweight bench` prints what comes back.
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { provenanceOf } from '../dist/core/index.js';
import { BENCHMARKS, benchmarksNamed } from './benchmarks.mjs';
import { loadCase, writeCase } from './case.mjs';
import { difference, sameErrorRatio } from './difference.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const run = promisify(execFile);

/** Names a person may ask for. */
export const names = [...new Set(Object.keys(BENCHMARKS).flatMap((name) => [name.split('-')[0], name]))];

/** COUNTERWEIGHT_BENCH_QUICK=1 shows that everything runs and agrees; its times mean nothing. */
const QUICK = process.env.COUNTERWEIGHT_BENCH_QUICK === '1';
const SETTINGS = QUICK
  ? { processes: 1, warmUpMs: 0, warmUpBatches: 1, measureMs: 0, samples: 3 }
  : { processes: 5, warmUpMs: 2000, warmUpBatches: 200, measureMs: 1000, samples: 101 };

/** @param {(done: number, of: number, label: string) => void} onStep */
export async function runBenchmarks(asked, onStep) {
  const wanted = [...new Set((asked.length > 0 ? asked : names).flatMap(benchmarksNamed))];
  const folder = mkdtempSync(join(tmpdir(), 'counterweight-bench-'));
  try {
    const loaded = await loadCase();
    writeCase(folder, loaded);
    const python = findPython();
    const results = [];
    for (const [i, name] of wanted.entries()) {
      onStep(i, wanted.length, name);
      results.push(await runBenchmark(name, python, folder));
    }
    const machine = { cores: availableParallelism(), node: process.versions.node, arch: process.arch };
    return { results, machine, quick: QUICK, provenance: provenanceOf(loaded.run) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runBenchmark(name, python, shared) {
  const { peer, batch, per = 1, write, settings: own } = BENCHMARKS[name];
  const { processes, ...timing } = { ...SETTINGS, ...(QUICK ? {} : own) };
  const settings = JSON.stringify({ ...timing, batch: QUICK ? 1 : batch });
  const folder = write === undefined ? shared : join(shared, name);
  if (write !== undefined) {
    mkdirSync(folder);
    write(folder);
  }
  const ours = [];
  const theirs = [];
  for (let i = 0; i < processes; i++) {
    ours.push(await measured(process.execPath, [join(here, 'process.mjs'), name, settings]));
    if (peer !== undefined && python !== undefined) {
      theirs.push(await measured(python.command, [join(here, 'peers', peer), folder, settings]));
    }
    for (const { output } of [...ours, ...theirs]) agree(name, ours[0].output, output);
  }
  const { medianMs, minMs, maxMs } = medianOf(ours);
  const other = theirs.length > 0 ? medianOf(theirs) : { medianMs: null, minMs: null, maxMs: null };
  return {
    name,
    medianMs,
    minMs,
    maxMs,
    throughput: (per * 1000) / medianMs,
    processes,
    peer: { name: peerName(name, python), ...other },
    ratio: other.medianMs === null ? null : other.medianMs / medianMs,
    sameErrorRatio:
      theirs.length === 0
        ? null
        : (sameErrorRatio(other.medianMs / medianMs, ours[0].output, theirs[0].output) ?? null),
    outputsAgree: theirs.length > 0 ? true : null,
  };
}

function peerName(name, python) {
  const { peer, peerName: own, without } = BENCHMARKS[name];
  if (peer === undefined) return `none: ${without}`;
  if (python !== undefined && own !== undefined) return own;
  return python === undefined ? 'peer not available: no python3 that can import numpy' : python.name;
}

/** A wrong result has no speed. */
function agree(name, expected, output) {
  const found = difference(expected, output);
  if (found !== undefined) throw new Error(`${name}: outputs differ, so no time is shown: ${found}`);
}

async function measured(command, args) {
  // Python would leave compiled files beside the peers.
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  const { stdout } = await run(command, args, { env, maxBuffer: 1 << 28 });
  return JSON.parse(stdout);
}

function medianOf(processes) {
  const medians = processes.map(({ medianMs }) => medianMs).sort((a, b) => a - b);
  return { medianMs: medians[medians.length >> 1], minMs: medians[0], maxMs: medians.at(-1) };
}

/** The first Python that can import numpy, or undefined. */
function findPython() {
  for (const command of ['python3', '/usr/bin/python3']) {
    try {
      const program = 'import numpy; print(numpy.__version__)';
      const version = execFileSync(command, ['-c', program], { encoding: 'utf8', stdio: 'pipe' }).trim();
      return { command, name: `numpy ${version}` };
    } catch {
      // Not installed, or without numpy: the next one may have it.
    }
  }
  return undefined;
}
