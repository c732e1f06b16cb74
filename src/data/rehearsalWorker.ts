/** One thread of a rehearsal: some of the runs, sent back as columns. */
import { parentPort } from 'node:worker_threads';
import type { MarketPlan } from '../core/simulation/marketPlan.js';
import { rehearse, type RehearsalPart } from '../core/simulation/rehearsal.js';

export interface RehearsalRequest {
  readonly plan: MarketPlan;
  readonly seed: number;
  readonly first: number;
  readonly runs: number;
}

export type RehearsalReply =
  | { readonly kind: 'run' }
  | { readonly kind: 'part'; readonly part: RehearsalPart }
  | { readonly kind: 'broken'; readonly message: string };

const send = (reply: RehearsalReply): void => parentPort?.postMessage(reply, []);

parentPort?.on('message', ({ plan, seed, first, runs }: RehearsalRequest) => {
  try {
    send({ kind: 'part', part: rehearse(plan, seed, first, runs, () => send({ kind: 'run' })) });
  } catch (error) {
    send({
      kind: 'broken',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
});
