/**
 * One tracker's own trade list for a review: from the shares it holds to the pro forma, at the prices of the swap close as known,
 * with cash, orders, what it costs, and how far off the index the fund is before and after.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { InputError, Refusal, type Issue } from '../base/errors.js';
import { distinctFindings, type Finding } from '../base/finding.js';
import { sum } from '../base/sum.js';
import { formatDay } from '../calendar/day.js';
import { riskModel } from '../forecast/riskModel.js';
import { bookVariance } from '../impact/greenwood.js';
import { squareRoot } from '../impact/squareRoot.js';
import { feesOf, type Commission } from '../market/fees.js';
import { orderSizes, splitIntoOrders } from '../market/orderSizes.js';
import { lastRow } from '../market/prices.js';
import { tradeList, type Position } from '../schedule/tradeList.js';
import { dailyLimits } from './dailyLimits.js';
import type { IndexData } from './indexData.js';
import { liquidityUntil } from './liquidityUntil.js';
import { runReview, type ReviewRequest, type ReviewRun } from './reviewRun.js';

export interface Holding {
  readonly id: SecurityId;
  /** Whole, at least 0. */
  readonly shares: number;
  /** What may be sold today; all of it when absent. Shares bought today may not be. */
  readonly sellable?: number;
}

export interface TrackerRequest extends ReviewRequest {
  readonly holdings: readonly Holding[];
  /** Currency of the index; below 0 when shares have to be sold for it. */
  readonly cash: number;
  /** Cash to be left; 0 when absent. */
  readonly keep?: number;
  readonly commission?: Commission;
}

export interface TrackerTrade {
  readonly id: SecurityId;
  readonly held: number;
  /** Signed, whole; 0 where nothing is to be done or can be. */
  readonly shares: number;
  readonly price: number;
  readonly value: number;
  /** Of the fund, before and after, beside that of the index after the review. */
  readonly weightBefore: number;
  readonly weightAfter: number;
  readonly weightIndex: number;
  /** Sizes of the orders, without sign. */
  readonly orders: readonly number[];
  readonly fees: number;
  /** Expected by the square-root law, fraction of the value; NaN where volume or volatility are not known. */
  readonly impact: number;
  /** Why it is not traded to its weight. */
  readonly stuck?: 'suspended' | 'limit-up' | 'limit-down' | 'not-sellable';
}

export interface TrackerRun {
  readonly review: ReviewRun;
  /** Value of holdings and cash at those prices. */
  readonly fundValue: number;
  readonly cashBefore: number;
  readonly cashAfter: number;
  /** Sales first, each side by size; names without a trade last. */
  readonly trades: readonly TrackerTrade[];
  /** Half the value traded over that of the fund. */
  readonly turnoverOneWay: number;
  /** Currency. */
  readonly cost: { readonly impact: number; readonly fees: number };
  /** Against the index after the review, expected, fraction per year; without the trades and with them. */
  readonly trackingError: { readonly before: number; readonly after: number };
  readonly findings: readonly Finding[];
}

const DAYS_A_YEAR = 252;

