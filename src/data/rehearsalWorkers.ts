/** A rehearsal on every core: runs are cut into ranges, and a run is the same in whichever range it is. */
import { availableParallelism } from 'node:os';
import { Bug, OperationalError } from '../core/base/errors.js';
import type { MarketPlan } from '../core/simulation/marketPlan.js';
import { joinParts, type RehearsalPart } from '../core/simulation/rehearsal.js';
import { startThread } from './threads.js';
import type { RehearsalReply, RehearsalRequest } from './rehearsalWorker.js';

const MOST_THREADS = 8;

interface RehearsalOptions {
  readonly seed: number;
  readonly runs: number;
  readonly threads?: number;
  /** Called as runs are done, in no particular order. */
  readonly onProgress?: (runs: number) => void;
}

/** @throws OperationalError `thread_lost` when a thread dies */
export async function rehearseOnThreads(
  plan: MarketPlan,
  { seed, runs, threads = Math.min(MOST_THREADS, availableParallelism()), onProgress }: RehearsalOptions,
): Promise<RehearsalPart> {
  let done = 0;
  const onRun = (): void => onProgress?.(++done);
  const border = (i: number): number => Math.round((runs * i) / threads);
  const ranges = Array.from({ length: threads }, (_, i) => ({
    first: border(i),
    runs: border(i + 1) - border(i),
  })).filter((range) => range.runs > 0);
  return joinParts(await Promise.all(ranges.map((range) => partOn({ plan, seed, ...range }, onRun))));
}

async function partOn(request: RehearsalRequest, onRun: () => void): Promise<RehearsalPart> {
  const worker = startThread(new URL('./rehearsalWorker.js', import.meta.url));
  try {
    return await new Promise((resolve, reject) => {
      worker.on('error', (error) =>
        reject(new OperationalError('thread_lost', `a rehearsal thread ended: ${error.message}`, true)),
      );
      worker.on('message', (reply: RehearsalReply) => {
        if (reply.kind === 'run') onRun();
        else if (reply.kind === 'part') resolve(reply.part);
        else reject(new Bug(reply.message));
      });
      worker.postMessage(request, []);
    });
  } finally {
    await worker.terminate();
  }
}
