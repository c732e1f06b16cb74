/**
 * Halts on days without a price limit: the first trade at 30 % and the first at 60 % away from the day's open, up or down,
 * stop trading for ten minutes each; a halt that would pass 14:57 ends there, when the closing auction begins.
 */
import type { Fen } from './fen.js';

const STEPS = [30, 60] as const;
const HALT_SECONDS = 10 * 60;
const CLOSING_AUCTION = 14 * 3600 + 57 * 60;

export interface HaltTrade {
  /** Seconds since midnight, exchange time. */
  readonly at: number;
  readonly price: Fen;
}

export interface Halt {
  /** Seconds since midnight. */
  readonly from: number;
  readonly to: number;
  readonly direction: 'up' | 'down';
  /** 30 or 60. */
  readonly percent: number;
}

/** Halts that trades cause, in order. @param trades ascending by time; none falls into a halt */
export function haltsOf(open: Fen, trades: readonly HaltTrade[]): Halt[] {
  const halts: Halt[] = [];
  for (const { at, price } of trades) {
    const direction = price >= open ? 'up' : 'down';
    const moved = Math.abs(price - open) * 100;
    // A jump over both steps halts once: the farther step has then been reached, and the nearer one with it.
    const percent = STEPS.findLast((step) => moved >= step * open);
    if (percent === undefined || at >= CLOSING_AUCTION) continue;
    if (halts.some((halt) => halt.direction === direction && halt.percent >= percent)) continue;
    halts.push({ from: at, to: Math.min(at + HALT_SECONDS, CLOSING_AUCTION), direction, percent });
  }
  return halts;
}
