/** `schedule --security ID --effective D`: when to trade what the review forces, per session and auction. */
import {
  runAhead,
  runSchedule,
  SCHEDULE_METHODS,
  securityId,
  type ScheduleMethod,
} from '../../core/index.js';
import { nearest } from '../../data/nearest.js';
import { quadraticSolver } from '../../data/quadraticSolver.js';
import { amountArgument, argumentError, numberArgument, together, type Context } from '../context.js';
import { emit } from '../output.js';
import { aheadResult } from '../results/aheadResult.js';
import { scheduleResult } from '../results/scheduleResult.js';
import { openSession, type ReviewOptions } from '../session.js';
import { assetsOf, wholeArgument } from './forecast.js';
import { tradeListCommand } from './tradeList.js';

export interface ScheduleOptions extends ReviewOptions {
  readonly security?: string;
  /** A file of what one fund holds, in place of a security. */
  readonly holdings?: string;
  /** Shares taken ahead of the funds: the other side of the trade. */
  readonly ahead?: string;
  readonly cash?: string;
  readonly keep?: string;
  readonly method?: string;
  readonly days?: string;
  readonly after?: string;
  readonly participation?: string;
  readonly auction?: string;
  readonly risk?: string;
  readonly assets?: string;
}

/** The index whose basket is in the bundle. */
const COMPUTED = 'star-50';
const MOST_SESSIONS = 60;
/** Options that say how a schedule is cut into slices. */
const OF_SLICES = ['method', 'days', 'after', 'participation', 'auction', 'risk'] as const;

export async function scheduleCommand(options: ScheduleOptions, context: Context): Promise<void> {
  if (options.holdings !== undefined) return tradeListCommand(options.holdings, options, context);
  for (const name of ['cash', 'keep'] as const) {
    if (options[name] !== undefined)
      throw argumentError(
        `--${name}`,
        options[name],
        '--holdings beside it: the schedule of one security has no cash',
      );
  }
  const asked = options.security;
  if (asked === undefined)
    throw argumentError('--security', '', 'a code, or --holdings with a file of holdings');
  const { method, before, after, participation, auction, riskAversion, given } = together({
    method: () => methodArgument(options.method ?? 'profile'),
    before: () => wholeArgument('--days', options.days ?? '3', 1, MOST_SESSIONS),
    after: () => wholeArgument('--after', options.after ?? '0', 0, MOST_SESSIONS),
    participation: () => numberArgument('--participation', options.participation ?? '1', 0, 1),
    auction: () => numberArgument('--auction', options.auction ?? '0.1', 0, 0.9),
    riskAversion: () => numberArgument('--risk', options.risk ?? '10000', 0, 1e12),
    given: () => (options.assets === undefined ? undefined : amountArgument('--assets', options.assets)),
  });
  const { data, effective, knownAt, readings } = await openSession(COMPUTED, options, context);
  const security = securityId(asked.replace(/\.(SH|SZ)$/i, ''));
  if (!data.market.securities.some((one) => one.id === security)) {
    throw argumentError('--security', asked, 'a code of the data set, such as 688256');
  }
  if (options.ahead !== undefined) {
    for (const name of OF_SLICES) {
      if (options[name] !== undefined)
        throw argumentError(`--${name}`, options[name], 'no such option beside --ahead: it has no slices');
    }
    const run = runAhead(data, {
      effective,
      knownAt,
      readings,
      security,
      shares: amountArgument('--ahead', options.ahead),
      ...(given !== undefined && { assets: assetsOf(data, given, knownAt) }),
    });
    return emit(aheadResult(data, run, context.language), context);
  }
  const run = runSchedule(data, {
    effective,
    knownAt,
    readings,
    security,
    method,
    before,
    after,
    participation,
    auction,
    riskAversion,
    // A limit that nobody set needs no solver.
    ...(participation < 1 && { solve: await quadraticSolver() }),
    ...(given !== undefined && { assets: assetsOf(data, given, knownAt) }),
  });
  await emit(scheduleResult(data, run, context.language), context);
}

function methodArgument(text: string): ScheduleMethod {
  const found = SCHEDULE_METHODS.find((name) => name === text);
  if (found !== undefined) return found;
  throw argumentError('--method', text, nearest(text, SCHEDULE_METHODS) ?? SCHEDULE_METHODS.join(', '));
}
