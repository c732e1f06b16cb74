/**
 * What the forced trade of one security does to its price, as known on a day: the trade from the review, the liquidity from
 * the closes up to that day, every impact model on both, and the trades of all names absorbed together.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { assert, Refusal } from '../base/errors.js';
import { distinctFindings, type Finding } from '../base/finding.js';
import { formatDay } from '../calendar/day.js';
import { sessionsBetween, shiftSessions } from '../calendar/sessions.js';
import { logReturns } from '../events/returns.js';
import type { Flows, Trade } from '../flows/forcedFlows.js';
import type { TrackedAssets } from '../flows/trackedAssets.js';
import { riskModel } from '../forecast/riskModel.js';
import { greenwood, REVERSAL_SHARE, type DemandReturns } from '../impact/greenwood.js';
import { kyleLambda } from '../impact/illiquidity.js';
import { impact, type Impact, type Liquidity, type Order } from '../impact/impactModel.js';
import { impactTable } from '../impact/models.js';
import { SQUARE_ROOT, squareRoot } from '../impact/squareRoot.js';
import { standardDeviation } from '../impact/volatility.js';
import { lastRow } from '../market/prices.js';
import { rowsAmong } from '../market/snapshot.js';
import type { ReadingChoice } from '../methodology/methodology.js';
import { flowsOf } from './flowRun.js';
import type { IndexData } from './indexData.js';
import { runReview, type ReviewRun } from './reviewRun.js';

/** Sessions looked back for volatility and the slope on flow. */
const WINDOW = 60;
/** Returns below which the volatility is said to be short of them. */
const ENOUGH = 20;
/** Full spread taken when none is given: there are no quotes in the data. */
const ASSUMED_SPREAD = 0.001;

export interface ImpactRequest {
  readonly effective: Day;
  readonly knownAt: Day;
  readonly readings?: ReadingChoice;
  readonly security: SecurityId;
  /** Trading days over which all trackers together spread the trade. */
  readonly days: number;
  readonly assets?: TrackedAssets;
  /** Full spread, fraction of the price. */
  readonly spread?: number;
}

/** A name of the review, and where the trades of all names together send it. */
export interface DemandRow {
  readonly id: SecurityId;
  /** Signed value of its own trade. */
  readonly value: number;
  readonly eventReturn: number;
  /** Expected over the twenty weeks after. */
  readonly laterReturn: number;
}

export interface ImpactRun {
  readonly review: ReviewRun;
  readonly trade: Trade;
  readonly order: Order;
  readonly liquidity: Liquidity;
  /** Last close the liquidity is measured on. */
  readonly measuredOn: Day;
  readonly rows: readonly Impact[];
  /** Largest event return first; empty where the trades cannot be put together. */
  readonly book: readonly DemandRow[];
  readonly findings: readonly Finding[];
}

/**
 * @throws Refusal `no_trade` when the review does not make anybody trade the security, `no_volume`, `too_few_returns`
 */
export function runImpact(data: IndexData, request: ImpactRequest): ImpactRun {
  const { effective, knownAt, readings, security } = request;
  const review = runReview(data, { effective, knownAt, ...(readings && { readings }) });
  const flows = flowsOf(data, review, request.assets);
  const trade = flows.trades.find(({ id }) => id === security);
  if (trade === undefined || trade.value === 0) {
    throw new Refusal('no_trade', `the review of ${formatDay(effective)} makes no fund trade ${security}`, {
      id: security,
    });
  }
  const order = { shares: trade.shares, days: request.days };
  const measured = liquidityOf(data, review, trade, request.spread);
  const table = impactTable(order, measured.liquidity);
  const together = togetherOf(data, review, flows, trade, request.days);
  const rows = [...table.rows, ...together.rows];
  return {
    review,
    trade,
    order,
    liquidity: measured.liquidity,
    measuredOn: review.snapshots.atSwap.day,
    rows,
    book: together.book,
    findings: distinctFindings(
      ...rows.map((row) => row.findings),
      table.findings,
      together.findings,
      measured.findings,
      flows.findings,
    ),
  };
}

interface Measured {
  readonly liquidity: Liquidity;
  readonly findings: readonly Finding[];
}

