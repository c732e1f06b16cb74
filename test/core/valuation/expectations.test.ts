/** Rows 16 and 17 of the table of models, closed forms of the others, and what is refused. */
import { describe, expect, it } from 'vitest';
import {
  baseRatesFor,
  compressionTable,
  driverSwings,
  exitMultipleGrowth,
  impliedPeriod,
  InputError,
  marginFor,
  perpetuityGrowth,
  salesFor,
  salesPathValue,
  scenarioGrid,
  twoStageGrowth,
  twoStageValue,
  valueAfter,
  type BaseRate,
  type SalesPath,
  type ValueDrivers,
} from '../../../src/core/index.js';
import { ACCEPTANCE } from '../acceptance.js';

const { gordon, two_stage_own, shortcut, tolerance } = ACCEPTANCE.reverse_dcf;

function pathsOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    return (error as InputError).issues.map(({ path }) => path);
  }
  throw new Error('nothing was refused');
}

describe('reverse discounted cash flow', () => {
  it('row 16: 9,000 out of 350 at 10 % implies 5.88 % for ever, as published', () => {
    const growth = perpetuityGrowth({
      value: gordon.EV,
      cashFlow: gordon.FCFF0,
      requiredReturn: gordon.wacc,
    });
    expect(Math.abs(growth - gordon.g)).toBeLessThan(1e-9);
    expect((100 * growth).toFixed(2)).toBe(String(gordon.published_pct));
    // Put back: what grows at that rate is worth what was paid.
    expect((gordon.FCFF0 * (1 + growth)) / (gordon.wacc - growth)).toBeCloseTo(gordon.EV, 6);
  });

  const spec = { earnings: 1, requiredReturn: 0.09, payout: 0.5, terminalGrowth: 0.03, terminalPayout: 0.8 };

  it.each(two_stage_own.rows_pe_g10_g15)(
    'row 17: P/E %d implies %d over ten years and %d over fifteen',
    (pe, g10, g15) => {
      for (const [years, expected] of [
        [10, g10],
        [15, g15],
      ]) {
        const growth = twoStageGrowth({ ...spec, value: pe, years });
        expect(Math.abs(growth - expected)).toBeLessThan(tolerance);
        // The sum written out, year by year.
        let worth = 0;
        for (let t = 1; t <= years; t++) worth += (0.5 * (1 + growth) ** t) / 1.09 ** t;
        worth += (0.8 * (1 + growth) ** years * 1.03) / (0.06 * 1.09 ** years);
        expect(worth).toBeCloseTo(pe, 6);
        expect(twoStageValue({ ...spec, years }, growth)).toBeCloseTo(pe, 6);
      }
    },
  );

  it.each(shortcut.rows_pe_exit_r_n_g)(
    'P/E %d sold at %d, %d a year, %d years: %d',
    (pe, multiple, requiredReturn, years, g) => {
      const growth = exitMultipleGrowth({
        value: pe,
        earnings: 1,
        requiredReturn,
        multiple,
        years,
        payout: 0,
      });
      expect(growth).toBeCloseTo(g, 9);
    },
  );

  it('refuses everything that is wrong at once', () => {
    expect(pathsOf(() => perpetuityGrowth({ value: -1, cashFlow: 0, requiredReturn: 0 }))).toEqual([
      'value',
      'cashFlow',
      'requiredReturn',
    ]);
    const wrong = { value: 0, earnings: -1, years: 0.5, payout: 2, terminalGrowth: 0.09, terminalPayout: 0 };
    expect(pathsOf(() => twoStageGrowth({ ...spec, ...wrong }))).toEqual(Object.keys(wrong));
  });
});

describe('market-implied forecast period', () => {
  const drivers: ValueDrivers = {
    sales: 100,
    growth: 0.2,
    margin: 0.3,
    tax: 0.15,
    investment: 0.4,
    requiredReturn: 0.1,
  };

  it('is the year at which the geometric sums reach the price', () => {
    // Sum of a geometric series with ratio q = 1.2 / 1.1; first cash flow 100 (1.2 x 0.255 - 0.2 x 0.4).
    const q = 1.2 / 1.1;
    const first = (100 * (1.2 * 0.255 - 0.08)) / 1.1;
    for (const n of [0, 1, 5, 12]) {
      const closed = (first * (q ** n - 1)) / (q - 1) + (25.5 * q ** n) / 0.1;
      expect(valueAfter(drivers, n)).toBeCloseTo(closed, 8);
      expect(impliedPeriod(closed, drivers)).toBeCloseTo(n, 8);
    }
    expect(impliedPeriod(100, drivers)).toBe(0);
  });

  it('is not there when growth destroys value', () => {
    expect(impliedPeriod(1000, { ...drivers, investment: 3 })).toBeUndefined();
  });

  it('says which driver matters most: all swings against the worth itself', () => {
    const swings = driverSwings(drivers, 10);
    const middle = valueAfter(drivers, 10);
    for (const { low, high } of swings) expect(low < middle && middle < high).toBe(true);
    expect(swings.map(({ low, high }) => high - low)).toEqual(
      swings.map(({ low, high }) => high - low).toSorted((a, b) => b - a),
    );
  });
});

