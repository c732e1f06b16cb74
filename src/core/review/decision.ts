/**
 * One decision per security considered: the clause that settled it, the comparison made, the outcome. The
 * words are made here, once; the terminal, the API and the workbench print them.
 */
import type { SecurityId } from '../base/brand.js';
import type { Language, Words } from '../base/words.js';
import type { ClauseId } from '../weighting/capping.js';

export type Outcome = 'retained' | 'added' | 'deleted' | 'reserve' | 'not-selected' | 'screened-out';

export interface Decision {
  readonly id: SecurityId;
  readonly incumbent: boolean;
  /** From 1 among the eligible; `undefined` when a screen put it out. */
  readonly rank: number | undefined;
  readonly outcome: Outcome;
  /** The clause that settled it. */
  readonly clause: ClauseId;
  readonly measure: Words;
  readonly value: string;
  readonly limit: Words;
}

const OUTCOMES: Record<Outcome, Words> = {
  retained: { en: 'retained', zh: '保留' },
  added: { en: 'added', zh: '调入' },
  deleted: { en: 'deleted', zh: '调出' },
  reserve: { en: 'reserve list', zh: '备选' },
  'not-selected': { en: 'not selected', zh: '未入选' },
  'screened-out': { en: 'screened out', zh: '被剔除' },
};

/** One line: outcome, measure, value against limit, clause. */
export function explainDecision(decision: Decision, language: Language): string {
  const measure = decision.measure[language];
  const outcome = OUTCOMES[decision.outcome][language];
  const limit = decision.limit[language];
  return language === 'zh'
    ? `${outcome}：${measure} ${decision.value}，规则：${limit}（${decision.clause}）`
    : `${outcome}: ${measure} ${decision.value}, rule: ${limit} (${decision.clause})`;
}
