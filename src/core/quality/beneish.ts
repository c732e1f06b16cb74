/**
 * M. Beneish, The Detection of Earnings Manipulation (1999): eight ratios of this year to the last, and the accruals.
 *
 *   M = -4.84 + 0.920 DSRI + 0.528 GMI + 0.404 AQI + 0.892 SGI + 0.115 DEPI - 0.172 SGAI + 4.679 TATA - 0.327 LVGI
 *
 * Above -1.78 one in twenty honest firms is accused to catch a cheat. Terms whose lines are missing may be set to 1, as he
 * did (AQI, DEPI, SGAI); without the others there is no score.
 */
import { normalCdf } from './normal.js';
import {
  isWhole,
  missingLines,
  withoutLines,
  type LineName,
  type Lines,
  type Score,
  type ScoreTerm,
} from './score.js';

const INTERCEPT = -4.84;
const WEIGHTS = {
  DSRI: 0.92,
  GMI: 0.528,
  AQI: 0.404,
  SGI: 0.892,
  DEPI: 0.115,
  SGAI: -0.172,
  TATA: 4.679,
  LVGI: -0.327,
} as const;

/** Cut-off at which a missed cheat costs as much as twenty accused honest firms. */
const CUTOFF = -1.78;

const NEEDED = [
  'sales',
  'cost',
  'receivables',
  'totalAssets',
  'currentLiabilities',
  'longTermDebt',
] as const satisfies readonly LineName[];
const NEEDED_NOW = ['incomeContinuing', 'cashFlow'] as const satisfies readonly LineName[];

const FALSE_ALARMS = {
  en: 'Sales that multiply push SGI, and with it M, up by themselves; so do acquisitions and a new line of business. Look at the terms, not at the sum.',
  zh: '收入成倍增长本身就会推高 SGI 与 M；并购、业务转型亦然。请看各项构成，而非总分。',
};

export interface Beneish extends Score {
  /** Probability of manipulation by the probit of the paper; undefined without a score. */
  readonly probability: number | undefined;
}

/** @param now lines of this year @param before lines of the year before, the same currency */
export function beneish(now: Lines, before: Lines): Beneish {
  const missing = [
    ...missingLines(now, [...NEEDED, ...NEEDED_NOW], 'now'),
    ...missingLines(before, NEEDED, 'before'),
  ];
  if (!isWhole(now, [...NEEDED, ...NEEDED_NOW]) || !isWhole(before, NEEDED)) {
    return { ...withoutLines('beneish-m', missing, `> ${CUTOFF}`, FALSE_ALARMS), probability: undefined };
  }
  const margin = ({ sales, cost }: { readonly sales: number; readonly cost: number }): number =>
    (sales - cost) / sales;
  const leverage = (one: {
    readonly currentLiabilities: number;
    readonly longTermDebt: number;
    readonly totalAssets: number;
  }) => (one.currentLiabilities + one.longTermDebt) / one.totalAssets;
  const ratios = {
    DSRI: now.receivables / now.sales / (before.receivables / before.sales),
    GMI: margin(before) / margin(now),
    AQI: ratioOf(softAssets(now), softAssets(before)),
    SGI: now.sales / before.sales,
    DEPI: ratioOf(depreciationRate(before), depreciationRate(now)),
    SGAI: ratioOf(overSales(now), overSales(before)),
    TATA: (now.incomeContinuing - now.cashFlow) / now.totalAssets,
    LVGI: leverage(now) / leverage(before),
  };
  const terms = Object.entries(ratios).map(([id, value]): ScoreTerm => {
    const used = value ?? 1;
    const contribution = WEIGHTS[id as keyof typeof WEIGHTS] * used;
    return { id, value: used, contribution, ...(value === undefined && { assumed: true as const }) };
  });
  const value = terms.reduce((total, { contribution }) => total + contribution, INTERCEPT);
  return {
    id: 'beneish-m',
    value,
    terms,
    missing,
    threshold: `> ${CUTOFF}`,
    warns: value > CUTOFF,
    falseAlarms: FALSE_ALARMS,
    probability: normalCdf(value),
  };
}

/** Five of the terms, the form often used when the others cannot be had. */
export function beneishFive(terms: readonly ScoreTerm[]): number {
  const of = (id: string): number => terms.find((term) => term.id === id)?.value ?? Number.NaN;
  return (
    -6.065 +
    0.823 * of('DSRI') +
    0.906 * of('GMI') +
    0.593 * of('AQI') +
    0.717 * of('SGI') +
    0.107 * of('DEPI')
  );
}

const ratioOf = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined || b === 0 ? undefined : a / b;

/** Assets that are neither current nor plant nor securities, as a share of all. */
function softAssets({ currentAssets, ppe, securities = 0, totalAssets }: Lines): number | undefined {
  if (currentAssets === undefined || ppe === undefined || totalAssets === undefined) return undefined;
  return 1 - (currentAssets + ppe + securities) / totalAssets;
}

const depreciationRate = ({ depreciation, ppe }: Lines): number | undefined =>
  depreciation === undefined || ppe === undefined ? undefined : depreciation / (depreciation + ppe);

const overSales = ({ sga, sales }: Lines): number | undefined =>
  sga === undefined || sales === undefined ? undefined : sga / sales;
