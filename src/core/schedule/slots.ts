/**
 * Where an order can be traded: each session has its continuous part and its closing auction, each with the volume expected in
 * it. A slot closed to the trader (suspension, price at its limit) has none. Trades are parts of the order and sum to 1.
 */
import { Refusal } from '../base/errors.js';
import { sum } from '../base/sum.js';

export interface Slot {
  /** Number of the session, from 0. */
  readonly session: number;
  readonly phase: 'continuous' | 'auction';
  /** Expected volume over the size of the order; 0 when closed. */
  readonly volume: number;
}

/** Parts for sessions in order, the last piece in the closing auction: what brokers expect of A-share trackers, an assumption. */
const PROFILE: readonly number[] = [0.2, 0.3, 0.5];

/** All in the closing auction of one session. */
export const atClose = (slots: readonly Slot[], session: number): Float64Array =>
  inProportion(slots, ({ session: own, phase }) => (own === session && phase === 'auction' ? 1 : 0));

/** 20, 30 and 50 percent over the sessions up to the effective one, the last in its auction; closed ones are skipped. */
export function byProfile(slots: readonly Slot[], session: number): Float64Array {
  return inProportion(slots, ({ session: own, phase }) => {
    const back = session - own;
    if (back < 0 || back >= PROFILE.length) return 0;
    return phase === (back === 0 ? 'auction' : 'continuous') ? PROFILE[PROFILE.length - 1 - back] : 0;
  });
}

/** The same in each continuous part. */
export const evenly = (slots: readonly Slot[]): Float64Array =>
  inProportion(slots, ({ phase }) => (phase === 'continuous' ? 1 : 0));

/** In proportion to the volume expected. */
export const withVolume = (slots: readonly Slot[]): Float64Array =>
  inProportion(slots, ({ volume }) => volume);

/** Sessions' parts of a path, each over its slots in proportion to volume. */
export function bySession(slots: readonly Slot[], parts: ArrayLike<number>): Float64Array {
  const volume = new Float64Array(parts.length);
  for (const slot of slots) volume[slot.session] += slot.volume;
  return Float64Array.from(slots, (slot) =>
    slot.volume === 0 ? 0 : (parts[slot.session] * slot.volume) / volume[slot.session],
  );
}

/** @throws Refusal `no_open_session` when every slot the method wants is closed */
function inProportion(slots: readonly Slot[], wanted: (slot: Slot) => number): Float64Array {
  const parts = Float64Array.from(slots, (slot) => (slot.volume > 0 ? wanted(slot) : 0));
  const total = sum(parts);
  if (total === 0) {
    throw new Refusal(
      'no_open_session',
      'every session this method trades in is closed; take more days or another method',
    );
  }
  return parts.map((part) => part / total);
}

/**
 * No slot above its part of the volume; what is cut off goes to the slots after, then to those before.
 * @param participation largest share of a slot's volume, above 0 and at most 1
 * @throws Refusal `participation_too_low` when all slots together cannot take the order
 */
export function capped(trades: Float64Array, slots: readonly Slot[], participation: number): Float64Array {
  const room = Float64Array.from(slots, ({ volume }) => participation * volume);
  const capacity = sum(room);
  if (capacity < 1) {
    throw new Refusal(
      'participation_too_low',
      `at ${(participation * 100).toFixed(0)} % of the volume these sessions take ${(capacity * 100).toFixed(0)} % of the order; ` +
        `take ${(1 / capacity).toFixed(1)} times the days, or a higher participation`,
      { participation, capacity },
    );
  }
  const filled = Float64Array.from(trades);
  let rest = 0;
  for (let i = 0; i < filled.length; i++) {
    const wanted = filled[i] + rest;
    filled[i] = Math.min(wanted, room[i]);
    rest = wanted - filled[i];
  }
  for (let i = filled.length - 1; i >= 0 && rest > 0; i--) {
    const more = Math.min(rest, room[i] - filled[i]);
    filled[i] += more;
    rest -= more;
  }
  return filled;
}

/**
 * Parts as whole shares that sum to the order; a slice smaller than an order may be goes to the largest one, and so does what
 * steps leave.
 * @param shares signed, whole
 * @param least smallest order the venue takes, shares
 * @param step by which orders may differ, shares
 */
export function wholeShares(trades: ArrayLike<number>, shares: number, least: number, step = 1): number[] {
  const side = Math.sign(shares);
  const size = Math.abs(shares);
  const slices = Array.from(trades, (part) => Math.floor((part * size) / step) * step).map((slice) =>
    slice < least ? 0 : slice,
  );
  const largest = Array.from(trades).reduce((best, part, i, all) => (part > all[best] ? i : best), 0);
  slices[largest] += size - sum(slices);
  return slices.map((slice) => (slice === 0 ? 0 : side * slice));
}
