/** A schedule: slices, every method beside it, and the frontier, as table, JSON document and sheets. */
import {
  formatDay,
  provenanceOf,
  type IndexData,
  type Language,
  type FrontierPoint,
  type ScheduleRun,
} from '../../core/index.js';
import { money, percent, shareCount } from '../format.js';
import type { Result } from '../output.js';
import { joinParts, renderTable, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { datesJson, findingsJson, headingLines, moneyJson, namingOf } from './shared.js';

const bps = (fraction: number): number => fraction * 1e4;

export function scheduleResult(data: IndexData, run: ScheduleRun, language: Language): Result {
  const { impact, method, slices, chosen, methods, frontier, frontierWithin, findings } = run;
  const { trade, review } = impact;
  const w = (key: WordKey): string => word(key, language);
  const naming = namingOf(data, language);
  const price = trade.value / trade.shares;
  const rows = slices.map(({ day, phase, shares, participation, orders }) => ({
    date: formatDay(day),
    phase,
    shares,
    value: shares * price,
    participation,
    orders: orders.length,
    largestOrder: orders[0],
  }));
  const measures = methods.map((row) => ({
    method: row.method,
    costBps: bps(row.cost),
    trackingErrorBps: bps(row.trackingError),
  }));
  const pointOf = (point: FrontierPoint) => ({
    riskAversion: point.riskAversion,
    costBps: bps(point.cost),
    trackingErrorBps: bps(point.trackingError),
  });
  const points = frontier.map(pointOf);
  return {
    json: {
      security: trade.id,
      index: review.methodology.rulebook.id,
      dates: datesJson(review),
      knownAt: formatDay(review.knownAt),
      method,
      side: trade.side,
      slices: rows.map((row, i) => ({
        ...row,
        value: moneyJson(row.value, data.rulebook.currency),
        orders: slices[i].orders,
      })),
      costBps: bps(chosen.cost),
      trackingErrorBps: bps(chosen.trackingError),
      methods: measures,
      frontier: points,
      ...(frontierWithin && { frontierWithin: frontierWithin.map(pointOf) }),
      provenance: provenanceOf(review),
      findings: findingsJson(findings),
    },
    sheets: [
      { name: 'slices', rows },
      { name: 'methods', rows: measures },
      { name: 'frontier', rows: points },
    ],
    lines: [
      ...headingLines(review, language),
      ...joinParts([
        `${w('schedule')} ${naming.code(trade.id)} ${naming.name(trade.id)} ${money(trade.value, language, true)}`,
        `${w('methodName')} ${method}`,
        `${w('cost')} ${bps(chosen.cost).toFixed(1)} ${w('basisPoints')}`,
        `${w('teWindow')} ${bps(chosen.trackingError).toFixed(1)}`,
      ]),
      '',
      ...sliceLines(rows, language),
      '',
      w('withoutLimits'),
      ...methodLines(measures, language),
    ],
    findings,
  };
}

const right = (title: string): Column => ({ title, align: 'right' });

function sliceLines(
  rows: readonly {
    date: string;
    phase: string;
    shares: number;
    value: number;
    participation: number;
    orders: number;
    largestOrder: number;
  }[],
  language: Language,
): string[] {
  const w = (key: WordKey): string => word(key, language);
  return renderTable(
    [
      { title: w('date'), align: 'left' },
      { title: w('session'), align: 'left' },
      right(w('shares')),
      right(w('value')),
      right(w('sliceVolume')),
      right(w('ordersOf')),
    ],
    rows.map((row) => [
      row.date,
      w(row.phase === 'auction' ? 'auctionPhase' : 'continuousPhase'),
      shareCount(row.shares, language),
      money(row.value, language, true),
      percent(row.participation),
      `${row.orders} x ${row.largestOrder}`,
    ]),
  );
}

function methodLines(
  rows: readonly { method: string; costBps: number; trackingErrorBps: number }[],
  language: Language,
): string[] {
  const w = (key: WordKey): string => word(key, language);
  return renderTable(
    [
      { title: w('methodName'), align: 'left' },
      right(`${w('cost')} ${w('basisPoints')}`),
      right(w('teWindow')),
    ],
    rows.map(({ method, costBps, trackingErrorBps }) => [
      method,
      costBps.toFixed(1),
      trackingErrorBps.toFixed(1),
    ]),
  );
}