describe('path of sales', () => {
  const path: SalesPath = {
    sales: 100,
    marginNow: 0.2,
    targetMargin: 0.2,
    growth: 0.05,
    terminalGrowth: 0.05,
    years: 7,
    salesToCapital: 2,
    tax: 0.25,
    requiredReturn: 0.1,
    terminalReturn: 0.1,
    failure: 0,
    recovery: 0,
  };

  it('with nothing changing is two growing annuities', () => {
    const q = 1.05 / 1.1;
    const yearly = (100 * 1.05 * 0.15 - 5 / 2) / 1.1;
    const end = ((100 * 1.05 ** 8 * 0.15 * 0.5) / 0.05) * 1.1 ** -7;
    expect(salesPathValue(path).value).toBeCloseTo((yearly * (1 - q ** 7)) / (1 - q) + end, 8);
  });

  it('loses what may fail', () => {
    const { value } = salesPathValue(path);
    expect(salesPathValue({ ...path, failure: 0.3, recovery: 0.5 }).value).toBeCloseTo(0.85 * value, 8);
  });

  it('is solved for the margin and for the sales that justify its own value', () => {
    const growing = { ...path, growth: 0.6, marginNow: -0.1, targetMargin: 0.28, terminalGrowth: 0.03 };
    const { value, years } = salesPathValue(growing);
    expect(marginFor(value, growing)).toBeCloseTo(0.28, 8);
    const found = salesFor(value, growing);
    expect(found?.growth).toBeCloseTo(0.6, 8);
    expect(found?.sales).toBeCloseTo(years[6].sales, 5);
    expect(marginFor(1e9, growing)).toBeUndefined();
  });

  it('refuses everything that is wrong at once', () => {
    const wrong = { sales: 0, years: 0, salesToCapital: 0, terminalGrowth: 0.1, failure: 2 };
    expect(pathsOf(() => salesPathValue({ ...path, ...wrong }))).toEqual(Object.keys(wrong));
  });
});

it('5 to 7 bn of sales at 35 % are 1.75 to 2.45 bn of profit, 237 to 332 times at a price of 1,387', () => {
  const grid = scenarioGrid({ price: 1387, shares: 418_350_224 }, [5e9, 7e9], [0.35], [50]);
  expect(grid.map(({ profit }) => profit)).toEqual([1.75e9, 2.45e9]);
  expect(grid.map(({ multipleNow }) => multipleNow.toFixed(0))).toEqual(['332', '237']);
  expect(grid[0].at[0].price).toBeCloseTo((50 * 1.75e9) / 418_350_224, 8);
});

it('520 times earnings that double each year are 65 times after three years', () => {
  const [{ after }] = compressionTable(520, 30, [1], [3]);
  expect(after[0].multiple).toBe(65);
  expect((520 * (1 + after[0].returnAtExit) ** 3) / 8).toBeCloseTo(30, 10);
});

it('a size between the rows of the base rates has the two around it', () => {
  const row = (salesFrom: number, salesTo: number, share: number): BaseRate => ({
    salesFrom,
    salesTo,
    growth: 0.2,
    years: 10,
    share,
    note: '',
  });
  const rates = [row(0, 325e6, 0.181), row(1.25e9, 2e9, 0.03), row(50e9, Infinity, 0)];
  expect(baseRatesFor(rates, 1.5e9).map(({ match, rate }) => [match, rate.share])).toEqual([
    ['same-size', 0.03],
  ]);
  expect(baseRatesFor(rates, 0.6e9).map(({ match, rate }) => [match, rate.share])).toEqual([
    ['smaller', 0.181],
    ['larger', 0.03],
  ]);
});
