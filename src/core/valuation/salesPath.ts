/**
 * Value of a company that hardly earns anything yet, in the manner of A. Damodaran's template for such companies: sales
 * grow at a rate that fades to the one they keep, the margin moves to a target, growth costs capital, the required return
 * converges, and with some probability it all fails. Solved for the target margin, or the sales, that justify a price.
 */
import { aboveZero, between, checkInputs, solveRising, wholeYears } from './solve.js';

export interface SalesPath {
  /** Sales of the last year, currency, above 0. */
  readonly sales: number;
  /** Operating margin of the last year, fraction, may be below 0. */
  readonly marginNow: number;
  /** Operating margin from year n on, fraction. */
  readonly targetMargin: number;
  /** Growth of sales in the first year, fraction; it fades in a straight line to the terminal one over n years. */
  readonly growth: number;
  /** g_T, fraction per year, below the terminal required return. */
  readonly terminalGrowth: number;
  /** n, whole. */
  readonly years: number;
  /** Added sales per unit of added capital, above 0. */
  readonly salesToCapital: number;
  readonly tax: number;
  /** Required return in the first year; it moves in a straight line to the terminal one. */
  readonly requiredReturn: number;
  readonly terminalReturn: number;
  /** 0 to 1, and what is left then, as a share of the value. */
  readonly failure: number;
  readonly recovery: number;
}

export interface PathYear {
  readonly year: number;
  readonly growth: number;
  readonly sales: number;
  readonly margin: number;
  /** After tax and reinvestment; currency. */
  readonly cashFlow: number;
  readonly presentValue: number;
}

export interface PathValue {
  readonly value: number;
  readonly terminalValue: number;
  readonly years: readonly PathYear[];
}

/** Losses pay no tax; they are not carried forward. @throws InputError `bad_valuation` with every issue */
export function salesPathValue(path: SalesPath): PathValue {
  check(path);
  return valueOf(path);
}

function valueOf(path: SalesPath): PathValue {
  const { years, tax, salesToCapital, terminalGrowth, terminalReturn, failure, recovery } = path;
  const rows: PathYear[] = [];
  let sales = path.sales;
  let discount = 1;
  for (let year = 1; year <= years; year++) {
    const along = years === 1 ? 1 : (year - 1) / (years - 1);
    const growth = path.growth + (terminalGrowth - path.growth) * along;
    const margin = path.marginNow + (path.targetMargin - path.marginNow) * (year / years);
    const before = sales;
    sales *= 1 + growth;
    discount /= 1 + path.requiredReturn + (terminalReturn - path.requiredReturn) * along;
    const cashFlow = afterTax(sales * margin, tax) - (sales - before) / salesToCapital;
    rows.push({ year, growth, sales, margin, cashFlow, presentValue: cashFlow * discount });
  }
  // Growth for ever earns no more than it costs: a share g_T / r of profit is put back.
  const profit = afterTax(sales * (1 + terminalGrowth) * path.targetMargin, tax);
  const terminalValue =
    ((profit * (1 - terminalGrowth / terminalReturn)) / (terminalReturn - terminalGrowth)) * discount;
  const going = rows.reduce((total, { presentValue }) => total + presentValue, 0) + terminalValue;
  return { value: going * (1 - failure) + going * failure * recovery, terminalValue, years: rows };
}

const afterTax = (profit: number, tax: number): number => (profit > 0 ? profit * (1 - tax) : profit);

/**
 * Target margin at which the path is worth `value`.
 * @returns undefined when no margin up to 100 % is enough
 */
export function marginFor(value: number, path: Omit<SalesPath, 'targetMargin'>): number | undefined {
  check({ ...path, targetMargin: 0.5 });
  const worth = (targetMargin: number): number => valueOf({ ...path, targetMargin }).value;
  return worth(1) < value ? undefined : solveRising(worth, value, -1, 1);
}

/** Sales in year n, and growth of the first year, at which the path is worth `value`; undefined when tenfold a year is not enough. */
export function salesFor(
  value: number,
  path: Omit<SalesPath, 'growth'>,
): { readonly growth: number; readonly sales: number } | undefined {
  check({ ...path, growth: 0 });
  const run = (growth: number): PathValue => valueOf({ ...path, growth });
  if (run(9).value < value) return undefined;
  const growth = solveRising((g) => run(g).value, value, -0.9, 9);
  return { growth, sales: run(growth).years.at(-1)?.sales ?? path.sales };
}

function check(path: SalesPath): void {
  checkInputs([
    aboveZero('sales', path.sales),
    between('marginNow', path.marginNow, -100, 1),
    between('targetMargin', path.targetMargin, -1, 1),
    between('growth', path.growth, -0.9, 9),
    wholeYears(path.years),
    aboveZero('salesToCapital', path.salesToCapital),
    between('tax', path.tax, 0, 0.99),
    between('requiredReturn', path.requiredReturn, 1e-6, 1),
    between('terminalReturn', path.terminalReturn, 1e-6, 1),
    [
      path.terminalGrowth > -1 && path.terminalGrowth < path.terminalReturn,
      'terminalGrowth',
      path.terminalGrowth,
      `a fraction above -1 and below the terminal return of ${path.terminalReturn}`,
    ],
    between('failure', path.failure, 0, 1),
    between('recovery', path.recovery, 0, 1),
  ]);
}
