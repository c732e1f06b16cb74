/** `rehearse --security ID --effective D`: the swap close on a simulated market, with the forced trade in it. */
import {
  finishRehearsal,
  planRehearsal,
  securityId,
  shiftSessions,
  type IndexData,
  type RehearsalRequest,
  type RehearsalRun,
} from '../../core/index.js';
import { rehearseOnThreads } from '../../data/rehearsalWorkers.js';
import {
  amountArgument,
  argumentError,
  dayArgument,
  numberArgument,
  together,
  type Context,
} from '../context.js';
import { emit } from '../output.js';
import { startProgress } from '../progress.js';
import { rehearsalResult } from '../results/rehearsalResult.js';
import { openSession, type ReviewOptions } from '../session.js';
import { assetsOf, wholeArgument } from './forecast.js';

export interface RehearseOptions extends ReviewOptions {
  readonly security: string;
  readonly runs?: string;
  readonly seed?: string;
  readonly atClose?: string;
  readonly arbitrageurs?: string;
  readonly assets?: string;
}

/** The index whose basket is in the bundle. */
const COMPUTED = 'star-50';

export async function rehearseCommand(options: RehearseOptions, context: Context): Promise<void> {
  const { runs, seed, atClose, arbitrageurs, given } = together({
    runs: () => wholeArgument('--runs', options.runs ?? '200', 1, 100_000),
    seed: () => wholeArgument('--seed', options.seed ?? '1', 0, 2 ** 31 - 1),
    atClose: () => atCloseArgument(options.atClose ?? '0.8'),
    arbitrageurs: () => wholeArgument('--arbitrageurs', options.arbitrageurs ?? '3', 0, 1000),
    given: () => (options.assets === undefined ? undefined : amountArgument('--assets', options.assets)),
    knownAt: () => (options.knownAt === undefined ? undefined : dayArgument('--known-at', options.knownAt)),
  });
  const session = await openSession(COMPUTED, options, context);
  const { data, effective, readings } = session;
  const security = securityId(options.security.replace(/\.(SH|SZ)$/i, ''));
  if (!data.market.securities.some((one) => one.id === security)) {
    throw argumentError('--security', options.security, 'a code of the data set, such as 688256');
  }
  const knownAt =
    options.knownAt === undefined
      ? shiftSessions(data.market.calendar, session.knownAt, -1)
      : session.knownAt;
  const request = {
    effective,
    knownAt,
    readings,
    security,
    atClose,
    arbitrageurs,
    ...(given !== undefined && { assets: assetsOf(data, given, knownAt) }),
  };
  const progress = startProgress('rehearse', runs);
  try {
    const run = await rehearseWith(data, request, { runs, seed }, (done) => progress.update(done));
    await emit(rehearsalResult(data, run, context.language), context);
  } finally {
    progress.stop();
  }
}

/** The rehearsal, on threads. @param onProgress how many runs are done */
export async function rehearseWith(
  data: IndexData,
  request: RehearsalRequest,
  { runs, seed }: { readonly runs: number; readonly seed: number },
  onProgress?: (runs: number) => void,
): Promise<RehearsalRun> {
  const planned = planRehearsal(data, request);
  const part = await rehearseOnThreads(planned.plan, { runs, seed, ...(onProgress && { onProgress }) });
  return finishRehearsal(data, planned, part, seed);
}

function atCloseArgument(text: string): number {
  return text.trim() === '0' ? 0 : numberArgument('--at-close', text, 0, 1);
}
