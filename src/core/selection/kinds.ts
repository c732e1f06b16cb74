/**
 * Every kind of rule a rulebook may write under `universe`, `screens`, `ranking` and `selection`, by name. A new
 * kind is a new file with its schema and evaluation, and one line here.
 */
import { BufferSchema, type BufferRule } from './buffer.js';
import { CommitteeSchema, type CommitteeRule } from './committee.js';
import { CoverageSchema, type CoverageRule } from './coverage.js';
import { CoverageScreenSchema, type CoverageScreenRule } from './coverageScreen.js';
import { DiscretionSchema, type DiscretionRule } from './discretion.js';
import { DropTopSchema, type DropTopRule } from './dropTop.js';
import { FastEntrySchema, type FastEntryRule } from './fastEntry.js';
import { FlagSchema, type FlagRule } from './flag.js';
import { FourThresholdsSchema, type FourThresholdsRule } from './fourThresholds.js';
import { GroupQuotaSchema, type GroupQuotaRule } from './groupQuota.js';
import { LiquiditySchema, type LiquidityRule } from './liquidity.js';
import { ListedOnSchema, type ListedOnRule } from './listedOn.js';
import { ListingAgeSchema, type ListingAgeRule } from './listingAge.js';
import { MaxRankReplacementSchema, type MaxRankReplacementRule } from './maxRankReplacement.js';
import { MeasureRankingSchema, type MeasureRankingRule } from './measureRanking.js';
import { RiskWarningSchema, type RiskWarningRule } from './noRiskWarning.js';
import { ParentIndexSchema, type ParentIndexRule } from './parentIndex.js';
import { AverageTotalCapSchema, type AverageTotalCapRule } from './ranking.js';
import { RatioBufferSchema, type RatioBufferRule } from './ratioBuffer.js';
import { ReserveListSchema, type ReserveListRule } from './reserveList.js';
import { SampleSpaceSchema, type SampleSpaceRule } from './sampleSpace.js';
import { StatusClockSchema, type StatusClockRule } from './statusClock.js';
import { SupersectorCoverageSchema, type SupersectorCoverageRule } from './supersectorCoverage.js';
import { ThresholdSchema, type ThresholdRule } from './threshold.js';
import { TopNSchema, type TopNRule } from './topN.js';
import { TurnoverLimitSchema, type TurnoverLimitRule } from './turnoverLimit.js';

export const UNIVERSE_SCHEMAS = {
  'listed-on': ListedOnSchema,
  'sample-space': SampleSpaceSchema,
  'parent-index': ParentIndexSchema,
} as const;
export type UniverseRule = ListedOnRule | SampleSpaceRule | ParentIndexRule;

export const SCREEN_SCHEMAS = {
  'listing-age': ListingAgeSchema,
  'no-risk-warning': RiskWarningSchema,
  liquidity: LiquiditySchema,
  committee: CommitteeSchema,
  threshold: ThresholdSchema,
  flag: FlagSchema,
  'drop-top': DropTopSchema,
  'coverage-screen': CoverageScreenSchema,
} as const;
export type ScreenRule =
  | ListingAgeRule
  | RiskWarningRule
  | LiquidityRule
  | CommitteeRule
  | ThresholdRule
  | FlagRule
  | DropTopRule
  | CoverageScreenRule;

export const RANKING_SCHEMAS = {
  'average-total-cap': AverageTotalCapSchema,
  measure: MeasureRankingSchema,
} as const;
export type RankingRule = AverageTotalCapRule | MeasureRankingRule;

/** Selectors give the seats of a full review; a review uses exactly one. */
const SELECTOR_SCHEMAS = {
  buffer: BufferSchema,
  'ratio-buffer': RatioBufferSchema,
  'top-n': TopNSchema,
  coverage: CoverageSchema,
  'four-thresholds': FourThresholdsSchema,
  'group-quota': GroupQuotaSchema,
  'supersector-coverage': SupersectorCoverageSchema,
  'max-rank-replacement': MaxRankReplacementSchema,
  discretion: DiscretionSchema,
} as const;
export type SelectorRule =
  | BufferRule
  | RatioBufferRule
  | TopNRule
  | CoverageRule
  | FourThresholdsRule
  | GroupQuotaRule
  | SupersectorCoverageRule
  | MaxRankReplacementRule
  | DiscretionRule;

export const SELECTION_SCHEMAS = {
  ...SELECTOR_SCHEMAS,
  'turnover-limit': TurnoverLimitSchema,
  'reserve-list': ReserveListSchema,
  'fast-entry': FastEntrySchema,
  'status-clock': StatusClockSchema,
} as const;
export type SelectionRule =
  SelectorRule | TurnoverLimitRule | ReserveListRule | FastEntryRule | StatusClockRule;

export function isSelector(rule: { readonly kind: string }): rule is SelectorRule {
  return Object.hasOwn(SELECTOR_SCHEMAS, rule.kind);
}
