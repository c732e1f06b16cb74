/**
 * One benchmark in one fresh process: `node bench/process.mjs NAME SETTINGS`. Warms up, checks the result, times
 * batches of calls, checks again, prints one JSON document. Fresh, because the speed of the same loop depends on
 * what the process compiled before.
 */
import { BENCHMARKS } from './benchmarks.mjs';

const [name, settings] = [process.argv[2], JSON.parse(process.argv[3])];
const benchmark = BENCHMARKS[name];
const { call, check, output, close } = await benchmark.start();
const measured = benchmark.once ? await timeOnce() : await timeMany();
await close?.();
process.stdout.write(JSON.stringify(measured));

async function timeOnce() {
  const started = performance.now();
  const result = await call();
  const medianMs = performance.now() - started;
  return { medianMs, output: checked(result) };
}

async function timeMany() {
  // Time alone would not do: on a busy machine the compiler's threads get little of it.
  const warmUntil = performance.now() + settings.warmUpMs;
  for (let i = 0; i < settings.warmUpBatches || performance.now() < warmUntil; i++) {
    const pending = batch();
    if (pending !== undefined) await pending;
  }
  checked(await call());
  const samples = [];
  const measureUntil = performance.now() + settings.measureMs;
  while (samples.length < settings.samples || performance.now() < measureUntil) {
    const started = performance.now();
    const pending = batch();
    if (pending !== undefined) await pending;
    samples.push((performance.now() - started) / settings.batch);
  }
  samples.sort((a, b) => a - b);
  return { medianMs: samples[samples.length >> 1], output: checked(await call()) };
}

/** Calls that run on threads are waited for one after the other; only they give something to wait for. */
function batch() {
  if (benchmark.threads) return batchOnThreads();
  for (let i = 0; i < settings.batch; i++) call();
  return undefined;
}

async function batchOnThreads() {
  for (let i = 0; i < settings.batch; i++) await call();
}

function checked(result) {
  if (!check(result)) throw new Error(`${name} is not what the pipeline computes`);
  return output(result);
}
