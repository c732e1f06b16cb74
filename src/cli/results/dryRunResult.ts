/** An order tried over history: what its condition saw, when it woke, what came of it. */
import {
  formatDay,
  yuanOf,
  type AccountEvent,
  type DryRun,
  type IndexData,
  type Language,
  type OrderRequest,
} from '../../core/index.js';
import type { Result } from '../output.js';
import { word, type WordKey } from '../words.js';
import { left, orderLines, REPLAY, right, tableOf } from './ordersResult.js';
import { conditionText, fillsJson, orderJson } from './orderWords.js';
import { findingsJson, namingOf } from './shared.js';

/** Sessions shown in the terminal; the sheet has all. */
const SHOWN = 12;

export function dryRunResult(
  data: IndexData,
  request: OrderRequest,
  run: DryRun,
  language: Language,
): Result {
  const w = (key: WordKey): string => word(key, language);
  const isDay = request.condition?.kind === 'time';
  const rows = run.sights.map(({ session, sight }) => ({
    date: formatDay(session),
    value: sight === undefined || isDay ? null : sight.value,
    threshold: sight === undefined || isDay ? null : sight.threshold,
    met: sight?.met ?? false,
  }));
  const met = rows.filter((row) => row.met);
  const woke = run.events.find(({ kind }) => kind === 'triggered')?.day;
  const start = run.startClose === undefined ? null : yuanOf(run.startClose);
  const fills = run.orders.flatMap(fillsJson);
  return {
    json: {
      security: request.security,
      from: formatDay(run.from),
      to: formatDay(run.to),
      when: conditionText(request.condition),
      startClose: start,
      sessions: rows,
      sessionsMet: met.length,
      triggered: woke === undefined ? null : formatDay(woke),
      events: run.events.flatMap(eventJson),
      orders: run.orders.map(orderJson),
      fills: fills.map((fill) => ({
        ...fill,
        changeSinceStart: start === null ? null : fill.price / start - 1,
      })),
      findings: findingsJson([REPLAY]),
    },
    sheets: [{ name: 'sessions', rows }],
    lines: [
      `${w('dryRun')} ${formatDay(run.from)} ${w('dateTo')} ${formatDay(run.to)}`,
      ...(request.condition === undefined
        ? []
        : [
            `${conditionText(request.condition) ?? ''}: ${w('sessionsMet')} ${met.length} / ${rows.length}`,
            woke === undefined ? w('neverWoke') : `${w('woke')} ${formatDay(woke)}`,
          ]),
      ...tableOf(
        [left(w('date')), right(w('value')), right(w('threshold'))],
        met.slice(0, SHOWN).map((row) => [row.date, shown(row.value), shown(row.threshold)]),
      ),
      ...orderLines(run.orders, namingOf(data, language), language),
    ],
    findings: [REPLAY],
  };
}

const shown = (value: number | null): string => (value === null ? '' : String(Number(value.toFixed(4))));

function eventJson(event: AccountEvent) {
  if (!('order' in event)) return [];
  const order = event.kind === 'placed' ? event.order.id : event.order;
  const reason = event.kind === 'expired' ? event.reason : null;
  return [{ date: formatDay(event.day), event: event.kind, order, reason }];
}
