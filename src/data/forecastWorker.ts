/**
 * One thread of a forecast: runs the part of the paths it is sent, and works out quantiles of columns that all threads
 * share.
 */
import { parentPort } from 'node:worker_threads';
import { Refusal } from '../core/base/errors.js';
import type { SimulateOptions } from '../core/forecast/draws.js';
import type { Prepared } from '../core/forecast/prepare.js';
import { runPart, spreadOf, type Part } from '../core/forecast/simulate.js';
import { flowsOf, sharesOf, type SharedSamples } from './sharedSamples.js';
import type { QuantileWork } from '../core/forecast/quantiles.js';
import { wasmParts, wasmQuantiles } from './wasmKernel.js';

export interface PartRequest {
  readonly kind: 'part';
  readonly prepared: Prepared;
  /** Of the whole run. */
  readonly options: SimulateOptions;
  readonly firstPath: number;
  readonly paths: number;
  /** Where samples go, if any are kept. */
  readonly shared: SharedSamples | undefined;
  /** Set to 1 by whoever no longer wants the part. */
  readonly cancelled: Int32Array;
  /** Whether somebody wants to know of every block. */
  readonly reports: boolean;
}

export interface QuantileRequest {
  readonly kind: 'quantiles';
  readonly names: readonly number[];
  readonly options: SimulateOptions;
  readonly shared: SharedSamples;
}

export interface PartResult extends Pick<Part, 'rows' | 'tallies'> {
  /** 1 per name that traded on some path of the part. */
  readonly traded: Uint8Array;
}

/** Quantiles of flows and shares, by position in the list of names. */
export type QuantileResult = readonly (readonly [readonly number[], readonly number[]])[];

export type Reply =
  | { readonly kind: 'progress'; readonly paths: number }
  | { readonly kind: 'part'; readonly result: PartResult }
  | { readonly kind: 'quantiles'; readonly result: QuantileResult }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly refusal: Pick<Refusal, 'code' | 'message' | 'numbers'> }
  | { readonly kind: 'broken'; readonly message: string };

/** Thrown between two blocks of a part that nobody wants any more. */
class Cancelled extends Error {}

parentPort?.on('message', (request: PartRequest | QuantileRequest) => {
  const { reply, transfer } = answer(request);
  parentPort?.postMessage(reply, transfer);
});

function answer(request: PartRequest | QuantileRequest): { reply: Reply; transfer: ArrayBuffer[] } {
  try {
    if (request.kind === 'quantiles') return { reply: quantilesIn(request), transfer: [] };
    const result = partOf(request);
    const columns = result.tallies.flatMap(({ sums, scalars }) => [sums, scalars]);
    return { reply: { kind: 'part', result }, transfer: columns.map(({ buffer }) => buffer as ArrayBuffer) };
  } catch (error) {
    return { reply: failure(error), transfer: [] };
  }
}

function partOf({
  prepared,
  options,
  firstPath,
  paths,
  shared,
  cancelled,
  reports,
}: PartRequest): PartResult {
  const onBlock = (done: number): void => {
    if (Atomics.load(cancelled, 0) === 1) throw new Cancelled();
    if (reports) parentPort?.postMessage({ kind: 'progress', paths: done } satisfies Reply, []);
  };
  const room =
    shared === undefined
      ? undefined
      : (name: number) => ({
          flows: flowsOf(shared, name, firstPath, paths).fill(0),
          shares: sharesOf(shared, name, firstPath, paths).fill(0),
        });
  const part = runPart(prepared, options, { firstPath, paths, room }, wasmParts(prepared.plan), onBlock);
  const { rows, tallies, samples } = part;
  return { rows, tallies, traded: Uint8Array.from(samples.flows, (column) => (column ? 1 : 0)) };
}

/** Kept for the next request. */
let work: QuantileWork | undefined;

function quantilesIn({ names, options, shared }: QuantileRequest): Reply {
  const room = work !== undefined && work.values.length >= shared.paths ? work : wasmQuantiles(shared.paths);
  work = room;
  const result = names.map(
    (name) =>
      [
        spreadOf(flowsOf(shared, name), options.flowQuantiles, room),
        spreadOf(sharesOf(shared, name), options.shareQuantiles, room),
      ] as const,
  );
  return { kind: 'quantiles', result };
}

function failure(error: unknown): Reply {
  if (error instanceof Cancelled) return { kind: 'cancelled' };
  if (error instanceof Refusal) {
    const { code, message, numbers } = error;
    return { kind: 'refused', refusal: { code, message, numbers } };
  }
  return { kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
