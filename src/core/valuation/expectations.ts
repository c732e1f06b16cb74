/** What a price implies under a set of assumptions: every model beside every other, since they differ by more than their inputs. */
import type { BaseRate } from '../statements/fundamentals.js';
import type { Assumptions } from './assumptions.js';
import { baseRatesFor, type BaseRateBeside } from './baseRates.js';
import { exitMultipleGrowth } from './exitMultipleGrowth.js';
import { driverSwings, impliedPeriod, MAX_YEARS, type DriverSwing } from './impliedPeriod.js';
import { perpetuityGrowth, twoStageGrowth } from './reverseDcf.js';
import { marginFor, salesFor } from './salesPath.js';

export interface ImpliedGrowth {
  readonly perpetuity: number;
  /** By years. */
  readonly twoStage: readonly { readonly years: number; readonly growth: number }[];
  readonly exitMultiple: readonly { readonly years: number; readonly growth: number }[];
}

/** @param value of all shares or of one @param earnings of the last twelve months, for as many shares, above 0 */
export function impliedGrowth(value: number, earnings: number, assumptions: Assumptions): ImpliedGrowth {
  const { requiredReturn, years, payout, terminalGrowth, terminalPayout, exitMultiple } = assumptions;
  const stage = (n: number): number =>
    twoStageGrowth({ value, earnings, requiredReturn, years: n, payout, terminalGrowth, terminalPayout });
  const sold = (n: number): number =>
    exitMultipleGrowth({ value, earnings, requiredReturn, multiple: exitMultiple, years: n, payout: 0 });
  return {
    perpetuity: perpetuityGrowth({ value, cashFlow: earnings, requiredReturn }),
    twoStage: [years, years + 5].map((n) => ({ years: n, growth: stage(n) })),
    exitMultiple: [5, 10].map((n) => ({ years: n, growth: sold(n) })),
  };
}

export interface ImpliedPath {
  /** Years of the assumed growth that the price pays for; undefined beyond `MAX_YEARS`. */
  readonly forecastYears: number | undefined;
  readonly swings: readonly DriverSwing[];
  /** Margin the sales path has to reach, undefined above 100 %. */
  readonly targetMargin: number | undefined;
  /** First year's growth and sales of the last year at the margin of today. */
  readonly sales: { readonly growth: number; readonly sales: number } | undefined;
}

/** @param sales of the last twelve months @param margin net, of the same months, above 0 */
export function impliedPath(
  value: number,
  sales: number,
  margin: number,
  assumptions: Assumptions,
): ImpliedPath {
  const { requiredReturn, growth, investment, tax, years, terminalGrowth, failure, recovery } = assumptions;
  // The net margin is after tax already.
  const drivers = { sales, growth, margin, tax: 0, investment, requiredReturn };
  const forecastYears = impliedPeriod(value, drivers);
  const path = {
    sales,
    marginNow: margin / (1 - tax),
    growth,
    terminalGrowth,
    years,
    salesToCapital: 1 / investment,
    tax,
    requiredReturn,
    terminalReturn: requiredReturn,
    failure,
    recovery,
  };
  return {
    forecastYears,
    swings: driverSwings(drivers, Math.round(forecastYears ?? MAX_YEARS)),
    targetMargin: marginFor(value, path),
    sales: salesFor(value, { ...path, targetMargin: path.marginNow }),
  };
}

/** Base rates of the size of these sales, in the reporting currency. */
export const baseRatesBeside = (
  rates: readonly BaseRate[],
  sales: number,
  { perUsd }: Assumptions,
): BaseRateBeside[] => baseRatesFor(rates, sales / perUsd);