/** @throws InputError `bad_holdings` with every issue; Refusal `cash_short` and those of `runReview` */
export function runTracker(data: IndexData, request: TrackerRequest): TrackerRun {
  check(data, request);
  const { holdings, cash, keep = 0, commission } = request;
  const review = runReview(data, request);
  const { valuedOn, members } = review.proForma;
  const held = new Map(holdings.map((one) => [one.id, one]));
  const index = new Map(members.map(({ id, weightAfter }) => [id, weightAfter]));
  const ids = [...new Set([...index.keys(), ...held.keys()])].toSorted();
  const named = ids.map((id) => positionOf(data, id, held.get(id), index.get(id) ?? 0, valuedOn));
  const positions = named.map(({ position }) => position);
  const feeOf = (value: number): number =>
    feesOf(valuedOn, value > 0 ? 'buy' : 'sell', Math.abs(value), commission).total;
  const list = tradeList(positions, cash, keep, feeOf);
  const fundValue = sum(positions.map((one) => one.held * one.price)) + cash;
  const trades = ids.map((id, i): TrackerTrade => {
    const { position, stuck } = named[i];
    const shares = list.trades[i];
    const value = shares * position.price;
    const weightOf = (owned: number): number => (owned * position.price) / fundValue;
    return {
      id,
      held: position.held,
      shares,
      price: position.price,
      value,
      weightBefore: weightOf(position.held),
      weightAfter: weightOf(position.held + shares),
      weightIndex: position.weight,
      orders:
        shares === 0 ? [] : splitIntoOrders(Math.abs(shares), position.sizes, position.sizes.limitOrder),
      fees: list.fees[i],
      impact: shares === 0 ? 0 : impactOf(data, id, shares, valuedOn),
      ...(stuck && hinders(stuck, position, fundValue) && { stuck }),
    };
  });
  trades.sort((a, b) => rank(a) - rank(b) || Math.abs(b.value) - Math.abs(a.value) || (a.id < b.id ? -1 : 1));
  const risk = trackingErrors(data, trades, valuedOn);
  return {
    review,
    fundValue,
    cashBefore: cash,
    cashAfter: list.cash,
    trades,
    turnoverOneWay: sum(trades.map(({ value }) => Math.abs(value))) / 2 / fundValue,
    cost: {
      impact: sum(trades.map(({ impact, value }) => (Number.isNaN(impact) ? 0 : impact * Math.abs(value)))),
      fees: sum(list.fees),
    },
    trackingError: risk.errors,
    findings: findingsOf(review, trades, risk.findings),
  };
}

const rank = ({ shares }: TrackerTrade): number => (shares < 0 ? 0 : shares > 0 ? 1 : 2);

/** Whether what cannot be done would have been wanted. */
function hinders(
  stuck: NonNullable<TrackerTrade['stuck']>,
  { held, sellable, price, weight }: Position,
  fundValue: number,
): boolean {
  const wanted = (weight * fundValue) / price;
  const hindered = {
    suspended: wanted !== held,
    'limit-up': wanted > held,
    'limit-down': wanted < held,
    'not-sellable': wanted < held - sellable,
  };
  return hindered[stuck];
}

interface NamedPosition {
  readonly position: Position;
  readonly stuck?: NonNullable<TrackerTrade['stuck']>;
}

/** Where a security stands at a close: what it is worth, and whether it can be bought and sold there. */
function positionOf(
  data: IndexData,
  id: SecurityId,
  holding: Holding | undefined,
  weight: number,
  day: Day,
): NamedPosition {
  const { prices, securities } = data.market;
  const at = lastRow(prices, prices.ids.indexOf(id), day);
  const price = prices.close[at];
  const suspended = prices.day[at] !== day;
  const limits = suspended ? undefined : dailyLimits(data, id, day);
  const [up, down] = [price === limits?.up, price === limits?.down];
  const sellable = holding?.sellable ?? holding?.shares ?? 0;
  const stuck = suspended
    ? 'suspended'
    : up
      ? 'limit-up'
      : down
        ? 'limit-down'
        : sellable < (holding?.shares ?? 0)
          ? 'not-sellable'
          : undefined;
  return {
    position: {
      held: holding?.shares ?? 0,
      sellable,
      price,
      weight,
      sizes: orderSizes(securities.find((one) => one.id === id)?.board ?? ''),
      canBuy: !suspended && !up,
      canSell: !suspended && !down && sellable > 0,
    },
    ...(stuck && { stuck }),
  };
}

function impactOf(data: IndexData, id: SecurityId, shares: number, until: Day): number {
  try {
    const liquidity = liquidityUntil(data, id, until);
    return squareRoot(
      { shares, days: 1 },
      { ...liquidity, sharesOutstanding: Number.NaN, spread: Number.NaN },
    ).cost;
  } catch (error) {
    if (error instanceof Refusal) return Number.NaN;
    throw error;
  }
}

