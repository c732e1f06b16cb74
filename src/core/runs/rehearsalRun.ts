/**
 * The close of a review rehearsed: the trade that was forecast, put into the closing auction of a simulated market that is
 * as liquid and as volatile as the security was, many times over; and beside the distribution what happened, as far as
 * the data go. What happened is read for that and for nothing else.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { distinctFindings, type Finding } from '../base/finding.js';
import { formatDay } from '../calendar/day.js';
import { sessionsBetween, shiftSessions } from '../calendar/sessions.js';
import { boardOfCode } from '../exchange/boardRules.js';
import { yuanOf } from '../exchange/fen.js';
import type { TrackedAssets } from '../flows/trackedAssets.js';
import { quantilesOf } from '../forecast/quantiles.js';
import type { ReadingChoice } from '../methodology/methodology.js';
import { MARKET_ASSUMPTIONS, type MarketPlan } from '../simulation/marketPlan.js';
import type { ClosingBook } from '../simulation/closingBook.js';
import { closingBook, type RehearsalPart } from '../simulation/rehearsal.js';
import { closeOn, lastClose } from '../trading/tradingDay.js';
import { flowsOf } from './flowRun.js';
import { runImpact, type ImpactRun } from './impactRun.js';
import type { IndexData } from './indexData.js';

export interface RehearsalRequest {
  readonly effective: Day;
  /** Evening before which nothing later is known; at the latest that before the swap close. */
  readonly knownAt: Day;
  readonly security: SecurityId;
  readonly readings?: ReadingChoice;
  readonly assets?: TrackedAssets;
  /** Part of the flow in the closing auction, 0..1. */
  readonly atClose?: number;
  readonly arbitrageurs?: number;
  readonly events?: number;
}

export interface PlannedRehearsal {
  readonly request: RehearsalRequest;
  readonly impact: ImpactRun;
  readonly plan: MarketPlan;
  /** Swap close, and the sessions after it that are simulated. */
  readonly days: readonly Day[];
  readonly findings: readonly Finding[];
}

/** Quantiles at `LEVELS`, and what happened with its place among the runs. */
export interface Spread {
  readonly quantiles: readonly number[];
  readonly mean: number;
  /** Undefined where it cannot be seen, or not yet. */
  readonly happened: number | undefined;
  /** Share of the runs below it. */
  readonly rank: number | undefined;
}

export const REHEARSAL_LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

export interface RehearsalRun extends PlannedRehearsal {
  readonly runs: number;
  readonly seed: number;
  /** Close of the event, currency. */
  readonly close: Spread;
  /** Close against the same market without the flow, and against the last price before the auction; fractions. */
  readonly moved: Spread;
  readonly auction: Spread;
  /** From the close of the event to that of each session after it, fractions. */
  readonly afterwards: readonly Spread[];
  /** Of that what the same market without the flow does not show: the reversal. */
  readonly reversal: readonly Spread[];
  readonly closingShare: Spread;
  /** Mean part of the flow that found the other side, 0..1. */
  readonly filled: number;
  /** Quantiles of the middle price through the event's session, currency, one row per twentieth event. */
  readonly fan: readonly (readonly number[])[];
  /** The book of the run whose close is the middle one, at the end of the event's session. */
  readonly book: ClosingBook & { readonly run: number; readonly close: number };
}

/** Sessions after the event. */
const AFTER = 5;

