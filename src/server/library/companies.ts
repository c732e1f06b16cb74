/** Figures of companies, funds and leaderboards, read when first asked for and kept: nothing changes them while the server runs. */
import { join } from 'node:path';
import type { FundData, Fundamentals, IndexData, LeadersData } from '../../core/index.js';
import { leadersData } from '../../cli/commands/leaders.js';
import { FUNDAMENTALS } from '../../cli/commands/value.js';
import { loadFundamentals } from '../../data/fundamentals.js';
import { loadFunds } from '../../data/funds.js';

export interface CompanyLibrary {
  readonly fundamentals: () => Promise<Fundamentals>;
  readonly funds: () => Promise<FundData>;
  /** With the prices of an index, imported ones included. */
  readonly leaders: (index: IndexData) => Promise<LeadersData>;
}

/** @param datasets parent of all bundles @param bundle the one with the index */
export function companyLibrary(datasets: string, bundle: string): CompanyLibrary {
  const folder = join(datasets, FUNDAMENTALS);
  let fundamentals: Promise<Fundamentals> | undefined;
  let funds: Promise<FundData> | undefined;
  return {
    fundamentals: () => (fundamentals ??= loadFundamentals(folder)),
    funds: () => (funds ??= loadFunds(folder)),
    leaders: (index) => leadersData(datasets, bundle, index),
  };
}
