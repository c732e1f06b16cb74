/**
 * Standardised unexpected earnings: this quarter less the one a year ago, over the standard deviation of the same
 * differences of up to eight quarters before it (at least four), sample form. Earnings that never differ give no number.
 */
import { Refusal } from '../base/errors.js';

const SURPRISE_QUARTERS = { least: 4, most: 8 } as const;

/**
 * @param quarters earnings of single quarters, ascending, the last one the one in question; any one unit
 * @throws Refusal `short_history`, `no_variation`
 */
export function standardisedSurprise(quarters: readonly number[]): {
  readonly value: number;
  readonly difference: number;
  readonly deviation: number;
} {
  const differences = quarters.slice(4).map((value, i) => value - quarters[i]);
  const before = differences.slice(0, -1).slice(-SURPRISE_QUARTERS.most);
  if (before.length < SURPRISE_QUARTERS.least) {
    throw new Refusal(
      'short_history',
      `${Math.max(before.length, 0)} earlier differences to a year before are known, ${SURPRISE_QUARTERS.least} are needed: ${SURPRISE_QUARTERS.least + 5} quarters in a row`,
      { known: before.length, needed: SURPRISE_QUARTERS.least },
    );
  }
  const mean = before.reduce((a, b) => a + b, 0) / before.length;
  const deviation = Math.sqrt(before.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (before.length - 1));
  if (deviation === 0)
    throw new Refusal('no_variation', 'the differences to a year before are all the same', {});
  const difference = differences.at(-1) as number;
  return { value: difference / deviation, difference, deviation };
}
