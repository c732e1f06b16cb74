/**
 * Prices and money of the exchange: whole fen (0.01 CNY), never binary fractions of a yuan. 10.05 x 1.1 is 11.055, and
 * half up is 11.06; in binary it is a little less, and rounds to 11.05.
 */
import type { Branded } from '../base/brand.js';
import { assert } from '../base/errors.js';

export type Fen = Branded<number, 'Fen'>;

const PER_YUAN = 100;

export function fen(amount: number): Fen {
  assert(Number.isSafeInteger(amount), 'money is in whole fen');
  return amount as Fen;
}

/** Nearest fen. A price of the data set is a multiple of 0.01 but for binary rounding. */
export const fenOf = (yuan: number): Fen => fen(Math.round(yuan * PER_YUAN));

/** Whether an amount in yuan is a multiple of the tick. */
export const isWholeFen = (yuan: number): boolean =>
  Math.abs(yuan * PER_YUAN - Math.round(yuan * PER_YUAN)) < 1e-6;

export const yuanOf = (amount: Fen): number => amount / PER_YUAN;

/** `amount x numerator / denominator`, half up, in whole numbers. */
export function halfUp(amount: Fen, numerator: number, denominator: number): Fen {
  const product = amount * numerator;
  assert(Number.isSafeInteger(2 * product), 'an amount of money that can be counted');
  return fen(Math.floor((2 * product + denominator) / (2 * denominator)));
}
