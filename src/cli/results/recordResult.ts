/** The record and its scores as table, JSON document and sheets. */
import {
  carriedTotals,
  crps,
  ENGINE_VERSION,
  flowFan,
  forecastsOf,
  formatDay,
  quantilesOf,
  Refusal,
  securityId,
  type Day,
  type SecurityId,
  type Finding,
  type IndexData,
  type Language,
  type RecordedOutcome,
  type RecordEntry,
  type PublishedAssets,
  type ReviewScores,
} from '../../core/index.js';
import { money, percent } from '../format.js';
import type { ExportRow, Result } from '../output.js';
import { renderTable, wrap, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import type { FanChart } from './fanChart.js';
import { findingsJson, moneyJson, namingOf } from './shared.js';

export function recordListResult(
  index: string,
  entries: readonly RecordEntry[],
  torn: number,
  language: Language,
): Result {
  const rows = entries.map((entry): ExportRow => ({
    kind: entry.kind,
    effective: formatDay(entry.effective),
    knownAt: formatDay(entry.knownAt),
    uncertain: entry.kind === 'forecast' ? entry.chances.length : null,
    paths: entry.kind === 'forecast' ? entry.paths : null,
    seed: entry.kind === 'forecast' ? entry.seed : null,
    engine: entry.engine,
  }));
  const findings = tornFinding(torn);
  const columns: readonly WordKey[] = ['kind', 'effective', 'knownAt', 'uncertain', 'paths'];
  return {
    json: { index, entries, provenance: recordProvenance(index), findings: findingsJson(findings) },
    sheets: [{ name: 'record', rows }],
    lines: renderTable(
      columns.map((key, i): Column => ({ title: word(key, language), align: i < 3 ? 'left' : 'right' })),
      rows.map((row) =>
        [row.kind, row.effective, row.knownAt, row.uncertain, row.paths].map((cell) => String(cell ?? '-')),
      ),
    ),
    findings,
  };
}

export const recordProvenance = (index: string) => ({
  data: 'record',
  rulebook: index,
  reading: {},
  engine: ENGINE_VERSION,
});

const tornFinding = (torn: number): Finding[] =>
  torn === 0
    ? []
    : [
        {
          code: 'record_torn',
          subject: 'record',
          message: `${torn} unfinished lines of a process that was stopped were left out`,
        },
      ];

/** Cambricon's sale on each evening beside the latest printed figure: what the record is for. */
interface MoneyDay {
  readonly date: string;
  readonly mean: number;
  readonly p05: number;
  readonly p95: number;
  readonly crps: number;
  readonly printed: number | undefined;
  readonly error: number | undefined;
  readonly outcome: number;
}

export function recordScoreResult(
  data: IndexData,
  scores: readonly ReviewScores[],
  entries: readonly RecordEntry[],
  torn: number,
  language: Language,
): Result {
  const { rulebook } = data;
  const findings = tornFinding(torn);
  const followed = scores.map((score) => moneyDays(data, score, entries));
  return {
    json: {
      index: rulebook.id,
      entries: entries.map(({ kind, effective, knownAt }) => ({
        index: rulebook.id,
        kind,
        effective: formatDay(effective),
        knownAt: formatDay(knownAt),
      })),
      scores: scores.map((score, i) => ({
        effective: formatDay(score.effective),
        engine: score.engine,
        brier: score.brier,
        logScore: score.logScore,
        crps: score.crps,
        coverage90: score.coverage90,
        calibration: score.calibration,
        sample: score.sample,
        independentNames: score.independent,
        asFewWithin: score.asFew,
        floatAssumed: score.floatAssumed,
        misses: score.misses,
        days: score.days.map((day) => ({ ...day, knownAt: formatDay(day.knownAt) })),
        followed: followed[i].map((day) => ({
          ...day,
          mean: moneyJson(day.mean, rulebook.currency),
          outcome: moneyJson(day.outcome, rulebook.currency),
        })),
      })),
      provenance: recordProvenance(rulebook.id),
      findings: findingsJson(findings),
    },
    sheets: [
      {
        name: 'days',
        rows: scores.flatMap((score) =>
          score.days.map((day) => ({
            effective: formatDay(score.effective),
            engine: score.engine,
            ...day,
            knownAt: formatDay(day.knownAt),
          })),
        ),
      },
    ],
    lines:
      scores.length === 0
        ? nothingLines(entries, language)
        : scores.flatMap((score, i) => scoreLines(data, score, followed[i], language)),
    findings,
  };
}

/** Instead of scores: that there are none, and of which reviews there are some. */
function nothingLines(entries: readonly RecordEntry[], language: Language): string[] {
  const reviews = [...new Set(entries.map(({ effective }) => formatDay(effective)))].toSorted();
  const held = reviews.length === 0 ? '-' : reviews.join(', ');
  return [word('nothingScored', language), `${word('reviewsRecorded', language)}: ${held}`];
}

function scoreLines(
  data: IndexData,
  score: ReviewScores,
  days: readonly MoneyDay[],
  language: Language,
): string[] {
  const naming = namingOf(data, language);
  const cash = (amount: number): string => money(amount, language, true);
  const head =
    `${formatDay(score.effective)} | ${score.engine} | Brier ${score.brier.toFixed(3)} | log ${score.logScore.toFixed(3)} | ` +
    (score.sample.flows === 0
      ? ''
      : `CRPS ${(score.crps * 1e4).toFixed(1)} bp | ${word('covered90', language)} ${percent(score.coverage90)} % (${score.sample.flows}) | `) +
    `${score.days.length} ${word('daysScored', language)}`;
  const table = renderTable(
    (['forecastP', 'happenedP', 'sample'] as const).map((key): Column => ({
      title: word(key, language),
      align: 'right',
    })),
    score.calibration.map(({ meanForecast, happened, forecasts }) => [
      percent(meanForecast),
      percent(happened),
      String(forecasts),
    ]),
  );
  const misses = score.misses
    .map(({ id, happened, p }) => `${naming.name(id)} ${happened} ${percent(p)} %`)
    .join(', ');
  const compared = days.filter(({ error }) => error !== undefined);
  const mean = (of: (day: MoneyDay) => number): number =>
    compared.reduce((sum, day) => sum + of(day), 0) / compared.length;
  return [
    head,
    ...coverageLines(score, language),
    ...table,
    ...(misses === '' ? [] : wrap(`${word('misses', language)}: ${misses}`, 98, '    ')),
    ...(days.length === 0
      ? []
      : [
          '',
          ...renderTable(
            (['date', 'meanFlow', 'p05', 'p95', 'scoreCrps', 'figure', 'figureError'] as const).map(
              (key, i): Column => ({ title: word(key, language), align: i === 0 ? 'left' : 'right' }),
            ),
            days.map((day) => [
              day.date,
              cash(day.mean),
              cash(day.p05),
              cash(day.p95),
              cash(day.crps),
              day.printed === undefined ? '-' : cash(day.printed),
              day.error === undefined ? '-' : cash(day.error),
            ]),
          ),
          ...(compared.length === 0
            ? []
            : [
                `${word('meanOfDays', language)}: CRPS ${money(
                  mean((day) => day.crps),
                  language,
                )}, ` +
                  `${word('figureError', language)} ${money(
                    mean((day) => day.error ?? 0),
                    language,
                  )}, ` +
                  `${word('cameOut', language)} ${cash(compared[0].outcome)}`,
              ]),
        ]),
    '',
  ];
}

/** Where the outcomes lay that were not within the band, and what so few or many of them are worth. */
function coverageLines(score: ReviewScores, language: Language): string[] {
  if (score.sample.flows === 0) return [];
  const count = (of: (day: ReviewScores['days'][number]) => number): number =>
    score.days.reduce((total, day) => total + of(day), 0);
  const sides =
    `${word('belowBand', language)} ${count((day) => day.below)}, ` +
    `${word('aboveBand', language)} ${count((day) => day.above)}`;
  const worth = Number.isNaN(score.independent)
    ? ''
    : ` | ${word('independentNames', language)} ${score.independent.toFixed(1)} | ` +
      `${word('asFewWithin', language)} ${percent(score.asFew)} %`;
  const assumed =
    score.floatAssumed.length === 0
      ? []
      : wrap(`${word('floatAssumedOf', language)}: ${score.floatAssumed.join(', ')}`, 98, '    ');
  return [`${sides}${worth}`, ...assumed];
}

/** Days with published assets, from the announcement on, for the security that figures were printed of. */
function moneyDays(data: IndexData, score: ReviewScores, entries: readonly RecordEntry[]): MoneyDay[] {
  const [estimate] = data.estimates;
  if (estimate === undefined) return [];
  const id = securityId(estimate.id);
  const outcome = entries.findLast(
    (entry): entry is RecordedOutcome => entry.kind === 'outcome' && entry.effective === score.effective,
  );
  const change = outcome?.changes.find((one) => one.id === id)?.change;
  const swap = outcome?.knownAt;
  const total = totalAt(data, swap);
  if (change === undefined || total === undefined) return [];
  const came = change * total.amount;
  return forecastsOf(entries, score.effective, score.engine).flatMap((entry): MoneyDay[] => {
    const { assets } = entry;
    const flow = entry.flows.find((one) => one.id === id);
    if (assets === undefined || flow === undefined) return [];
    const doubts = assetFactors(entry.assetsDoubt ?? 0);
    const samples = flow.quantiles
      .flatMap((q) => doubts.map((factor) => q * assets * factor))
      .toSorted((a, b) => a - b);
    const [p05, p95] = quantilesOf(Float64Array.from(samples), [0.05, 0.95]);
    const printed = data.estimates.findLast(
      ({ knownOn, id: of }) =>
        // Figures are about the review they were printed before.
        of === estimate.id && knownOn <= entry.knownAt && knownOn > score.effective - 60,
    );
    const figure = printed === undefined ? undefined : -printed.value;
    return [
      {
        date: formatDay(entry.knownAt),
        mean: samples.reduce((a, b) => a + b, 0) / samples.length,
        p05,
        p95,
        crps: crps(samples, came),
        printed: figure,
        error: figure === undefined ? undefined : Math.abs(figure - came),
        outcome: came,
      },
    ];
  });
}

/** The latest total of tracked assets published by a day, moved with the index to it. */
function totalAt(data: IndexData, day: Day | undefined): PublishedAssets | undefined {
  if (day === undefined) return undefined;
  return carriedTotals(data.assets, data.levels, day).findLast(({ knownOn }) => knownOn <= day);
}

/** Standard normal at the middles of twenty equal parts, upper half (Abramowitz and Stegun, table 26.1). */
const MIDDLES = [0.0627, 0.1891, 0.3186, 0.4538, 0.5978, 0.7554, 0.9346, 1.1503, 1.4395, 1.96];

/** Twenty equally likely factors of mean 1 of assets whose log has this standard deviation. */
function assetFactors(doubt: number): number[] {
  if (doubt === 0) return [1];
  const factors = MIDDLES.flatMap((z) => [Math.exp(doubt * z), Math.exp(-doubt * z)]);
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / factors.length;
  return factors.map((factor) => factor / mean);
}

/**
 * Fan of one security's flow. Days without a published total of tracked assets use the first one published later, which
 * the caption says: the fan is about the weight, the money is for orientation.
 * @throws Refusal `nothing_recorded`
 */
export function fanOf(
  data: IndexData,
  entries: readonly RecordEntry[],
  effective: Day,
  id: SecurityId,
): FanChart {
  const fan = flowFan(entries, data.levels, effective, id);
  const assets = totalAt(data, fan.swap)?.amount;
  if (fan.days.length === 0 || fan.came === undefined || assets === undefined) {
    throw new Refusal('nothing_recorded', `the record has no flows of ${id} for ${formatDay(effective)}`, {
      id,
    });
  }
  const billions = (share: number): number => (share * assets) / 1e9;
  const came = billions(fan.came);
  const naming = namingOf(data, 'en');
  const printed = data.estimates.filter((estimate) => estimate.id === id && estimate.knownOn < effective);
  const sale = came < 0 ? 'sale' : 'purchase';
  return {
    title: `${naming.name(id)}: the forecast ${sale} on each evening, and the ${Math.abs(came).toFixed(2)} bn that came`,
    unit: `bn CNY on ${(assets / 1e9).toFixed(1)} bn of tracked assets; bands 50 % and 90 %, line the median, points as printed`,
    days: fan.days.map(({ knownAt, quantiles }) => ({
      date: formatDay(knownAt),
      quantiles: quantiles.map(billions),
    })),
    points: printed.map(({ knownOn, value }) => ({
      date: formatDay(knownOn),
      value: -value / 1e9,
      label: (-value / 1e9).toFixed(2),
    })),
    outcome: came,
    outcomeLabel: `came ${came.toFixed(2)}`,
    marks: [],
    source: `record of ${data.rulebook.id}, review effective ${formatDay(effective)}; known on the date of each column`,
  };
}
