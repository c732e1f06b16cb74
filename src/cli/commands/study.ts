/** `study ID --event D`: abnormal returns of a security around a day; `study INDEX`: of all changes at its reviews. */
import {
  runReviewStudy,
  runStudy,
  securityId,
  STUDY_DAYS,
  type IndexData,
  type StudyRequest,
  type StudyWindow,
} from '../../core/index.js';
import { loadBenchmark, loadIndexData } from '../../data/bundle.js';
import { loadRulebook } from '../../data/rulebooks.js';
import { argumentError, dayArgument, type Context } from '../context.js';
import { emit } from '../output.js';
import { reviewStudyResult, studyResult } from '../results/studyResult.js';
import { defaultKnownAt, importedCloses } from '../session.js';
import { wholeArgument } from './forecast.js';

export interface StudyOptions {
  readonly event?: string;
  readonly window?: string;
  readonly estimation?: string;
  readonly benchmark?: string;
  readonly exSelf?: boolean;
  readonly at?: string;
  readonly effective?: string;
}

/** The index whose levels and baskets are in the bundle. */
const HELD = 'star-50';

export async function studyCommand(id: string, options: StudyOptions, context: Context): Promise<void> {
  const security = /^\d{6}(\.(SH|SZ))?$/i.test(id) && id !== '000688';
  const window = {
    ...windowArgument(options.window ?? (security ? '-5,20' : '-5,5')),
    estimation: wholeArgument('--estimation', options.estimation ?? '120', 1, 1000),
  };
  if (security) await ofSecurity(id, window, options, context);
  else await ofReviews(id, window, options, context);
}

async function ofSecurity(
  id: string,
  window: StudyWindow,
  options: StudyOptions,
  context: Context,
): Promise<void> {
  if (options.at !== undefined) throw argumentError('--at', options.at, 'the id of an index beside it');
  if (options.event === undefined) throw argumentError('--event', '', 'the day of the event, YYYY-MM-DD');
  const event = dayArgument('--event', options.event);
  const { benchmark, other } = await benchmarkArgument(options, context);
  const data = await dataOf(HELD, context);
  const code = securityId(id.slice(0, 6));
  if (!data.market.securities.some((one) => one.id === code)) {
    throw argumentError('<id>', id, 'a code of the data set, such as 688256, or an index');
  }
  const effective =
    options.effective === undefined ? undefined : dayArgument('--effective', options.effective);
  if (effective !== undefined && (benchmark === 'peers' || benchmark === 'controls')) {
    throw argumentError(
      '--benchmark',
      benchmark,
      'the index beside --effective: market and sector are told apart',
    );
  }
  const run = runStudy(data, {
    security: code,
    event,
    window,
    benchmark,
    ...(other && { other }),
    ...(effective !== undefined && { review: { effective, knownAt: defaultKnownAt(data, effective) } }),
  });
  await emit(studyResult(data, run, context.language), context);
}

async function ofReviews(
  id: string,
  window: StudyWindow,
  options: StudyOptions,
  context: Context,
): Promise<void> {
  const { event, benchmark, exSelf } = options;
  if (event !== undefined) throw argumentError('--event', event, 'the code of a security beside it');
  if (benchmark !== undefined)
    throw argumentError('--benchmark', benchmark, 'no benchmark but the index itself');
  if (exSelf === true) throw argumentError('--ex-self', 'true', 'the code of a security beside it');
  if (options.effective !== undefined) {
    throw argumentError('--effective', options.effective, 'the code of a security beside it');
  }
  const at = STUDY_DAYS.find((name) => name === (options.at ?? 'announcement'));
  if (at === undefined) throw argumentError('--at', options.at ?? '', STUDY_DAYS.join(' or '));
  const data = await dataOf(id, context);
  await emit(reviewStudyResult(data, runReviewStudy(data, { at, window }), context.language), context);
}

async function dataOf(index: string, context: Context): Promise<IndexData> {
  const rulebook = await loadRulebook(index, context.rulebookFolder);
  return loadIndexData(context.bundleFolder, rulebook, importedCloses(context));
}

function windowArgument(text: string): Pick<StudyWindow, 'from' | 'to'> {
  const [, from, to] = /^\s*([+-]?\d{1,3})\s*,\s*([+-]?\d{1,3})\s*$/.exec(text) ?? [];
  if (from !== undefined && Number(from) <= 0 && Number(to) >= 0 && Number(to) - Number(from) <= 120) {
    return { from: Number(from), to: Number(to) };
  }
  throw argumentError(
    '--window',
    text,
    'FROM,TO in sessions with FROM <= 0 <= TO, at most 120 apart, such as -5,20',
  );
}

async function benchmarkArgument(
  { benchmark = HELD, exSelf }: StudyOptions,
  { bundleFolder }: Context,
): Promise<Pick<StudyRequest, 'benchmark' | 'other'>> {
  if (benchmark === HELD || benchmark === '000688')
    return { benchmark: exSelf === true ? 'ex-self' : 'index' };
  if (benchmark === 'peers' || benchmark === 'controls') {
    if (exSelf === true)
      throw argumentError(
        '--ex-self',
        'true',
        `no such option beside ${benchmark}: the security is not among them`,
      );
    return { benchmark };
  }
  const other = await loadBenchmark(bundleFolder, benchmark);
  if (!('levels' in other))
    throw argumentError(
      '--benchmark',
      benchmark,
      `peers, controls, or one of ${[HELD, ...other].join(', ')}`,
    );
  if (exSelf === true)
    throw argumentError('--ex-self', 'true', `${HELD}: weights in ${other.id} are not held`);
  return { benchmark: 'index', other };
}