/** @throws Refusal `close_is_known`, `no_share_count`, and those of `runImpact` */
export function planRehearsal(data: IndexData, request: RehearsalRequest): PlannedRehearsal {
  const { security, knownAt } = request;
  const impact = runImpact(data, { ...request, days: 1 });
  const { swap } = impact.review.dates;
  if (knownAt >= swap) {
    throw new Refusal(
      'close_is_known',
      `the swap close of ${formatDay(swap)} is known on ${formatDay(knownAt)}; rehearse it with what was known the evening before`,
      { swap: formatDay(swap), knownAt: formatDay(knownAt) },
    );
  }
  const { advShares, volatility, sharesOutstanding } = impact.liquidity;
  if (!(sharesOutstanding > 0)) {
    throw new Refusal('no_share_count', `how many shares of ${security} there are is not known`, {
      id: security,
    });
  }
  const { assets } = flowsOf(data, impact.review, request.assets);
  const before = lastClose(data.market, security, knownAt);
  if (before === undefined) throw new Refusal('no_price', `${security} has no close`, { id: security });
  const atClose = request.atClose ?? MARKET_ASSUMPTIONS.atClose;
  const arbitrageurs = request.arbitrageurs ?? MARKET_ASSUMPTIONS.arbitrageurs;
  const { elasticity, response, closingPart } = MARKET_ASSUMPTIONS;
  const worth = sharesOutstanding * yuanOf(before.close);
  const plan: MarketPlan = {
    board: boardOfCode(security),
    day: swap,
    price: before.close,
    floatShares: Math.round(sharesOutstanding),
    passive: Math.min(0.95, (assets.amount * impact.trade.weightBefore) / worth),
    elasticity,
    response,
    volatility,
    volume: advShares,
    flow: Math.round(impact.order.shares),
    atClose,
    arbitrageurs,
    // Sessions in between are simulated too; arbitrageurs take their part in them.
    before: sessionsBetween(data.market.calendar, (knownAt + 1) as Day, swap).length - 1,
    after: AFTER,
    events: request.events ?? MARKET_ASSUMPTIONS.events,
    closingPart,
  };
  const last = shiftSessions(data.market.calendar, swap, AFTER);
  return {
    request,
    impact,
    plan,
    days: sessionsBetween(data.market.calendar, swap, last),
    findings: distinctFindings(
      [
        {
          code: 'market_simulated',
          subject: security,
          message: `demand of elasticity ${elasticity} per active holder who answers the others ${response} to 1, makers, chartists and noise are assumed and not fitted; volume, volatility and the flow are measured`,
        },
        {
          code: 'close_share_assumed',
          subject: security,
          message: `${(atClose * 100).toFixed(0)} % of the flow in the closing auction, ${arbitrageurs} arbitrageurs who hold ${arbitrageurs} / ${arbitrageurs + 1} of it before; no figure is published`,
        },
      ],
      impact.findings.filter(({ subject }) => subject === security),
    ),
  };
}

export function finishRehearsal(
  data: IndexData,
  planned: PlannedRehearsal,
  part: RehearsalPart,
  seed: number,
): RehearsalRun {
  const { days, request, plan } = planned;
  const seen = days.map((day) => closeOn(data.market, request.security, day)?.close);
  const { runs, sessions, closes, stillCloses, beforeAuction } = part;
  const perRun = (of: (run: number) => number): Float64Array =>
    Float64Array.from({ length: runs }, (_, run) => of(run));
  const close = (run: number, session: number): number => closes[run * sessions + session];
  const moved = (run: number, session: number): number =>
    close(run, session) / stillCloses[run * sessions + session];
  const after = Array.from({ length: sessions - 1 }, (_, i) => i + 1);
  return {
    ...planned,
    runs,
    seed,
    close: spreadOf(
      perRun((run) => close(run, 0) / 100),
      seen[0] === undefined ? undefined : yuanOf(seen[0]),
    ),
    moved: spreadOf(perRun((run) => moved(run, 0) - 1)),
    auction: spreadOf(perRun((run) => close(run, 0) / beforeAuction[run] - 1)),
    afterwards: after.map((session) => {
      const [from, to] = [seen[0], seen[session]];
      return spreadOf(
        perRun((run) => close(run, session) / close(run, 0) - 1),
        from === undefined || to === undefined ? undefined : to / from - 1,
      );
    }),
    reversal: after.map((session) => spreadOf(perRun((run) => moved(run, session) / moved(run, 0) - 1))),
    closingShare: spreadOf(part.closingShare),
    filled: part.filled.reduce((sum, share) => sum + share, 0) / runs,
    fan: fanOf(part, Math.floor(plan.events / 20)),
    book: bookOf(plan, part, seed),
  };
}

function bookOf(
  plan: MarketPlan,
  { runs, sessions, closes }: RehearsalPart,
  seed: number,
): RehearsalRun['book'] {
  const byClose = Array.from({ length: runs }, (_, run) => run).toSorted(
    (a, b) => closes[a * sessions] - closes[b * sessions],
  );
  const run = byClose[runs >> 1];
  return { run, close: closes[run * sessions] / 100, ...closingBook(plan, seed, run) };
}

function spreadOf(values: Float64Array, happened?: number): Spread {
  return {
    quantiles: quantilesOf(values, REHEARSAL_LEVELS),
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    happened,
    rank:
      happened === undefined ? undefined : values.filter((value) => value < happened).length / values.length,
  };
}

const fanOf = ({ runs, middles }: RehearsalPart, samples: number): number[][] =>
  Array.from({ length: samples }, (_, sample) =>
    quantilesOf(
      Float64Array.from({ length: runs }, (__, run) => middles[run * samples + sample] / 100),
      REHEARSAL_LEVELS,
    ),
  );
