/**
 * A market of active and passive investors around one forced trade: who is in it and what is assumed of them. Nothing here
 * is fitted to an outcome; what the caller does not measure is a default that says so.
 *
 *   index funds     hold a share of the float, trade nothing but the forced flow, a part of it in the closing auction
 *   fundamental     hold the rest along a demand curve: holding = base (1 + elasticity ln(value / price))
 *   makers          quote both sides, lean against their inventory, stop at its limit
 *   chartists       follow the last hour
 *   noise           buy and sell at random
 *   arbitrageurs    know the flow; each of n takes 1 / (n + 1) of it ahead, evenly, and gives it back at the event's close
 *
 * 1 / (n + 1) is what each of n takes in the symmetric equilibrium when the price moves in proportion to what is traded.
 */
import type { Day } from '../base/brand.js';
import type { Board } from '../exchange/boardRules.js';
import type { Fen } from '../exchange/fen.js';

export interface MarketPlan {
  readonly board: Board;
  /** Day whose trading rules hold throughout. */
  readonly day: Day;
  /** Close before the first session. */
  readonly price: Fen;
  readonly floatShares: number;
  /** Share of the float that index funds hold, 0..1. */
  readonly passive: number;
  /** Of an active holder whom no other one answers: -d ln(shares) / d ln(price). */
  readonly elasticity: number;
  /** How much active investors answer each other: each has elasticity / (1 + response (1 - passive)); 0 for not at all. */
  readonly response: number;
  /** Standard deviation of a day's change of value, logarithm. */
  readonly volatility: number;
  /** Shares that noise, makers and chartists trade with in a day, about. */
  readonly volume: number;
  /** Signed shares that index funds must trade on the event's day, buy positive. */
  readonly flow: number;
  /** Part of it in the closing auction, the rest over the day. */
  readonly atClose: number;
  readonly arbitrageurs: number;
  /** Sessions before the event in which the flow is known, and sessions after it. With none before, arbitrageurs come prepared. */
  readonly before: number;
  readonly after: number;
  /** The funds trade over the sessions before too, evenly, and only what is left at the event. */
  readonly preTrade?: boolean;
  /** Times in a session that somebody acts. */
  readonly events: number;
  /** Part of them in the closing auction. */
  readonly closingPart: number;
}

/** What no source measures for one stock: stated, not fitted. */
export const MARKET_ASSUMPTIONS = {
  elasticity: 2,
  response: 2,
  atClose: 0.8,
  arbitrageurs: 3,
  events: 2000,
  closingPart: 0.08,
} as const;

export interface MarketRun {
  /** Per session: close, last price before the closing auction, shares traded, of them in the auction. */
  readonly closes: Int32Array;
  readonly beforeAuction: Int32Array;
  readonly volumes: Float64Array;
  readonly closingVolumes: Float64Array;
  /** Middle price after every 20 events, all sessions; and the shares traded in between. */
  readonly middles: Float64Array;
  readonly middleVolumes: Float64Array;
  /** Shares the funds traded, signed, and what they paid, fen. */
  readonly fundShares: number;
  readonly fundPaid: number;
  /** What the arbitrageurs together earned, fen, what they still hold counted at the last close; NaN when they came prepared. */
  readonly rents: number;
  readonly orders: number;
  readonly trades: number;
}
