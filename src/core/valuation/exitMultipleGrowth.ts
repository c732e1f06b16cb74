/**
 * Growth that a value implies when it is reached by selling at a multiple of earnings: the g at which
 *
 *   value = sum over t = 1..n of d E (1 + g)^t / (1 + r)^t + M E (1 + g)^n / (1 + r)^n
 *
 * with E the earnings of today, r the required return, M the multiple of the earnings of year n, d the part paid out. The
 * right side rises with g, so halving an interval finds it; without payout g = (value / (M E) (1 + r)^n)^(1/n) - 1.
 */
import { InputError } from '../base/errors.js';

export interface ExitMultiple {
  /** Currency, above 0. */
  readonly value: number;
  /** E, the same currency, above 0. */
  readonly earnings: number;
  /** r, fraction per year above -1. */
  readonly requiredReturn: number;
  /** M, above 0. */
  readonly multiple: number;
  /** n, whole, at least 1. */
  readonly years: number;
  /** d, 0 to 1. */
  readonly payout: number;
}

/** A growth of earnings that nothing keeps up: tenfold each year. */
const HIGHEST = 9;
const LOWEST = -0.99;
const HALVINGS = 100;

/**
 * @returns g per year, fraction
 * @throws InputError `bad_valuation` with every issue
 */
export function exitMultipleGrowth(inputs: ExitMultiple): number {
  check(inputs);
  let [low, high] = [LOWEST, HIGHEST];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (valueAt(inputs, middle) < inputs.value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function valueAt(
  { earnings, requiredReturn, multiple, years, payout }: ExitMultiple,
  growth: number,
): number {
  let present = earnings;
  let paid = 0;
  for (let year = 1; year <= years; year++) {
    present *= (1 + growth) / (1 + requiredReturn);
    paid += payout * present;
  }
  return paid + multiple * present;
}

function check(inputs: ExitMultiple): void {
  const { value, earnings, requiredReturn, multiple, years, payout } = inputs;
  const rows: readonly (readonly [boolean, string, number, string])[] = [
    [value > 0 && Number.isFinite(value), 'value', value, 'a number above 0'],
    [
      earnings > 0 && Number.isFinite(earnings),
      'earnings',
      earnings,
      'a number above 0; a loss has no multiple',
    ],
    [
      requiredReturn > -1 && Number.isFinite(requiredReturn),
      'requiredReturn',
      requiredReturn,
      'a fraction above -1',
    ],
    [multiple > 0 && Number.isFinite(multiple), 'multiple', multiple, 'a number above 0'],
    [Number.isInteger(years) && years >= 1, 'years', years, 'a whole number from 1'],
    [payout >= 0 && payout <= 1, 'payout', payout, 'a fraction from 0 to 1'],
  ];
  const issues = rows
    .filter(([sound]) => !sound)
    .map(([, path, was, expected]) => ({ code: 'bad_valuation', path, value: was, expected }));
  if (issues.length > 0) throw new InputError('bad_valuation', 'a valuation that cannot be', issues);
}
