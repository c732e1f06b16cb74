/** Forced flows and their comparison with published estimates, as table, JSON document and sheets. */
import {
  formatDay,
  provenanceOf,
  type ComparisonRow,
  type FlowOnDay,
  type Flows,
  type IndexData,
  type Language,
  type ReviewRun,
  type SecurityId,
  type Trade,
} from '../../core/index.js';
import { daysToTrade, money, percent, points, shareCount } from '../format.js';
import type { ExportRow, Result } from '../output.js';
import { renderTable, wrap, type Column } from '../table.js';
import { word } from '../words/words.js';
import { datesJson, findingsJson, headingLines, moneyJson, namingOf, type Naming } from './shared.js';

/** Flows of a review with what belongs beside them. */
export interface FlowsView {
  readonly flows: Flows;
  /** The security whose cut is followed day by day: the largest sale. */
  readonly focus: SecurityId;
  readonly history: readonly FlowOnDay[];
  readonly comparison: readonly ComparisonRow[];
}

export function flowsResult(data: IndexData, run: ReviewRun, view: FlowsView, language: Language): Result {
  const naming = namingOf(data, language);
  const { flows } = view;
  return {
    json: {
      ...flowsJson(data, run, view),
      provenance: provenanceOf(run),
      findings: findingsJson(flows.findings),
    },
    sheets: [
      { name: 'trades', rows: flows.trades.map((trade) => tradeRow(trade, flows, naming)) },
      { name: 'comparison', rows: view.comparison.map(comparisonRow) },
      // Excel keeps the name `History` for itself.
      { name: 'by day', rows: view.history.map(historyRow) },
    ],
    lines: [
      ...headingLines(run, language),
      ...assetsLines(flows, run, language),
      '',
      ...tradeLines(flows.trades, naming, language),
      ...(view.comparison.length > 0 ? ['', ...comparisonLines(view, naming, language)] : []),
      ...(view.history.length > 0 ? ['', ...historyLines(view, naming, language)] : []),
    ],
    findings: flows.findings,
  };
}

export function flowsJson(data: IndexData, run: ReviewRun, view: FlowsView): Record<string, unknown> {
  const naming = namingOf(data, 'en');
  const { flows } = view;
  const { currency, amount, asOf, range, source, scope, feeders } = flows.assets;
  return {
    index: run.methodology.rulebook.id,
    dates: datesJson(run),
    knownAt: formatDay(run.knownAt),
    trackedAssets: { amount, currency, asOf: formatDay(asOf), range, source, scope, feeders },
    turnoverOneWay: run.proForma.turnoverOneWay,
    grossOneWay: moneyJson(flows.grossOneWay, currency),
    trades: flows.trades.map((trade) => ({
      id: trade.id,
      name: naming.nameZh(trade.id),
      nameEn: naming.nameEn(trade.id),
      nameShort: naming.name(trade.id),
      side: trade.side,
      shares: trade.shares,
      value: moneyJson(trade.value, currency),
      valueRange: trade.valueRange.map((value) => moneyJson(value, currency)),
      weightBefore: trade.weightBefore,
      weightAfter: trade.weightAfter,
      adv20Value: moneyJson(trade.adv20Value, currency),
      daysToTrade: trade.daysToTrade,
    })),
    comparison: view.comparison.map((row) => ({
      who: row.who,
      date: formatDay(row.knownOn),
      id: view.focus,
      publishedValue: moneyJson(row.publishedValue, currency),
      method: row.method.en,
      methodZh: row.method.zh,
      recomputed: row.recomputed === undefined ? null : moneyJson(row.recomputed, currency),
      derivable: row.derivable,
      oursThatDay: moneyJson(row.oursThatDay, currency),
      ours: moneyJson(row.oursAtClose, currency),
    })),
    history: view.history.map((day) => ({
      id: view.focus,
      date: formatDay(day.day),
      close: day.close,
      weight: day.weight,
      naiveCut: day.naiveCut,
      ruleCut: day.ruleCut,
      naiveValue: moneyJson(day.naiveCut * amount, currency),
      ruleValue: moneyJson(day.ruleCut * amount, currency),
    })),
  };
}