/** Of the difference to the index, cash as a weight without risk; from the risk model of the forecast. */
function trackingErrors(
  data: IndexData,
  trades: readonly TrackerTrade[],
  until: Day,
): { errors: TrackerRun['trackingError']; findings: readonly Finding[] } {
  const { securities, prices, calendar } = data.market;
  const ids = trades.map(({ id }) => id);
  const industries = new Map(securities.map(({ id, industry }) => [id, industry ?? '']));
  const model = riskModel({
    ids,
    industries: ids.map((id) => industries.get(id) ?? ''),
    prices,
    actions: data.actions,
    levels: data.levels,
    calendar,
    until,
  });
  const yearly = (weights: readonly number[]): number =>
    Math.sqrt(
      DAYS_A_YEAR *
        bookVariance({
          ...model,
          demand: Float64Array.from(weights, (weight, i) => weight - trades[i].weightIndex),
        }),
    );
  return {
    errors: {
      before: yearly(trades.map(({ weightBefore }) => weightBefore)),
      after: yearly(trades.map(({ weightAfter }) => weightAfter)),
    },
    findings: model.findings,
  };
}

const WHY: Readonly<Record<NonNullable<TrackerTrade['stuck']>, string>> = {
  suspended: 'suspended at the swap close; it stays as it is, the others share the rest',
  'limit-up': 'closed at its upper limit; nothing is bought',
  'limit-down': 'closed at its lower limit; nothing is sold',
  'not-sellable': 'part of it may not be sold today (bought today)',
};

function findingsOf(
  review: ReviewRun,
  trades: readonly TrackerTrade[],
  model: readonly Finding[],
): Finding[] {
  const { valuedOn, dates } = review.proForma;
  const unknown = trades.filter(({ impact }) => Number.isNaN(impact));
  return distinctFindings(
    trades.flatMap(({ id, stuck }) =>
      stuck ? [{ code: `not_traded_freely`, subject: id, message: WHY[stuck] }] : [],
    ),
    valuedOn === dates.swap
      ? []
      : [
          {
            code: 'prices_stand_still',
            subject: review.proForma.before.index,
            message: `at the closes of ${formatDay(valuedOn)}, the last known before the swap`,
          },
        ],
    unknown.map(({ id }) => ({
      code: 'impact_unknown',
      subject: id,
      message: 'volume or volatility not known; its impact is not in the cost',
    })),
    [
      {
        code: 'trade_alone',
        subject: review.proForma.before.index,
        message:
          'impact is that of this fund alone, each name in one session; all trackers together move prices further (impact)',
      },
    ],
    model,
    review.proForma.findings,
  );
}

function check({ market }: IndexData, { holdings, cash, keep = 0 }: TrackerRequest): void {
  const known = new Set(market.prices.ids);
  const seen = new Set<SecurityId>();
  const issues = holdings.flatMap(({ id, shares, sellable }, i): Issue[] => {
    const place = `holding ${i + 1}`;
    const twice = seen.has(id);
    seen.add(id);
    return [
      ...(known.has(id)
        ? []
        : [
            bad(`${place}, id`, id, 'a code with closes in the data set; import closes (import prices FILE)'),
          ]),
      ...(twice ? [bad(`${place}, id`, id, 'each code once')] : []),
      ...(Number.isInteger(shares) && shares >= 0
        ? []
        : [bad(`${place}, shares`, shares, 'a whole number of at least 0')]),
      ...(sellable === undefined || (Number.isInteger(sellable) && sellable >= 0 && sellable <= shares)
        ? []
        : [bad(`${place}, sellable`, sellable, 'a whole number from 0 to the shares held')]),
    ];
  });
  if (!Number.isFinite(cash)) issues.push(bad('cash', cash, 'an amount'));
  if (!(keep >= 0 && Number.isFinite(keep))) issues.push(bad('keep', keep, 'an amount of at least 0'));
  if (holdings.length === 0 && !(cash > 0))
    issues.push(bad('holdings', 0, 'at least one, or cash to invest'));
  if (issues.length > 0) throw new InputError('bad_holdings', 'holdings that cannot be', issues);
}

const bad = (path: string, value: unknown, expected: string): Issue => ({
  code: 'bad_holdings',
  path,
  value,
  expected,
});
