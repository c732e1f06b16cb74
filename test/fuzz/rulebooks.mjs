/**
 * Fuzzing of rulebook files: `node test/fuzz/rulebooks.mjs [--inputs N] [--seed S] [--threads T]`. Input number i of a
 * seed is the same on every machine and any number of threads, so a complaint can be repeated by its number
 * (`--only i`). Ends with 1 when anything was found.
 */
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { complaint } from './check.mjs';
import { bundledParts, generator, mutated, smallRulebook } from './mutate.mjs';

const PARTS = bundledParts(fileURLToPath(new URL('../../rulebooks', import.meta.url)));
/** Nobody waits longer for a file of a few kilobytes. */
const SLOW_MS = 2000;

export function inputOf(seed, number) {
  const random = generator(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
  return mutated(smallRulebook(PARTS, random), random);
}

/** Complaints about inputs `from`, `from + step`, ... below `to`. */
export function search(seed, from, to, step, onProgress = () => undefined) {
  const found = [];
  for (let number = from; number < to; number += step) {
    const started = performance.now();
    const text = inputOf(seed, number);
    const wrong = complaint(text);
    const elapsed = performance.now() - started;
    if (wrong !== undefined) found.push({ number, wrong, text });
    else if (elapsed > SLOW_MS) found.push({ number, wrong: `took ${elapsed.toFixed(0)} ms`, text });
    if (number % 1000 < step) onProgress();
  }
  return found;
}

const say = (line) => process.stdout.write(`${line}\n`);

async function main() {
  const { values } = parseArgs({
    options: {
      inputs: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      threads: { type: 'string', default: '2' },
      only: { type: 'string' },
    },
  });
  const [inputs, seed, threads] = [Number(values.inputs), Number(values.seed), Number(values.threads)];
  if (values.only !== undefined) {
    const text = inputOf(seed, Number(values.only));
    say(`${text}\n---\n${complaint(text) ?? 'nothing wrong'}`);
    return;
  }
  const started = performance.now();
  let done = 0;
  const found = [];
  const workers = Array.from({ length: threads }, (_, first) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { seed, first, inputs, threads } });
    worker.on('message', (message) => {
      if (Array.isArray(message)) found.push(...message);
      else done += 1000 / threads;
      if (process.stderr.isTTY) process.stderr.write(`\r${Math.round(done)} of ${inputs}`);
    });
    return new Promise((resolve, reject) => worker.on('exit', resolve).on('error', reject));
  });
  await Promise.all(workers);
  const seconds = (performance.now() - started) / 1000;
  for (const { number, wrong } of found.slice(0, 20)) say(`input ${number}: ${wrong}`);
  say(`${inputs} inputs, seed ${seed}, ${seconds.toFixed(0)} s: ${found.length} complaints`);
  process.exitCode = found.length > 0 ? 1 : 0;
}

if (!isMainThread && workerData?.inputs !== undefined) {
  const { seed, first, inputs, threads } = workerData;
  const found = search(seed, first, inputs, threads, () => parentPort.postMessage('thousand', []));
  parentPort.postMessage(found, []);
} else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main();
}
