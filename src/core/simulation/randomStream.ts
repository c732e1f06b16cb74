/**
 * Random numbers of a simulation: functions of seed, name of the source and count, so that what one agent does never
 * changes what another one draws, and two runs that differ in one order share everything else.
 */
import { normalOf, normalTables } from '../forecast/normal.js';
import { threefry } from '../forecast/randomness.js';

export interface RandomStream {
  readonly seed: number;
  readonly source: number;
  /** The next pair of words. */
  counter: number;
  readonly words: Int32Array;
  used: number;
}

/** @param seed whole, 0..2^32 - 1 @param source whole, another one for every use of the seed */
export const randomStream = (seed: number, source: number): RandomStream => ({
  seed: seed | 0,
  source: source | 0,
  counter: 0,
  words: new Int32Array(2),
  used: 2,
});

/** Goes to a place of its own, whatever was drawn before. @param place whole, 0..2^24; at most 256 draws in each */
export function drawFrom(stream: RandomStream, place: number): void {
  stream.counter = place << 7;
  stream.used = 2;
}

/** 32 random bits, signed. */
export function bits(stream: RandomStream): number {
  if (stream.used === 2) {
    threefry(stream.seed, stream.source, stream.counter, 0, stream.words);
    stream.counter = (stream.counter + 1) | 0;
    stream.used = 0;
  }
  return stream.words[stream.used++];
}

const STEP = 2 ** -32;

/** Above 0 and below 1. */
export const uniform = (stream: RandomStream): number => ((bits(stream) >>> 0) + 0.5) * STEP;

/** Whole, 0..below - 1. */
export const below = (stream: RandomStream, count: number): number => Math.floor(uniform(stream) * count);

export const normal = (stream: RandomStream): number => normalOf(normalTables().inverse, bits(stream));
