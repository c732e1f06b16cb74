/** One thread of a forecast: runs the part of the paths it is sent and sends the part's tallies and samples back. */
import { parentPort } from 'node:worker_threads';
import { Refusal } from '../core/base/errors.js';
import type { SimulateOptions } from '../core/forecast/draws.js';
import type { ForecastPlan } from '../core/forecast/plan.js';
import { runPart, type Part } from '../core/forecast/simulate.js';
import { wasmParts } from './wasmKernel.js';

export interface PartRequest {
  readonly plan: ForecastPlan;
  /** Of the whole run. */
  readonly options: SimulateOptions;
  readonly firstPath: number;
  readonly paths: number;
  /** Set to 1 by whoever no longer wants the part. */
  readonly cancelled: Int32Array;
}

export type PartReply =
  | { readonly kind: 'progress'; readonly paths: number }
  | { readonly kind: 'part'; readonly part: Part }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly refusal: Pick<Refusal, 'code' | 'message' | 'numbers'> }
  | { readonly kind: 'broken'; readonly message: string };

/** Thrown between two blocks of a part that nobody wants any more. */
class Cancelled extends Error {}

parentPort?.on('message', (request: PartRequest) => {
  const { reply, transfer } = answer(request);
  parentPort?.postMessage(reply, transfer);
});

function answer({ plan, options, firstPath, paths, cancelled }: PartRequest): {
  reply: PartReply;
  transfer: ArrayBuffer[];
} {
  const onBlock = (done: number): void => {
    if (Atomics.load(cancelled, 0) === 1) throw new Cancelled();
    parentPort?.postMessage({ kind: 'progress', paths: done } satisfies PartReply, []);
  };
  try {
    const part = runPart(plan, options, firstPath, paths, wasmParts(plan), onBlock);
    return { reply: { kind: 'part', part }, transfer: buffersOf(part) };
  } catch (error) {
    return { reply: failure(error), transfer: [] };
  }
}

function failure(error: unknown): PartReply {
  if (error instanceof Cancelled) return { kind: 'cancelled' };
  if (error instanceof Refusal) {
    const { code, message, numbers } = error;
    return { kind: 'refused', refusal: { code, message, numbers } };
  }
  return { kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** What is handed over instead of copied. */
function buffersOf({ tallies, samples }: Part): ArrayBuffer[] {
  const columns = [
    ...tallies.flatMap(({ sums, scalars }) => [sums, scalars]),
    ...[...samples.flows, ...samples.shares].filter((column) => column !== undefined),
  ];
  return columns.map(({ buffer }) => buffer as ArrayBuffer);
}
