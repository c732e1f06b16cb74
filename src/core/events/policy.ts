/** How an index family treats corporate actions; where families differ, the difference is one field here. */

export interface ActionPolicy {
  /**
   * A member whose share count changes: `keep-factor` multiplies the shares and lets its weight move,
   * `weight-neutral` scales the capping factor so that its weight stays (rulebooks.md 10.2).
   */
  readonly cappedMembers: 'keep-factor' | 'weight-neutral';
  /** Whether the price index is adjusted for special dividends, or falls by them as by ordinary ones. */
  readonly specialDividends: 'adjust' | 'leave';
  /** Change of the share count that counts at once, as a fraction of the count in force; a smaller one waits. */
  readonly shareChangeThreshold: number;
  /** Whether dividends are reinvested at the ex-day's close (10.3) or, by the divisor, before its open. */
  readonly reinvestment: 'at-close' | 'at-open';
}

/** CSI and SSE (rulebooks.md 2.5). Reinvestment as in 10.3; that CSI does it by the divisor is not verified. */
export const CSI_POLICY: ActionPolicy = {
  cappedMembers: 'keep-factor',
  specialDividends: 'leave',
  shareChangeThreshold: 0.05,
  reinvestment: 'at-close',
};

/** Nasdaq-100 (rulebooks.md 6.1 and 17: a change of 10 % or more at once). */
export const NASDAQ_POLICY: ActionPolicy = {
  cappedMembers: 'keep-factor',
  specialDividends: 'adjust',
  shareChangeThreshold: 0.1,
  reinvestment: 'at-close',
};

/** Whether a new share count replaces the one in force at once. A change of exactly the threshold does. */
export function countsAtOnce(policy: ActionPolicy, inForce: number, next: number): boolean {
  // 105 / 100 - 1 is a hair below 0.05 in binary; nobody publishes counts that finely.
  return Math.abs(next / inForce - 1) >= policy.shareChangeThreshold - 1e-12;
}
