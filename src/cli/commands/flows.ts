/** `flows INDEX --effective D`: what all funds that track the index must trade at the effective close. */
import {
  compareWithPublished,
  flowHistory,
  flowsOf,
  type IndexData,
  type ReviewRun,
  type SecurityId,
  type TrackedAssets,
} from '../../core/index.js';
import { nearest } from '../../data/nearest.js';
import { amountArgument, argumentError, type Context } from '../context.js';
import { emit } from '../output.js';
import { flowsResult, type FlowsView } from '../results/flowsResult.js';
import { namingOf } from '../results/shared.js';
import { openSession, runSession, type ReviewOptions } from '../session.js';

export interface FlowsOptions extends ReviewOptions {
  readonly assets?: string;
  readonly security?: string;
}

export async function flowsCommand(index: string, options: FlowsOptions, context: Context): Promise<void> {
  const given = options.assets === undefined ? undefined : amountArgument('--assets', options.assets);
  const session = await openSession(index, options, context);
  const run = runSession(session);
  const view = flowsView(session.data, run, given, options.security);
  await emit(flowsResult(session.data, run, view, context.language), context);
}

/**
 * Flows with the history and comparison of one security.
 * @param security the one to follow; the largest sale when not given
 */
export function flowsView(
  data: IndexData,
  run: ReviewRun,
  givenAssets?: number,
  security?: string,
): FlowsView {
  const flows = flowsOf(data, run, assetsGiven(data, run, givenAssets));
  const ids = flows.trades.map(({ id }) => id);
  const focus = security === undefined ? ids[0] : focusOf(data, ids, security);
  const history = flowHistory(data, run, focus);
  return { flows, focus, history, comparison: compareWithPublished(data, run, focus, history) };
}

/** A member by its code, alone (688256) or with its exchange (688256.SH), which then has to be the right one. */
function focusOf(data: IndexData, ids: readonly SecurityId[], asked: string): SecurityId {
  const { code } = namingOf(data, 'en');
  const wanted = asked.toUpperCase();
  const found = ids.find((id) => id === wanted || code(id) === wanted);
  if (found) return found;
  const near =
    nearest(
      wanted,
      ids.flatMap((id) => [id, code(id)]),
    ) ?? ids[0];
  throw argumentError('--security', asked, `a member before or after the review, such as ${near}`);
}

/** Tracked assets as given on the command line; `undefined` leaves it to what was published. */
export function assetsGiven(data: IndexData, run: ReviewRun, amount?: number): TrackedAssets | undefined {
  if (amount === undefined) return undefined;
  return {
    amount,
    currency: data.rulebook.currency,
    asOf: run.knownAt,
    range: [amount, amount],
    scope: 'given',
    feeders: 'not stated',
    source: '--assets',
  };
}
