/**
 * A basket of an index in force: members, adjusted shares, capping factors, divisor. Index shares of a member
 * are adjusted shares x capping factor; the level is the sum of index shares x price over the divisor.
 */
import type { Day, IndexId, SecurityId } from '../base/brand.js';
import type { Quality } from '../market/facts.js';
import { shareRatioBetween, type ShareAction } from '../events/corporateActions.js';

export interface Composition {
  readonly index: IndexId;
  /** The close at which the basket takes over; share counts are stated as of the next session. */
  readonly swap: Day;
  /** First session the basket counts for. */
  readonly effective: Day;
  /** Ascending codes. */
  readonly ids: readonly SecurityId[];
  /** A shares x inclusion factor. */
  readonly adjustedShares: Float64Array;
  /** 0..1. */
  readonly cappingFactors: Float64Array;
  readonly divisor: number;
  readonly quality: Quality;
  readonly note: string;
}

/** Adjusted shares on a later session, after the share actions in between. */
export function adjustedSharesOn(
  composition: Composition,
  actions: readonly ShareAction[],
  day: Day,
): Float64Array {
  return composition.adjustedShares.map(
    (shares, i) => shares * shareRatioBetween(actions, composition.ids[i], composition.swap, day),
  );
}
