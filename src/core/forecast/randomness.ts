/**
 * Randomness by counter: a number is a function of (seed, who, path, stream) and of nothing else, so the order in which
 * paths are run, the threads they run on, and the names that were left out change no other number.
 *
 * Threefry2x32 with 13 rounds (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11), which
 * passes BigCrush; one call gives the words of two neighbouring paths.
 */
import { exp, normalCdf } from './elementary.js';

/** What a draw is for. Names have streams 0 to 3, factors one per stage. */
export const STREAMS = { average: 0, pricing: 1, swap: 2, doubt: 3 } as const;

/** Both words of Threefry2x32-13, written to `out`. */
export function threefry(k0: number, k1: number, c0: number, c1: number, out: Int32Array): void {
  const k2 = 0x1bd11bda ^ k0 ^ k1;
  let a = (c0 + k0) | 0;
  let b = (c1 + k1) | 0;
  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a; // prettier-ignore
  a = (a + k1) | 0;
  b = (b + k2 + 1) | 0; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 17) | (b >>> 15)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 29) | (b >>> 3)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 16) | (b >>> 16)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 24) | (b >>> 8)) ^ a; // prettier-ignore
  a = (a + k2) | 0;
  b = (b + k0 + 2) | 0; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a; // prettier-ignore
  a = (a + k0) | 0;
  b = (b + k1 + 3) | 0; // prettier-ignore
  a = (a + b) | 0;
  b = ((b << 17) | (b >>> 15)) ^ a; // prettier-ignore
  out[0] = a;
  out[1] = b;
}

/** 32 bits that stand for a name: FNV-1a over its characters. */
export function nameKey(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** The last octave holds the half itself. */
const OCTAVES = 32;
const CELLS = 64;
/** Four coefficients of a cubic per cell; cell (octave, part), see `normalOf`. */
const TABLE = normalTable();

/** No normal is farther from zero than this: the quantile of the smallest probability, 2^-32. */
export const NORMAL_BOUND = -quantile(2 ** -32);

/**
 * Standard normal from 32 bits by the inverse distribution function. The first bit is the sign, the other 31 a
 * probability p = (v + 1) / 2^32 of at most a half. Its octave and 64 parts of it give a cell with a cubic (Hermite on
 * the exact quantile), so the tail is as exact as the middle: error below 1e-6 everywhere, and rising in the bits.
 */
export function normalOf(bits: number): number {
  const p = (bits & 0x7fffffff) + 1;
  const octave = 31 - Math.clz32(p);
  const offset = (p * INVERSE_OCTAVE[octave] - 1) * CELLS;
  const part = offset | 0;
  const t = offset - part;
  const at = 4 * (octave * CELLS + part);
  const z = ((TABLE[at + 3] * t + TABLE[at + 2]) * t + TABLE[at + 1]) * t + TABLE[at];
  return bits < 0 ? -z : z;
}

const INVERSE_OCTAVE = new Float64Array(OCTAVES);
for (let octave = 0; octave < OCTAVES; octave++) INVERSE_OCTAVE[octave] = 2 ** -octave;

function normalTable(): Float64Array {
  const table = new Float64Array(4 * OCTAVES * CELLS);
  for (let octave = 0; octave < OCTAVES; octave++) {
    for (let part = 0; part < CELLS; part++) {
      const width = 2 ** octave / CELLS;
      const left = 2 ** octave + part * width;
      const [a, b] = [left / 2 ** 32, Math.min((left + width) / 2 ** 32, 0.5)];
      const [z0, z1] = [quantile(a), quantile(b)];
      const [d0, d1] = [slope(z0) * (b - a), slope(z1) * (b - a)];
      table.set([z0, d0, 3 * (z1 - z0) - 2 * d0 - d1, 2 * (z0 - z1) + d0 + d1], 4 * (octave * CELLS + part));
    }
  }
  return table;
}

/** dz/dp of the quantile. */
function slope(z: number): number {
  return 2.5066282746310002 * exp(0.5 * z * z);
}

/** Quantile of a probability up to a half, by Newton on the distribution function from a rough start. */
function quantile(p: number): number {
  if (p >= 0.5) return 0;
  let low = -7;
  let high = 0;
  let z = -1;
  for (let i = 0; i < 200; i++) {
    const error = normalCdf(z) - p;
    if (error > 0) high = z;
    else low = z;
    const next = z - error * slope(z);
    const inside = next > low && next < high;
    const moved = inside ? next : (low + high) / 2;
    if (Math.abs(moved - z) < 1e-14) return moved;
    z = moved;
  }
  return z;
}
