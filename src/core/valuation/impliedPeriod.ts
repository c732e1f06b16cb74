/**
 * How many years of value growth a price pays for: the market-implied forecast period of Rappaport and Mauboussin,
 * Expectations Investing. Sales grow, a part of them is kept as profit after tax, growth costs capital; after n years profit
 * stays as it is for ever:
 *
 *   FCF_t = S_(t-1) (1 + g) m (1 - tax) - S_(t-1) g i         value(n) = sum of FCF_t / (1 + r)^t + S_n m (1 - tax) / (r (1 + r)^n)
 */
import { aboveZero, between, checkInputs } from './solve.js';

export interface ValueDrivers {
  /** Sales of the last year, currency, above 0. */
  readonly sales: number;
  /** g, fraction per year. */
  readonly growth: number;
  /** m, operating margin, fraction of sales. */
  readonly margin: number;
  /** Cash tax rate, 0 to 1. */
  readonly tax: number;
  /** i, fixed and working capital per unit of added sales. */
  readonly investment: number;
  /** r, fraction per year, above 0. */
  readonly requiredReturn: number;
}

/** Longest period looked at; beyond it the price cannot be told from one that never gets there. */
export const MAX_YEARS = 100;

/**
 * Years, interpolated between the two whole ones around the price; 0 when the price is below what no growth is worth.
 * @returns undefined when `MAX_YEARS` years of these drivers are not worth it
 * @throws InputError `bad_valuation` with every issue
 */
export function impliedPeriod(value: number, drivers: ValueDrivers): number | undefined {
  checkDrivers(value, drivers);
  let before = valueAfter(drivers, 0);
  if (before >= value) return 0;
  for (let years = 1; years <= MAX_YEARS; years++) {
    const now = valueAfter(drivers, years);
    if (now >= value) return years - 1 + (value - before) / (now - before);
    before = now;
  }
  return undefined;
}

/** Worth of `years` years of the drivers and a level perpetuity after them; currency. */
export function valueAfter(drivers: ValueDrivers, years: number): number {
  const { growth, margin, tax, investment, requiredReturn } = drivers;
  let sales = drivers.sales;
  let discount = 1;
  let worth = 0;
  for (let year = 1; year <= years; year++) {
    discount /= 1 + requiredReturn;
    worth += (sales * (1 + growth) * margin * (1 - tax) - sales * growth * investment) * discount;
    sales *= 1 + growth;
  }
  return worth + (sales * margin * (1 - tax) * discount) / requiredReturn;
}

/** What the worth of `years` years becomes when one driver is better or worse by `step` of itself, largest swing first. */
export interface DriverSwing {
  readonly driver: 'growth' | 'margin' | 'investment' | 'requiredReturn';
  readonly low: number;
  readonly high: number;
}

export function driverSwings(drivers: ValueDrivers, years: number, step = 0.1): DriverSwing[] {
  const names = ['growth', 'margin', 'investment', 'requiredReturn'] as const;
  return names
    .map((driver): DriverSwing => {
      const at = (factor: number) => valueAfter({ ...drivers, [driver]: drivers[driver] * factor }, years);
      const [low, high] = [at(1 - step), at(1 + step)].toSorted((a, b) => a - b);
      return { driver, low, high };
    })
    .toSorted((a, b) => b.high - b.low - (a.high - a.low));
}

function checkDrivers(value: number, drivers: ValueDrivers): void {
  checkInputs([
    aboveZero('value', value),
    aboveZero('sales', drivers.sales),
    between('growth', drivers.growth, -0.9, 9),
    between('margin', drivers.margin, 1e-6, 1),
    between('tax', drivers.tax, 0, 0.99),
    between('investment', drivers.investment, 0, 10),
    between('requiredReturn', drivers.requiredReturn, 1e-6, 1),
  ]);
}
