/**
 * Loads the WebAssembly form of the kernel: an arena in the module's memory and the function that runs paths on it.
 * Needs nothing but the global WebAssembly, so it runs in Node, in a worker and in a browser.
 */
import { assert } from '../core/base/errors.js';
import type { Arena, Columns } from '../core/forecast/columns.js';
import { drawCommon, sectorsOf, type CommonDraws } from '../core/forecast/commonDraws.js';
import { capByAllRules, type Kernel, type KernelParts } from '../core/forecast/kernel.js';
import type { ForecastPlan } from '../core/forecast/plan.js';
import { CDF_RANGE } from '../core/forecast/normal.js';
import { CELLS, MOST_WANTED, type QuantileWork } from '../core/forecast/quantiles.js';
import { BLOCK } from '../core/forecast/tally.js';
import { FORECAST_WASM } from './forecastWasm.js';

/** What of the WebAssembly interface is used; without a browser's library TypeScript has no name for it. */
interface WebAssemblyLike {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

interface ForecastModule {
  readonly memory: { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number };
  readonly runPaths: (from: number, to: number) => void;
  readonly countIntoCells: (values: number, n: number, cells: number, ends: number) => void;
  readonly gatherCells: (
    values: number,
    n: number,
    cells: number,
    slotOf: number,
    gathered: number,
    next: number,
  ) => void;
}

const PAGE_BYTES = 65_536;
/** Room for the tables of the normal distribution, and for the columns of one name, with some to spare. */
const FIXED_BYTES = 3 * PAGE_BYTES;
const BYTES_PER_NAME = 5000;
/** Every column starts on a whole vector, above the constants of the module. */
const ALIGNMENT = 16;
const FIRST_ADDRESS = 4096;

let compiled: object | undefined;

function instanceWith(caps: { readonly capByAllRules: (members: number) => number }): ForecastModule {
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyLike }).WebAssembly;
  compiled ??= new Module(Uint8Array.from(atob(FORECAST_WASM), (character) => character.charCodeAt(0)));
  return new Instance(compiled, { caps }).exports as ForecastModule;
}

/** Room for quantiles of up to `n` numbers each, for one list after the other. */
export function wasmQuantiles(n: number): QuantileWork {
  const module = instanceWith({ capByAllRules: () => 0 });
  const bytes = FIXED_BYTES + n * (8 + 2 + 8) + CELLS * 8;
  module.memory.grow(Math.ceil(bytes / PAGE_BYTES));
  const { arena } = arenaOn(module.memory.buffer);
  const values = arena.float64(n);
  const gathered = arena.float64(n);
  const ends = arena.int32(CELLS);
  const slotOf = arena.int32(CELLS);
  const next = arena.int32(MOST_WANTED);
  const cells = new Uint16Array(module.memory.buffer, arena.int32(Math.ceil(n / 2)).byteOffset, n);
  return {
    values,
    cells,
    ends,
    slotOf,
    gathered,
    next,
    count: (many) => module.countIntoCells(values.byteOffset, many, cells.byteOffset, ends.byteOffset),
    gather: (many) =>
      module.gatherCells(
        values.byteOffset,
        many,
        cells.byteOffset,
        slotOf.byteOffset,
        gathered.byteOffset,
        next.byteOffset,
      ),
  };
}

/** Memory and runner for one kernel of the plan. */
export function wasmParts(plan: ForecastPlan): KernelParts {
  let running: Kernel | undefined;
  const caps = {
    capByAllRules(members: number): number {
      assert(running !== undefined, 'caps are asked for on a path');
      running.members = members;
      capByAllRules(running);
      return (running.singleActed ? 1 : 0) | (running.jointActed ? 2 : 0);
    },
  };
  const module = instanceWith(caps);
  // Growing later would leave every column behind, so all that can be needed is taken at once.
  const width = commonWidth(plan);
  const bytes = FIXED_BYTES + 8 * BLOCK * width + (plan.ids.length + 64) * BYTES_PER_NAME;
  module.memory.grow(Math.ceil(bytes / PAGE_BYTES));
  const { arena, table } = arenaOn(module.memory.buffer);
  const common = arena.float64(BLOCK * width);
  return {
    arena,
    runPaths(next, from, to) {
      if (running !== next) writeTable(table, next, common, arena);
      running = next;
      writeCommon(common, next, width, from, to);
      module.runPaths(from, to);
    },
  };
}

