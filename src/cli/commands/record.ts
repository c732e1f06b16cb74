/**
 * `record list|add|score`: forecasts as published, outcomes, scores. Adding is all that can be done to a record; one that
 * was changed is refused.
 */
import { join } from 'node:path';
import {
  announcedOutcome,
  announcementOf,
  finishForecast,
  formatDay,
  panelRange,
  planForecast,
  Refusal,
  recordedForecast,
  recordedOutcome,
  runReview,
  scoreRecord,
  securityId,
  sessionsBetween,
  type Day,
  type ForecastRequest,
  type IndexData,
  type RecordedForecast,
  type RecordedOutcome,
} from '../../core/index.js';
import { loadIndexData } from '../../data/bundle.js';
import { importedClosesFile } from '../../data/importedCloses.js';
import { writeFileAtomic } from '../../data/files.js';
import { forecastPool, type ForecastPool } from '../../data/forecastWorkers.js';
import { appendToRecord, readRecord } from '../../data/recordStore.js';
import { loadRulebook } from '../../data/rulebooks.js';
import { argumentError, dayArgument, type Context } from '../context.js';
import { emit } from '../output.js';
import { startProgress } from '../progress.js';
import { fanChart } from '../results/fanChart.js';
import { fanOf, recordListResult, recordScoreResult } from '../results/recordResult.js';
import { assetsOf, wholeArgument } from './forecast.js';

export interface RecordOptions {
  readonly effective?: string;
  readonly from?: string;
  readonly to?: string;
  readonly paths?: string;
  readonly seed?: string;
  readonly outcome?: boolean;
  readonly record?: string;
  readonly security?: string;
  readonly svg?: string;
}

const fileOf = (index: string, options: RecordOptions, { recordFolder }: Context): string =>
  join(options.record ?? recordFolder, `${index}.jsonl`);

/** Daily forecasts of one review, each with what was known that day; with `--outcome` what happened. */
export async function recordAdd(index: string, options: RecordOptions, context: Context): Promise<void> {
  if (options.effective === undefined)
    throw argumentError('--effective', '', 'the effective date of the review');
  const effective = dayArgument('--effective', options.effective);
  const paths = wholeArgument('--paths', options.paths ?? '10000', 1, 1_000_000);
  const seed = wholeArgument('--seed', options.seed ?? '1', 0, 2 ** 31 - 1);
  const rulebook = await loadRulebook(index, context.rulebookFolder);
  const data = await loadIndexData(context.bundleFolder, rulebook, importedClosesFile(context.dataFolder));
  const path = fileOf(rulebook.id, options, context);
  const days = daysOf(data, options);
  const progress = startProgress('record', days.length);
  const pool = forecastPool();
  try {
    for (const [i, knownAt] of days.entries()) {
      progress.update(i, formatDay(knownAt));
      await appendToRecord(path, [await recordedOn(pool, data, { effective, knownAt, paths, seed })]);
    }
    if (options.outcome === true) await appendToRecord(path, [outcomeOf(data, effective)]);
  } finally {
    progress.stop();
    await pool.close();
  }
  const { entries, torn } = await readRecord(path);
  await emit(recordListResult(rulebook.id, entries, torn, context.language), context);
}

export async function recordList(index: string, options: RecordOptions, context: Context): Promise<void> {
  const rulebook = await loadRulebook(index, context.rulebookFolder);
  const { entries, torn } = await readRecord(fileOf(rulebook.id, options, context));
  await emit(recordListResult(rulebook.id, entries, torn, context.language), context);
}

/** The fan of one security's flow over the knowledge dates of a review, as SVG. */
export async function recordChart(index: string, options: RecordOptions, context: Context): Promise<void> {
  if (options.effective === undefined)
    throw argumentError('--effective', '', 'the effective date of the review');
  const effective = dayArgument('--effective', options.effective);
  const rulebook = await loadRulebook(index, context.rulebookFolder);
  const { entries } = await readRecord(fileOf(rulebook.id, options, context));
  const data = await loadIndexData(context.bundleFolder, rulebook);
  const svg = fanChart(fanOf(data, entries, effective, securityId(options.security ?? '688256')));
  if (options.svg === undefined) process.stdout.write(svg);
  else await writeFileAtomic(options.svg, svg);
}

export async function recordScore(index: string, options: RecordOptions, context: Context): Promise<void> {
  const rulebook = await loadRulebook(index, context.rulebookFolder);
  const effective =
    options.effective === undefined ? undefined : dayArgument('--effective', options.effective);
  const { entries, torn } = await readRecord(fileOf(rulebook.id, options, context));
  const data = await loadIndexData(context.bundleFolder, rulebook);
  await emit(
    recordScoreResult(data, scoreRecord(entries, data.levels, effective), entries, torn, context.language),
    context,
  );
}

function daysOf(data: IndexData, { from, to }: RecordOptions): Day[] {
  if (from === undefined) return [];
  const first = dayArgument('--from', from);
  const last = to === undefined ? first : dayArgument('--to', to);
  if (last < first) throw argumentError('--to', to ?? '', `a date from ${from} on`);
  return sessionsBetween(data.market.calendar, first, last);
}

/** The forecast as it would have been published on a day. Without a published total, flows are per unit of assets. */
async function recordedOn(
  pool: ForecastPool,
  data: IndexData,
  request: ForecastRequest,
): Promise<RecordedForecast> {
  const assetsKnown = data.assets.some(({ knownOn }) => knownOn <= request.knownAt);
  const assets = assetsKnown ? {} : { assets: assetsOf(data, 1, request.knownAt) };
  const planned = planForecast(data, { ...request, ...assets });
  const { paths, seed } = request;
  const { assetsDoubt } = planned.plan;
  const draws = await pool.simulate({ ...planned.plan, assetsDoubt: 0 }, { paths, seed });
  return recordedForecast(finishForecast(planned, draws), { assetsKnown, assetsDoubt });
}

/**
 * What happened: announced changes, and weights by the rules at the closes that came. Where the closes do not reach the
 * swap, the membership alone.
 */
function outcomeOf(data: IndexData, effective: Day): RecordedOutcome {
  const { last } = panelRange(data.market.prices);
  const seen = runReview(data, { effective, knownAt: last < effective ? last : effective });
  if (seen.dates.swap <= last)
    return recordedOutcome(runReview(data, { effective, knownAt: seen.dates.swap }));
  const announced = announcementOf(data.changes, data.reserve, effective, effective);
  if (announced === undefined) {
    throw new Refusal(
      'no_outcome',
      `neither closes nor announced changes of ${formatDay(effective)} are known`,
      {
        effective: formatDay(effective),
      },
    );
  }
  return announcedOutcome(seen, announced, effective);
}
