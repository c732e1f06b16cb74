/**
 * The market of active and passive investors over a grid: share of the index funds, number of arbitrageurs, size of the
 * flow. Every point has the same seeds, so that points differ in what they are about and not in luck.
 */
import type { MarketPlan } from './marketPlan.js';
import type { RehearsalPart } from './rehearsal.js';

export interface SweepGrid {
  readonly passive: readonly number[];
  readonly arbitrageurs: readonly number[];
  /** Of what the index funds hold, signed. */
  readonly flow: readonly number[];
}

export interface SweepPoint {
  readonly passive: number;
  readonly arbitrageurs: number;
  readonly flow: number;
}

export interface SweepMean {
  readonly mean: number;
  /** Standard error over the runs. */
  readonly error: number;
}

/** Fractions of the price, positive in the direction of the flow; cost and rents positive when paid and earned. */
export interface SweepRow extends SweepPoint {
  readonly runs: number;
  /** Against the same market without the flow: before the event, at its close, and how much is taken back in the last session. */
  readonly early: SweepMean;
  readonly moved: SweepMean;
  readonly reversal: SweepMean;
  /** Close against the last price before the auction. */
  readonly dislocation: SweepMean;
  readonly cost: SweepMean;
  /** Over the value of the flow, of all arbitrageurs together. */
  readonly rents: SweepMean;
  readonly filled: number;
}

export const sweepPoints = ({ passive, arbitrageurs, flow }: SweepGrid): SweepPoint[] =>
  passive.flatMap((share) =>
    arbitrageurs.flatMap((count) =>
      flow.map((part) => ({ passive: share, arbitrageurs: count, flow: part })),
    ),
  );

export const sweepPlan = (base: MarketPlan, { passive, arbitrageurs, flow }: SweepPoint): MarketPlan => ({
  ...base,
  passive,
  arbitrageurs,
  flow: Math.round(flow * passive * base.floatShares),
});

export function sweepRow(point: SweepPoint, part: RehearsalPart): SweepRow {
  const { runs, sessions, closes, stillCloses, beforeAuction } = part;
  const sign = Math.sign(point.flow);
  const ratio = (run: number, session: number): number =>
    closes[run * sessions + session] / stillCloses[run * sessions + session];
  const over = (of: (run: number) => number): SweepMean =>
    meanOf(Array.from({ length: runs }, (_, run) => of(run)));
  return {
    ...point,
    runs,
    early: over((run) => sign * part.early[run]),
    moved: over((run) => sign * (ratio(run, 0) - 1)),
    reversal: over((run) => sign * (ratio(run, 0) - ratio(run, sessions - 1))),
    dislocation: over((run) => sign * (closes[run * sessions] / beforeAuction[run] - 1)),
    cost: over((run) => part.cost[run]),
    rents: over((run) => part.rents[run]),
    filled: over((run) => part.filled[run]).mean,
  };
}

function meanOf(values: readonly number[]): SweepMean {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / Math.max(1, values.length - 1) / values.length) };
}
