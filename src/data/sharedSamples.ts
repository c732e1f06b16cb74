/** Flow and shares of every path in memory that all threads of a forecast see: one column per name. */

export interface SharedSamples {
  readonly flows: SharedArrayBuffer;
  readonly shares: SharedArrayBuffer;
  /** Paths of a column. */
  readonly paths: number;
}

/** Room for so many names; a page that nobody writes to takes none. */
export function sharedSamples(names: number, paths: number): SharedSamples {
  return {
    flows: new SharedArrayBuffer(8 * names * paths),
    shares: new SharedArrayBuffer(4 * names * paths),
    paths,
  };
}

/** The same room for other numbers of names and paths, or undefined when it is too small. */
export function reused(room: SharedSamples, names: number, paths: number): SharedSamples | undefined {
  return 8 * names * paths <= room.flows.byteLength ? { ...room, paths } : undefined;
}

export function flowsOf(
  { flows, paths }: SharedSamples,
  name: number,
  first = 0,
  count = paths,
): Float64Array<SharedArrayBuffer> {
  return new Float64Array(flows, 8 * (name * paths + first), count);
}

export function sharesOf(
  { shares, paths }: SharedSamples,
  name: number,
  first = 0,
  count = paths,
): Float32Array<SharedArrayBuffer> {
  return new Float32Array(shares, 4 * (name * paths + first), count);
}
