/** Three scores of a year's books: accruals (Sloan 1996), strength (Piotroski 2000), distance from failure (Altman 1968, 1995). */
import {
  isWhole,
  missingLines,
  withoutLines,
  type LineName,
  type Lines,
  type Score,
  type ScoreTerm,
} from './score.js';

const SLOAN_CUTOFF = 0.1;
const SLOAN_ALARMS = {
  en: 'A company that grows fast ties up profit in stock and receivables; one that was paid in advance shows the opposite. A single year says little.',
  zh: '高速增长的公司利润会沉淀于存货与应收；预收货款者则相反。单一年份说明力有限。',
};

/** (net income - cash flow) / mean total assets, the form from the cash flow statement. Above 0.1 profit is mostly not cash. */
export function sloan(now: Lines, before: Lines): Score {
  const [needed, neededBefore] = [
    ['netIncome', 'cashFlow', 'totalAssets'] as const,
    ['totalAssets'] as const,
  ];
  const missing = [...missingLines(now, needed, 'now'), ...missingLines(before, neededBefore, 'before')];
  if (!isWhole(now, needed) || !isWhole(before, neededBefore)) {
    return withoutLines('sloan-accruals', missing, `> ${SLOAN_CUTOFF}`, SLOAN_ALARMS);
  }
  const assets = (now.totalAssets + before.totalAssets) / 2;
  const terms = [term('netIncome', now.netIncome, 1 / assets), term('cashFlow', now.cashFlow, -1 / assets)];
  const value = total(terms);
  return {
    id: 'sloan-accruals',
    value,
    terms,
    missing,
    threshold: `> ${SLOAN_CUTOFF}`,
    warns: value > SLOAN_CUTOFF,
    falseAlarms: SLOAN_ALARMS,
  };
}

/** Sloan's own form, from two balance sheets: ((dCA - dCash) - (dCL - dSTD - dTP) - Dep) / mean total assets; undefined without a line. */
export function balanceSheetAccruals(now: Lines, before: Lines): number | undefined {
  const names = [
    'currentAssets',
    'cash',
    'currentLiabilities',
    'shortTermDebt',
    'taxesPayable',
    'totalAssets',
  ] as const;
  if (!isWhole(now, [...names, 'depreciation']) || !isWhole(before, names)) return undefined;
  const change = (name: (typeof names)[number]): number => now[name] - before[name];
  const accruals =
    change('currentAssets') -
    change('cash') -
    (change('currentLiabilities') - change('shortTermDebt') - change('taxesPayable')) -
    now.depreciation;
  return accruals / ((now.totalAssets + before.totalAssets) / 2);
}

const PIOTROSKI_CUTOFF = 3;
const PIOTROSKI_ALARMS = {
  en: 'Made for cheap, neglected companies; one that issues shares to grow, or runs its margin down to win a market, loses points without being weak.',
  zh: '为低估值、少关注的公司设计；为扩张而增发或让利抢占市场的公司会失分，但未必疲弱。',
};

