/**
 * Bid-ask spread from highs and lows (Corwin and Schultz, Journal of Finance 67, 2012): a high is mostly a buy, a low mostly a
 * sale, and the range of two days together holds the spread once and the variance twice. One estimate per pair of
 * sessions; a range that jumped overnight is moved back to the close, an estimate below 0 counts as 0, as in the
 * paper. That cut leaves a few tenths of the daily volatility where there is no spread at all.
 */
import { Refusal } from '../base/errors.js';
import { sum } from '../base/sum.js';
import { checkedBars, type Bars } from './volatility.js';

const ROOT = 3 - 2 * Math.SQRT2;

/**
 * Mean spread over all pairs of neighbouring sessions, as a fraction of the price.
 * @throws InputError `bad_bar`, Refusal `too_few_returns` below two sessions
 */
export function corwinSchultz(bars: Bars): number {
  const { high, low, close } = checkedBars(bars);
  if (high.length < 2) {
    throw new Refusal('too_few_returns', 'a spread needs two sessions, here is one; take a longer window', {
      sessions: high.length,
    });
  }
  const pairs = Array.from({ length: high.length - 1 }, (_, i) => {
    // A gap overnight widens the two-day range without any trade in it.
    const gap = Math.max(0, low[i + 1] - close[i]) + Math.min(0, high[i + 1] - close[i]);
    return spreadOfPair(high[i], low[i], high[i + 1] - gap, low[i + 1] - gap);
  });
  return sum(pairs) / pairs.length;
}

function spreadOfPair(high0: number, low0: number, high1: number, low1: number): number {
  const beta = Math.log(high0 / low0) ** 2 + Math.log(high1 / low1) ** 2;
  const gamma = Math.log(Math.max(high0, high1) / Math.min(low0, low1)) ** 2;
  const alpha = (Math.sqrt(2 * beta) - Math.sqrt(beta)) / ROOT - Math.sqrt(gamma / ROOT);
  return Math.max(0, (2 * (Math.exp(alpha) - 1)) / (1 + Math.exp(alpha)));
}