function arenaOn(buffer: ArrayBuffer): { arena: Arena; table: Uint32Array } {
  let next = FIRST_ADDRESS;
  const take = (bytes: number): number => {
    const at = next;
    next = Math.ceil((at + bytes) / ALIGNMENT) * ALIGNMENT;
    assert(next <= buffer.byteLength, 'the memory of the module holds all columns');
    return at;
  };
  // The kernel reads and writes whole vectors of four names.
  const whole = (length: number): number => Math.ceil(length / 4) * 4;
  const table = new Uint32Array(buffer, take(4 * SLOTS), SLOTS);
  const arena: Arena = {
    float64: (length) => new Float64Array(buffer, take(8 * whole(length)), whole(length)),
    float32: (length) => new Float32Array(buffer, take(4 * whole(length)), whole(length)),
    int32: (length) => new Int32Array(buffer, take(4 * whole(length)), whole(length)),
    // Bytes are also cleared by sixteen; addresses leave room for that.
    uint8: (length) => new Uint8Array(buffer, take(whole(length)), whole(length)),
  };
  return { arena, table };
}

const SLOTS = 74;

/** Columns of numbers that are copied for the names beside the standing ones. */
const ENTRANT_NUMBERS = 5;

/** Addresses of all columns, in the order of `Column` in src/kernels/forecast/columns.ts. */
function writeTable(table: Uint32Array, kernel: Kernel, common: Float64Array, arena: Arena): void {
  const { columns, seating, lines, caps } = kernel;
  const { names, stride } = columns;
  const list = [
    wholeNumbers(kernel, arena),
    numbers(kernel, arena),
    common,
    columns.key,
    columns.counter,
    columns.market,
    columns.sector,
    columns.own,
    columns.sectorOf,
    columns.halfVariance,
    columns.level,
    columns.inverse,
    columns.cdf,
    columns.marketSpread,
    columns.sectorSpread,
    columns.ownSpread,
    columns.ownDraw,
    columns.base,
    columns.score,
    columns.known,
    columns.future,
    columns.doubt,
    columns.doubtMove,
    columns.sectorMoves,
    columns.priced,
    columns.atPricing,
    columns.atSwap,
    columns.pricingDraw,
    copied(columns.rows, arena),
    columns.ranked,
    columns.sure,
    columns.leaving,
    columns.incumbent,
    columns.newValue,
    columns.sincePricing,
    columns.oldValue,
    seating.order,
    seating.sorted,
    seating.member,
    seating.entrants,
    seating.unsortedNames,
    seating.unsorted,
    seating.bucketOf,
    seating.starts,
    lines.borders,
    lines.olds,
    lines.news,
    caps.values,
    caps.weights,
    caps.heldBySingle,
    caps.setByTop,
    caps.largest,
    caps.heldRows,
    kernel.perPrice,
    kernel.surprise,
    kernel.surprised,
    kernel.memberAt,
    arena.int32(names),
    arena.float64(names),
    arena.int32(names),
    kernel.newShares,
    kernel.blockFlows,
    kernel.blockShares,
    kernel.traded,
    kernel.bound,
    kernel.reach,
    kernel.sums,
    kernel.scalars,
    arena.int32(names),
    arena.int32(names),
    arena.int32(names),
    arena.float64(ENTRANT_NUMBERS * stride),
    ceilings(kernel, arena),
    arena.int32(2 * stride),
  ];
  assert(
    list.every(({ buffer }) => buffer === table.buffer),
    'every column of the kernel is in the memory of the module',
  );
  list.forEach(({ byteOffset }, slot) => (table[slot] = byteOffset));
}

/** More changes than any index has seats. */
const NO_LIMIT = 2 ** 28;

