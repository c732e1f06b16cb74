/** The readings of a rulebook's ambiguous clauses: weights, money, and which one the published levels support. */
import {
  formatDay,
  provenanceOf,
  type Flows,
  type IndexData,
  type Language,
  type ReadingRun,
  type SecurityId,
} from '../../core/index.js';
import { money, percent } from '../format.js';
import type { ExportRow, Result } from '../output.js';
import { renderTable, wrap, type Column } from '../table.js';
import { word } from '../words/words.js';
import { byWeightAfter } from './reviewResult.js';
import { datesJson, findingsJson, headingLines, moneyJson, namingOf } from './shared.js';

interface ReadingView {
  readonly reading: ReadingRun;
  readonly flows: Flows;
}

/** Flow of each security under a reading less its flow under the default of the same clause. */
function differences(view: ReadingView, views: readonly ReadingView[]): { id: SecurityId; value: number }[] {
  const standard = views.find(({ reading }) => reading.clause === view.reading.clause && reading.isDefault);
  const before = new Map(standard?.flows.trades.map((trade) => [trade.id, trade.value]));
  return view.flows.trades
    .map((trade) => ({ id: trade.id, value: trade.value - (before.get(trade.id) ?? 0) }))
    .filter(({ value }) => Math.abs(value) >= 1)
    .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

export function readingsResult(data: IndexData, views: readonly ReadingView[], language: Language): Result {
  const [first] = views;
  const base = first.reading.run;
  const { currency } = first.flows.assets;
  const json = {
    index: base.methodology.rulebook.id,
    dates: datesJson(base),
    knownAt: formatDay(base.knownAt),
    trackedAssets: moneyJson(first.flows.assets.amount, currency),
    readings: views.map((view) => ({
      clause: view.reading.clause,
      name: view.reading.name,
      default: view.reading.isDefault,
      ruleBased: view.reading.run.review.ruleBased,
      constituents: byWeightAfter(view.reading.run.proForma.members).map((m) => ({
        id: m.id,
        weightBefore: m.weightBefore,
        weightAtPricing: m.weightAtPricing,
        weightAfter: m.weightAfter,
        boundBy: m.boundBy,
      })),
      flowDifference: differences(view, views).map(({ id, value }) => ({
        id,
        value: moneyJson(value, currency),
      })),
      levelError: view.reading.evidence.map(({ pricedOn, fit }) => ({
        pricedOn: formatDay(pricedOn),
        sessions: fit.days,
        largest: fit.largestError,
        largestOn: formatDay(fit.largestErrorOn),
        rms: fit.rms,
      })),
    })),
    provenance: provenanceOf(base),
    findings: findingsJson(first.flows.findings),
  };
  return {
    json,
    sheets: sheetsOf(views),
    lines: linesOf(data, views, language),
    findings: first.flows.findings,
  };
}

function linesOf(data: IndexData, views: readonly ReadingView[], language: Language): string[] {
  const base = views[0].reading.run;
  const lines = headingLines(base, language);
  for (const clause of new Set(views.map(({ reading }) => reading.clause))) {
    const group = views.filter(({ reading }) => reading.clause === clause);
    lines.push(
      '',
      clause,
      ...readingTable(data, group, language),
      ...evidenceTable(group, language),
      ...wordings(group, language),
    );
  }
  return lines;
}

/** The names whose weight differs most between readings, one column each; or what the rules select. */
function readingTable(data: IndexData, group: readonly ReadingView[], language: Language): string[] {
  const naming = namingOf(data, language);
  const standard = group.find(({ reading }) => reading.isDefault) ?? group[0];
  const named = new Set(
    group.flatMap((view) =>
      differences(view, group)
        .slice(0, 5)
        .map(({ id }) => id),
    ),
  );
  const ids = byWeightAfter(standard.reading.run.proForma.members)
    .map((m) => m.id)
    .filter((id) => named.has(id))
    .slice(0, 5);
  const right = (title: string): Column => ({ title, align: 'right' });
  if (ids.length === 0) {
    return renderTable(
      [
        { title: word('reading', language), align: 'left' },
        { title: word('ruleBased', language), align: 'left' },
      ],
      group.map(({ reading }) => {
        const { additions, deletions } = reading.run.review.ruleBased;
        return [
          title(reading, language),
          [...additions.map((id) => `+${id}`), ...deletions.map((id) => `-${id}`)].join(' '),
        ];
      }),
    );
  }
  const rows = group.map((view) => {
    const weight = new Map(view.reading.run.proForma.members.map((m) => [m.id, m.weightAfter]));
    const value = new Map(view.flows.trades.map((trade) => [trade.id, trade.value]));
    const [largest] = ids;
    const against =
      (value.get(largest) ?? 0) - (standard.flows.trades.find(({ id }) => id === largest)?.value ?? 0);
    return [
      title(view.reading, language),
      ...ids.map((id) => percent(weight.get(id) ?? 0)),
      money(value.get(largest) ?? 0, language, true),
      money(against, language, true),
    ];
  });
  return renderTable(
    [
      { title: `${word('reading', language)} | ${word('weightsAfter', language)}`, align: 'left' },
      ...ids.map((id) => ({ ...right(naming.name(id)), shrinks: true })),
      { ...right(`${word('value', language)} ${naming.name(ids[0])}`), shrinks: true },
      right(word('flowDifference', language)),
    ],
    rows,
  );
}

function evidenceTable(group: readonly ReadingView[], language: Language): string[] {
  const [first] = group;
  if (first.reading.evidence.length === 0) return [];
  const { days } = first.reading.evidence[0].fit;
  const columns: Column[] = [
    { title: word('reading', language), align: 'left' },
    ...first.reading.evidence.map(({ pricedOn }): Column => ({ title: formatDay(pricedOn), align: 'right' })),
  ];
  const rows = group.map(({ reading }) => [
    title(reading, language),
    ...reading.evidence.map(({ fit }) => fit.largestError.toFixed(3)),
  ]);
  const over = language === 'zh' ? `，${days}个交易日` : `, over ${days} sessions`;
  return ['', ...wrap(word('evidence', language) + over), ...renderTable(columns, rows)];
}

function wordings(group: readonly ReadingView[], language: Language): string[] {
  const { methodology } = group[0].reading.run;
  const clause = Object.values(methodology.clauses)
    .flat()
    .find(({ id }) => id === group[0].reading.clause);
  return group.flatMap(({ reading }) => {
    const option = clause?.readings[reading.name];
    return option ? wrap(`${reading.name}: ${option[language]} [${option.confidence}]`) : [];
  });
}

const title = (reading: ReadingRun, language: Language): string =>
  reading.isDefault ? `${reading.name} (${word('default', language)})` : reading.name;

function sheetsOf(views: readonly ReadingView[]): Result['sheets'] {
  const rows: ExportRow[] = views.flatMap((view) => {
    const difference = new Map(differences(view, views).map(({ id, value }) => [id, value]));
    return view.flows.trades.map((trade) => ({
      clause: view.reading.clause,
      reading: view.reading.name,
      id: trade.id,
      weight_after: trade.weightAfter,
      value: trade.value,
      against_default: difference.get(trade.id) ?? 0,
    }));
  });
  const evidence: ExportRow[] = views.flatMap(({ reading }) =>
    reading.evidence.map(({ pricedOn, fit }) => ({
      clause: reading.clause,
      reading: reading.name,
      priced_on: formatDay(pricedOn),
      sessions: fit.days,
      largest_error: fit.largestError,
      rms: fit.rms,
    })),
  );
  return [
    { name: 'readings', rows },
    { name: 'evidence', rows: evidence },
  ];
}
