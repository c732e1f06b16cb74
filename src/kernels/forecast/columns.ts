/** Where the columns of a kernel are: addresses and plan constants as src/data/wasmKernel.ts writes them. */

/** Slots of the table of column addresses, in the order of `columnList`. */
export const enum Column {
  COUNTS,
  NUMBERS,
  COMMON,
  KEY,
  COUNTER,
  MARKET,
  SECTOR,
  OWN,
  SECTOR_OF,
  HALF_VARIANCE,
  LEVEL,
  INVERSE,
  CDF,
  MARKET_SPREAD,
  SECTOR_SPREAD,
  OWN_SPREAD,
  OWN_DRAW,
  BASE,
  SCORE,
  KNOWN,
  FUTURE,
  DOUBT,
  DOUBT_MOVE,
  SECTOR_MOVES,
  PRICED,
  AT_PRICING,
  AT_SWAP,
  PRICING_DRAW,
  ROWS,
  RANKED,
  SURE,
  LEAVING,
  INCUMBENT,
  NEW_VALUE,
  SINCE_PRICING,
  OLD_VALUE,
  ORDER,
  SORTED,
  MEMBER,
  ENTRANTS,
  UNSORTED_NAMES,
  UNSORTED,
  BUCKET_OF,
  STARTS,
  BORDERS,
  OLDS,
  NEWS,
  VALUES,
  WEIGHTS,
  HELD_BY_SINGLE,
  SET_BY_TOP,
  LARGEST,
  HELD_ROWS,
  PER_PRICE,
  SURPRISE,
  SURPRISED,
  MEMBER_AT,
  MEMBER_NAMES,
  MEMBER_DRAWS,
  NEAR_CAP,
  NEW_SHARES,
  BLOCK_FLOWS,
  BLOCK_SHARES,
  TRADED,
  BOUND,
  REACH,
  SUMS,
  SCALARS,
  ENTRANT_KEYS,
  ENTRANT_COUNTERS,
  ENTRANT_SECTORS,
  ENTRANT_NUMBERS,
  CEILINGS,
  WORDS,
}

/** Whole numbers of the plan in COUNTS. */
export const enum Count {
  NAMES,
  STRIDE,
  STANDING,
  NEWCOMERS,
  RANKED,
  SURE,
  LEAVING,
  CUT_BY,
  FIXED,
  SEATS,
  ENTER,
  KEEP,
  ENTER_FIRST,
  MAX_CHANGES,
  HAS_LINES,
  PLAIN,
  HAS_DOUBT,
  SIMPLE,
  CAPS,
  TOP_K,
  SECTORS,
  HAS_SECTORS,
  SEED,
}

/** Other numbers of the plan in NUMBERS. */
export const enum Num {
  AVERAGE,
  PRICING_ON_AVERAGE,
  PRICING,
  SWAP,
  ASSETS,
  ASSETS_DOUBT,
  OLD_TOTAL,
  CAP,
  LIMIT,
  MARKET_LEAST,
  MARKET_MOST,
  SECTOR_MOST,
}

/** Draws that all names of a path share: market and tail factor of each stage, assets, then sectors by stage. */
export const D_MARKET = 0;
export const D_TAIL = 3;
export const D_ASSETS = 6;
export const D_SECTOR = 7;

/** Paths of a block, and room per name for their flows. */
export const BLOCK = 256;
export const FLOW_STRIDE = 264;

/** Offsets of the sums of a name, 16 in all; those written two at a time stand together. */
export const S_MEMBER = 0;
export const S_FLOW = 16;
export const S_SHARES = 32;
export const S_FLOW_C = 48;
export const S_CONDITIONAL = 64;
export const S_CC = 80;
export const S_CAPPED = 96;
export const S_SINGLE = 104;
export const S_BYTES_SHIFT = 7;

/** Below the table are the constants of this module, above it all columns. */
const TABLE: usize = 4096;

export function column(slot: i32): usize {
  return <usize>load<u32>(TABLE + ((<usize>slot) << 2));
}

export function count(which: i32): i32 {
  return load<i32>(column(Column.COUNTS) + ((<usize>which) << 2));
}

export function number(which: i32): f64 {
  return load<f64>(column(Column.NUMBERS) + ((<usize>which) << 3));
}

/** Where the draws that all names share are, of a path of the block. */
export function commonOf(path: i32): usize {
  const width = D_SECTOR + 3 * count(Count.SECTORS);
  return column(Column.COMMON) + ((<usize>((path & (BLOCK - 1)) * width)) << 3);
}

export function i32At(at: usize, i: i32): i32 {
  return load<i32>(at + ((<usize>i) << 2));
}

export function f64At(at: usize, i: i32): f64 {
  return load<f64>(at + ((<usize>i) << 3));
}

export function u8At(at: usize, i: i32): i32 {
  return <i32>load<u8>(at + <usize>i);
}

export function putI32(at: usize, i: i32, value: i32): void {
  store<i32>(at + ((<usize>i) << 2), value);
}

export function putF64(at: usize, i: i32, value: f64): void {
  store<f64>(at + ((<usize>i) << 3), value);
}

export function putU8(at: usize, i: i32, value: i32): void {
  store<u8>(at + <usize>i, <u8>value);
}

/** Whole vectors of bytes, sooner than a call would. */
export function clear(bytes: usize, n: i32): void {
  for (let i = 0; i < n; i += 16) v128.store(bytes + <usize>i, i32x4.splat(0));
}
