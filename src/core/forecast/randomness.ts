/**
 * Random bits by counter: Threefry-2x32 with 13 rounds (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy
 * as 1, 2, 3", SC11). A draw is a function of seed, name, path and stream and of nothing else, so neither the rows of a
 * plan, nor how paths are cut into pieces, nor how many threads run them can change one.
 */

/** The key words of one source of randomness: a security or a factor. */
export interface Identity {
  /** Second word of the key. */
  readonly key: number;
  /** 28 bits in the upper part of the second counter word; the stream goes below. */
  readonly counter: number;
}

/** Draws of one source; a stream gives two words per counter. */
export const STREAM = {
  /** Moves up to the cut-off; names use one counter for two paths, factors one per path. */
  first: 1,
  /** Moves from the cut-off to pricing, and from pricing to the swap. */
  later: 2,
  /** Doubt about a measure; one counter for two paths. */
  doubt: 3,
} as const;

/** Writes the two words of (seed, source; counter, stream) as signed 32-bit integers. */
export function threefry(
  seed: number,
  key: number,
  counter: number,
  streamWord: number,
  words: Int32Array,
): void {
  const third = 0x1bd11bda ^ seed ^ key;
  let a = (counter + seed) | 0;
  let b = (streamWord + key) | 0;
  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a;
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a;
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a;
  a = (a + key) | 0;
  b = (b + third + 1) | 0;
  a = (a + b) | 0;
  b = ((b << 17) | (b >>> 15)) ^ a;
  a = (a + b) | 0;
  b = ((b << 29) | (b >>> 3)) ^ a;
  a = (a + b) | 0;
  b = ((b << 16) | (b >>> 16)) ^ a;
  a = (a + b) | 0;
  b = ((b << 24) | (b >>> 8)) ^ a;
  a = (a + third) | 0;
  b = (b + seed + 2) | 0;
  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a;
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a;
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a;
  a = (a + seed) | 0;
  b = (b + key + 3) | 0;
  a = (a + b) | 0;
  b = ((b << 17) | (b >>> 15)) ^ a;
  words[0] = a;
  words[1] = b;
}

/** 60 bits of a text, by running its characters through the cipher: two codes share a draw with odds of 2^-60. */
export function identityOf(text: string): Identity {
  const words = new Int32Array(2);
  for (let i = 0; i < text.length; i++) threefry(words[0], words[1], text.charCodeAt(i), i, words);
  threefry(words[0], words[1], text.length, -1, words);
  return { key: words[0], counter: words[1] & ~15 };
}
