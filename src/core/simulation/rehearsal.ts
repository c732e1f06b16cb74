/**
 * One event many times over: the market of `agentMarket.ts` with the forced flow in it, and beside each run the same
 * market without it, whose draws are the same. What differs between the two is what the flow does.
 */
import { assert } from '../base/errors.js';
import { threefry } from '../forecast/randomness.js';
import { agentMarket } from './agentMarket.js';
import { bookSnapshot, type BookSnapshot, type ClosingBook } from './closingBook.js';
import type { MarketPlan } from './marketPlan.js';

/** Runs `first` to `first + runs - 1`; prices in fen, sessions from the event on, run after run. */
export interface RehearsalPart {
  readonly runs: number;
  readonly sessions: number;
  readonly closes: Int32Array;
  readonly stillCloses: Int32Array;
  /** Last price before the closing auction of the event, and the auction's share of the volume. */
  readonly beforeAuction: Int32Array;
  readonly closingShare: Float64Array;
  /** Part of the flow that found somebody to trade with. */
  readonly filled: Float64Array;
  /** Price before the event against the market without the flow, less 1; 0 when there is no session before. */
  readonly early: Float64Array;
  /** What the funds paid against the close of the market without the flow, positive when it is worse for them; fraction. */
  readonly cost: Float64Array;
  /** What arbitrageurs earned over the value of the flow; NaN when they came prepared. */
  readonly rents: Float64Array;
  /** Middle prices of the event's session: with the flow, one row per run. */
  readonly middles: Float64Array;
  readonly orders: number;
}

/** @param onRun called after each run @returns the same for a run whichever part it is in */
export function rehearse(
  plan: MarketPlan,
  seed: number,
  first: number,
  runs: number,
  onRun: () => void = () => undefined,
): RehearsalPart {
  const sessions = plan.after + 1;
  const samples = Math.floor(plan.events / 20);
  const part = {
    closes: new Int32Array(runs * sessions),
    stillCloses: new Int32Array(runs * sessions),
    beforeAuction: new Int32Array(runs),
    closingShare: new Float64Array(runs),
    filled: new Float64Array(runs),
    early: new Float64Array(runs),
    cost: new Float64Array(runs),
    rents: new Float64Array(runs),
    middles: new Float64Array(runs * samples),
  };
  let orders = 0;
  for (let run = 0; run < runs; run++) {
    const own = seedOfRun(seed, first + run);
    const forced = agentMarket(plan, own);
    const still = agentMarket({ ...plan, flow: 0, arbitrageurs: 0 }, own);
    const { before } = plan;
    part.closes.set(forced.closes.subarray(before), run * sessions);
    part.stillCloses.set(still.closes.subarray(before), run * sessions);
    part.beforeAuction[run] = forced.beforeAuction[before];
    part.closingShare[run] = forced.closingVolumes[before] / forced.volumes[before];
    part.filled[run] = plan.flow === 0 ? 1 : forced.fundShares / plan.flow;
    part.early[run] = before === 0 ? 0 : forced.closes[before - 1] / still.closes[before - 1] - 1;
    const paid = forced.fundShares === 0 ? Number.NaN : forced.fundPaid / forced.fundShares;
    part.cost[run] = Math.sign(plan.flow) * (paid / still.closes[before] - 1);
    part.rents[run] = forced.rents / Math.abs(plan.flow * plan.price);
    part.middles.set(forced.middles.subarray(before * samples, (before + 1) * samples), run * samples);
    orders += forced.orders + still.orders;
    onRun();
  }
  return { runs, sessions, ...part, orders };
}

function seedOfRun(seed: number, run: number): number {
  const words = new Int32Array(2);
  threefry(seed | 0, 0x7265_6865, run, 0, words);
  return words[0] >>> 0;
}

/** The book of one run at the end of the event's session. */
export function closingBook(plan: MarketPlan, seed: number, run: number): ClosingBook {
  const seen: { beforeCall?: BookSnapshot; beforeClose?: BookSnapshot } = {};
  agentMarket({ ...plan, after: 0 }, seedOfRun(seed, run), (session, day, moment) => {
    if (day === plan.before)
      seen[moment === 'before-call' ? 'beforeCall' : 'beforeClose'] = bookSnapshot(session);
  });
  const { beforeCall, beforeClose } = seen;
  assert(beforeCall !== undefined && beforeClose !== undefined, 'the session of the event ends');
  return { beforeCall, beforeClose };
}

/** Parts put together in their order. */
export function joinParts(parts: readonly RehearsalPart[]): RehearsalPart {
  const whole = <Column extends 'closes' | 'stillCloses' | 'beforeAuction'>(column: Column): Int32Array =>
    Int32Array.from(parts.flatMap((part) => [...part[column]]));
  const floats = <Column extends 'closingShare' | 'filled' | 'early' | 'cost' | 'rents' | 'middles'>(
    column: Column,
  ): Float64Array => Float64Array.from(parts.flatMap((part) => [...part[column]]));
  return {
    runs: parts.reduce((sum, { runs }) => sum + runs, 0),
    sessions: parts[0].sessions,
    closes: whole('closes'),
    stillCloses: whole('stillCloses'),
    beforeAuction: whole('beforeAuction'),
    closingShare: floats('closingShare'),
    filled: floats('filled'),
    early: floats('early'),
    cost: floats('cost'),
    rents: floats('rents'),
    middles: floats('middles'),
    orders: parts.reduce((sum, { orders }) => sum + orders, 0),
  };
}
