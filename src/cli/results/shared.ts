/** Parts that several results share: names, dates, money as the JSON contract writes them. */
import {
  formatDay,
  type Finding,
  type IndexData,
  type Language,
  type ReviewRun,
  type SecurityId,
} from '../../core/index.js';
import { codeWithSuffix } from '../format.js';
import { joinParts } from '../table.js';
import { word, type WordKey } from '../words/words.js';

export interface Naming {
  /** Everyday name in the reader's language, the Chinese one if there is no English. */
  readonly name: (id: SecurityId) => string;
  readonly nameZh: (id: SecurityId) => string;
  readonly nameEn: (id: SecurityId) => string;
  readonly code: (id: SecurityId) => string;
}

export function namingOf(data: IndexData, language: Language): Naming {
  const byId = new Map(data.market.securities.map((security) => [security.id, security]));
  const nameZh = (id: SecurityId): string => byId.get(id)?.nameZh ?? id;
  const nameEn = (id: SecurityId): string => byId.get(id)?.nameEn ?? '';
  return {
    nameZh,
    nameEn,
    name: (id) => {
      const security = byId.get(id);
      const english = security?.nameShort || security?.nameEn;
      return language === 'en' && english ? english : nameZh(id);
    },
    code: (id) => codeWithSuffix(id, byId.get(id)?.market ?? ''),
  };
}

export const moneyJson = (amount: number, currency: string): { amount: number; currency: string } => ({
  amount,
  currency,
});

export function datesJson(run: ReviewRun): Record<string, string> {
  const { cutoff, announcement, pricing, swap, effective } = run.dates;
  return {
    cutoff: formatDay(cutoff),
    announcement: formatDay(announcement),
    pricing: formatDay(pricing),
    swap: formatDay(swap),
    effective: formatDay(effective),
  };
}

/** Which review: the index, `cut-off 2025-07-31 | announcement 2025-08-29 | ...`, and what was known when. */
export function headingLines(run: ReviewRun, language: Language): string[] {
  const names: readonly WordKey[] = ['cutoff', 'announcement', 'pricing', 'swap', 'effective', 'knownAt'];
  const { dates, knownAt } = run;
  const days = [dates.cutoff, dates.announcement, dates.pricing, dates.swap, dates.effective, knownAt];
  return joinParts([
    `${indexName(run, language)} ${word('review', language)}`,
    ...names.map((name, i) => `${word(name, language)} ${formatDay(days[i])}`),
  ]);
}

function indexName(run: ReviewRun, language: Language): string {
  const { rulebook } = run.methodology;
  const code = rulebook.aliases[0] === undefined ? '' : ` (${rulebook.aliases[0]})`;
  return (language === 'zh' ? rulebook.nameZh : rulebook.nameEn) + code;
}

export const findingsJson = (findings: readonly Finding[]): readonly Finding[] =>
  findings.map(({ code, subject, message }) => ({ code, subject, message }));

/** Each source of a row of an export once. */
export const sourcesOf = (inputs: readonly { readonly source: string }[]): string =>
  [...new Set(inputs.map(({ source }) => source))].join(' ');
