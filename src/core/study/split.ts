/**
 * What of a move was the market, what the sector, what forced flow, and what is left: parts that sum to the move.
 *
 *   move = beta (market) + c (sector beyond the market) + flow + remainder
 *
 * beta and c by least squares on the days before; the sector is what the market model leaves of it, so the two do not overlap.
 * The flow comes from outside, with its band, and the remainder takes the band over: it holds news, anticipation, drift
 * and chance, and nothing here can tell these apart.
 */
import { assert } from '../base/errors.js';
import { sum } from '../base/sum.js';
import type { AbnormalReturns } from './abnormal.js';

export interface MoveSplit {
  /** Sum of the returns of the window. */
  readonly move: number;
  readonly market: number;
  readonly sector: number;
  readonly flow: number;
  readonly remainder: number;
  readonly flowBand: readonly [number, number];
  readonly remainderBand: readonly [number, number];
  /** c. */
  readonly sectorBeta: number;
}

/** Signed effect of forced flow on the price, fraction, with its band in ascending order. */
export interface FlowPart {
  readonly value: number;
  readonly band: readonly [number, number];
}

/**
 * @param own of the security on the market, and `sector` of its sector on the same market over the same rows
 * @param moves sums over the window of the returns of security and market
 */
export function splitMove(
  own: AbnormalReturns,
  sector: AbnormalReturns,
  moves: { readonly own: number; readonly market: number },
  flow: FlowPart,
): MoveSplit {
  assert(own.residuals.length === sector.residuals.length, 'both are estimated on the same rows');
  let xy = 0;
  let xx = 0;
  own.residuals.forEach((y, row) => {
    const x = sector.residuals[row];
    if (Number.isNaN(x) || Number.isNaN(y)) return;
    xy += x * y;
    xx += x * x;
  });
  const sectorBeta = xx === 0 ? 0 : xy / xx;
  const market = own.beta * moves.market;
  const beyond = sum(
    sector.abnormal.filter((value, day) => !Number.isNaN(value) && !Number.isNaN(own.abnormal[day])),
  );
  const explained = market + sectorBeta * beyond;
  const rest = moves.own - explained;
  const [low, high] = flow.band;
  return {
    move: moves.own,
    market,
    sector: sectorBeta * beyond,
    flow: flow.value,
    remainder: rest - flow.value,
    flowBand: flow.band,
    remainderBand: [rest - high, rest - low],
    sectorBeta,
  };
}
