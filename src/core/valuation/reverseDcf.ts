/**
 * Growth that a price implies: the discounted cash flow read backwards. The present value rises with growth, so each
 * model has one answer. Which model is asked makes more of a difference than any input; show them together.
 */
import { aboveZero, between, checkInputs, solveRising, wholeYears } from './solve.js';

/** Enterprise value that grows out of one cash flow for ever: EV = FCFF (1 + g) / (r - g). */
export interface Perpetuity {
  /** EV, currency, above 0. */
  readonly value: number;
  /** FCFF of the last year, the same currency, above 0. */
  readonly cashFlow: number;
  /** r, fraction per year, above 0. */
  readonly requiredReturn: number;
}

/** g = (EV r - FCFF) / (EV + FCFF), per year. @throws InputError `bad_valuation` with every issue */
export function perpetuityGrowth({ value, cashFlow, requiredReturn }: Perpetuity): number {
  checkInputs([
    aboveZero('value', value),
    aboveZero('cashFlow', cashFlow, '; nothing grows out of a loss'),
    between('requiredReturn', requiredReturn, 1e-6, 1),
  ]);
  return (value * requiredReturn - cashFlow) / (value + cashFlow);
}

/**
 * Earnings that grow by g for n years, then by g_T for ever, of which a part is paid out:
 *
 *   value = sum over t = 1..n of d E (1 + g)^t / (1 + r)^t + d_T E (1 + g)^n (1 + g_T) / ((r - g_T) (1 + r)^n)
 */
export interface TwoStage {
  /** Currency, above 0. */
  readonly value: number;
  /** E, the same currency, above 0. */
  readonly earnings: number;
  /** r, fraction per year, above g_T. */
  readonly requiredReturn: number;
  /** n, whole, 1 to 100. */
  readonly years: number;
  /** d, 0 to 1. */
  readonly payout: number;
  /** g_T, fraction per year. */
  readonly terminalGrowth: number;
  /** d_T, above 0 to 1. */
  readonly terminalPayout: number;
}

/** No company has grown tenfold each year for long; the search ends there. */
const HIGHEST = 9;
const LOWEST = -0.99;

/** g per year, fraction. @throws InputError `bad_valuation` with every issue */
export function twoStageGrowth(inputs: TwoStage): number {
  checkTwoStage(inputs);
  return solveRising((growth) => twoStageValue(inputs, growth), inputs.value, LOWEST, HIGHEST);
}

/** What the shares are worth when earnings grow by `growth` a year for n years; currency. */
export function twoStageValue(inputs: Omit<TwoStage, 'value'>, growth: number): number {
  const { earnings, requiredReturn, years, payout, terminalGrowth, terminalPayout } = inputs;
  const step = (1 + growth) / (1 + requiredReturn);
  let present = earnings;
  let paid = 0;
  for (let year = 1; year <= years; year++) {
    present *= step;
    paid += payout * present;
  }
  return paid + (terminalPayout * present * (1 + terminalGrowth)) / (requiredReturn - terminalGrowth);
}

function checkTwoStage(inputs: TwoStage): void {
  const { value, earnings, requiredReturn, years, payout, terminalGrowth, terminalPayout } = inputs;
  checkInputs([
    aboveZero('value', value),
    aboveZero('earnings', earnings, '; a loss has no growth that leads anywhere'),
    between('requiredReturn', requiredReturn, 1e-6, 1),
    wholeYears(years),
    between('payout', payout, 0, 1),
    [
      terminalGrowth > -1 && terminalGrowth < requiredReturn,
      'terminalGrowth',
      terminalGrowth,
      `a fraction above -1 and below the required return of ${requiredReturn}`,
    ],
    between('terminalPayout', terminalPayout, 1e-6, 1),
  ]);
}