function wholeNumbers({ columns, seed, hasLines }: Kernel, arena: Arena): Int32Array {
  const { plan, seats, ranked, sure, leaving, rules } = columns;
  const buffer = seats.kind === 'buffer' ? seats : undefined;
  const list = [
    columns.names,
    columns.stride,
    columns.standing,
    columns.newcomers,
    ranked.length,
    sure.length,
    leaving.length,
    columns.cutBy,
    Number(buffer === undefined),
    buffer?.count ?? 0,
    buffer?.enter ?? 0,
    buffer?.keep ?? 0,
    Number(buffer?.order === 'enter-first'),
    Math.min(NO_LIMIT, buffer?.maxChanges ?? NO_LIMIT),
    Number(hasLines),
    Number(columns.space === 'plain'),
    Number(columns.hasDoubt),
    Number(columns.simple),
    rules === undefined ? 0 : rules.top === undefined ? 1 : 2,
    rules?.top?.k ?? 0,
    sectorsOf(plan),
    Number(plan.sectors > 0),
    seed,
  ];
  const made = arena.int32(list.length);
  made.set(list);
  return made;
}

function copied(values: Int32Array, arena: Arena): Int32Array {
  const made = arena.int32(values.length);
  made.set(values);
  return made;
}

function numbers({ columns }: Kernel, arena: Arena): Float64Array {
  const { plan, oldTotal, rules } = columns;
  const { average, pricingOnAverage, pricing, swap } = plan.horizon;
  const markets = newcomersOf(columns, columns.marketSpread);
  const sectors = newcomersOf(columns, columns.sectorSpread).map(Math.abs);
  const list = [
    average,
    pricingOnAverage,
    pricing,
    swap,
    plan.assets,
    plan.assetsDoubt,
    oldTotal,
    rules?.single.cap ?? 0,
    rules?.top?.limit ?? 0,
    markets.reduce((least, spread) => Math.min(least, spread), Infinity),
    markets.reduce((most, spread) => Math.max(most, spread), -Infinity),
    sectors.reduce((most, spread) => Math.max(most, spread), 0),
  ];
  const made = arena.float64(list.length);
  made.set(list);
  return made;
}

const newcomersOf = ({ standing, newcomers }: Columns, column: Float64Array): Float64Array =>
  column.subarray(standing, standing + newcomers);

/** More than rounding can move a ceiling, in deviations and in logs. */
const CEILING_MARGIN = 1e-6;

/**
 * By newcomer, largest measure first: what it and those after it reach of their own, without the moves that all names share. Beyond it
 * a normal has no probability. Infinite where everybody is to be drawn: for a ranking, for a price, with tails without an end.
 */
function ceilings({ columns, hasLines }: Kernel, arena: Arena): Float64Array {
  const { plan, simple, newcomers, standing, level, halfVariance, ownSpread, oldValue } = columns;
  const made = arena.float64(newcomers);
  const knows = hasLines && simple && plan.tailDegrees === Infinity;
  const { average } = plan.horizon;
  let highest = -Infinity;
  for (let j = newcomers - 1; j >= 0; j--) {
    const i = standing + j;
    const reach = (CDF_RANGE + CEILING_MARGIN) * ownSpread[i] + CEILING_MARGIN;
    const own = level[i] - average * average * halfVariance[i] + reach;
    highest = Math.max(highest, knows && oldValue[i] === 0 ? own : Infinity);
    made[j] = highest;
  }
  return made;
}

/** Numbers per path: a market draw and a tail factor for each of three stages, assets, and every sector at each stage. */
const commonWidth = (plan: ForecastPlan): number => 7 + 3 * sectorsOf(plan);

/** Draws that all names share, of whole pairs of paths. */
function writeCommon(
  to: Float64Array,
  { sources, columns }: Kernel,
  width: number,
  from: number,
  end: number,
): void {
  const draws: CommonDraws = columns.common[0];
  for (let path = from - (from & 1); path < end + (end & 1); path++) {
    drawCommon(sources, path, draws);
    const at = (path & (BLOCK - 1)) * width;
    for (let stage = 0; stage < 3; stage++) {
      to[at + stage] = draws.market[stage];
      to[at + 3 + stage] = draws.tail[stage];
    }
    to[at + 6] = draws.assets;
    for (let i = 0; i < width - 7; i++) to[at + 7 + i] = draws.sector[i];
  }
}
