/**
 * Netting: one security is traded for several indices at the same close, and what the market sees is the sum with sign.
 * A leg is computed, or printed by somebody, and says which.
 */
export interface Leg {
  readonly index: string;
  /** Signed, buy positive. */
  readonly value: number;
  readonly shares: number;
  readonly basis: 'computed' | 'published';
  /** Trackers behind it, and where the figure is from. */
  readonly trackers: string;
  readonly source: string;
}

export interface Netted {
  readonly legs: readonly Leg[];
  readonly value: number;
  readonly shares: number;
  /** |value| over the average value traded a day. */
  readonly daysToTrade: number;
}

/** @param adv20Value average value traded a day, NaN when unknown */
export function net(legs: readonly Leg[], adv20Value: number): Netted {
  const value = legs.reduce((total, leg) => total + leg.value, 0);
  const shares = legs.reduce((total, leg) => total + leg.shares, 0);
  return { legs, value, shares, daysToTrade: Math.abs(value) / adv20Value };
}
