/** `schedule --holdings FILE --effective D`: what one fund has to trade, from what it holds to the pro forma. */
import { runTracker } from '../../core/index.js';
import { refuseIssues } from '../../data/csv.js';
import { readHoldings } from '../../data/holdingsCsv.js';
import { amountArgument, argumentError, countArgument, type Context } from '../context.js';
import { emit } from '../output.js';
import { trackerResult } from '../results/trackerResult.js';
import { openSession, type ReviewOptions } from '../session.js';

/** The index whose basket is in the bundle. */
const COMPUTED = 'star-50';

/** Options of a schedule that a list at one close has no use for. */
const OF_SCHEDULE = [
  'security',
  'ahead',
  'method',
  'days',
  'after',
  'participation',
  'auction',
  'risk',
  'assets',
] as const;

interface TradeListOptions extends ReviewOptions {
  readonly cash?: string;
  readonly keep?: string;
}

type ScheduleOnly = Partial<Readonly<Record<(typeof OF_SCHEDULE)[number], string>>>;

export async function tradeListCommand(
  file: string,
  options: TradeListOptions & ScheduleOnly,
  context: Context,
): Promise<void> {
  for (const name of OF_SCHEDULE) {
    const value = options[name];
    if (value !== undefined)
      throw argumentError(`--${name}`, value, 'no such option beside --holdings: the list is for one close');
  }
  const cash = options.cash === undefined || options.cash === '0' ? 0 : countArgument('--cash', options.cash);
  const keep = options.keep === undefined ? undefined : amountArgument('--keep', options.keep);
  const holdings = refuseIssues(file, await readHoldings(file));
  const { data, effective, knownAt, readings } = await openSession(COMPUTED, options, context);
  const run = runTracker(data, {
    effective,
    knownAt,
    readings,
    holdings,
    cash,
    ...(keep !== undefined && { keep }),
  });
  await emit(trackerResult(data, run, context.language), context);
}
