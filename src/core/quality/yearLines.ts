/** The lines that scores ask for, from the report of one year. */
import type { KnownStatements, Metric, StatementFact } from '../statements/statement.js';
import type { LineName, Lines } from './score.js';

const METRIC_OF: Readonly<Partial<Record<LineName, Metric>>> = {
  sales: 'revenue',
  cost: 'cost_of_revenue',
  sga: 'sga_expense',
  depreciation: 'depreciation',
  ebit: 'ebit',
  netIncome: 'net_profit_attributable',
  // Chinese reports seldom have discontinued operations; where they do, this is too much.
  incomeContinuing: 'net_profit_attributable',
  cashFlow: 'operating_cash_flow',
  receivables: 'accounts_receivable',
  inventory: 'inventory',
  cash: 'cash',
  currentAssets: 'current_assets',
  ppe: 'ppe',
  totalAssets: 'total_assets',
  currentLiabilities: 'current_liabilities',
  shortTermDebt: 'short_term_debt',
  longTermDebt: 'long_term_debt',
  totalLiabilities: 'total_liabilities',
  retainedEarnings: 'retained_earnings',
  bookEquity: 'total_equity',
};

/** The figures behind these lines, each once. */
export const yearFacts = (known: KnownStatements, year: number): StatementFact[] =>
  [...new Set(Object.values(METRIC_OF))].flatMap((metric) => known.of(metric, { year, span: 'FY' }) ?? []);

/** Lines of the full year as known; those that no report gives are left out. */
export function yearLines(known: KnownStatements, year: number): Lines {
  const entries = Object.entries(METRIC_OF).flatMap(([name, metric]) => {
    const fact = known.of(metric, { year, span: 'FY' });
    return fact === undefined ? [] : [[name, fact.value] as const];
  });
  return Object.fromEntries(entries);
}
