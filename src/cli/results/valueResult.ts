/** What a price implies as table, JSON document and sheets; every figure with its formula and inputs. */
import {
  figureWord,
  type BaseRate,
  formatDay,
  formatPeriod,
  periodWords,
  inputsOf,
  type Composed,
  type DailySeries,
  type Day,
  type Derivation,
  type Figure,
  type Language,
  type ValueRun,
} from '../../core/index.js';
import { money, percent } from '../format.js';
import type { ExportRow, Result } from '../output.js';
import { joinParts, renderTable, wrap, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { findingsJson, moneyJson, sourcesOf } from './shared.js';

export function valueResult(run: ValueRun, language: Language): Result {
  const { company, request, price, marketValue, band, implied, path, findings } = run;
  return {
    json: {
      id: company.id,
      name: { en: company.nameEn, zh: company.nameZh },
      at: formatDay(request.at),
      price: {
        ...moneyJson(price.value, company.currency),
        asOf: price.asOf,
        quality: price.quality,
        source: price.source,
      },
      marketValue: marketValue
        ? { ...moneyJson(marketValue.amount, company.currency), inputs: marketValue.inputs }
        : null,
      ttm: ttmJson(run),
      peTtm: run.multiples[0].value ?? null,
      multiples: run.multiples.map(figureJson),
      vendor: run.vendor
        ? {
            pe: run.vendor.value,
            asOf: formatDay(run.vendor.day),
            impliedProfit: run.vendor.profit ?? null,
            source: VENDOR,
          }
        : null,
      history: {
        own: { ...seriesJson(run.history), source: OWN_HISTORY },
        vendor: { ...seriesJson(run.vendorHistory), source: VENDOR },
        band: band
          ? { ...band, from: formatDay(band.from), to: formatDay(band.to), source: OWN_HISTORY }
          : null,
      },
      peers: run.peers.map(({ day, pe, ...peer }) => ({
        ...peer,
        asOf: formatDay(day),
        pe: pe.value ?? null,
        figure: figureJson(pe),
      })),
      assumptions: request.assumptions,
      impliedGrowth: implied
        ? {
            earnings: run.netProfit?.value ?? null,
            value: marketValue?.amount ?? price.value,
            ...implied,
          }
        : null,
      impliedPath: path
        ? {
            sales: run.revenue?.value ?? null,
            forecastYears: path.forecastYears ?? null,
            swings: path.swings,
            targetMargin: path.targetMargin ?? null,
            salesAtMarginOfToday: path.sales ?? null,
          }
        : null,
      baseRates: run.baseRates.map(({ match, rate }) => ({
        match,
        ...rate,
        salesTo: Number.isFinite(rate.salesTo) ? rate.salesTo : null,
        source: BASE_RATES,
      })),
      guidance: run.guidance
        ? {
            year: run.guidance.year,
            low: moneyJson(run.guidance.low, run.guidance.unit),
            high: moneyJson(run.guidance.high, run.guidance.unit),
            knownSince: formatDay(run.guidance.usableFrom),
            source: run.guidance.source,
          }
        : null,
      scenarios: run.scenarios,
      compression: run.compression,
      derived: DERIVED,
      provenance: run.provenance,
      findings: findingsJson(findings),
    },
    sheets: [
      { name: 'multiples', rows: run.multiples.flatMap(figureRows) },
      { name: 'scenarios', rows: scenarioRows(run) },
      {
        name: 'past',
        rows: [...run.history.day].map((day, i) => ({
          date: formatDay(day as Day),
          pe: run.history.value[i],
          source: OWN_HISTORY,
        })),
      },
    ],
    lines: linesOf(run, language),
    findings,
  };
}

/** Tables of numbers that are not figures of a report. */
const VENDOR = 'vendor_pe.parquet';
const OWN_HISTORY = 'bars.parquet x shares.csv / statements.csv';
const BASE_RATES = 'base_rates.csv: M. Mauboussin, The Base Rate Book, Credit Suisse, 2016';

const DERIVED: Readonly<Record<string, Derivation>> = {
  peTtm: { formula: 'the first of the multiples', from: ['multiples'] },
  impliedGrowth: {
    formula: 'the growth at which the discounted earnings are worth the price',
    from: ['ttm', 'price', 'marketValue', 'assumptions'],
  },
  impliedPath: {
    formula: 'the years of growth, the margin and the sales at which the cash flow is worth the price',
    from: ['ttm', 'price', 'marketValue', 'assumptions'],
  },
  scenarios: {
    formula: 'profit = sales x margin; price = multiple x profit / shares; return = price / close - 1',
    from: ['guidance', 'price', 'marketValue'],
  },
  compression: {
    formula: 'M / (1 + g)^n; return = (exit (1 + g)^n / M)^(1/n) - 1',
    from: ['multiples', 'assumptions'],
  },
};

/** A figure as every document of this kind writes it. */
const figureJson = ({ value, why, missing, ...figure }: Figure): Record<string, unknown> => ({
  ...figure,
  value: value ?? null,
  why: why ?? null,
  missing: missing ?? null,
});

function ttmJson({ netProfit, revenue, company }: ValueRun): Record<string, unknown> | null {
  const latest = netProfit ?? revenue;
  if (latest === undefined) return null;
  const amount = (flow: Composed | undefined) =>
    flow ? { ...moneyJson(flow.value, company.currency), inputs: inputsOf(flow) } : null;
  return {
    netProfit: amount(netProfit),
    revenue: amount(revenue),
    asOfPeriod: formatPeriod(latest.asOfPeriod),
    periodEnd: formatDay(latest.periodEnd),
    knownSince: formatDay(latest.knownSince),
  };
}

const seriesJson = ({ day, value }: DailySeries) => ({
  days: [...day].map((one) => formatDay(one as Day)),
  values: [...value].map((one) => (Number.isNaN(one) ? null : one)),
});

/** One row per input, so that a spreadsheet can work the figure out again. */
function figureRows({ id, value, unit, formula, inputs, why }: Figure): ExportRow[] {
  const head = { figure: id, value: value ?? Number.NaN, unit, formula, why: why?.en ?? '' };
  const empty = {
    input: '',
    amount: Number.NaN,
    inputUnit: '',
    asOf: '',
    knownSince: '',
    quality: '',
    source: '',
  };
  if (inputs.length === 0) return [{ ...head, ...empty }];
  return inputs.map((one) => ({
    ...head,
    input: one.name,
    amount: one.value,
    inputUnit: one.unit,
    asOf: one.asOf,
    knownSince: one.knownSince,
    quality: one.quality,
    source: one.source,
  }));
}

const scenarioRows = ({ scenarios, guidance, marketValue }: ValueRun): ExportRow[] => {
  const source = sourcesOf([...(guidance ? [guidance] : []), ...(marketValue?.inputs ?? [])]);
  return scenarios.flatMap(({ sales, margin, profit, multipleNow, at }) =>
    at.map(({ multiple, price, return: gained }) => ({
      sales,
      margin,
      profit,
      multipleNow,
      multiple,
      price,
      return: gained,
      source,
    })),
  );
};

/** A multiple to be read: 520.1, 50.7, 4,417. */
const times = (value: number | undefined): string =>
  value === undefined ? '-' : `${value.toFixed(value >= 1000 ? 0 : 1)}x`;

function figureText({ value, unit }: Figure): string {
  return unit === 'fraction' && value !== undefined ? `${percent(value)} %` : times(value);
}

function linesOf(run: ValueRun, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const { company, request, price, marketValue, netProfit, revenue } = run;
  const name = language === 'zh' ? company.nameZh : company.nameEn;
  return [
    ...joinParts([
      `${w('valueOf')} ${company.id} ${name}`,
      `${w('asOf')} ${formatDay(request.at)}`,
      `${w('price')} ${price.value.toFixed(2)} ${company.currency}`,
      ...(marketValue ? [money(marketValue.amount, language)] : []),
    ]),
    ...(netProfit ? joinParts(trailingParts(netProfit, revenue, language)) : []),
    '',
    ...multipleLines(run, language),
    ...historyLines(run, language),
    ...peerLines(run, language),
    ...impliedLines(run, language),
    ...scenarioLines(run, language),
    ...compressionLines(run, language),
  ];
}

function trailingParts(profit: Composed, sales: Composed | undefined, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const [{ fact }] = profit.terms;
  const amount = fact.metric.startsWith('eps') ? profit.value.toFixed(2) : money(profit.value, language);
  return [
    `${w('trailing')} ${formatDay(profit.periodEnd)} (${periodWords(profit.asOfPeriod)}): ${figureWord(fact.metric, language)} ${amount}`,
    ...(sales ? [`${figureWord('revenue', language)} ${money(sales.value, language)}`] : []),
    `${w('knownSinceDay')} ${formatDay(profit.knownSince)}`,
  ];
}

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

function multipleLines({ multiples }: ValueRun, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  return renderTable(
    [left(w('multiples')), right(''), { title: w('whyNone'), align: 'left', shrinks: true }],
    multiples.map((figure) => [
      figureWord(figure.id, language),
      figureText(figure),
      figure.why?.[language] ?? '',
    ]),
  );
}

function historyLines({ band, vendor }: ValueRun, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const past = band
    ? joinParts([
        `${w('ranked')} ${formatDay(band.from)}: ${(100 * band.rank).toFixed(0)} % ${w('belowToday')}`,
        `5 % ${times(band.p05)}`,
        `50 % ${times(band.p50)}`,
        `95 % ${times(band.p95)}`,
      ])
    : [];
  const printed = vendor ? [`${w('vendorSays')} ${times(vendor.value)} (${formatDay(vendor.day)})`] : [];
  return [...past, ...printed];
}

function peerLines({ peers, multiples }: ValueRun, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  if (peers.length === 0) return [];
  const own = multiples[0].value;
  const rows = peers.map((peer) => [
    peer.id,
    language === 'zh' ? peer.name.zh : peer.name.en,
    formatDay(peer.day),
    times(peer.pe.value),
    own !== undefined && peer.pe.value !== undefined
      ? `${(own / peer.pe.value).toFixed(own < peer.pe.value ? 3 : 1)}`
      : '-',
    peer.vendor ? w('printedBy') : '',
  ]);
  const columns = [
    left(w('peers')),
    left(''),
    left(w('asOf')),
    right('P/E'),
    right(w('timesAsMuch')),
    left(''),
  ];
  return ['', ...renderTable(columns, rows)];
}

const percentOf = (fraction: number | undefined): string =>
  fraction === undefined ? '-' : `${(100 * fraction).toFixed(1)}`;

function impliedLines({ implied, path, baseRates, request }: ValueRun, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  if (implied === undefined) return [];
  const { assumptions } = request;
  const stages = implied.twoStage.map(
    ({ years, growth }) => `${years} ${w('yearShort')} ${percentOf(growth)}`,
  );
  const sold = implied.exitMultiple.map(
    ({ years, growth }) => `${years} ${w('yearShort')} ${percentOf(growth)}`,
  );
  return [
    '',
    `${w('implied')} (r ${percentOf(assumptions.requiredReturn)} %)`,
    ...joinParts([
      `  ${w('forEver')} ${percentOf(implied.perpetuity)}`,
      ...stages.map((one) => `${one}, ${w('twoStageGrowth')} ${percentOf(assumptions.terminalGrowth)}`),
      ...sold.map((one) => `${one}, ${w('exitGrowth')} ${assumptions.exitMultiple}x`),
    ]),
    ...(path
      ? joinParts([
          `  ${w('forecastPeriod')} (${percentOf(assumptions.growth)} %): ${path.forecastYears?.toFixed(1) ?? w('neverPaid')}`,
          `${w('targetMargin')}: ${path.targetMargin === undefined ? w('notReached') : `${percentOf(path.targetMargin)} %`}`,
          `${w('salesNeeded')}: ${path.sales === undefined ? w('notReached') : `${money(path.sales.sales, language)} (${percentOf(path.sales.growth)} %)`}`,
          ...(path.swings[0] ? [`${w('swingsOf')}: ${figureWord(path.swings[0].driver, language)}`] : []),
        ])
      : []),
    ...baseRates.flatMap(({ rate }) =>
      wrap(
        `  ${w('baseRate')}: ${percentOf(rate.share)} % ${w('baseRateOf')} ${percentOf(rate.growth)} % x ${rate.years} ${w('yearShort')} (${sizeText(rate, language)})`,
      ),
    ),
  ];
}

/** Sales at the start of a base rate, `1.25 bn - 2.00 bn USD`. */
function sizeText({ salesFrom, salesTo }: BaseRate, language: Language): string {
  const to = Number.isFinite(salesTo) ? ` - ${money(salesTo, language)}` : ' +';
  return `${money(salesFrom, language)}${to} USD`;
}

function scenarioLines({ scenarios }: ValueRun, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  if (scenarios.length === 0) return [];
  const multiples = scenarios[0].at.map(({ multiple }) => multiple);
  const columns = [
    right(figureWord('revenue', language)),
    right(`${w('atTheMargin')} %`),
    right(figureWord('net_profit_attributable', language)),
    right('P/E'),
    ...multiples.map((multiple) => right(`${w('scenarioPrice')} ${multiple}x`)),
  ];
  const rows = scenarios.map(({ sales, margin, profit, multipleNow, at }) => [
    money(sales, language),
    percentOf(margin),
    money(profit, language),
    times(multipleNow),
    ...at.map(({ price, return: gained }) => `${price.toFixed(0)} (${(100 * gained).toFixed(0)} %)`),
  ]);
  return ['', w('scenarios'), ...renderTable(columns, rows)];
}

function compressionLines({ compression, request }: ValueRun, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  if (compression.length === 0) return [];
  const columns = [
    right(`${w('growthTo')} %`),
    ...compression[0].after.map(({ years }) => right(`${years} ${w('yearShort')}`)),
  ];
  const rows = compression.map(({ growth, after }) => [
    percentOf(growth),
    ...after.map(({ multiple, returnAtExit }) => `${times(multiple)} (${percentOf(returnAtExit)} %)`),
  ]);
  return ['', `${w('compression')} ${request.assumptions.exitMultiple}x`, ...renderTable(columns, rows)];
}
