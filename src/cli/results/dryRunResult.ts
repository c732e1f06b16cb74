/** An order tried over history: what its condition saw, when it woke, what came of it. */
import {
  formatDay,
  replayFinding,
  yuanOf,
  type AccountEvent,
  type DryRun,
  type IndexData,
  type Language,
  type OrderRequest,
} from '../../core/index.js';
import type { Result } from '../output.js';
import { word, type WordKey } from '../words/words.js';
import { left, orderLines, right, tableOf } from './ordersResult.js';
import { clockText, conditionText, fillsJson, orderJson } from './orderWords.js';
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
  const findings = [replayFinding(run.fills)];
  const isDay = request.condition?.kind === 'time';
  const rows = run.sights.map(({ session, sight }) => ({
    date: formatDay(session),
    value: sight === undefined || isDay ? null : sight.value,
    threshold: sight === undefined || isDay ? null : sight.threshold,
    met: sight?.met ?? false,
  }));
  const met = rows.filter((row) => row.met);
  const woken = run.events.find((event) => event.kind === 'triggered');
  const woke = woken?.day;
  const wokeAt = woken !== undefined && 'at' in woken && woken.at !== undefined ? clockText(woken.at) : null;
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
      triggeredAt: wokeAt,
      events: run.events.flatMap(eventJson),
      orders: run.orders.map(orderJson),
      fills: fills.map((fill) => ({
        ...fill,
        changeSinceStart: start === null ? null : fill.price / start - 1,
      })),
      findings: findingsJson(findings),
    },
    sheets: [{ name: 'sessions', rows }],
    lines: [
      `${w('dryRun')} ${formatDay(run.from)} ${w('dateTo')} ${formatDay(run.to)}`,
      ...(request.condition === undefined
        ? []
        : [
            ...(rows.length === 0
              ? []
              : [
                  `${conditionText(request.condition) ?? ''}: ${w('sessionsMet')} ${met.length} / ${rows.length}`,
                ]),
            woke === undefined
              ? w('neverWoke')
              : wokeAt === null
                ? `${w('woke')} ${formatDay(woke)}`
                : `${w('wokeAt')} ${formatDay(woke)} ${wokeAt}`,
          ]),
      ...tableOf(
        [left(w('date')), right(w('value')), right(w('threshold'))],
        met.slice(0, SHOWN).map((row) => [row.date, shown(row.value), shown(row.threshold)]),
      ),
      ...orderLines(run.orders, namingOf(data, language), language),
    ],
    findings,
  };
}

const shown = (value: number | null): string => (value === null ? '' : String(Number(value.toFixed(4))));

function eventJson(event: AccountEvent) {
  if (!('order' in event)) return [];
  const order = event.kind === 'placed' ? event.order.id : event.order;
  const reason = event.kind === 'expired' ? event.reason : null;
  const time = 'at' in event && event.at !== undefined ? clockText(event.at) : null;
  return [{ date: formatDay(event.day), time, event: event.kind, order, reason }];
}
