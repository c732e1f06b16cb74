/** A tracker's trade list for a review as table, JSON document and sheets. */
import {
  provenanceOf,
  type IndexData,
  type Language,
  type TrackerRun,
  type TrackerTrade,
} from '../../core/index.js';
import { formatDay } from '../../core/index.js';
import { money, percent, wholeMoney } from '../format.js';
import type { ExportRow, Result } from '../output.js';
import { joinParts, renderTable, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { datesJson, findingsJson, headingLines, moneyJson, namingOf } from './shared.js';

const bps = (fraction: number): number => fraction * 1e4;

/** Trades printed of each side; the JSON and the sheets have all. */
const PRINTED = 6;

export function trackerResult(data: IndexData, run: TrackerRun, language: Language): Result {
  const { review, trades, cost, trackingError, findings } = run;
  const { currency } = data.rulebook;
  const m = (amount: number) => moneyJson(amount, currency);
  return {
    json: {
      index: review.methodology.rulebook.id,
      dates: datesJson(review),
      knownAt: formatDay(review.knownAt),
      fundValue: m(run.fundValue),
      cashBefore: m(run.cashBefore),
      cashAfter: m(run.cashAfter),
      trades: trades.map((trade) => ({
        ...trade,
        value: m(trade.value),
        fees: m(trade.fees),
        impactBps: orNull(bps(trade.impact)),
        impact: undefined,
        stuck: trade.stuck ?? null,
      })),
      turnoverOneWay: run.turnoverOneWay,
      cost: {
        impact: m(cost.impact),
        fees: m(cost.fees),
        bps: bps((cost.impact + cost.fees) / run.fundValue),
      },
      trackingError: { ...trackingError, annualised: true },
      provenance: provenanceOf(review),
      findings: findingsJson(findings),
    },
    sheets: [{ name: 'trades', rows: trades.map(sheetRow) }],
    lines: [
      ...headingLines(review, language),
      ...headLines(run, language),
      '',
      ...tradeLines(data, trades, language),
    ],
    findings,
  };
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

function sheetRow(trade: TrackerTrade): ExportRow {
  return {
    id: trade.id,
    held: trade.held,
    shares: trade.shares,
    price: trade.price,
    value: trade.value,
    orders: trade.orders.length,
    largestOrder: trade.orders[0] ?? 0,
    weightBefore: trade.weightBefore,
    weightAfter: trade.weightAfter,
    weightIndex: trade.weightIndex,
    fees: trade.fees,
    impactBps: bps(trade.impact),
    stuck: trade.stuck ?? '',
  };
}

function headLines(run: TrackerRun, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const { fundValue, cashBefore, cashAfter, turnoverOneWay, cost, trackingError } = run;
  const inBps = (amount: number): string => `${bps(amount / fundValue).toFixed(1)} ${w('basisPoints')}`;
  return joinParts([
    `${w('fund')} ${money(fundValue, language)}`,
    `${w('cash')} ${wholeMoney(cashBefore)} -> ${wholeMoney(cashAfter)}`,
    `${w('oneWay')} ${percent(turnoverOneWay)} %`,
    `${w('partImpact')} ${inBps(cost.impact)}`,
    `${w('partFees')} ${inBps(cost.fees)}`,
    `${w('teYearly')} ${percent(trackingError.before)} -> ${percent(trackingError.after)} %`,
  ]);
}

const right = (title: string): Column => ({ title, align: 'right' });

function tradeLines(data: IndexData, trades: readonly TrackerTrade[], language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const naming = namingOf(data, language);
  const sides = [
    trades.filter(({ shares }) => shares < 0),
    trades.filter(({ shares }) => shares > 0),
    trades.filter(({ shares, stuck }) => shares === 0 && stuck !== undefined),
  ];
  const left = sides.reduce((total, side) => total + Math.max(0, side.length - PRINTED), 0);
  return [
    ...renderTable(
      [
        { title: w('code'), align: 'left' },
        { title: w('member'), align: 'left', maxWidth: 16, shrinks: true },
        right(w('shares')),
        right(w('value')),
        right(w('ordersOf')),
        right(w('fundBefore')),
        right(w('fundAfter')),
        right(w('indexAfter')),
        right(`${w('cost')} ${w('basisPoints')}`),
      ],
      sides
        .flatMap((side) => side.slice(0, PRINTED))
        .map((trade) => [
          naming.code(trade.id),
          naming.name(trade.id),
          wholeMoney(trade.shares),
          money(trade.value, language, true),
          trade.orders.length === 0 ? (trade.stuck ?? '-') : `${trade.orders.length} x ${trade.orders[0]}`,
          ...[trade.weightBefore, trade.weightAfter, trade.weightIndex].map(percent),
          Number.isNaN(trade.impact) ? '-' : bps(trade.impact).toFixed(1),
        ]),
    ),
    ...(left > 0 ? [`${w('furtherTrades')} ${left}`] : []),
  ];
}
