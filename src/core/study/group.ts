/** Several events together: mean abnormal returns by day of the window and over it, and every test of each. */
import { sum } from '../base/sum.js';
import type { AbnormalReturns } from './abnormal.js';
import {
  bmp,
  clusteredError,
  crossSectional,
  kolariPynnonen,
  meanCorrelation,
  patell,
} from './parametricTests.js';
import { corradoRanks, generalisedSign, positiveShare } from './rankTests.js';

/** To hold against the standard normal; NaN where too few events have a value. */
export interface StudyTests {
  readonly crossSectional: number;
  readonly patell: number;
  readonly bmp: number;
  readonly kolariPynnonen: number;
  readonly generalisedSign: number;
}

export interface GroupDay {
  /** Day of the window, from 0. */
  readonly offset: number;
  /** Events that traded. */
  readonly events: number;
  /** Mean abnormal return. */
  readonly mean: number;
  /** Mean over all events of their abnormal returns added up to this day; a session without trading adds nothing. */
  readonly cumulative: number;
  /**
   * Standard error of that from the spread between events, widened for their correlation as Kolari and Pynnonen (2010, eq. 10)
   * do; NaN below two events.
   */
  readonly cumulativeError: number;
  readonly tests: StudyTests & { readonly corradoRank: number };
}

export interface GroupStudy {
  readonly days: readonly GroupDay[];
  /** Mean abnormal return over the window. */
  readonly meanCar: number;
  readonly tests: StudyTests;
  /** Mean correlation of the events' residuals: how far they cluster. */
  readonly correlation: number;
}

/** @param events at least one, windows of equal length */
export function groupStudy(events: readonly AbnormalReturns[]): GroupStudy {
  const correlation = meanCorrelation(events);
  const ranks = corradoRanks(events);
  const shares = events.map(positiveShare);
  const estimated = events.map(({ estimationDays }) => estimationDays);
  const cars = events.map(({ car }) => car);
  const soFar = events.map(() => 0);
  return {
    days: ranks.map((rank, offset): GroupDay => {
      events.forEach(({ abnormal: { [offset]: own } }, i) => (soFar[i] += Number.isNaN(own) ? 0 : own));
      const traded = events.flatMap(({ abnormal }, i) => (Number.isNaN(abnormal[offset]) ? [] : [i]));
      const abnormal = traded.map((i) => events[i].abnormal[offset]);
      const tests = testsOf({
        abnormal,
        standardised: traded.map((i) => events[i].standardised[offset]),
        estimationDays: traded.map((i) => estimated[i]),
        shares: traded.map((i) => shares[i]),
        correlation,
      });
      return {
        offset,
        events: traded.length,
        mean: sum(abnormal) / traded.length,
        cumulative: sum(soFar) / events.length,
        cumulativeError: clusteredError(soFar, correlation),
        tests: { ...tests, corradoRank: rank },
      };
    }),
    meanCar: sum(cars) / events.length,
    tests: testsOf({
      abnormal: cars,
      standardised: events.map(({ car, carError }) => car / carError),
      estimationDays: estimated,
      shares,
      correlation,
    }),
    correlation,
  };
}

/** One entry per event. */
interface Tested {
  readonly abnormal: readonly number[];
  readonly standardised: readonly number[];
  readonly estimationDays: readonly number[];
  readonly shares: readonly number[];
  readonly correlation: number;
}

const testsOf = ({ abnormal, standardised, estimationDays, shares, correlation }: Tested): StudyTests => ({
  crossSectional: crossSectional(abnormal),
  patell: patell(standardised, estimationDays),
  bmp: bmp(standardised),
  kolariPynnonen: kolariPynnonen(standardised, correlation),
  generalisedSign: generalisedSign(abnormal, shares),
});
