/**
 * What it may bring to trade ahead of funds that must trade at a close, and how that goes when others do the same.
 *
 * By the square-root law the price stands at I(D) = Y sigma (D / V)^d while a net demand of D shares has been met. Those ahead together
 * take F shares one by one, at I(F) / (1 + d) in the mean, and hand them over at the close, where the funds take Q in all and the
 * price ends at I(Q), whoever came before. Each share gains
 *
 *   I(Q) - I(F) / (1 + d),   which is nothing at F = Q (1 + d)^(1/d): 2.25 times the flow for d = 1/2.
 *
 * That prices do not fall back before the close, and that nobody trades against those ahead, are this program's assumptions; both
 * make the gain larger than it will be.
 */
import type { Liquidity } from '../impact/impactModel.js';
import { SQUARE_ROOT, squareRoot } from '../impact/squareRoot.js';

export interface AheadGain {
  /** Per share, fraction of the price before anybody traded; fees not taken off. */
  readonly gain: number;
  /** Y from 0.5 to 1, in ascending order. */
  readonly band: readonly [number, number];
}

/**
 * @param flow shares the funds trade, without sign, above 0
 * @param ahead shares taken before them by all who are ahead, without sign, at least 0
 */
export function gainAhead(flow: number, ahead: number, liquidity: Liquidity): AheadGain {
  const end = squareRoot({ shares: flow, days: 1 }, liquidity).peak;
  const entry = ahead === 0 ? 0 : squareRoot({ shares: ahead, days: 1 }, liquidity).cost;
  const gain = end - entry;
  const ends = SQUARE_ROOT.coefficientRange.map((y) => (y / SQUARE_ROOT.coefficient) * gain);
  return { gain, band: [Math.min(...ends), Math.max(...ends)] };
}

/** Shares ahead of the funds, over the flow, at which a share gains nothing. */
export const BREAK_EVEN = (1 + SQUARE_ROOT.exponent) ** (1 / SQUARE_ROOT.exponent);
