/** Rows 19 to 21 of the table of models, worked examples of the other scores, surprises against their definition. */
import { describe, expect, it } from 'vitest';
import {
  altman,
  altmanNonManufacturer,
  altmanZ,
  balanceSheetAccruals,
  beneish,
  beneishFive,
  figureWord,
  LINE_NAMES,
  piotroski,
  Refusal,
  sloan,
  standardisedSurprise,
  type LineName,
  type Lines,
} from '../../../src/core/index.js';
import { normalCdf } from '../../../src/core/quality/normal.js';
import { ACCEPTANCE } from '../acceptance.js';

const { columns, years, own, tolerance } = ACCEPTANCE.beneish_enron;

const NAMES: Readonly<Record<string, LineName>> = {
  receivables: 'receivables',
  currentAssets: 'currentAssets',
  ppe: 'ppe',
  totalAssets: 'totalAssets',
  currentLiabilities: 'currentLiabilities',
  longTermDebt: 'longTermDebt',
  sales: 'sales',
  cogs: 'cost',
  sga: 'sga',
  incomeContOps: 'incomeContinuing',
  cfo: 'cashFlow',
  depreciation: 'depreciation',
};

const enron = (year: string): Lines =>
  Object.fromEntries(columns.map((column, i) => [NAMES[column], years[year][i]]));

describe('Beneish', () => {
  it.each(['2000', '1999'])('row 19: Enron %s, every term and the sum', (year) => {
    const score = beneish(enron(year), enron(String(Number(year) - 1)));
    const { M8, M5, P_norm_cdf_pct, ...terms } = own[year];
    for (const [id, value] of Object.entries(terms)) {
      expect(Math.abs((score.terms.find((one) => one.id === id)?.value ?? 0) - value)).toBeLessThan(
        tolerance,
      );
    }
    expect(Math.abs((score.value ?? 0) - M8)).toBeLessThan(tolerance);
    expect(Math.abs(100 * (score.probability ?? 0) - P_norm_cdf_pct)).toBeLessThan(0.02);
    if (M5 !== undefined) expect(Math.abs(beneishFive(score.terms) - M5)).toBeLessThan(tolerance);
    expect(score.warns).toBe(year === '2000');
  });

  it('row 20: with all ratios 1 and no accruals it is -2.480', () => {
    const flat: Lines = { ...enron('2000'), incomeContinuing: 5, cashFlow: 5 };
    expect(beneish(flat, flat).value).toBeCloseTo(-2.48, 9);
  });

  it('says which lines are missing; three terms may be set to 1 and say so', () => {
    const { sales, ...rest } = enron('2000');
    expect(sales).toBeGreaterThan(0);
    expect(beneish(rest, enron('1999'))).toMatchObject({ value: undefined, missing: ['sales now'] });
    const { depreciation, sga, ...fewer } = enron('2000');
    expect([depreciation, sga]).not.toContain(undefined);
    const assumed = beneish(fewer, enron('1999')).terms.filter((one) => one.assumed);
    expect(assumed.map(({ id, value }) => [id, value])).toEqual([
      ['DEPI', 1],
      ['SGAI', 1],
    ]);
  });
});

it('the normal distribution: published quantiles, symmetry, and the joint at 3', () => {
  const table = [
    [0, 0.5],
    [1, 0.8413447460685429],
    [1.959963984540054, 0.975],
    [-2.5758293035489004, 0.005],
    [3.090232306167813, 0.999],
    [-6, 9.865876450376946e-10],
  ];
  for (const [x, p] of table) expect(normalCdf(x)).toBeCloseTo(p, 13);
  expect(normalCdf(3 - 1e-12)).toBeCloseTo(normalCdf(3), 12);
  for (const x of [0.3, 1.7, 4]) expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 14);
});

describe('Altman', () => {
  it('row 21: (.2, 0, .2, .1, 2.0) is 2.96, as published', () => {
    expect(altmanZ(ACCEPTANCE.altman_z.x)).toBeCloseTo(ACCEPTANCE.altman_z.Z, 9);
    const books: Lines = {
      totalAssets: 100,
      currentAssets: 50,
      currentLiabilities: 30,
      retainedEarnings: 0,
      ebit: 20,
      totalLiabilities: 60,
      marketValue: 6,
      bookEquity: 40,
      sales: 200,
    };
    expect(altman(books).value).toBeCloseTo(2.96, 9);
    expect(altmanNonManufacturer(books).value).toBeCloseTo(6.56 * 0.2 + 6.72 * 0.2 + (1.05 * 40) / 60, 9);
    expect(altman({ ...books, ebit: undefined }).missing).toEqual(['ebit now']);
  });
});

describe('accruals', () => {
  const before: Lines = {
    currentAssets: 100,
    cash: 20,
    currentLiabilities: 60,
    shortTermDebt: 10,
    taxesPayable: 5,
    totalAssets: 300,
  };
  // Profit 40 before depreciation of 10: 25 more receivables, 5 more payables leave 20 of cash.
  const now: Lines = {
    currentAssets: 145,
    cash: 40,
    currentLiabilities: 65,
    shortTermDebt: 10,
    taxesPayable: 5,
    totalAssets: 340,
    depreciation: 10,
    netIncome: 30,
    cashFlow: 20,
  };

  it('are the same from both statements when nothing else moved', () => {
    expect(sloan(now, before).value).toBeCloseTo(10 / 320, 12);
    expect(balanceSheetAccruals(now, before)).toBeCloseTo(10 / 320, 12);
  });
});

it('Piotroski counts nine signs: all of them, none of them', () => {
  const weak: Lines = {
    netIncome: -5,
    cashFlow: -10,
    totalAssets: 100,
    longTermDebt: 40,
    currentAssets: 30,
    currentLiabilities: 30,
    sharesOutstanding: 12,
    sales: 50,
    cost: 45,
  };
  const strong: Lines = {
    netIncome: 10,
    cashFlow: 15,
    totalAssets: 100,
    longTermDebt: 20,
    currentAssets: 40,
    currentLiabilities: 25,
    sharesOutstanding: 10,
    sales: 80,
    cost: 60,
  };
  expect(piotroski(strong, weak)).toMatchObject({ value: 9, warns: false });
  expect(piotroski(weak, strong)).toMatchObject({ value: 0, warns: true });
});

describe('standardised surprise', () => {
  // Differences to a year before: 1, 2, 3, 4, 8.
  const quarters = [10, 10, 10, 10, 11, 12, 13, 14, 19];

  it('is the last difference over the deviation of those before it', () => {
    const { value, difference } = standardisedSurprise(quarters);
    // Sample deviation of 1, 2, 3, 4 is sqrt(5 / 3).
    expect(difference).toBe(8);
    expect(value).toBeCloseTo(8 / Math.sqrt(5 / 3), 12);
  });

  it('is refused with a short or a flat history', () => {
    const codeOf = (rows: readonly number[]): string => {
      try {
        standardisedSurprise(rows);
      } catch (error) {
        return (error as Refusal).code;
      }
      return '';
    };
    expect(codeOf(quarters.slice(1))).toBe('short_history');
    expect(codeOf([1, 1, 1, 1, 2, 2, 2, 2, 9])).toBe('no_variation');
  });
});

it('the lines of all scores have names in both languages', () => {
  for (const name of LINE_NAMES) {
    expect(figureWord(name, 'zh')).toMatch(/\p{Script=Han}/u);
    expect(figureWord(name, 'en')).not.toMatch(/[a-z][A-Z]/);
  }
});
