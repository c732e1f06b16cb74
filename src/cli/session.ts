/** Loads what a review command needs: rulebook, data set with imported closes on top, knowledge date. */
import { existsSync } from 'node:fs';
import {
  datesOfReview,
  formatDay,
  isSession,
  panelRange,
  readingChoice,
  Refusal,
  methodologyOfReview,
  runReview,
  type Day,
  type IndexData,
  type ReadingChoice,
  type ReviewRun,
} from '../core/index.js';
import { loadIndexData } from '../data/bundle.js';
import { importedClosesFile } from '../data/importedCloses.js';
import { loadRulebook } from '../data/rulebooks.js';
import { argumentError, dayArgument, type Context } from './context.js';

export interface ReviewOptions {
  readonly effective: string;
  readonly knownAt?: string;
  readonly reading?: string;
}

interface Session {
  readonly data: IndexData;
  readonly effective: Day;
  readonly knownAt: Day;
  readonly readings: ReadingChoice;
}

export async function openSession(index: string, options: ReviewOptions, context: Context): Promise<Session> {
  const effective = dayArgument('--effective', options.effective);
  const askedKnownAt = options.knownAt === undefined ? undefined : dayArgument('--known-at', options.knownAt);
  const rulebook = await loadRulebook(index, context.rulebookFolder);
  const readings = options.reading === undefined ? {} : readingChoice(rulebook, options.reading);
  const data = await loadIndexData(context.bundleFolder, rulebook, importedCloses(context));
  // A date beyond the published sessions is refused as such, before anything is said about reviews.
  isSession(data.market.calendar, effective);
  return { data, effective, knownAt: askedKnownAt ?? defaultKnownAt(data, effective), readings };
}

/** @throws InputError when a folder was named and is not there: its closes would be missing in silence */
export function importedCloses({ options, dataFolder }: Context): string | undefined {
  if (options.data !== undefined && !existsSync(options.data)) {
    throw argumentError('--data', options.data, 'an existing folder of imported data');
  }
  return importedClosesFile(dataFolder);
}

export const runSession = ({ data, effective, knownAt, readings }: Session): ReviewRun =>
  runReview(data, { effective, knownAt, readings });

/** Last day of the data set that a review's evidence may use. */
export const evidenceUntil = (data: IndexData): Day => panelRange(data.market.prices).last;

/**
 * The evening of the swap close: everything the trade needs is known and nothing later is.
 * @throws Refusal `no_prices` when the data set ends before it
 */
export function defaultKnownAt(data: IndexData, effective: Day): Day {
  const methodology = methodologyOfReview(data.rulebook, data.market.calendar, effective);
  const { swap } = datesOfReview(methodology, data.market.calendar, effective);
  const { last } = panelRange(data.market.prices);
  if (swap <= last) return swap;
  throw new Refusal(
    'no_prices',
    `there is no close on ${formatDay(swap)}, the swap close of this review; the data set ends on ${formatDay(last)}. ` +
      `Import later closes (import prices FILE), or add --known-at ${formatDay(last)} to let prices stand still from then on`,
    { day: formatDay(swap), last: formatDay(last) },
  );
}
