/**
 * Figures of company reports, each with the day from which it may be used. A figure is never changed: a restatement is a
 * new one with a later day, and what was known before it stays as it was.
 */
import type { Day } from '../base/brand.js';
import type { Finding } from '../base/finding.js';
import { formatDay } from '../calendar/day.js';
import { formatPeriod, type FiscalPeriod } from './fiscalPeriod.js';

/** Flows of a period. Amounts in the company's currency, earnings per share in it too. */
export const FLOW_METRICS = [
  'revenue',
  'cost_of_revenue',
  'net_profit_attributable',
  'net_profit_excl_nonrecurring',
  'operating_cash_flow',
  'rd_expense',
  'rd_input',
  'sga_expense',
  'depreciation',
  'ebit',
  'government_grants',
  'eps_basic',
  'eps_diluted',
  'gross_margin_pct',
  'rd_input_to_revenue_pct',
  'top_customer_pct',
  'top_five_customers_pct',
] as const;

/** Balances at the end of a period, in the company's currency. */
export const BALANCE_METRICS = [
  'cash',
  'accounts_receivable',
  'inventory',
  'prepayments',
  'contract_liabilities',
  'current_assets',
  'ppe',
  'total_assets',
  'current_liabilities',
  'long_term_debt',
  'short_term_debt',
  'total_liabilities',
  'retained_earnings',
  'total_equity',
] as const;

export const METRICS = [...FLOW_METRICS, ...BALANCE_METRICS] as const;
export type Metric = (typeof METRICS)[number];

export const isBalance = (metric: Metric): boolean => BALANCE_METRICS.some((one) => one === metric);

/** `reported`: as printed; `rounded`: printed in round numbers; `derived`: worked out from other figures. */
export const FIGURE_QUALITIES = ['reported', 'rounded', 'derived'] as const;
export type FigureQuality = (typeof FIGURE_QUALITIES)[number];

/** When in the day a report came out. After the close it is of use from the next day on. */
export const TIMINGS = ['before-open', 'after-close'] as const;
export type Timing = (typeof TIMINGS)[number];

/** `documented` by a page that says the day; `deadline`: the last day the law allows, for want of a better one. */
export const ANNOUNCEMENT_BASES = ['documented', 'deadline'] as const;
export type AnnouncementBasis = (typeof ANNOUNCEMENT_BASES)[number];

export interface StatementFact {
  /** Code of the company's share, `688256`, `NVDA`. */
  readonly company: string;
  readonly metric: Metric;
  readonly period: FiscalPeriod;
  readonly periodEnd: Day;
  /** In `unit`. */
  readonly value: number;
  /** `CNY`, `USD`, `pct`. */
  readonly unit: string;
  /** First day whose close may use it. */
  readonly usableFrom: Day;
  readonly announced: Day;
  readonly basis: AnnouncementBasis;
  readonly quality: FigureQuality;
  readonly source: string;
  readonly note: string;
}

/** The day from which an announcement may be used: after the close it is the next. */
export const usableFrom = (announced: Day, timing: Timing): Day =>
  (announced + (timing === 'after-close' ? 1 : 0)) as Day;

/** What was known of one company at the close of a day, the newest version of each figure. */
export interface KnownStatements {
  readonly company: string;
  readonly at: Day;
  readonly of: (metric: Metric, period: FiscalPeriod) => StatementFact | undefined;
  /** Ascending by the end of the period. */
  readonly facts: readonly StatementFact[];
  /** Figures that took the place of an earlier one. */
  readonly findings: readonly Finding[];
}

/** Nothing announced after `at` is in it. */
export function knownStatements(facts: readonly StatementFact[], company: string, at: Day): KnownStatements {
  const newest = new Map<string, StatementFact>();
  const findings: Finding[] = [];
  const known = facts
    .filter((fact) => fact.company === company && fact.usableFrom <= at)
    .toSorted((a, b) => a.usableFrom - b.usableFrom);
  for (const fact of known) {
    const key = keyOf(fact.metric, fact.period);
    const earlier = newest.get(key);
    newest.set(key, fact);
    if (earlier !== undefined && earlier.usableFrom < fact.usableFrom) findings.push(restated(earlier, fact));
  }
  return {
    company,
    at,
    of: (metric, period) => newest.get(keyOf(metric, period)),
    facts: [...newest.values()].toSorted((a, b) => a.periodEnd - b.periodEnd),
    findings,
  };
}

const keyOf = (metric: Metric, period: FiscalPeriod): string => `${metric} ${formatPeriod(period)}`;

function restated(earlier: StatementFact, later: StatementFact): Finding {
  return {
    code: 'figure_restated',
    subject: `${later.company} ${later.metric} ${formatPeriod(later.period)}`,
    message: `was ${earlier.value} until ${formatDay(later.usableFrom)}, restated to ${later.value}`,
  };
}
