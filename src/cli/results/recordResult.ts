/** The record and its scores as table, JSON document and sheets. */
import {
  crps,
  ENGINE_VERSION,
  flowFan,
  formatDay,
  Refusal,
  securityId,
  type Day,
  type SecurityId,
  type Finding,
  type IndexData,
  type Language,
  type RecordedForecast,
  type RecordedOutcome,
  type RecordEntry,
  type ReviewScores,
} from '../../core/index.js';
import { money, percent } from '../format.js';
import type { ExportRow, Result } from '../output.js';
import { renderTable, wrap, type Column } from '../table.js';
import { word, type WordKey } from '../words.js';
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
        brier: score.brier,
        logScore: score.logScore,
        crps: score.crps,
        coverage90: score.coverage90,
        calibration: score.calibration,
        sample: score.sample,
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
            ...day,
            knownAt: formatDay(day.knownAt),
          })),
        ),
      },
    ],
    lines: scores.flatMap((score, i) => scoreLines(data, score, followed[i], language)),
    findings,
  };
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
    `${formatDay(score.effective)} | Brier ${score.brier.toFixed(3)} | log ${score.logScore.toFixed(3)} | ` +
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

/** Days with published assets, from the announcement on, for the security that figures were printed of. */
function moneyDays(data: IndexData, score: ReviewScores, entries: readonly RecordEntry[]): MoneyDay[] {
  const [estimate] = data.estimates;
  if (estimate === undefined) return [];
  const id = securityId(estimate.id);
  const outcome = entries.find(
    (entry): entry is RecordedOutcome => entry.kind === 'outcome' && entry.effective === score.effective,
  );
  const change = outcome?.changes.find((one) => one.id === id)?.change;
  const until = outcome?.knownAt ?? -Infinity;
  const assets = data.assets.findLast(({ knownOn }) => knownOn <= until);
  if (change === undefined || assets === undefined) return [];
  const came = change * assets.amount;
  return entries.flatMap((entry): MoneyDay[] => {
    if (entry.kind !== 'forecast' || entry.effective !== score.effective || entry.assets === undefined)
      return [];
    const flow = (entry as RecordedForecast).flows.find((one) => one.id === id);
    if (flow === undefined) return [];
    const samples = flow.quantiles.map((q) => q * (entry.assets as number));
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
        p05: (samples[0] + samples[1]) / 2,
        p95: (samples[18] + samples[19]) / 2,
        crps: crps(samples, came),
        printed: figure,
        error: figure === undefined ? undefined : Math.abs(figure - came),
        outcome: came,
      },
    ];
  });
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
  const fan = flowFan(entries, effective, id);
  const assets = data.assets.findLast(({ knownOn }) => knownOn < effective)?.amount;
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
