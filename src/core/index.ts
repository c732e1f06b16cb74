/** The public surface of Counterweight's core, every export by name. Start with `pipeline.ts`. */
export { indexId, securityId, type Day, type IndexId, type SecurityId } from './base/brand.js';
export { assert, Bug, InputError, OperationalError, Refusal, type Issue } from './base/errors.js';
export { distinctFindings, type Finding } from './base/finding.js';
export { expectedText, FAILURE_CODES, failureText } from './findings/failureWords.js';
export { FINDING_CODES, findingKind, findingText } from './findings/findingWords.js';
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
export { checkActions } from './events/actionIssues.js';
export type {
  BonusIssue,
  CapitalAction,
  CorporateAction,
  CurrencyChange,
  Delisting,
  Merger,
  OrdinaryDividend,
  RightsIssue,
  ShareChange,
  SpecialDividend,
  SpinOff,
  Split,
  Suspension,
} from './events/actionKinds.js';
export {
  netPaidIn,
  NO_TERMS,
  shareRatioOf,
  theoreticalExPrice,
  withAction,
  type ExTerms,
} from './events/exTerms.js';
export { countsAtOnce, CSI_POLICY, NASDAQ_POLICY, type ActionPolicy } from './events/policy.js';
export {
  compareEstimates,
  type ComparisonRow,
  type FlowOnDay,
  type PublishedEstimate,
} from './flows/comparison.js';
export { concentrationOf, type Concentration } from './flows/concentration.js';
export { forcedFlows, type Flows, type Trade } from './flows/forcedFlows.js';
export { enhancedLeg, net, type EnhancedFunds, type Leg, type Netted } from './flows/netting.js';
export {
  carriedTotals,
  creationsPerSession,
  trackedAssets,
  type PublishedAssets,
  type TrackedAssets,
  type TrackerUnits,
} from './flows/trackedAssets.js';
export type { Estimate, ForecastDraws, NameDraws, SimulateOptions } from './forecast/draws.js';
export type { ForecastPlan, Horizon, SeatPlan } from './forecast/plan.js';
export { quantilesOf } from './forecast/quantiles.js';
export { simulateReference, type ReferenceOptions, type ReferencePath } from './forecast/reference.js';
export { brier, calibration, crps, logScore, type CalibrationBin } from './forecast/scores.js';
export { simulate } from './forecast/simulate.js';
export { almgren2005 } from './impact/almgren2005.js';
export { almgrenChriss } from './impact/almgrenChriss.js';
export { clearMarket, type Clearing, type Investor } from './impact/demandSystem.js';
export { elasticity, multiplierOf } from './impact/elasticity.js';
export { evidenceLike, parseEvidence, type EvidenceRow } from './impact/evidence.js';
export {
  bookVariance,
  greenwood,
  REVERSAL_SHARE,
  type DemandBook,
  type DemandReturns,
} from './impact/greenwood.js';
export { amihud, kyleLambda } from './impact/illiquidity.js';
export {
  IMPACT_MODEL_NAMES,
  type Impact,
  type ImpactModelName,
  type KyleLambda,
  type Liquidity,
  type Order,
} from './impact/impactModel.js';
export { kyle } from './impact/kyle.js';
export { impactOf, impactTable, type ImpactTable, type SingleModelName } from './impact/models.js';
export { obizhaevaWang } from './impact/obizhaevaWang.js';
export { propagator } from './impact/propagator.js';
export { reversalPath, type ReversalPoint } from './impact/reversal.js';
export { corwinSchultz } from './impact/spread.js';
export { SQUARE_ROOT, squareRoot } from './impact/squareRoot.js';
export { strategicElasticity } from './impact/strategicElasticity.js';
export {
  closeToClose,
  garmanKlass,
  parkinson,
  rogersSatchell,
  yangZhang,
  type Bars,
} from './impact/volatility.js';
export { fitBasket, type BasketEstimate, type BasketFit } from './inference/basketFit.js';
export {
  scanForSwap,
  type BreakCandidate,
  type BreakScan,
  type BreakScanInput,
} from './inference/breakScan.js';
export { carryBasket, type CarriedFit, type RescaledMember } from './inference/carriedFit.js';
export {
  searchChange,
  type ChangeSearch,
  type ChangeSearchInput,
  type PairFit,
} from './inference/changeSearch.js';
export { equationsOf, sessionsOf, type Equations, type PriceSource } from './inference/equations.js';
export type { MemberList } from './inference/memberList.js';
export {
  findPricingDate,
  type Caps,
  type CapWeight,
  type PricingCandidate,
  type PricingDate,
} from './inference/pricingDate.js';
export { largestSum, weightsOn, type WeightEstimate } from './inference/weightEstimate.js';
export { xrayIndex, type FoundReview, type Xray, type XrayBasket, type XrayInput } from './inference/xray.js';
export { fitToPublished, levelHistory, type LevelFit, type LevelPoint } from './level/indexLevel.js';
export { closeMatrix, closesOf, type CloseMatrix } from './level/closeMatrix.js';
export type { ExchangeRates } from './level/currencies.js';
export type { TaxTable } from './level/dividends.js';
export { rebasedDivisor, type DivisorStep } from './level/divisor.js';
export {
  divisorAt,
  indexHistory,
  type BasketInForce,
  type IndexHistory,
  type IndexInput,
  type Listings,
} from './level/indexHistory.js';
export {
  liveBook,
  liveCappedWeights,
  liveLevel,
  recomputedLevel,
  tick,
  type LiveBook,
  type LiveIndex,
} from './level/live.js';
export type { LiveCaps } from './level/liveCaps.js';
export type { KnownLevel, KnownLevels, KnownLevelsInput, ReturnKind } from './level/knownLevels.js';
export { publishedLevels, roundHalfAway } from './level/publishedLevel.js';
export {
  cappedRebalances,
  matrixRows,
  type Rebalance,
  type ReviewSchedule,
  type ShareRebalance,
  type ShareUpdate,
  type WeightRebalance,
} from './level/rebalance.js';
export {
  factOn,
  factTable,
  knownFacts,
  type Fact,
  type FactField,
  type FactTable,
  type Quality,
} from './market/facts.js';
export { feesOf, USUAL_COMMISSION, type Commission, type Fees } from './market/fees.js';
export { plainName, type Market, type Security } from './market/market.js';
export { orderSizes, splitIntoOrders, tradable, type OrderSizes } from './market/orderSizes.js';
export { priceLimits, type PriceLimits } from './market/priceLimits.js';
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
export {
  cyclesAround,
  datesOfCycle,
  datesOfReview,
  methodologyOfReview,
  type ReviewDates,
} from './methodology/reviewDates.js';
export {
  changeClauses,
  describeChange,
  parseClauseChange,
  type ClauseChange,
} from './methodology/changeClauses.js';
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
  runLevels,
  runReadings,
  runReview,
  runXray,
  type IndexData,
  type KnownBasket,
  type LevelRequest,
  type LevelRun,
  type Provenance,
  type ReadingRun,
  type ReviewRequest,
  type ReviewRun,
  backtestSteps,
  runBacktest,
  finishForecast,
  planForecast,
  announcedOutcome,
  recordedForecast,
  recordedOutcome,
  runForecast,
  runImpact,
  type DemandRow,
  type ImpactRequest,
  type ImpactRun,
  runSchedule,
  finishRehearsal,
  replayDay,
  type HalfHour,
  type SessionRequest,
  type SessionRun,
  planRehearsal,
  REHEARSAL_LEVELS,
  type PlannedRehearsal,
  type RehearsalRequest,
  type RehearsalRun,
  type Spread,
  SCHEDULE_METHODS,
  type FrontierPoint,
  type ScheduleMeasure,
  type ScheduleMethod,
  type ScheduleRequest,
  type ScheduleRun,
  type Slice,
  runAhead,
  type AheadRequest,
  type AheadRun,
  type CrowdingRow,
  type MoveRow,
  runTracker,
  type Holding,
  type TrackerRequest,
  type TrackerRun,
  type TrackerTrade,
  runTca,
  TCA_BENCHMARKS,
  type TcaBenchmark,
  type TcaFill,
  type TcaRequest,
  type TcaRun,
  runReviewStudy,
  BAND_ERRORS,
  runStudy,
  STUDY_DAYS,
  type Benchmark,
  type Control,
  type ReviewEvent,
  type ReviewGroup,
  type ReviewStudyRequest,
  type ReviewStudyRun,
  type StudiedDay,
  type StudyDay,
  type StudyRequest,
  type StudyRun,
  type StudyWindow,
  flowFan,
  forecastsOf,
  scoreRecord,
  type DayScore,
  type RecordedForecast,
  type RecordedOutcome,
  type RecordEntry,
  type ReviewScores,
  type ForecastRequest,
  type ForecastRun,
  type PlannedForecast,
  type Backtest,
  type BacktestProgress,
  type BacktestRequest,
  type BacktestReview,
  type XrayRequest,
  type XrayRun,
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
export { seatByBuffer, type BufferRule } from './selection/buffer.js';
export type { CutoffFacts, MeasureName } from './selection/measure.js';
export type { Seat } from './selection/seat.js';
export { limitTurnover, type Swaps, type TurnoverLimitRule } from './selection/turnoverLimit.js';
export {
  almgrenChrissPath,
  type AlmgrenChrissPath,
  type AlmgrenChrissProblem,
} from './schedule/almgrenChrissPath.js';
export { BREAK_EVEN, gainAhead, type AheadGain } from './schedule/ahead.js';
export { boundedPath, type QuadraticProgram, type SolveProgram } from './schedule/boundedPath.js';
export { garleanuPedersenPath, garleanuPedersenRate, type TradingRate } from './schedule/garleanuPedersen.js';
export { obizhaevaWangTrades, type ObizhaevaWangTrades } from './schedule/obizhaevaWangTrades.js';
export {
  atClose,
  byProfile,
  bySession,
  capped,
  evenly,
  wholeShares,
  withVolume,
  type Slot,
} from './schedule/slots.js';
export {
  measuresOf,
  trackingPath,
  type TrackingPath,
  type TrackingProblem,
} from './schedule/trackingPath.js';
export { tradeList, type Position, type TradeList } from './schedule/tradeList.js';
export {
  abnormalReturns,
  LEAST_ESTIMATION_DAYS,
  type AbnormalReturns,
  type EventRows,
  type ReturnColumns,
} from './study/abnormal.js';
export { exSelf } from './study/exSelf.js';
export { groupStudy, type GroupDay, type GroupStudy, type StudyTests } from './study/group.js';
export { bmp, crossSectional, kolariPynnonen, meanCorrelation, patell } from './study/parametricTests.js';
export { nearestRows, type Matched } from './study/matching.js';
export { placebo, type Placebo } from './study/placebo.js';
export { splitMove, type FlowPart, type MoveSplit } from './study/split.js';
export { corradoRanks, generalisedSign, positiveShare } from './study/rankTests.js';
export {
  againstBenchmark,
  shortfall,
  type BenchmarkCost,
  type Shortfall,
  type ShortfallFill,
  type ShortfallOrder,
} from './tca/shortfall.js';
export { exitMultipleGrowth, type ExitMultiple } from './valuation/exitMultipleGrowth.js';
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
export {
  changeableCaps,
  changedData,
  changedPlan,
  type ChangeableCap,
  type Changed,
  type PlanChange,
  type WhatIfChange,
} from './whatIf.js';
export {
  BOARD_RULES,
  BOARDS,
  boardOfCode,
  boardRulesOn,
  type Board,
  type BoardRules,
  type Cage,
} from './exchange/boardRules.js';
export {
  callAuction,
  type AuctionOrder,
  type AuctionResult,
  type AuctionVenue,
  type Candidates,
} from './exchange/callAuction.js';
export { fen, fenOf, isWholeFen, yuanOf, type Fen } from './exchange/fen.js';
export { feesInFen, totalFees, type FeesInFen } from './exchange/feesInFen.js';
export { haltsOf, type Halt, type HaltTrade } from './exchange/halts.js';
export {
  checkOrder,
  type Objection,
  type ObjectionCode,
  type OrderContext,
  type OrderTerms,
  type OrderVerdict,
  type Side,
} from './exchange/orderCheck.js';
export { matchMessages, MESSAGE, MESSAGE_WORDS } from './exchange/matchMessages.js';
export {
  bestLevel,
  BUY,
  orderBook,
  SELL,
  tradeTape,
  type BookSide,
  type OrderBook,
  type Tape,
} from './exchange/orderBook.js';
export { explainRejection, type AskedOrder, type ExplainedRejection } from './exchange/explainRejection.js';
export { hongKongDay, type HongKongRequest } from './exchange/hongKongDay.js';
export { iceberg, showPeak, type Iceberg } from './exchange/iceberg.js';
export { REJECTIONS, type RejectionCode } from './exchange/rejections.js';
export { openSession, priceAt, STATE, type Session } from './exchange/session.js';
export {
  advance as advanceSession,
  cancel as cancelInSession,
  finish as finishSession,
  submit as submitToSession,
} from './exchange/sessionEngine.js';
export { unitedStatesDay, type UnitedStatesRequest } from './exchange/unitedStatesDay.js';
export {
  at as clockTime,
  mainlandDay,
  ORDER,
  type Cited,
  type MainlandRequest,
  type OrderKind,
  type Phase,
  type VenueDay,
} from './exchange/venueDay.js';
export { cageBase, cagePrice, priceRange, type PriceRange, type TopOfBook } from './exchange/priceRange.js';
export {
  accountFold,
  accountOf,
  openOrders,
  type Account,
  type AccountEvent,
  type AccountFold,
  LARGEST_CASH,
} from './trading/account.js';
export { type Condition, type Direction, type Sight } from './trading/condition.js';
export { dailyValues, type DayValue } from './trading/dailyValues.js';
export { dryRun, type DryRun } from './trading/dryRun.js';
export { previewOrder, type OrderImpact, type OrderPreview } from './runs/orderPreview.js';
export { type OrderCheck } from './trading/inspectOrder.js';
export { type OrderObjection } from './trading/orderObjection.js';
export { type Balances, type LedgerAccount, type LedgerEntry } from './trading/ledger.js';
export { type Exit, type OrderRequest, type OrderSlice } from './trading/orderRequest.js';
export {
  DAY_PARTS,
  filledShares,
  MARKET_KINDS,
  remainingShares,
  type DayPart,
  type ExpiryReason,
  type Fill,
  type MarketKind,
  type OrderRole,
  type PlacedOrder,
  type SessionTerms,
  type TrackedOrder,
  type Validity,
} from './trading/orders.js';
export { type OrderState } from './trading/orderStates.js';
export {
  pricesByNow,
  requestCancel,
  requestOrder,
  requestReplacement,
  type AccountHistory,
  type OrderInspection,
} from './trading/orderEntry.js';
export { OrderRejected, type Placed, type Replacement } from './trading/placeOrder.js';
export {
  clockAfter,
  clockAsked,
  clockMinute,
  stopsAhead,
  type AccountClock,
  type Stop,
} from './trading/sessionClock.js';
export { closingFlows } from './runs/closingFlows.js';
export { accountBook, type AccountBook } from './trading/accountBook.js';
export { accountFindings, replayFinding } from './trading/accountFindings.js';
export { marketKindsOn } from './trading/marketKinds.js';
export { CLOSING_SHARE, pathsOfBars } from './trading/pathsOfBars.js';
export { clockFindings, positionPrices, type PositionPrice } from './trading/positionPrices.js';
export { replayTo } from './trading/replay.js';
export { quotedPath, type QuotedPath } from './simulation/quotedPath.js';
export { agentMarket } from './simulation/agentMarket.js';
export { brockHommes, type BeliefType, type BrockHommesPlan } from './simulation/brockHommes.js';
export {
  chiarellaIori,
  CI2002,
  FCN_VALIDATION,
  type ChiarellaIoriPlan,
  type ChiarellaIoriRun,
  type ChiarellaIoriSetting,
} from './simulation/chiarellaIori.js';
export { MARKET_ASSUMPTIONS, type MarketPlan, type MarketRun } from './simulation/marketPlan.js';
export { FIRST_PERSON } from './simulation/marketHands.js';
export { replaySession } from './simulation/replaySession.js';
export { sessionPath, type DailyBar, type SessionPath } from './simulation/sessionPath.js';
export type { BookSnapshot, ClosingBook } from './simulation/closingBook.js';
export { joinParts, rehearse, type RehearsalPart } from './simulation/rehearsal.js';
export {
  sweepPlan,
  sweepPoints,
  sweepRow,
  type SweepGrid,
  type SweepMean,
  type SweepPoint,
  type SweepRow,
} from './simulation/sweep.js';
export {
  REFERENCE_MARKETS,
  referenceFacts,
  SETTING_GRID,
  settingFacts,
  type ReferenceMarket,
} from './simulation/referenceMarkets.js';
export {
  FACT_BANDS,
  FACT_NAMES,
  insideBand,
  stylisedFacts,
  type FactBand,
  type FactName,
  type StylisedFacts,
} from './simulation/stylisedFacts.js';
export {
  GODE_SUNDER_MARKETS,
  GODE_SUNDER_PRICES,
  type GodeSunderMarket,
} from './simulation/godeSunderMarkets.js';
export {
  godeSunder,
  poissonBook,
  type GodeSunderPlan,
  type PoissonBookPlan,
  type PoissonBookRun,
} from './simulation/zeroIntelligence.js';
export {
  CHANCE_KINDS,
  securityOf,
  tradingDay,
  type ChanceKind,
  type TradedMarket,
  type TradingDay,
} from './trading/tradingDay.js';
export {
  type CancelRequest,
  type GatewayAnswer,
  type GatewayReports,
  type NewOrder,
  type OrderGateway,
  type OrderReference,
  type OrderReport,
  type ReplaceRequest,
} from './gateway/orderGateway.js';
export { paperGateway, type AccountLog } from './gateway/paperGateway.js';
export { executionReport, readReport, type OutMessage } from './fix/executionReports.js';
export { readFrames, type Frame } from './fix/frames.js';
export { answerRequest } from './fix/orderEntry.js';
export { cancelMessage, isSayable, newOrderMessage, replaceMessage } from './fix/requestMessages.js';
export { resendOf, type KeptMessage } from './fix/resend.js';
export { sessionStep } from './fix/session.js';
export { stopCondition } from './fix/stopPrice.js';
export {
  offState,
  type SessionAction,
  type SessionConfig,
  type SessionEvent,
  type SessionState,
} from './fix/sessionState.js';
export { TAG } from './fix/tags.js';
export { encodeMessage, valueOf, type FixField, type FixMessage } from './fix/wire.js';
export { checkMessage } from './fix/validate.js';
export {
  comparePeriods,
  CUMULATIVE_SPANS,
  formatPeriod,
  parsePeriod,
  periodWords,
  QUARTERS,
  reportOf,
  SPANS,
  withPeriodWords,
  yearBefore,
  type CumulativeSpan,
  type FiscalPeriod,
  type Quarter,
  type Span,
} from './statements/fiscalPeriod.js';
export {
  growthOf,
  growthWord,
  symmetricGrowth,
  type Change,
  type Growth,
  type GrowthFamily,
} from './statements/growth.js';
export {
  ANNOUNCEMENT_BASES,
  BALANCE_METRICS,
  FIGURE_QUALITIES,
  FLOW_METRICS,
  isBalance,
  knownStatements,
  METRICS,
  TIMINGS,
  usableFrom,
  type AnnouncementBasis,
  type FigureQuality,
  type KnownStatements,
  type Metric,
  type StatementFact,
  type Timing,
} from './statements/statement.js';
export {
  latestPeriod,
  quarterOf,
  reportPeriod,
  trailing,
  trailingOf,
  type Composed,
  type Term,
} from './statements/trailing.js';
export { input, inputsOf, type Derivation, type Figure, type FigureInput } from './valuation/figure.js';
export {
  earningsYield,
  evToSales,
  overFlow,
  peg,
  priceToEarnings,
  runRate,
  type Claims,
  type MarketValue,
} from './valuation/multiples.js';
export { checkStatements } from './statements/statementChecks.js';
export {
  barsOf,
  companyOf,
  rowAt,
  sharesOn,
  type DailyBars,
  type BaseRate,
  type Company,
  type DailySeries,
  type Fundamentals,
  type Guidance,
  type ShareCount,
} from './statements/fundamentals.js';
export { baseRatesFor, type BaseRateBeside } from './valuation/baseRates.js';
export {
  driverSwings,
  impliedPeriod,
  MAX_YEARS,
  valueAfter,
  type DriverSwing,
  type ValueDrivers,
} from './valuation/impliedPeriod.js';
export {
  perpetuityGrowth,
  twoStageGrowth,
  twoStageValue,
  type Perpetuity,
  type TwoStage,
} from './valuation/reverseDcf.js';
export {
  marginFor,
  salesFor,
  salesPathValue,
  type PathValue,
  type PathYear,
  type SalesPath,
} from './valuation/salesPath.js';
export { compressionTable, scenarioGrid, type Compression, type Scenario } from './valuation/scenarios.js';
export {
  VERDICTS,
  type Claim,
  type Figure as ClaimFigure,
  type FigureUnit,
  type Input as ClaimInput,
  type Verdict,
} from './claims/claim.js';
export type { ClaimEntity, PrintedAmount, PrintedWeight } from './claims/figures/claimData.js';
export type { Checked } from './claims/checkText.js';
export type { WatchEntry } from './claims/watchList.js';
export { valueWords } from './claims/figures/wording.js';
export { claimRunner, type ClaimRun, type ClaimSources, type LevelSeries } from './runs/claimRun.js';
export { beneish, beneishFive, type Beneish } from './quality/beneish.js';
export { flagsOf, type Flag } from './quality/flags.js';
export { LINE_NAMES, type LineName, type Lines, type Score, type ScoreTerm } from './quality/score.js';
export {
  altman,
  altmanNonManufacturer,
  altmanZ,
  balanceSheetAccruals,
  piotroski,
  sloan,
} from './quality/scores.js';
export { standardisedSurprise } from './quality/surprise.js';
export { DEFAULT_ASSUMPTIONS, type Assumptions } from './valuation/assumptions.js';
export {
  impliedGrowth,
  impliedPath,
  type ImpliedGrowth,
  type ImpliedPath,
} from './valuation/expectations.js';
export { bandOf, peHistory, type Band } from './valuation/history.js';
export { multiplesOn, perShareMultiples } from './valuation/multiplesOn.js';
export {
  runValue,
  type Peer,
  type ValueRequest,
  type ValueRun,
  type VendorMultiple,
} from './runs/valueRun.js';
export {
  runEarnings,
  type EarningsRequest,
  type EarningsRun,
  type PrintLine,
  type QuarterLine,
  type Surprise,
} from './runs/earningsRun.js';
export {
  basketKnown,
  type Basket,
  type BasketLine,
  type Fund,
  type FundAssets,
  type HoldingRow,
} from './lookthrough/holdings.js';
export { lookThrough, type Exposure, type LookThrough, type Route } from './lookthrough/lookThrough.js';
export {
  LEADER_KINDS,
  runLeaders,
  type DocumentedPass,
  type LeaderKind,
  type LeadersData,
  type LeadersRequest,
  type LeadersRun,
  type Pass,
} from './runs/leadersRun.js';
export { basketInForce, type BasketOnDay } from './runs/basketInForce.js';
export {
  FEEDER_WEIGHT,
  runHolders,
  runLookThrough,
  type FundData,
  type Holder,
  type HoldersRun,
  type LookThroughRun,
  type ThemeWeight,
} from './runs/lookThroughRun.js';
export {
  passDays,
  ranking,
  windowReturn,
  type IndexLevels,
  type IndexReturn,
  type PassDay,
  type Ranked,
} from './valuation/leaders.js';
export { figureWord, formulaWord, inputWord } from './statements/figureWords.js';