export function assetsLines(flows: Flows, run: ReviewRun, language: Language): string[] {
  const { assets } = flows;
  const [low, high] = assets.range.map((amount) => money(amount, language));
  const range = low === high ? '' : `, ${word('range', language)} ${low} - ${high}`;
  return wrap(
    `${word('oneWay', language)} ${percent(run.proForma.turnoverOneWay)} % = ${money(flows.grossOneWay, language)} | ` +
      `${word('assets', language)} ${money(assets.amount, language)} ${assets.currency} (${assets.scope}, ${formatDay(assets.asOf)})` +
      `${range}, ${word('source', language)} ${assets.source}`,
  );
}

function tradeLines(trades: readonly Trade[], naming: Naming, language: Language): string[] {
  const w = (key: Parameters<typeof word>[0]): string => word(key, language);
  const right = (title: string): Column => ({ title, align: 'right' });
  return renderTable(
    [
      { title: w('code'), align: 'left' },
      { title: w('member'), align: 'left', maxWidth: 20, shrinks: true },
      right(w('before')),
      right(w('after')),
      right(w('change')),
      right(w('shares')),
      right(w('value')),
      right(w('adv20')),
      right(w('days')),
    ],
    trades.map((trade) => [
      naming.code(trade.id),
      naming.name(trade.id),
      percent(trade.weightBefore),
      percent(trade.weightAfter),
      points(trade.weightAfter - trade.weightBefore),
      shareCount(trade.shares, language),
      money(trade.value, language, true),
      money(trade.adv20Value, language),
      daysToTrade(trade.daysToTrade),
    ]),
  );
}

/** Each published figure beside ours, then how it comes about. */
export function comparisonLines(view: FlowsView, naming: Naming, language: Language): string[] {
  const right = (title: string): Column => ({ title, align: 'right' });
  const table = renderTable(
    [
      { title: word('who', language), align: 'left', shrinks: true },
      right(word('figure', language)),
      right(word('oursThatDay', language)),
      right(word('ours', language)),
      { title: word('arithmetic', language), align: 'left' },
    ],
    view.comparison.map((row) => [
      row.who,
      money(row.publishedValue, language),
      money(row.oursThatDay, language),
      money(row.oursAtClose, language),
      row.derivable ? row.method[language] : word('notDerivable', language),
    ]),
  );
  const long = view.comparison
    .filter((row) => !row.derivable)
    .flatMap((row) => wrap(`${row.who}: ${row.method[language]}`));
  return [
    ...wrap(`${word('printed', language)} (${naming.name(view.focus)})${word('printedHow', language)}`),
    ...table,
    ...long,
  ];
}

function historyLines(view: FlowsView, naming: Naming, language: Language): string[] {
  const right = (title: string): Column => ({ title, align: 'right' });
  const { amount } = view.flows.assets;
  return [
    ...wrap(`${word('flowOnDay', language)}: ${naming.name(view.focus)}, ${money(amount, language)}`),
    ...renderTable(
      [
        { title: word('date', language), align: 'left' },
        right(word('close', language)),
        right(`${word('weight', language)} %`),
        right(word('naive', language)),
        right(word('value', language)),
        right(word('ruleCut', language)),
        right(word('value', language)),
      ],
      view.history.map((day) => [
        formatDay(day.day),
        day.close.toFixed(2),
        percent(day.weight),
        points(day.naiveCut),
        money(day.naiveCut * amount, language),
        points(day.ruleCut),
        money(day.ruleCut * amount, language),
      ]),
    ),
  ];
}

function tradeRow(trade: Trade, flows: Flows, naming: Naming): ExportRow {
  return {
    id: trade.id,
    name: naming.nameZh(trade.id),
    name_en: naming.nameEn(trade.id),
    side: trade.side,
    shares: trade.shares,
    value: trade.value,
    value_low_assets: trade.valueRange[0],
    value_high_assets: trade.valueRange[1],
    currency: flows.assets.currency,
    weight_before: trade.weightBefore,
    weight_after: trade.weightAfter,
    adv20_value: trade.adv20Value,
    days_to_trade: trade.daysToTrade,
  };
}

function comparisonRow(row: ComparisonRow): ExportRow {
  return {
    who: row.who,
    date: formatDay(row.knownOn),
    published_value: row.publishedValue,
    recomputed: row.recomputed ?? null,
    derivable: row.derivable,
    ours_that_day: row.oursThatDay,
    ours_at_close: row.oursAtClose,
    method: row.method.en,
  };
}

function historyRow(day: FlowOnDay): ExportRow {
  return {
    date: formatDay(day.day),
    close: day.close,
    weight: day.weight,
    naive_cut: day.naiveCut,
    rule_cut: day.ruleCut,
  };
}
