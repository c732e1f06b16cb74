/**
 * Netting: one security is traded for several indices at the same close, and what the market sees is the sum with sign.
 * A leg is computed, printed by
 * somebody, or assumed, and says which.
 */
export interface Leg {
  readonly index: string;
  /** Signed, buy positive. */
  readonly value: number;
  readonly shares: number;
  readonly basis: 'computed' | 'published' | 'assumed';
  /** Trackers behind it, and where the figure is from. */
  readonly trackers: string;
  readonly source: string;
}

/**
 * Enhanced index funds: they hold the index within a tracking limit and follow a forced trade in part only. How far is a
 * judgement of whoever asks; nothing that funds publish says it for one security.
 */
export interface EnhancedFunds {
  /** Money in them, none of it in the tracked assets. */
  readonly assets: number;
  /** Of what a fund that replicates would trade, 0..1. */
  readonly fraction: number;
}

/**
 * What enhanced funds add to a passive leg, in proportion to their money.
 * @param trackedAssets behind the passive leg, same currency, above 0
 */
export function enhancedLeg(passive: Leg, trackedAssets: number, { assets, fraction }: EnhancedFunds): Leg {
  const share = (assets / trackedAssets) * fraction;
  return {
    ...passive,
    value: passive.value * share,
    shares: passive.shares * share,
    basis: 'assumed',
    trackers: `enhanced funds of ${Number((assets / 1e9).toPrecision(6))} bn, taken to trade ${Number((100 * fraction).toPrecision(6))} % of what a replicating fund does`,
    source: 'assumption of the request',
  };
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
