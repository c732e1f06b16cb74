/**
 * How trading is spread over a mainland session: heavy at both ends and in the middle of the day light. No curve of a
 * single stock is published here, so this one is an assumption: 0.6 + 1.2 (2u - 1)^2 of the mean over the 237 minutes
 * of continuous trading, and a share of the day in the closing auction that the caller names.
 */
import { at } from './venueDay.js';

const MORNING = [at(9, 30), at(11, 30)] as const;
const AFTERNOON = [at(13, 0), at(14, 57)] as const;
const LENGTH = MORNING[1] - MORNING[0] + AFTERNOON[1] - AFTERNOON[0];

/** Part of the continuous volume that has traded by a part of the time; both 0..1. */
export const volumeBy = (part: number): number => 0.6 * part + 0.2 * ((2 * part - 1) ** 3 + 1);

/** Part of the time by which a part of the continuous volume has traded: Newton's steps, on a curve that only rises. */
export function timeOfVolume(volume: number): number {
  let part = volume;
  for (let i = 0; i < 6; i++) part -= (volumeBy(part) - volume) / (0.6 + 1.2 * (2 * part - 1) ** 2);
  return part;
}

/** Clock of a part of the time of continuous trading, milliseconds since midnight. */
export function clockOf(part: number): number {
  const passed = Math.min(LENGTH - 1, Math.floor(part * LENGTH));
  const morning = MORNING[1] - MORNING[0];
  return passed < morning ? MORNING[0] + passed : AFTERNOON[0] + passed - morning;
}