/** Nine signs of strength, one point each, 0 to 9; 3 and less is weak. */
export function piotroski(now: Lines, before: Lines): Score {
  const names = [
    'netIncome',
    'cashFlow',
    'totalAssets',
    'longTermDebt',
    'currentAssets',
    'currentLiabilities',
    'sharesOutstanding',
    'sales',
    'cost',
  ] as const satisfies readonly LineName[];
  const missing = [...missingLines(now, names, 'now'), ...missingLines(before, names, 'before')];
  if (!isWhole(now, names) || !isWhole(before, names)) {
    return withoutLines('piotroski-f', missing, `<= ${PIOTROSKI_CUTOFF}`, PIOTROSKI_ALARMS);
  }
  const [a, b] = [now, before].map((one) => ({
    returnOnAssets: one.netIncome / one.totalAssets,
    cash: one.cashFlow / one.totalAssets,
    leverage: one.longTermDebt / one.totalAssets,
    current: one.currentAssets / one.currentLiabilities,
    margin: (one.sales - one.cost) / one.sales,
    turnover: one.sales / one.totalAssets,
  }));
  const signs: readonly (readonly [string, number, boolean])[] = [
    ['return on assets above 0', a.returnOnAssets, a.returnOnAssets > 0],
    ['cash flow above 0', a.cash, a.cash > 0],
    ['return on assets rose', a.returnOnAssets - b.returnOnAssets, a.returnOnAssets > b.returnOnAssets],
    ['cash flow above profit', a.cash - a.returnOnAssets, a.cash > a.returnOnAssets],
    ['leverage fell', a.leverage - b.leverage, a.leverage < b.leverage],
    ['current ratio rose', a.current - b.current, a.current > b.current],
    [
      'no shares issued',
      now.sharesOutstanding - before.sharesOutstanding,
      now.sharesOutstanding <= before.sharesOutstanding,
    ],
    ['gross margin rose', a.margin - b.margin, a.margin > b.margin],
    ['asset turnover rose', a.turnover - b.turnover, a.turnover > b.turnover],
  ];
  const terms = signs.map(([id, value, good]): ScoreTerm => ({ id, value, contribution: good ? 1 : 0 }));
  const value = total(terms);
  return {
    id: 'piotroski-f',
    value,
    terms,
    missing,
    threshold: `<= ${PIOTROSKI_CUTOFF}`,
    warns: value <= PIOTROSKI_CUTOFF,
    falseAlarms: PIOTROSKI_ALARMS,
  };
}

const ALTMAN_ALARMS = {
  en: 'A market value far above the books makes any company look safe; young ones with losses behind them look worse than they are.',
  zh: '市值远高于账面时任何公司都显得安全；累计亏损的年轻公司则显得更差。',
};

/** Z = 1.2 WC/TA + 1.4 RE/TA + 3.3 EBIT/TA + 0.6 MVE/TL + 1.0 S/TA; below 1.81 distress, above 2.99 safe. Manufacturers. */
export function altman(now: Lines): Score {
  return altmanOf(now, 'altman-z', [1.2, 1.4, 3.3, 0.6, 1], ['marketValue', 'sales'], 1.81);
}

/** Z'' = 6.56 WC/TA + 3.26 RE/TA + 6.72 EBIT/TA + 1.05 BVE/TL; below 1.10 distress, above 2.60 safe. For all others. */
export function altmanNonManufacturer(now: Lines): Score {
  return altmanOf(now, 'altman-z2', [6.56, 3.26, 6.72, 1.05], ['bookEquity'], 1.1);
}

/** The sum alone, from the five ratios. */
export const altmanZ = (ratios: readonly number[]): number =>
  [1.2, 1.4, 3.3, 0.6, 1].reduce((sum, weight, i) => sum + weight * ratios[i], 0);

function altmanOf(
  now: Lines,
  id: string,
  weights: readonly number[],
  own: readonly ('marketValue' | 'bookEquity' | 'sales')[],
  distress: number,
): Score {
  const names = [
    'currentAssets',
    'currentLiabilities',
    'totalAssets',
    'retainedEarnings',
    'ebit',
    'totalLiabilities',
    ...own,
  ] as const;
  const missing = missingLines(now, names, 'now');
  if (!isWhole(now, names)) return withoutLines(id, missing, `< ${distress}`, ALTMAN_ALARMS);
  const ratios: readonly (readonly [string, number])[] = [
    ['workingCapital/totalAssets', (now.currentAssets - now.currentLiabilities) / now.totalAssets],
    ['retainedEarnings/totalAssets', now.retainedEarnings / now.totalAssets],
    ['ebit/totalAssets', now.ebit / now.totalAssets],
    [`${own[0]}/totalLiabilities`, now[own[0]] / now.totalLiabilities],
    ...(own[1] === undefined ? [] : [['sales/totalAssets', now[own[1]] / now.totalAssets] as const]),
  ];
  const terms = ratios.map(([name, value], i) => term(name, value, weights[i]));
  const value = total(terms);
  return {
    id,
    value,
    terms,
    missing,
    threshold: `< ${distress}`,
    warns: value < distress,
    falseAlarms: ALTMAN_ALARMS,
  };
}

const term = (id: string, value: number, weight: number): ScoreTerm => ({
  id,
  value,
  contribution: weight * value,
});
const total = (terms: readonly ScoreTerm[]): number => terms.reduce((sum, one) => sum + one.contribution, 0);
