/**
 * The whole product in a few calls; start reading here. A rulebook and what was known about the market go in;
 * a review, its pro forma and the trades it forces come out:
 *
 *   resolveRulebook -> datesOfReview -> takeSnapshot (cut-off) -> review
 *                                    -> takeSnapshot (pricing, swap) -> proForma -> forcedFlows -> compareEstimates
 *
 * Each run is a file in `runs/` that puts these steps together; this page is the list of them.
 */
export type { IndexData, KnownBasket } from './runs/indexData.js';
export type { Provenance } from './runs/provenance.js';
// Who is in the index after a review, and at which weights.
export { provenanceOf, runReview, type ReviewRequest, type ReviewRun } from './runs/reviewRun.js';
// What that forces funds to trade, beside what was printed.
export { compareWithPublished, flowHistory, flowsOf } from './runs/flowRun.js';
// The same under every meaning of an unclear clause, tested on the levels that followed.
export { levelEvidence, runReadings, type ReadingRun } from './runs/readingRun.js';
// Levels from baskets, and baskets from levels.
export { runLevels, type LevelRequest, type LevelRun } from './runs/levelRun.js';
export { runXray, type XrayRequest, type XrayRun } from './runs/xrayRun.js';
// Review after review, and what a changed clause would have done.
export {
  backtestSteps,
  runBacktest,
  type Backtest,
  type BacktestProgress,
  type BacktestRequest,
  type BacktestReview,
} from './runs/backtestRun.js';
// The same on thousands of simulated markets: who is likely to come in, be cut or capped, and how much is traded.
export {
  finishForecast,
  planForecast,
  runForecast,
  type ForecastRequest,
  type ForecastRun,
  type PlannedForecast,
} from './runs/forecastRun.js';
// Forecasts as published, what happened, and how good they were.
export {
  announcedOutcome,
  recordedForecast,
  recordedOutcome,
  type RecordedForecast,
  type RecordedOutcome,
  type RecordEntry,
} from './runs/recordLines.js';
export { flowFan, forecastsOf, scoreRecord, type DayScore, type ReviewScores } from './runs/recordScores.js';
// What the forced trade of one name does to its price.
export { runImpact, type DemandRow, type ImpactRequest, type ImpactRun } from './runs/impactRun.js';
// What happened around a day, beside what the market explains; and around all reviews.
export {
  BAND_ERRORS,
  runStudy,
  type Benchmark,
  type StudyDay,
  type StudyRequest,
  type StudyRun,
} from './runs/studyRun.js';
export type { Control } from './runs/matchedControls.js';
export type { StudyWindow } from './runs/studyWindow.js';
export {
  runReviewStudy,
  STUDY_DAYS,
  type ReviewEvent,
  type ReviewGroup,
  type ReviewStudyRequest,
  type ReviewStudyRun,
  type StudiedDay,
} from './runs/reviewStudyRun.js';
// When to trade it.
export {
  runSchedule,
  SCHEDULE_METHODS,
  type FrontierPoint,
  type ScheduleMeasure,
  type ScheduleMethod,
  type ScheduleRequest,
  type ScheduleRun,
  type Slice,
} from './runs/scheduleRun.js';
// Its close, many times over, on a simulated market.
export {
  finishRehearsal,
  planRehearsal,
  REHEARSAL_LEVELS,
  type PlannedRehearsal,
  type RehearsalRequest,
  type RehearsalRun,
  type Spread,
} from './runs/rehearsalRun.js';
// A day of the past on the book.
export { replayDay, type HalfHour, type SessionRequest, type SessionRun } from './runs/sessionRun.js';
// What trading ahead of it may bring.
export {
  runAhead,
  type AheadRequest,
  type AheadRun,
  type CrowdingRow,
  type MoveRow,
} from './runs/aheadRun.js';
// The same for one fund: from what it holds to what it should hold.
export {
  runTracker,
  type Holding,
  type TrackerRequest,
  type TrackerRun,
  type TrackerTrade,
} from './runs/trackerRun.js';
// And what it cost once it was traded.
export { runTca, TCA_BENCHMARKS, type TcaBenchmark, type TcaRun } from './runs/tcaRun.js';
export type { TcaFill, TcaRequest } from './runs/tcaRequest.js';
