/** What a reader assumes about the years to come; every default is one, and every answer carries the ones it used. */

export interface Assumptions {
  /** r, fraction per year. */
  readonly requiredReturn: number;
  /** n of the two-stage model; it is shown for n + 5 as well. */
  readonly years: number;
  readonly payout: number;
  readonly terminalGrowth: number;
  readonly terminalPayout: number;
  readonly exitMultiple: number;
  /** Growth of sales in the first year: of the forecast period throughout, of the path fading to the terminal one. */
  readonly growth: number;
  /** Capital per unit of added sales. */
  readonly investment: number;
  readonly tax: number;
  /** Probability that it all fails, and what is left then. */
  readonly failure: number;
  readonly recovery: number;
  /** Units of the reporting currency per US dollar, to place sales among base rates. */
  readonly perUsd: number;
}

/** Round numbers to start from, of no authority. */
export const DEFAULT_ASSUMPTIONS: Assumptions = {
  requiredReturn: 0.09,
  years: 10,
  payout: 0.5,
  terminalGrowth: 0.03,
  terminalPayout: 0.8,
  exitMultiple: 30,
  growth: 0.5,
  investment: 0.5,
  tax: 0.15,
  failure: 0.05,
  recovery: 0.2,
  perUsd: 7.1,
};
