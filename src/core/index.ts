/** The public surface of Counterweight's core, every export by name. Start with `pipeline.ts`. */
export { indexId, securityId, type Day, type IndexId, type SecurityId } from './base/brand.js';
export { assert, Bug, InputError, OperationalError, Refusal, type Issue } from './base/errors.js';
export { distinctFindings, type Finding } from './base/finding.js';
export { contentHash, type HashPart } from './base/hash.js';
export { dot, sum } from './base/sum.js';
export { ENGINE_VERSION } from './base/version.js';
export type { Language, Words } from './base/words.js';
export {
  addDays,
  addMonths,
  civilOf,
  dayOf,
  formatDay,
  parseDay,
  weekdayOf,
  type CivilDate,
  type Weekday,
} from './calendar/day.js';
export {
  describeDateRule,
  followSteps,
  monthEnd,
  nthWeekdayOfMonth,
  type DateRule,
  type DateStep,
} from './calendar/dateRule.js';
export {
  isSession,
  sessionCalendar,
  sessionOnOrAfter,
  sessionOnOrBefore,
  sessionsBetween,
  shiftSessions,
  type SessionCalendar,
} from './calendar/sessions.js';
export { shareRatioBetween, type ShareAction } from './events/corporateActions.js';
export {
  compareEstimates,
  type ComparisonRow,
  type FlowOnDay,
  type PublishedEstimate,
} from './flows/comparison.js';
export { forcedFlows, type Flows, type Trade } from './flows/forcedFlows.js';
export { trackedAssets, type PublishedAssets, type TrackedAssets } from './flows/trackedAssets.js';
export { fitToPublished, levelHistory, type LevelFit, type LevelPoint } from './level/indexLevel.js';
export {
  factOn,
  factTable,
  knownFacts,
  type Fact,
  type FactField,
  type FactTable,
  type Quality,
} from './market/facts.js';
export type { Market, Security } from './market/market.js';
export {
  lastRow,
  panelRange,
  PRICE_QUALITIES,
  pricePanel,
  type PricePanel,
  type PriceQuality,
} from './market/prices.js';
export {
  hasMark,
  markFindings,
  MARKS,
  rowsOf,
  snapshotHash,
  takeSnapshot,
  type Mark,
  type Snapshot,
  type SnapshotRequest,
} from './market/snapshot.js';
export {
  CONFIDENCES,
  OCCASIONS,
  type Clause,
  type Confidence,
  type Occasion,
  type Reading,
} from './methodology/clause.js';
export {
  capsOf,
  clauseFindings,
  clauseOfKind,
  readingChoice,
  resolveRulebook,
  startOf,
  type Methodology,
  type ReadingChoice,
} from './methodology/methodology.js';
export { cyclesAround, datesOfCycle, datesOfReview, type ReviewDates } from './methodology/reviewDates.js';
export { parseRulebook, type Locate } from './methodology/parseRulebook.js';
export { rulebookJsonSchema, type Rulebook, type Source } from './methodology/rulebook.js';
export {
  REVIEW_DATE_NAMES,
  SECTION_NAMES,
  type ReviewDateName,
  type Rule,
  type SectionName,
} from './methodology/sections.js';
export {
  compareWithPublished,
  flowHistory,
  flowsOf,
  provenanceOf,
  levelEvidence,
  runReadings,
  runReview,
  type IndexData,
  type KnownBasket,
  type Provenance,
  type ReadingRun,
  type ReviewRequest,
  type ReviewRun,
} from './pipeline.js';
export {
  announcementOf,
  type Announcement,
  type PublishedChange,
  type PublishedReserve,
} from './review/announcements.js';
export { adjustedSharesOn, type Composition } from './review/composition.js';
export { explainDecision, type Decision, type Outcome } from './review/decision.js';
export { proForma, type ProForma, type ProFormaMember } from './review/proForma.js';
export type { Difference, Selection } from './review/differences.js';
export { review, type Review } from './review/review.js';
export { seatByBuffer, type BufferRule, type Seat } from './selection/buffer.js';
export { limitTurnover, type Swaps, type TurnoverLimitRule } from './selection/turnoverLimit.js';
export {
  applyCaps,
  type CapContext,
  type CapOutcome,
  type CapResult,
  type CapRule,
  type ClauseId,
  type NamedCap,
} from './weighting/capping.js';
export { inclusionFactor, type FloatBandsRule } from './weighting/floatBands.js';
