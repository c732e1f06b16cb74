/**
 * Loads the WebAssembly form of the simulated moves: an arena in the module's memory and the two functions that work
 * on it. Needs nothing but the global WebAssembly, so it runs in Node, in a worker and in a browser.
 */
import { assert } from '../core/base/errors.js';
import type { Arena, Columns } from '../core/forecast/columns.js';
import { sectorsOf } from '../core/forecast/commonDraws.js';
import type { KernelParts } from '../core/forecast/kernel.js';
import { stageVariances, type Moves } from '../core/forecast/moves.js';
import type { ForecastPlan } from '../core/forecast/plan.js';
import { FORECAST_WASM } from './forecastWasm.js';

/** What of the WebAssembly interface is used; without a browser's library TypeScript has no name for it. */
interface WebAssemblyLike {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

interface ForecastModule {
  readonly memory: { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number };
  readonly first: (...values: number[]) => void;
  readonly later: (...values: number[]) => void;
}

const PAGE_BYTES = 65_536;
/** Room for the table of quantiles and for the columns of one name, with some to spare. */
const FIXED_BYTES = 2 * PAGE_BYTES;
const BYTES_PER_NAME = 320;
/** Every column starts on a whole vector; nothing lies at address 0. */
const ALIGNMENT = 16;

let compiled: object | undefined;

/** Memory and moves for one kernel of the plan. */
export function wasmParts(plan: ForecastPlan): KernelParts {
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyLike }).WebAssembly;
  compiled ??= new Module(Uint8Array.from(atob(FORECAST_WASM), (character) => character.charCodeAt(0)));
  const module = new Instance(compiled).exports as ForecastModule;
  // Growing later would leave every column behind, so all that can be needed is taken at once.
  const bytes = FIXED_BYTES + (plan.ids.length + 8 * sectorsOf(plan)) * BYTES_PER_NAME;
  module.memory.grow(Math.ceil(bytes / PAGE_BYTES));
  const { arena, addresses } = arenaOn(module.memory.buffer);
  return { arena, moves: movesOf(module, addresses) };
}

function arenaOn(buffer: ArrayBuffer): { arena: Arena; addresses: Uint32Array } {
  let next = ALIGNMENT;
  const take = (bytes: number): number => {
    const at = next;
    next = Math.ceil((at + bytes) / ALIGNMENT) * ALIGNMENT;
    assert(next <= buffer.byteLength, 'the memory of the module holds all columns');
    return at;
  };
  // The kernel reads and writes whole vectors of four names.
  const whole = (length: number): number => Math.ceil(length / 4) * 4;
  const addresses = new Uint32Array(buffer, take(4 * SLOTS.length), SLOTS.length);
  const arena: Arena = {
    float64: (length) => new Float64Array(buffer, take(8 * whole(length)), whole(length)),
    int32: (length) => new Int32Array(buffer, take(4 * whole(length)), whole(length)),
  };
  return { arena, addresses };
}

/** Columns by slot, as src/kernels/forecast.ts numbers them. */
const SLOTS = [
  'key',
  'counter',
  'market',
  'sector',
  'own',
  'sectorOf',
  'halfVariance',
  'level',
  'inverse',
  'move',
  'ownMove',
  'score',
  'priced',
  'atPricing',
  'atSwap',
  'pricingDraw',
] as const satisfies readonly (keyof Columns)[];

function movesOf(module: ForecastModule, addresses: Uint32Array): Moves {
  const table = addresses.byteOffset;
  let written: Columns | undefined;
  const writeAddresses = (columns: Columns): void => {
    if (written === columns) return;
    written = columns;
    SLOTS.forEach((slot, i) => (addresses[i] = columns[slot].byteOffset));
  };
  return {
    first(columns, seed, pair) {
      writeAddresses(columns);
      const a = columns.common[0];
      const b = columns.common[1];
      const { average } = columns.plan.horizon;
      module.first(
        table,
        columns.names,
        columns.stride,
        seed,
        pair,
        average,
        a.market[0],
        b.market[0],
        a.tail[0],
        b.tail[0],
        a.sector.byteOffset,
        b.sector.byteOffset,
      );
    },
    later(columns, seed, path, count) {
      const { pricingOnAverage, pricing, swap } = columns.plan.horizon;
      const { market, sector, tail } = columns.common[path & 1];
      const sectors = sectorsOf(columns.plan);
      const { toPricing, toSwap } = stageVariances(columns.plan.horizon, tail);
      module.later(
        table,
        count,
        seed,
        path,
        (path & 1) * columns.stride,
        pricingOnAverage,
        pricing,
        swap,
        market[1],
        market[2],
        tail[1],
        tail[2],
        toPricing,
        toSwap,
        sector.byteOffset + 8 * sectors,
        sector.byteOffset + 16 * sectors,
      );
    },
  };
}
