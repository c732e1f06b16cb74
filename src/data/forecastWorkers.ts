/**
 * A forecast on several threads. Each runs whole blocks of paths, and the blocks are put together in their order, so
 * that one thread and many give the same bytes. Threads stay for the next forecast until the pool is closed.
 */
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { assert, Bug, OperationalError, Refusal } from '../core/base/errors.js';
import type { ForecastDraws, SimulateOptions } from '../core/forecast/draws.js';
import type { ForecastPlan } from '../core/forecast/plan.js';
import { prepare, type Prepared } from '../core/forecast/prepare.js';
import { drawsOf, keepsSamples, type Quantiles, type SampleColumns } from '../core/forecast/simulate.js';
import { BLOCK } from '../core/forecast/tally.js';
import type { PartRequest, PartResult, QuantileRequest, QuantileResult, Reply } from './forecastWorker.js';
import { flowsOf, reused, sharedSamples, sharesOf, type SharedSamples } from './sharedSamples.js';
import { startThread } from './threads.js';

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
  const workers = Array.from({ length: threads }, () =>
    startThread(new URL('./forecastWorker.js', import.meta.url)),
  );
  // Samples that nobody gets to see are written to the same memory by the next run.
  let kept: SharedSamples | undefined;
  const roomFor = (names: number, options: PoolOptions): SharedSamples | undefined => {
    if (!keepsSamples(options)) return undefined;
    if (options.samples !== false) return sharedSamples(names, options.paths);
    kept = (kept && reused(kept, names, options.paths)) ?? sharedSamples(names, options.paths);
    return kept;
  };
  return {
    simulate: async (plan, options) => {
      const prepared = prepare(plan);
      const names = prepared.plan.ids.length;
      const shared = roomFor(names, options);
      const parts = await runParts(workers, prepared, options, shared);
      const traded = shared === undefined ? [] : tradedIn(parts, shared);
      const quantiles = shared && (await quantilesOn(workers, options, traded, shared));
      const samples = options.samples === false || !shared ? undefined : columnsOf(shared, names, traded);
      const results = parts.map(({ result }) => result);
      return drawsOf(prepared, options, results, samples, byName(names, traded, quantiles));
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** A part with where it lies in the run. */
interface DonePart {
  readonly firstPath: number;
  readonly paths: number;
  readonly result: PartResult;
}

async function runParts(
  workers: readonly Worker[],
  prepared: Prepared,
  { signal, onProgress, ...options }: PoolOptions,
  shared: SharedSamples | undefined,
): Promise<DonePart[]> {
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
  const reports = onProgress !== undefined;
  try {
    const ranges = rangesOf(options.paths, workers.length);
    const replies = await Promise.allSettled(
      ranges.map(async (range, i) => {
        const request: PartRequest = {
          kind: 'part',
          prepared,
          options,
          ...range,
          shared,
          cancelled,
          reports,
        };
        const reply = await runOn(workers[i], request, onBlock, cancel);
        assert(reply.kind === 'part', 'a part is answered by a part');
        return { ...range, result: reply.result };
      }),
    );
    return replies.map((reply) => {
      if (reply.status === 'rejected') throw worstOf(replies);
      return reply.value;
    });
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

/** Names that traded on any path; 0 is written for them where a part has nothing of them. */
function tradedIn(parts: readonly DonePart[], shared: SharedSamples): number[] {
  const names = [...parts[0].result.traded.keys()].filter((name) =>
    parts.some(({ result }) => result.traded[name] === 1),
  );
  for (const { firstPath, paths, result } of parts) {
    for (const name of names) {
      if (result.traded[name] === 1) continue;
      flowsOf(shared, name, firstPath, paths).fill(0);
      sharesOf(shared, name, firstPath, paths).fill(0);
    }
  }
  return names;
}

/** Every thread takes some of the names. */
async function quantilesOn(
  workers: readonly Worker[],
  { signal: _signal, onProgress: _onProgress, ...options }: PoolOptions,
  traded: readonly number[],
  shared: SharedSamples,
): Promise<QuantileResult> {
  if (options.flowQuantiles === undefined && options.shareQuantiles === undefined) return [];
  const border = (i: number): number => Math.round((traded.length * i) / workers.length);
  const results = await Promise.all(
    workers.map(async (worker, i) => {
      const names = traded.slice(border(i), border(i + 1));
      const reply = await runOn(worker, { kind: 'quantiles', names, options, shared });
      assert(reply.kind === 'quantiles', 'quantiles are answered by quantiles');
      return reply.result;
    }),
  );
  return results.flat();
}

function byName(names: number, traded: readonly number[], found: QuantileResult = []): Quantiles {
  const at = new Map(traded.map((name, i) => [name, found[i]] as const));
  const all = Array.from({ length: names }, (_, name) => at.get(name));
  return { flows: all.map((pair) => pair?.[0] ?? []), shares: all.map((pair) => pair?.[1] ?? []) };
}

function columnsOf(shared: SharedSamples, names: number, traded: readonly number[]): SampleColumns {
  const has = new Set(traded);
  const column = <T>(of: (name: number) => T) =>
    Array.from({ length: names }, (_, name) => (has.has(name) ? of(name) : undefined));
  return {
    flows: column((name) => flowsOf(shared, name)),
    shares: column((name) => sharesOf(shared, name)),
  };
}

/** A failure ends the other parts too; theirs says only that they were ended. */
function worstOf(parts: readonly PromiseSettledResult<unknown>[]): unknown {
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

type Answer = Extract<Reply, { kind: 'part' | 'quantiles' }>;
type Failure = Exclude<Reply, Answer | { kind: 'progress' }>;

const nobody = (): void => {};

function runOn(
  worker: Worker,
  request: PartRequest | QuantileRequest,
  onBlock: (paths: number) => void = nobody,
  cancelOthers: () => void = nobody,
): Promise<Answer> {
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
    const onReply = (reply: Reply): void => {
      if (reply.kind === 'progress') onBlock(reply.paths);
      else if (reply.kind === 'part' || reply.kind === 'quantiles') finish(() => resolve(reply));
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

function errorOf(reply: Failure): Error {
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
