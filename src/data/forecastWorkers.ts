/**
 * A forecast on several threads. Each runs whole blocks of paths, and the blocks are put together in their order, so
 * that one thread and many give the same bytes. Threads stay for the next forecast until the pool is closed.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Bug, OperationalError, Refusal } from '../core/base/errors.js';
import type { ForecastDraws, SimulateOptions } from '../core/forecast/draws.js';
import type { ForecastPlan } from '../core/forecast/plan.js';
import { drawsOf, type Part } from '../core/forecast/simulate.js';
import { BLOCK } from '../core/forecast/tally.js';
import type { PartReply, PartRequest } from './forecastWorker.js';

export interface ForecastPool {
  /**
   * One run at a time.
   * @throws Refusal as `simulate`; OperationalError `cancelled` once the signal says so, `thread_lost` when a thread dies
   */
  readonly simulate: (plan: ForecastPlan, options: PoolOptions) => Promise<ForecastDraws>;
  readonly close: () => Promise<void>;
}

export interface PoolOptions extends SimulateOptions {
  readonly signal?: AbortSignal;
  /** Called as blocks are done, in no particular order of paths. */
  readonly onProgress?: (paths: number, of: number) => void;
}

/** Threads beyond these wait for memory more than they compute. */
const MOST_THREADS = 8;

export function forecastPool(threads = Math.min(MOST_THREADS, availableParallelism())): ForecastPool {
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./forecastWorker.js', import.meta.url)),
  );
  return {
    simulate: async (plan, options) => drawsOf(plan, options, await runParts(workers, plan, options)),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

async function runParts(
  workers: readonly Worker[],
  plan: ForecastPlan,
  { signal, onProgress, ...options }: PoolOptions,
): Promise<Part[]> {
  const cancelled = new Int32Array(new SharedArrayBuffer(4));
  const cancel = (): void => {
    Atomics.store(cancelled, 0, 1);
  };
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel);
  let done = 0;
  const onBlock = (more: number): void => {
    done += more;
    onProgress?.(done, options.paths);
  };
  try {
    const ranges = rangesOf(options.paths, workers.length);
    const requests = ranges.map((range) => ({ plan, options, ...range, cancelled }));
    const parts = await Promise.allSettled(
      requests.map((request, i) => runOn(workers[i], request, onBlock, cancel)),
    );
    return parts.map((part) => {
      if (part.status === 'rejected') throw worstOf(parts);
      return part.value;
    });
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

/** A failure ends the other parts too; theirs says only that they were ended. */
function worstOf(parts: readonly PromiseSettledResult<Part>[]): unknown {
  const reasons = parts.flatMap((part) => (part.status === 'rejected' ? [part.reason as unknown] : []));
  return reasons.find((reason) => !(reason instanceof OperationalError)) ?? reasons[0];
}

/** Whole blocks for every thread that gets any. */
function rangesOf(paths: number, threads: number): { firstPath: number; paths: number }[] {
  const blocks = Math.ceil(paths / BLOCK);
  const border = (i: number): number => Math.min(paths, Math.round((blocks * i) / threads) * BLOCK);
  return Array.from({ length: threads }, (_, i) => ({
    firstPath: border(i),
    paths: border(i + 1) - border(i),
  })).filter((range) => range.paths > 0);
}

function runOn(
  worker: Worker,
  request: PartRequest,
  onBlock: (paths: number) => void,
  cancelOthers: () => void,
): Promise<Part> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      worker.off('message', onReply);
      worker.off('error', onLost);
      settle();
    };
    const onLost = (error: Error): void => {
      cancelOthers();
      finish(() =>
        reject(new OperationalError('thread_lost', `a forecast thread ended: ${error.message}`, true)),
      );
    };
    const onReply = (reply: PartReply): void => {
      if (reply.kind === 'progress') onBlock(reply.paths);
      else if (reply.kind === 'part') finish(() => resolve(reply.part));
      else {
        cancelOthers();
        finish(() => reject(errorOf(reply)));
      }
    };
    worker.on('message', onReply);
    worker.on('error', onLost);
    worker.postMessage(request, []);
  });
}

function errorOf(reply: Exclude<PartReply, { kind: 'progress' | 'part' }>): Error {
  if (reply.kind === 'cancelled') {
    return new OperationalError(
      'cancelled',
      'the forecast was cancelled; run it again when it is wanted',
      true,
    );
  }
  if (reply.kind === 'broken') return new Bug(reply.message);
  return new Refusal(reply.refusal.code, reply.refusal.message, reply.refusal.numbers);
}