/** Volume as in the flows, volatility and slope from the closes before; nothing later than the swap snapshot. */
function liquidityOf(data: IndexData, review: ReviewRun, trade: Trade, givenSpread?: number): Measured {
  const { atSwap } = review.snapshots;
  const { prices, calendar } = data.market;
  const { id } = trade;
  const row = rowsAmong(atSwap, [id]).get(id);
  assert(row !== undefined, 'what is traded is in the snapshot it is traded on');
  const advShares = atSwap.adv20Value[row] / atSwap.price[row];
  if (!(advShares > 0)) {
    throw new Refusal(
      'no_volume',
      `no trading of ${id} known over the 20 sessions to ${formatDay(atSwap.day)}`,
      { id },
    );
  }
  const days = sessionsBetween(calendar, shiftSessions(calendar, atSwap.day, -WINDOW), atSwap.day);
  const returns = logReturns(prices, data.actions, id, days);
  const seen = returns.filter((r) => !Number.isNaN(r)).length;
  const security = prices.ids.indexOf(id);
  const flow = returns.map((r, t) => {
    const last = lastRow(prices, security, days[t + 1]);
    return Math.sign(r) * (prices.value[last] / prices.close[last]);
  });
  return {
    liquidity: {
      advShares,
      volatility: standardDeviation(returns),
      sharesOutstanding: atSwap.aShares[row],
      spread: givenSpread ?? ASSUMED_SPREAD,
      ...(seen >= ENOUGH && { lambda: kyleLambda(returns, flow) }),
    },
    findings: [
      ...(givenSpread === undefined
        ? [
            {
              code: 'spread_assumed',
              subject: id,
              message: `${ASSUMED_SPREAD * 1e4} bp; the data have no quotes, give one with --spread`,
            },
          ]
        : []),
      ...(seen < ENOUGH
        ? [{ code: 'short_history', subject: id, message: `volatility from ${seen} returns` }]
        : [
            {
              code: 'flow_sign_assumed',
              subject: 'kyle',
              message:
                'who bought and who sold is not known; all volume of a day counts with the sign of its return',
            },
          ]),
    ],
  };
}

interface Together {
  /** None or one. */
  readonly rows: readonly Impact[];
  readonly book: readonly DemandRow[];
  readonly findings: readonly Finding[];
}

/** The book is scaled by one of its names: when no volume of that one is known, the book is left out and the rest stands. */
function togetherOf(data: IndexData, review: ReviewRun, flows: Flows, trade: Trade, days: number): Together {
  try {
    const { returns, findings } = demandOf(data, review, flows, days);
    const row = impactOfBook(returns, flows.trades.indexOf(trade), trade, findings);
    return { rows: [row], book: bookRows(flows, returns), findings: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const finding = { code: 'model_left_out', subject: 'greenwood', message: error.message };
    return { rows: [], book: [], findings: [finding] };
  }
}

interface Demand {
  readonly returns: DemandReturns;
  readonly findings: readonly Finding[];
}

/** All trades of the review against their covariance, the largest move scaled to the square-root law of that name. */
function demandOf(data: IndexData, review: ReviewRun, flows: Flows, days: number): Demand {
  const { atSwap } = review.snapshots;
  const ids = flows.trades.map(({ id }) => id);
  const rows = rowsAmong(atSwap, ids);
  const risk = riskModel({
    ids,
    industries: ids.map((id) => atSwap.securities[rows.get(id) ?? -1]?.industry ?? ''),
    prices: data.market.prices,
    actions: data.actions,
    levels: data.levels,
    calendar: data.market.calendar,
    until: atSwap.day,
  });
  const demand = Float64Array.from(flows.trades, ({ value }) => value);
  const returns = greenwood({ demand, ...risk }, (row) => {
    const trade = flows.trades[row];
    return squareRoot({ shares: trade.shares, days }, liquidityOf(data, review, trade).liquidity).peak;
  });
  const { id } = flows.trades[returns.largest];
  return {
    returns,
    findings: [
      {
        code: 'impact_scaled',
        subject: 'greenwood',
        message: `scaled so that the largest return of the review, that of ${id}, is the square-root law's`,
      },
      ...risk.findings,
    ],
  };
}

/** Funds that all trade at the close trade at the price the whole book ends at; the band is that of the law it is scaled to. */
function impactOfBook(
  { event }: DemandReturns,
  row: number,
  trade: Trade,
  findings: readonly Finding[],
): Impact {
  const peak = Math.sign(trade.value) * event[row];
  const ends = SQUARE_ROOT.coefficientRange.map((y) => (y / SQUARE_ROOT.coefficient) * peak);
  return impact(
    'greenwood',
    { peak, permanent: (1 - REVERSAL_SHARE) * peak, cost: peak },
    [Math.min(...ends), Math.max(...ends)],
    findings,
  );
}

function bookRows(flows: Flows, { event }: DemandReturns): DemandRow[] {
  return flows.trades
    .map(({ id, value }, i) => ({
      id,
      value,
      eventReturn: event[i],
      laterReturn: -REVERSAL_SHARE * event[i],
    }))
    .toSorted((a, b) => Math.abs(b.eventReturn) - Math.abs(a.eventReturn) || (a.id < b.id ? -1 : 1));
}
