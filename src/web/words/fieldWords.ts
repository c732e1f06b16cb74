/** Words for values that come out of results: outcomes of a decision, names of facts, date kinds. */
import type { Language, Outcome } from '../../core/index.js';
import type { WordKey } from './en.js';

const OUTCOMES: Readonly<Record<Outcome, Readonly<Record<Language, string>>>> = {
  retained: { en: 'retained', zh: '保留' },
  added: { en: 'added', zh: '调入' },
  deleted: { en: 'deleted', zh: '调出' },
  reserve: { en: 'reserve list', zh: '备选' },
  'not-selected': { en: 'not selected', zh: '未入选' },
  'screened-out': { en: 'screened out', zh: '被剔除' },
};

export const outcomeWord = (outcome: Outcome, language: Language): string => OUTCOMES[outcome][language];

const CONFIDENCE: Readonly<Record<string, WordKey>> = {
  official: 'confidenceOfficial',
  secondary: 'confidenceSecondary',
  inferred: 'confidenceInferred',
  unverified: 'confidenceUnverified',
  replayed: 'confidenceReplayed',
};

export const confidenceKey = (confidence: string): WordKey =>
  CONFIDENCE[confidence] ?? 'confidenceUnverified';

const FACTS: Readonly<Record<string, WordKey>> = {
  a_shares: 'factAShares',
  total_shares: 'factTotalShares',
  float_a_shares: 'factFloat',
  inclusion_factor: 'factInclusion',
  dual_listed: 'factDual',
  risk_warning: 'factRisk',
};

export const factKey = (field: string): WordKey | undefined => FACTS[field];

/** The dates of a review in the order of the calendar, with the letter that marks them in a chart. */
export const REVIEW_DATES = [
  { name: 'cutoff', key: 'cutoff', letter: 'C' },
  { name: 'announcement', key: 'announcement', letter: 'A' },
  { name: 'pricing', key: 'pricing', letter: 'P' },
  { name: 'swap', key: 'swap', letter: 'S' },
  { name: 'effective', key: 'effective', letter: 'E' },
] as const satisfies readonly { name: string; key: WordKey; letter: string }[];

const QUALITIES: Readonly<Record<string, WordKey>> = {
  observed: 'qualityObserved',
  equal: 'qualityEqual',
  reconstructed: 'qualityReconstructed',
  adjusted: 'qualityAdjusted',
  imported: 'qualityImported',
  reported: 'qualityReported',
  estimated: 'qualityEstimated',
  backcast: 'qualityBackcast',
  assumed: 'qualityAssumed',
};

/** How a number came to be. */
export const qualityKey = (quality: string): WordKey => QUALITIES[quality] ?? 'qualityEstimated';

const BOARDS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  SSE_main: { en: 'Shanghai main board', zh: '沪市主板' },
  SSE_STAR: { en: 'STAR Market', zh: '科创板' },
  SZSE_main: { en: 'Shenzhen main board', zh: '深市主板' },
  SZSE_ChiNext: { en: 'ChiNext', zh: '创业板' },
  BSE: { en: 'Beijing exchange', zh: '北交所' },
};

export const boardWord = (board: string, language: Language): string => BOARDS[board]?.[language] ?? board;

const BENCHMARKS: Readonly<Record<string, WordKey>> = {
  index: 'benchmarkIndex',
  'ex-self': 'benchmarkExSelf',
  peers: 'benchmarkPeers',
};

/** What a study compares with. */
export const benchmarkKey = (benchmark: string): WordKey => BENCHMARKS[benchmark] ?? 'benchmarkIndex';
