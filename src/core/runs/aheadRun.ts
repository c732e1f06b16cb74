/**
 * The other side of a forced trade: what trading ahead of the funds may bring, what it loses when others do so too, and what becomes of the
 * flow when the price moves before the close. The sale of a capped name shrinks as it falls; the review is run again at each
 * price for that.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { InputError } from '../base/errors.js';
import type { Finding } from '../base/finding.js';
import { sessionOnOrBefore, sessionsBetween } from '../calendar/sessions.js';
import { feesOf } from '../market/fees.js';
import { BREAK_EVEN, gainAhead } from '../schedule/ahead.js';
import { flowsOf } from './flowRun.js';
import { runImpact, type ImpactRequest, type ImpactRun } from './impactRun.js';
import type { IndexData } from './indexData.js';
import { runReview } from './reviewRun.js';

export interface AheadRequest extends Omit<ImpactRequest, 'days' | 'spread'> {
  /** Shares taken ahead of the funds, in the direction of their trade; without sign, above 0. */
  readonly shares: number;
}

export interface CrowdingRow {
  /** Shares ahead of the funds by everybody, over the flow. */
  readonly aheadOfFlow: number;
  /** Per share after fees, fraction. */
  readonly gain: number;
}

export interface MoveRow {
  /** Of the price until the close, fraction, from the closes known. */
  readonly move: number;
  /** Signed. */
  readonly flowShares: number;
  readonly flowValue: number;
  /** Per share after fees at that flow, fraction; the move itself is not in it. */
  readonly gain: number;
}

export interface AheadRun {
  readonly impact: ImpactRun;
  readonly shares: number;
  /** Sessions from the knowledge date to the swap close. */
  readonly sessionsLeft: number;
  /** Per share after fees, fraction of the price, with its band. */
  readonly gain: number;
  readonly band: readonly [number, number];
  /** Of a purchase and a sale, fraction. */
  readonly fees: number;
  /** Shares ahead over the flow at which nothing is gained, fees aside. */
  readonly breakEven: number;
  /** One standard deviation of the price until the close, fraction: what is at stake for the gain. */
  readonly priceRisk: number;
  readonly crowding: readonly CrowdingRow[];
  readonly moves: readonly MoveRow[];
  readonly findings: readonly Finding[];
}

const CROWDS = [0.1, 0.25, 0.5, 1, 1.5, 2, 3];
const MOVES = [-0.2, -0.1, -0.05, 0, 0.05, 0.1, 0.2];

/** @throws InputError `bad_ahead`; those of `runImpact` */
export function runAhead(data: IndexData, request: AheadRequest): AheadRun {
  const { shares, security, knownAt } = request;
  if (!(shares > 0 && Number.isFinite(shares))) {
    throw new InputError('bad_ahead', 'a position that cannot be', [
      {
        code: 'bad_ahead',
        path: 'shares',
        value: shares,
        expected: 'a number above 0; its side is that of the funds',
      },
    ]);
  }
  const impact = runImpact(data, { ...request, days: 1 });
  const { trade, liquidity, review } = impact;
  const flow = Math.abs(trade.shares);
  const value = (shares * trade.value) / trade.shares;
  const { swap } = review.dates;
  const fees = (feesOf(swap, 'buy', value).total + feesOf(swap, 'sell', value).total) / value;
  const gainOf = (of: number, ahead: number): number => gainAhead(of, ahead, liquidity).gain - fees;
  const { band } = gainAhead(flow, shares, liquidity);
  const { calendar } = data.market;
  const evening = sessionOnOrBefore(calendar, Math.min(knownAt, swap) as Day);
  const sessionsLeft = sessionsBetween(calendar, evening, swap).length - 1;
  return {
    impact,
    shares,
    sessionsLeft,
    gain: gainOf(flow, shares),
    band: [band[0] - fees, band[1] - fees],
    fees,
    breakEven: BREAK_EVEN,
    priceRisk: liquidity.volatility * Math.sqrt(sessionsLeft),
    crowding: CROWDS.map((aheadOfFlow) => ({ aheadOfFlow, gain: gainOf(flow, aheadOfFlow * flow) })),
    moves: MOVES.map((move) => {
      const moved = move === 0 ? trade : tradeAfter(data, request, security, 1 + move, evening);
      const size = Math.abs(moved.shares);
      return {
        move,
        flowShares: moved.shares,
        flowValue: moved.value,
        gain: size === 0 ? -fees : gainOf(size, shares),
      };
    }),
    findings: [
      {
        code: 'ahead_assumed',
        subject: security,
        message:
          'prices do not fall back before the close and nobody trades against those ahead; both make the gain larger than it will be',
      },
      ...(trade.side === 'sell'
        ? [
            {
              code: 'needs_shares',
              subject: security,
              message:
                'selling ahead needs shares that are held, or a loan of them; what a loan costs is not in the gain',
            },
          ]
        : []),
      ...impact.findings.filter(({ subject }) => subject === 'square-root' || subject === security),
    ],
  };
}

/** The forced trade when the security's closes from an evening on are so many times what they were. */
function tradeAfter(
  data: IndexData,
  { effective, knownAt, readings, assets }: AheadRequest,
  id: SecurityId,
  factor: number,
  from: Day,
): { readonly shares: number; readonly value: number } {
  const { prices } = data.market;
  const at = prices.ids.indexOf(id);
  const close = prices.close.map((price, row) =>
    row >= prices.start[at] && row < prices.start[at + 1] && prices.day[row] >= from ? price * factor : price,
  );
  const changed = { ...data, market: { ...data.market, prices: { ...prices, close } } };
  const review = runReview(changed, { effective, knownAt, ...(readings && { readings }) });
  const trade = flowsOf(changed, review, assets).trades.find((one) => one.id === id);
  return trade ?? { shares: 0, value: 0 };
}
